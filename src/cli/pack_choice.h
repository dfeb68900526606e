/* SPDX-License-Identifier: Apache-2.0 */
/* The packs that are loaded together: those that were named, all that they use, and the versions of each. */
#ifndef TUOYU_CLI_PACK_CHOICE_H
#define TUOYU_CLI_PACK_CHOICE_H

#include "cli/pack_files.h"

/* Some of the files, by index. */
struct pack_choice {
    size_t *indexes;
    size_t count, capacity;
};

/* Adds a file and all packs that it uses, however far, each once, and all versions that are found of each. A
 * pack that is not found is left out: loading reports it at its `uses:`. Returns false after saying that two
 * files claim one id. */
bool pack_choice_add(struct pack_choice *choice, struct pack_files *files, size_t index);
/* Adds a file and its versions, among the named files (search 0) or among those that the same search met. */
void pack_choice_add_versions(struct pack_choice *choice, const struct pack_files *files, size_t index,
                              size_t search);
void pack_choice_free(struct pack_choice *choice);

/* Loads the chosen packs. options: NULL for the defaults. Returns TUOYU_OK with *policy, or the library's
 * error, reported. */
tuoyu_status pack_choice_load(const struct pack_choice *choice, const struct pack_files *files,
                              const tuoyu_load_options *options, tuoyu_policy **policy,
                              tuoyu_diagnostics *diagnostics);
/* Says where packs were looked for, if a load found one missing. */
void print_searched_folders(const struct pack_files *files, const tuoyu_diagnostics *diagnostics);

#endif
