/* SPDX-License-Identifier: Apache-2.0 */
/* What is known of a value before any fact is given: its type, the strings that it can be, the types of its
 * parts. Every type also holds null. */
#ifndef TUOYU_PROGRAM_STATIC_TYPE_H
#define TUOYU_PROGRAM_STATIC_TYPE_H

#include "base/map.h"
#include "feel/feel_type.h"
#include "feel/function.h"
#include "program/unit.h"

enum { STATIC_VALUES_MOST = 256 }; /* a type of more strings than these is simply a string */

struct static_field;

/* A type. Its parts are borrowed from an arena. */
struct static_type {
    enum type_kind kind;       /* TYPE_ANY where it is not known; TYPE_NULL where the value is always null */
    const struct text *values; /* TYPE_STRING: all that it can be; NULL for any string */
    uint32_t value_count;
    /* values or fields by name to their index + 1; NULL where they are few */
    const struct map *index;
    /* TYPE_LIST, TYPE_RANGE: type of the items; TYPE_FUNCTION: type of the result; NULL for any */
    const struct static_type *element;
    const struct static_field *fields; /* TYPE_CONTEXT: all its entries; NULL where they are not known */
    uint32_t field_count;
    const struct unit *unit;         /* TYPE_NUMBER: what it counts; NULL where that is not known */
    const struct function *function; /* TYPE_FUNCTION: the function; NULL where it is not known */
    bool has_mixed_units; /* TYPE_LIST: numbers in units that do not fit, so that nothing may take them
                             together */
};

/* An entry of a context. */
struct static_field {
    struct text name;
    struct static_type type;
};

#define STATIC_TYPE(type) ((struct static_type){.kind = (type)})

/* Whether the type fits everywhere, because nothing is known of it or it is always null. */
static inline bool static_type_is_open(const struct static_type *type)
{
    return type->kind == TYPE_ANY || type->kind == TYPE_NULL;
}
/* The type of the items, or TYPE_ANY where it is not known. */
static inline struct static_type static_type_element(const struct static_type *type)
{
    return type->element ? *type->element : STATIC_TYPE(TYPE_ANY);
}
/* The type of a list, range or function over an element. Without memory (arena->failed) it has no element. */
struct static_type static_type_of(struct arena *arena, enum type_kind kind, struct static_type element);
/* The type of strings of which each is one of these; the type borrows them. */
struct static_type static_type_of_strings(struct arena *arena, const struct text *values, uint32_t count);
/* The type of a context of these fields; the type borrows them. */
struct static_type static_type_of_fields(struct arena *arena, const struct static_field *fields,
                                         uint32_t count);
/* Whether a string is one of the type's values, of which there must be some. */
bool static_type_has_value(const struct static_type *type, struct text value);
/* Whether values of the type have an order. */
bool static_type_is_ordered(const struct static_type *type);
/* Whether some string can be of both types. True where one is no string or any string, and where the quota is
 * used up. */
bool static_types_share_value(struct arena *arena, const struct static_type *left,
                              const struct static_type *right);
/* The type of a value that may be of either type; TYPE_ANY where they differ. */
struct static_type static_type_join(struct arena *arena, const struct static_type *left,
                                    const struct static_type *right);
/* The type of an entry of a context, or NULL where there is no such entry. */
const struct static_type *static_type_field(const struct static_type *context, struct text name);
/* The type of a known value. */
struct static_type static_type_of_value(struct arena *arena, struct value value);

#endif
