/* SPDX-License-Identifier: Apache-2.0 */
/* What is known of a value before any fact is: its type, the strings it can be, the types of its parts. Every
 * type also holds null. */
#ifndef TUOYU_PROGRAM_STATIC_TYPE_H
#define TUOYU_PROGRAM_STATIC_TYPE_H

#include "base/map.h"
#include "feel/feel_type.h"
#include "feel/function.h"
#include "program/unit.h"

enum { STATIC_VALUES_MOST = 256 }; /* a type of more strings than these is simply a string */

struct static_field;

struct static_type {
    enum type_kind kind;       /* TYPE_ANY: not known; TYPE_NULL: always null */
    const struct text *values; /* TYPE_STRING: all that it can be; NULL: any string */
    uint32_t value_count;
    /* of many values, or of many fields: by name, its place + 1; NULL: they are few */
    const struct map *index;
    /* TYPE_LIST, TYPE_RANGE: of the items; TYPE_FUNCTION: of the result; NULL: any */
    const struct static_type *element;
    const struct static_field *fields; /* TYPE_CONTEXT: all its entries; NULL: not known */
    uint32_t field_count;
    const struct unit *unit;         /* TYPE_NUMBER: what it counts; NULL: not known */
    const struct function *function; /* TYPE_FUNCTION: which one it is; NULL: not known */
    bool has_mixed_units; /* TYPE_LIST: numbers in units that do not fit, so that nothing may take them
                             together */
};

struct static_field {
    struct text name;
    struct static_type type;
};

#define STATIC_TYPE(type) ((struct static_type){.kind = (type)})

/* Nothing is known, or it is null in any case: fits everywhere. */
static inline bool static_type_is_open(const struct static_type *type)
{
    return type->kind == TYPE_ANY || type->kind == TYPE_NULL;
}
/* The type of the items, or TYPE_ANY. */
static inline struct static_type static_type_element(const struct static_type *type)
{
    return type->element ? *type->element : STATIC_TYPE(TYPE_ANY);
}
/* A list, range or function over an element; without element (arena->failed) when memory is refused. */
struct static_type static_type_of(struct arena *arena, enum type_kind kind, struct static_type element);
/* Strings of which each is one of these, which the type keeps by reference. */
struct static_type static_type_of_strings(struct arena *arena, const struct text *values, uint32_t count);
/* A context of these fields, kept by reference. */
struct static_type static_type_of_fields(struct arena *arena, const struct static_field *fields,
                                         uint32_t count);
/* Whether a string is one of the type's values, which must be given. */
bool static_type_has_value(const struct static_type *type, struct text value);
/* Whether values of the type have an order. */
bool static_type_is_ordered(const struct static_type *type);
/* Whether some string can be of both types; true for what is no string or any string. */
bool static_types_share_value(struct arena *arena, const struct static_type *left,
                              const struct static_type *right);
/* The type of what may be either; TYPE_ANY where they differ. */
struct static_type static_type_join(struct arena *arena, const struct static_type *left,
                                    const struct static_type *right);
/* The type of an entry, or NULL. */
const struct static_type *static_type_field(const struct static_type *context, struct text name);
/* The type of a value that is known. */
struct static_type static_type_of_value(struct arena *arena, struct value value);

#endif
