/* SPDX-License-Identifier: Apache-2.0 */
/* Slices of UTF-8, the buffer that texts are written into, and the search for the name that was meant instead
 * of a misspelt one. */
#include "base/text.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct text text_of(const char *bytes, size_t length)
{
    if (!bytes)
        return TEXT("");
    return (struct text){.bytes = bytes, .length = length == TUOYU_NUL_TERMINATED ? strlen(bytes) : length};
}

int text_compare(struct text left, struct text right)
{
    size_t shared = left.length < right.length ? left.length : right.length;
    int order = shared ? memcmp(left.bytes, right.bytes, shared) : 0;
    return order ? order : (left.length > right.length) - (left.length < right.length);
}

bool text_starts_with(struct text text, struct text prefix)
{
    return text.length >= prefix.length && text_equals(text_slice(text, 0, prefix.length), prefix);
}

struct text text_slice(struct text text, size_t from, size_t to)
{
    assert(from <= to && to <= text.length);
    return (struct text){.bytes = text.bytes + from, .length = to - from};
}

/* Whether text_trim() cuts the byte off: space, tab, line feed or carriage return. */
static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

struct text text_trim(struct text text)
{
    while (text.length && is_blank(text.bytes[0]))
        text = text_slice(text, 1, text.length);
    while (text.length && is_blank(text.bytes[text.length - 1]))
        text.length--;
    return text;
}

struct text text_copy(struct arena *arena, struct text text)
{
    char *bytes = arena_allocate_bytes(arena, text.length + 1);
    if (!bytes)
        return (struct text){.bytes = NULL, .length = 0};
    if (text.length)
        memcpy(bytes, text.bytes, text.length);
    bytes[text.length] = '\0';
    return (struct text){.bytes = bytes, .length = text.length};
}

struct text text_join(struct arena *arena, const struct text *parts, size_t count)
{
    size_t length = 0;
    for (size_t i = 0; i < count; i++)
        length += parts[i].length;
    char *bytes = arena_allocate_bytes(arena, length + 1), *at = bytes;
    if (!bytes)
        return (struct text){.bytes = NULL, .length = 0};
    for (size_t i = 0; i < count; i++) {
        if (parts[i].length)
            memcpy(at, parts[i].bytes, parts[i].length);
        at += parts[i].length;
    }
    *at = '\0';
    return (struct text){.bytes = bytes, .length = length};
}

/* Formats into the arena, ended by NUL; bytes is NULL if the format or memory is refused. */
static __attribute__((format(printf, 2, 0))) struct text format_in_arena(struct arena *arena,
                                                                         const char *format,
                                                                         va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    char *bytes = length < 0 ? NULL : arena_allocate_bytes(arena, (size_t)length + 1);
    if (!bytes)
        return (struct text){.bytes = NULL, .length = 0};
    vsnprintf(bytes, (size_t)length + 1, format, arguments);
    return (struct text){.bytes = bytes, .length = (size_t)length};
}

struct text text_format(struct arena *arena, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    struct text result = format_in_arena(arena, format, arguments);
    va_end(arguments);
    return result;
}

/* ---- UTF-8 ---- */

/* Whether the byte is one of the later bytes of a UTF-8 sequence. */
static bool is_continuation(unsigned char byte)
{
    return (byte & 0xC0) == 0x80;
}

size_t utf8_decode(struct text text, size_t offset, uint32_t *code_point)
{
    if (offset >= text.length)
        return 0;
    const unsigned char *b = (const unsigned char *)text.bytes + offset;
    size_t left = text.length - offset;
    if (b[0] < 0x80) {
        *code_point = b[0];
        return 1;
    }
    if (b[0] >= 0xC2 && b[0] <= 0xDF && left >= 2 && is_continuation(b[1])) {
        *code_point = (uint32_t)(b[0] & 0x1F) << 6 | (b[1] & 0x3F);
        return 2;
    }
    if ((b[0] & 0xF0) == 0xE0 && left >= 3 && is_continuation(b[1]) && is_continuation(b[2])) {
        uint32_t c = (uint32_t)(b[0] & 0x0F) << 12 | (uint32_t)(b[1] & 0x3F) << 6 | (b[2] & 0x3F);
        if (c < 0x800 || (c >= 0xD800 && c <= 0xDFFF))
            return 0;
        *code_point = c;
        return 3;
    }
    if (b[0] >= 0xF0 && b[0] <= 0xF4 && left >= 4 && is_continuation(b[1]) && is_continuation(b[2]) &&
        is_continuation(b[3])) {
        uint32_t c = (uint32_t)(b[0] & 0x07) << 18 | (uint32_t)(b[1] & 0x3F) << 12 |
                     (uint32_t)(b[2] & 0x3F) << 6 | (b[3] & 0x3F);
        if (c < 0x10000 || c > 0x10FFFF)
            return 0;
        *code_point = c;
        return 4;
    }
    return 0;
}

size_t utf8_encode(uint32_t c, char bytes[4])
{
    if (c < 0x80) {
        bytes[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        bytes[0] = (char)(0xC0 | c >> 6);
        bytes[1] = (char)(0x80 | (c & 0x3F));
        return 2;
    }
    if (c >= 0xD800 && c <= 0xDFFF)
        return 0;
    if (c < 0x10000) {
        bytes[0] = (char)(0xE0 | c >> 12);
        bytes[1] = (char)(0x80 | (c >> 6 & 0x3F));
        bytes[2] = (char)(0x80 | (c & 0x3F));
        return 3;
    }
    if (c > 0x10FFFF)
        return 0;
    bytes[0] = (char)(0xF0 | c >> 18);
    bytes[1] = (char)(0x80 | (c >> 12 & 0x3F));
    bytes[2] = (char)(0x80 | (c >> 6 & 0x3F));
    bytes[3] = (char)(0x80 | (c & 0x3F));
    return 4;
}

size_t utf8_validate(struct text text)
{
    size_t offset = 0;
    uint32_t code_point;
    while (offset < text.length) {
        size_t length = utf8_decode(text, offset, &code_point);
        if (length == 0)
            return offset;
        offset += length;
    }
    return text.length;
}

size_t utf8_count(struct text text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.length; i++)
        count += !is_continuation((unsigned char)text.bytes[i]);
    return count;
}

size_t utf8_offset(struct text text, size_t index)
{
    for (size_t i = 0; i < text.length; i++)
        if (!is_continuation((unsigned char)text.bytes[i]) && index-- == 0)
            return i;
    return text.length;
}

/* ---- Builder ---- */

void text_builder_init_arena(struct text_builder *builder, struct arena *arena)
{
    *builder = (struct text_builder){.arena = arena};
}

void text_builder_init(struct text_builder *builder, const tuoyu_allocator *allocator)
{
    *builder = (struct text_builder){.allocator = allocator_or_default(allocator)};
}

/* The reallocation of a buffer that does not grow. */
static void *refuse(void *context, void *pointer, size_t old_size, size_t new_size)
{
    (void)context, (void)pointer, (void)old_size, (void)new_size;
    return NULL;
}

void text_builder_init_fixed(struct text_builder *builder, char *buffer, size_t size)
{
    buffer[0] = '\0';
    *builder = (struct text_builder){.allocator = {.reallocate = refuse}, .bytes = buffer, .capacity = size};
}

void text_builder_free(struct text_builder *builder)
{
    if (!builder->arena && builder->bytes)
        allocator_free(&builder->allocator, builder->bytes, builder->capacity);
    *builder = (struct text_builder){.arena = builder->arena, .allocator = builder->allocator};
}

/* Makes room for extra bytes and a final NUL. Returns false, with builder->failed set, if memory is refused
 * now or was before. */
static bool reserve(struct text_builder *builder, size_t extra)
{
    if (builder->failed)
        return false;
    size_t wanted;
    if (__builtin_add_overflow(builder->length + 1, extra, &wanted)) {
        builder->failed = true;
        return false;
    }
    if (wanted <= builder->capacity)
        return true;
    size_t capacity = builder->capacity ? builder->capacity * 2 : 64;
    if (capacity < wanted)
        capacity = wanted;
    char *bytes;
    if (builder->arena) {
        bytes = arena_allocate(builder->arena, capacity);
        if (bytes && builder->length)
            memcpy(bytes, builder->bytes, builder->length);
    } else {
        bytes = builder->allocator.reallocate(builder->allocator.context, builder->bytes, builder->capacity,
                                              capacity);
    }
    if (!bytes) {
        builder->failed = true;
        return false;
    }
    builder->bytes = bytes;
    builder->capacity = capacity;
    return true;
}

void text_append(struct text_builder *builder, struct text text)
{
    if (!reserve(builder, text.length))
        return;
    if (text.length)
        memcpy(builder->bytes + builder->length, text.bytes, text.length);
    builder->length += text.length;
    builder->bytes[builder->length] = '\0';
}

void text_append_literal(struct text_builder *builder, const char *text)
{
    text_append(builder, text_of(text, TUOYU_NUL_TERMINATED));
}

void text_append_byte(struct text_builder *builder, char byte)
{
    text_append(builder, (struct text){.bytes = &byte, .length = 1});
}

void text_append_code_point(struct text_builder *builder, uint32_t code_point)
{
    char bytes[4];
    size_t length = utf8_encode(code_point, bytes);
    text_append(builder, (struct text){.bytes = bytes, .length = length});
}

void text_append_repeated(struct text_builder *builder, char byte, size_t count)
{
    if (!reserve(builder, count))
        return;
    memset(builder->bytes + builder->length, byte, count);
    builder->length += count;
    builder->bytes[builder->length] = '\0';
}

void text_append_format(struct text_builder *builder, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length < 0 || !reserve(builder, (size_t)length)) {
        builder->failed = true;
        return;
    }
    va_start(arguments, format);
    vsnprintf(builder->bytes + builder->length, (size_t)length + 1, format, arguments);
    va_end(arguments);
    builder->length += (size_t)length;
}

/* Appends one byte as the escape sequence that JSON wants for it. */
static void append_json_byte(struct text_builder *builder, unsigned char byte)
{
    switch (byte) {
    case '"': text_append_literal(builder, "\\\""); return;
    case '\\': text_append_literal(builder, "\\\\"); return;
    case '\n': text_append_literal(builder, "\\n"); return;
    case '\r': text_append_literal(builder, "\\r"); return;
    case '\t': text_append_literal(builder, "\\t"); return;
    default: text_append_format(builder, "\\u%04x", byte); return;
    }
}

void text_append_json(struct text_builder *builder, struct text text)
{
    text_append_byte(builder, '"');
    size_t start = 0;
    for (size_t i = 0; i < text.length; i++) {
        unsigned char byte = (unsigned char)text.bytes[i];
        if (byte >= 0x20 && byte != '"' && byte != '\\' && byte != 0x7F)
            continue;
        text_append(builder, text_slice(text, start, i));
        append_json_byte(builder, byte);
        start = i + 1;
    }
    text_append(builder, text_slice(text, start, text.length));
    text_append_byte(builder, '"');
}

struct text text_builder_text(const struct text_builder *builder)
{
    if (builder->failed || !builder->bytes)
        return TEXT("");
    return (struct text){.bytes = builder->bytes, .length = builder->length};
}

/* ---- Did you mean ---- */

/* The number of characters of a name that are compared; the others are ignored. */
enum { LONGEST_COMPARED = 64 };

/* The least of the three. */
static size_t smallest(size_t a, size_t b, size_t c)
{
    size_t least = a < b ? a : b;
    return least < c ? least : c;
}

/* Decodes the first characters, up to LONGEST_COMPARED or an ill-formed one. Returns how many. */
static size_t decode_all(struct text text, uint32_t points[LONGEST_COMPARED])
{
    size_t count = 0, offset = 0;
    while (offset < text.length && count < LONGEST_COMPARED) {
        size_t length = utf8_decode(text, offset, &points[count]);
        if (length == 0)
            break;
        offset += length;
        count++;
    }
    return count;
}

/* The optimal string alignment distance, over three rows of its matrix. A cell further than limit off the
 * diagonal is beyond the limit, so only the band around the diagonal is computed. */
size_t text_distance(struct text left, struct text right, size_t limit)
{
    uint32_t a[LONGEST_COMPARED], b[LONGEST_COMPARED];
    size_t rows[3][LONGEST_COMPARED + 1];
    size_t n = decode_all(left, a), m = decode_all(right, b);
    if ((n > m ? n - m : m - n) > limit)
        return limit + 1;
    size_t *before = rows[0], *previous = rows[1], *current = rows[2];
    for (size_t j = 0; j <= m; j++)
        previous[j] = before[j] = j;
    for (size_t i = 1; i <= n; i++) {
        size_t low = i > limit ? i - limit : 1, high = m - (i < m ? i : m) > limit ? i + limit : m,
               best = limit + 1;
        current[low - 1] = low == 1 ? i : limit + 1;
        for (size_t j = low; j <= high; j++) {
            current[j] =
                smallest(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + (a[i - 1] != b[j - 1]));
            bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (swapped && before[j - 2] + 1 < current[j])
                current[j] = before[j - 2] + 1;
            if (current[j] < best)
                best = current[j];
        }
        if (high < m)
            current[high + 1] = limit + 1;
        if (best > limit && current[low - 1] > limit)
            return limit + 1;
        size_t *freed = before;
        before = previous;
        previous = current;
        current = freed;
    }
    return previous[m] > limit ? limit + 1 : previous[m];
}

/* How many edits a candidate may be away from a name to be offered for it: one for three characters, from 1
 * to 4. */
static size_t edits_allowed(struct text name)
{
    enum { MOST_EDITS = 4, LETTERS_AN_EDIT = 3 };
    if (name.length >= 4 * LETTERS_AN_EDIT * MOST_EDITS)
        return MOST_EDITS; /* enough for MOST_EDITS even if each character has four bytes */
    size_t allowed = utf8_count(name) / LETTERS_AN_EDIT;
    return allowed < 1 ? 1 : allowed > MOST_EDITS ? MOST_EDITS : allowed;
}

/* Cuts off what both texts begin with and what both end with, in whole characters. It changes no distance,
 * and most candidates share something with the name. */
static void cut_common(struct text *left, struct text *right)
{
    size_t shorter = left->length < right->length ? left->length : right->length, first = 0, last = 0;
    while (first < shorter && left->bytes[first] == right->bytes[first])
        first++;
    while (first > 0 && first < shorter && is_continuation((unsigned char)left->bytes[first]))
        first--;
    while (first > 0 && first < shorter && is_continuation((unsigned char)right->bytes[first]))
        first--;
    while (last < shorter - first &&
           left->bytes[left->length - 1 - last] == right->bytes[right->length - 1 - last])
        last++;
    while (last > 0 && is_continuation((unsigned char)left->bytes[left->length - last]))
        last--;
    *left = text_slice(*left, first, left->length - last);
    *right = text_slice(*right, first, right->length - last);
}

void text_nearest(struct text name, struct text candidate, struct text *best, size_t *best_distance)
{
    enum { BYTES_OF_A_CHARACTER = 4 };
    size_t allowed = edits_allowed(name),
           longer = name.length > candidate.length ? name.length : candidate.length;
    if (longer - (name.length + candidate.length - longer) > allowed * BYTES_OF_A_CHARACTER)
        return;
    struct text left = name, right = candidate;
    cut_common(&left, &right);
    size_t distance = text_distance(left, right, allowed);
    if (distance > allowed || distance >= *best_distance)
        return;
    *best_distance = distance;
    *best = candidate;
}
