/* SPDX-License-Identifier: Apache-2.0 */
/* Holds records against promises. */
#include "rules/promise.h"

bool promise_is_seen(const struct tuoyu_policy *policy, const struct promise *promise, uint32_t pack,
                     int32_t day)
{
    bool is_in_force = (!promise->first_day && !promise->last_day) ||
                       (day >= promise->first_day && day <= promise->last_day);
    return is_in_force && layering_sees(policy->layering, pack, promise->pack);
}

struct value promise_value(const struct promise *promise, struct evaluation *evaluation)
{
    return evaluation_value(evaluation, promise->slot);
}

tuoyu_status promise_ask(const struct promise *promise, struct evaluation *evaluation,
                         tuoyu_diagnostics *diagnostics)
{
    struct value holds = promise_value(promise, evaluation);
    tuoyu_status status = evaluation_status(evaluation, holds, diagnostics);
    if (status != TUOYU_OK || !value_is_false(holds))
        return status;
    const char *language = diagnostics_language(diagnostics) == LANGUAGE_CHINESE ? "zh" : "en";
    const char *because = localised_in(&promise->because, language);
    if (*because)
        return report(diagnostics, TUOYU_ERROR_PROMISE, promise->where, promise->citation.text,
                      "the record breaks the promise `%.*s`: %s (%.*s)", TEXT_ARGUMENTS(promise->name),
                      because, TEXT_ARGUMENTS(promise->expression));
    return report(diagnostics, TUOYU_ERROR_PROMISE, promise->where, promise->citation.text,
                  "the record breaks the promise `%.*s`: %.*s", TEXT_ARGUMENTS(promise->name),
                  TEXT_ARGUMENTS(promise->expression));
}

tuoyu_status rule_ask_promises(const struct rule *rule, struct evaluation *evaluation,
                               tuoyu_diagnostics *diagnostics)
{
    tuoyu_status first = TUOYU_OK;
    for (size_t i = 0; i < rule->promise_count; i++) {
        if (!promise_is_seen(rule->policy, rule->promises[i], rule->pack, evaluation->as_of))
            continue;
        tuoyu_status status = promise_ask(rule->promises[i], evaluation, diagnostics);
        if (first == TUOYU_OK)
            first = status;
    }
    return first;
}
