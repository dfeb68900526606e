/* SPDX-License-Identifier: Apache-2.0 */
/* FEEL's two kinds of durations. Years and months are an int64 of months; days and time are seconds and
 * nanoseconds of one sign. Functions about the one begin with months_, about the other with duration_. */
#ifndef TUOYU_VALUE_DURATION_H
#define TUOYU_VALUE_DURATION_H

#include "base/text.h"
#include "value/decimal.h"

struct duration {
    int64_t seconds;
    int32_t nanoseconds; /* above -10^9 and below 10^9; of the sign of seconds, if these are not 0 */
};

enum duration_kind { DURATION_YEARS_MONTHS, DURATION_DAYS_TIME };

/* Reads `P1Y2M` or `-P3DT4H5M6.7S`; *kind says which of *months and *duration was set. Digits finer than a
 * nanosecond are dropped. TUOYU_ERROR_SYNTAX (also for a mixture of both kinds), TUOYU_ERROR_OVERFLOW. */
tuoyu_status duration_parse(struct text text, enum duration_kind *kind, int64_t *months,
                            struct duration *duration);

/* Appends the canonical text: `P1DT2H`, `PT0S`, `-PT0.5S`. */
void duration_format(struct text_builder *builder, struct duration duration);
/* Appends the canonical text: `P1Y2M`, `P0M`. */
void months_format(struct text_builder *builder, int64_t months);

/* Appends a fraction of a second without final zeros: `.5` for half a second, nothing for 0. nanoseconds is 0
 * to 999999999. Times of day use it, too. */
void duration_append_fraction(struct text_builder *builder, int32_t nanoseconds);

/* The components of a duration, as FEEL's properties show them; all of one sign. */
struct duration_parts {
    int64_t days;
    int32_t hours, minutes, seconds, nanoseconds;
};
/* Splits a duration into days, hours, minutes, seconds and nanoseconds. */
struct duration_parts duration_to_parts(struct duration duration);

/* Each returns TUOYU_OK, TUOYU_ERROR_OVERFLOW or TUOYU_ERROR_DIVISION_BY_ZERO. duration_make() takes
 * nanoseconds of any size and sign. */
tuoyu_status duration_make(int64_t seconds, int64_t nanoseconds, struct duration *out);
/* left + right. TUOYU_OK or TUOYU_ERROR_OVERFLOW. */
tuoyu_status duration_add(struct duration left, struct duration right, struct duration *out);
/* left - right. TUOYU_OK or TUOYU_ERROR_OVERFLOW. */
tuoyu_status duration_subtract(struct duration left, struct duration right, struct duration *out);
/* The duration with the other sign. TUOYU_OK or TUOYU_ERROR_OVERFLOW. */
tuoyu_status duration_negate(struct duration duration, struct duration *out);
/* The duration without its sign. TUOYU_OK or TUOYU_ERROR_OVERFLOW. */
tuoyu_status duration_absolute(struct duration duration, struct duration *out);
/* Products and quotients lose what is finer than a nanosecond, or than a month (rounded towards zero).
 * TUOYU_OK or TUOYU_ERROR_OVERFLOW. */
tuoyu_status duration_multiply(struct duration duration, tuoyu_decimal factor, struct duration *out);
/* The duration divided by a number; TUOYU_ERROR_DIVISION_BY_ZERO. */
tuoyu_status duration_divide(struct duration duration, tuoyu_decimal divisor, struct duration *out);
/* How many times the divisor goes into the dividend, with a fraction; TUOYU_ERROR_DIVISION_BY_ZERO. */
tuoyu_status duration_ratio(struct duration dividend, struct duration divisor, tuoyu_decimal *out);
/* -1, 0 or 1, as left is shorter than, equal to or longer than right. */
int duration_compare(struct duration left, struct duration right);
/* The duration in seconds, exactly. */
tuoyu_decimal duration_to_decimal(struct duration duration);

/* left + right; TUOYU_ERROR_OVERFLOW if it does not fit. */
tuoyu_status months_add(int64_t left, int64_t right, int64_t *out);
/* left - right; TUOYU_ERROR_OVERFLOW if it does not fit. */
tuoyu_status months_subtract(int64_t left, int64_t right, int64_t *out);
/* -months; TUOYU_ERROR_OVERFLOW if it does not fit. */
tuoyu_status months_negate(int64_t months, int64_t *out);
/* months × factor, rounded towards zero; TUOYU_ERROR_OVERFLOW if it does not fit. */
tuoyu_status months_multiply(int64_t months, tuoyu_decimal factor, int64_t *out);
/* months ÷ divisor, rounded towards zero; TUOYU_ERROR_OVERFLOW or TUOYU_ERROR_DIVISION_BY_ZERO. */
tuoyu_status months_divide(int64_t months, tuoyu_decimal divisor, int64_t *out);
/* How many times the divisor goes into the dividend, with a fraction; TUOYU_ERROR_DIVISION_BY_ZERO. */
tuoyu_status months_ratio(int64_t dividend, int64_t divisor, tuoyu_decimal *out);

#endif
