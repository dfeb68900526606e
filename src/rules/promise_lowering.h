/* SPDX-License-Identifier: Apache-2.0 */
/* Makes the promises of entities ready when a policy is loaded. */
#ifndef TUOYU_RULES_PROMISE_LOWERING_H
#define TUOYU_RULES_PROMISE_LOWERING_H

#include "rules/lowering.h"

/* Lowers the promises of all packs into the policy, after everything that they can name. Failures are noted
 * in the lowering. */
void lower_promises(struct lowering *lowering);
/* Finds for each rule that answers cases the promises that its cases are held against: those of the packs
 * that its pack sees, of entities of which the rule can read a fact. Returns false when memory is refused. */
bool bind_promises(struct tuoyu_policy *policy);

#endif
