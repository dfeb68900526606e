/* SPDX-License-Identifier: Apache-2.0 */
/* Writes rows of CSV into memory, with quotes where a field needs them. */
#include "cli/csv_writer.h"

#include <stdlib.h>
#include <string.h>

#include "cli/allocation.h"

/* Whether a field needs quotes: it holds a comma, quote or line end, or a space at an end. */
static bool needs_quotes(const char *bytes, size_t length)
{
    if (length && (bytes[0] == ' ' || bytes[length - 1] == ' '))
        return true;
    for (size_t i = 0; i < length; i++)
        if (bytes[i] == ',' || bytes[i] == '"' || bytes[i] == '\r' || bytes[i] == '\n')
            return true;
    return false;
}

/* Makes room for so many more bytes. */
static void make_line_room(struct csv_writer *writer, size_t length)
{
    if (writer->capacity - writer->length >= length)
        return;
    writer->capacity = 2 * (writer->length + length);
    writer->bytes = must_resize(writer->bytes, writer->capacity, 1);
}

void csv_write_bytes(struct csv_writer *writer, const char *bytes, size_t length)
{
    enum { COMMA_AND_QUOTES = 3 };
    make_line_room(writer, 2 * length + COMMA_AND_QUOTES);
    char *to = writer->bytes + writer->length;
    if (writer->in_row)
        *to++ = ',';
    writer->in_row = true;
    if (!needs_quotes(bytes, length)) {
        if (length)
            memcpy(to, bytes, length);
        writer->length = (size_t)(to + length - writer->bytes);
        return;
    }
    *to++ = '"';
    for (size_t i = 0; i < length; i++) {
        if (bytes[i] == '"')
            *to++ = '"';
        *to++ = bytes[i];
    }
    *to++ = '"';
    writer->length = (size_t)(to - writer->bytes);
}

void csv_write_field(struct csv_writer *writer, const char *text)
{
    csv_write_bytes(writer, text, strlen(text));
}

void csv_end_row(struct csv_writer *writer)
{
    make_line_room(writer, 1);
    writer->bytes[writer->length++] = '\n';
    writer->in_row = false;
}

void csv_writer_clear(struct csv_writer *writer)
{
    writer->length = 0;
    writer->in_row = false;
}

/* Frees the bytes; the writer is then empty and can be used again. */
void csv_writer_free(struct csv_writer *writer)
{
    free(writer->bytes);
    *writer = (struct csv_writer){.bytes = NULL};
}

void csv_print_rows(struct csv_writer *writer, FILE *stream)
{
    if (writer->length)
        fwrite(writer->bytes, 1, writer->length, stream);
    csv_writer_free(writer);
}
