/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TUOYU_MACHINE_READ_AHEAD_H
#define TUOYU_MACHINE_READ_AHEAD_H

#include "machine/fact_column.h"
#include "machine/machine_plan.h"

/* Fetches what the next block will read, line by line between the steps of the current block, so that memory
 * and kernels work at the same time. */
struct read_ahead {
    const struct machine_plan *plan;
    const struct bound_column *facts;
    const char *at, *end; /* what is left of the current column */
    uint32_t step;        /* where to look for the next FACT */
    uint32_t lines;       /* cache lines to fetch with each step */
    int64_t first;        /* row of the next block */
    size_t rows;          /* of the next block; 0: nothing is left to fetch */
};

/* Prepares to fetch `rows` rows from `first` on; 0: nothing is to be fetched. */
void read_ahead_begin(struct read_ahead *ahead, const struct machine_plan *plan,
                      const struct bound_column *facts, int64_t first, size_t rows);
/* Fetches the share of one step. */
void read_ahead_some(struct read_ahead *ahead);

#endif
