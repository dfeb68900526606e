/* SPDX-License-Identifier: Apache-2.0 */
/* A budget of a cost-sharing rule: the claims that are added to it, and who is paid. Each claim is split
 * like any case, and little of it is kept. */
#ifndef TUOYU_LEDGER_BUDGET_H
#define TUOYU_LEDGER_BUDGET_H

#include "rules/answer.h"
#include "rules/case_facts.h"
#include "rules/lowering.h"

/* A claim as it was added, or a record that could not be made one. */
struct claim {
    struct text id;          /* the record's id; empty if it has none */
    struct digest_sum facts; /* digest of its id and facts as a line; equal for records that say the same */
    size_t duplicates;       /* number of further records with the same id */
    bool is_contested;  /* true if records with this id say different things, so that none of them is paid */
    bool is_unreadable; /* the record could not be made a claim, and `facts` is not set */
    struct answer_number claimed;
    struct answer_number paid_before; /* in the payouts that the budget follows on; not given: nothing */
    struct answer_number due;         /* of `claimed`, what was not paid before */
    struct answer_number claw_back;   /* what was paid too much; not given: nothing */
    struct answer_number whole;       /* of its split, and the shares by payer of the rule */
    tuoyu_decimal *shares;
    struct value *keys; /* by key of the order; a null comes last. NULL if the claim is not in line */
    bool is_in_line;    /* true if something is due and its place in the order is known */
    int32_t state;      /* TUOYU_CLAIM_…; for a claim in line the payout decides it */
    tuoyu_status code;
    struct text *missing;
    size_t missing_count;
};

struct previous_payout;

struct tuoyu_budget {
    struct tuoyu_policy *policy;
    const struct tuoyu_cost_sharing *rule;
    int32_t as_of;
    struct tuoyu_case *facts; /* the facts of the budget itself */
    struct arena arena;
    struct claim **claims; /* one for each id, in the order in which they were added */
    size_t claim_count, claim_capacity;
    size_t record_count;     /* number of claims, duplicates and records that could not be made a claim */
    struct map ids;          /* from id to claim; records without an id are not in it */
    struct digest digest;    /* digest of every record, in the order in which they were added */
    struct text_builder row; /* scratch for the line that is digested */
    struct answer_citation *citations; /* what the claims rest on, each once */
    size_t citation_count, citation_capacity;
    struct answer_missing *missing; /* what open claims wait for, each once */
    size_t missing_count, missing_capacity;
    struct map missing_names;
    struct previous_payout *previous; /* that this one follows on, or NULL */
};

/* The version of the rule whose budget is opened on a day. */
static inline const struct tuoyu_cost_sharing *budget_rule_on(const struct tuoyu_cost_sharing *rule,
                                                              int32_t as_of)
{
    return cost_sharing_of(rule_on(&rule->rule, as_of));
}

/* Opens a budget. The rule must be the version of that day and have a budget; `facts` may be NULL. *out is
 * NULL on an error, which is reported. */
tuoyu_status budget_make(const struct tuoyu_cost_sharing *rule, const struct tuoyu_case *facts, int32_t as_of,
                         struct tuoyu_budget **out, tuoyu_diagnostics *diagnostics);
/* Frees a budget and gives its reference to the policy back. NULL is allowed. */
void budget_free(struct tuoyu_budget *budget);
/* claim.c: adds the case as a claim; one that cannot be split is kept as a claim in error, and its error is
 * returned. A second record under an id is kept too. */
tuoyu_status budget_add(struct tuoyu_budget *budget, struct text id, const struct tuoyu_case *facts,
                        tuoyu_diagnostics *diagnostics);
/* Adds a record that could not be made a claim because of the error `code`. The id may be empty. */
tuoyu_status budget_add_unreadable(struct tuoyu_budget *budget, struct text id, tuoyu_status code,
                                   tuoyu_diagnostics *diagnostics);
/* payout.c: what is left of `whole` when `used` was taken from it, in whole fen and never below zero, and by
 * how much more was used than there is. Returns TUOYU_OK or TUOYU_ERROR_OVERFLOW. */
tuoyu_status budget_left(tuoyu_decimal whole, tuoyu_decimal used, tuoyu_decimal *left,
                         tuoyu_decimal *overspent);
/* payout_totals.c: sums up the payout's claims by state, and their shares by payer. TUOYU_OK,
 * TUOYU_ERROR_OVERFLOW or TUOYU_ERROR_NO_MEMORY. */
tuoyu_status payout_sum_totals(const struct tuoyu_budget *budget, struct tuoyu_payout *payout);
/* payout.c: pays the claims added so far. *out is NULL unless TUOYU_OK is returned. */
tuoyu_status budget_pay(struct tuoyu_budget *budget, struct tuoyu_payout **out,
                        tuoyu_diagnostics *diagnostics);

#endif
