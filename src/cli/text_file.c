/* SPDX-License-Identifier: Apache-2.0 */
/* Reads a file whole. */
#include "cli/text_file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/allocation.h"
#include "cli/tell.h"

/* Reads a stream to its end. Returns false with errno where there are more than limit bytes or it cannot be
 * read. */
static bool read_all(FILE *stream, size_t limit, struct text_file *file)
{
    size_t capacity = 16 * 1024;
    file->bytes = must_resize(NULL, capacity, 1);
    for (;;) {
        size_t got = fread(file->bytes + file->length, 1, capacity - 1 - file->length, stream);
        file->length += got;
        if (got == 0)
            break;
        if (file->length > limit) {
            errno = EFBIG;
            return false;
        }
        if (file->length == capacity - 1) {
            capacity *= 2;
            file->bytes = must_resize(file->bytes, capacity, 1);
        }
    }
    file->bytes[file->length] = '\0';
    return !ferror(stream);
}

bool text_file_read(const char *path, size_t limit, struct text_file *file)
{
    *file = (struct text_file){.bytes = NULL};
    bool is_standard_input = strcmp(path, "-") == 0;
    FILE *stream = is_standard_input ? stdin : fopen(path, "rb");
    bool good = stream && read_all(stream, limit, file);
    int reason = errno;
    if (stream && !is_standard_input)
        fclose(stream);
    if (good)
        return true;
    tell("tuoyu: %s: cannot be read: %s", path, strerror(reason));
    text_file_free(file);
    return false;
}

/* Frees the bytes and makes the file empty. */
void text_file_free(struct text_file *file)
{
    free(file->bytes);
    *file = (struct text_file){.bytes = NULL};
}
