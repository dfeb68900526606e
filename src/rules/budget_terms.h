/* SPDX-License-Identifier: Apache-2.0 */
/* The terms of a budget, as a cost-sharing rule lays them down: how much there is, what of it was used, in
 * which order claims come, and what the last one gets. The claims themselves are in ledger/budget. */
#ifndef TUOYU_RULES_BUDGET_TERMS_H
#define TUOYU_RULES_BUDGET_TERMS_H

#include "rules/lowering.h"

/* Lowers the budget of the rule, whose payers and instalments are lowered already. */
void lower_budget(struct lowering *lowering, const struct pack_cost_sharing *written,
                  const struct pack_rounding *round, struct tuoyu_cost_sharing *cost_sharing);

#endif
