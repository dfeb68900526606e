/* SPDX-License-Identifier: Apache-2.0 */
/* Writes the shortest decimal text of a float, with integers as large as they must be. The number is value /
 * scale; half the distance to its neighbours is above / scale and below / scale. Digits are made from the
 * first on until the rest lies within these distances: Steele and White's algorithm, with the decimal
 * exponent found by trying. */
#include "arrow/float_text.h"

#include <assert.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* words of 32 bits: enough for 2^1074 and for 10^17 times a mantissa */
enum { WORDS = 40 };

/* An integer that is not negative. */
struct whole {
    uint32_t words[WORDS]; /* the lowest first */
    int32_t count;         /* words in use; the highest of them is not zero */
};

/* The number in words of 32 bits; 0 has no word. */
static struct whole whole_of(uint64_t number)
{
    struct whole whole = {.words = {(uint32_t)number, (uint32_t)(number >> 32)}};
    whole.count = whole.words[1] ? 2 : whole.words[0] ? 1 : 0;
    return whole;
}

/* Multiplies in place; the product must fit in WORDS words. */
static void multiply(struct whole *whole, uint32_t factor)
{
    assert(whole->count >= 0 && whole->count < WORDS);
    uint64_t carry = 0;
    for (int32_t i = 0; i < whole->count; i++) {
        carry += (uint64_t)whole->words[i] * factor;
        whole->words[i] = (uint32_t)carry;
        carry >>= 32;
    }
    if (carry)
        whole->words[whole->count++] = (uint32_t)carry;
}

/* Multiplies by 2^bits. */
static void shift(struct whole *whole, int32_t bits)
{
    for (; bits >= 31; bits -= 31)
        multiply(whole, UINT32_C(1) << 31);
    multiply(whole, UINT32_C(1) << bits);
}

/* -1, 0 or 1, as left is below, equal to or above right. */
static int compare_wholes(const struct whole *left, const struct whole *right)
{
    if (left->count != right->count)
        return left->count < right->count ? -1 : 1;
    for (int32_t i = left->count - 1; i >= 0; i--)
        if (left->words[i] != right->words[i])
            return left->words[i] < right->words[i] ? -1 : 1;
    return 0;
}

/* left + right; the caller makes sure that it fits. */
static struct whole sum(const struct whole *left, const struct whole *right)
{
    struct whole result = {.count = left->count > right->count ? left->count : right->count};
    uint64_t carry = 0;
    for (int32_t i = 0; i < result.count; i++) {
        carry += (uint64_t)left->words[i] + right->words[i];
        result.words[i] = (uint32_t)carry;
        carry >>= 32;
    }
    if (carry)
        result.words[result.count++] = (uint32_t)carry;
    return result;
}

/* Subtracts right from left, which is not smaller. */
static void subtract(struct whole *left, const struct whole *right)
{
    int64_t borrow = 0;
    for (int32_t i = 0; i < left->count; i++) {
        borrow += (int64_t)left->words[i] - (int64_t)right->words[i];
        left->words[i] = (uint32_t)borrow;
        borrow >>= 32;
    }
    assert(borrow == 0);
    while (left->count > 0 && left->words[left->count - 1] == 0)
        left->count--;
}

/* A number whose digits are being made. */
struct float_digits {
    struct whole value, scale, above, below;
    bool includes_ends; /* whether a text half way to a neighbour reads back as this number, as with an even
                           mantissa */
    int32_t exponent;   /* the power of ten of the next digit */
};

/* Whether value + above reaches the scale: then the first digit stands one place higher. */
static bool reaches_scale(const struct float_digits *digits)
{
    struct whole high = sum(&digits->value, &digits->above);
    int order = compare_wholes(&high, &digits->scale);
    return order > 0 || (order == 0 && digits->includes_ends);
}

/* Multiplies all but the scale by ten, so that the next digit is value / scale. */
static void next_place(struct float_digits *digits)
{
    multiply(&digits->value, 10);
    multiply(&digits->above, 10);
    multiply(&digits->below, 10);
    digits->exponent--;
}

/* Prepares the digits of mantissa * 2^exponent, with the exponent at which the first digit is not 0.
 * is_lowest: the neighbour below is only half as far away. */
static struct float_digits begin_digits(uint64_t mantissa, int32_t exponent, bool is_lowest)
{
    struct float_digits digits = {.value = whole_of(mantissa),
                                  .scale = whole_of(1),
                                  .above = whole_of(1),
                                  .below = whole_of(1),
                                  .includes_ends = mantissa % 2 == 0,
                                  .exponent = 0};
    shift(&digits.value, (exponent > 0 ? exponent : 0) + 1 + is_lowest);
    shift(&digits.scale, (exponent < 0 ? -exponent : 0) + 1 + is_lowest);
    shift(&digits.above, (exponent > 0 ? exponent : 0) + is_lowest);
    shift(&digits.below, exponent > 0 ? exponent : 0);
    while (reaches_scale(&digits)) {
        multiply(&digits.scale, 10);
        digits.exponent++;
    }
    for (;;) {
        struct float_digits tried = digits;
        next_place(&tried);
        if (reaches_scale(&tried))
            return digits;
        digits = tried;
    }
}

/* Writes the digits and returns how many; digits->exponent is then that of the last one. */
static size_t write_digits(struct float_digits *digits, char *text)
{
    size_t length = 0;
    for (;;) {
        char digit = '0';
        next_place(digits);
        while (compare_wholes(&digits->value, &digits->scale) >= 0) {
            subtract(&digits->value, &digits->scale);
            digit++;
        }
        int low = compare_wholes(&digits->value, &digits->below);
        bool may_stop_low = low < 0 || (low == 0 && digits->includes_ends);
        bool may_stop_high = reaches_scale(digits);
        if (may_stop_high && may_stop_low) {
            struct whole twice = sum(&digits->value, &digits->value);
            int order = compare_wholes(&twice, &digits->scale);
            may_stop_high = order > 0 || (order == 0 && digit % 2 == 1);
        }
        text[length++] = (char)(digit + (may_stop_high ? 1 : 0));
        if (may_stop_low || may_stop_high)
            return length;
    }
}

bool binary_float_read(uint64_t bits, uint8_t width, struct binary_float *out)
{
    int32_t mantissa_bits = width == 4 ? 23 : 52, exponent_bits = width == 4 ? 8 : 11;
    uint64_t mantissa = bits & ((UINT64_C(1) << mantissa_bits) - 1);
    int32_t field = (int32_t)(bits >> mantissa_bits & ((UINT64_C(1) << exponent_bits) - 1));
    int32_t field_most = (1 << exponent_bits) - 1, bias = field_most / 2 + mantissa_bits;
    bool is_normal = field > 0;
    *out = (struct binary_float){.mantissa = mantissa | (is_normal ? UINT64_C(1) << mantissa_bits : 0),
                                 .exponent = (is_normal ? field : 1) - bias,
                                 .is_negative = bits >> (mantissa_bits + exponent_bits) & 1,
                                 .is_lowest = mantissa == 0 && field > 1};
    return field != field_most;
}

size_t float_text(uint64_t bits, uint8_t width, char text[FLOAT_TEXT_SIZE])
{
    struct binary_float number;
    size_t length = 0;
    if (!binary_float_read(bits, width, &number))
        return 0;
    if (number.is_negative)
        text[length++] = '-';
    if (number.mantissa == 0) {
        memcpy(text, "0", 2);
        return 1;
    }
    struct float_digits digits = begin_digits(number.mantissa, number.exponent, number.is_lowest);
    length += write_digits(&digits, text + length);
    length += (size_t)snprintf(text + length, FLOAT_TEXT_SIZE - length, "E%d", digits.exponent);
    return length;
}
