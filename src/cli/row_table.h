/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of a CSV file as an Arrow table of texts, with a column for each fact. It holds so many rows at a time
 * that memory stays bounded. */
#ifndef TUOYU_CLI_ROW_TABLE_H
#define TUOYU_CLI_ROW_TABLE_H

#include "cli/fact_columns.h"

/* The table is full with so many rows, or so many bytes of text. */
enum { ROW_TABLE_ROWS = 4096, ROW_TABLE_BYTES = 4 * 1024 * 1024 };

/* The column of a fact. */
struct row_column {
    const char *fact; /* name, borrowed from the fact columns */
    size_t source;    /* index of its fact column */
    int32_t *offsets; /* by row, in bytes; one more than there are rows */
    char *bytes;
    size_t capacity; /* of bytes */
};

/* The rows at hand. */
struct row_table {
    struct row_column *columns;
    size_t column_count;
    size_t count, bytes;          /* rows, and the bytes of their texts */
    size_t lines[ROW_TABLE_ROWS]; /* line of the file on which each row begins */
    struct ArrowSchema schema, *schemas, **schema_pointers;
    struct ArrowArray array, *arrays, **array_pointers;
    const void *no_buffers[1], **buffers;
};

/* Makes an empty table over the columns, whose names it borrows. Freed by row_table_free(). */
void row_table_open(struct row_table *table, const struct fact_columns *columns);
void row_table_free(struct row_table *table);
/* Forgets the rows and keeps the memory for others. */
void row_table_clear(struct row_table *table);
/* Adds a row, whose cells are copied as they are meant (see fact_cell()). The record must fit the header, and
 * the table not be full. */
void row_table_add(struct row_table *table, const struct fact_columns *columns,
                   const struct csv_record *record, struct reading_notes *notes);
/* Whether the table takes no more rows. */
bool row_table_is_full(const struct row_table *table);
/* The array of all rows; it and table->schema live until the next call. */
const struct ArrowArray *row_table_array(struct row_table *table);
/* Makes a row the facts of a case. What is wrong is reported and left out. */
void row_table_set(const struct row_table *table, size_t row, tuoyu_case *facts,
                   tuoyu_diagnostics *diagnostics);

#endif
