/* SPDX-License-Identifier: Apache-2.0 */
/* A measure in lines: its value, its counts, and its target. */
#include "base/plain_text.h"
#include "explain/headline_parts.h"

/* Writes the range of what is missing to the target: `还差：9 至 12 个托位`, or `不少于 9 个托位`. */
static void write_distance_range(struct explanation *explanation, const struct tuoyu_measure *measure,
                                 bool is_reduced)
{
    const struct display *display = &explanation->display;
    struct text unit = indicator_of(measure->answer.rule)->distance_unit;
    begin_line(explanation, 1);
    display_words(display, is_reduced ? "须减少：" : "还差：",
                  is_reduced ? "too many by: " : "still to go: ");
    if (!measure->distance_most.is_given)
        display_words(display, "不少于 ", "at least ");
    display_number(display, measure->distance_least.number,
                   measure->distance_most.is_given ? TEXT("") : unit);
    if (measure->distance_most.is_given) {
        display_words(display, " 至 ", " to ");
        display_number(display, measure->distance_most.number, unit);
    }
    end_line(explanation);
}

/* Writes how far the measure is from its target; nothing if that is not known or is 0. */
static void write_distance(struct explanation *explanation, const struct tuoyu_measure *measure)
{
    const struct tuoyu_indicator *indicator = indicator_of(measure->answer.rule);
    const struct answer_number *least = &measure->distance_least, *most = &measure->distance_most;
    bool is_reduced = indicator->target_kind == TARGET_AT_MOST;
    if (!measure->distance.is_given || measure->met == 1)
        return;
    if (!most->is_given || decimal_compare(least->number, most->number) != 0) {
        write_distance_range(explanation, measure, is_reduced);
        return;
    }
    if (decimal_sign(least->number) == 0)
        return;
    number_line(explanation, 1, is_reduced ? "须减少" : "还差", is_reduced ? "too many by" : "still to go",
                least, indicator->distance_unit);
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
void write_measure(struct explanation *explanation, const struct tuoyu_answer *answer)
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
