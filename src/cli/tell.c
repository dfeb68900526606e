/* SPDX-License-Identifier: Apache-2.0 */
/* Writes messages on stderr, escaped by the library's own rule. */
#include "cli/tell.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "cli/allocation.h"
#include "cli/language.h"

char *shown_text(const char *text)
{
    tuoyu_text *escaped = NULL;
    must_have_memory(tuoyu_text_escape(text, TUOYU_NUL_TERMINATED, &escaped));
    char *shown = must_copy(tuoyu_text_bytes(escaped), tuoyu_text_length(escaped));
    tuoyu_text_free(escaped);
    return shown;
}

void print_shown(FILE *stream, const char *text)
{
    char *shown = shown_text(text);
    fputs(shown, stream);
    free(shown);
}

/* Cuts a long line in its middle, where a name or a cell stands that is too long to be read: what is said of
 * it, before and behind, stays. */
static void shorten(char *line)
{
    enum { FRONT_BYTES = 2000, BACK_BYTES = 1000 };
    static const char GAP[] = "…";
    size_t length = strlen(line), front = FRONT_BYTES, back = length - BACK_BYTES;
    if (length <= FRONT_BYTES + BACK_BYTES + sizeof GAP)
        return;
    while (((unsigned char)line[front] & 0xC0) == 0x80)
        front--;
    while (((unsigned char)line[back] & 0xC0) == 0x80)
        back++;
    memcpy(line + front, GAP, sizeof GAP - 1);
    memmove(line + front + sizeof GAP - 1, line + back, length - back + 1);
}

void tell(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *line = must_format_list(told_format(format), arguments);
    va_end(arguments);
    shorten(line);
    print_shown(stderr, line);
    fputc('\n', stderr);
    free(line);
}
