/* SPDX-License-Identifier: Apache-2.0 */
/* Functions of one number that are linear between knots, so that a bracket (min, max, clamp, shares, sums of
 * them) is one operation: slope × a + offset + the sum over the knots of change × max(a, knot). */
#ifndef TUOYU_COMPILE_PIECEWISE_H
#define TUOYU_COMPILE_PIECEWISE_H

#include "compile/typed_builder.h"

enum { KNOTS_MOST = 8 };

struct piecewise {
    uint32_t root; /* the operation that is a */
    int128 slope, offset;
    int64_t knots[KNOTS_MOST]; /* ascending */
    int128 changes[KNOTS_MOST];
    uint32_t count;
};

/* What an operation is as such a function; of any other one: itself. */
struct piecewise piecewise_of(const struct typed_builder *builder, uint32_t operand);
bool piecewise_is_root(const struct piecewise *function);

/* The operation, if it is such a function of more than what it reads, as one that reads the root.
 * OPERAND_NONE: it is not. */
uint32_t build_piecewise(struct typed_builder *builder, const struct typed_operation *operation);

#endif
