/* SPDX-License-Identifier: Apache-2.0 */
/* Answers the rows of a table into the batch's columns: a block's results are written at once, then the
 * texts, and the rows that fall back are answered as cases. */
#include "table/batch_answers.h"

#include <string.h>
#include <tuoyu/rules.h>

#include "arrow/arrow_blocks.h"
#include "base/public_layout.h"

/* ---- Making and ending ---- */

/* The sink's function: writes a block of rows to the columns. */
static tuoyu_status take_block(void *context, const struct driver_block *block);

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
    work->sink = (struct driver_sink){.context = work, .take_block = take_block};
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

/* Marks rows that fall back because a fact is wrong that no rule reads: it is an error of the row all
 * the same. The driver checks the facts that columns of values can hold, and this function the others. A
 * value that could be outside a range which columns cannot hold is left to the case. Returns whether some
 * row is marked. */
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

/* Writes the names of the facts and parameters with these bits, in the order in which packs declare
 * them, each once, separated by spaces. */
static void name_leaves(const struct typed_program *typed, uint64_t bits, struct text_builder *text)
{
    struct text names[MACHINE_LEAVES];
    size_t count = 0;
    text->length = 0;
    for (uint32_t i = 0; i < typed->leaf_count && i < MACHINE_LEAVES; i++) {
        struct text name = program_slot(typed->program, typed->leaves[i])->name;
        bool is_new = bits >> i & 1;
        for (size_t j = 0; j < count && is_new; j++)
            is_new = !text_equals(names[j], name);
        if (!is_new)
            continue;
        if (count > 0)
            text_append_byte(text, ' ');
        text_append(text, name);
        names[count++] = name;
    }
}

/* The names of what is missing as one text, kept for the next row with the same bits. Its builder has
 * failed if memory ran out. */
static const struct text_builder *names_of(struct batch_work *work, uint64_t bits)
{
    /* The product with an odd number depends on all bits in its highest ones. */
    struct missing_names *names = &work->names[bits * 0x9E3779B97F4A7C15u >> (64 - MISSING_NAMES_BITS)];
    if (names->bits != bits) {
        names->bits = bits;
        name_leaves(&work->batch->plan.typed, bits, &names->text);
    }
    return &names->text;
}

/* Appends the names of what row `at` of the block is missing for a rule; an empty text where it misses
 * nothing. */
static void append_missing(struct batch_work *work, size_t rule, size_t at, struct arrow_builder *builder)
{
    const struct missing_facts *missing = &work->missing[rule];
    uint64_t bits = missing->is_some ? missing->bits[at] : 0;
    if (!bits) {
        arrow_append_empty(builder, 1, true);
        return;
    }
    const struct text_builder *names = names_of(work, bits);
    if (names->failed)
        builder->failed = true;
    else
        arrow_append_text(builder, text_builder_text(names));
}

/* ---- Columns without texts ---- */

/* Whether the column holds texts, which are appended row by row. */
static bool is_text(const struct batch_work *work, size_t column)
{
    return work->builders[column].output->type == ARROW_OUTPUT_TEXT;
}

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
        if (!is_text(work, i))
            write_column(work, i);
}

/* ---- Texts, and rows that fall back ---- */

/* Appends a number as text; null where it is not known. */
static void append_number(struct batch_work *work, size_t column, size_t at)
{
    char digits[TUOYU_DECIMAL_TEXT_SIZE];
    const struct batch_column *content = &work->batch->contents[column];
    const struct block_result *result = &work->block->results[content->output];
    struct arrow_builder *builder = &work->builders[column];
    const void *values = result->values;
    int64_t value = result->lane == LANE_32 ? ((const int32_t *)values)[at] : ((const int64_t *)values)[at];
    bool is_known = !result->known || result->known[at];
    if (is_known)
        arrow_append_text(
            builder,
            (struct text){.bytes = digits, .length = decimal_format_scaled(value, content->scale, digits)});
    else
        arrow_append_null(builder);
}

void batch_append_texts(struct batch_work *work, size_t rule, size_t at)
{
    const struct batch_rule *columns = &work->batch->rules[rule];
    for (size_t i = columns->first_column; i < columns->end_column; i++) {
        if (work->batch->contents[i].kind == BATCH_MISSING)
            append_missing(work, rule, at, &work->builders[i]);
        else if (is_text(work, i))
            append_number(work, i, at);
    }
}

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
        if (is_text(work, i))
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
        if (!is_text(work, i))
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

tuoyu_status batch_ask_caller(struct batch_work *work, int64_t rows)
{
    tuoyu_batch_run_options *options = work->options;
    if (!options)
        return TUOYU_OK;
    options->rows = work->rows_before + rows;
    bool stops = options->progress && options->progress(options->context, options->rows);
    return stops ? TUOYU_ERROR_CANCELLED : TUOYU_OK;
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
