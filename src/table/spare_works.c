/* SPDX-License-Identifier: Apache-2.0 */
/* Keeps works in a few places. Each place is exchanged atomically, so that no two runs get the same work
 * and none waits. */
#include "table/spare_works.h"

/* Puts `work` (or NULL) in a place; returns what was there. */
static struct batch_work *exchange(struct spare_works *spare, size_t place, struct batch_work *work)
{
    return atomic_exchange_explicit(&spare->works[place], work, memory_order_acq_rel);
}

/* A new work, begun; NULL if memory ran out. */
static struct batch_work *make_work(const struct tuoyu_batch *batch)
{
    const tuoyu_allocator *allocator = &batch->arena.allocator;
    struct batch_work *made = allocator_allocate(allocator, sizeof *made);
    if (made && batch_work_begin(made, batch) == TUOYU_OK)
        return made;
    allocator_free(allocator, made, sizeof *made);
    return NULL;
}

struct batch_work *spare_works_take(const struct tuoyu_batch *batch)
{
    for (size_t i = 0; i < SPARE_WORKS; i++) {
        struct batch_work *work = exchange(batch->spare, i, NULL);
        if (work)
            return work;
    }
    return make_work(batch);
}

void spare_works_put(const struct tuoyu_batch *batch, struct batch_work *work)
{
    for (size_t i = 0; i < SPARE_WORKS; i++) {
        struct batch_work *none = NULL;
        if (atomic_compare_exchange_strong_explicit(&batch->spare->works[i], &none, work,
                                                    memory_order_acq_rel, memory_order_relaxed))
            return;
    }
    spare_works_end(batch, work);
}

void spare_works_end(const struct tuoyu_batch *batch, struct batch_work *work)
{
    batch_work_end(work);
    allocator_free(&batch->arena.allocator, work, sizeof *work);
}

void spare_works_clear(const struct tuoyu_batch *batch)
{
    for (size_t i = 0; i < SPARE_WORKS; i++) {
        struct batch_work *work = exchange(batch->spare, i, NULL);
        if (work)
            spare_works_end(batch, work);
    }
}
