/* SPDX-License-Identifier: Apache-2.0 */
/* How a verdict shows what it has beside its decision. */
#ifndef TUOYU_EXPLAIN_VERDICT_PARTS_H
#define TUOYU_EXPLAIN_VERDICT_PARTS_H

#include "explain/explanation.h"

/* verdict_json.c: keys `valid_until`, `score`, `checklist` and what belongs to them, each left out where
 * there is none. */
void verdict_parts_to_json(struct text_builder *json, const struct tuoyu_verdict *verdict);
/* verdict_json.c: `eligible_from` where there is such a day, and `criteria`. */
void verdict_criteria_to_json(struct text_builder *json, const struct tuoyu_verdict *verdict);
/* verdict_json.c: `state` and, where it has a day, `met_from` or `met_until`. */
void criterion_state_to_json(struct text_builder *json, const struct criterion_reading *reading);
/* verdict_parts_text.c: the same in lines. */
void verdict_parts_to_text(struct explanation *explanation, const struct tuoyu_verdict *verdict);

#endif
