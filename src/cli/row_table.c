/* SPDX-License-Identifier: Apache-2.0 */
/* Collects the cells of CSV rows in Arrow columns of texts. */
#include "cli/row_table.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* Buffers of an Arrow column of texts: validity, offsets, bytes. */
enum { TEXT_BUFFERS = 3 };

/* Releases an Arrow struct without freeing anything, because the row table owns its memory. */
static void release_schema(struct ArrowSchema *schema)
{
    schema->release = NULL;
}

/* The same for an array. */
static void release_array(struct ArrowArray *array)
{
    array->release = NULL;
}

/* Adds the column of a fact. source: the index of the fact column. */
static void open_column(struct row_table *table, const struct fact_columns *columns, size_t source)
{
    size_t index = table->column_count++;
    table->columns[index] =
        (struct row_column){.fact = columns->facts[source],
                            .source = source,
                            .offsets = must_resize(NULL, ROW_TABLE_ROWS + 1, sizeof(int32_t))};
    table->schemas[index] =
        (struct ArrowSchema){.format = "u", .name = columns->facts[source], .release = release_schema};
    table->schema_pointers[index] = &table->schemas[index];
    table->array_pointers[index] = &table->arrays[index];
}

void row_table_open(struct row_table *table, const struct fact_columns *columns)
{
    size_t count = columns->count;
    *table = (struct row_table){.columns = must_resize(NULL, count, sizeof *table->columns)};
    table->schemas = must_resize(NULL, count, sizeof *table->schemas);
    table->schema_pointers = must_resize(NULL, count, sizeof *table->schema_pointers);
    table->arrays = must_resize(NULL, count, sizeof *table->arrays);
    table->array_pointers = must_resize(NULL, count, sizeof *table->array_pointers);
    table->buffers = must_resize(NULL, count * TEXT_BUFFERS, sizeof *table->buffers);
    for (size_t i = 0; i < count; i++)
        if (columns->facts[i])
            open_column(table, columns, i);
    table->schema = (struct ArrowSchema){.format = "+s",
                                         .name = "",
                                         .n_children = (int64_t)table->column_count,
                                         .children = table->schema_pointers,
                                         .release = release_schema};
}

/* Frees the columns and their Arrow structs. */
void row_table_free(struct row_table *table)
{
    for (size_t i = 0; i < table->column_count; i++) {
        free(table->columns[i].offsets);
        free(table->columns[i].bytes);
    }
    free(table->columns);
    free(table->schemas);
    free(table->schema_pointers);
    free(table->arrays);
    free(table->array_pointers);
    free(table->buffers);
    table->column_count = 0;
}

void row_table_clear(struct row_table *table)
{
    table->count = 0;
    table->bytes = 0;
}

void row_table_add(struct row_table *table, const struct fact_columns *columns,
                   const struct csv_record *record, struct reading_notes *notes)
{
    assert(table->count < ROW_TABLE_ROWS);
    for (size_t i = 0; i < table->column_count; i++) {
        struct row_column *column = &table->columns[i];
        size_t length, used = (size_t)column->offsets[table->count];
        const char *text = fact_cell(columns, record, column->source, notes, &length);
        if (used + length > column->capacity) {
            column->capacity = 2 * (used + length);
            column->bytes = must_resize(column->bytes, column->capacity, 1);
        }
        if (length)
            memcpy(column->bytes + used, text, length);
        column->offsets[table->count + 1] = (int32_t)(used + length);
        table->bytes += length;
    }
    table->lines[table->count++] = record->line;
}

bool row_table_is_full(const struct row_table *table)
{
    return table->count == ROW_TABLE_ROWS || table->bytes >= ROW_TABLE_BYTES;
}

const struct ArrowArray *row_table_array(struct row_table *table)
{
    for (size_t i = 0; i < table->column_count; i++) {
        const void **buffers = &table->buffers[i * TEXT_BUFFERS];
        buffers[0] = NULL;
        buffers[1] = table->columns[i].offsets;
        buffers[2] = table->columns[i].bytes ? table->columns[i].bytes : "";
        table->arrays[i] = (struct ArrowArray){.length = (int64_t)table->count,
                                               .n_buffers = TEXT_BUFFERS,
                                               .buffers = buffers,
                                               .release = release_array};
    }
    table->array = (struct ArrowArray){.length = (int64_t)table->count,
                                       .n_buffers = 1,
                                       .buffers = table->no_buffers,
                                       .n_children = (int64_t)table->column_count,
                                       .children = table->array_pointers,
                                       .release = release_array};
    return &table->array;
}

void row_table_set(const struct row_table *table, size_t row, tuoyu_case *facts,
                   tuoyu_diagnostics *diagnostics)
{
    assert(row < table->count);
    tuoyu_case_clear(facts);
    for (size_t i = 0; i < table->column_count; i++) {
        const struct row_column *column = &table->columns[i];
        size_t from = (size_t)column->offsets[row], length = (size_t)column->offsets[row + 1] - from;
        if (length)
            must_have_memory(tuoyu_case_set_text(facts, column->fact, TUOYU_NUL_TERMINATED,
                                                 column->bytes + from, length, diagnostics));
    }
}
