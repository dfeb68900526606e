/* SPDX-License-Identifier: Apache-2.0 */
/* The facts of a table's rows: which column is which fact, and the case that a row makes. */
#ifndef TUOYU_TABLE_BATCH_INPUT_H
#define TUOYU_TABLE_BATCH_INPUT_H

#include "arrow/arrow_borrow.h"
#include "arrow/arrow_cells.h"
#include "arrow/arrow_import.h"
#include "rules/case_facts.h"
#include "table/batch_handle.h"

struct batch_fact {
    struct arrow_column column; /* open, if there is an array */
    const struct pack_fact *fact;
    uint32_t index;            /* among the facts of the program */
    struct arrow_cells cells;  /* the column read cell by cell */
    struct fact_source source; /* for driver_bind(); set by batch_input_sources() */
    bool is_refused;           /* the fact's cell was wrong in the row that batch_input_read() read last */
};

struct batch_input {
    struct arrow_table table;
    struct batch_fact *facts;
    size_t fact_count;
};

/* Finds and opens the columns that are facts; array NULL: only the schema is checked. Everything wrong is
 * reported, and the first error is returned: TUOYU_ERROR_FACT_UNKNOWN, _FACT_TYPE, _DUPLICATE,
 * _INVALID_ARGUMENT or _NO_MEMORY. */
tuoyu_status batch_input_open(const struct tuoyu_batch *batch, const struct ArrowSchema *schema,
                              const struct ArrowArray *array, struct arena *arena, struct batch_input *input,
                              tuoyu_diagnostics *diagnostics);
/* Checks the buffers for these rows, so that they can be read. Returns TUOYU_OK, or an error, which is
 * reported. */
tuoyu_status batch_input_check(const struct batch_input *input, int64_t first, int64_t count,
                               tuoyu_diagnostics *diagnostics);
/* The columns as driver_bind() takes them, by fact. An entry is NULL where the table has no such column, or
 * columns of values cannot hold the fact. Values are not copied. All memory is the arena's; the result is
 * NULL when it runs out. */
const struct fact_source *const *batch_input_sources(const struct tuoyu_batch *batch,
                                                     struct batch_input *input, struct arena *arena);
/* Sets the facts of a row. A cell that is wrong leaves its fact missing. Returns TUOYU_OK, or the first error
 * of the row; all are reported. */
tuoyu_status batch_input_read(const struct tuoyu_batch *batch, const struct batch_input *input, int64_t row,
                              struct tuoyu_case *facts, tuoyu_diagnostics *diagnostics);

#endif
