/* SPDX-License-Identifier: Apache-2.0 */
/* The handles of rules and of their answers, one way for all kinds: found by name, kept by counted
 * references, asked of a case, freed. What only one kind has stands in the file of its answer. */
#include <tuoyu/budgets.h>
#include <tuoyu/rules.h>

#include "api/rule_handle.h"

/* ---- Rules ---- A reference to a rule is one to its policy. */

#define RULE_HANDLE(type, number)                                                                 \
    static_assert(offsetof(struct tuoyu_##type, rule) == 0, "a rule's handle is the rule");       \
                                                                                                  \
    tuoyu_status tuoyu_policy_##type(tuoyu_policy *policy, const char *name, size_t length,       \
                                     tuoyu_##type **out, tuoyu_diagnostics *diagnostics)          \
    {                                                                                             \
        struct rule *rule;                                                                        \
        if (!out)                                                                                 \
            return TUOYU_ERROR_INVALID_ARGUMENT;                                                  \
        tuoyu_status status = rule_handle_find(policy, name, length, number, &rule, diagnostics); \
        assert(!rule || rule->kind == number);                                                    \
        *out = (tuoyu_##type *)rule;                                                              \
        return status;                                                                            \
    }                                                                                             \
                                                                                                  \
    tuoyu_##type *tuoyu_##type##_ref(tuoyu_##type *handle)                                        \
    {                                                                                             \
        if (handle)                                                                               \
            policy_ref(handle->rule.policy);                                                      \
        return handle;                                                                            \
    }                                                                                             \
                                                                                                  \
    void tuoyu_##type##_unref(tuoyu_##type *handle)                                               \
    {                                                                                             \
        if (handle)                                                                               \
            policy_unref(handle->rule.policy);                                                    \
    }

RULE_HANDLE(pricing, TUOYU_RULE_PRICING)
RULE_HANDLE(cost_sharing, TUOYU_RULE_COST_SHARING)
RULE_HANDLE(eligibility, TUOYU_RULE_ELIGIBILITY)
RULE_HANDLE(indicator, TUOYU_RULE_INDICATOR)

/* ---- Cases ---- */

#define ANSWER_OF_CASE(kind, answer)                                                                         \
    tuoyu_status tuoyu_##kind##_##answer(const tuoyu_##kind *handle, const tuoyu_case *facts, int32_t as_of, \
                                         tuoyu_##answer **out, tuoyu_diagnostics *diagnostics)               \
    {                                                                                                        \
        const struct rule *rule = handle ? &handle->rule : NULL;                                             \
        if (out)                                                                                             \
            *out = NULL;                                                                                     \
        tuoyu_status status = rule_handle_check(rule, facts, as_of, out, diagnostics);                       \
        return status == TUOYU_OK ? kind##_##answer(handle, facts, as_of, out, diagnostics) : status;        \
    }

ANSWER_OF_CASE(pricing, quote)
ANSWER_OF_CASE(cost_sharing, split)
ANSWER_OF_CASE(eligibility, verdict)

/* ---- Answers ---- */

#define ANSWER_HANDLE(kind)                                               \
    void tuoyu_##kind##_free(tuoyu_##kind *handle)                        \
    {                                                                     \
        answer_free(handle ? &handle->answer : NULL);                     \
    }                                                                     \
                                                                          \
    const tuoyu_answer *tuoyu_##kind##_answer(const tuoyu_##kind *handle) \
    {                                                                     \
        return handle ? &handle->answer : NULL;                           \
    }

ANSWER_HANDLE(quote)
ANSWER_HANDLE(split)
ANSWER_HANDLE(verdict)
ANSWER_HANDLE(measure)
ANSWER_HANDLE(payout)
