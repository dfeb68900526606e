/* SPDX-License-Identifier: Apache-2.0 */
/* Cuts the columns of a decision table into cells, and computes with sets of cells. */
#include "program/table_columns.h"

#include <assert.h>
#include <string.h>

#include "feel/builtin.h"
#include "program/column_maker.h"

/* ---- Columns ---- */

/* Adds the points that come from the declaration: the ends of the range, and both booleans. */
static void add_declared_points(struct column_maker *maker)
{
    const struct input_domain *domain = &maker->domain;
    if (domain->range)
        column_add_points(maker, (struct value){.kind = VALUE_RANGE, .as.range = domain->range});
    for (int i = 0; i < 2; i++)
        column_add_points(maker, value_boolean(i));
}

/* Cuts the column into cells. Returns false without memory or quota. */
static bool cut(struct column_maker *maker, struct input_column *column, uint32_t index)
{
    const struct decision_table *table = maker->columns->table;
    switch (maker->domain.kind) {
    case TYPE_NUMBER: maker->kind = VALUE_NUMBER; break;
    case TYPE_DATE: maker->kind = VALUE_DATE; break;
    case TYPE_BOOLEAN: maker->kind = VALUE_BOOLEAN; break;
    case TYPE_STRING: maker->kind = VALUE_STRING; break;
    default: maker->kind = VALUE_NULL; break;
    }
    column->fact = maker->domain.fact;
    column->is_opaque = maker->kind == VALUE_NULL;
    column->is_bounded =
        !column->is_opaque && (column->fact || maker->domain.values || maker->kind == VALUE_BOOLEAN);
    for (uint32_t i = 0; i < table->row_count && !column->is_opaque; i++) {
        maker->test = &table->rows[i].when[index];
        column_collect_points(maker, maker->test->root);
    }
    add_declared_points(maker);
    if (column->is_opaque) {
        maker->has_other = true; /* one cell for every value there is */
        maker->domain.is_nullable = false;
    }
    return column_make_cells(maker, column);
}

/* Makes one column: its cells, then the cells of each row's test. Returns false when memory is refused. */
static bool make_column(struct table_columns *columns, uint32_t index)
{
    const struct decision_table *table = columns->table;
    const struct table_input *input = &table->inputs[index];
    struct input_column *column = &columns->columns[index];
    struct column_maker maker = {
        .columns = columns, .arena = columns->arena, .domain = input_domain_of(columns, input)};
    struct cell_set *rows = ARENA_ARRAY(columns->arena, struct cell_set, table->row_count);
    if (!rows || !cut(&maker, column, index))
        return false;
    for (uint32_t i = 0; i < table->row_count; i++) {
        maker.test = &table->rows[i].when[index];
        rows[i] = column_cells_of_test(&maker, column);
    }
    column->rows = rows;
    return !columns->arena->failed;
}

bool table_columns_make(struct table_columns *columns, struct arena *arena, const struct program *program,
                        const struct decision_table *table)
{
    *columns = (struct table_columns){.arena = arena, .program = program, .table = table};
    columns->columns = ARENA_ARRAY(arena, struct input_column, table->input_count);
    for (uint32_t i = 0; columns->columns && i < table->input_count; i++)
        if (!make_column(columns, i))
            return false;
    return columns->columns != NULL;
}

/* ---- Sets ---- */

bool cell_set_has(const struct cell_set *set, uint32_t cell)
{
    uint32_t low = 0, high = set->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (set->spans[middle].last < cell)
            low = middle + 1;
        else
            high = middle;
    }
    return low < set->count && set->spans[low].first <= cell;
}

bool cell_sets_meet(const struct cell_set *left, const struct cell_set *right, uint32_t *cell)
{
    for (uint32_t i = 0, j = 0; i < left->count && j < right->count;) {
        uint32_t first =
            left->spans[i].first > right->spans[j].first ? left->spans[i].first : right->spans[j].first;
        uint32_t last =
            left->spans[i].last < right->spans[j].last ? left->spans[i].last : right->spans[j].last;
        if (first <= last) {
            *cell = first;
            return true;
        }
        if (left->spans[i].last < right->spans[j].last)
            i++;
        else
            j++;
    }
    return false;
}
