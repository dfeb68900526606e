/* SPDX-License-Identifier: Apache-2.0 */
/* The criteria that a decision comes from. A criterion may be false without being to blame: another member of
 * its group is met, or it is one of those that must not hold. */
#ifndef TUOYU_EXPLAIN_DECISIVE_CRITERIA_H
#define TUOYU_EXPLAIN_DECISIVE_CRITERIA_H

#include "rules/criterion_states.h"

/* Called for each of them in order. must_not_hold: it is a member of a group of which none may hold; such a
 * one is unmet where it does hold. */
typedef void (*criterion_visit)(void *context, const struct criterion *criterion, bool must_not_hold);

/* Visits the criteria from which this decision comes: TUOYU_ELIGIBLE those that are met, TUOYU_INELIGIBLE
 * those that are not, TUOYU_DECISION_UNDETERMINED those that cannot be told. A group of which some members
 * suffice stands for itself where it has words of its own; of other groups the members are visited.
 * Exceptions are passed over. */
void decisive_criteria(const struct tuoyu_verdict *verdict, int32_t decision, criterion_visit visit,
                       void *context);

/* Visits those of them that stand in one state: of the states of what is not met and of what is not known. */
void criteria_in_state(const struct tuoyu_verdict *verdict, const struct criterion_states *states,
                       enum criterion_state state, criterion_visit visit, void *context);

/* The ways to make an ineligible verdict eligible, each a set of criteria as bits by their index. */
struct remedies {
    size_t count;
    uint64_t sets[32];
};
/* Finds what can still be done: sets with a criterion for which it is too late are left out, as are those
 * that only have to wait for a day. A criterion that is not known is no member: its facts have to be given
 * first. */
void remedies_find(const struct tuoyu_verdict *verdict, const struct criterion_states *states,
                   struct remedies *remedies);

#endif
