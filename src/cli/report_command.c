/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "cli/board_output.h"
#include "cli/commands.h"
#include "cli/exit_status.h"
#include "cli/loading.h"

static const char HELP[] =
    "usage: tuoyu report PACK… --data DIR [--by REGION] [--rule NAME]… [--as-of DATE] [--lang zh|en]\n"
    "                    [--format text|json|csv] [--packs DIR]…\n\n"
    "Shows the board of indicators: value, target, met or not, and how much is missing to the target. Rows that lack a fact\n"
    "are counted apart, with what the value could become; a number without a public source is marked as assumed.\n\n"
    "  --data DIR      holds ENTITY.csv of each entity that is counted: its columns are facts (staff.certified, or certified)\n"
    "  --by REGION     also by each region of a kind, such as subdistrict, the empty ones too\n"
    "  --rule NAME     this indicator; may be given again (else: all of the packs that are named)\n"
    "  --as-of DATE    the day on which the rules are asked (else: today)\n"
    "  --packs DIR     where packs that others use are found by their id; may be given again\n\n"
    "Exit status: 0 clean, 1 rows with errors or indicators without data, 2 wrong usage or a file that cannot be read.\n";

static int knows_region(const struct command_line *line, const struct board *board, const char *region)
{
    for (size_t l = 0; l < board->count; l++)
        if (line_has_region(&board->lines[l], region)) return EXIT_CLEAN;
    return usage_error(line, "no indicator can be broken down by %s", region);
}

static int print_board(const struct board *board, const char *region, const char *format, const char *language)
{
    size_t problems;
    if (strcmp(format, "json") == 0) problems = board_print_json(board, region);
    else if (strcmp(format, "csv") == 0) problems = board_print_csv(board, region, language);
    else problems = board_print_text(board, region, language);
    return problems || board->bad_rows ? EXIT_FINDINGS : EXIT_CLEAN;
}

static int report_line(const struct command_line *line)
{
    static const char *const FORMATS[] = {"text", "json", "csv", NULL};
    const char *data = option_value(line, "data", NULL), *region = option_value(line, "by", NULL);
    const char *language = option_choice(line, "lang", LANGUAGES);
    const char *format = language ? option_choice(line, "format", FORMATS) : NULL;
    int32_t as_of;
    if (!format || !option_as_of(line, &as_of)) return EXIT_USAGE;
    if (!data) return usage_error(line, "no --data is given");
    tuoyu_policy *policy;
    struct word_list packs = {.items = NULL};
    int result = load_policy(line, &policy, &packs);
    if (result != EXIT_CLEAN) return result;
    struct board board;
    result = board_open(&board, policy, option_values(line, "rule"), &packs, as_of) ? EXIT_CLEAN : EXIT_USAGE;
    if (result == EXIT_CLEAN && region) result = knows_region(line, &board, region);
    if (result == EXIT_CLEAN && !board_read(&board, data)) result = EXIT_USAGE;
    if (result == EXIT_CLEAN) result = print_board(&board, region, format, language);
    board_close(&board);
    word_list_free_words(&packs);
    tuoyu_policy_unref(policy);
    return result;
}

int report_command(int argc, char **argv)
{
    struct option options[] = {
        {.name = "data", .takes_value = true},
        {.name = "by", .takes_value = true},
        {.name = "rule", .takes_value = true, .repeats = true},
        {.name = "as-of", .takes_value = true},
        {.name = "lang", .takes_value = true},
        {.name = "format", .takes_value = true},
        {.name = "packs", .takes_value = true, .repeats = true},
        {.name = NULL}};
    struct command_line line = {.command = "report", .help = HELP, .options = options};
    int result;
    if (!command_line_read(&line, argc, argv, &result)) return result;
    result = report_line(&line);
    command_line_free(&line);
    return result;
}
