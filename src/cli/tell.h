/* SPDX-License-Identifier: Apache-2.0 */
/* Says something to a person on stderr. Names of files, headers, ids and cells stand in messages, so every
 * message goes through here, where nothing can begin a line of its own or steer a terminal. */
#ifndef TUOYU_CLI_TELL_H
#define TUOYU_CLI_TELL_H

#include <stdio.h>

/* Writes one line and a line feed; of a line of some thousand bytes, the middle is left out. The format has
 * no line feed of its own. */
void tell(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* A text from outside, escaped so that it may stand in a line; the caller frees it. */
char *shown_text(const char *text);
/* Prints a text from outside, escaped. */
void print_shown(FILE *stream, const char *text);

#endif
