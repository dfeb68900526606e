/* SPDX-License-Identifier: Apache-2.0 */
/* What is known of a value before any fact is: its type, the strings it can be, the types of its parts. Every type also
 * holds null. */
#ifndef TUOYU_PLAN_STATIC_TYPE_H
#define TUOYU_PLAN_STATIC_TYPE_H

#include "feel/feel_type.h"

struct static_field;

struct static_type {
    enum type_kind kind;               /* TYPE_ANY: not known; TYPE_NULL: always null */
    const struct text *values;         /* TYPE_STRING: all that it can be; NULL: any string */
    uint32_t value_count;
    const struct static_type *element; /* TYPE_LIST, TYPE_RANGE: of the items; TYPE_FUNCTION: of the result; NULL: any */
    const struct static_field *fields; /* TYPE_CONTEXT: all its entries; NULL: not known */
    uint32_t field_count;
};

struct static_field {
    struct text name;
    struct static_type type;
};

#define STATIC_TYPE(type) ((struct static_type){.kind = (type)})

/* Whether a value of the one type may ever equal one of the other. */
bool static_types_meet(const struct static_type *left, const struct static_type *right);
/* The type of what may be either; TYPE_ANY where they differ. */
struct static_type static_type_join(const struct static_type *left, const struct static_type *right);
/* As a person calls it: `number`, `list of date`. The kinds only. */
struct text static_type_name(const struct static_type *type);
/* The type of a value that is known. */
struct static_type static_type_of_value(struct value value);

#endif
