/* SPDX-License-Identifier: Apache-2.0 */
/* Texts from outside: what they may hold, and how they are shown to a person. A value, an id and the name of
 * a region or a column are printed within one line, so they may not hold anything that begins another line,
 * moves the cursor of a terminal or turns the direction of reading. White space that people type around a
 * text is not part of it. */
#ifndef TUOYU_BASE_PLAIN_TEXT_H
#define TUOYU_BASE_PLAIN_TEXT_H

#include "base/text.h"

/* Whether the character is white space: Unicode's White_Space, with U+3000, and the byte order mark, which
 * once was a space without width. */
bool character_is_space(uint32_t code_point);
/* The one character that a character stands for by Unicode's decomposition for compatibility, such as U+6708
 * for the radical U+2F49; 0 if it stands for itself or for several. */
uint32_t character_stands_for(uint32_t code_point);
/* The text without the white space at its ends, found by decoding; text_without_outer_space() is faster. */
struct text text_cut_outer_space(struct text text);
/* Whether the byte is a printable ASCII character other than the space. */
static inline bool byte_is_visible(char byte)
{
    return byte > ' ' && byte < 0x7F;
}
/* Whether the byte is one of the later bytes of a UTF-8 sequence. */
static inline bool byte_continues(char byte)
{
    return ((unsigned char)byte & 0xC0) == 0x80;
}
/* Whether three bytes are a character from U+4000 to U+9FFF, which is most of written Chinese. */
static inline bool bytes_are_ideograph(const char *bytes)
{
    return (unsigned char)bytes[0] >= 0xE4 && (unsigned char)bytes[0] <= 0xE9 && byte_continues(bytes[1]) &&
           byte_continues(bytes[2]);
}
/* The text without the white space at its ends; ill-formed bytes are not white space. Most texts have none,
 * which their first and last bytes show without decoding. */
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

/* Whether the character turns the direction of reading: LRM, RLM, ALM, and the marks that embed, override or
 * isolate a direction. They make a line read other than it is. */
bool character_turns_direction(uint32_t code_point);
/* Whether the character is a control: C0 (also tab, line feed and carriage return), DEL, C1, the line and
 * paragraph separators, the byte order mark, U+FFFE, U+FFFF, and whatever turns the direction. */
bool character_is_control(uint32_t code_point);
/* Returns the byte offset of the first control, and the control in *code_point; text.length if there is none.
 * Ill-formed bytes are skipped. */
size_t text_find_control(struct text text, uint32_t *code_point);

/* Whether the text is well-formed UTF-8 without controls, as an id, a region or a value must be. */
bool text_is_plain(struct text text);

/* Appends the text in one line: controls as `\u{202E}`, ill-formed bytes as `\x{FF}`. */
void text_append_escaped(struct text_builder *builder, struct text text);

#endif
