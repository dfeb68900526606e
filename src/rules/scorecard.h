/* SPDX-License-Identifier: Apache-2.0 */
/* Scorecards: points for items, their sum, and the grade that it gives; and what score and grade can still
 * be while facts are missing. */
#ifndef TUOYU_RULES_SCORECARD_H
#define TUOYU_RULES_SCORECARD_H

#include "rules/answer.h"
#include "rules/lowering.h"

/* Lowers the scorecard, if there is one, and declares `score` and `grade` in the rule's scope. Returns
 * false when memory is refused. */
bool lower_scorecard(struct lowering *lowering, const struct pack_score *written,
                     struct scorecard *scorecard);

/* Reads the score into verdict->score, if there is a scorecard. An item whose points are an error leaves
 * the score unbounded by them. */
tuoyu_status scorecard_answer(const struct scorecard *scorecard, struct evaluation *evaluation,
                              struct roots *roots, struct tuoyu_verdict *verdict,
                              tuoyu_diagnostics *diagnostics);

/* The slots that an answer rests on beside those of its criteria, by index; false if there are no more. */
bool scorecard_slot(const struct scorecard *scorecard, size_t index, uint32_t *slot);

/* The index of the possible grade number `place`, counted from 0 and best first; SIZE_MAX if there are not
 * so many. */
size_t scorecard_possible(const struct scorecard *scorecard, const struct verdict_score *score, size_t place);

#endif
