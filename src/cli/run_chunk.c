/* SPDX-License-Identifier: Apache-2.0 */
/* Reads a chunk of records, answers it by a batch, and writes its rows as CSV. */
#include "cli/run_chunk.h"

#include <stdlib.h>
#include <string.h>

#include "cli/answer_cells.h"
#include "cli/findings.h"

void run_chunk_open(struct run_chunk *chunk, const struct run_rules *rules)
{
    *chunk = (struct run_chunk){.failure = must_have_output_diagnostics()};
    chunk->outcomes = must_resize(NULL, rules->names->count, sizeof *chunk->outcomes);
    row_table_open(&chunk->table, rules->columns);
}

/* Frees the records, the table, the rows written and the findings of a chunk. */
void run_chunk_free(struct run_chunk *chunk)
{
    csv_records_free(&chunk->records);
    row_table_free(&chunk->table);
    csv_writer_free(&chunk->rows);
    reading_notes_free(&chunk->notes);
    free(chunk->outcomes);
    tuoyu_diagnostics_free(chunk->failure);
}

/* ---- Reading ---- */

/* Whether the chunk takes no more records. */
static bool is_full(const struct run_chunk *chunk)
{
    return chunk->records.count == ROW_TABLE_ROWS || chunk->records.bytes >= ROW_TABLE_BYTES;
}

bool run_chunk_read(struct run_chunk *chunk, struct csv_reader *reader)
{
    struct csv_record record;
    csv_records_clear(&chunk->records);
    while (!is_full(chunk) && csv_reader_next(reader, &record))
        csv_records_add(&chunk->records, &record);
    chunk->position = csv_reader_position(reader);
    return chunk->records.count > 0;
}

/* ---- Answering ---- */

/* Puts the records that fit the header into the table. */
static void fill_table(struct run_chunk *chunk, const struct fact_columns *columns)
{
    struct csv_record record;
    row_table_clear(&chunk->table);
    for (size_t i = 0; i < chunk->records.count; i++) {
        csv_records_get(&chunk->records, i, &record);
        if (record_fits(columns, &record))
            row_table_add(&chunk->table, columns, &record, &chunk->notes);
    }
}

/* Writes what is wrong with a record, with its line, as a field. */
static void write_error(struct run_chunk *chunk, const struct csv_record *record, const char *problem,
                        size_t length)
{
    char *error = problem_of_line(record->line, problem, length);
    csv_write_field(&chunk->rows, error);
    free(error);
}

/* Whether a cell holds this word. */
static bool cell_is_word(struct answer_cell cell, const char *word)
{
    return cell.length == strlen(word) && memcmp(cell.bytes, word, cell.length) == 0;
}

/* What an outcome counts as, by TUOYU_RECORDS_…; an error where it is none of the words. */
static int32_t count_of_outcome(struct answer_cell outcome)
{
    static const char *const WORDS[] = {[TUOYU_RECORDS_DETERMINED] = "determined",
                                        [TUOYU_RECORDS_UNDETERMINED] = "undetermined",
                                        [TUOYU_RECORDS_NOT_APPLICABLE] = "not_applicable",
                                        [TUOYU_RECORDS_NOT_IN_FORCE] = "not_in_force"};
    for (int32_t which = TUOYU_RECORDS_DETERMINED; which <= TUOYU_RECORDS_NOT_IN_FORCE; which++)
        if (cell_is_word(outcome, WORDS[which]))
            return which;
    return TUOYU_RECORDS_ERROR;
}

/* Counts what became of a row in each rule and in all of them: there it is open where it is open for one
 * rule, and else determined where it is for one. */
static void count_row(struct run_chunk *chunk, const struct run_rules *rules,
                      const struct ArrowArray *answers, size_t row, bool is_error)
{
    bool is_met[RECORD_COUNTS] = {false};
    char text[ANSWER_CELL_SIZE];
    for (size_t i = 0; i < rules->names->count; i++) {
        int64_t column = rules->outcome_columns[i];
        struct answer_cell outcome =
            answer_cell_at(rules->schema.children[column], answers->children[column], row, text);
        int32_t which = count_of_outcome(outcome);
        chunk->outcomes[i].of[which]++;
        is_met[which] = true;
    }
    chunk->counts[is_error                               ? TUOYU_RECORDS_ERROR
                  : is_met[TUOYU_RECORDS_UNDETERMINED]   ? TUOYU_RECORDS_UNDETERMINED
                  : is_met[TUOYU_RECORDS_DETERMINED]     ? TUOYU_RECORDS_DETERMINED
                  : is_met[TUOYU_RECORDS_NOT_APPLICABLE] ? TUOYU_RECORDS_NOT_APPLICABLE
                                                         : TUOYU_RECORDS_NOT_IN_FORCE]++;
}

/* Writes the answers to a row and counts it. */
static void write_answers(struct run_chunk *chunk, const struct run_rules *rules,
                          const struct ArrowArray *answers, size_t row, const struct csv_record *record)
{
    size_t last = (size_t)rules->schema.n_children - 1;
    char text[ANSWER_CELL_SIZE];
    for (size_t i = 0; i < last; i++) {
        struct answer_cell cell = answer_cell_at(rules->schema.children[i], answers->children[i], row, text);
        csv_write_bytes(&chunk->rows, cell.bytes, cell.length);
    }
    struct answer_cell error =
        answer_cell_at(rules->schema.children[last], answers->children[last], row, text);
    if (error.length) {
        char *problem = must_copy(error.bytes, error.length);
        add_refusals(&chunk->notes, record->line, &problem);
        write_error(chunk, record, problem, strlen(problem));
        free(problem);
    } else {
        csv_write_field(&chunk->rows, "");
    }
    count_row(chunk, rules, answers, row, error.length > 0);
}

/* Whether this column of the answers says a rule's outcome. */
static bool is_outcome(const struct run_rules *rules, int64_t column)
{
    for (size_t i = 0; i < rules->names->count; i++)
        if (rules->outcome_columns[i] == column)
            return true;
    return false;
}

/* Writes the answers to a record that is no row, which are empty but for the outcomes, and its problem, and
 * counts it. */
static void write_no_answers(struct run_chunk *chunk, const struct run_rules *rules,
                             const struct csv_record *record)
{
    for (int64_t i = 0; i < rules->schema.n_children - 1; i++)
        csv_write_field(&chunk->rows, is_outcome(rules, i) ? "unreadable" : "");
    char *problem = record_problem(rules->columns, record);
    write_error(chunk, record, problem, strlen(problem));
    chunk->counts[TUOYU_RECORDS_UNREADABLE]++;
    free(problem);
}

/* Writes a row for each record, with its own fields first. */
static void write_rows(struct run_chunk *chunk, const struct run_rules *rules,
                       const struct ArrowArray *answers)
{
    struct csv_record record;
    size_t row = 0;
    csv_writer_clear(&chunk->rows);
    memset(chunk->counts, 0, sizeof chunk->counts);
    memset(chunk->outcomes, 0, rules->names->count * sizeof *chunk->outcomes);
    chunk->counts[TUOYU_RECORDS_READ] = (int64_t)chunk->records.count;
    for (size_t i = 0; i < chunk->records.count; i++) {
        csv_records_get(&chunk->records, i, &record);
        for (size_t c = 0; c < rules->columns->count; c++) {
            if (!rules->is_kept[c])
                continue;
            bool is_there = c < record.count;
            csv_write_bytes(&chunk->rows, is_there ? record.fields[c] : "", is_there ? record.lengths[c] : 0);
        }
        if (record_fits(rules->columns, &record))
            write_answers(chunk, rules, answers, row++, &record);
        else
            write_no_answers(chunk, rules, &record);
        csv_end_row(&chunk->rows);
    }
}

bool run_chunk_answer(struct run_chunk *chunk, const struct run_rules *rules)
{
    struct ArrowArray answers = {.release = NULL};
    fill_table(chunk, rules->columns);
    tuoyu_status status = tuoyu_batch_run(rules->batch, &chunk->table.schema, row_table_array(&chunk->table),
                                          0, -1, NULL, &answers, chunk->failure);
    if (must_have_memory(status) != TUOYU_OK)
        return false;
    write_rows(chunk, rules, &answers);
    answers.release(&answers);
    return true;
}
