/* SPDX-License-Identifier: Apache-2.0 */
/* Subsidies that make up a whole: which are paid, which give way to which, what is cut. */
#ifndef TUOYU_RULES_SUBSIDY_H
#define TUOYU_RULES_SUBSIDY_H

#include "rules/answer.h"
#include "rules/lowering.h"

/* Whether a subsidy of the rule is another rule: it is then lowered after those. */
bool is_made_up_of_rules(const struct pack_cost_sharing *written);
/* Lowers the subsidies and how they go together; what is paid of each is declared in the rule's scope.
 * Returns the tree of their sum: NULL without memory. */
const struct node *lower_subsidies(struct lowering *lowering, const struct pack_cost_sharing *written,
                                   const struct pack_rounding *round,
                                   struct tuoyu_cost_sharing *cost_sharing);

/* Notes what became of each subsidy, from the evaluation's registers. */
tuoyu_status subsidies_read(struct tuoyu_split *split, struct evaluation *evaluation);

#endif
