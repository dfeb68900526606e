/* SPDX-License-Identifier: Apache-2.0 */
/* The one place that says which characters are spaces, which are controls, and how those are written for a
 * person. */
#include "base/plain_text.h"

/* ---- Spaces ---- */

bool character_is_space(uint32_t c)
{
    if (c < 0x80) return c == ' ' || (c >= '\t' && c <= '\r');
    return c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 ||
           c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000 || c == 0xFEFF;
}

/* The offset of the last character; that of the last byte where it is ill-formed. */
static size_t last_offset(struct text text)
{
    enum { LONGEST = 4 };
    size_t offset = text.length - 1;
    while (offset > 0 && text.length - offset < LONGEST && ((unsigned char)text.bytes[offset] & 0xC0) == 0x80)
        offset--;
    uint32_t c;
    return utf8_decode(text, offset, &c) == text.length - offset ? offset : text.length - 1;
}

static bool is_space_at(struct text text, size_t offset, size_t *length)
{
    uint32_t c;
    *length = utf8_decode(text, offset, &c);
    return *length > 0 && character_is_space(c);
}

struct text text_without_outer_space(struct text text)
{
    size_t length;
    while (text.length && is_space_at(text, 0, &length)) text = text_slice(text, length, text.length);
    while (text.length && is_space_at(text, last_offset(text), &length)) text.length -= length;
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
    if (c < 0x20) return true;
    return (c >= 0x7F && c <= 0x9F) || c == 0x2028 || c == 0x2029 || c == 0xFEFF || c == 0xFFFE ||
           c == 0xFFFF || character_turns_direction(c);
}

/* How many bytes in front are ASCII and no control. */
static size_t printable_length(struct text text, size_t offset)
{
    size_t at = offset;
    while (at < text.length && text.bytes[at] >= ' ' && text.bytes[at] < 0x7F) at++;
    return at - offset;
}

size_t text_find_control(struct text text, uint32_t *code_point)
{
    for (size_t at = printable_length(text, 0), length; at < text.length;
         at += length + printable_length(text, at + length)) {
        length = utf8_decode(text, at, code_point);
        if (length > 0 && character_is_control(*code_point)) return at;
        if (length == 0) length = 1;
    }
    return text.length;
}

bool text_is_plain(struct text text)
{
    uint32_t c;
    for (size_t at = printable_length(text, 0), length; at < text.length;
         at += length + printable_length(text, at + length)) {
        length = utf8_decode(text, at, &c);
        if (length == 0 || character_is_control(c)) return false;
    }
    return true;
}

/* ---- For a person ---- */

void text_append_escaped(struct text_builder *builder, struct text text)
{
    for (size_t at = 0, length; at < text.length; at += length) {
        uint32_t c = 0;
        length = printable_length(text, at);
        if (length > 0) {
            text_append(builder, text_slice(text, at, at + length));
            continue;
        }
        length = utf8_decode(text, at, &c);
        if (length > 0 && !character_is_control(c)) text_append(builder, text_slice(text, at, at + length));
        else if (length > 0) text_append_format(builder, "\\u{%X}", (unsigned)c);
        else text_append_format(builder, "\\x{%X}", (unsigned)(unsigned char)text.bytes[at]);
        if (length == 0) length = 1;
    }
}
