/* SPDX-License-Identifier: Apache-2.0 */
/* What an entity promises of its records: a condition that holds of each of them, such as that there are no
 * more inclusive places than places. A record that breaks a promise is in error wherever it is used, since
 * nothing that it says can be trusted; one of which a promise cannot be told, for want of facts, is used. */
#ifndef TUOYU_RULES_PROMISE_H
#define TUOYU_RULES_PROMISE_H

#include "program/evaluation.h"
#include "rules/compiled_policy.h"

/* A promise, of one pack. */
struct promise {
    struct text entity, name; /* the name is `entity.id` */
    struct localised because; /* may be empty */
    struct text expression;
    struct citation citation;
    uint32_t pack, slot;
    int32_t first_day, last_day; /* those of its pack */
    struct location where;
};

/* Whether a rule of the pack is held on the day to the promise. */
bool promise_is_seen(const struct tuoyu_policy *policy, const struct promise *promise, uint32_t pack,
                     int32_t day);
/* What the evaluation's record says: true, false, or a null where facts are missing or an error occurs. */
struct value promise_value(const struct promise *promise, struct evaluation *evaluation);
/* Holds the record against the promise. TUOYU_OK also where that cannot be told; TUOYU_ERROR_PROMISE, or the
 * error of the condition, reported. */
tuoyu_status promise_ask(const struct promise *promise, struct evaluation *evaluation,
                         tuoyu_diagnostics *diagnostics);
/* Holds the case against all promises of the rule. Returns TUOYU_OK or the status of the first error. */
tuoyu_status rule_ask_promises(const struct rule *rule, struct evaluation *evaluation,
                               tuoyu_diagnostics *diagnostics);

#endif
