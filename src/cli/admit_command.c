/* SPDX-License-Identifier: Apache-2.0 */
/* `tuoyu admit`: puts the rows of a CSV file on a waiting list and prints it. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/csv_input.h"
#include "cli/csv_records.h"
#include "cli/exit_status.h"
#include "cli/fact_columns.h"
#include "cli/findings.h"
#include "cli/language.h"
#include "cli/loading.h"
#include "cli/record_counts.h"
#include "cli/scenario_changes.h"
#include "cli/tell.h"

static const char HELP[] =
    "usage: tuoyu admit PACK… --rule NAME --input ROWS.csv --id COLUMN --places N [--as-of DATE] [--lang "
    "zh|en]\n"
    "                   [--format text|json] [--packs DIR]…\n" SCENARIO_USAGE INTAKE_USAGE "\n"
    "Puts the rows of a CSV file in the order of a rule's `admission`: who is admitted to so many places, "
    "who waits and at\n"
    "which place, each with the reason; then those for whom facts are missing, who are not eligible, who "
    "have an error. The\n"
    "order depends on the rows alone, not on how they are sorted. A record that is no row, or has no id of "
    "its own, stays on\n"
    "the list as an entry in error, with its line and the reason. While facts are missing or something is in "
    "error the list is\n"
    "not final, and says so. Last come the counts: read = determined + undetermined (facts are missing) +\n"
    "not_applicable + not_in_force + error + unreadable.\n\n"
    "  --rule NAME     an eligibility rule by its name, or pack.id:name\n"
    "  --input FILE    CSV with a header; columns are facts by their names or labels, others are passed "
    "over; - "
    "is the standard\n"
    "                  input\n"
    "  --id COLUMN     what the rows are called, each once; white space around it is no part of it\n"
    "  --places N      how many can be admitted\n"
    "  --as-of DATE    the day on which the rule is asked (else: today)\n"
    "  --lang zh|en    the language of the text (else: zh)\n"
    "  --format WORD   text, for a person, or json (else: text)\n"
    "  --packs DIR     where packs that others use are found by their id; may be given "
    "again\n\n"
    "Exit status: 0 clean, 1 some rows have errors, 2 wrong usage or a file that cannot be read.\n";

/* One run of the command. */
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
    struct intake intake;
    struct reading_notes notes;
    size_t id_column, bad_rows;
};

/* Finds the column of the ids; false after saying that there is none. */
static bool find_id(struct admit *admit)
{
    for (size_t i = 0; i < admit->columns.count; i++) {
        if (strcmp(admit->columns.columns[i], admit->id) != 0)
            continue;
        admit->id_column = i;
        return true;
    }
    tell("%s:1: error: there is no column %s for --id", admit->input, admit->id);
    return false;
}

/* Reads a row and puts it on the list under its id. Returns TUOYU_OK with *problem NULL, or why it is in
 * error, with *problem saying what is wrong; the caller frees it. */
static tuoyu_status ask_row(struct admit *admit, const struct csv_record *record, const char *id,
                            size_t length, char **problem)
{
    *problem = record_problem(&admit->columns, record);
    if (*problem)
        return TUOYU_ERROR_SYNTAX;
    if (!length) {
        *problem = must_format(output_format("the column %s is empty"), admit->id);
        return TUOYU_ERROR_FACT_MISSING;
    }
    tuoyu_status status =
        fact_columns_set(&admit->columns, record, &admit->notes, admit->facts, admit->diagnostics);
    if (status == TUOYU_OK)
        status = must_have_memory(
            tuoyu_waiting_list_add(admit->list, id, length, admit->facts, admit->diagnostics));
    if (status != TUOYU_OK)
        *problem = findings_in_one_line(admit->diagnostics);
    if (status != TUOYU_OK)
        add_refusals(&admit->notes, record->line, problem);
    return status;
}

/* Puts a record on the list, as an entry in error where it cannot be used. Returns what is wrong with it, or
 * NULL; the caller frees it. */
static char *add_row(struct admit *admit, const struct csv_record *record)
{
    char *problem;
    size_t length = 0, before = tuoyu_waiting_list_count(admit->list);
    const char *id = admit->id_column < record->count ? trimmed_cell(record, admit->id_column, &length) : "";
    note_look_alikes(&admit->notes, record->line, admit->id, id, length);
    tuoyu_status status = ask_row(admit, record, id, length, &problem);
    bool is_listed = tuoyu_waiting_list_count(admit->list) > before;
    if (!is_listed)
        must_have_memory(tuoyu_waiting_list_add_error(admit->list, (int64_t)record->line, id, length, status,
                                                      problem, TUOYU_NUL_TERMINATED, NULL));
    return problem;
}

/* Puts all records on the list, and says what is wrong with them. */
static void add_bookings(struct admit *admit, struct csv_reader *reader)
{
    struct csv_record record;
    while (csv_reader_next(reader, &record)) {
        tuoyu_diagnostics_clear(admit->diagnostics);
        char *problem = add_row(admit, &record);
        reading_notes_hand_over(&admit->notes, &admit->intake);
        if (!problem)
            continue;
        tell("%s:%zu: error: %s", admit->input, record.line, problem);
        admit->bad_rows++;
        free(problem);
    }
}

/* Fills the counts of the list's records, by TUOYU_RECORDS_…. */
static void count_records(const struct admit *admit, int64_t counts[RECORD_COUNTS])
{
    for (int32_t which = 0; which < RECORD_COUNTS; which++)
        counts[which] = tuoyu_waiting_list_records(admit->list, which);
}

/* Prints the counts of records as a line below the list. */
static void print_records(const struct admit *admit, const int64_t counts[RECORD_COUNTS])
{
    fputs(strcmp(admit->language, "en") == 0 ? "Records: " : "记录：", stdout);
    write_text_records(stdout, counts, admit->language);
    putchar('\n');
}

/* Orders the list and prints it with the counts of its records. */
static void print_list(const struct admit *admit)
{
    tuoyu_text *text = NULL;
    must_have_memory(tuoyu_waiting_list_order(admit->list));
    bool is_json = strcmp(admit->format, "json") == 0;
    must_have_memory(is_json ? tuoyu_waiting_list_to_json(admit->list, &text)
                             : tuoyu_waiting_list_to_text(admit->list, admit->language, &text));
    /* The counts go before the brace that closes the list. */
    fwrite(tuoyu_text_bytes(text), 1, tuoyu_text_length(text) - is_json, stdout);
    if (is_json)
        printf(",\"final\":%s,", tuoyu_waiting_list_is_final(admit->list) ? "true" : "false");
    int64_t counts[RECORD_COUNTS];
    count_records(admit, counts);
    if (is_json)
        write_json_records(stdout, counts);
    if (is_json)
        puts("}");
    else if (counts[TUOYU_RECORDS_READ])
        print_records(admit, counts);
    tuoyu_text_free(text);
}

/* Reads the rows of an open stream and prints the list. Returns an exit status. */
static int read_input(struct admit *admit, FILE *stream)
{
    struct csv_input input;
    struct header_names names = {.policy = admit->policy, .intake = &admit->intake, .known = admit->id};
    if (!csv_input_open(&input, stream, admit->input, &admit->intake))
        return EXIT_USAGE;
    bool is_good = fact_columns_read(&admit->columns, &names, admit->input, &admit->intake, input.reader) &&
                   find_id(admit);
    reading_notes_open(&admit->notes, &admit->intake, admit->input);
    if (is_good)
        add_bookings(admit, input.reader);
    if (is_good && csv_reader_failed(input.reader)) {
        tell("tuoyu: %s: cannot be read to its end", admit->input);
        is_good = false;
    }
    csv_input_close(&input);
    if (!is_good)
        return EXIT_USAGE;
    print_list(admit);
    return admit->bad_rows ? EXIT_FINDINGS : EXIT_CLEAN;
}

/* Opens the input and reads it. Returns an exit status. */
static int admit_input(struct admit *admit)
{
    bool is_standard_input = strcmp(admit->input, "-") == 0;
    FILE *stream = is_standard_input ? stdin : fopen(admit->input, "rb");
    if (!stream) {
        tell("tuoyu: %s: cannot be read: %s", admit->input, strerror(errno));
        return EXIT_USAGE;
    }
    int result = read_input(admit, stream);
    if (!is_standard_input)
        fclose(stream);
    return result;
}

/* Opens the rule with an empty list; false after saying what is wrong. */
static bool open_list(struct admit *admit)
{
    tuoyu_status status = must_have_memory(tuoyu_policy_eligibility(
        admit->policy, admit->rule, strlen(admit->rule), &admit->eligibility, admit->diagnostics));
    if (status == TUOYU_OK)
        status = must_have_memory(tuoyu_eligibility_waiting_list(
            admit->eligibility, admit->as_of, admit->places, &admit->list, admit->diagnostics));
    print_findings(admit->diagnostics);
    return status == TUOYU_OK;
}

/* Reads --places; false where it is not a whole number. */
static bool read_places(const struct command_line *line, int64_t *places)
{
    const char *text = option_value(line, "places", "");
    char *end = NULL;
    errno = 0;
    long long number = *text >= '0' && *text <= '9' ? strtoll(text, &end, 10) : -1;
    *places = number;
    return number >= 0 && !*end && !errno;
}

/* Checks the options and runs the command. Returns an exit status. */
static int admit_line(struct admit *admit)
{
    static const char *const FORMATS[] = {"text", "json", NULL};
    const struct command_line *line = admit->line;
    admit->language = option_choice(line, "lang", LANGUAGES);
    admit->format = admit->language ? option_choice(line, "format", FORMATS) : NULL;
    if (!admit->format || !option_as_of(line, &admit->as_of))
        return EXIT_USAGE;
    if (!admit->rule)
        return usage_error(line, "no --rule is given");
    if (!admit->input)
        return usage_error(line, "no --input is given");
    if (!admit->id)
        return usage_error(line, "no --id is given");
    if (!read_places(line, &admit->places))
        return usage_error(line, "--places needs a whole number, 0 or more");
    int result = load_policy(line, &admit->policy, NULL);
    if (result != EXIT_CLEAN)
        return result;
    admit->diagnostics = must_have_output_diagnostics();
    must_have_memory(tuoyu_case_new(admit->policy, &admit->facts));
    result = intake_open(&admit->intake, line, &admit->input, 1) && open_list(admit) ? admit_input(admit)
                                                                                     : EXIT_USAGE;
    if (!intake_close(&admit->intake, result != EXIT_USAGE))
        result = EXIT_USAGE;
    reading_notes_free(&admit->notes);
    fact_columns_free(&admit->columns);
    tuoyu_waiting_list_free(admit->list);
    tuoyu_eligibility_unref(admit->eligibility);
    tuoyu_case_free(admit->facts);
    tuoyu_diagnostics_free(admit->diagnostics);
    tuoyu_policy_unref(admit->policy);
    return result;
}

/* Runs `tuoyu admit` with its arguments, argv[0] being the command; returns the exit code. */
int admit_command(int argc, char **argv)
{
    struct option options[] = {{.name = "rule", .takes_value = true},
                               {.name = "input", .takes_value = true},
                               {.name = "id", .takes_value = true},
                               {.name = "places", .takes_value = true},
                               {.name = "as-of", .takes_value = true},
                               {.name = "lang", .takes_value = true},
                               {.name = "format", .takes_value = true},
                               SCENARIO_OPTIONS,
                               INTAKE_OPTIONS,
                               {.name = "packs", .takes_value = true, .repeats = true},
                               {.name = NULL}};
    struct command_line line = {.command = "admit",
                                .help = HELP,
                                .more_help = (const char *const[]){SCENARIO_HELP, INTAKE_HELP, NULL},
                                .options = options};
    int result;
    if (!command_line_read(&line, argc, argv, &result))
        return result;
    struct admit admit = {.line = &line,
                          .rule = option_value(&line, "rule", NULL),
                          .input = option_value(&line, "input", NULL),
                          .id = option_value(&line, "id", NULL)};
    result = admit_line(&admit);
    command_line_free(&line);
    return result;
}
