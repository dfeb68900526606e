/* SPDX-License-Identifier: Apache-2.0 */
/* What the command says to a person on stderr. Names of files, headers, ids and cells stand in it, so every
 * message goes out through here: nothing in it can begin a line of its own or steer a terminal. */
#ifndef TUOYU_CLI_TELL_H
#define TUOYU_CLI_TELL_H

#include <stdio.h>

/* Writes one line, and the line feed after it. The format has no line feed of its own. */
void tell(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* A text from outside as it may stand in a line; the caller frees it. */
char *shown_text(const char *text);
/* Prints such a text. */
void print_shown(FILE *stream, const char *text);

#endif
