/* SPDX-License-Identifier: Apache-2.0 */
/* Reads cells of numbers as they are meant. */
#ifndef TUOYU_CLI_CELL_NUMBER_H
#define TUOYU_CLI_CELL_NUMBER_H

#include "cli/cell_result.h"
#include "cli/cell_type.h"

/* Takes a text ended by NUL in which full-width characters have become ASCII, and says what it means, into
 * the reading. */
enum cell_outcome read_number_cell(const struct cell_type *type, const struct cell_rules *rules,
                                   const char *text, struct cell_reading *reading);

#endif
