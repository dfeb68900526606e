/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/answer.h"
#include "rules/case_facts.h"
#include "rules/instalment.h"

/* What the payers of a rule have in common while they are lowered. */
struct sharing {
    struct lowering *lowering;
    const struct pack_cost_sharing *written;
    struct pack_rounding round;
    uint32_t whole;
    uint32_t remaining;             /* the whole less the shares before */
    const struct node *remaining_tree;
};

static struct pack_rounding rounding_of_shares(const struct pack_cost_sharing *written)
{
    if (written->round.is_given) return written->round;
    struct pack_rounding fen = {.is_given = true, .mode = DECIMAL_HALF_UP, .where = written->rule.where};
    if (tuoyu_decimal_from_int64(1, 2, &fen.to) != TUOYU_OK) fen.is_given = false;
    return fen;
}

/* A bound, a rate, an amount or a condition of a payer, named `payer.part`. SLOT_NONE where it is not written. */
static uint32_t lower_part(struct sharing *sharing, const struct scope *scope, const struct pack_payer *payer,
                           const char *part, const struct expression_text *written, struct text unit, enum type_kind type)
{
    if (!written->text.bytes) return SLOT_NONE;
    struct text name = text_format(sharing->lowering->arena, "%.*s.%s", TEXT_ARGUMENTS(payer->id), part);
    if (!name.bytes) {
        lowering_fail(sharing->lowering, TUOYU_ERROR_NO_MEMORY);
        return SLOT_NONE;
    }
    return lower_optional(sharing->lowering, scope, name.bytes, written, unit, type);
}

/* What the payer pays before it is rounded: rate × whole, the amount, or all that is left. */
static const struct node *share_tree(struct sharing *sharing, const struct scope *scope, const struct pack_payer *payer)
{
    struct lowering *lowering = sharing->lowering;
    if (payer->is_residual) return sharing->remaining_tree;
    struct text unit = sharing->written->unit;
    uint32_t amount = lower_part(sharing, scope, payer, "amount", &payer->amount, unit, TYPE_NUMBER);
    if (amount != SLOT_NONE) return tree_slot(lowering, amount);
    uint32_t rate = lower_part(sharing, scope, payer, "rate", &payer->rate, TEXT("percent"), TYPE_NUMBER);
    return tree_pair(lowering, NODE_MULTIPLY, tree_slot(lowering, sharing->whole), tree_slot(lowering, rate));
}

static uint32_t lower_share(struct sharing *sharing, const struct pack_payer *payer)
{
    struct lowering *lowering = sharing->lowering;
    struct text unit = sharing->written->unit;
    struct scope *scope = lower_scope(lowering, lowering->scope);
    if (!scope || !scope_declare(scope, TEXT("whole"), sharing->whole) ||
        !scope_declare(scope, TEXT("remaining"), sharing->remaining)) {
        lowering_fail(lowering, TUOYU_ERROR_NO_MEMORY);
        return SLOT_NONE;
    }
    const struct node *tree = share_tree(sharing, scope, payer);
    uint32_t least = lower_part(sharing, scope, payer, "at_least", &payer->at_least, unit, TYPE_NUMBER);
    uint32_t most = lower_part(sharing, scope, payer, "at_most", &payer->at_most, unit, TYPE_NUMBER);
    uint32_t when = lower_part(sharing, scope, payer, "when", &payer->when, TEXT(""), TYPE_BOOLEAN);
    if (least != SLOT_NONE) tree = tree_call(lowering, TEXT("max"), tree, tree_slot(lowering, least));
    if (most != SLOT_NONE) tree = tree_call(lowering, TEXT("min"), tree, tree_slot(lowering, most));
    if (when != SLOT_NONE) tree = tree_if(lowering, tree_slot(lowering, when), tree, tree_number(lowering, 0));
    if (!tree) return SLOT_NONE;
    return lower_expression(lowering, scope, &(struct lowered){
        .part = payer->id, .label = &payer->label, .unit = unit, .tree = tree, .round = &sharing->round,
        .cite = &payer->cite, .status = payer->status, .type = TYPE_NUMBER, .where = payer->where});
}

static void lower_remaining(struct sharing *sharing, const struct pack_payer *payer, uint32_t share)
{
    struct lowering *lowering = sharing->lowering;
    const struct node *tree = tree_pair(lowering, NODE_SUBTRACT, sharing->remaining_tree, tree_slot(lowering, share));
    if (!tree) return;
    sharing->remaining_tree = tree;
    uint32_t remaining = lower_expression(lowering, lowering->scope, &(struct lowered){
        .part = TEXT("remaining"), .label = label_of_part(TEXT("remaining")), .unit = sharing->written->unit,
        .tree = tree, .type = TYPE_NUMBER, .where = payer->where});
    if (remaining != SLOT_NONE) sharing->remaining = remaining;
}

static bool lower_whole(struct sharing *sharing)
{
    struct lowering *lowering = sharing->lowering;
    const struct pack_cost_sharing *written = sharing->written;
    sharing->whole = lower_expression(lowering, lowering->scope, &(struct lowered){
        .part = TEXT("whole"), .label = label_of_part(TEXT("whole")), .unit = written->unit, .written = &written->of,
        .round = &sharing->round, .type = TYPE_NUMBER, .where = written->of.where});
    sharing->remaining = sharing->whole;
    sharing->remaining_tree = tree_slot(lowering, sharing->whole);
    return sharing->whole != SLOT_NONE;
}

void lower_cost_sharing(struct lowering *lowering, const struct pack_cost_sharing *written,
                        struct tuoyu_cost_sharing *cost_sharing)
{
    if (!lower_rule(lowering, TUOYU_RULE_COST_SHARING, &cost_sharing->rule, &written->rule, written->unit)) return;
    lower_steps(lowering, written->steps, written->step_count);
    struct sharing sharing = {.lowering = lowering, .written = written, .round = rounding_of_shares(written)};
    cost_sharing->payers = ARENA_ARRAY(lowering->arena, struct payer, written->payer_count);
    if (!cost_sharing->payers || !lower_whole(&sharing)) {
        lowering_fail(lowering, TUOYU_ERROR_NO_MEMORY);
        return;
    }
    cost_sharing->whole = sharing.whole;
    cost_sharing->payer_count = written->payer_count;
    /* The residual payer takes what all others leave, wherever it stands; so it comes last here. */
    for (int residual = 0; residual < 2; residual++) {
        for (size_t i = 0; i < written->payer_count; i++) {
            const struct pack_payer *payer = &written->payers[i];
            if (payer->is_residual != (residual == 1)) continue;
            uint32_t share = lower_share(&sharing, payer);
            if (lowering->status == TUOYU_ERROR_NO_MEMORY || share == SLOT_NONE) {
                lowering_fail(lowering, TUOYU_ERROR_NO_MEMORY);
                return;
            }
            cost_sharing->payers[i] = (struct payer){.id = payer->id, .label = payer->label, .share = share};
            if (!residual) lower_remaining(&sharing, payer, share);
        }
    }
    lower_instalments(lowering, written, &sharing.round, cost_sharing);
}

/* ---- The answer ---- */

struct split_run {
    const struct tuoyu_cost_sharing *rule;
    struct tuoyu_split *split;
    struct evaluation *evaluation;
    struct roots roots;
    tuoyu_diagnostics *diagnostics;
};

static bool is_whole_fen(tuoyu_decimal number)
{
    tuoyu_decimal fen;
    return decimal_scale(number, 2, &fen) == TUOYU_OK && decimal_is_integer(fen);
}

static tuoyu_status fail_shares(struct split_run *run, struct location where, const char *what, tuoyu_decimal number)
{
    char digits[TUOYU_DECIMAL_TEXT_SIZE];
    decimal_format(number, digits);
    struct value error = evaluation_error(run->evaluation, TUOYU_ERROR_SHARES, where, "%s %s", what, digits);
    return evaluation_status(run->evaluation, error, run->diagnostics);
}

/* One part of the whole, which is added to the sum. */
static tuoyu_status check_part(struct split_run *run, const char *what, struct text id, uint32_t slot, tuoyu_decimal part,
                               tuoyu_decimal *sum)
{
    const char *wrong = decimal_sign(part) < 0 ? "below zero" : is_whole_fen(part) ? NULL : "not in whole fen";
    if (!wrong) return decimal_add(*sum, part, sum);
    struct location where = program_slot(run->evaluation->program, slot)->where;
    struct text message = text_format(&run->evaluation->arena, "the %s of `%.*s` is %s:", what, TEXT_ARGUMENTS(id), wrong);
    return message.bytes ? fail_shares(run, where, message.bytes, part) : TUOYU_ERROR_NO_MEMORY;
}

static tuoyu_status check_sum(struct split_run *run, const char *what, tuoyu_decimal sum)
{
    char sum_digits[TUOYU_DECIMAL_TEXT_SIZE], whole_digits[TUOYU_DECIMAL_TEXT_SIZE];
    if (decimal_compare(sum, run->split->whole.number) == 0) return TUOYU_OK;
    decimal_format(sum, sum_digits);
    decimal_format(run->split->whole.number, whole_digits);
    struct value error = evaluation_error(run->evaluation, TUOYU_ERROR_SHARES, run->rule->rule.where,
                                          "the %s sum to %s, the whole is %s", what, sum_digits, whole_digits);
    return evaluation_status(run->evaluation, error, run->diagnostics);
}

static tuoyu_status check_shares(struct split_run *run)
{
    tuoyu_decimal sum = decimal_from_integer(0);
    tuoyu_status status = TUOYU_OK;
    for (size_t i = 0; i < run->rule->payer_count && status == TUOYU_OK; i++)
        status = check_part(run, "share", run->rule->payers[i].id, run->rule->payers[i].share, run->split->lines[i].number, &sum);
    return status == TUOYU_OK ? check_sum(run, "shares", sum) : status;
}

static tuoyu_status check_instalments(struct split_run *run)
{
    tuoyu_decimal sum = decimal_from_integer(0);
    tuoyu_status status = TUOYU_OK;
    for (size_t i = 0; i < run->rule->instalment_count && status == TUOYU_OK; i++)
        status = check_part(run, "instalment", run->rule->instalments[i].id, run->rule->instalments[i].amount,
                            run->split->instalments[i].amount.number, &sum);
    return status == TUOYU_OK ? check_sum(run, "instalments", sum) : status;
}

static tuoyu_status ask_share(struct split_run *run, uint32_t slot, struct answer_number *out)
{
    struct value value;
    tuoyu_status status = rule_need(run->evaluation, &run->roots, slot, &value, run->diagnostics);
    if (status == TUOYU_OK) status = answer_number_of(value, run->rule->rule.unit, out);
    if (!out->is_given) run->split->answer.outcome = TUOYU_UNDETERMINED;
    return status;
}

static tuoyu_status ask_shares(struct split_run *run)
{
    tuoyu_status status = ask_share(run, run->rule->whole, &run->split->whole);
    for (size_t i = 0; i < run->rule->payer_count && status == TUOYU_OK; i++)
        status = ask_share(run, run->rule->payers[i].share, &run->split->lines[i]);
    return status == TUOYU_OK && run->split->answer.outcome == TUOYU_DETERMINED ? check_shares(run) : status;
}

/* ---- Instalments ---- */

static void note_state(struct split_run *run, const struct instalment *rule, struct split_instalment *instalment)
{
    struct value forfeited = rule->forfeited == SLOT_NONE ? value_boolean(false) : evaluation_value(run->evaluation, rule->forfeited);
    struct value reached = rule->reached == SLOT_NONE ? value_boolean(true) : evaluation_value(run->evaluation, rule->reached);
    struct value due = rule->due == SLOT_NONE ? VALUE_NOTHING : evaluation_value(run->evaluation, rule->due);
    instalment->has_due = due.kind == VALUE_DATE && due.date >= DATE_FIRST && due.date <= DATE_LAST;
    if (instalment->has_due) instalment->due = (int32_t)due.date;
    if (value_is_true(forfeited)) instalment->state = TUOYU_INSTALMENT_FORFEITED;
    else if (value_is_false(forfeited) && value_is_true(reached)) instalment->state = TUOYU_INSTALMENT_DUE;
    else if (value_is_false(forfeited) && value_is_false(reached)) instalment->state = TUOYU_INSTALMENT_LATER;
}

static tuoyu_status ask_instalments(struct split_run *run)
{
    const struct tuoyu_cost_sharing *rule = run->rule;
    struct tuoyu_split *split = run->split;
    tuoyu_status status = TUOYU_OK;
    if (rule->instalment_count == 0) return TUOYU_OK;
    for (size_t i = 0; i < rule->instalment_count && status == TUOYU_OK; i++)
        status = ask_share(run, rule->instalments[i].amount, &split->instalments[i].amount);
    if (status == TUOYU_OK && split->answer.outcome == TUOYU_DETERMINED) status = check_instalments(run);
    if (status == TUOYU_OK) status = ask_share(run, rule->entitled, &split->entitled);
    if (status == TUOYU_OK && rule->paid != SLOT_NONE) status = ask_share(run, rule->paid, &split->paid);
    if (status == TUOYU_OK && rule->paid != SLOT_NONE) status = ask_share(run, rule->claw_back, &split->claw_back);
    if (status == TUOYU_OK) status = ask_share(run, rule->payable, &split->payable);
    for (size_t i = 0; i < rule->instalment_count && status == TUOYU_OK; i++)
        note_state(run, &rule->instalments[i], &split->instalments[i]);
    return status;
}

static tuoyu_status split_run(struct split_run *run)
{
    struct tuoyu_answer *answer = &run->split->answer;
    tuoyu_status status = rule_begin(&run->rule->rule, run->evaluation, &run->roots, &answer->outcome, run->diagnostics);
    if (status == TUOYU_OK && answer->outcome == TUOYU_DETERMINED) {
        status = ask_shares(run);
        if (status == TUOYU_OK) status = ask_instalments(run);
    }
    if (status != TUOYU_OK) return status;
    bool is_shown = answer_rest_on(answer, run->evaluation, &run->roots);
    if (is_shown && answer->outcome == TUOYU_UNDETERMINED) is_shown = answer_lack(answer, run->evaluation, &run->roots);
    return is_shown ? TUOYU_OK : TUOYU_ERROR_NO_MEMORY;
}

tuoyu_status cost_sharing_split(const struct tuoyu_cost_sharing *cost_sharing, const struct tuoyu_case *facts, int32_t as_of,
                                struct tuoyu_split **out, tuoyu_diagnostics *diagnostics)
{
    cost_sharing = (const struct tuoyu_cost_sharing *)rule_on(&cost_sharing->rule, as_of);
    struct split_run run = {.rule = cost_sharing, .diagnostics = diagnostics};
    *out = NULL;
    run.split = answer_new(sizeof *run.split, &cost_sharing->rule, as_of);
    if (!run.split) return report_no_memory(diagnostics);
    struct tuoyu_answer *answer = &run.split->answer;
    run.split->lines = ARENA_ARRAY(&answer->arena, struct answer_number, cost_sharing->payer_count);
    run.split->instalments = ARENA_ARRAY(&answer->arena, struct split_instalment, cost_sharing->instalment_count);
    run.evaluation = case_begin(facts, as_of);
    tuoyu_status status = run.split->lines && run.split->instalments ? split_run(&run) : TUOYU_ERROR_NO_MEMORY;
    return answer_finish(answer, status, out, diagnostics);
}
