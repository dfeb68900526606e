/* SPDX-License-Identifier: Apache-2.0 */
/* The facts of a table's rows: which columns are which facts, and the case that a row makes. */
#ifndef TUOYU_TABLE_BATCH_INPUT_H
#define TUOYU_TABLE_BATCH_INPUT_H

#include "arrow/arrow_borrow.h"
#include "arrow/arrow_cells.h"
#include "arrow/arrow_import.h"
#include "rules/case_facts.h"
#include "table/batch_handle.h"

struct batch_fact {
    struct arrow_column column;
    const struct pack_fact *fact;
    uint32_t index;           /* among the facts */
    struct arrow_cells cells; /* of a column that is read cell by cell */
    struct fact_source source;
    bool is_refused; /* the cell of the row that was read last */
};

struct batch_input {
    struct arrow_table table;
    struct batch_fact *facts;
    size_t fact_count;
};

/* Finds and opens the columns that are facts; array NULL: only the schema is checked. All that is wrong is
 * reported, the first error returned: TUOYU_ERROR_FACT_UNKNOWN, _FACT_TYPE, _DUPLICATE, _INVALID_ARGUMENT,
 * _NO_MEMORY. */
tuoyu_status batch_input_open(const struct tuoyu_batch *batch, const struct ArrowSchema *schema,
                              const struct ArrowArray *array, struct arena *arena, struct batch_input *input,
                              tuoyu_diagnostics *diagnostics);
/* Checks the rows, so that they can be read. */
tuoyu_status batch_input_check(const struct batch_input *input, int64_t first, int64_t count,
                               tuoyu_diagnostics *diagnostics);
/* The columns as the driver of the batch binds them, by fact; NULL: there is none, or columns cannot hold it.
 * They stand where their producer has them, without a copy, or are read cell by cell. All memory is the
 * arena's; NULL when it is refused. */
const struct fact_source *const *batch_input_sources(const struct tuoyu_batch *batch,
                                                     struct batch_input *input, struct arena *arena);
/* Sets the facts of a row; a cell that is wrong leaves its fact missing. TUOYU_OK, or the first of its
 * errors, all reported. */
tuoyu_status batch_input_read(const struct tuoyu_batch *batch, const struct batch_input *input, int64_t row,
                              struct tuoyu_case *facts, tuoyu_diagnostics *diagnostics);

#endif
