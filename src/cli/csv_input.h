/* SPDX-License-Identifier: Apache-2.0 */
/* A CSV file that is read as the command line says. */
#ifndef TUOYU_CLI_CSV_INPUT_H
#define TUOYU_CLI_CSV_INPUT_H

#include "cli/csv_reader.h"
#include "cli/intake.h"

struct csv_input {
    struct csv_source *source;
    struct csv_reader *reader;
    const char *path;
    struct intake *intake;
    bool is_told; /* the encoding is, where it is not UTF-8 */
};

/* Opens a stream, which stays the caller's, as are the path and the intake; false after saying what is wrong,
 * with nothing to close. */
bool csv_input_open(struct csv_input *input, FILE *stream, const char *path, struct intake *intake);
void csv_input_close(struct csv_input *input);

#endif
