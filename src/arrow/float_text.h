/* SPDX-License-Identifier: Apache-2.0 */
/* The shortest decimal text that reads back as the same IEEE 754 binary number, found with integers alone. */
#ifndef TUOYU_ARROW_FLOAT_TEXT_H
#define TUOYU_ARROW_FLOAT_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A finite number: mantissa × 2^exponent. */
struct binary_float {
    uint64_t mantissa; /* below 2^24 or 2^53; 0 for both zeros */
    int32_t exponent;
    bool is_negative;
    bool is_lowest; /* whether it is the lowest of its power of two: the neighbour towards 0 is only half as
                       far as the other */
};

/* Takes the bits of a float of 4 or 8 bytes (width) apart. Returns false for infinities and NaN. */
bool binary_float_read(uint64_t bits, uint8_t width, struct binary_float *out);

enum { FLOAT_TEXT_SIZE = 32 };

/* Writes a float of 4 or 8 bytes (width) as `-12345E-2` and a NUL. Returns the length; 0 for infinities and
 * NaN. Of several shortest texts it writes the nearest to the number, and of two that are equally near the
 * one with the even digit, as Python, numpy and Java print it. */
size_t float_text(uint64_t bits, uint8_t width, char text[FLOAT_TEXT_SIZE]);

#endif
