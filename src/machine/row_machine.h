/* SPDX-License-Identifier: Apache-2.0 */
/* Runs a typed program for one row: a register for each result, 64 bits wide, and a step for each operation
 * that has something to compute. The formulas are those of the kernels (machine/formulas.h). Allocates
 * nothing. */
#ifndef TUOYU_MACHINE_ROW_MACHINE_H
#define TUOYU_MACHINE_ROW_MACHINE_H

#include "machine/block_machine.h"

struct row_step {
    uint8_t code;  /* enum row_code, in row_machine.c */
    uint8_t known; /* enum operation_known */
    uint32_t out, a, b,
        c; /* registers; those that the operation does not read are 0, which is always known */
    const struct typed_operation *operation; /* tables */
    const struct kernel_call *call;          /* DIVIDE: reciprocal, shift, x, y */
};

struct row_fact {
    uint32_t out, fact;
    int64_t low, high;
    uint64_t leaf; /* its bit in what is waited for */
};

/* Of one typed program. */
struct row_program {
    struct row_step *steps;
    uint32_t step_count;
    struct row_fact *facts;
    uint32_t fact_count;
    int64_t *constants; /* by register: what it holds before the first row */
    uint32_t register_count;
    uint32_t *outputs; /* by output: its register; 0 where it is not typed */
    /* by output: the register that says where it is not null; that of a truth: everywhere */
    uint32_t *wheres;
    uint32_t *unknown;        /* registers that are never known, … */
    uint64_t *unknown_leaves; /* … and what they wait for */
    uint32_t unknown_count;
};

/* Immutable; shared by threads. */
struct row_plan {
    struct row_program whole;
    struct row_program known; /* the shorter one for rows whose facts are all known, … */
    bool has_known;           /* … if there is one */
};

/* One value of a column that stands as it is computed with. */
struct row_reader {
    const void *values; /* of row 0; LAYOUT_BITS: the bits, … */
    int64_t offset;     /* … and how many stand before row 0 */
    int64_t low, high;
    int64_t *out;
};

/* Memory of one thread. */
struct row_memory {
    struct row_reader *readers;         /* for the shorter program, layout by layout, … */
    uint32_t reader_ends[LAYOUT_OTHER]; /* … where those of each end */
    const struct row_fact **others;     /* facts of other layouts */
    uint32_t other_count;
    int64_t *known_values; /* by register of the shorter program */
    int64_t *values;       /* by register of the whole one, and so are: */
    uint8_t *known;
    uint64_t *waits; /* as in the block machine */
    bool is_short;   /* the last row was run by the shorter program: nothing is unknown, and nothing waits */
};

struct row_result {
    int64_t value;
    uint64_t waits;
    bool is_known;
};

/* blocks: of the same program; must outlive the plan. All memory is the arena's. TUOYU_OK or
 * TUOYU_ERROR_NO_MEMORY. */
tuoyu_status row_plan_make(struct row_plan *plan, struct arena *arena, const struct machine_plan *blocks);
tuoyu_status row_memory_make(struct row_memory *memory, struct arena *arena, const struct row_plan *plan);

/* Of the last row. */
static inline struct row_result row_machine_result(const struct row_plan *plan,
                                                   const struct row_memory *memory, size_t output)
{
    if (memory->is_short)
        return (struct row_result){.value = memory->known_values[plan->known.outputs[output]],
                                   .is_known = memory->known_values[plan->known.wheres[output]] != 0};
    uint32_t from = plan->whole.outputs[output], where = plan->whole.wheres[output];
    if (!memory->known[where])
        return (struct row_result){.waits = memory->waits[where]};
    if (!memory->values[where])
        return (struct row_result){.value = 0};
    return (struct row_result){
        .value = memory->values[from], .waits = memory->waits[from], .is_known = memory->known[from]};
}

/* After facts were bound, and each time they are: what can be known of their columns beforehand. */
void row_memory_bind(struct row_memory *memory, const struct row_plan *plan,
                     const struct bound_column *facts);

/* facts: by index of the fact, the same as were bound. false: a fact has no value that columns can hold;
 * the row falls back, and the registers say nothing. */
bool row_machine_run(const struct row_plan *plan, struct row_memory *memory, const struct bound_column *facts,
                     int64_t row);

#endif
