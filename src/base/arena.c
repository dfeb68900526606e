/* SPDX-License-Identifier: Apache-2.0 */
/* Arenas: memory is taken from a list of growing chunks and freed all at once. Also the allocator that stands
 * for the caller's NULL, which is malloc's. */
#include "base/arena.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/huge_pages.h"

struct arena_chunk {
    struct arena_chunk *next;
    size_t size; /* bytes after the header */
    alignas(16) unsigned char bytes[];
};

enum { ALIGNMENT = 16, SMALLEST_CHUNK = 4096, LARGEST_DOUBLING = 1 << 16 };

/* Each allocation is charged one step for itself, and one step per 128 bytes for clearing and first touching
 * them. */
enum { STEPS_AN_ALLOCATION = 1, BYTES_A_STEP = 128 };

/* The default allocator: realloc and free. Fresh large blocks are taken on huge pages if the system has them.
 * Returns NULL after freeing (new_size 0) or if memory is refused. */
static void *malloc_reallocate(void *context, void *pointer, size_t old_size, size_t new_size)
{
    (void)context;
    (void)old_size;
    if (new_size == 0) {
        free(pointer);
        return NULL;
    }
    void *huge = !pointer && new_size >= HUGE_BLOCK_LEAST ? huge_pages_allocate(new_size) : NULL;
    return huge ? huge : realloc(pointer, new_size);
}

tuoyu_allocator allocator_or_default(const tuoyu_allocator *allocator)
{
    if (allocator && allocator->reallocate)
        return *allocator;
    return (tuoyu_allocator){.reallocate = malloc_reallocate, .context = NULL};
}

void *allocator_allocate(const tuoyu_allocator *allocator, size_t size)
{
    return allocator->reallocate(allocator->context, NULL, 0, size);
}

void allocator_free(const tuoyu_allocator *allocator, void *pointer, size_t size)
{
    if (pointer)
        allocator->reallocate(allocator->context, pointer, size, 0);
}

void arena_init(struct arena *arena, const tuoyu_allocator *allocator)
{
    *arena = (struct arena){
        .allocator = allocator_or_default(allocator), .given_most = SIZE_MAX, .smallest = SMALLEST_CHUNK};
}

void arena_init_beside(struct arena *arena, const struct arena *other)
{
    arena_init(arena, &other->allocator);
    arena->quota = other->quota;
}

/* Whether the chunk exists and has size bytes left behind the first `used` ones. */
static bool is_large_enough(const struct arena_chunk *chunk, size_t used, size_t size)
{
    return chunk && used <= chunk->size && chunk->size - used >= size;
}

/* Makes arena->current a chunk with room for size bytes and none of them used: the next kept chunk if it is
 * large enough, else a new one, which is linked in before it. Returns false, and changes nothing, if memory
 * or the quota is refused. */
static bool next_chunk(struct arena *arena, size_t size)
{
    struct arena_chunk *previous = arena->current;
    struct arena_chunk *next = previous ? previous->next : arena->first;
    if (!is_large_enough(next, 0, size)) {
        size_t wanted = previous ? previous->size * 2 : arena->smallest;
        if (wanted > LARGEST_DOUBLING)
            wanted = LARGEST_DOUBLING;
        if (wanted < size)
            wanted = size;
        if (!quota_reserve(arena->quota, sizeof(struct arena_chunk) + wanted))
            return false;
        struct arena_chunk *made = allocator_allocate(&arena->allocator, sizeof *made + wanted);
        if (!made) {
            quota_give_back(arena->quota, sizeof *made + wanted);
            return false;
        }
        made->next = next;
        made->size = wanted;
        if (previous)
            previous->next = made;
        else
            arena->first = made;
        next = made;
    }
    arena->current = next;
    arena->used = 0;
    return true;
}

/* Counts a piece against given_most. Returns false, and sets arena->failed, if it would come to more. */
static bool count_given(struct arena *arena, size_t size)
{
    size_t left = arena->given_most > arena->given ? arena->given_most - arena->given : 0;
    size_t rounded = (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    if (rounded >= size && rounded <= left) {
        arena->given += rounded;
        return true;
    }
    arena->failed = arena->is_full = true;
    return false;
}

/* Takes size bytes at the next offset that is a multiple of alignment, which is a power of two of at most
 * ALIGNMENT. Returns NULL, and sets arena->failed, if memory or the quota is refused. The bytes are not
 * cleared. */
static unsigned char *take_bytes(struct arena *arena, size_t size, size_t alignment)
{
    assert(alignment > 0 && alignment <= ALIGNMENT && (alignment & (alignment - 1)) == 0);
    assert(!arena->current || arena->used <= arena->current->size);
    size_t start = (arena->used + alignment - 1) & ~(alignment - 1);
    if (!quota_take(arena->quota, STEPS_AN_ALLOCATION + size / BYTES_A_STEP)) {
        arena->failed = true;
        return NULL;
    }
    if (!count_given(arena, size))
        return NULL;
    if (!is_large_enough(arena->current, start, size)) {
        if (size > PTRDIFF_MAX / 2 || !next_chunk(arena, size)) {
            arena->failed = true;
            return NULL;
        }
        start = 0;
    }
    arena->used = start + size;
    return arena->current->bytes + start;
}

void *arena_allocate(struct arena *arena, size_t size)
{
    unsigned char *result = take_bytes(arena, size ? size : 1, ALIGNMENT);
    return result ? memset(result, 0, size) : NULL;
}

char *arena_allocate_bytes(struct arena *arena, size_t size)
{
    return (char *)take_bytes(arena, size ? size : 1, 1);
}

void *arena_allocate_array(struct arena *arena, size_t count, size_t size)
{
    size_t total;
    if (__builtin_mul_overflow(count, size, &total)) {
        arena->failed = true;
        return NULL;
    }
    return arena_allocate(arena, total);
}

void arena_reset(struct arena *arena)
{
    arena->current = NULL;
    arena->used = arena->given = 0;
    arena->failed = arena->is_full = false;
}

/* Frees this chunk and all that follow it, and gives their bytes back to the quota. */
static void free_chunks(struct arena *arena, struct arena_chunk *chunk)
{
    while (chunk) {
        struct arena_chunk *next = chunk->next;
        quota_give_back(arena->quota, sizeof *chunk + chunk->size);
        allocator_free(&arena->allocator, chunk, sizeof *chunk + chunk->size);
        chunk = next;
    }
}

void arena_trim(struct arena *arena, size_t most)
{
    struct arena_chunk **link = &arena->first;
    for (size_t kept = 0; *link && (*link)->size <= most - kept; link = &(*link)->next)
        kept += (*link)->size;
    free_chunks(arena, *link);
    *link = NULL;
    arena_reset(arena);
}

void arena_free(struct arena *arena)
{
    arena_trim(arena, 0);
}

struct arena_mark arena_mark(const struct arena *arena)
{
    return (struct arena_mark){.current = arena->current, .used = arena->used, .given = arena->given};
}

void arena_rewind(struct arena *arena, struct arena_mark mark)
{
    assert(!mark.current || mark.used <= mark.current->size);
    arena->current = mark.current;
    arena->used = mark.used;
    arena->given = mark.given;
}

/* How many items an array first has room for. Most arrays stay short, so large items begin with two. */
static size_t first_capacity(size_t item_size)
{
    return item_size > 32 ? 2 : item_size > 8 ? 4 : 8;
}

void *arena_grow(struct arena *arena, void *array, size_t count, size_t *capacity, size_t item_size)
{
    assert(count <= *capacity && item_size > 0);
    if (count < *capacity)
        return array;
    size_t wanted = *capacity ? *capacity * 2 : first_capacity(item_size);
    void *grown = arena_allocate_array(arena, wanted, item_size);
    if (!grown)
        return NULL;
    if (count)
        memcpy(grown, array, count * item_size);
    *capacity = wanted;
    return grown;
}
