/* SPDX-License-Identifier: Apache-2.0 */
/* What a pack declares and no rule reads. */
#ifndef TUOYU_RULES_UNUSED_H
#define TUOYU_RULES_UNUSED_H

#include "rules/compiled_policy.h"

/* Warns of each fact, parameter, definition and table that no rule of the policy reads, and notes each source
 * that nothing cites, in the packs that answer for themselves: those that have rules, and that no other pack
 * of the policy uses. A pack without rules is there for others, which may read what is not read here.
 * Returns TUOYU_OK or TUOYU_ERROR_NO_MEMORY. */
tuoyu_status find_unused(const struct tuoyu_policy *policy, tuoyu_diagnostics *diagnostics);

#endif
