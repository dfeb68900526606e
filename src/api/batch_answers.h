/* SPDX-License-Identifier: Apache-2.0 */
/* The answers of a table's rows, into the columns that go out. */
#ifndef TUOYU_API_BATCH_ANSWERS_H
#define TUOYU_API_BATCH_ANSWERS_H

#include "api/batch_input.h"

/* One run over a table: what it reads, where it writes, and what it works with. */
struct batch_work {
    const struct tuoyu_batch *batch;
    const struct batch_input *input;
    struct arrow_builder *builders;   /* by column of the batch */
    struct tuoyu_case *facts;
    tuoyu_diagnostics *row_findings;  /* of one row */
    struct text_builder line;         /* a text while it is put together */
    int64_t error_rows, slow_rows;
};

/* TUOYU_OK or TUOYU_ERROR_NO_MEMORY; capacity: rows that there will be. */
tuoyu_status batch_work_begin(struct batch_work *work, const struct tuoyu_batch *batch, const struct batch_input *input,
                              int64_t capacity);
void batch_work_end(struct batch_work *work);

/* Answers rows that were checked, after those before. TUOYU_OK or TUOYU_ERROR_NO_MEMORY. Whatever computes them, all
 * columns of each row are written, and are those of tuoyu_pricing_quote() and so on for its case. */
tuoyu_status batch_answer_rows(struct batch_work *work, int64_t first, int64_t count);

#endif
