/* SPDX-License-Identifier: Apache-2.0 */
/* The types of Arrow that facts can come in, read from a schema's format. */
#ifndef TUOYU_ARROW_ARROW_TYPE_H
#define TUOYU_ARROW_ARROW_TYPE_H

#include <tuoyu/arrow_abi.h>

#include "base/text.h"

enum arrow_kind {
    ARROW_OTHER, /* none of those below: lists, structs, binary, times, … */
    ARROW_NULL,
    ARROW_BOOLEAN,
    ARROW_INTEGER,
    ARROW_DECIMAL,
    ARROW_DATE, /* date32, date64, timestamps without zone or in UTC: integers of some unit since 1970-01-01
                 */
    ARROW_TEXT, /* utf8, large utf8 */
    ARROW_TEXT_VIEW,
    ARROW_FLOAT
};

struct arrow_type {
    enum arrow_kind kind;
    uint8_t width;            /* bytes of a value, of an offset (ARROW_TEXT), of a view; 0: bits or nothing */
    bool is_signed;           /* ARROW_INTEGER */
    int32_t precision, scale; /* ARROW_DECIMAL: the integer is the number * 10^scale */
    int64_t per_day;          /* ARROW_DATE: units in a day */
};

/* format: of a schema, not NULL. What is not known or ill-formed is ARROW_OTHER. */
struct arrow_type arrow_type_read(const char *format);
/* How a person knows the type: "int64", "decimal128(10, 2)"; in the buffer or static. */
enum { ARROW_TYPE_NAME_SIZE = 96 };
const char *arrow_type_name(const char *format, char name[ARROW_TYPE_NAME_SIZE]);
/* What to do where a column of the type cannot be read, or empty. */
struct text arrow_type_advice(const char *format);

#endif
