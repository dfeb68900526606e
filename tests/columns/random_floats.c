/* SPDX-License-Identifier: Apache-2.0 */
#include "random_floats.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "random_numbers.h"

enum { TEXT_SIZE = 64 };

static uint64_t bits_of_text(const char *text, uint8_t width)
{
    float narrow = strtof(text, NULL);
    double wide = strtod(text, NULL);
    uint32_t narrow_bits;
    uint64_t wide_bits;
    memcpy(&narrow_bits, &narrow, sizeof narrow_bits);
    memcpy(&wide_bits, &wide, sizeof wide_bits);
    return width == 4 ? narrow_bits : wide_bits;
}

uint64_t float_of_decimal(int64_t number, int32_t scale, uint8_t width)
{
    char text[TEXT_SIZE];
    snprintf(text, sizeof text, "%llde-%d", (long long)number, (int)scale);
    return bits_of_text(text, width);
}

uint64_t wrong_float(uint64_t bits, uint8_t width, uint64_t *random)
{
    static const char *const OTHERS[] = {
        "nan", "inf", "-inf", "-0.0", "1e-45", "5e-324", "1e30", "0.1000001", "33.333333333333336"};
    uint32_t chosen = random_of(random, 2 * sizeof OTHERS / sizeof *OTHERS);
    if (chosen < sizeof OTHERS / sizeof *OTHERS)
        return bits_of_text(OTHERS[chosen], width);
    return bits & 1 ? bits - 1 : bits + 1;
}

bool shortest_decimal(uint64_t bits, uint8_t width, tuoyu_decimal *out)
{
    char text[TEXT_SIZE];
    float narrow;
    double value;
    uint32_t narrow_bits = (uint32_t)bits;
    memcpy(&narrow, &narrow_bits, sizeof narrow);
    memcpy(&value, &bits, sizeof value);
    if (width == 4)
        value = (double)narrow;
    if (!isfinite(value))
        return false;
    int digits = 0;
    while (snprintf(text, sizeof text, "%.*e", digits, value), bits_of_text(text, width) != bits)
        digits++;
    return tuoyu_decimal_from_text(text, TUOYU_NUL_TERMINATED, out) == TUOYU_OK;
}
