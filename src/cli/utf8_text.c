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

size_t length_below_80(const char *bytes, size_t length)
{
    size_t count = 0;
    uint64_t word;
    for (; count + sizeof word <= length; count += sizeof word) {
        memcpy(&word, bytes + count, sizeof word);
        if (word & UINT64_C(0x8080808080808080))
            break;
    }
    while (count < length && (signed char)bytes[count] >= 0)
        count++;
    return count;
}

/* Whether a character of three bytes stands here that begins with E4 to E9, as nearly all Chinese ones do:
 * for these any two bytes that may follow a first one do. */
static bool is_common_han(const unsigned char *bytes, size_t length)
{
    return length >= 3 && bytes[0] >= 0xE4 && bytes[0] <= 0xE9 && (bytes[1] & 0xC0) == 0x80 &&
           (bytes[2] & 0xC0) == 0x80;
}

bool is_utf8(const char *bytes, size_t length)
{
    utf8proc_int32_t code_point;
    for (size_t at = ascii_length(bytes, length); at < length;) {
        size_t step = is_common_han((const unsigned char *)bytes + at, length - at)
                          ? 3
                          : character_length(bytes + at, length - at, &code_point);
        if (!step)
            return false;
        at += step;
    }
    return true;
}

size_t utf8_length(const char *bytes, size_t length)
{
    utf8proc_int32_t code_point;
    size_t at = 0;
    while (at < length) {
        at += length_below_80(bytes + at, length - at);
        while (at < length && is_common_han((const unsigned char *)bytes + at, length - at))
            at += 3;
        if (at == length || (signed char)bytes[at] >= 0)
            continue;
        size_t step = character_length(bytes + at, length - at, &code_point);
        if (!step)
            break;
        at += step;
    }
    return at;
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

void utf8_of_character(int32_t code_point, char text[5])
{
    utf8proc_ssize_t length =
        utf8proc_codepoint_valid(code_point) ? utf8proc_encode_char(code_point, (utf8proc_uint8_t *)text) : 0;
    text[length] = '\0';
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
