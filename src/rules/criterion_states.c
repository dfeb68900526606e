/* SPDX-License-Identifier: Apache-2.0 */
/* Reads how each criterion of a verdict stands, and asks those that are not met on other days. */
#include "rules/criterion_states.h"

#include <string.h>

#include "rules/slot_reads.h"

/* One condition that is asked on other days. */
struct day_question {
    struct criterion_reading *reading; /* of the criterion; NULL for the decision of the whole rule */
    uint32_t applies, holds;           /* slots; applies may be SLOT_NONE */
    bool must_not_hold;
    bool is_found;
    int32_t day;
};

struct day_search {
    const struct tuoyu_verdict *verdict;
    struct evaluation *evaluation;
    const struct value *facts;
    struct day_question *questions; /* that about the whole rule is the last one */
    size_t count;
    size_t steps_left;
};

/* ---- Borrowing an evaluation ---- */

/* The index of a fact that the answer was given. */
static uint32_t fact_of(const struct tuoyu_answer *answer, size_t index)
{
    return program_slot(&answer->policy->layering->program, answer->inputs.items[index].slot)->fact;
}

/* Lends the facts of the answer to an evaluation of its policy. NULL when memory is refused. */
static struct pooled_evaluation *lend(const struct tuoyu_answer *answer)
{
    struct pooled_evaluation *lent = evaluation_pool_lend(&answer->policy->evaluations, answer);
    for (size_t i = 0; lent && i < answer->inputs.count; i++)
        lent->facts[fact_of(answer, i)] = answer->inputs.items[i].value;
    if (lent)
        evaluation_begin(&lent->evaluation, answer->as_of, lent->facts);
    return lent;
}

/* Gives the evaluation back without the facts. */
static void give_back(const struct tuoyu_answer *answer, struct pooled_evaluation *lent)
{
    const struct value *none = answer->policy->layering->program.no_facts;
    for (size_t i = 0; i < answer->inputs.count; i++)
        lent->facts[fact_of(answer, i)] = none[fact_of(answer, i)];
    evaluation_pool_take_back(&answer->policy->evaluations, lent, answer);
}

/* ---- Other days ---- */

/* Whether a question is answered by yes on the day that the evaluation was begun for. */
static bool is_met_now(struct evaluation *evaluation, const struct day_question *question)
{
    if (question->applies != SLOT_NONE && !value_is_true(evaluation_value(evaluation, question->applies)))
        return false;
    struct value holds = evaluation_value(evaluation, question->holds);
    return question->must_not_hold ? value_is_false(holds) : value_is_true(holds);
}

/* Asks all open questions on one day. Returns false if the steps ran out: of this day, so that an answer may
 * be missing, or of all days together. */
static bool ask_day(struct day_search *search, int32_t day)
{
    struct evaluation *evaluation = search->evaluation;
    evaluation_begin(evaluation, day, search->facts);
    for (size_t i = 0; i < search->count; i++) {
        struct day_question *question = &search->questions[i];
        if (question->is_found || !is_met_now(evaluation, question))
            continue;
        question->is_found = true;
        question->day = day;
    }
    size_t of_day = environment_steps_taken(&evaluation->environment), taken = of_day + search->count;
    if (of_day >= evaluation->steps || taken > search->steps_left)
        return false;
    search->steps_left -= taken;
    return true;
}

static bool has_open_question(const struct day_search *search)
{
    for (size_t i = 0; i < search->count; i++)
        if (!search->questions[i].is_found)
            return true;
    return false;
}

/* Asks day after day, later ones where `step` is 1 and earlier ones where it is -1, until no question is
 * open. Returns false if the steps ran out, and then what is open stays unknown. */
static bool search_days(struct day_search *search, int32_t step)
{
    const struct tuoyu_answer *answer = &search->verdict->answer;
    for (int32_t i = 1; i <= MOST_OTHER_DAYS && has_open_question(search); i++) {
        int32_t day = answer->as_of + step * i;
        if (day < answer->rule->first_day || day > answer->rule->last_day)
            return true;
        if (!ask_day(search, day))
            return false;
    }
    return true;
}

/* ---- States ---- */

/* Marks the members of groups of which none may hold. Groups nest no deeper than the YAML that they are
 * written in, which the reader bounds. */
static void mark_level(const struct tuoyu_eligibility *rule, struct criterion_reading *readings, size_t from,
                       size_t end, bool must_not_hold)
{
    for (size_t i = from; i < end; i = rule->criteria[i].end) {
        const struct criterion *criterion = &rule->criteria[i];
        readings[i].must_not_hold = must_not_hold;
        if (criterion->kind != CRITERION_LEAF)
            mark_level(rule, readings, i + 1, criterion->end,
                       must_not_hold != (criterion->kind == CRITERION_NONE));
    }
}

/* Why a condition without a value has none. */
static enum criterion_state why_open(struct evaluation *evaluation, const struct criterion *criterion)
{
    struct value values[2] = {evaluation_value(evaluation, criterion->holds), VALUE_NOTHING};
    const struct cause **leaves;
    size_t count = 0;
    if (criterion->applies != SLOT_NONE)
        values[1] = evaluation_value(evaluation, criterion->applies);
    if (!evaluation_missing(evaluation, values, 2, &leaves, &count))
        return CRITERION_STATE_MISSING;
    for (size_t i = 0; i < count; i++)
        if (leaves[i]->code == TUOYU_ERROR_FACT_MISSING)
            return CRITERION_STATE_MISSING;
    if (count)
        return CRITERION_STATE_UNSET;
    for (size_t i = 0; i < 2; i++)
        if (values[i].kind == VALUE_NULL && cause_first_error(value_cause(values[i])))
            return CRITERION_STATE_ERROR;
    return CRITERION_STATE_MISSING; /* it is known, but whether the rule applies waits for a fact */
}

/* The state of a criterion on the day of the verdict. */
static enum criterion_state state_of(struct evaluation *evaluation, const struct criterion *criterion,
                                     int32_t decision, bool must_not_hold)
{
    switch (decision) {
    case TUOYU_DECISION_NOT_APPLICABLE: return CRITERION_STATE_NOT_APPLICABLE;
    case TUOYU_ELIGIBLE: return must_not_hold ? CRITERION_STATE_NOT_MET : CRITERION_STATE_MET;
    case TUOYU_INELIGIBLE: return must_not_hold ? CRITERION_STATE_MET : CRITERION_STATE_NOT_MET;
    default: return why_open(evaluation, criterion);
    }
}

/* ---- What is asked on other days ---- */

/* Whether a slot can read the day of the verdict. */
static bool can_read_day(struct slot_reads *reads, uint32_t slot)
{
    const struct program *program = reads->program;
    bool is_read = false;
    memset(reads->is_read, 0, program->slot_count * sizeof *reads->is_read);
    slot_reads_mark(reads, slot);
    for (uint32_t i = 0; i < program->slot_count && !is_read; i++)
        is_read = reads->is_read[i] && program_slot(program, i)->kind == SLOT_AS_OF;
    return is_read;
}

/* Adds a question, for which there is room, if its condition can read the day. */
static void add_question(struct day_search *search, struct slot_reads *reads,
                         const struct day_question *question)
{
    if (can_read_day(reads, question->holds))
        search->questions[search->count++] = *question;
}

/* Collects the criteria that are not met, exceptions apart, and the decision of the whole rule if it is
 * ineligible. Returns false when memory is refused. */
static bool collect_questions(struct day_search *search, struct arena *arena,
                              struct criterion_reading *readings)
{
    const struct tuoyu_eligibility *rule = eligibility_of(search->verdict->answer.rule);
    size_t count = rule->criterion_count - rule->exception_count;
    struct slot_reads reads;
    search->questions = ARENA_ARRAY(arena, struct day_question, count + 1);
    if (!search->questions ||
        !slot_reads_init(&reads, arena, &search->verdict->answer.policy->layering->program))
        return false;
    for (size_t i = 0; i < count; i++) {
        struct day_question question = {.reading = &readings[i],
                                        .applies = rule->criteria[i].applies,
                                        .holds = rule->criteria[i].holds,
                                        .must_not_hold = readings[i].must_not_hold};
        if (readings[i].state == CRITERION_STATE_NOT_MET)
            add_question(search, &reads, &question);
    }
    if (search->verdict->decision == TUOYU_INELIGIBLE)
        add_question(search, &reads,
                     &(struct day_question){.applies = rule->rule.when, .holds = rule->holds});
    return true;
}

/* Notes what was found, as `state`, for the criteria that have no other state yet. */
static void note_days(const struct day_search *search, enum criterion_state state)
{
    for (size_t i = 0; i < search->count; i++) {
        const struct day_question *question = &search->questions[i];
        if (!question->reading || !question->is_found || question->reading->state != CRITERION_STATE_NOT_MET)
            continue;
        question->reading->state = state;
        question->reading->day = question->day;
    }
}

/* Asks later days first, and of what is not met on any of them whether it was on earlier ones. */
static void find_days(struct day_search *search, struct criterion_states *states)
{
    if (search->count == 0)
        return;
    bool is_complete = search_days(search, 1);
    note_days(search, CRITERION_STATE_TOO_EARLY);
    const struct day_question *whole = &search->questions[search->count - 1];
    if (!whole->reading) {
        states->has_eligible_from = whole->is_found;
        states->eligible_from = whole->day;
        search->count--; /* that the whole was eligible once helps nobody */
    }
    if (is_complete && search_days(search, -1))
        note_days(search, CRITERION_STATE_TOO_LATE);
}

bool criterion_states_read(const struct tuoyu_verdict *verdict, struct arena *arena,
                           struct criterion_states *out)
{
    const struct tuoyu_answer *answer = &verdict->answer;
    const struct tuoyu_eligibility *rule = eligibility_of(answer->rule);
    *out = (struct criterion_states){.criteria =
                                         ARENA_ARRAY(arena, struct criterion_reading, rule->criterion_count)};
    struct pooled_evaluation *lent = out->criteria ? lend(answer) : NULL;
    if (!lent)
        return false;
    mark_level(rule, out->criteria, 0, rule->criterion_count - rule->exception_count,
               rule->kind == CRITERION_NONE);
    for (size_t i = 0; i < rule->criterion_count; i++)
        out->criteria[i].state = state_of(&lent->evaluation, &rule->criteria[i], verdict->reasons[i],
                                          out->criteria[i].must_not_hold);
    struct day_search search = {.verdict = verdict,
                                .evaluation = &lent->evaluation,
                                .facts = lent->facts,
                                .steps_left = MOST_DAY_STEPS};
    bool has_memory = collect_questions(&search, arena, out->criteria);
    if (has_memory)
        find_days(&search, out);
    give_back(answer, lent);
    return has_memory;
}

const char *criterion_state_name(enum criterion_state state)
{
    static const char *const NAMES[] = {
        [CRITERION_STATE_MET] = "met",
        [CRITERION_STATE_NOT_MET] = "not_met",
        [CRITERION_STATE_TOO_EARLY] = "too_early",
        [CRITERION_STATE_TOO_LATE] = "too_late",
        [CRITERION_STATE_MISSING] = "missing",
        [CRITERION_STATE_UNSET] = "unset",
        [CRITERION_STATE_ERROR] = "error",
        [CRITERION_STATE_NOT_APPLICABLE] = "not_applicable",
    };
    static_assert(sizeof NAMES / sizeof *NAMES == CRITERION_STATE_COUNT, "each state has a word");
    return NAMES[state];
}
