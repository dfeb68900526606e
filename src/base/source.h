/* SPDX-License-Identifier: Apache-2.0 */
/* Where something stands: a named text and a place in it. */
#ifndef TUOYU_BASE_SOURCE_H
#define TUOYU_BASE_SOURCE_H

#include "base/text.h"

/* A text that was given to the library, with the offsets of its lines. Lives as long as its arena. */
struct source {
    struct text name; /* such as a file name; shown in diagnostics */
    struct text content;
    uint32_t *line_starts; /* byte offset of each line */
    uint32_t line_count;
    uint32_t *characters; /* how many there are before each stretch of bytes, so that long lines cost no more
                             than short ones */
};

/* A place: bytes [offset, offset + length) of a source. source NULL: no place is known. */
struct location {
    const struct source *source;
    uint32_t offset;
    uint32_t length;
};

/* What a person is told; line and column from 1, column and span in code points. */
struct position {
    uint32_t line, column, span;
    struct text excerpt; /* the line without its end */
};

/* Keeps name and content by reference. false when memory is refused. */
bool source_init(struct source *source, struct arena *arena, struct text name, struct text content);
struct position source_position(struct location location);
/* Its line alone, from 1, without the work for the rest; 0 where no place is known. */
uint32_t source_line(struct location location);

#endif
