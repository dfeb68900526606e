/* SPDX-License-Identifier: Apache-2.0 */
/* Finds the cells of which a test of a column is true. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "program/column_maker.h"

/* ---- Spans ---- */

/* Adds the possible cells from first to last, which are counted before impossible ones were left out. Adds
 * nothing where last is before first. */
static void add_span(struct column_maker *maker, uint32_t first, uint32_t last)
{
    if (last < first || last >= maker->whole_count)
        return;
    uint32_t from = maker->ranks[first], end = maker->ranks[last + 1];
    if (from == end)
        return;
    struct cell_span *spans =
        arena_grow(maker->arena, maker->spans, maker->span_count, &maker->span_capacity, sizeof *spans);
    if (!spans)
        return;
    maker->spans = spans;
    spans[maker->span_count++] = (struct cell_span){.first = from, .last = end - 1};
}

/* Compares spans by their first cell, for qsort. */
static int compare_spans(const void *left, const void *right)
{
    const struct cell_span *first = left, *second = right;
    return first->first < second->first ? -1 : first->first > second->first;
}

/* Sorts the spans from index start on, and joins those that touch or overlap. */
static void join_spans(struct column_maker *maker, size_t start)
{
    assert(start <= maker->span_count);
    struct cell_span *spans = maker->spans + start;
    size_t count = maker->span_count - start, kept = 0;
    if (count == 0)
        return;
    qsort(spans, count, sizeof *spans, compare_spans);
    for (size_t i = 0; i < count; i++) {
        if (kept > 0 && spans[i].first <= spans[kept - 1].last + 1) {
            if (spans[i].last > spans[kept - 1].last)
                spans[kept - 1].last = spans[i].last;
        } else {
            spans[kept++] = spans[i];
        }
    }
    maker->span_count = start + kept;
}

/* ---- Tests ---- */

/* Adds the cells of a range; false where an end is no point, so that the test cannot be decided. */
static bool add_range(struct column_maker *maker, const struct range *range)
{
    bool has_low = range->low.kind != VALUE_NULL, has_high = range->high.kind != VALUE_NULL;
    size_t low = has_low ? column_find_point(maker, range->low) : 0,
           high = has_high ? column_find_point(maker, range->high) : 0;
    if (!column_is_ordered(maker) || low == SIZE_MAX || high == SIZE_MAX)
        return false;
    uint32_t first = has_low ? column_cell_of_point(maker, low) + !range->low_included : 0;
    uint32_t last =
        has_high ? column_cell_of_point(maker, high) - !range->high_included : maker->whole_count - 1;
    add_span(maker, first, last);
    return true;
}

/* Adds the cells that equal a value or lie in a range; false where the test cannot be decided. */
static bool add_value(struct column_maker *maker, struct value value)
{
    if (value.kind == VALUE_RANGE)
        return add_range(maker, value.as.range);
    if (value.kind == VALUE_NULL)
        return true; /* column_cells_of_test() looks at the cell of null */
    size_t point = column_find_point(maker, value);
    if (point == SIZE_MAX)
        return false;
    add_span(maker, column_cell_of_point(maker, point), column_cell_of_point(maker, point));
    return true;
}

/* Adds the cells of a value, or of each item of a list; false where the test cannot be decided. */
static bool add_values(struct column_maker *maker, struct value value)
{
    if (value.kind != VALUE_LIST)
        return add_value(maker, value);
    for (size_t i = 0; i < value.as.list->count; i++)
        if (!add_value(maker, value.as.list->items[i]))
            return false;
    return true;
}

/* Adds the cells of a comparison with a bound; false where the test cannot be decided. */
static bool add_compared(struct column_maker *maker, const struct node *node, struct value bound)
{
    struct range range = {.low_included = node->operation == NODE_GREATER_EQUAL,
                          .high_included = node->operation == NODE_LESS_EQUAL};
    switch ((enum node_kind)node->operation) {
    case NODE_EQUAL: return add_value(maker, bound);
    case NODE_LESS:
    case NODE_LESS_EQUAL: range.high = bound; break;
    case NODE_GREATER:
    case NODE_GREATER_EQUAL: range.low = bound; break;
    default: return false;
    }
    return bound.kind == maker->kind && add_range(maker, &range);
}

static bool add_test(struct column_maker *maker, const struct node *node);

/* Adds the cells of the tests below a node, from an index on; false where one cannot be decided. */
static bool add_tests(struct column_maker *maker, const struct node *node, uint32_t first)
{
    for (uint32_t i = first; i < node->count; i++)
        if (!add_test(maker, node->children[i]))
            return false;
    return true;
}

/* Adds the cells that none of the tests below a `not` has; false where one of them cannot be decided, or
 * without memory. */
static bool add_complement(struct column_maker *maker, const struct node *node)
{
    size_t start = maker->span_count;
    if (!add_tests(maker, node, 0))
        return false;
    join_spans(maker, start);
    size_t count = maker->span_count - start;
    struct cell_span *inside = ARENA_ARRAY(maker->arena, struct cell_span, count);
    if (!inside)
        return false;
    if (count)
        memcpy(inside, maker->spans + start, count * sizeof *inside);
    maker->span_count = start;
    uint32_t next = 0, end = maker->ranks[maker->whole_count];
    for (size_t i = 0; i <= count; i++) {
        uint32_t stop = i < count ? inside[i].first : end;
        if (stop > next) {
            struct cell_span *spans = arena_grow(maker->arena, maker->spans, maker->span_count,
                                                 &maker->span_capacity, sizeof *spans);
            if (!spans)
                return false;
            maker->spans = spans;
            spans[maker->span_count++] = (struct cell_span){.first = next, .last = stop - 1};
        }
        if (i < count)
            next = inside[i].last + 1;
    }
    return true;
}

/* Adds the cells of which a test is true; false where it is not constant. */
static bool add_test(struct column_maker *maker, const struct node *node)
{
    struct value value;
    switch ((enum node_kind)node->kind) {
    case NODE_TEST_ANY: add_span(maker, 0, maker->whole_count - 1); return true;
    case NODE_IN: return node->children[0]->kind == NODE_INPUT && add_tests(maker, node, 1);
    case NODE_TEST_NOT: return add_complement(maker, node);
    case NODE_TEST_EQUAL:
        return constant_value(maker->arena, maker->test, node->children[0], &value) &&
               add_values(maker, value);
    case NODE_TEST_COMPARE:
        return constant_value(maker->arena, maker->test, node->children[0], &value) &&
               add_compared(maker, node, value);
    default: return false;
    }
}

/* Whether the test is true of a nullable fact that is null, as the evaluation decides it. */
static bool fits_null(struct column_maker *maker)
{
    struct environment environment;
    environment_init(&environment, maker->arena);
    environment.mode = EVALUATE_PACK;
    environment_allow_steps(&environment, EVALUATION_STEPS);
    environment.input = VALUE_NOTHING;
    return value_is_true(expression_evaluate(maker->test, &environment));
}

struct cell_set column_cells_of_test(struct column_maker *maker, const struct input_column *column)
{
    maker->spans = NULL;
    maker->span_count = maker->span_capacity = 0;
    struct cell_set set = {.is_known = true};
    if (column->is_opaque)
        set.is_known = maker->test->root->kind == NODE_TEST_ANY;
    else
        set.is_known = add_test(maker, maker->test->root);
    if (!set.is_known)
        return set;
    if (column->is_opaque)
        add_span(maker, 0, 0);
    if (maker->domain.is_nullable && !column->is_opaque && fits_null(maker)) {
        struct cell_span *spans =
            arena_grow(maker->arena, maker->spans, maker->span_count, &maker->span_capacity, sizeof *spans);
        if (!spans)
            return set;
        maker->spans = spans;
        spans[maker->span_count++] =
            (struct cell_span){.first = column->cell_count - 1, .last = column->cell_count - 1};
    }
    join_spans(maker, 0);
    set.spans = maker->spans;
    set.count = (uint32_t)maker->span_count;
    return set;
}
