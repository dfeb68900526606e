/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers: IEEE 754 decimal128 by Intel's library, rounded half to even at the 34th digit as FEEL says. A
 * number is always finite: where the result would be infinite or not a number, a status says so instead. */
#ifndef TUOYU_VALUE_DECIMAL_H
#define TUOYU_VALUE_DECIMAL_H

#include <tuoyu/common.h>

#include "base/text.h"

enum decimal_rounding {
    DECIMAL_HALF_EVEN, /* FEEL decimal() */
    DECIMAL_HALF_UP,   /* ties away from zero */
    DECIMAL_HALF_DOWN, /* ties towards zero */
    DECIMAL_UP,        /* away from zero */
    DECIMAL_DOWN,      /* towards zero */
    DECIMAL_FLOOR,
    DECIMAL_CEILING
};
enum { DECIMAL_ROUNDING_COUNT = DECIMAL_CEILING + 1 };

/* A way of rounding as packs and `round to` write it: "half up" …; ended by NUL. */
struct text decimal_rounding_name(enum decimal_rounding rounding);
/* Sets *out to the way of rounding with this name. Returns false, and leaves *out, if there is none. */
bool decimal_rounding_of(struct text name, enum decimal_rounding *out);

/* The number with this value, exactly. */
tuoyu_decimal decimal_from_integer(int64_t value);
/* Reads a number such as `-1.50` or `2e-3`. TUOYU_ERROR_SYNTAX for any other text; TUOYU_ERROR_OVERFLOW if 34
 * digits do not hold it exactly, since a literal must not be rounded. */
tuoyu_status decimal_parse(struct text text, tuoyu_decimal *out);
/* Writes the canonical text and a NUL; returns the length without it. The text depends on the value alone,
 * never on how it came about (1.0 and 1 give "1"). */
size_t decimal_format(tuoyu_decimal number, char text[TUOYU_DECIMAL_TEXT_SIZE]);
/* As decimal_format(), padded with zeros to this many decimals, as money is shown. A number that needs more
 * decimals keeps them. */
size_t decimal_format_fixed(tuoyu_decimal number, int32_t decimals, char text[TUOYU_DECIMAL_TEXT_SIZE]);

/* As decimal_format() of value * 10^-scale, without making a decimal; scale from 0 to 18. */
size_t decimal_format_scaled(int64_t value, int32_t scale, char text[TUOYU_DECIMAL_TEXT_SIZE]);

/* Each returns TUOYU_OK; else *out is not a result, and the status is TUOYU_ERROR_OVERFLOW,
 * TUOYU_ERROR_DIVISION_BY_ZERO, or TUOYU_ERROR_EVALUATION for operands outside the function's domain. */
tuoyu_status decimal_add(tuoyu_decimal left, tuoyu_decimal right, tuoyu_decimal *out);
/* left - right, rounded half even to 34 digits. TUOYU_OK or TUOYU_ERROR_OVERFLOW. */
tuoyu_status decimal_subtract(tuoyu_decimal left, tuoyu_decimal right, tuoyu_decimal *out);
/* left × right, rounded half even to 34 digits. TUOYU_OK or TUOYU_ERROR_OVERFLOW. */
tuoyu_status decimal_multiply(tuoyu_decimal left, tuoyu_decimal right, tuoyu_decimal *out);
/* left ÷ right, rounded half even to 34 digits. TUOYU_ERROR_DIVISION_BY_ZERO. */
tuoyu_status decimal_divide(tuoyu_decimal left, tuoyu_decimal right, tuoyu_decimal *out);
/* base to the exponent; 0 to a negative one is TUOYU_ERROR_DIVISION_BY_ZERO, and a negative base to a
 * fraction TUOYU_ERROR_EVALUATION. */
tuoyu_status decimal_power(tuoyu_decimal base, tuoyu_decimal exponent, tuoyu_decimal *out);
/* FEEL modulo: dividend - divisor * floor(dividend / divisor), exact. TUOYU_ERROR_DIVISION_BY_ZERO for a
 * divisor of 0. */
tuoyu_status decimal_modulo(tuoyu_decimal dividend, tuoyu_decimal divisor, tuoyu_decimal *out);
/* TUOYU_ERROR_EVALUATION for a number below 0. */
tuoyu_status decimal_square_root(tuoyu_decimal number, tuoyu_decimal *out);
/* The natural logarithm. TUOYU_ERROR_EVALUATION for 0 and less. */
tuoyu_status decimal_logarithm(tuoyu_decimal number, tuoyu_decimal *out);
/* e to the number. TUOYU_OK or TUOYU_ERROR_OVERFLOW. */
tuoyu_status decimal_exponential(tuoyu_decimal number, tuoyu_decimal *out);
/* Rounds to this many decimals (negative: to tens, hundreds); scale from -6111 to 6176, as FEEL has it.
 * TUOYU_OK or TUOYU_ERROR_OVERFLOW. */
tuoyu_status decimal_round(tuoyu_decimal number, int32_t scale, enum decimal_rounding mode,
                           tuoyu_decimal *out);
/* Rounds to a multiple of step (such as 0.5 or 10), which must be above 0. TUOYU_OK or
 * TUOYU_ERROR_OVERFLOW. */
tuoyu_status decimal_round_to(tuoyu_decimal number, tuoyu_decimal step, enum decimal_rounding mode,
                              tuoyu_decimal *out);

/* The number with the other sign; 0 stays as it is. */
tuoyu_decimal decimal_negate(tuoyu_decimal number);
/* The number without its sign. */
tuoyu_decimal decimal_absolute(tuoyu_decimal number);
/* -1, 0 or 1, as left is below, equal to or above right. */
int decimal_compare(tuoyu_decimal left, tuoyu_decimal right);
/* Whether the bytes are a finite number in canonical encoding. Bytes from outside may not be; every other
 * function here wants a number that is. */
bool decimal_is_finite(tuoyu_decimal number);
/* The number times 10^power; TUOYU_ERROR_OVERFLOW unless that is exact. */
tuoyu_status decimal_scale(tuoyu_decimal number, int32_t power, tuoyu_decimal *out);
/* True if the number has no fraction, however it is written: 1.0 is an integer. */
bool decimal_is_integer(tuoyu_decimal number);
/* -1, 0 or 1. */
int decimal_sign(tuoyu_decimal number);
/* Returns false, and leaves *out, if the number is no integer or does not fit. */
bool decimal_to_integer(tuoyu_decimal number, int64_t *out);
/* As decimal_to_integer() of number * 10^scale, which itself need not be a decimal128; scale from -6176 to
 * 6176. Returns false, and leaves *out, if that is no integer or does not fit. */
bool decimal_to_scaled_integer(tuoyu_decimal number, int32_t scale, int64_t *out);

#endif
