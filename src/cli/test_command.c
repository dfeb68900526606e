/* SPDX-License-Identifier: Apache-2.0 */
/* `tuoyu test`: runs the worked examples that packs carry. */
#include <stdio.h>
#include <string.h>

#include "cli/command_line.h"
#include "cli/commands.h"
#include "cli/each_pack.h"
#include "cli/exit_status.h"
#include "cli/findings.h"
#include "cli/language.h"
#include "cli/mutation_test.h"

static const char HELP[] =
    "usage: tuoyu test [--packs DIR]… [--answers] [--apart] PACK…\n"
    "       tuoyu test --mutate [--packs DIR]… [--except FILE.csv] [--format text|json] PACK…\n\n"
    "Runs the worked examples that each PACK carries (not those of the packs that it uses) and ends with\n"
    "`N passed, N failed`. What did not come out as expected is reported at its place in the pack. Several "
    "packs are\n"
    "then loaded together, too.\n\n"
    "  --packs DIR   where packs that others use are found by their id; may be given again\n"
    "                (else: the folder of the pack and those above it)\n"
    "  --answers     a line for each example, too: its pack and name, a tab, and its answer as JSON, or the\n"
    "                status of the error that it ends with\n"
    "  --apart       the packs are alternatives, and need not go together\n"
    "  --mutate      changes each PACK, one number, day, end of a range, operator or condition at a time, "
    "and "
    "lists\n"
    "                with their clauses the changes that no worked example of the PACKs notices\n"
    "  --except FILE.csv\n"
    "                changes that need not be noticed: columns place, what, reason. A place is "
    "`pack.id:keys`, what is\n"
    "                `was -> instead`, a kind or nothing; both may hold * and ?\n"
    "  --format json the changes that survived as JSON\n\n"
    "Exit status: 0 all passed, 1 some failed, a pack has errors, they do not go together, or a change "
    "survived, 2 wrong usage "
    "or a file\n"
    "that cannot be read.\n";

/* How the examples went, and how they are shown. */
struct counts {
    size_t passed, failed;
    bool shows_answers;
};

/* Prints an example with its answer as JSON, or with the status of its error. */
static void show_answer(const tuoyu_policy *policy, size_t index)
{
    tuoyu_text *json;
    tuoyu_status status = must_have_memory(tuoyu_policy_example_to_json(policy, index, &json, NULL));
    printf("%s:%s\t%s\n", tuoyu_policy_example_pack(policy, index), tuoyu_policy_example_name(policy, index),
           status == TUOYU_OK ? tuoyu_text_bytes(json) : tuoyu_status_name(status));
    tuoyu_text_free(json);
}

/* Runs an example and counts it; prints one that failed, with its findings. */
static void run_example(const tuoyu_policy *policy, size_t index, struct counts *counts)
{
    tuoyu_diagnostics *diagnostics = must_have_diagnostics();
    bool passed = false;
    if (counts->shows_answers)
        show_answer(policy, index);
    tuoyu_status status = must_have_memory(tuoyu_policy_example_run(policy, index, &passed, diagnostics));
    if (status == TUOYU_OK && passed) {
        counts->passed++;
    } else {
        counts->failed++;
        printf("FAILED %s: %s\n", tuoyu_policy_example_pack(policy, index),
               tuoyu_policy_example_name(policy, index));
        fflush(stdout);
        print_findings(diagnostics);
    }
    tuoyu_diagnostics_free(diagnostics);
}

/* Runs the examples of a pack, but not those of packs that it uses. Returns false where one failed. */
static bool run_examples(const tuoyu_policy *policy, const char *pack_id, void *context)
{
    struct counts *counts = context;
    size_t failed_before = counts->failed;
    for (size_t i = 0; i < tuoyu_policy_example_count(policy); i++)
        if (strcmp(tuoyu_policy_example_pack(policy, i), pack_id) == 0)
            run_example(policy, i, counts);
    return counts->failed == failed_before;
}

/* Runs `tuoyu test` with its arguments, argv[0] being the command; returns the exit code. */
int test_command(int argc, char **argv)
{
    struct option options[] = {{.name = "packs", .takes_value = true, .repeats = true},
                               {.name = "answers"},
                               {.name = "apart"},
                               {.name = "mutate"},
                               {.name = "except", .takes_value = true},
                               {.name = "format", .takes_value = true},
                               {.name = NULL}};
    struct command_line line = {.command = "test", .help = HELP, .options = options};
    int result;
    if (!command_line_read(&line, argc, argv, &result))
        return result;
    if (option_given(&line, "mutate")) {
        result = test_by_mutation(&line);
        command_line_free(&line);
        return result;
    }
    struct counts counts = {.shows_answers = option_given(&line, "answers")};
    struct pack_visits visits = {
        .is_apart = option_given(&line, "apart"), .visit = run_examples, .context = &counts};
    result = for_each_pack(&line, &visits);
    if (line.arguments.count) {
        if (visits.bad && !counts.failed)
            printf(output_format("%zu of %zu packs could not be tested\n"), visits.bad, line.arguments.count);
        if (visits.do_not_go_together)
            fputs(output_format("the packs do not go together\n"), stdout);
        printf(output_format("%zu passed, %zu failed\n"), counts.passed, counts.failed);
    }
    command_line_free(&line);
    return result;
}
