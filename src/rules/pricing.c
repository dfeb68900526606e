/* SPDX-License-Identifier: Apache-2.0 */
/* Lowers pricing rules and quotes a case: the amount within its bounds, and whether a fee that is charged
 * complies. */
#include "program/unit_text.h"
#include "rules/bound.h"
#include "rules/case_facts.h"
#include "rules/pricing_bound.h"
#include "rules/rule_kind.h"

/* Fills in what the amount is before bounds: the written formula, else the last step, else the benchmark
 * of the float band. Returns false if there is none, or when memory is refused. */
static bool amount_written(struct lowering *lowering, const struct pack_pricing *written,
                           struct lowered *amount)
{
    const struct rule *rule = lowering->rule;
    if (written->amount.text.bytes) {
        amount->written = &written->amount;
        amount->where = written->amount.where;
        return true;
    }
    if (rule->step_count > 0) {
        amount->tree = tree_slot(lowering, rule->steps[rule->step_count - 1].slot);
        amount->where = written->steps[rule->step_count - 1].where;
    } else if (written->float_band.of.text.bytes) {
        amount->tree = lower_benchmark(lowering, written);
        amount->where = written->float_band.where;
    }
    return amount->tree;
}

/* The check of a fee or its limit as money. If a fee is compared, neither may be below zero: such a fee
 * would always comply, and such a limit would be exceeded by more than the whole fee. An amount that
 * nothing is compared with may be negative, as a refund; so may what is no money. */
static struct money_check check_of_fee(const struct pack_pricing *written, const char *noun)
{
    bool is_compared = written->charged.text.bytes && unit_text_is_money(written->unit);
    return (struct money_check){.noun = is_compared ? noun : NULL, .of = written->rule.name};
}

/* Lowers the amount before and within its bounds. pricing->amount stays SLOT_NONE if that fails. */
static void lower_amount(struct lowering *lowering, const struct pack_pricing *written,
                         struct tuoyu_pricing *pricing)
{
    bool is_bounded = written->bound_count > 0 || written->float_band.is_given;
    struct text part = is_bounded ? TEXT("formula") : TEXT("amount");
    struct lowered amount = {.part = part,
                             .label = label_of_part(part),
                             .unit = written->unit,
                             .round = &written->round,
                             .type = TYPE_NUMBER,
                             .where = written->rule.where};
    if (!is_bounded)
        amount.money = check_of_fee(written, "amount");
    if (!amount_written(lowering, written, &amount))
        return;
    pricing->amount = pricing->formula = lower_expression(lowering, lowering->scope, &amount);
    if (pricing->formula == SLOT_NONE || !is_bounded)
        return;
    pricing->amount = SLOT_NONE;
    const struct node *tree = lower_bounds(lowering, written, pricing);
    if (!tree)
        return;
    pricing->amount = lower_expression(lowering, lowering->scope,
                                       &(struct lowered){.part = TEXT("amount"),
                                                         .label = label_of_part(TEXT("amount")),
                                                         .unit = written->unit,
                                                         .tree = tree,
                                                         .money = check_of_fee(written, "amount"),
                                                         .type = TYPE_NUMBER,
                                                         .where = written->rule.where});
}

/* Lowers a whole rule; failures are noted in the lowering. */
static void lower_pricing(struct lowering *lowering, const struct pack_pricing *written,
                          struct tuoyu_pricing *pricing)
{
    if (!lower_rule(lowering, TUOYU_RULE_PRICING, &pricing->rule, &written->rule, written->unit))
        return;
    lower_steps(lowering, written->steps, written->step_count);
    pricing->amount = pricing->formula = pricing->charged = pricing->at_most = pricing->at_least = SLOT_NONE;
    lower_amount(lowering, written, pricing);
    struct scope *scope = lower_scope(lowering, lowering->scope);
    if (pricing->amount == SLOT_NONE || !scope || !scope_declare(scope, TEXT("amount"), pricing->amount)) {
        lowering_fail(lowering, TUOYU_ERROR_NO_MEMORY);
        return;
    }
    struct money_check fee = check_of_fee(written, "fee charged"),
                       limit = check_of_fee(written, "limit of the fee");
    pricing->charged =
        lower_optional_money(lowering, scope, "charged", &written->charged, written->unit, fee);
    pricing->at_most =
        lower_optional_money(lowering, scope, "at_most", &written->at_most, written->unit, limit);
    pricing->at_least =
        lower_optional(lowering, scope, "at_least", &written->at_least, written->unit, TYPE_NUMBER);
    if (pricing->at_most == SLOT_NONE && !written->float_band.is_given)
        pricing->at_most = pricing->amount;
}

/* ---- The answer ---- */

/* One quote while it is made. */
struct pricing_run {
    const struct tuoyu_pricing *pricing;
    struct tuoyu_quote *quote;
    struct evaluation *evaluation;
    struct roots roots;
    tuoyu_diagnostics *diagnostics;
};

/* Asks the fee or one of its limits. If it is not known, *out is not given, and only the compliance stays
 * open. Returns TUOYU_OK or the status of the first error. */
static tuoyu_status ask_number(struct pricing_run *run, uint32_t slot, struct answer_number *out)
{
    struct value value;
    tuoyu_status status = rule_ask(run->evaluation, &run->roots, slot, &value, run->diagnostics);
    return status == TUOYU_OK ? answer_number_of(value, run->pricing->rule.unit, out) : status;
}

/* Compares the fee that is charged with its limits, and notes by how much it is above or below. Leaves the
 * compliance open if one of them is not known. Returns TUOYU_OK or the status of the first error. */
static tuoyu_status compare_fee(struct pricing_run *run)
{
    const struct tuoyu_pricing *pricing = run->pricing;
    struct tuoyu_quote *quote = run->quote;
    if (pricing->charged == SLOT_NONE)
        return TUOYU_OK;
    tuoyu_status status = ask_number(run, pricing->charged, &quote->charged);
    if (status == TUOYU_OK)
        status = ask_number(run, pricing->at_most, &quote->at_most);
    if (status == TUOYU_OK)
        status = ask_number(run, pricing->at_least, &quote->at_least);
    bool is_open = !quote->charged.is_given || (pricing->at_most != SLOT_NONE && !quote->at_most.is_given) ||
                   (pricing->at_least != SLOT_NONE && !quote->at_least.is_given);
    if (status != TUOYU_OK || is_open)
        return status;
    quote_tighten(quote);
    quote->excess = (struct answer_number){.is_given = true, .number = decimal_from_integer(0)};
    quote->shortfall = quote->excess;
    if (quote->complies)
        return TUOYU_OK;
    if (quote->at_most.is_given && decimal_compare(quote->charged.number, quote->at_most.number) > 0)
        return decimal_subtract(quote->charged.number, quote->at_most.number, &quote->excess.number);
    return decimal_subtract(quote->at_least.number, quote->charged.number, &quote->shortfall.number);
}

/* Shows each step that has a value, even one that the amount did not need; an error in such a step is no
 * error of the answer. Returns false when memory is refused. */
static bool show_steps(struct pricing_run *run)
{
    const struct rule *rule = &run->pricing->rule;
    struct tuoyu_quote *quote = run->quote;
    quote->steps = ARENA_ARRAY(&quote->answer.arena, struct quote_step, rule->step_count);
    if (!quote->steps)
        return false;
    for (size_t i = 0; i < rule->step_count; i++) {
        struct value value = answer_is_silent(&quote->answer)
                                 ? VALUE_NOTHING
                                 : evaluation_value(run->evaluation, rule->steps[i].slot);
        quote->steps[i].value = answer_value_text(&quote->answer.arena, value, rule->steps[i].unit);
        if (!quote->steps[i].value.bytes)
            return false;
    }
    return true;
}

/* Asks the amount; if it is known, reads the bounds and compares the fee, else the outcome is undetermined.
 * Returns TUOYU_OK or the status of the first error. */
static tuoyu_status quote_amount(struct pricing_run *run)
{
    struct tuoyu_quote *quote = run->quote;
    struct value amount;
    tuoyu_status status =
        rule_need(run->evaluation, &run->roots, run->pricing->amount, &amount, run->diagnostics);
    if (status == TUOYU_OK)
        status = answer_number_of(amount, run->pricing->rule.unit, &quote->amount);
    if (status != TUOYU_OK)
        return status;
    if (quote->amount.is_given) {
        status = quote_bounds(quote, run->evaluation);
        return status == TUOYU_OK ? compare_fee(run) : status;
    }
    quote->answer.outcome = TUOYU_UNDETERMINED;
    return TUOYU_OK;
}

/* Fills in the quote that the run has begun. TUOYU_OK, the error of the case, or TUOYU_ERROR_NO_MEMORY. */
static tuoyu_status quote_run(struct pricing_run *run)
{
    struct tuoyu_answer *answer = &run->quote->answer;
    tuoyu_status status =
        rule_begin(&run->pricing->rule, run->evaluation, &run->roots, &answer->outcome, run->diagnostics);
    if (status == TUOYU_OK && answer->outcome == TUOYU_DETERMINED)
        status = quote_amount(run);
    if (status != TUOYU_OK)
        return status;
    bool is_shown = show_steps(run) && answer_rest_on(answer, run->evaluation, &run->roots);
    if (is_shown && answer->outcome == TUOYU_UNDETERMINED)
        is_shown = answer_list_missing(answer, run->evaluation, &run->roots);
    return is_shown ? TUOYU_OK : TUOYU_ERROR_NO_MEMORY;
}

tuoyu_status pricing_quote(const struct tuoyu_pricing *pricing, const struct tuoyu_case *facts, int32_t as_of,
                           struct tuoyu_quote **out, tuoyu_diagnostics *diagnostics)
{
    pricing = pricing_of(rule_on(&pricing->rule, as_of));
    struct pricing_run run = {.pricing = pricing, .diagnostics = diagnostics};
    *out = NULL;
    run.quote = answer_new(sizeof *run.quote, &pricing->rule, as_of);
    if (!run.quote)
        return report_no_memory(diagnostics);
    run.quote->complies = -1;
    run.quote->bounds = ARENA_ARRAY(&run.quote->answer.arena, struct bound_reading, pricing->bound_count);
    run.evaluation = case_begin(facts, as_of);
    bool has_memory = run.evaluation && run.quote->bounds;
    tuoyu_status status = has_memory ? quote_run(&run) : TUOYU_ERROR_NO_MEMORY;
    case_end(facts, run.evaluation);
    return answer_finish(&run.quote->answer, status, out, diagnostics);
}

/* ---- The kind ---- */

/* How many pricing rules a pack has. */
static size_t count_in(const struct pack_model *model)
{
    return model->pricing_count;
}

/* Makes and lowers a rule; NULL when memory is refused. */
static struct rule *lower(struct lowering *lowering, const struct pack_model *model, size_t index)
{
    struct tuoyu_pricing *made = ARENA_NEW(lowering->arena, struct tuoyu_pricing);
    if (!made)
        return NULL;
    lower_pricing(lowering, &model->pricing[index], made);
    return &made->rule;
}

/* The quote as an answer of any kind; *out is NULL unless TUOYU_OK is returned. */
static tuoyu_status answer_case(const struct rule *rule, const struct tuoyu_case *facts, int32_t as_of,
                                struct tuoyu_answer **out, tuoyu_diagnostics *diagnostics)
{
    struct tuoyu_quote *quote;
    tuoyu_status status = pricing_quote(pricing_of(rule), facts, as_of, &quote, diagnostics);
    *out = quote ? &quote->answer : NULL;
    return status;
}

/* The slot of the amount that the rule gives. */
static uint32_t amount_of(const struct rule *rule)
{
    return pricing_of(rule)->amount;
}

/* For rule_kind: marks what a quote can read. */
static void mark_quote(const struct rule *rule, struct slot_reads *reads)
{
    const struct tuoyu_pricing *pricing = pricing_of(rule);
    slot_reads_mark(reads, pricing->amount);
    slot_reads_mark(reads, pricing->formula);
    slot_reads_mark(reads, pricing->charged);
    slot_reads_mark(reads, pricing->at_most);
    slot_reads_mark(reads, pricing->at_least);
    bounds_mark_reads(pricing->bounds, pricing->bound_count, reads);
}

const struct rule_kind PRICING_KIND = {
    .section = "pricing",
    .words = {.zh = {"收费规则", 12}, .en = {"pricing rule", 12}},
    .article = "a",
    .size = sizeof(struct tuoyu_pricing),
    .count = count_in,
    .lower = lower,
    .answer_case = answer_case,
    .amount = amount_of,
    .mark_reads = mark_quote,
};
