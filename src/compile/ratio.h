/* SPDX-License-Identifier: Apache-2.0 */
/* A value that perhaps no column can hold: an operation's number × multiplier ÷ divisor, exactly. The
 * interpreter rounds each result to 34 digits, so its value may be another; beside the exact value stand
 * how far off the interpreter may be, the steps by which it computes, and the value in the rows in which
 * every division comes out even. */
#ifndef TUOYU_COMPILE_RATIO_H
#define TUOYU_COMPILE_RATIO_H

#include "compile/decimal_steps.h"
#include "compile/typed_builder.h"

struct ratio {
    uint32_t number;            /* OPERAND_NONE: the expression has no such form (RATIO_NONE) */
    int128 multiplier, divisor; /* at most TERM_MOST of ratio.c, without a common divisor; divisor above 0 */
    bool is_exact;              /* the interpreter's value is the exact one in every row */
    bool is_faithful; /* the interpreter's value is the exact one in every row where that has finitely many
                         decimals */
    int32_t error;    /* if not exact: the interpreter's value is less than 10^error away */
    const struct decimal_steps
        *steps;    /* if not exact: how the interpreter computes it; NULL: too long to be repeated */
    uint32_t even; /* if not exact: an operation with the value where each division comes out even; other rows
                      wait for the interpreter */
};

#define RATIO_NONE ((struct ratio){.number = OPERAND_NONE})

/* An operation's value as an exact ratio; RATIO_NONE's like for OPERAND_NONE. */
struct ratio ratio_of(uint32_t number);
/* The value as an operation; OPERAND_NONE where there is none. Rows in which a division does not come out
 * even, so that no column can hold the value, wait for the interpreter. */
uint32_t ratio_operand(struct typed_builder *builder, struct ratio ratio);
/* Combines two ratios; code is ADD, SUBTRACT, MULTIPLY, MINIMUM or MAXIMUM. RATIO_NONE where it does not fit.
 */
struct ratio ratio_combine(struct typed_builder *builder, enum operation_code code, struct ratio left,
                           struct ratio right);
/* left ÷ right. RATIO_NONE unless right is a constant above zero. */
struct ratio ratio_divide(struct typed_builder *builder, struct ratio left, struct ratio right);
/* The operation that rounds to a multiple of unit × 10^-scale exactly as the interpreter does. OPERAND_NONE
 * where that cannot be promised. */
uint32_t ratio_round(struct typed_builder *builder, struct ratio ratio, int64_t unit, int32_t scale,
                     enum decimal_rounding mode);

#endif
