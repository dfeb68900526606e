/* SPDX-License-Identifier: Apache-2.0 */
/* FEEL's types, as `instance of`, parameters of functions and the table of built-ins name them. */
#ifndef TUOYU_FEEL_FEEL_TYPE_H
#define TUOYU_FEEL_FEEL_TYPE_H

#include "value/value.h"

enum type_kind {
    TYPE_ANY,
    TYPE_NULL,
    TYPE_BOOLEAN,
    TYPE_NUMBER,
    TYPE_STRING,
    TYPE_DATE,
    TYPE_TIME,
    TYPE_DATE_TIME,
    TYPE_YEARS_MONTHS,
    TYPE_DAYS_TIME,
    TYPE_LIST,
    TYPE_CONTEXT,
    TYPE_RANGE,
    TYPE_FUNCTION
};

struct type_field {
    struct text name;
    const struct feel_type *type;
};

struct feel_type {
    enum type_kind kind;
    const struct feel_type
        *element; /* TYPE_LIST, TYPE_RANGE: type of the items; TYPE_FUNCTION: of the result */
    const struct type_field
        *fields; /* TYPE_CONTEXT: its entries; TYPE_FUNCTION: its parameters, without names */
    uint32_t field_count;
    bool is_open; /* TYPE_FUNCTION: whether any parameters will do */
};

/* Whether a value belongs to a type, as `instance of` asks. Null belongs to TYPE_NULL only. */
bool type_contains(const struct feel_type *type, struct value value);
struct text type_kind_name(enum type_kind kind);
enum type_kind type_kind_of(struct value value);
/* FEEL's implicit conversion to a declared type: a singleton list becomes its item, an item a singleton list,
 * a date a date and time at midnight UTC. A value that does not conform becomes null. */
struct value type_convert(struct arena *arena, const struct feel_type *type, struct value value);

#endif
