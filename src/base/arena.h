/* SPDX-License-Identifier: Apache-2.0 */
/* Arenas. What is allocated in an arena is freed with the arena, all at once, and never moves. Everything the
 * library builds stands in one: a policy has an arena for its whole life, an evaluation has one that is reset
 * between cases. */
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
    struct arena_chunk *first; /* oldest chunk; arena_reset() keeps the whole list */
    struct arena_chunk *current;
    size_t used;  /* bytes used of the current chunk */
    size_t given; /* bytes given out since arena_init() or arena_reset(), each piece rounded up to 16: the
                     same whatever chunks there are */
    size_t given_most;   /* what `given` may come to; SIZE_MAX: anything */
    size_t smallest;     /* bytes of the first chunk, without its header */
    bool failed;         /* whether an allocation was refused since arena_init() or arena_reset() */
    bool is_full;        /* whether that was because of given_most */
    struct quota *quota; /* charged for every allocation; NULL if nothing is counted */
};

/* Returns a copy of the caller's allocator, or malloc's if it is NULL or has no function. */
tuoyu_allocator allocator_or_default(const tuoyu_allocator *allocator);
/* Returns size bytes, or NULL if memory is refused. They are not cleared. */
void *allocator_allocate(const tuoyu_allocator *allocator, size_t size);
/* Frees a block of that size; NULL is allowed. */
void allocator_free(const tuoyu_allocator *allocator, void *pointer, size_t size);

/* An empty arena without a quota. It allocates nothing yet. */
void arena_init(struct arena *arena, const tuoyu_allocator *allocator);
/* As arena_init(), with the allocator and the quota of another arena, which must outlive this one. */
void arena_init_beside(struct arena *arena, const struct arena *other);
/* Charges steps for work that allocates nothing. Returns false, and sets arena->failed, once the quota is
 * used up. */
static inline bool arena_charge(struct arena *arena, uint64_t steps)
{
    if (quota_take(arena->quota, steps))
        return true;
    arena->failed = true;
    return false;
}
/* Returns size zeroed bytes aligned to 16; NULL, with arena->failed set, if memory is refused. A size of 0
 * gives a valid pointer. */
void *arena_allocate(struct arena *arena, size_t size);
/* As arena_allocate(), but the bytes are neither zeroed nor aligned: for texts. */
char *arena_allocate_bytes(struct arena *arena, size_t size);
/* As arena_allocate() for count items of size bytes each; also NULL if their product overflows. */
void *arena_allocate_array(struct arena *arena, size_t count, size_t size);
/* Makes everything given out invalid, and clears arena->failed and is_full. The memory is kept, so that a
 * second evaluation of the same size allocates nothing. */
void arena_reset(struct arena *arena);
/* As arena_reset(), but keeps only the oldest chunks, of at most `most` bytes together, and frees the
 * others. */
void arena_trim(struct arena *arena, size_t most);
/* Frees all memory. The arena is then as after arena_init(), with the same allocator and quota. */
void arena_free(struct arena *arena);

/* The state of an arena at one moment. arena_rewind() makes everything invalid that was given out since
 * arena_mark(). */
struct arena_mark {
    struct arena_chunk *current;
    size_t used, given;
};
/* The state of the arena now, for arena_rewind(). */
struct arena_mark arena_mark(const struct arena *arena);
/* Takes back all that was given out since the mark; the chunks stay the arena's. */
void arena_rewind(struct arena *arena, struct arena_mark mark);

#define ARENA_NEW(arena, type) ((type *)arena_allocate((arena), sizeof(type)))
#define ARENA_ARRAY(arena, type, count) ((type *)arena_allocate_array((arena), (count), sizeof(type)))

/* Returns the array if it has room for one more item, else a copy with room for more, whose capacity is
 * written to *capacity; NULL if memory is refused. The old block stays in the arena: as capacities double,
 * all old blocks together are smaller than the last one. */
void *arena_grow(struct arena *arena, void *array, size_t count, size_t *capacity, size_t item_size);

#endif
