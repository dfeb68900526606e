/* SPDX-License-Identifier: Apache-2.0 */
/* The answers of a table's rows, into the columns that go out: computed by columns, block by block; the rows
 * that columns cannot decide as the cases that they are. */
#ifndef TUOYU_TABLE_BATCH_ANSWERS_H
#define TUOYU_TABLE_BATCH_ANSWERS_H

#include "table/batch_input.h"

enum { MISSING_NAMES_BITS = 6, MISSING_NAMES = 1 << MISSING_NAMES_BITS };

/* Names of what is missing, as the text of the column. */
struct missing_names {
    uint64_t bits; /* 0: none yet */
    struct text_builder text;
};

/* What is missing in the rows of a block for a rule. */
struct missing_facts {
    uint64_t *bits; /* by row: a bit for each fact and parameter; NULL: the rule has no column for it */
    bool is_some;   /* in some row; else nothing stands there */
};

/* What the runs of one thread work with. */
struct batch_work {
    const struct tuoyu_batch *batch;
    struct arena arena; /* of the driver's memory */
    struct driver driver;
    struct driver_sink sink;
    struct missing_facts *missing; /* by rule, of the block at hand */
    struct tuoyu_case *facts;
    tuoyu_diagnostics *row_findings;           /* of one row */
    struct text_builder line;                  /* a text while it is put together */
    struct missing_names names[MISSING_NAMES]; /* by hash of the bits: rows mostly lack what others do */

    struct batch_input *input;        /* of the table at hand */
    struct arrow_builder *builders;   /* by column of the batch; for the run to make and to free */
    const struct driver_block *block; /* at hand; NULL: rows of a handful, one by one */
    int64_t error_rows, fallback_rows;
    tuoyu_batch_run_options *options; /* of the run at hand, or NULL */
    int64_t rows_before;              /* what they counted when it began */
    int64_t run_rows;                 /* of the run at hand */
};

/* TUOYU_OK or TUOYU_ERROR_NO_MEMORY; then, and only then, it must be ended. */
tuoyu_status batch_work_begin(struct batch_work *work, const struct tuoyu_batch *batch);
void batch_work_end(struct batch_work *work);
/* Takes up a table, whose columns stay in use until the next one. TUOYU_OK or TUOYU_ERROR_NO_MEMORY. */
tuoyu_status batch_work_bind(struct batch_work *work, struct batch_input *input, struct arena *arena);

/* Answers rows that were checked, with progress between blocks; options is the caller's, or NULL.
 * TUOYU_OK, TUOYU_ERROR_CANCELLED or TUOYU_ERROR_NO_MEMORY. */
tuoyu_status batch_answer_rows(struct batch_work *work, int64_t first, int64_t count,
                               tuoyu_batch_run_options *options);
/* Checks the struct's size and its unknown bytes: TUOYU_OK, TUOYU_ERROR_OPTION_SIZE, _OPTION_OLD,
 * _OPTION_UNKNOWN. */
tuoyu_status batch_run_options_check(const tuoyu_batch_run_options *options, tuoyu_diagnostics *diagnostics);

/* ---- Between the files that do it ---- */

/* One row as a case: by all rules, or, in a block, by those that fall back in it. The columns without texts
 * must have the row of the builder; the texts of the other rules are written from the block's row at. */
tuoyu_status batch_answer_case(struct batch_work *work, int64_t row, size_t at);
/* The texts of a rule for the block's row at, whose other columns the block has. */
void batch_append_texts(struct batch_work *work, size_t rule, size_t at);
/* Tells the caller that so many rows of this run are done, and asks whether it goes on. TUOYU_OK or
 * TUOYU_ERROR_CANCELLED. */
tuoyu_status batch_ask_caller(struct batch_work *work, int64_t rows);

#endif
