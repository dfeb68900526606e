/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TUOYU_MACHINE_READ_AHEAD_H
#define TUOYU_MACHINE_READ_AHEAD_H

#include "machine/block_machine.h"

/* What the next block will read, read line by line between the steps of this one, so that memory and kernels
 * work at the same time. */
struct read_ahead {
    const struct machine_plan *plan;
    const struct bound_column *facts;
    const char *at, *end; /* of one column */
    uint32_t step;        /* that loads the column after it */
    uint32_t lines;       /* to fetch with each step of this block */
    int64_t first;
    size_t rows;
};

/* rows: 0 where nothing is to be read ahead. */
void read_ahead_begin(struct read_ahead *ahead, const struct machine_plan *plan,
                      const struct bound_column *facts, int64_t first, size_t rows);
/* The share of one step. */
void read_ahead_some(struct read_ahead *ahead);

#endif
