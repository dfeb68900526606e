/* SPDX-License-Identifier: Apache-2.0 */
/* Checks the text of a pack before libyaml reads it, joins the surrogate pairs of JSON, and turns libyaml's
 * marks into locations of the source. */
#include "pack/yaml_text.h"

#include <assert.h>
#include <string.h>

#include "base/plain_text.h"

#define BYTE_ORDER_MARK TEXT("\xEF\xBB\xBF")
/* Lengths in bytes: of `\uXXXX`, of two of them, and of the UTF-8 character that a pair stands for. */
enum { ESCAPE_LENGTH = 6, PAIR_LENGTH = 2 * ESCAPE_LENGTH, JOINED_LENGTH = 4 };

/* A location of the source; offsets in it fit in 32 bits. */
static struct location location_at(const struct source *source, size_t offset, size_t length)
{
    return (struct location){.source = source, .offset = (uint32_t)offset, .length = (uint32_t)length};
}

/* ---- Checking ---- */

bool yaml_character_is_refused(uint32_t c)
{
    return character_is_control(c) && c != '\t' && c != '\n' && c != '\r';
}

/* Reports a character that no text may hold; returns TUOYU_ERROR_ENCODING. */
static tuoyu_status report_character(const struct source *source, size_t offset, size_t length, uint32_t c,
                                     tuoyu_diagnostics *diagnostics)
{
    const char *what = c == 0                         ? "a NUL"
                       : character_turns_direction(c) ? "a character that turns the direction of writing"
                                                      : "a control character";
    return report(diagnostics, TUOYU_ERROR_ENCODING, location_at(source, offset, length), TEXT("remove it"),
                  "%s (U+%04X) may not stand in a text", what, (unsigned)c);
}

/* Checks one character that is not plain: refused characters, lone carriage returns and directives are
 * reported. Returns TUOYU_OK or the error. */
static tuoyu_status check_character(const struct source *source, size_t offset, size_t length, uint32_t c,
                                    tuoyu_diagnostics *diagnostics)
{
    struct text content = source->content;
    if (yaml_character_is_refused(c))
        return report_character(source, offset, length, c, diagnostics);
    if (c == '\r' && (offset + 1 == content.length || content.bytes[offset + 1] != '\n'))
        return report(diagnostics, TUOYU_ERROR_ENCODING, location_at(source, offset, 1),
                      TEXT("end lines with a line feed"), "a carriage return without a line feed");
    if (c == '%' && (offset == 0 || content.bytes[offset - 1] == '\n'))
        return report(diagnostics, TUOYU_ERROR_PACK, location_at(source, offset, 1),
                      TEXT("remove the line, or indent it if it belongs to a text"),
                      "a line that begins with '%%' is a directive of YAML, which is not allowed");
    return TUOYU_OK;
}

struct text yaml_text_without_mark(struct text content)
{
    return text_starts_with(content, BYTE_ORDER_MARK)
               ? text_slice(content, BYTE_ORDER_MARK.length, content.length)
               : content;
}

/* Whether a character from U+3000 to U+9FFF stands here; none of them is refused. Most Chinese texts hold no
 * other beyond ASCII, so this spares them the full check. */
static bool is_east_asian(const char *text, size_t length)
{
    const unsigned char *bytes = (const unsigned char *)text;
    return bytes[0] >= 0xE3 && bytes[0] <= 0xE9 && length >= 3 && (bytes[1] & 0xC0) == 0x80 &&
           (bytes[2] & 0xC0) == 0x80;
}

/* Whether eight bytes are all plain and none is a `%`. Each test sets the high bit of a byte that fails it,
 * so that one mask tells. */
static bool are_plain(const char *bytes)
{
    const uint64_t ones = 0x0101010101010101, highs = ones << 7;
    uint64_t word, percent, delete;
    memcpy(&word, bytes, sizeof word);
    percent = word ^ ones * '%';
    delete = word ^ ones * 0x7F;
    return ((word | (word - ones * 0x20) | (percent - ones) | (delete - ones)) & highs) == 0;
}

tuoyu_status yaml_text_check(const struct source *source, tuoyu_diagnostics *diagnostics)
{
    struct text content = source->content;
    for (size_t offset = 0, length; offset < content.length; offset += length) {
        const char *bytes = content.bytes + offset;
        size_t left = content.length - offset;
        uint32_t c;
        if (is_east_asian(bytes, left))
            length = 3;
        else if (left >= 8 && are_plain(bytes))
            length = 8;
        else
            length = yaml_byte_is_plain(*bytes) && *bytes != '%' ? 1 : 0;
        if (length > 0)
            continue;
        length = utf8_decode(content, offset, &c);
        if (length == 0)
            return report(diagnostics, TUOYU_ERROR_ENCODING, location_at(source, offset, 1),
                          TEXT("save the text as UTF-8"), "not UTF-8: the byte 0x%02X does not belong here",
                          (unsigned)(unsigned char)content.bytes[offset]);
        tuoyu_status status = check_character(source, offset, length, c, diagnostics);
        if (status != TUOYU_OK)
            return status;
    }
    return TUOYU_OK;
}

/* ---- Surrogate pairs ---- */

/* The value of the escape `\uXXXX` at offset, or 0 where none stands there. */
static uint32_t escape_value(struct text content, size_t offset)
{
    assert(offset <= content.length);
    if (content.length - offset < ESCAPE_LENGTH || content.bytes[offset] != '\\' ||
        content.bytes[offset + 1] != 'u')
        return 0;
    uint32_t value = 0;
    for (size_t i = 2; i < ESCAPE_LENGTH; i++) {
        char digit = content.bytes[offset + i];
        uint32_t nibble = digit >= '0' && digit <= '9'   ? (uint32_t)(digit - '0')
                          : digit >= 'a' && digit <= 'f' ? (uint32_t)(digit - 'a') + 10
                          : digit >= 'A' && digit <= 'F' ? (uint32_t)(digit - 'A') + 10
                                                         : 16;
        if (nibble == 16)
            return 0;
        value = value << 4 | nibble;
    }
    return value;
}

/* The character that a pair of escapes at offset stands for, or 0 where none stands there. */
static uint32_t pair_value(struct text content, size_t offset)
{
    uint32_t high = escape_value(content, offset);
    if (high < 0xD800 || high > 0xDBFF || content.length - offset < PAIR_LENGTH)
        return 0;
    uint32_t low = escape_value(content, offset + ESCAPE_LENGTH);
    if (low < 0xDC00 || low > 0xDFFF)
        return 0;
    return 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
}

/* The offset of the next pair at or after offset, with its character in *value; content.length where there is
 * none. A backslash is skipped with the character after it, so that `\\ud83d` is no escape. */
static size_t find_pair(struct text content, size_t offset, uint32_t *value)
{
    while (offset < content.length) {
        if (content.bytes[offset] != '\\') {
            offset++;
            continue;
        }
        *value = pair_value(content, offset);
        if (*value)
            return offset;
        offset += 2;
    }
    return content.length;
}

/* The number of surrogate pairs that are written as two escapes, such as `\ud83d\ude00`. */
static uint32_t count_pairs(struct text content)
{
    uint32_t count = 0, value;
    for (size_t at = find_pair(content, 0, &value); at < content.length;
         at = find_pair(content, at + PAIR_LENGTH, &value))
        count++;
    return count;
}

tuoyu_status yaml_text_join_surrogates(struct yaml_text *text, struct arena *arena, bool *joined)
{
    struct text content = text->content;
    uint32_t pairs = count_pairs(content), value;
    *joined = pairs > 0;
    if (!pairs)
        return TUOYU_OK;
    char *bytes = ARENA_ARRAY(arena, char, content.length);
    uint32_t *joins = ARENA_ARRAY(arena, uint32_t, pairs);
    if (!bytes || !joins)
        return TUOYU_ERROR_NO_MEMORY;
    size_t from = 0, length = 0;
    for (uint32_t i = 0; i <= pairs; i++) {
        size_t at = find_pair(content, from, &value);
        memcpy(bytes + length, content.bytes + from, at - from);
        length += at - from;
        if (at == content.length)
            break;
        length += utf8_encode(value, bytes + length);
        joins[i] = (uint32_t)length;
        from = at + PAIR_LENGTH;
    }
    *text = (struct yaml_text){
        .source = text->source, .content = {bytes, length}, .joins = joins, .join_count = pairs};
    return TUOYU_OK;
}

/* ---- Places ---- */

void yaml_text_init(struct yaml_text *text, const struct source *source)
{
    *text = (struct yaml_text){.source = source, .content = source->content};
}

/* Whether the byte at offset continues a UTF-8 character. */
static bool continues(const struct yaml_text *text, size_t offset)
{
    return offset < text->content.length && ((unsigned char)text->content.bytes[offset] & 0xC0) == 0x80;
}

/* The byte offset of a character in the content. The search starts at the last one: marks come nearly in
 * order, so that all of them together cost one walk over the text. */
static size_t content_offset(struct yaml_text *text, size_t character)
{
    size_t offset = text->cursor_offset, at = text->cursor_character;
    for (; at < character && offset < text->content.length; at++) {
        do
            offset++;
        while (continues(text, offset));
    }
    for (; at > character && offset > 0; at--) {
        do
            offset--;
        while (continues(text, offset));
    }
    text->cursor_offset = offset;
    text->cursor_character = at;
    return offset;
}

/* The byte offset of a character in the source: the offset in the content plus what each joined pair before
 * it is shorter. */
static uint32_t source_offset(struct yaml_text *text, size_t character)
{
    size_t offset = content_offset(text, character);
    uint32_t low = 0, high = text->join_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (text->joins[middle] <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    return (uint32_t)offset + low * (PAIR_LENGTH - JOINED_LENGTH);
}

struct location yaml_text_location(struct yaml_text *text, size_t from_character, size_t to_character)
{
    uint32_t from = source_offset(text, from_character);
    uint32_t to = to_character > from_character ? source_offset(text, to_character) : from;
    return location_at(text->source, from, to - from);
}
