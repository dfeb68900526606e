/* SPDX-License-Identifier: Apache-2.0 */
/* Sums of one aggregate over rows: adding rows that are known and rows that are not, merging two sums, and
 * reading the value with its bounds. */
#include "tally/tally.h"

void sum_init(struct sum *sum, struct arena *arena)
{
    *sum = (struct sum){.rows = 0};
    map_init(&sum->distinct, arena);
}

/* The smaller of two numbers. */
static tuoyu_decimal smaller(tuoyu_decimal left, tuoyu_decimal right)
{
    return decimal_compare(left, right) <= 0 ? left : right;
}

/* The larger of two numbers. */
static tuoyu_decimal larger(tuoyu_decimal left, tuoyu_decimal right)
{
    return decimal_compare(left, right) >= 0 ? left : right;
}

/* ---- Adding ---- */

bool room_take(struct tally_room *room)
{
    if (room->taken >= room->limit)
        return false;
    room->taken++;
    return true;
}

tuoyu_status sum_add_key(struct sum *sum, struct text key, struct tally_room *room)
{
    if (map_get(&sum->distinct, key))
        return TUOYU_OK;
    if (!room_take(room))
        return TALLY_FULL;
    struct text kept = text_copy(sum->distinct.arena, key);
    if (!kept.bytes || !map_put(&sum->distinct, kept, sum))
        return TUOYU_ERROR_NO_MEMORY;
    sum->rows++;
    return TUOYU_OK;
}

/* True if the value of the aggregate is a number of rows or distinct values. */
static bool counts(const struct aggregate *aggregate)
{
    return aggregate->kind == AGGREGATE_COUNT || aggregate->kind == AGGREGATE_DISTINCT;
}

bool aggregate_has_total(const struct aggregate *aggregate)
{
    return aggregate->kind == AGGREGATE_SUM || aggregate->kind == AGGREGATE_MEAN;
}

/* Adds a row of which all is known. TUOYU_OK, TALLY_FULL or TUOYU_ERROR_NO_MEMORY. */
static tuoyu_status add_known(struct sum *sum, const struct aggregate *aggregate,
                              const struct contribution *contribution, struct tally_room *room)
{
    if (aggregate->kind == AGGREGATE_DISTINCT)
        return sum_add_key(sum, contribution->key, room);
    tuoyu_decimal number = contribution->number;
    sum->least = sum->rows ? smaller(sum->least, number) : number;
    sum->greatest = sum->rows ? larger(sum->greatest, number) : number;
    sum->rows++;
    if (aggregate_has_total(aggregate))
        exact_sum_add(&sum->total, number);
    return TUOYU_OK;
}

/* What an unknown row may add if it belongs to the aggregate: between low and high, or without a bound
 * where is_open_… is set. */
struct possible {
    bool is_open_below, is_open_above;
    tuoyu_decimal low, high;
};

/* What an unknown row may add: 1 to a count, its number if that is known, else the declared range of the
 * fact. */
static struct possible possible_of(const struct aggregate *aggregate, const struct contribution *contribution)
{
    tuoyu_decimal one = decimal_from_integer(1);
    if (counts(aggregate))
        return (struct possible){.low = one, .high = one};
    if (contribution->has_number)
        return (struct possible){.low = contribution->number, .high = contribution->number};
    return (struct possible){.is_open_below = !aggregate->has_low,
                             .is_open_above = !aggregate->has_high,
                             .low = aggregate->low,
                             .high = aggregate->high};
}

/* Counts one unknown row and widens the bounds by it. `belongs`: the row certainly belongs, so zero is not
 * among what it may add. Only aggregates with a total add to the sums, since the extremes of a MIN or MAX
 * may be beyond what a total holds. */
static void widen(struct sum *sum, const struct possible *possible, bool belongs, bool has_total)
{
    tuoyu_decimal zero = decimal_from_integer(0);
    sum->is_open_below |= possible->is_open_below;
    sum->is_open_above |= possible->is_open_above;
    tuoyu_decimal low = possible->is_open_below ? zero : possible->low;
    tuoyu_decimal high = possible->is_open_above ? zero : possible->high;
    sum->unknown_least = sum->unknown ? smaller(sum->unknown_least, low) : low;
    sum->unknown_greatest = sum->unknown ? larger(sum->unknown_greatest, high) : high;
    sum->unknown++;
    if (!has_total)
        return;
    exact_sum_add(&sum->unknown_below, belongs ? low : smaller(low, zero));
    exact_sum_add(&sum->unknown_above, belongs ? high : larger(high, zero));
}

tuoyu_status sum_add(struct sum *sum, const struct aggregate *aggregate,
                     const struct contribution *contribution, bool is_left_out, struct tally_room *room)
{
    if (contribution->state == ROW_LEFT_OUT)
        return TUOYU_OK;
    if (contribution->state == ROW_COUNTED && !is_left_out)
        return add_known(sum, aggregate, contribution, room);
    struct possible possible = possible_of(aggregate, contribution);
    /* A distinct value that is not known may be one that was seen already, so it may add nothing. */
    bool belongs = aggregate->kind != AGGREGATE_DISTINCT &&
                   (contribution->state == ROW_COUNTED || contribution->belongs);
    widen(sum, &possible, belongs, counts(aggregate) || aggregate_has_total(aggregate));
    return TUOYU_OK;
}

void sum_add_known(struct sum *sum, const struct known_rows *known)
{
    if (known->rows == 0)
        return;
    sum->least = sum->rows ? smaller(sum->least, known->least) : known->least;
    sum->greatest = sum->rows ? larger(sum->greatest, known->greatest) : known->greatest;
    sum->rows += known->rows;
    exact_sum_add_integer(&sum->total, known->total, known->scale);
}

/* Adds number × times, by doubling. */
static void add_times(struct exact_sum *sum, tuoyu_decimal number, int64_t times)
{
    struct exact_sum power = {{0}};
    exact_sum_add(&power, number);
    for (; times; times >>= 1) {
        if (times & 1)
            exact_sum_merge(sum, &power);
        struct exact_sum same = power;
        exact_sum_merge(&power, &same);
    }
}

void sum_add_unknown(struct sum *sum, const struct aggregate *aggregate, int64_t rows)
{
    static const struct contribution NOTHING_KNOWN = {.state = ROW_UNKNOWN};
    if (rows == 0)
        return;
    const tuoyu_decimal zero = decimal_from_integer(0);
    struct possible possible = possible_of(aggregate, &NOTHING_KNOWN);
    widen(sum, &possible, false, false);
    sum->unknown += rows - 1;
    if (!counts(aggregate) && !aggregate_has_total(aggregate))
        return;
    if (!possible.is_open_below)
        add_times(&sum->unknown_below, smaller(possible.low, zero), rows);
    if (!possible.is_open_above)
        add_times(&sum->unknown_above, larger(possible.high, zero), rows);
}

/* ---- Merging ---- */

/* Adds the distinct values of another sum. TUOYU_OK, TALLY_FULL or TUOYU_ERROR_NO_MEMORY. */
static tuoyu_status merge_keys(struct sum *sum, const struct sum *other, struct tally_room *room)
{
    for (size_t i = 0; i < other->distinct.count; i++) {
        tuoyu_status status = sum_add_key(sum, other->distinct.entries[i].key, room);
        if (status != TUOYU_OK)
            return status;
    }
    return TUOYU_OK;
}

tuoyu_status sum_merge(struct sum *sum, const struct aggregate *aggregate, const struct sum *other,
                       struct tally_room *room)
{
    if (other->unknown) {
        sum->unknown_least =
            sum->unknown ? smaller(sum->unknown_least, other->unknown_least) : other->unknown_least;
        sum->unknown_greatest =
            sum->unknown ? larger(sum->unknown_greatest, other->unknown_greatest) : other->unknown_greatest;
        sum->unknown += other->unknown;
    }
    exact_sum_merge(&sum->unknown_below, &other->unknown_below);
    exact_sum_merge(&sum->unknown_above, &other->unknown_above);
    sum->is_open_below |= other->is_open_below;
    sum->is_open_above |= other->is_open_above;
    if (aggregate->kind == AGGREGATE_DISTINCT)
        return merge_keys(sum, other, room);
    if (other->rows == 0)
        return TUOYU_OK;
    sum->least = sum->rows ? smaller(sum->least, other->least) : other->least;
    sum->greatest = sum->rows ? larger(sum->greatest, other->greatest) : other->greatest;
    sum->rows += other->rows;
    exact_sum_merge(&sum->total, &other->total);
    return TUOYU_OK;
}

/* ---- Reading ---- */

/* The value and bounds of a count, a sum or a number of distinct values. */
static void extent_of_total(const struct sum *sum, const struct aggregate *aggregate, struct extent *out)
{
    struct exact_sum value = sum->total;
    if (counts(aggregate))
        exact_sum_add_integer(&value, sum->rows, 0);
    struct exact_sum lower = value, upper = value;
    exact_sum_merge(&lower, &sum->unknown_below);
    exact_sum_merge(&upper, &sum->unknown_above);
    out->has_value = true;
    out->has_lower = !sum->is_open_below;
    out->has_upper = !sum->is_open_above;
    out->value = exact_sum_value(&value);
    out->lower = exact_sum_value(&lower);
    out->upper = exact_sum_value(&upper);
}

/* (total + unknown × bound) / all: what the mean becomes when every unknown row is at its bound. TUOYU_OK or
 * TUOYU_ERROR_OVERFLOW. */
static tuoyu_status mean_with(const struct sum *sum, tuoyu_decimal bound, tuoyu_decimal *out)
{
    tuoyu_decimal added, total;
    tuoyu_status status = decimal_multiply(decimal_from_integer(sum->unknown), bound, &added);
    if (status == TUOYU_OK)
        status = decimal_add(exact_sum_value(&sum->total), added, &total);
    return status == TUOYU_OK ? decimal_divide(total, decimal_from_integer(sum->rows + sum->unknown), out)
                              : status;
}

/* The value and bounds of a mean. Unknown rows below the mean lower it most if all of them count; unknown
 * rows above it raise it most if all count. If none counts, it is the known mean. *out was zeroed
 * before, and stays so without rows. TUOYU_OK or TUOYU_ERROR_OVERFLOW. */
static tuoyu_status extent_of_mean(const struct sum *sum, struct extent *out)
{
    if (sum->rows + sum->unknown == 0)
        return TUOYU_OK;
    out->has_value = sum->rows > 0;
    out->has_lower = sum->unknown == 0 || !sum->is_open_below;
    out->has_upper = sum->unknown == 0 || !sum->is_open_above;
    tuoyu_status status = TUOYU_OK;
    if (out->has_value)
        status = decimal_divide(exact_sum_value(&sum->total), decimal_from_integer(sum->rows), &out->value);
    if (status == TUOYU_OK && out->has_lower)
        status = mean_with(sum, sum->unknown_least, &out->lower);
    if (status == TUOYU_OK && out->has_upper)
        status = mean_with(sum, sum->unknown_greatest, &out->upper);
    if (status != TUOYU_OK || !out->has_value)
        return status;
    out->lower = smaller(out->lower, out->value);
    out->upper = larger(out->upper, out->value);
    return TUOYU_OK;
}

/* The value and bounds of a least (is_least) or greatest number. Not given without rows. */
static void extent_of_extreme(const struct sum *sum, bool is_least, struct extent *out)
{
    if (sum->rows + sum->unknown == 0)
        return;
    tuoyu_decimal known = is_least ? sum->least : sum->greatest;
    out->has_value = sum->rows > 0;
    out->value = out->lower = out->upper = known;
    out->has_lower = sum->unknown == 0 || !sum->is_open_below || (!is_least && out->has_value);
    out->has_upper = sum->unknown == 0 || !sum->is_open_above || (is_least && out->has_value);
    if (sum->unknown == 0)
        return;
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
    default: extent_of_total(sum, aggregate, out); return TUOYU_OK;
    }
}
