/* SPDX-License-Identifier: Apache-2.0 */
/* What a text from outside may hold, and how it is shown to a person. A value, an id and the name of a region
 * or a column stand in one line of what is printed, so they may not hold what begins another line, moves the
 * cursor of a terminal or turns the direction of reading; and the white space that people type around a text
 * is no part of it. */
#ifndef TUOYU_BASE_PLAIN_TEXT_H
#define TUOYU_BASE_PLAIN_TEXT_H

#include "base/text.h"

/* Unicode's White_Space, U+3000 among it, and the byte order mark, which once was a space without width. */
bool character_is_space(uint32_t code_point);
struct text text_cut_outer_space(struct text text);
static inline bool byte_is_visible(char byte)
{
    return byte > ' ' && byte < 0x7F;
}
static inline bool byte_continues(char byte)
{
    return ((unsigned char)byte & 0xC0) == 0x80;
}
/* A character between U+4000 and U+9FFF, which is most of what people write in Chinese. */
static inline bool bytes_are_ideograph(const char *bytes)
{
    return (unsigned char)bytes[0] >= 0xE4 && (unsigned char)bytes[0] <= 0xE9 && byte_continues(bytes[1]) &&
           byte_continues(bytes[2]);
}
/* The text without the white space at its ends. What is ill-formed is no space. Most texts begin and end with
 * what is no space at a glance. */
static inline struct text text_without_outer_space(struct text text)
{
    enum { IDEOGRAPH = 3 };
    if (text.length == 0)
        return text;
    const char *end = text.bytes + text.length;
    bool has_room = text.length >= IDEOGRAPH;
    bool is_begun = byte_is_visible(text.bytes[0]) || (has_room && bytes_are_ideograph(text.bytes));
    bool is_ended = byte_is_visible(end[-1]) || (has_room && bytes_are_ideograph(end - IDEOGRAPH));
    return is_begun && is_ended ? text : text_cut_outer_space(text);
}

/* LRM, RLM, ALM, and the marks that embed, override or isolate a direction: they make a line read other than
 * it is. */
bool character_turns_direction(uint32_t code_point);
/* C0 (tab, line feed and carriage return too), DEL, C1, the separators of lines and paragraphs, the byte
 * order mark, U+FFFE, U+FFFF, and what turns the direction. */
bool character_is_control(uint32_t code_point);
/* The offset of the first control, which *code_point then is; text.length where there is none. What is
 * ill-formed is none. */
size_t text_find_control(struct text text, uint32_t *code_point);

/* Whether the text is UTF-8 without controls: what an id, a region or a value may be. */
bool text_is_plain(struct text text);

/* Appends the text as it may stand in one line: controls as `\u{202E}`, bytes that are no UTF-8 as `\x{FF}`.
 */
void text_append_escaped(struct text_builder *builder, struct text text);

#endif
