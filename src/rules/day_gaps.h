/* SPDX-License-Identifier: Apache-2.0 */
/* On which days a rule cannot answer because a number that it reads has no value, or because it is not in
 * force itself. */
#ifndef TUOYU_RULES_DAY_GAPS_H
#define TUOYU_RULES_DAY_GAPS_H

#include "rules/compiled_policy.h"

/* Reports as warnings, for each rule of a pack (id; a text without bytes stands for all packs), the days from
 * first to last on which it is not in force, and for each number that it reads the days on which that has
 * none. The days are found from the days on which something changes, not by trying each; `if as_of < …` of a
 * formula is followed. Returns TUOYU_OK or TUOYU_ERROR_NO_MEMORY. */
tuoyu_status find_day_gaps(const struct tuoyu_policy *policy, struct text pack, int32_t first, int32_t last,
                           tuoyu_diagnostics *diagnostics);

/* Reports as warnings, for each rule and the days on which it is in force, the numbers that have no value on
 * some of these days though they have one on others. What is unset or delegated says so itself. The search
 * takes what is left of the quota (NULL for no limit) and ends with a note where that does not suffice.
 * Returns as find_day_gaps(). */
tuoyu_status warn_of_day_gaps(const struct tuoyu_policy *policy, struct quota *quota,
                              tuoyu_diagnostics *diagnostics);

#endif
