/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/exit_status.h"
#include "cli/fact_columns.h"
#include "cli/findings.h"
#include "cli/loading.h"
#include "cli/tell.h"

static const char HELP[] =
    "usage: tuoyu admit PACK… --rule NAME --input ROWS.csv --id COLUMN --places N [--as-of DATE] [--lang zh|en]\n"
    "                   [--format text|json] [--packs DIR]…\n\n"
    "Puts the rows of a CSV file in the order of a rule's `admission`: who is admitted to so many places, who waits and at\n"
    "which place, each with the reason; then those for whom facts are missing, who are not eligible, who have an error. The\n"
    "order depends on the rows alone, not on how they are sorted.\n\n"
    "  --rule NAME     an eligibility rule by its name, or pack.id:name\n"
    "  --input FILE    UTF-8 with a header; columns are facts by their full names, others are passed over; - is the standard\n"
    "                  input\n"
    "  --id COLUMN     what the rows are called, each once\n"
    "  --places N      how many can be admitted\n"
    "  --as-of DATE    the day on which the rule is asked (else: today)\n"
    "  --packs DIR     where packs that others use are found by their id; may be given again\n\n"
    "Exit status: 0 clean, 1 some rows have errors, 2 wrong usage or a file that cannot be read.\n";

struct admit {
    const struct command_line *line;
    const char *rule, *input, *id, *language, *format;
    int64_t places;
    int32_t as_of;
    tuoyu_policy *policy;
    tuoyu_eligibility *eligibility;
    tuoyu_waiting_list *list;
    tuoyu_case *facts;
    tuoyu_diagnostics *diagnostics;
    struct fact_columns columns;
    size_t id_column, bad_rows;
};

static bool find_id(struct admit *admit)
{
    for (size_t i = 0; i < admit->columns.count; i++) {
        if (strcmp(admit->columns.columns[i], admit->id) != 0) continue;
        admit->id_column = i;
        return true;
    }
    tell("%s:1: error: there is no column %s for --id", admit->input, admit->id);
    return false;
}

/* What is wrong with the row, or NULL; the caller frees it. A row whose facts are right is on the list, even with an error. */
static char *add_row(struct admit *admit, const struct csv_record *record)
{
    char *problem = record_problem(&admit->columns, record);
    if (problem) return problem;
    const char *id = record->fields[admit->id_column];
    if (!*id) return must_format("the column %s is empty", admit->id);
    tuoyu_status status = fact_columns_set(&admit->columns, record, admit->facts, admit->diagnostics);
    if (status == TUOYU_OK)
        status = must_have_memory(tuoyu_waiting_list_add(admit->list, id, strlen(id), admit->facts, admit->diagnostics));
    return status == TUOYU_OK ? NULL : findings_in_one_line(admit->diagnostics);
}

static void add_rows(struct admit *admit, struct csv_reader *reader)
{
    struct csv_record record;
    while (csv_reader_next(reader, &record)) {
        tuoyu_diagnostics_clear(admit->diagnostics);
        char *problem = add_row(admit, &record);
        if (!problem) continue;
        tell("%s:%zu: error: %s", admit->input, record.line, problem);
        admit->bad_rows++;
        free(problem);
    }
}

static void print_list(const struct admit *admit)
{
    tuoyu_text *text = NULL;
    must_have_memory(tuoyu_waiting_list_order(admit->list));
    bool is_json = strcmp(admit->format, "json") == 0;
    must_have_memory(is_json ? tuoyu_waiting_list_to_json(admit->list, &text)
                             : tuoyu_waiting_list_to_text(admit->list, admit->language, &text));
    fwrite(tuoyu_text_bytes(text), 1, tuoyu_text_length(text), stdout);
    if (is_json) putchar('\n');
    tuoyu_text_free(text);
}

static int read_input(struct admit *admit, FILE *stream)
{
    struct csv_reader *reader = csv_reader_open(stream);
    bool is_good = fact_columns_read(&admit->columns, admit->policy, admit->input, NULL, admit->id, reader) && find_id(admit);
    if (is_good) add_rows(admit, reader);
    csv_reader_close(reader);
    if (!is_good) return EXIT_USAGE;
    if (ferror(stream)) {
        tell("tuoyu: %s: cannot be read to its end", admit->input);
        return EXIT_USAGE;
    }
    print_list(admit);
    return admit->bad_rows ? EXIT_FINDINGS : EXIT_CLEAN;
}

static int admit_input(struct admit *admit)
{
    bool is_standard_input = strcmp(admit->input, "-") == 0;
    FILE *stream = is_standard_input ? stdin : fopen(admit->input, "rb");
    if (!stream) {
        tell("tuoyu: %s: cannot be read: %s", admit->input, strerror(errno));
        return EXIT_USAGE;
    }
    int result = read_input(admit, stream);
    if (!is_standard_input) fclose(stream);
    return result;
}

/* The rule with an empty list. */
static bool open_list(struct admit *admit)
{
    tuoyu_status status = must_have_memory(
        tuoyu_policy_eligibility(admit->policy, admit->rule, strlen(admit->rule), &admit->eligibility, admit->diagnostics));
    if (status == TUOYU_OK)
        status = must_have_memory(
            tuoyu_eligibility_waiting_list(admit->eligibility, admit->as_of, admit->places, &admit->list, admit->diagnostics));
    print_findings(admit->diagnostics);
    return status == TUOYU_OK;
}

static bool read_places(const struct command_line *line, int64_t *places)
{
    const char *text = option_value(line, "places", "");
    char *end = NULL;
    errno = 0;
    long long number = *text >= '0' && *text <= '9' ? strtoll(text, &end, 10) : -1;
    *places = number;
    return number >= 0 && !*end && !errno;
}

static int admit_line(struct admit *admit)
{
    static const char *const FORMATS[] = {"text", "json", NULL};
    const struct command_line *line = admit->line;
    admit->language = option_choice(line, "lang", LANGUAGES);
    admit->format = admit->language ? option_choice(line, "format", FORMATS) : NULL;
    if (!admit->format || !option_as_of(line, &admit->as_of)) return EXIT_USAGE;
    if (!admit->rule) return usage_error(line, "no --rule is given");
    if (!admit->input) return usage_error(line, "no --input is given");
    if (!admit->id) return usage_error(line, "no --id is given");
    if (!read_places(line, &admit->places)) return usage_error(line, "--places needs a whole number, 0 or more");
    int result = load_policy(line, &admit->policy, NULL);
    if (result != EXIT_CLEAN) return result;
    admit->diagnostics = must_have_diagnostics();
    must_have_memory(tuoyu_case_new(admit->policy, &admit->facts));
    result = open_list(admit) ? admit_input(admit) : EXIT_USAGE;
    fact_columns_free(&admit->columns);
    tuoyu_waiting_list_free(admit->list);
    tuoyu_eligibility_unref(admit->eligibility);
    tuoyu_case_free(admit->facts);
    tuoyu_diagnostics_free(admit->diagnostics);
    tuoyu_policy_unref(admit->policy);
    return result;
}

int admit_command(int argc, char **argv)
{
    struct option options[] = {
        {.name = "rule", .takes_value = true},  {.name = "input", .takes_value = true},
        {.name = "id", .takes_value = true},    {.name = "places", .takes_value = true},
        {.name = "as-of", .takes_value = true}, {.name = "lang", .takes_value = true},
        {.name = "format", .takes_value = true}, {.name = "packs", .takes_value = true, .repeats = true},
        {.name = NULL}};
    struct command_line line = {.command = "admit", .help = HELP, .options = options};
    int result;
    if (!command_line_read(&line, argc, argv, &result)) return result;
    struct admit admit = {.line = &line, .rule = option_value(&line, "rule", NULL), .input = option_value(&line, "input", NULL),
                          .id = option_value(&line, "id", NULL)};
    result = admit_line(&admit);
    command_line_free(&line);
    return result;
}
