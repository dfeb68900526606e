/* SPDX-License-Identifier: Apache-2.0 */
/* Checks, repairs and measures UTF-8. */
#include "cli/utf8_text.h"

#include <string.h>
#include <utf8proc.h>

#include "cli/allocation.h"

/* The length of the character at bytes, 0 where there is none or it is NUL. */
static size_t character_length(const char *bytes, size_t length, utf8proc_int32_t *code_point)
{
    *code_point = -1;
    utf8proc_ssize_t got =
        utf8proc_iterate((const utf8proc_uint8_t *)bytes, (utf8proc_ssize_t)length, code_point);
    return got > 0 && *code_point > 0 ? (size_t)got : 0;
}

/* How many bytes in front are ASCII and not NUL. */
static size_t ascii_length(const char *bytes, size_t length)
{
    size_t count = 0;
    while (count < length && (signed char)bytes[count] > 0)
        count++;
    return count;
}

bool is_utf8(const char *bytes, size_t length)
{
    utf8proc_int32_t code_point;
    for (size_t at = ascii_length(bytes, length); at < length;) {
        size_t step = character_length(bytes + at, length - at, &code_point);
        if (!step)
            return false;
        at += step;
    }
    return true;
}

bool is_utf8_with_nul(const char *bytes, size_t length)
{
    const char *nul;
    bool found = false;
    while ((nul = memchr(bytes, '\0', length)) != NULL) {
        size_t before = (size_t)(nul - bytes);
        if (!is_utf8(bytes, before))
            return false;
        bytes += before + 1;
        length -= before + 1;
        found = true;
    }
    return found && is_utf8(bytes, length);
}

char *repaired_utf8(const char *bytes, size_t length)
{
    static const char REPLACEMENT[] = "\xEF\xBF\xBD";
    char *text = must_resize(NULL, length + 1, sizeof REPLACEMENT - 1);
    size_t end = 0;
    for (size_t at = 0; at < length;) {
        utf8proc_int32_t code_point;
        size_t step = character_length(bytes + at, length - at, &code_point);
        const char *from = step ? bytes + at : REPLACEMENT;
        size_t count = step ? step : sizeof REPLACEMENT - 1;
        memcpy(text + end, from, count);
        end += count;
        at += step ? step : 1;
    }
    text[end] = '\0';
    return text;
}

size_t display_width(const char *text)
{
    size_t width = 0, length = strlen(text);
    for (size_t at = 0; at < length;) {
        utf8proc_int32_t code_point;
        size_t step = character_length(text + at, length - at, &code_point);
        width += step ? (size_t)utf8proc_charwidth(code_point) : 1;
        at += step ? step : 1;
    }
    return width;
}
