/* SPDX-License-Identifier: Apache-2.0 */
/* What a verdict has beside its decision, for people: until when it holds, the score and what follows, what
 * is to be done. */
#include "explain/headline_parts.h"
#include "explain/verdict_parts.h"
#include "rules/scorecard.h"

/* Writes a line with the last day on which the verdict holds, and whether it has passed; nothing if it has
 * none. */
static void write_valid_until(struct explanation *explanation, const struct tuoyu_verdict *verdict)
{
    const struct display *display = &explanation->display;
    if (!verdict->has_valid_until)
        return;
    begin_line(explanation, 0);
    display_words(display, "有效期至：", "Valid until ");
    display_date(display, verdict->valid_until);
    if (verdict->answer.as_of > verdict->valid_until)
        display_words(display, "（已过期）", " (expired)");
    end_line(explanation);
}

/* ---- Scores ---- */

/* Writes a bound of a score, or `no bound` if it is not given. */
static void write_bound(const struct display *display, const struct answer_number *bound)
{
    if (bound->is_given)
        display_number(display, bound->number, TEXT(""));
    else
        display_words(display, "不限", "no bound");
}

/* Writes a line with the score, or with its bounds if facts are missing. */
static void write_sum(struct explanation *explanation, const struct verdict_score *score)
{
    const struct display *display = &explanation->display;
    begin_line(explanation, 0);
    display_words(display, "得分：", "Score: ");
    if (score->score.is_given) {
        display_number(display, score->score.number, TEXT(""));
    } else {
        display_words(display, "信息不全，可能在 ", "facts are missing; it may be from ");
        write_bound(display, &score->lower);
        display_words(display, " 至 ", " to ");
        write_bound(display, &score->upper);
        display_words(display, " 之间", "");
    }
    end_line(explanation);
}

/* Writes a line for each grade that is possible, with what follows from it. */
static void write_grades(struct explanation *explanation, const struct scorecard *scorecard,
                         const struct verdict_score *score)
{
    const struct display *display = &explanation->display;
    bool is_decided = scorecard_possible(scorecard, score, 1) == SIZE_MAX;
    for (size_t place = 0, index; (index = scorecard_possible(scorecard, score, place)) != SIZE_MAX;
         place++) {
        const struct grade *grade = &scorecard->grades[index];
        begin_line(explanation, is_decided ? 0 : 1);
        if (is_decided)
            display_words(display, "等级：", "Grade: ");
        else
            display_words(display, "可能的等级：", "possible grade: ");
        write_name(display, &grade->label, grade->id);
        if (grade->consequence.zh.bytes || grade->consequence.en.bytes) {
            display_words(display, "；", "; ");
            display_localised(display, &grade->consequence);
        }
        end_line(explanation);
    }
}

/* Writes the score, the points of each item, and the grades; nothing if the rule has no scorecard. */
static void write_score(struct explanation *explanation, const struct tuoyu_verdict *verdict)
{
    const struct scorecard *scorecard = &eligibility_of(verdict->answer.rule)->scorecard;
    const struct verdict_score *score = &verdict->score;
    const struct display *display = &explanation->display;
    if (!score->points)
        return;
    write_sum(explanation, score);
    for (size_t i = 0; i < scorecard->item_count; i++) {
        begin_line(explanation, 1);
        write_name(display, &scorecard->items[i].because, scorecard->items[i].id);
        display_words(display, "：", ": ");
        if (score->points[i].is_given)
            display_number(display, score->points[i].number, TEXT(""));
        else
            display_words(display, "未能确定", "not determined");
        end_line(explanation);
    }
    write_grades(explanation, scorecard, score);
}

/* ---- Checklists ---- */

/* Writes the words and a date; nothing if it is not given. */
static void write_day(const struct display *display, const char *zh, const char *en, bool is_given,
                      int32_t day)
{
    if (!is_given)
        return;
    display_words(display, zh, en);
    display_date(display, day);
}

/* Writes a line for an item of the checklist: its state, its days, its citation. */
static void write_entry(struct explanation *explanation, const struct checklist_item *item,
                        const struct checklist_entry *entry)
{
    static const char *const MARKS[] = {
        [TUOYU_CHECKLIST_OPEN] = "?",    [TUOYU_CHECKLIST_DONE] = "✓",
        [TUOYU_CHECKLIST_DUE] = "○",     [TUOYU_CHECKLIST_OVERDUE] = "✗",
        [TUOYU_CHECKLIST_NOT_YET] = "·", [TUOYU_CHECKLIST_NOT_APPLICABLE] = "–"};
    static const char *const ZH[] = {
        [TUOYU_CHECKLIST_OPEN] = "暂不能确定",  [TUOYU_CHECKLIST_DONE] = "已完成",
        [TUOYU_CHECKLIST_DUE] = "待办理",       [TUOYU_CHECKLIST_OVERDUE] = "已逾期",
        [TUOYU_CHECKLIST_NOT_YET] = "未到时间", [TUOYU_CHECKLIST_NOT_APPLICABLE] = "不适用"};
    static const char *const EN[] = {[TUOYU_CHECKLIST_OPEN] = "not decided yet",
                                     [TUOYU_CHECKLIST_DONE] = "done",
                                     [TUOYU_CHECKLIST_DUE] = "due",
                                     [TUOYU_CHECKLIST_OVERDUE] = "overdue",
                                     [TUOYU_CHECKLIST_NOT_YET] = "not yet",
                                     [TUOYU_CHECKLIST_NOT_APPLICABLE] = "does not apply"};
    const struct display *display = &explanation->display;
    begin_line(explanation, 1);
    text_append_literal(display->builder, MARKS[entry->state]);
    text_append_byte(display->builder, ' ');
    write_name(display, &item->because, item->id);
    display_words(display, "：", ": ");
    display_words(display, ZH[entry->state], EN[entry->state]);
    if (entry->state == TUOYU_CHECKLIST_DONE) {
        write_day(display, "，", ", ", entry->has_done, entry->done);
        if (entry->has_done && entry->has_due && entry->done > entry->due)
            display_words(display, "（迟于期限）", " (late)");
    } else {
        write_day(display, "，自 ", ", from ", entry->has_from, entry->from);
        write_day(display, "，最迟 ", ", by ", entry->has_due, entry->due);
    }
    explain_citation(explanation, &item->citation);
    end_line(explanation);
}

/* Writes all items of the checklist; nothing if the rule has none. */
static void write_checklist(struct explanation *explanation, const struct tuoyu_verdict *verdict)
{
    const struct tuoyu_eligibility *rule = eligibility_of(verdict->answer.rule);
    if (!verdict->checklist)
        return;
    begin_line(explanation, 0);
    display_words(&explanation->display, "清单：", "Checklist:");
    end_line(explanation);
    for (size_t i = 0; i < rule->checklist_count; i++)
        write_entry(explanation, &rule->checklist[i], &verdict->checklist[i]);
}

void verdict_parts_to_text(struct explanation *explanation, const struct tuoyu_verdict *verdict)
{
    write_valid_until(explanation, verdict);
    write_score(explanation, verdict);
    write_checklist(explanation, verdict);
}
