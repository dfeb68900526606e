/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/run_chunk.h"

#include <stdlib.h>
#include <string.h>

#include "cli/answer_cells.h"

void run_chunk_open(struct run_chunk *chunk, const struct fact_columns *columns)
{
    *chunk = (struct run_chunk){.failure = must_have_diagnostics()};
    row_table_open(&chunk->table, columns);
}

void run_chunk_free(struct run_chunk *chunk)
{
    csv_records_free(&chunk->records);
    row_table_free(&chunk->table);
    csv_writer_free(&chunk->rows);
    tuoyu_diagnostics_free(chunk->failure);
}

/* ---- Reading ---- */

static bool is_full(const struct run_chunk *chunk)
{
    return chunk->records.count == ROW_TABLE_ROWS || chunk->records.bytes >= ROW_TABLE_BYTES;
}

bool run_chunk_read(struct run_chunk *chunk, struct csv_reader *reader)
{
    struct csv_record record;
    csv_records_clear(&chunk->records);
    while (!is_full(chunk) && csv_reader_next(reader, &record)) csv_records_add(&chunk->records, &record);
    chunk->position = csv_reader_position(reader);
    return chunk->records.count > 0;
}

/* ---- Answering ---- */

static void fill_table(struct run_chunk *chunk, const struct fact_columns *columns)
{
    struct csv_record record;
    row_table_clear(&chunk->table);
    for (size_t i = 0; i < chunk->records.count; i++) {
        csv_records_get(&chunk->records, i, &record);
        if (record_fits(columns, &record)) row_table_add(&chunk->table, &record);
    }
}

/* What is wrong with a record is said with its line. */
static void write_error(struct run_chunk *chunk, const struct csv_record *record, const char *problem, size_t length)
{
    char *error = must_format("line %zu: %.*s", record->line, (int)length, problem);
    csv_write_field(&chunk->rows, error);
    free(error);
    chunk->bad_rows++;
}

static void write_answers(struct run_chunk *chunk, const struct run_rules *rules, const struct ArrowArray *answers, size_t row,
                          const struct csv_record *record)
{
    size_t last = (size_t)rules->schema.n_children - 1;
    for (size_t i = 0; i < last; i++) {
        struct answer_cell cell = answer_cell_at(rules->schema.children[i], answers->children[i], row);
        csv_write_bytes(&chunk->rows, cell.bytes, cell.length);
    }
    struct answer_cell error = answer_cell_at(rules->schema.children[last], answers->children[last], row);
    if (error.length) write_error(chunk, record, error.bytes, error.length);
    else csv_write_field(&chunk->rows, "");
}

static void write_no_answers(struct run_chunk *chunk, const struct run_rules *rules, const struct csv_record *record)
{
    for (int64_t i = 0; i < rules->schema.n_children - 1; i++) csv_write_field(&chunk->rows, "");
    char *problem = record_problem(rules->columns, record);
    write_error(chunk, record, problem, strlen(problem));
    free(problem);
}

static void write_rows(struct run_chunk *chunk, const struct run_rules *rules, const struct ArrowArray *answers)
{
    struct csv_record record;
    size_t row = 0;
    csv_writer_clear(&chunk->rows);
    chunk->bad_rows = 0;
    for (size_t i = 0; i < chunk->records.count; i++) {
        csv_records_get(&chunk->records, i, &record);
        for (size_t c = 0; c < rules->columns->count; c++) {
            bool is_there = c < record.count;
            csv_write_bytes(&chunk->rows, is_there ? record.fields[c] : "", is_there ? record.lengths[c] : 0);
        }
        if (record_fits(rules->columns, &record)) write_answers(chunk, rules, answers, row++, &record);
        else write_no_answers(chunk, rules, &record);
        csv_end_row(&chunk->rows);
    }
}

bool run_chunk_answer(struct run_chunk *chunk, const struct run_rules *rules)
{
    struct ArrowArray answers = {.release = NULL};
    fill_table(chunk, rules->columns);
    tuoyu_status status = tuoyu_batch_run(rules->batch, &chunk->table.schema, row_table_array(&chunk->table), 0, -1, NULL, &answers,
                                          chunk->failure);
    if (must_have_memory(status) != TUOYU_OK) return false;
    write_rows(chunk, rules, &answers);
    answers.release(&answers);
    return true;
}
