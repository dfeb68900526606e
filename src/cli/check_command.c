/* SPDX-License-Identifier: Apache-2.0 */
/* `tuoyu check`: loads packs and reports everything that is wrong with them. */
#include <stdio.h>

#include "cli/command_line.h"
#include "cli/commands.h"
#include "cli/each_pack.h"

static const char HELP[] =
    "usage: tuoyu check [--packs DIR]… [--apart] PACK…\n\n"
    "Reads and type-checks each PACK with the packs that it uses, looks for gaps and rows that never decide "
    "in its\n"
    "tables, and reports everything that is wrong as file:line:column: error: …, with the line and a caret. "
    "Several\n"
    "packs are then loaded together, too.\n\n"
    "  --packs DIR   where packs that others use are found by their id; may be given again\n"
    "                (else: the folder of the pack and those above it)\n"
    "  --apart       the packs are alternatives, and need not go together\n\n"
    "Exit status: 0 clean, 1 findings, 2 wrong usage or a file that cannot be read.\n";

/* There is nothing more to do with a loaded pack: loading was the check. Returns true. */
static bool nothing_more(const tuoyu_policy *policy, const char *pack_id, void *context)
{
    (void)policy, (void)pack_id, (void)context;
    return true;
}

/* Runs `tuoyu check` with its arguments, argv[0] being the command; returns the exit code. */
int check_command(int argc, char **argv)
{
    struct option options[] = {
        {.name = "packs", .takes_value = true, .repeats = true}, {.name = "apart"}, {.name = NULL}};
    struct command_line line = {.command = "check", .help = HELP, .options = options};
    int result;
    if (!command_line_read(&line, argc, argv, &result))
        return result;
    struct pack_visits visits = {
        .is_analysed = true, .is_apart = option_given(&line, "apart"), .visit = nothing_more};
    size_t count = line.arguments.count;
    result = for_each_pack(&line, &visits);
    if (count)
        printf("%zu of %zu packs are clean%s\n", count - visits.bad, count,
               visits.do_not_go_together ? ", but not together" : "");
    command_line_free(&line);
    return result;
}
