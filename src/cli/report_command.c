/* SPDX-License-Identifier: Apache-2.0 */
/* `tuoyu report`: shows the board of indicators of a district, on one day or several. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/board_output.h"
#include "cli/commands.h"
#include "cli/exit_status.h"
#include "cli/loading.h"
#include "cli/scenario_changes.h"

static const char HELP[] =
    "usage: tuoyu report PACK… --data DIR [--by REGION] [--rule NAME]… [--as-of DATE]… [--lang zh|en]\n"
    "                    [--format text|json|csv] [--packs DIR]…\n" SCENARIO_USAGE INTAKE_USAGE "\n"
    "Shows the board of indicators: value, target, met or not, and how much is missing to the target. Rows "
    "that lack a fact\n"
    "are counted apart, with what the value could become; a number without a public source is marked as "
    "assumed. Counted\n"
    "so, too, is a record that is no row (too short, a stray quote, not UTF-8): it may be of any region.\n"
    "Each indicator has the counts of its records, in the text, in the columns records.… and in the JSON:\n"
    "read = determined + undetermined (facts are missing) + not_applicable + not_in_force + error + "
    "unreadable;\n"
    "and a reason where it has no value, or one that is open.\n\n"
    "  --data DIR      holds ENTITY.csv of each entity that is counted: its columns are facts "
    "(staff.certified, or certified)\n"
    "  --by REGION     also by each region of a kind, such as subdistrict, the empty ones too\n"
    "  --rule NAME     this indicator; may be given again (else: all of the packs that are named)\n"
    "  --as-of DATE    the day on which the rules are asked (else: today). Given again, it makes a series: "
    "the same rows on each\n"
    "                  day, or those of DIR/DATE where there is such a folder\n"
    "  --lang zh|en    the language of the text (else: zh)\n"
    "  --format WORD   text, for a person, json or csv, which have all digits (else: text)\n"
    "  --packs DIR     where packs that others use are found by their id; may be given "
    "again\n\n"
    "Exit status: 0 clean, 1 rows with errors, records that are no rows, or indicators without data, 2 wrong "
    "usage or a file\n"
    "that cannot be read.\n";

/* One run of the command, with one board for each day. */
struct report {
    const struct command_line *line;
    const char *data, *region, *format, *language;
    struct board *boards;
    size_t count;
    struct intake intake;
};

/* EXIT_CLEAN where some indicator can be broken down by this kind of region; else EXIT_USAGE after saying
 * so. */
static int knows_region(const struct command_line *line, const struct board *board, const char *region)
{
    for (size_t l = 0; l < board->count; l++)
        if (line_has_region(&board->lines[l], region))
            return EXIT_CLEAN;
    return usage_error(line, "no indicator can be broken down by %s", region);
}

/* Prints the boards in their format. Returns an exit status. */
static int print_report(const struct report *report)
{
    const struct board *boards = report->boards;
    bool is_json = strcmp(report->format, "json") == 0, is_csv = strcmp(report->format, "csv") == 0,
         is_series = report->count > 1, is_excel = option_given(report->line, "excel");
    const char *region = report->region, *language = report->language;
    size_t problems;
    if (is_json)
        problems =
            is_series ? series_print_json(boards, report->count, region) : board_print_json(boards, region);
    else if (is_csv)
        problems = is_series ? series_print_csv(boards, report->count, region, language, is_excel)
                             : board_print_csv(boards, region, language, is_excel);
    else
        problems = is_series ? series_print_text(boards, report->count, region, language)
                             : board_print_text(boards, region, language);
    for (size_t i = 0; i < report->count; i++)
        problems += boards[i].bad_rows;
    return problems ? EXIT_FINDINGS : EXIT_CLEAN;
}

/* Makes a board for each day, in the order given, or for today. Returns false after saying which day is
 * wrong. */
static bool read_dates(struct report *report)
{
    const struct word_list *texts = option_values(report->line, "as-of");
    report->count = texts->count ? texts->count : 1;
    report->boards = must_resize(NULL, report->count, sizeof *report->boards);
    if (!texts->count)
        return option_as_of(report->line, &report->boards[0].as_of);
    for (size_t i = 0; i < texts->count; i++) {
        int32_t *date = &report->boards[i].as_of;
        if (tuoyu_date_from_text(texts->items[i], TUOYU_NUL_TERMINATED, date) != TUOYU_OK) {
            usage_error(report->line, "--as-of %s is no date; write it as 2025-01-31", texts->items[i]);
            return false;
        }
        for (size_t j = 0; j < i; j++) {
            if (report->boards[j].as_of != *date)
                continue;
            usage_error(report->line, "--as-of %s is given twice", texts->items[i]);
            return false;
        }
    }
    return true;
}

/* The folder of a board's rows, which the caller frees. In a series it is DATA/DATE where there is such a
 * folder: the rows as they were then. */
static char *folder_of(const struct report *report, const struct board *board)
{
    char date[11];
    struct stat found;
    tuoyu_date_to_text(board->as_of, date);
    char *dated = must_format("%s/%s", report->data, date);
    if (report->count > 1 && stat(dated, &found) == 0 && S_ISDIR(found.st_mode))
        return dated;
    free(dated);
    return must_copy(report->data, strlen(report->data));
}

/* Opens a board and reads its rows. Returns an exit status. */
static int fill_board(struct report *report, struct board *board, tuoyu_policy *policy,
                      const struct word_list *packs)
{
    int result = board_open(board, policy, option_values(report->line, "rule"), packs, board->as_of)
                     ? EXIT_CLEAN
                     : EXIT_USAGE;
    if (result == EXIT_CLEAN && report->region)
        result = knows_region(report->line, board, report->region);
    if (result != EXIT_CLEAN)
        return result;
    char *folder = folder_of(report, board);
    board->intake = &report->intake;
    if (!board_read(board, folder))
        result = EXIT_USAGE;
    free(folder);
    return result;
}

/* Loads the packs, fills all boards and prints them. Returns an exit status. */
static int report_dates(struct report *report)
{
    tuoyu_policy *policy;
    struct word_list packs = {.items = NULL};
    int result = load_policy(report->line, &policy, &packs);
    if (result != EXIT_CLEAN)
        return result;
    if (!intake_open(&report->intake, report->line, NULL, 0))
        result = EXIT_USAGE;
    for (size_t i = 0; i < report->count && result == EXIT_CLEAN; i++)
        result = fill_board(report, &report->boards[i], policy, &packs);
    if (result == EXIT_CLEAN)
        result = print_report(report);
    for (size_t i = 0; i < report->count; i++)
        board_close(&report->boards[i]);
    if (!intake_close(&report->intake, result != EXIT_USAGE))
        result = EXIT_USAGE;
    word_list_free_words(&packs);
    tuoyu_policy_unref(policy);
    return result;
}

/* Checks the options and runs the command. Returns an exit status. */
static int report_line(const struct command_line *line)
{
    static const char *const FORMATS[] = {"text", "json", "csv", NULL};
    struct report report = {.line = line,
                            .data = option_value(line, "data", NULL),
                            .region = option_value(line, "by", NULL),
                            .language = option_choice(line, "lang", LANGUAGES)};
    report.format = report.language ? option_choice(line, "format", FORMATS) : NULL;
    int result = EXIT_USAGE;
    if (report.format && read_dates(&report))
        result = report.data ? report_dates(&report) : usage_error(line, "no --data is given");
    free(report.boards);
    return result;
}

/* Runs `tuoyu report` with its arguments, argv[0] being the command; returns the exit code. */
int report_command(int argc, char **argv)
{
    struct option options[] = {{.name = "data", .takes_value = true},
                               {.name = "by", .takes_value = true},
                               {.name = "rule", .takes_value = true, .repeats = true},
                               {.name = "as-of", .takes_value = true, .repeats = true},
                               {.name = "lang", .takes_value = true},
                               {.name = "format", .takes_value = true},
                               SCENARIO_OPTIONS,
                               INTAKE_OPTIONS,
                               {.name = "packs", .takes_value = true, .repeats = true},
                               {.name = NULL}};
    struct command_line line = {.command = "report",
                                .help = HELP,
                                .more_help = (const char *const[]){SCENARIO_HELP, INTAKE_HELP, NULL},
                                .options = options};
    int result;
    if (!command_line_read(&line, argc, argv, &result))
        return result;
    result = report_line(&line);
    command_line_free(&line);
    return result;
}
