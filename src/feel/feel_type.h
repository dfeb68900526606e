/* SPDX-License-Identifier: Apache-2.0 */
/* FEEL's types, as `instance of`, function parameters and the table of built-ins name them. */
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
    const struct feel_type *element; /* TYPE_LIST, TYPE_RANGE: of the items; TYPE_FUNCTION: of the result */
    const struct type_field *fields; /* TYPE_CONTEXT: entries; TYPE_FUNCTION: parameters (names empty) */
    uint32_t field_count;
    bool is_open; /* TYPE_FUNCTION: with any parameters */
};

/* `instance of`. */
bool type_contains(const struct feel_type *type, struct value value);
struct text type_kind_name(enum type_kind kind);
enum type_kind type_kind_of(struct value value);
/* FEEL's implicit conversion to a declared type: a singleton list to its item, an item to a singleton list, a
 * date to a date and time at midnight UTC; what does not conform becomes null. */
struct value type_convert(struct arena *arena, const struct feel_type *type, struct value value);

#endif
