/* SPDX-License-Identifier: Apache-2.0 */
/* Arrow columns that are not laid out as the block machine's: read cell by cell into the integers that it
 * computes with. */
#ifndef TUOYU_ARROW_ARROW_CELLS_H
#define TUOYU_ARROW_ARROW_CELLS_H

#include "arrow/arrow_import.h"
#include "machine/column.h"

struct arrow_cells {
    const struct arrow_column *column;
    bool null_is_none; /* a null says that there is none, as a nullable fact may have it */
};

/* A column whose cells are read one at a time: texts in their plain forms (digits with a point, true and
 * false, dates with hyphens, the values of an enum), and all else that arrow_column_cell() reads. Whatever is
 * written otherwise is left to be read as a case reads it, which knows what to say of it. Floats that are
 * aligned are shown to kernels, too. cells is borrowed, and its column must have been checked. */
void arrow_column_as_cells(const struct arrow_cells *cells, struct column *out);

#endif
