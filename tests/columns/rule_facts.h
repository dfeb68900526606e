/* SPDX-License-Identifier: Apache-2.0 */
/* Which facts a rule can read. */
#ifndef TUOYU_TESTS_RULE_FACTS_H
#define TUOYU_TESTS_RULE_FACTS_H

#include "rules/compiled_policy.h"
#include "rules/rule.h"

/* Indices among the program's facts, ascending, into room for all of them; returns how many. Not of
 * indicators. */
size_t rule_facts(const struct tuoyu_policy *policy, const struct rule *rule, uint32_t *facts);

#endif
