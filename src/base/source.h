/* SPDX-License-Identifier: Apache-2.0 */
/* Texts that were given to the library, and places in them, as findings show them. */
#ifndef TUOYU_BASE_SOURCE_H
#define TUOYU_BASE_SOURCE_H

#include "base/text.h"

/* A text that was given to the library, with the offsets of its lines. It lives as long as its arena. */
struct source {
    struct text name; /* a file name or the like, shown in findings */
    struct text content;
    uint32_t *line_starts; /* byte offset of each line */
    uint32_t line_count;
    uint32_t *characters; /* number of characters before each 1024th byte, so that long lines cost no more
                             than short ones */
};

/* A place: the bytes from offset to offset + length of a source. source is NULL if no place is known. */
struct location {
    const struct source *source;
    uint32_t offset;
    uint32_t length;
};

/* A place as a person is told it: line and column from 1, column and span in code points. */
struct position {
    uint32_t line, column, span;
    struct text excerpt; /* the text of the line, without its end */
};

/* Prepares a source for a text; name and content are not copied. Returns false if memory is refused. */
bool source_init(struct source *source, struct arena *arena, struct text name, struct text content);
/* The position of a place; all zeros with an empty excerpt if no place is known. The span is at least 1 and
 * ends with the line. */
struct position source_position(struct location location);
/* The line of a place, from 1, found faster than by source_position(); 0 if no place is known. */
uint32_t source_line(struct location location);

#endif
