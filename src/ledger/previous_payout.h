/* SPDX-License-Identifier: Apache-2.0 */
/* An earlier payout from the same budget that a payout follows on: what of the budget was used by then, and
 * what each claim was paid. It comes from a receipt, which is held against this policy before it counts. */
#ifndef TUOYU_LEDGER_PREVIOUS_PAYOUT_H
#define TUOYU_LEDGER_PREVIOUS_PAYOUT_H

#include "ledger/budget.h"
#include "ledger/previous_receipt.h"

struct previous_payout {
    char sum[DIGEST_TEXT_SIZE]; /* SHA-256 of the receipt */
    int32_t as_of;
    tuoyu_decimal used;        /* of the budget, with what that payout paid */
    struct paid_before **paid; /* one for each claim that was paid anything, in the order of the receipts */
    size_t paid_count, paid_capacity;
    struct map by_id;
    struct text *changed_packs; /* ids of packs that are another version now */
    size_t changed_count;
};

/* Lets the budget follow on the payout of a receipt. Nothing must have been added to it yet. TUOYU_OK;
 * _SYNTAX (no receipt of a payout, or one whose sums do not agree), _INVALID_ARGUMENT (of another rule or
 * budget, or of a later day, or the budget has claims), an error of a fact, _NO_MEMORY; all reported. The
 * budget is as it was then. */
tuoyu_status budget_follow(struct tuoyu_budget *budget, struct text receipt, tuoyu_diagnostics *diagnostics);
/* What the claim was paid before; not given where nothing was. */
struct answer_number paid_before_of(const struct tuoyu_budget *budget, struct text id);

#endif
