/* SPDX-License-Identifier: Apache-2.0 */
/* The records of a CSV file (RFC 4180, UTF-8), one at a time, each with the line it begins on. A record that
 * is broken (a quote that is not closed as it should be, more than 1 MiB) is its first line alone: it is
 * handed over with its problem, and reading goes on with the next line. So every line of the file is in some
 * record, and none is lost to a quote above it. */
#ifndef TUOYU_CLI_CSV_READER_H
#define TUOYU_CLI_CSV_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum { CSV_RECORD_LARGEST = 1024 * 1024 /* bytes */ };

struct csv_record {
    char **fields; /* each ended by NUL, in UTF-8: what was not is repaired, and problem says so */
    size_t *lengths;
    size_t count;
    size_t bytes;        /* of the fields, each with its NUL, one behind the other from fields[0] on */
    size_t line;         /* where it begins, from 1 */
    const char *problem; /* why it cannot be used, or NULL; it lives for ever */
};

struct csv_reader;

/* The stream stays the caller's. A byte order mark is skipped; LF, CRLF and CR end lines; empty lines are
 * skipped. */
struct csv_reader *csv_reader_open(FILE *stream);
void csv_reader_close(struct csv_reader *reader);
/* False at the end. The record lives until the next call. */
bool csv_reader_next(struct csv_reader *reader, struct csv_record *record);
/* Bytes that were read from the stream. */
size_t csv_reader_position(const struct csv_reader *reader);

#endif
