/* SPDX-License-Identifier: Apache-2.0 */
/* A chunk of the input of `tuoyu run`, some thousand records, and what is written for them. */
#ifndef TUOYU_CLI_RUN_CHUNK_H
#define TUOYU_CLI_RUN_CHUNK_H

#include <tuoyu/batches.h>

#include "cli/csv_records.h"
#include "cli/csv_writer.h"
#include "cli/reading_notes.h"
#include "cli/record_counts.h"
#include "cli/row_table.h"

/* How many rows a rule answered in which way, by TUOYU_RECORDS_…. Records that are no rows are not counted.
 */
struct outcome_counts {
    int64_t of[RECORD_COUNTS];
};

/* What chunks are answered by. Any number of threads share it. */
struct run_rules {
    const struct word_list *names;
    int64_t *outcome_columns; /* by rule: index of the column `outcome` in the answers */
    tuoyu_batch *batch;
    struct ArrowSchema schema; /* of the batch's answers; the last column is `error` */
    const struct fact_columns *columns;
    const bool *is_kept; /* by column of the input: whether it goes out */
};

/* A chunk, worked on by one thread at a time. */
struct run_chunk {
    struct csv_records records;
    struct row_table table;          /* the records that fit the header */
    struct csv_writer rows;          /* the rows of the output */
    struct reading_notes notes;      /* of the cells of the records */
    struct outcome_counts *outcomes; /* by rule */
    int64_t counts[RECORD_COUNTS];   /* records by TUOYU_RECORDS_…, over all rules */
    size_t position;                 /* bytes of the input read when the chunk was full */
    tuoyu_diagnostics *failure;      /* why the chunk could not be answered; empty where it could */
};

/* Makes an empty chunk for these rules. */
void run_chunk_open(struct run_chunk *chunk, const struct run_rules *rules);
void run_chunk_free(struct run_chunk *chunk);

/* Reads the next records in the place of those that are there. Returns false where there are none any
 * more. */
bool run_chunk_read(struct run_chunk *chunk, struct csv_reader *reader);
/* Makes `rows` of the records, in their order. Returns false after saying in `failure` why that cannot be. */
bool run_chunk_answer(struct run_chunk *chunk, const struct run_rules *rules);

#endif
