/* SPDX-License-Identifier: Apache-2.0 */
/* Functions of one number that are linear between knots, so that a bracket (min, max, clamp, shares, sums of
 * them) is one operation: slope × a + offset + the sum over the knots of change × max(a, knot). */
#ifndef TUOYU_COMPILE_PIECEWISE_H
#define TUOYU_COMPILE_PIECEWISE_H

#include "compile/typed_builder.h"

enum { KNOTS_MOST = 8 };

struct piecewise {
    uint32_t root; /* the operation whose value is a */
    int128 slope, offset;
    int64_t knots[KNOTS_MOST];  /* ascending, distinct */
    int128 changes[KNOTS_MOST]; /* by knot: what the slope changes by there */
    uint32_t count;             /* of the knots */
};

/* The operation as a function of the operation that it reads; if it is no such function, the identity
 * function of itself. */
struct piecewise piecewise_of(const struct typed_builder *builder, uint32_t operand);
/* Whether it is the identity function. */
bool piecewise_is_root(const struct piecewise *function);

/* Folds a chain of linear operations into one PIECEWISE operation on the chain's root; OPERAND_NONE if
 * nothing can be folded. */
uint32_t build_piecewise(struct typed_builder *builder, const struct typed_operation *operation);

#endif
