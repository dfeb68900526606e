/* SPDX-License-Identifier: Apache-2.0 */
/* A column of a fact: checked when it is bound, loaded block by block, or read row by row. */
#ifndef TUOYU_MACHINE_FACT_COLUMN_H
#define TUOYU_MACHINE_FACT_COLUMN_H

#include "machine/kernels.h"

/* How a column's values stand, beyond integers (LOAD_…). */
enum { LAYOUT_TRUTH = LOAD_COUNT, LAYOUT_BITS, LAYOUT_OTHER };

struct bound_column {
    const struct column *column; /* NULL: the fact is missing in all rows */
    const struct slot *slot;
    const struct typed_operation *fact; /* how it is read; NULL: no column of values can hold it */
    int32_t *codes;                     /* of enums: by code of the column: the fact's, -1 for none */
    uint32_t code_capacity;
    load_kernel load;            /* NULL: value by value */
    int64_t load_low, load_high; /* of the values as they stand */
    int64_t factor;              /* then of numbers: from the column's scale to the fact's */
    int32_t float_scale;         /* of floats: of the integers that `load` makes of them */
    bool has_codes;              /* then, of enums whose dictionary is in another order: by codes */
    kernel load_truth;           /* of booleans that are bytes */
    bool has_bits;               /* booleans that are bits */
    uint8_t layout;              /* LOAD_… or LAYOUT_…, of columns whose values are the fact's as they
                                    stand, and all there; all others: LAYOUT_OTHER */
    const void *values;          /* of row 0 */
    bool is_identity;            /* codes[i] is i for all */
};

/* TUOYU_OK, TUOYU_ERROR_FACT_TYPE (the column cannot hold the fact), TUOYU_ERROR_INVALID_ARGUMENT (it has
 * rows and no values) or TUOYU_ERROR_NO_MEMORY. */
tuoyu_status fact_column_bind(struct bound_column *bound, const struct column *column,
                              const struct kernel_set *kernels, const tuoyu_allocator *allocator);
void fact_column_free(struct bound_column *bound, const tuoyu_allocator *allocator);

/* What is known of a row's fact. FACT_NONE: that it is given as null, which only a nullable one may be. */
enum { FACT_MISSING, FACT_KNOWN, FACT_NONE };

/* Rows [first, first + rows) into the lane of the fact's operation. known: a byte a row, filled where the
 * result is false; true: all are FACT_KNOWN. A row that has no value of the fact's
 * domain falls back to the interpreter: its byte in fallback is set to 1, and some value of the domain stands
 * for it. */
bool fact_column_load(const struct bound_column *bound, int64_t first, size_t rows, void *out, uint8_t *known,
                      uint8_t *fallback, bool *has_fallback);

/* The value of one row, between low and high also where it is not known, and FACT_… of it. false: the
 * row falls back. */
bool fact_column_read_any(const struct bound_column *bound, int64_t row, int64_t *value, uint8_t *known);

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

/* Of the first byte that a row's value is in; the column is not NULL, and has more than bits. */
const void *fact_column_address(const struct bound_column *bound, int64_t row);

#endif
