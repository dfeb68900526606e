/* SPDX-License-Identifier: Apache-2.0 */
/* A formula as it is written, in decimal128 and step by step, as the interpreter computes it. It is for
 * rows of a QUOTIENT whose exact value lies on an edge of the rounding: there a digit that the interpreter
 * lost on the way decides, so the steps must be repeated. */
#ifndef TUOYU_COMPILE_DECIMAL_STEPS_H
#define TUOYU_COMPILE_DECIMAL_STEPS_H

#include "value/decimal.h"

enum { DECIMAL_STEPS_MOST = 24, DECIMAL_READS_MOST = 2 };

/* Postfix: a step takes its operands from a stack and leaves its result there. */
enum decimal_step_code {
    STEP_READ, /* a column's integer × 10^-scale */
    STEP_CONSTANT,
    STEP_ADD,
    STEP_SUBTRACT,
    STEP_MULTIPLY,
    STEP_DIVIDE,
    STEP_MINIMUM,
    STEP_MAXIMUM
};

struct decimal_step {
    uint8_t code;           /* enum decimal_step_code */
    uint8_t read;           /* STEP_READ: an index into reads */
    int32_t scale;          /* STEP_READ: decimals of the column */
    tuoyu_decimal constant; /* STEP_CONSTANT */
};

/* A formula with no steps has all bytes zero; the functions below append to it. */
struct decimal_steps {
    uint32_t count, read_count;
    uint32_t reads[DECIMAL_READS_MOST]; /* the operations whose columns are read, distinct */
    struct decimal_step steps[DECIMAL_STEPS_MOST];
};

/* These four append to the steps. They return false where there would be more than DECIMAL_STEPS_MOST
 * steps or more than DECIMAL_READS_MOST columns; the steps are then of no use. */
bool decimal_steps_read(struct decimal_steps *steps, uint32_t operation, int32_t scale);
/* Appends the constant value × 10^-scale. Returns false, too, if it is no decimal128. */
bool decimal_steps_constant(struct decimal_steps *steps, int64_t value, int32_t scale);
/* Appends an operator, which takes the two topmost results of the steps before it. Returns false if there is
 * no room. */
bool decimal_steps_operator(struct decimal_steps *steps, enum decimal_step_code code);
/* Appends all steps of another formula, with its reads. Returns false if there is no room. */
bool decimal_steps_append(struct decimal_steps *steps, const struct decimal_steps *more);
/* Whether the result cannot be below zero as long as no column that is read is: there is no subtraction
 * and no negative constant. Rounding to 34 digits keeps the sign. */
bool decimal_steps_keep_sign(const struct decimal_steps *steps);
/* Whether both have the same steps over the same reads; either may be NULL, which is the same only as NULL.
 */
bool decimal_steps_are_same(const struct decimal_steps *left, const struct decimal_steps *right);

/* The result as a number of units, a unit being unit × 10^-scale and above zero, rounded by the mode.
 * columns: the values of the reads, in their order. false where a step has no result, which cannot happen
 * for values within the proven intervals; *count is then unchanged. */
bool decimal_steps_count(const struct decimal_steps *steps, const int64_t *columns, int64_t unit,
                         int32_t scale, enum decimal_rounding mode, int64_t *count);

#endif
