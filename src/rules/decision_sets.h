/* SPDX-License-Identifier: Apache-2.0 */
/* The smallest sets of what would settle a verdict: of facts that are missing, or of criteria that would have
 * to be met.
 *
 * A criterion counts as one thing that can turn out either way once every fact that it waits for is known; it
 * is not looked into. Sets are found bottom up, each group from its members', those that hold a smaller one
 * dropped, so no subset is tried twice. Of each criterion or group the MOST_SETS smallest are kept, and at
 * most MOST_STEPS sets are compared: beyond that the list may lack sets, but what it holds is right. */
#ifndef TUOYU_RULES_DECISION_SETS_H
#define TUOYU_RULES_DECISION_SETS_H

#include "rules/answer.h"

enum { MOST_SETS = 32, MOST_STEPS = 20000 };

/* Sets as bits, in the order smallest first and then by their earliest members. No set contains another
 * one. */
struct set_list {
    size_t count;
    uint64_t sets[MOST_SETS];
};

/* What is known of a condition. */
struct condition_state {
    bool is_known, is_true;
    bool can_be_known; /* whether knowing `facts` is enough to know the condition */
    uint64_t facts;
};

struct decision_search {
    const struct tuoyu_eligibility *rule;
    struct arena *arena;                   /* for scratch memory */
    const struct condition_state *applies; /* by criterion: the state of its only_if */
    const struct condition_state *holds;   /* by criterion: the state of a leaf's condition */
    /* members of sets are criteria (by index) whose state would change; else missing facts that would be
     * given */
    bool is_by_criteria;
    size_t steps;
    bool failed; /* set when memory was refused */
};

/* Finds the sets with which the verdict can be eligible, and those with which it can be ineligible. By
 * criteria, the sets make it so. Returns false when memory is refused. */
bool decision_sets(struct decision_search *search, struct set_list *eligible, struct set_list *ineligible);
/* Adds the sets of `other` to `list`. */
void set_list_join(struct decision_search *search, struct set_list *list, const struct set_list *other);

#endif
