/* SPDX-License-Identifier: Apache-2.0 */
/* Bounds of a price: which one decided the amount, and which one a fee breaks. */
#ifndef TUOYU_RULES_PRICING_BOUND_H
#define TUOYU_RULES_PRICING_BOUND_H

#include "rules/answer.h"
#include "rules/lowering.h"

/* Lowers the float band and the bounds into pricing->bounds. Returns the formula of the amount within
 * them, or NULL when memory is refused. */
const struct node *lower_bounds(struct lowering *lowering, const struct pack_pricing *written,
                                struct tuoyu_pricing *pricing);
/* The formula of the float band's benchmark, which is the amount of a rule that has no other. */
const struct node *lower_benchmark(struct lowering *lowering, const struct pack_pricing *written);

/* Copies the bounds into the quote and finds the one that decided the amount. The amount must be known,
 * since every bound has been computed then. Returns TUOYU_OK or the error of a conversion into the unit. */
tuoyu_status quote_bounds(struct tuoyu_quote *quote, struct evaluation *evaluation);
/* Makes quote->at_most and at_least the tightest of all limits, and notes in quote->complies and
 * quote->breaks whether the fee is within them. */
void quote_tighten(struct tuoyu_quote *quote);

#endif
