/* SPDX-License-Identifier: Apache-2.0 */
/* A file that appears whole or not at all: it is written beside its place, then renamed. Nothing of it stays
 * when the command is interrupted, hung up or told to end, or memory runs out. A file that was there keeps
 * its mode, and its owner and group where the system allows that; a link is followed, and stays. */
#ifndef TUOYU_CLI_OUTPUT_FILE_H
#define TUOYU_CLI_OUTPUT_FILE_H

#include <stdbool.h>
#include <stdio.h>

/* A file that is being written. */
struct output_file {
    FILE *stream;
    const char *path; /* as it was named; borrowed */
    int problem;      /* errno of the first write that failed, or 0 */
    char *target;     /* where it goes in the end: the end of the link, or the path itself */
    /* path of the temporary file; NULL where the target is no regular file, as a terminal, a pipe or `-` */
    char *temporary;
};

/* Opens a file; false after saying why it cannot be written. `-` is the standard output. */
bool output_file_open(struct output_file *file, const char *path);
/* Writes bytes; false where that fails, which output_file_close() says. */
bool output_file_write(struct output_file *file, const char *bytes, size_t length);
/* Closes the file. If keep, and all was written, it is put in its place; else nothing of it stays. Returns
 * false after saying what went wrong. */
bool output_file_close(struct output_file *file, bool keep);
/* Whether the path is the very regular file that the stream reads. False if the path is not there. */
bool is_same_file(FILE *stream, const char *path);
/* Whether both paths are one regular file. */
bool are_same_files(const char *path, const char *other);

#endif
