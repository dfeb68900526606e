/* SPDX-License-Identifier: Apache-2.0 */
/* Holds the days of parameters' values to the time in which their pack is in force. */
#ifndef TUOYU_PACK_COVERED_DAYS_H
#define TUOYU_PACK_COVERED_DAYS_H

#include "pack/layering.h"

/* Warns of each value of a parameter that can never hold, because its pack has ended before it begins, or is
 * not yet in force when the next one begins. */
void warn_of_idle_values(const struct layering *layering, tuoyu_diagnostics *diagnostics);

/* Writes days as people read them, `2024-01-01..2024-05-31`, or `2024-01-01..` where there is no end. */
enum { DAYS_TEXT_SIZE = 24 };
void days_format(int32_t first, int32_t last, char text[DAYS_TEXT_SIZE]);

#endif
