/* SPDX-License-Identifier: Apache-2.0 */
/* Evaluates comparisons, three-valued logic, `in`, and the tests of decision tables. */
#include "feel/interpreter.h"

#include <assert.h>

enum { WEIGHT_A_STEP = 8 };

/* Whether an end of the range is null with a cause. */
static bool ends_unknown(const struct range *range)
{
    return value_cause(range->low) || value_cause(range->high);
}

/* The boolean of a truth that is not TRUTH_NULL. */
static struct value of_truth(enum truth truth)
{
    assert(truth != TRUTH_NULL);
    return value_boolean(truth == TRUTH_TRUE);
}

/* The null of two values that cannot be compared: with their own causes if they have any, else with an
 * error. */
static struct value fail_comparison(struct feel_evaluation *evaluation, const struct node *node,
                                    struct value left, struct value right)
{
    if (value_cause(left) || value_cause(right))
        return null_of_both(evaluation, left, right);
    struct arena *arena = evaluation->environment->arena;
    struct text first = show_value(arena, left), second = show_value(arena, right);
    return FAIL(evaluation, node, TUOYU_ERROR_EVALUATION, "cannot compare %.*s with %.*s",
                TEXT_ARGUMENTS(first), TEXT_ARGUMENTS(second));
}

/* The causes of nulls anywhere inside a list or context, up to this depth, which is that of value_equals();
 * NULL if there are none. */
static const struct cause *cause_inside(struct feel_evaluation *evaluation, struct value value, int depth)
{
    const struct cause *cause = value_cause(value);
    size_t count = value.kind == VALUE_LIST      ? value.as.list->count
                   : value.kind == VALUE_CONTEXT ? value.as.context->count
                                                 : 0;
    for (size_t i = 0; depth > 0 && i < count; i++) {
        struct value part =
            value.kind == VALUE_LIST ? value.as.list->items[i] : value.as.context->entries[i].value;
        cause = cause_join(evaluation->environment->arena, cause, cause_inside(evaluation, part, depth - 1));
    }
    return cause;
}

/* Whether `=` holds of two values; a null with a cause if one is unknown, in itself or inside, or they cannot
 * be compared. */
static struct value compare_equal(struct feel_evaluation *evaluation, const struct node *node,
                                  struct value left, struct value right)
{
    if (is_undecided(evaluation, left) || is_undecided(evaluation, right))
        return null_of_both(evaluation, left, right);
    /* (> 10) has an open end; (10..null) has one that is unknown. */
    bool are_ranges = left.kind == VALUE_RANGE && right.kind == VALUE_RANGE;
    if (are_ranges && ends_unknown(left.as.range) != ends_unknown(right.as.range))
        return value_boolean(false);
    bool has_parts = left.kind == right.kind && (left.kind == VALUE_LIST || left.kind == VALUE_CONTEXT);
    if (has_parts && evaluation->environment->mode == EVALUATE_PACK) {
        struct value inside = value_null(cause_inside(evaluation, left, VALUE_DEPTH));
        struct value other = value_null(cause_inside(evaluation, right, VALUE_DEPTH));
        if (value_cause(inside) || value_cause(other))
            return null_of_both(evaluation, inside, other);
    }
    enum truth truth = value_equals_with(left, right, evaluation->environment->zones);
    return truth == TRUTH_NULL ? fail_comparison(evaluation, node, left, right) : of_truth(truth);
}

/* Charges steps for comparing two long texts or large lists. Returns false if there are not enough left. */
static bool may_compare(struct feel_evaluation *evaluation, struct value left, struct value right)
{
    if (left.kind != right.kind)
        return true;
    size_t weight = value_weight(left), other = value_weight(right);
    return environment_take_steps(evaluation->environment, (weight < other ? weight : other) / WEIGHT_A_STEP);
}

/* Whether an order comparison holds of two values in this order (negative, 0, positive). */
static bool holds(enum node_kind operation, int order)
{
    assert(operation >= NODE_LESS && operation <= NODE_GREATER_EQUAL);
    switch (operation) {
    case NODE_LESS: return order < 0;
    case NODE_LESS_EQUAL: return order <= 0;
    case NODE_GREATER: return order > 0;
    default: return order >= 0;
    }
}

/* The result of a comparison operation on two values; a null with a cause if they cannot be compared. */
static struct value compare_nodes(struct feel_evaluation *evaluation, const struct node *node,
                                  enum node_kind operation, struct value left, struct value right)
{
    int order;
    if (left.kind == VALUE_NUMBER && right.kind == VALUE_NUMBER && operation >= NODE_LESS)
        return value_boolean(holds(operation, decimal_compare(left.as.number, right.as.number)));
    if (!may_compare(evaluation, left, right))
        return fail_steps(evaluation, node);
    if (operation == NODE_EQUAL)
        return compare_equal(evaluation, node, left, right);
    if (operation == NODE_NOT_EQUAL) {
        struct value equal = compare_equal(evaluation, node, left, right);
        return equal.kind == VALUE_BOOLEAN ? value_boolean(!equal.boolean) : equal;
    }
    bool are_values = left.kind != VALUE_NULL && right.kind != VALUE_NULL;
    if (are_values && value_compare_with(left, right, evaluation->environment->zones, &order))
        return value_boolean(holds(operation, order));
    return fail_comparison(evaluation, node, left, right);
}

struct value evaluate_comparison(struct feel_evaluation *evaluation, const struct node *node)
{
    struct value left = evaluate(evaluation, node->children[0]);
    struct value right = evaluate(evaluation, node->children[1]);
    return compare_nodes(evaluation, node, (enum node_kind)node->kind, left, right);
}

/* ---- Logic ---- */

/* The value itself if it is a boolean or null, else a null with an error. */
static struct value as_truth(struct feel_evaluation *evaluation, const struct node *node, struct value value)
{
    if (value.kind == VALUE_BOOLEAN || value.kind == VALUE_NULL)
        return value;
    struct text shown = show_value(evaluation->environment->arena, value);
    return FAIL(evaluation, node, TUOYU_ERROR_EVALUATION, "%.*s is not true or false", TEXT_ARGUMENTS(shown));
}

struct value logical_and(struct feel_evaluation *evaluation, const struct node *node, struct value left,
                         struct value right)
{
    if (value_is_false(left) || value_is_false(right))
        return value_boolean(false);
    if (value_is_true(left) && value_is_true(right))
        return left;
    return null_of_both(evaluation, as_truth(evaluation, node, left), as_truth(evaluation, node, right));
}

struct value logical_or(struct feel_evaluation *evaluation, const struct node *node, struct value left,
                        struct value right)
{
    if (value_is_true(left) || value_is_true(right))
        return value_boolean(true);
    if (value_is_false(left) && value_is_false(right))
        return left;
    return null_of_both(evaluation, as_truth(evaluation, node, left), as_truth(evaluation, node, right));
}

struct value evaluate_between(struct feel_evaluation *evaluation, const struct node *node)
{
    struct value value = evaluate(evaluation, node->children[0]);
    struct value low = evaluate(evaluation, node->children[1]);
    struct value high = evaluate(evaluation, node->children[2]);
    struct value above = compare_nodes(evaluation, node, NODE_GREATER_EQUAL, value, low);
    struct value below = compare_nodes(evaluation, node, NODE_LESS_EQUAL, value, high);
    return logical_and(evaluation, node, above, below);
}

/* ---- Tests ---- */

/* Whether the input lies in the range; a null with a cause if it cannot be compared with an end. A range that
 * (= x) made is a point. */
static struct value test_within(struct feel_evaluation *evaluation, const struct node *node,
                                struct value input, const struct range *range)
{
    bool has_low = range->low.kind != VALUE_NULL || range->low.as.cause;
    bool has_high = range->high.kind != VALUE_NULL || range->high.as.cause;
    struct value above = value_boolean(true), below = above;
    bool is_point = !value_cause(range->low) && range->low.kind == VALUE_BOOLEAN;
    if (is_point)
        return compare_nodes(evaluation, node, NODE_EQUAL, input, range->low);
    if (has_low)
        above = compare_nodes(evaluation, node, range->low_included ? NODE_GREATER_EQUAL : NODE_GREATER,
                              input, range->low);
    if (has_high)
        below = compare_nodes(evaluation, node, range->high_included ? NODE_LESS_EQUAL : NODE_LESS, input,
                              range->high);
    return logical_and(evaluation, node, above, below);
}

/* Whether an item of a list in a test matches the input: it equals it, or is a range that it lies in. Null
 * with a cause if the item is unknown. */
static struct value matches_item(struct feel_evaluation *evaluation, const struct node *node,
                                 struct value input, struct value item)
{
    if (is_undecided(evaluation, item))
        return item;
    if (!may_compare(evaluation, input, item))
        return fail_steps(evaluation, node);
    if (value_equals_with(input, item, evaluation->environment->zones) == TRUTH_TRUE)
        return value_boolean(true);
    if (item.kind != VALUE_RANGE || input.kind == VALUE_RANGE)
        return value_boolean(false);
    struct value within = test_within(evaluation, node, input, item.as.range);
    return within.kind == VALUE_BOOLEAN || is_undecided(evaluation, within) ? within : value_boolean(false);
}

/* Whether an item of the list matches the input, or an item of a list that is an item; null with causes if
 * that is unknown. */
static struct value matches_list(struct feel_evaluation *evaluation, const struct node *node,
                                 struct value input, const struct list *list)
{
    struct value result = value_boolean(false);
    if (!environment_take_steps(evaluation->environment, list->count / WEIGHT_A_STEP))
        return fail_steps(evaluation, node);
    for (size_t i = 0; i < list->count; i++) {
        struct value item = list->items[i];
        result = logical_or(evaluation, node, result, matches_item(evaluation, node, input, item));
        for (size_t j = 0; item.kind == VALUE_LIST && j < item.as.list->count && !value_is_true(result); j++)
            result = logical_or(evaluation, node, result,
                                matches_item(evaluation, node, input, item.as.list->items[j]));
        if (value_is_true(result))
            break;
    }
    return result;
}

/* The causes of nulls in what a test compares with: of the value itself, of items and of the ends of ranges,
 * up to this depth. */
static const struct cause *cause_of_test(struct feel_evaluation *evaluation, struct value test, int depth)
{
    struct arena *arena = evaluation->environment->arena;
    const struct cause *cause = value_cause(test);
    if (test.kind == VALUE_RANGE)
        cause = cause_join(arena, value_cause(test.as.range->low), value_cause(test.as.range->high));
    for (size_t i = 0; test.kind == VALUE_LIST && depth > 0 && i < test.as.list->count; i++)
        cause = cause_join(arena, cause, cause_of_test(evaluation, test.as.list->items[i], depth - 1));
    return cause;
}

/* Whether the input passes a test that is a value: it equals it, or the value is a range or list that holds
 * it. Null with causes if that is unknown. */
static struct value matches(struct feel_evaluation *evaluation, const struct node *node, struct value input,
                            struct value test)
{
    if (is_undecided(evaluation, input))
        return null_of_both(evaluation, input, value_null(cause_of_test(evaluation, test, VALUE_DEPTH)));
    if (is_undecided(evaluation, test))
        return test;
    if (test.kind == VALUE_RANGE && input.kind != VALUE_RANGE)
        return test_within(evaluation, node, input, test.as.range);
    if (test.kind != VALUE_LIST)
        return compare_equal(evaluation, node, input, test);
    if (input.kind == VALUE_LIST &&
        value_equals_with(input, test, evaluation->environment->zones) == TRUTH_TRUE)
        return value_boolean(true);
    return matches_list(evaluation, node, input, test.as.list);
}

/* Whether one of the node's children from index first on, which are tests, holds of the input; null with
 * causes if that is unknown. */
static struct value any_test(struct feel_evaluation *evaluation, const struct node *node, uint32_t first)
{
    struct value result = value_boolean(false);
    for (uint32_t i = first; i < node->count && !value_is_true(result); i++)
        result = logical_or(evaluation, node, result, evaluate_test(evaluation, node->children[i]));
    return result;
}

struct value evaluate_test(struct feel_evaluation *evaluation, const struct node *node)
{
    struct value input = evaluation->environment->input;
    struct value value;
    switch (node->kind) {
    case NODE_TEST_ANY: return value_boolean(true);
    case NODE_TEST_COMPARE:
        value = evaluate(evaluation, node->children[0]);
        return compare_nodes(evaluation, node, (enum node_kind)node->operation, input, value);
    case NODE_TEST_EXPRESSION: return as_truth(evaluation, node, evaluate(evaluation, node->children[0]));
    case NODE_TEST_NOT:
        value = any_test(evaluation, node, 0);
        return value.kind == VALUE_BOOLEAN ? value_boolean(!value.boolean) : value;
    case NODE_TEST_EQUAL: return matches(evaluation, node, input, evaluate(evaluation, node->children[0]));
    default: return matches(evaluation, node, input, evaluate(evaluation, node));
    }
}

struct value evaluate_in(struct feel_evaluation *evaluation, const struct node *node)
{
    struct environment *environment = evaluation->environment;
    struct value outer = environment->input;
    environment->input = evaluate(evaluation, node->children[0]);
    struct value result = any_test(evaluation, node, 1);
    environment->input = outer;
    return result;
}
