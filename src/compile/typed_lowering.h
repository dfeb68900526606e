/* SPDX-License-Identifier: Apache-2.0 */
/* From the trees of slots to typed operations. Between the files that do it; what cannot be typed is
 * OPERAND_NONE. */
#ifndef TUOYU_COMPILE_TYPED_LOWERING_H
#define TUOYU_COMPILE_TYPED_LOWERING_H

#include "compile/typed_builder.h"
#include "feel/builtin.h"

struct ratio;

struct typed_lowering {
    struct typed_builder builder;
    const struct program *program;
    int32_t as_of;
    uint32_t *operands;                  /* by slot; OPERAND_NONE where it has none */
    bool *is_lowered;                    /* by slot */
    const struct expression *expression; /* that is being lowered */
    uint32_t input;                      /* `?`, or OPERAND_NONE */
    const struct ratio **ratios;         /* by slot that has a formula; NULL: not tried */
    uint32_t *standings;                 /* by slot */
    bool *has_standing;                  /* by slot */
    /* where the first thing stands that has no typed form; source NULL: there was none */
    struct location untyped;
    bool takes_even; /* a quotient that is not rounded is typed where it comes out even; its other rows have
                        more digits than a column, and an output of them is an error there */
    const uint8_t *rounding_status; /* by slot: of the citations of its rounding; NULL: there are none */
};

/* All memory is the arena's. false when it is refused. */
bool typed_lowering_init(struct typed_lowering *lowering, struct arena *arena, const struct program *program,
                         int32_t as_of);
/* The program of what the outputs need; they are copied. TUOYU_OK or TUOYU_ERROR_NO_MEMORY. */
tuoyu_status typed_lowering_finish(struct typed_lowering *lowering, const struct typed_output *outputs,
                                   size_t output_count, struct typed_program *typed);

/* Notes that what is being lowered has no typed form. */
uint32_t lowering_gives_up(struct typed_lowering *lowering);
bool lowering_is_in_force(const struct typed_lowering *lowering, const struct slot *slot);
uint32_t lower_slot(struct typed_lowering *lowering, uint32_t slot);
/* A tree of lowering->expression. */
uint32_t lower_node(struct typed_lowering *lowering, const struct node *node);
/* Another expression's tree; `?` means nothing in it. */
uint32_t lower_formula(struct typed_lowering *lowering, const struct expression *expression);

/* lower_number.c: the operand of a slot, as far as it keeps to the slot's check; other rows are the
 * interpreter's. */
uint32_t lower_money_check(struct typed_lowering *lowering, const struct slot *slot, uint32_t operand);

/* lower_standing.c: the weakest status of all that a slot's value, or a formula's, rests on */
uint32_t lower_standing(struct typed_lowering *lowering, uint32_t slot);
uint32_t lower_formula_standing(struct typed_lowering *lowering, const struct expression *expression);

/* lower_number.c: arithmetic, min, max */
uint32_t lower_arithmetic(struct typed_lowering *lowering, const struct node *node);
/* The tree's value rounded to a multiple of step. */
uint32_t lower_rounding(struct typed_lowering *lowering, const struct node *node, tuoyu_decimal step,
                        enum decimal_rounding mode);

/* lower_condition.c */
uint32_t lower_comparison(struct typed_lowering *lowering, const struct node *node);
uint32_t lower_condition(struct typed_lowering *lowering, const struct node *node);
/* A unary test of an operand. */
uint32_t lower_test(struct typed_lowering *lowering, const struct node *node, uint32_t input);

/* lower_duration.c: a date, and so many days or months later (or earlier) */
bool node_is_duration(const struct node *node);
uint32_t lower_later(struct typed_lowering *lowering, const struct node *date, const struct node *duration,
                     bool is_earlier);

/* lower_call.c; whether it computes calls of a built-in, as the entry of the built-in says */
bool call_has_form(enum builtin_id id);
uint32_t lower_call(struct typed_lowering *lowering, const struct node *node);

/* lower_table.c: one output of a table; what the table rests on */
uint32_t lower_table(struct typed_lowering *lowering, const struct slot *slot, uint32_t output);
uint32_t lower_table_standing(struct typed_lowering *lowering, const struct slot *slot);

#endif
