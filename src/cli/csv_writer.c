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

/* Whether the bytes are a number, as the command writes them. */
static bool is_number(const char *bytes, size_t length)
{
    size_t at = length && (bytes[0] == '-' || bytes[0] == '+') ? 1 : 0, digits = 0, points = 0;
    for (; at < length; at++) {
        if (bytes[at] >= '0' && bytes[at] <= '9')
            digits++;
        else if (bytes[at] != '.' || points++)
            return false;
    }
    return digits > 0;
}

/* Whether a spreadsheet would compute the field, or read past its beginning: it begins with = + - @, the same
 * in full width, or with a TAB or CR. A number is none of these, whatever its sign. */
static bool is_formula(const char *bytes, size_t length)
{
    static const char *const SIGNS[] = {"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"};
    for (size_t i = 0; i < sizeof SIGNS / sizeof *SIGNS; i++) {
        size_t sign = strlen(SIGNS[i]);
        if (length >= sign && memcmp(bytes, SIGNS[i], sign) == 0)
            return !is_number(bytes, length);
    }
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

/* Writes a field with an apostrophe in front, after which it is no formula. */
static void write_disarmed(struct csv_writer *writer, const char *bytes, size_t length)
{
    char *text = must_resize(NULL, length + 1, 1);
    text[0] = '\'';
    memcpy(text + 1, bytes, length);
    csv_write_bytes(writer, text, length + 1);
    free(text);
}

void csv_write_bytes(struct csv_writer *writer, const char *bytes, size_t length)
{
    enum { COMMA_AND_QUOTES = 3 };
    if (writer->is_for_spreadsheet && is_formula(bytes, length)) {
        write_disarmed(writer, bytes, length);
        return;
    }
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
