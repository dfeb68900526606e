/* SPDX-License-Identifier: Apache-2.0 */
/* Each large block begins with a header, which says how large it is and links it to others while it is
 * kept. The list of these, the last one that came back first, is guarded by a flag. Whoever finds the flag
 * taken for long does without the list: a fresh block is taken, or this one is freed. So a thread that was
 * stopped while it had the flag, or a process that was forked just then, holds up nobody. */
#include "base/block_pool.h"

#include <assert.h>
#include <string.h>

#include "base/arena.h"

struct block {
    struct block *next;
    size_t size; /* with the header */
};

/* A line of the cache, so that what follows is as aligned as the block. */
enum { HEADER_BYTES = 64 };
static_assert(sizeof(struct block) <= HEADER_BYTES, "the header holds more than it has room for");

static bool is_large(size_t size)
{
    return size >= BLOCK_POOL_LEAST;
}
static struct block *block_of(void *bytes)
{
    return (struct block *)(void *)((char *)bytes - HEADER_BYTES);
}
static void *bytes_of(struct block *block)
{
    return (char *)block + HEADER_BYTES;
}

/* ---- The list ---- */

static bool take_flag(struct block_pool *pool)
{
    enum { TRIES = 4096 };
    for (int i = 0; i < TRIES; i++)
        if (!atomic_flag_test_and_set_explicit(&pool->is_taken, memory_order_acquire))
            return true;
    return false;
}

static void leave_flag(struct block_pool *pool)
{
    atomic_flag_clear_explicit(&pool->is_taken, memory_order_release);
}

/* Takes the list down to so many bytes, the newest blocks; the others are for free_list. With the flag. */
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

/* As many bytes as may be kept now. With the flag. */
static size_t room_of(struct block_pool *pool)
{
    size_t out = atomic_load_explicit(&pool->out, memory_order_relaxed);
    if (out > pool->most)
        pool->most = out;
    size_t most = pool->most > pool->most_before ? pool->most : pool->most_before;
    return pool->is_released ? 0 : most - out;
}

/* Without the flag: to free memory may take its time. */
static void free_list(struct block_pool *pool, struct block *block)
{
    while (block) {
        struct block *next = block->next;
        allocator_free(&pool->allocator, block, block->size);
        block = next;
    }
}

/* The smallest kept block of at least and at most these sizes, or NULL. */
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

/* More is out: frees what is beyond the room that this leaves. */
static void count_out(struct block_pool *pool, size_t size)
{
    atomic_fetch_add_explicit(&pool->out, size, memory_order_relaxed);
    if (!take_flag(pool))
        return;
    struct block *others = cut_list(pool, room_of(pool));
    leave_flag(pool);
    free_list(pool, others);
}

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

/* Asks the allocator below for a block, or for more for one; what is kept must not be why there is nothing
 * left. */
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

/* NULL without memory, as the functions below. */
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

/* A block of far more than is needed would be missed elsewhere. */
static void *allocate(struct block_pool *pool, size_t size)
{
    enum { TIMES_MOST = 4 };
    if (!is_large(size))
        return allocator_allocate(&pool->allocator, size);
    return allocate_large(pool, size, size <= SIZE_MAX / TIMES_MOST ? TIMES_MOST * size : SIZE_MAX);
}

static void give_back(struct block_pool *pool, void *bytes, size_t size)
{
    if (is_large(size))
        put_away(pool, block_of(bytes));
    else
        allocator_free(&pool->allocator, bytes, size);
}

/* Of a large block that stays one: as it is, in a kept one, or below, where the system may move pages
 * instead of bytes. */
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

/* What grows will grow further, and takes any kept block that is large enough. */
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

static void drop_reference(struct block_pool *pool)
{
    if (atomic_fetch_sub_explicit(&pool->references, 1, memory_order_acq_rel) != 1)
        return;
    tuoyu_allocator allocator = pool->allocator;
    free_list(pool, pool->first);
    allocator_free(&allocator, pool, sizeof *pool);
}

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
    drop_reference(pool);
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
        pool->most_before = pool->most;
        pool->most = 0;
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
        pool->is_released = true;
        struct block *all = cut_list(pool, 0);
        leave_flag(pool);
        free_list(pool, all);
    }
    drop_reference(pool);
}
