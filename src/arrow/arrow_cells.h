/* SPDX-License-Identifier: Apache-2.0 */
/* Arrow columns that the block machine cannot use as they are: they are read cell by cell into the integers
 * that it computes with. */
#ifndef TUOYU_ARROW_ARROW_CELLS_H
#define TUOYU_ARROW_ARROW_CELLS_H

#include "arrow/arrow_import.h"
#include "machine/column.h"

/* A column and how its nulls are meant. */
struct arrow_cells {
    const struct arrow_column *column;
    bool null_is_none; /* whether a null says that there is none, as a nullable fact allows; else it means
                          missing */
};

/* Makes *out a column whose cells are read one at a time: texts in their plain forms (digits with a point,
 * true and false, dates with hyphens, the values of an enum), and whatever else arrow_column_cell() reads. A
 * value written in another way is CELL_OTHER: the case that is then made of its row reads it, and knows what
 * to say of it. Aligned floats are also given to the kernels as they are. cells is borrowed, and its column
 * must have been checked. */
void arrow_column_as_cells(const struct arrow_cells *cells, struct column *out);

#endif
