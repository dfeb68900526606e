/* SPDX-License-Identifier: Apache-2.0 */
/* Workspaces: answer rows of one table again and again, into columns that the caller owns. Runs of few
 * rows go through the row machine. */
#include <tuoyu/batches.h>

#include <string.h>

#include "compile/typed_builder.h"
#include "table/batch_answers.h"
#include "table/batch_case.h"

static const struct location NOWHERE = {.source = NULL};

struct tuoyu_workspace {
    tuoyu_batch *batch; /* a reference */
    struct batch_work work;
    struct batch_input input;
    struct arena table; /* memory of what belongs to the bound table */
    bool is_bound;      /* a table is bound */
};

/* ---- Rows one by one ---- */

/* What the cell has for an output's value; of a number before its factor. */
static int64_t cell_value(const struct batch_column *content, int64_t value)
{
    switch (content->kind) {
    case BATCH_NUMBER:
    case BATCH_COMPLIES: return value;
    default: return value - 1;
    }
}

/* Writes value × factor as a 128-bit integer. */
static void put_wide(struct arrow_builder *builder, int64_t row, int64_t value, int64_t factor)
{
    int128 wide = (int128)value * factor;
    memcpy(builder->values + 16 * row, &wide, sizeof wide);
}

/* Writes a value to a row of a column and sets its validity bit. */
static void write_known(struct arrow_builder *builder, const struct batch_column *content, int64_t row,
                        int64_t value)
{
    switch (builder->output->type) {
    case ARROW_OUTPUT_INTEGER: ((int64_t *)(void *)builder->values)[row] = value * content->factor; break;
    case ARROW_OUTPUT_NUMBER: put_wide(builder, row, value, content->factor); break;
    case ARROW_OUTPUT_BOOLEAN: (value ? bitmap_set : bitmap_clear)(builder->values, row); break;
    default: ((int8_t *)builder->values)[row] = (int8_t)value; break;
    }
    bitmap_set(builder->validity, row);
}

/* Writes null to a row of a column. */
static void write_null(struct arrow_builder *builder, int64_t row)
{
    builder->rows = row;
    arrow_append_null(builder);
}

/* Writes the last row's results to row `row` of all columns. */
static void write_cells(const struct batch_work *work, int64_t row)
{
    const size_t count = work->batch->column_count;
    const struct batch_column *content = work->batch->contents;
    struct arrow_builder *builder = work->builders;
    const struct driver_row results = driver_row(&work->driver);
    for (size_t i = 0; i < count; i++, content++, builder++) {
        if (content->output == NO_COLUMN) {
            write_null(builder, row);
            continue;
        }
        const struct row_result result = driver_row_result(&results, content->output);
        if (result.is_known)
            write_known(builder, content, row, cell_value(content, result.value));
        else
            write_null(builder, row);
    }
}

/* Answers a row as a case, into row `at` of the columns. Returns TUOYU_OK or the status of the first
 * error. */
static tuoyu_status answer_as_case(struct batch_work *work, int64_t row, int64_t at)
{
    for (size_t i = 0; i < work->batch->column_count; i++)
        work->builders[i].rows = at;
    return batch_answer_case(work, row, 0);
}

/* The sink's function for single rows. The caller is asked once, after the last row of the run. Returns
 * TUOYU_OK or the status of the first error. */
static tuoyu_status take_row(void *context, int64_t row, int64_t at, bool falls_back)
{
    struct batch_work *work = context;
    if (falls_back) {
        tuoyu_status status = answer_as_case(work, row, at);
        if (status != TUOYU_OK)
            return status;
    } else {
        write_cells(work, at);
    }
    bool is_last = work->options && at + 1 == work->run_rows;
    return is_last ? batch_ask_caller(work, work->run_rows) : TUOYU_OK;
}

/* ---- Making and freeing ---- */

/* Whether the batch has a column of texts. */
static bool has_texts(const struct tuoyu_batch *batch)
{
    for (size_t i = 0; i < batch->column_count; i++)
        if (batch->columns[i].type == ARROW_OUTPUT_TEXT)
            return true;
    return false;
}

tuoyu_status tuoyu_workspace_new(tuoyu_batch *batch, tuoyu_workspace **out, tuoyu_diagnostics *diagnostics)
{
    if (!out)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    *out = NULL;
    if (!batch)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    if (has_texts(batch))
        return report(
            diagnostics, TUOYU_ERROR_INVALID_ARGUMENT, NOWHERE,
            TEXT("leave TUOYU_COLUMNS_MISSING and TUOYU_COLUMNS_ERROR out of the columns of the batch"),
            "a workspace writes no texts");
    const tuoyu_allocator *allocator = &batch->arena.allocator;
    struct tuoyu_workspace *made = allocator_allocate(allocator, sizeof *made);
    if (!made)
        return report_no_memory(diagnostics);
    memset(made, 0, sizeof *made);
    arena_init(&made->table, allocator);
    tuoyu_status status = batch_work_begin(&made->work, batch);
    if (status == TUOYU_OK) {
        for (size_t i = 0; i < batch->column_count; i++)
            made->work.builders[i] =
                (struct arrow_builder){.output = &batch->columns[i], .allocator = *allocator};
        made->work.sink.take_row = batch->options.block_rows ? NULL : take_row;
        made->batch = tuoyu_batch_ref(batch);
        *out = made;
        return TUOYU_OK;
    }
    allocator_free(allocator, made, sizeof *made);
    return report_no_memory(diagnostics);
}

/* Frees the workspace and gives its reference to the batch back; NULL is allowed. */
void tuoyu_workspace_free(tuoyu_workspace *workspace)
{
    if (!workspace)
        return;
    tuoyu_batch *batch = workspace->batch;
    batch_work_end(&workspace->work);
    arena_free(&workspace->table);
    allocator_free(&batch->arena.allocator, workspace, sizeof *workspace);
    tuoyu_batch_unref(batch);
}

/* ---- Tables ---- */

tuoyu_status tuoyu_workspace_bind(tuoyu_workspace *workspace, const struct ArrowSchema *schema,
                                  const struct ArrowArray *array, tuoyu_diagnostics *diagnostics)
{
    if (!workspace || !schema || !array)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    struct batch_input *input = &workspace->input;
    workspace->is_bound = false;
    arena_reset(&workspace->table);
    tuoyu_status status =
        batch_input_open(workspace->batch, schema, array, &workspace->table, input, diagnostics);
    if (status == TUOYU_OK)
        status = batch_input_check(input, 0, input->table.length, diagnostics);
    if (status == TUOYU_OK)
        status = batch_work_bind(&workspace->work, input, &workspace->table);
    workspace->is_bound = status == TUOYU_OK;
    return status == TUOYU_ERROR_NO_MEMORY ? report_no_memory(diagnostics) : status;
}

/* ---- Running ---- */

tuoyu_status tuoyu_workspace_run(tuoyu_workspace *workspace, int64_t first, int64_t count,
                                 const tuoyu_column *columns, size_t column_count,
                                 tuoyu_batch_run_options *options)
{
    if (!workspace || !workspace->is_bound || !columns || column_count != workspace->batch->column_count)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    if (first < 0 || count < 0 || first > workspace->input.table.length ||
        count > workspace->input.table.length - first)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    for (size_t i = 0; i < column_count; i++) {
        if (!columns[i].values || !columns[i].validity)
            return TUOYU_ERROR_INVALID_ARGUMENT;
        arrow_builder_lend(&workspace->work.builders[i], count, columns[i].values, columns[i].validity);
    }
    tuoyu_status status = options ? batch_run_options_check(options, NULL) : TUOYU_OK;
    if (status != TUOYU_OK)
        return status;
    return batch_answer_rows(&workspace->work, first, count, options);
}
