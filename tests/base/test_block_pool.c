/* SPDX-License-Identifier: Apache-2.0 */
/* The pool of large blocks: what is given out is nobody else's, what is kept is bounded by what was in use,
 * nothing is lost, whoever goes first and whichever allocation is refused. */
#include "../cmocka_all.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/block_pool.h"
#include "base/huge_pages.h"

enum { LEAST = BLOCK_POOL_LEAST, HEADER = 16, LINE = 64 };

/* ---- The allocator below: each block knows its size, which must be told rightly; threads may share it
 * ---- */

struct below {
    atomic_size_t bytes, blocks, large_calls;
    atomic_size_t refused; /* all from so many bytes on; 0: none */
};

static void *below_reallocate(void *context, void *pointer, size_t old_size, size_t new_size)
{
    struct below *below = context;
    size_t *block = pointer ? (size_t *)(void *)((char *)pointer - HEADER) : NULL;
    if (block ? *block != old_size : old_size != 0)
        abort();
    if (new_size == 0) {
        atomic_fetch_sub(&below->bytes, old_size);
        atomic_fetch_sub(&below->blocks, pointer != NULL);
        if (block)
            memset(block, 0xdd, HEADER + old_size);
        free(block);
        return NULL;
    }
    if (below->refused && new_size >= below->refused)
        return NULL;
    size_t *made = realloc(block, HEADER + new_size);
    assert_non_null(made);
    *made = new_size;
    atomic_fetch_add(&below->bytes, new_size - old_size);
    atomic_fetch_add(&below->blocks, !pointer);
    atomic_fetch_add(&below->large_calls, new_size >= LEAST);
    return (char *)made + HEADER;
}

static tuoyu_allocator allocator_over(struct below *below)
{
    return (tuoyu_allocator){.reallocate = below_reallocate, .context = below};
}

struct pooled {
    struct below below;
    struct block_pool *pool;
    tuoyu_allocator allocator;
    size_t own; /* bytes of the pool itself */
};

static void begin(struct pooled *pooled)
{
    memset(pooled, 0, sizeof *pooled);
    const tuoyu_allocator below = allocator_over(&pooled->below);
    pooled->pool = block_pool_new(&below);
    assert_non_null(pooled->pool);
    pooled->allocator = block_pool_allocator(pooled->pool);
    pooled->own = pooled->below.bytes;
}

static void *resized(struct pooled *pooled, void *block, size_t old_size, size_t new_size)
{
    return pooled->allocator.reallocate(pooled->allocator.context, block, old_size, new_size);
}

static void end(struct pooled *pooled)
{
    block_pool_release(pooled->pool);
    assert_int_equal(pooled->below.bytes, 0);
    assert_int_equal(pooled->below.blocks, 0);
}

/* ---- One thread ---- */

static void a_large_block_comes_back_to_who_asks_for_as_much(void **state)
{
    (void)state;
    struct pooled pooled;
    begin(&pooled);
    void *first = allocator_allocate(&pooled.allocator, 3 * LEAST + 5),
         *second = allocator_allocate(&pooled.allocator, 7 * LEAST);
    allocator_free(&pooled.allocator, first, 3 * LEAST + 5);
    allocator_free(&pooled.allocator, second, 7 * LEAST);
    size_t calls = pooled.below.large_calls;
    assert_true(pooled.pool->kept >= 10 * LEAST + 5);
    assert_ptr_equal(allocator_allocate(&pooled.allocator, 7 * LEAST), second);
    /* A few bytes more or less make no difference. */
    assert_ptr_equal(allocator_allocate(&pooled.allocator, 3 * LEAST - 900), first);
    assert_int_equal(pooled.below.large_calls, calls);
    assert_int_equal(pooled.pool->kept, 0);
    allocator_free(&pooled.allocator, first, 3 * LEAST - 900);
    allocator_free(&pooled.allocator, second, 7 * LEAST);
    end(&pooled);
}

static void small_blocks_pass_through(void **state)
{
    (void)state;
    struct pooled pooled;
    begin(&pooled);
    void *small = allocator_allocate(&pooled.allocator, LEAST - 1);
    assert_int_equal(pooled.below.bytes, pooled.own + LEAST - 1);
    allocator_free(&pooled.allocator, small, LEAST - 1);
    assert_int_equal(pooled.below.bytes, pooled.own);
    assert_int_equal(pooled.pool->kept, 0);
    assert_null(resized(&pooled, NULL, 0, 0));
    end(&pooled);
}

static void a_line_more_is_asked_for(void **state)
{
    (void)state;
    struct pooled pooled;
    begin(&pooled);
    for (size_t size = LEAST; size < 100 * (size_t)LEAST; size += size / 7 + 13) {
        size_t before = pooled.below.bytes;
        void *block = allocator_allocate(&pooled.allocator, size);
        assert_int_equal(pooled.below.bytes - before, size + LINE);
        assert_int_equal((uintptr_t)block % 16, 0);
        allocator_free(&pooled.allocator, block, size);
        block_pool_trim(pooled.pool);
        assert_int_equal(pooled.below.bytes, pooled.own);
    }
    end(&pooled);
}

/* A kept block that is larger will do, the smallest of them, but none of more than four times the size. */
static void the_smallest_that_fits_is_taken(void **state)
{
    (void)state;
    struct pooled pooled;
    void *blocks[4];
    begin(&pooled);
    for (size_t i = 0; i < 4; i++)
        blocks[i] = allocator_allocate(&pooled.allocator, (4 + 4 * i) * LEAST);
    for (size_t i = 0; i < 4; i++)
        allocator_free(&pooled.allocator, blocks[i], (4 + 4 * i) * LEAST);
    assert_ptr_equal(allocator_allocate(&pooled.allocator, 5 * LEAST), blocks[1]);
    assert_ptr_equal(allocator_allocate(&pooled.allocator, 5 * LEAST), blocks[2]);
    assert_ptr_equal(allocator_allocate(&pooled.allocator, 2 * LEAST), blocks[0]);
    /* What it was given as is what it is given back as. */
    allocator_free(&pooled.allocator, blocks[1], 5 * LEAST);
    assert_ptr_equal(allocator_allocate(&pooled.allocator, 8 * LEAST), blocks[1]);
    /* A block that has room grows where it is, and else takes what there is. */
    assert_ptr_equal(resized(&pooled, blocks[2], 5 * LEAST, 12 * LEAST), blocks[2]);
    assert_ptr_equal(resized(&pooled, blocks[2], 12 * LEAST, 13 * LEAST), blocks[3]);
    void *small =
        allocator_allocate(&pooled.allocator, LEAST); /* the one that is left has twelve times as much */
    assert_ptr_not_equal(small, blocks[2]);
    allocator_free(&pooled.allocator, small, LEAST);
    allocator_free(&pooled.allocator, blocks[1], 8 * LEAST);
    allocator_free(&pooled.allocator, blocks[3], 13 * LEAST);
    allocator_free(&pooled.allocator, blocks[0], 2 * LEAST);
    end(&pooled);
}

static void blocks_outlive_the_owner(void **state)
{
    (void)state;
    struct pooled pooled;
    void *blocks[8];
    begin(&pooled);
    for (size_t i = 0; i < 8; i++)
        blocks[i] = allocator_allocate(&pooled.allocator, i % 2 ? 100 : (i + 1) * LEAST);
    allocator_free(&pooled.allocator, blocks[0], LEAST);
    assert_true(pooled.pool->kept > 0);
    block_pool_release(pooled.pool);
    for (size_t i = 1; i < 8; i++) {
        size_t before = pooled.below.bytes, size = i % 2 ? 100 : (i + 1) * LEAST;
        memset(blocks[i], (int)i, size);
        allocator_free(&pooled.allocator, blocks[i], size);
        assert_true(pooled.below.bytes <= before - size); /* nothing is kept any more */
    }
    assert_int_equal(pooled.below.bytes, 0);
}

static void refused_memory(void **state)
{
    (void)state;
    struct pooled pooled;
    struct below none = {.refused = 1};
    const tuoyu_allocator nothing = allocator_over(&none);
    assert_null(block_pool_new(&nothing));
    begin(&pooled);
    char *block = allocator_allocate(&pooled.allocator, 2 * LEAST),
         *other = allocator_allocate(&pooled.allocator, 5 * LEAST);
    memset(block, 7, 2 * LEAST);
    allocator_free(&pooled.allocator, other, 5 * LEAST);
    pooled.below.refused = LEAST;
    assert_null(resized(&pooled, block, 2 * LEAST, 9 * LEAST));
    for (size_t i = 0; i < 2 * LEAST; i++)
        assert_int_equal(block[i], 7);
    assert_int_equal(pooled.pool->kept, 0); /* what was kept is not why */
    assert_null(allocator_allocate(&pooled.allocator, 5 * LEAST));
    assert_null(resized(&pooled, NULL, 0, SIZE_MAX - 100));
    allocator_free(&pooled.allocator, block, 2 * LEAST);
    end(&pooled);
}

/* ---- Bounds ---- */

enum { SLOTS = 24 };

static uint32_t next_random(uint32_t *random)
{
    *random = *random * 1664525u + 1013904223u;
    return *random >> 8;
}

/* Mostly large, some small, some alike. */
static size_t random_size(uint32_t *random)
{
    uint32_t chance = next_random(random);
    if (chance % 4 == 0)
        return 1 + chance % LEAST;
    if (chance % 4 == 1)
        return LEAST * (size_t)(1 + chance % 5);
    return LEAST + chance % (6 * (size_t)LEAST);
}

static void fill(unsigned char *block, size_t size, unsigned char mark)
{
    for (size_t i = 0; i < size; i += 4093)
        block[i] = mark;
    block[size - 1] = mark;
}

static bool is_filled(const unsigned char *block, size_t size, unsigned char mark)
{
    for (size_t i = 0; i < size; i += 4093)
        if (block[i] != mark)
            return false;
    return block[size - 1] == mark;
}

/* Bytes of large blocks below, that are out or kept. */
static size_t large_bytes(const struct pooled *pooled, const size_t sizes[SLOTS])
{
    size_t bytes = pooled->below.bytes - pooled->own;
    for (size_t i = 0; i < SLOTS; i++)
        bytes -= sizes[i] < LEAST ? sizes[i] : 0;
    return bytes;
}

/* Kept and out, at any time, is no more than the most that was out. */
static void what_is_kept_is_bounded(void **state)
{
    (void)state;
    struct pooled pooled;
    unsigned char *blocks[SLOTS] = {NULL};
    size_t sizes[SLOTS] = {0}, most = 0, kept_steps = 0;
    uint32_t random = 11;
    begin(&pooled);
    for (uint32_t i = 0; i < 20000; i++) {
        size_t slot = next_random(&random) % SLOTS;
        if (blocks[slot]) {
            assert_true(is_filled(blocks[slot], sizes[slot], (unsigned char)slot));
            allocator_free(&pooled.allocator, blocks[slot], sizes[slot]);
        }
        sizes[slot] = next_random(&random) % 3 ? random_size(&random) : 0;
        blocks[slot] = sizes[slot] ? allocator_allocate(&pooled.allocator, sizes[slot]) : NULL;
        if (blocks[slot])
            fill(blocks[slot], sizes[slot], (unsigned char)slot);
        size_t kept = pooled.pool->kept, all = large_bytes(&pooled, sizes);
        if (all - kept > most)
            most = all - kept;
        assert_true(all <= most);
        kept_steps += kept > 0;
    }
    assert_true(kept_steps > 5000);
    for (size_t i = 0; i < SLOTS; i++)
        allocator_free(&pooled.allocator, blocks[i], sizes[i]);
    end(&pooled);
}

static void what_grows_and_shrinks_keeps_its_bytes(void **state)
{
    (void)state;
    struct pooled pooled;
    unsigned char *blocks[SLOTS] = {NULL};
    size_t sizes[SLOTS] = {0};
    uint32_t random = 12;
    begin(&pooled);
    for (uint32_t i = 0; i < 20000; i++) {
        size_t slot = next_random(&random) % SLOTS,
               size = next_random(&random) % 4 ? random_size(&random) : 0;
        size_t common = sizes[slot] < size ? sizes[slot] : size;
        unsigned char *made = resized(&pooled, blocks[slot], sizes[slot], size),
                      mark = (unsigned char)(slot + 1);
        assert_int_equal(made != NULL, size != 0);
        for (size_t at = 0; at < common; at += 4093)
            assert_int_equal(made[at], mark);
        if (made)
            memset(made, mark, size);
        blocks[slot] = made;
        sizes[slot] = size;
    }
    for (size_t i = 0; i < SLOTS; i++)
        allocator_free(&pooled.allocator, blocks[i], sizes[i]);
    end(&pooled);
}

static void what_no_run_needs_any_more_goes(void **state)
{
    (void)state;
    struct pooled pooled;
    void *large[10];
    begin(&pooled);
    block_pool_begin_run(pooled.pool);
    for (size_t i = 0; i < 10; i++)
        large[i] = allocator_allocate(&pooled.allocator, 10 * LEAST);
    for (size_t i = 0; i < 10; i++)
        allocator_free(&pooled.allocator, large[i], 10 * LEAST);
    assert_int_equal(pooled.pool->kept, 100 * LEAST + 10 * LINE);
    for (int run = 1; run <= 2 * BLOCK_POOL_RUNS; run++) {
        block_pool_begin_run(pooled.pool);
        void *small = allocator_allocate(&pooled.allocator, 3 * LEAST);
        if (run < BLOCK_POOL_RUNS)
            assert_true(pooled.pool->kept >= 90 * LEAST);
        allocator_free(&pooled.allocator, small, 3 * LEAST);
    }
    assert_in_range(pooled.pool->kept, 3 * LEAST, 10 * LEAST + LINE);
    end(&pooled);
}

/* ---- Threads ---- */

enum { THREADS = 8, STEPS = 3000 };

struct shared {
    struct pooled pooled;
    atomic_int wrong;
};

static void *use_pool(void *data)
{
    struct shared *shared = data;
    unsigned char *blocks[4] = {NULL};
    size_t sizes[4] = {0};
    uint32_t random = (uint32_t)(uintptr_t)&random;
    unsigned char mark = (unsigned char)(next_random(&random) | 1);
    for (int step = 0; step < STEPS; step++) {
        size_t slot = next_random(&random) % 4, size = next_random(&random) % 2 ? random_size(&random) : 0;
        if (blocks[slot] && !is_filled(blocks[slot], sizes[slot], mark))
            shared->wrong = 1;
        if (step % 64 == 0)
            block_pool_begin_run(shared->pooled.pool);
        if (step % 500 == 0)
            block_pool_trim(shared->pooled.pool);
        blocks[slot] = resized(&shared->pooled, blocks[slot], sizes[slot], size);
        sizes[slot] = size;
        if (size)
            fill(blocks[slot], size, mark);
    }
    for (size_t i = 0; i < 4; i++)
        allocator_free(&shared->pooled.allocator, blocks[i], sizes[i]);
    return NULL;
}

static void run_threads(struct shared *shared, void *(*work)(void *), pthread_t threads[THREADS])
{
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, work, shared), 0);
}

static void threads_never_share_a_block(void **state)
{
    (void)state;
    struct shared shared = {.wrong = 0};
    pthread_t threads[THREADS];
    begin(&shared.pooled);
    run_threads(&shared, use_pool, threads);
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    assert_int_equal(shared.wrong, 0);
    assert_int_equal(shared.pooled.below.bytes, shared.pooled.own + shared.pooled.pool->kept);
    end(&shared.pooled);
}

/* Each gives blocks back while the owner releases the pool. */
struct late {
    struct pooled pooled;
    void *blocks[THREADS][4];
    atomic_int next;
};

static void *give_back(void *data)
{
    struct late *late = data;
    int thread = atomic_fetch_add(&late->next, 1);
    for (size_t i = 0; i < 4; i++)
        allocator_free(&late->pooled.allocator, late->blocks[thread][i], (i + 1) * LEAST);
    return NULL;
}

static void the_owner_goes_while_blocks_come_back(void **state)
{
    (void)state;
    for (int round = 0; round < 40; round++) {
        struct late late = {.next = 0};
        pthread_t threads[THREADS];
        begin(&late.pooled);
        for (int i = 0; i < THREADS; i++)
            for (size_t j = 0; j < 4; j++)
                late.blocks[i][j] = allocator_allocate(&late.pooled.allocator, (j + 1) * LEAST);
        for (int i = 0; i < THREADS; i++)
            assert_int_equal(pthread_create(&threads[i], NULL, give_back, &late), 0);
        block_pool_release(late.pooled.pool);
        for (int i = 0; i < THREADS; i++)
            pthread_join(threads[i], NULL);
        assert_int_equal(late.pooled.below.bytes, 0);
    }
}

/* ---- Huge pages ---- */

static void blocks_of_huge_pages(void **state)
{
    (void)state;
    tuoyu_allocator allocator = allocator_or_default(NULL);
    size_t size = HUGE_BLOCK_LEAST + 12345;
    unsigned char *block = allocator_allocate(&allocator, size);
    assert_int_equal((uintptr_t)block % HUGE_PAGE_BYTES, 0);
    fill(block, size, 9);
    block = allocator.reallocate(allocator.context, block, size, 3 * size);
    assert_non_null(block);
    assert_true(is_filled(block, 1, 9) && block[size - 1] == 9);
    block = allocator.reallocate(allocator.context, block, 3 * size, 100);
    assert_int_equal(block[0], 9);
    allocator_free(&allocator, block, 100);
    assert_null(huge_pages_allocate(SIZE_MAX - 5));
    assert_null(huge_pages_allocate(PTRDIFF_MAX - HUGE_PAGE_BYTES));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_large_block_comes_back_to_who_asks_for_as_much),
        cmocka_unit_test(small_blocks_pass_through),
        cmocka_unit_test(a_line_more_is_asked_for),
        cmocka_unit_test(the_smallest_that_fits_is_taken),
        cmocka_unit_test(blocks_outlive_the_owner),
        cmocka_unit_test(refused_memory),
        cmocka_unit_test(what_is_kept_is_bounded),
        cmocka_unit_test(what_grows_and_shrinks_keeps_its_bytes),
        cmocka_unit_test(what_no_run_needs_any_more_goes),
        cmocka_unit_test(threads_never_share_a_block),
        cmocka_unit_test(the_owner_goes_while_blocks_come_back),
        cmocka_unit_test(blocks_of_huge_pages),
    };
    return cmocka_run_group_tests_name("block_pool", tests, NULL, NULL);
}
