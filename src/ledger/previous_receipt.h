/* SPDX-License-Identifier: Apache-2.0 */
/* The receipt of an earlier payout as it is read: nothing in it is believed yet but that its own sums agree.
 */
#ifndef TUOYU_LEDGER_PREVIOUS_RECEIPT_H
#define TUOYU_LEDGER_PREVIOUS_RECEIPT_H

#include "base/json_scan.h"
#include "rules/answer.h"

struct recorded_pack {
    struct text id, sum; /* sum: SHA-256 of its text, in hexadecimal digits */
};

/* A fact of the budget: null, a boolean, or a text. */
struct recorded_fact {
    struct text name, text;
    char first; /* the first byte of the value: `n`, `t`, `f` or `"` */
};

/* What the earlier payout says of a claim. */
struct recorded_claim {
    struct text id, state;
    struct answer_number claimed, paid;
    struct answer_number due; /* of `claimed`, what had not been paid before; not given where nothing was */
    int64_t records;          /* under its id */
};

/* What a claim was paid in all payouts before. */
struct paid_before {
    struct text id;
    tuoyu_decimal amount;
};

struct previous_receipt {
    struct text rule, unit;
    int32_t as_of;
    struct recorded_pack *packs;
    size_t pack_count, pack_capacity;
    struct recorded_fact *facts;
    size_t fact_count, fact_capacity;
    struct recorded_claim *claims;
    size_t claim_count, claim_capacity;
    int64_t record_count;
    struct answer_number budget, overspent, paid, left, unpaid;
    bool has_changes;          /* it is of a simulation: numbers of its packs were changed */
    bool has_previous;         /* it followed on a payout itself */
    struct answer_number used; /* of the budget before it; given where has_previous */
    struct paid_before *before;
    size_t before_count, before_capacity;
};

/* Reads a receipt; its texts are the arena's. Returns NULL, or in words what is wrong with it; an arena that
 * failed says so itself. */
const char *previous_receipt_read(struct text text, struct arena *arena, struct previous_receipt *receipt);
/* Whether the amounts of the receipt agree with each other to the fen. Returns NULL, or in words which do
 * not. */
const char *previous_receipt_check(const struct previous_receipt *receipt);

#endif
