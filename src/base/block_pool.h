/* SPDX-License-Identifier: Apache-2.0 */
/* An allocator that keeps large blocks when they are freed, for the next request of that size. Fresh memory
 * costs more than what is written to it, because the system clears each page when it is first touched.
 *
 * Kept blocks and blocks in use together are never more than the highest use in recent runs, so that a pool
 * takes no more memory than its user would without one, only for longer.
 *
 * Threads may share a pool and its allocator; no thread waits for another. A block may be given back after
 * the owner has released the pool, which is freed with its last block. */
#ifndef TUOYU_BASE_BLOCK_POOL_H
#define TUOYU_BASE_BLOCK_POOL_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <tuoyu/common.h>

struct block;

/* For its own functions alone; tests look at what is kept. */
struct block_pool {
    tuoyu_allocator allocator;
    atomic_size_t references; /* one for the owner and one for each block in use, of any size */
    atomic_size_t out;        /* bytes of the large blocks in use, headers included */
    atomic_flag is_taken;     /* whether some thread holds the list: all fields below */
    struct block *first;
    size_t kept;              /* bytes of all blocks in the list */
    size_t peak, peak_before; /* highest `out` of this period of BLOCK_POOL_RUNS runs and of the last */
    uint32_t runs;            /* runs begun in this period */
    bool has_no_owner;        /* the owner has released the pool: nothing is kept any more */
};

/* A pool over an allocator, whose context must live as long as the pool's last block. NULL if memory is
 * refused. */
struct block_pool *block_pool_new(const tuoyu_allocator *allocator);
/* Ends the owner's use: frees what is kept and keeps nothing from now on. NULL is allowed. */
void block_pool_release(struct block_pool *pool);

/* The pool as an allocator. Requests of less than BLOCK_POOL_LEAST bytes go to the allocator below unchanged.
 * A larger one gets 64 bytes more from there, or a kept block of up to four times its size; a block that
 * grows may get a kept one of any size. */
tuoyu_allocator block_pool_allocator(struct block_pool *pool);

enum { BLOCK_POOL_LEAST = 32 << 10, BLOCK_POOL_RUNS = 32 };

/* Tells the pool that a run begins. A peak of use counts for BLOCK_POOL_RUNS runs up to twice as many. */
void block_pool_begin_run(struct block_pool *pool);
/* Frees all kept blocks. */
void block_pool_trim(struct block_pool *pool);

#endif
