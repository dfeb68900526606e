/* SPDX-License-Identifier: Apache-2.0 */
/* Decimal arithmetic: calls Intel's library, and turns infinities and NaN into statuses. */
#include "value/decimal.h"

#include <assert.h>

#include "value/decimal_bits.h"

/* Intel's library is built so that arguments are values, rounding mode and flags are passed in, and nothing
 * is global. */
#define DECIMAL_CALL_BY_REFERENCE 0
#define DECIMAL_GLOBAL_ROUNDING 0
#define DECIMAL_GLOBAL_EXCEPTION_FLAGS 0
#include <bid_conf.h>
#include <bid_functions.h>

enum { ROUND_NEAREST_EVEN = 0, ROUND_DOWNWARD = 1, ROUND_UPWARD = 2 };
enum { FLAG_INEXACT = 0x20 };

/* Intel's type of the same 128 bits, and back. */
static BID_UINT128 to_bid(tuoyu_decimal number)
{
    BID_UINT128 bid;
    bid.w[BID_HIGH_128W] = number.opaque[1];
    bid.w[1 - BID_HIGH_128W] = number.opaque[0];
    return bid;
}

/* The same number as the decimal library has it; no bit changes but the order of the words. */
static tuoyu_decimal from_bid(BID_UINT128 bid)
{
    return (tuoyu_decimal){{bid.w[1 - BID_HIGH_128W], bid.w[BID_HIGH_128W]}};
}

/* Stores the result with zero's sign and exponent removed. Returns TUOYU_ERROR_EVALUATION for NaN and
 * TUOYU_ERROR_OVERFLOW for an infinity, which never leave this file. */
static tuoyu_status checked_result(BID_UINT128 result, tuoyu_decimal *out)
{
    if (bid128_isNaN(result)) {
        return TUOYU_ERROR_EVALUATION;
    }
    if (bid128_isInf(result)) {
        return TUOYU_ERROR_OVERFLOW;
    }
    *out = bid128_isZero(result) ? decimal_from_integer(0) : from_bid(result);
    return TUOYU_OK;
}

/* As checked_result(), and also TUOYU_ERROR_OVERFLOW if the result had to be rounded. */
static tuoyu_status finish_exact(BID_UINT128 result, _IDEC_flags flags, tuoyu_decimal *out)
{
    return flags & FLAG_INEXACT ? TUOYU_ERROR_OVERFLOW : checked_result(result, out);
}

/* ---- Making and asking ---- */

tuoyu_decimal decimal_from_integer(int64_t value)
{
    struct decimal_bits bits = {.negative = value < 0,
                                .coefficient = value < 0 ? UINT64_C(0) - (uint64_t)value : (uint64_t)value};
    tuoyu_decimal number = {{0, 0}};
    (void)decimal_pack(bits, &number); /* 19 digits always fit */
    return number;
}

bool decimal_is_finite(tuoyu_decimal number)
{
    return bid128_isFinite(to_bid(number)) && bid128_isCanonical(to_bid(number));
}

int decimal_sign(tuoyu_decimal number)
{
    struct decimal_bits bits = decimal_unpack(number);
    return bits.coefficient == 0 ? 0 : bits.negative ? -1 : 1;
}

bool decimal_is_integer(tuoyu_decimal number)
{
    return decimal_strip(decimal_unpack(number)).exponent >= 0;
}

bool decimal_to_integer(tuoyu_decimal number, int64_t *out)
{
    return decimal_to_scaled_integer(number, 0, out);
}

bool decimal_to_scaled_integer(tuoyu_decimal number, int32_t scale, int64_t *out)
{
    struct decimal_bits bits = decimal_strip(decimal_unpack(number));
    bits.exponent += bits.coefficient == 0 ? 0 : scale;
    if (bits.exponent < 0 || bits.exponent > 18) {
        return false;
    }
    uint128 limit = (uint128)INT64_MAX + (bits.negative ? 1 : 0);
    uint128 power = decimal_power_of_ten(bits.exponent);
    if (bits.coefficient > limit / power) {
        return false;
    }
    uint64_t magnitude = (uint64_t)(bits.coefficient * power);
    *out = bits.negative ? -(int64_t)(magnitude - 1) - 1 : (int64_t)magnitude;
    return true;
}

tuoyu_status decimal_scale(tuoyu_decimal number, int32_t power, tuoyu_decimal *out)
{
    struct decimal_bits bits = decimal_unpack(number);
    if (power > 2 * DECIMAL_BIAS || power < -2 * DECIMAL_BIAS) {
        return bits.coefficient == 0 ? checked_result(to_bid(number), out) : TUOYU_ERROR_OVERFLOW;
    }
    bits.exponent += power;
    return decimal_pack(bits, out);
}

tuoyu_decimal decimal_negate(tuoyu_decimal number)
{
    return decimal_sign(number) == 0 ? number : from_bid(bid128_negate(to_bid(number)));
}

tuoyu_decimal decimal_absolute(tuoyu_decimal number)
{
    return from_bid(bid128_abs(to_bid(number)));
}

int decimal_compare(tuoyu_decimal left, tuoyu_decimal right)
{
    _IDEC_flags flags = 0;
    if (bid128_quiet_less(to_bid(left), to_bid(right), &flags)) {
        return -1;
    }
    return bid128_quiet_greater(to_bid(left), to_bid(right), &flags) ? 1 : 0;
}

/* ---- Arithmetic ---- */

tuoyu_status decimal_add(tuoyu_decimal left, tuoyu_decimal right, tuoyu_decimal *out)
{
    _IDEC_flags flags = 0;
    return checked_result(bid128_add(to_bid(left), to_bid(right), ROUND_NEAREST_EVEN, &flags), out);
}

tuoyu_status decimal_subtract(tuoyu_decimal left, tuoyu_decimal right, tuoyu_decimal *out)
{
    _IDEC_flags flags = 0;
    return checked_result(bid128_sub(to_bid(left), to_bid(right), ROUND_NEAREST_EVEN, &flags), out);
}

tuoyu_status decimal_multiply(tuoyu_decimal left, tuoyu_decimal right, tuoyu_decimal *out)
{
    _IDEC_flags flags = 0;
    return checked_result(bid128_mul(to_bid(left), to_bid(right), ROUND_NEAREST_EVEN, &flags), out);
}

tuoyu_status decimal_divide(tuoyu_decimal left, tuoyu_decimal right, tuoyu_decimal *out)
{
    if (decimal_sign(right) == 0) {
        return TUOYU_ERROR_DIVISION_BY_ZERO;
    }
    _IDEC_flags flags = 0;
    return checked_result(bid128_div(to_bid(left), to_bid(right), ROUND_NEAREST_EVEN, &flags), out);
}

tuoyu_status decimal_modulo(tuoyu_decimal dividend, tuoyu_decimal divisor, tuoyu_decimal *out)
{
    if (decimal_sign(divisor) == 0) {
        return TUOYU_ERROR_DIVISION_BY_ZERO;
    }
    _IDEC_flags flags = 0;
    tuoyu_decimal remainder;
    tuoyu_status status = checked_result(bid128_fmod(to_bid(dividend), to_bid(divisor), &flags), &remainder);
    if (status != TUOYU_OK || decimal_sign(remainder) * decimal_sign(divisor) >= 0) {
        *out = status == TUOYU_OK ? remainder : *out;
        return status;
    }
    /* fmod() has the sign of the dividend, but FEEL wants that of the divisor: add the divisor once. */
    flags = 0;
    BID_UINT128 sum = bid128_add(to_bid(remainder), to_bid(divisor), ROUND_NEAREST_EVEN, &flags);
    return finish_exact(sum, flags, out);
}

tuoyu_status decimal_square_root(tuoyu_decimal number, tuoyu_decimal *out)
{
    _IDEC_flags flags = 0;
    return checked_result(bid128_sqrt(to_bid(number), ROUND_NEAREST_EVEN, &flags), out);
}

tuoyu_status decimal_logarithm(tuoyu_decimal number, tuoyu_decimal *out)
{
    if (decimal_sign(number) <= 0) {
        return TUOYU_ERROR_EVALUATION;
    }
    _IDEC_flags flags = 0;
    return checked_result(bid128_log(to_bid(number), ROUND_NEAREST_EVEN, &flags), out);
}

tuoyu_status decimal_exponential(tuoyu_decimal number, tuoyu_decimal *out)
{
    _IDEC_flags flags = 0;
    return checked_result(bid128_exp(to_bid(number), ROUND_NEAREST_EVEN, &flags), out);
}

/* base to an exponent that is no int64; the square root, which is exact to 34 digits, for one half. TUOYU_OK
 * or TUOYU_ERROR_OVERFLOW. */
static tuoyu_status power_of_fraction(tuoyu_decimal base, tuoyu_decimal exponent, tuoyu_decimal *out)
{
    static const struct decimal_bits HALF = {.coefficient = 5, .exponent = -1};
    tuoyu_decimal half = {{0, 0}};
    (void)decimal_pack(HALF, &half);
    if (decimal_compare(exponent, half) == 0) {
        return decimal_square_root(base, out);
    }
    _IDEC_flags flags = 0;
    return checked_result(bid128_pow(to_bid(base), to_bid(exponent), ROUND_NEAREST_EVEN, &flags), out);
}

tuoyu_status decimal_power(tuoyu_decimal base, tuoyu_decimal exponent, tuoyu_decimal *out)
{
    if (decimal_sign(base) == 0 && decimal_sign(exponent) < 0) {
        return TUOYU_ERROR_DIVISION_BY_ZERO;
    }
    int64_t integer = 0;
    if (decimal_to_integer(exponent, &integer)) {
        return decimal_power_integer(base, integer, out);
    }
    if (decimal_sign(base) < 0 && !decimal_is_integer(exponent)) {
        return TUOYU_ERROR_EVALUATION;
    }
    return power_of_fraction(base, exponent, out);
}

/* ---- Rounding ---- */

/* Whether rounding takes the magnitude up to the next step. half compares the part that is dropped, which is
 * not zero, with half a step: -1, 0 or 1. is_odd: whether the number of whole steps is odd. */
static bool rounds_away(enum decimal_rounding mode, bool negative, int half, bool is_odd)
{
    switch (mode) {
    case DECIMAL_HALF_EVEN: return half > 0 || (half == 0 && is_odd);
    case DECIMAL_HALF_UP: return half >= 0;
    case DECIMAL_HALF_DOWN: return half > 0;
    case DECIMAL_UP: return true;
    case DECIMAL_DOWN: return false;
    case DECIMAL_FLOOR: return negative;
    case DECIMAL_CEILING: return !negative;
    }
    return false;
}

tuoyu_status decimal_round(tuoyu_decimal number, int32_t scale, enum decimal_rounding mode,
                           tuoyu_decimal *out)
{
    if (scale < -DECIMAL_EXPONENT_MAX || scale > -DECIMAL_EXPONENT_MIN) {
        return TUOYU_ERROR_EVALUATION;
    }
    struct decimal_bits bits = decimal_strip(decimal_unpack(number));
    int32_t dropped = -scale - bits.exponent;
    if (bits.coefficient == 0 || dropped <= 0) {
        return decimal_pack(bits, out);
    }
    uint128 quotient = 0;
    int half = -1; /* 34 digits are less than half of a step of 10^35 */
    if (dropped <= DECIMAL_DIGITS) {
        uint128 step = decimal_power_of_ten(dropped);
        uint128 remainder = bits.coefficient % step;
        quotient = bits.coefficient / step;
        half = 2 * remainder < step ? -1 : 2 * remainder > step;
    }
    quotient += rounds_away(mode, bits.negative, half, (quotient & 1) != 0);
    return decimal_pack((struct decimal_bits){quotient, -scale, bits.negative}, out);
}

/* Compares remainder with half of step: returns -1, 0 or 1. It compares remainder with step - remainder,
 * which may need more than 34 digits. Rounding that difference up and down is safe: the remainder has at most
 * 34 digits, so neither result can cross it unseen. */
static int compare_with_half(tuoyu_decimal remainder, tuoyu_decimal step)
{
    _IDEC_flags flags = 0;
    tuoyu_decimal above = from_bid(bid128_sub(to_bid(step), to_bid(remainder), ROUND_UPWARD, &flags));
    tuoyu_decimal below = from_bid(bid128_sub(to_bid(step), to_bid(remainder), ROUND_DOWNWARD, &flags));
    if (decimal_compare(above, remainder) > 0) {
        return -1;
    }
    return decimal_compare(below, remainder) < 0 ? 1 : 0;
}

/* Counts the whole steps in a magnitude that is no multiple of step. TUOYU_ERROR_OVERFLOW if they have more
 * than 34 digits: then no multiple near the magnitude could be written either. */
static tuoyu_status count_steps(tuoyu_decimal magnitude, tuoyu_decimal step, BID_UINT128 *count)
{
    _IDEC_flags flags = 0;
    tuoyu_decimal limit = {{0, 0}};
    BID_UINT128 quotient = bid128_div(to_bid(magnitude), to_bid(step), ROUND_DOWNWARD, &flags);
    (void)decimal_pack((struct decimal_bits){.coefficient = 1, .exponent = DECIMAL_DIGITS}, &limit);
    if (!bid128_isFinite(quotient) || decimal_compare(from_bid(quotient), limit) >= 0) {
        return TUOYU_ERROR_OVERFLOW;
    }
    *count = bid128_round_integral_zero(quotient, &flags);
    return TUOYU_OK;
}

tuoyu_status decimal_round_to(tuoyu_decimal number, tuoyu_decimal step, enum decimal_rounding mode,
                              tuoyu_decimal *out)
{
    if (decimal_sign(step) <= 0) {
        return TUOYU_ERROR_EVALUATION;
    }
    bool negative = decimal_sign(number) < 0;
    tuoyu_decimal magnitude = decimal_absolute(number), remainder;
    tuoyu_status status = decimal_modulo(magnitude, step, &remainder);
    if (status != TUOYU_OK || decimal_sign(remainder) == 0) {
        *out = number;
        return status;
    }
    BID_UINT128 count;
    status = count_steps(magnitude, step, &count);
    if (status != TUOYU_OK) {
        return status;
    }
    _IDEC_flags flags = 0;
    bool is_odd = !bid128_isZero(bid128_fmod(count, to_bid(decimal_from_integer(2)), &flags));
    if (rounds_away(mode, negative, compare_with_half(remainder, step), is_odd)) {
        count = bid128_add(count, to_bid(decimal_from_integer(1)), ROUND_NEAREST_EVEN, &flags);
    }
    flags = 0;
    BID_UINT128 product = bid128_mul(count, to_bid(step), ROUND_NEAREST_EVEN, &flags);
    status = finish_exact(product, flags, &magnitude);
    if (status == TUOYU_OK) {
        *out = negative ? decimal_negate(magnitude) : magnitude;
    }
    return status;
}

/* ---- Names of the ways of rounding ---- */

static const char *const ROUNDING_NAMES[] = {
    [DECIMAL_HALF_EVEN] = "half even", [DECIMAL_HALF_UP] = "half up",
    [DECIMAL_HALF_DOWN] = "half down", [DECIMAL_UP] = "up",
    [DECIMAL_DOWN] = "down",           [DECIMAL_FLOOR] = "floor",
    [DECIMAL_CEILING] = "ceiling",
};
static_assert(sizeof ROUNDING_NAMES / sizeof *ROUNDING_NAMES == DECIMAL_ROUNDING_COUNT, "each has a name");

struct text decimal_rounding_name(enum decimal_rounding rounding)
{
    assert((unsigned)rounding < DECIMAL_ROUNDING_COUNT);
    return text_of(ROUNDING_NAMES[rounding], TUOYU_NUL_TERMINATED);
}

bool decimal_rounding_of(struct text name, enum decimal_rounding *out)
{
    for (int i = 0; i < DECIMAL_ROUNDING_COUNT; i++) {
        if (!text_equals(name, decimal_rounding_name((enum decimal_rounding)i)))
            continue;
        *out = (enum decimal_rounding)i;
        return true;
    }
    return false;
}
