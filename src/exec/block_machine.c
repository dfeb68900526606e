/* SPDX-License-Identifier: Apache-2.0 */
#include "exec/block_machine.h"

#include <string.h>

#include "exec/edge_rows.h"
#include "exec/read_ahead.h"
#include "plan/known_program.h"
#include "plan/typed_builder.h"

enum { GUARD_ROWS = 64 };

static const size_t LANE_BYTES[] = {[LANE_8] = 1, [LANE_32] = 4, [LANE_64] = 8};

/* ---- Planning ---- */

static bool reads(const struct typed_operation *operation, uint32_t index)
{
    return index < operation_operand_count((enum operation_code)operation->code) && !(operation->immediates >> index & 1);
}

/* The lane by which the kernel is chosen. */
static uint8_t lane_of_kernel(const struct typed_program *typed, const struct typed_operation *operation)
{
    bool by_result = operation->code == OPERATION_SELECT || operation->code == OPERATION_LOOKUP || operation->code == OPERATION_CONSTANT ||
                     operation->code == OPERATION_OR_ELSE;
    if (by_result) return operation->lane;
    return typed->operations[operation->operands[reads(operation, 0) ? 0 : 1]].lane;
}

/* What is added before dividing, and the form of the kernel. */
static unsigned plan_division(const struct typed_program *typed, const struct typed_operation *operation, struct kernel_call *call)
{
    const struct typed_operation *number = &typed->operations[operation->operands[0]];
    uint64_t divisor = (uint64_t)operation->immediate[0];
    uint32_t bits = 0;
    while ((UINT64_C(1) << bits) < divisor) bits++;
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

/* Entries in the result's lane; thresholds less one in the operand's. */
static bool plan_table(struct arena *arena, const struct typed_operation *operation, uint8_t lane, struct kernel_call *call)
{
    int64_t less = operation->code == OPERATION_BAND;
    char *table = arena_allocate_array(arena, operation->table_count, LANE_BYTES[lane]);
    if (!table) return false;
    for (uint32_t i = 0; i < operation->table_count; i++) {
        int64_t entry = operation->table[i] - less;
        if (lane == LANE_8) ((uint8_t *)table)[i] = (uint8_t)entry;
        else if (lane == LANE_32) ((int32_t *)(void *)table)[i] = (int32_t)entry;
        else ((int64_t *)(void *)table)[i] = entry;
    }
    call->table = table;
    call->table_count = operation->table_count;
    call->states = operation->states;
    return true;
}

uint64_t machine_leaf_bit(const struct typed_program *typed, uint32_t slot)
{
    for (uint32_t i = 0; i < typed->leaf_count; i++)
        if (typed->leaves[i] == slot) return i < MACHINE_LEAVES ? UINT64_C(1) << i : WAITS_FOR_INTERPRETER;
    return 0;
}

/* What the entries of a look-up wait for that are not known. */
static bool plan_waits(const struct typed_program *typed, struct arena *arena, const struct typed_operation *operation, struct kernel_call *call)
{
    uint64_t *waits = ARENA_ARRAY(arena, uint64_t, operation->table_count);
    for (uint32_t i = 0; waits && operation->states && i < operation->table_count; i++) {
        if (operation->states[i] == ENTRY_NONE) waits[i] = WAITS_FOR_INTERPRETER;
        if (operation->states[i] == ENTRY_UNKNOWN) waits[i] = machine_leaf_bit(typed, operation->waits[i]);
    }
    call->entry_waits = waits;
    return waits;
}

static bool plan_step(const struct machine_plan *plan, struct arena *arena, uint32_t index)
{
    const struct typed_operation *operation = &plan->typed->operations[index];
    struct machine_step *step = &plan->steps[index];
    struct kernel_call *call = &plan->calls[index];
    *step = (struct machine_step){.code = operation->code, .lane = operation->lane, .fact = operation->fact};
    for (uint32_t i = 0; i < 3; i++) step->operands[i] = reads(operation, i) ? operation->operands[i] : OPERAND_NONE;
    if (operation->code == OPERATION_FACT || operation->code == OPERATION_UNKNOWN || operation->code == OPERATION_NONE) {
        call->x = (int64_t)machine_leaf_bit(plan->typed, operation->leaf);
        return true;
    }
    if (operation->code == OPERATION_KNOWN) return true;
    uint8_t lane = lane_of_kernel(plan->typed, operation);
    unsigned form = operation->immediates;
    bool has_pair = operation->code == OPERATION_CLAMP || operation->code == OPERATION_WITHIN || operation->code == OPERATION_CHECK;
    bool has_first = has_pair || operation->code == OPERATION_CONSTANT || operation->code == OPERATION_OR_ELSE;
    call->x = has_first || form == 1 ? operation->immediate[0] : operation->immediate[1];
    call->y = has_pair ? operation->immediate[1] : operation->immediate[2];
    bool is_quotient = operation->code == OPERATION_QUOTIENT;
    if (operation->code == OPERATION_DIVIDE || is_quotient) {
        call->x = call->y = 0;
        form = plan_division(plan->typed, operation, call);
    }
    if (operation->table_count && !plan_table(arena, operation, lane, call)) return false;
    if (operation->code == OPERATION_LOOKUP && !plan_waits(plan->typed, arena, operation, call)) return false;
    step->form = (uint8_t)form;
    step->kernel = plan->kernels->operations[is_quotient ? OPERATION_DIVIDE : operation->code][lane][form];
    step->is_plain = operation->code != OPERATION_CHECK && !is_quotient && (!call->states || operation->is_total);
    return true;
}

/* The last reader of each operation; outputs are read after all. */
static uint32_t *last_readers(struct arena *arena, const struct typed_program *typed)
{
    uint32_t *last = ARENA_ARRAY(arena, uint32_t, typed->count);
    if (!last) return NULL;
    for (uint32_t i = 0; i < typed->count; i++)
        for (uint32_t j = 0; j < 3; j++)
            if (reads(&typed->operations[i], j)) last[typed->operations[i].operands[j]] = i;
    for (size_t i = 0; i < typed->output_count; i++)
        if (typed->outputs[i].operation != OPERAND_NONE) last[typed->outputs[i].operation] = UINT32_MAX;
    for (size_t i = 0; i < typed->output_count; i++)
        if (typed->outputs[i].where != OPERAND_NONE) last[typed->outputs[i].where] = UINT32_MAX;
    return last;
}

/* Places are given to results in order, and given back after the last reader, to results of the same lane. */
static bool plan_places(struct machine_plan *plan, struct arena *arena)
{
    const struct typed_program *typed = plan->typed;
    uint32_t *last = last_readers(arena, typed), *idle[LANE_COUNT], idle_count[LANE_COUNT] = {0};
    plan->place_lanes = ARENA_ARRAY(arena, uint8_t, typed->count);
    for (int lane = 0; lane < LANE_COUNT; lane++) idle[lane] = ARENA_ARRAY(arena, uint32_t, typed->count);
    if (arena->failed) return false;
    for (uint32_t i = 0; i < typed->count; i++) {
        uint8_t lane = typed->operations[i].lane;
        plan->steps[i].place = idle_count[lane] ? idle[lane][--idle_count[lane]] : plan->place_count++;
        plan->place_lanes[plan->steps[i].place] = lane;
        for (uint32_t j = 0; j < 3; j++) {
            uint32_t operand = plan->steps[i].operands[j];
            if (operand == OPERAND_NONE || last[operand] != i) continue;
            lane = typed->operations[operand].lane;
            idle[lane][idle_count[lane]++] = plan->steps[operand].place;
            last[operand] = UINT32_MAX; /* given back once, where it is read twice */
        }
    }
    return true;
}

static bool plan_program(struct machine_plan *plan, struct arena *arena, const struct typed_program *typed, uint32_t block_rows,
                         const struct kernel_set *kernels)
{
    *plan = (struct machine_plan){.typed = typed, .block_rows = block_rows, .kernels = kernels};
    plan->steps = ARENA_ARRAY(arena, struct machine_step, typed->count);
    plan->calls = ARENA_ARRAY(arena, struct kernel_call, typed->count);
    if (!plan->steps || !plan->calls) return false;
    for (uint32_t i = 0; i < typed->count; i++)
        if (!plan_step(plan, arena, i)) return false;
    return plan_places(plan, arena);
}

tuoyu_status machine_plan_make(struct machine_plan *plan, struct arena *arena, const struct typed_program *typed,
                               uint32_t block_rows, const struct kernel_set *kernels)
{
    struct typed_program *known = ARENA_NEW(arena, struct typed_program);
    if (block_rows == 0) block_rows = MACHINE_BLOCK_ROWS;
    if (block_rows > MACHINE_BLOCK_ROWS_MOST) block_rows = MACHINE_BLOCK_ROWS_MOST;
    bool is_made = known && plan_program(plan, arena, typed, block_rows, kernels) && known_program_make(known, arena, typed) == TUOYU_OK;
    if (!is_made) return TUOYU_ERROR_NO_MEMORY;
    if (known->count == 0) return TUOYU_OK;
    plan->shorter = ARENA_NEW(arena, struct machine_plan);
    is_made = plan->shorter && plan_program(plan->shorter, arena, known, block_rows, kernels);
    return is_made ? TUOYU_OK : TUOYU_ERROR_NO_MEMORY;
}

/* Vectors that straddle lines of the cache are read at half the speed. */
static char *allocate_lines(struct arena *arena, size_t rows, size_t width)
{
    char *bytes = arena_allocate_array(arena, rows + LINE_BYTES, width);
    return bytes ? bytes + (LINE_BYTES - (uintptr_t)bytes % LINE_BYTES) % LINE_BYTES : NULL;
}

/* What a kernel reads and writes stays in its place, so all but the rows and what is known is there beforehand. */
static void prepare_call(struct machine_memory *memory, const struct machine_plan *plan, uint32_t index)
{
    const struct machine_step *step = &plan->steps[index];
    struct kernel_call *call = &memory->calls[index];
    const char *values[3];
    for (uint32_t i = 0; i < 3; i++)
        values[i] = step->operands[i] == OPERAND_NONE ? NULL : memory->values[plan->steps[step->operands[i]].place];
    *call = plan->calls[index];
    call->out = memory->values[step->place];
    call->a = values[0] ? values[0] : values[1];
    call->b = values[1];
    call->c = values[2];
    call->known = memory->known[step->place];
}

static bool make_results(struct machine_memory *memory, struct arena *arena, const struct machine_plan *plan, size_t rows)
{
    size_t count = plan->typed->output_count;
    memory->results = ARENA_ARRAY(arena, struct machine_result, count);
    memory->shown = ARENA_ARRAY(arena, uint8_t *, count);
    memory->shown_waits = ARENA_ARRAY(arena, uint64_t *, count);
    for (size_t i = 0; i < count && !arena->failed; i++) {
        const struct typed_output *output = &plan->typed->outputs[i];
        if (output->operation == OPERAND_NONE) continue;
        const struct machine_step *step = &plan->steps[output->operation];
        memory->results[i] = (struct machine_result){.values = memory->values[step->place], .lane = step->lane};
        if (output->where == OPERAND_NONE) continue;
        memory->shown[i] = ARENA_ARRAY(arena, uint8_t, rows);
        memory->shown_waits[i] = ARENA_ARRAY(arena, uint64_t, rows);
    }
    return !arena->failed;
}

tuoyu_status machine_memory_make(struct machine_memory *memory, struct arena *arena, const struct machine_plan *plan)
{
    size_t rows = ((size_t)plan->block_rows + GUARD_ROWS - 1) / GUARD_ROWS * GUARD_ROWS;
    *memory = (struct machine_memory){.values = ARENA_ARRAY(arena, char *, plan->place_count),
                                      .known = ARENA_ARRAY(arena, uint8_t *, plan->place_count),
                                      .waits = ARENA_ARRAY(arena, uint64_t *, plan->place_count),
                                      .is_known = ARENA_ARRAY(arena, const uint8_t *, plan->typed->count),
                                      .waits_for = ARENA_ARRAY(arena, const uint64_t *, plan->typed->count),
                                      .nothing = ARENA_ARRAY(arena, uint64_t, rows),
                                      .calls = (struct kernel_call *)(void *)allocate_lines(arena, plan->typed->count, sizeof(struct kernel_call)),
                                      .aside = (uint8_t *)allocate_lines(arena, rows, 1),
                                      .ones = (uint8_t *)allocate_lines(arena, rows, 1)};
    if (arena->failed) return TUOYU_ERROR_NO_MEMORY;
    memset(memory->ones, 1, rows);
    for (uint32_t i = 0; i < plan->place_count; i++) {
        memory->values[i] = allocate_lines(arena, rows, LANE_BYTES[plan->place_lanes[i]]);
        memory->known[i] = (uint8_t *)allocate_lines(arena, rows, 1);
        memory->waits[i] = ARENA_ARRAY(arena, uint64_t, rows);
        if (arena->failed) return TUOYU_ERROR_NO_MEMORY;
    }
    for (uint32_t i = 0; i < plan->typed->count; i++) prepare_call(memory, plan, i);
    if (!make_results(memory, arena, plan, rows)) return TUOYU_ERROR_NO_MEMORY;
    if (!plan->shorter) return TUOYU_OK;
    memory->shorter = ARENA_NEW(arena, struct machine_memory);
    if (!memory->shorter || machine_memory_make(memory->shorter, arena, plan->shorter) != TUOYU_OK) return TUOYU_ERROR_NO_MEMORY;
    memory->shorter->aside = memory->aside;
    return TUOYU_OK;
}

static const int64_t CACHED_BYTES = INT64_C(8) << 20;

bool machine_exceeds_caches(int64_t width, int64_t rows)
{
    return width && rows > CACHED_BYTES / width;
}

/* ---- Running ---- */

/* What is known of a result that is known where all operands are. Two flags are joined at a time; an operand without any
 * is known everywhere. */
static const uint8_t *known_of_all(const struct machine_plan *plan, const struct machine_memory *memory,
                                   const struct machine_step *step, size_t rows)
{
    const uint8_t *first = NULL, *second = NULL;
    for (uint32_t i = 0; i < 2; i++) {
        const uint8_t *known = step->operands[i] == OPERAND_NONE ? NULL : memory->is_known[step->operands[i]];
        if (known && !first) first = known;
        else if (known) second = known;
    }
    if (!first) return NULL;
    uint8_t *out = memory->known[step->place];
    if (second) plan->kernels->known_both(&(struct kernel_call){.out = out, .a = first, .b = second, .rows = rows});
    else memcpy(out, first, rows);
    return out;
}

static const uint8_t *or_all(const struct machine_memory *memory, uint32_t operation)
{
    const uint8_t *known = operation == OPERAND_NONE ? NULL : memory->is_known[operation];
    return known ? known : memory->ones;
}

/* The three operations that can be known where an operand is not. */
static const uint8_t *known_by_value(const struct machine_plan *plan, const struct machine_memory *memory, uint32_t index,
                                     size_t rows)
{
    const struct machine_step *step = &plan->steps[index];
    const struct typed_operation *operation = &plan->typed->operations[index];
    const uint8_t *first = or_all(memory, step->operands[0]), *second = or_all(memory, step->operands[1]);
    struct kernel_call call = {.out = memory->known[step->place], .a = memory->values[plan->steps[step->operands[0]].place],
                               .known_a = first, .rows = rows};
    if (operation->code == OPERATION_SELECT) {
        call.b = second;
        call.c = or_all(memory, step->operands[2]);
        plan->kernels->known_select(&call);
    } else {
        call.b = memory->values[plan->steps[step->operands[1]].place];
        call.states = second;
        (operation->code == OPERATION_AND ? plan->kernels->known_and : plan->kernels->known_or)(&call);
    }
    return memory->known[step->place];
}

/* ---- What a result waits for ---- */

static const uint64_t *or_nothing(const struct machine_memory *memory, uint32_t operation)
{
    const uint64_t *waits = operation == OPERAND_NONE ? NULL : memory->waits_for[operation];
    return waits ? waits : memory->nothing;
}

static bool has_waits(const struct machine_memory *memory, const struct machine_step *step)
{
    for (uint32_t i = 0; i < 3; i++)
        if (step->operands[i] != OPERAND_NONE && memory->waits_for[step->operands[i]]) return true;
    return false;
}

/* Of all operations but CHECK and LOOKUP, which say it themselves, and those without operands. */
static const uint64_t *waits_of(const struct machine_plan *plan, const struct machine_memory *memory, uint32_t index, size_t rows)
{
    const struct machine_step *step = &plan->steps[index];
    const struct kernel_set *kernels = plan->kernels;
    struct kernel_call call = {.waits = memory->waits[step->place], .known_a = memory->is_known[index], .rows = rows};
    if (!has_waits(memory, step)) return NULL;
    call.waits_a = or_nothing(memory, step->operands[0]);
    call.waits_b = or_nothing(memory, step->operands[1]);
    switch (plan->typed->operations[index].code) {
    case OPERATION_KNOWN: return NULL;
    case OPERATION_AND: case OPERATION_OR:
        if (!call.known_a) return NULL;
        kernels->waits_logic(&call);
        break;
    case OPERATION_SELECT:
        call.a = memory->values[plan->steps[step->operands[0]].place];
        call.known_a = or_all(memory, step->operands[0]);
        call.waits_c = or_nothing(memory, step->operands[2]);
        kernels->waits_select(&call);
        break;
    default: kernels->waits_both(&call);
    }
    return call.waits;
}

/* Whether a row is 0. */
static bool has_zero(const uint8_t *bytes, size_t rows)
{
    return memchr(bytes, 0, rows) != NULL;
}

/* ---- Steps ---- */

/* NULL: the result is known in all rows. */
static const uint8_t *known_of_step(const struct machine_plan *plan, const struct machine_memory *memory, uint32_t index, size_t rows)
{
    const struct machine_step *step = &plan->steps[index];
    bool has_unknown = false;
    for (uint32_t i = 0; i < 3; i++) has_unknown |= step->operands[i] != OPERAND_NONE && memory->is_known[step->operands[i]];
    if (!has_unknown) return NULL;
    bool by_value = step->code == OPERATION_AND || step->code == OPERATION_OR || step->code == OPERATION_SELECT;
    return by_value ? known_by_value(plan, memory, index, rows) : known_of_all(plan, memory, step, rows);
}

/* CHECK, and a LOOKUP that may have no entry: the kernel says which rows are known, and what the others wait for. */
static void run_deciding(struct machine_memory *memory, const struct machine_step *step, uint32_t index)
{
    struct kernel_call *call = &memory->calls[index];
    call->waits = memory->waits[step->place];
    call->known_a = or_all(memory, step->operands[0]);
    call->waits_a = or_nothing(memory, step->operands[0]);
    step->kernel(call);
    bool is_open = has_zero(call->known, call->rows);
    memory->is_known[index] = is_open ? call->known : NULL;
    memory->waits_for[index] = is_open ? call->waits : NULL;
    call->waits = NULL;
}

static bool is_deciding(const struct machine_plan *plan, const struct machine_memory *memory, uint32_t index)
{
    const struct machine_step *step = &plan->steps[index];
    if (step->code == OPERATION_CHECK) return true;
    if (step->code != OPERATION_LOOKUP || !plan->calls[index].states) return false;
    return !step->is_plain || memory->is_known[step->operands[0]] || memory->waits_for[step->operands[0]];
}

/* After the kernel of a QUOTIENT. */
static void settle_edges(const struct machine_plan *plan, const struct kernel_call *call, uint32_t index)
{
    const void *const operands[] = {call->a, call->b, call->c};
    settle_edge_rows(plan->typed, &plan->typed->operations[index], operands, call->out, call->rows);
}

/* Rows of which only the interpreter can tell whether a value is known. */
static void put_undecided_aside(struct machine_memory *memory, const uint64_t *waits, size_t rows)
{
    for (size_t i = 0; waits && i < rows; i++) {
        if (!(waits[i] & WAITS_FOR_INTERPRETER)) continue;
        memory->aside[i] = 1;
        memory->has_aside = true;
    }
}

static void run_step(const struct machine_plan *plan, struct machine_memory *memory, uint32_t index, size_t rows)
{
    const struct machine_step *step = &plan->steps[index];
    struct kernel_call *call = &memory->calls[index];
    if (is_deciding(plan, memory, index)) {
        run_deciding(memory, step, index);
        return;
    }
    bool is_else = step->code == OPERATION_OR_ELSE;
    if (is_else) put_undecided_aside(memory, memory->waits_for[step->operands[0]], rows);
    call->known_a = is_else ? memory->is_known[step->operands[0]] : NULL;
    memory->is_known[index] = is_else ? NULL : known_of_step(plan, memory, index, rows);
    memory->waits_for[index] = waits_of(plan, memory, index, rows);
    step->kernel(call);
    call->known_a = NULL;
    if (step->code == OPERATION_QUOTIENT) settle_edges(plan, call, index);
}

/* Of a fact that is not known in all rows. */
static void run_none(const struct machine_plan *plan, struct machine_memory *memory, uint32_t index, size_t rows)
{
    const struct machine_step *step = &plan->steps[index];
    const uint8_t *given = memory->is_known[step->operands[0]];
    const uint64_t *from = memory->waits_for[step->operands[0]];
    uint8_t *values = (uint8_t *)memory->values[step->place], *known = memory->known[step->place];
    uint64_t *waits = memory->waits[step->place];
    for (size_t i = 0; i < rows; i++) {
        values[i] = NONE_OF(given[i], from[i], memory->calls[index].x);
        known[i] = given[i] | values[i];
        waits[i] = known[i] ? 0 : from[i];
    }
    memory->is_known[index] = known;
    memory->waits_for[index] = waits;
}

/* A fact that is given as null is no number to compute with. */
static void wait_where_none(uint8_t *known, uint64_t *waits, size_t rows)
{
    for (size_t i = 0; i < rows; i++) {
        if (known[i] != FACT_NONE) continue;
        known[i] = 0;
        waits[i] = WAITS_FOR_INTERPRETER;
    }
}

/* What has no kernel of its own: FACT, UNKNOWN, KNOWN, NONE. */
static void run_leaf(const struct machine_plan *plan, struct machine_memory *memory, const struct bound_column *facts, uint32_t index,
                     int64_t first, size_t rows)
{
    const struct machine_step *step = &plan->steps[index];
    char *values = memory->values[step->place];
    uint8_t *known = memory->known[step->place];
    bool is_known = false;
    if (step->code == OPERATION_KNOWN) {
        memcpy(values, or_all(memory, step->operands[0]), rows);
        return;
    }
    if (step->code == OPERATION_NONE && memory->is_known[step->operands[0]]) {
        run_none(plan, memory, index, rows);
        return;
    }
    if (step->code == OPERATION_NONE) {
        memset(values, 0, rows);
        return;
    }
    if (step->code == OPERATION_FACT) {
        is_known = fact_column_load(&facts[step->fact], first, rows, values, known, memory->aside, &memory->has_aside);
    } else {
        memset(values, 0, rows * LANE_BYTES[step->lane]);
        memset(known, 0, rows);
    }
    if (is_known) return;
    uint64_t *waits = memory->waits[step->place];
    memory->is_known[index] = known;
    memory->waits_for[index] = waits;
    plan->kernels->waits_leaf(&(struct kernel_call){.waits = waits, .known_a = known, .x = memory->calls[index].x, .rows = rows});
    if (step->code == OPERATION_FACT && facts[step->fact].slot->domain.is_nullable) wait_where_none(known, waits, rows);
}

static void begin(const struct machine_plan *plan, struct machine_memory *memory, size_t rows)
{
    for (uint32_t i = 0; memory->rows != rows && i < plan->typed->count; i++) memory->calls[i].rows = rows;
    memory->rows = rows;
    memory->has_aside = memory->has_unknown = false;
    memset(memory->aside, 0, rows);
    memset(memory->is_known, 0, plan->typed->count * sizeof *memory->is_known);
    memset(memory->waits_for, 0, plan->typed->count * sizeof *memory->waits_for);
}

/* false: not all is known, and nothing of the block is there. */
static bool run_short(const struct machine_plan *plan, struct machine_memory *memory, const struct bound_column *facts, int64_t first,
                      size_t rows, struct read_ahead *ahead)
{
    begin(plan, memory, rows);
    for (uint32_t i = 0; i < plan->typed->count; i++) {
        const struct machine_step *step = &plan->steps[i];
        if (ahead->rows) read_ahead_some(ahead);
        if (step->is_plain || step->code == OPERATION_QUOTIENT) step->kernel(&memory->calls[i]);
        else if (step->kernel) run_deciding(memory, step, i);
        else run_leaf(plan, memory, facts, i, first, rows);
        if (step->code == OPERATION_QUOTIENT) settle_edges(plan, &memory->calls[i], i);
        if (memory->is_known[i]) return false;
    }
    return true;
}

static void run_whole(const struct machine_plan *plan, struct machine_memory *memory, const struct bound_column *facts, int64_t first,
                      size_t rows, struct read_ahead *ahead)
{
    begin(plan, memory, rows);
    for (uint32_t i = 0; i < plan->typed->count; i++) {
        const struct machine_step *step = &plan->steps[i];
        if (ahead->rows) read_ahead_some(ahead);
        if (step->is_plain && !memory->has_unknown) step->kernel(&memory->calls[i]);
        else if (step->kernel) run_step(plan, memory, i, rows);
        else run_leaf(plan, memory, facts, i, first, rows);
        memory->has_unknown |= memory->is_known[i] != NULL;
    }
}

/* Where an output is null, it is not known and waits for nothing. */
static void hide(const struct machine_plan *plan, struct machine_memory *memory, size_t output, size_t rows)
{
    struct machine_result *result = &memory->results[output];
    const uint8_t *where = (const uint8_t *)memory->values[plan->steps[plan->typed->outputs[output].where].place];
    if (!has_zero(where, rows)) return;
    if (result->known)
        plan->kernels->known_both(&(struct kernel_call){.out = memory->shown[output], .a = result->known, .b = where, .rows = rows});
    else memcpy(memory->shown[output], where, rows);
    result->known = memory->shown[output];
    if (!result->waits) return;
    plan->kernels->waits_select(&(struct kernel_call){.waits = memory->shown_waits[output], .a = where, .known_a = memory->ones,
                                                      .waits_a = memory->nothing, .waits_b = result->waits,
                                                      .waits_c = memory->nothing, .rows = rows});
    result->waits = memory->shown_waits[output];
}

static void finish(const struct machine_plan *plan, struct machine_memory *memory, size_t rows)
{
    for (size_t i = 0; i < plan->typed->output_count; i++) {
        const struct typed_output *output = &plan->typed->outputs[i];
        if (output->operation == OPERAND_NONE) continue;
        memory->results[i].known = memory->is_known[output->operation];
        memory->results[i].waits = memory->waits_for[output->operation];
        if (output->where != OPERAND_NONE) hide(plan, memory, i, rows);
    }
}

void machine_run(const struct machine_plan *plan, struct machine_memory *memory, const struct bound_column *facts,
                 int64_t first, size_t rows, size_t next_rows)
{
    struct read_ahead ahead;
    read_ahead_begin(&ahead, plan->shorter ? plan->shorter : plan, facts, first + (int64_t)rows, next_rows);
    memory->is_short = plan->shorter && run_short(plan->shorter, memory->shorter, facts, first, rows, &ahead);
    if (!memory->is_short) {
        run_whole(plan, memory, facts, first, rows, &ahead);
        finish(plan, memory, rows);
        return;
    }
    finish(plan->shorter, memory->shorter, rows);
    memory->has_unknown = false;
    memory->has_aside = memory->shorter->has_aside;
}

struct machine_result machine_result(const struct machine_memory *memory, size_t output)
{
    return memory->is_short ? memory->shorter->results[output] : memory->results[output];
}
