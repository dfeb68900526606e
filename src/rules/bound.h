/* SPDX-License-Identifier: Apache-2.0 */
/* Limits that an amount, or a whole that is shared, is brought within: how they are lowered, and which one
 * decided. */
#ifndef TUOYU_RULES_BOUND_H
#define TUOYU_RULES_BOUND_H

#include "rules/answer.h"
#include "rules/lowering.h"
#include "rules/slot_reads.h"

/* Lowers a bound. `round` is how its limit is rounded where the bound has no rounding of its own. */
struct bound lower_bound(struct lowering *lowering, const struct pack_bound *written, struct text unit,
                         const struct pack_rounding *round);
/* Returns the slot of the amount after all bounds: lower bounds are applied first, then upper bounds, each
 * in the order written. SLOT_NONE when memory is refused. */
uint32_t lower_within(struct lowering *lowering, const struct bound *bounds, size_t count, uint32_t amount,
                      struct text unit, struct location where);

/* Reads each bound that applies into `readings`, and into *binding the id of the one that decided the amount.
 * `before` is the slot of the amount before the bounds. *binding is left as it was if no bound changed the
 * amount. TUOYU_OK or TUOYU_ERROR_OVERFLOW. */
tuoyu_status bounds_read(struct evaluation *evaluation, const struct bound *bounds, size_t count,
                         uint32_t before, struct text unit, struct bound_reading *readings,
                         struct text *binding);

/* Marks what the bounds can read. */
void bounds_mark_reads(const struct bound *bounds, size_t count, struct slot_reads *reads);

#endif
