/* SPDX-License-Identifier: Apache-2.0 */
/* Texts: a slice that owns nothing, UTF-8, and a buffer that grows. */
#ifndef TUOYU_BASE_TEXT_H
#define TUOYU_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"

/* A slice of UTF-8; not ended by NUL unless it says so where it is made. */
struct text {
    const char *bytes;
    size_t length;
};

#define TEXT(literal) ((struct text){.bytes = (literal), .length = sizeof(literal) - 1})
/* For printf-like calls: "%.*s", TEXT_ARGUMENTS(text). */
#define TEXT_ARGUMENTS(text) (int)(text).length, (text).bytes

/* length may be TUOYU_NUL_TERMINATED; bytes NULL gives the empty text. */
struct text text_of(const char *bytes, size_t length);
static inline bool text_equals(struct text left, struct text right)
{
    return left.length == right.length &&
           (left.length == 0 || memcmp(left.bytes, right.bytes, left.length) == 0);
}
/* As text_equals, for a word that ends with NUL. Most words that a text is compared with differ at once. */
static inline bool text_is(struct text text, const char *word)
{
    for (size_t i = 0; i < text.length; i++)
        if (text.bytes[i] != word[i] || word[i] == '\0')
            return false;
    return word[text.length] == '\0';
}
/* By bytes, which for UTF-8 is by code points. */
int text_compare(struct text left, struct text right);
bool text_starts_with(struct text text, struct text prefix);
struct text text_slice(struct text text, size_t from, size_t to);
struct text text_trim(struct text text);
/* A copy in the arena, ended by NUL; bytes is NULL when memory is refused. */
struct text text_copy(struct arena *arena, struct text text);
/* The parts one after the other, in the arena, ended by NUL; bytes is NULL when memory is refused. What names
 * are made of: a format costs ten times as much. */
struct text text_join(struct arena *arena, const struct text *parts, size_t count);
#define TEXT_JOIN(arena, ...)                              \
    text_join((arena), (const struct text[]){__VA_ARGS__}, \
              sizeof((const struct text[]){__VA_ARGS__}) / sizeof(struct text))
/* Formats into the arena, ended by NUL; bytes is NULL when memory is refused. */
struct text text_format(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* ---- UTF-8 ---- */

/* Reads one code point and its length in bytes (1 to 4); 0 bytes if it is ill-formed (overlong, surrogate,
 * cut off). */
size_t utf8_decode(struct text text, size_t offset, uint32_t *code_point);
/* Writes 1 to 4 bytes; returns how many, 0 for no code point. */
size_t utf8_encode(uint32_t code_point, char bytes[4]);
/* The offset of the first ill-formed byte, or text.length when all is well. */
size_t utf8_validate(struct text text);
size_t utf8_count(struct text text);
/* The byte offset of the code point at index, or text.length when there are fewer. */
size_t utf8_offset(struct text text, size_t index);

/* ---- A growing buffer ---- */

/* In an arena or, where arena is NULL, by the allocator. Sticky failure: write on, ask at the end. */
struct text_builder {
    struct arena *arena;
    tuoyu_allocator allocator;
    char *bytes; /* always ended by NUL once something was written */
    size_t length, capacity;
    bool failed;
};

void text_builder_init_arena(struct text_builder *builder, struct arena *arena);
void text_builder_init(struct text_builder *builder, const tuoyu_allocator *allocator);
/* Only for a builder without arena. */
void text_builder_free(struct text_builder *builder);
void text_append(struct text_builder *builder, struct text text);
void text_append_literal(struct text_builder *builder, const char *text);
void text_append_byte(struct text_builder *builder, char byte);
void text_append_code_point(struct text_builder *builder, uint32_t code_point);
void text_append_repeated(struct text_builder *builder, char byte, size_t count);
void text_append_format(struct text_builder *builder, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* As a JSON string with its quotes; everything beyond ASCII stays UTF-8. */
void text_append_json(struct text_builder *builder, struct text text);
struct text text_builder_text(const struct text_builder *builder);

/* Edits (insertion, deletion, replacement, swap of neighbours) between two names, up to limit + 1; for
 * did-you-mean. */
size_t text_distance(struct text left, struct text right, size_t limit);
/* The candidate nearest to name, near enough to be offered (distance at most a third of its length, at least
 * 1), or an empty text. Feed candidates one by one; start with *best empty and *best_distance SIZE_MAX. */
void text_nearest(struct text name, struct text candidate, struct text *best, size_t *best_distance);

#endif
