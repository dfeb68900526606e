/* SPDX-License-Identifier: Apache-2.0 */
/* What one thread needs to run a batch, whichever way a row is computed. */
#ifndef TUOYU_TABLE_BATCH_WORK_H
#define TUOYU_TABLE_BATCH_WORK_H

#include "table/batch_input.h"

enum { MISSING_NAMES_BITS = 6, MISSING_NAMES = 1 << MISSING_NAMES_BITS };

/* The names of what is missing as one text, kept because most rows miss the same. */
struct missing_names {
    uint64_t bits; /* what is missing; 0: nothing is kept here yet */
    struct text_builder text;
};

/* What the rows of a block miss for a rule. */
struct missing_facts {
    uint64_t *bits; /* by row: a bit for each fact and parameter (machine/kernels.h); NULL: the rule has no
                       column for it */
    bool is_some;   /* some row misses something; if false, bits is unset */
};

/* What one thread needs to run a batch. */
struct batch_work {
    const struct tuoyu_batch *batch;
    struct arena arena; /* holds the driver's memory and what follows */
    struct driver driver;
    struct driver_sink sink;
    struct missing_facts *missing;             /* by rule, for the current block */
    struct tuoyu_case *facts;                  /* the current row as a case */
    tuoyu_diagnostics *row_findings;           /* what was found wrong with the current row */
    struct text_builder line;                  /* a text while it is put together */
    struct missing_names names[MISSING_NAMES]; /* by hash of the bits */

    struct batch_input *input;         /* the current table */
    struct arrow_builder *builders;    /* by column of the batch; the caller of a run makes and frees them */
    const struct driver_block *block;  /* the current block; NULL: rows are run one by one */
    int64_t error_rows, fallback_rows; /* counted in the current run */
    tuoyu_batch_run_options *options;  /* of the current run, or NULL */
    int64_t rows_before;               /* options->rows when the run began */
    int64_t run_rows;                  /* rows of the current run */
};

/* Returns TUOYU_OK, and then batch_work_end() must be called; or TUOYU_ERROR_NO_MEMORY, and then it must not.
 */
tuoyu_status batch_work_begin(struct batch_work *work, const struct tuoyu_batch *batch);
void batch_work_end(struct batch_work *work);
/* Takes up a table, whose columns stay in use until the next one. Returns TUOYU_OK or TUOYU_ERROR_NO_MEMORY.
 */
tuoyu_status batch_work_bind(struct batch_work *work, struct batch_input *input, struct arena *arena);

/* Tells the caller how many rows of this run are done, and asks whether to go on. Returns TUOYU_OK or
 * TUOYU_ERROR_CANCELLED. */
tuoyu_status batch_ask_caller(struct batch_work *work, int64_t rows);

#endif
