/* SPDX-License-Identifier: Apache-2.0 */
/* Memory that lives and dies together. Everything the library builds stands in an arena: a policy has one for
 * life, an evaluation has one that is reset. An arena never moves what it gave out. */
#ifndef TUOYU_BASE_ARENA_H
#define TUOYU_BASE_ARENA_H

#include <stdalign.h>
#include <stdbool.h>
#include <stddef.h>
#include <tuoyu/common.h>

#include "base/quota.h"

struct arena_chunk;

struct arena {
    tuoyu_allocator allocator;
    struct arena_chunk *first; /* oldest chunk, kept by arena_reset */
    struct arena_chunk *current;
    size_t used;         /* bytes used of the current chunk */
    bool failed;         /* sticky: some allocation was refused since init or reset */
    struct quota *quota; /* what is charged for all that is built here; NULL: nothing */
};

/* The allocator that stands for NULL: malloc's. */
tuoyu_allocator allocator_or_default(const tuoyu_allocator *allocator);
void *allocator_allocate(const tuoyu_allocator *allocator, size_t size);
void allocator_free(const tuoyu_allocator *allocator, void *pointer, size_t size);

void arena_init(struct arena *arena, const tuoyu_allocator *allocator);
/* With the allocator and the quota of another arena, which must outlive this one. */
void arena_init_beside(struct arena *arena, const struct arena *other);
/* Charges steps of work that allocates nothing. false, and arena->failed, once the quota is used up. */
static inline bool arena_charge(struct arena *arena, uint64_t steps)
{
    if (quota_take(arena->quota, steps))
        return true;
    arena->failed = true;
    return false;
}
/* Zeroed, aligned to 16 bytes; NULL (and arena->failed) when memory is refused. A size of 0 gives a valid
 * pointer. */
void *arena_allocate(struct arena *arena, size_t size);
/* As arena_allocate, but neither zeroed nor aligned: for the bytes of a text. */
char *arena_allocate_bytes(struct arena *arena, size_t size);
/* As arena_allocate for count items of size; NULL when the product overflows. */
void *arena_allocate_array(struct arena *arena, size_t count, size_t size);
/* Forgets everything given out; keeps the memory, so that a second evaluation of the same size allocates
 * nothing. */
void arena_reset(struct arena *arena);
/* As arena_reset, but keeps no more than `most` bytes of the memory, the oldest. */
void arena_trim(struct arena *arena, size_t most);
void arena_free(struct arena *arena);

/* A point to go back to: everything given out after arena_mark is forgotten by arena_rewind. */
struct arena_mark {
    struct arena_chunk *current;
    size_t used;
};
struct arena_mark arena_mark(const struct arena *arena);
void arena_rewind(struct arena *arena, struct arena_mark mark);

#define ARENA_NEW(arena, type) ((type *)arena_allocate((arena), sizeof(type)))
#define ARENA_ARRAY(arena, type, count) ((type *)arena_allocate_array((arena), (count), sizeof(type)))

/* Grows an array that stands in an arena so that it has room for one more; the old block is left behind,
 * doubling keeps the waste below the size of the final array. Returns the array to use, or NULL. */
void *arena_grow(struct arena *arena, void *array, size_t count, size_t *capacity, size_t item_size);

#endif
