/* SPDX-License-Identifier: Apache-2.0 */
/* The shortest decimal text that reads back as the same IEEE 754 binary number, by whole numbers alone. */
#ifndef TUOYU_ARROW_FLOAT_TEXT_H
#define TUOYU_ARROW_FLOAT_TEXT_H

#include <stddef.h>
#include <stdint.h>

enum { FLOAT_TEXT_SIZE = 32 };

/* bits: of a float of width 4 or 8 bytes. Writes `-12345E-2` and NUL, and returns the length; 0 for infinities and what is
 * no number. Of several shortest texts the nearest to the number. */
size_t float_text(uint64_t bits, uint8_t width, char text[FLOAT_TEXT_SIZE]);

#endif
