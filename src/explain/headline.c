/* SPDX-License-Identifier: Apache-2.0 */
/* The first part of an answer's text: what came out, by kind of answer, and what is missing. */
#include "base/plain_text.h"
#include "explain/explanation.h"

#include "explain/verdict_parts.h"

/* ---- The kinds ---- */

/* `（label）` of a bound, nothing where the limit is not one of the rule's bounds. */
static void write_bound_label(struct explanation *explanation, const struct bound *bounds, size_t count,
                              struct text id)
{
    const struct display *display = &explanation->display;
    for (size_t i = 0; i < count; i++) {
        if (!text_equals(bounds[i].id, id))
            continue;
        display_words(display, "（", " (");
        write_name(display, &bounds[i].label, id);
        display_words(display, "）", ")");
    }
}

/* Writes a line that says which bound decided the amount; nothing if none did. */
static void write_binding(struct explanation *explanation, const struct bound *bounds, size_t count,
                          struct text binding)
{
    if (!binding.bytes)
        return;
    begin_line(explanation, 1);
    display_words(&explanation->display, "由限额决定", "decided by a bound");
    write_bound_label(explanation, bounds, count, binding);
    end_line(explanation);
}

/* Writes the fee that was charged and whether it complies, or by how much it does not; nothing if that is not
 * known. */
static void write_compliance(struct explanation *explanation, const struct tuoyu_quote *quote)
{
    const struct tuoyu_pricing *rule = pricing_of(quote->answer.rule);
    const struct display *display = &explanation->display;
    struct text unit = quote->answer.rule->unit;
    number_line(explanation, 0, "实际收费", "Fee charged", &quote->charged, unit);
    if (quote->complies < 0)
        return;
    begin_line(explanation, 0);
    if (quote->complies) {
        display_words(display, "结论：符合规定", "Result: it complies");
    } else if (decimal_sign(quote->excess.number) > 0) {
        display_words(display, "结论：不符合规定，超出 ", "Result: it does not comply; it is too high by ");
        display_number(display, quote->excess.number, unit);
    } else {
        display_words(display, "结论：不符合规定，低于下限 ",
                      "Result: it does not comply; it is below the least, ");
        write_number(display, &quote->at_least, unit);
        display_words(display, "，差 ", ", by ");
        display_number(display, quote->shortfall.number, unit);
    }
    write_bound_label(explanation, rule->bounds, rule->bound_count, quote->breaks);
    end_line(explanation);
}

/* Writes the amount, the bound that decided it, and whether the charged fee complies. */
static void write_quote(struct explanation *explanation, const struct tuoyu_answer *answer)
{
    const struct tuoyu_quote *quote = quote_of(answer);
    const struct tuoyu_pricing *rule = pricing_of(quote->answer.rule);
    number_line(explanation, 0, "结果", "Amount", &quote->amount, quote->answer.rule->unit);
    write_binding(explanation, rule->bounds, rule->bound_count, quote->binding);
    write_compliance(explanation, quote);
}

/* Writes a line for an instalment: amount, day, state. Its amount must be given. */
static void write_instalment(struct explanation *explanation, const struct tuoyu_split *split, size_t index)
{
    static const char *const ZH[] = {[TUOYU_INSTALMENT_OPEN] = "，暂不能确定是否应付",
                                     [TUOYU_INSTALMENT_DUE] = "，应付",
                                     [TUOYU_INSTALMENT_LATER] = "，未到期",
                                     [TUOYU_INSTALMENT_FORFEITED] = "，不再拨付"};
    static const char *const EN[] = {[TUOYU_INSTALMENT_OPEN] = ", not decided yet",
                                     [TUOYU_INSTALMENT_DUE] = ", payable",
                                     [TUOYU_INSTALMENT_LATER] = ", later",
                                     [TUOYU_INSTALMENT_FORFEITED] = ", forfeited"};
    const struct tuoyu_cost_sharing *rule = cost_sharing_of(split->answer.rule);
    const struct split_instalment *instalment = &split->instalments[index];
    const struct display *display = &explanation->display;
    begin_line(explanation, 1);
    write_name(display, &rule->instalments[index].label, rule->instalments[index].id);
    display_words(display, "：", ": ");
    display_number(display, instalment->amount.number, rule->rule.unit);
    if (instalment->has_due) {
        display_words(display, "，", ", ");
        display_date(display, instalment->due);
    }
    display_words(display, ZH[instalment->state], EN[instalment->state]);
    end_line(explanation);
}

/* Writes the instalments whose amounts are known, and what is to be paid or clawed back; nothing if the rule
 * has none. */
static void write_instalments(struct explanation *explanation, const struct tuoyu_split *split)
{
    const struct tuoyu_cost_sharing *rule = cost_sharing_of(split->answer.rule);
    if (rule->instalment_count == 0)
        return;
    begin_line(explanation, 0);
    display_words(&explanation->display, "分期：", "Instalments:");
    end_line(explanation);
    for (size_t i = 0; i < rule->instalment_count; i++)
        if (split->instalments[i].amount.is_given)
            write_instalment(explanation, split, i);
    number_line(explanation, 0, "应享金额", "Entitled to", &split->entitled, rule->rule.unit);
    number_line(explanation, 0, "已付金额", "Paid already", &split->paid, rule->rule.unit);
    number_line(explanation, 0, "应追回金额", "To be clawed back", &split->claw_back, rule->rule.unit);
    number_line(explanation, 0, "现应付金额", "Payable now", &split->payable, rule->rule.unit);
}

/* Writes a line for a subsidy: amount, state, and the combination rule that cut or excluded it. */
static void write_subsidy(struct explanation *explanation, const struct tuoyu_split *split, size_t index)
{
    static const char *const ZH[] = {[TUOYU_SUBSIDY_OPEN] = "，暂不能确定是否发放",
                                     [TUOYU_SUBSIDY_PAID] = "",
                                     [TUOYU_SUBSIDY_NOT_DUE] = "，不符合发放条件",
                                     [TUOYU_SUBSIDY_EXCLUDED] = "，不发",
                                     [TUOYU_SUBSIDY_CUT] = "，超出合计限额的不发"};
    static const char *const EN[] = {[TUOYU_SUBSIDY_OPEN] = ", not decided yet",
                                     [TUOYU_SUBSIDY_PAID] = "",
                                     [TUOYU_SUBSIDY_NOT_DUE] = ", not due",
                                     [TUOYU_SUBSIDY_EXCLUDED] = ", not paid",
                                     [TUOYU_SUBSIDY_CUT] = ", cut to the limit"};
    const struct tuoyu_cost_sharing *rule = cost_sharing_of(split->answer.rule);
    const struct split_subsidy *subsidy = &split->subsidies[index];
    const struct display *display = &explanation->display;
    begin_line(explanation, 1);
    write_name(display, &rule->subsidies[index].label, rule->subsidies[index].id);
    display_words(display, "：", ": ");
    write_number(display, &subsidy->amount, rule->rule.unit);
    display_words(display, ZH[subsidy->state], EN[subsidy->state]);
    if (subsidy->by) {
        display_words(display, "（", " (");
        write_name(display, &subsidy->by->because, subsidy->by->id);
        if (subsidy->instead != SIZE_MAX) {
            display_words(display, "；发放：", "; paid instead: ");
            write_name(display, &rule->subsidies[subsidy->instead].label,
                       rule->subsidies[subsidy->instead].id);
        }
        display_words(display, "）", ")");
    }
    end_line(explanation);
}

/* Writes all subsidies of the rule; nothing if it has none. */
static void write_subsidies(struct explanation *explanation, const struct tuoyu_split *split)
{
    const struct tuoyu_cost_sharing *rule = cost_sharing_of(split->answer.rule);
    if (rule->subsidy_count == 0)
        return;
    begin_line(explanation, 0);
    display_words(&explanation->display, "补贴：", "Subsidies:");
    end_line(explanation);
    for (size_t i = 0; i < rule->subsidy_count; i++)
        write_subsidy(explanation, split, i);
}

/* Writes subsidies, whole, the shares that are known, and instalments. */
static void write_split(struct explanation *explanation, const struct tuoyu_answer *answer)
{
    const struct tuoyu_split *split = split_of(answer);
    const struct tuoyu_cost_sharing *rule = cost_sharing_of(split->answer.rule);
    const struct display *display = &explanation->display;
    write_subsidies(explanation, split);
    number_line(explanation, 0, "总额", "Whole", &split->whole, rule->rule.unit);
    write_binding(explanation, rule->bounds, rule->bound_count, split->binding);
    for (size_t i = 0; i < rule->payer_count; i++) {
        if (!split->lines[i].is_given)
            continue;
        begin_line(explanation, 1);
        write_name(display, &rule->payers[i].label, rule->payers[i].id);
        display_words(display, "：", ": ");
        display_number(display, split->lines[i].number, rule->rule.unit);
        end_line(explanation);
    }
    write_instalments(explanation, split);
}

/* Writes a line with the members of a set. Bit i of `set` is missing fact i or criterion i, by
 * is_of_facts. */
static void write_set(struct explanation *explanation, const struct tuoyu_verdict *verdict, uint64_t set,
                      bool is_of_facts)
{
    const struct tuoyu_eligibility *rule = eligibility_of(verdict->answer.rule);
    const struct display *display = &explanation->display;
    const char *separator_zh = "", *separator_en = "";
    begin_line(explanation, 1);
    for (size_t i = 0; i < MOST_SET_MEMBERS; i++) {
        if (!(set >> i & 1))
            continue;
        display_words(display, separator_zh, separator_en);
        separator_zh = "；";
        separator_en = "; ";
        if (is_of_facts) {
            display_missing_name(display, &verdict->answer, i);
            continue;
        }
        const struct criterion *criterion = &rule->criteria[i];
        write_name(display, &criterion->because, criterion->id);
        if (verdict->reasons[i] == TUOYU_ELIGIBLE)
            display_words(display, "（须不再成立）", " (must no longer hold)");
    }
    end_line(explanation);
}

/* Writes a heading and a line for each set; nothing if there are no sets. */
static void write_sets(struct explanation *explanation, const struct tuoyu_verdict *verdict,
                       const struct verdict_sets *sets, const char *zh, const char *en)
{
    if (sets->count == 0)
        return;
    begin_line(explanation, 0);
    display_words(&explanation->display, zh, en);
    end_line(explanation);
    for (size_t i = 0; i < sets->count; i++)
        write_set(explanation, verdict, sets->sets[i], sets == &verdict->deciding);
}

/* Nothing new where all that is missing is needed. */
static void write_deciding(struct explanation *explanation, const struct tuoyu_answer *answer)
{
    const struct tuoyu_verdict *verdict = verdict_of(answer);
    size_t missing = verdict->answer.missing_count;
    uint64_t all = missing < MOST_SET_MEMBERS ? ((uint64_t)1 << missing) - 1 : UINT64_MAX;
    if (verdict->deciding.count == 1 && verdict->deciding.sets[0] == all)
        return;
    write_sets(explanation, verdict, &verdict->deciding, "知道下列任一行，就可能得出结论：",
               "Any one line of these may already decide:");
}

/* Writes which exception decided the verdict. */
static void write_exception(struct explanation *explanation, const struct criterion *exception)
{
    const struct display *display = &explanation->display;
    display_words(display, "（例外：", " (exception: ");
    write_name(display, &exception->because, exception->id);
    display_words(display, "）", ")");
}

/* Writes the decision and what the rule has beside it; an ineligible verdict also says what would make it
 * eligible. */
static void write_verdict(struct explanation *explanation, const struct tuoyu_answer *answer)
{
    const struct tuoyu_verdict *verdict = verdict_of(answer);
    const struct display *display = &explanation->display;
    if (verdict->answer.outcome != TUOYU_DETERMINED) {
        verdict_parts_to_text(explanation, verdict);
        return;
    }
    begin_line(explanation, 0);
    if (verdict->decision == TUOYU_ELIGIBLE)
        display_words(display, "结论：符合条件", "Result: eligible");
    else
        display_words(display, "结论：不符合条件", "Result: not eligible");
    if (verdict->exception)
        write_exception(explanation, verdict->exception);
    end_line(explanation);
    verdict_parts_to_text(explanation, verdict);
    write_sets(explanation, verdict, &verdict->to_become_eligible, "要符合条件，须做到下列任一行：",
               "To become eligible, one line of these must come true:");
}

/* Writes how far the measure is from its target; nothing if that is not known or is 0. */
static void write_distance(struct explanation *explanation, const struct tuoyu_measure *measure)
{
    const struct tuoyu_indicator *indicator = indicator_of(measure->answer.rule);
    if (!measure->distance.is_given || decimal_sign(measure->distance.number) == 0)
        return;
    bool is_reduced = indicator->target_kind == TARGET_AT_MOST;
    number_line(explanation, 1, is_reduced ? "须减少" : "还差", is_reduced ? "too many by" : "still to go",
                &measure->distance, indicator->distance_unit);
}

/* Writes the target and whether it is met; nothing if there is no target. */
static void write_target(struct explanation *explanation, const struct tuoyu_measure *measure)
{
    static const char *const ZH[] = {[TARGET_NONE] = "",
                                     [TARGET_AT_LEAST] = "不低于 ",
                                     [TARGET_AT_MOST] = "不高于 ",
                                     [TARGET_EXACTLY] = "等于 "};
    static const char *const EN[] = {[TARGET_NONE] = "",
                                     [TARGET_AT_LEAST] = "at least ",
                                     [TARGET_AT_MOST] = "at most ",
                                     [TARGET_EXACTLY] = "exactly "};
    const struct tuoyu_indicator *indicator = indicator_of(measure->answer.rule);
    const struct display *display = &explanation->display;
    if (!measure->target.is_given)
        return;
    begin_line(explanation, 0);
    display_words(display, "目标：", "Target: ");
    display_words(display, ZH[indicator->target_kind], EN[indicator->target_kind]);
    display_number(display, measure->target.number, measure->answer.rule->unit);
    if (measure->met == 1)
        display_words(display, "，已达标", ", met");
    else if (measure->met == 0)
        display_words(display, "，未达标", ", not met");
    else
        display_words(display, "，暂不能确定是否达标", ", not decided yet");
    end_line(explanation);
    write_distance(explanation, measure);
}

/* Writes numerator and denominator, and how many rows are unknown, unreadable, in error or without a
 * region. */
static void write_counts(struct explanation *explanation, const struct tuoyu_measure *measure)
{
    const struct display *display = &explanation->display;
    const struct aggregate *aggregates = indicator_of(measure->answer.rule)->aggregates;
    number_line(explanation, 1, "分子", "numerator", &measure->numerator,
                aggregates[INDICATOR_NUMERATOR].unit);
    number_line(explanation, 1, "分母", "denominator", &measure->denominator,
                aggregates[INDICATOR_DENOMINATOR].unit);
    if (measure->unknown) {
        begin_line(explanation, 1);
        display_words(display, "信息不全、未计入：", "left out, facts missing: ");
        text_append_format(display->builder, "%lld", (long long)measure->unknown);
        if (measure->lower.is_given && measure->upper.is_given) {
            display_words(display, "；补全后可能在 ", "; with them it may be from ");
            display_number(display, measure->lower.number, measure->answer.rule->unit);
            display_words(display, " 至 ", " to ");
            display_number(display, measure->upper.number, measure->answer.rule->unit);
            display_words(display, " 之间", "");
        }
        end_line(explanation);
    }
    struct answer_number unreadable = {.is_given = measure->unreadable > 0,
                                       .number = decimal_from_integer(measure->unreadable)};
    struct answer_number errors = {.is_given = measure->errors > 0,
                                   .number = decimal_from_integer(measure->errors)};
    struct answer_number strays = {.is_given = measure->regionless > 0,
                                   .number = decimal_from_integer(measure->regionless)};
    number_line(explanation, 1, "无法读取、按未知计的记录", "records that cannot be read, counted as unknown",
                &unreadable, TEXT(""));
    number_line(explanation, 1, "有错误的行", "rows in error", &errors, TEXT(""));
    number_line(explanation, 1, "未注明所属区域的行（只计入全体）",
                "rows without a region (counted in the whole only)", &strays, TEXT(""));
}

/* Writes `no value` with the reason. */
static void write_value_absent(const struct display *display, const struct tuoyu_measure *measure)
{
    display_words(display, "无数值（", "no value (");
    write_measure_reason(display, measure);
    display_words(display, "）", ")");
}

/* Writes the region, the value, the counts and the target of a measure. */
static void write_measure(struct explanation *explanation, const struct tuoyu_answer *answer)
{
    const struct tuoyu_measure *measure = measure_of(answer);
    const struct display *display = &explanation->display;
    begin_line(explanation, 0);
    if (measure->region_id.bytes)
        text_append_escaped(display->builder, measure->region_id);
    else
        display_words(display, "全部", "All");
    display_words(display, "：", ": ");
    if (measure->value.is_given)
        display_number(display, measure->value.number, measure->answer.rule->unit);
    else
        write_value_absent(display, measure);
    end_line(explanation);
    write_counts(explanation, measure);
    write_target(explanation, measure);
}

/* ---- What all have ---- */

/* Writes the title of the rule and the day. */
static void write_head(struct explanation *explanation)
{
    const struct tuoyu_answer *answer = explanation->answer;
    const struct display *display = &explanation->display;
    begin_line(explanation, 0);
    display_localised(display, &answer->rule->title);
    end_line(explanation);
    begin_line(explanation, 0);
    display_words(display, "基准日：", "As of ");
    display_date(display, answer->as_of);
    end_line(explanation);
}

/* Writes a note on the weakest standing of what the answer rests on; nothing if all is cited. */
static void write_standing(struct explanation *explanation)
{
    static const char *const ZH[] = {[TUOYU_DERIVED] = "注：含推算数据",
                                     [TUOYU_DRAFT] = "注意：含草案数据，以正式文件为准",
                                     [TUOYU_ASSUMED] = "注意：含假定数据，仅供参考，不作为依据"};
    static const char *const EN[] = {[TUOYU_DERIVED] = "Note: contains derived numbers",
                                     [TUOYU_DRAFT] = "Note: contains draft numbers",
                                     [TUOYU_ASSUMED] =
                                         "Note: contains assumed numbers; not a basis for decisions"};
    static_assert(TUOYU_CITED < TUOYU_DERIVED && TUOYU_DERIVED < TUOYU_DRAFT && TUOYU_DRAFT < TUOYU_ASSUMED,
                  "the greater, the weaker");
    int32_t standing = explanation->answer->standing;
    if (standing <= TUOYU_CITED || standing > TUOYU_ASSUMED)
        return;
    begin_line(explanation, 0);
    display_words(&explanation->display, ZH[standing], EN[standing]);
    end_line(explanation);
}

void headline_missing(struct explanation *explanation)
{
    const struct tuoyu_answer *answer = explanation->answer;
    const struct display *display = &explanation->display;
    if (answer->missing_count == 0)
        return;
    begin_line(explanation, 0);
    display_words(display, "结论：暂不能确定，还需要：", "Result: not decided yet; still needed:");
    end_line(explanation);
    for (size_t i = 0; i < answer->missing_count; i++) {
        const struct answer_missing *missing = &answer->missing[i];
        const struct program *program = &answer->policy->layering->program;
        const struct slot *slot = missing->slot == SLOT_NONE ? NULL : program_slot(program, missing->slot);
        begin_line(explanation, 1);
        if (slot)
            display_slot_name(display, slot);
        display_words(display, slot ? "（" : "", slot ? " (" : "");
        text_append(display->builder, missing->name);
        display_words(display, slot ? "）" : "", slot ? ")" : "");
        if (missing->code == TUOYU_ERROR_PARAMETER_UNSET) {
            if (slot && slot->is_delegated)
                display_words(display, "：尚未设定。", ": not set yet. ");
            else
                display_words(display, "：尚无依据，未设定。", ": no source gives it yet. ");
            if (slot)
                display_localised(display, &slot->unset);
        }
        end_line(explanation);
    }
}

/* How the result of an answer is told, by kind of answer. */
struct headline_of_kind {
    void (*write)(struct explanation *explanation, const struct tuoyu_answer *answer);
    /* what follows the missing facts, or NULL */
    void (*write_after_missing)(struct explanation *explanation, const struct tuoyu_answer *answer);
    bool is_of_rows; /* where it does not apply, the counts of its rows are shown all the same */
};

static const struct headline_of_kind HEADLINES[] = {
    [TUOYU_RULE_PRICING] = {write_quote, NULL, false},
    [TUOYU_RULE_COST_SHARING] = {write_split, NULL, false},
    [TUOYU_RULE_ELIGIBILITY] = {write_verdict, write_deciding, false},
    [TUOYU_RULE_INDICATOR] = {write_measure, NULL, true},
    [ANSWER_PAYOUT] = {write_payout, NULL, false},
};
static_assert(sizeof HEADLINES / sizeof *HEADLINES == ANSWER_KIND_COUNT,
              "each kind of answer has a headline");

void headline(struct explanation *explanation)
{
    const struct tuoyu_answer *answer = explanation->answer;
    const struct headline_of_kind *kind = &HEADLINES[answer->kind];
    write_head(explanation);
    if (answer->outcome == TUOYU_NOT_APPLICABLE && !kind->is_of_rows) {
        begin_line(explanation, 0);
        display_words(&explanation->display, "结论：本规则不适用于此情形",
                      "Result: the rule does not apply to this case");
        end_line(explanation);
    } else {
        kind->write(explanation, answer);
    }
    headline_missing(explanation);
    if (kind->write_after_missing)
        kind->write_after_missing(explanation, answer);
    write_standing(explanation);
}
