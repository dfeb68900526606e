/* SPDX-License-Identifier: Apache-2.0 */
/* `tuoyu feel`: evaluates an expression, or runs conformance cases. */
#include "cli/feel_command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cli/command_line.h"
#include "cli/exit_status.h"
#include "cli/feel_vectors.h"
#include "cli/findings.h"
#include "cli/tell.h"
#include "cli/text_file.h"
#include "cli/time_zones.h"
#include "cli/value_reader.h"

enum { LARGEST_FILE = 1 << 28 }; /* bytes */

static const char HELP[] =
    "usage: tuoyu feel [--context FILE] [--explain] EXPR\n"
    "       tuoyu feel --vectors FILE\n\n"
    "Evaluates a FEEL expression (DMN 1.5) and prints its value.\n\n"
    "  --context FILE   names and their values, JSON or YAML\n"
    "  --explain        says on stderr why the value is null, with the place in the expression\n"
    "  --vectors FILE   runs conformance cases, one JSON object a line, and prints those that fail\n\n"
    "Exit status: 0 it has a value, 1 it is wrong, or a case failed, 2 wrong usage or a file that cannot be "
    "read.\n";

/* ---- The clock, which the library does not have ---- */

/* Today or now as a value of this kind, which the caller unrefs; NULL without a clock. */
static tuoyu_value *clock_value(int32_t kind)
{
    char text[40];
    time_t now = time(NULL);
    const struct tm *local = localtime(&now);
    tuoyu_value *value = NULL;
    if (!local)
        return NULL;
    size_t length = kind == TUOYU_VALUE_DATE ? strftime(text, sizeof text, "%Y-%m-%d", local)
                                             : strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", local);
    if (!length)
        return NULL;
    must_have_memory(tuoyu_value_new_from_text(NULL, kind, text, TUOYU_NUL_TERMINATED, &value));
    return value;
}

/* ---- One expression ---- */

/* Names with their values, for an expression. */
struct names {
    size_t count;
    const char **names;
    size_t *lengths;
    tuoyu_value **values;
};

/* Takes the entries of a context apart; the names are borrowed from it. */
static void names_read(struct names *names, tuoyu_value *context)
{
    names->count = tuoyu_value_count(context);
    names->names = must_resize(NULL, names->count, sizeof *names->names);
    names->lengths = must_resize(NULL, names->count, sizeof *names->lengths);
    names->values = must_resize(NULL, names->count, sizeof *names->values);
    for (size_t i = 0; i < names->count; i++) {
        tuoyu_value_entry_name(context, i, &names->names[i], &names->lengths[i]);
        must_have_memory(tuoyu_value_item(context, i, &names->values[i]));
    }
}

/* Frees the arrays and unrefs the values. */
static void names_free(struct names *names)
{
    for (size_t i = 0; i < names->count; i++)
        tuoyu_value_unref(names->values[i]);
    free(names->names);
    free(names->lengths);
    free(names->values);
}

/* Evaluates an expression and prints its value. Returns an exit status. */
static int evaluate(const char *text, const struct names *names, bool explains)
{
    tuoyu_diagnostics *diagnostics = must_have_diagnostics();
    tuoyu_expression *expression = NULL;
    tuoyu_value *result = NULL;
    tuoyu_evaluation_options options = {.size = sizeof options, .zone_offset = system_zone_offset};
    options.today = clock_value(TUOYU_VALUE_DATE);
    options.now = clock_value(TUOYU_VALUE_DATE_TIME);
    tuoyu_status status = tuoyu_expression_parse(text, TUOYU_NUL_TERMINATED, names->names, names->lengths,
                                                 names->count, NULL, &expression, diagnostics);
    if (must_have_memory(status) == TUOYU_OK)
        must_have_memory(tuoyu_expression_evaluate(expression, names->values, names->count, &options, &result,
                                                   diagnostics));
    struct seen_findings seen = {{0}}; /* evaluating repeats the findings of parsing */
    if (status != TUOYU_OK || explains)
        print_new_findings(diagnostics, &seen);
    seen_findings_free(&seen);
    if (status == TUOYU_OK) {
        tuoyu_text *shown = NULL;
        must_have_memory(tuoyu_value_to_literal(result, &shown));
        print_shown(stdout, tuoyu_text_bytes(shown));
        putchar('\n');
        tuoyu_text_free(shown);
    }
    tuoyu_value_unref(result);
    tuoyu_value_unref(options.today);
    tuoyu_value_unref(options.now);
    tuoyu_expression_unref(expression);
    tuoyu_diagnostics_free(diagnostics);
    return status == TUOYU_OK ? EXIT_CLEAN : EXIT_FINDINGS;
}

/* Evaluates an expression with the names in a file; path may be NULL. Returns an exit status. */
static int evaluate_with_context(const char *text, const char *path, bool explains)
{
    struct text_file file;
    struct names names = {0};
    char problem[200];
    tuoyu_value *context = NULL;
    if (path && !text_file_read(path, LARGEST_FILE, &file))
        return EXIT_USAGE;
    if (path) {
        context = value_read(file.bytes, file.length, problem);
        text_file_free(&file);
        if (!context || tuoyu_value_kind(context) != TUOYU_VALUE_CONTEXT) {
            tell("tuoyu feel: %s: %s", path, context ? "names and their values are expected" : problem);
            tuoyu_value_unref(context);
            return EXIT_USAGE;
        }
        names_read(&names, context);
    }
    int result = evaluate(text, &names, explains);
    names_free(&names);
    tuoyu_value_unref(context);
    return result;
}

/* Runs the conformance cases of a file. Returns an exit status. */
static int vectors(const char *path)
{
    struct text_file file;
    if (!text_file_read(path, LARGEST_FILE, &file))
        return EXIT_USAGE;
    int result = run_vectors(path, file.bytes, file.length);
    text_file_free(&file);
    return result;
}

/* Whether an argument is an expression that begins with a minus sign, and no option. */
static bool is_negative(const char *argument)
{
    return argument[0] == '-' && argument[1] && strcmp(argument, "-h") != 0 && argument[1] != '-';
}

/* Runs `tuoyu feel` with its arguments, argv[0] being the command; returns the exit code. */
int feel_command(int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        if (is_negative(argv[i]))
            argv[i] =
                must_format(" %s", argv[i]); /* a space means nothing to FEEL; freed when the command ends */
    struct option options[] = {{.name = "context", .takes_value = true},
                               {.name = "explain"},
                               {.name = "vectors", .takes_value = true},
                               {.name = NULL}};
    struct command_line line = {.command = "feel", .help = HELP, .options = options};
    int result;
    if (!command_line_read(&line, argc, argv, &result))
        return result;
    const char *path = option_value(&line, "vectors", NULL);
    size_t wanted = path ? 0 : 1;
    if (line.arguments.count != wanted)
        result = usage_error(&line,
                             path ? "--vectors takes no expression beside it" : "one expression is expected");
    else if (path)
        result = vectors(path);
    else
        result = evaluate_with_context(line.arguments.items[0], option_value(&line, "context", NULL),
                                       option_given(&line, "explain"));
    command_line_free(&line);
    return result;
}
