/* SPDX-License-Identifier: Apache-2.0 */
/* An answer as text for a county office or a parent: first what came out, then, on demand, how. */
#ifndef TUOYU_EXPLAIN_EXPLANATION_H
#define TUOYU_EXPLAIN_EXPLANATION_H

#include "explain/display.h"
#include "rules/criterion_states.h"

struct explanation {
    struct display display;
    const struct tuoyu_answer *answer;
    const struct criterion_states *states; /* of a verdict; NULL for any other answer */
    bool *shown;                           /* by entry of the trace: whether it was explained above already */
    uint32_t depth;                        /* of the line that is written */
};

/* ---- explanation_lines.c: what both parts are made of ---- */
const struct slot *answer_slot(const struct tuoyu_answer *answer, uint32_t slot);
/* Begins a line, indented by its depth. */
void begin_line(struct explanation *explanation, uint32_t depth);
void end_line(struct explanation *explanation);
/* `（依据：document, clause）`; nothing where nothing is cited. */
void explain_citation(struct explanation *explanation, const struct citation *citation);
/* A mark for what is not simply cited: `，草案`. */
void display_standing(const struct display *display, int32_t standing);
/* A mark for how a criterion stands; a member of a group of which none may hold is met where it does not. */
const char *criterion_mark(enum criterion_state state);
/* Writes the day on which a criterion turns, if it has one. */
void display_turn(const struct display *display, const struct criterion_reading *reading);
/* Writes the label of what the answer misses at this index, or its name where it is no slot. */
void display_missing_name(const struct display *display, const struct tuoyu_answer *answer, size_t index);

/* The entry of a slot in the trace, or UINT32_MAX if the answer does not rest on it. */
uint32_t answer_entry_of(const struct tuoyu_answer *answer, uint32_t slot);
/* True if the slot's formula says more than its value. */
bool slot_has_formula(const struct slot *slot);

/* ---- headline.c: what came out ---- */
/* Writes what came out: title and day, the result by kind of answer, what is missing, and the weakest
 * standing. */
void headline(struct explanation *explanation);
/* Lists the facts to ask for and the parameters that nobody has set. */
void headline_missing(struct explanation *explanation);
/* Writes the sums of a payout and the first of its claims (payout_text.c). */
void write_payout(struct explanation *explanation, const struct tuoyu_answer *answer);
/* Why a measure has no value, or what leaves it open (measure_reason.c). */
void write_measure_reason(const struct display *display, const struct tuoyu_measure *measure);

#endif
