/* SPDX-License-Identifier: Apache-2.0 */
/* The option --set: numbers of the packs that are changed for this call. */
#ifndef TUOYU_CLI_SCENARIO_CHANGES_H
#define TUOYU_CLI_SCENARIO_CHANGES_H

#include "cli/change_list.h"
#include "cli/command_line.h"

/* What a command that loads a policy has among its options, its usage and its help. */
#define SCENARIO_OPTIONS                                   \
    {.name = "set", .takes_value = true, .repeats = true}, \
    {                                                      \
        .name = "reason", .takes_value = true              \
    }
#define SCENARIO_USAGE "                 [--set NAME=VALUE[@DATE]]… [--reason TEXT]\n"
#define SCENARIO_HELP                                                                                        \
    "Numbers of the packs can be changed for a simulation; answers then say that they are one, and "         \
    "receipts\n"                                                                                             \
    "tell the changes.\n\n"                                                                                  \
    "  --set NAME=VALUE[@DATE]\n"                                                                            \
    "                  gives a parameter this value, from the date on or on all days; NAME+=VALUE adds to\n" \
    "                  its values, NAME*=VALUE multiplies them. NAME is a name or pack.id:name; VALUE is\n"  \
    "                  in its unit, percent in percent; may be given again\n"                                \
    "  --reason TEXT   why, for whoever reads the answer\n"

/* Puts a policy with these changes in the place of *policy, which stays as it is where there are none or one
 * of them is wrong. Prints findings. Returns an exit status. */
int change_policy(tuoyu_policy **policy, const struct change_list *changes);
/* The same with the changes that the line has by --set. */
int change_policy_by_options(const struct command_line *line, tuoyu_policy **policy);

#endif
