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
