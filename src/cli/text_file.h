/* SPDX-License-Identifier: Apache-2.0 */
/* A file that is read whole. */
#ifndef TUOYU_CLI_TEXT_FILE_H
#define TUOYU_CLI_TEXT_FILE_H

#include <stdbool.h>
#include <stddef.h>

/* Its content. */
struct text_file {
    char *bytes; /* ended by NUL, which is not counted */
    size_t length;
};

/* Reads a file; the path `-` is the standard input. Returns false after saying on stderr why it cannot be
 * read, or that it is longer than limit bytes; there is then nothing to free. */
bool text_file_read(const char *path, size_t limit, struct text_file *file);
void text_file_free(struct text_file *file);

#endif
