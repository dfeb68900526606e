/* SPDX-License-Identifier: Apache-2.0 */
/* A typed program with all that can be known before there are rows: kernels chosen, constants laid out,
 * places given to results. */
#ifndef TUOYU_MACHINE_MACHINE_PLAN_H
#define TUOYU_MACHINE_MACHINE_PLAN_H

#include "machine/kernels.h"

/* By lane. */
extern const size_t MACHINE_LANE_BYTES[LANE_COUNT];

/* Rows of a block: few enough that what kernels hand on stays in the caches, enough that starting a kernel
 * costs nothing and that memory is read and written in long stretches. */
enum { MACHINE_BLOCK_ROWS = 2048, MACHINE_BLOCK_ROWS_MOST = 65536 };

/* An operation with what can be known of it before there are rows. */
struct machine_step {
    kernel kernel;      /* NULL: FACT, UNKNOWN, KNOWN, NONE */
    uint8_t code, lane; /* of the operation */
    uint8_t form;       /* of the kernel */
    bool is_plain;      /* no more than its kernel to run where all is known */
    uint32_t fact;
    uint32_t place; /* where the result stands: a register is used again when its value is no longer read */
    uint32_t operands[3]; /* operations; OPERAND_NONE: immediate */
};

/* Immutable; shared by threads. */
struct machine_plan {
    const struct typed_program *typed;
    /* of the program where all is known (compile/complete_program.h); NULL: there is none */
    struct machine_plan *shorter;
    struct machine_step *steps;
    struct kernel_call *calls; /* by operation: immediates, tables, reciprocals */
    uint32_t place_count;
    uint8_t *place_lanes;
    uint32_t block_rows;
    const struct kernel_set *kernels;
};

/* block_rows: 0: MACHINE_BLOCK_ROWS. All memory is the arena's. TUOYU_OK or TUOYU_ERROR_NO_MEMORY. */
tuoyu_status machine_plan_make(struct machine_plan *plan, struct arena *arena,
                               const struct typed_program *typed, uint32_t block_rows,
                               const struct kernel_set *kernels);

/* The bit of a leaf (a slot) among what is waited for; 0: it is none of the program's. */
uint64_t machine_leaf_bit(const struct typed_program *typed, uint32_t slot);

#endif
