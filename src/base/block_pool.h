/* SPDX-License-Identifier: Apache-2.0 */
/* An allocator that keeps large blocks when they are given back, for whoever asks for as much the next
 * time. Fresh memory costs more than what is written to it: the system clears each page when it is touched
 * first.
 *
 * What is kept and what is out are together never more than what was out at the same time in the runs of
 * late, so that a pool takes no more memory than its user did without one, only for longer.
 *
 * Threads may share a pool and its allocator; no thread waits for another. A block may be given back after
 * the owner has released the pool, which goes with the last block. */
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
    atomic_size_t references; /* the owner's, and one of each block that is out, small ones too */
    atomic_size_t out;        /* bytes of large blocks that are out */
    atomic_flag is_taken;     /* guards what follows */
    struct block *first;
    size_t kept;              /* bytes of the list */
    size_t most, most_before; /* the most that was out, since the last turn and in the one before it */
    uint32_t runs;            /* since the last turn */
    bool is_released;
};

/* Over an allocator, whose context must live as long as the pool's last block. NULL without memory. */
struct block_pool *block_pool_new(const tuoyu_allocator *allocator);
/* Frees what is kept; nothing is kept any more. NULL is fine. */
void block_pool_release(struct block_pool *pool);

/* Blocks of less than BLOCK_POOL_LEAST bytes pass through it to the allocator below as they are. For a
 * larger one 64 bytes more are asked for, or a kept one is taken that is up to four times as large, and by
 * what grows of any size. */
tuoyu_allocator block_pool_allocator(struct block_pool *pool);

enum { BLOCK_POOL_LEAST = 32 << 10, BLOCK_POOL_RUNS = 32 };

/* A run begins. After BLOCK_POOL_RUNS of them the most that was out before counts no longer after as many
 * more. */
void block_pool_begin_run(struct block_pool *pool);
/* Frees what is kept at the moment. */
void block_pool_trim(struct block_pool *pool);

#endif
