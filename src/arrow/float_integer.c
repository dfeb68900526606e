/* SPDX-License-Identifier: Apache-2.0 */
/* Finds the shortest decimal of a float as a scaled integer. All reals between the midpoints to a float's two
 * neighbours read back as that float; the shortest decimal among them is a multiple of the greatest power of
 * ten that has a multiple there. Everything is counted in units of 10^-scale: if no whole unit is between the
 * midpoints, the shortest decimal has more than scale decimals. */
#include "arrow/float_integer.h"

#include <assert.h>

#include "arrow/float_text.h"
#include "value/decimal_bits.h"

/* The float is value × 2^-shift units. Its midpoints are `below` and `above` away, in the same measure. value
 * is below 2^55 × 10^18 < 2^115. */
struct scaled_float {
    uint128 value, below, above;
    int32_t shift;      /* 0 or more bits */
    bool includes_ends; /* whether the midpoints themselves read back as the float, as they do if its mantissa
                           is even */
};

/* Scales a float. A quarter of the distance between neighbours counts as 1 × 10^scale, so that half of the
 * distance to a lower neighbour that is twice as near is a whole number, too. Returns false if the float is
 * 2^64 units or more. */
static bool scale_float(const struct binary_float *number, int32_t scale, struct scaled_float *out)
{
    assert(scale >= 0 && scale <= FLOAT_SCALE_MOST);
    uint128 quarter = decimal_power_of_ten(scale);
    int32_t exponent = number->exponent - 2;
    *out = (struct scaled_float){.value = 4 * quarter * number->mantissa,
                                 .below = (number->is_lowest ? 1 : 2) * quarter,
                                 .above = 2 * quarter,
                                 .shift = exponent < 0 ? -exponent : 0,
                                 .includes_ends = number->mantissa % 2 == 0};
    if (exponent <= 0)
        return true;
    if (exponent >= 64 || out->value >> (64 - exponent))
        return false;
    out->value <<= exponent;
    out->below <<= exponent;
    out->above <<= exponent;
    return true;
}

/* Finds the least and the greatest whole unit that read back as the float. If there is none, the least is
 * above the greatest. */
static void find_units(const struct scaled_float *scaled, uint128 *least, uint128 *greatest)
{
    uint128 fraction = ((uint128)1 << scaled->shift) - 1, low = scaled->value - scaled->below,
            high = scaled->value + scaled->above;
    bool ends = scaled->includes_ends;
    *least = (low + (ends ? fraction : 0)) >> scaled->shift;
    *greatest = (high + (ends ? 0 : fraction)) >> scaled->shift;
    if (ends)
        return;
    *least += 1;
    *greatest -= 1;
}

/* Chooses among the units from least to greatest: a multiple of the greatest power of ten; of several such
 * the nearest to the float; of two that are equally near the even one. */
static uint128 choose_unit(const struct scaled_float *scaled, uint128 least, uint128 greatest)
{
    assert(least <= greatest);
    uint128 step = 1;
    while (greatest / (10 * step) * (10 * step) >= least)
        step *= 10;
    uint128 lower = (scaled->value >> scaled->shift) / step * step, upper = lower + step;
    if (lower < least)
        return upper;
    if (upper > greatest)
        return lower;
    uint128 twice = 2 * scaled->value, middle = (lower + upper) << scaled->shift;
    bool is_even = lower / step % 2 == 0;
    return twice < middle || (twice == middle && is_even) ? lower : upper;
}

bool float_to_scaled_integer(uint64_t bits, uint8_t width, int32_t scale, int64_t *out)
{
    enum { SHIFT_MOST = 120 }; /* beyond it even the upper midpoint is below one unit */
    struct binary_float number;
    struct scaled_float scaled;
    uint128 least, greatest;
    if (!binary_float_read(bits, width, &number))
        return false;
    if (number.mantissa == 0) {
        *out = 0;
        return true;
    }
    if (!scale_float(&number, scale, &scaled) || scaled.shift > SHIFT_MOST)
        return false;
    find_units(&scaled, &least, &greatest);
    if (least > greatest)
        return false;
    uint128 chosen = least == greatest ? least : choose_unit(&scaled, least, greatest);
    uint128 limit = (uint128)INT64_MAX + (number.is_negative ? 1 : 0);
    if (chosen > limit)
        return false;
    *out = number.is_negative ? -(int64_t)(chosen - 1) - 1 : (int64_t)chosen;
    return true;
}
