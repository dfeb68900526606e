/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the options and arguments of a sub-command, and says what is wrong with them. */
#include "cli/command_line.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cli/exit_status.h"
#include "cli/language.h"
#include "cli/tell.h"

const char *const LANGUAGES[] = {"zh", "en", NULL};

int usage_error(const struct command_line *line, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *problem = must_format_list(told_format(format), arguments);
    va_end(arguments);
    tell("tuoyu %s: %s", line->command, problem);
    tell("help: tuoyu %s --help", line->command);
    free(problem);
    return EXIT_USAGE;
}

/* The option with this name, or NULL. */
static struct option *find_option(const struct command_line *line, const char *name, size_t length)
{
    for (struct option *option = line->options; option->name; option++)
        if (strlen(option->name) == length && memcmp(option->name, name, length) == 0)
            return option;
    return NULL;
}

/* Reads the option at argv[*index], which begins with two dashes, and its value, which may be the next
 * argument. Returns false after saying what is wrong. */
static bool read_option(struct command_line *line, int argc, char **argv, int *index)
{
    const char *name = argv[*index] + 2;
    size_t length = strcspn(name, "=");
    struct option *option = find_option(line, name, length);
    if (!option && length == 4 && memcmp(name, "lang", 4) == 0)
        option = &line->language;
    if (!option)
        return usage_error(line, "there is no option --%.*s", (int)length, name), false;
    if (option->values.count && !option->repeats)
        return usage_error(line, "--%s is given twice", option->name), false;
    const char *value = name[length] == '=' ? name + length + 1 : NULL;
    if (value && !option->takes_value)
        return usage_error(line, "--%s takes no value", option->name), false;
    if (!value && option->takes_value) {
        if (*index + 1 >= argc)
            return usage_error(line, "--%s needs a value", option->name), false;
        value = argv[++*index];
    }
    if (option == &line->language && !is_language(value))
        return usage_error(line, "--%s %s: choose one of %s", "lang", value, "zh, en"), false;
    word_list_add(&option->values, value ? value : "");
    return true;
}

bool command_line_read(struct command_line *line, int argc, char **argv, int *exit_status)
{
    bool options_ended = false;
    line->language = (struct option){.name = "lang", .takes_value = true};
    for (int i = 1; i < argc; i++) {
        if (!options_ended && (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0)) {
            fputs(line->help, stdout);
            for (const char *const *more = line->more_help; more && *more; more++)
                printf("\n%s", *more);
            *exit_status = EXIT_CLEAN;
            command_line_free(line);
            return false;
        }
        if (!options_ended && strcmp(argv[i], "--") == 0) {
            options_ended = true;
        } else if (!options_ended && strncmp(argv[i], "--", 2) == 0) {
            if (!read_option(line, argc, argv, &i))
                goto wrong;
        } else if (!options_ended && argv[i][0] == '-' && argv[i][1]) {
            usage_error(line, "there is no option %s", argv[i]);
            goto wrong;
        } else {
            word_list_add(&line->arguments, argv[i]);
        }
    }
    return true;
wrong:
    *exit_status = EXIT_USAGE;
    command_line_free(line);
    return false;
}

/* Frees the arguments and the values of options. */
void command_line_free(struct command_line *line)
{
    for (struct option *option = line->options; option->name; option++)
        word_list_free(&option->values);
    word_list_free(&line->language.values);
    word_list_free(&line->arguments);
}

const struct word_list *option_values(const struct command_line *line, const char *name)
{
    const struct option *option = find_option(line, name, strlen(name));
    assert(option); /* the name is one that the sub-command declares */
    return &option->values;
}

const char *option_value(const struct command_line *line, const char *name, const char *otherwise)
{
    const struct word_list *values = option_values(line, name);
    return values->count ? values->items[0] : otherwise;
}

bool option_given(const struct command_line *line, const char *name)
{
    return option_values(line, name)->count > 0;
}

bool option_as_of(const struct command_line *line, int32_t *date)
{
    const char *text = option_value(line, "as-of", NULL);
    if (text) {
        if (tuoyu_date_from_text(text, TUOYU_NUL_TERMINATED, date) == TUOYU_OK)
            return true;
        usage_error(line, "--as-of %s is no date; write it as 2025-01-31", text);
        return false;
    }
    time_t now = time(NULL);
    struct tm local;
    if (localtime_r(&now, &local) &&
        tuoyu_date_from_ymd(local.tm_year + 1900, local.tm_mon + 1, local.tm_mday, date) == TUOYU_OK)
        return true;
    usage_error(line, "today's date is not known; give it by --as-of");
    return false;
}

const char *option_choice(const struct command_line *line, const char *name, const char *const *choices)
{
    assert(choices[0]);
    const char *value = option_value(line, name, choices[0]);
    char *all = NULL;
    for (const char *const *choice = choices; *choice; choice++) {
        if (strcmp(*choice, value) == 0) {
            free(all);
            return *choice;
        }
        char *longer = must_format("%s%s%s", all ? all : "", all ? ", " : "", *choice);
        free(all);
        all = longer;
    }
    usage_error(line, "--%s %s: choose one of %s", name, value, all);
    free(all);
    return NULL;
}
