/* SPDX-License-Identifier: Apache-2.0 */
/* Evaluations between two uses. A case keeps facts only; whoever answers it borrows an evaluation from its
 * policy, so that there are as many as there are threads that answer at once, not as many as there are cases.
 */
#ifndef TUOYU_RULES_EVALUATION_POOL_H
#define TUOYU_RULES_EVALUATION_POOL_H

#include <stdatomic.h>

#include "program/evaluation.h"

enum { POOL_PLACES = 16, CACHE_LINE = 64 };

/* An evaluation and room for the facts of the case that it is lent for. */
struct pooled_evaluation {
    struct evaluation evaluation;
    struct value *facts; /* by index of the fact; program->no_facts while it is in the pool */
};

/* Each place on a cache line of its own, since threads write to them. */
struct pool_place {
    _Atomic(struct pooled_evaluation *) kept; /* NULL: empty */
    char padding[CACHE_LINE - sizeof(_Atomic(struct pooled_evaluation *))];
};

struct evaluation_pool {
    const struct program *program;
    const tuoyu_allocator *allocator;
    const tuoyu_limits *limits;
    tuoyu_interrupt interrupt; /* asked by each evaluation; NULL: nobody is */
    void *interrupt_context;
    struct pool_place places[POOL_PLACES];
};

/* All three pointers are borrowed until evaluation_pool_free(). */
void evaluation_pool_init(struct evaluation_pool *pool, const struct program *program,
                          const tuoyu_allocator *allocator, const tuoyu_limits *limits);
/* Frees what is kept. Nothing may be on loan any more. */
void evaluation_pool_free(struct evaluation_pool *pool);

/* Any thread, without a lock. borrower: any address of the borrower's own; it says at which place the search
 * begins, so that threads rarely meet. NULL when memory is refused. */
struct pooled_evaluation *evaluation_pool_lend(struct evaluation_pool *pool, const void *borrower);
/* Takes it back from the same borrower, who has put its facts back to program->no_facts. It is freed where
 * all places are taken. */
void evaluation_pool_take_back(struct evaluation_pool *pool, struct pooled_evaluation *evaluation,
                               const void *borrower);

#endif
