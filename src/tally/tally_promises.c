/* SPDX-License-Identifier: Apache-2.0 */
/* Holds rows against what their entity promises. A row that breaks a promise is in error: it is unknown to
 * every aggregate, so that nothing is claimed that rests on it, and it is counted, by promise. */
#include "rules/promise.h"
#include "tally/tally.h"

bool tally_find_promises(struct tuoyu_tally *tally)
{
    const struct tuoyu_policy *policy = tally->policy;
    const struct tuoyu_indicator *indicator = tally->indicator;
    tally->promises = ARENA_ARRAY(&tally->arena, struct promise_count, policy->promise_count);
    for (size_t i = 0; tally->promises && i < policy->promise_count; i++) {
        const struct promise *promise = &policy->promises[i];
        bool is_held = tally_counts_entity(indicator, promise->entity) &&
                       promise_is_seen(policy, promise, indicator->rule.pack, tally->as_of);
        if (is_held)
            tally->promises[tally->promise_count++] = (struct promise_count){.promise = promise};
    }
    return tally->promises;
}

tuoyu_status tally_ask_promises(struct tuoyu_tally *tally, struct text entity, struct evaluation *evaluation,
                                tuoyu_diagnostics *diagnostics)
{
    tuoyu_status first = TUOYU_OK;
    for (size_t i = 0; i < tally->promise_count; i++) {
        struct promise_count *held = &tally->promises[i];
        if (!text_equals(held->promise->entity, entity))
            continue;
        tuoyu_status status = promise_ask(held->promise, evaluation, diagnostics);
        struct value holds = promise_value(held->promise, evaluation);
        held->broken += value_is_false(holds);
        held->unknown += !value_is_false(holds) && !value_is_true(holds);
        if (first == TUOYU_OK)
            first = status;
    }
    return first;
}

bool tally_row_keeps_promises(const struct tuoyu_tally *tally, struct text entity,
                              struct evaluation *evaluation)
{
    for (size_t i = 0; i < tally->promise_count; i++) {
        const struct promise *promise = tally->promises[i].promise;
        if (!text_equals(promise->entity, entity))
            continue;
        struct value holds = promise_value(promise, evaluation);
        if (value_is_false(holds) || cause_first_error(value_cause(holds)))
            return false;
    }
    return true;
}
