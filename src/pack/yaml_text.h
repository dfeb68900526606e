/* SPDX-License-Identifier: Apache-2.0 */
/* The text that libyaml reads, and the way back from libyaml's marks, which count characters, to byte offsets
 * of the source. */
#ifndef TUOYU_PACK_YAML_TEXT_H
#define TUOYU_PACK_YAML_TEXT_H

#include "base/diagnostics.h"

/* The source and the text made of it for libyaml. */
struct yaml_text {
    const struct source *source;
    struct text content; /* the source's text, or a copy with surrogate pairs joined */
    uint32_t
        *joins; /* ascending offsets in content, each behind a character that replaced a pair of escapes */
    uint32_t join_count;
    size_t cursor_character, cursor_offset; /* the last mark that was looked up: the same position counted in
                                               characters and in bytes of content */
};

/* Whether no text of a pack may hold this character, raw or as an escape: controls other than tab and line
 * ends, and characters that turn the direction of writing, which make a line read other than it is. */
bool yaml_character_is_refused(uint32_t code_point);
/* Whether a byte is a character by itself that is not refused. Most bytes are. */
static inline bool yaml_byte_is_plain(char byte)
{
    return (byte >= 0x20 && byte < 0x7F) || byte == '\n';
}

/* The content without the byte order mark that some editors put first. */
struct text yaml_text_without_mark(struct text content);

/* Refuses what libyaml need not see: ill-formed UTF-8, refused characters, lone carriage returns, `%`
 * directives. Returns TUOYU_OK, TUOYU_ERROR_ENCODING or TUOYU_ERROR_PACK, reported. */
tuoyu_status yaml_text_check(const struct source *source, tuoyu_diagnostics *diagnostics);

/* Begins with the content of the source as it is; the source must outlive the text. */
void yaml_text_init(struct yaml_text *text, const struct source *source);
/* Replaces each pair of escapes by its character. JSON writes characters beyond U+FFFF as two escapes
 * (`\ud83d\ude00`), which YAML does not know. Sets *joined to whether there were any. Returns TUOYU_OK or
 * TUOYU_ERROR_NO_MEMORY. */
tuoyu_status yaml_text_join_surrogates(struct yaml_text *text, struct arena *arena, bool *joined);

/* The location in the source between two marks of libyaml, given in characters. */
struct location yaml_text_location(struct yaml_text *text, size_t from_character, size_t to_character);

#endif
