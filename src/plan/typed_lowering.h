/* SPDX-License-Identifier: Apache-2.0 */
/* From the trees of slots to typed operations. Between the files that do it; what cannot be typed is OPERAND_NONE. */
#ifndef TUOYU_PLAN_TYPED_LOWERING_H
#define TUOYU_PLAN_TYPED_LOWERING_H

#include "plan/typed_builder.h"

struct typed_lowering {
    struct typed_builder builder;
    const struct program *program;
    int32_t as_of;
    uint32_t *operands;                  /* by slot; OPERAND_NONE where it has none */
    bool *is_lowered;                    /* by slot */
    const struct expression *expression; /* that is being lowered */
    uint32_t input;                      /* `?`, or OPERAND_NONE */
};

uint32_t lower_slot(struct typed_lowering *lowering, uint32_t slot);
/* A tree of lowering->expression. */
uint32_t lower_node(struct typed_lowering *lowering, const struct node *node);
/* Another expression's tree; `?` means nothing in it. */
uint32_t lower_formula(struct typed_lowering *lowering, const struct expression *expression);

/* lower_number.c */
uint32_t lower_arithmetic(struct typed_lowering *lowering, const struct node *node);
/* The tree's value rounded to a multiple of step. */
uint32_t lower_rounding(struct typed_lowering *lowering, const struct node *node, tuoyu_decimal step, enum decimal_rounding mode);

/* lower_condition.c */
uint32_t lower_comparison(struct typed_lowering *lowering, const struct node *node);
uint32_t lower_condition(struct typed_lowering *lowering, const struct node *node);
/* A unary test of an operand. */
uint32_t lower_test(struct typed_lowering *lowering, const struct node *node, uint32_t input);

/* lower_call.c */
uint32_t lower_call(struct typed_lowering *lowering, const struct node *node);

/* lower_table.c: one output of a table */
uint32_t lower_table(struct typed_lowering *lowering, const struct slot *slot, uint32_t output);

#endif
