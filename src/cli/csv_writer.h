/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of CSV (RFC 4180, UTF-8, lines end with LF) in memory; fields are quoted only where they must be. */
#ifndef TUOYU_CLI_CSV_WRITER_H
#define TUOYU_CLI_CSV_WRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* Rows in memory. Zeroed it is empty. */
struct csv_writer {
    char *bytes;
    size_t length, capacity;
    bool in_row;             /* this row has a field already */
    bool is_for_spreadsheet; /* a text that a spreadsheet would take for a formula gets an apostrophe in front
                              */
};

/* What a file for a spreadsheet begins with, by which it is known as UTF-8. */
#define SPREADSHEET_MARK "\xEF\xBB\xBF"

/* Writes a field. */
void csv_write_field(struct csv_writer *writer, const char *text);
/* Writes a field from bytes, which need not end with NUL. */
void csv_write_bytes(struct csv_writer *writer, const char *bytes, size_t length);
/* Ends the row. */
void csv_end_row(struct csv_writer *writer);

/* Forgets the rows and keeps the memory for others. */
void csv_writer_clear(struct csv_writer *writer);
void csv_writer_free(struct csv_writer *writer);
/* Prints the rows and frees them. */
void csv_print_rows(struct csv_writer *writer, FILE *stream);

#endif
