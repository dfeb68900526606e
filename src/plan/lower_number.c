/* SPDX-License-Identifier: Apache-2.0 */
/* Arithmetic and rounding. A quotient that is no decimal fraction can only be had rounded: the interpreter's quotient has
 * 34 digits, which lie on the same side of every half and every bound that the digits of a column can name, so that
 * dividing once, exactly, gives the same. */
#include "plan/typed_lowering.h"

enum { RATIO_SCALE_MOST = 12 };
static const int64_t RATIO_DIVISOR_MOST = INT64_C(1000000000000000);

/* A tree's value as number × multiplier ÷ divisor. */
struct ratio {
    uint32_t number;
    int128 multiplier, divisor;
};

static bool is_number(const struct typed_lowering *lowering, uint32_t operand)
{
    return operand != OPERAND_NONE && builder_at(&lowering->builder, operand)->kind == TYPED_NUMBER;
}

static bool lower_ratio(struct typed_lowering *lowering, const struct node *node, struct ratio *out)
{
    int64_t divisor;
    *out = (struct ratio){.multiplier = 1, .divisor = 1};
    if (node->kind != NODE_DIVIDE) {
        out->number = lower_node(lowering, node);
        return is_number(lowering, out->number);
    }
    out->number = lower_node(lowering, node->children[0]);
    uint32_t below = lower_node(lowering, node->children[1]);
    if (!is_number(lowering, out->number) || !is_number(lowering, below)) return false;
    bool can_divide = builder_constant(&lowering->builder, below, &divisor) && divisor > 0 && divisor <= RATIO_DIVISOR_MOST;
    if (!can_divide || builder_at(&lowering->builder, below)->scale > RATIO_SCALE_MOST) return false;
    out->multiplier = power_of_ten(builder_at(&lowering->builder, below)->scale);
    out->divisor = divisor;
    return true;
}

/* A quotient with finitely many decimals: multiplied by the inverse. */
static uint32_t lower_quotient(struct typed_lowering *lowering, const struct node *node)
{
    struct ratio ratio;
    struct typed_builder *builder = &lowering->builder;
    if (!lower_ratio(lowering, node, &ratio)) return OPERAND_NONE;
    int64_t divisor = (int64_t)ratio.divisor, rest = divisor;
    while (rest % 2 == 0) rest /= 2;
    while (rest % 5 == 0) rest /= 5;
    int32_t decimals = 0;
    while (rest == 1 && decimals <= TYPED_SCALE_MOST && power_of_ten(decimals) % divisor != 0) decimals++;
    if (rest != 1 || decimals > TYPED_SCALE_MOST) return OPERAND_NONE;
    uint32_t inverse = build_number(builder, power_of_ten(decimals) / divisor, decimals);
    uint32_t scaled = build_arithmetic(builder, OPERATION_MULTIPLY, ratio.number, build_number(builder, (int64_t)ratio.multiplier, 0));
    return build_arithmetic(builder, OPERATION_MULTIPLY, scaled, inverse);
}

static uint32_t lower_pair(struct typed_lowering *lowering, const struct node *node, enum operation_code code)
{
    uint32_t left = lower_node(lowering, node->children[0]);
    uint32_t right = left == OPERAND_NONE ? OPERAND_NONE : lower_node(lowering, node->children[1]);
    if (!is_number(lowering, left) || !is_number(lowering, right)) return OPERAND_NONE;
    return build_arithmetic(&lowering->builder, code, left, right);
}

uint32_t lower_arithmetic(struct typed_lowering *lowering, const struct node *node)
{
    uint32_t operand;
    switch (node->kind) {
    case NODE_NEGATE:
        operand = lower_node(lowering, node->children[0]);
        if (!is_number(lowering, operand)) return OPERAND_NONE;
        return build_arithmetic(&lowering->builder, OPERATION_SUBTRACT, build_number(&lowering->builder, 0, 0), operand);
    case NODE_ADD: return lower_pair(lowering, node, OPERATION_ADD);
    case NODE_SUBTRACT: return lower_pair(lowering, node, OPERATION_SUBTRACT);
    case NODE_MULTIPLY: return lower_pair(lowering, node, OPERATION_MULTIPLY);
    case NODE_DIVIDE: return lower_quotient(lowering, node);
    default: return OPERAND_NONE;
    }
}

uint32_t lower_rounding(struct typed_lowering *lowering, const struct node *node, tuoyu_decimal step, enum decimal_rounding mode)
{
    static const int64_t STEP_MOST = INT64_C(1000000000);
    struct typed_builder *builder = &lowering->builder;
    struct ratio ratio;
    uint32_t unit = build_decimal(builder, step);
    if (unit == OPERAND_NONE || !lower_ratio(lowering, node, &ratio)) return OPERAND_NONE;
    const struct typed_operation one = *builder_at(builder, unit);
    int32_t scale = builder_at(builder, ratio.number)->scale;
    if (one.low <= 0 || one.low > STEP_MOST || one.scale > RATIO_SCALE_MOST || scale > RATIO_SCALE_MOST) return OPERAND_NONE;
    bool is_decimal = one.low == 1;
    uint32_t count = build_divide(builder, ratio.number, ratio.multiplier * power_of_ten(one.scale),
                                  ratio.divisor * power_of_ten(scale) * one.low, mode, is_decimal ? one.scale : 0);
    return is_decimal ? count : build_arithmetic(builder, OPERATION_MULTIPLY, count, unit);
}
