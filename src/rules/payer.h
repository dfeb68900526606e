/* SPDX-License-Identifier: Apache-2.0 */
/* Who pays what of a whole: a share for each payer, in order, and within one for those that it stands for. */
#ifndef TUOYU_RULES_PAYER_H
#define TUOYU_RULES_PAYER_H

#include "rules/lowering.h"

/* Lowers the payers of the rule, whose whole is lowered already. One that stands for several becomes those.
 * false without memory. */
bool lower_payers(struct lowering *lowering, const struct pack_cost_sharing *written,
                  const struct pack_rounding *round, struct tuoyu_cost_sharing *cost_sharing);

#endif
