/* SPDX-License-Identifier: Apache-2.0 */
/* Reads a cell as it is meant, where that can be one thing only: `2023年1月5日`, `1,800.00 元`, 是. What the
 * library reads by itself is left as it is, and so is what means nothing here, which the library refuses. */
#ifndef TUOYU_CLI_CELL_READING_H
#define TUOYU_CLI_CELL_READING_H

#include "cli/cell_result.h"
#include "cli/cell_type.h"

/* Whether the library reads the cell by itself. It is asked first, for every cell, and so it is quick. */
bool cell_is_bare(const struct cell_type *type, const char *text, size_t length);
/* Reads a cell that is not bare, without the white space around it. */
enum cell_outcome read_cell(const struct cell_type *type, const struct cell_rules *rules, const char *text,
                            size_t length, struct cell_reading *reading);

#endif
