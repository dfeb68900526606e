/* SPDX-License-Identifier: Apache-2.0 */
/* Runs a typed program over a block of rows that stays in cache: each operation for all of them, by a kernel.
 */
#ifndef TUOYU_MACHINE_BLOCK_MACHINE_H
#define TUOYU_MACHINE_BLOCK_MACHINE_H

#include "machine/fact_column.h"
#include "machine/machine_plan.h"

/* What a block came to for one output. */
struct block_result {
    void *values;          /* side by side, as wide as the lane; rows that are not known have any value */
    uint8_t lane;          /* enum typed_lane */
    const uint8_t *known;  /* a byte a row, 1 where there is a value; NULL: everywhere */
    const uint64_t *waits; /* a word a row: what a value that is not known waits for; NULL: none waits */
};

/* Room for what the rows of a block come to. */
struct block_room {
    char *values;    /* as wide as the lane */
    uint8_t *known;  /* a byte a row */
    uint64_t *waits; /* a word a row */
};

/* What is known of an operation's result, in some room or another. */
struct block_state {
    const uint8_t *known; /* NULL: all rows are */
    const uint64_t
        *waits; /* of rows that are not known, what for (a bit each); NULL: none waits. OR_ELSE has
                   bits also where it is known, and so has what is computed of it, up to a look-up */
};

/* Memory of one thread. */
struct machine_memory {
    struct machine_memory *shorter; /* of the plan's; NULL: as there */
    uint8_t *unsure;                /* by row: 1 where the shorter program does not do */
    uint32_t *listed;               /* these rows, which the whole program ran for alone */
    size_t listed_count;
    struct block_result *merged;     /* by output: what both programs came to, … */
    struct block_room *merged_rooms; /* … and where it stands but for its values */
    const struct block_result *last; /* by output: of the last block, one of the results that are here */
    struct block_room *places;       /* by place */
    struct block_state *states;      /* by operation */
    uint64_t *nothing;               /* of a block: no row waits */
    struct block_room *shown_rooms;  /* by output that is null somewhere: what is known there; no values */
    struct block_result *results;    /* by output: of the last block */
    struct kernel_call *calls;       /* by operation: the plan's, with the places of this memory */
    size_t rows;                     /* of the calls */
    uint8_t *ones;                   /* of a block: all rows are known */
    uint8_t *fallback;               /* by row: 1 where a fact has no value that columns can hold */
    bool has_fallback, has_unknown;  /* in the block: rows that fall back; that lack something */
};

/* All memory is the arena's. TUOYU_OK or TUOYU_ERROR_NO_MEMORY. */
tuoyu_status machine_memory_make(struct machine_memory *memory, struct arena *arena,
                                 const struct machine_plan *plan);

/* Of the last block; the output is typed. */
static inline const struct block_result *machine_result(const struct machine_memory *memory, size_t output)
{
    return &memory->last[output];
}

/* Whether some row does, of an output; waits can be NULL. */
bool machine_waits_for_interpreter(const uint64_t *waits, size_t rows);

/* Whether rows of so many bytes are more than the caches hold, so that it pays to write past them. */
bool machine_exceeds_caches(int64_t width, int64_t rows);

/* Rows of outputs that wait for the interpreter, and rows that fall back, have no values to believe.
 * rows: at most the plan's. facts: by index of the fact; next_rows more rows of theirs will be asked for
 * next. */
void machine_run(const struct machine_plan *plan, struct machine_memory *memory,
                 const struct bound_column *facts, int64_t first, size_t rows, size_t next_rows);

#endif
