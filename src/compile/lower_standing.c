/* SPDX-License-Identifier: Apache-2.0 */
/* How well founded a slot's value is, as an operation: the weakest status (enum of tuoyu/rules.h, 0: nothing
 * is claimed) of all that the interpreter reads on the way to it. What it does not read, a branch that is not
 * taken or the other side of an `and` that is decided, does not count; mostly that makes no difference, and a
 * constant comes out. */
#include "compile/typed_lowering.h"

static uint32_t standing_of(struct typed_lowering *lowering, const struct node *node);

static uint32_t nothing(struct typed_lowering *lowering)
{
    return build_number(&lowering->builder, 0, 0);
}

static uint32_t weakest(struct typed_lowering *lowering, uint32_t left, uint32_t right)
{
    return build_arithmetic(&lowering->builder, OPERATION_MAXIMUM, left, right);
}

static bool is_nothing(const struct typed_lowering *lowering, uint32_t standing)
{
    int64_t constant;
    return builder_constant(&lowering->builder, standing, &constant) && constant == 0;
}

/* The standing where the condition, which is always known, holds; else nothing. */
static uint32_t counted_where(struct typed_lowering *lowering, uint32_t condition, uint32_t standing)
{
    if (is_nothing(lowering, standing))
        return standing;
    return build_select(&lowering->builder, condition, standing, nothing(lowering));
}

static uint32_t standing_of_all(struct typed_lowering *lowering, const struct node *node)
{
    uint32_t result = nothing(lowering);
    for (uint32_t i = 0; i < node->count && result != OPERAND_NONE; i++)
        if (node->children[i])
            result = weakest(lowering, result, standing_of(lowering, node->children[i]));
    return result;
}

/* ---- What is read only sometimes ---- */

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

/* Tests are read up to the first that holds. */
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
    case NODE_TEST_NOT: /* its tests are read up to the first that holds: where that makes a difference, the
                           interpreter says */
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

static uint32_t standing_of_parameter(struct typed_lowering *lowering, const struct slot *slot)
{
    const struct dated_value *chosen = parameter_value_on(slot, lowering->as_of);
    bool has_value = chosen && !chosen->is_end && !chosen->is_unset;
    return build_number(&lowering->builder, has_value ? chosen->citation.standing : 0, 0);
}

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
        uint32_t rounding = build_number(&lowering->builder,
                                         lowering->rounding_status ? lowering->rounding_status[index] : 0, 0);
        lowering->standings[index] = weakest(lowering, standing, rounding);
    }
    return lowering->standings[index];
}
