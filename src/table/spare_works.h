/* SPDX-License-Identifier: Apache-2.0 */
/* Works of a batch (what runs need), kept from run to run, because preparing one for a table takes
 * longer than answering a short one. As many are kept as runs were under way at the same time, at most
 * SPARE_WORKS. */
#ifndef TUOYU_TABLE_SPARE_WORKS_H
#define TUOYU_TABLE_SPARE_WORKS_H

#include <stdatomic.h>

#include "table/batch_work.h"

enum { SPARE_WORKS = 8 };

struct spare_works {
    _Atomic(struct batch_work *) works[SPARE_WORKS];
};

/* A kept work, or a new one; NULL: memory ran out. The caller gives it back by spare_works_put() or
 * spare_works_end(). */
struct batch_work *spare_works_take(const struct tuoyu_batch *batch);
/* Keeps the work, or ends it if enough are kept. A work whose run failed must be ended instead, since its
 * texts may be broken. */
void spare_works_put(const struct tuoyu_batch *batch, struct batch_work *work);
/* Ends and frees a work. */
void spare_works_end(const struct tuoyu_batch *batch, struct batch_work *work);
/* Ends all kept works. */
void spare_works_clear(const struct tuoyu_batch *batch);

#endif
