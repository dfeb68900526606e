/* SPDX-License-Identifier: Apache-2.0 */
/* A rule's answers over columns: what pricing_quote(), cost_sharing_split() and eligibility_verdict() say of
 * a case, as outputs of one typed program. A row of which one of them waits for the interpreter is answered
 * as the case that it is. */
#ifndef TUOYU_TABLE_COLUMN_ANSWER_H
#define TUOYU_TABLE_COLUMN_ANSWER_H

#include "compile/typed_lowering.h"
#include "rules/rule.h"

#define NO_COLUMN UINT32_MAX

/* Outputs are told by their number among the program's. */
struct column_answer {
    bool is_typed;           /* else every row is answered as a case, and nothing below is set but … */
    struct location untyped; /* … what has no typed form; source NULL: not known */
    uint32_t first, end; /* all outputs of the rule: one that waits for the interpreter puts the row aside */
    uint32_t asked,
        asked_end;     /* of these, what is asked for before there is an answer: it names what is missing */
    uint32_t amount;   /* pricing; cost-sharing: the whole, where all of it is shared out */
    uint32_t lines;    /* cost-sharing: the first payer's share; the others' follow in order */
    uint32_t complies; /* pricing: a boolean, known where a fee is compared; else NO_COLUMN */
    uint32_t decision; /* eligibility: TUOYU_ELIGIBLE …; else NO_COLUMN */
    uint32_t outcome;  /* TUOYU_DETERMINED … */
    uint32_t standing; /* TUOYU_CITED … */
};

/* Outputs while they are found. Memory is the lowering's arena's. */
struct column_outputs {
    struct typed_lowering *lowering;
    struct typed_output *items;
    size_t count, capacity;
    bool failed; /* memory was refused */
};

/* The statuses of all roundings of a policy's rules, for typed_lowering; NULL without memory. */
const uint8_t *column_rounding_status(struct arena *arena, const struct tuoyu_policy *policy);

/* Adds what a rule consists of. A rule that cannot be typed, or is not in force, adds nothing. */
void column_answer_lower(struct column_outputs *outputs, const struct rule *rule,
                         struct column_answer *answer);

#endif
