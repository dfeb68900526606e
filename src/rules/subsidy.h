/* SPDX-License-Identifier: Apache-2.0 */
/* Subsidies that make up a whole: which of them are paid, which give way to another one, and which are
 * cut. */
#ifndef TUOYU_RULES_SUBSIDY_H
#define TUOYU_RULES_SUBSIDY_H

#include "rules/answer.h"
#include "rules/lowering.h"

/* True if a subsidy of the rule is another rule. Such a rule is lowered after all others. */
bool is_made_up_of_rules(const struct pack_cost_sharing *written);
/* Lowers the subsidies and their combinations, and declares what is paid of each in the rule's scope.
 * Returns the formula of their sum, or NULL when memory is refused. */
const struct node *lower_subsidies(struct lowering *lowering, const struct pack_cost_sharing *written,
                                   const struct pack_rounding *round,
                                   struct tuoyu_cost_sharing *cost_sharing);

/* Reads from the evaluation what became of each subsidy, into split->subsidies. Returns TUOYU_OK or the
 * status of the first error. */
tuoyu_status subsidies_read(struct tuoyu_split *split, struct evaluation *evaluation);

#endif
