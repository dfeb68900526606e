/* SPDX-License-Identifier: Apache-2.0 */
/* Bounds of a price: which one decided the amount, and which one a fee breaks. */
#ifndef TUOYU_RULES_PRICING_BOUND_H
#define TUOYU_RULES_PRICING_BOUND_H

#include "rules/answer.h"
#include "rules/lowering.h"

/* Lowers the float band and the bounds into pricing->bounds; the reader sees to it that there are as many as
 * memory was asked for. Returns the tree of the amount within them: NULL without memory. */
const struct node *lower_bounds(struct lowering *lowering, const struct pack_pricing *written,
                                struct tuoyu_pricing *pricing);
/* The value of the float band's benchmark as a tree, which is the amount where the rule has no other. */
const struct node *lower_benchmark(struct lowering *lowering, const struct pack_pricing *written);

/* Copies what the bounds came to into the quote and finds the binding one. Called once the amount is known:
 * each bound is computed then. false without memory. */
tuoyu_status quote_bounds(struct tuoyu_quote *quote, struct evaluation *evaluation);
/* Compares the fee with every bound; quote->at_most and at_least become the tightest limits. */
void quote_tighten(struct tuoyu_quote *quote);

#endif
