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

/* Fills in the units of what is counted, and that of the distance to the target: of a ratio that of its
 * numerator, which is what has to be added (57 places, not 57 institutions); else the indicator's own. */
void name_indicator_units(struct lowering *lowering, struct tuoyu_indicator *indicator);

#endif
