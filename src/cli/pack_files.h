/* SPDX-License-Identifier: Apache-2.0 */
/* The pack files of one call: those that were named, and those that were found by id because one of them uses
 * them. */
#ifndef TUOYU_CLI_PACK_FILES_H
#define TUOYU_CLI_PACK_FILES_H

#include <stdbool.h>

#include "cli/allocation.h"
#include "cli/text_file.h"

/* A file that was read. */
struct pack_file {
    char *path;      /* as findings show it */
    char *real_path; /* by which files are told apart */
    struct text_file text;
    char *head;           /* holds id, in_force and uses; NULL where the head could not be read */
    const char *id;       /* NULL where head is */
    const char *in_force; /* such as 2024-01-01..2024-12-31 or 2025-01-01..; NULL where head is */
    struct word_list uses;
};

/* A file that was met when a folder was searched. One file may lie below several such folders. */
struct pack_hit {
    size_t search; /* number of the search, from 1 */
    size_t index;  /* of the file */
};

/* All files of a call. */
struct pack_files {
    struct pack_file *items; /* the named ones come first, in their order */
    size_t count, capacity, named;
    const struct word_list
        *folders; /* of --packs; where it is empty, the folder of a pack and those above it are searched */
    struct word_list searched; /* owned real paths of the folders, in the order of the searches */
    struct pack_hit *hits;     /* in the order of the searches */
    size_t hit_count, hit_capacity, entries_seen;
};

/* Bytes that are read of a named pack; the library's own limit is lower. */
enum { PACK_FILE_LARGEST = 64 * 1024 * 1024 };

/* The real path, by which files are told apart, or the path itself where there is none; the caller frees it.
 */
char *pack_real_path(const char *path);
/* The index of a file that was read before, or SIZE_MAX. */
size_t pack_files_find(const struct pack_files *files, const char *real_path);
/* Reads a file and its head; takes over real_path. Returns false after saying that it cannot be read. */
bool pack_files_add(struct pack_files *files, const char *path, char *real_path, size_t limit);
/* Reads the named files. Returns false after saying what cannot be read; pack_files_free() is needed then
 * too. */
bool pack_files_read(struct pack_files *files, const struct word_list *paths,
                     const struct word_list *folders);
void pack_files_free(struct pack_files *files);

/* Whether both say that they are one pack, in force at different times. Such files may be loaded together. */
bool are_versions(const struct pack_file *left, const struct pack_file *right);

#endif
