/* SPDX-License-Identifier: Apache-2.0 */
/* `tuoyu plan`: prints the program by which rules are computed over tables. */
#include <stdio.h>

#include <tuoyu/batches.h>

#include "cli/case_rule.h"
#include "cli/commands.h"
#include "cli/exit_status.h"
#include "cli/findings.h"
#include "cli/loading.h"
#include "cli/scenario_changes.h"

static const char HELP[] =
    "usage: tuoyu plan PACK… --rule NAME… [--as-of DATE] [--packs DIR]…\n" SCENARIO_USAGE "\n"
    "Prints what tables are computed by: a line for each operation of the rules' program, with its operands, "
    "its type and\n"
    "scale, the interval that its values were proven to lie in, and the line of the pack that it was made "
    "from; then what\n"
    "each rule's columns are made of. The cost of a row is the number of operations.\n\n"
    "  --rule NAME     a rule by its name, or pack.id:name; may be given again: what rules have in common is "
    "computed once\n"
    "  --as-of DATE    the day on which the rules are asked (else: today)\n"
    "  --packs DIR     where packs that others use are found by their id; may be given "
    "again\n\n"
    "Exit status: 0 clean, 1 the packs have errors, 2 wrong usage or a file that cannot be read.\n";

/* Prints the program of the rules. Returns an exit status. */
static int print_plan(tuoyu_policy *policy, const struct word_list *rules, int32_t as_of)
{
    tuoyu_diagnostics *diagnostics = must_have_diagnostics();
    tuoyu_batch *batch = NULL;
    tuoyu_text *text = NULL;
    tuoyu_status status = must_have_memory(tuoyu_batch_new(policy, (const char *const *)rules->items, NULL,
                                                           rules->count, as_of, NULL, &batch, diagnostics));
    if (status == TUOYU_OK) {
        must_have_memory(tuoyu_batch_plan(batch, &text));
        fwrite(tuoyu_text_bytes(text), 1, tuoyu_text_length(text), stdout);
    }
    print_findings(diagnostics);
    tuoyu_text_free(text);
    tuoyu_batch_unref(batch);
    tuoyu_diagnostics_free(diagnostics);
    return status == TUOYU_OK ? EXIT_CLEAN : EXIT_USAGE;
}

/* Checks the options and prints the plan. Returns an exit status. */
static int plan_line(const struct command_line *line)
{
    int32_t as_of;
    tuoyu_policy *policy = NULL;
    const struct word_list *rules = option_values(line, "rule");
    if (!rules->count)
        return usage_error(line, "no --rule is given");
    if (!option_as_of(line, &as_of))
        return EXIT_USAGE;
    int result = load_policy(line, &policy, NULL);
    if (result == EXIT_CLEAN)
        result = print_plan(policy, rules, as_of);
    tuoyu_policy_unref(policy);
    return result;
}

/* Runs `tuoyu plan` with its arguments, argv[0] being the command; returns the exit code. */
int plan_command(int argc, char **argv)
{
    struct option options[] = {{.name = "rule", .takes_value = true, .repeats = true},
                               {.name = "as-of", .takes_value = true},
                               {.name = "packs", .takes_value = true, .repeats = true},
                               SCENARIO_OPTIONS,
                               {.name = NULL}};
    struct command_line line = {.command = "plan",
                                .help = HELP,
                                .more_help = (const char *const[]){SCENARIO_HELP, NULL},
                                .options = options};
    int result;
    if (!command_line_read(&line, argc, argv, &result))
        return result;
    result = plan_line(&line);
    command_line_free(&line);
    return result;
}
