/* SPDX-License-Identifier: Apache-2.0 */
/* Opens a budget of a cost-sharing rule with facts of its own, and frees it. What is left of it is a slot
 * that is never below zero, so that no claim can be paid a negative amount. */
#include "ledger/budget.h"

#include <string.h>

/* ---- Making ---- */

/* Makes the budget's own case, with a copy of the facts if there are any. Returns TUOYU_OK or the status of
 * the first error. */
static tuoyu_status prepare_facts(struct tuoyu_budget *budget, const struct tuoyu_case *facts)
{
    return facts ? case_copy(facts, &budget->facts) : case_make(budget->policy, &budget->facts);
}

/* Reports a rule that is not in force, or an error in what there is to pay from. That may be not known
 * yet. */
static tuoyu_status check_in(const struct tuoyu_budget *budget, struct evaluation *evaluation,
                             tuoyu_diagnostics *diagnostics)
{
    const struct rule *rule = &budget->rule->rule;
    struct text what = message_text(&evaluation->arena, "the rule `%.*s`", TEXT_ARGUMENTS(rule->full_name));
    if (!what.bytes)
        return TUOYU_ERROR_NO_MEMORY;
    const struct cause *cause =
        evaluation_check_period(evaluation, what, rule->first_day, rule->last_day, rule->where);
    if (cause)
        return evaluation_status(evaluation, value_null(cause), diagnostics);
    struct roots roots = {.slots = NULL};
    struct value left;
    return rule_need(evaluation, &roots, budget->rule->budget->left, &left, diagnostics);
}

/* check_in() in an evaluation that is borrowed for it. Returns TUOYU_OK or the status of the first error. */
static tuoyu_status check(const struct tuoyu_budget *budget, tuoyu_diagnostics *diagnostics)
{
    struct evaluation *evaluation = case_begin(budget->facts, budget->as_of);
    if (!evaluation)
        return TUOYU_ERROR_NO_MEMORY;
    tuoyu_status status = check_in(budget, evaluation, diagnostics);
    case_end(budget->facts, evaluation);
    return status;
}

tuoyu_status budget_make(const struct tuoyu_cost_sharing *rule, const struct tuoyu_case *facts, int32_t as_of,
                         struct tuoyu_budget **out, tuoyu_diagnostics *diagnostics)
{
    struct tuoyu_policy *policy = rule->rule.policy;
    *out = NULL;
    struct tuoyu_budget *budget = allocator_allocate(&policy->arena.allocator, sizeof *budget);
    if (!budget)
        return report_no_memory(diagnostics);
    memset(budget, 0, sizeof *budget);
    budget->policy = policy_ref(policy);
    budget->rule = rule;
    budget->as_of = as_of;
    arena_init(&budget->arena, &policy->arena.allocator);
    text_builder_init(&budget->row, &policy->arena.allocator);
    map_init(&budget->ids, &budget->arena);
    map_init(&budget->missing_names, &budget->arena);
    digest_init(&budget->digest);
    tuoyu_status status = prepare_facts(budget, facts);
    if (status == TUOYU_OK)
        status = check(budget, diagnostics);
    if (status == TUOYU_ERROR_NO_MEMORY)
        report_no_memory(diagnostics);
    if (status == TUOYU_OK)
        *out = budget;
    else
        budget_free(budget);
    return status;
}

void budget_free(struct tuoyu_budget *budget)
{
    if (!budget)
        return;
    struct tuoyu_policy *policy = budget->policy;
    tuoyu_allocator allocator = policy->arena.allocator;
    case_free(budget->facts);
    text_builder_free(&budget->row);
    arena_free(&budget->arena);
    allocator_free(&allocator, budget, sizeof *budget);
    policy_unref(policy);
}
