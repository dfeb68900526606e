/* SPDX-License-Identifier: Apache-2.0 */
/* Options and arguments of one sub-command. */
#ifndef TUOYU_CLI_COMMAND_LINE_H
#define TUOYU_CLI_COMMAND_LINE_H

#include <stdbool.h>
#include <stdint.h>

#include "cli/allocation.h"

/* An option that the sub-command knows; values is filled in as it is read. */
struct option {
    const char *name; /* without the dashes */
    bool takes_value, repeats;
    struct word_list values; /* for an option without value: one empty text a time it was given */
};

struct command_line {
    const char *command;    /* "check" */
    const char *help;       /* what `tuoyu check --help` prints */
    struct option *options; /* ended by one without name */
    struct word_list arguments;
};

/* Reads argv[1] and on. False when the sub-command ends here, with *exit_status: after --help, or when
 * something is wrong, which is then said. */
bool command_line_read(struct command_line *line, int argc, char **argv, int *exit_status);
void command_line_free(struct command_line *line);

/* The option's only value, or otherwise where it was not given. */
const char *option_value(const struct command_line *line, const char *name, const char *otherwise);
const struct word_list *option_values(const struct command_line *line, const char *name);
bool option_given(const struct command_line *line, const char *name);

/* Says what is wrong and where help is; returns EXIT_USAGE. */
int usage_error(const struct command_line *line, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* --as-of, or today's date: the command has a clock, the library has none. Sets *date or says what is wrong.
 */
bool option_as_of(const struct command_line *line, int32_t *date);
/* The value is one of choices (ended by NULL), the first where it was not given; NULL after saying what is
 * wrong. */
const char *option_choice(const struct command_line *line, const char *name, const char *const *choices);

/* The choices of --lang. */
extern const char *const LANGUAGES[];

#endif
