/* SPDX-License-Identifier: Apache-2.0 */
/* A fact's column: checked when it is bound, then loaded block by block, or read row by row. */
#ifndef TUOYU_MACHINE_FACT_COLUMN_H
#define TUOYU_MACHINE_FACT_COLUMN_H

#include "machine/kernels.h"

/* How a column's values are laid out: LOAD_… of kernels.h for integers, a byte or a bit for each boolean, or
 * anything else. */
enum { LAYOUT_TRUTH = LOAD_COUNT, LAYOUT_BITS, LAYOUT_OTHER };

struct bound_column {
    const struct column *column; /* NULL: the fact is missing in all rows */
    const struct slot *slot;
    const struct typed_operation *fact; /* how it is read; NULL: no column of values can hold it */
    int32_t *codes; /* of enums, by the column's code: the fact's code; -1: the fact has no such value */
    uint32_t code_capacity;
    load_kernel load;            /* NULL: values are read one by one */
    int64_t load_low, load_high; /* what the column's own values must lie between */
    int64_t factor;              /* of numbers: the fact's integer is the column's × factor */
    int32_t float_scale;         /* of floats: the scale of the integers that `load` makes of them */
    bool has_codes;              /* of enums: the column's codes must be mapped by `codes` */
    kernel load_truth;           /* of booleans that are bytes: makes them 0 and 1 */
    bool has_bits;               /* booleans are bits */
    uint8_t layout;     /* LOAD_… or LAYOUT_… of a column that misses no value and whose values need no
                           conversion; LAYOUT_OTHER for all others */
    const void *values; /* of row 0, unless layout is LAYOUT_OTHER */
    bool is_identity;   /* codes[i] is i for all */
};

/* Binds a column, which is borrowed; NULL: the fact is missing in all rows. Returns TUOYU_OK,
 * TUOYU_ERROR_FACT_TYPE (the column cannot hold the fact), TUOYU_ERROR_INVALID_ARGUMENT (it has rows but no
 * values, or a negative offset or length) or TUOYU_ERROR_NO_MEMORY. */
tuoyu_status fact_column_bind(struct bound_column *bound, const struct column *column,
                              const struct kernel_set *kernels, const tuoyu_allocator *allocator);
/* Frees the codes of a bound column; it must be bound again before it is read. */
void fact_column_free(struct bound_column *bound, const tuoyu_allocator *allocator);

/* What is known of a row's fact. FACT_NONE: it is given as null, which only a nullable fact may be. */
enum { FACT_MISSING, FACT_KNOWN, FACT_NONE };

/* Loads rows [first, first + rows) in the width of the lane of the fact's operation. true: all rows are
 * FACT_KNOWN, and the bytes of known may be unset. false: known has FACT_… of each row. A row without a value
 * of the fact's domain falls back: its byte in fallback is set to 1, *has_fallback is set, and `out` has some
 * value of the domain for it. */
bool fact_column_load(const struct bound_column *bound, int64_t first, size_t rows, void *out, uint8_t *known,
                      uint8_t *fallback, bool *has_fallback);

/* Reads one row: its value, which lies in the fact's interval also where it is not known, and FACT_… of it.
 * false: the row falls back. */
bool fact_column_read_any(const struct bound_column *bound, int64_t row, int64_t *value, uint8_t *known);

/* As fact_column_read_any(), but quicker. low and high: the fact's interval. A value for which it returns
 * false may lie outside. */
static inline bool fact_column_read(const struct bound_column *bound, int64_t low, int64_t high, int64_t row,
                                    int64_t *value, uint8_t *known)
{
    switch (bound->column ? bound->layout : LAYOUT_OTHER) {
    case LOAD_I8: *value = ((const int8_t *)bound->values)[row]; break;
    case LOAD_U8: *value = ((const uint8_t *)bound->values)[row]; break;
    case LOAD_I16: *value = ((const int16_t *)bound->values)[row]; break;
    case LOAD_U16: *value = ((const uint16_t *)bound->values)[row]; break;
    case LOAD_I32: *value = ((const int32_t *)bound->values)[row]; break;
    case LOAD_U32: *value = ((const uint32_t *)bound->values)[row]; break;
    case LOAD_I64: *value = ((const int64_t *)bound->values)[row]; break;
    case LAYOUT_BITS: *value = bitmap_get(bound->column->values, bound->column->offset + row); break;
    case LAYOUT_TRUTH: *value = ((const uint8_t *)bound->values)[row] != 0; break;
    default: return fact_column_read_any(bound, row, value, known);
    }
    *known = FACT_KNOWN;
    return *value >= low && *value <= high;
}

/* The address of the first byte of a row's value. The fact must have a column, and its values must be whole
 * bytes. */
const void *fact_column_address(const struct bound_column *bound, int64_t row);

#endif
