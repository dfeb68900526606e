/* SPDX-License-Identifier: Apache-2.0 */
/* The kernels of the block machine: one set for each instruction set, all compiled from kernels.inc, with the
 * same results. */
#ifndef TUOYU_MACHINE_KERNELS_H
#define TUOYU_MACHINE_KERNELS_H

#include "compile/typed_program.h"
#include "machine/column.h"

/* Which kernels are to run. A set that the processor does not support is never chosen. */
enum instruction_set { INSTRUCTIONS_BEST, INSTRUCTIONS_BASELINE, INSTRUCTIONS_AVX2, INSTRUCTIONS_AVX512 };

/* Whether this processor supports the instruction set. */
bool instructions_are_here(enum instruction_set instructions);

/* What a value that is not known waits for, as bits: one for each of the program's first 63 leaves, in order.
 * The highest bit stands for the interpreter, and also for the leaves beyond the 63rd. */
#define WAITS_FOR_INTERPRETER (UINT64_C(1) << 63)
enum { MACHINE_LEAVES = 63 };

/* What a look-up waits for if its entry is not known. An entry with an unset parameter waits for that alone
 * if the index is known. */
#define LOOKUP_WAITS_OF(known_a, waits_a, entry_waits) \
    ((known_a) && (entry_waits) ? (entry_waits) : (waits_a) | (entry_waits))
/* Whether a fact is given as null: it is not known and waits for the interpreter. A leaf beyond the 63rd has
 * no bit of its own, so this cannot be told, and the interpreter decides. */
#define NONE_OF(known, waits, leaf) \
    ((uint8_t)(!(known) && (waits) == WAITS_FOR_INTERPRETER && (uint64_t)(leaf) != WAITS_FOR_INTERPRETER))

enum { LINE_BYTES = 64 }; /* of the cache, on all processors with vector kernels here */

/* The arguments of a kernel: what one step does to the rows of a block. No two pointers overlap. The fields
 * that most kernels need come first, in one line of the cache. */
struct kernel_call {
    void *out;
    const void *a, *b, *c;
    int64_t x, y; /* immediates */
    size_t rows;
    const void *table; /* LOOKUP: entries in the result's lane; BAND: thresholds less one in the operand's */
    const uint8_t *states; /* LOOKUP: ENTRY_… by entry, or NULL */
    uint64_t reciprocal;   /* DIVIDE: floor(2^shift / divisor) + 1 */
    uint32_t shift;        /* DIVIDE: for 32 bits of the product, for 64 bits of its high half */
    uint32_t table_count;
    const uint64_t *entry_waits; /* LOOKUP: by entry, what it waits for if it has no value */
    uint8_t *known;              /* CHECK, LOOKUP: known flags of the result, written if `waits` is set */
    uint64_t *waits;             /* what the result waits for; NULL: not wanted */
    const uint8_t
        *known_a; /* known flags of a; NULL: all rows are known (never for CHECK and LOOKUP with waits) */
    const uint64_t *waits_a, *waits_b, *waits_c;
    uint64_t power; /* LOAD_F32, LOAD_F64: 10^scale of the integers that come out */
};

typedef void (*kernel)(const struct kernel_call *call);
/* Widens values of a column to the lane. true: some known value is outside [x, y], and `out` means nothing.
 * Unknown rows get x. Kernels of floats also return true where a value is not surely a decimal of the scale.
 */
typedef bool (*load_kernel)(const struct kernel_call *call);

/* Forms of a kernel: which operands are immediate, as bits like typed_operation's; for DIVIDE the three that
 * follow. */
enum { FORM_COUNT = 8, DIVIDE_POSITIVE = 0, DIVIDE_SIGNED, DIVIDE_HALF_EVEN };
enum {
    LOAD_I8,
    LOAD_U8,
    LOAD_I16,
    LOAD_U16,
    LOAD_I32,
    LOAD_U32,
    LOAD_I64,
    LOAD_I128,
    LOAD_F32,
    LOAD_F64,
    LOAD_COUNT
};
/* The greatest magnitudes (in units of 10^-scale) and scales of numbers that LOAD_F32 and LOAD_F64 read;
 * machine/float_kernels.inc gives the reason. */
#define FLOAT_32_MOST ((INT64_C(1) << 23) - 1)
#define FLOAT_64_MOST ((INT64_C(1) << 50) - 1)
enum { FLOAT_32_SCALE_MOST = 10, FLOAT_64_SCALE_MOST = 18 };

struct kernel_set {
    kernel operations[OPERATION_COUNT][LANE_COUNT]
                     [FORM_COUNT]; /* by the lane that chooses the kernel (operation_table.h), and by form;
                                      NULL: no such kernel */
    load_kernel loads[LOAD_COUNT][LANE_COUNT];
    kernel load_truth;          /* bytes to 0 and 1 */
    kernel known_both;          /* out = a & b, bytes */
    kernel known_and, known_or; /* out: known flags of a AND b, a OR b; a, b: values; known_a, states: the
                                   known flags of a, of b */
    kernel known_select; /* out: known flags; a: condition; b, c: known flags of the branches; known_a: of the
                            condition */
    kernel waits_leaf;   /* waits: x where known_a is 0, else 0 */
    kernel waits_both;   /* waits: those of a and of b together */
    kernel waits_logic;  /* waits: the same where known_a, of the result, is 0; else 0 */
    kernel waits_select; /* waits: where the condition a is known (known_a) those of the branch that it takes,
                            b's or c's; else those of the condition (waits_a) */
    kernel store_wide;   /* out: 32 bits to 64, times x */
    kernel store_long;   /* out: 64 bits, times x */
    kernel stream_bytes; /* copies `rows` bytes past the caches, for outputs larger than these */
    kernel stream_wide;  /* widens 32 bits to 64, past the caches */
    void (*end_streams)(void); /* to be called after streaming, so that other threads see what was written */
    kernel mask[LANE_COUNT];   /* sets out to 0 where known_a is 0, in place */
};

extern const struct kernel_set KERNELS_BASELINE, KERNELS_AVX2, KERNELS_AVX512;

/* The best set that the processor supports and that is no better than asked for; never NULL. */
const struct kernel_set *kernels_for(enum instruction_set instructions);

#endif
