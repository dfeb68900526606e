/* SPDX-License-Identifier: Apache-2.0 */
/* Makes the complete program: goes through the whole program once, drops what only rows with missing
 * facts need, folds operations that follow each other into one, and keeps what the outputs still read. */
#include "compile/complete_program.h"

#include "compile/piecewise.h"

enum { STEPS_MOST = 8 };

struct complete_lowering {
    struct typed_builder builder;
    const struct typed_program *whole;
    uint32_t *numbers; /* by operation of the whole program: the number of its counterpart here */
    uint32_t *uses;    /* by operation of the whole program: how often it is read */
};

/* ---- Look-ups and steps ---- */

/* Turns a look-up over a band into STEPS (or STEPS_ADD, which `made` says). The table that it gives
 * `made` has the first entry, then for each threshold the threshold less one and the step there. entries
 * NULL: the steps count the thresholds, as the band itself does. OPERAND_NONE: memory ran out. */
static uint32_t build_steps(struct typed_builder *builder, const struct typed_operation *band,
                            struct typed_operation made, const int64_t *entries)
{
    uint32_t count = band->table_count;
    int64_t *table = ARENA_ARRAY(builder->arena, int64_t, 1 + 2 * (size_t)count);
    if (!table) {
        builder->failed = true;
        return OPERAND_NONE;
    }
    table[0] = entries ? entries[0] : 0;
    for (uint32_t i = 0; i < count; i++) {
        table[1 + 2 * i] = band->table[i] - 1;
        table[2 + 2 * i] = entries ? entries[i + 1] - entries[i] : 1;
    }
    made.table = table;
    made.table_count = 1 + 2 * count;
    made.states = NULL;
    made.waits = NULL;
    return build_operation(builder, made);
}

/* Whether the operand is a BAND with at most STEPS_MOST thresholds over a value in that lane. */
static bool is_short_band(const struct typed_builder *builder, uint32_t operand, uint8_t lane)
{
    const struct typed_operation *band = builder_at(builder, operand);
    return band->code == OPERATION_BAND && band->table_count <= STEPS_MOST &&
           builder_at(builder, band->operands[0])->lane == lane;
}

/* A look-up in a row that misses nothing. If it is total, every entry that such a row reaches has a
 * value, so the states and waits go; over a short band it becomes STEPS. A look-up that is not total stays
 * as it is, since its entry may still be left to the interpreter. */
static uint32_t build_complete_lookup(struct typed_builder *builder, struct typed_operation made)
{
    const struct typed_operation index = *builder_at(builder, made.operands[0]);
    bool is_whole = !made.states || made.is_total;
    if (!is_whole)
        return build_operation(builder, made);
    made.states = NULL;
    made.waits = NULL;
    if (index.high + 1 < made.table_count)
        made.table_count = (uint32_t)(index.high + 1);
    bool has_steps = made.lane != LANE_8 && is_short_band(builder, made.operands[0], made.lane) &&
                     made.table_count == index.table_count + 1;
    for (uint32_t i = 1; i < made.table_count; i++)
        has_steps &= fits_int64((int128)made.table[i] - made.table[i - 1]);
    if (!has_steps)
        return build_operation(builder, made);
    made.code = OPERATION_STEPS;
    made.operands[0] = index.operands[0];
    return build_steps(builder, &index, made, made.table);
}

/* A constant times a look-up or times STEPS becomes the same operation with multiplied entries.
 * OPERAND_NONE: the operation is no such product. */
static uint32_t build_multiple(struct typed_builder *builder, const struct typed_operation *operation)
{
    if (operation->code != OPERATION_MULTIPLY || operation->immediates != 2)
        return OPERAND_NONE;
    struct typed_operation made = *builder_at(builder, operation->operands[0]);
    uint64_t factor = (uint64_t)operation->immediate[1];
    bool is_table = (made.code == OPERATION_LOOKUP && !made.states) || made.code == OPERATION_STEPS;
    if (!is_table || made.lane != operation->lane)
        return OPERAND_NONE;
    int64_t *table = ARENA_ARRAY(builder->arena, int64_t, made.table_count);
    if (!table)
        builder->failed = true;
    /* A single step may wrap, but the sum that a row comes to is proven to fit. */
    for (uint32_t i = 0; table && i < made.table_count; i++) {
        bool is_threshold = made.code == OPERATION_STEPS && i % 2 == 1;
        table[i] = is_threshold ? made.table[i] : (int64_t)((uint64_t)made.table[i] * factor);
    }
    made.table = table;
    made.kind = operation->kind;
    made.scale = operation->scale;
    made.low = operation->low;
    made.high = operation->high;
    return table ? build_operation(builder, made) : OPERAND_NONE;
}

/* Folds x × constant + y, in either order, into MULTIPLY_ADD, or into STEPS_ADD where y is a short band.
 * OPERAND_NONE: the operation is no such sum. */
static uint32_t build_multiply_add(struct typed_builder *builder, const struct typed_operation *operation)
{
    if (operation->code != OPERATION_ADD || operation->immediates)
        return OPERAND_NONE;
    for (int i = 0; i < 2; i++) {
        uint32_t product = operation->operands[i], other = operation->operands[1 - i];
        const struct typed_operation multiply = *builder_at(builder, product);
        if (multiply.code != OPERATION_MULTIPLY || multiply.immediates != 2)
            continue;
        struct typed_operation made = *operation;
        bool has_steps = is_short_band(builder, other, operation->lane);
        const struct typed_operation band = *builder_at(builder, other);
        made.code = has_steps ? OPERATION_STEPS_ADD : OPERATION_MULTIPLY_ADD;
        made.operands[0] = has_steps ? band.operands[0] : multiply.operands[0];
        made.operands[1] = has_steps ? multiply.operands[0] : other;
        made.immediate[1] = multiply.immediate[1];
        return has_steps ? build_steps(builder, &band, made, NULL) : build_operation(builder, made);
    }
    return OPERAND_NONE;
}

/* ---- Logic ---- */

/* The fused operation of a comparison with `and` and with `or`. Other operations have FACT there, which says
 * that they cannot be fused. */
static const struct {
    uint8_t with_and, with_or; /* enum operation_code */
} JOINED[OPERATION_COUNT] = {
    [OPERATION_EQUAL] = {OPERATION_EQUAL_AND, OPERATION_EQUAL_OR},
    [OPERATION_NOT_EQUAL] = {OPERATION_NOT_EQUAL_AND, OPERATION_NOT_EQUAL_OR},
    [OPERATION_LESS] = {OPERATION_LESS_AND, OPERATION_LESS_OR},
    [OPERATION_LESS_EQUAL] = {OPERATION_LESS_EQUAL_AND, OPERATION_LESS_EQUAL_OR},
    [OPERATION_GREATER] = {OPERATION_GREATER_AND, OPERATION_GREATER_OR},
    [OPERATION_GREATER_EQUAL] = {OPERATION_GREATER_EQUAL_AND, OPERATION_GREATER_EQUAL_OR},
};
static_assert(OPERATION_FACT == 0, "an operation without an entry above must read as FACT");

/* Whether the operation is one of the six comparisons, EQUAL to GREATER_EQUAL. */
static bool is_comparison(const struct typed_operation *operation)
{
    return JOINED[operation->code].with_and != OPERATION_FACT;
}

/* Fuses `a < b and c` (or `or`) into one operation when no other operation uses the comparison. `from`
 * is the operation in the whole program, `operation` the same with operands of this one. OPERAND_NONE:
 * nothing can be fused. */
static uint32_t build_compare_and(struct complete_lowering *lowering, const struct typed_operation *from,
                                  const struct typed_operation *operation)
{
    struct typed_builder *builder = &lowering->builder;
    if (operation->code != OPERATION_AND && operation->code != OPERATION_OR)
        return OPERAND_NONE;
    for (int i = 1; i >= 0; i--) {
        struct typed_operation made = *builder_at(builder, operation->operands[i]);
        bool is_one = is_comparison(&made) && lowering->uses[from->operands[i]] == 1 &&
                      builder_at(builder, made.operands[0])->lane != LANE_8;
        if (!is_one)
            continue;
        made.code = operation->code == OPERATION_AND ? JOINED[made.code].with_and : JOINED[made.code].with_or;
        made.operands[2] = operation->operands[1 - i];
        return build_operation(builder, made);
    }
    return OPERAND_NONE;
}

/* ---- All ---- */

/* A copy of an operation of the whole program whose operands are their counterparts in this program. */
static struct typed_operation with_own_operands(const struct complete_lowering *lowering,
                                                const struct typed_operation *operation)
{
    struct typed_operation made = *operation;
    for (uint32_t i = 0; i < 3; i++)
        if (operation_reads(operation, i))
            made.operands[i] = lowering->numbers[operation->operands[i]];
    return made;
}

/* Folds and, or, not and select where an operand has become a constant, as KNOWN does here.
 * OPERAND_NONE: nothing can be folded. */
static uint32_t build_logic_of(struct typed_builder *builder, const struct typed_operation *made)
{
    int64_t truth;
    bool is_logic = made->code == OPERATION_AND || made->code == OPERATION_OR;
    bool has_constant = is_logic && (builder_constant(builder, made->operands[0], &truth) ||
                                     builder_constant(builder, made->operands[1], &truth));
    if (has_constant)
        return build_logic(builder, (enum operation_code)made->code, made->operands[0], made->operands[1]);
    if (made->code == OPERATION_NOT)
        return build_not(builder, made->operands[0]);
    bool is_decided = made->code == OPERATION_SELECT && builder_constant(builder, made->operands[0], &truth);
    if (!is_decided)
        return OPERAND_NONE;
    uint32_t branch = truth ? 1 : 2;
    if (!(made->immediates >> branch & 1))
        return made->operands[branch];
    return build_operation(builder, (struct typed_operation){.code = OPERATION_CONSTANT,
                                                             .kind = made->kind,
                                                             .lane = made->lane,
                                                             .immediate = {made->immediate[branch]},
                                                             .scale = made->scale,
                                                             .low = made->immediate[branch],
                                                             .high = made->immediate[branch],
                                                             .texts = made->texts,
                                                             .text_count = made->text_count});
}

/* The counterpart here of an operation (by index) of the whole program. All facts count as given: KNOWN
 * is true, NONE is false, OR_ELSE is its operand. OPERAND_NONE: memory ran out or there are too many
 * operations. */
static uint32_t lower_complete(struct complete_lowering *lowering, uint32_t index)
{
    struct typed_builder *builder = &lowering->builder;
    const struct typed_operation *operation = &lowering->whole->operations[index];
    struct typed_operation made = with_own_operands(lowering, operation);
    uint32_t result;
    builder->where = operation->where;
    switch (made.code) {
    case OPERATION_OR_ELSE: return made.operands[0];
    case OPERATION_KNOWN: return build_boolean(builder, true);
    case OPERATION_NONE: return build_boolean(builder, false);
    case OPERATION_LOOKUP: return build_complete_lookup(builder, made);
    case OPERATION_MAXIMUM:
        if (made.immediates == 2 && made.immediate[1] <= builder_at(builder, made.operands[0])->low)
            return made.operands[0];
        break;
    default: break;
    }
    if ((result = build_logic_of(builder, &made)) != OPERAND_NONE)
        return result;
    if ((result = build_multiple(builder, &made)) != OPERAND_NONE)
        return result;
    if ((result = build_multiply_add(builder, &made)) != OPERAND_NONE)
        return result;
    if ((result = build_piecewise(builder, &made)) != OPERAND_NONE)
        return result;
    if ((result = build_compare_and(lowering, operation, &made)) != OPERAND_NONE)
        return result;
    return build_operation(builder, made);
}

/* Makes the counterpart of each operation of the whole program, the facts first. false: there is no
 * complete program, because an operation could not be made or changed its lane, or because memory ran out
 * (builder.failed). */
static bool lower_all(struct complete_lowering *lowering)
{
    const struct typed_program *whole = lowering->whole;
    for (uint32_t i = 0; i < whole->count; i++) {
        for (uint32_t j = 0; j < 3; j++)
            if (operation_reads(&whole->operations[i], j))
                lowering->uses[whole->operations[i].operands[j]]++;
        if (whole->operations[i].code == OPERATION_FACT)
            lowering->numbers[i] = build_operation(&lowering->builder, whole->operations[i]);
    }
    for (size_t i = 0; i < whole->output_count; i++)
        if (whole->outputs[i].operation != OPERAND_NONE)
            lowering->uses[whole->outputs[i].operation]++;
    for (size_t i = 0; i < whole->output_count; i++)
        if (whole->outputs[i].where != OPERAND_NONE)
            lowering->uses[whole->outputs[i].where]++;
    for (uint32_t i = 0; i < whole->count; i++) {
        if (whole->operations[i].code != OPERATION_FACT)
            lowering->numbers[i] = lower_complete(lowering, i);
        if (lowering->numbers[i] == OPERAND_NONE)
            return false;
        if (builder_at(&lowering->builder, lowering->numbers[i])->lane != whole->operations[i].lane)
            return false;
    }
    return true;
}

/* The counterpart of an output's condition; OPERAND_NONE where it is true in all rows. */
static uint32_t where_of(const struct complete_lowering *lowering, uint32_t where)
{
    int64_t truth;
    bool is_everywhere = builder_constant(&lowering->builder, lowering->numbers[where], &truth) && truth;
    return is_everywhere ? OPERAND_NONE : lowering->numbers[where];
}

tuoyu_status complete_program_make(struct typed_program *complete, struct arena *arena,
                                   const struct typed_program *whole)
{
    struct complete_lowering lowering = {.whole = whole};
    *complete = (struct typed_program){.arena = arena, .program = whole->program, .as_of = whole->as_of};
    for (uint32_t i = 0; i < whole->count; i++)
        if (whole->operations[i].code == OPERATION_UNKNOWN)
            return TUOYU_OK;
    lowering.numbers = ARENA_ARRAY(arena, uint32_t, whole->count);
    lowering.uses = ARENA_ARRAY(arena, uint32_t, whole->count);
    complete->outputs = ARENA_ARRAY(arena, struct typed_output, whole->output_count);
    if (!builder_init(&lowering.builder, arena) || arena->failed)
        return TUOYU_ERROR_NO_MEMORY;
    if (!lower_all(&lowering))
        return lowering.builder.failed ? TUOYU_ERROR_NO_MEMORY : TUOYU_OK;
    complete->output_count = whole->output_count;
    for (size_t i = 0; i < whole->output_count; i++) {
        complete->outputs[i] = whole->outputs[i];
        if (whole->outputs[i].operation != OPERAND_NONE)
            complete->outputs[i].operation = lowering.numbers[whole->outputs[i].operation];
        if (whole->outputs[i].where != OPERAND_NONE)
            complete->outputs[i].where = where_of(&lowering, whole->outputs[i].where);
    }
    return builder_give(&lowering.builder, complete, true) && !arena->failed ? TUOYU_OK
                                                                             : TUOYU_ERROR_NO_MEMORY;
}
