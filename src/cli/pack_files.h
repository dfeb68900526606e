/* SPDX-License-Identifier: Apache-2.0 */
/* The pack files of one call: those that were named, and those found by id because one of them uses them. */
#ifndef TUOYU_CLI_PACK_FILES_H
#define TUOYU_CLI_PACK_FILES_H

#include <stdbool.h>

#include "cli/allocation.h"
#include "cli/text_file.h"

struct pack_file {
    char *path;      /* as shown in findings */
    char *real_path; /* tells files apart */
    struct text_file text;
    char *head;           /* owns id, in_force and uses; NULL when the head could not be read */
    const char *id;       /* NULL likewise */
    const char *in_force; /* such as 2024-01-01..2024-12-31 or 2025-01-01..; NULL likewise */
    struct word_list uses;
};

/* A file that was met when a folder was searched. One file may lie below several folders that were. */
struct pack_hit {
    size_t search; /* of the folder; 1 is the first */
    size_t index;
};

struct pack_files {
    struct pack_file *items; /* the named ones first, in their order */
    size_t count, capacity, named;
    const struct word_list *folders; /* --packs; empty: the folder of a pack and those above it */
    struct word_list searched;       /* real paths of folders, owned; in the order of the searches */
    struct pack_hit *hits;           /* in the order of the searches */
    size_t hit_count, hit_capacity, entries_seen;
};

/* Some of the files, by index. */
struct pack_choice {
    size_t *indexes;
    size_t count, capacity;
};

/* Reads the files that are named. False after saying what cannot be read. */
bool pack_files_read(struct pack_files *files, const struct word_list *paths,
                     const struct word_list *folders);
void pack_files_free(struct pack_files *files);

/* Whether both say that they are one pack, in force at different times: such may be loaded together. */
bool are_versions(const struct pack_file *left, const struct pack_file *right);

/* Adds file index and all packs that it uses, however far, each once, all versions that are found of each. A
 * pack that is not found is left out: loading reports it at its `uses:`. False after saying that two files
 * claim the same id. */
bool pack_choice_add(struct pack_choice *choice, struct pack_files *files, size_t index);
/* Adds file index and its versions among those that were named (search 0), or that the same search met. */
void pack_choice_add_versions(struct pack_choice *choice, const struct pack_files *files, size_t index,
                              size_t search);
void pack_choice_free(struct pack_choice *choice);

/* options: NULL for the defaults. */
tuoyu_status pack_choice_load(const struct pack_choice *choice, const struct pack_files *files,
                              const tuoyu_load_options *options, tuoyu_policy **policy,
                              tuoyu_diagnostics *diagnostics);
/* After a load that lacks a pack: says where it was looked for. */
void print_searched_folders(const struct pack_files *files, const tuoyu_diagnostics *diagnostics);

#endif
