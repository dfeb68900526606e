/* SPDX-License-Identifier: Apache-2.0 */
/* Runs a typed program for one row: each result has a register, 64 bits wide, and each operation that
 * has something to compute is a step. The formulas are those of the kernels (machine/formulas.h). Nothing
 * is allocated while rows run. */
#ifndef TUOYU_MACHINE_ROW_MACHINE_H
#define TUOYU_MACHINE_ROW_MACHINE_H

#include "machine/block_machine.h"

struct row_step {
    uint8_t code;          /* enum row_code, in row_machine.c */
    uint8_t known;         /* enum operation_known */
    uint32_t out, a, b, c; /* registers of the result and of the operands; 0, which is always known, where
                              there is no operand */
    const struct typed_operation *operation; /* for its tables */
    const struct kernel_call
        *call; /* for DIVIDE's reciprocal, shift, x and y, and for what look-ups wait for */
};

struct row_fact {
    uint32_t out, fact;
    int64_t low, high;
    uint64_t leaf; /* its bit among what a row waits for */
};

/* The steps of one typed program. */
struct row_program {
    struct row_step *steps;
    uint32_t step_count;
    struct row_fact *facts;
    uint32_t fact_count;
    int64_t *constants; /* by register: what it holds before the first row */
    uint32_t register_count;
    uint32_t *outputs; /* by output: its register; 0 where it is not typed */
    /* by output: the register of its condition: 0 where the output is null. A register that holds 1 where it
     * never is */
    uint32_t *wheres;
    uint32_t *unknown;        /* registers that are never known (unset parameters) */
    uint64_t *unknown_leaves; /* by such a register: what it waits for */
    uint32_t unknown_count;
};

/* Immutable; shared by threads. */
struct row_plan {
    struct row_program whole;
    struct row_program complete; /* for rows that miss nothing; set if has_complete */
    bool has_complete;
};

/* Reads one fact from a column whose values need no conversion. */
struct row_reader {
    const void *values; /* of row 0; LAYOUT_BITS: the bits */
    int64_t offset;     /* LAYOUT_BITS: how many bits stand before row 0 */
    int64_t low, high;  /* a value outside means that the complete program does not do */
    int64_t *out;
};

/* The memory that one thread needs to run a plan. */
struct row_memory {
    struct row_reader *readers;         /* for the complete program, in the order of their layouts */
    uint32_t reader_ends[LAYOUT_OTHER]; /* by layout: where its readers end */
    const struct row_fact **others;     /* facts that have no reader */
    uint32_t other_count;
    int64_t *complete_values; /* by register of the complete program */
    int64_t *values;          /* by register of the whole program, as are known and waits */
    uint8_t *known;
    uint64_t *waits;  /* as in the block machine */
    bool is_complete; /* the last row was run by the complete program, so everything is known and nothing
                         waits */
};

struct row_result {
    int64_t value;
    uint64_t waits;
    bool is_known;
};

/* blocks is the plan of the same program, and must outlive this one. All memory is the arena's. Returns
 * TUOYU_OK or TUOYU_ERROR_NO_MEMORY. */
tuoyu_status row_plan_make(struct row_plan *plan, struct arena *arena, const struct machine_plan *blocks);
/* Makes what one thread needs to run rows of the plan. All memory is the arena's. Returns TUOYU_OK or
 * TUOYU_ERROR_NO_MEMORY. */
tuoyu_status row_memory_make(struct row_memory *memory, struct arena *arena, const struct row_plan *plan);

/* The result of an output in the last row; is_known is false where the output is null. */
static inline struct row_result row_machine_result(const struct row_plan *plan,
                                                   const struct row_memory *memory, size_t output)
{
    if (memory->is_complete)
        return (struct row_result){.value = memory->complete_values[plan->complete.outputs[output]],
                                   .is_known = memory->complete_values[plan->complete.wheres[output]] != 0};
    uint32_t from = plan->whole.outputs[output], where = plan->whole.wheres[output];
    if (!memory->known[where])
        return (struct row_result){.waits = memory->waits[where]};
    if (!memory->values[where])
        return (struct row_result){.value = 0};
    return (struct row_result){
        .value = memory->values[from], .waits = memory->waits[from], .is_known = memory->known[from]};
}

/* Prepares the readers. To be called each time that columns were bound to the facts. */
void row_memory_bind(struct row_memory *memory, const struct row_plan *plan,
                     const struct bound_column *facts);

/* Runs one row. facts: by index of the fact, the same that row_memory_bind() was given. false: a fact has no
 * value that columns can hold; the row falls back, and its results mean nothing. */
bool row_machine_run(const struct row_plan *plan, struct row_memory *memory, const struct bound_column *facts,
                     int64_t row);

#endif
