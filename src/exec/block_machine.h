/* SPDX-License-Identifier: Apache-2.0 */
/* Runs a typed program over a block of rows that stays in cache: each operation for all of them, by a kernel. */
#ifndef TUOYU_EXEC_BLOCK_MACHINE_H
#define TUOYU_EXEC_BLOCK_MACHINE_H

#include "exec/fact_column.h"

/* Rows of a block: few enough that what kernels hand on stays in the caches, enough that starting a kernel costs nothing
 * and that memory is read and written in long stretches. */
enum { MACHINE_BLOCK_ROWS = 2048, MACHINE_BLOCK_ROWS_MOST = 65536 };

/* An operation with what can be known of it before there are rows. */
struct machine_step {
    kernel kernel;             /* NULL: FACT, UNKNOWN, KNOWN, NONE */
    uint8_t code, lane;        /* of the operation */
    uint8_t form;              /* of the kernel */
    bool is_plain;             /* no more than its kernel to run where all is known */
    uint32_t fact;
    uint32_t place;            /* where the result stands: a register is used again when its value is no longer read */
    uint32_t operands[3];      /* operations; OPERAND_NONE: immediate */
};

/* Immutable; shared by threads. */
struct machine_plan {
    const struct typed_program *typed;
    struct machine_plan *shorter; /* of the program where all is known (plan/known_program.h); NULL: there is none */
    struct machine_step *steps;
    struct kernel_call *calls; /* by operation: immediates, tables, reciprocals */
    uint32_t place_count;
    uint8_t *place_lanes;
    uint32_t block_rows;
    const struct kernel_set *kernels;
};

/* What a block came to for an output. */
struct machine_result {
    char *values;
    uint8_t lane;
    const uint8_t *known;      /* NULL: all are */
    const uint64_t *waits;     /* NULL: none waits */
};

/* Memory of one thread. */
struct machine_memory {
    struct machine_memory *shorter; /* of the plan's; NULL: as there */
    bool is_short;             /* the last block was run by it: nothing is unknown, and nothing waits */
    char **values;             /* by place */
    uint8_t **known;           /* by place: bytes */
    uint64_t **waits;          /* by place */
    const uint8_t **is_known;  /* by operation: NULL where all rows are */
    const uint64_t **waits_for; /* by operation: of rows that are not known, what for (a bit each); NULL: none waits. OR_ELSE
                                  has bits also where it is known, and so has what is computed of it, up to a look-up */
    uint64_t *nothing;
    uint8_t **shown;           /* by output that is null somewhere: bytes: what is known there, … */
    uint64_t **shown_waits;    /* … and what it waits for */
    struct machine_result *results; /* by output: of the last block */
    struct kernel_call *calls; /* by operation: the plan's, with the places of this memory */
    size_t rows;               /* of the calls */
    uint8_t *ones;
    uint8_t *aside;            /* by row: 1 where a fact has no value that columns can hold */
    bool has_aside, has_unknown; /* in the block */
};

/* block_rows: 0: MACHINE_BLOCK_ROWS. All memory is the arena's. TUOYU_OK or TUOYU_ERROR_NO_MEMORY. */
tuoyu_status machine_plan_make(struct machine_plan *plan, struct arena *arena, const struct typed_program *typed,
                               uint32_t block_rows, const struct kernel_set *kernels);
tuoyu_status machine_memory_make(struct machine_memory *memory, struct arena *arena, const struct machine_plan *plan);

/* Of the last block; the output is typed. */
struct machine_result machine_result(const struct machine_memory *memory, size_t output);

/* Whether rows of so many bytes are more than the caches hold, so that it pays to write past them. */
bool machine_exceeds_caches(int64_t width, int64_t rows);

/* The bit of a leaf (a slot) among what is waited for; 0: it is none of the program's. */
uint64_t machine_leaf_bit(const struct typed_program *typed, uint32_t slot);

/* Rows of outputs that wait for the interpreter, and rows that are put aside, have no values to believe.
 * rows: at most the plan's. facts: by index of the fact; next_rows more rows of theirs will be asked for next. */
void machine_run(const struct machine_plan *plan, struct machine_memory *memory, const struct bound_column *facts,
                 int64_t first, size_t rows, size_t next_rows);

#endif
