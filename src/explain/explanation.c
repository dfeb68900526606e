/* SPDX-License-Identifier: Apache-2.0 */
/* An answer as text: the headline, and on demand how each number came about, with the law behind it. */
#include "explain/explanation.h"

#include "explain/formula_check.h"
#include "explain/shown_digits.h"
#include "rules/lowering.h"

enum { DEEPEST_LINE = 12 };

/* The slot with this number in the program of the answer. */
static const struct slot *slot_at(const struct explanation *explanation, uint32_t slot)
{
    return answer_slot(explanation->answer, slot);
}

/* Writes the Chinese or the English words. */
static void write_words(struct explanation *explanation, const char *zh, const char *en)
{
    display_words(&explanation->display, zh, en);
}

/* ---- One slot ---- */

static void explain_entry(struct explanation *explanation, uint32_t index, uint32_t depth);

/* Writes a slot's value, or for null why there is none: not given, not set, not determined. */
static void explain_value(struct explanation *explanation, const struct trace_entry *entry,
                          const struct slot *slot)
{
    if (entry->value.kind != VALUE_NULL)
        display_value(&explanation->display, entry->value, slot);
    else if (slot->kind == SLOT_FACT)
        write_words(explanation, "未提供", "not given");
    else if (slot->kind == SLOT_PARAMETER)
        write_words(explanation, "未设定", "not set");
    else
        write_words(explanation, "未能确定", "not determined");
}

/* Writes the citation of a trace entry; nothing if it has none. */
static void explain_own_citation(struct explanation *explanation, const struct trace_entry *entry)
{
    if (entry->citation == UINT32_MAX)
        return;
    explain_citation(explanation, &explanation->answer->citations[entry->citation].citation);
}

/* Explains, line by line, every slot that was read for an entry. */
static void explain_reads(struct explanation *explanation, const struct trace_entry *entry, uint32_t depth)
{
    for (uint32_t i = 0; i < entry->read_count; i++)
        explain_entry(explanation, entry->reads[i], depth);
}

/* Explains an entry of the trace and, indented below it, what it was computed from. An entry that was
 * explained before refers to it as `see above`. Lines deeper than DEEPEST_LINE are left out. */
static void explain_entry(struct explanation *explanation, uint32_t index, uint32_t depth)
{
    const struct trace_entry *entry = &explanation->answer->trace[index];
    const struct slot *slot = slot_at(explanation, entry->slot);
    if (slot->kind == SLOT_AS_OF || depth > DEEPEST_LINE)
        return;
    if (is_passed_over(slot)) {
        explain_reads(explanation, entry, depth);
        return;
    }
    bool is_shown = explanation->shown[index], has_formula = slot_has_formula(slot) && !is_shown;
    bool is_rounded =
        has_formula && !formula_holds_as_shown(explanation->answer, entry, explanation->display.decimals);
    explanation->shown[index] = true;
    begin_line(explanation, depth);
    display_slot_name(&explanation->display, slot);
    if (has_formula && !is_rounded) {
        write_words(explanation, " = ", " = ");
        display_formula(&explanation->display, &slot->formula);
        write_words(explanation, " = ", " = ");
    } else {
        write_words(explanation, "：", ": ");
    }
    explain_value(explanation, entry, slot);
    if (is_rounded)
        write_words(explanation, "（由下列各项在取整前算得）",
                    " (computed of the following before they were rounded)");
    if (is_shown && entry->read_count)
        write_words(explanation, "（见上）", " (see above)");
    else
        explain_own_citation(explanation, entry);
    end_line(explanation);
    if (!is_shown && !slot->is_told_apart)
        explain_reads(explanation, entry, depth + 1);
}

/* Explains a slot; nothing if the answer does not rest on it. */
static void explain_slot(struct explanation *explanation, uint32_t slot, uint32_t depth)
{
    uint32_t entry = answer_entry_of(explanation->answer, slot);
    if (entry != UINT32_MAX)
        explain_entry(explanation, entry, depth);
}

/* ---- The kinds ---- */

/* Explains the amount, the charged fee and the limits of a quote. */
static void explain_quote(struct explanation *explanation, const struct tuoyu_answer *answer)
{
    const struct tuoyu_quote *quote = quote_of(answer);
    const struct tuoyu_pricing *rule = pricing_of(quote->answer.rule);
    explain_slot(explanation, rule->amount, 1);
    explain_slot(explanation, rule->charged, 1);
    for (size_t i = 0; i < rule->bound_count; i++)
        explain_slot(explanation, rule->bounds[i].limit, 1);
    if (rule->at_most != rule->amount)
        explain_slot(explanation, rule->at_most, 1);
    explain_slot(explanation, rule->at_least, 1);
}

/* Explains the whole, the combined subsidies, the shares and the instalments of a split. */
static void explain_split(struct explanation *explanation, const struct tuoyu_answer *answer)
{
    const struct tuoyu_split *split = split_of(answer);
    const struct tuoyu_cost_sharing *rule = cost_sharing_of(split->answer.rule);
    explain_slot(explanation, rule->whole, 1);
    for (size_t i = 0; i < rule->combination_count; i++)
        explain_slot(explanation, rule->combinations[i].sum, 1);
    for (size_t i = 0; i < rule->payer_count; i++)
        explain_slot(explanation, rule->payers[i].share, 1);
    for (size_t i = 0; i < rule->instalment_count; i++)
        explain_slot(explanation, rule->instalments[i].amount, 1);
    if (rule->instalment_count == 0)
        return;
    explain_slot(explanation, rule->entitled, 1);
    explain_slot(explanation, rule->claw_back, 1);
    explain_slot(explanation, rule->payable, 1);
}

/* Writes how many of a group's criteria must hold; nothing for a criterion that is no group. */
static void explain_group_kind(struct explanation *explanation, enum criterion_kind kind, int64_t count)
{
    switch (kind) {
    case CRITERION_ANY: write_words(explanation, "，满足其一：", ", any of:"); return;
    case CRITERION_NONE: write_words(explanation, "，均不得有：", ", none of:"); return;
    case CRITERION_AT_LEAST:
        write_words(explanation, "，至少满足 ", ", at least ");
        text_append_format(explanation->display.builder, "%lld", (long long)count);
        write_words(explanation, " 项：", " of:");
        return;
    case CRITERION_ALL: write_words(explanation, "，全部满足：", ", all of:"); return;
    default: return;
    }
}

/* Writes a criterion with its decision and, below a single one that applies, its condition and what was read
 * for it. */
static void explain_criterion(struct explanation *explanation, const struct criterion *criterion,
                              const struct criterion_reading *reading, int32_t decision)
{
    const struct display *display = &explanation->display;
    begin_line(explanation, criterion->depth);
    text_append_literal(display->builder, criterion_mark(reading->state));
    text_append_byte(display->builder, ' ');
    if (criterion->overrides == TUOYU_ELIGIBLE)
        write_words(explanation, "例外（免除）：", "exception (waives): ");
    if (criterion->overrides == TUOYU_INELIGIBLE)
        write_words(explanation, "例外（排除）：", "exception (shuts out): ");
    if (criterion->because.zh.bytes || criterion->because.en.bytes)
        display_localised(display, &criterion->because);
    else
        text_append(display->builder, criterion->id);
    if (decision == TUOYU_DECISION_NOT_APPLICABLE)
        write_words(explanation, "（不适用）", " (does not apply)");
    if (reading->must_not_hold && reading->state == CRITERION_STATE_NOT_MET)
        write_words(explanation, "（不得有，现有）", " (must not be so, but is)");
    display_turn(display, reading);
    explain_citation(explanation, &criterion->citation);
    explain_group_kind(explanation, criterion->kind, criterion->count);
    end_line(explanation);
    if (criterion->kind != CRITERION_LEAF || decision == TUOYU_DECISION_NOT_APPLICABLE)
        return;
    uint32_t entry = answer_entry_of(explanation->answer, criterion->holds);
    if (entry == UINT32_MAX)
        return;
    begin_line(explanation, criterion->depth + 1);
    write_words(explanation, "条件：", "condition: ");
    display_formula(display, &slot_at(explanation, criterion->holds)->formula);
    end_line(explanation);
    explain_reads(explanation, &explanation->answer->trace[entry], criterion->depth + 2);
}

/* Explains all criteria of a verdict, in the order of the rule. */
static void explain_verdict(struct explanation *explanation, const struct tuoyu_answer *answer)
{
    const struct tuoyu_verdict *verdict = verdict_of(answer);
    const struct tuoyu_eligibility *rule = eligibility_of(verdict->answer.rule);
    for (size_t i = 0; i < rule->criterion_count; i++)
        explain_criterion(explanation, &rule->criteria[i], &explanation->states->criteria[i],
                          verdict->reasons[i]);
}

/* Writes in one line what is aggregated, how, and over which rows. `zh` and `en` name it. */
static void explain_aggregate(struct explanation *explanation, const struct aggregate *aggregate,
                              const char *zh, const char *en)
{
    static const char *const ZH[] = {
        [AGGREGATE_COUNT] = "计数", [AGGREGATE_SUM] = "求和",   [AGGREGATE_MEAN] = "求平均",
        [AGGREGATE_MIN] = "求最小", [AGGREGATE_MAX] = "求最大", [AGGREGATE_DISTINCT] = "去重计数"};
    static const char *const EN[] = {
        [AGGREGATE_COUNT] = "count", [AGGREGATE_SUM] = "sum",      [AGGREGATE_MEAN] = "mean",
        [AGGREGATE_MIN] = "least",   [AGGREGATE_MAX] = "greatest", [AGGREGATE_DISTINCT] = "distinct"};
    const struct display *display = &explanation->display;
    begin_line(explanation, 1);
    write_words(explanation, zh, en);
    write_words(explanation, "：", ": ");
    display_words(display, ZH[aggregate->kind], EN[aggregate->kind]);
    text_append_byte(display->builder, ' ');
    display_formula(display, &slot_at(explanation, aggregate->expression)->formula);
    write_words(explanation, "，按每行 ", " over the rows of ");
    text_append(display->builder, aggregate->entity);
    if (aggregate->where != SLOT_NONE) {
        write_words(explanation, "，仅限 ", " where ");
        display_formula(display, &slot_at(explanation, aggregate->where)->formula);
    }
    end_line(explanation);
}

/* Writes the aggregates of a measure, and explains what it is counted per and its target. */
static void explain_measure(struct explanation *explanation, const struct tuoyu_answer *answer)
{
    const struct tuoyu_measure *measure = measure_of(answer);
    const struct tuoyu_indicator *rule = indicator_of(measure->answer.rule);
    explain_aggregate(explanation, &rule->aggregates[INDICATOR_NUMERATOR], rule->is_ratio ? "分子" : "数值",
                      rule->is_ratio ? "numerator" : "value");
    if (rule->is_ratio)
        explain_aggregate(explanation, &rule->aggregates[INDICATOR_DENOMINATOR], "分母", "denominator");
    for (size_t i = 0; i < rule->number_count; i++)
        explain_aggregate(explanation, &rule->numbers[i].aggregate, rule->numbers[i].name.bytes,
                          rule->numbers[i].name.bytes);
    explain_slot(explanation, rule->per, 1);
    explain_slot(explanation, rule->target, 1);
}

/* Explains how much of the budget was left for a payout. */
static void explain_payout(struct explanation *explanation, const struct tuoyu_answer *answer)
{
    const struct budget *budget = cost_sharing_of(answer->rule)->budget;
    explain_slot(explanation, payout_of(answer)->previous ? budget->laid_down : budget->left, 1);
}

/* The slots that an answer is made of, by kind of answer. */
static void (*const EXPLAIN[])(struct explanation *explanation, const struct tuoyu_answer *answer) = {
    [TUOYU_RULE_PRICING] = explain_quote,       [TUOYU_RULE_COST_SHARING] = explain_split,
    [TUOYU_RULE_ELIGIBILITY] = explain_verdict, [TUOYU_RULE_INDICATOR] = explain_measure,
    [ANSWER_PAYOUT] = explain_payout,
};
static_assert(sizeof EXPLAIN / sizeof *EXPLAIN == ANSWER_KIND_COUNT, "each kind of answer is explained");

/* ---- The law behind it ---- */

/* Lists all that the answer cites, with the values of parameters; nothing if it cites nothing. */
static void list_citations(struct explanation *explanation)
{
    const struct tuoyu_answer *answer = explanation->answer;
    const struct display *display = &explanation->display;
    if (answer->citation_count == 0)
        return;
    write_words(explanation, "依据：\n", "Sources:\n");
    for (size_t i = 0; i < answer->citation_count; i++) {
        const struct answer_citation *citation = &answer->citations[i];
        begin_line(explanation, 1);
        text_append_format(display->builder, "%zu. ", i + 1);
        if (citation->label.zh.bytes || citation->label.en.bytes)
            display_localised(display, &citation->label);
        else
            text_append(display->builder, citation->name);
        tuoyu_decimal number;
        if (citation->has_value && decimal_parse(citation->value, &number) == TUOYU_OK) {
            write_words(explanation, "：", ": ");
            display_number(display, number, citation->unit);
        }
        explain_citation(explanation, &citation->citation);
        end_line(explanation);
    }
}

/* Writes how the answer came about, and the law behind it. */
static void explain(struct explanation *explanation)
{
    const struct tuoyu_answer *answer = explanation->answer;
    write_words(explanation, "\n计算过程：\n", "\nHow it comes about:\n");
    explain_slot(explanation, answer->rule->when, 1);
    EXPLAIN[answer->kind](explanation, answer);
    list_citations(explanation);
}

tuoyu_status answer_to_text(const struct tuoyu_answer *answer, const char *language, bool with_steps,
                            tuoyu_text **out)
{
    struct text_builder builder;
    struct arena scratch;
    text_builder_init(&builder, &answer->arena.allocator);
    arena_init(&scratch, &answer->arena.allocator);
    struct explanation explanation = {.display = {.builder = &builder,
                                                  .policy = answer->policy,
                                                  .is_english = language_is_english(language)},
                                      .answer = answer,
                                      .shown = ARENA_ARRAY(&scratch, bool, answer->trace_count)};
    struct criterion_states states;
    bool has_memory = explanation.shown;
    explanation.display.decimals = decimals_of_answer(answer);
    if (has_memory && answer->kind == TUOYU_RULE_ELIGIBILITY) {
        has_memory = criterion_states_read(verdict_of(answer), &scratch, &states);
        explanation.states = &states;
    }
    builder.failed |= !has_memory;
    if (has_memory)
        headline(&explanation);
    if (has_memory && with_steps) {
        explanation.display.decimals = decimals_of_formulas(answer, explanation.display.decimals);
        explain(&explanation);
    }
    arena_free(&scratch);
    return text_builder_to_handle(&builder, out);
}
