/* SPDX-License-Identifier: Apache-2.0 */
/* A formula as it is written, in decimal128 and step by step, as the interpreter computes it: for the rows of
 * a QUOTIENT whose exact value lies on an edge of the rounding, where a digit that was lost on the way there
 * decides. */
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
    uint8_t read;           /* STEP_READ: which of the columns */
    int32_t scale;          /* STEP_READ */
    tuoyu_decimal constant; /* STEP_CONSTANT */
};

/* Begins with all bytes zero. */
struct decimal_steps {
    uint32_t count, read_count;
    uint32_t reads[DECIMAL_READS_MOST]; /* the operations whose columns are read, distinct */
    struct decimal_step steps[DECIMAL_STEPS_MOST];
};

/* Each appends; false where it would be too long, or read too many columns. */
bool decimal_steps_read(struct decimal_steps *steps, uint32_t operation, int32_t scale);
bool decimal_steps_constant(struct decimal_steps *steps, int64_t value, int32_t scale);
bool decimal_steps_operator(struct decimal_steps *steps, enum decimal_step_code code);
bool decimal_steps_append(struct decimal_steps *steps, const struct decimal_steps *more);
/* Whether nothing can bring the result below zero where no column that is read is: rounding to 34 digits
 * keeps the sign. */
bool decimal_steps_keep_sign(const struct decimal_steps *steps);
bool decimal_steps_are_same(const struct decimal_steps *left, const struct decimal_steps *right);

/* The result in whole units of unit × 10^-scale, rounded by the mode. columns: the values of the reads. false
 * where a step has no result, which no interval that was proven allows. */
bool decimal_steps_count(const struct decimal_steps *steps, const int64_t *columns, int64_t unit,
                         int32_t scale, enum decimal_rounding mode, int64_t *count);

#endif
