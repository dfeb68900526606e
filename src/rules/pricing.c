/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/answer.h"
#include "rules/case_facts.h"
#include "rules/lowering.h"

void lower_pricing(struct lowering *lowering, const struct pack_pricing *written, struct tuoyu_pricing *pricing)
{
    if (!lower_rule(lowering, TUOYU_RULE_PRICING, &pricing->rule, &written->rule, written->unit)) return;
    lower_steps(lowering, written->steps, written->step_count);
    struct rule *rule = &pricing->rule;
    struct lowered amount = {.part = TEXT("amount"), .label = label_of_part(TEXT("amount")), .unit = written->unit,
                             .round = &written->round, .type = TYPE_NUMBER, .where = written->rule.where};
    pricing->amount = pricing->charged = pricing->at_most = pricing->at_least = SLOT_NONE;
    if (written->amount.text.bytes) {
        amount.written = &written->amount;
        amount.where = written->amount.where;
    } else {
        if (rule->step_count == 0) return;
        const struct pack_step *last = &written->steps[rule->step_count - 1];
        amount.tree = tree_slot(lowering, rule->steps[rule->step_count - 1].slot);
        amount.where = last->where;
        if (!amount.tree) return;
    }
    pricing->amount = lower_expression(lowering, lowering->scope, &amount);
    struct scope *scope = lower_scope(lowering, lowering->scope);
    if (pricing->amount == SLOT_NONE || !scope || !scope_declare(scope, TEXT("amount"), pricing->amount)) {
        lowering_fail(lowering, TUOYU_ERROR_NO_MEMORY);
        return;
    }
    pricing->charged = lower_optional(lowering, scope, "charged", &written->charged, written->unit, TYPE_NUMBER);
    pricing->at_most = lower_optional(lowering, scope, "at_most", &written->at_most, written->unit, TYPE_NUMBER);
    pricing->at_least = lower_optional(lowering, scope, "at_least", &written->at_least, written->unit, TYPE_NUMBER);
    if (pricing->at_most == SLOT_NONE) pricing->at_most = pricing->amount;
}

/* ---- The answer ---- */

struct pricing_run {
    const struct tuoyu_pricing *pricing;
    struct tuoyu_quote *quote;
    struct evaluation *evaluation;
    struct roots roots;
    tuoyu_diagnostics *diagnostics;
};

/* A bound or the fee: what is not known of it leaves the compliance open, and no more. */
static tuoyu_status ask_number(struct pricing_run *run, uint32_t slot, struct answer_number *out)
{
    struct value value;
    tuoyu_status status = rule_ask(run->evaluation, &run->roots, slot, &value, run->diagnostics);
    return status == TUOYU_OK ? answer_number_of(value, run->pricing->rule.unit, out) : status;
}

static tuoyu_status compare_fee(struct pricing_run *run)
{
    const struct tuoyu_pricing *pricing = run->pricing;
    struct tuoyu_quote *quote = run->quote;
    if (pricing->charged == SLOT_NONE) return TUOYU_OK;
    tuoyu_status status = ask_number(run, pricing->charged, &quote->charged);
    if (status == TUOYU_OK) status = ask_number(run, pricing->at_most, &quote->at_most);
    if (status == TUOYU_OK) status = ask_number(run, pricing->at_least, &quote->at_least);
    bool is_open = !quote->charged.is_given || !quote->at_most.is_given ||
                   (pricing->at_least != SLOT_NONE && !quote->at_least.is_given);
    if (status != TUOYU_OK || is_open) return status;
    bool is_above = decimal_compare(quote->charged.number, quote->at_most.number) > 0;
    bool is_below = quote->at_least.is_given && decimal_compare(quote->charged.number, quote->at_least.number) < 0;
    quote->complies = !is_above && !is_below;
    quote->excess = (struct answer_number){.is_given = true, .number = decimal_from_integer(0)};
    return is_above ? decimal_subtract(quote->charged.number, quote->at_most.number, &quote->excess.number) : TUOYU_OK;
}

/* Steps that the amount did not need are shown where they have a value; their errors are not the answer's. */
static bool show_steps(struct pricing_run *run)
{
    const struct rule *rule = &run->pricing->rule;
    struct tuoyu_quote *quote = run->quote;
    quote->steps = ARENA_ARRAY(&quote->answer.arena, struct quote_step, rule->step_count);
    if (!quote->steps) return false;
    for (size_t i = 0; i < rule->step_count; i++) {
        struct value value = quote->answer.outcome == TUOYU_NOT_APPLICABLE
                                 ? VALUE_NOTHING : evaluation_value(run->evaluation, rule->steps[i].slot);
        quote->steps[i].value = answer_value_text(&quote->answer.arena, value, rule->steps[i].unit);
        if (!quote->steps[i].value.bytes) return false;
    }
    return true;
}

static tuoyu_status quote_amount(struct pricing_run *run)
{
    struct tuoyu_quote *quote = run->quote;
    struct value amount;
    tuoyu_status status = rule_need(run->evaluation, &run->roots, run->pricing->amount, &amount, run->diagnostics);
    if (status == TUOYU_OK) status = answer_number_of(amount, run->pricing->rule.unit, &quote->amount);
    if (status != TUOYU_OK) return status;
    if (quote->amount.is_given) return compare_fee(run);
    quote->answer.outcome = TUOYU_UNDETERMINED;
    return TUOYU_OK;
}

static tuoyu_status quote_run(struct pricing_run *run)
{
    struct tuoyu_answer *answer = &run->quote->answer;
    tuoyu_status status = rule_begin(&run->pricing->rule, run->evaluation, &run->roots, &answer->outcome, run->diagnostics);
    if (status == TUOYU_OK && answer->outcome == TUOYU_DETERMINED) status = quote_amount(run);
    if (status != TUOYU_OK) return status;
    bool is_shown = show_steps(run) && answer_rest_on(answer, run->evaluation, &run->roots);
    if (is_shown && answer->outcome == TUOYU_UNDETERMINED) is_shown = answer_lack(answer, run->evaluation, &run->roots);
    return is_shown ? TUOYU_OK : TUOYU_ERROR_NO_MEMORY;
}

tuoyu_status pricing_quote(const struct tuoyu_pricing *pricing, const struct tuoyu_case *facts, int32_t as_of,
                           struct tuoyu_quote **out, tuoyu_diagnostics *diagnostics)
{
    struct pricing_run run = {.pricing = pricing, .diagnostics = diagnostics};
    *out = NULL;
    run.quote = answer_new(sizeof *run.quote, &pricing->rule, as_of);
    if (!run.quote) return report_no_memory(diagnostics);
    run.quote->complies = -1;
    run.evaluation = case_begin(facts, as_of);
    return answer_finish(&run.quote->answer, quote_run(&run), out, diagnostics);
}
