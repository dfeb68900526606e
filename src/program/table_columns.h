/* SPDX-License-Identifier: Apache-2.0 */
/* A decision table as boxes. The values of each input are cut into cells, in order, so that every constant
 * test of the column is true of a cell as a whole or false of it as a whole. A row is then a set of cells in
 * each column. Cells that no case can have are left out. */
#ifndef TUOYU_PROGRAM_TABLE_COLUMNS_H
#define TUOYU_PROGRAM_TABLE_COLUMNS_H

#include <assert.h>

#include "program/program.h"

/* Cells from first to last, both included. */
struct cell_span {
    uint32_t first, last;
};

/* The cells of which a test is true, as ascending spans with a gap between any two. */
struct cell_set {
    const struct cell_span *spans;
    uint32_t count;
    bool is_known; /* false where the test is not constant: it may then be true of any cell, and there are no
                      spans */
};

/* An input, cut into cells. */
struct input_column {
    const struct slot *fact; /* the fact that the input is; NULL where it is computed */
    bool is_opaque;  /* values of this type are not split into cells; only the test `-` can be decided */
    bool is_bounded; /* every cell has a value that some case can have */
    uint32_t cell_count;
    const struct value *samples; /* one value of each cell; the cell of null is the last */
    const struct cell_set *rows; /* the cells of each row's test */
};

/* All columns of one table. */
struct table_columns {
    struct arena *arena;
    const struct program *program;
    const struct decision_table *table;
    struct input_column *columns; /* by input */
};

/* Cuts all columns of a table whose types are checked. Returns false without memory, or where the quota is
 * used up. */
bool table_columns_make(struct table_columns *columns, struct arena *arena, const struct program *program,
                        const struct decision_table *table);
/* The cells of which the test of a row is true in a column. */
static inline const struct cell_set *row_cells(const struct table_columns *columns, uint32_t row,
                                               uint32_t column)
{
    assert(row < columns->table->row_count && column < columns->table->input_count);
    return &columns->columns[column].rows[row];
}
/* Whether the cell is in the set, whose test is constant. */
bool cell_set_has(const struct cell_set *set, uint32_t cell);
/* Finds the first cell that is in both sets; returns false, leaving *cell, where there is none. */
bool cell_sets_meet(const struct cell_set *left, const struct cell_set *right, uint32_t *cell);

#endif
