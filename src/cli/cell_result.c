/* SPDX-License-Identifier: Apache-2.0 */
/* The text that a cell was read as, and characters that stand for others, as all readings of cells need them.
 */
#include "cli/cell_result.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "cli/allocation.h"
#include "cli/language.h"

void cell_reading_free(struct cell_reading *reading)
{
    free(reading->text);
    *reading = (struct cell_reading){.text = NULL};
}

/* Makes room for a text of that length and its NUL. */
static void make_reading_room(struct cell_reading *reading, size_t length)
{
    if (length < reading->capacity)
        return;
    reading->capacity = 2 * (length + 1);
    reading->text = must_resize(reading->text, reading->capacity, 1);
}

enum cell_outcome set_reading(struct cell_reading *reading, enum cell_outcome outcome, const char *format,
                              ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *text = must_format_list(output_format(format), arguments);
    va_end(arguments);
    reading->length = strlen(text);
    make_reading_room(reading, reading->length);
    memcpy(reading->text, text, reading->length + 1);
    free(text);
    return outcome;
}

size_t fold_width(const char *text, size_t length, char *folded)
{
    enum { FULL_WIDTH_FIRST = 0xFF01, FULL_WIDTH_LAST = 0xFF5E, TO_ASCII = 0xFEE0 };
    enum { IDEOGRAPHIC_SPACE = 0x3000, MINUS_SIGN = 0x2212 };
    size_t end = 0;
    for (size_t at = 0; at < length;) {
        utf8proc_int32_t c = -1;
        utf8proc_ssize_t step =
            utf8proc_iterate((const utf8proc_uint8_t *)text + at, (utf8proc_ssize_t)(length - at), &c);
        size_t bytes = step > 0 ? (size_t)step : 1;
        if (c >= FULL_WIDTH_FIRST && c <= FULL_WIDTH_LAST)
            folded[end++] = (char)(c - TO_ASCII);
        else if (c == IDEOGRAPHIC_SPACE || c == MINUS_SIGN)
            folded[end++] = c == MINUS_SIGN ? '-' : ' ';
        else
            for (size_t i = 0; i < bytes; i++)
                folded[end++] = text[at + i];
        at += bytes;
    }
    folded[end] = '\0';
    return end;
}
