/* SPDX-License-Identifier: Apache-2.0 */
/* The raw module, one for each language: handles are opaque pointers, texts are UTF-8 with a length. Nothing here is for
 * users: tuoyu/ of each language is the native layer on top. */
%module raw

%{
#include "calls.h"
%}

#if defined(SWIGPYTHON)
%include "python.i"
#elif defined(SWIGJAVA)
%include "java.i"
#endif

/* Every text that goes in is a pair of bytes and length. */
%apply (char *STRING, size_t LENGTH) {
    (const char *name, size_t name_length), (const char *name, size_t length), (const char *text, size_t length),
    (const char *source, size_t source_length), (const char *id, size_t id_length), (const char *entity, size_t entity_length),
    (const char *region, size_t region_length), (const char *region_id, size_t region_id_length),
    (const char *language, size_t length), (const char *names, size_t names_length),
    (const char *members, size_t members_length), (const char *receipt, size_t receipt_length), (const char *reason, size_t reason_length)
};
#if defined(SWIGJAVA)
%apply (char *STRING, size_t LENGTH) { (const char *bytes, size_t length) };
#elif defined(SWIGPYTHON)
%typemap(in) (const char *language, size_t length) {
    $1 = (char *)python_language($input);
    if (!$1) SWIG_fail;
    $2 = strlen($1);
}
#endif

%ignore call_begin;
%ignore call_end;
#define TUOYU_API
%include <stdint.i>
%include <tuoyu/status.h>
%include "calls.h"

/* What needs neither call nor out-parameter is taken from the public interface as it is. */
tuoyu_policy *tuoyu_policy_ref(tuoyu_policy *policy);
void tuoyu_policy_unref(tuoyu_policy *policy);
long long tuoyu_policy_pack_count(const tuoyu_policy *policy);
const char *tuoyu_policy_pack_id(const tuoyu_policy *policy, long long index);
long long tuoyu_policy_rule_count(const tuoyu_policy *policy);
int tuoyu_policy_rule_kind(const tuoyu_policy *policy, long long index);
const char *tuoyu_policy_rule_name(const tuoyu_policy *policy, long long index);
const char *tuoyu_policy_rule_title(const tuoyu_policy *policy, long long index, const char *code);
long long tuoyu_policy_fact_count(const tuoyu_policy *policy);
const char *tuoyu_policy_fact_name(const tuoyu_policy *policy, long long index);
const char *tuoyu_policy_fact_type(const tuoyu_policy *policy, long long index);
const char *tuoyu_policy_fact_label(const tuoyu_policy *policy, long long index, const char *code);
const char *tuoyu_policy_fact_held_by(const tuoyu_policy *policy, long long index, const char *code);
long long tuoyu_policy_example_count(const tuoyu_policy *policy);
const char *tuoyu_policy_example_name(const tuoyu_policy *policy, long long index);
const char *tuoyu_policy_example_pack(const tuoyu_policy *policy, long long index);

void tuoyu_case_free(tuoyu_case *facts);
void tuoyu_case_clear(tuoyu_case *facts);

int tuoyu_answer_outcome(const tuoyu_answer *answer);
int tuoyu_answer_standing(const tuoyu_answer *answer);
long long tuoyu_answer_missing_count(const tuoyu_answer *answer);
const char *tuoyu_answer_missing_name(const tuoyu_answer *answer, long long index);
int tuoyu_answer_missing_code(const tuoyu_answer *answer, long long index);
const char *tuoyu_answer_missing_label(const tuoyu_answer *answer, long long index, const char *code);
const char *tuoyu_answer_missing_held_by(const tuoyu_answer *answer, long long index, const char *code);
const char *tuoyu_answer_objection(const tuoyu_answer *answer, const char *code);
long long tuoyu_answer_citation_count(const tuoyu_answer *answer);
const char *tuoyu_answer_citation_name(const tuoyu_answer *answer, long long index);
const char *tuoyu_answer_citation_text(const tuoyu_answer *answer, long long index);
const char *tuoyu_answer_citation_text_in(const tuoyu_answer *answer, long long index, const char *code);
int tuoyu_answer_citation_standing(const tuoyu_answer *answer, long long index);

void tuoyu_pricing_unref(tuoyu_pricing *pricing);
void tuoyu_quote_free(tuoyu_quote *quote);
const tuoyu_answer *tuoyu_quote_answer(const tuoyu_quote *quote);
const char *tuoyu_quote_unit(const tuoyu_quote *quote);
long long tuoyu_quote_step_count(const tuoyu_quote *quote);
const char *tuoyu_quote_step_id(const tuoyu_quote *quote, long long index);
const char *tuoyu_quote_step_label(const tuoyu_quote *quote, long long index, const char *code);
const char *tuoyu_quote_step_value(const tuoyu_quote *quote, long long index);
int tuoyu_quote_complies(const tuoyu_quote *quote);
const char *tuoyu_quote_binding(const tuoyu_quote *quote);
const char *tuoyu_quote_breaks(const tuoyu_quote *quote);

void tuoyu_cost_sharing_unref(tuoyu_cost_sharing *cost_sharing);
void tuoyu_split_free(tuoyu_split *split);
const tuoyu_answer *tuoyu_split_answer(const tuoyu_split *split);
const char *tuoyu_split_unit(const tuoyu_split *split);
const char *tuoyu_split_binding(const tuoyu_split *split);
long long tuoyu_split_subsidy_count(const tuoyu_split *split);
const char *tuoyu_split_subsidy_id(const tuoyu_split *split, long long index);
const char *tuoyu_split_subsidy_label(const tuoyu_split *split, long long index, const char *code);
int tuoyu_split_subsidy_state(const tuoyu_split *split, long long index);
const char *tuoyu_split_subsidy_combination(const tuoyu_split *split, long long index);
const char *tuoyu_split_subsidy_because(const tuoyu_split *split, long long index, const char *code);
const char *tuoyu_split_subsidy_instead(const tuoyu_split *split, long long index);
long long tuoyu_split_line_count(const tuoyu_split *split);
const char *tuoyu_split_line_payer(const tuoyu_split *split, long long index);
const char *tuoyu_split_line_label(const tuoyu_split *split, long long index, const char *code);
long long tuoyu_split_instalment_count(const tuoyu_split *split);
const char *tuoyu_split_instalment_id(const tuoyu_split *split, long long index);
const char *tuoyu_split_instalment_label(const tuoyu_split *split, long long index, const char *code);
int tuoyu_split_instalment_state(const tuoyu_split *split, long long index);

void tuoyu_budget_free(tuoyu_budget *budget);
void tuoyu_payout_free(tuoyu_payout *payout);
const tuoyu_answer *tuoyu_payout_answer(const tuoyu_payout *payout);
const char *tuoyu_payout_unit(const tuoyu_payout *payout);
long long tuoyu_payout_claim_count(const tuoyu_payout *payout);
const char *tuoyu_payout_claim_id(const tuoyu_payout *payout, long long index);
int tuoyu_payout_claim_state(const tuoyu_payout *payout, long long index);
int tuoyu_payout_claim_code(const tuoyu_payout *payout, long long index);
long long tuoyu_payout_claim_duplicates(const tuoyu_payout *payout, long long index);
bool tuoyu_payout_claim_is_final(const tuoyu_payout *payout, long long index);
long long tuoyu_payout_payer_count(const tuoyu_payout *payout);
const char *tuoyu_payout_payer_id(const tuoyu_payout *payout, long long index);
long long tuoyu_payout_state_count(const tuoyu_payout *payout, int state);
const char *tuoyu_payout_claim_missing(const tuoyu_payout *payout, long long index, long long missing);

void tuoyu_eligibility_unref(tuoyu_eligibility *eligibility);
void tuoyu_verdict_free(tuoyu_verdict *verdict);
const tuoyu_answer *tuoyu_verdict_answer(const tuoyu_verdict *verdict);
int tuoyu_verdict_decision(const tuoyu_verdict *verdict);
long long tuoyu_verdict_reason_count(const tuoyu_verdict *verdict);
const char *tuoyu_verdict_reason_id(const tuoyu_verdict *verdict, long long index);
int tuoyu_verdict_reason_decision(const tuoyu_verdict *verdict, long long index);
const char *tuoyu_verdict_reason_text(const tuoyu_verdict *verdict, long long index, const char *code);
const char *tuoyu_verdict_reason_citation(const tuoyu_verdict *verdict, long long index);
const char *tuoyu_verdict_exception(const tuoyu_verdict *verdict);
long long tuoyu_verdict_deciding_count(const tuoyu_verdict *verdict);
const char *tuoyu_verdict_deciding_fact(const tuoyu_verdict *verdict, long long set, long long index);
long long tuoyu_verdict_change_count(const tuoyu_verdict *verdict);
const char *tuoyu_verdict_change_criterion(const tuoyu_verdict *verdict, long long set, long long index);

long long tuoyu_verdict_score_item_count(const tuoyu_verdict *verdict);
const char *tuoyu_verdict_score_item_id(const tuoyu_verdict *verdict, long long index);
const char *tuoyu_verdict_score_item_text(const tuoyu_verdict *verdict, long long index, const char *code);
long long tuoyu_verdict_grade_count(const tuoyu_verdict *verdict);
const char *tuoyu_verdict_grade_id(const tuoyu_verdict *verdict, long long index);
const char *tuoyu_verdict_grade_label(const tuoyu_verdict *verdict, long long index, const char *code);
const char *tuoyu_verdict_grade_consequence(const tuoyu_verdict *verdict, long long index, const char *code);
long long tuoyu_verdict_checklist_count(const tuoyu_verdict *verdict);
const char *tuoyu_verdict_checklist_id(const tuoyu_verdict *verdict, long long index);
const char *tuoyu_verdict_checklist_text(const tuoyu_verdict *verdict, long long index, const char *code);
int tuoyu_verdict_checklist_state(const tuoyu_verdict *verdict, long long index);

void tuoyu_waiting_list_free(tuoyu_waiting_list *list);
long long tuoyu_waiting_list_count(const tuoyu_waiting_list *list);
const char *tuoyu_waiting_list_id(const tuoyu_waiting_list *list, long long index);
int tuoyu_waiting_list_state(const tuoyu_waiting_list *list, long long index);
long long tuoyu_waiting_list_records(const tuoyu_waiting_list *list, int which);
bool tuoyu_waiting_list_is_final(const tuoyu_waiting_list *list);
int tuoyu_waiting_list_admission(const tuoyu_waiting_list *list, long long index);
long long tuoyu_waiting_list_hangs_on_count(const tuoyu_waiting_list *list, long long index);
long long tuoyu_waiting_list_hangs_on(const tuoyu_waiting_list *list, long long index, long long open);

tuoyu_indicator *tuoyu_indicator_ref(tuoyu_indicator *indicator);
void tuoyu_indicator_unref(tuoyu_indicator *indicator);
const char *tuoyu_indicator_entity(const tuoyu_indicator *indicator, long long index);
const char *tuoyu_indicator_region(const tuoyu_indicator *indicator, long long index);
void tuoyu_tally_free(tuoyu_tally *tally);
int tuoyu_tally_as_of(const tuoyu_tally *tally);
void tuoyu_measure_free(tuoyu_measure *measure);
const tuoyu_answer *tuoyu_measure_answer(const tuoyu_measure *measure);
const char *tuoyu_measure_unit(const tuoyu_measure *measure);
const char *tuoyu_measure_distance_unit(const tuoyu_measure *measure);
int tuoyu_measure_met(const tuoyu_measure *measure);
long long tuoyu_measure_unknown(const tuoyu_measure *measure);
long long tuoyu_measure_unreadable(const tuoyu_measure *measure);
long long tuoyu_measure_records(const tuoyu_measure *measure, int which);
const char *tuoyu_measure_promise_name(const tuoyu_measure *measure, long long index);
const char *tuoyu_measure_promise_because(const tuoyu_measure *measure, long long index, const char *code);
const char *tuoyu_measure_promise_expression(const tuoyu_measure *measure, long long index);
const char *tuoyu_measure_promise_citation(const tuoyu_measure *measure, long long index);
long long tuoyu_measure_promise_broken(const tuoyu_measure *measure, long long index);
long long tuoyu_measure_promise_unknown(const tuoyu_measure *measure, long long index);

tuoyu_batch *tuoyu_batch_ref(tuoyu_batch *batch);
void tuoyu_batch_unref(tuoyu_batch *batch);
void tuoyu_batch_trim(tuoyu_batch *batch);
