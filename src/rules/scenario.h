/* SPDX-License-Identifier: Apache-2.0 */
/* A scenario: a policy like another one, but for some numbers. It shares all that does not change with the
 * policy that it was made of, and has registers, rules and changed parameters of its own. */
#ifndef TUOYU_RULES_SCENARIO_H
#define TUOYU_RULES_SCENARIO_H

#include <tuoyu/scenarios.h>

#include "rules/compiled_policy.h"

/* A change of a parameter, as it is told in receipts. Its texts stand in the arena of the policy that was
 * made with it. */
struct policy_change {
    struct text parameter; /* full name */
    int32_t operation;     /* TUOYU_CHANGE_SET, _ADD or _SCALE */
    struct text value;     /* as it was given */
    int32_t first_day;     /* TUOYU_CHANGE_ALL_DAYS for all days */
    struct text reason;    /* empty where none was given */
};

/* Makes a policy with these changes, one after the other, on top of those that the base has. Returns
 * TUOYU_OK; TUOYU_ERROR_NOT_FOUND, _AMBIGUOUS, _PACK, _DATE, _TYPE or _OVERFLOW, reported, or _NO_MEMORY.
 * *out is NULL unless it returns TUOYU_OK. */
tuoyu_status scenario_make(struct tuoyu_policy *base, const tuoyu_change *changes, size_t count,
                           struct tuoyu_policy **out, tuoyu_diagnostics *diagnostics);

/* The SHA-256 of all changes of a policy, in order: two policies of the same packs with the same changes have
 * the same numbers. */
void scenario_digest(const struct tuoyu_policy *policy, char hex[DIGEST_TEXT_SIZE]);

#endif
