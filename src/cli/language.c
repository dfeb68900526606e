/* SPDX-License-Identifier: Apache-2.0 */
/* Chooses the language of the command. What goes into a file is the same wherever the command runs, so that
 * the locale counts for what is shown on a terminal only. */
#include "cli/language.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *message = "en", *output = "en";

bool is_language(const char *name)
{
    return strcmp(name, "en") == 0 || strcmp(name, "zh") == 0;
}

/* The language that --lang names, or NULL. One that is none is refused where options are read. */
static const char *language_asked(int argc, char **argv)
{
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        const char *value = NULL;
        if (strncmp(argv[i], "--lang=", 7) == 0)
            value = argv[i] + 7;
        else if (strcmp(argv[i], "--lang") == 0 && i + 1 < argc)
            value = argv[i + 1];
        if (value && is_language(value))
            return strcmp(value, "zh") == 0 ? "zh" : "en";
    }
    return NULL;
}

/* Whether the locale of messages is a Chinese one. */
static bool is_chinese_locale(void)
{
    static const char *const NAMES[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        const char *value = getenv(NAMES[i]);
        if (value && *value)
            return strncmp(value, "zh", 2) == 0;
    }
    return false;
}

void choose_language(int argc, char **argv)
{
    const char *asked = language_asked(argc, argv);
    if (asked)
        message = output = asked;
    else if (isatty(STDERR_FILENO) && is_chinese_locale())
        message = "zh";
}

/* The row of a text, in a language. */
static const char *in_language(const char *language, const char *english)
{
    static const struct {
        const char *english, *chinese;
    } TOLD_TABLE[] = {
#define TOLD(english_, chinese_) {(english_), (chinese_)},
#include "cli/told_table.inc"
#undef TOLD
    };
    for (size_t i = 0; language[0] == 'z' && i < sizeof TOLD_TABLE / sizeof *TOLD_TABLE; i++)
        if (strcmp(TOLD_TABLE[i].english, english) == 0)
            return TOLD_TABLE[i].chinese;
    return english;
}

const char *told_format(const char *english)
{
    return in_language(message, english);
}

const char *output_format(const char *english)
{
    return in_language(output, english);
}

const char *message_language(void)
{
    return message;
}

const char *output_language(void)
{
    return output;
}
