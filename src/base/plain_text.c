/* SPDX-License-Identifier: Apache-2.0 */
/* The one place that says which characters are spaces, which are controls, and how those are written for a
 * person. */
#include "base/plain_text.h"

#include <utf8proc.h>

/* ---- Compatibility ---- */

uint32_t character_stands_for(uint32_t c)
{
    utf8proc_int32_t meant[2];
    int last_class = 0;
    const utf8proc_option_t options = UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT;
    utf8proc_ssize_t count = utf8proc_decompose_char((utf8proc_int32_t)c, meant, 2, options, &last_class);
    return count == 1 && (uint32_t)meant[0] != c ? (uint32_t)meant[0] : 0;
}

/* ---- Spaces ---- */

bool character_is_space(uint32_t c)
{
    if (c < 0x80)
        return c == ' ' || (c >= '\t' && c <= '\r');
    return c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 ||
           c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000 || c == 0xFEFF;
}

/* The length in bytes of the space character at an offset; 0 if there is none. */
static size_t space_at(struct text text, size_t offset)
{
    uint32_t c;
    size_t length = utf8_decode(text, offset, &c);
    return length > 0 && character_is_space(c) ? length : 0;
}

/* The length in bytes of the space character that ends the text; 0 if there is none. */
static size_t space_at_end(struct text text)
{
    enum { LONGEST = 4 };
    if (text.length == 0)
        return 0;
    size_t from = text.length - 1;
    while (from > 0 && text.length - from < LONGEST && byte_continues(text.bytes[from]))
        from--;
    return space_at(text, from) == text.length - from ? text.length - from : 0;
}

struct text text_cut_outer_space(struct text text)
{
    for (size_t length; (length = space_at(text, 0)) > 0;)
        text = text_slice(text, length, text.length);
    for (size_t length; (length = space_at_end(text)) > 0;)
        text.length -= length;
    return text;
}

/* ---- Controls ---- */

bool character_turns_direction(uint32_t c)
{
    return c == 0x061C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069);
}

bool character_is_control(uint32_t c)
{
    if (c < 0x20)
        return true;
    return (c >= 0x7F && c <= 0x9F) || c == 0x2028 || c == 0x2029 || c == 0xFEFF || c == 0xFFFE ||
           c == 0xFFFF || character_turns_direction(c);
}

/* Whether each of eight bytes is from 0x20 to 0x7E: ASCII and no control. */
static inline bool bytes_are_plain(const char *bytes)
{
    const uint64_t each = UINT64_C(0x0101010101010101);
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    return ((word | (word - each * 0x20) | (word + each)) & each * 0x80) == 0;
}

/* True for a printable ASCII character, which is shown as it is. */
static inline bool byte_is_plain(char byte)
{
    return byte >= ' ' && byte < 0x7F;
}

/* Returns an offset from `at` on up to which the text is well-formed and without controls, found by a fast
 * scan. What begins there may still be fine: the caller decodes it. */
static inline size_t plain_end(struct text text, size_t at)
{
    enum { WORD = 8, IDEOGRAPH = 3 };
    while (at + WORD <= text.length && bytes_are_plain(text.bytes + at))
        at += WORD;
    while (at < text.length) {
        if (byte_is_plain(text.bytes[at]))
            at++;
        else if (at + IDEOGRAPH <= text.length && bytes_are_ideograph(text.bytes + at))
            at += IDEOGRAPH;
        else
            break;
    }
    return at;
}

size_t text_find_control(struct text text, uint32_t *code_point)
{
    for (size_t at = plain_end(text, 0), length; at < text.length; at = plain_end(text, at + length)) {
        length = utf8_decode(text, at, code_point);
        if (length > 0 && character_is_control(*code_point))
            return at;
        if (length == 0)
            length = 1;
    }
    return text.length;
}

bool text_is_plain(struct text text)
{
    uint32_t c;
    for (size_t at = plain_end(text, 0), length; at < text.length; at = plain_end(text, at + length)) {
        length = utf8_decode(text, at, &c);
        if (length == 0 || character_is_control(c))
            return false;
    }
    return true;
}

/* ---- For a person ---- */

void text_append_escaped(struct text_builder *builder, struct text text)
{
    for (size_t at = 0, length; at < text.length; at += length) {
        uint32_t c = 0;
        length = plain_end(text, at) - at;
        if (length > 0) {
            text_append(builder, text_slice(text, at, at + length));
            continue;
        }
        length = utf8_decode(text, at, &c);
        if (length > 0 && !character_is_control(c))
            text_append(builder, text_slice(text, at, at + length));
        else if (length > 0)
            text_append_format(builder, "\\u{%X}", (unsigned)c);
        else
            text_append_format(builder, "\\x{%X}", (unsigned)(unsigned char)text.bytes[at]);
        if (length == 0)
            length = 1;
    }
}
