/* SPDX-License-Identifier: Apache-2.0 */
/* Each pack of a call loaded by itself, with the packs that it uses, so that what is wrong with it is told
 * once and by its own place; and then all of them together, since packs that are clean one by one may not go
 * together: two versions of one pack that are in force at once, a fact that two declare differently. */
#ifndef TUOYU_CLI_EACH_PACK_H
#define TUOYU_CLI_EACH_PACK_H

#include <stdbool.h>

#include "cli/command_line.h"

/* What is done with the policy of one pack; false when something was found wrong. */
typedef bool pack_visitor(const tuoyu_policy *policy, const char *pack_id, void *context);

struct pack_visits {
    bool is_analysed; /* warnings of decision tables are wanted */
    bool is_apart;    /* the packs are alternatives: they are not loaded together */
    pack_visitor *visit;
    void *context;
    size_t bad;              /* out: packs with findings */
    bool do_not_go_together; /* out: those without findings cannot be loaded together */
};

/* The packs are the arguments of the line. Findings are printed, each once. Returns the exit status: the
 * worst of all. */
int for_each_pack(const struct command_line *line, struct pack_visits *visits);

#endif
