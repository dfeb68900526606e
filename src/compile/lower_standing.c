/* SPDX-License-Identifier: Apache-2.0 */
/* How well founded a slot's value is, as an operation: the weakest standing (the enum of tuoyu/rules.h;
 * 0: nothing is claimed) of all that the interpreter reads on the way to the value. What it does not read,
 * such as a branch that is not taken or the other side of a decided `and`, does not count. Mostly that
 * makes no difference, and the result is a constant. */
#include "compile/typed_lowering.h"

/* The weakest standing of what evaluating the node reads; OPERAND_NONE: it has no typed form. */
static uint32_t standing_of(struct typed_lowering *lowering, const struct node *node);

/* The standing 0: nothing is claimed, so it never weakens another. */
static uint32_t nothing(struct typed_lowering *lowering)
{
    return build_number(&lowering->builder, 0, 0);
}

/* The weaker of two standings, which is the greater number; OPERAND_NONE if one is. */
static uint32_t weakest(struct typed_lowering *lowering, uint32_t left, uint32_t right)
{
    return build_arithmetic(&lowering->builder, OPERATION_MAXIMUM, left, right);
}

/* Whether the standing is the constant 0; false for OPERAND_NONE. */
static bool is_nothing(const struct typed_lowering *lowering, uint32_t standing)
{
    int64_t constant;
    return builder_constant(&lowering->builder, standing, &constant) && constant == 0;
}

/* The standing where the condition holds, else 0. The condition must always be known. */
static uint32_t counted_where(struct typed_lowering *lowering, uint32_t condition, uint32_t standing)
{
    if (is_nothing(lowering, standing))
        return standing;
    return build_select(&lowering->builder, condition, standing, nothing(lowering));
}

/* The weakest standing of all children of the node. */
static uint32_t standing_of_all(struct typed_lowering *lowering, const struct node *node)
{
    uint32_t result = nothing(lowering);
    for (uint32_t i = 0; i < node->count && result != OPERAND_NONE; i++)
        if (node->children[i])
            result = weakest(lowering, result, standing_of(lowering, node->children[i]));
    return result;
}

/* ---- Nodes that do not read all of their children ---- */

/* and / or: the right side is read only where the left side does not decide. */
static uint32_t standing_of_logic(struct typed_lowering *lowering, const struct node *node)
{
    struct typed_builder *builder = &lowering->builder;
    uint32_t left = standing_of(lowering, node->children[0]),
             right = standing_of(lowering, node->children[1]);
    if (is_nothing(lowering, right))
        return left;
    uint32_t value = lower_node(lowering, node->children[0]);
    uint32_t decides =
        node->kind == NODE_AND ? build_is_false(builder, value) : build_is_true(builder, value);
    return weakest(lowering, left, counted_where(lowering, build_not(builder, decides), right));
}

/* The condition is always read, a branch only where the condition is known to take it. */
static uint32_t standing_of_if(struct typed_lowering *lowering, const struct node *node)
{
    struct typed_builder *builder = &lowering->builder;
    uint32_t asked = standing_of(lowering, node->children[0]),
             condition = lower_node(lowering, node->children[0]);
    uint32_t then =
        counted_where(lowering, build_is_true(builder, condition), standing_of(lowering, node->children[1]));
    uint32_t otherwise =
        counted_where(lowering, build_is_false(builder, condition), standing_of(lowering, node->children[2]));
    return weakest(lowering, asked, weakest(lowering, then, otherwise));
}

/* `x in (tests)`: tests are read up to the first that holds, so a test counts only where none before it does.
 * OPERAND_NONE if it cannot be typed. */
static uint32_t standing_of_in(struct typed_lowering *lowering, const struct node *node)
{
    struct typed_builder *builder = &lowering->builder;
    uint32_t result = standing_of(lowering, node->children[0]), input = OPERAND_NONE,
             open = build_boolean(builder, true);
    for (uint32_t i = 1; i < node->count; i++) {
        uint32_t standing = standing_of(lowering, node->children[i]);
        if (standing == OPERAND_NONE)
            return OPERAND_NONE;
        if (input == OPERAND_NONE)
            input = lower_node(lowering, node->children[0]);
        result = weakest(lowering, result, counted_where(lowering, open, standing));
        uint32_t holds = build_is_true(builder, lower_test(lowering, node->children[i], input));
        open = build_logic(builder, OPERATION_AND, open, build_not(builder, holds));
    }
    return result;
}

/* The operation that gives the weakest standing of what the node's value rests on in a row; OPERAND_NONE if
 * it cannot be typed. */
static uint32_t standing_of(struct typed_lowering *lowering, const struct node *node)
{
    switch ((enum node_kind)node->kind) {
    case NODE_LITERAL:
    case NODE_INPUT:
    case NODE_TEST_ANY: return nothing(lowering);
    case NODE_SYMBOL: return lower_standing(lowering, node->slot);
    case NODE_AND:
    case NODE_OR: return standing_of_logic(lowering, node);
    case NODE_IF: return standing_of_if(lowering, node);
    case NODE_IN: return standing_of_in(lowering, node);
    case NODE_NEGATE:
    case NODE_ADD:
    case NODE_SUBTRACT:
    case NODE_MULTIPLY:
    case NODE_DIVIDE:
    case NODE_EQUAL:
    case NODE_NOT_EQUAL:
    case NODE_LESS:
    case NODE_LESS_EQUAL:
    case NODE_GREATER:
    case NODE_GREATER_EQUAL:
    case NODE_BETWEEN:
    case NODE_TEST_EQUAL:
    case NODE_TEST_COMPARE:
    case NODE_TEST_EXPRESSION:
    case NODE_LIST:
    case NODE_RANGE:
    case NODE_PATH:
    case NODE_CALL_BUILTIN: return standing_of_all(lowering, node);
    case NODE_TEST_NOT: /* Its tests are read up to the first that holds. With several tests that claim
                           something it would matter which one that is, so the standing is left to the
                           interpreter. */
    {
        uint32_t all = standing_of_all(lowering, node);
        return node->count == 1 || is_nothing(lowering, all) ? all : OPERAND_NONE;
    }
    default: return lowering_gives_up(lowering);
    }
}

uint32_t lower_formula_standing(struct typed_lowering *lowering, const struct expression *expression)
{
    const struct expression *outer = lowering->expression;
    uint32_t input = lowering->input;
    lowering->expression = expression;
    lowering->input = OPERAND_NONE;
    uint32_t result = expression->root ? standing_of(lowering, expression->root) : OPERAND_NONE;
    lowering->expression = outer;
    lowering->input = input;
    return result;
}

/* ---- Slots ---- */

/* The standing of the value in force on the day; 0 where it is unset or out of force. */
static uint32_t standing_of_parameter(struct typed_lowering *lowering, const struct slot *slot)
{
    const struct dated_value *chosen = parameter_value_on(slot, lowering->as_of);
    bool has_value = chosen && !chosen->is_end && !chosen->is_unset;
    return build_number(&lowering->builder, has_value ? chosen->citation.standing : 0, 0);
}

/* The standing of a slot without its rounding: of a formula its own citation and what it reads; 0 of
 * facts. */
static uint32_t standing_of_slot(struct typed_lowering *lowering, const struct slot *slot)
{
    if (slot->kind == SLOT_PARAMETER)
        return standing_of_parameter(lowering, slot);
    if (slot->kind == SLOT_TABLE)
        return lower_table_standing(lowering, slot);
    if (slot->kind != SLOT_DEFINITION && slot->kind != SLOT_STEP)
        return nothing(lowering);
    uint32_t own = build_number(&lowering->builder, slot->citation.standing, 0);
    return weakest(lowering, own, lower_formula_standing(lowering, &slot->formula));
}

uint32_t lower_standing(struct typed_lowering *lowering, uint32_t index)
{
    if (!lowering->has_standing[index]) {
        lowering->has_standing[index] = true;
        uint32_t standing = standing_of_slot(lowering, program_slot(lowering->program, index));
        uint32_t rounding = build_number(
            &lowering->builder, lowering->rounding_standings ? lowering->rounding_standings[index] : 0, 0);
        lowering->standings[index] = weakest(lowering, standing, rounding);
    }
    return lowering->standings[index];
}
