/* SPDX-License-Identifier: Apache-2.0 */
/* FEEL's two kinds of durations: arithmetic with overflow checks, reading and writing ISO text. */
#include "value/duration.h"

#include <assert.h>

#include "value/scan.h"

enum { SECONDS_A_MINUTE = 60, SECONDS_AN_HOUR = 3600, SECONDS_A_DAY = 86400, NANOSECONDS = 1000000000 };
enum { NANOSECOND_DIGITS = 9 };

/* ---- Making ---- */

tuoyu_status duration_make(int64_t seconds, int64_t nanoseconds, struct duration *out)
{
    int64_t whole;
    if (__builtin_add_overflow(seconds, nanoseconds / NANOSECONDS, &whole)) {
        return TUOYU_ERROR_OVERFLOW;
    }
    int32_t rest = (int32_t)(nanoseconds % NANOSECONDS);
    if (whole > 0 && rest < 0) {
        whole--;
        rest += NANOSECONDS;
    } else if (whole < 0 && rest > 0) {
        whole++;
        rest -= NANOSECONDS;
    }
    *out = (struct duration){.seconds = whole, .nanoseconds = rest};
    return TUOYU_OK;
}

tuoyu_status duration_add(struct duration left, struct duration right, struct duration *out)
{
    int64_t seconds;
    if (__builtin_add_overflow(left.seconds, right.seconds, &seconds)) {
        return TUOYU_ERROR_OVERFLOW;
    }
    return duration_make(seconds, (int64_t)left.nanoseconds + right.nanoseconds, out);
}

tuoyu_status duration_negate(struct duration duration, struct duration *out)
{
    if (duration.seconds == INT64_MIN) {
        return TUOYU_ERROR_OVERFLOW;
    }
    *out = (struct duration){.seconds = -duration.seconds, .nanoseconds = -duration.nanoseconds};
    return TUOYU_OK;
}

tuoyu_status duration_subtract(struct duration left, struct duration right, struct duration *out)
{
    struct duration negative;
    tuoyu_status status = duration_negate(right, &negative);
    return status == TUOYU_OK ? duration_add(left, negative, out) : status;
}

static const struct duration ZERO = {0, 0};

tuoyu_status duration_absolute(struct duration duration, struct duration *out)
{
    if (duration_compare(duration, ZERO) < 0) {
        return duration_negate(duration, out);
    }
    *out = duration;
    return TUOYU_OK;
}

int duration_compare(struct duration left, struct duration right)
{
    if (left.seconds != right.seconds) {
        return left.seconds < right.seconds ? -1 : 1;
    }
    return (left.nanoseconds > right.nanoseconds) - (left.nanoseconds < right.nanoseconds);
}

struct duration_parts duration_to_parts(struct duration duration)
{
    int32_t of_day = (int32_t)(duration.seconds % SECONDS_A_DAY);
    return (struct duration_parts){
        .days = duration.seconds / SECONDS_A_DAY,
        .hours = of_day / SECONDS_AN_HOUR,
        .minutes = of_day % SECONDS_AN_HOUR / SECONDS_A_MINUTE,
        .seconds = of_day % SECONDS_A_MINUTE,
        .nanoseconds = duration.nanoseconds,
    };
}

/* ---- With numbers ---- */

tuoyu_decimal duration_to_decimal(struct duration duration)
{
    tuoyu_decimal seconds = decimal_from_integer(duration.seconds),
                  fraction = decimal_from_integer(duration.nanoseconds);
    /* 19 digits and 9 of fraction are within 34, so nothing here can fail. */
    (void)decimal_scale(fraction, -NANOSECOND_DIGITS, &fraction);
    (void)decimal_add(seconds, fraction, &seconds);
    return seconds;
}

/* The duration of this many seconds; what is finer than a nanosecond is dropped. TUOYU_ERROR_OVERFLOW if it
 * does not fit. */
static tuoyu_status duration_from_decimal(tuoyu_decimal seconds, struct duration *out)
{
    tuoyu_decimal whole, fraction;
    int64_t integer = 0, nanoseconds = 0;
    tuoyu_status status = decimal_round(seconds, 0, DECIMAL_DOWN, &whole);
    if (status != TUOYU_OK || !decimal_to_integer(whole, &integer)) {
        return TUOYU_ERROR_OVERFLOW;
    }
    (void)decimal_subtract(seconds, whole, &fraction);
    (void)decimal_round(fraction, NANOSECOND_DIGITS, DECIMAL_DOWN, &fraction);
    (void)decimal_scale(fraction, NANOSECOND_DIGITS, &fraction);
    (void)decimal_to_integer(fraction, &nanoseconds);
    return duration_make(integer, nanoseconds, out);
}

/* The number towards zero to a whole number of months. TUOYU_ERROR_OVERFLOW if it does not fit. */
static tuoyu_status months_from_decimal(tuoyu_decimal months, int64_t *out)
{
    tuoyu_decimal whole;
    tuoyu_status status = decimal_round(months, 0, DECIMAL_DOWN, &whole);
    return status == TUOYU_OK && decimal_to_integer(whole, out) ? TUOYU_OK : TUOYU_ERROR_OVERFLOW;
}

tuoyu_status duration_multiply(struct duration duration, tuoyu_decimal factor, struct duration *out)
{
    tuoyu_decimal product;
    tuoyu_status status = decimal_multiply(duration_to_decimal(duration), factor, &product);
    return status == TUOYU_OK ? duration_from_decimal(product, out) : status;
}

tuoyu_status duration_divide(struct duration duration, tuoyu_decimal divisor, struct duration *out)
{
    tuoyu_decimal quotient;
    tuoyu_status status = decimal_divide(duration_to_decimal(duration), divisor, &quotient);
    return status == TUOYU_OK ? duration_from_decimal(quotient, out) : status;
}

tuoyu_status duration_ratio(struct duration dividend, struct duration divisor, tuoyu_decimal *out)
{
    return decimal_divide(duration_to_decimal(dividend), duration_to_decimal(divisor), out);
}

tuoyu_status months_add(int64_t left, int64_t right, int64_t *out)
{
    return __builtin_add_overflow(left, right, out) ? TUOYU_ERROR_OVERFLOW : TUOYU_OK;
}

tuoyu_status months_subtract(int64_t left, int64_t right, int64_t *out)
{
    return __builtin_sub_overflow(left, right, out) ? TUOYU_ERROR_OVERFLOW : TUOYU_OK;
}

tuoyu_status months_negate(int64_t months, int64_t *out)
{
    return months_subtract(0, months, out);
}

tuoyu_status months_multiply(int64_t months, tuoyu_decimal factor, int64_t *out)
{
    tuoyu_decimal product;
    tuoyu_status status = decimal_multiply(decimal_from_integer(months), factor, &product);
    return status == TUOYU_OK ? months_from_decimal(product, out) : status;
}

tuoyu_status months_divide(int64_t months, tuoyu_decimal divisor, int64_t *out)
{
    tuoyu_decimal quotient;
    tuoyu_status status = decimal_divide(decimal_from_integer(months), divisor, &quotient);
    return status == TUOYU_OK ? months_from_decimal(quotient, out) : status;
}

tuoyu_status months_ratio(int64_t dividend, int64_t divisor, tuoyu_decimal *out)
{
    return decimal_divide(decimal_from_integer(dividend), decimal_from_integer(divisor), out);
}

/* ---- Reading ---- */

/* The letters behind the numbers of a duration, in the order in which they may stand. */
struct designator {
    char letter;
    bool is_after_t;
    int64_t months, seconds; /* what one of it amounts to; one of both is 0 */
};

static const struct designator DESIGNATORS[] = {
    {'Y', false, 12, 0},
    {'M', false, 1, 0},
    {'D', false, 0, SECONDS_A_DAY},
    {'H', true, 0, SECONDS_AN_HOUR},
    {'M', true, 0, SECONDS_A_MINUTE},
    {'S', true, 0, 1},
};
/* Indices into DESIGNATORS: the first of days and time, the first behind T, and the seconds. */
enum {
    DESIGNATOR_COUNT = sizeof DESIGNATORS / sizeof DESIGNATORS[0],
    FIRST_DAYS_TIME = 2,
    FIRST_TIME = 3,
    LAST = 5
};

/* What was read of a duration so far. Sums are kept negative, because INT64_MIN may be written but has no
 * positive counterpart. */
struct duration_reader {
    struct scan scan;
    bool is_after_t;
    size_t next; /* index of the first designator that may still follow */
    bool has_months, has_time;
    int64_t months, seconds; /* negative */
    int32_t nanoseconds;
};

/* Adds count * unit to *sum. Returns false on overflow. */
static bool add_negative(int64_t *sum, int64_t count, int64_t unit)
{
    int64_t product;
    return !__builtin_mul_overflow(count, unit, &product) && !__builtin_add_overflow(*sum, product, sum);
}

/* Reads one number with its designator. TUOYU_ERROR_SYNTAX if that is not what stands there or it is out of
 * order; TUOYU_ERROR_OVERFLOW if its amount does not fit, after which reading may go on. */
static tuoyu_status read_component(struct duration_reader *reader)
{
    struct scan *scan = &reader->scan;
    if (!scan_is_digit(scan)) {
        return TUOYU_ERROR_SYNTAX;
    }
    int64_t negative = 0;
    bool is_large = false;
    while (scan_is_digit(scan)) {
        int digit = scan_digit(scan);
        is_large = is_large || __builtin_mul_overflow(negative, 10, &negative) ||
                   __builtin_sub_overflow(negative, digit, &negative);
    }
    bool has_point = scan_take(scan, '.');
    if (has_point) {
        reader->nanoseconds = scan_nanoseconds(scan);
    }
    size_t found = reader->next;
    while (found < DESIGNATOR_COUNT && (DESIGNATORS[found].letter != scan_peek(scan) ||
                                        DESIGNATORS[found].is_after_t != reader->is_after_t)) {
        found++;
    }
    if (found == DESIGNATOR_COUNT || (has_point && found != LAST)) {
        return TUOYU_ERROR_SYNTAX;
    }
    const struct designator *designator = &DESIGNATORS[found];
    reader->next = found + 1;
    scan->at++;
    *(found < FIRST_DAYS_TIME ? &reader->has_months : &reader->has_time) = true;
    return !is_large && add_negative(&reader->months, negative, designator->months) &&
                   add_negative(&reader->seconds, negative, designator->seconds)
               ? TUOYU_OK
               : TUOYU_ERROR_OVERFLOW;
}

/* Reads all components up to the end of the text. A syntax error anywhere outweighs an overflow before it. */
static tuoyu_status read_components(struct duration_reader *reader)
{
    tuoyu_status result = TUOYU_OK;
    do {
        if (!reader->is_after_t && scan_take(&reader->scan, 'T')) {
            reader->is_after_t = true;
            reader->next = FIRST_TIME;
        }
        tuoyu_status status = read_component(reader);
        if (status == TUOYU_ERROR_SYNTAX) {
            return status;
        }
        result = status == TUOYU_OK ? result : status;
    } while (!scan_is_at_end(&reader->scan));
    return reader->has_months && reader->has_time ? TUOYU_ERROR_SYNTAX : result;
}

tuoyu_status duration_parse(struct text text, enum duration_kind *kind, int64_t *months,
                            struct duration *duration)
{
    struct duration_reader reader = {.scan.text = text};
    bool negative = scan_take(&reader.scan, '-');
    if (!scan_take(&reader.scan, 'P')) {
        return TUOYU_ERROR_SYNTAX;
    }
    tuoyu_status status = read_components(&reader);
    if (status != TUOYU_OK) {
        return status;
    }
    if (reader.has_months) {
        *kind = DURATION_YEARS_MONTHS;
        *months = reader.months;
        return negative ? TUOYU_OK : months_negate(reader.months, months);
    }
    *kind = DURATION_DAYS_TIME;
    *duration = (struct duration){reader.seconds, -reader.nanoseconds};
    return negative ? TUOYU_OK : duration_negate(*duration, duration);
}

/* ---- Writing ---- */

void duration_append_fraction(struct text_builder *builder, int32_t nanoseconds)
{
    assert(nanoseconds >= 0 && nanoseconds < NANOSECONDS);
    if (nanoseconds == 0) {
        return;
    }
    int digits = NANOSECOND_DIGITS;
    for (; nanoseconds % 10 == 0; nanoseconds /= 10) {
        digits--;
    }
    text_append_format(builder, ".%0*d", digits, (int)nanoseconds);
}

void duration_format(struct text_builder *builder, struct duration duration)
{
    struct duration_parts parts = duration_to_parts(duration);
    bool negative = duration_compare(duration, ZERO) < 0;
    int32_t sign = negative ? -1 : 1;
    bool has_seconds = parts.seconds != 0 || parts.nanoseconds != 0;
    text_append_literal(builder, negative ? "-P" : "P");
    if (parts.days != 0) {
        text_append_format(builder, "%lldD", (long long)(parts.days * sign));
    }
    if (parts.days != 0 && parts.hours == 0 && parts.minutes == 0 && !has_seconds) {
        return;
    }
    text_append_byte(builder, 'T');
    if (parts.hours != 0) {
        text_append_format(builder, "%dH", (int)(parts.hours * sign));
    }
    if (parts.minutes != 0) {
        text_append_format(builder, "%dM", (int)(parts.minutes * sign));
    }
    if (has_seconds || (parts.days == 0 && parts.hours == 0 && parts.minutes == 0)) {
        text_append_format(builder, "%d", (int)(parts.seconds * sign));
        duration_append_fraction(builder, parts.nanoseconds * sign);
        text_append_byte(builder, 'S');
    }
}

void months_format(struct text_builder *builder, int64_t months)
{
    text_append_literal(builder, months < 0 ? "-P" : "P");
    int64_t years = months / 12, rest = months % 12;
    if (years != 0) {
        text_append_format(builder, "%lldY", (long long)(years < 0 ? -years : years));
    }
    if (rest != 0 || years == 0) {
        text_append_format(builder, "%lldM", (long long)(rest < 0 ? -rest : rest));
    }
}
