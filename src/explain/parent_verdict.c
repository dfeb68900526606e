/* SPDX-License-Identifier: Apache-2.0 */
/* A verdict for a parent: the decision, the criteria that it comes from by how they stand, and what can be
 * done. */
#include "explain/decisive_criteria.h"
#include "explain/parent_lines.h"
#include "rules/scorecard.h"

/* A list of criteria within one line. */
struct criteria_line {
    struct parent_text *parent;
    struct listing listing;
};

/* Writes the day on which a criterion turns, if it has one. */
static void say_turn(struct parent_text *parent, const struct criterion_reading *reading)
{
    if (reading->state == CRITERION_STATE_TOO_EARLY) {
        say(parent, "（时间未到，", " (too early, met from ");
        display_date(&parent->display, reading->day);
        say(parent, "起达到）", " on)");
    }
    if (reading->state == CRITERION_STATE_TOO_LATE) {
        say(parent, "（时间已过，只到", " (too late, it was met until ");
        display_date(&parent->display, reading->day);
        say(parent, "为止）", ")");
    }
}

/* Adds a criterion to the line, with what is to be known of how it stands. */
static void list_criterion(void *context, const struct criterion *criterion, bool must_not_hold)
{
    struct criteria_line *line = context;
    struct parent_text *parent = line->parent;
    const struct criterion_reading *reading =
        &parent->states->criteria[criterion - eligibility_of(parent->answer->rule)->criteria];
    if (!list_next(parent, &line->listing))
        return;
    say_label(parent, &criterion->because);
    if (must_not_hold && reading->state == CRITERION_STATE_NOT_MET)
        say(parent, "（不得有，现有）", " (must not be so, but is)");
    if (must_not_hold && reading->state == CRITERION_STATE_MET)
        say(parent, "（没有这种情况）", " (is not so)");
    if (reading->state == CRITERION_STATE_UNSET)
        say(parent, "（标准还没有公布）", " (the standard is not laid down yet)");
    say_turn(parent, reading);
}

/* Writes a line with the criteria that are met. */
static void say_met(struct parent_text *parent)
{
    struct criteria_line line = {parent, {.zh = "已经达到：", .en = "What is met: ", .most = MOST_CRITERIA}};
    decisive_criteria(verdict_of(parent->answer), TUOYU_ELIGIBLE, list_criterion, &line);
    list_end(parent, &line.listing);
}

/* Writes a line with the criteria that stand in these states, the first ones first; nothing if there are
 * none. */
static void say_in_states(struct parent_text *parent, const enum criterion_state *states, size_t count,
                          const char *zh, const char *en)
{
    struct criteria_line line = {parent, {.zh = zh, .en = en, .most = MOST_CRITERIA}};
    for (size_t i = 0; i < count; i++)
        criteria_in_state(verdict_of(parent->answer), parent->states, states[i], list_criterion, &line);
    list_end(parent, &line.listing);
}

/* Writes which criteria are not met, and which cannot be decided. */
static void say_unmet(struct parent_text *parent)
{
    static const enum criterion_state UNMET[] = {CRITERION_STATE_NOT_MET},
                                      DAYS[] = {CRITERION_STATE_TOO_EARLY, CRITERION_STATE_TOO_LATE},
                                      UNKNOWN[] = {CRITERION_STATE_MISSING},
                                      UNDECIDED[] = {CRITERION_STATE_UNSET, CRITERION_STATE_ERROR};
    say_in_states(parent, UNMET, 1, "没有达到：", "What is not met: ");
    say_in_states(parent, DAYS, 2, "时间不对：", "Not at this time: ");
    say_in_states(parent, UNKNOWN, 1, "情况没有填全，还判断不了：", "Not known, as facts were not given: ");
    say_in_states(parent, UNDECIDED, 2, "还判断不了：", "Cannot be decided yet: ");
}

/* Writes what would have to be done: the smallest of the ways that are still open. */
static void say_remedy(struct parent_text *parent, const struct tuoyu_verdict *verdict)
{
    const struct tuoyu_eligibility *rule = eligibility_of(verdict->answer.rule);
    struct listing remedy = {
        .zh = "要达到条件，还须满足：", .en = "What would have to be met: ", .most = MOST_MISSING};
    struct remedies remedies;
    remedies_find(verdict, parent->states, &remedies);
    for (size_t i = 0; remedies.count && i < MOST_SET_MEMBERS && i < rule->criterion_count; i++) {
        if (!(remedies.sets[0] >> i & 1) || !list_next(parent, &remedy))
            continue;
        say_label(parent, &rule->criteria[i].because);
        if (verdict->reasons[i] == TUOYU_ELIGIBLE)
            say(parent, "（须不再成立）", " (must no longer be so)");
        say_turn(parent, &parent->states->criteria[i]);
    }
    list_end(parent, &remedy);
}

/* Writes what of the checklist is still to be done, with the last days. */
static void say_to_do(struct parent_text *parent, const struct tuoyu_verdict *verdict)
{
    const struct tuoyu_eligibility *rule = eligibility_of(verdict->answer.rule);
    struct listing to_do = {.zh = "还要办：", .en = "Still to be done: ", .most = MOST_CRITERIA};
    for (size_t i = 0; verdict->checklist && i < rule->checklist_count; i++) {
        const struct checklist_entry *entry = &verdict->checklist[i];
        bool is_overdue = entry->state == TUOYU_CHECKLIST_OVERDUE;
        if ((entry->state != TUOYU_CHECKLIST_DUE && !is_overdue) || !list_next(parent, &to_do))
            continue;
        say_label(parent, &rule->checklist[i].because);
        if (!entry->has_due)
            continue;
        say(parent, is_overdue ? "（已过期限 " : "（最迟 ", is_overdue ? " (was due by " : " (by ");
        display_date(&parent->display, entry->due);
        say(parent, "）", ")");
    }
    list_end(parent, &to_do);
}

/* Writes the score and the grade, if both are decided. */
static void say_score(struct parent_text *parent, const struct tuoyu_verdict *verdict)
{
    const struct scorecard *scorecard = &eligibility_of(verdict->answer.rule)->scorecard;
    const struct verdict_score *score = &verdict->score;
    if (!score->points || !score->score.is_given)
        return;
    say(parent, "得分 ", " The score is ");
    display_number(&parent->display, score->score.number, TEXT(""));
    size_t grade = scorecard_possible(scorecard, score, 0);
    if (grade != SIZE_MAX && has_words(&scorecard->grades[grade].label)) {
        say(parent, "，等级：", ", the grade: ");
        say_label(parent, &scorecard->grades[grade].label);
    }
    say(parent, "。", ".");
}

/* Whether a text holds a piece. */
static bool holds_piece(struct text text, const char *piece)
{
    struct text sought = text_of(piece, TUOYU_NUL_TERMINATED);
    for (size_t i = 0; i + sought.length <= text.length; i++)
        if (text_equals(text_slice(text, i, i + sought.length), sought))
            return true;
    return false;
}

/* Answers the question of the title in its own words: 能否 by 可以, 是否 by 是; any other title is no
 * question. */
static void say_yes_or_no(struct parent_text *parent, bool is_eligible)
{
    struct text title = parent->answer->rule->title.zh;
    if (title.bytes &&
        (holds_piece(title, "能否") || holds_piece(title, "可否") || holds_piece(title, "可以")))
        say(parent, is_eligible ? "答：可以" : "答：不可以", is_eligible ? "Answer: yes" : "Answer: no");
    else if (title.bytes && holds_piece(title, "是否"))
        say(parent, is_eligible ? "答：是" : "答：否", is_eligible ? "Answer: yes" : "Answer: no");
    else
        say(parent, is_eligible ? "答：符合条件" : "答：不符合条件",
            is_eligible ? "Answer: yes" : "Answer: no");
}

/* Writes the answer, or 还不能确定, and the exception that decided. */
static void say_decision(struct parent_text *parent, const struct tuoyu_verdict *verdict)
{
    if (verdict->answer.outcome != TUOYU_DETERMINED) {
        say_undecided(parent);
    } else {
        say_yes_or_no(parent, verdict->decision == TUOYU_ELIGIBLE);
        if (verdict->exception) {
            say(parent, "，因为有例外：", ", by an exception: ");
            say_label(parent, &verdict->exception->because);
        }
        say(parent, "。", ".");
    }
    if (parent->states->has_eligible_from) {
        say(parent, "其他情况不变的话，从", " If nothing else changes, one may apply from ");
        display_date(&parent->display, parent->states->eligible_from);
        say(parent, "起可以申请。", " on.");
    }
    say_score(parent, verdict);
    if (verdict->has_valid_until) {
        say(parent, "有效期至 ", " Valid until ");
        display_date(&parent->display, verdict->valid_until);
        say(parent, "。", ".");
    }
    finish_line(parent);
}

void say_verdict(struct parent_text *parent)
{
    const struct tuoyu_verdict *verdict = verdict_of(parent->answer);
    say_decision(parent, verdict);
    if (verdict->exception)
        return;
    if (verdict->decision == TUOYU_ELIGIBLE)
        say_met(parent);
    else
        say_unmet(parent);
}

void say_what_to_do(struct parent_text *parent)
{
    const struct tuoyu_verdict *verdict = verdict_of(parent->answer);
    say_remedy(parent, verdict);
    say_to_do(parent, verdict);
}
