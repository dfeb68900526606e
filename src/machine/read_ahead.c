/* SPDX-License-Identifier: Apache-2.0 */
/* Fetches the facts of the next block into the cache, a few lines with each step of the current one. */
#include "machine/read_ahead.h"

/* Bytes that the rows have in the column; 0 where it has no column, or values narrower than a byte or no
 * values at all. */
static size_t bytes_of(const struct bound_column *bound, size_t rows)
{
    return bound->column ? rows * bound->column->width : 0;
}

void read_ahead_begin(struct read_ahead *ahead, const struct machine_plan *plan,
                      const struct bound_column *facts, int64_t first, size_t rows)
{
    size_t lines = 0;
    uint32_t count = plan->typed->count;
    *ahead = (struct read_ahead){.plan = plan, .facts = facts, .first = first, .rows = rows};
    for (uint32_t i = 0; i < count && rows; i++)
        if (plan->steps[i].code == OPERATION_FACT)
            lines += bytes_of(&facts[plan->steps[i].fact], rows) / LINE_BYTES + 1;
    ahead->lines = rows && count ? (uint32_t)((lines + count - 1) / count) : 0;
}

/* Goes on to the column of the next FACT. false: all columns are fetched, and there is nothing more to
 * do. */
static bool next_column(struct read_ahead *ahead)
{
    const struct machine_plan *plan = ahead->plan;
    for (; ahead->step < plan->typed->count; ahead->step++) {
        const struct machine_step *step = &plan->steps[ahead->step];
        if (step->code != OPERATION_FACT)
            continue;
        const struct bound_column *bound = &ahead->facts[step->fact];
        size_t bytes = bytes_of(bound, ahead->rows);
        if (bytes == 0)
            continue;
        ahead->at = fact_column_address(bound, ahead->first);
        ahead->end = ahead->at + bytes;
        ahead->step++;
        return true;
    }
    ahead->rows = 0;
    return false;
}

void read_ahead_some(struct read_ahead *ahead)
{
    for (uint32_t i = 0; i < ahead->lines; i++) {
        if (ahead->at >= ahead->end && !next_column(ahead))
            return;
        __builtin_prefetch(ahead->at);
        ahead->at += LINE_BYTES;
    }
}
