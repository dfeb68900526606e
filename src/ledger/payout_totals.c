/* SPDX-License-Identifier: Apache-2.0 */
/* Sums up the claims of a payout: by state what they claim and are paid, and by payer what their splits say.
 */
#include "ledger/budget.h"

/* Adds an amount where it is given. TUOYU_OK or TUOYU_ERROR_OVERFLOW. */
static tuoyu_status add(tuoyu_decimal *sum, const struct answer_number *amount)
{
    return amount->is_given ? decimal_add(*sum, amount->number, sum) : TUOYU_OK;
}

/* Sums up the listed claims by state, and what was paid too much. TUOYU_OK or TUOYU_ERROR_OVERFLOW. */
static tuoyu_status sum_states(struct tuoyu_payout *payout)
{
    tuoyu_status status = TUOYU_OK;
    for (size_t i = 0; i < CLAIM_STATE_COUNT; i++)
        payout->states[i].claimed = payout->states[i].paid = decimal_from_integer(0);
    payout->claw_back = (struct answer_number){.is_given = true, .number = decimal_from_integer(0)};
    for (size_t i = 0; i < payout->claim_count && status == TUOYU_OK; i++) {
        const struct payout_claim *claim = &payout->claims[i];
        struct claim_totals *totals = &payout->states[claim->state];
        totals->count++;
        status = add(&totals->claimed, &claim->claimed);
        if (status == TUOYU_OK)
            status = add(&totals->paid, &claim->paid);
        if (status == TUOYU_OK)
            status = add(&payout->claw_back.number, &claim->claw_back);
    }
    return status;
}

/* Sums up the shares of a claim. TUOYU_OK or TUOYU_ERROR_OVERFLOW. */
static tuoyu_status add_shares(struct tuoyu_payout *payout, const struct claim *claim, size_t payer_count)
{
    tuoyu_status status = add(&payout->whole, &claim->whole);
    for (size_t i = 0; i < payer_count && status == TUOYU_OK; i++)
        status = decimal_add(payout->shares[i], claim->shares[i], &payout->shares[i]);
    return status;
}

tuoyu_status payout_sum_totals(const struct tuoyu_budget *budget, struct tuoyu_payout *payout)
{
    size_t payer_count = budget->rule->payer_count;
    tuoyu_status status = sum_states(payout);
    payout->whole = decimal_from_integer(0);
    payout->shares = ARENA_ARRAY(&payout->answer.arena, tuoyu_decimal, payer_count);
    if (!payout->shares)
        return TUOYU_ERROR_NO_MEMORY;
    for (size_t i = 0; i < payer_count; i++)
        payout->shares[i] = decimal_from_integer(0);
    for (size_t i = 0; i < budget->claim_count && status == TUOYU_OK; i++) {
        const struct claim *claim = budget->claims[i];
        if (claim->whole.is_given && !claim->is_contested)
            status = add_shares(payout, claim, payer_count);
    }
    return status;
}
