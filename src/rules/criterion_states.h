/* SPDX-License-Identifier: Apache-2.0 */
/* How each criterion of a verdict stands, in one word, and the day on which one that is not met turns. The
 * day is found by asking the same facts on other days, so it is right whatever the pack computes of days. */
#ifndef TUOYU_RULES_CRITERION_STATES_H
#define TUOYU_RULES_CRITERION_STATES_H

#include "rules/answer.h"

enum criterion_state {
    CRITERION_STATE_MET,
    CRITERION_STATE_NOT_MET,
    CRITERION_STATE_TOO_EARLY, /* not met; the same facts meet it from a later day on */
    CRITERION_STATE_TOO_LATE,  /* not met, and on no later day; the same facts met it on an earlier one */
    CRITERION_STATE_MISSING,   /* it waits for facts that were not given */
    CRITERION_STATE_UNSET,     /* it waits for parameters that nobody has set, and for no fact */
    CRITERION_STATE_ERROR,     /* it cannot be computed of these facts */
    CRITERION_STATE_NOT_APPLICABLE,
    CRITERION_STATE_COUNT
};

struct criterion_reading {
    enum criterion_state state;
    /* it is a member of a group of which none may hold, so that it is met where its condition is false */
    bool must_not_hold;
    /* TOO_EARLY: the first day on which it is met; TOO_LATE: the last day on which it was */
    int32_t day;
};

struct criterion_states {
    struct criterion_reading *criteria; /* by criterion of the rule, exceptions included */
    bool has_eligible_from;
    int32_t eligible_from; /* of an ineligible verdict: the first later day on which the same facts are
                              eligible */
};

enum {
    MOST_OTHER_DAYS = 2557,  /* seven years, before the day of the verdict and behind it */
    MOST_DAY_STEPS = 2000000 /* steps of evaluation on all other days; beyond them no day is told */
};

/* Reads the states of a verdict into the arena. Only conditions that can read the day are asked on other
 * days, and only on days on which this version of the rule is in force. Returns false when memory is refused.
 */
bool criterion_states_read(const struct tuoyu_verdict *verdict, struct arena *arena,
                           struct criterion_states *out);
/* The word for a state: "met", "too_early" … */
const char *criterion_state_name(enum criterion_state state);

#endif
