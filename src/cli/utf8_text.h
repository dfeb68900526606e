/* SPDX-License-Identifier: Apache-2.0 */
/* UTF-8 at the border of the command: what comes in is checked, what goes out is aligned. */
#ifndef TUOYU_CLI_UTF8_TEXT_H
#define TUOYU_CLI_UTF8_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How many bytes in front are ASCII, NUL among them; quick for long texts. */
size_t length_below_80(const char *bytes, size_t length);
/* How many bytes in front are UTF-8, NUL among them; quick for long texts. */
size_t utf8_length(const char *bytes, size_t length);
/* Whether the bytes are UTF-8 without NUL. */
bool is_utf8(const char *bytes, size_t length);
/* Whether the bytes are UTF-8 with at least one NUL among them. */
bool is_utf8_with_nul(const char *bytes, size_t length);
/* A copy in which NUL and every byte that is not UTF-8 is U+FFFD; the caller frees it. */
char *repaired_utf8(const char *bytes, size_t length);
/* Writes a character and a NUL. */
void utf8_of_character(int32_t code_point, char text[5]);
/* How many columns of a terminal the text takes; East Asian characters take two. */
size_t display_width(const char *text);

#endif
