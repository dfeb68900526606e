/* SPDX-License-Identifier: Apache-2.0 */
/* Named texts and places in them: which line and column a byte offset is, counted in characters. */
#include "base/source.h"

#include <assert.h>
#include <string.h>

/* The offset behind the first line feed at or after an offset; 0 if there is none. */
static size_t next_line(struct text content, size_t offset)
{
    if (offset >= content.length)
        return 0;
    const char *feed = memchr(content.bytes + offset, '\n', content.length - offset);
    return feed ? (size_t)(feed - content.bytes) + 1 : 0;
}

enum { STRETCH = 1024 }; /* bytes between two counts of characters */

/* Fills source->characters. Returns false if memory is refused. */
static bool count_characters(struct source *source, struct arena *arena)
{
    size_t stretches = source->content.length / STRETCH + 1;
    source->characters = ARENA_ARRAY(arena, uint32_t, stretches);
    for (size_t i = 1; source->characters && i < stretches; i++)
        source->characters[i] =
            source->characters[i - 1] +
            (uint32_t)utf8_count(text_slice(source->content, (i - 1) * STRETCH, i * STRETCH));
    return source->characters != NULL;
}

/* How many characters begin before a byte offset of the content. */
static uint32_t characters_before(const struct source *source, uint32_t offset)
{
    assert(offset <= source->content.length);
    uint32_t stretch = offset / STRETCH;
    return source->characters[stretch] +
           (uint32_t)utf8_count(text_slice(source->content, stretch * STRETCH, offset));
}

bool source_init(struct source *source, struct arena *arena, struct text name, struct text content)
{
    uint32_t lines = 1;
    for (size_t next = next_line(content, 0); next; next = next_line(content, next))
        lines++;
    uint32_t *starts = ARENA_ARRAY(arena, uint32_t, lines);
    if (!starts)
        return false;
    for (uint32_t line = 0; line < lines; line++)
        starts[line] = line ? (uint32_t)next_line(content, starts[line - 1]) : 0;
    *source = (struct source){.name = name, .content = content, .line_starts = starts, .line_count = lines};
    return count_characters(source, arena);
}

/* The index, from 0, of the line that a byte offset is in. */
static uint32_t find_line(const struct source *source, uint32_t offset)
{
    assert(source->line_count > 0 && source->line_starts[0] == 0);
    uint32_t low = 0, high = source->line_count;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (source->line_starts[middle] <= offset)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* The byte offset at which a line's text ends: before its line feed or its first carriage return. */
static uint32_t line_end(const struct source *source, uint32_t line)
{
    assert(line < source->line_count);
    uint32_t start = source->line_starts[line];
    bool is_last = line + 1 == source->line_count;
    uint32_t end = is_last ? (uint32_t)source->content.length : source->line_starts[line + 1] - 1;
    const char *carriage_return =
        end > start ? memchr(source->content.bytes + start, '\r', end - start) : NULL;
    return carriage_return ? (uint32_t)(carriage_return - source->content.bytes) : end;
}

uint32_t source_line(struct location location)
{
    return location.source ? find_line(location.source, location.offset) + 1 : 0;
}

struct position source_position(struct location location)
{
    const struct source *source = location.source;
    if (!source)
        return (struct position){.excerpt = TEXT("")};
    struct text content = source->content;
    uint32_t offset = location.offset < content.length ? location.offset : (uint32_t)content.length;
    uint32_t line = find_line(source, offset);
    uint32_t start = source->line_starts[line], end = line_end(source, line);
    if (offset > end)
        offset = end;
    uint32_t stop = location.length < end - offset ? offset + location.length : end;
    uint32_t before = characters_before(source, offset), span = characters_before(source, stop) - before;
    return (struct position){
        .line = line + 1,
        .column = before - characters_before(source, start) + 1,
        .span = span ? span : 1,
        .excerpt = text_slice(content, start, end),
    };
}
