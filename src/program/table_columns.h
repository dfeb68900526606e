/* SPDX-License-Identifier: Apache-2.0 */
/* A decision table as boxes: each input's values are cut into cells, in order, so that every constant test of
 * the column is true of a cell or false of it as a whole; a row is a set of cells a column. Cells that no
 * case can have are left out. */
#ifndef TUOYU_PROGRAM_TABLE_COLUMNS_H
#define TUOYU_PROGRAM_TABLE_COLUMNS_H

#include "program/program.h"

struct cell_span {
    uint32_t first, last;
};

/* Spans ascending, none touching another. */
struct cell_set {
    const struct cell_span *spans;
    uint32_t count;
    bool is_known; /* false: the test is not constant, and may be true of any cell */
};

struct table_column {
    const struct slot *fact; /* the input is this fact itself; NULL: something computed */
    bool is_opaque;          /* of a type that is not cut: one cell, of which only `-` is known */
    bool is_bounded;         /* each cell is a value that a case can have */
    uint32_t cell_count;
    const struct value *samples; /* one per cell */
    const struct cell_set *rows;
};

struct table_columns {
    struct arena *arena;
    const struct program *program;
    const struct decision_table *table;
    struct table_column *columns;
};

/* All columns of a table whose types are checked. false when memory is refused. */
bool table_columns_make(struct table_columns *columns, struct arena *arena, const struct program *program,
                        const struct decision_table *table);
static inline const struct cell_set *row_cells(const struct table_columns *columns, uint32_t row,
                                               uint32_t column)
{
    return &columns->columns[column].rows[row];
}
bool cell_set_has(const struct cell_set *set, uint32_t cell);
/* The first cell of both; false where there is none. */
bool cell_sets_meet(const struct cell_set *left, const struct cell_set *right, uint32_t *cell);
/* A cell that is the same for every case: a constant expression's value. */
bool constant_value(struct arena *arena, const struct expression *expression, const struct node *node,
                    struct value *value);

#endif
