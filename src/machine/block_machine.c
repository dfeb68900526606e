/* SPDX-License-Identifier: Apache-2.0 */
/* Runs programs over blocks of rows. Where a complete program exists it runs for all rows first; the few
 * rows that miss something are then listed, run by the whole program alone, and merged into the results. If
 * there are many such rows, the whole program runs for all. */
#include "machine/block_machine.h"

#include <assert.h>
#include <string.h>

#include "machine/edge_rows.h"
#include "machine/read_ahead.h"

enum {
    GUARD_ROWS = 64, /* memory is made for a multiple of so many rows */
    LISTED_SHARE =
        8 /* if more than 1 / LISTED_SHARE of a block's rows miss something, the whole program runs for all */
};

/* ---- Memory ---- */

/* Memory that begins at a line of the cache, since vectors that straddle lines are read at half the
 * speed. NULL: memory ran out. */
static char *allocate_lines(struct arena *arena, size_t rows, size_t width)
{
    char *bytes = arena_allocate_array(arena, rows + LINE_BYTES, width);
    return bytes ? bytes + (LINE_BYTES - (uintptr_t)bytes % LINE_BYTES) % LINE_BYTES : NULL;
}

/* Sets up the call of a kernel. Results have a fixed place, so everything but the rows and what is known
 * of the operands is set once, here. */
static void prepare_call(struct machine_memory *memory, const struct machine_plan *plan, uint32_t index)
{
    const struct machine_step *step = &plan->steps[index];
    struct kernel_call *call = &memory->calls[index];
    const char *values[3];
    for (uint32_t i = 0; i < 3; i++)
        values[i] = step->operands[i] == OPERAND_NONE
                        ? NULL
                        : memory->places[plan->steps[step->operands[i]].place].values;
    *call = plan->calls[index];
    call->out = memory->places[step->place].values;
    call->a = values[0] ? values[0] : values[1];
    call->b = values[1];
    call->c = values[2];
    call->known = memory->places[step->place].known;
}

/* Makes the results of the outputs, and rooms for those that can be null. false: memory ran out. */
static bool make_results(struct machine_memory *memory, struct arena *arena, const struct machine_plan *plan,
                         size_t rows)
{
    size_t count = plan->typed->output_count;
    memory->results = ARENA_ARRAY(arena, struct block_result, count);
    memory->masked_rooms = ARENA_ARRAY(arena, struct block_room, count);
    for (size_t i = 0; i < count && !arena->failed; i++) {
        const struct typed_output *output = &plan->typed->outputs[i];
        if (output->operation == OPERAND_NONE)
            continue;
        const struct machine_step *step = &plan->steps[output->operation];
        memory->results[i] =
            (struct block_result){.values = memory->places[step->place].values, .lane = step->lane};
        if (output->where == OPERAND_NONE)
            continue;
        memory->masked_rooms[i].known = ARENA_ARRAY(arena, uint8_t, rows);
        memory->masked_rooms[i].waits = ARENA_ARRAY(arena, uint64_t, rows);
    }
    return !arena->failed;
}

/* Makes what is needed to merge the results of both programs. false: memory ran out. */
static bool make_merged(struct machine_memory *memory, struct arena *arena, const struct machine_plan *plan,
                        size_t rows)
{
    size_t count = plan->typed->output_count;
    memory->incomplete = ARENA_ARRAY(arena, uint8_t, rows);
    memory->listed = ARENA_ARRAY(arena, uint32_t, rows);
    memory->merged = ARENA_ARRAY(arena, struct block_result, count);
    memory->merged_rooms = ARENA_ARRAY(arena, struct block_room, count);
    for (size_t i = 0; i < count && !arena->failed; i++) {
        if (plan->typed->outputs[i].operation == OPERAND_NONE)
            continue;
        uint8_t lane = memory->results[i].lane;
        memory->merged[i] = (struct block_result){
            .values = allocate_lines(arena, rows, MACHINE_LANE_BYTES[lane]), .lane = lane};
        memory->merged_rooms[i].known = ARENA_ARRAY(arena, uint8_t, rows);
        memory->merged_rooms[i].waits = ARENA_ARRAY(arena, uint64_t, rows);
    }
    return !arena->failed;
}

tuoyu_status machine_memory_make(struct machine_memory *memory, struct arena *arena,
                                 const struct machine_plan *plan)
{
    size_t rows = ((size_t)plan->block_rows + GUARD_ROWS - 1) / GUARD_ROWS * GUARD_ROWS;
    *memory = (struct machine_memory){.places = ARENA_ARRAY(arena, struct block_room, plan->place_count),
                                      .states = ARENA_ARRAY(arena, struct block_state, plan->typed->count),
                                      .no_waits = ARENA_ARRAY(arena, uint64_t, rows),
                                      .calls = (struct kernel_call *)(void *)allocate_lines(
                                          arena, plan->typed->count, sizeof(struct kernel_call)),
                                      .fallback = (uint8_t *)allocate_lines(arena, rows, 1),
                                      .ones = (uint8_t *)allocate_lines(arena, rows, 1)};
    if (arena->failed)
        return TUOYU_ERROR_NO_MEMORY;
    memset(memory->ones, 1, rows);
    for (uint32_t i = 0; i < plan->place_count; i++) {
        memory->places[i].values = allocate_lines(arena, rows, MACHINE_LANE_BYTES[plan->place_lanes[i]]);
        memory->places[i].known = (uint8_t *)allocate_lines(arena, rows, 1);
        memory->places[i].waits = ARENA_ARRAY(arena, uint64_t, rows);
        if (arena->failed)
            return TUOYU_ERROR_NO_MEMORY;
    }
    for (uint32_t i = 0; i < plan->typed->count; i++)
        prepare_call(memory, plan, i);
    if (!make_results(memory, arena, plan, rows))
        return TUOYU_ERROR_NO_MEMORY;
    if (!plan->complete)
        return TUOYU_OK;
    memory->complete = ARENA_NEW(arena, struct machine_memory);
    if (!memory->complete || machine_memory_make(memory->complete, arena, plan->complete) != TUOYU_OK)
        return TUOYU_ERROR_NO_MEMORY;
    memory->complete->fallback = memory->fallback;
    return make_merged(memory, arena, plan, rows) ? TUOYU_OK : TUOYU_ERROR_NO_MEMORY;
}

static const int64_t CACHED_BYTES = INT64_C(8) << 20;

bool machine_exceeds_caches(int64_t width, int64_t rows)
{
    return width && rows > CACHED_BYTES / width;
}

/* ---- Running ---- */

/* The known flags (NULL: all rows) of a result that is known where all operands are. Only operands 0 and
 * 1 are looked at: operand 2 of a QUOTIENT is one that operand 0 was computed from, and the other
 * operations with three operands have rules of their own or are only in complete programs. */
static const uint8_t *known_of_all(const struct machine_plan *plan, const struct machine_memory *memory,
                                   const struct machine_step *step, size_t rows)
{
    const uint8_t *first = NULL, *second = NULL;
    for (uint32_t i = 0; i < 2; i++) {
        const uint8_t *known =
            step->operands[i] == OPERAND_NONE ? NULL : memory->states[step->operands[i]].known;
        if (known && !first)
            first = known;
        else if (known)
            second = known;
    }
    if (!first)
        return NULL;
    uint8_t *out = memory->places[step->place].known;
    if (second)
        plan->kernels->known_both(&(struct kernel_call){.out = out, .a = first, .b = second, .rows = rows});
    else
        memcpy(out, first, rows);
    return out;
}

/* The known flags of an operation, never NULL; all ones for OPERAND_NONE. */
static const uint8_t *known_or_ones(const struct machine_memory *memory, uint32_t operation)
{
    const uint8_t *known = operation == OPERAND_NONE ? NULL : memory->states[operation].known;
    return known ? known : memory->ones;
}

/* The known flags of AND, OR and SELECT, which can be known where an operand is not. */
static const uint8_t *known_by_value(const struct machine_plan *plan, const struct machine_memory *memory,
                                     uint32_t index, size_t rows)
{
    const struct machine_step *step = &plan->steps[index];
    const struct typed_operation *operation = &plan->typed->operations[index];
    const uint8_t *first = known_or_ones(memory, step->operands[0]),
                  *second = known_or_ones(memory, step->operands[1]);
    struct kernel_call call = {.out = memory->places[step->place].known,
                               .a = memory->places[plan->steps[step->operands[0]].place].values,
                               .known_a = first,
                               .rows = rows};
    if (operation_traits(operation)->known == KNOWN_BY_BRANCH) {
        call.b = second;
        call.c = known_or_ones(memory, step->operands[2]);
        plan->kernels->known_select(&call);
    } else {
        call.b = memory->places[plan->steps[step->operands[1]].place].values;
        call.states = second;
        (operation_traits(operation)->known == KNOWN_BY_AND ? plan->kernels->known_and
                                                            : plan->kernels->known_or)(&call);
    }
    return memory->places[step->place].known;
}

/* ---- What a result waits for ---- */

/* What an operation waits for, by row, never NULL; zeros for OPERAND_NONE. */
static const uint64_t *waits_or_zeros(const struct machine_memory *memory, uint32_t operation)
{
    const uint64_t *waits = operation == OPERAND_NONE ? NULL : memory->states[operation].waits;
    return waits ? waits : memory->no_waits;
}

/* Whether some operand of the step waits for something in some row. */
static bool has_waits(const struct machine_memory *memory, const struct machine_step *step)
{
    for (uint32_t i = 0; i < 3; i++)
        if (step->operands[i] != OPERAND_NONE && memory->states[step->operands[i]].waits)
            return true;
    return false;
}

/* What a result waits for, by row; NULL: nothing. Not for CHECK and LOOKUP, whose kernels write it
 * themselves, nor for operations without operands. */
static const uint64_t *waits_of(const struct machine_plan *plan, const struct machine_memory *memory,
                                uint32_t index, size_t rows)
{
    const struct machine_step *step = &plan->steps[index];
    const struct kernel_set *kernels = plan->kernels;
    struct kernel_call call = {
        .waits = memory->places[step->place].waits, .known_a = memory->states[index].known, .rows = rows};
    if (!has_waits(memory, step))
        return NULL;
    call.waits_a = waits_or_zeros(memory, step->operands[0]);
    call.waits_b = waits_or_zeros(memory, step->operands[1]);
    switch ((enum operation_known)operation_traits(&plan->typed->operations[index])->known) {
    case KNOWN_OF_KNOWN: return NULL;
    case KNOWN_BY_AND:
    case KNOWN_BY_OR:
        if (!call.known_a)
            return NULL;
        kernels->waits_logic(&call);
        break;
    case KNOWN_BY_BRANCH:
        call.a = memory->places[plan->steps[step->operands[0]].place].values;
        call.known_a = known_or_ones(memory, step->operands[0]);
        call.waits_c = waits_or_zeros(memory, step->operands[2]);
        kernels->waits_select(&call);
        break;
    default: kernels->waits_both(&call);
    }
    return call.waits;
}

bool machine_waits_for_interpreter(const uint64_t *waits, size_t rows)
{
    uint64_t any = 0;
    for (size_t i = 0; waits && i < rows; i++)
        any |= waits[i];
    return any & WAITS_FOR_INTERPRETER;
}

/* Whether some row's byte is 0. */
static bool has_zero(const uint8_t *bytes, size_t rows)
{
    return memchr(bytes, 0, rows) != NULL;
}

/* ---- Steps ---- */

/* The known flags of a step's result; NULL: it is known in all rows. */
static const uint8_t *known_of_step(const struct machine_plan *plan, const struct machine_memory *memory,
                                    uint32_t index, size_t rows)
{
    const struct machine_step *step = &plan->steps[index];
    bool has_unknown = false;
    for (uint32_t i = 0; i < 3; i++)
        has_unknown |= step->operands[i] != OPERAND_NONE && memory->states[step->operands[i]].known;
    if (!has_unknown)
        return NULL;
    uint8_t known = OPERATIONS[step->code].known;
    bool by_value = known == KNOWN_BY_AND || known == KNOWN_BY_OR || known == KNOWN_BY_BRANCH;
    return by_value ? known_by_value(plan, memory, index, rows) : known_of_all(plan, memory, step, rows);
}

/* Runs CHECK, or a LOOKUP that may have no entry: the kernel itself says which rows are known, and what
 * the others wait for. */
static void run_deciding(struct machine_memory *memory, const struct machine_step *step, uint32_t index)
{
    struct kernel_call *call = &memory->calls[index];
    call->waits = memory->places[step->place].waits;
    call->known_a = known_or_ones(memory, step->operands[0]);
    call->waits_a = waits_or_zeros(memory, step->operands[0]);
    step->kernel(call);
    bool has_gaps = has_zero(call->known, call->rows);
    memory->states[index].known = has_gaps ? call->known : NULL;
    memory->states[index].waits = has_gaps ? call->waits : NULL;
    call->waits = NULL;
}

/* Whether the step must be run by run_deciding() in this block. */
static bool is_deciding(const struct machine_plan *plan, const struct machine_memory *memory, uint32_t index)
{
    const struct machine_step *step = &plan->steps[index];
    if (OPERATIONS[step->code].known == KNOWN_BY_CHECK)
        return true;
    if (OPERATIONS[step->code].known != KNOWN_BY_ENTRY || !plan->calls[index].states)
        return false;
    return !step->is_plain || memory->states[step->operands[0]].known ||
           memory->states[step->operands[0]].waits;
}

/* Recomputes the rows of a QUOTIENT that lie on an edge, after its kernel has run. */
static void recompute_edges(const struct machine_plan *plan, const struct kernel_call *call, uint32_t index)
{
    const void *const operands[] = {call->a, call->b, call->c};
    settle_edge_rows(plan->typed, &plan->typed->operations[index], operands, call->out, call->rows);
}

/* KNOWN and OR_ELSE are known everywhere, except in rows whose operand waits for the interpreter: there
 * the result waits, too. kept: the bits of the operand's waits that the result keeps. false: no row waits
 * for the interpreter, and nothing was changed. */
static bool wait_for_interpreter(struct machine_memory *memory, uint32_t index,
                                 const struct machine_step *step, uint64_t kept, size_t rows)
{
    const uint64_t *from = memory->states[step->operands[0]].waits;
    uint64_t *waits = memory->places[step->place].waits;
    uint8_t *known = memory->places[step->place].known;
    if (!machine_waits_for_interpreter(from, rows))
        return false;
    for (size_t i = 0; i < rows; i++) {
        known[i] = !(from[i] & WAITS_FOR_INTERPRETER);
        waits[i] = from[i] & kept;
    }
    memory->states[index].known = known;
    memory->states[index].waits = waits;
    return true;
}

/* Runs a step that has a kernel, and finds what is known of its result. */
static void run_step(const struct machine_plan *plan, struct machine_memory *memory, uint32_t index,
                     size_t rows)
{
    const struct machine_step *step = &plan->steps[index];
    struct kernel_call *call = &memory->calls[index];
    if (is_deciding(plan, memory, index)) {
        run_deciding(memory, step, index);
        return;
    }
    bool is_else = OPERATIONS[step->code].known == KNOWN_OF_ELSE;
    call->known_a = is_else ? memory->states[step->operands[0]].known : NULL;
    memory->states[index].known = is_else ? NULL : known_of_step(plan, memory, index, rows);
    memory->states[index].waits = waits_of(plan, memory, index, rows);
    step->kernel(call);
    call->known_a = NULL;
    if (is_else)
        (void)wait_for_interpreter(memory, index, step, UINT64_MAX, rows);
    if (step->code == OPERATION_QUOTIENT)
        recompute_edges(plan, call, index);
}

/* Runs NONE for a fact that is not known in all rows. */
static void run_none(const struct machine_plan *plan, struct machine_memory *memory, uint32_t index,
                     size_t rows)
{
    const struct machine_step *step = &plan->steps[index];
    const uint8_t *given = memory->states[step->operands[0]].known;
    const uint64_t *from = memory->states[step->operands[0]].waits;
    uint8_t *values = (uint8_t *)memory->places[step->place].values,
            *known = memory->places[step->place].known;
    uint64_t *waits = memory->places[step->place].waits;
    for (size_t i = 0; i < rows; i++) {
        values[i] = NONE_OF(given[i], from[i], memory->calls[index].x);
        known[i] = given[i] | values[i];
        waits[i] = known[i] ? 0 : from[i];
    }
    memory->states[index].known = known;
    memory->states[index].waits = waits;
}

/* A fact that is given as null is no value to compute with: its row waits for the interpreter. */
static void wait_where_none(uint8_t *known, uint64_t *waits, size_t rows)
{
    for (size_t i = 0; i < rows; i++) {
        if (known[i] != FACT_NONE)
            continue;
        known[i] = 0;
        waits[i] = WAITS_FOR_INTERPRETER;
    }
}

/* Runs a step without a kernel: FACT, UNKNOWN, KNOWN, NONE. */
static void run_leaf(const struct machine_plan *plan, struct machine_memory *memory,
                     const struct bound_column *facts, uint32_t index, int64_t first, size_t rows)
{
    const struct machine_step *step = &plan->steps[index];
    char *values = memory->places[step->place].values;
    uint8_t *known = memory->places[step->place].known;
    bool is_known = false;
    if (step->code == OPERATION_KNOWN) {
        memcpy(values, known_or_ones(memory, step->operands[0]), rows);
        (void)wait_for_interpreter(memory, index, step, WAITS_FOR_INTERPRETER, rows);
        return;
    }
    if (step->code == OPERATION_NONE && memory->states[step->operands[0]].known) {
        run_none(plan, memory, index, rows);
        return;
    }
    if (step->code == OPERATION_NONE) {
        memset(values, 0, rows);
        return;
    }
    if (step->code == OPERATION_FACT) {
        is_known = fact_column_load(&facts[step->fact], first, rows, values, known, memory->fallback,
                                    &memory->has_fallback);
    } else {
        memset(values, 0, rows * MACHINE_LANE_BYTES[step->lane]);
        memset(known, 0, rows);
    }
    if (is_known)
        return;
    uint64_t *waits = memory->places[step->place].waits;
    memory->states[index].known = known;
    memory->states[index].waits = waits;
    plan->kernels->waits_leaf(
        &(struct kernel_call){.waits = waits, .known_a = known, .x = memory->calls[index].x, .rows = rows});
    if (step->code == OPERATION_FACT && facts[step->fact].slot->domain.is_nullable)
        wait_where_none(known, waits, rows);
}

/* Sets the number of rows; afterwards every operation counts as known. */
static void begin_block(const struct machine_plan *plan, struct machine_memory *memory, size_t rows)
{
    for (uint32_t i = 0; memory->rows != rows && i < plan->typed->count; i++)
        memory->calls[i].rows = rows;
    memory->rows = rows;
    memory->has_unknown = false;
    memset(memory->states, 0, plan->typed->count * sizeof *memory->states);
}

/* Marks no row as falling back. */
static void clear_fallback(struct machine_memory *memory, size_t rows)
{
    memory->has_fallback = false;
    memset(memory->fallback, 0, rows);
}

/* Runs the whole program for all rows of the block. */
static void run_whole(const struct machine_plan *plan, struct machine_memory *memory,
                      const struct bound_column *facts, int64_t first, size_t rows, struct read_ahead *ahead)
{
    begin_block(plan, memory, rows);
    clear_fallback(memory, rows);
    for (uint32_t i = 0; i < plan->typed->count; i++) {
        const struct machine_step *step = &plan->steps[i];
        if (ahead->rows)
            read_ahead_some(ahead);
        if (step->is_plain && !memory->has_unknown)
            step->kernel(&memory->calls[i]);
        else if (step->kernel)
            run_step(plan, memory, i, rows);
        else
            run_leaf(plan, memory, facts, i, first, rows);
        memory->has_unknown |= memory->states[i].known != NULL;
    }
}

/* ---- The complete program, and rows that miss something ---- */

/* Marks the rows that are not known as ones that the complete program cannot answer. */
static void mark_incomplete(struct machine_memory *memory, const uint8_t *known, uint8_t *incomplete,
                            size_t rows)
{
    for (size_t i = 0; i < rows; i++)
        incomplete[i] |= known[i] ^ 1;
    memory->has_unknown = true;
}

/* Lists the marked rows. false: they are so many that the complete program does not pay. */
static bool list_incomplete(struct machine_memory *memory, size_t rows)
{
    memory->listed_count = 0;
    for (size_t i = 0; i < rows; i++) {
        memory->listed[memory->listed_count] = (uint32_t)i;
        memory->listed_count += memory->incomplete[i];
    }
    return memory->listed_count * LISTED_SHARE <= rows;
}

/* Runs the complete program for all rows, and lists the rows that miss something; their results are
 * arbitrary values within the intervals. false: too many rows miss something. Facts come first, so mostly
 * that is seen before anything is computed. */
static bool run_complete(const struct machine_plan *plan, struct machine_memory *memory,
                         const struct bound_column *facts, int64_t first, size_t rows,
                         struct read_ahead *ahead)
{
    const struct machine_plan *complete = plan->complete;
    struct machine_memory *own = memory->complete;
    bool is_seen = false;
    begin_block(complete, own, rows);
    clear_fallback(own, rows);
    memset(memory->incomplete, 0, rows);
    for (uint32_t i = 0; i < complete->typed->count; i++) {
        const struct machine_step *step = &complete->steps[i];
        if (ahead->rows)
            read_ahead_some(ahead);
        if (step->code != OPERATION_FACT && !is_seen) {
            is_seen = true;
            if (own->has_unknown && !list_incomplete(memory, rows))
                return false;
        }
        if (step->is_plain || step->code == OPERATION_QUOTIENT)
            step->kernel(&own->calls[i]);
        else if (step->kernel)
            run_deciding(own, step, i);
        else
            run_leaf(complete, own, facts, i, first, rows);
        if (step->code == OPERATION_QUOTIENT)
            recompute_edges(complete, &own->calls[i], i);
        if (!own->states[i].known)
            continue;
        mark_incomplete(own, own->states[i].known, memory->incomplete, rows);
        own->states[i] = (struct block_state){.known = NULL};
    }
    return !own->has_unknown || list_incomplete(memory, rows);
}

/* Writes a value to a row in the width of the lane. */
static void put(char *values, uint8_t lane, size_t row, int64_t value)
{
    if (lane == LANE_8)
        ((uint8_t *)values)[row] = (uint8_t)value;
    else if (lane == LANE_32)
        ((int32_t *)(void *)values)[row] = (int32_t)value;
    else
        ((int64_t *)(void *)values)[row] = value;
}

/* Loads a fact for the listed rows only. Those that fall back were marked by the complete program
 * already. */
static void load_listed(const struct machine_plan *plan, struct machine_memory *memory,
                        const struct bound_column *facts, uint32_t index, int64_t first)
{
    const struct machine_step *step = &plan->steps[index];
    const struct typed_operation *operation = &plan->typed->operations[index];
    uint8_t *known = memory->places[step->place].known, all = 1;
    for (size_t i = 0; i < memory->listed_count; i++) {
        int64_t value;
        bool is_valid = fact_column_read(&facts[step->fact], operation->low, operation->high,
                                         first + memory->listed[i], &value, &known[i]);
        put(memory->places[step->place].values, step->lane, i,
            is_valid && known[i] == FACT_KNOWN ? value : operation->low);
        if (!is_valid)
            known[i] = FACT_KNOWN;
        all &= known[i] == FACT_KNOWN;
    }
    if (all)
        return;
    memory->states[index].known = known;
    memory->states[index].waits = memory->places[step->place].waits;
    plan->kernels->waits_leaf(&(struct kernel_call){.waits = memory->places[step->place].waits,
                                                    .known_a = known,
                                                    .x = memory->calls[index].x,
                                                    .rows = memory->listed_count});
    if (facts[step->fact].slot->domain.is_nullable)
        wait_where_none(known, memory->places[step->place].waits, memory->listed_count);
}

/* Runs the whole program for the listed rows only; result i belongs to row listed[i] of the block. */
static void run_listed(const struct machine_plan *plan, struct machine_memory *memory,
                       const struct bound_column *facts, int64_t first)
{
    begin_block(plan, memory, memory->listed_count);
    for (uint32_t i = 0; i < plan->typed->count; i++) {
        const struct machine_step *step = &plan->steps[i];
        if (step->code == OPERATION_FACT)
            load_listed(plan, memory, facts, i, first);
        else if (step->is_plain && !memory->has_unknown)
            step->kernel(&memory->calls[i]);
        else if (step->kernel)
            run_step(plan, memory, i, memory->listed_count);
        else
            run_leaf(plan, memory, facts, i, first, memory->listed_count);
        memory->has_unknown |= memory->states[i].known != NULL;
    }
}

/* Copies value `at` of a column to row `row` of another one. */
static void copy_value(char *to, size_t row, const char *from, size_t at, uint8_t lane)
{
    memcpy(to + row * MACHINE_LANE_BYTES[lane], from + at * MACHINE_LANE_BYTES[lane],
           MACHINE_LANE_BYTES[lane]);
}

/* Merges an output: of the listed rows it takes the whole program's results, of all others the complete
 * program's. */
static void merge_output(struct machine_memory *memory, size_t output, size_t rows)
{
    const struct block_result all = memory->complete->results[output], few = memory->results[output];
    struct block_result *merged = &memory->merged[output];
    uint8_t *known = memory->merged_rooms[output].known;
    uint64_t *waits = memory->merged_rooms[output].waits;
    memcpy(merged->values, all.values, rows * MACHINE_LANE_BYTES[all.lane]);
    memcpy(known, all.known ? all.known : memory->ones, rows);
    for (size_t i = 0; i < memory->listed_count; i++) {
        uint32_t row = memory->listed[i];
        copy_value(merged->values, row, few.values, i, few.lane);
        known[row] = few.known ? few.known[i] : 1;
        if (few.waits)
            waits[row] = few.waits[i];
    }
    merged->known = all.known || few.known ? known : NULL;
    merged->waits = few.waits ? waits : NULL;
}

/* Clears what the listed rows of the block before waited for. */
static void forget_listed(const struct machine_plan *plan, struct machine_memory *memory)
{
    for (size_t i = 0; i < plan->typed->output_count && memory->listed_count; i++) {
        if (!memory->merged[i].waits)
            continue;
        for (size_t j = 0; j < memory->listed_count; j++)
            memory->merged_rooms[i].waits[memory->listed[j]] = 0;
        memory->merged[i].waits = NULL;
    }
    memory->listed_count = 0;
}

/* ---- Results ---- */

/* Applies an output's condition. Where it is false the output is null: not known, and waiting for
 * nothing. Where only the interpreter can decide it, the output waits for the interpreter. */
static void mask_where(const struct machine_plan *plan, struct machine_memory *memory, size_t output,
                       size_t rows)
{
    struct block_result *result = &memory->results[output];
    const uint32_t condition = plan->typed->outputs[output].where;
    const uint8_t *where = (const uint8_t *)memory->places[plan->steps[condition].place].values,
                  *decided = memory->states[condition].known;
    uint8_t *masked = memory->masked_rooms[output].known;
    if (!decided && !has_zero(where, rows))
        return;
    plan->kernels->known_both(&(struct kernel_call){
        .out = masked, .a = where, .b = result->known ? result->known : memory->ones, .rows = rows});
    for (size_t i = 0; decided && i < rows; i++)
        masked[i] &= decided[i];
    result->known = masked;
    if (!decided && !result->waits)
        return;
    plan->kernels->waits_select(
        &(struct kernel_call){.waits = memory->masked_rooms[output].waits,
                              .a = where,
                              .known_a = known_or_ones(memory, condition),
                              .waits_a = waits_or_zeros(memory, condition),
                              .waits_b = result->waits ? result->waits : memory->no_waits,
                              .waits_c = memory->no_waits,
                              .rows = rows});
    result->waits = memory->masked_rooms[output].waits;
}

/* Fills in known and waits of all results. */
static void finish_block(const struct machine_plan *plan, struct machine_memory *memory, size_t rows)
{
    for (size_t i = 0; i < plan->typed->output_count; i++) {
        const struct typed_output *output = &plan->typed->outputs[i];
        if (output->operation == OPERAND_NONE)
            continue;
        memory->results[i].known = memory->states[output->operation].known;
        memory->results[i].waits = memory->states[output->operation].waits;
        if (output->where != OPERAND_NONE)
            mask_where(plan, memory, i, rows);
    }
}

void machine_run(const struct machine_plan *plan, struct machine_memory *memory,
                 const struct bound_column *facts, int64_t first, size_t rows, size_t next_rows)
{
    struct read_ahead ahead;
    assert(rows <= plan->block_rows);
    read_ahead_begin(&ahead, plan->complete ? plan->complete : plan, facts, first + (int64_t)rows, next_rows);
    if (plan->complete)
        forget_listed(plan, memory);
    bool is_complete = plan->complete && run_complete(plan, memory, facts, first, rows, &ahead);
    if (!is_complete) {
        memory->listed_count = 0;
        run_whole(plan, memory, facts, first, rows, &ahead);
        finish_block(plan, memory, rows);
        memory->last = memory->results;
        return;
    }
    finish_block(plan->complete, memory->complete, rows);
    memory->has_unknown = false;
    memory->has_fallback = memory->complete->has_fallback;
    memory->last = memory->complete->results;
    if (memory->listed_count == 0)
        return;
    run_listed(plan, memory, facts, first);
    finish_block(plan, memory, memory->listed_count);
    for (size_t i = 0; i < plan->typed->output_count; i++)
        if (plan->typed->outputs[i].operation != OPERAND_NONE)
            merge_output(memory, i, rows);
    memory->last = memory->merged;
    memory->has_unknown = true;
}
