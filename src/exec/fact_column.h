/* SPDX-License-Identifier: Apache-2.0 */
/* A column of a fact: checked when it is bound, loaded block by block, read row by row for the interpreter. */
#ifndef TUOYU_EXEC_FACT_COLUMN_H
#define TUOYU_EXEC_FACT_COLUMN_H

#include "exec/kernels.h"

struct bound_column {
    const struct column *column; /* NULL: the fact is missing in all rows */
    const struct slot *slot;
    const struct typed_operation *fact; /* NULL: only the interpreter reads it */
    struct cause invalid;        /* of a value that is none of the fact */
    int32_t *codes;              /* of enums: by code of the column: the fact's, -1 for none */
    uint32_t code_capacity;
    load_kernel load;            /* NULL: value by value */
    kernel load_truth;           /* of booleans that are bytes */
    bool is_identity;            /* codes[i] is i for all */
};

/* TUOYU_OK, TUOYU_ERROR_FACT_TYPE or TUOYU_ERROR_INVALID_ARGUMENT, reported, or _NO_MEMORY. */
tuoyu_status fact_column_bind(struct bound_column *bound, const struct column *column, const struct kernel_set *kernels,
                              const tuoyu_allocator *allocator, tuoyu_diagnostics *diagnostics);
void fact_column_release(struct bound_column *bound, const tuoyu_allocator *allocator);

/* Rows [first, first + rows) into the lane of the fact's operation. known: a byte a row, filled where the result is false;
 * true: all are known. Rows that have no value of the fact's domain are put aside, and something of it stands for them. */
bool fact_column_load(const struct bound_column *bound, int64_t first, size_t rows, void *out, uint8_t *known,
                      uint8_t *aside, bool *has_aside);

/* Of the first byte that a row's value is in; the column is not NULL, and has more than bits. */
const void *fact_column_address(const struct bound_column *bound, int64_t row);

/* What the interpreter sees of a row. */
struct value fact_column_value(const struct bound_column *bound, int64_t row);

#endif
