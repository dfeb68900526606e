/* SPDX-License-Identifier: Apache-2.0 */
/* Loads all packs of a call together into one policy. */
#ifndef TUOYU_CLI_LOADING_H
#define TUOYU_CLI_LOADING_H

#include "cli/command_line.h"

/* Loads the packs that the line names as arguments, with the changes of its SCENARIO_OPTIONS, which it must
 * have. Returns EXIT_CLEAN with *policy, which the caller unrefs,
 * or another exit status after saying what is wrong. named_ids (may be NULL) takes the ids of these packs,
 * which the caller frees. */
int load_policy(const struct command_line *line, tuoyu_policy **policy, struct word_list *named_ids);

#endif
