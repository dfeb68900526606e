/* SPDX-License-Identifier: Apache-2.0 */
/* Runs a typed program over a block of rows that stays in the cache: each operation for all rows, by a
 * kernel. */
#ifndef TUOYU_MACHINE_BLOCK_MACHINE_H
#define TUOYU_MACHINE_BLOCK_MACHINE_H

#include "machine/fact_column.h"
#include "machine/machine_plan.h"

/* The results of a block for one output. */
struct block_result {
    void *values;         /* by row, as wide as the lane; arbitrary in rows that are not known */
    uint8_t lane;         /* enum typed_lane */
    const uint8_t *known; /* a byte a row, 1 where there is a value; NULL: everywhere */
    const uint64_t
        *waits; /* a word a row: what the row waits for if it is not known (kernels.h); NULL: no row waits */
};

/* Memory for the results of a block. */
struct block_room {
    char *values;    /* as wide as the lane */
    uint8_t *known;  /* a byte a row */
    uint64_t *waits; /* a word a row */
};

/* Which rows of an operation's result are known; points into some block_room. */
struct block_state {
    const uint8_t *known; /* a byte a row; NULL: all rows are known */
    const uint64_t
        *waits; /* a word a row: what rows that are not known wait for; NULL: nothing. After OR_ELSE known
                   rows have bits, too, and so have results computed from it, up to the next look-up */
};

/* The memory that one thread needs to run a plan. */
struct machine_memory {
    struct machine_memory *complete; /* for the plan's complete program; NULL: there is none */
    uint8_t *incomplete;             /* by row: 1 where the complete program cannot answer */
    uint32_t *listed;                /* indices of these rows, for which the whole program ran alone */
    size_t listed_count;
    struct block_result *merged;     /* by output: the results of both programs merged */
    struct block_room *merged_rooms; /* by output: memory of merged, without values */
    const struct block_result
        *last;                  /* by output: the results of the last block; one of the three result arrays */
    struct block_room *places;  /* by place of the plan */
    struct block_state *states; /* by operation */
    uint64_t *no_waits;         /* zeros, a word a row: no row waits */
    struct block_room
        *masked_rooms; /* by output that can be null: known and waits with its condition applied; no values */
    struct block_result *results; /* by output: what this program came to in the last block */
    struct kernel_call *calls;    /* by operation: the plan's calls, with pointers into this memory */
    size_t rows;                  /* rows that the calls are set to */
    uint8_t *ones;                /* ones, a byte a row: all rows are known */
    uint8_t *fallback;            /* by row: 1 where a fact has no value that columns can hold */
    bool has_fallback,
        has_unknown; /* whether the block has rows that fall back, and rows with an unknown value */
};

/* All memory is the arena's. TUOYU_OK or TUOYU_ERROR_NO_MEMORY. */
tuoyu_status machine_memory_make(struct machine_memory *memory, struct arena *arena,
                                 const struct machine_plan *plan);

/* The result of an output in the last block. The output must have a typed form. */
static inline const struct block_result *machine_result(const struct machine_memory *memory, size_t output)
{
    return &memory->last[output];
}

/* Whether some row waits for the interpreter. waits: a word a row, or NULL. */
bool machine_waits_for_interpreter(const uint64_t *waits, size_t rows);

/* Whether rows of so many bytes are more than the caches hold, so that it pays to write past them. */
bool machine_exceeds_caches(int64_t width, int64_t rows);

/* Runs the plan for rows [first, first + rows) of the facts' columns; rows must be at most the plan's
 * block_rows. The results are in memory->last. They mean nothing in rows that fall back or wait for the
 * interpreter. facts: by index of the fact. next_rows: how many rows after these will be run next, so that
 * they can be fetched. */
void machine_run(const struct machine_plan *plan, struct machine_memory *memory,
                 const struct bound_column *facts, int64_t first, size_t rows, size_t next_rows);

#endif
