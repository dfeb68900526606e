/* SPDX-License-Identifier: Apache-2.0 */
/* A pack with all that it uses, found among files. */
#ifndef TUOYU_BENCH_PACKS_H
#define TUOYU_BENCH_PACKS_H

#include <tuoyu/tuoyu.h>

enum { MOST_PACK_FILES = 256 };

struct bench_packs {
    tuoyu_pack_text used[MOST_PACK_FILES];
    size_t used_count, bytes;
    struct pack_file *files;
    size_t count;
};

/* The first of the paths is the pack; what cannot be read is passed over. false where the first cannot be
 * read. */
bool bench_packs_read(struct bench_packs *packs, char *const *paths, size_t count);
void bench_packs_free(struct bench_packs *packs);

#endif
