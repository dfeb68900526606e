/* SPDX-License-Identifier: Apache-2.0 */
/* Budgets, their claims, and the numbers of payouts. */
#include "call_parts.h"

tuoyu_budget *call_cost_sharing_budget(tuoyu_call *call, const tuoyu_cost_sharing *cost_sharing,
                                       const tuoyu_case *facts, int as_of)
{
    tuoyu_budget *budget = NULL;
    if (call)
        call->status = tuoyu_cost_sharing_budget(cost_sharing, facts, as_of, &budget, begin(call));
    return budget;
}

void call_budget_add(tuoyu_call *call, tuoyu_budget *budget, const char *id, size_t id_length,
                     const tuoyu_case *claim)
{
    if (call)
        call->status = tuoyu_budget_add(budget, id, id_length, claim, begin(call));
}

void call_budget_add_unreadable(tuoyu_call *call, tuoyu_budget *budget, const char *id, size_t id_length,
                                int code)
{
    if (call)
        call->status = tuoyu_budget_add_unreadable(budget, id, id_length, code, begin(call));
}

void call_budget_follow(tuoyu_call *call, tuoyu_budget *budget, const char *receipt, size_t receipt_length)
{
    if (call)
        call->status = tuoyu_budget_follow(budget, receipt, receipt_length, begin(call));
}

tuoyu_payout *call_budget_pay(tuoyu_call *call, tuoyu_budget *budget)
{
    tuoyu_payout *payout = NULL;
    if (call)
        call->status = tuoyu_budget_pay(budget, &payout, begin(call));
    return payout;
}

const char *call_payout_number(tuoyu_call *call, const tuoyu_payout *payout, int which)
{
    static tuoyu_status (*const NUMBERS[])(const tuoyu_payout *, tuoyu_decimal *) = {
        [PAYOUT_BUDGET] = tuoyu_payout_budget,       [PAYOUT_PAID] = tuoyu_payout_paid,
        [PAYOUT_LEFT] = tuoyu_payout_left,           [PAYOUT_UNPAID] = tuoyu_payout_unpaid,
        [PAYOUT_OVERSPENT] = tuoyu_payout_overspent, [PAYOUT_USED] = tuoyu_payout_used,
        [PAYOUT_CLAW_BACK] = tuoyu_payout_claw_back, [PAYOUT_WHOLE] = tuoyu_payout_whole};
    tuoyu_decimal number;
    if (!call || which < 0 || which > PAYOUT_WHOLE)
        return NULL;
    return call_number_text(call, NUMBERS[which](payout, &number), &number);
}

CALL_NUMBER_AT(payout_claim_claimed, tuoyu_payout)
CALL_NUMBER_AT(payout_claim_paid, tuoyu_payout)
CALL_NUMBER_AT(payout_claim_paid_before, tuoyu_payout)
CALL_NUMBER_AT(payout_claim_claw_back, tuoyu_payout)
CALL_NUMBER_AT(payout_payer_share, tuoyu_payout)

const char *call_payout_state_claimed(tuoyu_call *call, const tuoyu_payout *payout, int state)
{
    tuoyu_decimal number;
    if (!call)
        return NULL;
    return call_number_text(call, tuoyu_payout_state_claimed(payout, state, &number), &number);
}

const char *call_payout_state_paid(tuoyu_call *call, const tuoyu_payout *payout, int state)
{
    tuoyu_decimal number;
    if (!call)
        return NULL;
    return call_number_text(call, tuoyu_payout_state_paid(payout, state, &number), &number);
}
