/* SPDX-License-Identifier: Apache-2.0 */
/* A verdict in lines: the decision, the criteria that it comes from by how they stand, and what can be done.
 */
#include "explain/decisive_criteria.h"
#include "explain/headline_parts.h"
#include "explain/verdict_parts.h"

/* ---- Criteria by how they stand ---- */

/* A heading with a line for each criterion below it. */
struct criteria_block {
    struct explanation *explanation;
    enum criterion_state state;
    const char *zh, *en; /* the heading */
    uint64_t members;    /* those that were written, as bits by their index */
    bool is_begun;
};

/* Adds a line for a criterion, and the heading before the first. */
static void add_criterion(void *context, const struct criterion *criterion, bool must_not_hold)
{
    struct criteria_block *block = context;
    struct explanation *explanation = block->explanation;
    const struct display *display = &explanation->display;
    size_t index = (size_t)(criterion - eligibility_of(explanation->answer->rule)->criteria);
    if (!block->is_begun) {
        begin_line(explanation, 0);
        display_words(display, block->zh, block->en);
        end_line(explanation);
    }
    block->is_begun = true;
    if (index < MOST_SET_MEMBERS)
        block->members |= (uint64_t)1 << index;
    begin_line(explanation, 1);
    write_name(display, &criterion->because, criterion->id);
    if (must_not_hold && block->state == CRITERION_STATE_NOT_MET)
        display_words(display, "（不得有，现有）", " (must not be so, but is)");
    display_turn(display, &explanation->states->criteria[index]);
    end_line(explanation);
}

/* Writes all blocks of what is not met and of what is not known. Returns the criteria that are not met
 * without having a day, as bits. */
static uint64_t write_criteria(struct explanation *explanation, const struct tuoyu_verdict *verdict)
{
    struct criteria_block blocks[] = {
        {explanation, CRITERION_STATE_NOT_MET, "没有达到的条件：", "Not met:", 0, false},
        {explanation, CRITERION_STATE_TOO_EARLY, "时间未到的条件：", "Too early:", 0, false},
        {explanation, CRITERION_STATE_TOO_LATE, "时间已过的条件：", "Too late:", 0, false},
        {explanation, CRITERION_STATE_MISSING, "资料未提供、还不能判断的条件：",
         "Not decided, as facts were not given:", 0, false},
        {explanation, CRITERION_STATE_UNSET, "标准未公布、还不能判断的条件：",
         "Not decided, as a standard is not laid down:", 0, false},
        {explanation, CRITERION_STATE_ERROR, "按所填资料无法计算的条件：",
         "Cannot be computed of these facts:", 0, false},
    };
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++)
        criteria_in_state(verdict, explanation->states, blocks[i].state, add_criterion, &blocks[i]);
    return blocks[0].members | blocks[1].members;
}

/* ---- Sets ---- */

/* Writes a line with the members of a set of criteria. */
static void write_remedy(struct explanation *explanation, const struct tuoyu_verdict *verdict, uint64_t set)
{
    const struct tuoyu_eligibility *rule = eligibility_of(verdict->answer.rule);
    const struct display *display = &explanation->display;
    bool is_begun = false;
    begin_line(explanation, 1);
    for (size_t i = 0; i < MOST_SET_MEMBERS && i < rule->criterion_count; i++) {
        if (!(set >> i & 1))
            continue;
        if (is_begun)
            display_words(display, "；", "; ");
        is_begun = true;
        write_name(display, &rule->criteria[i].because, rule->criteria[i].id);
        if (verdict->reasons[i] == TUOYU_ELIGIBLE)
            display_words(display, "（须不再成立）", " (must no longer hold)");
        display_turn(display, &explanation->states->criteria[i]);
    }
    end_line(explanation);
}

/* Writes what can be done. Nothing new where all that can be done is to meet the criteria that were written
 * as not met before. */
static void write_remedies(struct explanation *explanation, const struct tuoyu_verdict *verdict,
                           uint64_t written)
{
    struct remedies remedies;
    remedies_find(verdict, explanation->states, &remedies);
    if (remedies.count == 0 || (remedies.count == 1 && remedies.sets[0] == written))
        return;
    begin_line(explanation, 0);
    if (remedies.count == 1)
        display_words(&explanation->display, "要符合条件，须做到：",
                      "To become eligible, this must come true:");
    else
        display_words(&explanation->display, "要符合条件，须做到下列任一行：",
                      "To become eligible, one line of these must come true:");
    end_line(explanation);
    for (size_t i = 0; i < remedies.count; i++)
        write_remedy(explanation, verdict, remedies.sets[i]);
}

/* Writes a line with the facts of a set that would decide. */
static void write_facts(struct explanation *explanation, const struct tuoyu_verdict *verdict, uint64_t set)
{
    const struct display *display = &explanation->display;
    bool is_begun = false;
    begin_line(explanation, 1);
    for (size_t i = 0; i < MOST_SET_MEMBERS; i++) {
        if (!(set >> i & 1))
            continue;
        if (is_begun)
            display_words(display, "；", "; ");
        is_begun = true;
        display_missing_name(display, &verdict->answer, i);
    }
    end_line(explanation);
}

/* Writes which sets of facts would decide. Nothing new where all that is missing is needed. */
static void write_deciding_sets(struct explanation *explanation, const struct tuoyu_verdict *verdict)
{
    size_t missing = verdict->answer.missing_count, count = verdict->deciding.count;
    uint64_t all = missing < MOST_SET_MEMBERS ? ((uint64_t)1 << missing) - 1 : UINT64_MAX;
    if (count == 0 || (count == 1 && verdict->deciding.sets[0] == all))
        return;
    begin_line(explanation, 0);
    display_words(&explanation->display, "知道下列任一行，就可能得出结论：",
                  "Any one line of these may already decide:");
    end_line(explanation);
    for (size_t i = 0; i < count; i++)
        write_facts(explanation, verdict, verdict->deciding.sets[i]);
}

void write_deciding(struct explanation *explanation, const struct tuoyu_answer *answer)
{
    const struct tuoyu_verdict *verdict = verdict_of(answer);
    write_deciding_sets(explanation, verdict);
    if (answer->outcome == TUOYU_UNDETERMINED)
        (void)write_criteria(explanation, verdict);
}

/* ---- The decision ---- */

/* Writes which exception decided the verdict. */
static void write_exception(struct explanation *explanation, const struct criterion *exception)
{
    const struct display *display = &explanation->display;
    display_words(display, "（例外：", " (exception: ");
    write_name(display, &exception->because, exception->id);
    display_words(display, "）", ")");
}

/* Writes from which day on the same facts are eligible; nothing if there is no such day. */
static void write_eligible_from(struct explanation *explanation)
{
    const struct display *display = &explanation->display;
    if (!explanation->states->has_eligible_from)
        return;
    begin_line(explanation, 0);
    display_words(display, "其他情况不变的话，从", "If nothing else changes, eligible from ");
    display_date(display, explanation->states->eligible_from);
    display_words(display, "起符合条件", " on");
    end_line(explanation);
}

/* Writes the decision and the day from which it turns. */
static void write_decision(struct explanation *explanation, const struct tuoyu_verdict *verdict)
{
    const struct display *display = &explanation->display;
    begin_line(explanation, 0);
    if (verdict->decision == TUOYU_ELIGIBLE)
        display_words(display, "结论：符合条件", "Result: eligible");
    else
        display_words(display, "结论：不符合条件", "Result: not eligible");
    if (verdict->exception)
        write_exception(explanation, verdict->exception);
    end_line(explanation);
    write_eligible_from(explanation);
}

void write_verdict(struct explanation *explanation, const struct tuoyu_answer *answer)
{
    const struct tuoyu_verdict *verdict = verdict_of(answer);
    uint64_t written = 0;
    if (answer->outcome == TUOYU_DETERMINED)
        write_decision(explanation, verdict);
    verdict_parts_to_text(explanation, verdict);
    if (answer->outcome != TUOYU_DETERMINED)
        return;
    if (!verdict->exception && verdict->decision == TUOYU_INELIGIBLE)
        written = write_criteria(explanation, verdict);
    write_remedies(explanation, verdict, written);
}
