/* SPDX-License-Identifier: Apache-2.0 */
/* Built-ins that tell how points and ranges lie to each other. A range is seen as two cuts through the line
 * of values. A cut lies at a value, just before it (the upper end of a range that excludes it), or just after
 * it (the lower end of one). Each relation of the standard, whichever ends are included, is then one to three
 * comparisons of cuts. */
#include "feel/builtin_functions.h"
#include "feel/builtin_support.h"

/* A cut through the line of values. */
struct cut {
    struct value at; /* VALUE_NULL: beyond all values, below or above as offset says */
    int offset;      /* -1 just before, 0 at, 1 just after */
};

/* A range or a point as its two cuts. */
struct span {
    struct cut low, high;
    bool is_point;
};

/* The cuts of a range, or of any other value as a point. */
static struct span span_of(struct value value)
{
    if (value.kind != VALUE_RANGE)
        return (struct span){.low = {.at = value}, .high = {.at = value}, .is_point = true};
    const struct range *range = value.as.range;
    struct span span = {.low = {range->low, range->low_included ? 0 : 1},
                        .high = {range->high, range->high_included ? 0 : -1}};
    if (range->low.kind == VALUE_NULL)
        span.low.offset = -1;
    if (range->high.kind == VALUE_NULL)
        span.high.offset = 1;
    return span;
}

/* The two spans of a call; is_ordered turns false if two of their values have no order. */
struct range_comparison {
    struct span first, second;
    const struct zone_offsets *zones;
    bool is_ordered;
};

/* Returns a negative number, 0 or a positive number. Sets is_ordered to false if the values have no order. */
static int compare_cuts(struct range_comparison *comparison, struct cut left, struct cut right)
{
    bool left_is_beyond = left.at.kind == VALUE_NULL, right_is_beyond = right.at.kind == VALUE_NULL;
    if (left_is_beyond && right_is_beyond)
        return left.offset - right.offset;
    if (left_is_beyond)
        return left.offset;
    if (right_is_beyond)
        return -right.offset;
    int order = 0;
    if (!value_compare_with(left.at, right.at, comparison->zones, &order))
        comparison->is_ordered = false;
    return order ? order : left.offset - right.offset;
}

/* Why an end of a range among the arguments is null; NULL if no end is null with a cause. An open end has no
 * cause. */
static const struct cause *unknown_ends(const struct builtin_call *call)
{
    const struct cause *cause = NULL;
    for (size_t i = 0; i < call->count; i++) {
        if (call->arguments[i].kind != VALUE_RANGE)
            continue;
        const struct range *range = call->arguments[i].as.range;
        cause = cause_join(call->environment->arena, cause, value_cause(range->low));
        cause = cause_join(call->environment->arena, cause, value_cause(range->high));
    }
    return cause;
}

/* Prepares the comparison of the arguments with these indices. */
static struct range_comparison compare_arguments(const struct builtin_call *call, size_t first, size_t second)
{
    return (struct range_comparison){.first = span_of(call->arguments[first]),
                                     .second = span_of(call->arguments[second]),
                                     .zones = call->environment->zones,
                                     .is_ordered = true};
}

/* The call's result: whether the relation holds; null with a cause if an end is unknown or the values have no
 * order. */
static struct value relation_value(const struct builtin_call *call, const struct range_comparison *comparison,
                                   bool holds)
{
    const struct cause *unknown = unknown_ends(call);
    if (unknown)
        return value_null(unknown);
    if (comparison->is_ordered)
        return value_boolean(holds);
    struct text first = builtin_show(call, call->arguments[0]),
                second = builtin_show(call, call->arguments[1]);
    return builtin_error(call, TUOYU_ERROR_EVALUATION, "%s: %.*s and %.*s cannot be compared",
                         call->builtin->name, TEXT_ARGUMENTS(first), TEXT_ARGUMENTS(second));
}

/* ---- The relations between two arguments ---- */

/* Whether the first ends before the second begins. */
static struct value precedes(const struct builtin_call *call, size_t first, size_t second)
{
    struct range_comparison c = compare_arguments(call, first, second);
    return relation_value(call, &c, compare_cuts(&c, c.first.high, c.second.low) < 0);
}

/* Whether the first ends exactly where the second begins. */
static struct value touches(const struct builtin_call *call, size_t first, size_t second)
{
    struct range_comparison c = compare_arguments(call, first, second);
    bool is_beyond = c.first.high.at.kind == VALUE_NULL || c.second.low.at.kind == VALUE_NULL;
    return relation_value(call, &c, compare_cuts(&c, c.first.high, c.second.low) == 0 && !is_beyond);
}

/* `overlaps before`: the first begins earlier, reaches the second and ends no later. */
static struct value begins_earlier_and_overlaps(const struct builtin_call *call, size_t first, size_t second)
{
    struct range_comparison c = compare_arguments(call, first, second);
    bool begins_earlier = compare_cuts(&c, c.first.low, c.second.low) < 0;
    bool reaches = compare_cuts(&c, c.first.high, c.second.low) >= 0;
    bool ends_no_later = compare_cuts(&c, c.first.high, c.second.high) <= 0;
    return relation_value(call, &c, begins_earlier && reaches && ends_no_later);
}

/* Whether the first lies in the second and ends with it, or is the point that ends it. */
static struct value ends_with_same(const struct builtin_call *call, size_t first, size_t second)
{
    struct range_comparison c = compare_arguments(call, first, second);
    bool same_end = compare_cuts(&c, c.first.high, c.second.high) == 0;
    bool begins_no_earlier = compare_cuts(&c, c.first.low, c.second.low) >= 0;
    return relation_value(call, &c, same_end && (begins_no_earlier || c.first.is_point));
}

/* Whether the first lies in the second and begins with it, or is the point that begins it. */
static struct value begins_with_same(const struct builtin_call *call, size_t first, size_t second)
{
    struct range_comparison c = compare_arguments(call, first, second);
    bool same_begin = compare_cuts(&c, c.first.low, c.second.low) == 0;
    bool ends_no_later = compare_cuts(&c, c.first.high, c.second.high) <= 0;
    return relation_value(call, &c, same_begin && (ends_no_later || c.first.is_point));
}

/* Whether the second lies within the first. */
static struct value encloses(const struct builtin_call *call, size_t first, size_t second)
{
    struct range_comparison c = compare_arguments(call, first, second);
    bool begins_no_later = compare_cuts(&c, c.first.low, c.second.low) <= 0;
    bool ends_no_earlier = compare_cuts(&c, c.first.high, c.second.high) >= 0;
    return relation_value(call, &c, begins_no_later && ends_no_earlier);
}

/* Whether the one range ends before the other begins. */
struct value builtin_before(const struct builtin_call *call)
{
    return precedes(call, 0, 1);
}

/* Whether the one range begins after the other ends. */
struct value builtin_after(const struct builtin_call *call)
{
    return precedes(call, 1, 0);
}

/* Whether the one range ends exactly where the other begins, both included. */
struct value builtin_meets(const struct builtin_call *call)
{
    return touches(call, 0, 1);
}

/* Whether the one range begins exactly where the other ends, both included. */
struct value builtin_met_by(const struct builtin_call *call)
{
    return touches(call, 1, 0);
}

/* Whether the one range begins before the other, reaches it and ends no later. */
struct value builtin_overlaps_before(const struct builtin_call *call)
{
    return begins_earlier_and_overlaps(call, 0, 1);
}

/* Whether the one range begins after the other began, is reached by it and ends no earlier. */
struct value builtin_overlaps_after(const struct builtin_call *call)
{
    return begins_earlier_and_overlaps(call, 1, 0);
}

/* Whether the one range lies in the other and ends with it. */
struct value builtin_finishes(const struct builtin_call *call)
{
    return ends_with_same(call, 0, 1);
}

/* Whether the other range lies in the one and ends with it. */
struct value builtin_finished_by(const struct builtin_call *call)
{
    return ends_with_same(call, 1, 0);
}

/* Whether the one range lies in the other and begins with it. */
struct value builtin_starts(const struct builtin_call *call)
{
    return begins_with_same(call, 0, 1);
}

/* Whether the other range lies in the one and begins with it. */
struct value builtin_started_by(const struct builtin_call *call)
{
    return begins_with_same(call, 1, 0);
}

/* Whether the other range lies in the one. */
struct value builtin_includes(const struct builtin_call *call)
{
    return encloses(call, 0, 1);
}

/* Whether the one range lies in the other. */
struct value builtin_during(const struct builtin_call *call)
{
    return encloses(call, 1, 0);
}

/* Whether the ranges have something in common. */
struct value builtin_overlaps(const struct builtin_call *call)
{
    struct range_comparison c = compare_arguments(call, 0, 1);
    bool reaches = compare_cuts(&c, c.first.high, c.second.low) >= 0;
    bool is_reached = compare_cuts(&c, c.first.low, c.second.high) <= 0;
    return relation_value(call, &c, reaches && is_reached);
}

/* Whether the ranges are the same. */
struct value builtin_coincides(const struct builtin_call *call)
{
    struct range_comparison c = compare_arguments(call, 0, 1);
    bool same_begin = compare_cuts(&c, c.first.low, c.second.low) == 0;
    bool same_end = compare_cuts(&c, c.first.high, c.second.high) == 0;
    return relation_value(call, &c, same_begin && same_end);
}
