/* SPDX-License-Identifier: Apache-2.0 */
/* Sums of decimals that lose nothing, in whatever order the numbers are added: an integer count of 10^-64, in
 * 512 bits. It is rounded once, when it is read, if it has more than the 34 digits of a decimal. */
#ifndef TUOYU_VALUE_EXACT_SUM_H
#define TUOYU_VALUE_EXACT_SUM_H

#include "value/decimal.h"

enum {
    EXACT_SUM_LIMBS = 8,
    EXACT_SUM_SCALE = 64,  /* decimals that a sum holds */
    EXACT_SUM_DIGITS = 70, /* digits before the point that one number may have; 2^63 such numbers fit */
    EXACT_SUM_BYTES = 8 * EXACT_SUM_LIMBS
};

__extension__ typedef __int128 int128;

/* A number in two's complement, lowest limb first. All zeros is zero. */
struct exact_sum {
    uint64_t limbs[EXACT_SUM_LIMBS];
};

/* Whether a number may be added: it is below 10^70 in magnitude and has no more than 64 decimals. */
bool exact_sum_holds(tuoyu_decimal number);
/* Adds a number for which exact_sum_holds() is true. */
void exact_sum_add(struct exact_sum *sum, tuoyu_decimal number);
/* Adds number × 10^-scale, which must be below 10^70 in magnitude; scale is 0 to 64. */
void exact_sum_add_integer(struct exact_sum *sum, int128 number, int32_t scale);
/* Adds another sum to the sum. */
void exact_sum_merge(struct exact_sum *sum, const struct exact_sum *other);
/* The sum rounded half to even at the 34th digit. */
tuoyu_decimal exact_sum_value(const struct exact_sum *sum);

/* Writes the sum as two's complement, lowest byte first, without the highest bytes that only repeat the sign.
 * Returns how many bytes there are: 0 for zero. */
size_t exact_sum_to_bytes(const struct exact_sum *sum, unsigned char bytes[EXACT_SUM_BYTES]);
/* Reads what exact_sum_to_bytes() wrote of a sum of this many numbers. Returns false if there are more bytes
 * than needed, or if this many numbers cannot have this sum. */
bool exact_sum_from_bytes(struct exact_sum *sum, const unsigned char *bytes, size_t length, int64_t numbers);

#endif
