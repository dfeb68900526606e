/* SPDX-License-Identifier: Apache-2.0 */
/* A file read whole. */
#ifndef TUOYU_CLI_TEXT_FILE_H
#define TUOYU_CLI_TEXT_FILE_H

#include <stdbool.h>
#include <stddef.h>

struct text_file {
    char *bytes; /* ended by NUL, which is not counted */
    size_t length;
};

/* path "-" reads the standard input. False after saying on stderr why it cannot be read, or that it is longer
 * than limit bytes. */
bool text_file_read(const char *path, size_t limit, struct text_file *file);
void text_file_free(struct text_file *file);

#endif
