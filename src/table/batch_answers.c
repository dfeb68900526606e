/* SPDX-License-Identifier: Apache-2.0 */
/* Answers the rows of a table into the batch's columns: a block's results are written at once, then the
 * texts, and the rows that fall back are answered as cases. */
#include "table/batch_answers.h"

#include <string.h>
#include <tuoyu/rules.h>

#include "arrow/arrow_blocks.h"
#include "base/public_layout.h"
#include "table/batch_case.h"
#include "table/batch_texts.h"

/* ---- What is missing ---- */

/* Collects, by row, the bits of what the rule's asked outputs wait for. */
static void find_missing(struct batch_work *work, size_t rule)
{
    const struct column_answer *answer = &work->batch->plan.answers[rule];
    struct missing_facts *missing = &work->missing[rule];
    size_t rows = work->block->rows;
    for (uint32_t i = answer->asked; missing->bits && i < answer->asked_end; i++) {
        const uint64_t *waits = work->block->results[i].waits;
        if (!waits)
            continue;
        if (!missing->is_some)
            memcpy(missing->bits, waits, rows * sizeof *waits);
        for (size_t row = 0; missing->is_some && row < rows; row++)
            missing->bits[row] |= waits[row];
        missing->is_some = true;
    }
}

/* ---- Columns without texts ---- */

/* An output's results in the current block, as the Arrow writers take them. */
static struct arrow_block block_of(const struct batch_work *work, uint32_t output)
{
    return (struct arrow_block){.result = &work->block->results[output],
                                .rows = work->block->rows,
                                .kernels = work->batch->plan.driver.blocks.kernels,
                                .streams = work->block->streams};
}

/* Writes the block's rows of a column that holds no texts. */
static void write_column(struct batch_work *work, size_t column)
{
    const struct batch_column *content = &work->batch->contents[column];
    struct arrow_builder *builder = &work->builders[column];
    bool has_none = content->kind == BATCH_COMPLIES && content->output == NO_COLUMN;
    if (has_none) {
        arrow_write_nulls(builder, work->block->rows);
        return;
    }
    struct arrow_block block = block_of(work, content->output);
    switch (content->kind) {
    case BATCH_NUMBER: arrow_write_numbers(builder, &block, content->factor); break;
    case BATCH_COMPLIES: arrow_write_booleans(builder, &block); break;
    default: arrow_write_words(builder, &block); break;
    }
}

/* Writes the block's rows of all columns of a rule that hold no texts. */
static void write_rule(struct batch_work *work, size_t rule)
{
    const struct batch_rule *columns = &work->batch->rules[rule];
    for (size_t i = columns->first_column; i < columns->end_column; i++)
        if (!batch_is_text(work, i))
            write_column(work, i);
}

/* ---- Texts, and rows that fall back ---- */

/* Appends the texts of all rules for row `at` of the block, which does not fall back. */
static void append_texts(struct batch_work *work, size_t at)
{
    const struct tuoyu_batch *batch = work->batch;
    for (size_t i = 0; i < batch->rule_count; i++)
        batch_append_texts(work, i, at);
    if (batch->has_error_column)
        arrow_append_null(&work->builders[batch->column_count - 1]);
}

/* Appends texts for `count` rows that miss nothing and have no error. */
static void append_empty_texts(struct batch_work *work, int64_t count)
{
    for (size_t i = 0; i < work->batch->column_count && count > 0; i++)
        if (batch_is_text(work, i))
            arrow_append_empty(&work->builders[i], count, work->batch->contents[i].kind != BATCH_ERROR);
}

/* Whether row `at` of the block misses something for some rule. */
static bool has_missing(const struct batch_work *work, size_t at)
{
    for (size_t i = 0; i < work->batch->rule_count; i++)
        if (work->missing[i].is_some && work->missing[i].bits[at])
            return true;
    return false;
}

/* Whether row `at` of the block falls back for some rule. */
static bool falls_back(const struct driver_block *block, size_t rules, size_t at)
{
    for (size_t i = 0; i < rules && block->has_fallback; i++)
        if (block->fallback[i] && block->fallback[i][at])
            return true;
    return false;
}

/* Sets the row at which columns without texts are written next. */
static void set_row(struct batch_work *work, int64_t row)
{
    for (size_t i = 0; i < work->batch->column_count; i++)
        if (!batch_is_text(work, i))
            work->builders[i].rows = row;
}

/* Whether some row of the block needs more than empty texts. */
static bool has_work(const struct batch_work *work)
{
    bool is_some = work->block->has_fallback || work->batch->options.numbers == TUOYU_NUMBERS_TEXT;
    for (size_t i = 0; i < work->batch->rule_count && !is_some; i++)
        is_some = work->missing[i].is_some;
    return is_some;
}

/* Writes the texts of the block, and answers its rows that fall back as cases. Returns TUOYU_OK,
 * TUOYU_ERROR_CANCELLED or TUOYU_ERROR_NO_MEMORY. */
static tuoyu_status finish_rows(struct batch_work *work)
{
    const struct tuoyu_batch *batch = work->batch;
    const struct driver_block *block = work->block;
    size_t written = 0, end = has_work(work) ? block->rows : 0;
    for (size_t at = 0; at < end; at++) {
        bool is_case = falls_back(block, batch->rule_count, at);
        if (!is_case && batch->options.numbers != TUOYU_NUMBERS_TEXT && !has_missing(work, at))
            continue;
        append_empty_texts(work, (int64_t)(at - written));
        written = at + 1;
        if (!is_case) {
            append_texts(work, at);
            continue;
        }
        set_row(work, block->at + (int64_t)at);
        tuoyu_status status = batch_answer_case(work, block->first + (int64_t)at, at);
        if (status == TUOYU_OK)
            status = batch_ask_caller(work, block->at + (int64_t)at + 1);
        if (status != TUOYU_OK)
            return status;
    }
    append_empty_texts(work, (int64_t)(block->rows - written));
    set_row(work, block->at + (int64_t)block->rows);
    return TUOYU_OK;
}

/* ---- Running ---- */

/* Whichever way a row is computed, all of its columns are written, and they say what
 * tuoyu_pricing_quote() and its like say of the row as a case. */
static tuoyu_status take_block(void *context, const struct driver_block *block)
{
    struct batch_work *work = context;
    const struct answer_plan *plan = &work->batch->plan;
    work->block = block;
    for (size_t i = 0; i < plan->rule_count; i++) {
        work->missing[i].is_some = false;
        if (!plan->answers[i].is_typed)
            continue;
        find_missing(work, i);
        write_rule(work, i);
    }
    tuoyu_status status = finish_rows(work);
    return status == TUOYU_OK ? batch_ask_caller(work, block->at + (int64_t)block->rows) : status;
}

tuoyu_status batch_answer_rows(struct batch_work *work, int64_t first, int64_t count,
                               tuoyu_batch_run_options *options)
{
    work->error_rows = work->fallback_rows = 0;
    work->block = NULL;
    work->options = options;
    work->rows_before = options ? options->rows : 0;
    work->run_rows = count;
    work->sink.take_block = take_block;
    tuoyu_status status = driver_run(&work->driver, first, count, &work->sink);
    if (options) {
        options->error_rows += work->error_rows;
        options->fallback_rows += work->fallback_rows;
    }
    return status;
}

/* The options of a run belong to the caller and are written to. Only fields that the first release had are
 * written, so they are always there. */
tuoyu_status batch_run_options_check(const tuoyu_batch_run_options *options, tuoyu_diagnostics *diagnostics)
{
    return option_struct_check(&BATCH_RUN_OPTIONS_LAYOUT, options, diagnostics);
}
