/* SPDX-License-Identifier: Apache-2.0 */
/* Scorecards: points for items, their sum, the grade that it gives; and what both can still be while facts
 * are missing. */
#ifndef TUOYU_RULES_SCORECARD_H
#define TUOYU_RULES_SCORECARD_H

#include "rules/answer.h"
#include "rules/lowering.h"

/* Lowers the scorecard, if there is one, and declares `score` and `grade` in the rule's scope. false without
 * memory. */
bool lower_scorecard(struct lowering *lowering, const struct pack_score *written,
                     struct scorecard *scorecard);

/* Reads what came of it. Items whose points are errors leave their side without a bound. */
tuoyu_status scorecard_answer(const struct scorecard *scorecard, struct evaluation *evaluation,
                              struct roots *roots, struct tuoyu_verdict *verdict,
                              tuoyu_diagnostics *diagnostics);

/* The slots that an answer rests on beside those of its criteria, by index; false at the end. */
bool scorecard_slot(const struct scorecard *scorecard, size_t index, uint32_t *slot);

/* The index of the possible grade at a place, or SIZE_MAX. */
size_t scorecard_possible(const struct scorecard *scorecard, const struct verdict_score *score, size_t place);

#endif
