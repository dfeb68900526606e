/* SPDX-License-Identifier: Apache-2.0 */
/* Cuts the values of a column into cells at the points that tests mention, and finds a sample of each cell.
 * Where values have an order the cells are: below the first point, the first point, between it and the
 * second, and so on. Else each point is a cell, and one more holds all other strings. */
#include <assert.h>
#include <stdlib.h>

#include "program/column_maker.h"

/* How many decimals a sample of a number without scale may need, and what trying one is charged. */
enum { DECIMALS_TRIED = 20, STEPS_A_NUMBER = 8 };

/* ---- Points: where cells begin and end ---- */

bool column_is_ordered(const struct column_maker *maker)
{
    return maker->kind == VALUE_NUMBER || maker->kind == VALUE_DATE;
}

/* Adds a point unless it is of another kind. Without memory nothing is added; the arena remembers that. */
static void add_point(struct column_maker *maker, struct value value)
{
    if (value.kind != maker->kind)
        return;
    struct value *points =
        arena_grow(maker->arena, maker->points, maker->point_count, &maker->point_capacity, sizeof *points);
    if (!points)
        return;
    maker->points = points;
    points[maker->point_count++] = value;
}

void column_add_points(struct column_maker *maker, struct value value)
{
    if (value.kind == VALUE_RANGE) {
        add_point(maker, value.as.range->low);
        add_point(maker, value.as.range->high);
    } else if (value.kind == VALUE_LIST) {
        for (size_t i = 0; i < value.as.list->count; i++) {
            struct value item = value.as.list->items[i];
            if (item.kind != VALUE_LIST)
                column_add_points(maker, item);
        }
    } else {
        add_point(maker, value);
    }
}

void column_collect_points(struct column_maker *maker, const struct node *node)
{
    struct value value;
    switch ((enum node_kind)node->kind) {
    case NODE_IN:
    case NODE_TEST_NOT:
        for (uint32_t i = node->kind == NODE_IN ? 1 : 0; i < node->count; i++)
            column_collect_points(maker, node->children[i]);
        return;
    case NODE_TEST_EQUAL:
    case NODE_TEST_COMPARE:
        if (constant_value(maker->arena, maker->test, node->children[0], &value))
            column_add_points(maker, value);
        return;
    default: return;
    }
}

/* Compares two points of one kind, for qsort and bsearch. */
static int compare_values(const void *left, const void *right)
{
    const struct value *first = left, *second = right;
    int order = 0;
    if (first->kind == VALUE_BOOLEAN)
        return (int)first->boolean - (int)second->boolean;
    return value_compare(*first, *second, &order) ? order : 0;
}

/* Sorts the points and removes doubles. */
static void sort_points(struct column_maker *maker)
{
    enum { STEPS_A_POINT = 32 };
    size_t kept = 0;
    if (!arena_charge(maker->arena, STEPS_A_POINT * maker->point_count))
        return;
    if (maker->point_count)
        qsort(maker->points, maker->point_count, sizeof *maker->points, compare_values);
    for (size_t i = 0; i < maker->point_count; i++)
        if (kept == 0 || compare_values(&maker->points[kept - 1], &maker->points[i]) != 0)
            maker->points[kept++] = maker->points[i];
    maker->point_count = kept;
}

size_t column_find_point(const struct column_maker *maker, struct value value)
{
    const struct value *found =
        maker->point_count && value.kind == maker->kind
            ? bsearch(&value, maker->points, maker->point_count, sizeof value, compare_values)
            : NULL;
    return found ? (size_t)(found - maker->points) : SIZE_MAX;
}

/* ---- Cells and a sample of each ---- */

uint32_t column_cell_of_point(const struct column_maker *maker, size_t point)
{
    return (uint32_t)(column_is_ordered(maker) ? 2 * point + 1 : point);
}

/* The least number above a that has at most so many decimals. Returns false where it has too many digits. */
static bool next_number(tuoyu_decimal a, int32_t scale, tuoyu_decimal *out)
{
    tuoyu_decimal step;
    return decimal_round(a, scale, DECIMAL_FLOOR, out) == TUOYU_OK &&
           decimal_scale(decimal_from_integer(1), -scale, &step) == TUOYU_OK &&
           decimal_add(*out, step, out) == TUOYU_OK;
}

/* Finds a number with few decimals strictly between low and high, of which each may be NULL. Returns false
 * where there is none with the scale, or the quota is used up. */
static bool number_between(const struct value *low, const struct value *high, int32_t scale,
                           struct quota *quota, tuoyu_decimal *out)
{
    tuoyu_decimal two = decimal_from_integer(2);
    int32_t most = scale < 0 ? DECIMALS_TRIED : scale;
    *out = decimal_from_integer(0);
    if (!low && !high)
        return true;
    if (!low) /* the greatest whole number below high */
        return decimal_round(high->as.number, 0, DECIMAL_CEILING, out) == TUOYU_OK &&
               decimal_subtract(*out, decimal_from_integer(1), out) == TUOYU_OK;
    for (int32_t decimals = 0; decimals <= most; decimals++) {
        if (!quota_take(quota, STEPS_A_NUMBER) || !next_number(low->as.number, decimals, out))
            return false;
        if (!high || decimal_compare(*out, high->as.number) < 0)
            return true;
    }
    if (scale >= 0)
        return false;
    return decimal_add(low->as.number, high->as.number, out) == TUOYU_OK &&
           decimal_divide(*out, two, out) == TUOYU_OK && decimal_compare(*out, low->as.number) > 0 &&
           decimal_compare(*out, high->as.number) < 0;
}

/* Finds a day strictly between low and high, of which each may be NULL; false where there is none. */
static bool date_between(const struct value *low, const struct value *high, int64_t *out)
{
    *out = low ? low->date + 1 : high ? high->date - 1 : 0;
    return *out >= DATE_FIRST && *out <= DATE_LAST && (!low || !high || *out < high->date);
}

/* Whether a number keeps to a scale; any number keeps to one below 0. */
static bool has_decimals_of(tuoyu_decimal number, int32_t scale)
{
    tuoyu_decimal rounded;
    return scale < 0 || (decimal_round(number, scale, DECIMAL_DOWN, &rounded) == TUOYU_OK &&
                         decimal_compare(number, rounded) == 0);
}

/* Whether a value lies in a range; NULL and open ends allow everything. */
static bool is_in_range(const struct range *range, struct value value)
{
    int order;
    if (!range)
        return true;
    if (range->low.kind == value.kind && value_compare(value, range->low, &order) &&
        (order < 0 || (order == 0 && !range->low_included)))
        return false;
    bool is_above = range->high.kind == value.kind && value_compare(value, range->high, &order) &&
                    (order > 0 || (order == 0 && !range->high_included));
    return !is_above;
}

/* Finds a sample of a cell between points; false where no value lies there. */
static bool sample_between(const struct column_maker *maker, uint32_t cell, struct value *sample)
{
    assert(cell % 2 == 0 && cell / 2 <= maker->point_count);
    size_t above = cell / 2; /* the point that ends it */
    const struct value *low = above > 0 ? &maker->points[above - 1] : NULL;
    const struct value *high = above < maker->point_count ? &maker->points[above] : NULL;
    tuoyu_decimal number;
    int64_t date;
    if (maker->kind == VALUE_NUMBER) {
        if (!number_between(low, high, maker->domain.scale, maker->arena->quota, &number))
            return false;
        *sample = value_number(number);
        return true;
    }
    if (!date_between(low, high, &date))
        return false;
    *sample = value_date(date);
    return true;
}

/* Whether a string is one that the input can be. */
static bool is_declared_value(const struct input_domain *domain, struct value value)
{
    return !domain->values || static_type_has_value(domain->values, value.as.string);
}

/* Finds the first declared value that no test mentions: whatever the tests say, they say the same of all such
 * values. False where tests mention all. */
static bool find_unmentioned(const struct column_maker *maker, struct value *other)
{
    const struct static_type *values = maker->domain.values;
    for (uint32_t i = 0; i < values->value_count; i++) {
        *other = value_string(values->values[i]);
        if (column_find_point(maker, *other) == SIZE_MAX)
            return true;
    }
    return false;
}

/* A text that is none of the points. */
static struct value other_string(struct column_maker *maker)
{
    struct text_builder text;
    text_builder_init_arena(&text, maker->arena);
    text_append_literal(&text, "other");
    while (column_find_point(maker, value_string(text_builder_text(&text))) != SIZE_MAX)
        text_append_byte(&text, '_');
    return value_string(text_builder_text(&text));
}

/* Finds a sample of the strings that no test mentions, and so whether there is a cell for them. */
static void find_other(struct column_maker *maker)
{
    if (maker->kind != VALUE_STRING)
        return;
    maker->has_other = !maker->domain.values || find_unmentioned(maker, &maker->other);
    if (!maker->domain.values)
        maker->other = other_string(maker);
}

/* Finds a sample of a cell; false where no case can have a value of it. */
static bool sample_of(struct column_maker *maker, uint32_t cell, struct value *sample)
{
    if (!column_is_ordered(maker)) {
        *sample = cell == maker->point_count ? maker->other : maker->points[cell];
        return maker->kind != VALUE_STRING || cell == maker->point_count ||
               is_declared_value(&maker->domain, *sample);
    }
    if (cell % 2 == 0 && !sample_between(maker, cell, sample))
        return false;
    if (cell % 2 == 1)
        *sample = maker->points[cell / 2];
    bool has_form = maker->kind != VALUE_NUMBER || has_decimals_of(sample->as.number, maker->domain.scale);
    return has_form && is_in_range(maker->domain.range, *sample);
}

bool column_make_cells(struct column_maker *maker, struct input_column *column)
{
    sort_points(maker);
    find_other(maker);
    size_t points = maker->point_count;
    maker->whole_count = (uint32_t)(column_is_ordered(maker) ? 2 * points + 1 : points + maker->has_other);
    maker->ranks = ARENA_ARRAY(maker->arena, uint32_t, (size_t)maker->whole_count + 1);
    struct value *samples = ARENA_ARRAY(maker->arena, struct value, (size_t)maker->whole_count + 1);
    if (!maker->ranks || !samples)
        return false;
    uint32_t kept = 0;
    if (!arena_charge(maker->arena, (uint64_t)STEPS_A_NUMBER * maker->whole_count))
        return false;
    for (uint32_t i = 0; i < maker->whole_count; i++) {
        maker->ranks[i] = kept;
        if (sample_of(maker, i, &samples[kept]))
            kept++;
    }
    maker->ranks[maker->whole_count] = kept;
    if (maker->domain.is_nullable)
        samples[kept++] = VALUE_NOTHING;
    column->samples = samples;
    column->cell_count = kept;
    return true;
}
