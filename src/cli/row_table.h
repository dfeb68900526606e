/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of a CSV file as an Arrow table of texts, a column for each fact: so many at a time, so that memory is
 * bounded. */
#ifndef TUOYU_CLI_ROW_TABLE_H
#define TUOYU_CLI_ROW_TABLE_H

#include "cli/fact_columns.h"

enum { ROW_TABLE_ROWS = 4096, ROW_TABLE_BYTES = 4 * 1024 * 1024 /* after which it is full */ };

struct row_column {
    const char *fact; /* of the fact columns */
    size_t source;    /* its index among them */
    int32_t *offsets;
    char *bytes;
    size_t capacity;
};

struct row_table {
    struct row_column *columns;
    size_t column_count, count, bytes;
    size_t lines[ROW_TABLE_ROWS]; /* where each row begins in the file */
    struct ArrowSchema schema, *schemas, **schema_pointers;
    struct ArrowArray array, *arrays, **array_pointers;
    const void *no_buffers[1], **buffers;
};

/* The columns are borrowed. */
void row_table_open(struct row_table *table, const struct fact_columns *columns);
void row_table_free(struct row_table *table);
void row_table_clear(struct row_table *table);
/* Takes copies, without white space around; the record fits the header. */
void row_table_add(struct row_table *table, const struct csv_record *record);
bool row_table_is_full(const struct row_table *table);
/* The array of the rows there are; it and table->schema live until the next call. */
const struct ArrowArray *row_table_array(struct row_table *table);
/* Makes a row the case's facts; what is wrong is reported, and left out. */
void row_table_set(const struct row_table *table, size_t row, tuoyu_case *facts,
                   tuoyu_diagnostics *diagnostics);

#endif
