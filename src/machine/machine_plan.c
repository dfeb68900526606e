/* SPDX-License-Identifier: Apache-2.0 */
/* Plans a typed program for the block machine: chooses kernels, lays out tables and reciprocals, and
 * gives places to results. */
#include "machine/machine_plan.h"

#include "compile/complete_program.h"
#include "compile/typed_builder.h"

const size_t MACHINE_LANE_BYTES[LANE_COUNT] = {[LANE_8] = 1, [LANE_32] = 4, [LANE_64] = 8};

/* The lane that chooses the kernel, as operation_table.h says. */
static uint8_t lane_of_kernel(const struct typed_program *typed, const struct typed_operation *operation)
{
    if (operation_traits(operation)->lane == LANE_BY_RESULT)
        return operation->lane;
    return typed->operations[operation->operands[operation_reads(operation, 0) ? 0 : 1]].lane;
}

/* Sets reciprocal, shift, and what the mode adds before dividing (x for positive numbers, y for negative
 * ones). Returns the form of the kernel, DIVIDE_…. */
static unsigned plan_division(const struct typed_program *typed, const struct typed_operation *operation,
                              struct kernel_call *call)
{
    const struct typed_operation *number = &typed->operations[operation->operands[0]];
    assert(operation->immediate[0] > 0);
    uint64_t divisor = (uint64_t)operation->immediate[0];
    uint32_t bits = 0;
    while ((UINT64_C(1) << bits) < divisor)
        bits++;
    uint32_t shift = (number->lane == LANE_32 ? 31 : 63) + bits;
    call->reciprocal = (uint64_t)(((uint128)1 << shift) / divisor) + 1;
    call->shift = number->lane == LANE_32 ? shift : shift - 64;
    int64_t all = operation->immediate[0] - 1, half = operation->immediate[0] / 2;
    switch ((enum decimal_rounding)operation->mode) {
    case DECIMAL_HALF_UP: call->x = call->y = half; break;
    case DECIMAL_HALF_DOWN: call->x = call->y = all / 2; break;
    case DECIMAL_UP: call->x = call->y = all; break;
    case DECIMAL_FLOOR: call->y = all; break;
    case DECIMAL_CEILING: call->x = all; break;
    case DECIMAL_HALF_EVEN: call->y = operation->immediate[0]; return DIVIDE_HALF_EVEN;
    default: break;
    }
    return number->low >= 0 ? DIVIDE_POSITIVE : DIVIDE_SIGNED;
}

/* Lays out the table: entries in the result's lane, thresholds less one in the operand's. false: memory
 * ran out. */
static bool plan_table(struct arena *arena, const struct typed_operation *operation, uint8_t lane,
                       struct kernel_call *call)
{
    int64_t less = operation->code == OPERATION_BAND;
    char *table = arena_allocate_array(arena, operation->table_count, MACHINE_LANE_BYTES[lane]);
    if (!table)
        return false;
    for (uint32_t i = 0; i < operation->table_count; i++) {
        int64_t entry = operation->table[i] - less;
        if (lane == LANE_8)
            ((uint8_t *)table)[i] = (uint8_t)entry;
        else if (lane == LANE_32)
            ((int32_t *)(void *)table)[i] = (int32_t)entry;
        else
            ((int64_t *)(void *)table)[i] = entry;
    }
    call->table = table;
    call->table_count = operation->table_count;
    call->states = operation->states;
    return true;
}

uint64_t machine_leaf_bit(const struct typed_program *typed, uint32_t slot)
{
    for (uint32_t i = 0; i < typed->leaf_count; i++)
        if (typed->leaves[i] == slot)
            return i < MACHINE_LEAVES ? UINT64_C(1) << i : WAITS_FOR_INTERPRETER;
    return 0;
}

/* Lays out what each entry of a look-up waits for if it has no value. false: memory ran out. */
static bool plan_waits(const struct typed_program *typed, struct arena *arena,
                       const struct typed_operation *operation, struct kernel_call *call)
{
    uint64_t *waits = ARENA_ARRAY(arena, uint64_t, operation->table_count);
    for (uint32_t i = 0; waits && operation->states && i < operation->table_count; i++) {
        if (operation->states[i] == ENTRY_NONE)
            waits[i] = WAITS_FOR_INTERPRETER;
        if (operation->states[i] == ENTRY_UNKNOWN)
            waits[i] = machine_leaf_bit(typed, operation->waits[i]);
    }
    call->entry_waits = waits;
    return waits;
}

/* Plans one operation. false: memory ran out. */
static bool plan_step(const struct machine_plan *plan, struct arena *arena, uint32_t index)
{
    const struct typed_operation *operation = &plan->typed->operations[index];
    struct machine_step *step = &plan->steps[index];
    struct kernel_call *call = &plan->calls[index];
    *step = (struct machine_step){.code = operation->code, .lane = operation->lane, .fact = operation->fact};
    for (uint32_t i = 0; i < 3; i++)
        step->operands[i] = operation_reads(operation, i) ? operation->operands[i] : OPERAND_NONE;
    const struct operation_traits *traits = operation_traits(operation);
    if (traits->lane == LANE_NO_KERNEL) {
        call->x = (int64_t)machine_leaf_bit(plan->typed, operation->leaf);
        return true;
    }
    uint8_t lane = lane_of_kernel(plan->typed, operation);
    unsigned form = operation->immediates;
    bool has_pair = traits->constants == CONSTANTS_PAIR;
    bool has_first =
        has_pair || traits->constants == CONSTANTS_VALUE || traits->constants == CONSTANTS_INSTEAD;
    call->x = has_first || form == 1 ? operation->immediate[0] : operation->immediate[1];
    call->y = has_pair ? operation->immediate[1] : operation->immediate[2];
    bool is_quotient = operation->code == OPERATION_QUOTIENT;
    if (traits->constants == CONSTANTS_DIVISOR) {
        call->x = call->y = 0;
        form = plan_division(plan->typed, operation, call);
    }
    if (operation->table_count && !plan_table(arena, operation, lane, call))
        return false;
    if (operation->code == OPERATION_LOOKUP && !plan_waits(plan->typed, arena, operation, call))
        return false;
    step->form = (uint8_t)form;
    step->kernel = plan->kernels->operations[is_quotient ? OPERATION_DIVIDE : operation->code][lane][form];
    assert(step->kernel);
    step->is_plain =
        operation->code != OPERATION_CHECK && !is_quotient && (!call->states || operation->is_total);
    return true;
}

/* By operation, the last operation that reads it; UINT32_MAX for outputs, which are read after all.
 * NULL: memory ran out. */
static uint32_t *last_readers(struct arena *arena, const struct typed_program *typed)
{
    uint32_t *last = ARENA_ARRAY(arena, uint32_t, typed->count);
    if (!last)
        return NULL;
    for (uint32_t i = 0; i < typed->count; i++)
        for (uint32_t j = 0; j < 3; j++)
            if (operation_reads(&typed->operations[i], j))
                last[typed->operations[i].operands[j]] = i;
    for (size_t i = 0; i < typed->output_count; i++)
        if (typed->outputs[i].operation != OPERAND_NONE)
            last[typed->outputs[i].operation] = UINT32_MAX;
    for (size_t i = 0; i < typed->output_count; i++)
        if (typed->outputs[i].where != OPERAND_NONE)
            last[typed->outputs[i].where] = UINT32_MAX;
    return last;
}

/* Gives each result a place. A place is free again after the last reader of its result, and is then
 * given to another result of the same lane. false: memory ran out. */
static bool plan_places(struct machine_plan *plan, struct arena *arena)
{
    const struct typed_program *typed = plan->typed;
    uint32_t *last = last_readers(arena, typed), *idle[LANE_COUNT], idle_count[LANE_COUNT] = {0};
    plan->place_lanes = ARENA_ARRAY(arena, uint8_t, typed->count);
    for (int lane = 0; lane < LANE_COUNT; lane++)
        idle[lane] = ARENA_ARRAY(arena, uint32_t, typed->count);
    if (arena->failed)
        return false;
    for (uint32_t i = 0; i < typed->count; i++) {
        uint8_t lane = typed->operations[i].lane;
        plan->steps[i].place = idle_count[lane] ? idle[lane][--idle_count[lane]] : plan->place_count++;
        plan->place_lanes[plan->steps[i].place] = lane;
        for (uint32_t j = 0; j < 3; j++) {
            uint32_t operand = plan->steps[i].operands[j];
            if (operand == OPERAND_NONE || last[operand] != i)
                continue;
            lane = typed->operations[operand].lane;
            idle[lane][idle_count[lane]++] = plan->steps[operand].place;
            last[operand] = UINT32_MAX; /* so that a place that is read twice is given back once */
        }
    }
    return true;
}

/* Plans one program, without its complete one. false: memory ran out. */
static bool plan_program(struct machine_plan *plan, struct arena *arena, const struct typed_program *typed,
                         uint32_t block_rows, const struct kernel_set *kernels)
{
    *plan = (struct machine_plan){.typed = typed, .block_rows = block_rows, .kernels = kernels};
    plan->steps = ARENA_ARRAY(arena, struct machine_step, typed->count);
    plan->calls = ARENA_ARRAY(arena, struct kernel_call, typed->count);
    if (!plan->steps || !plan->calls)
        return false;
    for (uint32_t i = 0; i < typed->count; i++)
        if (!plan_step(plan, arena, i))
            return false;
    return plan_places(plan, arena);
}

tuoyu_status machine_plan_make(struct machine_plan *plan, struct arena *arena,
                               const struct typed_program *typed, uint32_t block_rows,
                               const struct kernel_set *kernels)
{
    struct typed_program *complete = ARENA_NEW(arena, struct typed_program);
    if (block_rows == 0)
        block_rows = MACHINE_BLOCK_ROWS;
    if (block_rows > MACHINE_BLOCK_ROWS_MOST)
        block_rows = MACHINE_BLOCK_ROWS_MOST;
    bool is_made = complete && plan_program(plan, arena, typed, block_rows, kernels) &&
                   complete_program_make(complete, arena, typed) == TUOYU_OK;
    if (!is_made)
        return TUOYU_ERROR_NO_MEMORY;
    if (complete->count == 0)
        return TUOYU_OK;
    plan->complete = ARENA_NEW(arena, struct machine_plan);
    is_made = plan->complete && plan_program(plan->complete, arena, complete, block_rows, kernels);
    return is_made ? TUOYU_OK : TUOYU_ERROR_NO_MEMORY;
}
