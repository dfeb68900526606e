/* SPDX-License-Identifier: Apache-2.0 */
#include <tuoyu/rules.h>

#include "api/rule_handle.h"

tuoyu_status tuoyu_policy_eligibility(tuoyu_policy *policy, const char *name, size_t length,
                                      tuoyu_eligibility **out, tuoyu_diagnostics *diagnostics)
{
    struct rule *rule;
    if (!out)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    tuoyu_status status = rule_handle_find(policy, name, length, TUOYU_RULE_ELIGIBILITY, &rule, diagnostics);
    *out = (tuoyu_eligibility *)rule;
    return status;
}

tuoyu_eligibility *tuoyu_eligibility_ref(tuoyu_eligibility *eligibility)
{
    if (eligibility)
        policy_retain(eligibility->rule.policy);
    return eligibility;
}

void tuoyu_eligibility_unref(tuoyu_eligibility *eligibility)
{
    if (eligibility)
        policy_release(eligibility->rule.policy);
}

tuoyu_status tuoyu_eligibility_verdict(const tuoyu_eligibility *eligibility, const tuoyu_case *facts,
                                       int32_t as_of, tuoyu_verdict **out, tuoyu_diagnostics *diagnostics)
{
    if (out)
        *out = NULL;
    tuoyu_status status =
        rule_handle_check(eligibility ? &eligibility->rule : NULL, facts, as_of, out, diagnostics);
    return status == TUOYU_OK ? eligibility_verdict(eligibility, facts, as_of, out, diagnostics) : status;
}

void tuoyu_verdict_free(tuoyu_verdict *verdict)
{
    answer_free(verdict ? &verdict->answer : NULL);
}

const tuoyu_answer *tuoyu_verdict_answer(const tuoyu_verdict *verdict)
{
    return verdict ? &verdict->answer : NULL;
}

int32_t tuoyu_verdict_decision(const tuoyu_verdict *verdict)
{
    return verdict ? verdict->decision : 0;
}

static const struct tuoyu_eligibility *rule_of(const tuoyu_verdict *verdict)
{
    return (const struct tuoyu_eligibility *)verdict->answer.rule;
}

static const struct criterion *criterion_at(const tuoyu_verdict *verdict, size_t index)
{
    return verdict && index < rule_of(verdict)->criterion_count ? &rule_of(verdict)->criteria[index] : NULL;
}

size_t tuoyu_verdict_reason_count(const tuoyu_verdict *verdict)
{
    return verdict ? rule_of(verdict)->criterion_count : 0;
}

const char *tuoyu_verdict_reason_id(const tuoyu_verdict *verdict, size_t index)
{
    const struct criterion *criterion = criterion_at(verdict, index);
    return criterion ? criterion->id.bytes : NULL;
}

int32_t tuoyu_verdict_reason_decision(const tuoyu_verdict *verdict, size_t index)
{
    return criterion_at(verdict, index) ? verdict->reasons[index] : 0;
}

const char *tuoyu_verdict_reason_text(const tuoyu_verdict *verdict, size_t index, const char *language)
{
    const struct criterion *criterion = criterion_at(verdict, index);
    return criterion ? localised_in(&criterion->because, language) : NULL;
}

const char *tuoyu_verdict_reason_citation(const tuoyu_verdict *verdict, size_t index)
{
    const struct criterion *criterion = criterion_at(verdict, index);
    if (!criterion)
        return NULL;
    return criterion->citation.text.bytes ? criterion->citation.text.bytes : "";
}

int32_t tuoyu_verdict_reason_overrides(const tuoyu_verdict *verdict, size_t index)
{
    const struct criterion *criterion = criterion_at(verdict, index);
    return criterion ? criterion->overrides : 0;
}

const char *tuoyu_verdict_exception(const tuoyu_verdict *verdict)
{
    return verdict && verdict->exception ? verdict->exception->id.bytes : NULL;
}

/* ---- What would settle it ---- */

/* Which one the member at index of a set is, or MOST_SET_MEMBERS at its end. */
static size_t member_at(const struct verdict_sets *sets, size_t set, size_t index)
{
    size_t member = 0;
    if (set >= sets->count)
        return MOST_SET_MEMBERS;
    for (; member < MOST_SET_MEMBERS; member++) {
        if (!(sets->sets[set] >> member & 1))
            continue;
        if (index == 0)
            return member;
        index--;
    }
    return member;
}

size_t tuoyu_verdict_deciding_count(const tuoyu_verdict *verdict)
{
    return verdict ? verdict->deciding.count : 0;
}

const char *tuoyu_verdict_deciding_fact(const tuoyu_verdict *verdict, size_t set, size_t index)
{
    size_t member = verdict ? member_at(&verdict->deciding, set, index) : MOST_SET_MEMBERS;
    return member < MOST_SET_MEMBERS ? verdict_fact_name(verdict, member).bytes : NULL;
}

size_t tuoyu_verdict_change_count(const tuoyu_verdict *verdict)
{
    return verdict ? verdict->to_become_eligible.count : 0;
}

const char *tuoyu_verdict_change_criterion(const tuoyu_verdict *verdict, size_t set, size_t index)
{
    size_t member = verdict ? member_at(&verdict->to_become_eligible, set, index) : MOST_SET_MEMBERS;
    return member < MOST_SET_MEMBERS ? verdict_criterion_id(verdict, member).bytes : NULL;
}
