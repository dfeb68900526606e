/* SPDX-License-Identifier: Apache-2.0 */
/* Who pays what of a whole: a share for each payer, in order. A payer can stand for several, which divide
 * its share. */
#ifndef TUOYU_RULES_PAYER_H
#define TUOYU_RULES_PAYER_H

#include "rules/lowering.h"

/* Lowers the payers of the rule, whose whole must have been lowered before. A payer that stands for
 * several becomes one line for each of them. Returns false when memory is refused. */
bool lower_payers(struct lowering *lowering, const struct pack_cost_sharing *written,
                  const struct pack_rounding *round, struct tuoyu_cost_sharing *cost_sharing);

#endif
