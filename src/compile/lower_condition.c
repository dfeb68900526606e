/* SPDX-License-Identifier: Apache-2.0 */
/* Comparisons, unary tests, and the conditions made of them (and, or, between, in, if) as typed
 * operations. A function here returns OPERAND_NONE where there is no typed form. */
#include "compile/typed_lowering.h"

enum { QUOTIENT_SCALE_MOST = 12 };

/* The comparison that a node of one of the six kinds stands for. */
static enum operation_code comparison_of(enum node_kind kind)
{
    switch (kind) {
    case NODE_EQUAL: return OPERATION_EQUAL;
    case NODE_NOT_EQUAL: return OPERATION_NOT_EQUAL;
    case NODE_LESS: return OPERATION_LESS;
    case NODE_LESS_EQUAL: return OPERATION_LESS_EQUAL;
    case NODE_GREATER: return OPERATION_GREATER;
    default: return OPERATION_GREATER_EQUAL;
    }
}

/* Compares a ÷ b with c as a with b × c. Rounding to 34 digits never moves a quotient of two columns across a
 * bound with so few decimals, so the answer is the interpreter's. A row whose b is not above zero falls back.
 * OPERAND_NONE if one of them has no typed form or is no number, or if there are too many decimals. */
static uint32_t compare_quotient(struct typed_lowering *lowering, enum operation_code code,
                                 const struct node *quotient, uint32_t bound)
{
    struct typed_builder *builder = &lowering->builder;
    uint32_t above = lower_node(lowering, quotient->children[0]),
             below = lower_node(lowering, quotient->children[1]);
    if (above == OPERAND_NONE || below == OPERAND_NONE || bound == OPERAND_NONE)
        return OPERAND_NONE;
    const struct typed_operation divisor = *builder_at(builder, below);
    bool are_numbers = divisor.kind == TYPED_NUMBER && builder_at(builder, above)->kind == TYPED_NUMBER &&
                       builder_at(builder, bound)->kind == TYPED_NUMBER;
    bool has_unknown = divisor.code == OPERATION_UNKNOWN;
    if (!are_numbers || has_unknown ||
        builder_at(builder, bound)->scale + divisor.scale > QUOTIENT_SCALE_MOST)
        return OPERAND_NONE;
    bool is_positive = divisor.code == OPERATION_CONSTANT && divisor.low > 0;
    if (!is_positive)
        below = build_check(builder, below, 1, INT64_MAX);
    return build_comparison(builder, code, above,
                            build_arithmetic(builder, OPERATION_MULTIPLY, below, bound));
}

/* Whether the node is the literal null. */
static bool is_null(const struct node *node)
{
    return node->kind == NODE_LITERAL && node->value.kind == VALUE_NULL;
}

/* `fact = null` and `fact != null`; other comparisons with null, and null compared with something that
 * is no fact, give OPERAND_NONE. */
static uint32_t compare_null(struct typed_lowering *lowering, enum operation_code code,
                             const struct node *node)
{
    uint32_t none = build_is_none(&lowering->builder, lower_node(lowering, node));
    if (code == OPERATION_NOT_EQUAL)
        return build_not(&lowering->builder, none);
    return code == OPERATION_EQUAL ? none : OPERAND_NONE;
}

uint32_t lower_comparison(struct typed_lowering *lowering, const struct node *node)
{
    enum operation_code code = comparison_of((enum node_kind)node->kind);
    for (int i = 0; i < 2; i++)
        if (is_null(node->children[i]))
            return compare_null(lowering, code, node->children[1 - i]);
    uint32_t right = lower_node(lowering, node->children[1]);
    if (right == OPERAND_NONE)
        return OPERAND_NONE;
    if (node->children[0]->kind == NODE_DIVIDE)
        return compare_quotient(lowering, code, node->children[0], right);
    return build_comparison(&lowering->builder, code, lower_node(lowering, node->children[0]), right);
}

/* ---- Tests ---- */

/* Whether the input lies in a range such as [1..5) or (> 3), which may lack one end. OPERAND_NONE if an end
 * has no typed form. */
static uint32_t lower_range(struct typed_lowering *lowering, const struct node *node, uint32_t input)
{
    const struct node *low = node->children[0], *high = node->children[1];
    if (input == OPERAND_NONE || builder_at(&lowering->builder, input)->kind == TYPED_BOOLEAN)
        return OPERAND_NONE;
    uint32_t above = build_boolean(&lowering->builder, true), below = above;
    if (low)
        above = build_comparison(&lowering->builder,
                                 node->low_included ? OPERATION_GREATER_EQUAL : OPERATION_GREATER, input,
                                 lower_node(lowering, low));
    if (high)
        below =
            build_comparison(&lowering->builder, node->high_included ? OPERATION_LESS_EQUAL : OPERATION_LESS,
                             input, lower_node(lowering, high));
    return build_logic(&lowering->builder, OPERATION_AND, above, below);
}

/* The input against a range, a list of alternatives, or a single value. OPERAND_NONE if it has no typed
 * form. */
static uint32_t lower_match(struct typed_lowering *lowering, const struct node *node, uint32_t input)
{
    if (node->kind == NODE_RANGE)
        return lower_range(lowering, node, input);
    if (node->kind != NODE_LIST)
        return build_comparison(&lowering->builder, OPERATION_EQUAL, input, lower_node(lowering, node));
    uint32_t result = build_boolean(&lowering->builder, false);
    if (node->count == 0)
        return OPERAND_NONE; /* false for a known input and unknown for an unknown one: the interpreter's */
    for (uint32_t i = 0; i < node->count; i++) {
        if (node->children[i]->kind == NODE_LIST)
            return OPERAND_NONE;
        result = build_logic(&lowering->builder, OPERATION_OR, result,
                             lower_match(lowering, node->children[i], input));
    }
    return result;
}

/* Whether any of the node's children from `first` on, each a unary test, holds of the input. */
static uint32_t lower_any_test(struct typed_lowering *lowering, const struct node *node, uint32_t first,
                               uint32_t input)
{
    uint32_t result = build_boolean(&lowering->builder, false);
    for (uint32_t i = first; i < node->count; i++)
        result = build_logic(&lowering->builder, OPERATION_OR, result,
                             lower_test(lowering, node->children[i], input));
    return result;
}

/* An expression in which `?` is the input. OPERAND_NONE also where it is not a boolean. */
static uint32_t lower_over_input(struct typed_lowering *lowering, const struct node *node, uint32_t input)
{
    uint32_t outer = lowering->input;
    lowering->input = input;
    uint32_t result = lower_node(lowering, node);
    lowering->input = outer;
    bool is_truth = result != OPERAND_NONE && builder_at(&lowering->builder, result)->kind == TYPED_BOOLEAN;
    return is_truth ? result : OPERAND_NONE;
}

uint32_t lower_test(struct typed_lowering *lowering, const struct node *node, uint32_t input)
{
    switch (node->kind) {
    case NODE_TEST_ANY: return build_boolean(&lowering->builder, true);
    case NODE_TEST_COMPARE:
        return build_comparison(&lowering->builder, comparison_of((enum node_kind)node->operation), input,
                                lower_node(lowering, node->children[0]));
    case NODE_TEST_EXPRESSION: return lower_over_input(lowering, node->children[0], input);
    case NODE_TEST_NOT: return build_not(&lowering->builder, lower_any_test(lowering, node, 0, input));
    case NODE_TEST_EQUAL: return lower_match(lowering, node->children[0], input);
    default: return lower_match(lowering, node, input);
    }
}

/* ---- Conditions ---- */

/* `value between low and high`, both ends included. */
static uint32_t lower_between(struct typed_lowering *lowering, const struct node *node)
{
    uint32_t value = lower_node(lowering, node->children[0]);
    return build_within(&lowering->builder, value, lower_node(lowering, node->children[1]), true,
                        lower_node(lowering, node->children[2]), true);
}

/* and / or. A left side that is constant and decides makes the right side superfluous, even if that has no
 * typed form. OPERAND_NONE if a side that is needed has no typed form. */
static uint32_t lower_logic(struct typed_lowering *lowering, const struct node *node)
{
    int64_t truth;
    bool is_or = node->kind == NODE_OR;
    uint32_t left = lower_node(lowering, node->children[0]);
    if (builder_constant(&lowering->builder, left, &truth) &&
        builder_at(&lowering->builder, left)->kind == TYPED_BOOLEAN && (truth != 0) == is_or)
        return left;
    if (left == OPERAND_NONE)
        return OPERAND_NONE;
    return build_logic(&lowering->builder, is_or ? OPERATION_OR : OPERATION_AND, left,
                       lower_node(lowering, node->children[1]));
}

/* if / then / else. With a constant condition only the branch that is taken is lowered. OPERAND_NONE if a
 * part that is needed has no typed form. */
static uint32_t lower_if(struct typed_lowering *lowering, const struct node *node)
{
    int64_t truth;
    uint32_t condition = lower_node(lowering, node->children[0]);
    if (condition == OPERAND_NONE || builder_at(&lowering->builder, condition)->kind != TYPED_BOOLEAN)
        return OPERAND_NONE;
    if (builder_constant(&lowering->builder, condition, &truth))
        return lower_node(lowering, node->children[truth ? 1 : 2]);
    uint32_t then = lower_node(lowering, node->children[1]);
    return then == OPERAND_NONE
               ? OPERAND_NONE
               : build_select(&lowering->builder, condition, then, lower_node(lowering, node->children[2]));
}

uint32_t lower_condition(struct typed_lowering *lowering, const struct node *node)
{
    switch (node->kind) {
    case NODE_AND:
    case NODE_OR: return lower_logic(lowering, node);
    case NODE_BETWEEN: return lower_between(lowering, node);
    case NODE_IN: return lower_any_test(lowering, node, 1, lower_node(lowering, node->children[0]));
    default: return lower_if(lowering, node);
    }
}
