/* SPDX-License-Identifier: Apache-2.0 */
/* Arrow types that facts can come in, read from a schema's format string. */
#ifndef TUOYU_ARROW_ARROW_TYPE_H
#define TUOYU_ARROW_ARROW_TYPE_H

#include <tuoyu/arrow_abi.h>

#include "base/text.h"

enum arrow_kind {
    ARROW_OTHER, /* none of the others: lists, structs, binary, times, … */
    ARROW_NULL,
    ARROW_BOOLEAN,
    ARROW_INTEGER,
    ARROW_DECIMAL,
    ARROW_DATE, /* date32, date64, timestamps without zone or in UTC: units since 1970-01-01 */
    ARROW_TEXT, /* utf8, large utf8 */
    ARROW_TEXT_VIEW,
    ARROW_FLOAT
};

struct arrow_type {
    enum arrow_kind kind;
    uint8_t width;  /* bytes of a value, of a text's offset or of a view; 0 for bits and for nulls */
    bool is_signed; /* ARROW_INTEGER */
    int32_t precision, scale; /* ARROW_DECIMAL: the stored integer is the number * 10^scale */
    int64_t per_day;          /* ARROW_DATE: units in a day */
};

/* The type of a schema's format, which is not NULL. ARROW_OTHER if it is not known or ill-formed. */
struct arrow_type arrow_type_read(const char *format);
/* The type as a person knows it, "int64" or "decimal128(10, 2)"; in the buffer or static. */
enum { ARROW_TYPE_NAME_SIZE = 96 };
/* The type as a person knows it; in the buffer or static. */
const char *arrow_type_name(const char *format, char name[ARROW_TYPE_NAME_SIZE]);
/* What to do about a column of this type that cannot be read, or empty. */
struct text arrow_type_advice(const char *format);

#endif
