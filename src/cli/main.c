/* SPDX-License-Identifier: Apache-2.0 */
/* The `tuoyu` command: one sub-command in each file, over the public interface only. */
#include <stdio.h>
#include <string.h>

#include <tuoyu/rules.h>

#include "cli/commands.h"
#include "cli/exit_status.h"
#include "cli/feel_command.h"
#include "cli/language.h"
#include "cli/tell.h"

/* All sub-commands, in the order of the help. */
static const struct {
    const char *name;
    int (*run)(int argc, char **argv);
    const char *purpose;
} COMMANDS[] = {
    {"check", check_command, "reads and type-checks packs"},
    {"test", test_command, "runs the worked examples that packs carry"},
    {"eval", eval_command, "answers one case by one rule, with the explanation"},
    {"replay", replay_command, "repeats a decision from its receipt and compares"},
    {"run", run_command, "answers every row of a CSV file by one or more rules"},
    {"admit", admit_command, "puts the rows of a CSV file on a waiting list, with the reasons"},
    {"plan", plan_command, "shows the program that a rule is computed by over tables"},
    {"pay", pay_command, "pays claims from a budget until it runs out"},
    {"report", report_command, "shows the board of indicators of a district"},
    {"feel", feel_command, "evaluates a FEEL expression"},
    {"schema", schema_command, "prints the JSON Schema of a pack"},
};
enum { COMMAND_COUNT = sizeof COMMANDS / sizeof COMMANDS[0] };

/* Prints the help of the whole command. */
static void print_help(FILE *stream)
{
    fputs("tuoyu: policy on inclusive childcare, computed (普惠托育政策计算)\n\n"
          "usage: tuoyu COMMAND …\n\n",
          stream);
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        fprintf(stream, "  %-8s%s\n", COMMANDS[i].name, COMMANDS[i].purpose);
    fputs("\n`tuoyu COMMAND --help` tells more; `tuoyu --version` prints the version.\n"
          "Exit status: 0 all is well, 1 something was found wrong, 2 wrong usage or a file that cannot be "
          "read.\n"
          "Each command takes --lang zh|en: the language in which it says what is wrong (else: English, or "
          "on a\n"
          "terminal that of LANG).\n",
          stream);
}

/* Flushes the standard output. Returns the given exit status, or EXIT_USAGE where the output cannot be
 * written, as for a full disk or a closed pipe. */
static int close_output(int exit_status)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return exit_status;
    fputs("tuoyu: the standard output cannot be written\n", stderr);
    return EXIT_USAGE;
}

/* Runs the command that the first argument names; returns its exit code, or EXIT_USAGE if there is none. */
int main(int argc, char **argv)
{
    const char *name = argc > 1 ? argv[1] : "";
    choose_language(argc, argv);
    if (strcmp(name, "--version") == 0) {
        printf("tuoyu %s\n", tuoyu_version());
        return close_output(EXIT_CLEAN);
    }
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0 || strcmp(name, "help") == 0) {
        print_help(stdout);
        return close_output(EXIT_CLEAN);
    }
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        if (strcmp(COMMANDS[i].name, name) == 0)
            return close_output(COMMANDS[i].run(argc - 1, argv + 1));
    if (*name)
        tell("tuoyu: there is no command %s", name);
    if (*name)
        fputc('\n', stderr);
    print_help(stderr);
    return EXIT_USAGE;
}
