/* SPDX-License-Identifier: Apache-2.0 */
/* What the library says to people, in English and Chinese.
 *
 * A message is written in English where it is said, as a format of printf. The tables message_*.inc have a
 * row for each: its id, the format, and the Chinese text. What is said is kept sealed: which message it is,
 * and its arguments as texts, which may be sealed themselves. It is put into words where it goes out, and
 * only there is a language known. So a cause of null that an evaluation made is read in either language.
 *
 * A sealed text begins with the byte 0xFF, which no UTF-8 has. */
#ifndef TUOYU_BASE_MESSAGES_H
#define TUOYU_BASE_MESSAGES_H

#include <stdarg.h>

#include "base/text.h"

enum language { LANGUAGE_ENGLISH, LANGUAGE_CHINESE };

/* Reads "en" or "zh". Returns false, and leaves *out, for any other text. */
bool language_read(const char *name, enum language *out);

enum { MESSAGE_SIZE = 2048 }; /* bytes that suffice for nearly every sealed message */

/* Writes the message sealed into the buffer; one that has no row in English, with what is sealed in it; where
 * it is too long for the buffer, what fits of the English text. Conversions are %s, %.*s, %c, %d, %u, %zu,
 * %lld, %llu and hexadecimal %X with a width, at most nine of them. */
struct text message_seal(char *buffer, size_t size, const char *format, va_list arguments)
    __attribute__((format(printf, 3, 0)));
struct text message_write(char *buffer, size_t size, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* The same in the arena; bytes is NULL if memory is refused. */
struct text message_text(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
struct text message_text_of_list(struct arena *arena, const char *format, va_list arguments)
    __attribute__((format(printf, 2, 0)));

/* Appends a text in words: what is sealed in it in the language, all else as it is. A text that is as a whole
 * the English of a row, such as a hint without arguments, is put into the language too. */
void message_render(struct text_builder *builder, struct text text, enum language language);

/* The id of a sealed message, or of a text that is the English of a row; "" for any other text. */
const char *message_id(struct text text);

#endif
