/* SPDX-License-Identifier: Apache-2.0 */
/* Each pack of a call loaded on its own, with the packs that it uses: packs that have nothing to do with one another, of
 * two cities say, may then give one name different meanings. */
#ifndef TUOYU_CLI_EACH_PACK_H
#define TUOYU_CLI_EACH_PACK_H

#include <stdbool.h>

#include "cli/command_line.h"

/* What is done with the policy of one pack; false when something was found wrong. */
typedef bool pack_visitor(const tuoyu_policy *policy, const char *pack_id, void *context);

/* The packs are the arguments of the line. Findings are printed, each once. *bad counts packs with findings. Returns the
 * exit status: the worst of all. */
int for_each_pack(const struct command_line *line, pack_visitor *visit, void *context, size_t *bad);

#endif
