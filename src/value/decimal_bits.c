/* SPDX-License-Identifier: Apache-2.0 */
/* The binary encoding of decimal128 (BID): taking it apart and putting it together. */
#include "value/decimal_bits.h"

#include <assert.h>

/* Of the 128 bits the first is the sign; 14 bits of exponent and 113 of coefficient follow. If the first two
 * bits of the exponent are set, the number is special or its coefficient is too large. */
static const uint64_t SIGN = UINT64_C(1) << 63;
static const uint64_t LARGE = UINT64_C(3) << 61;
enum { EXPONENT_SHIFT = 49, EXPONENT_MASK = 0x3fff };

uint128 decimal_power_of_ten(int32_t power)
{
    assert(power >= 0 && power <= 38);
    static const uint64_t SMALL[] = {
        1,
        10,
        100,
        1000,
        10000,
        100000,
        1000000,
        10000000,
        100000000,
        1000000000,
        10000000000,
        100000000000,
        1000000000000,
        10000000000000,
        100000000000000,
        1000000000000000,
        10000000000000000,
        100000000000000000,
        1000000000000000000,
        UINT64_C(10000000000000000000),
    };
    return power < 20 ? SMALL[power] : (uint128)SMALL[19] * SMALL[power - 19];
}

struct decimal_bits decimal_unpack(tuoyu_decimal number)
{
    uint64_t high = number.opaque[1];
    struct decimal_bits bits = {.negative = (high & SIGN) != 0};
    if ((high & LARGE) == LARGE) {
        return (struct decimal_bits){0};
    }
    bits.exponent = (int32_t)(high >> EXPONENT_SHIFT & EXPONENT_MASK) - DECIMAL_BIAS;
    bits.coefficient = (uint128)(high & ((UINT64_C(1) << EXPONENT_SHIFT) - 1)) << 64 | number.opaque[0];
    if (bits.coefficient == 0 || bits.coefficient >= decimal_power_of_ten(DECIMAL_DIGITS)) {
        return (struct decimal_bits){0};
    }
    return bits;
}

struct decimal_bits decimal_strip(struct decimal_bits bits)
{
    if (bits.coefficient == 0) {
        return (struct decimal_bits){0};
    }
    /* Most numbers are money, and small coefficients need no 128-bit division. */
    while (bits.coefficient > UINT64_MAX && bits.coefficient % 10 == 0) {
        bits.coefficient /= 10;
        bits.exponent++;
    }
    if (bits.coefficient <= UINT64_MAX) {
        uint64_t small = (uint64_t)bits.coefficient;
        while (small % 10 == 0) {
            small /= 10;
            bits.exponent++;
        }
        bits.coefficient = small;
    }
    return bits;
}

tuoyu_status decimal_pack(struct decimal_bits bits, tuoyu_decimal *out)
{
    const uint128 limit = decimal_power_of_ten(DECIMAL_DIGITS);
    if (bits.coefficient == 0) {
        bits = (struct decimal_bits){0};
    }
    while (bits.exponent < DECIMAL_EXPONENT_MIN || bits.coefficient >= limit) {
        if (bits.coefficient % 10 != 0) {
            return TUOYU_ERROR_OVERFLOW;
        }
        bits.coefficient /= 10;
        bits.exponent++;
    }
    while (bits.exponent > DECIMAL_EXPONENT_MAX) {
        bits.coefficient *= 10;
        bits.exponent--;
        if (bits.coefficient >= limit) {
            return TUOYU_ERROR_OVERFLOW;
        }
    }
    uint64_t biased = (uint64_t)(bits.exponent + DECIMAL_BIAS);
    out->opaque[0] = (uint64_t)bits.coefficient;
    out->opaque[1] =
        (bits.negative ? SIGN : 0) | biased << EXPONENT_SHIFT | (uint64_t)(bits.coefficient >> 64);
    return TUOYU_OK;
}
