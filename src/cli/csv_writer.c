/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/csv_writer.h"

#include <string.h>

static bool needs_quotes(const char *text)
{
    return strpbrk(text, ",\"\r\n") != NULL || text[0] == ' ' || (*text && text[strlen(text) - 1] == ' ');
}

void csv_write_field(struct csv_writer *writer, const char *text)
{
    if (writer->in_row) putc(',', writer->stream);
    writer->in_row = true;
    if (!needs_quotes(text)) {
        fputs(text, writer->stream);
        return;
    }
    putc('"', writer->stream);
    for (; *text; text++) {
        if (*text == '"') putc('"', writer->stream);
        putc(*text, writer->stream);
    }
    putc('"', writer->stream);
}

void csv_end_row(struct csv_writer *writer)
{
    putc('\n', writer->stream);
    writer->in_row = false;
}
