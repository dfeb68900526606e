/* SPDX-License-Identifier: Apache-2.0 */
/* Checklists: papers to hand in or visits to make, each of them done, due, overdue, not yet due or not
 * applicable. */
#ifndef TUOYU_RULES_CHECKLIST_H
#define TUOYU_RULES_CHECKLIST_H

#include "rules/answer.h"
#include "rules/lowering.h"

/* Lowers the items and declares `all_done` and `none_overdue` in the rule's scope. Returns false when
 * memory is refused. */
bool lower_checklist(struct lowering *lowering, const struct pack_eligibility *written,
                     struct tuoyu_eligibility *eligibility);

/* Reads the state and the days of each item into verdict->checklist. Returns TUOYU_OK, or an error of
 * memory or limits. */
tuoyu_status checklist_answer(const struct tuoyu_eligibility *eligibility, struct evaluation *evaluation,
                              struct roots *roots, struct tuoyu_verdict *verdict,
                              tuoyu_diagnostics *diagnostics);

#endif
