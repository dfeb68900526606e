/* SPDX-License-Identifier: Apache-2.0 */
/* The options and arguments of one sub-command. */
#ifndef TUOYU_CLI_COMMAND_LINE_H
#define TUOYU_CLI_COMMAND_LINE_H

#include <stdbool.h>
#include <stdint.h>

#include "cli/allocation.h"

/* An option that the sub-command knows. Reading the line fills in values. */
struct option {
    const char *name; /* without the dashes */
    bool takes_value, repeats;
    struct word_list values; /* of an option without value: an empty text for each time it was given */
};

/* A line of the shell, for one sub-command. */
struct command_line {
    const char *command; /* its name, such as "check" */
    const char *help;    /* what `tuoyu check --help` prints */
    /* what it prints behind that, since one text may be only so long; ended by NULL; or NULL */
    const char *const *more_help;
    struct option *options; /* the last one has no name */
    struct option language; /* --lang of those that have none of their own; cli/language.h has read it */
    struct word_list arguments;
};

/* Reads argv[1] and what follows. Returns false where the sub-command ends here, with *exit_status: after
 * --help, or after saying what is wrong. */
bool command_line_read(struct command_line *line, int argc, char **argv, int *exit_status);
void command_line_free(struct command_line *line);

/* The option's first value, or `otherwise` where it was not given. The name must be one of the line's
 * options, here and below. */
const char *option_value(const struct command_line *line, const char *name, const char *otherwise);
/* All values of the option, in the order given. */
const struct word_list *option_values(const struct command_line *line, const char *name);
/* Whether the option was given. */
bool option_given(const struct command_line *line, const char *name);

/* Says what is wrong and where help is; returns EXIT_USAGE. */
int usage_error(const struct command_line *line, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Sets *date to --as-of, or to today: the command has a clock, the library has none. Returns false after
 * saying what is wrong. */
bool option_as_of(const struct command_line *line, int32_t *date);
/* The value of an option, which must be one of the choices (ended by NULL); the first where it was not given.
 * NULL after saying what is wrong. */
const char *option_choice(const struct command_line *line, const char *name, const char *const *choices);

/* The choices of --lang. */
extern const char *const LANGUAGES[];

#endif
