/* SPDX-License-Identifier: Apache-2.0 */
/* A table for a terminal, aligned by what characters take there. */
#ifndef TUOYU_CLI_TEXT_TABLE_H
#define TUOYU_CLI_TEXT_TABLE_H

#include <stddef.h>

struct text_table {
    size_t columns;
    const char *alignment; /* 'l' or 'r' for each column */
    char **cells;          /* owned, row by row; the first row is the heading */
    size_t count, capacity;
};

/* Takes a copy. */
void text_table_add(struct text_table *table, const char *cell);
/* Prints all rows to stdout, a rule under the heading; columns that are empty but for their heading are left
 * out. */
void text_table_print(const struct text_table *table);
void text_table_free(struct text_table *table);

#endif
