/* SPDX-License-Identifier: Apache-2.0 */
/* Arithmetic and rounding. A quotient that is no decimal fraction can only be had rounded
 * (compile/ratio.h), so an expression is kept as a ratio until it is rounded, also across definitions. */
#include <string.h>

#include "compile/ratio.h"
#include "compile/typed_lowering.h"
#include "feel/builtin.h"

/* A node as a ratio; its number is OPERAND_NONE where it has no such form, which is then noted. */
static struct ratio lower_ratio(struct typed_lowering *lowering, const struct node *node);

/* Whether there is a ratio, and it is one of numbers, not of a date or a boolean. */
static bool is_plain_number(const struct typed_lowering *lowering, struct ratio ratio)
{
    return ratio.number != OPERAND_NONE && builder_at(&lowering->builder, ratio.number)->kind == TYPED_NUMBER;
}

/* A sum, difference, product or quotient of the node's two children; RATIO_NONE where one is no number.
 * */
static struct ratio lower_pair(struct typed_lowering *lowering, const struct node *node,
                               enum operation_code code)
{
    struct ratio left = lower_ratio(lowering, node->children[0]);
    if (!is_plain_number(lowering, left))
        return RATIO_NONE;
    struct ratio right = lower_ratio(lowering, node->children[1]);
    if (!is_plain_number(lowering, right))
        return RATIO_NONE;
    return code == OPERATION_DIVIDE ? ratio_divide(&lowering->builder, left, right)
                                    : ratio_combine(&lowering->builder, code, left, right);
}

/* 0 - the node's child; RATIO_NONE where that is no number. */
static struct ratio lower_negation(struct typed_lowering *lowering, const struct node *node)
{
    struct ratio ratio = lower_ratio(lowering, node->children[0]);
    if (!is_plain_number(lowering, ratio))
        return RATIO_NONE;
    return ratio_combine(&lowering->builder, OPERATION_SUBTRACT,
                         ratio_of(build_number(&lowering->builder, 0, 0)), ratio);
}

/* The least or the greatest (by code) of the arguments, or of the items of the one argument that is a
 * written list. Dates are allowed, too. RATIO_NONE for anything else. */
static struct ratio lower_choice(struct typed_lowering *lowering, const struct node *node,
                                 enum operation_code code)
{
    const struct node *items = node->count == 1 ? node->children[0] : node;
    struct ratio result = RATIO_NONE;
    if (node->count == 1 && items->kind != NODE_LIST)
        return RATIO_NONE;
    for (uint32_t i = 0; i < items->count; i++) {
        struct ratio item = lower_ratio(lowering, items->children[i]);
        bool is_ordered =
            is_plain_number(lowering, item) ||
            (item.number != OPERAND_NONE && builder_at(&lowering->builder, item.number)->kind == TYPED_DATE);
        if (!is_ordered)
            return RATIO_NONE;
        result = i == 0 ? item : ratio_combine(&lowering->builder, code, result, item);
    }
    return result;
}

/* Whether the slot is a definition or a step with a formula. */
static bool has_formula(const struct slot *slot)
{
    return (slot->kind == SLOT_DEFINITION || slot->kind == SLOT_STEP) && slot->formula.root;
}

enum { FEN_SCALE = 2 };

/* The operand with two decimals. Rows in which it has more are left to the interpreter. */
static uint32_t as_whole_fen(struct typed_builder *builder, uint32_t operand)
{
    int32_t scale = builder_at(builder, operand)->scale;
    if (scale <= FEN_SCALE)
        return operand;
    int64_t unit = power_of_ten(scale - FEN_SCALE);
    uint32_t fen = build_divide(builder, operand, 1, unit, DECIMAL_DOWN, FEN_SCALE);
    uint32_t rest = fen == OPERAND_NONE ? fen
                                        : build_arithmetic(builder, OPERATION_SUBTRACT, operand,
                                                           build_rescale(builder, fen, scale));
    return build_arithmetic(
        builder, OPERATION_ADD, fen,
        build_divide(builder, build_check(builder, rest, 0, 0), 1, unit, DECIMAL_DOWN, FEN_SCALE));
}

/* The greatest amount below 10^MONEY_DIGITS in the slot's unit, as a column holds it. */
static int64_t greatest_money(const struct slot *slot, const struct typed_operation *number)
{
    return power_of_ten(MONEY_DIGITS + number->scale - (unit_is_percent(slot->unit) ? 2 : 0)) - 1;
}

uint32_t lower_money_check(struct typed_lowering *lowering, const struct slot *slot, uint32_t operand)
{
    struct typed_builder *builder = &lowering->builder;
    if (!slot->money.noun || operand == OPERAND_NONE)
        return operand;
    if (!slot->money.is_payable)
        return build_check(builder, operand, 0, INT64_MAX);
    operand = as_whole_fen(builder, operand);
    return operand == OPERAND_NONE
               ? operand
               : build_check(builder, operand, 0, greatest_money(slot, builder_at(builder, operand)));
}

/* Applies the slot's money check to a ratio. The sign is checked on its number, since multiplier and
 * divisor are above zero. An amount that is paid must be in whole fen, which can only hold where the
 * division comes out even. */
static struct ratio check_ratio(struct typed_lowering *lowering, const struct slot *slot, struct ratio ratio)
{
    struct typed_builder *builder = &lowering->builder;
    if (!slot->money.noun || ratio.number == OPERAND_NONE)
        return ratio;
    if (ratio.is_exact || slot->money.is_payable)
        return ratio_of(lower_money_check(lowering, slot, ratio_operand(builder, ratio)));
    ratio.number = build_check(builder, ratio.number, 0, INT64_MAX);
    ratio.even = build_check(builder, ratio.even, 0, INT64_MAX);
    return ratio;
}

/* The formula of a definition or a step as a ratio, with its money check applied; RATIO_NONE where the
 * slot is not in force or has no such form. */
static struct ratio lower_formula_ratio(struct typed_lowering *lowering, uint32_t index)
{
    const struct slot *slot = program_slot(lowering->program, index);
    const struct expression *outer = lowering->expression;
    uint32_t input = lowering->input;
    if (!lowering_is_in_force(lowering, slot))
        return RATIO_NONE;
    lowering->expression = &slot->formula;
    lowering->input = OPERAND_NONE;
    struct ratio ratio = check_ratio(lowering, slot, lower_ratio(lowering, slot->formula.root));
    lowering->expression = outer;
    lowering->input = input;
    return ratio;
}

/* A slot as a ratio. That of a formula is made once and kept in lowering->ratios. */
static struct ratio lower_symbol(struct typed_lowering *lowering, uint32_t slot)
{
    if (!has_formula(program_slot(lowering->program, slot)))
        return ratio_of(lower_slot(lowering, slot));
    if (!lowering->ratios[slot]) {
        struct ratio *ratio = ARENA_NEW(lowering->builder.arena, struct ratio);
        if (!ratio)
            return RATIO_NONE;
        *ratio = lower_formula_ratio(lowering, slot);
        lowering->ratios[slot] = ratio;
    }
    return *lowering->ratios[slot];
}

/* lower_ratio() but for the location and the note of what has no typed form. */
static struct ratio lower_kind(struct typed_lowering *lowering, const struct node *node)
{
    switch ((enum node_kind)node->kind) {
    case NODE_SYMBOL: return lower_symbol(lowering, node->slot);
    case NODE_NEGATE: return lower_negation(lowering, node);
    case NODE_ADD:
        if (node_is_duration(node->children[1]))
            return ratio_of(lower_later(lowering, node->children[0], node->children[1], false));
        if (node_is_duration(node->children[0]))
            return ratio_of(lower_later(lowering, node->children[1], node->children[0], false));
        return lower_pair(lowering, node, OPERATION_ADD);
    case NODE_SUBTRACT:
        if (node_is_duration(node->children[1]))
            return ratio_of(lower_later(lowering, node->children[0], node->children[1], true));
        return lower_pair(lowering, node, OPERATION_SUBTRACT);
    case NODE_MULTIPLY: return lower_pair(lowering, node, OPERATION_MULTIPLY);
    case NODE_DIVIDE: return lower_pair(lowering, node, OPERATION_DIVIDE);
    case NODE_CALL_BUILTIN:
        if (node->is_named)
            break;
        if (node->builtin->id == FEEL_MIN)
            return lower_choice(lowering, node, OPERATION_MINIMUM);
        if (node->builtin->id == FEEL_MAX)
            return lower_choice(lowering, node, OPERATION_MAXIMUM);
        break;
    default: break;
    }
    return ratio_of(lower_node(lowering, node));
}

/* The value of a node as a ratio. If it has no typed form, ratio.number is OPERAND_NONE and lowering->untyped
 * notes the node. */
static struct ratio lower_ratio(struct typed_lowering *lowering, const struct node *node)
{
    struct location where = lowering->builder.where;
    if (lowering->expression && lowering->expression->where.source && node->length)
        lowering->builder.where = expression_location(lowering->expression, node);
    struct ratio ratio = lower_kind(lowering, node);
    if (ratio.number == OPERAND_NONE)
        lowering_gives_up(lowering);
    lowering->builder.where = where;
    return ratio;
}

uint32_t lower_arithmetic(struct typed_lowering *lowering, const struct node *node)
{
    struct ratio ratio = lower_kind(lowering, node);
    bool is_plain = ratio.is_exact || lowering->allows_even_quotients;
    return ratio.number != OPERAND_NONE && is_plain ? ratio_operand(&lowering->builder, ratio) : OPERAND_NONE;
}

uint32_t lower_rounding(struct typed_lowering *lowering, const struct node *node, tuoyu_decimal step,
                        enum decimal_rounding mode)
{
    struct typed_builder *builder = &lowering->builder;
    uint32_t unit = build_decimal(builder, step);
    struct ratio ratio = unit == OPERAND_NONE ? RATIO_NONE : lower_ratio(lowering, node);
    if (!is_plain_number(lowering, ratio))
        return OPERAND_NONE;
    return ratio_round(builder, ratio, builder_at(builder, unit)->low, builder_at(builder, unit)->scale,
                       mode);
}
