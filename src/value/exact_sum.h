/* SPDX-License-Identifier: Apache-2.0 */
/* Sums of decimals that lose nothing, whatever the order they are added in: a whole number of 10^-64, in 512
 * bits. It is rounded once, when it is read, where its value has more than the 34 digits of a decimal. */
#ifndef TUOYU_VALUE_EXACT_SUM_H
#define TUOYU_VALUE_EXACT_SUM_H

#include "value/decimal.h"

enum {
    EXACT_SUM_LIMBS = 8,
    EXACT_SUM_SCALE = 64,  /* decimals that it holds */
    EXACT_SUM_DIGITS = 70, /* before the point of one number: 2^63 of them fit */
    EXACT_SUM_BYTES = 8 * EXACT_SUM_LIMBS
};

__extension__ typedef __int128 int128;

/* Two's complement, the lowest limb first. All zeros is zero. */
struct exact_sum {
    uint64_t limbs[EXACT_SUM_LIMBS];
};

/* Whether the number can be added: it is below 10^70 and has no more than 64 decimals. */
bool exact_sum_holds(tuoyu_decimal number);
/* The number must be held. */
void exact_sum_add(struct exact_sum *sum, tuoyu_decimal number);
/* Adds number × 10^-scale, scale from 0 to 64; below 10^70. */
void exact_sum_add_integer(struct exact_sum *sum, int128 number, int32_t scale);
void exact_sum_merge(struct exact_sum *sum, const struct exact_sum *other);
/* Half to even at the 34th digit. */
tuoyu_decimal exact_sum_value(const struct exact_sum *sum);

/* Without the highest bytes that only repeat the sign, lowest first; zero has none. Returns how many. */
size_t exact_sum_to_bytes(const struct exact_sum *sum, unsigned char bytes[EXACT_SUM_BYTES]);
/* false for more bytes than needed, or a sum that so many numbers cannot have. */
bool exact_sum_from_bytes(struct exact_sum *sum, const unsigned char *bytes, size_t length, int64_t numbers);

#endif
