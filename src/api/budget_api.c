/* SPDX-License-Identifier: Apache-2.0 */
/* The public functions of budgets and payouts. */
#include <tuoyu/budgets.h>

#include "api/rule_handle.h"
#include "base/plain_text.h"
#include "ledger/previous_payout.h"

/* ---- Budget ---- */

/* Reports that the rule has no budget; returns TUOYU_ERROR_NOT_FOUND. */
static tuoyu_status report_no_budget(const struct rule *rule, tuoyu_diagnostics *diagnostics)
{
    return report(diagnostics, TUOYU_ERROR_NOT_FOUND, rule->where, TEXT("give the rule a budget"),
                  "the rule `%.*s` has no budget", TEXT_ARGUMENTS(rule->full_name));
}

tuoyu_status tuoyu_cost_sharing_budget(const tuoyu_cost_sharing *cost_sharing, const tuoyu_case *facts,
                                       int32_t as_of, tuoyu_budget **out, tuoyu_diagnostics *diagnostics)
{
    if (!out)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    *out = NULL;
    if (!cost_sharing)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    const struct tuoyu_case any = {.policy = cost_sharing->rule.policy};
    tuoyu_status status =
        rule_handle_check(&cost_sharing->rule, facts ? facts : &any, as_of, out, diagnostics);
    if (status != TUOYU_OK)
        return status;
    cost_sharing = budget_rule_on(cost_sharing, as_of);
    if (!cost_sharing->budget)
        return report_no_budget(&cost_sharing->rule, diagnostics);
    return budget_make(cost_sharing, facts, as_of, out, diagnostics);
}

/* Frees the budget; NULL is allowed. */
void tuoyu_budget_free(tuoyu_budget *budget)
{
    budget_free(budget);
}

tuoyu_status tuoyu_budget_add(tuoyu_budget *budget, const char *id, size_t id_length, const tuoyu_case *claim,
                              tuoyu_diagnostics *diagnostics)
{
    if (!budget || !id)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    tuoyu_status status = rule_handle_check(&budget->rule->rule, claim, budget->as_of, budget, diagnostics);
    struct text text = text_without_outer_space(text_of(id, id_length));
    return status == TUOYU_OK ? budget_add(budget, text, claim, diagnostics) : status;
}

tuoyu_status tuoyu_budget_add_unreadable(tuoyu_budget *budget, const char *id, size_t id_length,
                                         tuoyu_status code, tuoyu_diagnostics *diagnostics)
{
    if (!budget || code >= TUOYU_OK)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    struct text text = id ? text_without_outer_space(text_of(id, id_length)) : TEXT("");
    return budget_add_unreadable(budget, text, code, diagnostics);
}

tuoyu_status tuoyu_budget_pay(tuoyu_budget *budget, tuoyu_payout **out, tuoyu_diagnostics *diagnostics)
{
    if (!out)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    *out = NULL;
    return budget ? budget_pay(budget, out, diagnostics) : TUOYU_ERROR_INVALID_ARGUMENT;
}

tuoyu_status tuoyu_budget_follow(tuoyu_budget *budget, const char *receipt, size_t receipt_length,
                                 tuoyu_diagnostics *diagnostics)
{
    if (!budget || !receipt)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    return budget_follow(budget, text_of(receipt, receipt_length), diagnostics);
}

/* ---- Payout ---- */

/* The unit of all amounts of the payout; NULL for NULL. */
const char *tuoyu_payout_unit(const tuoyu_payout *payout)
{
    return payout ? payout->answer.rule->unit.bytes : NULL;
}

tuoyu_status tuoyu_payout_budget(const tuoyu_payout *payout, tuoyu_decimal *out)
{
    return payout ? answer_number_give(&payout->budget, out) : TUOYU_ERROR_INVALID_ARGUMENT;
}

tuoyu_status tuoyu_payout_overspent(const tuoyu_payout *payout, tuoyu_decimal *out)
{
    return payout ? answer_number_give(&payout->overspent, out) : TUOYU_ERROR_INVALID_ARGUMENT;
}

/* What is paid in all. TUOYU_ERROR_NOT_FOUND if the budget is not known. */
tuoyu_status tuoyu_payout_paid(const tuoyu_payout *payout, tuoyu_decimal *out)
{
    return payout ? answer_number_give(&payout->paid, out) : TUOYU_ERROR_INVALID_ARGUMENT;
}

/* What is left of the budget. TUOYU_ERROR_NOT_FOUND if the budget is not known. */
tuoyu_status tuoyu_payout_left(const tuoyu_payout *payout, tuoyu_decimal *out)
{
    return payout ? answer_number_give(&payout->left, out) : TUOYU_ERROR_INVALID_ARGUMENT;
}

/* What was claimed and is not paid. TUOYU_ERROR_NOT_FOUND if the budget is not known. */
tuoyu_status tuoyu_payout_unpaid(const tuoyu_payout *payout, tuoyu_decimal *out)
{
    return payout ? answer_number_give(&payout->unpaid, out) : TUOYU_ERROR_INVALID_ARGUMENT;
}

tuoyu_status tuoyu_payout_used(const tuoyu_payout *payout, tuoyu_decimal *out)
{
    return payout ? answer_number_give(&payout->used, out) : TUOYU_ERROR_INVALID_ARGUMENT;
}

tuoyu_status tuoyu_payout_claw_back(const tuoyu_payout *payout, tuoyu_decimal *out)
{
    return payout ? answer_number_give(&payout->claw_back, out) : TUOYU_ERROR_INVALID_ARGUMENT;
}

/* ---- Totals ---- */

/* Gives a number that is always known. */
static tuoyu_status give(tuoyu_decimal number, tuoyu_decimal *out)
{
    return answer_number_give(&(struct answer_number){.is_given = true, .number = number}, out);
}

tuoyu_status tuoyu_payout_whole(const tuoyu_payout *payout, tuoyu_decimal *out)
{
    return payout ? give(payout->whole, out) : TUOYU_ERROR_INVALID_ARGUMENT;
}

/* The rule whose payers the payout has shares of. */
static const struct tuoyu_cost_sharing *rule_of(const tuoyu_payout *payout)
{
    return cost_sharing_of(payout->answer.rule);
}

/* How many payers the rule has; 0 for NULL. */
size_t tuoyu_payout_payer_count(const tuoyu_payout *payout)
{
    return payout ? rule_of(payout)->payer_count : 0;
}

/* The id of a payer of the rule; NULL if there is none with this index. */
const char *tuoyu_payout_payer_id(const tuoyu_payout *payout, size_t index)
{
    return index < tuoyu_payout_payer_count(payout) ? rule_of(payout)->payers[index].id.bytes : NULL;
}

tuoyu_status tuoyu_payout_payer_share(const tuoyu_payout *payout, size_t index, tuoyu_decimal *out)
{
    bool is_there = index < tuoyu_payout_payer_count(payout);
    return is_there ? give(payout->shares[index], out) : TUOYU_ERROR_INVALID_ARGUMENT;
}

/* The totals of a state; NULL if there is no payout or no such state. */
static const struct claim_totals *totals_of(const tuoyu_payout *payout, int32_t state)
{
    return payout && state >= 0 && state < CLAIM_STATE_COUNT ? &payout->states[state] : NULL;
}

size_t tuoyu_payout_state_count(const tuoyu_payout *payout, int32_t state)
{
    const struct claim_totals *totals = totals_of(payout, state);
    return totals ? totals->count : 0;
}

tuoyu_status tuoyu_payout_state_claimed(const tuoyu_payout *payout, int32_t state, tuoyu_decimal *out)
{
    const struct claim_totals *totals = totals_of(payout, state);
    return totals ? give(totals->claimed, out) : TUOYU_ERROR_INVALID_ARGUMENT;
}

tuoyu_status tuoyu_payout_state_paid(const tuoyu_payout *payout, int32_t state, tuoyu_decimal *out)
{
    const struct claim_totals *totals = totals_of(payout, state);
    return totals ? give(totals->paid, out) : TUOYU_ERROR_INVALID_ARGUMENT;
}

/* ---- Claims ---- */

/* NULL if there is no payout or no claim with this index. */
static const struct payout_claim *claim_at(const tuoyu_payout *payout, size_t index)
{
    return payout && index < payout->claim_count ? &payout->claims[index] : NULL;
}

size_t tuoyu_payout_claim_count(const tuoyu_payout *payout)
{
    return payout ? payout->claim_count : 0;
}

/* The id that the claim was added under; NULL if there is no claim with this index. */
const char *tuoyu_payout_claim_id(const tuoyu_payout *payout, size_t index)
{
    const struct payout_claim *claim = claim_at(payout, index);
    return claim ? claim->id.bytes : NULL;
}

tuoyu_status tuoyu_payout_claim_claimed(const tuoyu_payout *payout, size_t index, tuoyu_decimal *out)
{
    const struct payout_claim *claim = claim_at(payout, index);
    return claim ? answer_number_give(&claim->claimed, out) : TUOYU_ERROR_INVALID_ARGUMENT;
}

tuoyu_status tuoyu_payout_claim_paid(const tuoyu_payout *payout, size_t index, tuoyu_decimal *out)
{
    const struct payout_claim *claim = claim_at(payout, index);
    return claim ? answer_number_give(&claim->paid, out) : TUOYU_ERROR_INVALID_ARGUMENT;
}

tuoyu_status tuoyu_payout_claim_paid_before(const tuoyu_payout *payout, size_t index, tuoyu_decimal *out)
{
    const struct payout_claim *claim = claim_at(payout, index);
    return claim ? answer_number_give(&claim->paid_before, out) : TUOYU_ERROR_INVALID_ARGUMENT;
}

tuoyu_status tuoyu_payout_claim_claw_back(const tuoyu_payout *payout, size_t index, tuoyu_decimal *out)
{
    const struct payout_claim *claim = claim_at(payout, index);
    return claim ? answer_number_give(&claim->claw_back, out) : TUOYU_ERROR_INVALID_ARGUMENT;
}

int32_t tuoyu_payout_claim_state(const tuoyu_payout *payout, size_t index)
{
    const struct payout_claim *claim = claim_at(payout, index);
    return claim ? claim->state : TUOYU_CLAIM_OPEN;
}

tuoyu_status tuoyu_payout_claim_code(const tuoyu_payout *payout, size_t index)
{
    const struct payout_claim *claim = claim_at(payout, index);
    return claim ? claim->code : TUOYU_ERROR_INVALID_ARGUMENT;
}

size_t tuoyu_payout_claim_duplicates(const tuoyu_payout *payout, size_t index)
{
    const struct payout_claim *claim = claim_at(payout, index);
    return claim ? claim->duplicates : 0;
}

bool tuoyu_payout_claim_is_final(const tuoyu_payout *payout, size_t index)
{
    const struct payout_claim *claim = claim_at(payout, index);
    return claim && claim->is_final;
}

const char *tuoyu_payout_claim_missing(const tuoyu_payout *payout, size_t index, size_t missing)
{
    const struct payout_claim *claim = claim_at(payout, index);
    return claim && missing < claim->missing_count ? claim->missing[missing].bytes : NULL;
}
