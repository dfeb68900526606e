/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of a table into a tally, block by block: conditions and expressions by the block machine, then each row to the whole
 * and to its regions. A row that columns cannot decide (a value that the fact cannot have, a number beyond what was proven,
 * an error) is left to its caller, who adds it as the case that it is; the tally comes out the same.
 *
 * It is made once for an entity of a tally and bound to table after table. */
#ifndef TUOYU_RULES_TALLY_COLUMNS_H
#define TUOYU_RULES_TALLY_COLUMNS_H

#include "arrow/arrow_import.h"
#include "rules/tally.h"

struct tally_columns;

/* Adds a row as a case; not TUOYU_OK stops the run. */
typedef tuoyu_status (*tally_row_adder)(void *context, int64_t row);

/* *out NULL: rows of this entity are added as cases only, because they are kept, name regions, or cannot be typed.
 * TUOYU_OK or TUOYU_ERROR_NO_MEMORY. */
tuoyu_status tally_columns_make(struct tuoyu_tally *tally, struct text entity, struct tally_columns **out);
void tally_columns_free(struct tally_columns *columns);

/* Whether the fact (index among the program's) is read. */
bool tally_columns_reads(const struct tally_columns *columns, uint32_t fact);
/* Columns for the runs to come, by index of the fact: borrowed, and checked for the rows that will be run; NULL: the fact is
 * missing in all rows. null_is_none: a null given for a nullable fact says that there is none. TUOYU_OK or _NO_MEMORY. */
tuoyu_status tally_columns_bind(struct tally_columns *columns, const struct arrow_column *const *facts, bool null_is_none,
                                tuoyu_diagnostics *diagnostics);
/* Adds rows, no more than TALLY_BLOCK_ROWS, without their digests. *added_by_row counts those that were left to add_row.
 * TUOYU_OK, TUOYU_ERROR_NO_MEMORY or _LIMIT (the tally is then broken), or what add_row returned. */
enum { TALLY_BLOCK_ROWS = 1024 };
tuoyu_status tally_columns_run(struct tally_columns *columns, int64_t first, size_t rows, tally_row_adder add_row, void *context,
                               int64_t *added_by_row);

#endif
