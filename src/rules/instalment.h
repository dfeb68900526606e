/* SPDX-License-Identifier: Apache-2.0 */
/* Instalments of a whole: what each is, which are forfeited, what is payable by now, what is owed back. */
#ifndef TUOYU_RULES_INSTALMENT_H
#define TUOYU_RULES_INSTALMENT_H

#include "rules/lowering.h"

/* Lowers the instalments of the rule, if it has any. The rule's whole must have been lowered before. */
void lower_instalments(struct lowering *lowering, const struct pack_cost_sharing *written,
                       const struct pack_rounding *round, struct tuoyu_cost_sharing *cost_sharing);

#endif
