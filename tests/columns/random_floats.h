/* SPDX-License-Identifier: Apache-2.0 */
/* Floats for random tables, and their shortest decimals by the C library alone. */
#ifndef TUOYU_TESTS_RANDOM_FLOATS_H
#define TUOYU_TESTS_RANDOM_FLOATS_H

#include <stdbool.h>
#include <stdint.h>
#include <tuoyu/common.h>

/* The bits of the float of width 4 or 8 bytes that is nearest to number × 10^-scale. */
uint64_t float_of_decimal(int64_t number, int32_t scale, uint8_t width);
/* A float that is hardly the value of a fact: no number, infinite, tiny, or the neighbour of one that may
 * be. */
uint64_t wrong_float(uint64_t bits, uint8_t width, uint64_t *random);
/* The decimal of the fewest digits that reads back as the float; false where the float is not finite. */
bool shortest_decimal(uint64_t bits, uint8_t width, tuoyu_decimal *out);

#endif
