/* SPDX-License-Identifier: Apache-2.0 */
/* `tuoyu test --mutate`: changes the packs of a call, one small change at a time, runs the worked examples on
 * each, and lists what none of them noticed. */
#ifndef TUOYU_CLI_MUTATION_TEST_H
#define TUOYU_CLI_MUTATION_TEST_H

#include "cli/command_line.h"

/* Runs all changes of the packs that the line names; its options are --packs, --except, --format and
 * --threads. Returns an exit status: EXIT_FINDINGS where a change survived that --except does not name, or
 * where an example fails before anything is changed. */
int test_by_mutation(const struct command_line *line);

#endif
