/* SPDX-License-Identifier: Apache-2.0 */
/* Makes and ends what a thread needs to run a batch, and takes up tables. */
#include "table/batch_work.h"

/* Makes the bits for rules that have a column of what is missing. false: memory ran out. */
static bool prepare_missing(struct batch_work *work)
{
    const struct tuoyu_batch *batch = work->batch;
    size_t rows = batch->plan.driver.blocks.block_rows;
    work->missing = ARENA_ARRAY(&work->arena, struct missing_facts, batch->rule_count);
    for (size_t i = 0; work->missing && i < batch->rule_count; i++)
        for (size_t j = batch->rules[i].first_column; j < batch->rules[i].end_column; j++)
            if (batch->contents[j].kind == BATCH_MISSING)
                work->missing[i].bits = ARENA_ARRAY(&work->arena, uint64_t, rows);
    return !work->arena.failed;
}

/* false: memory ran out. */
static bool prepare_work(struct batch_work *work)
{
    const struct tuoyu_batch *batch = work->batch;
    work->sink = (struct driver_sink){.context = work};
    for (size_t i = 0; i < batch->column_count; i++)
        work->sink.row_bytes += (int64_t)arrow_output_width(batch->columns[i].type);
    work->builders = ARENA_ARRAY(&work->arena, struct arrow_builder, batch->column_count);
    return work->builders && prepare_missing(work) &&
           driver_make(&work->driver, &work->arena, &batch->plan.driver) == TUOYU_OK;
}

tuoyu_status batch_work_begin(struct batch_work *work, const struct tuoyu_batch *batch)
{
    const tuoyu_allocator *allocator = &batch->arena.allocator;
    *work = (struct batch_work){.batch = batch};
    arena_init(&work->arena, allocator);
    text_builder_init(&work->line, allocator);
    for (size_t i = 0; i < MISSING_NAMES; i++)
        text_builder_init(&work->names[i].text, allocator);
    bool is_ready = prepare_work(work) && tuoyu_diagnostics_new(allocator, &work->row_findings) == TUOYU_OK &&
                    case_make(batch->policy, &work->facts) == TUOYU_OK;
    if (is_ready) {
        diagnostics_set_language(work->row_findings, batch->language);
        return TUOYU_OK;
    }
    batch_work_end(work);
    return TUOYU_ERROR_NO_MEMORY;
}

void batch_work_end(struct batch_work *work)
{
    driver_end(&work->driver);
    tuoyu_diagnostics_free(work->row_findings);
    case_free(work->facts);
    text_builder_free(&work->line);
    for (size_t i = 0; i < MISSING_NAMES; i++)
        text_builder_free(&work->names[i].text);
    arena_free(&work->arena);
}

/* Marks the rows that are looked at as cases because a fact that no column program reads is wrong, or could
 * be: a cell that cannot be read, and every value of a type other than string. The driver checks the other
 * facts. Marks are added, never taken away. Returns whether it marked some. */
static bool find_wrong_cells(void *context, int64_t first, size_t rows, uint8_t *fallback)
{
    const struct batch_work *work = context;
    bool are_some = false;
    for (size_t i = 0; i < work->input->fact_count; i++) {
        const struct batch_fact *fact = &work->input->facts[i];
        if (work->driver.bound[fact->index].fact)
            continue;
        for (size_t row = 0; row < rows; row++) {
            enum arrow_cell_kind kind = arrow_column_cell(&fact->column, first + (int64_t)row).kind;
            bool is_right =
                kind == ARROW_CELL_NULL || (kind != ARROW_CELL_BAD && fact->fact->type == FACT_TYPE_STRING);
            fallback[row] |= !is_right;
            are_some |= !is_right;
        }
    }
    return are_some;
}

tuoyu_status batch_work_bind(struct batch_work *work, struct batch_input *input, struct arena *arena)
{
    work->input = input;
    work->sink.find_fallback = NULL;
    const struct fact_source *const *sources = batch_input_sources(work->batch, input, arena);
    if (!sources)
        return TUOYU_ERROR_NO_MEMORY;
    for (size_t i = 0; i < input->fact_count; i++)
        if (!work->driver.bound[input->facts[i].index].fact)
            work->sink.find_fallback = find_wrong_cells;
    return driver_bind(&work->driver, sources);
}

/* ---- The caller ---- */

tuoyu_status batch_ask_caller(struct batch_work *work, int64_t rows)
{
    tuoyu_batch_run_options *options = work->options;
    if (!options)
        return TUOYU_OK;
    options->rows = work->rows_before + rows;
    bool stops = options->progress && options->progress(options->context, options->rows);
    return stops ? TUOYU_ERROR_CANCELLED : TUOYU_OK;
}
