/* SPDX-License-Identifier: Apache-2.0 */
/* A few places that each hold one evaluation or none. Lending empties a place by an atomic exchange, taking
 * back fills one by a compare-and-swap; so no place is ever seen by two borrowers, and nobody waits. */
#include "rules/evaluation_pool.h"

#include <assert.h>
#include <string.h>

/* What an evaluation keeps of the memory that the values of a case took: the pool must not hold for ever what
 * one extraordinary case needed. */
enum { KEPT_BYTES = 1 << 20 };

static_assert(sizeof(struct pool_place) == CACHE_LINE, "a place fills a cache line");

void evaluation_pool_init(struct evaluation_pool *pool, const struct program *program,
                          const tuoyu_allocator *allocator, const tuoyu_limits *limits)
{
    pool->program = program;
    pool->allocator = allocator;
    pool->limits = limits;
    pool->interrupt = NULL;
    pool->interrupt_context = NULL;
    for (size_t i = 0; i < POOL_PLACES; i++)
        atomic_init(&pool->places[i].kept, NULL);
}

/* Frees an evaluation; NULL is allowed. */
static void evaluation_destroy(struct evaluation_pool *pool, struct pooled_evaluation *evaluation)
{
    if (!evaluation)
        return;
    evaluation_free(&evaluation->evaluation);
    allocator_free(pool->allocator, evaluation->facts, pool->program->fact_count * sizeof *evaluation->facts);
    allocator_free(pool->allocator, evaluation, sizeof *evaluation);
}

void evaluation_pool_free(struct evaluation_pool *pool)
{
    for (size_t i = 0; i < POOL_PLACES; i++)
        evaluation_destroy(pool, atomic_exchange_explicit(&pool->places[i].kept, NULL, memory_order_acquire));
}

/* A new evaluation without facts; NULL when memory is refused. */
static struct pooled_evaluation *evaluation_make(struct evaluation_pool *pool)
{
    size_t size = pool->program->fact_count * sizeof(struct value);
    struct pooled_evaluation *made = allocator_allocate(pool->allocator, sizeof *made);
    if (!made)
        return NULL;
    made->facts = size ? allocator_allocate(pool->allocator, size) : NULL;
    struct evaluation *evaluation = &made->evaluation;
    bool is_ready = (made->facts || !size) &&
                    evaluation_init(evaluation, pool->program, pool->allocator, pool->limits) == TUOYU_OK;
    if (!is_ready) {
        allocator_free(pool->allocator, made->facts, size);
        allocator_free(pool->allocator, made, sizeof *made);
        return NULL;
    }
    evaluation_set_interrupt(evaluation, pool->interrupt, pool->interrupt_context);
    if (size)
        memcpy(made->facts, pool->program->no_facts, size);
    return made;
}

/* Spreads addresses, which are alike in their low bits, over the places. */
static size_t first_place(const void *borrower)
{
    return (size_t)(((uint64_t)(uintptr_t)borrower * UINT64_C(0x9E3779B97F4A7C15)) >> 32) % POOL_PLACES;
}

struct pooled_evaluation *evaluation_pool_lend(struct evaluation_pool *pool, const void *borrower)
{
    size_t first = first_place(borrower);
    for (size_t i = 0; i < POOL_PLACES; i++) {
        struct pool_place *place = &pool->places[(first + i) % POOL_PLACES];
        if (!atomic_load_explicit(&place->kept, memory_order_relaxed))
            continue;
        struct pooled_evaluation *found = atomic_exchange_explicit(&place->kept, NULL, memory_order_acquire);
        if (found)
            return found;
    }
    return evaluation_make(pool);
}

/* Puts the evaluation into the place. Returns false, having changed nothing, if another one is there. */
static bool fill_place(struct pool_place *place, struct pooled_evaluation *evaluation)
{
    struct pooled_evaluation *empty = NULL;
    return atomic_compare_exchange_strong_explicit(&place->kept, &empty, evaluation, memory_order_release,
                                                   memory_order_relaxed);
}

void evaluation_pool_take_back(struct evaluation_pool *pool, struct pooled_evaluation *evaluation,
                               const void *borrower)
{
    size_t first = first_place(borrower);
    arena_trim(&evaluation->evaluation.arena, KEPT_BYTES);
    for (size_t i = 0; i < POOL_PLACES; i++) {
        struct pool_place *place = &pool->places[(first + i) % POOL_PLACES];
        if (atomic_load_explicit(&place->kept, memory_order_relaxed))
            continue;
        if (fill_place(place, evaluation))
            return;
    }
    evaluation_destroy(pool, evaluation);
}
