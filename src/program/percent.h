/* SPDX-License-Identifier: Apache-2.0 */
/* A percent is a hundredth: at every border a number stands in its declared unit (80 with unit percent), and
 * inside an expression it is the quantity (0.8). */
#ifndef TUOYU_PROGRAM_PERCENT_H
#define TUOYU_PROGRAM_PERCENT_H

#include "base/text.h"
#include "value/decimal.h"

/* Whether a unit is percent, whose numbers are hundredths inside. */
bool unit_is_percent(struct text unit);
/* Turns a number as expressions see it into its unit (a percent is multiplied by 100), and back. Both are
 * exact. Return TUOYU_OK or TUOYU_ERROR_OVERFLOW. */
tuoyu_status number_to_unit(struct text unit, tuoyu_decimal number, tuoyu_decimal *out);
tuoyu_status number_from_unit(struct text unit, tuoyu_decimal number, tuoyu_decimal *out);

#endif
