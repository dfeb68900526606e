/* SPDX-License-Identifier: Apache-2.0 */
/* A file that appears whole or not at all: written beside its place, then renamed. Nor does anything of it
 * stay when the command is interrupted, hung up or told to end, or memory runs out. A file that was there
 * keeps its mode, and its owner and group where the system allows it; a link is followed, and stays. */
#ifndef TUOYU_CLI_OUTPUT_FILE_H
#define TUOYU_CLI_OUTPUT_FILE_H

#include <stdbool.h>
#include <stdio.h>

struct output_file {
    FILE *stream;
    const char *path;
    int problem;  /* what the system said of the first write that failed, or 0 */
    char *target; /* where it goes in the end: what path is a link to, or path itself */
    /* NULL where the place is no regular file: a terminal, a pipe, the standard output "-" */
    char *temporary;
};

/* False after saying why it cannot be written. */
bool output_file_open(struct output_file *file, const char *path);
/* False where it cannot be written; output_file_close says so. */
bool output_file_write(struct output_file *file, const char *bytes, size_t length);
/* Puts it in its place if keep and if all was written; else nothing of it stays. False after saying what went
 * wrong. */
bool output_file_close(struct output_file *file, bool keep);
/* Whether path is the very file that the stream reads. */
bool is_same_file(FILE *stream, const char *path);
/* Whether both paths are one file, which is there. */
bool are_same_files(const char *path, const char *other);

#endif
