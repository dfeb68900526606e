/* SPDX-License-Identifier: Apache-2.0 */
/* The text that libyaml reads, and the way back from its marks, which count characters, to bytes of the
 * source. */
#ifndef TUOYU_PACK_YAML_TEXT_H
#define TUOYU_PACK_YAML_TEXT_H

#include "base/diagnostics.h"

struct yaml_text {
    const struct source *source;
    struct text content; /* surrogate pairs joined, if asked */
    uint32_t *joins;     /* offsets in content behind each character that stands for a pair of escapes */
    uint32_t join_count;
    size_t cursor_character, cursor_offset; /* the same place in content; where the last mark was */
};

/* A character that no text of a pack may hold, raw or as an escape: controls other than tab and line ends,
 * and those that turn the direction of writing, which make a line read other than it is. */
bool yaml_character_is_refused(uint32_t code_point);
/* A character of one byte that is not refused: most are. */
static inline bool yaml_byte_is_plain(char byte)
{
    return (byte >= 0x20 && byte < 0x7F) || byte == '\n';
}

/* Without the byte order mark that some editors put first. */
struct text yaml_text_without_mark(struct text content);

/* What libyaml need not see: ill-formed UTF-8, refused characters, lone carriage returns, `%` directives.
 * TUOYU_OK, TUOYU_ERROR_ENCODING or TUOYU_ERROR_PACK, reported. */
tuoyu_status yaml_text_check(const struct source *source, tuoyu_diagnostics *diagnostics);

void yaml_text_init(struct yaml_text *text, const struct source *source);
/* JSON writes characters beyond U+FFFF as two escapes (`\ud83d\ude00`), which YAML does not know: puts the
 * characters in their place. *joined: whether there were any. TUOYU_OK or TUOYU_ERROR_NO_MEMORY. */
tuoyu_status yaml_text_join_surrogates(struct yaml_text *text, struct arena *arena, bool *joined);

/* The place in the source between two marks. */
struct location yaml_text_location(struct yaml_text *text, size_t from_character, size_t to_character);

#endif
