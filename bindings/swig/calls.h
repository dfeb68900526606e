/* SPDX-License-Identifier: Apache-2.0 */
/* The public interface as SWIG can wrap it alike for every language: a call object carries status and
 * diagnostics, what comes out is the returned pointer (NULL on error), numbers pass as canonical text. The
 * native layers on top turn a status into an exception, a text into Decimal or BigDecimal, and days into
 * dates. */
#ifndef TUOYU_BINDINGS_CALLS_H
#define TUOYU_BINDINGS_CALLS_H

#include <tuoyu/tuoyu.h>

/* Status and diagnostics of the last call made with it, and room for one number's text. Used by one thread at
 * a time. */
typedef struct tuoyu_call tuoyu_call;

tuoyu_call *call_new(void);
void call_free(tuoyu_call *call);
int call_status(const tuoyu_call *call);
long long call_finding_count(const tuoyu_call *call);
int call_finding_code(const tuoyu_call *call, long long index);
int call_finding_severity(const tuoyu_call *call, long long index);
int call_finding_line(const tuoyu_call *call, long long index);
int call_finding_column(const tuoyu_call *call, long long index);
const char *call_finding_source(const tuoyu_call *call, long long index);
const char *call_finding_message(const tuoyu_call *call, long long index);
const char *call_finding_hint(const tuoyu_call *call, long long index);
const char *call_finding_id(const tuoyu_call *call, long long index);
/* All findings as the command prints them. */
tuoyu_text *call_findings_text(tuoyu_call *call);

/* Texts of packs, copied, to be loaded together. */
typedef struct tuoyu_packs tuoyu_packs;
tuoyu_packs *call_packs_new(void);
void call_packs_free(tuoyu_packs *packs);
/* false when memory is refused. */
bool call_packs_add(tuoyu_packs *packs, const char *name, size_t name_length, const char *text,
                    size_t length);

/* Sets a limit of the load by its name in tuoyu_limits, such as "bytes"; 0: the default. false where there is
 * no such limit, or it is below 0. */
bool call_packs_limit(tuoyu_packs *packs, const char *name, size_t name_length, long long most);

/* The bytes that all policies, and what was made of them, hold at this time; a language's collector does not
 * see them. Any thread. */
long long call_held_bytes(void);

/* is_chinese: findings are said in Chinese, else in English. */
tuoyu_policy *call_policy_load(tuoyu_call *call, const tuoyu_packs *packs, bool is_chinese);

/* Changes of parameters, copied, to be made together. */
typedef struct tuoyu_changes tuoyu_changes;
tuoyu_changes *call_changes_new(void);
void call_changes_free(tuoyu_changes *changes);
/* name: of the parameter; text: its value. operation: TUOYU_CHANGE_…; first_day: TUOYU_CHANGE_ALL_DAYS for
 * all. false when memory is refused, or a text has more than a megabyte. */
bool call_changes_add(tuoyu_changes *changes, const char *name, size_t name_length, const char *text,
                      size_t length, const char *reason, size_t reason_length, int operation, int first_day);
tuoyu_policy *call_policy_with(tuoyu_call *call, tuoyu_policy *policy, const tuoyu_changes *changes);

/* The index of a rule by its name, or -1. */
long long call_policy_find_rule(tuoyu_call *call, const tuoyu_policy *policy, const char *name,
                                size_t length);
tuoyu_text *call_policy_to_json(tuoyu_call *call, const tuoyu_policy *policy);
bool call_policy_example_run(tuoyu_call *call, const tuoyu_policy *policy, long long index);
tuoyu_text *call_policy_example_to_json(tuoyu_call *call, const tuoyu_policy *policy, long long index);

tuoyu_case *call_case_new(tuoyu_call *call, const tuoyu_policy *policy);
void call_case_set_text(tuoyu_call *call, tuoyu_case *facts, const char *name, size_t name_length,
                        const char *text, size_t length);
/* number as text: exact, no binary floating point on the way. */
void call_case_set_number(tuoyu_call *call, tuoyu_case *facts, const char *name, size_t name_length,
                          const char *text, size_t length);
void call_case_set_boolean(tuoyu_call *call, tuoyu_case *facts, const char *name, size_t name_length,
                           bool boolean);
void call_case_set_date(tuoyu_call *call, tuoyu_case *facts, const char *name, size_t name_length, int days);
void call_case_set_none(tuoyu_call *call, tuoyu_case *facts, const char *name, size_t name_length);
void call_case_read(tuoyu_call *call, tuoyu_case *facts, const char *source, size_t source_length,
                    const char *text, size_t length);

tuoyu_pricing *call_policy_pricing(tuoyu_call *call, tuoyu_policy *policy, const char *name, size_t length);
tuoyu_quote *call_pricing_quote(tuoyu_call *call, const tuoyu_pricing *pricing, const tuoyu_case *facts,
                                int as_of);
/* Numbers: canonical text that lives until the call is used again; NULL where there is none. */
const char *call_quote_amount(tuoyu_call *call, const tuoyu_quote *quote);
const char *call_quote_excess(tuoyu_call *call, const tuoyu_quote *quote);
const char *call_quote_shortfall(tuoyu_call *call, const tuoyu_quote *quote);

tuoyu_cost_sharing *call_policy_cost_sharing(tuoyu_call *call, tuoyu_policy *policy, const char *name,
                                             size_t length);
tuoyu_split *call_cost_sharing_split(tuoyu_call *call, const tuoyu_cost_sharing *cost_sharing,
                                     const tuoyu_case *facts, int as_of);
const char *call_split_whole(tuoyu_call *call, const tuoyu_split *split);
const char *call_split_before_bounds(tuoyu_call *call, const tuoyu_split *split);
const char *call_split_subsidy_claimed(tuoyu_call *call, const tuoyu_split *split, long long index);
const char *call_split_subsidy_amount(tuoyu_call *call, const tuoyu_split *split, long long index);
const char *call_split_line_amount(tuoyu_call *call, const tuoyu_split *split, long long index);
const char *call_split_instalment_amount(tuoyu_call *call, const tuoyu_split *split, long long index);
const char *call_split_entitled(tuoyu_call *call, const tuoyu_split *split);
const char *call_split_payable(tuoyu_call *call, const tuoyu_split *split);
const char *call_split_claw_back(tuoyu_call *call, const tuoyu_split *split);

/* facts: of the budget itself; NULL: none. */
tuoyu_budget *call_cost_sharing_budget(tuoyu_call *call, const tuoyu_cost_sharing *cost_sharing,
                                       const tuoyu_case *facts, int as_of);
void call_budget_add(tuoyu_call *call, tuoyu_budget *budget, const char *id, size_t id_length,
                     const tuoyu_case *claim);
void call_budget_add_unreadable(tuoyu_call *call, tuoyu_budget *budget, const char *id, size_t id_length,
                                int code);
void call_budget_follow(tuoyu_call *call, tuoyu_budget *budget, const char *receipt, size_t receipt_length);
tuoyu_payout *call_budget_pay(tuoyu_call *call, tuoyu_budget *budget);
/* Which of a payout's numbers. */
enum {
    PAYOUT_BUDGET,
    PAYOUT_PAID,
    PAYOUT_LEFT,
    PAYOUT_UNPAID,
    PAYOUT_OVERSPENT,
    PAYOUT_USED,
    PAYOUT_CLAW_BACK,
    PAYOUT_WHOLE
};
const char *call_payout_number(tuoyu_call *call, const tuoyu_payout *payout, int which);
const char *call_payout_claim_claimed(tuoyu_call *call, const tuoyu_payout *payout, long long index);
const char *call_payout_claim_paid(tuoyu_call *call, const tuoyu_payout *payout, long long index);
const char *call_payout_claim_paid_before(tuoyu_call *call, const tuoyu_payout *payout, long long index);
const char *call_payout_claim_claw_back(tuoyu_call *call, const tuoyu_payout *payout, long long index);
const char *call_payout_payer_share(tuoyu_call *call, const tuoyu_payout *payout, long long index);
const char *call_payout_state_claimed(tuoyu_call *call, const tuoyu_payout *payout, int state);
const char *call_payout_state_paid(tuoyu_call *call, const tuoyu_payout *payout, int state);

tuoyu_eligibility *call_policy_eligibility(tuoyu_call *call, tuoyu_policy *policy, const char *name,
                                           size_t length);
tuoyu_verdict *call_eligibility_verdict(tuoyu_call *call, const tuoyu_eligibility *eligibility,
                                        const tuoyu_case *facts, int as_of);

const char *call_verdict_score(tuoyu_call *call, const tuoyu_verdict *verdict);
const char *call_verdict_score_lower(tuoyu_call *call, const tuoyu_verdict *verdict);
const char *call_verdict_score_upper(tuoyu_call *call, const tuoyu_verdict *verdict);
const char *call_verdict_score_item_points(tuoyu_call *call, const tuoyu_verdict *verdict, long long index);
/* Days: as text such as 2024-01-31, likewise; NULL where there is none. */
const char *call_verdict_valid_until(tuoyu_call *call, const tuoyu_verdict *verdict);
/* Which of the days of an item. */
enum { CHECKLIST_DONE, CHECKLIST_FROM, CHECKLIST_DUE };
const char *call_verdict_checklist_day(tuoyu_call *call, const tuoyu_verdict *verdict, long long index,
                                       int which);

tuoyu_waiting_list *call_eligibility_waiting_list(tuoyu_call *call, const tuoyu_eligibility *eligibility,
                                                  int as_of, long long places);
void call_waiting_list_add(tuoyu_call *call, tuoyu_waiting_list *list, const char *name, size_t name_length,
                           const tuoyu_case *facts);
/* A record that cannot be asked; is_unreadable: it is no row at all. */
void call_waiting_list_add_error(tuoyu_call *call, tuoyu_waiting_list *list, long long line, const char *id,
                                 size_t id_length, bool is_unreadable, const char *reason,
                                 size_t reason_length);
void call_waiting_list_order(tuoyu_call *call, tuoyu_waiting_list *list);
tuoyu_text *call_waiting_list_reason(tuoyu_call *call, const tuoyu_waiting_list *list, long long index,
                                     const char *language, size_t length);
tuoyu_text *call_waiting_list_to_json(tuoyu_call *call, const tuoyu_waiting_list *list);
tuoyu_text *call_waiting_list_to_text(tuoyu_call *call, const tuoyu_waiting_list *list, const char *language,
                                      size_t length);

tuoyu_indicator *call_policy_indicator(tuoyu_call *call, tuoyu_policy *policy, const char *name,
                                       size_t length);
tuoyu_tally *call_indicator_tally(tuoyu_call *call, const tuoyu_indicator *indicator, int as_of);
void call_tally_add(tuoyu_call *call, tuoyu_tally *tally, const char *entity, size_t entity_length,
                    const tuoyu_case *row);
void call_tally_add_unreadable(tuoyu_call *call, tuoyu_tally *tally, const char *entity, size_t entity_length,
                               long long count);
const char *call_tally_region_id(tuoyu_tally *tally, const char *region, size_t region_length,
                                 long long index);
tuoyu_measure *call_tally_measure(tuoyu_call *call, tuoyu_tally *tally);
tuoyu_measure *call_tally_measure_region(tuoyu_call *call, tuoyu_tally *tally, const char *region,
                                         size_t region_length, const char *region_id,
                                         size_t region_id_length);
void call_tally_merge(tuoyu_call *call, tuoyu_tally *tally, const tuoyu_tally *other);
/* Any bytes, NUL among them. */
tuoyu_text *call_tally_to_bytes(tuoyu_call *call, const tuoyu_tally *tally);
tuoyu_tally *call_tally_from_bytes(tuoyu_call *call, const tuoyu_indicator *indicator, const char *bytes,
                                   size_t length);

/* names: of rules, one a line. The flags are those of tuoyu_batch_options. is_chinese: findings, and the
 * column `error`, are in Chinese. */
tuoyu_batch *call_batch_new(tuoyu_call *call, tuoyu_policy *policy, const char *names, size_t names_length,
                            int as_of, int unknown_columns, int floats, int nulls, int numbers, int columns,
                            const char *members, size_t members_length, bool is_chinese);
tuoyu_text *call_batch_plan(tuoyu_call *call, const tuoyu_batch *batch);

/* For what a language's own glue does: forgets the last call and gives the list for the next one's findings;
 * keeps the status of it. */
tuoyu_diagnostics *call_begin(tuoyu_call *call);
void call_end(tuoyu_call *call, int status);

/* Which of a measure's numbers. */
enum {
    MEASURE_VALUE,
    MEASURE_LOWER,
    MEASURE_UPPER,
    MEASURE_NUMERATOR,
    MEASURE_DENOMINATOR,
    MEASURE_TARGET,
    MEASURE_DISTANCE,
    MEASURE_DISTANCE_LEAST,
    MEASURE_DISTANCE_MOST
};
const char *call_measure_number(tuoyu_call *call, const tuoyu_measure *measure, int which);

tuoyu_text *call_measure_reason(tuoyu_call *call, const tuoyu_measure *measure, const char *language,
                                size_t length);

tuoyu_text *call_answer_to_json(tuoyu_call *call, const tuoyu_answer *answer);
tuoyu_text *call_answer_explain_json(tuoyu_call *call, const tuoyu_answer *answer);
tuoyu_text *call_answer_to_receipt(tuoyu_call *call, const tuoyu_answer *answer);
tuoyu_text *call_answer_to_text(tuoyu_call *call, const tuoyu_answer *answer, const char *language,
                                size_t length, bool explain);
tuoyu_text *call_answer_explain_for(tuoyu_call *call, const tuoyu_answer *answer, int32_t reader,
                                    const char *language, size_t length);
tuoyu_text *call_pack_schema(tuoyu_call *call);

#endif
