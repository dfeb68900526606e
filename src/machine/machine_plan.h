/* SPDX-License-Identifier: Apache-2.0 */
/* A typed program with everything that can be decided before there are rows: kernels are chosen,
 * constants laid out, and results given places. */
#ifndef TUOYU_MACHINE_MACHINE_PLAN_H
#define TUOYU_MACHINE_MACHINE_PLAN_H

#include "machine/kernels.h"

/* Bytes of a value, by lane. */
extern const size_t MACHINE_LANE_BYTES[LANE_COUNT];

/* Rows of a block: few enough that results stay in the caches until they are read, and enough that the cost
 * of starting a kernel does not count and memory is read and written in long stretches. */
enum { MACHINE_BLOCK_ROWS = 2048, MACHINE_BLOCK_ROWS_MOST = 65536 };

/* A planned operation. */
struct machine_step {
    kernel kernel;      /* NULL: FACT, UNKNOWN, KNOWN, NONE */
    uint8_t code, lane; /* of the operation */
    uint8_t form;       /* of the kernel */
    bool is_plain;      /* where all operands are known, running its kernel is all there is to do */
    uint32_t fact;      /* FACT: its index */
    uint32_t place;     /* where the result is kept; a place is used again when its value is no longer read */
    uint32_t operands[3]; /* operations; OPERAND_NONE: immediate, or there is none */
};

/* Immutable; shared by threads. */
struct machine_plan {
    const struct typed_program *typed;
    /* of the complete program (compile/complete_program.h); NULL: there is none */
    struct machine_plan *complete;
    struct machine_step *steps;
    struct kernel_call *calls; /* by operation: immediates, tables, reciprocals */
    uint32_t place_count;
    uint8_t *place_lanes; /* by place: enum typed_lane */
    uint32_t block_rows;
    const struct kernel_set *kernels;
};

/* block_rows: 0 stands for MACHINE_BLOCK_ROWS; more than MACHINE_BLOCK_ROWS_MOST is lowered to that. The
 * program must outlive the plan. All memory is the arena's. Returns TUOYU_OK or TUOYU_ERROR_NO_MEMORY. */
tuoyu_status machine_plan_make(struct machine_plan *plan, struct arena *arena,
                               const struct typed_program *typed, uint32_t block_rows,
                               const struct kernel_set *kernels);

/* The bit that stands for waiting for this slot (kernels.h); 0: the program never waits for it. */
uint64_t machine_leaf_bit(const struct typed_program *typed, uint32_t slot);

#endif
