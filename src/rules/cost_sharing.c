/* SPDX-License-Identifier: Apache-2.0 */
/* Lowers cost-sharing rules and splits a case's whole among payers and instalments. Shares and instalments
 * must sum to the whole exactly; anything else is an error. */
#include "rules/bound.h"
#include "rules/budget_terms.h"
#include "rules/case_facts.h"
#include "rules/instalment.h"
#include "rules/payer.h"
#include "rules/rule_kind.h"
#include "rules/subsidy.h"

/* How shares are rounded: as the rule writes it, or half up to one fen. */
static struct pack_rounding rounding_of_shares(const struct pack_cost_sharing *written)
{
    if (written->round.is_given)
        return written->round;
    struct pack_rounding fen = {.is_given = true, .mode = DECIMAL_HALF_UP, .where = written->rule.where};
    if (tuoyu_decimal_from_int64(1, 2, &fen.to) != TUOYU_OK)
        fen.is_given = false;
    return fen;
}

/* The check of the whole as money. The formula before bounds may be below zero, since a bound may lift it;
 * the whole may not. */
static struct money_check check_of_whole(const struct pack_cost_sharing *written)
{
    return (struct money_check){.noun = "whole", .of = written->rule.name, .is_payable = true};
}

/* Lowers what is shared before bounds apply. It is called `formula` if the rule has bounds, else it is the
 * `whole`. Returns SLOT_NONE when memory is refused. */
static uint32_t lower_formula(struct lowering *lowering, const struct pack_cost_sharing *written,
                              const struct pack_rounding *round, struct tuoyu_cost_sharing *cost_sharing)
{
    struct text part = written->bound_count ? TEXT("formula") : TEXT("whole");
    struct lowered formula = {.part = part,
                              .label = label_of_part(part),
                              .unit = written->unit,
                              .round = round,
                              .type = TYPE_NUMBER,
                              .where = written->rule.where};
    if (!written->bound_count)
        formula.money = check_of_whole(written);
    if (written->subsidy_count) {
        formula.tree = lower_subsidies(lowering, written, round, cost_sharing);
        if (!formula.tree)
            return SLOT_NONE;
    } else {
        formula.written = &written->of;
        formula.where = written->of.where;
    }
    return lower_expression(lowering, lowering->scope, &formula);
}

/* Lowers the bounds and the whole within them. Limits are rounded inwards where nothing else is written,
 * so that a rounded limit never exceeds the one written. Returns false when memory is refused. */
static bool lower_bounds_of_whole(struct lowering *lowering, const struct pack_cost_sharing *written,
                                  const struct pack_rounding *round, struct tuoyu_cost_sharing *cost_sharing)
{
    struct pack_rounding down = *round, up = *round;
    down.mode = DECIMAL_FLOOR;
    up.mode = DECIMAL_CEILING;
    cost_sharing->bounds = ARENA_ARRAY(lowering->arena, struct bound, written->bound_count);
    if (!cost_sharing->bounds)
        return false;
    cost_sharing->bound_count = written->bound_count;
    for (size_t i = 0; i < written->bound_count; i++)
        cost_sharing->bounds[i] = lower_bound(lowering, &written->bounds[i], written->unit,
                                              written->bounds[i].is_upper ? &down : &up);
    uint32_t within = lower_within(lowering, cost_sharing->bounds, written->bound_count,
                                   cost_sharing->formula, written->unit, written->rule.where);
    const struct node *tree = tree_slot(lowering, within);
    if (!tree)
        return false;
    cost_sharing->whole = lower_expression(lowering, lowering->scope,
                                           &(struct lowered){.part = TEXT("whole"),
                                                             .label = label_of_part(TEXT("whole")),
                                                             .unit = written->unit,
                                                             .tree = tree,
                                                             .money = check_of_whole(written),
                                                             .type = TYPE_NUMBER,
                                                             .where = written->rule.where});
    return true;
}

/* Lowers the whole and its bounds. Returns false when memory is refused. */
static bool lower_whole(struct lowering *lowering, const struct pack_cost_sharing *written,
                        const struct pack_rounding *round, struct tuoyu_cost_sharing *cost_sharing)
{
    cost_sharing->whole = cost_sharing->formula = lower_formula(lowering, written, round, cost_sharing);
    if (cost_sharing->formula == SLOT_NONE)
        return false;
    return written->bound_count == 0 || lower_bounds_of_whole(lowering, written, round, cost_sharing);
}

/* Lowers a whole rule; failures are noted in the lowering. */
static void lower_cost_sharing(struct lowering *lowering, const struct pack_cost_sharing *written,
                               struct tuoyu_cost_sharing *cost_sharing)
{
    if (!lower_rule(lowering, TUOYU_RULE_COST_SHARING, &cost_sharing->rule, &written->rule, written->unit))
        return;
    lower_steps(lowering, written->steps, written->step_count);
    struct pack_rounding round = rounding_of_shares(written);
    if (!lower_whole(lowering, written, &round, cost_sharing) ||
        !lower_payers(lowering, written, &round, cost_sharing)) {
        lowering_fail(lowering, TUOYU_ERROR_NO_MEMORY);
        return;
    }
    lower_instalments(lowering, written, &round, cost_sharing);
    lower_budget(lowering, written, &round, cost_sharing);
}

/* ---- The answer ---- */

/* One split while it is made. */
struct split_run {
    const struct tuoyu_cost_sharing *rule;
    struct tuoyu_split *split;
    struct evaluation *evaluation;
    struct roots roots;
    tuoyu_diagnostics *diagnostics;
};

/* TUOYU_OK if the sum is the amount that is split; else reports and returns TUOYU_ERROR_SHARES. `what` says
 * in the message what was summed. */
static tuoyu_status check_sum(struct split_run *run, const char *what, tuoyu_decimal sum)
{
    char sum_digits[TUOYU_DECIMAL_TEXT_SIZE], whole_digits[TUOYU_DECIMAL_TEXT_SIZE];
    if (decimal_compare(sum, run->split->whole.number) == 0)
        return TUOYU_OK;
    decimal_format(sum, sum_digits);
    decimal_format(run->split->whole.number, whole_digits);
    struct value error =
        evaluation_error(run->evaluation, TUOYU_ERROR_SHARES, run->rule->rule.where,
                         "the %s sum to %s, the whole is %s", what, sum_digits, whole_digits);
    return evaluation_status(run->evaluation, error, run->diagnostics);
}

/* Reports a subsidy that is known and is no amount of money, even one that gives way to another one and need
 * not be known. Returns TUOYU_OK or the status of the first error. */
static tuoyu_status check_subsidies(struct split_run *run)
{
    tuoyu_status status = TUOYU_OK;
    for (size_t i = 0; i < run->rule->subsidy_count && status == TUOYU_OK; i++) {
        struct value claimed = evaluation_value(run->evaluation, run->rule->subsidies[i].claimed);
        const struct cause *error = cause_first_error(value_cause(claimed));
        if (error && error->code == TUOYU_ERROR_SHARES)
            status = evaluation_status(run->evaluation, claimed, run->diagnostics);
    }
    return status;
}

/* Checks that the shares of all payers sum to the whole. */
static tuoyu_status check_shares(struct split_run *run)
{
    tuoyu_decimal sum = decimal_from_integer(0);
    tuoyu_status status = TUOYU_OK;
    for (size_t i = 0; i < run->rule->payer_count && status == TUOYU_OK; i++)
        status = decimal_add(sum, run->split->lines[i].number, &sum);
    return status == TUOYU_OK ? check_sum(run, "shares", sum) : status;
}

/* Checks that the instalments sum to the whole. */
static tuoyu_status check_instalments(struct split_run *run)
{
    tuoyu_decimal sum = decimal_from_integer(0);
    tuoyu_status status = TUOYU_OK;
    for (size_t i = 0; i < run->rule->instalment_count && status == TUOYU_OK; i++)
        status = decimal_add(sum, run->split->instalments[i].amount.number, &sum);
    return status == TUOYU_OK ? check_sum(run, "instalments", sum) : status;
}

/* Asks a slot for a number in the rule's unit. If it is not known, *out is not given and the outcome becomes
 * undetermined. Returns TUOYU_OK or the status of the first error. */
static tuoyu_status ask_share(struct split_run *run, uint32_t slot, struct answer_number *out)
{
    struct value value;
    tuoyu_status status = rule_need(run->evaluation, &run->roots, slot, &value, run->diagnostics);
    if (status == TUOYU_OK)
        status = answer_number_of(value, run->rule->rule.unit, out);
    if (!out->is_given)
        run->split->answer.outcome = TUOYU_UNDETERMINED;
    return status;
}

/* Reads the subsidies. The combinations are asked too, so that the answer cites the law of each. Returns
 * TUOYU_OK or the status of the first error. */
static tuoyu_status ask_subsidies(struct split_run *run)
{
    struct value value;
    tuoyu_status status = TUOYU_OK;
    for (size_t i = 0; i < run->rule->combination_count && status == TUOYU_OK; i++)
        status =
            rule_ask(run->evaluation, &run->roots, run->rule->combinations[i].sum, &value, run->diagnostics);
    if (status == TUOYU_OK)
        status = subsidies_read(run->split, run->evaluation);
    return status == TUOYU_OK && run->split->whole.is_given ? check_subsidies(run) : status;
}

/* Asks the whole, its bounds, the subsidies and the share of each payer, and checks the sum if all are
 * known. */
static tuoyu_status ask_shares(struct split_run *run)
{
    const struct tuoyu_cost_sharing *rule = run->rule;
    struct tuoyu_split *split = run->split;
    tuoyu_status status = ask_share(run, rule->whole, &split->whole);
    if (status == TUOYU_OK && split->whole.is_given)
        status = bounds_read(run->evaluation, rule->bounds, rule->bound_count, rule->formula, rule->rule.unit,
                             split->bounds, &split->binding);
    if (status == TUOYU_OK)
        status = answer_number_of(evaluation_value(run->evaluation, rule->formula), rule->rule.unit,
                                  &split->before_bounds);
    if (status == TUOYU_OK)
        status = ask_subsidies(run);
    for (size_t i = 0; i < run->rule->payer_count && status == TUOYU_OK; i++)
        status = ask_share(run, run->rule->payers[i].share, &run->split->lines[i]);
    return status == TUOYU_OK && run->split->answer.outcome == TUOYU_DETERMINED ? check_shares(run) : status;
}

/* ---- Instalments ---- */

/* Notes an instalment's day and state; it stays open if neither is known to be so. */
static void note_state(struct split_run *run, const struct instalment *rule,
                       struct split_instalment *instalment)
{
    struct value forfeited = rule->forfeited == SLOT_NONE
                                 ? value_boolean(false)
                                 : evaluation_value(run->evaluation, rule->forfeited);
    struct value reached =
        rule->reached == SLOT_NONE ? value_boolean(true) : evaluation_value(run->evaluation, rule->reached);
    struct value due = rule->due == SLOT_NONE ? VALUE_NOTHING : evaluation_value(run->evaluation, rule->due);
    instalment->has_due = due.kind == VALUE_DATE && due.date >= DATE_FIRST && due.date <= DATE_LAST;
    if (instalment->has_due)
        instalment->due = (int32_t)due.date;
    if (value_is_true(forfeited))
        instalment->state = TUOYU_INSTALMENT_FORFEITED;
    else if (value_is_false(forfeited) && value_is_true(reached))
        instalment->state = TUOYU_INSTALMENT_DUE;
    else if (value_is_false(forfeited) && value_is_false(reached))
        instalment->state = TUOYU_INSTALMENT_LATER;
}

/* Asks the instalments and their sums, and notes the state of each. Returns TUOYU_OK or the status of the
 * first error. */
static tuoyu_status ask_instalments(struct split_run *run)
{
    const struct tuoyu_cost_sharing *rule = run->rule;
    struct tuoyu_split *split = run->split;
    tuoyu_status status = TUOYU_OK;
    if (rule->instalment_count == 0)
        return TUOYU_OK;
    for (size_t i = 0; i < rule->instalment_count && status == TUOYU_OK; i++)
        status = ask_share(run, rule->instalments[i].amount, &split->instalments[i].amount);
    if (status == TUOYU_OK && split->answer.outcome == TUOYU_DETERMINED)
        status = check_instalments(run);
    if (status == TUOYU_OK)
        status = ask_share(run, rule->entitled, &split->entitled);
    if (status == TUOYU_OK && rule->paid != SLOT_NONE)
        status = ask_share(run, rule->paid, &split->paid);
    if (status == TUOYU_OK && rule->paid != SLOT_NONE)
        status = ask_share(run, rule->claw_back, &split->claw_back);
    if (status == TUOYU_OK)
        status = ask_share(run, rule->payable, &split->payable);
    for (size_t i = 0; i < rule->instalment_count && status == TUOYU_OK; i++)
        note_state(run, &rule->instalments[i], &split->instalments[i]);
    return status;
}

/* Fills in the split that the run has begun. TUOYU_OK, the error of the case, or TUOYU_ERROR_NO_MEMORY. */
static tuoyu_status split_run(struct split_run *run)
{
    struct tuoyu_answer *answer = &run->split->answer;
    tuoyu_status status =
        rule_begin(&run->rule->rule, run->evaluation, &run->roots, &answer->outcome, run->diagnostics);
    if (status == TUOYU_OK && answer->outcome == TUOYU_DETERMINED) {
        status = ask_shares(run);
        if (status == TUOYU_OK)
            status = ask_instalments(run);
    }
    if (status != TUOYU_OK)
        return status;
    bool is_shown = answer_rest_on(answer, run->evaluation, &run->roots);
    if (is_shown && answer->outcome == TUOYU_UNDETERMINED)
        is_shown = answer_list_missing(answer, run->evaluation, &run->roots);
    return is_shown ? TUOYU_OK : TUOYU_ERROR_NO_MEMORY;
}

tuoyu_status cost_sharing_split_in(const struct tuoyu_cost_sharing *cost_sharing,
                                   struct evaluation *evaluation, struct tuoyu_split **out,
                                   tuoyu_diagnostics *diagnostics)
{
    int32_t as_of = evaluation->as_of;
    cost_sharing = cost_sharing_of(rule_on(&cost_sharing->rule, as_of));
    struct split_run run = {.rule = cost_sharing, .evaluation = evaluation, .diagnostics = diagnostics};
    *out = NULL;
    run.split = answer_new(sizeof *run.split, &cost_sharing->rule, as_of);
    if (!run.split)
        return report_no_memory(diagnostics);
    struct tuoyu_answer *answer = &run.split->answer;
    run.split->bounds = ARENA_ARRAY(&answer->arena, struct bound_reading, cost_sharing->bound_count);
    run.split->subsidies = ARENA_ARRAY(&answer->arena, struct split_subsidy, cost_sharing->subsidy_count);
    run.split->lines = ARENA_ARRAY(&answer->arena, struct answer_number, cost_sharing->payer_count);
    run.split->instalments =
        ARENA_ARRAY(&answer->arena, struct split_instalment, cost_sharing->instalment_count);
    bool has_memory = run.split->bounds && run.split->subsidies && run.split->lines && run.split->instalments;
    tuoyu_status status = has_memory ? split_run(&run) : TUOYU_ERROR_NO_MEMORY;
    return answer_finish(answer, status, out, diagnostics);
}

tuoyu_status cost_sharing_split(const struct tuoyu_cost_sharing *cost_sharing, const struct tuoyu_case *facts,
                                int32_t as_of, struct tuoyu_split **out, tuoyu_diagnostics *diagnostics)
{
    struct evaluation *evaluation = case_begin(facts, as_of);
    *out = NULL;
    if (!evaluation)
        return report_no_memory(diagnostics);
    tuoyu_status status = cost_sharing_split_in(cost_sharing, evaluation, out, diagnostics);
    case_end(facts, evaluation);
    return status;
}

/* ---- The kind ---- */

/* How many cost-sharing rules a pack has. */
static size_t count_in(const struct pack_model *model)
{
    return model->cost_sharing_count;
}

/* Makes and lowers a rule. One that is made up of other rules is put in line, to be lowered after them
 * all, in whichever pack they stand; its name and days are known before. Returns NULL when memory is
 * refused. */
static struct rule *lower(struct lowering *lowering, const struct pack_model *model, size_t index)
{
    const struct pack_cost_sharing *written = &model->cost_sharing[index];
    struct tuoyu_cost_sharing *made = ARENA_NEW(lowering->arena, struct tuoyu_cost_sharing);
    if (!made)
        return NULL;
    made->written = written;
    if (!is_made_up_of_rules(written)) {
        lower_cost_sharing(lowering, written, made);
    } else {
        name_rule(lowering, TUOYU_RULE_COST_SHARING, &made->rule, &written->rule, written->unit);
        *lowering->last_waiting = made;
        lowering->last_waiting = &made->next_waiting;
    }
    return &made->rule;
}

/* Lowers the rules that are made up of other rules, once those of all packs are lowered. */
static void lower_waiting(struct lowering *lowering)
{
    struct tuoyu_cost_sharing *waiting = lowering->first_waiting;
    for (; waiting && lowering->status != TUOYU_ERROR_NO_MEMORY; waiting = waiting->next_waiting) {
        lowering->pack = waiting->rule.pack;
        waiting->rule.first_slot = lowering->layering->program.slot_count;
        lower_cost_sharing(lowering, waiting->written, waiting);
        waiting->rule.slot_end = lowering->layering->program.slot_count;
    }
}

/* For rule_kind: the split of a case. Returns TUOYU_OK or the status of the first error. */
static tuoyu_status answer_case(const struct rule *rule, const struct tuoyu_case *facts, int32_t as_of,
                                struct tuoyu_answer **out, tuoyu_diagnostics *diagnostics)
{
    struct tuoyu_split *split;
    tuoyu_status status = cost_sharing_split(cost_sharing_of(rule), facts, as_of, &split, diagnostics);
    *out = split ? &split->answer : NULL;
    return status;
}

/* For rule_kind: the slot of the whole. */
static uint32_t amount_of(const struct rule *rule)
{
    return cost_sharing_of(rule)->whole;
}

/* For rule_kind: true if the whole is made up of what other rules give. */
static bool is_made_up(const struct rule *rule)
{
    return is_made_up_of_rules(cost_sharing_of(rule)->written);
}

/* Marks what the instalments can read, and what was paid before. */
static void mark_instalments(const struct tuoyu_cost_sharing *sharing, struct slot_reads *reads)
{
    for (size_t i = 0; i < sharing->instalment_count; i++) {
        const struct instalment *instalment = &sharing->instalments[i];
        slot_reads_mark(reads, instalment->amount);
        slot_reads_mark(reads, instalment->forfeited);
        slot_reads_mark(reads, instalment->due);
        slot_reads_mark(reads, instalment->reached);
    }
    if (!sharing->instalment_count)
        return;
    slot_reads_mark(reads, sharing->entitled);
    slot_reads_mark(reads, sharing->payable);
    slot_reads_mark(reads, sharing->paid);
    slot_reads_mark(reads, sharing->claw_back);
}

/* For rule_kind: marks what a split can read, and of a budget the keys that claims are ordered by. What there
 * is in the budget is no matter of a claim. */
static void mark_split(const struct rule *rule, struct slot_reads *reads)
{
    const struct tuoyu_cost_sharing *sharing = cost_sharing_of(rule);
    slot_reads_mark(reads, sharing->whole);
    slot_reads_mark(reads, sharing->formula);
    bounds_mark_reads(sharing->bounds, sharing->bound_count, reads);
    for (size_t i = 0; i < sharing->subsidy_count; i++)
        slot_reads_mark(reads, sharing->subsidies[i].paid);
    for (size_t i = 0; i < sharing->payer_count; i++)
        slot_reads_mark(reads, sharing->payers[i].share);
    mark_instalments(sharing, reads);
    for (size_t i = 0; sharing->budget && i < sharing->budget->key_count; i++)
        slot_reads_mark(reads, sharing->budget->keys[i].slot);
}

const struct rule_kind COST_SHARING_KIND = {
    .section = "cost_sharing",
    .words = {.zh = {"分担规则", 12}, .en = {"cost-sharing rule", 17}},
    .article = "a",
    .size = sizeof(struct tuoyu_cost_sharing),
    .count = count_in,
    .lower = lower,
    .lower_waiting = lower_waiting,
    .answer_case = answer_case,
    .amount = amount_of,
    .mark_reads = mark_split,
    .is_made_up_of_rules = is_made_up,
};
