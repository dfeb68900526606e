/* SPDX-License-Identifier: Apache-2.0 */
/* `tuoyu check`: loads packs and reports everything that is wrong with them. */
#include <stdio.h>
#include <string.h>

#include "cli/command_line.h"
#include "cli/commands.h"
#include "cli/each_pack.h"
#include "cli/findings.h"
#include "cli/language.h"

static const char HELP[] =
    "usage: tuoyu check [--packs DIR]… [--apart] [--as-of-range FIRST..LAST] PACK…\n\n"
    "Reads and type-checks each PACK with the packs that it uses, looks for gaps and rows that never decide "
    "in its\n"
    "tables, for days without a number, and for what no rule uses, and reports everything that is wrong as\n"
    "file:line:column: error: …, with the line and a caret. Several packs are then loaded together, too.\n\n"
    "  --packs DIR   where packs that others use are found by their id; may be given again\n"
    "                (else: the folder of the pack and those above it)\n"
    "  --apart       the packs are alternatives, and need not go together\n"
    "  --as-of-range FIRST..LAST\n"
    "                such as 2024-01-01..2025-12-31: lists the days on which a rule of a PACK is not in "
    "force, "
    "or\n"
    "                lacks a number; there are findings then\n\n"
    "Exit status: 0 clean, 1 findings, 2 wrong usage or a file that cannot be read.\n";

/* The days that are asked for. */
struct day_range {
    bool is_given;
    int32_t first, last;
};

/* Reads `2024-01-01..2025-12-31`. Returns false where it is no such range. */
static bool read_days(const char *text, struct day_range *days)
{
    const char *dots = strstr(text, "..");
    days->is_given = true;
    return dots && tuoyu_date_from_text(text, (size_t)(dots - text), &days->first) == TUOYU_OK &&
           tuoyu_date_from_text(dots + 2, TUOYU_NUL_TERMINATED, &days->last) == TUOYU_OK &&
           days->first <= days->last;
}

/* Loading was the check; what is left is to list the days on which the pack's rules cannot answer. Returns
 * false where there are some. */
static bool list_gaps(const tuoyu_policy *policy, const char *pack_id, void *context)
{
    const struct day_range *days = context;
    if (!days->is_given)
        return true;
    tuoyu_diagnostics *diagnostics = must_have_diagnostics();
    must_have_memory(tuoyu_policy_find_gaps(policy, pack_id, days->first, days->last, diagnostics));
    bool has_none = tuoyu_diagnostics_count(diagnostics) == 0;
    print_findings(diagnostics);
    tuoyu_diagnostics_free(diagnostics);
    return has_none;
}

/* Tells of what no rule uses. That is no reason to fail. */
static bool tell_unused(const tuoyu_policy *policy, const char *pack_id, void *context)
{
    (void)pack_id, (void)context;
    tuoyu_diagnostics *diagnostics = must_have_diagnostics();
    must_have_memory(tuoyu_policy_find_unused(policy, diagnostics));
    print_findings(diagnostics);
    tuoyu_diagnostics_free(diagnostics);
    return true;
}

/* Runs `tuoyu check` with its arguments, argv[0] being the command; returns the exit code. */
int check_command(int argc, char **argv)
{
    struct option options[] = {{.name = "packs", .takes_value = true, .repeats = true},
                               {.name = "apart"},
                               {.name = "as-of-range", .takes_value = true},
                               {.name = NULL}};
    struct command_line line = {.command = "check", .help = HELP, .options = options};
    int result;
    if (!command_line_read(&line, argc, argv, &result))
        return result;
    struct day_range days = {.is_given = false};
    const char *range = option_value(&line, "as-of-range", NULL);
    if (range && !read_days(range, &days)) {
        result = usage_error(&line,
                             "--as-of-range: %s is not from one day to another, such as "
                             "2024-01-01..2025-12-31",
                             range);
        command_line_free(&line);
        return result;
    }
    struct pack_visits visits = {.is_analysed = true,
                                 .is_apart = option_given(&line, "apart"),
                                 .visit = list_gaps,
                                 .visit_together = tell_unused,
                                 .context = &days};
    size_t count = line.arguments.count;
    result = for_each_pack(&line, &visits);
    if (count)
        printf(output_format("%zu of %zu packs are clean%s\n"), count - visits.bad, count,
               visits.do_not_go_together ? output_format(", but not together") : "");
    command_line_free(&line);
    return result;
}
