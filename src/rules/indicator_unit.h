/* SPDX-License-Identifier: Apache-2.0 */
/* What an indicator counts: whether its unit is what its sums come to, and in which unit it falls short of
 * its target. */
#ifndef TUOYU_RULES_INDICATOR_UNIT_H
#define TUOYU_RULES_INDICATOR_UNIT_H

#include "rules/lowering.h"

/* Reports a declared unit that the value can never have, such as CNY for a sum of places. A count of rows may
 * be declared in any unit but money, and stands in a ratio for its entity or for a plain number. */
void check_indicator_unit(struct lowering *lowering, const struct pack_indicator *written,
                          const struct tuoyu_indicator *indicator);

/* The unit of the distance to the target, as a canonical text: of a ratio that of its numerator, which is
 * what has to be added (57 places, not 57 institutions); else the indicator's own. Empty where it is not
 * known. */
struct text indicator_distance_unit(struct lowering *lowering, const struct tuoyu_indicator *indicator);

#endif
