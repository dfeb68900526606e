/* SPDX-License-Identifier: Apache-2.0 */
/* Limits that an amount, or a whole that is shared, is brought within: how they lower, and which one decided.
 */
#ifndef TUOYU_RULES_BOUND_H
#define TUOYU_RULES_BOUND_H

#include "rules/answer.h"
#include "rules/lowering.h"

/* Lowers a bound; round: how it is rounded where it has no rounding of its own. */
struct bound lower_bound(struct lowering *lowering, const struct pack_bound *written, struct text unit,
                         const struct pack_rounding *round);
/* The slot of what the bounds make of an amount: those from below first, each kind in order. SLOT_NONE
 * without memory. */
uint32_t lower_within(struct lowering *lowering, const struct bound *bounds, size_t count, uint32_t amount,
                      struct text unit, struct location where);

/* Reads each bound, and which one decided what became of the slot before them; binding->bytes NULL: none did.
 */
tuoyu_status bounds_read(struct evaluation *evaluation, const struct bound *bounds, size_t count,
                         uint32_t before, struct text unit, struct bound_reading *readings,
                         struct text *binding);

#endif
