/* SPDX-License-Identifier: Apache-2.0 */
/* Loads each pack of a call by itself, with the packs that it uses, so that what is wrong with it is reported
 * once and at its own place; then all of them together, since packs that are clean one by one may not go
 * together: two versions of one pack that are in force at once, or a fact that two declare differently. */
#ifndef TUOYU_CLI_EACH_PACK_H
#define TUOYU_CLI_EACH_PACK_H

#include <stdbool.h>

#include "cli/command_line.h"

/* Called with the policy of each pack; returns false where it found something wrong. */
typedef bool pack_visitor(const tuoyu_policy *policy, const char *pack_id, void *context);

/* What for_each_pack() does, and what came of it. */
struct pack_visits {
    bool is_analysed; /* warnings about decision tables are wanted */
    bool is_apart;    /* the packs are alternatives and are not loaded together */
    pack_visitor *visit;
    pack_visitor *visit_together; /* or NULL: called once more with the policy of all clean packs, pack_id
                                     NULL; where they are not loaded together it is called with each */
    void *context;
    size_t bad;              /* result: number of packs with findings */
    bool do_not_go_together; /* result: the packs without findings cannot be loaded together */
};

/* Visits the packs that the line names as arguments. Each finding is printed once. Returns the worst exit
 * status of all. */
int for_each_pack(const struct command_line *line, struct pack_visits *visits);

#endif
