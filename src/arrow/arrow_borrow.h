/* SPDX-License-Identifier: Apache-2.0 */
/* Arrow columns as columns of the block machine, without a copy, if both lay values out alike. */
#ifndef TUOYU_ARROW_ARROW_BORROW_H
#define TUOYU_ARROW_ARROW_BORROW_H

#include "arrow/arrow_import.h"
#include "machine/column.h"

/* Makes *out of a column of booleans, of integers or decimals of up to 128 bits whose scale is within ±38, of
 * date32, or of a dictionary of texts. Returns false for all other types; for buffers that are not aligned;
 * for a dictionary with a word that is null, not plain text or there twice; and if memory is refused
 * (arena->failed). Such a column is read cell by cell. The column must have been checked and must live as
 * long as *out; the list of words stands in the arena. */
bool arrow_column_borrow(const struct arrow_column *column, struct arena *arena, struct column *out);

#endif
