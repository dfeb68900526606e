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

/* Each set as bits; none holds another; the smallest first, of equal ones that with the earlier members. */
struct set_list {
    size_t count;
    uint64_t sets[MOST_SETS];
};

/* What is known of a condition. */
struct condition_state {
    bool is_known, is_true;
    bool can_be_known; /* by facts alone: these */
    uint64_t facts;
};

struct decision_search {
    const struct tuoyu_eligibility *rule;
    struct arena *arena;                   /* scratch */
    const struct condition_state *applies; /* by criterion: its only_if */
    const struct condition_state *holds;   /* by criterion: of a leaf its condition */
    bool is_by_criteria; /* members are criteria (by index) whose state changes; else facts to be known */
    size_t steps;
    bool failed; /* no memory */
};

/* The sets with which the verdict can be (or, by criteria, is) eligible, and ineligible. false without
 * memory. */
bool decision_sets(struct decision_search *search, struct set_list *eligible, struct set_list *ineligible);
/* Adds the sets of the second list to the first. */
void set_list_join(struct decision_search *search, struct set_list *list, const struct set_list *other);

#endif
