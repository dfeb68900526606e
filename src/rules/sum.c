/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/tally.h"

void sum_init(struct sum *sum, struct arena *arena)
{
    tuoyu_decimal zero = decimal_from_integer(0);
    *sum = (struct sum){.total = zero, .unknown_below = zero, .unknown_above = zero};
    map_init(&sum->distinct, arena);
}

static tuoyu_decimal smaller(tuoyu_decimal left, tuoyu_decimal right)
{
    return decimal_compare(left, right) <= 0 ? left : right;
}

static tuoyu_decimal larger(tuoyu_decimal left, tuoyu_decimal right)
{
    return decimal_compare(left, right) >= 0 ? left : right;
}

/* ---- Adding ---- */

static tuoyu_status add_key(struct sum *sum, struct text key)
{
    if (map_get(&sum->distinct, key)) return TUOYU_OK;
    struct text kept = text_copy(sum->distinct.arena, key);
    if (!kept.bytes || !map_put(&sum->distinct, kept, sum)) return TUOYU_ERROR_NO_MEMORY;
    sum->rows++;
    return decimal_add(sum->total, decimal_from_integer(1), &sum->total);
}

static tuoyu_status add_known(struct sum *sum, const struct aggregate *aggregate, const struct contribution *contribution)
{
    if (aggregate->kind == AGGREGATE_DISTINCT) return add_key(sum, contribution->key);
    tuoyu_decimal number = contribution->number;
    sum->least = sum->rows ? smaller(sum->least, number) : number;
    sum->greatest = sum->rows ? larger(sum->greatest, number) : number;
    sum->rows++;
    return decimal_add(sum->total, number, &sum->total);
}

/* What an unknown row may be: its number, the declared range, or anything; a count is 0 or 1. */
struct possible {
    bool is_open_below, is_open_above;
    tuoyu_decimal low, high;
};

static struct possible possible_of(const struct aggregate *aggregate, const struct contribution *contribution)
{
    bool counts = aggregate->kind == AGGREGATE_COUNT || aggregate->kind == AGGREGATE_DISTINCT;
    tuoyu_decimal one = decimal_from_integer(1);
    if (counts) return (struct possible){.low = one, .high = one};
    if (contribution->has_number) return (struct possible){.low = contribution->number, .high = contribution->number};
    return (struct possible){.is_open_below = !aggregate->has_low, .is_open_above = !aggregate->has_high,
                             .low = aggregate->low, .high = aggregate->high};
}

static tuoyu_status widen(struct sum *sum, const struct possible *possible, bool belongs)
{
    tuoyu_decimal zero = decimal_from_integer(0);
    sum->is_open_below |= possible->is_open_below;
    sum->is_open_above |= possible->is_open_above;
    tuoyu_decimal low = possible->is_open_below ? zero : possible->low;
    tuoyu_decimal high = possible->is_open_above ? zero : possible->high;
    sum->unknown_least = sum->unknown ? smaller(sum->unknown_least, low) : low;
    sum->unknown_greatest = sum->unknown ? larger(sum->unknown_greatest, high) : high;
    sum->unknown++;
    tuoyu_status status = decimal_add(sum->unknown_below, belongs ? low : smaller(low, zero), &sum->unknown_below);
    if (status != TUOYU_OK) return status;
    return decimal_add(sum->unknown_above, belongs ? high : larger(high, zero), &sum->unknown_above);
}

tuoyu_status sum_add(struct sum *sum, const struct aggregate *aggregate, const struct contribution *contribution,
                     bool is_left_out)
{
    if (contribution->state == ROW_LEFT_OUT) return TUOYU_OK;
    if (contribution->state == ROW_COUNTED && !is_left_out) return add_known(sum, aggregate, contribution);
    struct possible possible = possible_of(aggregate, contribution);
    /* An unknown value may be one that was seen already. */
    bool belongs = aggregate->kind != AGGREGATE_DISTINCT && (contribution->state == ROW_COUNTED || contribution->belongs);
    return widen(sum, &possible, belongs);
}

/* ---- Reading ---- */

static tuoyu_status extent_of_total(const struct sum *sum, struct extent *out)
{
    out->has_value = true;
    out->value = sum->total;
    out->has_lower = !sum->is_open_below;
    out->has_upper = !sum->is_open_above;
    tuoyu_status status = decimal_add(sum->total, sum->unknown_below, &out->lower);
    return status == TUOYU_OK ? decimal_add(sum->total, sum->unknown_above, &out->upper) : status;
}

/* (total + unknown × bound) / all: what the mean becomes when every unknown row is at its bound. */
static tuoyu_status mean_with(const struct sum *sum, tuoyu_decimal bound, tuoyu_decimal *out)
{
    tuoyu_decimal added, total;
    tuoyu_status status = decimal_multiply(decimal_from_integer(sum->unknown), bound, &added);
    if (status == TUOYU_OK) status = decimal_add(sum->total, added, &total);
    return status == TUOYU_OK ? decimal_divide(total, decimal_from_integer(sum->rows + sum->unknown), out) : status;
}

/* Rows below the mean lower it most when all are there; rows above it when none is. */
static tuoyu_status extent_of_mean(const struct sum *sum, struct extent *out)
{
    if (sum->rows + sum->unknown == 0) return TUOYU_OK;
    out->has_value = sum->rows > 0;
    out->has_lower = sum->unknown == 0 || !sum->is_open_below;
    out->has_upper = sum->unknown == 0 || !sum->is_open_above;
    tuoyu_status status = TUOYU_OK;
    if (out->has_value) status = decimal_divide(sum->total, decimal_from_integer(sum->rows), &out->value);
    if (status == TUOYU_OK && out->has_lower) status = mean_with(sum, sum->unknown_least, &out->lower);
    if (status == TUOYU_OK && out->has_upper) status = mean_with(sum, sum->unknown_greatest, &out->upper);
    if (status != TUOYU_OK || !out->has_value) return status;
    out->lower = smaller(out->lower, out->value);
    out->upper = larger(out->upper, out->value);
    return TUOYU_OK;
}

static void extent_of_extreme(const struct sum *sum, bool is_least, struct extent *out)
{
    if (sum->rows + sum->unknown == 0) return;
    tuoyu_decimal known = is_least ? sum->least : sum->greatest;
    out->has_value = sum->rows > 0;
    out->value = out->lower = out->upper = known;
    out->has_lower = sum->unknown == 0 || !sum->is_open_below || (!is_least && out->has_value);
    out->has_upper = sum->unknown == 0 || !sum->is_open_above || (is_least && out->has_value);
    if (sum->unknown == 0) return;
    if (!out->has_value) {
        out->lower = sum->unknown_least;
        out->upper = sum->unknown_greatest;
    } else if (is_least) {
        out->lower = smaller(known, sum->unknown_least);
    } else {
        out->upper = larger(known, sum->unknown_greatest);
    }
}

tuoyu_status sum_extent(const struct sum *sum, const struct aggregate *aggregate, struct extent *out)
{
    tuoyu_decimal zero = decimal_from_integer(0);
    *out = (struct extent){.value = zero, .lower = zero, .upper = zero};
    switch (aggregate->kind) {
    case AGGREGATE_MEAN: return extent_of_mean(sum, out);
    case AGGREGATE_MIN: extent_of_extreme(sum, true, out); return TUOYU_OK;
    case AGGREGATE_MAX: extent_of_extreme(sum, false, out); return TUOYU_OK;
    default: return extent_of_total(sum, out);
    }
}
