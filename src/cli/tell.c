/* SPDX-License-Identifier: Apache-2.0 */
/* Writes messages on stderr, escaped by the library's own rule. */
#include "cli/tell.h"

#include <stdarg.h>
#include <stdlib.h>

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

void tell(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *line = must_format_list(told_format(format), arguments);
    va_end(arguments);
    print_shown(stderr, line);
    fputc('\n', stderr);
    free(line);
}
