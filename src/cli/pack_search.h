/* SPDX-License-Identifier: Apache-2.0 */
/* Finds a pack by its id in folders. The search is bounded, so that it never walks a whole disk. */
#ifndef TUOYU_CLI_PACK_SEARCH_H
#define TUOYU_CLI_PACK_SEARCH_H

#include "cli/pack_files.h"

/* Limits of a search. */
enum {
    SEARCH_FILE_LARGEST = 1024 * 1024, /* larger files are no candidates */
    SEARCH_ENTRIES = 5000,             /* directory entries looked at in one call, all folders together */
    SEARCH_DEPTH = 4,                  /* sub-folders below a folder that is searched */
    SEARCH_CLIMB = 6                   /* folders above that of the pack */
};

/* A folder as messages show it, relative to the working folder where it lies below; the caller frees it. */
char *shown_folder(const char *real_path);

/* What came of a search. */
enum pack_found { PACK_FOUND, PACK_NOT_FOUND, PACK_AMBIGUOUS };

/* Finds the pack that the file `from` uses under an id: among the named files, then nearest to `from` first,
 * whatever was found for other packs before. *search is the search that met it, 0 for a named file. Two files
 * that both claim the id are PACK_AMBIGUOUS, which is said. */
enum pack_found pack_search(struct pack_files *files, size_t from, const char *id, size_t *index,
                            size_t *search);

#endif
