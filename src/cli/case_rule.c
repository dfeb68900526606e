/* SPDX-License-Identifier: Apache-2.0 */
/* Opens and asks rules over one case, whatever their kind. */
#include "cli/case_rule.h"

#include <string.h>

int32_t find_rule_kind(const tuoyu_policy *policy, const char *name, tuoyu_diagnostics *diagnostics)
{
    size_t index = 0;
    tuoyu_status status = tuoyu_policy_find_rule(policy, name, TUOYU_NUL_TERMINATED, &index, diagnostics);
    return must_have_memory(status) == TUOYU_OK ? tuoyu_policy_rule_kind(policy, index) : 0;
}

tuoyu_status case_rule_open(struct case_rule *rule, tuoyu_policy *policy, const char *name, int32_t kind,
                            tuoyu_diagnostics *diagnostics)
{
    *rule = (struct case_rule){.name = name, .kind = kind};
    tuoyu_status status = TUOYU_ERROR_INVALID_ARGUMENT;
    if (kind == TUOYU_RULE_PRICING)
        status = tuoyu_policy_pricing(policy, name, TUOYU_NUL_TERMINATED, &rule->pricing, diagnostics);
    if (kind == TUOYU_RULE_COST_SHARING)
        status =
            tuoyu_policy_cost_sharing(policy, name, TUOYU_NUL_TERMINATED, &rule->cost_sharing, diagnostics);
    if (kind == TUOYU_RULE_ELIGIBILITY)
        status =
            tuoyu_policy_eligibility(policy, name, TUOYU_NUL_TERMINATED, &rule->eligibility, diagnostics);
    return must_have_memory(status);
}

/* Gives the rule's handles back and makes it empty. */
void case_rule_close(struct case_rule *rule)
{
    tuoyu_pricing_unref(rule->pricing);
    tuoyu_cost_sharing_unref(rule->cost_sharing);
    tuoyu_eligibility_unref(rule->eligibility);
    *rule = (struct case_rule){.name = NULL};
}

tuoyu_status case_rule_answer(const struct case_rule *rule, const tuoyu_case *facts, int32_t as_of,
                              struct case_answer *answer, tuoyu_diagnostics *diagnostics)
{
    *answer = (struct case_answer){.answer = NULL};
    tuoyu_status status = TUOYU_ERROR_INVALID_ARGUMENT;
    if (rule->kind == TUOYU_RULE_PRICING) {
        status = tuoyu_pricing_quote(rule->pricing, facts, as_of, &answer->quote, diagnostics);
        if (status == TUOYU_OK)
            answer->answer = tuoyu_quote_answer(answer->quote);
    } else if (rule->kind == TUOYU_RULE_COST_SHARING) {
        status = tuoyu_cost_sharing_split(rule->cost_sharing, facts, as_of, &answer->split, diagnostics);
        if (status == TUOYU_OK)
            answer->answer = tuoyu_split_answer(answer->split);
    } else if (rule->kind == TUOYU_RULE_ELIGIBILITY) {
        status = tuoyu_eligibility_verdict(rule->eligibility, facts, as_of, &answer->verdict, diagnostics);
        if (status == TUOYU_OK)
            answer->answer = tuoyu_verdict_answer(answer->verdict);
    }
    return must_have_memory(status);
}

/* Frees the answer and makes it empty. */
void case_answer_free(struct case_answer *answer)
{
    tuoyu_quote_free(answer->quote);
    tuoyu_split_free(answer->split);
    tuoyu_verdict_free(answer->verdict);
    *answer = (struct case_answer){.answer = NULL};
}

/* The word of a value that counts from 1, or "" for any other value. */
static const char *word_of(const char *const *words, size_t count, int32_t value)
{
    return value >= 1 && (size_t)value <= count ? words[value - 1] : "";
}

const char *outcome_word(int32_t outcome)
{
    static const char *const WORDS[] = {"determined", "undetermined", "not_applicable", "error",
                                        "not_in_force"};
    return word_of(WORDS, 5, outcome);
}

const char *standing_word(int32_t standing)
{
    static const char *const WORDS[] = {"cited", "derived", "draft", "assumed", "proposed"};
    return word_of(WORDS, 5, standing);
}

const char *decision_word(int32_t decision)
{
    static const char *const WORDS[] = {"eligible", "ineligible", "undetermined", "not_applicable"};
    return word_of(WORDS, 4, decision);
}
