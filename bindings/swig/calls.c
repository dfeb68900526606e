/* SPDX-License-Identifier: Apache-2.0 */
#include "calls.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

struct tuoyu_call {
    tuoyu_status status;
    tuoyu_diagnostics *diagnostics;
    char number[TUOYU_DECIMAL_TEXT_SIZE];
};

tuoyu_call *call_new(void)
{
    tuoyu_call *call = calloc(1, sizeof *call);
    if (call && tuoyu_diagnostics_new(NULL, &call->diagnostics) != TUOYU_OK) {
        free(call);
        return NULL;
    }
    return call;
}

void call_free(tuoyu_call *call)
{
    if (!call)
        return;
    tuoyu_diagnostics_free(call->diagnostics);
    free(call);
}

/* Forgets the last call; returns the list for the next one's findings. */
static tuoyu_diagnostics *begin(tuoyu_call *call)
{
    call->status = TUOYU_OK;
    tuoyu_diagnostics_clear(call->diagnostics);
    tuoyu_diagnostics_set_language(call->diagnostics, "en");
    return call->diagnostics;
}

int call_status(const tuoyu_call *call)
{
    return call ? call->status : TUOYU_ERROR_INVALID_ARGUMENT;
}

long long call_finding_count(const tuoyu_call *call)
{
    return call ? (long long)tuoyu_diagnostics_count(call->diagnostics) : 0;
}

/* An empty finding where there is none at index. */
static tuoyu_diagnostic finding(const tuoyu_call *call, long long index)
{
    tuoyu_diagnostic found = {.source = "", .message = "", .hint = "", .excerpt = ""};
    if (call && index >= 0)
        tuoyu_diagnostics_get(call->diagnostics, (size_t)index, &found);
    return found;
}

int call_finding_code(const tuoyu_call *call, long long index)
{
    return finding(call, index).code;
}
int call_finding_severity(const tuoyu_call *call, long long index)
{
    return finding(call, index).severity;
}
int call_finding_line(const tuoyu_call *call, long long index)
{
    return (int)finding(call, index).line;
}
int call_finding_column(const tuoyu_call *call, long long index)
{
    return (int)finding(call, index).column;
}
const char *call_finding_source(const tuoyu_call *call, long long index)
{
    return finding(call, index).source;
}
const char *call_finding_message(const tuoyu_call *call, long long index)
{
    return finding(call, index).message;
}
const char *call_finding_hint(const tuoyu_call *call, long long index)
{
    return finding(call, index).hint;
}

const char *call_finding_id(const tuoyu_call *call, long long index)
{
    return call && index >= 0 ? tuoyu_diagnostics_id(call->diagnostics, (size_t)index) : "";
}

tuoyu_text *call_findings_text(tuoyu_call *call)
{
    tuoyu_text *text = NULL;
    if (call)
        call->status = tuoyu_diagnostics_to_text(call->diagnostics, &text);
    return text;
}

/* ---- Packs ---- */

struct tuoyu_packs {
    tuoyu_pack_text *items;
    size_t count, capacity;
};

tuoyu_packs *call_packs_new(void)
{
    return calloc(1, sizeof(tuoyu_packs));
}

void call_packs_free(tuoyu_packs *packs)
{
    if (!packs)
        return;
    for (size_t i = 0; i < packs->count; i++)
        free((void *)(uintptr_t)packs->items[i].name);
    free(packs->items);
    free(packs);
}

static bool has_room(tuoyu_packs *packs)
{
    if (packs->count < packs->capacity)
        return true;
    size_t capacity = packs->capacity ? packs->capacity * 2 : 8;
    tuoyu_pack_text *items = realloc(packs->items, capacity * sizeof *items);
    if (!items)
        return false;
    packs->items = items;
    packs->capacity = capacity;
    return true;
}

bool call_packs_add(tuoyu_packs *packs, const char *name, size_t name_length, const char *text, size_t length)
{
    if (!packs || !name || !text || length > SIZE_MAX / 2 || !has_room(packs))
        return false;
    char *copy = malloc(name_length + length + 1);
    if (!copy)
        return false;
    memcpy(copy, name, name_length);
    memcpy(copy + name_length, text, length);
    packs->items[packs->count++] = (tuoyu_pack_text){
        .name = copy, .name_length = name_length, .text = copy + name_length, .text_length = length};
    return true;
}

/* ---- Memory that is counted ---- */

static atomic_llong held_bytes;

static void *counting_reallocate(void *context, void *pointer, size_t old_size, size_t new_size)
{
    (void)context;
    void *result = new_size ? realloc(pointer, new_size) : NULL;
    if (new_size && !result)
        return NULL;
    if (!new_size)
        free(pointer);
    atomic_fetch_add_explicit(&held_bytes, (long long)new_size - (long long)old_size, memory_order_relaxed);
    return result;
}

static const tuoyu_allocator COUNTING = {.reallocate = counting_reallocate};

long long call_held_bytes(void)
{
    return atomic_load_explicit(&held_bytes, memory_order_relaxed);
}

/* The name of a language. */
static const char *language_of(bool is_chinese)
{
    return is_chinese ? "zh" : "en";
}

tuoyu_policy *call_policy_load(tuoyu_call *call, const tuoyu_packs *packs, bool is_chinese)
{
    tuoyu_policy *policy = NULL;
    if (!call || !packs)
        return NULL;
    tuoyu_diagnostics *diagnostics = begin(call);
    tuoyu_diagnostics_set_language(diagnostics, language_of(is_chinese));
    const tuoyu_load_options options = {.size = sizeof options, .allocator = &COUNTING};
    call->status = tuoyu_policy_load(packs->items, packs->count, &options, &policy, diagnostics);
    return policy;
}

long long call_policy_find_rule(tuoyu_call *call, const tuoyu_policy *policy, const char *name, size_t length)
{
    size_t index = 0;
    if (!call)
        return -1;
    tuoyu_diagnostics *diagnostics = begin(call);
    call->status = tuoyu_policy_find_rule(policy, name, length, &index, diagnostics);
    return call->status == TUOYU_OK ? (long long)index : -1;
}

bool call_policy_example_run(tuoyu_call *call, const tuoyu_policy *policy, long long index)
{
    bool passed = false;
    if (!call || index < 0)
        return false;
    tuoyu_diagnostics *diagnostics = begin(call);
    call->status = tuoyu_policy_example_run(policy, (size_t)index, &passed, diagnostics);
    return passed;
}

tuoyu_text *call_policy_example_to_json(tuoyu_call *call, const tuoyu_policy *policy, long long index)
{
    tuoyu_text *text = NULL;
    if (!call || index < 0)
        return NULL;
    tuoyu_diagnostics *diagnostics = begin(call);
    call->status = tuoyu_policy_example_to_json(policy, (size_t)index, &text, diagnostics);
    return text;
}

/* ---- Cases ---- */

tuoyu_case *call_case_new(tuoyu_call *call, const tuoyu_policy *policy)
{
    tuoyu_case *facts = NULL;
    if (!call)
        return NULL;
    begin(call);
    call->status = tuoyu_case_new(policy, &facts);
    return facts;
}

void call_case_set_text(tuoyu_call *call, tuoyu_case *facts, const char *name, size_t name_length,
                        const char *text, size_t length)
{
    if (call)
        call->status = tuoyu_case_set_text(facts, name, name_length, text, length, begin(call));
}

void call_case_set_number(tuoyu_call *call, tuoyu_case *facts, const char *name, size_t name_length,
                          const char *text, size_t length)
{
    tuoyu_decimal number;
    if (!call)
        return;
    tuoyu_diagnostics *diagnostics = begin(call);
    call->status = tuoyu_decimal_from_text(text, length, &number);
    if (call->status == TUOYU_OK)
        call->status = tuoyu_case_set_decimal(facts, name, name_length, &number, diagnostics);
}

void call_case_set_boolean(tuoyu_call *call, tuoyu_case *facts, const char *name, size_t name_length,
                           bool boolean)
{
    if (call)
        call->status = tuoyu_case_set_boolean(facts, name, name_length, boolean, begin(call));
}

void call_case_set_date(tuoyu_call *call, tuoyu_case *facts, const char *name, size_t name_length, int days)
{
    if (call)
        call->status = tuoyu_case_set_date(facts, name, name_length, days, begin(call));
}

void call_case_set_none(tuoyu_call *call, tuoyu_case *facts, const char *name, size_t name_length)
{
    if (call)
        call->status = tuoyu_case_set_none(facts, name, name_length, begin(call));
}

void call_case_read(tuoyu_call *call, tuoyu_case *facts, const char *source, size_t source_length,
                    const char *text, size_t length)
{
    if (call)
        call->status = tuoyu_case_read(facts, source, source_length, text, length, begin(call));
}

/* ---- Rules ---- */

tuoyu_pricing *call_policy_pricing(tuoyu_call *call, tuoyu_policy *policy, const char *name, size_t length)
{
    tuoyu_pricing *pricing = NULL;
    if (call)
        call->status = tuoyu_policy_pricing(policy, name, length, &pricing, begin(call));
    return pricing;
}

tuoyu_quote *call_pricing_quote(tuoyu_call *call, const tuoyu_pricing *pricing, const tuoyu_case *facts,
                                int as_of)
{
    tuoyu_quote *quote = NULL;
    if (call)
        call->status = tuoyu_pricing_quote(pricing, facts, as_of, &quote, begin(call));
    return quote;
}

/* The text of a number that was asked for with this status; NULL where there was none. */
static const char *number_text(tuoyu_call *call, tuoyu_status status, const tuoyu_decimal *number)
{
    if (status != TUOYU_OK)
        return NULL;
    tuoyu_decimal_to_text(number, call->number);
    return call->number;
}

const char *call_quote_amount(tuoyu_call *call, const tuoyu_quote *quote)
{
    tuoyu_decimal number;
    return call ? number_text(call, tuoyu_quote_amount(quote, &number), &number) : NULL;
}

const char *call_quote_excess(tuoyu_call *call, const tuoyu_quote *quote)
{
    tuoyu_decimal number;
    return call ? number_text(call, tuoyu_quote_excess(quote, &number), &number) : NULL;
}

const char *call_quote_shortfall(tuoyu_call *call, const tuoyu_quote *quote)
{
    tuoyu_decimal number;
    return call ? number_text(call, tuoyu_quote_shortfall(quote, &number), &number) : NULL;
}

tuoyu_cost_sharing *call_policy_cost_sharing(tuoyu_call *call, tuoyu_policy *policy, const char *name,
                                             size_t length)
{
    tuoyu_cost_sharing *cost_sharing = NULL;
    if (call)
        call->status = tuoyu_policy_cost_sharing(policy, name, length, &cost_sharing, begin(call));
    return cost_sharing;
}

tuoyu_split *call_cost_sharing_split(tuoyu_call *call, const tuoyu_cost_sharing *cost_sharing,
                                     const tuoyu_case *facts, int as_of)
{
    tuoyu_split *split = NULL;
    if (call)
        call->status = tuoyu_cost_sharing_split(cost_sharing, facts, as_of, &split, begin(call));
    return split;
}

const char *call_split_whole(tuoyu_call *call, const tuoyu_split *split)
{
    tuoyu_decimal number;
    return call ? number_text(call, tuoyu_split_whole(split, &number), &number) : NULL;
}

const char *call_split_before_bounds(tuoyu_call *call, const tuoyu_split *split)
{
    tuoyu_decimal number;
    return call ? number_text(call, tuoyu_split_before_bounds(split, &number), &number) : NULL;
}

const char *call_split_subsidy_claimed(tuoyu_call *call, const tuoyu_split *split, long long index)
{
    tuoyu_decimal number;
    if (!call || index < 0)
        return NULL;
    return number_text(call, tuoyu_split_subsidy_claimed(split, (size_t)index, &number), &number);
}

const char *call_split_subsidy_amount(tuoyu_call *call, const tuoyu_split *split, long long index)
{
    tuoyu_decimal number;
    if (!call || index < 0)
        return NULL;
    return number_text(call, tuoyu_split_subsidy_amount(split, (size_t)index, &number), &number);
}

const char *call_split_line_amount(tuoyu_call *call, const tuoyu_split *split, long long index)
{
    tuoyu_decimal number;
    if (!call || index < 0)
        return NULL;
    return number_text(call, tuoyu_split_line_amount(split, (size_t)index, &number), &number);
}

const char *call_split_instalment_amount(tuoyu_call *call, const tuoyu_split *split, long long index)
{
    tuoyu_decimal number;
    if (!call || index < 0)
        return NULL;
    return number_text(call, tuoyu_split_instalment_amount(split, (size_t)index, &number), &number);
}

const char *call_split_entitled(tuoyu_call *call, const tuoyu_split *split)
{
    tuoyu_decimal number;
    return call ? number_text(call, tuoyu_split_entitled(split, &number), &number) : NULL;
}

const char *call_split_payable(tuoyu_call *call, const tuoyu_split *split)
{
    tuoyu_decimal number;
    return call ? number_text(call, tuoyu_split_payable(split, &number), &number) : NULL;
}

const char *call_split_claw_back(tuoyu_call *call, const tuoyu_split *split)
{
    tuoyu_decimal number;
    return call ? number_text(call, tuoyu_split_claw_back(split, &number), &number) : NULL;
}

/* ---- Budgets ---- */

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

tuoyu_payout *call_budget_pay(tuoyu_call *call, tuoyu_budget *budget)
{
    tuoyu_payout *payout = NULL;
    if (call)
        call->status = tuoyu_budget_pay(budget, &payout, begin(call));
    return payout;
}

const char *call_payout_number(tuoyu_call *call, const tuoyu_payout *payout, int which)
{
    static tuoyu_status (*const NUMBERS[])(const tuoyu_payout *,
                                           tuoyu_decimal *) = {[PAYOUT_BUDGET] = tuoyu_payout_budget,
                                                               [PAYOUT_PAID] = tuoyu_payout_paid,
                                                               [PAYOUT_LEFT] = tuoyu_payout_left,
                                                               [PAYOUT_UNPAID] = tuoyu_payout_unpaid,
                                                               [PAYOUT_OVERSPENT] = tuoyu_payout_overspent};
    tuoyu_decimal number;
    if (!call || which < 0 || which > PAYOUT_OVERSPENT)
        return NULL;
    return number_text(call, NUMBERS[which](payout, &number), &number);
}

const char *call_payout_claim_claimed(tuoyu_call *call, const tuoyu_payout *payout, long long index)
{
    tuoyu_decimal number;
    if (!call || index < 0)
        return NULL;
    return number_text(call, tuoyu_payout_claim_claimed(payout, (size_t)index, &number), &number);
}

const char *call_payout_claim_paid(tuoyu_call *call, const tuoyu_payout *payout, long long index)
{
    tuoyu_decimal number;
    if (!call || index < 0)
        return NULL;
    return number_text(call, tuoyu_payout_claim_paid(payout, (size_t)index, &number), &number);
}

tuoyu_eligibility *call_policy_eligibility(tuoyu_call *call, tuoyu_policy *policy, const char *name,
                                           size_t length)
{
    tuoyu_eligibility *eligibility = NULL;
    if (call)
        call->status = tuoyu_policy_eligibility(policy, name, length, &eligibility, begin(call));
    return eligibility;
}

tuoyu_verdict *call_eligibility_verdict(tuoyu_call *call, const tuoyu_eligibility *eligibility,
                                        const tuoyu_case *facts, int as_of)
{
    tuoyu_verdict *verdict = NULL;
    if (call)
        call->status = tuoyu_eligibility_verdict(eligibility, facts, as_of, &verdict, begin(call));
    return verdict;
}

/* ---- Indicators ---- */

const char *call_verdict_score(tuoyu_call *call, const tuoyu_verdict *verdict)
{
    tuoyu_decimal number;
    return call ? number_text(call, tuoyu_verdict_score(verdict, &number), &number) : NULL;
}

const char *call_verdict_score_lower(tuoyu_call *call, const tuoyu_verdict *verdict)
{
    tuoyu_decimal number;
    return call ? number_text(call, tuoyu_verdict_score_lower(verdict, &number), &number) : NULL;
}

const char *call_verdict_score_upper(tuoyu_call *call, const tuoyu_verdict *verdict)
{
    tuoyu_decimal number;
    return call ? number_text(call, tuoyu_verdict_score_upper(verdict, &number), &number) : NULL;
}

const char *call_verdict_score_item_points(tuoyu_call *call, const tuoyu_verdict *verdict, long long index)
{
    tuoyu_decimal number;
    if (!call || index < 0)
        return NULL;
    return number_text(call, tuoyu_verdict_score_item_points(verdict, (size_t)index, &number), &number);
}

static const char *day_text(tuoyu_call *call, tuoyu_status status, int32_t day)
{
    if (status != TUOYU_OK)
        return NULL;
    tuoyu_date_to_text(day, call->number);
    return call->number;
}

const char *call_verdict_valid_until(tuoyu_call *call, const tuoyu_verdict *verdict)
{
    int32_t day = 0;
    if (!call)
        return NULL;
    tuoyu_status status = tuoyu_verdict_valid_until(verdict, &day);
    return day_text(call, status, day);
}

const char *call_verdict_checklist_day(tuoyu_call *call, const tuoyu_verdict *verdict, long long index,
                                       int which)
{
    int32_t day = 0;
    if (!call || index < 0)
        return NULL;
    tuoyu_status status = which == CHECKLIST_DONE ? tuoyu_verdict_checklist_done(verdict, (size_t)index, &day)
                          : which == CHECKLIST_FROM
                              ? tuoyu_verdict_checklist_from(verdict, (size_t)index, &day)
                              : tuoyu_verdict_checklist_due(verdict, (size_t)index, &day);
    return day_text(call, status, day);
}

tuoyu_indicator *call_policy_indicator(tuoyu_call *call, tuoyu_policy *policy, const char *name,
                                       size_t length)
{
    tuoyu_indicator *indicator = NULL;
    if (call)
        call->status = tuoyu_policy_indicator(policy, name, length, &indicator, begin(call));
    return indicator;
}

tuoyu_tally *call_indicator_tally(tuoyu_call *call, const tuoyu_indicator *indicator, int as_of)
{
    tuoyu_tally *tally = NULL;
    if (call)
        call->status = tuoyu_indicator_tally(indicator, as_of, &tally, begin(call));
    return tally;
}

void call_tally_add(tuoyu_call *call, tuoyu_tally *tally, const char *entity, size_t entity_length,
                    const tuoyu_case *row)
{
    if (call)
        call->status = tuoyu_tally_add(tally, entity, entity_length, row, begin(call));
}

void call_tally_add_unreadable(tuoyu_call *call, tuoyu_tally *tally, const char *entity, size_t entity_length,
                               long long count)
{
    if (call)
        call->status = tuoyu_tally_add_unreadable(tally, entity, entity_length, count, begin(call));
}

const char *call_tally_region_id(tuoyu_tally *tally, const char *region, size_t region_length,
                                 long long index)
{
    return index >= 0 ? tuoyu_tally_region_id(tally, region, region_length, (size_t)index) : NULL;
}

tuoyu_measure *call_tally_measure(tuoyu_call *call, tuoyu_tally *tally)
{
    return call_tally_measure_region(call, tally, NULL, 0, NULL, 0);
}

tuoyu_measure *call_tally_measure_region(tuoyu_call *call, tuoyu_tally *tally, const char *region,
                                         size_t region_length, const char *region_id, size_t region_id_length)
{
    tuoyu_measure *measure = NULL;
    if (call)
        call->status = tuoyu_tally_measure(tally, region, region_length, region_id, region_id_length,
                                           &measure, begin(call));
    return measure;
}

void call_tally_merge(tuoyu_call *call, tuoyu_tally *tally, const tuoyu_tally *other)
{
    if (call)
        call->status = tuoyu_tally_merge(tally, other, begin(call));
}

tuoyu_text *call_tally_to_bytes(tuoyu_call *call, const tuoyu_tally *tally)
{
    tuoyu_text *bytes = NULL;
    if (call)
        call->status = tuoyu_tally_to_bytes(tally, &bytes, begin(call));
    return bytes;
}

tuoyu_tally *call_tally_from_bytes(tuoyu_call *call, const tuoyu_indicator *indicator, const char *bytes,
                                   size_t length)
{
    tuoyu_tally *tally = NULL;
    if (call)
        call->status = tuoyu_tally_from_bytes(indicator, bytes, length, &tally, begin(call));
    return tally;
}

const char *call_measure_number(tuoyu_call *call, const tuoyu_measure *measure, int which)
{
    static tuoyu_status (*const NUMBERS[])(const tuoyu_measure *, tuoyu_decimal *) = {
        [MEASURE_VALUE] = tuoyu_measure_value,
        [MEASURE_LOWER] = tuoyu_measure_lower,
        [MEASURE_UPPER] = tuoyu_measure_upper,
        [MEASURE_NUMERATOR] = tuoyu_measure_numerator,
        [MEASURE_DENOMINATOR] = tuoyu_measure_denominator,
        [MEASURE_TARGET] = tuoyu_measure_target,
        [MEASURE_DISTANCE] = tuoyu_measure_distance};
    tuoyu_decimal number;
    if (!call || which < 0 || which > MEASURE_DISTANCE)
        return NULL;
    return number_text(call, NUMBERS[which](measure, &number), &number);
}

/* ---- Batches ---- */

static size_t count_lines(const char *text, size_t length)
{
    size_t count = 1;
    for (size_t i = 0; i < length; i++)
        count += text[i] == '\n';
    return count;
}

tuoyu_batch *call_batch_new(tuoyu_call *call, tuoyu_policy *policy, const char *names, size_t names_length,
                            int as_of, int unknown_columns, int floats, int nulls, int numbers, int columns,
                            bool is_chinese)
{
    tuoyu_batch *batch = NULL;
    if (!call || !names)
        return NULL;
    tuoyu_diagnostics *diagnostics = begin(call);
    tuoyu_diagnostics_set_language(diagnostics, language_of(is_chinese));
    size_t count = count_lines(names, names_length);
    const char **lines = calloc(count, sizeof *lines);
    size_t *lengths = calloc(count, sizeof *lengths);
    call->status = lines && lengths ? TUOYU_OK : TUOYU_ERROR_NO_MEMORY;
    for (size_t i = 0; i < count && call->status == TUOYU_OK; i++) {
        lines[i] = i ? lines[i - 1] + lengths[i - 1] + 1 : names;
        while (lines[i] + lengths[i] < names + names_length && lines[i][lengths[i]] != '\n')
            lengths[i]++;
    }
    const tuoyu_batch_options options = {.size = sizeof options,
                                         .unknown_columns = unknown_columns,
                                         .floats = floats,
                                         .nulls = nulls,
                                         .numbers = numbers,
                                         .columns = columns};
    if (call->status == TUOYU_OK)
        call->status = tuoyu_batch_new(policy, lines, lengths, count, as_of, &options, &batch, diagnostics);
    free(lines);
    free(lengths);
    return batch;
}

tuoyu_text *call_batch_plan(tuoyu_call *call, const tuoyu_batch *batch)
{
    tuoyu_text *text = NULL;
    if (!call)
        return NULL;
    begin(call);
    call->status = tuoyu_batch_plan(batch, &text);
    return text;
}

tuoyu_diagnostics *call_begin(tuoyu_call *call)
{
    return begin(call);
}
void call_end(tuoyu_call *call, int status)
{
    call->status = status;
}

/* ---- Texts ---- */

static tuoyu_text *answer_text(tuoyu_call *call, const tuoyu_answer *answer,
                               tuoyu_status (*write)(const tuoyu_answer *, tuoyu_text **))
{
    tuoyu_text *text = NULL;
    if (!call)
        return NULL;
    begin(call);
    call->status = write(answer, &text);
    return text;
}

tuoyu_text *call_answer_to_json(tuoyu_call *call, const tuoyu_answer *answer)
{
    return answer_text(call, answer, tuoyu_answer_to_json);
}

tuoyu_text *call_answer_explain_json(tuoyu_call *call, const tuoyu_answer *answer)
{
    return answer_text(call, answer, tuoyu_answer_explain_json);
}

tuoyu_text *call_answer_to_receipt(tuoyu_call *call, const tuoyu_answer *answer)
{
    return answer_text(call, answer, tuoyu_answer_to_receipt);
}

/* A copy ended by NUL; NULL when memory is refused. */
static char *terminated(const char *text, size_t length)
{
    char *copy = text && length < SIZE_MAX ? malloc(length + 1) : NULL;
    if (!copy)
        return NULL;
    memcpy(copy, text, length);
    copy[length] = '\0';
    return copy;
}

tuoyu_text *call_answer_to_text(tuoyu_call *call, const tuoyu_answer *answer, const char *language,
                                size_t length, bool explain)
{
    tuoyu_text *text = NULL;
    if (!call)
        return NULL;
    begin(call);
    char *code = terminated(language, length);
    call->status = code ? tuoyu_answer_to_text(answer, code, explain, &text) : TUOYU_ERROR_NO_MEMORY;
    free(code);
    return text;
}

tuoyu_text *call_measure_reason(tuoyu_call *call, const tuoyu_measure *measure, const char *language,
                                size_t length)
{
    tuoyu_text *text = NULL;
    if (!call)
        return NULL;
    begin(call);
    char *code = terminated(language, length);
    call->status = code ? tuoyu_measure_reason(measure, code, &text) : TUOYU_ERROR_NO_MEMORY;
    free(code);
    return text;
}

/* ---- Waiting lists ---- */

tuoyu_waiting_list *call_eligibility_waiting_list(tuoyu_call *call, const tuoyu_eligibility *eligibility,
                                                  int as_of, long long places)
{
    tuoyu_waiting_list *list = NULL;
    if (call)
        call->status = tuoyu_eligibility_waiting_list(eligibility, as_of, places, &list, begin(call));
    return list;
}

void call_waiting_list_add(tuoyu_call *call, tuoyu_waiting_list *list, const char *name, size_t name_length,
                           const tuoyu_case *facts)
{
    if (call)
        call->status = tuoyu_waiting_list_add(list, name, name_length, facts, begin(call));
}

void call_waiting_list_add_error(tuoyu_call *call, tuoyu_waiting_list *list, long long line, const char *id,
                                 size_t id_length, bool is_unreadable, const char *reason,
                                 size_t reason_length)
{
    tuoyu_status code = is_unreadable ? TUOYU_ERROR_SYNTAX : TUOYU_ERROR_EVALUATION;
    if (call)
        call->status =
            tuoyu_waiting_list_add_error(list, line, id, id_length, code, reason, reason_length, begin(call));
}

void call_waiting_list_order(tuoyu_call *call, tuoyu_waiting_list *list)
{
    if (!call)
        return;
    begin(call);
    call->status = tuoyu_waiting_list_order(list);
}

tuoyu_text *call_waiting_list_reason(tuoyu_call *call, const tuoyu_waiting_list *list, long long index,
                                     const char *language, size_t length)
{
    tuoyu_text *text = NULL;
    if (!call)
        return NULL;
    begin(call);
    char *code = terminated(language, length);
    call->status = code ? tuoyu_waiting_list_reason(list, (size_t)index, code, &text) : TUOYU_ERROR_NO_MEMORY;
    free(code);
    return text;
}

tuoyu_text *call_waiting_list_to_json(tuoyu_call *call, const tuoyu_waiting_list *list)
{
    tuoyu_text *text = NULL;
    if (!call)
        return NULL;
    begin(call);
    call->status = tuoyu_waiting_list_to_json(list, &text);
    return text;
}

tuoyu_text *call_waiting_list_to_text(tuoyu_call *call, const tuoyu_waiting_list *list, const char *language,
                                      size_t length)
{
    tuoyu_text *text = NULL;
    if (!call)
        return NULL;
    begin(call);
    char *code = terminated(language, length);
    call->status = code ? tuoyu_waiting_list_to_text(list, code, &text) : TUOYU_ERROR_NO_MEMORY;
    free(code);
    return text;
}

tuoyu_text *call_pack_schema(tuoyu_call *call)
{
    tuoyu_text *text = NULL;
    if (!call)
        return NULL;
    begin(call);
    call->status = tuoyu_pack_schema(&text);
    return text;
}
