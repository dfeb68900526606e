/* SPDX-License-Identifier: Apache-2.0 */
/* Exact sums of decimals, as integers of 512 bits. */
#include "value/exact_sum.h"

#include <assert.h>
#include <string.h>

#include "value/decimal_bits.h"

/* 10^19 is the highest power of ten that fits in a limb; nine such parts hold the digits of 512 bits. */
enum { LIMB_DIGITS = 19, PARTS = 9, MOST_DIGITS = PARTS * LIMB_DIGITS };

/* ---- Limbs ---- */

/* True if the sum, in two's complement, is below 0. */
static bool is_negative(const struct exact_sum *sum)
{
    return sum->limbs[EXACT_SUM_LIMBS - 1] >> 63;
}

/* Turns the sum into its negative. */
static void negate(struct exact_sum *sum)
{
    uint64_t carry = 1;
    for (size_t i = 0; i < EXACT_SUM_LIMBS; i++) {
        sum->limbs[i] = ~sum->limbs[i] + carry;
        carry = carry && sum->limbs[i] == 0;
    }
}

/* Multiplies a sum that is not negative; what exceeds 512 bits is lost. */
static void multiply(struct exact_sum *sum, uint64_t factor)
{
    uint128 carry = 0;
    for (size_t i = 0; i < EXACT_SUM_LIMBS; i++) {
        carry += (uint128)sum->limbs[i] * factor;
        sum->limbs[i] = (uint64_t)carry;
        carry >>= 64;
    }
}

/* Divides a sum that is not negative, rounding down. Returns the remainder. */
static uint64_t divide(struct exact_sum *sum, uint64_t divisor)
{
    assert(!is_negative(sum) && divisor > 0);
    uint128 rest = 0;
    for (size_t i = EXACT_SUM_LIMBS; i-- > 0;) {
        rest = rest << 64 | sum->limbs[i];
        sum->limbs[i] = (uint64_t)(rest / divisor);
        rest %= divisor;
    }
    return (uint64_t)rest;
}

/* True if all limbs are 0. */
static bool is_zero(const struct exact_sum *sum)
{
    uint64_t any = 0;
    for (size_t i = 0; i < EXACT_SUM_LIMBS; i++)
        any |= sum->limbs[i];
    return any == 0;
}

/* ---- Adding ---- */

/* Adds coefficient × 10^power units of 10^-EXACT_SUM_SCALE, or subtracts them. */
static void add_units(struct exact_sum *sum, uint128 coefficient, int32_t power, bool is_subtracted)
{
    assert(power >= 0 && power <= EXACT_SUM_DIGITS + EXACT_SUM_SCALE);
    struct exact_sum units = {{(uint64_t)coefficient, (uint64_t)(coefficient >> 64)}};
    for (; power > LIMB_DIGITS; power -= LIMB_DIGITS)
        multiply(&units, (uint64_t)decimal_power_of_ten(LIMB_DIGITS));
    multiply(&units, (uint64_t)decimal_power_of_ten(power));
    if (is_subtracted)
        negate(&units);
    exact_sum_merge(sum, &units);
}

bool exact_sum_holds(tuoyu_decimal number)
{
    struct decimal_bits bits = decimal_strip(decimal_unpack(number));
    int32_t digits = 1;
    while (digits < DECIMAL_DIGITS && bits.coefficient >= decimal_power_of_ten(digits))
        digits++;
    return bits.exponent >= -EXACT_SUM_SCALE && digits + bits.exponent <= EXACT_SUM_DIGITS;
}

void exact_sum_add(struct exact_sum *sum, tuoyu_decimal number)
{
    struct decimal_bits bits = decimal_unpack(number);
    if (bits.exponent < -EXACT_SUM_SCALE)
        bits = decimal_strip(bits);
    if (bits.coefficient)
        add_units(sum, bits.coefficient, EXACT_SUM_SCALE + bits.exponent, bits.negative);
}

void exact_sum_add_integer(struct exact_sum *sum, int128 number, int32_t scale)
{
    if (number == 0)
        return;
    uint128 magnitude = number < 0 ? -(uint128)number : (uint128)number;
    add_units(sum, magnitude, EXACT_SUM_SCALE - scale, number < 0);
}

void exact_sum_merge(struct exact_sum *sum, const struct exact_sum *other)
{
    uint128 carry = 0;
    for (size_t i = 0; i < EXACT_SUM_LIMBS; i++) {
        carry += (uint128)sum->limbs[i] + other->limbs[i];
        sum->limbs[i] = (uint64_t)carry;
        carry >>= 64;
    }
}

/* ---- Reading ---- */

/* Writes the decimal digits of a sum that is not negative, as values 0 to 9, highest first and without
 * leading zeros. Returns how many. */
static size_t write_digits(struct exact_sum rest, char digits[MOST_DIGITS])
{
    size_t first = 0;
    for (size_t part = 0; part < PARTS; part++) {
        uint64_t lowest = divide(&rest, (uint64_t)decimal_power_of_ten(LIMB_DIGITS));
        for (size_t i = 1; i <= LIMB_DIGITS; i++, lowest /= 10)
            digits[MOST_DIGITS - part * LIMB_DIGITS - i] = (char)(lowest % 10);
    }
    while (first < MOST_DIGITS && digits[first] == 0)
        first++;
    memmove(digits, digits + first, MOST_DIGITS - first);
    return MOST_DIGITS - first;
}

/* Whether the first `kept` of count digits go up when rounded half to even; kept is below count. */
static bool rounds_up(const char *digits, size_t kept, size_t count)
{
    if (digits[kept] != 5)
        return digits[kept] > 5;
    for (size_t i = kept + 1; i < count; i++)
        if (digits[i])
            return true;
    return digits[kept - 1] % 2 != 0;
}

tuoyu_decimal exact_sum_value(const struct exact_sum *sum)
{
    struct exact_sum magnitude = *sum;
    struct decimal_bits bits = {.exponent = -EXACT_SUM_SCALE, .negative = is_negative(sum)};
    tuoyu_decimal value = decimal_from_integer(0);
    char digits[MOST_DIGITS];
    if (bits.negative)
        negate(&magnitude);
    size_t count = write_digits(magnitude, digits), kept = count < DECIMAL_DIGITS ? count : DECIMAL_DIGITS;
    for (size_t i = 0; i < kept; i++)
        bits.coefficient = bits.coefficient * 10 + (unsigned char)digits[i];
    if (count > kept) {
        bits.exponent += (int32_t)(count - kept);
        bits.coefficient += rounds_up(digits, kept, count);
    }
    decimal_pack(decimal_strip(bits), &value); /* cannot fail: 155 digits and 64 decimals at most */
    return value;
}

/* ---- Bytes ---- */

size_t exact_sum_to_bytes(const struct exact_sum *sum, unsigned char bytes[EXACT_SUM_BYTES])
{
    size_t length = EXACT_SUM_BYTES;
    unsigned char sign = is_negative(sum) ? 0xff : 0;
    for (size_t i = 0; i < EXACT_SUM_BYTES; i++)
        bytes[i] = (unsigned char)(sum->limbs[i / 8] >> 8 * (i % 8));
    if (is_zero(sum))
        return 0;
    while (length > 1 && bytes[length - 1] == sign && (bytes[length - 2] ^ sign) < 0x80)
        length--;
    return length;
}

/* Whether this many numbers can have this sum: each is below 10^70, which is below 2^446 units. */
static bool is_possible(const struct exact_sum *sum, int64_t numbers)
{
    enum { LIMB = 446 / 64, SHIFT = 446 % 64 };
    struct exact_sum magnitude = *sum;
    if (is_negative(sum))
        negate(&magnitude);
    uint128 high = (uint128)magnitude.limbs[LIMB + 1] << (64 - SHIFT) | magnitude.limbs[LIMB] >> SHIFT;
    return numbers ? high < (uint128)numbers : is_zero(sum);
}

bool exact_sum_from_bytes(struct exact_sum *sum, const unsigned char *bytes, size_t length, int64_t numbers)
{
    unsigned char again[EXACT_SUM_BYTES];
    if (length > EXACT_SUM_BYTES)
        return false;
    uint64_t sign = length && bytes[length - 1] >= 0x80 ? UINT64_MAX : 0;
    for (size_t i = 0; i < EXACT_SUM_LIMBS; i++)
        sum->limbs[i] = sign;
    for (size_t i = 0; i < length; i++) {
        uint64_t mask = UINT64_C(0xff) << 8 * (i % 8);
        sum->limbs[i / 8] = (sum->limbs[i / 8] & ~mask) | (uint64_t)bytes[i] << 8 * (i % 8);
    }
    return exact_sum_to_bytes(sum, again) == length && is_possible(sum, numbers);
}
