/* SPDX-License-Identifier: Apache-2.0 */
/* The terms of a budget, as a cost-sharing rule writes them: how much there is, what of it was used, in
 * which order claims are paid, and what the last claim gets. ledger/budget holds the claims themselves. */
#ifndef TUOYU_RULES_BUDGET_TERMS_H
#define TUOYU_RULES_BUDGET_TERMS_H

#include "rules/lowering.h"

/* Lowers the budget of the rule, if it has one. The rule's payers and instalments must have been lowered
 * before. */
void lower_budget(struct lowering *lowering, const struct pack_cost_sharing *written,
                  const struct pack_rounding *round, struct tuoyu_cost_sharing *cost_sharing);

#endif
