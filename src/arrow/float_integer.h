/* SPDX-License-Identifier: Apache-2.0 */
/* The shortest decimal of an IEEE 754 binary number, as an integer of a scale, without writing its text. */
#ifndef TUOYU_ARROW_FLOAT_INTEGER_H
#define TUOYU_ARROW_FLOAT_INTEGER_H

#include <stdbool.h>
#include <stdint.h>

enum { FLOAT_SCALE_MOST = 18 };

/* Stores the number that float_text() writes, times 10^scale; bits are those of a float of 4 or 8 bytes
 * (width), scale is 0 to FLOAT_SCALE_MOST. Returns false, and leaves *out, if that is no integer of 64 bits:
 * the number has more decimals, is too large, is infinite, or is NaN. */
bool float_to_scaled_integer(uint64_t bits, uint8_t width, int32_t scale, int64_t *out);

#endif
