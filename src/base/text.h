/* SPDX-License-Identifier: Apache-2.0 */
/* Texts: slices of UTF-8 that own nothing, decoding, and a buffer that grows. */
#ifndef TUOYU_BASE_TEXT_H
#define TUOYU_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"

/* A slice of UTF-8 that owns nothing. It ends with NUL only where the function that makes it says so. */
struct text {
    const char *bytes;
    size_t length;
};

#define TEXT(literal) ((struct text){.bytes = (literal), .length = sizeof(literal) - 1})
/* For printf-like calls: "%.*s", TEXT_ARGUMENTS(text). */
#define TEXT_ARGUMENTS(text) (int)(text).length, (text).bytes

/* The text at bytes, which is not copied. length may be TUOYU_NUL_TERMINATED; bytes NULL gives the empty
 * text. */
struct text text_of(const char *bytes, size_t length);
/* True if both have the same bytes. Empty texts are equal, whatever their bytes point to. */
static inline bool text_equals(struct text left, struct text right)
{
    return left.length == right.length &&
           (left.length == 0 || memcmp(left.bytes, right.bytes, left.length) == 0);
}

/* As text_equals(), for a word that ends with NUL. Most texts differ from the word within a few bytes, so the
 * word's length is not measured first. Returns true if both are the same. */
static inline bool text_is(struct text text, const char *word)
{
    for (size_t i = 0; i < text.length; i++)
        if (text.bytes[i] != word[i] || word[i] == '\0')
            return false;
    return word[text.length] == '\0';
}
/* Returns a negative number, 0 or a positive number as left stands before right, equal or after, by bytes. In
 * UTF-8 that is the order by code points. */
int text_compare(struct text left, struct text right);
/* True if the text begins with the bytes of the prefix; every text begins with the empty one. */
bool text_starts_with(struct text text, struct text prefix);
/* The bytes from `from` up to `to`, which must lie within the text and in this order. */
struct text text_slice(struct text text, size_t from, size_t to);
/* The text without spaces, tabs and line ends around it. */
struct text text_trim(struct text text);
/* A copy in the arena, ended by NUL; bytes is NULL when memory is refused. */
struct text text_copy(struct arena *arena, struct text text);
/* The parts one after the other, in the arena, ended by NUL; bytes is NULL if memory is refused. Names are
 * built by it, because formatting takes ten times as long. */
struct text text_join(struct arena *arena, const struct text *parts, size_t count);
#define TEXT_JOIN(arena, ...)                              \
    text_join((arena), (const struct text[]){__VA_ARGS__}, \
              sizeof((const struct text[]){__VA_ARGS__}) / sizeof(struct text))
/* Formats into the arena, ended by NUL; bytes is NULL when memory is refused. */
struct text text_format(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* ---- UTF-8 ---- */

/* Reads the code point at an offset and returns its length in bytes, 1 to 4. Returns 0, and leaves
 * *code_point, at the end of the text or if the bytes are ill-formed (overlong, a surrogate, cut off). */
size_t utf8_decode(struct text text, size_t offset, uint32_t *code_point);
/* Writes the 1 to 4 bytes of a code point and returns how many; 0 for a surrogate or a number that is no code
 * point. */
size_t utf8_encode(uint32_t code_point, char bytes[4]);
/* Returns the offset of the first ill-formed sequence, or text.length if the text is well-formed. */
size_t utf8_validate(struct text text);
/* The number of bytes that begin a character, which for well-formed text is the number of code points. */
size_t utf8_count(struct text text);
/* The byte offset of the code point with this index, from 0; text.length if there are fewer. */
size_t utf8_offset(struct text text, size_t index);

/* ---- A growing buffer ---- */

/* A text that is being written, in an arena or, if arena is NULL, in memory of the allocator. If memory is
 * refused, failed is set and further appends do nothing, so that one question at the end suffices. */
struct text_builder {
    struct arena *arena;
    tuoyu_allocator allocator;
    char *bytes; /* NULL until something is appended; then always ended by NUL */
    size_t length, capacity;
    bool failed;
};

/* Makes an empty builder whose text will stand in the arena. */
void text_builder_init_arena(struct text_builder *builder, struct arena *arena);
/* Makes an empty builder with memory of the allocator; NULL stands for the default one. Free it with
 * text_builder_free(). */
void text_builder_init(struct text_builder *builder, const tuoyu_allocator *allocator);
/* For a text in a buffer that does not grow: what does not fit as a whole counts as memory refused. size is
 * at least 1. */
void text_builder_init_fixed(struct text_builder *builder, char *buffer, size_t size);
/* Frees the text of a builder without arena and makes the builder empty; a builder in an arena only becomes
 * empty. */
void text_builder_free(struct text_builder *builder);
/* Appends the bytes of a text. If memory is refused, it and the functions below set builder->failed and
 * append nothing. */
void text_append(struct text_builder *builder, struct text text);
/* Appends a text that ends with NUL. */
void text_append_literal(struct text_builder *builder, const char *text);
/* Appends one byte. */
void text_append_byte(struct text_builder *builder, char byte);
/* Appends a code point in UTF-8; nothing for a surrogate or a number that is no code point. */
void text_append_code_point(struct text_builder *builder, uint32_t code_point);
/* Appends the byte `count` times. */
void text_append_repeated(struct text_builder *builder, char byte, size_t count);
/* Appends what printf would write. */
void text_append_format(struct text_builder *builder, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Appends the text as a JSON string with its quotes; everything beyond ASCII stays UTF-8. */
void text_append_json(struct text_builder *builder, struct text text);
/* What was written so far, not copied; the empty text if nothing was or memory was refused. */
struct text text_builder_text(const struct text_builder *builder);

/* The number of edits (insertion, deletion, replacement, swap of neighbours) that make one name of the other,
 * or limit + 1 if it is more than limit. */
size_t text_distance(struct text left, struct text right, size_t limit);
/* Puts candidate into *best if it is nearer to name than the best so far and near enough to be offered: a
 * distance of at most a third of the name's characters, at least 1. Call it for one candidate after another;
 * begin with *best empty and *best_distance SIZE_MAX. */
void text_nearest(struct text name, struct text candidate, struct text *best, size_t *best_distance);

#endif
