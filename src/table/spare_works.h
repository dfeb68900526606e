/* SPDX-License-Identifier: Apache-2.0 */
/* What runs of a batch work with, kept from run to run: to prepare it for a table takes longer than to
 * answer a short one. As many are kept as runs were under way at the same time, up to SPARE_WORKS. */
#ifndef TUOYU_TABLE_SPARE_WORKS_H
#define TUOYU_TABLE_SPARE_WORKS_H

#include <stdatomic.h>

#include "table/batch_answers.h"

enum { SPARE_WORKS = 8 };

struct spare_works {
    _Atomic(struct batch_work *) works[SPARE_WORKS];
};

/* One that is kept, or a new one; NULL without memory. */
struct batch_work *spare_works_take(const struct tuoyu_batch *batch);
/* Keeps it, or ends it where enough are kept. Not of a run that failed: its texts may be broken. */
void spare_works_put(const struct tuoyu_batch *batch, struct batch_work *work);
void spare_works_end(const struct tuoyu_batch *batch, struct batch_work *work);
/* Ends all that are kept. */
void spare_works_clear(const struct tuoyu_batch *batch);

#endif
