/* SPDX-License-Identifier: Apache-2.0 */
/* The criteria that a decision comes from. A criterion may be false without being to blame: another member of
 * its group is met, or it is one of those that must not hold. */
#ifndef TUOYU_EXPLAIN_DECISIVE_CRITERIA_H
#define TUOYU_EXPLAIN_DECISIVE_CRITERIA_H

#include "rules/answer.h"

/* Called for each of them in order. must_not_hold: it is a member of a group of which none may hold; such a
 * one is unmet where it does hold. */
typedef void (*criterion_visit)(void *context, const struct criterion *criterion, bool must_not_hold);

/* Visits the criteria from which this decision comes: TUOYU_ELIGIBLE those that are met, TUOYU_INELIGIBLE
 * those that are not, TUOYU_DECISION_UNDETERMINED those that cannot be told. A group of which some members
 * suffice stands for itself where it has words of its own; of other groups the members are visited.
 * Exceptions are passed over. */
void decisive_criteria(const struct tuoyu_verdict *verdict, int32_t decision, criterion_visit visit,
                       void *context);

#endif
