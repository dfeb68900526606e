/* SPDX-License-Identifier: Apache-2.0 */
#include "machine/batch.h"

#include <string.h>

#include "machine/bitmap.h"
#include "machine/row_machine.h"
#include "program/evaluation.h"

enum { MOST_SINGLE_ROWS = 8 };

struct batch_plan {
    struct arena arena;
    const struct program *program;
    struct typed_program typed;
    struct machine_plan machine;
    struct row_plan rows;
    struct batch_output *outputs;
    int64_t *factors;                     /* by output: from the operation's scale to the output's */
    bool *reads;                          /* by fact */
    const struct typed_operation **facts; /* by fact: its operation, or NULL */
    tuoyu_limits limits;
    bool has_untyped, interprets;
};

struct batch_workspace {
    const struct batch_plan *plan;
    struct arena arena;
    struct machine_memory memory;
    struct row_memory row;
    struct bound_column *columns; /* by fact */
    int64_t rows;                 /* that all columns have */
    struct evaluation evaluation;
    struct value *values; /* of one row, by fact */
    bool can_interpret;
    bool streams;  /* the run is larger than the caches: it is read ahead of time and written past them */
    bool is_whole; /* all outputs are known in all rows of the run so far */
};

/* ---- Planning ---- */

/* Facts that the slots can read. */
static bool find_reads(struct batch_plan *plan, const uint32_t *outputs, size_t count)
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

static bool describe_typed(const struct typed_operation *operation, const struct slot *slot,
                           struct batch_output *out, int64_t *factor)
{
    static const uint8_t TYPES[] = {COLUMN_NUMBER, COLUMN_BOOLEAN, COLUMN_DATE, COLUMN_CODE};
    static const uint8_t WIDTHS[] = {8, 1, 4, 4};
    *out = (struct batch_output){.type = TYPES[operation->kind],
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

static bool describe_untyped(const struct slot *slot, struct batch_output *out)
{
    *out = (struct batch_output){.type = COLUMN_DECIMAL, .width = 16};
    switch (slot->type.kind) {
    case TYPE_NUMBER: return true;
    case TYPE_BOOLEAN: *out = (struct batch_output){.type = COLUMN_BOOLEAN, .width = 1}; return true;
    case TYPE_DATE: *out = (struct batch_output){.type = COLUMN_DATE, .width = 4}; return true;
    case TYPE_STRING:
        *out = (struct batch_output){.type = COLUMN_CODE,
                                     .width = 4,
                                     .dictionary = slot->type.values,
                                     .dictionary_count = slot->type.value_count};
        return slot->type.values != NULL;
    default: return false;
    }
}

static tuoyu_status describe_outputs(struct batch_plan *plan, tuoyu_diagnostics *diagnostics)
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
            return report(diagnostics, TUOYU_ERROR_TYPE, slot->where, TEXT(""),
                          "`%.*s` cannot be a column: it is no number, "
                          "boolean, date or declared text",
                          TEXT_ARGUMENTS(slot->name));
    }
    return TUOYU_OK;
}

static tuoyu_status plan_all(struct batch_plan *plan, const uint32_t *outputs, size_t count,
                             const struct batch_options *options, tuoyu_diagnostics *diagnostics)
{
    struct arena *arena = &plan->arena;
    plan->outputs = ARENA_ARRAY(arena, struct batch_output, count);
    plan->factors = ARENA_ARRAY(arena, int64_t, count);
    plan->reads = ARENA_ARRAY(arena, bool, plan->program->fact_count);
    plan->facts = ARENA_ARRAY(arena, const struct typed_operation *, plan->program->fact_count);
    bool is_ready =
        plan->outputs && plan->factors && plan->reads && plan->facts && find_reads(plan, outputs, count) &&
        typed_program_make(&plan->typed, arena, plan->program, options->as_of, outputs, count) == TUOYU_OK;
    if (!is_ready)
        return report_no_memory(diagnostics);
    tuoyu_status status = describe_outputs(plan, diagnostics);
    if (status != TUOYU_OK)
        return status;
    for (uint32_t i = 0; i < plan->typed.count; i++)
        if (plan->typed.operations[i].code == OPERATION_FACT)
            plan->facts[plan->typed.operations[i].fact] = &plan->typed.operations[i];
    status = machine_plan_make(&plan->machine, arena, &plan->typed, options->block_rows,
                               kernels_for(options->instructions));
    if (status == TUOYU_OK)
        status = row_plan_make(&plan->rows, arena, &plan->machine);
    return status == TUOYU_OK ? status : report_no_memory(diagnostics);
}

tuoyu_status batch_plan_make(const struct program *program, const uint32_t *outputs, size_t output_count,
                             const struct batch_options *options, struct batch_plan **out,
                             tuoyu_diagnostics *diagnostics)
{
    struct arena arena;
    *out = NULL;
    arena_init(&arena, options->allocator);
    struct batch_plan *plan = ARENA_NEW(&arena, struct batch_plan);
    if (!plan) {
        arena_free(&arena);
        return report_no_memory(diagnostics);
    }
    *plan = (struct batch_plan){.arena = arena, .program = program, .interprets = options->interpret};
    if (options->limits)
        plan->limits = *options->limits;
    tuoyu_status status = plan_all(plan, outputs, output_count, options, diagnostics);
    if (status == TUOYU_OK)
        *out = plan;
    else
        batch_plan_free(plan);
    return status;
}

void batch_plan_free(struct batch_plan *plan)
{
    if (!plan)
        return;
    struct arena arena = plan->arena; /* holds the plan itself */
    arena_free(&arena);
}

struct batch_output batch_plan_output(const struct batch_plan *plan, size_t index)
{
    return plan->outputs[index];
}
bool batch_plan_reads(const struct batch_plan *plan, uint32_t fact)
{
    return plan->reads[fact];
}
const struct typed_program *batch_plan_program(const struct batch_plan *plan)
{
    return &plan->typed;
}

const struct typed_program *batch_plan_known_program(const struct batch_plan *plan)
{
    return plan->machine.shorter ? plan->machine.shorter->typed : NULL;
}

/* ---- Workspaces ---- */

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

static bool fill_workspace(struct batch_workspace *workspace)
{
    const struct batch_plan *plan = workspace->plan;
    const struct program *program = plan->program;
    struct arena *arena = &workspace->arena;
    workspace->columns = ARENA_ARRAY(arena, struct bound_column, program->fact_count);
    workspace->values = ARENA_ARRAY(arena, struct value, program->fact_count);
    if (!workspace->columns || !workspace->values)
        return false;
    for (uint32_t i = 0; i < program->fact_count; i++) {
        const struct slot *slot = program_slot(program, program->fact_slots[i]);
        workspace->columns[i] = (struct bound_column){.slot = slot, .fact = plan->facts[i]};
        if (plan->reads[i])
            workspace->columns[i].invalid = invalid_value(arena, slot);
        workspace->values[i] = program->no_facts[i];
    }
    bool has_memory = machine_memory_make(&workspace->memory, arena, &plan->machine) == TUOYU_OK &&
                      row_memory_make(&workspace->row, arena, &plan->rows) == TUOYU_OK && !arena->failed;
    workspace->can_interpret = has_memory && evaluation_init(&workspace->evaluation, program,
                                                             &arena->allocator, &plan->limits) == TUOYU_OK;
    return workspace->can_interpret;
}

tuoyu_status batch_workspace_make(const struct batch_plan *plan, struct batch_workspace **out)
{
    struct arena arena;
    *out = NULL;
    arena_init(&arena, &plan->arena.allocator);
    struct batch_workspace *workspace = ARENA_NEW(&arena, struct batch_workspace);
    if (!workspace) {
        arena_free(&arena);
        return TUOYU_ERROR_NO_MEMORY;
    }
    *workspace = (struct batch_workspace){.plan = plan, .arena = arena};
    if (fill_workspace(workspace)) {
        *out = workspace;
        return TUOYU_OK;
    }
    batch_workspace_free(workspace);
    return TUOYU_ERROR_NO_MEMORY;
}

void batch_workspace_free(struct batch_workspace *workspace)
{
    if (!workspace)
        return;
    struct arena arena = workspace->arena;
    for (uint32_t i = 0; workspace->columns && i < workspace->plan->program->fact_count; i++)
        fact_column_release(&workspace->columns[i], &arena.allocator);
    if (workspace->can_interpret)
        evaluation_free(&workspace->evaluation);
    arena_free(&arena);
}

tuoyu_status batch_bind(struct batch_workspace *workspace, const struct column *const *facts,
                        tuoyu_diagnostics *diagnostics)
{
    const struct batch_plan *plan = workspace->plan;
    tuoyu_status first = TUOYU_OK;
    workspace->rows = INT64_MAX;
    for (uint32_t i = 0; i < plan->program->fact_count; i++) {
        if (!plan->reads[i])
            continue;
        const struct slot *slot = workspace->columns[i].slot;
        tuoyu_status status =
            facts[i] && facts[i]->type == COLUMN_CELLS
                ? report(diagnostics, TUOYU_ERROR_FACT_TYPE, slot->where, TEXT(""),
                         "the column of '%.*s' has no values to be interpreted", TEXT_ARGUMENTS(slot->name))
                : fact_column_bind(&workspace->columns[i], facts[i], plan->machine.kernels,
                                   &workspace->arena.allocator, diagnostics);
        if (first == TUOYU_OK)
            first = status;
        if (facts[i] && facts[i]->length < workspace->rows)
            workspace->rows = facts[i]->length;
    }
    row_memory_bind(&workspace->row, &plan->rows, workspace->columns);
    return first;
}

/* ---- Results of kernels ---- */

/* The kernel that writes values of a lane as the column has them. */
static void write_values(const struct batch_workspace *workspace, size_t index,
                         const struct machine_result *result, const struct output_column *out, int64_t at,
                         size_t rows)
{
    const struct batch_plan *plan = workspace->plan;
    const struct kernel_set *kernels = plan->machine.kernels;
    const struct batch_output *type = &plan->outputs[index];
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
         is_wide = type->type == COLUMN_NUMBER && result->lane == LANE_32;
    if (!is_same) {
        (is_wide ? kernels->store_wide : kernels->store_long)(&call);
    } else if (is_wide) {
        (workspace->streams ? kernels->stream_wide : kernels->operations[OPERATION_WIDEN][LANE_32][0])(&call);
    } else {
        call.rows = rows * type->width;
        if (workspace->streams)
            kernels->stream_bytes(&call);
        else
            memcpy(target, result->values, call.rows);
    }
}

static void write_output(const struct batch_workspace *workspace, size_t index,
                         const struct output_column *out, int64_t at, size_t rows)
{
    struct machine_result result = machine_result(&workspace->memory, index);
    write_values(workspace, index, &result, out, at, rows);
    bitmap_write(out->known, at, result.known, false, rows);
    if (result.known)
        bitmap_write(out->missing, at, result.known, true, rows);
}

/* ---- Results of the interpreter ---- */

static bool put_number(const struct batch_output *type, const struct slot *slot, tuoyu_decimal number,
                       void *values, int64_t row)
{
    int64_t integer;
    if (number_to_unit(slot->unit, number, &number) != TUOYU_OK)
        return false;
    if (type->type == COLUMN_DECIMAL)
        ((tuoyu_decimal *)values)[row] = number;
    else if (type->type == COLUMN_NUMBER && decimal_to_scaled_integer(number, type->scale, &integer))
        ((int64_t *)values)[row] = integer;
    else
        return false;
    return true;
}

static bool put_text(const struct batch_output *type, struct text text, void *values, int64_t row)
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
static bool put_value(const struct batch_output *type, const struct slot *slot, struct value value,
                      void *values, int64_t row)
{
    switch (value.kind) {
    case VALUE_NUMBER: return put_number(type, slot, value.as.number, values, row);
    case VALUE_STRING: return type->type == COLUMN_CODE && put_text(type, value.as.string, values, row);
    case VALUE_BOOLEAN:
        if (type->type != COLUMN_BOOLEAN)
            return false;
        ((uint8_t *)values)[row] = value.boolean;
        return true;
    case VALUE_DATE:
        if (type->type != COLUMN_DATE || value.date < DATE_FIRST || value.date > DATE_LAST)
            return false;
        ((int32_t *)values)[row] = (int32_t)value.date;
        return true;
    default: return false;
    }
}

static void write_value(const struct batch_plan *plan, size_t index, struct value value,
                        const struct output_column *out, int64_t row)
{
    const struct batch_output *type = &plan->outputs[index];
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

/* is_aside: all outputs of the row; else those that no kernel computes. */
static bool interpret_row(struct batch_workspace *workspace, int64_t row, bool is_aside,
                          const struct output_column *outputs, int64_t at)
{
    const struct batch_plan *plan = workspace->plan;
    struct evaluation *evaluation = &workspace->evaluation;
    for (uint32_t i = 0; i < plan->program->fact_count; i++)
        if (plan->reads[i])
            workspace->values[i] = fact_column_value(&workspace->columns[i], row);
    evaluation_begin(evaluation, plan->typed.as_of, workspace->values);
    for (size_t i = 0; i < plan->typed.output_count; i++) {
        if (!is_aside && plan->typed.outputs[i].operation != OPERAND_NONE)
            continue;
        write_value(plan, i, evaluation_value(evaluation, plan->typed.outputs[i].slot), &outputs[i], at);
    }
    return !evaluation->arena.failed;
}

/* ---- Running ---- */

/* Rows of which an output waits for the interpreter. */
static void put_waiting_aside(const struct batch_plan *plan, struct machine_memory *memory, size_t rows)
{
    for (size_t i = 0; i < plan->typed.output_count; i++) {
        if (plan->typed.outputs[i].operation == OPERAND_NONE)
            continue;
        const uint64_t *waits = machine_result(memory, i).waits;
        if (!machine_waits_for_interpreter(waits, rows))
            continue;
        for (size_t row = 0; row < rows; row++) {
            if (!(waits[row] & WAITS_FOR_INTERPRETER))
                continue;
            memory->aside[row] = 1;
            memory->has_aside = true;
        }
    }
}

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

/* next_rows: of the block after this one. */
static tuoyu_status run_block(struct batch_workspace *workspace, int64_t first, size_t rows, size_t next_rows,
                              const struct output_column *outputs, int64_t at, struct batch_counts *counts)
{
    const struct batch_plan *plan = workspace->plan;
    struct machine_memory *memory = &workspace->memory;
    if (!plan->interprets) {
        machine_run(&plan->machine, memory, workspace->columns, first, rows, next_rows);
        put_waiting_aside(plan, memory, rows);
    }
    for (size_t i = 0; i < plan->typed.output_count; i++) {
        clear_bits(&outputs[i], at, rows);
        if (plan->typed.outputs[i].operation != OPERAND_NONE && !plan->interprets)
            write_output(workspace, i, &outputs[i], at, rows);
    }
    bool looks = plan->interprets || plan->has_untyped || memory->has_aside;
    workspace->is_whole &= !looks && !memory->has_unknown;
    for (size_t i = 0; looks && i < rows; i++) {
        bool is_aside = plan->interprets || memory->aside[i];
        if (!is_aside && !plan->has_untyped)
            continue;
        if (!interpret_row(workspace, first + (int64_t)i, is_aside, outputs, at + (int64_t)i))
            return TUOYU_ERROR_NO_MEMORY;
        counts->slow_rows++;
    }
    return TUOYU_OK;
}

/* ---- Few rows ---- */

static void write_row(const struct batch_workspace *workspace, size_t index, const struct output_column *out,
                      int64_t at)
{
    const struct batch_plan *plan = workspace->plan;
    struct row_result result = row_machine_result(&plan->rows, &workspace->row, index);
    int64_t value = result.is_known ? result.value * plan->factors[index] : 0;
    switch (plan->outputs[index].width) {
    case 1: ((uint8_t *)out->values)[at] = (uint8_t)value; break;
    case 4: ((int32_t *)out->values)[at] = (int32_t)value; break;
    default: ((int64_t *)out->values)[at] = value; break;
    }
    bitmap_set(result.is_known ? out->known : out->missing, at);
}

static bool waits_for_interpreter(const struct batch_workspace *workspace)
{
    const struct batch_plan *plan = workspace->plan;
    uint64_t waits = 0;
    if (workspace->row.is_short)
        return false;
    for (size_t i = 0; i < plan->typed.output_count; i++)
        waits |=
            row_machine_result(&plan->rows, &workspace->row, i).waits; /* of one that is not typed: none */
    return waits & WAITS_FOR_INTERPRETER;
}

/* As blocks do, one row after the other. */
static tuoyu_status run_rows(struct batch_workspace *workspace, int64_t first, int64_t count,
                             const struct output_column *outputs, struct batch_counts *counts)
{
    const struct batch_plan *plan = workspace->plan;
    for (size_t i = 0; i < plan->typed.output_count; i++)
        outputs[i].known[0] = outputs[i].missing[0] = outputs[i].error[0] = 0;
    for (int64_t at = 0; at < count; at++) {
        bool is_aside = !row_machine_run(&plan->rows, &workspace->row, workspace->columns, first + at) ||
                        waits_for_interpreter(workspace);
        for (size_t i = 0; i < plan->typed.output_count && !is_aside; i++)
            if (plan->typed.outputs[i].operation != OPERAND_NONE)
                write_row(workspace, i, &outputs[i], at);
        workspace->is_whole &= !is_aside && !plan->has_untyped && workspace->row.is_short;
        if (!is_aside && !plan->has_untyped)
            continue;
        if (!interpret_row(workspace, first + at, is_aside, outputs, at))
            return TUOYU_ERROR_NO_MEMORY;
        counts->slow_rows++;
    }
    return TUOYU_OK;
}

/* ---- All ---- */

static int64_t least_rows(int64_t left, int64_t right)
{
    return left < right ? left : right;
}

static void count_answers(const struct batch_workspace *workspace, struct output_column *out, int64_t count)
{
    out->known_count = workspace->is_whole ? count : bitmap_count(out->known, count);
    out->missing_count = workspace->is_whole ? 0 : bitmap_count(out->missing, count);
    out->error_count = workspace->is_whole ? 0 : bitmap_count(out->error, count);
}

static bool exceeds_caches(const struct batch_plan *plan, int64_t count)
{
    int64_t width = 0;
    for (size_t i = 0; i < plan->typed.output_count; i++)
        width += plan->outputs[i].width;
    return machine_exceeds_caches(width, count);
}

tuoyu_status batch_run(struct batch_workspace *workspace, int64_t first, int64_t count,
                       struct output_column *outputs, struct batch_counts *counts)
{
    const struct batch_plan *plan = workspace->plan;
    struct batch_counts own = {.rows = count};
    tuoyu_status status = TUOYU_OK;
    if (first < 0 || count < 0 || count > workspace->rows || first > workspace->rows - count)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    workspace->is_whole = true;
    int64_t block = plan->machine.block_rows;
    bool are_few = count > 0 && count <= MOST_SINGLE_ROWS && !plan->interprets;
    if (are_few)
        status = run_rows(workspace, first, count, outputs, &own);
    workspace->streams = !are_few && exceeds_caches(plan, count);
    for (int64_t at = 0; at < count && status == TUOYU_OK && !are_few; at += block) {
        int64_t rows = least_rows(count - at, block),
                next_rows = workspace->streams ? least_rows(count - at - rows, block) : 0;
        status = run_block(workspace, first + at, (size_t)rows, (size_t)next_rows, outputs, at, &own);
    }
    if (workspace->streams)
        plan->machine.kernels->end_streams();
    for (size_t i = 0; i < plan->typed.output_count; i++)
        count_answers(workspace, &outputs[i], count);
    if (counts)
        *counts = own;
    return status;
}
