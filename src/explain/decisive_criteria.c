/* SPDX-License-Identifier: Apache-2.0 */
/* Walks down the groups of a verdict's criteria, as far as the decision comes from below. */
#include "explain/decisive_criteria.h"

struct criteria_walk {
    const struct tuoyu_verdict *verdict;
    int32_t decision; /* of the criteria that are visited */
    criterion_visit visit;
    void *context;
};

/* True if a group is told by its own words: some of its members would do, so that naming each of them would
 * read as if all were needed. */
static bool is_told_whole(const struct criterion *criterion)
{
    bool is_choice = criterion->kind == CRITERION_ANY || criterion->kind == CRITERION_AT_LEAST;
    return is_choice && (criterion->because.zh.bytes || criterion->because.en.bytes);
}

/* Visits the criteria in [from, end) of one level and, inside groups, those that the group's decision comes
 * from. must_not_hold: they are members of a group of which none may hold. */
static void walk_level(const struct criteria_walk *walk, size_t from, size_t end, bool must_not_hold)
{
    const struct tuoyu_eligibility *rule = eligibility_of(walk->verdict->answer.rule);
    int32_t wanted = walk->decision;
    if (must_not_hold && wanted != TUOYU_DECISION_UNDETERMINED)
        wanted = wanted == TUOYU_ELIGIBLE ? TUOYU_INELIGIBLE : TUOYU_ELIGIBLE;
    for (size_t i = from; i < end; i = rule->criteria[i].end) {
        const struct criterion *criterion = &rule->criteria[i];
        int32_t decision = walk->verdict->reasons[i];
        bool is_group = criterion->kind != CRITERION_LEAF;
        bool needs_all = criterion->kind == CRITERION_ALL || criterion->kind == CRITERION_NONE;
        bool is_open_below =
            needs_all && wanted == TUOYU_DECISION_UNDETERMINED && decision == TUOYU_INELIGIBLE;
        if (decision != wanted && !is_open_below)
            continue;
        if (!is_group || (is_told_whole(criterion) && !is_open_below))
            walk->visit(walk->context, criterion, must_not_hold);
        else
            walk_level(walk, i + 1, criterion->end, must_not_hold != (criterion->kind == CRITERION_NONE));
    }
}

void decisive_criteria(const struct tuoyu_verdict *verdict, int32_t decision, criterion_visit visit,
                       void *context)
{
    const struct tuoyu_eligibility *rule = eligibility_of(verdict->answer.rule);
    const struct criteria_walk walk = {verdict, decision, visit, context};
    walk_level(&walk, 0, rule->criterion_count - rule->exception_count, rule->kind == CRITERION_NONE);
}

/* ---- By state ---- */

/* One state that is visited. */
struct state_walk {
    const struct tuoyu_eligibility *rule;
    const struct criterion_states *states;
    enum criterion_state state;
    criterion_visit visit;
    void *context;
};

/* Passes a criterion on if it stands in the state. */
static void visit_in_state(void *context, const struct criterion *criterion, bool must_not_hold)
{
    const struct state_walk *walk = context;
    if (walk->states->criteria[criterion - walk->rule->criteria].state == walk->state)
        walk->visit(walk->context, criterion, must_not_hold);
}

void criteria_in_state(const struct tuoyu_verdict *verdict, const struct criterion_states *states,
                       enum criterion_state state, criterion_visit visit, void *context)
{
    struct state_walk walk = {eligibility_of(verdict->answer.rule), states, state, visit, context};
    bool is_unmet = state == CRITERION_STATE_NOT_MET || state == CRITERION_STATE_TOO_EARLY ||
                    state == CRITERION_STATE_TOO_LATE;
    decisive_criteria(verdict, is_unmet ? TUOYU_INELIGIBLE : TUOYU_DECISION_UNDETERMINED, visit_in_state,
                      &walk);
}

/* ---- What can be done ---- */

/* The members of a set about which something can be done or that only wait for a day; *is_only_waiting if
 * there are none of the first sort. 0 if it is too late for one of them. */
static uint64_t possible_part(const struct tuoyu_verdict *verdict, const struct criterion_states *states,
                              uint64_t set, bool *is_only_waiting)
{
    size_t count = eligibility_of(verdict->answer.rule)->criterion_count;
    uint64_t part = 0;
    *is_only_waiting = true;
    for (size_t i = 0; i < MOST_SET_MEMBERS && i < count; i++) {
        enum criterion_state state = states->criteria[i].state;
        if (!(set >> i & 1))
            continue;
        if (state == CRITERION_STATE_TOO_LATE)
            return 0;
        if (state == CRITERION_STATE_MISSING || state == CRITERION_STATE_UNSET ||
            state == CRITERION_STATE_ERROR)
            continue;
        part |= (uint64_t)1 << i;
        *is_only_waiting &= state == CRITERION_STATE_TOO_EARLY;
    }
    return part;
}

void remedies_find(const struct tuoyu_verdict *verdict, const struct criterion_states *states,
                   struct remedies *remedies)
{
    enum { MOST = sizeof remedies->sets / sizeof *remedies->sets };
    remedies->count = 0;
    for (size_t i = 0; i < verdict->to_become_eligible.count && remedies->count < MOST; i++) {
        bool is_only_waiting;
        uint64_t part = possible_part(verdict, states, verdict->to_become_eligible.sets[i], &is_only_waiting);
        bool is_new = part != 0 && !is_only_waiting;
        for (size_t j = 0; j < remedies->count; j++)
            is_new &= remedies->sets[j] != part;
        if (is_new)
            remedies->sets[remedies->count++] = part;
    }
}
