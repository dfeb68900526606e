/* SPDX-License-Identifier: Apache-2.0 */
/* Lowers slots and nodes to typed operations, keeps the operations that outputs need, and writes a
 * program as text. */
#include "compile/typed_program.h"

#include <string.h>

#include "compile/typed_lowering.h"

/* A number without a declared range is proven up to this many of its last decimal; rows beyond it fall back.
 */
static const int64_t UNDECLARED_MOST = INT64_C(1) << 30;
/* A date without a declared range keeps so many days away from the first and the last date that there is, so
 * that months can be added without leaving them. Rows beyond that fall back. */
enum { UNDECLARED_DAYS = 100 * 366 };

const struct operation_traits OPERATIONS[OPERATION_COUNT] = {
#define X(name, text, operands, constants, lane, known, result, meaning) \
    [OPERATION_##name] = {text, operands, CONSTANTS_##constants, LANE_##lane, KNOWN_##known, RESULT_##result},
    OPERATION_TABLE(X)
#undef X
};

/* ---- Facts ---- */

/* A declared bound beyond ±END_MOST is treated as absent, so every proven interval fits in int64. */
static const int64_t END_MOST = INT64_MAX / 4;

/* An end of a declared range in units of the last decimal; an end between two units is moved inside the
 * range. An end that is not declared is ±UNDECLARED_MOST, one beyond ±END_MOST is ±(END_MOST + 1). */
static int64_t number_end(struct value end, bool is_included, bool is_low, int32_t scale)
{
    int64_t result;
    tuoyu_decimal rounded;
    if (end.kind != VALUE_NUMBER)
        return is_low ? -UNDECLARED_MOST : UNDECLARED_MOST;
    enum decimal_rounding mode = is_low ? DECIMAL_CEILING : DECIMAL_FLOOR;
    bool is_beyond = decimal_round(end.as.number, scale, mode, &rounded) != TUOYU_OK ||
                     !decimal_to_scaled_integer(rounded, scale, &result) || result < -END_MOST ||
                     result > END_MOST;
    if (is_beyond)
        return decimal_sign(end.as.number) < 0 ? -END_MOST - 1 : END_MOST + 1;
    bool is_excluded = !is_included && decimal_compare(rounded, end.as.number) == 0;
    return is_excluded ? result + (is_low ? 1 : -1) : result;
}

/* Sets kind, scale, interval and lane of a number's FACT from the slot's domain. false where columns
 * cannot hold it. */
static bool describe_number(const struct slot *slot, struct typed_operation *fact)
{
    const struct range *range = slot->domain.range;
    const struct range open = {.low = VALUE_NOTHING, .high = VALUE_NOTHING};
    if (!range)
        range = &open;
    fact->kind = TYPED_NUMBER;
    fact->scale = slot->domain.scale;
    fact->low = number_end(range->low, range->low_included, true, fact->scale);
    fact->high = number_end(range->high, range->high_included, false, fact->scale);
    if (fact->low < -END_MOST)
        fact->low = -UNDECLARED_MOST;
    if (fact->high > END_MOST)
        fact->high = UNDECLARED_MOST;
    fact->lane = lane_of_interval(fact->low, fact->high);
    return fact->scale <= TYPED_SCALE_MOST && fact->low <= fact->high;
}

/* Sets kind, lane and interval of a date's FACT. false where the declared range is empty. */
static bool describe_date(const struct slot *slot, struct typed_operation *fact)
{
    const struct range *range = slot->domain.range;
    fact->kind = TYPED_DATE;
    fact->lane = LANE_32;
    fact->low = DATE_FIRST + UNDECLARED_DAYS;
    fact->high = DATE_LAST - UNDECLARED_DAYS;
    if (range && range->low.kind == VALUE_DATE)
        fact->low = range->low.date + !range->low_included;
    if (range && range->high.kind == VALUE_DATE)
        fact->high = range->high.date - !range->high_included;
    return fact->low <= fact->high;
}

bool typed_fact(const struct program *program, uint32_t fact, struct typed_operation *out)
{
    const struct slot *slot = program_slot(program, program->fact_slots[fact]);
    *out = (struct typed_operation){
        .code = OPERATION_FACT, .is_nullable = true, .fact = fact, .leaf = program->fact_slots[fact]};
    switch (slot->type.kind) {
    case TYPE_NUMBER: return describe_number(slot, out);
    case TYPE_DATE: return describe_date(slot, out);
    case TYPE_BOOLEAN:
        out->kind = TYPED_BOOLEAN;
        out->lane = LANE_8;
        out->high = 1;
        return true;
    case TYPE_STRING:
        out->kind = TYPED_CODE;
        out->lane = LANE_32;
        out->high = (int64_t)slot->type.value_count - 1;
        out->texts = slot->type.values;
        out->text_count = slot->type.value_count;
        return slot->type.values && slot->type.value_count > 0;
    default: return false;
    }
}

/* ---- Constants ---- */

/* A value as a constant; OPERAND_NONE for null and for values that columns cannot hold. */
static uint32_t lower_value(struct typed_lowering *lowering, const struct value *value)
{
    struct typed_builder *builder = &lowering->builder;
    switch (value->kind) {
    case VALUE_NUMBER: return build_decimal(builder, value->as.number);
    case VALUE_BOOLEAN: return build_boolean(builder, value->boolean);
    case VALUE_DATE: return build_date(builder, value->date);
    case VALUE_STRING: return build_text(builder, value->as.string);
    default: return OPERAND_NONE;
    }
}

/* An unset parameter, on which every row waits; OPERAND_NONE for texts and other types. */
static uint32_t lower_unset(struct typed_lowering *lowering, uint32_t index)
{
    switch (program_slot(lowering->program, index)->type.kind) {
    case TYPE_NUMBER: return build_unknown(&lowering->builder, TYPED_NUMBER, index);
    case TYPE_DATE: return build_unknown(&lowering->builder, TYPED_DATE, index);
    case TYPE_BOOLEAN: return build_unknown(&lowering->builder, TYPED_BOOLEAN, index);
    default: return OPERAND_NONE;
    }
}

/* The parameter's value on the as-of day. Out of force is an error of each row, which the interpreter
 * reports, so it gives OPERAND_NONE. */
static uint32_t lower_parameter(struct typed_lowering *lowering, uint32_t index)
{
    const struct slot *slot = program_slot(lowering->program, index);
    const struct dated_value *chosen = parameter_value_on(slot, lowering->as_of);
    if (slot->value_count == 0)
        return lower_unset(lowering, index);
    if (!chosen || chosen->is_end)
        return OPERAND_NONE;
    return chosen->is_unset ? lower_unset(lowering, index) : lower_value(lowering, &chosen->value);
}

/* ---- Slots ---- */

bool lowering_is_in_force(const struct typed_lowering *lowering, const struct slot *slot)
{
    bool has_days = slot->first_day || slot->last_day;
    return !has_days || (lowering->as_of >= slot->first_day && lowering->as_of <= slot->last_day);
}

/* lower_slot() for a slot that has not been tried. OPERAND_NONE if it has no typed form. */
static uint32_t lower_new_slot(struct typed_lowering *lowering, uint32_t index)
{
    const struct slot *slot = program_slot(lowering->program, index);
    struct typed_operation fact;
    if (slot->kind == SLOT_FACT)
        return typed_fact(lowering->program, slot->fact, &fact) ? build_operation(&lowering->builder, fact)
                                                                : OPERAND_NONE;
    if (slot->kind == SLOT_AS_OF)
        return build_date(&lowering->builder, lowering->as_of);
    if (!lowering_is_in_force(lowering, slot))
        return OPERAND_NONE;
    switch (slot->kind) {
    case SLOT_PARAMETER: return lower_parameter(lowering, index);
    case SLOT_TABLE:
        return slot->table && slot->table->output_count == 1 ? lower_table(lowering, slot, 0) : OPERAND_NONE;
    case SLOT_DEFINITION:
    case SLOT_STEP:
        if (!slot->formula.root)
            return OPERAND_NONE;
        return lower_money_check(lowering, slot, lower_formula(lowering, &slot->formula));
    default: return OPERAND_NONE;
    }
}

/* The recursion is as deep as the interpreter's; the program limits both. */
uint32_t lower_slot(struct typed_lowering *lowering, uint32_t slot)
{
    if (!lowering->is_lowered[slot]) {
        uint32_t input = lowering->input;
        struct location where = lowering->builder.where;
        lowering->is_lowered[slot] = true;
        lowering->operands[slot] = OPERAND_NONE;
        lowering->input = OPERAND_NONE;
        lowering->builder.where = program_slot(lowering->program, slot)->where;
        lowering->operands[slot] = lower_new_slot(lowering, slot);
        if (lowering->operands[slot] == OPERAND_NONE)
            lowering_gives_up(lowering);
        lowering->input = input;
        lowering->builder.where = where;
    }
    return lowering->operands[slot];
}

uint32_t lower_formula(struct typed_lowering *lowering, const struct expression *expression)
{
    const struct expression *outer = lowering->expression;
    uint32_t input = lowering->input;
    lowering->expression = expression;
    lowering->input = OPERAND_NONE;
    uint32_t result = lower_node(lowering, expression->root);
    lowering->expression = outer;
    lowering->input = input;
    return result;
}

/* ---- Nodes ---- */

/* `table.output` of a table with several outputs, or a part of a date. OPERAND_NONE for any other path. */
static uint32_t lower_path(struct typed_lowering *lowering, const struct node *node)
{
    const struct node *whole = node->children[0];
    const struct slot *slot =
        whole->kind == NODE_SYMBOL ? program_slot(lowering->program, whole->slot) : NULL;
    if (slot && slot->kind == SLOT_TABLE && slot->table) {
        for (uint32_t i = 0; i < slot->table->output_count && slot->table->output_count > 1; i++)
            if (text_equals(slot->table->outputs[i].name, node->name))
                return lower_table(lowering, slot, i);
        return OPERAND_NONE;
    }
    uint32_t date = lower_node(lowering, whole);
    if (text_equals(node->name, TEXT("year")))
        return build_date_part(&lowering->builder, OPERATION_YEAR, date);
    if (text_equals(node->name, TEXT("month")))
        return build_date_part(&lowering->builder, OPERATION_MONTH, date);
    return text_equals(node->name, TEXT("day")) ? build_date_part(&lowering->builder, OPERATION_DAY, date)
                                                : OPERAND_NONE;
}

/* lower_node() but for the location and the note of what has no typed form. OPERAND_NONE if it has no typed
 * form. */
static uint32_t lower_kind(struct typed_lowering *lowering, const struct node *node)
{
    switch ((enum node_kind)node->kind) {
    case NODE_LITERAL: return lower_value(lowering, &node->value);
    case NODE_SYMBOL: return lower_slot(lowering, node->slot);
    case NODE_INPUT: return lowering->input;
    case NODE_NEGATE:
    case NODE_ADD:
    case NODE_SUBTRACT:
    case NODE_MULTIPLY:
    case NODE_DIVIDE: return lower_arithmetic(lowering, node);
    case NODE_EQUAL:
    case NODE_NOT_EQUAL:
    case NODE_LESS:
    case NODE_LESS_EQUAL:
    case NODE_GREATER:
    case NODE_GREATER_EQUAL: return lower_comparison(lowering, node);
    case NODE_AND:
    case NODE_OR:
    case NODE_BETWEEN:
    case NODE_IN:
    case NODE_IF: return lower_condition(lowering, node);
    case NODE_CALL_BUILTIN: return lower_call(lowering, node);
    case NODE_PATH: return lower_path(lowering, node);
    default: return OPERAND_NONE;
    }
}

uint32_t lowering_gives_up(struct typed_lowering *lowering)
{
    if (!lowering->untyped.source)
        lowering->untyped = lowering->builder.where;
    return OPERAND_NONE;
}

uint32_t lower_node(struct typed_lowering *lowering, const struct node *node)
{
    struct location where = lowering->builder.where;
    if (lowering->expression && lowering->expression->where.source && node->length)
        lowering->builder.where = expression_location(lowering->expression, node);
    uint32_t result = lower_kind(lowering, node);
    if (result == OPERAND_NONE)
        lowering_gives_up(lowering);
    lowering->builder.where = where;
    return result;
}

/* ---- Leaves ---- */

/* Collects the slots that the program's operations can wait for. false: memory ran out. */
static bool find_leaves(struct typed_program *typed)
{
    uint32_t slot_count = typed->program->slot_count;
    bool *is_leaf = ARENA_ARRAY(typed->arena, bool, slot_count);
    if (!is_leaf)
        return false;
    for (uint32_t i = 0; i < typed->count; i++) {
        const struct typed_operation *operation = &typed->operations[i];
        bool is_waited_for = operation->code == OPERATION_FACT ||
                             (operation->code == OPERATION_UNKNOWN && operation->leaf != SLOT_NONE);
        if (is_waited_for)
            is_leaf[operation->leaf] = true;
        for (uint32_t j = 0; operation->waits && j < operation->table_count; j++)
            if (operation->states[j] == ENTRY_UNKNOWN && operation->waits[j] != SLOT_NONE)
                is_leaf[operation->waits[j]] = true;
    }
    for (uint32_t i = 0; i < slot_count; i++)
        typed->leaf_count += is_leaf[i];
    typed->leaves = ARENA_ARRAY(typed->arena, uint32_t, typed->leaf_count);
    for (uint32_t i = 0, count = 0; typed->leaves && i < slot_count; i++)
        if (is_leaf[i])
            typed->leaves[count++] = i;
    return typed->leaves;
}

bool typed_lowering_init(struct typed_lowering *lowering, struct arena *arena, const struct program *program,
                         int32_t as_of)
{
    *lowering =
        (struct typed_lowering){.program = program,
                                .as_of = as_of,
                                .input = OPERAND_NONE,
                                .operands = ARENA_ARRAY(arena, uint32_t, program->slot_count),
                                .is_lowered = ARENA_ARRAY(arena, bool, program->slot_count),
                                .ratios = ARENA_ARRAY(arena, const struct ratio *, program->slot_count),
                                .standings = ARENA_ARRAY(arena, uint32_t, program->slot_count),
                                .has_standing = ARENA_ARRAY(arena, bool, program->slot_count)};
    return builder_init(&lowering->builder, arena) && lowering->operands && lowering->is_lowered &&
           lowering->ratios && lowering->standings && lowering->has_standing;
}

tuoyu_status typed_lowering_finish(struct typed_lowering *lowering, const struct typed_output *outputs,
                                   size_t output_count, struct typed_program *typed)
{
    struct arena *arena = lowering->builder.arena;
    *typed = (struct typed_program){
        .arena = arena, .program = lowering->program, .as_of = lowering->as_of, .output_count = output_count};
    typed->outputs = ARENA_ARRAY(arena, struct typed_output, output_count);
    if (!typed->outputs || lowering->builder.failed || arena->failed)
        return TUOYU_ERROR_NO_MEMORY;
    if (output_count)
        memcpy(typed->outputs, outputs, output_count * sizeof *outputs);
    return builder_give(&lowering->builder, typed, false) && find_leaves(typed) ? TUOYU_OK
                                                                                : TUOYU_ERROR_NO_MEMORY;
}

/* ---- Text ---- */

/* Appends value × 10^-scale. */
static void append_scaled(struct text_builder *builder, int64_t value, int32_t scale)
{
    char digits[TUOYU_DECIMAL_TEXT_SIZE];
    tuoyu_decimal number;
    if (tuoyu_decimal_from_int64(value, scale, &number) != TUOYU_OK)
        return;
    text_append(builder, (struct text){.bytes = digits, .length = decimal_format(number, digits)});
}

/* Appends kind and lane, and of numbers scale and interval. */
static void append_type(struct text_builder *builder, const struct typed_operation *operation)
{
    static const char *const KINDS[] = {
        [TYPED_NUMBER] = "number", [TYPED_BOOLEAN] = "boolean", [TYPED_DATE] = "date", [TYPED_CODE] = "code"};
    static const char *const LANES[LANE_COUNT] = {[LANE_8] = "8", [LANE_32] = "32", [LANE_64] = "64"};
    text_append_format(builder, " : %s/%s", KINDS[operation->kind], LANES[operation->lane]);
    if (operation->kind != TYPED_NUMBER)
        return;
    text_append_format(builder, " scale %d [", (int)operation->scale);
    append_scaled(builder, operation->low, operation->scale);
    text_append_literal(builder, " .. ");
    append_scaled(builder, operation->high, operation->scale);
    text_append_literal(builder, "]");
}

/* Appends the constants that operation_table.h gives to the operation. */
static void append_constants(const struct typed_operation *operation, struct text_builder *builder)
{
    uint8_t constants = operation_traits(operation)->constants;
    if (constants != CONSTANTS_NONE && constants != CONSTANTS_FACTOR)
        text_append_format(builder, " #%lld", (long long)operation->immediate[0]);
    if (constants == CONSTANTS_PAIR || constants == CONSTANTS_FACTOR)
        text_append_format(builder, " #%lld", (long long)operation->immediate[1]);
}

/* Appends the line of an operation. */
static void append_operation(const struct typed_program *typed, uint32_t index, struct text_builder *builder)
{
    const struct typed_operation *operation = &typed->operations[index];
    text_append_format(builder, "%%%u = %s", (unsigned)index, operation_traits(operation)->text);
    for (uint32_t i = 0; i < operation_traits(operation)->operands; i++) {
        if (operation_reads(operation, i))
            text_append_format(builder, " %%%u", (unsigned)operation->operands[i]);
        else
            text_append_format(builder, " #%lld", (long long)operation->immediate[i]);
    }
    bool has_leaf = operation->code == OPERATION_FACT ||
                    (operation->code == OPERATION_UNKNOWN && operation->leaf != SLOT_NONE);
    if (has_leaf)
        text_append_format(builder, " %.*s",
                           TEXT_ARGUMENTS(program_slot(typed->program, operation->leaf)->name));
    append_constants(operation, builder);
    if (operation->table_count)
        text_append_format(builder, " of %u", (unsigned)operation->table_count);
    append_type(builder, operation);
    if (operation->where.source) {
        struct position position = source_position(operation->where);
        text_append_format(builder, "  ; %.*s:%u", TEXT_ARGUMENTS(operation->where.source->name),
                           (unsigned)position.line);
    }
    text_append_literal(builder, "\n");
}

void typed_program_to_text(const struct typed_program *typed, struct text_builder *builder)
{
    for (uint32_t i = 0; i < typed->count; i++)
        append_operation(typed, i, builder);
    for (size_t i = 0; i < typed->output_count; i++) {
        text_append_format(builder, "%.*s = ", TEXT_ARGUMENTS(typed->outputs[i].name));
        if (typed->outputs[i].operation == OPERAND_NONE)
            text_append_literal(builder, "by the interpreter, row by row\n");
        else
            text_append_format(builder, "%%%u", (unsigned)typed->outputs[i].operation);
        if (typed->outputs[i].where != OPERAND_NONE)
            text_append_format(builder, " where %%%u", (unsigned)typed->outputs[i].where);
        if (typed->outputs[i].operation != OPERAND_NONE)
            text_append_literal(builder, "\n");
    }
}
