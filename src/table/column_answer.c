/* SPDX-License-Identifier: Apache-2.0 */
/* Lowers the answers of pricing, cost-sharing and eligibility rules to outputs of the typed program. */
#include "table/column_answer.h"

#include <tuoyu/rules.h>

#include "compile/linear_sum.h"
#include "rules/compiled_policy.h"
#include "rules/promise.h"
#include "rules/scorecard.h"

/* ---- Outputs ---- */

/* The work on one rule. */
struct answering {
    struct column_outputs *outputs;
    struct typed_lowering *lowering;
    struct typed_builder *builder;
    const struct rule *rule;
    struct column_answer *answer;
    uint32_t is_on,
        is_off; /* operations: whether the rule's `when` is true, and whether it is false; always known */
    uint32_t standing; /* operation: the weakest standing of all that was asked so far */
    bool is_typed;     /* false: something has no typed form, so the rule has none */
};

/* Adds an output named `part` of the rule; returns its number. where: a boolean; where it is false the
 * output is null and waits for nothing. Clears is_typed if an operand is OPERAND_NONE; NO_COLUMN: memory
 * ran out. */
static uint32_t add_output(struct answering *answering, const char *part, uint32_t operation, uint32_t where)
{
    int64_t truth;
    bool is_everywhere = builder_constant(answering->builder, where, &truth) && truth;
    struct column_outputs *outputs = answering->outputs;
    struct arena *arena = answering->builder->arena;
    if (operation == OPERAND_NONE || where == OPERAND_NONE)
        answering->is_typed = false;
    struct typed_output *grown =
        arena_grow(arena, outputs->items, outputs->count, &outputs->capacity, sizeof *grown);
    struct text name = text_format(arena, "%.*s.%s", TEXT_ARGUMENTS(answering->rule->full_name), part);
    if (!grown || !name.bytes) {
        outputs->failed = true;
        answering->is_typed = false;
        return NO_COLUMN;
    }
    outputs->items = grown;
    grown[outputs->count] = (struct typed_output){.name = name,
                                                  .slot = SLOT_NONE,
                                                  .operation = operation,
                                                  .where = is_everywhere ? OPERAND_NONE : where};
    return (uint32_t)outputs->count++;
}

/* The weaker of two standings, which is the greater number. */
static uint32_t weakest(struct answering *answering, uint32_t left, uint32_t right)
{
    return build_arithmetic(answering->builder, OPERATION_MAXIMUM, left, right);
}

/* A constant whole number. */
static uint32_t number(struct answering *answering, int64_t value)
{
    return build_number(answering->builder, value, 0);
}

/* Counts a slot's standing where the condition holds, which must always be known. Nothing is counted for
 * SLOT_NONE. */
static void rest_on(struct answering *answering, uint32_t condition, uint32_t slot)
{
    if (slot == SLOT_NONE)
        return;
    uint32_t standing = build_select(answering->builder, condition, lower_standing(answering->lowering, slot),
                                     number(answering, 0));
    answering->standing = weakest(answering, answering->standing, standing);
}

/* The condition of outputs that are null nowhere. */
static uint32_t everywhere(struct answering *answering)
{
    return build_boolean(answering->builder, true);
}

/* Asks for a slot where the condition holds: adds it as an output, and counts its standing. Elsewhere
 * nothing waits for it. Returns its value; OPERAND_NONE where the rule has no typed form. */
static uint32_t ask(struct answering *answering, uint32_t condition, uint32_t slot, const char *part)
{
    uint32_t value = lower_slot(answering->lowering, slot);
    rest_on(answering, condition, slot);
    if (value == OPERAND_NONE)
        answering->is_typed = false;
    if (!answering->is_typed)
        return OPERAND_NONE;
    add_output(answering, part, value, condition);
    return value;
}

/* Adds outputs that wait for the interpreter in rows that break a promise; it reports which. */
static void check_promises(struct answering *answering)
{
    struct typed_builder *builder = answering->builder;
    const struct rule *rule = answering->rule;
    for (size_t i = 0; i < rule->promise_count && answering->is_typed; i++) {
        if (!promise_is_seen(rule->policy, rule->promises[i], rule->pack, answering->lowering->as_of))
            continue;
        uint32_t holds = lower_slot(answering->lowering, rule->promises[i]->slot);
        if (holds == OPERAND_NONE) {
            answering->is_typed = false;
            return;
        }
        uint32_t good =
            build_select(builder, build_is_false(builder, holds), number(answering, 0), number(answering, 1));
        add_output(answering, "promise", build_check(builder, good, 1, 1), everywhere(answering));
    }
}

/* Begins a rule: does its `when` hold? false: it has no typed form. */
static bool begin_answering(struct answering *answering, struct column_outputs *outputs,
                            const struct rule *rule, struct column_answer *answer)
{
    struct typed_lowering *lowering = outputs->lowering;
    *answering = (struct answering){.outputs = outputs,
                                    .lowering = lowering,
                                    .builder = &lowering->builder,
                                    .rule = rule,
                                    .answer = answer,
                                    .is_typed = true};
    *answer = (struct column_answer){.first = (uint32_t)outputs->count,
                                     .asked = (uint32_t)outputs->count,
                                     .complies = NO_COLUMN,
                                     .decision = NO_COLUMN};
    lowering->untyped = rule->where;
    lowering->untyped.source = NULL;
    if (rule_is_in_force(rule, lowering->as_of))
        check_promises(answering);
    answer->asked = (uint32_t)outputs->count;
    answering->is_on = build_boolean(answering->builder, true);
    answering->is_off = build_boolean(answering->builder, false);
    int64_t own = rule->citation.standing > TUOYU_CITED ? rule->citation.standing : TUOYU_CITED;
    answering->standing = number(answering, own);
    if (rule->when == SLOT_NONE || !answering->is_typed || !rule_is_in_force(rule, lowering->as_of))
        return answering->is_typed;
    uint32_t when = ask(answering, answering->is_on, rule->when, "when");
    answering->is_on = build_is_true(answering->builder, when);
    answering->is_off = build_is_false(answering->builder, when);
    return answering->is_typed;
}

/* The end of a rule: keeps its outputs, or removes them again if it has no typed form. */
static void end_answering(struct answering *answering)
{
    struct column_answer *answer = answering->answer;
    answer->end = (uint32_t)answering->outputs->count;
    answer->is_typed = answering->is_typed;
    answer->untyped = answering->lowering->untyped;
    if (!answer->is_typed)
        answering->outputs->count = answer->first;
}

/* Adds outcome and standing, or, if the rule has no typed form, removes its outputs again. is_decided:
 * an operation, whether everything that the answer needs is known in rows where the rule applies. */
static void finish_answering(struct answering *answering, uint32_t is_decided)
{
    struct typed_builder *builder = answering->builder;
    struct column_answer *answer = answering->answer;
    uint32_t off = build_select(builder, answering->is_off, number(answering, TUOYU_NOT_APPLICABLE),
                                number(answering, TUOYU_UNDETERMINED));
    uint32_t on = build_select(builder, is_decided, number(answering, TUOYU_DETERMINED),
                               number(answering, TUOYU_UNDETERMINED));
    answer->outcome = add_output(answering, "outcome", build_select(builder, answering->is_on, on, off),
                                 everywhere(answering));
    answer->standing = add_output(answering, "standing", answering->standing, everywhere(answering));
    end_answering(answering);
}

/* ---- Pricing ---- */

/* left and right. */
static uint32_t both(struct answering *answering, uint32_t left, uint32_t right)
{
    return build_logic(answering->builder, OPERATION_AND, left, right);
}

/* Adds whether the fee keeps the limits, null where the fee or a limit is unknown; the counterpart of
 * quote_tighten(). */
static void add_compliance(struct answering *answering, const struct tuoyu_pricing *pricing,
                           uint32_t is_given)
{
    struct typed_builder *builder = answering->builder;
    const uint32_t limits[] = {pricing->at_most, pricing->at_least};
    static const char *const PARTS[] = {"at_most", "at_least"};
    uint32_t charged = ask(answering, is_given, pricing->charged, "charged");
    uint32_t keeps = build_boolean(builder, true),
             is_compared = both(answering, is_given, build_known(builder, charged));
    for (int i = 0; i < 2; i++) {
        if (limits[i] == SLOT_NONE)
            continue;
        uint32_t limit = limits[i] == pricing->amount ? lower_slot(answering->lowering, limits[i])
                                                      : ask(answering, is_given, limits[i], PARTS[i]);
        is_compared = both(answering, is_compared, build_known(builder, limit));
        keeps = both(
            answering, keeps,
            build_comparison(builder, i ? OPERATION_GREATER_EQUAL : OPERATION_LESS_EQUAL, charged, limit));
    }
    for (size_t i = 0; i < pricing->bound_count; i++) {
        const struct bound *bound = &pricing->bounds[i];
        uint32_t limit = lower_slot(answering->lowering, bound->limit);
        uint32_t applies = bound->when == SLOT_NONE
                               ? build_boolean(builder, true)
                               : build_is_true(builder, lower_slot(answering->lowering, bound->when));
        uint32_t within = build_comparison(
            builder, bound->is_upper ? OPERATION_LESS_EQUAL : OPERATION_GREATER_EQUAL, charged, limit);
        keeps =
            both(answering, keeps, build_logic(builder, OPERATION_OR, build_not(builder, applies), within));
    }
    answering->answer->complies = add_output(answering, "complies", keeps, is_compared);
}

/* Lowers the outputs of a pricing rule and adds them to those of the answer. */
static void lower_quotes(struct answering *answering)
{
    const struct tuoyu_pricing *pricing = pricing_of(answering->rule);
    struct column_answer *answer = answering->answer;
    answer->amount = (uint32_t)answering->outputs->count;
    uint32_t amount = ask(answering, answering->is_on, pricing->amount, "amount");
    answer->asked_end = (uint32_t)answering->outputs->count;
    uint32_t is_decided = build_known(answering->builder, amount);
    uint32_t is_given = both(answering, answering->is_on, is_decided);
    if (pricing->charged != SLOT_NONE && answering->is_typed)
        add_compliance(answering, pricing, is_given);
    finish_answering(answering, is_decided);
}

/* ---- Cost-sharing ---- */

/* Asks for a part of a whole and adds it to *sum. Its slot checks that it is an amount. Returns an
 * operation: whether the part is known. */
static uint32_t add_part(struct answering *answering, uint32_t slot, struct text id, uint32_t *sum)
{
    uint32_t part = ask(answering, answering->is_on, slot, id.bytes);
    *sum = build_arithmetic(answering->builder, OPERATION_ADD, *sum, part);
    return build_known(answering->builder, part);
}

/* Adds an output that waits for the interpreter where the parts do not sum to the whole. None is needed
 * where one part is defined as what the others leave, since then they always do. */
static void add_sum(struct answering *answering, uint32_t whole, uint32_t sum)
{
    struct typed_builder *builder = answering->builder;
    if (whole == OPERAND_NONE || sum == OPERAND_NONE) {
        answering->is_typed = false;
        return;
    }
    if (is_same_sum(builder, build_rescale(builder, whole, builder_at(builder, sum)->scale), sum))
        return;
    uint32_t is_whole = build_comparison(builder, OPERATION_EQUAL, sum, whole);
    uint32_t as_number = build_select(builder, is_whole, number(answering, 1), number(answering, 0));
    add_output(answering, "sum", build_check(builder, as_number, 1, 1), answering->is_on);
}

/* Asks for the instalments and the amounts paid and payable. Returns an operation: is_decided, and all
 * of these are known. */
static uint32_t ask_instalments(struct answering *answering, const struct tuoyu_cost_sharing *sharing,
                                uint32_t whole, uint32_t is_decided)
{
    const uint32_t slots[] = {sharing->entitled, sharing->paid,
                              sharing->paid == SLOT_NONE ? SLOT_NONE : sharing->claw_back, sharing->payable};
    static const char *const PARTS[] = {"entitled", "paid", "claw_back", "payable"};
    uint32_t sum = number(answering, 0);
    for (size_t i = 0; i < sharing->instalment_count; i++)
        is_decided =
            both(answering, is_decided,
                 add_part(answering, sharing->instalments[i].amount, sharing->instalments[i].id, &sum));
    for (size_t i = 0; i < sizeof slots / sizeof *slots; i++) {
        if (slots[i] == SLOT_NONE)
            continue;
        uint32_t value = ask(answering, answering->is_on, slots[i], PARTS[i]);
        is_decided = both(answering, is_decided, build_known(answering->builder, value));
    }
    answering->answer->asked_end = (uint32_t)answering->outputs->count;
    add_sum(answering, whole, sum);
    return is_decided;
}

/* What is claimed of each subsidy must be an amount where the whole is known, also where no combination
 * reads it; so each is an output. */
static void check_subsidies(struct answering *answering, const struct tuoyu_cost_sharing *sharing,
                            uint32_t whole)
{
    uint32_t is_known = both(answering, answering->is_on, build_known(answering->builder, whole));
    for (size_t i = 0; i < sharing->subsidy_count; i++) {
        uint32_t claimed = lower_slot(answering->lowering, sharing->subsidies[i].claimed);
        add_output(answering, sharing->subsidies[i].id.bytes, claimed, is_known);
    }
}

/* The outputs of a cost-sharing rule. */
static void lower_splits(struct answering *answering)
{
    const struct tuoyu_cost_sharing *sharing = cost_sharing_of(answering->rule);
    struct column_answer *answer = answering->answer;
    uint32_t whole = ask(answering, answering->is_on, sharing->whole, "whole");
    for (size_t i = 0; i < sharing->combination_count && answering->is_typed; i++)
        ask(answering, answering->is_on, sharing->combinations[i].sum, "combination");
    answer->lines = (uint32_t)answering->outputs->count;
    uint32_t is_decided = build_known(answering->builder, whole);
    uint32_t sum = number(answering, 0);
    for (size_t i = 0; i < sharing->payer_count && answering->is_typed; i++)
        is_decided = both(answering, is_decided,
                          add_part(answering, sharing->payers[i].share, sharing->payers[i].id, &sum));
    answer->asked_end = (uint32_t)answering->outputs->count;
    if (sharing->instalment_count && answering->is_typed)
        is_decided = ask_instalments(answering, sharing, whole, is_decided);
    if (answering->is_typed)
        add_sum(answering, whole, sum);
    if (answering->is_typed)
        check_subsidies(answering, sharing, whole);
    uint32_t is_split = both(answering, answering->is_on, is_decided);
    answer->amount = add_output(answering, "amount", whole, is_split);
    finish_answering(answering, is_decided);
}

/* ---- Eligibility ---- */

/* Counts the standings of the criteria from first to end. Criteria are asked in order, a group before
 * its members; one that does not apply is not asked, nor are its members. */
static void rest_on_criteria(struct answering *answering, const struct tuoyu_eligibility *eligibility,
                             size_t first, size_t end, uint32_t is_asked)
{
    for (size_t i = first; i < end;) {
        const struct criterion *criterion = &eligibility->criteria[i];
        uint32_t applies = is_asked;
        if (criterion->applies != SLOT_NONE) {
            rest_on(answering, is_asked, criterion->applies);
            uint32_t is_exempt =
                build_is_false(answering->builder, lower_slot(answering->lowering, criterion->applies));
            applies = both(answering, is_asked, build_not(answering->builder, is_exempt));
        }
        rest_on(answering, applies, criterion->holds);
        if (criterion->end > i + 1)
            rest_on_criteria(answering, eligibility, i + 1, criterion->end, applies);
        i = criterion->end;
    }
}

/* Adds a slot that the decision may not need as an output, because its errors are reported all the same.
 * */
static void add_unneeded(struct answering *answering, struct text id, uint32_t slot)
{
    if (slot == SLOT_NONE)
        return;
    uint32_t value = lower_slot(answering->lowering, slot);
    if (value == OPERAND_NONE)
        answering->is_typed = false;
    else if (builder_at(answering->builder, value)->is_nullable)
        add_output(answering, id.bytes, value, answering->is_on);
}

/* Adds what a verdict has beside its decision: the items of a scorecard and of a checklist. */
static void add_parts(struct answering *answering, const struct tuoyu_eligibility *eligibility)
{
    uint32_t slot;
    for (size_t i = 0; scorecard_slot(&eligibility->scorecard, i, &slot); i++)
        rest_on(answering, answering->is_on, slot);
    for (size_t i = 0; i < eligibility->scorecard.item_count && answering->is_typed; i++)
        add_unneeded(answering, eligibility->scorecard.items[i].id, eligibility->scorecard.items[i].value);
    for (size_t i = 0; i < eligibility->checklist_count && answering->is_typed; i++) {
        rest_on(answering, answering->is_on, eligibility->checklist[i].state);
        add_unneeded(answering, eligibility->checklist[i].id, eligibility->checklist[i].state);
    }
}

/* Adds each criterion, because its errors are reported even where the decision does not need it. */
static void add_criteria(struct answering *answering, const struct tuoyu_eligibility *eligibility)
{
    for (size_t i = 0; i < eligibility->criterion_count && answering->is_typed; i++) {
        const struct criterion *criterion = &eligibility->criteria[i];
        add_unneeded(answering, criterion->id, criterion->applies);
        add_unneeded(answering, criterion->id, criterion->holds);
    }
}

/* The outputs of an eligibility rule. */
static void lower_verdicts(struct answering *answering)
{
    const struct tuoyu_eligibility *eligibility = eligibility_of(answering->rule);
    struct typed_builder *builder = answering->builder;
    uint32_t holds = ask(answering, answering->is_on, eligibility->holds, "holds");
    answering->answer->asked_end = (uint32_t)answering->outputs->count;
    if (answering->is_typed) {
        rest_on_criteria(answering, eligibility, 0, eligibility->criterion_count, answering->is_on);
        add_criteria(answering, eligibility);
        add_parts(answering, eligibility);
    }
    uint32_t unmet =
        build_select(builder, build_is_false(builder, holds), number(answering, TUOYU_INELIGIBLE),
                     number(answering, TUOYU_DECISION_UNDETERMINED));
    uint32_t on =
        build_select(builder, build_is_true(builder, holds), number(answering, TUOYU_ELIGIBLE), unmet);
    uint32_t off = build_select(builder, answering->is_off, number(answering, TUOYU_DECISION_NOT_APPLICABLE),
                                number(answering, TUOYU_DECISION_UNDETERMINED));
    answering->answer->decision = add_output(
        answering, "decision", build_select(builder, answering->is_on, on, off), everywhere(answering));
    finish_answering(answering, build_known(builder, holds));
}

/* ---- Rules that are not in force ---- */

/* Adds the outputs of a rule that is not in force on the day: constants that say so, and numbers that are
 * null in every row. What a rule of another kind has is among them, and nobody reads it. */
static void lower_out_of_force(struct answering *answering)
{
    struct column_answer *answer = answering->answer;
    bool is_sharing = answering->rule->kind == TUOYU_RULE_COST_SHARING;
    size_t numbers = 1 + (is_sharing ? cost_sharing_of(answering->rule)->payer_count : 0);
    uint32_t zero = number(answering, 0), nowhere = build_boolean(answering->builder, false);
    answer->asked_end = answer->asked;
    answer->amount = (uint32_t)answering->outputs->count;
    answer->lines = answer->amount + 1;
    for (size_t i = 0; i < numbers; i++)
        add_output(answering, "amount", zero, nowhere);
    answer->decision = add_output(answering, "decision", number(answering, TUOYU_DECISION_NOT_APPLICABLE),
                                  everywhere(answering));
    answer->outcome =
        add_output(answering, "outcome", number(answering, TUOYU_NOT_IN_FORCE), everywhere(answering));
    answer->standing = add_output(answering, "standing", answering->standing, everywhere(answering));
    end_answering(answering);
}

/* ---- All ---- */

const uint8_t *column_rounding_standings(struct arena *arena, const struct tuoyu_policy *policy)
{
    uint8_t *standings = ARENA_ARRAY(arena, uint8_t, policy->layering->program.slot_count);
    for (size_t i = 0; standings && i < policy->rule_count; i++)
        for (const struct rule *rule = policy->rules[i]; rule; rule = rule->next_version)
            for (size_t j = 0; j < rule->rounding_count; j++) {
                uint8_t *standing = &standings[rule->roundings[j].slot];
                if (rule->roundings[j].citation.standing > *standing)
                    *standing = (uint8_t)rule->roundings[j].citation.standing;
            }
    return standings;
}

/* Finds the outputs of a rule, by kind; NULL where the kind answers no rows. */
static void (*const LOWER[])(struct answering *answering) = {
    [TUOYU_RULE_PRICING] = lower_quotes,
    [TUOYU_RULE_COST_SHARING] = lower_splits,
    [TUOYU_RULE_ELIGIBILITY] = lower_verdicts,
    [TUOYU_RULE_INDICATOR] = NULL,
};
static_assert(sizeof LOWER / sizeof *LOWER == RULE_KIND_COUNT,
              "each kind of rule says how columns answer it");

void column_answer_lower(struct column_outputs *outputs, const struct rule *rule,
                         struct column_answer *answer)
{
    struct answering answering;
    if (!begin_answering(&answering, outputs, rule, answer)) {
        outputs->count = answer->first;
        return;
    }
    assert(LOWER[rule->kind]);
    if (rule_is_in_force(rule, outputs->lowering->as_of))
        LOWER[rule->kind](&answering);
    else
        lower_out_of_force(&answering);
}
