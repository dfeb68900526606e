/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers: IEEE 754 decimal128 by Intel's library, rounding half to even at the 34th digit as FEEL says. A
 * number that exists is always finite: what would be infinite or not a number is a status instead. */
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
/* false: no way of rounding has that name. */
bool decimal_rounding_of(struct text name, enum decimal_rounding *out);

tuoyu_decimal decimal_from_integer(int64_t value);
/* TUOYU_ERROR_SYNTAX; TUOYU_ERROR_OVERFLOW when 34 digits do not hold it exactly (a literal must not be
 * rounded). */
tuoyu_status decimal_parse(struct text text, tuoyu_decimal *out);
/* Canonical: depends on the value alone, never on how it came about (1.0 and 1 give "1"). */
size_t decimal_format(tuoyu_decimal number, char text[TUOYU_DECIMAL_TEXT_SIZE]);
/* With exactly so many decimals, as money is shown; the number must need no more. */
size_t decimal_format_fixed(tuoyu_decimal number, int32_t decimals, char text[TUOYU_DECIMAL_TEXT_SIZE]);

/* The canonical text of value * 10^-scale, without a decimal in between; scale from 0 to 18. */
size_t decimal_format_scaled(int64_t value, int32_t scale, char text[TUOYU_DECIMAL_TEXT_SIZE]);

/* Each returns TUOYU_OK, TUOYU_ERROR_OVERFLOW, TUOYU_ERROR_DIVISION_BY_ZERO, or TUOYU_ERROR_EVALUATION
 * outside the domain. */
tuoyu_status decimal_add(tuoyu_decimal left, tuoyu_decimal right, tuoyu_decimal *out);
tuoyu_status decimal_subtract(tuoyu_decimal left, tuoyu_decimal right, tuoyu_decimal *out);
tuoyu_status decimal_multiply(tuoyu_decimal left, tuoyu_decimal right, tuoyu_decimal *out);
tuoyu_status decimal_divide(tuoyu_decimal left, tuoyu_decimal right, tuoyu_decimal *out);
tuoyu_status decimal_power(tuoyu_decimal base, tuoyu_decimal exponent, tuoyu_decimal *out);
/* FEEL modulo: dividend - divisor * floor(dividend / divisor), exact. */
tuoyu_status decimal_modulo(tuoyu_decimal dividend, tuoyu_decimal divisor, tuoyu_decimal *out);
tuoyu_status decimal_square_root(tuoyu_decimal number, tuoyu_decimal *out);
tuoyu_status decimal_logarithm(tuoyu_decimal number, tuoyu_decimal *out);
tuoyu_status decimal_exponential(tuoyu_decimal number, tuoyu_decimal *out);
/* To so many decimals (negative: tens, hundreds); scale from -6111 to 6176 as FEEL has it. */
tuoyu_status decimal_round(tuoyu_decimal number, int32_t scale, enum decimal_rounding mode,
                           tuoyu_decimal *out);
/* To a multiple of step (such as 0.5 or 10), step > 0. */
tuoyu_status decimal_round_to(tuoyu_decimal number, tuoyu_decimal step, enum decimal_rounding mode,
                              tuoyu_decimal *out);

tuoyu_decimal decimal_negate(tuoyu_decimal number);
tuoyu_decimal decimal_absolute(tuoyu_decimal number);
int decimal_compare(tuoyu_decimal left, tuoyu_decimal right);
/* false for infinities and what is not a number, as foreign bytes may hold; every other function here wants
 * finite ones. */
bool decimal_is_finite(tuoyu_decimal number);
/* The number * 10^power; TUOYU_ERROR_OVERFLOW unless exact. */
tuoyu_status decimal_scale(tuoyu_decimal number, int32_t power, tuoyu_decimal *out);
bool decimal_is_integer(tuoyu_decimal number);
/* -1, 0 or 1. */
int decimal_sign(tuoyu_decimal number);
/* false if it is no integer or does not fit. */
bool decimal_to_integer(tuoyu_decimal number, int64_t *out);
/* The same of number * 10^scale, which itself need not be a decimal128; scale from -6176 to 6176. */
bool decimal_to_scaled_integer(tuoyu_decimal number, int32_t scale, int64_t *out);

#endif
