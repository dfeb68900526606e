/* SPDX-License-Identifier: Apache-2.0 */
/* Writes two operations as sums of multiples of other operations, and compares the sums. */
#include "compile/linear_sum.h"

enum { TERMS_MOST = 64, STEPS_MOST = 256, FACTOR_MOST = 1000000000 };

struct term {
    uint32_t operation;
    int64_t factor;
};

/* constant + the sum of factor × operation over the terms */
struct linear_sum {
    const struct typed_builder *builder;
    struct term terms[TERMS_MOST];
    size_t count, steps; /* terms; operations that were visited */
    int128 constant;
    bool failed; /* too many terms or steps: the sum means nothing */
};

/* Adds factor × operation to the sum; the same operation has one term. Sets failed where there are too
 * many terms. */
static void add_term(struct linear_sum *sum, uint32_t operation, int64_t factor)
{
    size_t i = 0;
    while (i < sum->count && sum->terms[i].operation != operation)
        i++;
    if (i == TERMS_MOST)
        sum->failed = true;
    if (sum->failed)
        return;
    if (i == sum->count)
        sum->terms[sum->count++] = (struct term){.operation = operation};
    sum->terms[i].factor += factor;
}

/* Adds factor × the operation, taken apart into a sum as far as it is one. */
static void add_operation(struct linear_sum *sum, uint32_t index, int64_t factor);

/* Adds factor × an operand, immediate or not, to the sum. */
static void add_operand(struct linear_sum *sum, const struct typed_operation *operation, uint32_t operand,
                        int64_t factor)
{
    if (operation->immediates >> operand & 1)
        sum->constant += (int128)operation->immediate[operand] * factor;
    else
        add_operation(sum, operation->operands[operand], factor);
}

/* The factor of operand 0 in factor × a multiplication by a constant. 0: operand 1 is no constant, the
 * constant is 0, or the product is beyond FACTOR_MOST; the multiplication is then a term of its own. */
static int64_t multiplier(const struct typed_operation *operation, int64_t factor)
{
    if (!(operation->immediates >> 1 & 1) || operation->immediates & 1)
        return 0;
    int128 product = (int128)operation->immediate[1] * factor;
    return product < -FACTOR_MOST || product > FACTOR_MOST ? 0 : (int64_t)product;
}

/* Adds factor × an operation to the sum: sums and differences by their parts, anything else as one term. Sets
 * sum->failed after STEPS_MOST steps. */
static void add_operation(struct linear_sum *sum, uint32_t index, int64_t factor)
{
    const struct typed_operation *operation = builder_at(sum->builder, index);
    if (++sum->steps > STEPS_MOST)
        sum->failed = true;
    if (sum->failed)
        return;
    int64_t value, product;
    if (builder_constant(sum->builder, index, &value)) {
        sum->constant += (int128)value * factor;
        return;
    }
    switch (operation->code) {
    case OPERATION_ADD:
        add_operand(sum, operation, 0, factor);
        add_operand(sum, operation, 1, factor);
        return;
    case OPERATION_SUBTRACT:
        add_operand(sum, operation, 0, factor);
        add_operand(sum, operation, 1, -factor);
        return;
    case OPERATION_CHECK:
    case OPERATION_WIDEN:
    case OPERATION_NARROW: /* their value, where it is known, is that of the operand */
        add_operand(sum, operation, 0, factor);
        return;
    case OPERATION_MULTIPLY:
        product = multiplier(operation, factor);
        if (product == 0)
            break;
        add_operation(sum, operation->operands[0], product);
        return;
    default: break;
    }
    add_term(sum, index, factor);
}

bool is_same_sum(const struct typed_builder *builder, uint32_t left, uint32_t right)
{
    struct linear_sum difference = {.builder = builder};
    if (left == OPERAND_NONE || right == OPERAND_NONE ||
        builder_at(builder, left)->scale != builder_at(builder, right)->scale)
        return false;
    add_operation(&difference, left, 1);
    add_operation(&difference, right, -1);
    bool is_zero = difference.constant == 0 && !difference.failed;
    for (size_t i = 0; i < difference.count; i++)
        is_zero &= difference.terms[i].factor == 0;
    return is_zero;
}
