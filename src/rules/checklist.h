/* SPDX-License-Identifier: Apache-2.0 */
/* Checklists: papers to hand in, visits to make; each done, due, overdue or not yet due. */
#ifndef TUOYU_RULES_CHECKLIST_H
#define TUOYU_RULES_CHECKLIST_H

#include "rules/answer.h"
#include "rules/lowering.h"

/* Lowers the items and declares `all_done` and `none_overdue` in the rule's scope. false without memory. */
bool lower_checklist(struct lowering *lowering, const struct pack_eligibility *written,
                     struct tuoyu_eligibility *eligibility);

/* Reads the state and the days of each item. */
tuoyu_status checklist_answer(const struct tuoyu_eligibility *eligibility, struct evaluation *evaluation,
                              struct roots *roots, struct tuoyu_verdict *verdict,
                              tuoyu_diagnostics *diagnostics);

#endif
