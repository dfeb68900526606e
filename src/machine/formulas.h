/* SPDX-License-Identifier: Apache-2.0 */
/* What each operation computes, written once: the kernels of each instruction set expand it for blocks, and
 * the row machine for one row, so that they cannot differ. Nothing overflows, because the program's intervals
 * are proven. X(CODE, name, expression, …): the expression is over `left` and `right`, or over `value` and
 * the constants `x` and `y`. */
#ifndef TUOYU_MACHINE_FORMULAS_H
#define TUOYU_MACHINE_FORMULAS_H

#include <stdint.h>

/* ---- Numbers ---- */

#define NUMBER_FORMULAS(X, ...)                                   \
    X(ADD, add, left + right, __VA_ARGS__)                        \
    X(SUBTRACT, subtract, left - right, __VA_ARGS__)              \
    X(SUBTRACT_FROM, subtract_from, right - left, __VA_ARGS__)    \
    X(MULTIPLY, multiply, left *right, __VA_ARGS__)               \
    X(MINIMUM, minimum, left < right ? left : right, __VA_ARGS__) \
    X(MAXIMUM, maximum, left > right ? left : right, __VA_ARGS__)

#define COMPARISON_FORMULAS(X, ...)                       \
    X(EQUAL, equal, left == right, __VA_ARGS__)           \
    X(NOT_EQUAL, not_equal, left != right, __VA_ARGS__)   \
    X(LESS, less, left < right, __VA_ARGS__)              \
    X(LESS_EQUAL, less_equal, left <= right, __VA_ARGS__) \
    X(GREATER, greater, left > right, __VA_ARGS__)        \
    X(GREATER_EQUAL, greater_equal, left >= right, __VA_ARGS__)

/* Terms of STEPS and PIECEWISE: one for each threshold less one, one for each knot. Sums of terms wrap, and
 * the total fits. */
#define STEP_TERM(type, value, threshold, step) ((type)(step) & -(type)((value) > (threshold)))
#define KNOT_TERM(type, value, knot, change) ((change) * (type)((value) > (knot) ? (value) : (knot)))

#define MULTIPLY_ADD_OF(type, value, factor, other) ((type)(value) * (factor) + (type)(other))

#define CHOICE_FORMULAS(X, ...)                                      \
    X(CLAMP, clamp, value<x ? x : value> y ? y : value, __VA_ARGS__) \
    X(ABSOLUTE, absolute, value < 0 ? -value : value, __VA_ARGS__)

#define RANGE_FORMULAS(X, ...) X(WITHIN, within, (value >= x) & (value <= y), __VA_ARGS__)

/* ---- Booleans, as 0 and 1 ---- */

#define TRUTH_FORMULAS(X, ...)            \
    X(AND, and, left &right, __VA_ARGS__) \
    X(OR, or, left | right, __VA_ARGS__)

#define NOT_FORMULA(value) ((value) ^ 1)

/* Whether `left and right` (`left or right`) is known: where both are known, or one is known and decides. */
#define KNOWN_AND(left, known_left, right, known_right) \
    (((known_left) & (known_right)) | ((known_left) & ((left) ^ 1)) | ((known_right) & ((right) ^ 1)))
#define KNOWN_OR(left, known_left, right, known_right) \
    (((known_left) & (known_right)) | ((known_left) & (left)) | ((known_right) & (right)))

/* ---- Dates ---- */

#define DATE_FORMULAS(X, ...)                                                                \
    X(YEAR, year, civil_of(value).year, __VA_ARGS__)                                         \
    X(MONTH, month, civil_of(value).month, __VA_ARGS__)                                      \
    X(DAY, day, civil_of(value).day, __VA_ARGS__)                                            \
    X(START_OF_MONTH, start_of_month, value - (int32_t)civil_of(value).day + 1, __VA_ARGS__) \
    X(END_OF_MONTH, end_of_month, month_end(value), __VA_ARGS__)

#define DATE_PAIR_FORMULAS(X, ...)                                             \
    X(COMPLETED_MONTHS, completed_months, completed(left, right), __VA_ARGS__) \
    X(ADD_MONTHS, add_months, months_later(left, right), __VA_ARGS__)

/* ---- Division by a constant: the high half of a product with its reciprocal ---- */

/* number ÷ divisor, rounded down. reciprocal and shift belong to the divisor (plan_division()); the
 * number is below 2^31. */
static inline uint32_t quotient_32(uint32_t number, uint64_t reciprocal, uint32_t shift)
{
    return (uint32_t)(number * reciprocal >> shift);
}

/* number ÷ divisor, rounded down, from the high half of the 128-bit product; the number is below 2^63.
 * */
static inline uint64_t quotient_64(uint64_t number, uint64_t reciprocal, uint32_t shift)
{
    const uint64_t number_low = (uint32_t)number, number_high = number >> 32;
    const uint64_t low = (uint32_t)reciprocal, high = reciprocal >> 32;
    const uint64_t middle = number_high * low + (number_low * low >> 32);
    const uint64_t carry = number_low * high + (uint32_t)middle;
    return (number_high * high + (middle >> 32) + (carry >> 32)) >> shift;
}

/* divided: number + added, divided, for numbers of 0 or more. divided_signed: the absolute value, with
 * `positive` or `negative` added by sign, divided; the sign is put back. divided_even: to the nearest, ties
 * to even: half of the divisor is added first, so a tie comes out exact, and then an odd result is one too
 * many. */
#define DIVISION_FORMULAS(lane, type, unsigned_type)                                                         \
    static inline type divided_##lane(type number, uint64_t reciprocal, uint32_t shift, unsigned_type added) \
    {                                                                                                        \
        return (type)quotient_##lane((unsigned_type)number + added, reciprocal, shift);                      \
    }                                                                                                        \
    static inline type divided_signed_##lane(type number, uint64_t reciprocal, uint32_t shift,               \
                                             unsigned_type positive, unsigned_type negative)                 \
    {                                                                                                        \
        const unsigned_type size =                                                                           \
            (unsigned_type)(number < 0 ? -number : number) + (number < 0 ? negative : positive);             \
        const type result = (type)quotient_##lane(size, reciprocal, shift);                                  \
        return number < 0 ? -result : result;                                                                \
    }                                                                                                        \
    static inline type divided_even_##lane(type number, uint64_t reciprocal, uint32_t shift,                 \
                                           unsigned_type divisor)                                            \
    {                                                                                                        \
        const unsigned_type size = (unsigned_type)(number < 0 ? -number : number) + divisor / 2;             \
        const unsigned_type has_ties = (divisor & 1) ^ 1;                                                    \
        unsigned_type result = (unsigned_type)quotient_##lane(size, reciprocal, shift);                      \
        result -= (unsigned_type)(size == result * divisor) & result & has_ties;                             \
        return number < 0 ? -(type)result : (type)result;                                                    \
    }

DIVISION_FORMULAS(32, int32_t, uint32_t)
DIVISION_FORMULAS(64, int64_t, uint64_t)

/* ---- The calendar: years of 365 days and leap days, counted from the first of March of the year 0 ---- */

struct civil {
    uint32_t year, month, day;
};

/* The date, days since 1970-01-01, as year, month 1 to 12 and day 1 to 31. */
static inline struct civil civil_of(int32_t date)
{
    const uint32_t days = (uint32_t)(date + 719468);
    const uint32_t era = days / 146097, of_era = days - era * 146097;
    const uint32_t year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    const uint32_t of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const uint32_t shifted = (5 * of_year + 2) / 153; /* 0 is March */
    const uint32_t month = shifted < 10 ? shifted + 3 : shifted - 9;
    return (struct civil){.year = year_of_era + era * 400 + (month <= 2),
                          .month = month,
                          .day = of_year - (153 * shifted + 2) / 5 + 1};
}

/* Days of a month. */
static inline uint32_t days_in(uint32_t year, uint32_t month)
{
    const uint32_t is_leap =
        (uint32_t)(year % 4 == 0) & ((uint32_t)(year % 100 != 0) | (uint32_t)(year % 400 == 0));
    return month == 2 ? 28 + is_leap : 30 + ((month + (month >> 3)) & 1);
}

/* Days since 1970-01-01 of a date. */
static inline int32_t date_of(uint32_t year, uint32_t month, uint32_t day)
{
    const uint32_t from_march = year - (month <= 2), era = from_march / 400, of_era = from_march - era * 400;
    const uint32_t shifted = month > 2 ? month - 3 : month + 9;
    const uint32_t of_year = (153 * shifted + 2) / 5 + day - 1;
    return (int32_t)(era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year) - 719468;
}

/* Whole months from one date to a later one. A month is complete on the same day of the month, or on the
 * month's last day. */
static inline int32_t months_between(struct civil from, struct civil to)
{
    const int32_t is_complete = (to.day >= from.day) | (to.day == days_in(to.year, to.month));
    return (int32_t)(to.year * 12 + to.month) - (int32_t)(from.year * 12 + from.month) - (is_complete ^ 1);
}

/* Whole months from one date to another; negative where `to` is before `from`. */
static inline int32_t completed(int32_t from, int32_t to)
{
    const struct civil start = civil_of(from), end = civil_of(to);
    const int32_t onward = months_between(start, end), backward = -months_between(end, start);
    return to < from ? backward : onward;
}

/* The date so many months later; on the month's last day where it has no such day. */
static inline int32_t months_later(int32_t date, int32_t months)
{
    const struct civil civil = civil_of(date);
    const uint32_t number = (uint32_t)((int32_t)(civil.year * 12 + civil.month - 1) + months);
    const uint32_t year = number / 12, month = number - year * 12 + 1, last = days_in(year, month);
    return date_of(year, month, civil.day < last ? civil.day : last);
}

/* The last day of the date's month. */
static inline int32_t month_end(int32_t date)
{
    const struct civil civil = civil_of(date);
    return date - (int32_t)civil.day + (int32_t)days_in(civil.year, civil.month);
}

#endif
