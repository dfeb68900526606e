/* SPDX-License-Identifier: Apache-2.0 */
/* Writing CSV (RFC 4180, UTF-8, lines end with LF); fields are quoted only where they must be. */
#ifndef TUOYU_CLI_CSV_WRITER_H
#define TUOYU_CLI_CSV_WRITER_H

#include <stdbool.h>
#include <stdio.h>

struct csv_writer {
    FILE *stream;
    bool in_row; /* a field was written in this row */
};

void csv_write_field(struct csv_writer *writer, const char *text);
void csv_end_row(struct csv_writer *writer);

#endif
