/* SPDX-License-Identifier: Apache-2.0 */
/* What the files that make one column of a table share. A column is made in three steps: the points at which
 * cells begin and end, the cells between them, and for each test the cells of which it is true. */
#ifndef TUOYU_PROGRAM_COLUMN_MAKER_H
#define TUOYU_PROGRAM_COLUMN_MAKER_H

#include "program/constant_value.h"
#include "program/input_domain.h"

/* A column in the making. */
struct column_maker {
    struct table_columns *columns;
    struct arena *arena;
    const struct expression *test; /* the test at hand */
    struct input_domain domain;
    enum value_kind kind; /* kind of the points; VALUE_NULL where the type is not cut */
    struct value *points; /* sorted and distinct once the cells are made */
    size_t point_count, point_capacity;
    bool has_other;     /* the last cell holds all strings that are no points */
    struct value other; /* a sample of them */
    /* by cell before impossible ones were left out: how many possible cells come before it; one entry more
     * than there are cells */
    uint32_t *ranks;
    uint32_t whole_count;    /* number of cells before impossible ones were left out, null not counted */
    struct cell_span *spans; /* the set in the making */
    size_t span_count, span_capacity;
};

/* Whether the kind of the points has an order, so that there are cells between them. */
bool column_is_ordered(const struct column_maker *maker);
/* Adds the points of a value: the value itself, the ends of a range, the items of a list. Values of another
 * kind are passed over. */
void column_add_points(struct column_maker *maker, struct value value);
/* Adds the points of the constants in a test. */
void column_collect_points(struct column_maker *maker, const struct node *node);
/* Sorts the points, cuts the column at them and gives each possible cell a sample. Returns false without
 * memory or quota. */
bool column_make_cells(struct column_maker *maker, struct input_column *column);
/* The index of a value among the points, or SIZE_MAX. */
size_t column_find_point(const struct column_maker *maker, struct value value);
/* The cell that is just this point, counted before impossible cells were left out. */
uint32_t column_cell_of_point(const struct column_maker *maker, size_t point);
/* The cells of which maker->test is true; a set that is not known where the test is not constant. */
struct cell_set column_cells_of_test(struct column_maker *maker, const struct input_column *column);

#endif
