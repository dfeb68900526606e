/* SPDX-License-Identifier: Apache-2.0 */
/* The shortest decimal text that reads back as the same IEEE 754 binary number, by whole numbers alone. */
#ifndef TUOYU_ARROW_FLOAT_TEXT_H
#define TUOYU_ARROW_FLOAT_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A finite number: mantissa × 2^exponent. */
struct binary_float {
    uint64_t mantissa; /* below 2^24 or 2^53; 0 of both zeros */
    int32_t exponent;
    bool is_negative;
    bool is_lowest; /* of its power of two: the neighbour towards 0 is only half as far as the other one */
};

/* bits: of a float of width 4 or 8 bytes. false for infinities and what is no number. */
bool binary_float_read(uint64_t bits, uint8_t width, struct binary_float *out);

enum { FLOAT_TEXT_SIZE = 32 };

/* bits: of a float of width 4 or 8 bytes. Writes `-12345E-2` and NUL, and returns the length; 0 for
 * infinities and what is no number. Of several shortest texts the nearest to the number, and of two that are
 * as near the one with the even digit, as Python, numpy and Java print it. */
size_t float_text(uint64_t bits, uint8_t width, char text[FLOAT_TEXT_SIZE]);

#endif
