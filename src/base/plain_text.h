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
/* The text without the white space at its ends. What is ill-formed is no space. */
struct text text_without_outer_space(struct text text);

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

/* Appends the text as it may stand in one line: controls as `\u{202E}`, bytes that are no UTF-8 as `\x{FF}`. */
void text_append_escaped(struct text_builder *builder, struct text text);

#endif
