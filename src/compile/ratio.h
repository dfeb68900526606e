/* SPDX-License-Identifier: Apache-2.0 */
/* A value that perhaps no column can hold: an operation's number × multiplier ÷ divisor, exact, and beside it
 * how far from it the interpreter's may be, which rounds each result to 34 digits, by which steps it comes
 * there, and what it is in the rows in which every division comes out even. */
#ifndef TUOYU_COMPILE_RATIO_H
#define TUOYU_COMPILE_RATIO_H

#include "compile/decimal_steps.h"
#include "compile/typed_builder.h"

struct ratio {
    uint32_t number;            /* OPERAND_NONE: it has no such form */
    int128 multiplier, divisor; /* up to RATIO_TERM_MOST, without a common divisor; divisor above 0 */
    bool is_exact;              /* the interpreter's is this one, in every row */
    bool is_faithful; /* the interpreter's is this one wherever this one has finitely many decimals */
    int32_t error;    /* not exact: the interpreter's is less than 10^error away */
    const struct decimal_steps *steps; /* not exact: as written; NULL: too much to be repeated */
    uint32_t even; /* not exact: the value where each division comes out even; other rows wait for the
                      interpreter */
};

#define RATIO_NONE ((struct ratio){.number = OPERAND_NONE})

struct ratio ratio_of(uint32_t number);
/* The value as an operation. Rows in which columns cannot hold it, because a division does not come out even,
 * wait for the interpreter. */
uint32_t ratio_operand(struct typed_builder *builder, struct ratio ratio);
/* ADD, SUBTRACT, MULTIPLY, MINIMUM, MAXIMUM */
struct ratio ratio_combine(struct typed_builder *builder, enum operation_code code, struct ratio left,
                           struct ratio right);
/* right: a constant, and not zero. */
struct ratio ratio_divide(struct typed_builder *builder, struct ratio left, struct ratio right);
/* Rounded as the interpreter's is to a multiple of unit × 10^-scale. */
uint32_t ratio_round(struct typed_builder *builder, struct ratio ratio, int64_t unit, int32_t scale,
                     enum decimal_rounding mode);

#endif
