/* SPDX-License-Identifier: Apache-2.0 */
/* The kernels of the block machine: one set for each instruction set, all from kernels.inc, with the same
 * results. */
#ifndef TUOYU_MACHINE_KERNELS_H
#define TUOYU_MACHINE_KERNELS_H

#include "compile/typed_program.h"
#include "machine/column.h"

/* Which kernels run; the results are the same. One that the processor does not have is never chosen. */
enum instruction_set { INSTRUCTIONS_BEST, INSTRUCTIONS_BASELINE, INSTRUCTIONS_AVX2, INSTRUCTIONS_AVX512 };

bool instructions_are_here(enum instruction_set instructions);

/* What a value that is not known waits for, as bits: one for each leaf of the program, in their order, and
 * the highest one for the interpreter, which also stands for the leaves beyond the 63rd. */
#define WAITS_FOR_INTERPRETER (UINT64_C(1) << 63)
enum { MACHINE_LEAVES = 63 };

/* Of an entry that is not known. Where it is one that nobody has set, it is so whatever the index waits for.
 */
#define LOOKUP_WAITS_OF(known_a, waits_a, entry_waits) \
    ((known_a) && (entry_waits) ? (entry_waits) : (waits_a) | (entry_waits))
/* Whether a fact that is not known is so because it is given as null. Of a leaf that has no bit of its own
 * this cannot be told, and the interpreter says it. */
#define NONE_OF(known, waits, leaf) \
    ((uint8_t)(!(known) && (waits) == WAITS_FOR_INTERPRETER && (uint64_t)(leaf) != WAITS_FOR_INTERPRETER))

enum { LINE_BYTES = 64 }; /* of the cache, on all processors that have vectors here */

/* What one step does to the rows of a block. No two pointers overlap. What most kernels need comes first, in
 * one line of the cache. */
struct kernel_call {
    void *out;
    const void *a, *b, *c;
    int64_t x, y; /* immediates */
    size_t rows;
    const void *table; /* LOOKUP: entries in the result's lane; BAND: thresholds less one in the operand's */
    const uint8_t *states;
    uint64_t reciprocal; /* DIVIDE: floor(2^shift / divisor) + 1 */
    uint32_t shift;      /* 32 bits: of the product; 64 bits: of its high half */
    uint32_t table_count;
    const uint64_t *entry_waits; /* LOOKUP: by entry */
    uint8_t *known;  /* CHECK, LOOKUP: of the result, written where it decides: where there are waits */
    uint64_t *waits; /* of the result */
    const uint8_t *known_a; /* NULL: all; never where CHECK and LOOKUP decide */
    const uint64_t *waits_a, *waits_b, *waits_c;
    uint64_t power; /* LOAD_F32, LOAD_F64: 10^scale of the integers that come out */
};

typedef void (*kernel)(const struct kernel_call *call);
/* Widens values of a column and says whether one that is known is outside [x, y]; x stands for those that
 * are not. Of floats also whether one is not surely a decimal of the scale. */
typedef bool (*load_kernel)(const struct kernel_call *call);

/* Forms: which operands are immediate, as in typed_operation; of DIVIDE these. */
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
/* LOAD_F32 and LOAD_F64 read numbers of at most these magnitudes, counted in units of 10^-scale, and scales
 * up to these: machine/float_kernels.inc says why. */
#define FLOAT_32_MOST ((INT64_C(1) << 23) - 1)
#define FLOAT_64_MOST ((INT64_C(1) << 50) - 1)
enum { FLOAT_32_SCALE_MOST = 10, FLOAT_64_SCALE_MOST = 18 };

struct kernel_set {
    kernel operations[OPERATION_COUNT][LANE_COUNT]
                     [FORM_COUNT]; /* by the lane of the first operand that is no condition */
    load_kernel loads[LOAD_COUNT][LANE_COUNT];
    kernel load_truth;          /* bytes to 0 and 1 */
    kernel known_both;          /* out = a & b, bytes */
    kernel known_and, known_or; /* out: known of a and b; a, b: values; known_a, states: their known */
    kernel known_select;        /* a: condition; b, c: known of the branches; known_a: of the condition */
    kernel waits_leaf;          /* waits: x where not known_a */
    kernel waits_both;          /* waits: of a and of b */
    kernel waits_logic;         /* waits: the same where not known_a, which is of the result */
    kernel
        waits_select;  /* waits: a, known_a: the condition, and waits_a what it waits for; else b's or c's */
    kernel store_wide; /* 32 bits to 64, times x */
    kernel store_long; /* 64 bits, times x */
    kernel stream_bytes;       /* rows bytes, past the caches: of outputs that are larger than these */
    kernel stream_wide;        /* 32 bits to 64, past the caches */
    void (*end_streams)(void); /* after it other threads see what was streamed */
    kernel mask[LANE_COUNT];   /* out where known_a, else 0; in place */
};

extern const struct kernel_set KERNELS_BASELINE, KERNELS_AVX2, KERNELS_AVX512;

/* Never NULL: what the processor has, no better than asked for. */
const struct kernel_set *kernels_for(enum instruction_set instructions);

#endif
