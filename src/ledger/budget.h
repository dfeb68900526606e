/* SPDX-License-Identifier: Apache-2.0 */
/* A budget of a cost-sharing rule: the claims that are added to it, and who is paid. Each claim is split as
 * the case that it is, by the function that answers cases; what is kept of it is small. */
#ifndef TUOYU_LEDGER_BUDGET_H
#define TUOYU_LEDGER_BUDGET_H

#include "rules/answer.h"
#include "rules/case_facts.h"
#include "rules/lowering.h"

/* A claim as it was added, or a record that could not be made one. */
struct claim {
    struct text id;          /* empty where a record has none */
    struct digest_sum facts; /* of its id and facts as a line: equal for records that say the same */
    size_t duplicates;       /* further records under its id */
    bool is_contested;       /* one of them says something else, so that none of them is paid */
    bool is_unreadable;      /* it was not made a claim; `facts` says nothing */
    struct answer_number claimed;
    struct value *keys; /* by key of the order; null: comes last. NULL where it is not in line */
    bool is_in_line;    /* something is due and its place is known */
    int32_t state;      /* TUOYU_CLAIM_…; of one in line decided by paying */
    tuoyu_status code;
    struct text *missing;
    size_t missing_count;
};

struct tuoyu_budget {
    struct tuoyu_policy *policy;
    const struct tuoyu_cost_sharing *rule;
    int32_t as_of;
    struct tuoyu_case *facts; /* of the budget itself */
    struct arena arena;
    struct claim **claims; /* one an id, in the order they were added */
    size_t claim_count, claim_capacity;
    size_t record_count;               /* claims, their duplicates and what could not be made a claim */
    struct map ids;                    /* to the claim; those of records without an id are not there */
    struct digest digest;              /* of every record, in the order they were added */
    struct text_builder row;           /* the one that is written for it */
    struct answer_citation *citations; /* that the claims rest on, in order of use */
    size_t citation_count, citation_capacity;
    struct answer_missing *missing; /* that open claims wait for, each once */
    size_t missing_count, missing_capacity;
    struct map missing_names;
};

/* The version of the rule whose budget is opened on a day. */
static inline const struct tuoyu_cost_sharing *budget_rule_on(const struct tuoyu_cost_sharing *rule,
                                                              int32_t as_of)
{
    return cost_sharing_of(rule_on(&rule->rule, as_of));
}

/* facts: may be NULL. The rule is the version of that day, and has a budget. */
tuoyu_status budget_make(const struct tuoyu_cost_sharing *rule, const struct tuoyu_case *facts, int32_t as_of,
                         struct tuoyu_budget **out, tuoyu_diagnostics *diagnostics);
void budget_free(struct tuoyu_budget *budget);
/* claim.c */
tuoyu_status budget_add(struct tuoyu_budget *budget, struct text id, const struct tuoyu_case *facts,
                        tuoyu_diagnostics *diagnostics);
/* Lists a record that could not be made a claim, because of `code`. id: may be empty. */
tuoyu_status budget_add_unreadable(struct tuoyu_budget *budget, struct text id, tuoyu_status code,
                                   tuoyu_diagnostics *diagnostics);
/* payout.c */
tuoyu_status budget_pay(struct tuoyu_budget *budget, struct tuoyu_payout **out,
                        tuoyu_diagnostics *diagnostics);

#endif
