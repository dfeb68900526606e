/* SPDX-License-Identifier: Apache-2.0 */
/* Rules made ready to answer tables on one day: their typed program, and the machines for it. A plan is
 * immutable and shared by threads. Where the columns cannot decide what a rule answers, the row falls back:
 * it is answered as a case (rules/answer.h). */
#ifndef TUOYU_TABLE_ANSWER_PLAN_H
#define TUOYU_TABLE_ANSWER_PLAN_H

#include "machine/driver.h"
#include "table/column_answer.h"

struct answer_plan {
    struct typed_program typed;
    struct driver_plan driver;     /* has a group of outputs for each rule */
    struct column_answer *answers; /* by rule, in the order in which they were given */
    size_t rule_count;
};

struct answer_plan_options {
    int32_t as_of;
    uint32_t block_rows; /* 0 stands for the default */
    enum instruction_set instructions;
    bool interprets; /* no rule is typed, so every row falls back: the reference that tests compare with */
};

/* Makes a plan, which the policy must outlive. All memory is the arena's. Returns TUOYU_OK or
 * TUOYU_ERROR_NO_MEMORY. */
tuoyu_status answer_plan_make(struct answer_plan *plan, struct arena *arena,
                              const struct tuoyu_policy *policy, const struct rule *const *rules,
                              size_t rule_count, const struct answer_plan_options *options);

#endif
