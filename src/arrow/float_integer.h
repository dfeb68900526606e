/* SPDX-License-Identifier: Apache-2.0 */
/* The shortest decimal of an IEEE 754 binary number as an integer of a scale, without its text. */
#ifndef TUOYU_ARROW_FLOAT_INTEGER_H
#define TUOYU_ARROW_FLOAT_INTEGER_H

#include <stdbool.h>
#include <stdint.h>

enum { FLOAT_SCALE_MOST = 18 };

/* bits: of a float of width 4 or 8 bytes. *out: the number that float_text() writes, times 10^scale. false
 * where this is no integer of 64 bits: the number has more decimals, is too large, is infinite, or is no
 * number; *out is then as it was. scale: 0 to FLOAT_SCALE_MOST. */
bool float_to_scaled_integer(uint64_t bits, uint8_t width, int32_t scale, int64_t *out);

#endif
