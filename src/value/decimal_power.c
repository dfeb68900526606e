/* SPDX-License-Identifier: Apache-2.0 */
/* Integer powers of decimals. They are computed in 64 to 72 digits, so that the 34 that remain are right:
 * 1.0325 ** 12 is what one gets on paper. */
#include <assert.h>
#include <string.h>

#include "value/decimal_bits.h"

enum { LIMB_BASE = 1000000000, LIMB_DIGITS = 9, LIMBS = 8, BEYOND_REACH = 7000, QUOTIENT_DIGITS = 40 };

/* An unrounded number, limbs * 10^exponent. The lowest limb comes first; the highest is not zero. */
struct wide {
    uint32_t limbs[LIMBS];
    int count;
    int64_t exponent;
    bool is_cut; /* whether digits other than zero were dropped below the lowest limb */
};

/* The same number as limbs; its coefficient is not 0. */
static struct wide wide_of(struct decimal_bits bits)
{
    struct wide wide = {.exponent = bits.exponent};
    for (; bits.coefficient != 0; bits.coefficient /= LIMB_BASE) {
        wide.limbs[wide.count++] = (uint32_t)(bits.coefficient % LIMB_BASE);
    }
    return wide;
}

/* The product; limbs that are too many are dropped at the low end, which is_cut then tells. */
static struct wide wide_multiply(const struct wide *left, const struct wide *right)
{
    assert(left->count > 0 && left->count <= LIMBS && right->count > 0 && right->count <= LIMBS);
    uint32_t product[2 * LIMBS] = {0};
    for (int i = 0; i < left->count; i++) {
        uint64_t carry = 0;
        for (int j = 0; j < right->count; j++) {
            carry += product[i + j] + (uint64_t)left->limbs[i] * right->limbs[j];
            product[i + j] = (uint32_t)(carry % LIMB_BASE);
            carry /= LIMB_BASE;
        }
        product[i + right->count] = (uint32_t)carry;
    }
    int count = left->count + right->count;
    count -= product[count - 1] == 0;
    int dropped = count > LIMBS ? count - LIMBS : 0;

    struct wide result = {.count = count - dropped, .is_cut = left->is_cut || right->is_cut};
    result.exponent = left->exponent + right->exponent + (int64_t)dropped * LIMB_DIGITS;
    for (int i = 0; i < dropped; i++) {
        result.is_cut = result.is_cut || product[i] != 0;
    }
    memcpy(result.limbs, product + dropped, (size_t)result.count * sizeof(product[0]));
    return result;
}

/* Compares two numbers of `count` limbs, the lowest first: -1, 0 or 1, as left is below, equal to or above
 * right. */
static int compare_limbs(const uint32_t *left, const uint32_t *right, int count)
{
    for (int i = count - 1; i >= 0; i--) {
        if (left[i] != right[i]) {
            return left[i] < right[i] ? -1 : 1;
        }
    }
    return 0;
}

/* Subtracts `what`, which is not larger, from `from`. */
static void subtract_limbs(uint32_t *from, const uint32_t *what, int count)
{
    uint32_t borrow = 0;
    for (int i = 0; i < count; i++) {
        uint32_t taken = what[i] + borrow;
        borrow = from[i] < taken;
        from[i] = from[i] + (borrow ? LIMB_BASE : 0) - taken;
    }
}

/* Multiplies limbs by 10 and adds a digit; the product must fit in count limbs. */
static void append_digit(uint32_t *limbs, int count, uint32_t digit)
{
    uint64_t carry = digit;
    for (int i = 0; i < count; i++) {
        carry += (uint64_t)limbs[i] * 10;
        limbs[i] = (uint32_t)(carry % LIMB_BASE);
        carry /= LIMB_BASE;
    }
    assert(carry == 0);
}

/* 1 / divisor by long division, up to QUOTIENT_DIGITS digits or until nothing remains. */
static struct wide wide_reciprocal(const struct wide *divisor)
{
    uint32_t what[LIMBS + 1] = {0}, rest[LIMBS + 1] = {1};
    memcpy(what, divisor->limbs, sizeof divisor->limbs);
    struct wide result = {.exponent = -divisor->exponent, .is_cut = divisor->is_cut};
    int digits = 0;
    bool is_left = true;
    while (digits < QUOTIENT_DIGITS && is_left) {
        uint32_t digit = 0;
        for (; compare_limbs(rest, what, LIMBS + 1) >= 0; digit++) {
            subtract_limbs(rest, what, LIMBS + 1);
        }
        append_digit(result.limbs, LIMBS, digit);
        digits += digits > 0 || digit > 0;
        is_left = false;
        for (int i = 0; i <= LIMBS; i++) {
            is_left = is_left || rest[i] != 0;
        }
        if (is_left && digits < QUOTIENT_DIGITS) {
            append_digit(rest, LIMBS + 1, 0);
            result.exponent--;
        }
    }
    result.is_cut = result.is_cut || is_left;
    for (result.count = LIMBS; result.count > 1 && result.limbs[result.count - 1] == 0;) {
        result.count--;
    }
    return result;
}

/* Writes the decimal digits, highest first, without leading zeros. Returns how many. */
static int wide_digits(const struct wide *wide, uint8_t digits[LIMBS * LIMB_DIGITS])
{
    int count = 0;
    for (int i = wide->count - 1; i >= 0; i--) {
        for (uint32_t power = LIMB_BASE / 10; power != 0; power /= 10) {
            uint8_t digit = (uint8_t)(wide->limbs[i] / power % 10);
            if (count > 0 || digit != 0) {
                digits[count++] = digit;
            }
        }
    }
    return count;
}

/* Rounds half to even at the 34th digit, or at the lowest exponent that a decimal128 can have.
 * TUOYU_ERROR_OVERFLOW if the number is too large. */
static tuoyu_status wide_round(const struct wide *wide, bool negative, tuoyu_decimal *out)
{
    uint8_t digits[LIMBS * LIMB_DIGITS];
    int64_t count = wide_digits(wide, digits);
    int64_t dropped = count > DECIMAL_DIGITS ? count - DECIMAL_DIGITS : 0;
    if (DECIMAL_EXPONENT_MIN - wide->exponent > dropped) {
        dropped = DECIMAL_EXPONENT_MIN - wide->exponent;
    }
    struct decimal_bits bits = {.exponent = (int32_t)(wide->exponent + dropped), .negative = negative};
    for (int64_t i = 0; i < count - dropped; i++) {
        bits.coefficient = bits.coefficient * 10 + digits[i];
    }
    if (dropped > 0 && dropped <= count) {
        int first = digits[count - dropped];
        bool is_more = wide->is_cut;
        for (int64_t i = count - dropped + 1; i < count; i++) {
            is_more = is_more || digits[i] != 0;
        }
        bits.coefficient += first > 5 || (first == 5 && (is_more || (bits.coefficient & 1) != 0));
    }
    return decimal_pack(bits, out);
}

/* Squares and multiplies in more digits than a decimal has, and rounds once. TUOYU_OK or
 * TUOYU_ERROR_OVERFLOW. */
tuoyu_status decimal_power_integer(tuoyu_decimal base, int64_t exponent, tuoyu_decimal *out)
{
    struct decimal_bits bits = decimal_strip(decimal_unpack(base));
    uint64_t times = exponent < 0 ? -(uint64_t)exponent : (uint64_t)exponent;
    if (times == 0 || bits.coefficient == 0) {
        return decimal_pack((struct decimal_bits){.coefficient = times == 0}, out);
    }
    const struct wide factor = wide_of(bits);
    struct wide power = factor;
    int bit = 63;
    while ((times >> bit & 1) == 0) {
        bit--;
    }
    for (bit--; bit >= 0; bit--) {
        power = wide_multiply(&power, &power);
        if (times >> bit & 1) {
            power = wide_multiply(&power, &factor);
        }
        int64_t magnitude = power.exponent + (int64_t)power.count * LIMB_DIGITS;
        if (magnitude > BEYOND_REACH || magnitude < -BEYOND_REACH) {
            bool is_huge = (magnitude > 0) == (exponent > 0);
            return is_huge ? TUOYU_ERROR_OVERFLOW : decimal_pack((struct decimal_bits){0}, out);
        }
    }
    if (exponent < 0) {
        power = wide_reciprocal(&power);
    }
    return wide_round(&power, bits.negative && (times & 1) != 0, out);
}
