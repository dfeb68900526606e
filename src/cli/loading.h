/* SPDX-License-Identifier: Apache-2.0 */
/* All packs of a call loaded together into one policy. */
#ifndef TUOYU_CLI_LOADING_H
#define TUOYU_CLI_LOADING_H

#include "cli/command_line.h"

/* The packs are the arguments of the line. EXIT_CLEAN with *policy, or another exit status after saying what
 * is wrong. named_ids (may be NULL) takes the ids of the packs that were named, owned by the caller. */
int load_policy(const struct command_line *line, tuoyu_policy **policy, struct word_list *named_ids);

#endif
