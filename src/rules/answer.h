/* SPDX-License-Identifier: Apache-2.0 */
/* Answers: what a rule says of a case. An answer copies what it shows out of the evaluation, so it
 * outlives it; once made, it is immutable. */
#ifndef TUOYU_RULES_ANSWER_H
#define TUOYU_RULES_ANSWER_H

#include <tuoyu/budgets.h>

#include "base/digest.h"
#include "program/evaluation.h"
#include "rules/inputs.h"

struct answer_missing {
    struct text name;
    tuoyu_status code; /* TUOYU_ERROR_FACT_MISSING or TUOYU_ERROR_PARAMETER_UNSET */
    uint32_t slot;     /* the slot of the fact or parameter, or SLOT_NONE */
};

struct answer_citation {
    struct text name;
    struct localised label;
    struct citation citation;
    bool has_value;    /* true for a parameter, whose value is then shown */
    struct text value; /* the parameter's value in `unit`, as text */
    struct text unit;
};

/* A slot that the answer rests on, as it was computed. */
struct trace_entry {
    uint32_t slot;
    /* of a simple kind (boolean, number, date, duration) or a string; a value of another kind is kept as
     * the text that shows it */
    struct value value;
    uint32_t
        *reads; /* indices of the entries that this one was computed from; each is smaller than its own */
    uint32_t read_count;
    uint32_t citation; /* index of the slot's first citation among the answer's, or UINT32_MAX */
};

/* The kinds of answer are the kinds of rule, and the payout of a cost-sharing rule's budget. */
enum {
    ANSWER_PAYOUT = RULE_KIND_COUNT,
    ANSWER_KIND_COUNT /* the length of tables over the kinds of answer; entry 0 is empty */
};

/* The first member of each kind of answer. */
struct tuoyu_answer {
    struct arena arena;          /* holds everything that the answer shows */
    struct tuoyu_policy *policy; /* a reference */
    const struct rule *rule;
    int32_t kind; /* TUOYU_RULE_… of the rule, or ANSWER_PAYOUT */
    int32_t outcome, standing, as_of;
    size_t size; /* of the whole answer as allocated */
    struct answer_missing *missing;
    size_t missing_count;
    struct answer_citation *citations;
    size_t citation_count, citation_capacity;
    struct trace_entry *trace;
    size_t trace_count;
    struct inputs inputs; /* the facts that the case was given; a measure has none */
};

/* A number that may be absent. */
struct answer_number {
    bool is_given;
    tuoyu_decimal number; /* in the unit of what it belongs to */
};

/* What a bound was computed to be. */
struct bound_reading {
    struct answer_number limit; /* the limit of the amount; not given if the bound does not apply */
    struct answer_number laid_down,
        used; /* given only for a bound with `used`: the limit as written, and how much of it is used up */
};

struct quote_step {
    struct text value; /* in its unit; empty where it is not determined */
};

struct tuoyu_quote {
    struct tuoyu_answer answer;
    struct answer_number amount, charged, excess, shortfall, at_most, at_least;
    int32_t complies;
    struct text binding;          /* the bound that decided the amount; bytes NULL: its formula did */
    struct text breaks;           /* what the fee breaks; bytes NULL: nothing */
    struct bound_reading *bounds; /* by bound of the rule */
    struct quote_step *steps;     /* by step of the rule */
};

struct split_subsidy {
    struct answer_number claimed, amount;
    int32_t state;                /* TUOYU_SUBSIDY_… */
    const struct combination *by; /* the combination that excluded or cut it, or NULL */
    size_t instead;               /* index of the subsidy that is paid in its place, or SIZE_MAX */
};

struct split_instalment {
    struct answer_number amount;
    int32_t state; /* TUOYU_INSTALMENT_… */
    bool has_due;
    int32_t due;
};

struct tuoyu_split {
    struct tuoyu_answer answer;
    struct answer_number before_bounds, whole;
    struct text binding;                  /* the bound that decided the whole; bytes NULL: its formula did */
    struct bound_reading *bounds;         /* by bound of the rule */
    struct split_subsidy *subsidies;      /* by subsidy of the rule */
    struct answer_number *lines;          /* by payer of the rule */
    struct split_instalment *instalments; /* by instalment of the rule */
    struct answer_number entitled, paid, claw_back, payable;
};

struct payout_claim {
    struct text id;
    struct answer_number claimed, paid;
    struct answer_number paid_before; /* in earlier payouts; not given: nothing */
    struct answer_number due;         /* of `claimed`, what was not paid before; given where paid_before is */
    struct answer_number claw_back;   /* what was paid too much; not given: nothing */
    int32_t state;                    /* TUOYU_CLAIM_… */
    tuoyu_status code;                /* of a claim in error: why */
    struct text *missing; /* of an open claim: the names of the facts and parameters that are missing */
    size_t missing_count;
    size_t duplicates; /* number of further records with the same id */
    bool is_final;     /* true if what is paid of it is the same however the open claims turn out */
};

/* What the claims of one state are together. */
struct claim_totals {
    size_t count;
    tuoyu_decimal claimed, paid;
};

/* What an earlier payout paid to a claim. */
struct earlier_payment {
    struct text id;
    tuoyu_decimal amount;
};

/* The payout that another one follows on. */
struct followed_payout {
    char sum[DIGEST_TEXT_SIZE]; /* SHA-256 of its receipt */
    int32_t as_of;
    struct earlier_payment *paid; /* in it and in those before it, by claim */
    size_t paid_count;
    struct text *changed_packs; /* ids of the packs that are another version now */
    size_t changed_count;
};

enum { CLAIM_STATE_COUNT = TUOYU_CLAIM_CLAW_BACK + 1 };

/* Who is paid from a budget. */
struct tuoyu_payout {
    struct tuoyu_answer answer;
    struct answer_number budget, overspent, paid, left, unpaid;
    struct answer_number used;        /* of the budget before this payout */
    struct answer_number claw_back;   /* what was paid too much, of all claims together */
    struct followed_payout *previous; /* or NULL */
    struct payout_claim *claims;      /* those that are paid in order, then the others as they were added */
    size_t claim_count;
    size_t open_count;                             /* claims that are open or in error */
    size_t record_count;                           /* claims and their duplicates */
    char claims_digest[DIGEST_TEXT_SIZE];          /* of all records, in the order they were added */
    struct claim_totals states[CLAIM_STATE_COUNT]; /* by TUOYU_CLAIM_… */
    tuoyu_decimal whole;   /* what is split in the claims that were determined, of all together */
    tuoyu_decimal *shares; /* of it, by payer of the rule */
};

/* True if more of the budget was used than there is. */
static inline bool is_overspent(const struct tuoyu_payout *payout)
{
    return payout->overspent.is_given && decimal_sign(payout->overspent.number) > 0;
}

enum { MOST_SET_MEMBERS = 64 };

/* Sets of at most MOST_SET_MEMBERS things. Bit i of a set stands for the thing with index i; smaller sets
 * come first. */
struct verdict_sets {
    uint64_t *sets;
    size_t count;
};

/* The answer of a scorecard. */
struct verdict_score {
    struct answer_number score;        /* not given: facts are missing */
    struct answer_number lower, upper; /* what the score can still be; not given where there is no bound */
    struct answer_number *points;      /* by item of the scorecard */
    bool *is_possible;                 /* by grade: whether the case can still get it */
};

struct checklist_entry {
    int32_t state; /* TUOYU_CHECKLIST_… */
    bool has_done, has_from, has_due;
    int32_t done, from, due;
};

struct tuoyu_verdict {
    struct tuoyu_answer answer;
    int32_t decision;
    int32_t *reasons;                  /* by criterion of the rule */
    const struct criterion *exception; /* the exception that decided; NULL if the criteria decided */
    struct verdict_sets
        deciding; /* sets of the answer's missing facts that would decide; only of an undetermined verdict */
    /* sets of the rule's criteria that would have to be met; only of an ineligible verdict */
    struct verdict_sets to_become_eligible;
    struct verdict_score score;        /* where the rule has a scorecard and applies */
    struct checklist_entry *checklist; /* by item of the rule; NULL where the rule does not apply */
    bool has_valid_until;
    int32_t valid_until;
};

/* How many records of one entity a tally was given. */
struct row_count {
    struct text entity;
    int64_t count; /* rows that were added */
    int64_t
        unplaced; /* of `count`: rows of a kind of region whose own id is missing, where such rows are kept */
    int64_t unreadable; /* records that could not be read as rows */
};

/* How records ended: read is the sum of all others. */
struct record_counts {
    int64_t read, determined, undetermined, not_applicable, not_in_force, error, unreadable;
};

/* How many records are open: something about them may still be settled. */
static inline int64_t open_records(const struct record_counts *records)
{
    return records->undetermined + records->error + records->unreadable;
}

/* What became of a promise of an entity that a measure counts. */
struct promise_count {
    const struct promise *promise; /* the policy's */
    int64_t broken, unknown;       /* records that break it; records of which that cannot be told */
};

struct tuoyu_measure {
    struct tuoyu_answer answer;
    struct text region_kind, region_id; /* the region measured; bytes NULL for the whole */
    struct answer_number value, lower, upper, numerator, denominator, target, distance;
    /* the least and the most that `distance` may be once all is known; the most is not given if nothing
     * bounds it */
    struct answer_number distance_least, distance_most;
    int32_t met;
    int64_t unknown, errors, regionless;
    int64_t unreadable; /* records of the entities that are counted; of a region too, as they may be in any */
    int64_t nothing_known; /* of `unknown`: unreadable records, and rows without the region that they need */
    bool applies;          /* the rule's `when` holds */
    bool has_records;      /* true for the whole only: `records` is filled in */
    struct record_counts records; /* of the entities that are counted */
    struct row_count *row_counts; /* by entity of the indicator */
    size_t row_count_count;
    struct promise_count *promises; /* of the whole only */
    size_t promise_count;
    bool has_rows_digest;               /* true if every row was added with its digest */
    char rows_digest[DIGEST_TEXT_SIZE]; /* the sum of the digests of all rows */
};

/* ---- Making ---- */

/* ---- An answer as the kind that it is ---- The only casts from an answer; a debug build asserts the kind.
 */

/* The answer as its kind; it must be of that kind, as for the four below. */
static inline const struct tuoyu_quote *quote_of(const struct tuoyu_answer *answer)
{
    assert(answer->kind == TUOYU_RULE_PRICING);
    return (const struct tuoyu_quote *)answer;
}

/* The answer as a split, which it must be. */
static inline const struct tuoyu_split *split_of(const struct tuoyu_answer *answer)
{
    assert(answer->kind == TUOYU_RULE_COST_SHARING);
    return (const struct tuoyu_split *)answer;
}

/* The answer as a verdict, which it must be. */
static inline const struct tuoyu_verdict *verdict_of(const struct tuoyu_answer *answer)
{
    assert(answer->kind == TUOYU_RULE_ELIGIBILITY);
    return (const struct tuoyu_verdict *)answer;
}

/* The answer as a measure, which it must be. */
static inline const struct tuoyu_measure *measure_of(const struct tuoyu_answer *answer)
{
    assert(answer->kind == TUOYU_RULE_INDICATOR);
    return (const struct tuoyu_measure *)answer;
}

/* The answer as a payout, which it must be. */
static inline const struct tuoyu_payout *payout_of(const struct tuoyu_answer *answer)
{
    assert(answer->kind == ANSWER_PAYOUT);
    return (const struct tuoyu_payout *)answer;
}

/* True if the rule says nothing of the case: its `when` is false, or it is not in force on the day. */
static inline bool answer_is_silent(const struct tuoyu_answer *answer)
{
    return answer->outcome == TUOYU_NOT_APPLICABLE || answer->outcome == TUOYU_NOT_IN_FORCE;
}

/* Allocates an answer of `size` bytes, which is that of its kind, and takes a reference to the rule's
 * policy. The outcome begins as undetermined. Returns NULL when memory is refused. */
void *answer_new(size_t size, const struct rule *rule, int32_t as_of);
/* Frees an answer of any kind and gives its reference to the policy back. NULL is allowed. */
void answer_free(struct tuoyu_answer *answer);

/* The slots that an answer rests on. They are in the evaluation's arena; `failed` is set when memory was
 * refused. */
struct roots {
    uint32_t *slots;
    size_t count, capacity;
    bool failed;
};
/* Adds a slot, or sets roots->failed when memory is refused. */
void roots_add(struct roots *roots, struct evaluation *evaluation, uint32_t slot);

/* Asks the rule's `when` if it is in force. *outcome becomes TUOYU_DETERMINED if the rule applies,
 * TUOYU_NOT_APPLICABLE if it does not, TUOYU_UNDETERMINED if that is not known, TUOYU_NOT_IN_FORCE on a day
 * on which the rule is not in force, of which nothing is asked. */
tuoyu_status rule_begin(const struct rule *rule, struct evaluation *evaluation, struct roots *roots,
                        int32_t *outcome, tuoyu_diagnostics *diagnostics);
/* Computes a slot and adds it to the roots. An error is reported and its status returned; what is not
 * known is a null and TUOYU_OK. SLOT_NONE gives a null and adds no root. */
tuoyu_status rule_ask(struct evaluation *evaluation, struct roots *roots, uint32_t slot, struct value *value,
                      tuoyu_diagnostics *diagnostics);
/* As rule_ask(), but a null that no fact or parameter would change is an error. */
tuoyu_status rule_need(struct evaluation *evaluation, struct roots *roots, uint32_t slot, struct value *value,
                       tuoyu_diagnostics *diagnostics);
/* As rule_ask(), for something that the decision may not need: an error is reported as a warning only,
 * TUOYU_OK is returned, and the value is a null. */
tuoyu_status verdict_ask(struct evaluation *evaluation, struct roots *roots, uint32_t slot,
                         struct value *value, tuoyu_diagnostics *diagnostics);
/* Converts a number into a unit. *out is not given if the value is no number, such as a null. TUOYU_OK or
 * TUOYU_ERROR_OVERFLOW. */
tuoyu_status answer_number_of(struct value value, struct text unit, struct answer_number *out);

/* A value as callers see it, as text in the arena: a number in its unit, an empty text for a null. bytes
 * is NULL when memory is refused. */
struct text answer_value_text(struct arena *arena, struct value value, struct text unit);

/* Copies into the answer what the roots rest on (trace, citations, standing) and the facts of the case.
 * Returns false when memory is refused. */
bool answer_rest_on(struct tuoyu_answer *answer, struct evaluation *evaluation, const struct roots *roots);
/* Copies into the answer the facts and parameters that are missing for the roots to be known. Returns
 * false when memory is refused. */
bool answer_list_missing(struct tuoyu_answer *answer, struct evaluation *evaluation,
                         const struct roots *roots);
/* True if both name the same thing with the same value, and cite the same text with the same standing. */
bool citations_equal(const struct answer_citation *left, const struct answer_citation *right);
/* Adds a citation unless the answer has it already, and weakens the answer's standing to the citation's.
 * *index is its place among the answer's citations, or UINT32_MAX if the citation is empty and is not
 * added. Returns false when memory is refused. */
bool answer_cite(struct tuoyu_answer *answer, const struct answer_citation *citation, uint32_t *index);
/* The citation with this index among those that a computed slot rests on; false if there are no more. For
 * a parameter its value is filled in. */
bool slot_citation(struct tuoyu_answer *answer, struct evaluation *evaluation, uint32_t slot, uint32_t index,
                   struct answer_citation *out);

/* ---- Words ---- */
/* The word for an outcome, such as "determined"; "undetermined" for a number that is none. */
const char *outcome_name(int32_t outcome);        /* "determined" … */
const char *standing_name(int32_t standing);      /* "cited" … */
const char *decision_name(int32_t decision);      /* "eligible" … */
const char *instalment_state_name(int32_t state); /* "due" … */
const char *checklist_state_name(int32_t state);  /* "done" … */
const char *subsidy_state_name(int32_t state);    /* "paid" … */
const char *claim_state_name(int32_t state);      /* "in_part" … */

/* ---- Showing ---- */
/* Says in one line why a measure has no value, or one that is not final; the text is empty if there is
 * nothing to say. TUOYU_OK or TUOYU_ERROR_NO_MEMORY. */
tuoyu_status measure_reason(const struct tuoyu_measure *measure, const char *language, tuoyu_text **out);
/* The names of the members of a verdict's sets: missing facts by their index, criteria by theirs. */
struct text verdict_fact_name(const struct tuoyu_verdict *verdict, size_t index);
struct text verdict_criterion_id(const struct tuoyu_verdict *verdict, size_t index);
/* Appends the answer as one JSON object. A memory error stays in the builder. */
void answer_write_json(struct text_builder *json, const struct tuoyu_answer *answer);
/* These make a text that the caller frees. TUOYU_OK or TUOYU_ERROR_NO_MEMORY, and then *out is NULL. */
tuoyu_status answer_to_json(const struct tuoyu_answer *answer, tuoyu_text **out);
/* The explanation as a tree of JSON: the rule on top, below each node what it was computed from. TUOYU_OK or
 * TUOYU_ERROR_NO_MEMORY. */
tuoyu_status answer_explain_json(const struct tuoyu_answer *answer, tuoyu_text **out);
/* The answer as text, in English for "en" and else in Chinese; with_steps: with how it came about and the law
 * behind it. TUOYU_OK or TUOYU_ERROR_NO_MEMORY. */
tuoyu_status answer_to_text(const struct tuoyu_answer *answer, const char *language, bool explain,
                            tuoyu_text **out);

/* ---- The kinds ---- The facts are of the rule's policy. */
struct tuoyu_case;
/* Ends the making of an answer. If the status is TUOYU_OK, and the answer's arena did not fail, *out (a
 * pointer to its kind) gets the answer; else the answer is freed, *out is NULL, and the status is
 * returned. */
tuoyu_status answer_finish(struct tuoyu_answer *answer, tuoyu_status status, void *out,
                           tuoyu_diagnostics *diagnostics);
/* Answers a case by the version of the rule that is in force on the day. *out is NULL unless TUOYU_OK is
 * returned. */
tuoyu_status pricing_quote(const struct tuoyu_pricing *pricing, const struct tuoyu_case *facts, int32_t as_of,
                           struct tuoyu_quote **out, tuoyu_diagnostics *diagnostics);
/* Answers a case. *out is NULL unless TUOYU_OK is returned. */
tuoyu_status cost_sharing_split(const struct tuoyu_cost_sharing *cost_sharing, const struct tuoyu_case *facts,
                                int32_t as_of, struct tuoyu_split **out, tuoyu_diagnostics *diagnostics);
/* The same in an evaluation that was begun for a case already; the caller can go on reading values from it.
 * Returns as cost_sharing_split(). */
tuoyu_status cost_sharing_split_in(const struct tuoyu_cost_sharing *cost_sharing,
                                   struct evaluation *evaluation, struct tuoyu_split **out,
                                   tuoyu_diagnostics *diagnostics);
/* Answers a case by the version of the rule that is in force on the day. *out is NULL unless TUOYU_OK is
 * returned. */
tuoyu_status eligibility_verdict(const struct tuoyu_eligibility *eligibility, const struct tuoyu_case *facts,
                                 int32_t as_of, struct tuoyu_verdict **out, tuoyu_diagnostics *diagnostics);

#endif
