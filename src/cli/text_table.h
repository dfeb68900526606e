/* SPDX-License-Identifier: Apache-2.0 */
/* A table for a terminal, aligned by how wide characters are there. */
#ifndef TUOYU_CLI_TEXT_TABLE_H
#define TUOYU_CLI_TEXT_TABLE_H

#include <stddef.h>

/* The cells. Set columns and alignment, zero the rest. */
struct text_table {
    size_t columns;
    const char *alignment; /* 'l' or 'r' for each column */
    char **cells;          /* owned, row by row; the first row is the heading */
    size_t count, capacity;
};

/* Adds a cell, row by row; takes a copy, escaped for a terminal. */
void text_table_add(struct text_table *table, const char *cell);
/* Prints all rows on stdout, with a rule under the heading. Columns that are empty but for their heading are
 * left out. */
void text_table_print(const struct text_table *table);
void text_table_free(struct text_table *table);

#endif
