/* SPDX-License-Identifier: Apache-2.0 */
/* An Arrow column as one of the block machine's, without a copy, where the two lay values out alike. */
#ifndef TUOYU_ARROW_ARROW_BORROW_H
#define TUOYU_ARROW_ARROW_BORROW_H

#include "arrow/arrow_import.h"
#include "machine/column.h"

/* Booleans; integers and decimals of up to 128 bits with scales that columns have; date32; dictionaries of
 * texts of which none is null, twice there, or not UTF-8. false for all else, for buffers that are not
 * aligned, and when memory is refused (arena->failed): such a column is read cell by cell. The column must
 * have been checked, and must live as long; the texts' places stand in the arena. */
bool arrow_column_borrow(const struct arrow_column *column, struct arena *arena, struct column *out);

#endif
