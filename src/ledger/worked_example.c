/* SPDX-License-Identifier: Apache-2.0 */
/* Runs worked examples, of every kind of answer: as one case, as the rows of a tally, or as the claims of a
 * budget. */
#include "ledger/worked_example.h"

#include <string.h>

#include "ledger/budget.h"
#include "ledger/example_comparison.h"
#include "ledger/worked_list.h"
#include "rules/rule_kind.h"
#include "tally/tally.h"

struct outcome_of_run {
    tuoyu_status status;
    struct tuoyu_answer *answer;
};

/* ---- Running ---- */

/* Adds the rows of an example to a tally. `facts` is emptied for each of them. Ends with the first error. */
static tuoyu_status tally_rows(struct tuoyu_tally *tally, struct tuoyu_case *facts,
                               const struct pack_example *example, tuoyu_diagnostics *diagnostics)
{
    for (size_t i = 0; i < example->row_count; i++) {
        const struct pack_example_row *row = &example->rows[i];
        case_forget(facts);
        tuoyu_status status = case_set_given(facts, row->facts, row->fact_count, diagnostics);
        if (status == TUOYU_OK)
            status = tally_add(tally, row->entity, facts, diagnostics);
        if (status != TUOYU_OK)
            return status;
    }
    return TUOYU_OK;
}

/* Measures the rows of an example. `out` points to a pointer to the measure, which is NULL on an error. */
static tuoyu_status run_rows(const struct rule *rule, struct tuoyu_case *facts,
                             const struct pack_example *example, void *out, tuoyu_diagnostics *diagnostics)
{
    struct tuoyu_tally *tally;
    struct tuoyu_measure *measure = NULL;
    tuoyu_status status = tally_make(indicator_of(rule), example->as_of, &tally, diagnostics);
    if (status != TUOYU_OK)
        return status;
    status = tally_rows(tally, facts, example, diagnostics);
    if (status == TUOYU_OK)
        status = tally_measure(tally, example->region_kind, example->region_id, &measure, diagnostics);
    memcpy(out, &measure, sizeof measure);
    tally_free(tally);
    return status;
}

/* Adds the claims of an example to a budget. A claim in error is listed as such, so that the others can
 * still be compared. */
static tuoyu_status add_claims(struct tuoyu_budget *budget, struct tuoyu_case *facts,
                               const struct pack_example *example, tuoyu_diagnostics *diagnostics)
{
    for (size_t i = 0; i < example->claim_count; i++) {
        const struct pack_example_row *claim = &example->claims[i];
        case_forget(facts);
        tuoyu_status status = case_set_given(facts, claim->facts, claim->fact_count, diagnostics);
        if (status != TUOYU_OK)
            return status;
        status = budget_add(budget, claim->entity, facts, diagnostics);
        if (work_has_ended(status) || status == TUOYU_ERROR_DUPLICATE)
            return status;
    }
    return TUOYU_OK;
}

/* Pays the claims of an example. `out` points to a pointer to the payout, which is NULL on an error. */
static tuoyu_status run_claims(const struct rule *rule, struct tuoyu_case *facts,
                               const struct pack_example *example, void *out, tuoyu_diagnostics *diagnostics)
{
    const struct tuoyu_cost_sharing *cost_sharing = NULL;
    struct tuoyu_budget *budget = NULL;
    struct tuoyu_payout *payout = NULL;
    if (rule->kind == TUOYU_RULE_COST_SHARING)
        cost_sharing = budget_rule_on(cost_sharing_of(rule), example->as_of);
    if (!cost_sharing || !cost_sharing->budget)
        return report(diagnostics, TUOYU_ERROR_EVALUATION, example->where, TEXT("give the rule a budget"),
                      "claims are paid from a budget, but `%.*s` has none", TEXT_ARGUMENTS(rule->full_name));
    tuoyu_status status = budget_make(cost_sharing, facts, example->as_of, &budget, diagnostics);
    if (status == TUOYU_OK)
        status = add_claims(budget, facts, example, diagnostics);
    if (status == TUOYU_OK)
        status = budget_pay(budget, &payout, diagnostics);
    memcpy(out, &payout, sizeof payout);
    budget_free(budget);
    return status;
}

/* Answers an example. The answer is owned by the caller, and NULL if the status is not TUOYU_OK. */
static struct outcome_of_run run(struct tuoyu_policy *policy, const struct policy_example *item,
                                 tuoyu_diagnostics *diagnostics)
{
    const struct pack_example *example = item->example;
    struct outcome_of_run result = {.answer = NULL};
    struct tuoyu_case *facts;
    result.status = case_make(policy, &facts);
    if (result.status != TUOYU_OK)
        return result;
    const struct rule *rule = policy->rules[item->rule];
    const struct rule_kind *kind = kind_of_rule(rule);
    if (!kind->answer_case) {
        result.status = run_rows(rule, facts, example, &result.answer, diagnostics);
    } else {
        result.status = case_set_given(facts, example->given, example->given_count, diagnostics);
        if (result.status == TUOYU_OK && example->claim_count)
            result.status = run_claims(rule, facts, example, &result.answer, diagnostics);
        else if (result.status == TUOYU_OK)
            result.status = kind->answer_case(rule, facts, example->as_of, &result.answer, diagnostics);
    }
    case_free(facts);
    return result;
}

/* ---- Running and comparing ---- */

tuoyu_status example_run(struct tuoyu_policy *policy, const struct policy_example *example, bool *passed,
                         tuoyu_diagnostics *diagnostics)
{
    tuoyu_diagnostics *found;
    if (example->example->case_count)
        return worked_list_run(policy, example, passed, diagnostics);
    *passed = false;
    if (diagnostics_new_like(&policy->arena.allocator, diagnostics, &found) != TUOYU_OK)
        return report_no_memory(diagnostics);
    struct outcome_of_run result = run(policy, example, found);
    if (result.status == TUOYU_OK)
        *passed = example_compare_answer(example->example, result.answer, diagnostics);
    else if (!work_has_ended(result.status))
        *passed = example_compare_error(example->example, result.status, found, diagnostics);
    answer_free(result.answer);
    tuoyu_diagnostics_free(found);
    return example_status(result.status, diagnostics);
}

tuoyu_status example_to_json(struct tuoyu_policy *policy, const struct policy_example *example,
                             tuoyu_text **out, tuoyu_diagnostics *diagnostics)
{
    if (example->example->case_count)
        return worked_list_to_json(policy, example, out, diagnostics);
    struct outcome_of_run result = run(policy, example, diagnostics);
    if (result.status == TUOYU_OK)
        result.status = answer_to_json(result.answer, out);
    answer_free(result.answer);
    return result.status;
}
