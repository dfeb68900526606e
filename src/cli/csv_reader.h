/* SPDX-License-Identifier: Apache-2.0 */
/* The records of a CSV file (RFC 4180), one at a time, each with the line on which it begins. A broken
 * record (a quote that is not closed as it should be, more than 1 MiB) is its first line alone: it is handed
 * over with its problem, and reading goes on with the next line. So every line of the file is in some record,
 * and none is lost to a quote above it. */
#ifndef TUOYU_CLI_CSV_READER_H
#define TUOYU_CLI_CSV_READER_H

#include "cli/csv_source.h"

/* The longest record, in bytes, and the most cells of one. */
enum { CSV_RECORD_LARGEST = 1024 * 1024, CSV_CELLS_MOST = 524288 };

/* A record, borrowed from its reader. */
struct csv_record {
    char **
        fields; /* each in UTF-8, ended by NUL; bytes that were not UTF-8 are repaired, and problem says so */
    size_t *lengths;
    size_t count;
    size_t
        bytes;   /* length of all fields with their NULs; they stand one behind the other from fields[0] on */
    size_t line; /* on which it begins, from 1 */
    const char *problem; /* why it cannot be used, or NULL; a constant */
};

struct csv_reader;

/* Makes a reader of a source, which stays the caller's. A byte order mark and empty lines are skipped; LF,
 * CRLF and CR end lines. */
struct csv_reader *csv_reader_open(struct csv_source *source, char separator);
/* Begins the file again, with another separator. That can be until csv_reader_go_on() is called, and all that
 * was read is kept in memory until then. */
void csv_reader_restart(struct csv_reader *reader, char separator);
void csv_reader_go_on(struct csv_reader *reader);
/* From now on the last records are passed over where they have several fields and nothing in any of them: a
 * spreadsheet writes such below a table, for rows that were formatted and never filled in. Further up they
 * are records, which may lack everything. */
void csv_reader_pass_over_empty(struct csv_reader *reader);
/* Frees the reader, which may be NULL. */
void csv_reader_close(struct csv_reader *reader);
/* Reads the next record, broken ones too, which lives until the next call. Returns false at the end. */
bool csv_reader_next(struct csv_reader *reader, struct csv_record *record);
/* How many bytes of the file were read so far. */
size_t csv_reader_position(const struct csv_reader *reader);
/* Whether the file could not be read to its end. */
bool csv_reader_failed(const struct csv_reader *reader);
char csv_reader_separator(const struct csv_reader *reader);
enum text_encoding csv_reader_encoding(const struct csv_reader *reader);

#endif
