/* SPDX-License-Identifier: Apache-2.0 */
/* Prints tables on a terminal, aligned by the width of characters. */
#include "cli/text_table.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/allocation.h"
#include "cli/tell.h"
#include "cli/utf8_text.h"

void text_table_add(struct text_table *table, const char *cell)
{
    if (table->count == table->capacity) {
        table->capacity = table->capacity ? 2 * table->capacity : 64;
        table->cells = must_resize(table->cells, table->capacity, sizeof *table->cells);
    }
    table->cells[table->count++] = shown_text(cell);
}

/* The width of the widest cell of each column, 0 for one that holds nothing below its heading; the caller
 * frees it. */
static size_t *column_widths(const struct text_table *table)
{
    size_t *widths = must_resize(NULL, table->columns, sizeof *widths);
    for (size_t column = 0; column < table->columns; column++) {
        bool is_empty = true;
        for (size_t i = column; i < table->count; i += table->columns) {
            size_t width = display_width(table->cells[i]);
            if (width > widths[column])
                widths[column] = width;
            if (width && i >= table->columns)
                is_empty = false;
        }
        if (is_empty)
            widths[column] = 0;
    }
    return widths;
}

/* Prints a text so many times. */
static void print_repeated(const char *text, size_t count)
{
    while (count--)
        fputs(text, stdout);
}

/* Prints the row that begins at the cell `first`. */
static void print_row(const struct text_table *table, size_t first, const size_t *widths)
{
    size_t pending = 2; /* spaces to print before the next cell, so that no line ends with spaces */
    for (size_t column = 0; column < table->columns; column++) {
        if (!widths[column])
            continue;
        const char *cell = table->cells[first + column];
        size_t width = display_width(cell), padding = widths[column] - width;
        size_t before = table->alignment[column] == 'r' ? padding : 0;
        if (width) {
            print_repeated(" ", pending + before);
            fputs(cell, stdout);
            pending = 0;
        } else {
            pending += before;
        }
        pending += padding - before + 2;
    }
    putchar('\n');
}

void text_table_print(const struct text_table *table)
{
    size_t *widths = column_widths(table);
    for (size_t first = 0; first + table->columns <= table->count; first += table->columns) {
        print_row(table, first, widths);
        if (first)
            continue;
        fputs("  ", stdout);
        bool is_first = true;
        for (size_t column = 0; column < table->columns; column++) {
            if (!widths[column])
                continue;
            if (!is_first)
                fputs("──", stdout);
            print_repeated("─", widths[column]);
            is_first = false;
        }
        putchar('\n');
    }
    free(widths);
}

/* Frees the cells; the table is then empty and can be filled again. */
void text_table_free(struct text_table *table)
{
    for (size_t i = 0; i < table->count; i++)
        free(table->cells[i]);
    free(table->cells);
    table->cells = NULL;
    table->count = table->capacity = 0;
}
