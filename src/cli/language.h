/* SPDX-License-Identifier: Apache-2.0 */
/* In which language the command speaks: "en" or "zh". */
#ifndef TUOYU_CLI_LANGUAGE_H
#define TUOYU_CLI_LANGUAGE_H

#include <stdbool.h>

/* Chooses by --lang among the arguments or else, where people look at a terminal, by LC_ALL, LC_MESSAGES or
 * LANG. Called once, before there is a second thread. */
void choose_language(int argc, char **argv);
/* Of what is told to people: by --lang, else by the terminal's locale, else English. */
const char *message_language(void);
/* Of findings that are written to files and pipes: by --lang, else English, whatever the terminal is. */
const char *output_language(void);
/* The format of a message in the language of messages: the English one where it has no other. */
const char *told_format(const char *english) __attribute__((format_arg(1)));
/* The same in the language of output, for what goes into files and pipes. */
const char *output_format(const char *english) __attribute__((format_arg(1)));
/* Whether the name is that of a language. */
bool is_language(const char *name);

#endif
