/* SPDX-License-Identifier: Apache-2.0 */
/* Reads cells of dates as they are meant. */
#ifndef TUOYU_CLI_CELL_DATE_H
#define TUOYU_CLI_CELL_DATE_H

#include "cli/cell_result.h"

/* Takes a text ended by NUL in which full-width characters have become ASCII, and says what it means, into
 * the reading. */
enum cell_outcome read_date_cell(const struct cell_rules *rules, const char *text,
                                 struct cell_reading *reading);

#endif
