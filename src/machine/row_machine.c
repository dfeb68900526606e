/* SPDX-License-Identifier: Apache-2.0 */
/* Plans a typed program as steps over registers, and runs them for one row: the complete program if the
 * row misses nothing, else the whole one, which also finds what is known and what is waited for. */
#include "machine/row_machine.h"

#include <string.h>

#include "machine/edge_rows.h"
#include "machine/formulas.h"

/* Codes of steps: the operations' own, and those of divisions and look-ups that are told apart when planning.
 */
enum row_code {
    ROW_DIVIDE_32 = OPERATION_COUNT,
    ROW_DIVIDE_SIGNED_32,
    ROW_DIVIDE_EVEN_32,
    ROW_DIVIDE_64,
    ROW_DIVIDE_SIGNED_64,
    ROW_DIVIDE_EVEN_64,
    ROW_LOOKUP_STATES
};
static_assert(ROW_DIVIDE_SIGNED_32 - ROW_DIVIDE_32 == DIVIDE_SIGNED && DIVIDE_POSITIVE == 0 &&
                  ROW_DIVIDE_EVEN_32 - ROW_DIVIDE_32 == DIVIDE_HALF_EVEN &&
                  ROW_DIVIDE_SIGNED_64 - ROW_DIVIDE_64 == DIVIDE_SIGNED &&
                  ROW_DIVIDE_EVEN_64 - ROW_DIVIDE_64 == DIVIDE_HALF_EVEN,
              "row_code_of() adds the form of a kernel to the first of them");
static_assert(ROW_LOOKUP_STATES <= UINT8_MAX, "the code of a step is a byte");

/* ---- Planning ---- */

struct row_planning {
    struct row_program *plan;
    const struct machine_plan *blocks;
    uint32_t *registers; /* by operation: the register of its result */
};

/* Adds a register that holds the constant before the first row; returns its number. */
static uint32_t add_register(struct row_program *plan, int64_t constant)
{
    plan->constants[plan->register_count] = constant;
    return plan->register_count++;
}

/* The code of the step for an operation, given by its index (enum row_code or enum operation_code). */
static uint8_t row_code_of(const struct row_planning *planning, uint32_t index)
{
    const struct typed_program *typed = planning->blocks->typed;
    const struct typed_operation *operation = &typed->operations[index];
    if (operation->code == OPERATION_LOOKUP && operation->states && !operation->is_total)
        return ROW_LOOKUP_STATES;
    if (operation->code != OPERATION_DIVIDE)
        return operation->code;
    uint8_t first = typed->operations[operation->operands[0]].lane == LANE_32 ? ROW_DIVIDE_32 : ROW_DIVIDE_64;
    return (uint8_t)(first + planning->blocks->steps[index].form);
}

/* The register of an operand, or a new one that holds an immediate. Register 0, which is always known,
 * where there is no such operand. */
static uint32_t operand_register(struct row_planning *planning, const struct typed_operation *operation,
                                 uint32_t index)
{
    const struct operation_traits *traits = operation_traits(operation);
    if (traits->constants == CONSTANTS_FACTOR && index == 2)
        return add_register(planning->plan, operation->immediate[1]);
    bool has_constant = (traits->constants == CONSTANTS_PAIR && index > 0) ||
                        (traits->constants == CONSTANTS_INSTEAD && index == 1);
    if (has_constant)
        return add_register(planning->plan, operation->immediate[index - 1]);
    if (index >= traits->operands)
        return 0;
    if (operation->immediates >> index & 1)
        return add_register(planning->plan, operation->immediate[index]);
    return planning->registers[operation->operands[index]];
}

/* Plans one operation: a step, or just a register for those that have nothing to compute. */
static void plan_operation(struct row_planning *planning, uint32_t index)
{
    struct row_program *plan = planning->plan;
    const struct typed_operation *operation = &planning->blocks->typed->operations[index];
    uint32_t *out = &planning->registers[index];
    switch (operation->code) {
    case OPERATION_WIDEN:
    case OPERATION_NARROW: *out = planning->registers[operation->operands[0]]; return;
    case OPERATION_CONSTANT: *out = add_register(plan, operation->immediate[0]); return;
    case OPERATION_UNKNOWN:
        *out = add_register(plan, operation->low);
        plan->unknown_leaves[plan->unknown_count] =
            machine_leaf_bit(planning->blocks->typed, operation->leaf);
        plan->unknown[plan->unknown_count++] = *out;
        return;
    case OPERATION_FACT:
        *out = add_register(plan, operation->low);
        plan->facts[plan->fact_count++] =
            (struct row_fact){.out = *out,
                              .fact = operation->fact,
                              .low = operation->low,
                              .high = operation->high,
                              .leaf = machine_leaf_bit(planning->blocks->typed, operation->leaf)};
        return;
    default: break;
    }
    struct row_step *step = &plan->steps[plan->step_count++];
    *step = (struct row_step){.code = row_code_of(planning, index),
                              .a = operand_register(planning, operation, 0),
                              .b = operand_register(planning, operation, 1),
                              .c = operand_register(planning, operation, 2),
                              .known = operation_traits(operation)->known,
                              .operation = operation,
                              .call = &planning->blocks->calls[index]};
    *out = step->out = add_register(plan, 0);
}

/* Plans one program. Register 0 holds 0 and register 1 holds 1. Returns TUOYU_OK or
 * TUOYU_ERROR_NO_MEMORY. */
static tuoyu_status plan_program(struct row_program *plan, struct arena *arena,
                                 const struct machine_plan *blocks)
{
    const struct typed_program *typed = blocks->typed;
    struct row_planning planning = {
        .plan = plan, .blocks = blocks, .registers = ARENA_ARRAY(arena, uint32_t, typed->count)};
    enum { REGISTERS_AN_OPERATION = 3 }; /* its own, and those of two immediates */
    *plan = (struct row_program){
        .steps = ARENA_ARRAY(arena, struct row_step, typed->count),
        .facts = ARENA_ARRAY(arena, struct row_fact, typed->count),
        .constants = ARENA_ARRAY(arena, int64_t, (size_t)typed->count * REGISTERS_AN_OPERATION + 2),
        .outputs = ARENA_ARRAY(arena, uint32_t, typed->output_count),
        .wheres = ARENA_ARRAY(arena, uint32_t, typed->output_count),
        .unknown_leaves = ARENA_ARRAY(arena, uint64_t, typed->count),
        .unknown = ARENA_ARRAY(arena, uint32_t, typed->count)};
    if (arena->failed)
        return TUOYU_ERROR_NO_MEMORY;
    (void)add_register(plan, 0);
    uint32_t everywhere = add_register(plan, 1);
    for (uint32_t i = 0; i < typed->count; i++)
        plan_operation(&planning, i);
    for (size_t i = 0; i < typed->output_count; i++)
        if (typed->outputs[i].operation != OPERAND_NONE)
            plan->outputs[i] = planning.registers[typed->outputs[i].operation];
    for (size_t i = 0; i < typed->output_count; i++)
        plan->wheres[i] = typed->outputs[i].where == OPERAND_NONE
                              ? everywhere
                              : planning.registers[typed->outputs[i].where];
    return TUOYU_OK;
}

tuoyu_status row_plan_make(struct row_plan *plan, struct arena *arena, const struct machine_plan *blocks)
{
    *plan = (struct row_plan){.has_complete = blocks->complete};
    if (plan->has_complete && plan_program(&plan->complete, arena, blocks->complete) != TUOYU_OK)
        return TUOYU_ERROR_NO_MEMORY;
    return plan_program(&plan->whole, arena, blocks);
}

tuoyu_status row_memory_make(struct row_memory *memory, struct arena *arena, const struct row_plan *plan)
{
    const struct row_program *whole = &plan->whole;
    *memory =
        (struct row_memory){.complete_values = ARENA_ARRAY(arena, int64_t, plan->complete.register_count),
                            .readers = ARENA_ARRAY(arena, struct row_reader, plan->complete.fact_count),
                            .others = ARENA_ARRAY(arena, const struct row_fact *, plan->complete.fact_count),
                            .values = ARENA_ARRAY(arena, int64_t, whole->register_count),
                            .known = ARENA_ARRAY(arena, uint8_t, whole->register_count),
                            .waits = ARENA_ARRAY(arena, uint64_t, whole->register_count)};
    if (arena->failed)
        return TUOYU_ERROR_NO_MEMORY;
    if (plan->has_complete)
        memcpy(memory->complete_values, plan->complete.constants,
               plan->complete.register_count * sizeof *memory->values);
    memcpy(memory->values, whole->constants, whole->register_count * sizeof *memory->values);
    memset(memory->known, 1, whole->register_count);
    for (uint32_t i = 0; i < whole->unknown_count; i++) {
        memory->known[whole->unknown[i]] = 0;
        memory->waits[whole->unknown[i]] = whole->unknown_leaves[i];
    }
    return TUOYU_OK;
}

void row_memory_bind(struct row_memory *memory, const struct row_plan *plan, const struct bound_column *facts)
{
    uint32_t count = 0;
    memory->other_count = 0;
    for (int layout = 0; layout <= LAYOUT_OTHER; layout++) {
        for (uint32_t i = 0; i < plan->complete.fact_count; i++) {
            const struct row_fact *fact = &plan->complete.facts[i];
            const struct bound_column *bound = &facts[fact->fact];
            if ((bound->column ? bound->layout : LAYOUT_OTHER) != layout)
                continue;
            if (layout == LAYOUT_OTHER) {
                memory->others[memory->other_count++] = fact;
                continue;
            }
            bool has_bits = layout == LAYOUT_BITS;
            memory->readers[count++] =
                (struct row_reader){.values = has_bits ? bound->column->values : bound->values,
                                    .offset = has_bits ? bound->column->offset : 0,
                                    .low = fact->low,
                                    .high = fact->high,
                                    .out = &memory->complete_values[fact->out]};
        }
        if (layout < LAYOUT_OTHER)
            memory->reader_ends[layout] = count;
    }
}

/* ---- Running ---- */

/* BAND: how many thresholds the value has reached. */
static int64_t band_of(const struct typed_operation *band, int64_t value)
{
    int64_t reached = 0;
    for (uint32_t i = 0; i < band->table_count; i++)
        reached += value >= band->table[i];
    return reached;
}

/* STEPS: the first entry and the steps that the value has reached. Sums wrap, and the total fits. */
static int64_t steps_of(const struct typed_operation *steps, int64_t value)
{
    uint64_t sum = (uint64_t)steps->table[0];
    for (uint32_t i = 1; i < steps->table_count; i += 2)
        sum += STEP_TERM(uint64_t, value, steps->table[i], steps->table[i + 1]);
    return (int64_t)sum;
}

/* PIECEWISE of the value. Sums wrap, and the total fits. */
static int64_t piecewise_of_row(const struct typed_operation *piecewise, int64_t value)
{
    const int64_t *table = piecewise->table;
    uint64_t sum = MULTIPLY_ADD_OF(uint64_t, value, (uint64_t)table[0], table[1]);
    for (uint32_t i = 2; i < piecewise->table_count; i += 2)
        sum += KNOT_TERM(uint64_t, value, table[i], (uint64_t)table[i + 1]);
    return (int64_t)sum;
}

#define PAIR_STEP(name, type, expression)                                       \
    case OPERATION_##name: {                                                    \
        const type left = (type)values[step->a], right = (type)values[step->b]; \
        values[step->out] = (expression);                                       \
        break;                                                                  \
    }
#define ONE_STEP(name, type, expression)          \
    case OPERATION_##name: {                      \
        const type value = (type)values[step->a]; \
        values[step->out] = (expression);         \
        break;                                    \
    }
#define RANGE_STEP(name, expression)                                                     \
    case OPERATION_##name: {                                                             \
        const int64_t value = values[step->a], x = values[step->b], y = values[step->c]; \
        (void)x, (void)y;                                                                \
        values[step->out] = (expression);                                                \
        break;                                                                           \
    }
#define DIVIDE_STEP(lane, type, unsigned_type)                                                               \
    case ROW_DIVIDE_##lane:                                                                                  \
        values[step->out] = divided_##lane((type)values[step->a], step->call->reciprocal, step->call->shift, \
                                           (unsigned_type)step->call->x);                                    \
        break;                                                                                               \
    case ROW_DIVIDE_SIGNED_##lane:                                                                           \
        values[step->out] =                                                                                  \
            divided_signed_##lane((type)values[step->a], step->call->reciprocal, step->call->shift,          \
                                  (unsigned_type)step->call->x, (unsigned_type)step->call->y);               \
        break;                                                                                               \
    case ROW_DIVIDE_EVEN_##lane:                                                                             \
        values[step->out] = divided_even_##lane((type)values[step->a], step->call->reciprocal,               \
                                                step->call->shift, (unsigned_type)step->call->y);            \
        break;

#define COMPARE_TRUTH_STEP(code, name, expression, unused)             \
    case OPERATION_##code##_AND: {                                     \
        const int64_t left = values[step->a], right = values[step->b]; \
        values[step->out] = (expression)&values[step->c];              \
        break;                                                         \
    }                                                                  \
    case OPERATION_##code##_OR: {                                      \
        const int64_t left = values[step->a], right = values[step->b]; \
        values[step->out] = (expression) | values[step->c];            \
        break;                                                         \
    }

#define NUMBER_PAIR_STEP(code, name, expression, unused) PAIR_STEP(code, int64_t, expression)
#define DATE_PAIR_STEP(code, name, expression, unused) PAIR_STEP(code, int32_t, expression)
#define DATE_STEP(code, name, expression, unused) ONE_STEP(code, int32_t, expression)
#define NUMBER_STEP(code, name, expression, unused) RANGE_STEP(code, expression)

/* Runs steps up to `end` as if all operands were known. false: a CHECK or LOOKUP found that its result
 * is not known; the steps after it have then not run. */
static bool run_steps(const struct row_step *step, const struct row_step *end, int64_t *values)
{
    for (; step < end; step++) {
        switch (step->code) {
            NUMBER_FORMULAS(NUMBER_PAIR_STEP, )
            COMPARISON_FORMULAS(NUMBER_PAIR_STEP, )
            COMPARISON_FORMULAS(COMPARE_TRUTH_STEP, )
            TRUTH_FORMULAS(NUMBER_PAIR_STEP, )
            CHOICE_FORMULAS(NUMBER_STEP, )
            RANGE_FORMULAS(NUMBER_STEP, )
            ONE_STEP(NOT, int64_t, NOT_FORMULA(value))
            DATE_FORMULAS(DATE_STEP, )
            DATE_PAIR_FORMULAS(DATE_PAIR_STEP, )
            DIVIDE_STEP(32, int32_t, uint32_t)
            DIVIDE_STEP(64, int64_t, uint64_t)
        case OPERATION_SELECT: values[step->out] = values[step->a] ? values[step->b] : values[step->c]; break;
        case OPERATION_QUOTIENT:
            values[step->out] =
                quotient_of_row(step->operation, values[step->a], values[step->b], values[step->c]);
            break;
        case OPERATION_BAND: values[step->out] = band_of(step->operation, values[step->a]); break;
        case OPERATION_MULTIPLY_ADD:
            values[step->out] = (int64_t)MULTIPLY_ADD_OF(uint64_t, values[step->a], (uint64_t)values[step->c],
                                                         values[step->b]);
            break;
        case OPERATION_STEPS: values[step->out] = steps_of(step->operation, values[step->a]); break;
        case OPERATION_STEPS_ADD:
            values[step->out] = (int64_t)MULTIPLY_ADD_OF(uint64_t, values[step->b], (uint64_t)values[step->c],
                                                         steps_of(step->operation, values[step->a]));
            break;
        case OPERATION_PIECEWISE:
            values[step->out] = piecewise_of_row(step->operation, values[step->a]);
            break;
        case OPERATION_LOOKUP: values[step->out] = step->operation->table[values[step->a]]; break;
        case ROW_LOOKUP_STATES:
            values[step->out] = step->operation->table[values[step->a]];
            if (step->operation->states[values[step->a]] != ENTRY_VALUE)
                return false;
            break;
        case OPERATION_CHECK: {
            const int64_t value = values[step->a], x = values[step->b], y = values[step->c];
            values[step->out] = value < x ? x : value > y ? y : value;
            if (value < x || value > y)
                return false;
            break;
        }
        case OPERATION_KNOWN: values[step->out] = 1; break;
        case OPERATION_NONE: values[step->out] = 0; break;
        case OPERATION_OR_ELSE: values[step->out] = values[step->a]; break;
        default: __builtin_unreachable(); /* all that plan_operation makes steps of */
        }
    }
    return true;
}

/* ---- Rows with something unknown ---- */

/* Sets whether the step's result is known; of KNOWN, NONE and OR_ELSE also the value. */
static void find_known(const struct row_step *step, int64_t *values, uint8_t *known, const uint64_t *waits)
{
    uint8_t *out = &known[step->out], known_a = known[step->a];
    switch ((enum operation_known)step->known) {
    case KNOWN_BY_AND:
        *out = (uint8_t)KNOWN_AND(values[step->a], known_a, values[step->b], known[step->b]);
        break;
    case KNOWN_BY_OR:
        *out = (uint8_t)KNOWN_OR(values[step->a], known_a, values[step->b], known[step->b]);
        break;
    case KNOWN_BY_BRANCH: *out = known_a & (values[step->a] ? known[step->b] : known[step->c]); break;
    case KNOWN_BY_ENTRY:
        *out =
            known_a && (!step->operation->states || step->operation->states[values[step->a]] == ENTRY_VALUE);
        break;
    case KNOWN_BY_CHECK: *out = known_a && values[step->out] == values[step->a]; break;
    case KNOWN_OF_KNOWN:
        values[step->out] = known_a;
        *out = !(waits[step->a] & WAITS_FOR_INTERPRETER);
        break;
    case KNOWN_OF_NONE:
        values[step->out] = NONE_OF(known_a, waits[step->a], step->call->x);
        *out = known_a | (uint8_t)values[step->out];
        break;
    case KNOWN_OF_ELSE:
        values[step->out] = known_a ? values[step->a] : values[step->b];
        *out = !(waits[step->a] & WAITS_FOR_INTERPRETER);
        break;
    default: *out = known_a & known[step->b] & known[step->c];
    }
}

/* What the step's result waits for. find_known() must have run for it. */
static uint64_t find_waits(const struct row_step *step, const int64_t *values, const uint8_t *known,
                           const uint64_t *waits)
{
    uint64_t all = waits[step->a] | waits[step->b] | waits[step->c];
    bool is_known = known[step->out], is_known_a = known[step->a];
    switch ((enum operation_known)step->known) {
    case KNOWN_OF_KNOWN: return waits[step->a] & WAITS_FOR_INTERPRETER;
    case KNOWN_BY_AND:
    case KNOWN_BY_OR:
    case KNOWN_OF_NONE: return is_known ? 0 : all;
    case KNOWN_BY_BRANCH: return !is_known_a ? waits[step->a] : waits[values[step->a] ? step->b : step->c];
    case KNOWN_BY_CHECK: return is_known ? 0 : is_known_a ? all | WAITS_FOR_INTERPRETER : all;
    case KNOWN_BY_ENTRY:
        if (!step->operation->states)
            return all;
        return is_known
                   ? 0
                   : LOOKUP_WAITS_OF(is_known_a, waits[step->a], step->call->entry_waits[values[step->a]]);
    default: return all;
    }
}

/* Runs the whole program for a row. false: the row falls back, because a fact has no value that columns
 * can hold. */
static bool run_whole(const struct row_program *whole, struct row_memory *memory,
                      const struct bound_column *facts, int64_t row)
{
    for (uint32_t i = 0; i < whole->fact_count; i++) {
        const struct row_fact *fact = &whole->facts[i];
        uint8_t *known = &memory->known[fact->out];
        if (!fact_column_read(&facts[fact->fact], fact->low, fact->high, row, &memory->values[fact->out],
                              known))
            return false;
        memory->waits[fact->out] = *known == FACT_KNOWN  ? 0
                                   : *known == FACT_NONE ? WAITS_FOR_INTERPRETER
                                                         : fact->leaf;
        *known = *known == FACT_KNOWN;
    }
    for (const struct row_step *step = whole->steps; step < whole->steps + whole->step_count; step++) {
        (void)run_steps(step, step + 1, memory->values);
        find_known(step, memory->values, memory->known, memory->waits);
        memory->waits[step->out] = find_waits(step, memory->values, memory->known, memory->waits);
    }
    return true;
}

#define READ_LAYOUT(layout, VALUE)                                                                   \
    for (const struct row_reader *end = memory->readers + memory->reader_ends[layout]; reader < end; \
         reader++) {                                                                                 \
        const int64_t value = (VALUE);                                                               \
        *reader->out = value;                                                                        \
        is_outside |= (value < reader->low) | (value > reader->high);                                \
    }
#define VALUE_AS(type) (((const type *)reader->values)[row])

/* Reads all facts of the row for the complete program. false: a fact is missing, null, or outside its
 * interval. */
static bool read_facts(struct row_memory *memory, const struct bound_column *facts, int64_t row)
{
    const struct row_reader *reader = memory->readers;
    int is_outside = 0;
    READ_LAYOUT(LOAD_I8, VALUE_AS(int8_t))
    READ_LAYOUT(LOAD_U8, VALUE_AS(uint8_t))
    READ_LAYOUT(LOAD_I16, VALUE_AS(int16_t))
    READ_LAYOUT(LOAD_U16, VALUE_AS(uint16_t))
    READ_LAYOUT(LOAD_I32, VALUE_AS(int32_t))
    READ_LAYOUT(LOAD_U32, VALUE_AS(uint32_t))
    READ_LAYOUT(LOAD_I64, VALUE_AS(int64_t))
    READ_LAYOUT(LAYOUT_TRUTH, VALUE_AS(uint8_t) != 0)
    READ_LAYOUT(LAYOUT_BITS, bitmap_get(reader->values, reader->offset + row))
    if (is_outside)
        return false;
    for (uint32_t i = 0; i < memory->other_count; i++) {
        const struct row_fact *fact = memory->others[i];
        uint8_t is_known;
        bool is_valid =
            fact_column_read_any(&facts[fact->fact], row, &memory->complete_values[fact->out], &is_known);
        if (!is_valid || is_known != FACT_KNOWN)
            return false;
    }
    return true;
}

/* Runs the complete program. false: a fact is missing, or a step cannot decide; the whole program must
 * then run. */
static bool run_complete(const struct row_program *known, struct row_memory *memory,
                         const struct bound_column *facts, int64_t row)
{
    return read_facts(memory, facts, row) &&
           run_steps(known->steps, known->steps + known->step_count, memory->complete_values);
}

bool row_machine_run(const struct row_plan *plan, struct row_memory *memory, const struct bound_column *facts,
                     int64_t row)
{
    memory->is_complete = plan->has_complete && run_complete(&plan->complete, memory, facts, row);
    return memory->is_complete || run_whole(&plan->whole, memory, facts, row);
}
