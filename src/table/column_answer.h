/* SPDX-License-Identifier: Apache-2.0 */
/* A rule's answers over columns: what pricing_quote(), cost_sharing_split() and eligibility_verdict()
 * say of a case, as outputs of one typed program. A row in which one of the rule's outputs waits for the
 * interpreter is answered as a case. */
#ifndef TUOYU_TABLE_COLUMN_ANSWER_H
#define TUOYU_TABLE_COLUMN_ANSWER_H

#include "compile/typed_lowering.h"
#include "rules/rule.h"

#define NO_COLUMN UINT32_MAX

/* Outputs are given by their number among the program's outputs. */
struct column_answer {
    bool is_typed; /* false: every row is answered as a case, and of the other fields only `untyped` is set */
    struct location untyped; /* location of what has no typed form; source NULL: not known */
    uint32_t first, end; /* all outputs of the rule, end excluded: where one waits for the interpreter, the
                            row falls back */
    uint32_t asked, asked_end; /* those that must be known for an answer; what they wait for is named as
                                  missing. Ends at asked_end, excluded */
    uint32_t amount;   /* pricing: the amount; cost-sharing: the whole, where all of it is shared out */
    uint32_t lines;    /* cost-sharing: the first payer's share; the others' follow in order */
    uint32_t complies; /* pricing: a boolean, known where a fee is compared; NO_COLUMN for other kinds and
                          without a fee */
    uint32_t decision; /* eligibility: TUOYU_ELIGIBLE and so on; NO_COLUMN for other kinds */
    uint32_t outcome;  /* TUOYU_DETERMINED and so on */
    uint32_t standing; /* TUOYU_CITED and so on */
};

/* The outputs that were found so far. Memory is the lowering's arena's. */
struct column_outputs {
    struct typed_lowering *lowering;
    struct typed_output *items;
    size_t count, capacity;
    bool failed; /* memory ran out */
};

/* By slot, the weakest standing of the citations of its roundings in any rule of the policy, for
 * typed_lowering. NULL: memory ran out. */
const uint8_t *column_rounding_standings(struct arena *arena, const struct tuoyu_policy *policy);

/* Adds the outputs of a rule, and says in *answer which they are. A rule that has no typed form adds none;
 * one that is not in force has outputs that say so in every row. */
void column_answer_lower(struct column_outputs *outputs, const struct rule *rule,
                         struct column_answer *answer);

#endif
