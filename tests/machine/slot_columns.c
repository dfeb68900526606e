/* SPDX-License-Identifier: Apache-2.0 */
#include "slot_columns.h"

#include <string.h>

#include "column_cells.h"
#include "compile/typed_lowering.h"
#include "machine/bitmap.h"
#include "program/evaluation.h"

struct slot_plan {
    struct arena arena;
    const struct program *program;
    struct typed_program typed;
    struct driver_plan driver;
    struct slot_output *outputs;
    int64_t *factors; /* by output: from the operation's scale to the output's */
    bool *reads;      /* by fact: an output can read it */
    bool has_untyped, interprets;
};

struct slot_workspace {
    const struct slot_plan *plan;
    struct arena arena;
    struct driver driver;
    struct driver_sink sink;
    struct fact_source *sources;         /* by fact */
    const struct fact_source **given;    /* by fact: those of the sources that the driver reads */
    const struct column *const *columns; /* by fact, as they were bound */
    struct cause *invalid;               /* by fact: of a value that it cannot have */
    struct evaluation evaluation;
    struct value *values; /* of one row, by fact */
    bool has_driver, can_interpret;

    struct output_column *outputs; /* of the run at hand, as are: */
    struct slot_counts counts;
    bool is_whole; /* all outputs are known in all rows so far */
};

/* ---- Planning ---- */

/* Facts that the slots can read. */
static bool find_reads(struct slot_plan *plan, const uint32_t *outputs, size_t count)
{
    const struct program *program = plan->program;
    uint32_t *queue = ARENA_ARRAY(&plan->arena, uint32_t, program->slot_count);
    bool *is_queued = ARENA_ARRAY(&plan->arena, bool, program->slot_count);
    size_t queued = 0;
    if (!queue || !is_queued)
        return false;
    for (size_t i = 0; i < count; i++) {
        if (!is_queued[outputs[i]])
            queue[queued++] = outputs[i];
        is_queued[outputs[i]] = true;
    }
    for (size_t next = 0; next < queued; next++) {
        const struct slot *slot = program_slot(program, queue[next]);
        if (slot->kind == SLOT_FACT)
            plan->reads[slot->fact] = true;
        for (uint32_t i = 0; i < slot->dependency_count; i++) {
            uint32_t dependency = slot->dependencies[i];
            if (!is_queued[dependency])
                queue[queued++] = dependency;
            is_queued[dependency] = true;
        }
    }
    return true;
}

tuoyu_status lower_slots(struct typed_program *typed, struct arena *arena, const struct program *program,
                         int32_t as_of, const uint32_t *slots, size_t slot_count)
{
    struct typed_lowering lowering;
    struct typed_output *made = ARENA_ARRAY(arena, struct typed_output, slot_count);
    if (!typed_lowering_init(&lowering, arena, program, as_of) || !made)
        return TUOYU_ERROR_NO_MEMORY;
    for (size_t i = 0; i < slot_count; i++)
        made[i] = (struct typed_output){.name = program_slot(program, slots[i])->full_name,
                                        .slot = slots[i],
                                        .operation = lower_slot(&lowering, slots[i]),
                                        .where = OPERAND_NONE};
    return typed_lowering_finish(&lowering, made, slot_count, typed);
}

static bool describe_typed(const struct typed_operation *operation, const struct slot *slot,
                           struct slot_output *out, int64_t *factor)
{
    static const uint8_t TYPES[] = {OUTPUT_NUMBER, OUTPUT_BOOLEAN, OUTPUT_DATE, OUTPUT_CODE};
    static const uint8_t WIDTHS[] = {8, 1, 4, 4};
    *out = (struct slot_output){.type = TYPES[operation->kind],
                                .width = WIDTHS[operation->kind],
                                .is_typed = true,
                                .scale = operation->scale,
                                .dictionary = operation->texts,
                                .dictionary_count = operation->text_count};
    *factor = 1;
    if (operation->kind != TYPED_NUMBER || !unit_is_percent(slot->unit))
        return true;
    for (out->scale -= 2; out->scale < 0; out->scale++)
        *factor *= 10;
    return operation->low > INT64_MIN / *factor && operation->high < INT64_MAX / *factor;
}

static bool describe_untyped(const struct slot *slot, struct slot_output *out)
{
    *out = (struct slot_output){.type = OUTPUT_DECIMAL, .width = 16};
    switch (slot->type.kind) {
    case TYPE_NUMBER: return true;
    case TYPE_BOOLEAN: *out = (struct slot_output){.type = OUTPUT_BOOLEAN, .width = 1}; return true;
    case TYPE_DATE: *out = (struct slot_output){.type = OUTPUT_DATE, .width = 4}; return true;
    case TYPE_STRING:
        *out = (struct slot_output){.type = OUTPUT_CODE,
                                    .width = 4,
                                    .dictionary = slot->type.values,
                                    .dictionary_count = slot->type.value_count};
        return slot->type.values != NULL;
    default: return false;
    }
}

static tuoyu_status describe_outputs(struct slot_plan *plan)
{
    for (size_t i = 0; i < plan->typed.output_count; i++) {
        struct typed_output *output = &plan->typed.outputs[i];
        const struct slot *slot = program_slot(plan->program, output->slot);
        bool is_typed =
            output->operation != OPERAND_NONE && describe_typed(&plan->typed.operations[output->operation],
                                                                slot, &plan->outputs[i], &plan->factors[i]);
        if (is_typed)
            continue;
        output->operation = OPERAND_NONE;
        plan->has_untyped = true;
        if (!describe_untyped(slot, &plan->outputs[i]))
            return TUOYU_ERROR_TYPE;
    }
    return TUOYU_OK;
}

/* All outputs fall back together. */
static tuoyu_status plan_all(struct slot_plan *plan, const uint32_t *slots, size_t count,
                             const struct slot_options *options)
{
    struct arena *arena = &plan->arena;
    const struct output_group all = {.end = (uint32_t)count, .is_typed = true};
    const struct driver_plan_options how = {.block_rows = options->block_rows,
                                            .instructions = options->instructions};
    plan->outputs = ARENA_ARRAY(arena, struct slot_output, count);
    plan->factors = ARENA_ARRAY(arena, int64_t, count);
    plan->reads = ARENA_ARRAY(arena, bool, plan->program->fact_count);
    bool is_ready = plan->outputs && plan->factors && plan->reads && find_reads(plan, slots, count);
    if (!is_ready)
        return TUOYU_ERROR_NO_MEMORY;
    tuoyu_status status = lower_slots(&plan->typed, arena, plan->program, options->as_of, slots, count);
    if (status == TUOYU_OK)
        status = describe_outputs(plan);
    return status == TUOYU_OK ? driver_plan_make(&plan->driver, arena, &plan->typed, &all, 1, &how) : status;
}

tuoyu_status slot_plan_make(const struct program *program, const uint32_t *slots, size_t slot_count,
                            const struct slot_options *options, struct slot_plan **out)
{
    struct arena arena;
    *out = NULL;
    arena_init(&arena, options->allocator);
    struct slot_plan *plan = ARENA_NEW(&arena, struct slot_plan);
    if (!plan) {
        arena_free(&arena);
        return TUOYU_ERROR_NO_MEMORY;
    }
    *plan = (struct slot_plan){.arena = arena, .program = program, .interprets = options->interpret};
    tuoyu_status status = plan_all(plan, slots, slot_count, options);
    if (status == TUOYU_OK)
        *out = plan;
    else
        slot_plan_free(plan);
    return status;
}

void slot_plan_free(struct slot_plan *plan)
{
    if (!plan)
        return;
    struct arena arena = plan->arena; /* holds the plan itself */
    arena_free(&arena);
}

struct slot_output slot_plan_output(const struct slot_plan *plan, size_t index)
{
    return plan->outputs[index];
}

const struct typed_program *slot_plan_program(const struct slot_plan *plan)
{
    return &plan->typed;
}

const struct typed_program *slot_plan_complete_program(const struct slot_plan *plan)
{
    return plan->driver.blocks.complete ? plan->driver.blocks.complete->typed : NULL;
}

/* ---- Workspaces ---- */

static tuoyu_status take_block(void *context, const struct driver_block *block);
static tuoyu_status take_row(void *context, int64_t row, int64_t at, bool falls_back);

static void prepare_sink(struct slot_workspace *workspace)
{
    const struct slot_plan *plan = workspace->plan;
    workspace->sink =
        (struct driver_sink){.context = workspace, .take_block = take_block, .take_row = take_row};
    for (size_t i = 0; i < plan->typed.output_count; i++)
        workspace->sink.row_bytes += plan->outputs[i].width;
}

static struct cause invalid_value(struct arena *arena, const struct slot *slot)
{
    struct text message = text_format(arena, "the column of '%.*s' has a value that the fact cannot have",
                                      TEXT_ARGUMENTS(slot->name));
    return (struct cause){.kind = CAUSE_ERROR,
                          .code = TUOYU_ERROR_FACT_RANGE,
                          .name = TEXT(""),
                          .message = message,
                          .where = slot->where};
}

static bool fill_workspace(struct slot_workspace *workspace)
{
    static const tuoyu_limits NO_LIMITS = {0};
    const struct program *program = workspace->plan->program;
    struct arena *arena = &workspace->arena;
    workspace->sources = ARENA_ARRAY(arena, struct fact_source, program->fact_count);
    workspace->given = ARENA_ARRAY(arena, const struct fact_source *, program->fact_count);
    workspace->invalid = ARENA_ARRAY(arena, struct cause, program->fact_count);
    workspace->values = ARENA_ARRAY(arena, struct value, program->fact_count);
    if (arena->failed)
        return false;
    for (uint32_t i = 0; i < program->fact_count; i++) {
        workspace->invalid[i] = invalid_value(arena, program_slot(program, program->fact_slots[i]));
        workspace->values[i] = program->no_facts[i];
    }
    workspace->has_driver = driver_make(&workspace->driver, arena, &workspace->plan->driver) == TUOYU_OK;
    workspace->can_interpret =
        workspace->has_driver && !arena->failed &&
        evaluation_init(&workspace->evaluation, program, &arena->allocator, &NO_LIMITS) == TUOYU_OK;
    return workspace->can_interpret;
}

tuoyu_status slot_workspace_make(const struct slot_plan *plan, struct slot_workspace **out)
{
    struct arena arena;
    *out = NULL;
    arena_init(&arena, &plan->arena.allocator);
    struct slot_workspace *workspace = ARENA_NEW(&arena, struct slot_workspace);
    if (!workspace) {
        arena_free(&arena);
        return TUOYU_ERROR_NO_MEMORY;
    }
    *workspace = (struct slot_workspace){.plan = plan, .arena = arena};
    prepare_sink(workspace);
    if (fill_workspace(workspace)) {
        *out = workspace;
        return TUOYU_OK;
    }
    slot_workspace_free(workspace);
    return TUOYU_ERROR_NO_MEMORY;
}

void slot_workspace_free(struct slot_workspace *workspace)
{
    if (!workspace)
        return;
    struct arena arena = workspace->arena; /* holds the workspace itself */
    if (workspace->can_interpret)
        evaluation_free(&workspace->evaluation);
    if (workspace->has_driver)
        driver_end(&workspace->driver);
    arena_free(&arena);
}

tuoyu_status slot_bind(struct slot_workspace *workspace, const struct column *const *facts)
{
    const struct slot_plan *plan = workspace->plan;
    workspace->columns = facts;
    for (uint32_t i = 0; i < plan->program->fact_count; i++) {
        bool is_given = facts[i] && plan->driver.is_read[i];
        workspace->given[i] = is_given ? &workspace->sources[i] : NULL;
        if (is_given)
            workspace->sources[i] = (struct fact_source){.layout = *facts[i]};
    }
    return driver_bind(&workspace->driver, workspace->given);
}

/* ---- Results of the machines ---- */

/* The kernel that writes values of a lane as the column has them. */
static void write_values(const struct slot_plan *plan, size_t index, const struct driver_block *block,
                         const struct output_column *out)
{
    const struct block_result *result = &block->results[index];
    const struct kernel_set *kernels = plan->driver.blocks.kernels;
    const bool streams = block->streams;
    const int64_t at = block->at;
    const size_t rows = block->rows;
    const struct slot_output *type = &plan->outputs[index];
    char *target = (char *)out->values + at * type->width;
    struct kernel_call call = {.out = result->values,
                               .a = result->values,
                               .x = plan->factors[index],
                               .known_a = result->known,
                               .rows = rows};
    if (result->known)
        kernels->mask[result->lane](&call);
    call.out = target;
    bool is_same = plan->factors[index] == 1,
         is_wide = type->type == OUTPUT_NUMBER && result->lane == LANE_32;
    if (!is_same) {
        (is_wide ? kernels->store_wide : kernels->store_long)(&call);
    } else if (is_wide) {
        (streams ? kernels->stream_wide : kernels->operations[OPERATION_WIDEN][LANE_32][0])(&call);
    } else {
        call.rows = rows * type->width;
        if (streams)
            kernels->stream_bytes(&call);
        else
            memcpy(target, result->values, call.rows);
    }
}

static void write_output(const struct slot_plan *plan, size_t index, const struct driver_block *block,
                         const struct output_column *out)
{
    const uint8_t *known = block->results[index].known;
    write_values(plan, index, block, out);
    bitmap_write(out->known, block->at, known, false, block->rows);
    if (known)
        bitmap_write(out->missing, block->at, known, true, block->rows);
}

/* ---- Results of the interpreter ---- */

static bool put_number(const struct slot_output *type, const struct slot *slot, tuoyu_decimal number,
                       void *values, int64_t row)
{
    int64_t integer;
    if (number_to_unit(slot->unit, number, &number) != TUOYU_OK)
        return false;
    if (type->type == OUTPUT_DECIMAL)
        ((tuoyu_decimal *)values)[row] = number;
    else if (type->type == OUTPUT_NUMBER && decimal_to_scaled_integer(number, type->scale, &integer))
        ((int64_t *)values)[row] = integer;
    else
        return false;
    return true;
}

static bool put_text(const struct slot_output *type, struct text text, void *values, int64_t row)
{
    for (uint32_t i = 0; i < type->dictionary_count; i++) {
        if (!text_equals(type->dictionary[i], text))
            continue;
        ((int32_t *)values)[row] = (int32_t)i;
        return true;
    }
    return false;
}

/* false where the column cannot hold the value. */
static bool put_value(const struct slot_output *type, const struct slot *slot, struct value value,
                      void *values, int64_t row)
{
    switch (value.kind) {
    case VALUE_NUMBER: return put_number(type, slot, value.as.number, values, row);
    case VALUE_STRING: return type->type == OUTPUT_CODE && put_text(type, value.as.string, values, row);
    case VALUE_BOOLEAN:
        if (type->type != OUTPUT_BOOLEAN)
            return false;
        ((uint8_t *)values)[row] = value.boolean;
        return true;
    case VALUE_DATE:
        if (type->type != OUTPUT_DATE || value.date < DATE_FIRST || value.date > DATE_LAST)
            return false;
        ((int32_t *)values)[row] = (int32_t)value.date;
        return true;
    default: return false;
    }
}

static void write_value(const struct slot_plan *plan, size_t index, struct value value,
                        const struct output_column *out, int64_t row)
{
    const struct slot_output *type = &plan->outputs[index];
    const struct slot *slot = program_slot(plan->program, plan->typed.outputs[index].slot);
    memset((char *)out->values + row * type->width, 0, type->width);
    bitmap_clear(out->known, row);
    bitmap_clear(out->missing, row);
    if (value.kind == VALUE_NULL) {
        if (cause_first_error(value.as.cause))
            bitmap_set(out->error, row);
        else if (value.as.cause)
            bitmap_set(out->missing, row);
    } else if (put_value(type, slot, value, out->values, row)) {
        bitmap_set(out->known, row);
    } else {
        bitmap_set(out->error, row);
    }
}

/* all: every output of the row; else those that have no typed form. */
static tuoyu_status interpret_row(struct slot_workspace *workspace, int64_t row, bool all, int64_t at)
{
    const struct slot_plan *plan = workspace->plan;
    const struct program *program = plan->program;
    struct evaluation *evaluation = &workspace->evaluation;
    for (uint32_t i = 0; i < program->fact_count; i++)
        if (plan->reads[i])
            workspace->values[i] = column_cell(program_slot(program, program->fact_slots[i]),
                                               workspace->columns[i], &workspace->invalid[i], row);
    evaluation_begin(evaluation, plan->typed.as_of, workspace->values);
    for (size_t i = 0; i < plan->typed.output_count; i++) {
        if (!all && plan->typed.outputs[i].operation != OPERAND_NONE)
            continue;
        struct value value = evaluation_value(evaluation, plan->typed.outputs[i].slot);
        write_value(plan, i, value, &workspace->outputs[i], at);
    }
    workspace->counts.fallback_rows++;
    workspace->is_whole = false;
    return evaluation->arena.failed ? TUOYU_ERROR_NO_MEMORY : TUOYU_OK;
}

/* ---- What the driver tells ---- */

/* Bytes of the bitmaps that begin with one of the rows; a byte that began before was cleared with the rows
 * before. */
static void clear_bits(const struct output_column *out, int64_t at, size_t rows)
{
    int64_t from = (at + 7) / 8, to = (at + (int64_t)rows + 7) / 8;
    size_t bytes = (size_t)(to - from);
    if (bytes == 0)
        return;
    memset(out->known + from, 0, bytes);
    memset(out->missing + from, 0, bytes);
    memset(out->error + from, 0, bytes);
}

static tuoyu_status take_block(void *context, const struct driver_block *block)
{
    struct slot_workspace *workspace = context;
    const struct slot_plan *plan = workspace->plan;
    tuoyu_status status = TUOYU_OK;
    for (size_t i = 0; i < plan->typed.output_count; i++) {
        clear_bits(&workspace->outputs[i], block->at, block->rows);
        if (plan->typed.outputs[i].operation != OPERAND_NONE)
            write_output(plan, i, block, &workspace->outputs[i]);
    }
    workspace->is_whole &= !block->has_unknown;
    size_t end = block->has_fallback || plan->has_untyped ? block->rows : 0;
    for (size_t i = 0; i < end && status == TUOYU_OK; i++) {
        bool falls_back = block->fallback[0] && block->fallback[0][i];
        if (falls_back || plan->has_untyped)
            status = interpret_row(workspace, block->first + (int64_t)i, falls_back, block->at + (int64_t)i);
    }
    return status;
}

static void write_row(const struct slot_workspace *workspace, size_t index, const struct output_column *out,
                      int64_t at)
{
    const struct slot_plan *plan = workspace->plan;
    const struct driver_row row = driver_row(&workspace->driver);
    struct row_result result = driver_row_result(&row, index);
    int64_t value = result.is_known ? result.value * plan->factors[index] : 0;
    switch (plan->outputs[index].width) {
    case 1: ((uint8_t *)out->values)[at] = (uint8_t)value; break;
    case 4: ((int32_t *)out->values)[at] = (int32_t)value; break;
    default: ((int64_t *)out->values)[at] = value; break;
    }
    bitmap_set(result.is_known ? out->known : out->missing, at);
}

static tuoyu_status take_row(void *context, int64_t row, int64_t at, bool falls_back)
{
    struct slot_workspace *workspace = context;
    const struct slot_plan *plan = workspace->plan;
    for (size_t i = 0; i < plan->typed.output_count; i++) {
        const struct output_column *out = &workspace->outputs[i];
        if (at == 0) /* a handful has one byte of each */
            out->known[0] = out->missing[0] = out->error[0] = 0;
        if (!falls_back && plan->typed.outputs[i].operation != OPERAND_NONE)
            write_row(workspace, i, &workspace->outputs[i], at);
    }
    workspace->is_whole &= workspace->driver.row.is_complete;
    bool is_asked = falls_back || plan->has_untyped;
    return is_asked ? interpret_row(workspace, row, falls_back, at) : TUOYU_OK;
}

/* ---- Running ---- */

static void count_answers(const struct slot_workspace *workspace, struct output_column *out, int64_t count)
{
    out->known_count = workspace->is_whole ? count : bitmap_count(out->known, count);
    out->missing_count = workspace->is_whole ? 0 : bitmap_count(out->missing, count);
    out->error_count = workspace->is_whole ? 0 : bitmap_count(out->error, count);
}

static tuoyu_status interpret_rows(struct slot_workspace *workspace, int64_t first, int64_t count)
{
    tuoyu_status status = TUOYU_OK;
    for (size_t i = 0; i < workspace->plan->typed.output_count; i++)
        clear_bits(&workspace->outputs[i], 0, (size_t)count);
    for (int64_t at = 0; at < count && status == TUOYU_OK; at++)
        status = interpret_row(workspace, first + at, true, at);
    return status;
}

static tuoyu_status run_driver(struct slot_workspace *workspace, int64_t first, int64_t count)
{
    return driver_run(&workspace->driver, first, count, &workspace->sink);
}

tuoyu_status slot_run(struct slot_workspace *workspace, int64_t first, int64_t count,
                      struct output_column *outputs, struct slot_counts *counts)
{
    workspace->outputs = outputs;
    workspace->counts = (struct slot_counts){.rows = count};
    workspace->is_whole = true;
    tuoyu_status status =
        (workspace->plan->interprets ? interpret_rows : run_driver)(workspace, first, count);
    for (size_t i = 0; i < workspace->plan->typed.output_count; i++)
        count_answers(workspace, &outputs[i], count);
    if (counts)
        *counts = workspace->counts;
    return status;
}

void put_part(struct output_column *whole, const struct output_column *part, size_t width, int64_t at,
              int64_t rows)
{
    memcpy((char *)whole->values + (size_t)at * width, part->values, width * (size_t)rows);
    for (int64_t i = 0; i < rows; i++) {
        if (bitmap_get(part->known, i))
            bitmap_set(whole->known, at + i);
        if (bitmap_get(part->missing, i))
            bitmap_set(whole->missing, at + i);
        if (bitmap_get(part->error, i))
            bitmap_set(whole->error, at + i);
    }
    whole->known_count += part->known_count;
    whole->missing_count += part->missing_count;
    whole->error_count += part->error_count;
}
