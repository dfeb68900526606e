/* SPDX-License-Identifier: Apache-2.0 */
/* Lowers the trees of slots to typed operations. Only the lower_*.c files and their callers include
 * this. A function returns OPERAND_NONE where there is no typed form or memory ran out. */
#ifndef TUOYU_COMPILE_TYPED_LOWERING_H
#define TUOYU_COMPILE_TYPED_LOWERING_H

#include "compile/typed_builder.h"
#include "feel/builtin.h"

struct ratio;

struct typed_lowering {
    struct typed_builder builder;
    const struct program *program;
    int32_t as_of;
    uint32_t *operands;                  /* by slot, if is_lowered: its operation, or OPERAND_NONE */
    bool *is_lowered;                    /* by slot: it has been tried */
    const struct expression *expression; /* the expression that is being lowered */
    uint32_t input;                      /* what `?` stands for; OPERAND_NONE: nothing */
    const struct ratio **ratios; /* by slot with a formula: its value as a ratio; NULL: not yet tried */
    uint32_t *standings;         /* by slot, if has_standing: an operation, or OPERAND_NONE */
    bool *has_standing;          /* by slot: its standing has been tried */
    /* location of the first expression without a typed form; source NULL: there was none */
    struct location untyped;
    bool allows_even_quotients; /* whether a quotient that is not rounded may be typed. Rows in which it does
                        not come out even wait for the interpreter, which reports that no column can hold so
                        many digits */
    const uint8_t *rounding_standings; /* by slot: the weakest standing of the citations of its rounding;
                                       NULL: no slot has any */
};

/* All memory is the arena's. false: memory ran out. */
bool typed_lowering_init(struct typed_lowering *lowering, struct arena *arena, const struct program *program,
                         int32_t as_of);
/* Makes the program of the operations that the outputs need, and copies the outputs. Returns TUOYU_OK or
 * TUOYU_ERROR_NO_MEMORY. */
tuoyu_status typed_lowering_finish(struct typed_lowering *lowering, const struct typed_output *outputs,
                                   size_t output_count, struct typed_program *typed);

/* Notes that what is being lowered has no typed form; returns OPERAND_NONE. */
uint32_t lowering_gives_up(struct typed_lowering *lowering);
/* Whether the slot is in force on the as-of day. */
bool lowering_is_in_force(const struct typed_lowering *lowering, const struct slot *slot);
/* The value of a slot; each slot is lowered once. */
uint32_t lower_slot(struct typed_lowering *lowering, uint32_t slot);
/* The value of a node of lowering->expression. */
uint32_t lower_node(struct typed_lowering *lowering, const struct node *node);
/* The value of another expression, in which `?` stands for nothing. */
uint32_t lower_formula(struct typed_lowering *lowering, const struct expression *expression);

/* lower_number.c: the operand, for rows that pass the slot's money check; other rows fall back. */
uint32_t lower_money_check(struct typed_lowering *lowering, const struct slot *slot, uint32_t operand);

/* lower_standing.c: the weakest standing of all that a slot's value, or a formula's, rests on */
uint32_t lower_standing(struct typed_lowering *lowering, uint32_t slot);
/* The weakest standing of all that another expression's value rests on; OPERAND_NONE if it cannot be
 * typed. */
uint32_t lower_formula_standing(struct typed_lowering *lowering, const struct expression *expression);

/* lower_number.c: the value of arithmetic, min or max; OPERAND_NONE if it has no typed form. */
uint32_t lower_arithmetic(struct typed_lowering *lowering, const struct node *node);
/* The node's value rounded to a multiple of step. OPERAND_NONE if it has no typed form. */
uint32_t lower_rounding(struct typed_lowering *lowering, const struct node *node, tuoyu_decimal step,
                        enum decimal_rounding mode);

/* lower_condition.c: the value of a comparison; OPERAND_NONE if it has no typed form. */
uint32_t lower_comparison(struct typed_lowering *lowering, const struct node *node);
/* The value of and, or, between, in or if. */
uint32_t lower_condition(struct typed_lowering *lowering, const struct node *node);
/* Whether a unary test holds of the input, an operand. */
uint32_t lower_test(struct typed_lowering *lowering, const struct node *node, uint32_t input);

/* lower_duration.c: node_is_duration says whether the node is a written duration or a multiple of one;
 * lower_later gives the date that is such a duration later (or earlier) */
bool node_is_duration(const struct node *node);
/* The date that is the duration later, or earlier. OPERAND_NONE if either has no typed form. */
uint32_t lower_later(struct typed_lowering *lowering, const struct node *date, const struct node *duration,
                     bool is_earlier);

/* lower_call.c: whether calls of the built-in can have a typed form, and the value of a call */
bool call_has_form(enum builtin_id id);
/* The value of a call of a built-in. OPERAND_NONE for named arguments and for built-ins without a typed
 * form. */
uint32_t lower_call(struct typed_lowering *lowering, const struct node *node);

/* lower_table.c: the value of one output of a table, and the standing of the table's answer. OPERAND_NONE if
 * it has no typed form. */
uint32_t lower_table(struct typed_lowering *lowering, const struct slot *slot, uint32_t output);
/* The standing of a table's answer: the weakest of the rows that decide and of the inputs that they read.
 * OPERAND_NONE if a row's is not known before it is run. */
uint32_t lower_table_standing(struct typed_lowering *lowering, const struct slot *slot);

#endif
