/* SPDX-License-Identifier: Apache-2.0 */
#include "table/batch_answers.h"

#include <string.h>
#include <tuoyu/rules.h>

#include "arrow/arrow_blocks.h"
#include "base/public_layout.h"

enum { VALUE_BYTES = 8 };

/* ---- Life ---- */

static bool prepare(struct batch_work *work)
{
    const struct tuoyu_batch *batch = work->batch;
    const struct answer_plan *plan = &batch->plan;
    struct arena *arena = &work->arena;
    size_t rows = plan->blocks.block_rows;
    work->bound = ARENA_ARRAY(arena, struct bound_column, batch->policy->layering->program.fact_count);
    work->scratch = arena_allocate_array(arena, rows, VALUE_BYTES);
    work->scratch_known = ARENA_ARRAY(arena, uint8_t, rows);
    work->lacking = ARENA_ARRAY(arena, uint64_t *, batch->rule_count);
    work->is_lacking = ARENA_ARRAY(arena, bool, batch->rule_count);
    work->waiting = ARENA_ARRAY(arena, uint8_t *, batch->rule_count);
    work->is_waiting = ARENA_ARRAY(arena, bool, batch->rule_count);
    work->builders = ARENA_ARRAY(arena, struct arrow_builder, batch->column_count);
    if (arena->failed)
        return false;
    for (size_t i = 0; i < batch->rule_count; i++)
        work->waiting[i] = ARENA_ARRAY(arena, uint8_t, rows);
    for (size_t i = 0; i < batch->column_count; i++)
        for (size_t j = 0; j < batch->rule_count && batch->contents[i].kind == BATCH_MISSING; j++)
            if (i >= batch->rules[j].first_column && i < batch->rules[j].end_column)
                work->lacking[j] = ARENA_ARRAY(arena, uint64_t, rows);
    return !arena->failed && machine_memory_make(&work->memory, arena, &plan->blocks) == TUOYU_OK &&
           row_memory_make(&work->row, arena, &plan->rows) == TUOYU_OK;
}

tuoyu_status batch_work_begin(struct batch_work *work, const struct tuoyu_batch *batch)
{
    const tuoyu_allocator *allocator = &batch->arena.allocator;
    *work = (struct batch_work){.batch = batch};
    arena_init(&work->arena, allocator);
    text_builder_init(&work->line, allocator);
    for (size_t i = 0; i < LACKING_NAMES; i++)
        text_builder_init(&work->names[i].text, allocator);
    bool is_ready = prepare(work) && tuoyu_diagnostics_new(allocator, &work->row_findings) == TUOYU_OK &&
                    case_make(batch->policy, &work->facts) == TUOYU_OK;
    if (is_ready)
        return TUOYU_OK;
    batch_work_end(work);
    return TUOYU_ERROR_NO_MEMORY;
}

void batch_work_end(struct batch_work *work)
{
    batch_input_unbind(work->batch, work->bound);
    tuoyu_diagnostics_free(work->row_findings);
    case_release(work->facts);
    text_builder_free(&work->line);
    for (size_t i = 0; i < LACKING_NAMES; i++)
        text_builder_free(&work->names[i].text);
    arena_free(&work->arena);
}

tuoyu_status batch_work_bind(struct batch_work *work, struct batch_input *input, struct arena *arena)
{
    work->input = input;
    tuoyu_status status = batch_input_bind(work->batch, input, arena, work->bound);
    if (status == TUOYU_OK)
        row_memory_bind(&work->row, &work->batch->plan.rows, work->bound);
    return status;
}

/* ---- Rows that columns cannot decide ---- */

/* A fact that no rule reads is looked at all the same: what is wrong with it is an error of its row. */
static void check_unread(struct batch_work *work, int64_t first, size_t rows)
{
    struct machine_memory *memory = &work->memory;
    for (size_t i = 0; i < work->input->fact_count; i++) {
        const struct batch_fact *fact = &work->input->facts[i];
        const struct bound_column *bound = &work->bound[fact->index];
        if (work->batch->plan.is_read[fact->index])
            continue;
        if (bound->fact)
            fact_column_load(bound, first, rows, work->scratch, work->scratch_known, memory->fallback,
                             &memory->has_fallback);
        for (size_t row = 0; !bound->fact && row < rows; row++) {
            enum arrow_cell_kind kind = arrow_column_cell(&fact->column, first + (int64_t)row).kind;
            bool is_right =
                kind == ARROW_CELL_NULL || (kind != ARROW_CELL_BAD && fact->fact->type == FACT_TYPE_STRING);
            if (is_right)
                continue; /* what may be outside a range that columns cannot hold is for the case to say */
            memory->fallback[row] = 1;
            memory->has_fallback = true;
        }
    }
}

static const uint64_t *waits_of_output(const struct batch_work *work, uint32_t output)
{
    return machine_result(&work->memory, output)->waits;
}

/* Rows of which an output of the rule waits for the interpreter. */
static void find_waiting(struct batch_work *work, size_t rule, size_t rows)
{
    const struct column_answer *answer = &work->batch->plan.answers[rule];
    uint8_t *waiting = work->waiting[rule];
    work->is_waiting[rule] = false;
    for (uint32_t i = answer->first; i < answer->end; i++) {
        const uint64_t *waits = waits_of_output(work, i);
        if (!machine_waits_for_interpreter(waits, rows))
            continue;
        for (size_t row = 0; row < rows; row++) {
            if (!(waits[row] & WAITS_FOR_INTERPRETER))
                continue;
            if (!work->is_waiting[rule])
                memset(waiting, 0, rows);
            work->is_waiting[rule] = true;
            waiting[row] = 1;
        }
    }
}

static bool waits(const struct batch_work *work, size_t at)
{
    for (size_t i = 0; i < work->batch->rule_count; i++)
        if (work->is_waiting[i] && work->waiting[i][at])
            return true;
    return false;
}

/* ---- What is missing ---- */

static void find_lacking(struct batch_work *work, size_t rule, size_t rows)
{
    const struct column_answer *answer = &work->batch->plan.answers[rule];
    uint64_t *lacking = work->lacking[rule];
    work->is_lacking[rule] = false;
    for (uint32_t i = answer->asked; lacking && i < answer->asked_end; i++) {
        const uint64_t *waits = waits_of_output(work, i);
        if (!waits)
            continue;
        if (!work->is_lacking[rule])
            memcpy(lacking, waits, rows * sizeof *lacking);
        for (size_t row = 0; work->is_lacking[rule] && row < rows; row++)
            lacking[row] |= waits[row];
        work->is_lacking[rule] = true;
    }
}

/* Facts and parameters in the order in which packs declare them, a name once. */
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

static const struct text_builder *names_of(struct batch_work *work, uint64_t bits)
{
    /* Multiplied by an odd number, all bits have a say in the highest ones. */
    struct lacking_names *names = &work->names[bits * 0x9E3779B97F4A7C15u >> (64 - LACKING_NAMES_BITS)];
    if (names->bits != bits) {
        names->bits = bits;
        name_leaves(&work->batch->plan.typed, bits, &names->text);
    }
    return &names->text;
}

static void append_lacking(struct batch_work *work, size_t rule, size_t at, struct arrow_builder *builder)
{
    uint64_t bits = work->is_lacking[rule] ? work->lacking[rule][at] : 0;
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

static bool is_text(const struct batch_work *work, size_t column)
{
    return work->builders[column].output->type == ARROW_OUTPUT_TEXT;
}

static struct arrow_block block_of(const struct batch_work *work, uint32_t output, size_t rows)
{
    const struct machine_plan *blocks = &work->batch->plan.blocks;
    struct block_result result = *machine_result(&work->memory, output);
    return (struct arrow_block){.values = result.values,
                                .lane = result.lane,
                                .known = result.known,
                                .rows = rows,
                                .kernels = blocks->kernels,
                                .streams = work->streams};
}

static void write_column(struct batch_work *work, size_t column, size_t rows)
{
    const struct batch_column *content = &work->batch->contents[column];
    struct arrow_builder *builder = &work->builders[column];
    bool has_none = content->kind == BATCH_COMPLIES && content->output == NO_COLUMN;
    if (has_none) {
        arrow_write_nulls(builder, rows);
        return;
    }
    struct arrow_block block = block_of(work, content->output, rows);
    switch (content->kind) {
    case BATCH_NUMBER: arrow_write_numbers(builder, &block, content->factor); break;
    case BATCH_COMPLIES: arrow_write_booleans(builder, &block); break;
    case BATCH_STATUS: arrow_write_mapped(builder, &block, CELL_STATUS_OF_OUTCOME); break;
    default: arrow_write_words(builder, &block); break;
    }
}

static void write_rule(struct batch_work *work, size_t rule, size_t rows)
{
    const struct batch_rule *columns = &work->batch->rules[rule];
    for (size_t i = columns->first_column; i < columns->end_column; i++)
        if (!is_text(work, i))
            write_column(work, i, rows);
}

/* ---- Texts, and rows as cases ---- */

static void append_number(struct batch_work *work, size_t column, size_t at)
{
    char digits[TUOYU_DECIMAL_TEXT_SIZE];
    const struct batch_column *content = &work->batch->contents[column];
    struct arrow_block block = block_of(work, content->output, 1);
    struct arrow_builder *builder = &work->builders[column];
    int64_t value =
        block.lane == LANE_32 ? ((const int32_t *)block.values)[at] : ((const int64_t *)block.values)[at];
    bool is_known = !block.known || block.known[at];
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
            append_lacking(work, rule, at, &work->builders[i]);
        else if (is_text(work, i))
            append_number(work, i, at);
    }
}

static void append_texts(struct batch_work *work, size_t at)
{
    const struct tuoyu_batch *batch = work->batch;
    for (size_t i = 0; i < batch->rule_count; i++)
        batch_append_texts(work, i, at);
    if (batch->has_error_column)
        arrow_append_null(&work->builders[batch->column_count - 1]);
}

/* Rows that lack nothing. */
static void append_empty_texts(struct batch_work *work, int64_t count)
{
    for (size_t i = 0; i < work->batch->column_count && count > 0; i++)
        if (is_text(work, i))
            arrow_append_empty(&work->builders[i], count, work->batch->contents[i].kind != BATCH_ERROR);
}

static bool lacks(const struct batch_work *work, size_t at)
{
    for (size_t i = 0; i < work->batch->rule_count; i++)
        if (work->is_lacking[i] && work->lacking[i][at])
            return true;
    return false;
}

static void set_row(struct batch_work *work, int64_t row)
{
    for (size_t i = 0; i < work->batch->column_count; i++)
        if (!is_text(work, i))
            work->builders[i].rows = row;
}

/* Whether a row needs more than empty texts. */
static bool has_work(const struct batch_work *work)
{
    bool is_some =
        work->memory.has_fallback || work->batch->plan.has_untyped || work->batch->options.numbers_as_text;
    for (size_t i = 0; i < work->batch->rule_count && !is_some; i++)
        is_some = work->is_lacking[i] || work->is_waiting[i];
    return is_some;
}

/* Tells the caller how many rows of this run are done, and asks whether it goes on. */
static tuoyu_status ask_caller(struct batch_work *work, int64_t rows)
{
    tuoyu_batch_run_options *options = work->options;
    if (!options)
        return TUOYU_OK;
    options->rows = work->rows_before + rows;
    bool stops = options->progress && options->progress(options->context, options->rows);
    return stops ? TUOYU_ERROR_CANCELLED : TUOYU_OK;
}

static tuoyu_status finish_rows(struct batch_work *work, int64_t first, size_t rows, int64_t done)
{
    const struct tuoyu_batch *batch = work->batch;
    size_t written = 0, end = has_work(work) ? rows : 0;
    for (size_t at = 0; at < end; at++) {
        bool is_aside = work->memory.fallback[at],
             is_case = is_aside || batch->plan.has_untyped || waits(work, at);
        if (!is_case && !batch->options.numbers_as_text && !lacks(work, at))
            continue;
        append_empty_texts(work, (int64_t)(at - written));
        written = at + 1;
        if (!is_case) {
            append_texts(work, at);
            continue;
        }
        set_row(work, done + (int64_t)at);
        tuoyu_status status = batch_answer_case(work, first + (int64_t)at, !is_aside, at);
        if (status == TUOYU_OK)
            status = ask_caller(work, done + (int64_t)at + 1);
        if (status != TUOYU_OK)
            return status;
    }
    append_empty_texts(work, (int64_t)(rows - written));
    set_row(work, done + (int64_t)rows);
    return TUOYU_OK;
}

/* ---- Blocks ---- */

static int64_t least(int64_t left, int64_t right)
{
    return left < right ? left : right;
}

tuoyu_status batch_answer_block(struct batch_work *work, int64_t first, int64_t count, int64_t next_rows)
{
    const struct answer_plan *plan = &work->batch->plan;
    size_t rows = (size_t)count;
    int64_t done = work->batch->column_count ? work->builders[0].rows : 0;
    machine_run(&plan->blocks, &work->memory, work->bound, first, rows, (size_t)next_rows);
    check_unread(work, first, rows);
    for (size_t i = 0; i < plan->rule_count; i++) {
        work->is_lacking[i] = work->is_waiting[i] = false;
        if (!plan->answers[i].is_typed)
            continue;
        find_waiting(work, i, rows);
        find_lacking(work, i, rows);
        write_rule(work, i, rows);
    }
    return finish_rows(work, first, rows, done);
}

/* Whether all that is written is more than the caches hold. */
static bool exceeds_caches(const struct batch_work *work, int64_t count)
{
    int64_t width = 0;
    for (size_t i = 0; i < work->batch->column_count; i++)
        width += (int64_t)arrow_output_width(work->batch->columns[i].type);
    return machine_exceeds_caches(width, count);
}

static tuoyu_status answer_blocks(struct batch_work *work, int64_t first, int64_t count)
{
    int64_t block = work->batch->plan.blocks.block_rows;
    tuoyu_status status = TUOYU_OK;
    for (int64_t done = 0, rows = 0; done < count && status == TUOYU_OK; done += rows) {
        rows = least(count - done, block);
        int64_t next_rows = work->streams ? least(count - done - rows, block) : 0;
        status = batch_answer_block(work, first + done, rows, next_rows);
        if (status == TUOYU_OK)
            status = ask_caller(work, done + rows);
    }
    return status;
}

tuoyu_status batch_answer_rows(struct batch_work *work, int64_t first, int64_t count,
                               tuoyu_batch_run_options *options)
{
    work->error_rows = work->slow_rows = 0;
    work->streams = exceeds_caches(work, count);
    work->options = options;
    work->rows_before = options ? options->rows : 0;
    tuoyu_status status = answer_blocks(work, first, count);
    if (work->streams)
        work->batch->plan.blocks.kernels->end_streams();
    if (options) {
        options->error_rows += work->error_rows;
        options->slow_rows += work->slow_rows;
    }
    return status;
}

/* The options of a run are the caller's own, and written to: only fields that the first release had, so that
 * they are there. */
tuoyu_status batch_run_options_check(const tuoyu_batch_run_options *options, tuoyu_diagnostics *diagnostics)
{
    tuoyu_batch_run_options known = {.size = sizeof known};
    return option_struct_read(&known, &BATCH_RUN_OPTIONS_LAYOUT, options, diagnostics);
}
