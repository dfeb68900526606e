/* SPDX-License-Identifier: Apache-2.0 */
/* The answers of a table's rows, into the columns that go out: computed by columns, block by block; the rows
 * that columns cannot decide as the cases that they are. */
#ifndef TUOYU_TABLE_BATCH_ANSWERS_H
#define TUOYU_TABLE_BATCH_ANSWERS_H

#include "table/batch_input.h"

enum { LACKING_NAMES_BITS = 6, LACKING_NAMES = 1 << LACKING_NAMES_BITS };

/* What is missing, as the text of the column. */
struct lacking_names {
    uint64_t bits; /* 0: none yet */
    struct text_builder text;
};

/* What the runs of one thread work with. */
struct batch_work {
    const struct tuoyu_batch *batch;
    struct arena arena; /* of the machines' memory */
    struct machine_memory memory;
    struct row_memory row;
    struct bound_column *bound; /* by index of the fact */
    void *scratch;              /* of a fact that is only checked: a block of values, … */
    uint8_t *scratch_known;     /* … and whether they are there */
    uint64_t **lacking; /* by rule: what each row of a block waits for, where the rule has a column for it */
    bool *is_lacking;   /* by rule: some row of the block does */
    /* by rule: 1 for a row of a block that only the interpreter can answer; and whether … */
    uint8_t **waiting;
    bool *is_waiting; /* … there are some: else nothing is there */
    struct tuoyu_case *facts;
    tuoyu_diagnostics *row_findings;           /* of one row */
    struct text_builder line;                  /* a text while it is put together */
    struct lacking_names names[LACKING_NAMES]; /* by hash of the bits: rows mostly lack what others do */

    struct batch_input *input;      /* of the table at hand */
    struct arrow_builder *builders; /* by column of the batch; for the run to make and to free */
    int64_t error_rows, slow_rows;
    tuoyu_batch_run_options *options; /* of the run at hand, or NULL */
    int64_t rows_before;              /* what they counted when it began */
    bool streams; /* the run is larger than the caches: it is read ahead of time and written past them */
};

/* TUOYU_OK or TUOYU_ERROR_NO_MEMORY; then, and only then, it must be ended. */
tuoyu_status batch_work_begin(struct batch_work *work, const struct tuoyu_batch *batch);
void batch_work_end(struct batch_work *work);
/* Takes up a table, whose columns stay in use until the next one. TUOYU_OK or TUOYU_ERROR_NO_MEMORY. */
tuoyu_status batch_work_bind(struct batch_work *work, struct batch_input *input, struct arena *arena);

/* Answers rows that were checked, in blocks, with progress between them; options is the caller's, or NULL.
 * TUOYU_OK, TUOYU_ERROR_CANCELLED or TUOYU_ERROR_NO_MEMORY. */
tuoyu_status batch_answer_rows(struct batch_work *work, int64_t first, int64_t count,
                               tuoyu_batch_run_options *options);
/* Checks the struct's size and its unknown bytes: TUOYU_OK, TUOYU_ERROR_OPTION_SIZE, _OPTION_OLD,
 * _OPTION_UNKNOWN. */
tuoyu_status batch_run_options_check(const tuoyu_batch_run_options *options, tuoyu_diagnostics *diagnostics);

/* ---- Between the files that do it ---- */

/* Answers rows that were checked, at most a block of them, after those that the builders have; next_rows more
 * will follow. TUOYU_OK or TUOYU_ERROR_NO_MEMORY. Whatever computes them, all columns of each row are
 * written, and are those of tuoyu_pricing_quote() and so on for its case. */
tuoyu_status batch_answer_block(struct batch_work *work, int64_t first, int64_t rows, int64_t next_rows);

/* One row as a case. only_open: of the rules that columns have not answered; the others' texts are written
 * from the block's row at. The columns without texts must have the row of the builder. */
tuoyu_status batch_answer_case(struct batch_work *work, int64_t row, bool only_open, size_t at);
/* The texts of a rule for the block's row at, whose other columns the block has. */
void batch_append_texts(struct batch_work *work, size_t rule, size_t at);

#endif
