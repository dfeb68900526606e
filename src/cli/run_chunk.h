/* SPDX-License-Identifier: Apache-2.0 */
/* Some thousand records of the input of `tuoyu run`, and what is written for them. */
#ifndef TUOYU_CLI_RUN_CHUNK_H
#define TUOYU_CLI_RUN_CHUNK_H

#include <tuoyu/batches.h>

#include "cli/csv_records.h"
#include "cli/csv_writer.h"
#include "cli/record_counts.h"
#include "cli/row_table.h"

/* Of each rule: what it answered. Records that are no rows are not among them. */
struct outcome_counts {
    int64_t determined, undetermined, not_applicable, error;
};

/* What chunks are answered by; any number of threads share it. */
struct run_rules {
    const struct word_list *names;
    int64_t *outcome_columns; /* by rule: which column of the answers says what came out */
    tuoyu_batch *batch;
    struct ArrowSchema schema; /* of its answers: the last column is `error` */
    const struct fact_columns *columns;
};

struct run_chunk {
    struct csv_records records;
    struct row_table table;          /* of those that fit the header */
    struct csv_writer rows;          /* what is written */
    struct outcome_counts *outcomes; /* by rule */
    int64_t counts[RECORD_COUNTS];   /* of the records, by what became of them in all rules */
    size_t position;                 /* bytes of the input that were read with the last of them */
    tuoyu_diagnostics *failure;      /* why none of them could be answered, if anything is in it */
};

void run_chunk_open(struct run_chunk *chunk, const struct run_rules *rules);
void run_chunk_free(struct run_chunk *chunk);

/* Records for a chunk instead of those there are. False: there are none any more. */
bool run_chunk_read(struct run_chunk *chunk, struct csv_reader *reader);
/* Makes `rows` of the records, in their order. False after saying in `failure` why that cannot be. */
bool run_chunk_answer(struct run_chunk *chunk, const struct run_rules *rules);

#endif
