/* SPDX-License-Identifier: Apache-2.0 */
/* A pool of large blocks. Each block begins with a header that holds its size and, while the pool keeps it,
 * links it to the next one. The list of kept blocks (the most recently returned first) is guarded by a flag.
 * A thread that finds the flag taken for long does without the list: it allocates a fresh block, or frees the
 * one it returns. So a thread that was stopped while it held the flag, or a process that was forked at that
 * moment, blocks nobody. */
#include "base/block_pool.h"

#include <assert.h>
#include <string.h>

#include "base/arena.h"

struct block {
    struct block *next;
    size_t size; /* bytes, header included */
};

/* One cache line, so that the bytes behind the header are aligned as well as the block. */
enum { HEADER_BYTES = 64 };
static_assert(sizeof(struct block) <= HEADER_BYTES, "the header holds more than it has room for");

/* True if blocks of this size are kept in the pool when they are freed. */
static bool is_large(size_t size)
{
    return size >= BLOCK_POOL_LEAST;
}
/* The header of a large block, from the address that its user has. */
static struct block *block_of(void *bytes)
{
    assert(bytes);
    return (struct block *)(void *)((char *)bytes - HEADER_BYTES);
}
/* The address that the user of a large block has. */
static void *bytes_of(struct block *block)
{
    return (char *)block + HEADER_BYTES;
}

/* ---- The list ---- */

/* Takes the flag. Returns false if another thread still holds it after some thousand tries. */
static bool take_flag(struct block_pool *pool)
{
    enum { TRIES = 4096 };
    for (int i = 0; i < TRIES; i++)
        if (!atomic_flag_test_and_set_explicit(&pool->is_taken, memory_order_acquire))
            return true;
    return false;
}

/* Gives the flag back. */
static void leave_flag(struct block_pool *pool)
{
    atomic_flag_clear_explicit(&pool->is_taken, memory_order_release);
}

/* Keeps the newest blocks of the list, of at most `bytes` together. Returns the others, to be freed by
 * free_list() once the flag is given back. The caller holds the flag. */
static struct block *cut_list(struct block_pool *pool, size_t bytes)
{
    struct block **link = &pool->first;
    size_t sum = 0;
    while (*link && (*link)->size <= bytes - sum) {
        sum += (*link)->size;
        link = &(*link)->next;
    }
    struct block *others = *link;
    *link = NULL;
    pool->kept = sum;
    return others;
}

/* How many bytes may be kept now: what is in use and what is kept stay below the peak of this period and the
 * one before. The caller holds the flag. */
static size_t room_of(struct block_pool *pool)
{
    size_t out = atomic_load_explicit(&pool->out, memory_order_relaxed);
    if (out > pool->peak)
        pool->peak = out;
    size_t peak = pool->peak > pool->peak_before ? pool->peak : pool->peak_before;
    assert(out <= peak);
    return pool->has_no_owner ? 0 : peak - out;
}

/* Frees a list that was cut off. The caller must not hold the flag, since freeing may take long. */
static void free_list(struct block_pool *pool, struct block *block)
{
    while (block) {
        struct block *next = block->next;
        allocator_free(&pool->allocator, block, block->size);
        block = next;
    }
}

/* Takes the smallest kept block whose size, header included, is from least to most out of the list. Returns
 * NULL if there is none or the flag cannot be had. */
static struct block *take_block(struct block_pool *pool, size_t least, size_t most)
{
    struct block **best = NULL, *block = NULL;
    if (!take_flag(pool))
        return NULL;
    for (struct block **link = &pool->first; *link; link = &(*link)->next) {
        bool fits = (*link)->size >= least && (*link)->size <= most;
        if (fits && (!best || (*link)->size < (*best)->size))
            best = link;
    }
    if (best) {
        block = *best;
        *best = block->next;
        pool->kept -= block->size;
    }
    leave_flag(pool);
    return block;
}

/* Counts size more bytes as in use, and frees the kept blocks for which that leaves no room. */
static void count_out(struct block_pool *pool, size_t size)
{
    atomic_fetch_add_explicit(&pool->out, size, memory_order_relaxed);
    if (!take_flag(pool))
        return;
    struct block *others = cut_list(pool, room_of(pool));
    leave_flag(pool);
    free_list(pool, others);
}

/* Keeps a block that came back, as far as there is room, and frees what has none; frees the block if the flag
 * cannot be had. */
static void put_away(struct block_pool *pool, struct block *block)
{
    struct block *others = block;
    block->next = NULL;
    atomic_fetch_sub_explicit(&pool->out, block->size, memory_order_relaxed);
    if (take_flag(pool)) {
        block->next = pool->first;
        pool->first = block;
        others = cut_list(pool, room_of(pool));
        leave_flag(pool);
    }
    free_list(pool, others);
}

/* ---- Blocks ---- */

/* Allocates a block of size bytes (block NULL) or resizes a block that is in use. If memory is refused it
 * frees all kept blocks and tries once more, so that the pool is never the reason. Returns NULL, with the old
 * block as it was, if it is refused again. Sizes include the header. */
static struct block *ask_below(struct block_pool *pool, struct block *block, size_t old_size, size_t size)
{
    const tuoyu_allocator *below = &pool->allocator;
    struct block *made = below->reallocate(below->context, block, old_size, size);
    if (!made) {
        block_pool_trim(pool);
        made = below->reallocate(below->context, block, old_size, size);
    }
    if (made)
        *made = (struct block){.size = size};
    return made;
}

/* Returns `size` bytes in a large block: a kept one of at most `most` bytes, else a fresh one. NULL if memory
 * is refused. */
static void *allocate_large(struct block_pool *pool, size_t size, size_t most)
{
    struct block *block = size <= PTRDIFF_MAX ? take_block(pool, size + HEADER_BYTES, most) : NULL;
    if (!block && size <= PTRDIFF_MAX)
        block = ask_below(pool, NULL, 0, size + HEADER_BYTES);
    if (!block)
        return NULL;
    count_out(pool, block->size);
    return bytes_of(block);
}

/* Returns `size` bytes, large or small; NULL if memory is refused. A kept block is used only up to four times
 * the size wanted: a larger one would soon be missed elsewhere. */
static void *allocate(struct block_pool *pool, size_t size)
{
    enum { TIMES_MOST = 4 };
    if (!is_large(size))
        return allocator_allocate(&pool->allocator, size);
    return allocate_large(pool, size, size <= SIZE_MAX / TIMES_MOST ? TIMES_MOST * size : SIZE_MAX);
}

/* Takes back bytes of any size; the size tells whether they are a large block. */
static void give_back(struct block_pool *pool, void *bytes, size_t size)
{
    if (is_large(size))
        put_away(pool, block_of(bytes));
    else
        allocator_free(&pool->allocator, bytes, size);
}

/* Resizes a large block to another large size: in place if it is large enough, by moving into a kept block,
 * or by the allocator below, which may move pages instead of bytes. Returns NULL, with the block as it was,
 * if memory is refused. */
static void *resize_large(struct block_pool *pool, void *bytes, size_t old_size, size_t size)
{
    struct block *block = block_of(bytes);
    const size_t wanted = size + HEADER_BYTES, before = block->size;
    if (size > PTRDIFF_MAX)
        return NULL;
    if (wanted <= before)
        return bytes;
    struct block *moved = take_block(pool, wanted, SIZE_MAX);
    if (moved) {
        count_out(pool, moved->size);
        memcpy(bytes_of(moved), bytes, old_size);
        put_away(pool, block);
        return bytes_of(moved);
    }
    struct block *grown = ask_below(pool, block, before, wanted);
    if (!grown)
        return NULL;
    count_out(pool, wanted - before);
    return bytes_of(grown);
}

/* Resizes bytes of any size to any other; NULL, with the bytes as they were, if memory is refused. What grows
 * once will grow again, so it may take any kept block that is large enough, however large. */
static void *resize(struct block_pool *pool, void *bytes, size_t old_size, size_t size)
{
    const tuoyu_allocator *below = &pool->allocator;
    if (is_large(old_size) && is_large(size))
        return resize_large(pool, bytes, old_size, size);
    if (!is_large(old_size) && !is_large(size))
        return below->reallocate(below->context, bytes, old_size, size);
    void *moved = is_large(size) ? allocate_large(pool, size, SIZE_MAX) : allocator_allocate(below, size);
    if (!moved)
        return NULL;
    memcpy(moved, bytes, old_size < size ? old_size : size);
    give_back(pool, bytes, old_size);
    return moved;
}

/* Gives one reference back; the last one frees the pool and what it keeps. */
static void unref(struct block_pool *pool)
{
    size_t before = atomic_fetch_sub_explicit(&pool->references, 1, memory_order_acq_rel);
    assert(before > 0);
    if (before != 1)
        return;
    tuoyu_allocator allocator = pool->allocator;
    free_list(pool, pool->first);
    allocator_free(&allocator, pool, sizeof *pool);
}

/* The pool's tuoyu_allocator function. Each block in use, small or large, holds a reference to the pool.
 * Returns NULL for a size of 0, or if memory is refused, and then the old block stays. */
static void *pool_reallocate(void *context, void *bytes, size_t old_size, size_t size)
{
    struct block_pool *pool = context;
    if (bytes && size)
        return resize(pool, bytes, old_size, size);
    if (size) {
        void *made = allocate(pool, size);
        if (made)
            atomic_fetch_add_explicit(&pool->references, 1, memory_order_relaxed);
        return made;
    }
    if (!bytes)
        return NULL;
    give_back(pool, bytes, old_size);
    unref(pool);
    return NULL;
}

tuoyu_allocator block_pool_allocator(struct block_pool *pool)
{
    return (tuoyu_allocator){.reallocate = pool_reallocate, .context = pool};
}

/* ---- The pool ---- */

struct block_pool *block_pool_new(const tuoyu_allocator *allocator)
{
    struct block_pool *pool = allocator_allocate(allocator, sizeof *pool);
    if (!pool)
        return NULL;
    memset(pool, 0, sizeof *pool);
    pool->allocator = *allocator;
    atomic_init(&pool->references, 1);
    atomic_init(&pool->out, 0);
    atomic_flag_clear(&pool->is_taken);
    return pool;
}

void block_pool_begin_run(struct block_pool *pool)
{
    if (!take_flag(pool))
        return;
    if (++pool->runs == BLOCK_POOL_RUNS) {
        pool->runs = 0;
        pool->peak_before = pool->peak;
        pool->peak = 0;
    }
    struct block *others = cut_list(pool, room_of(pool));
    leave_flag(pool);
    free_list(pool, others);
}

void block_pool_trim(struct block_pool *pool)
{
    if (!take_flag(pool))
        return;
    struct block *all = cut_list(pool, 0);
    leave_flag(pool);
    free_list(pool, all);
}

void block_pool_release(struct block_pool *pool)
{
    if (!pool)
        return;
    if (take_flag(pool)) {
        pool->has_no_owner = true;
        struct block *all = cut_list(pool, 0);
        leave_flag(pool);
        free_list(pool, all);
    }
    unref(pool);
}
