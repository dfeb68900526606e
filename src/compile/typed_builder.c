/* SPDX-License-Identifier: Apache-2.0 */
/* The builder itself: operations that do the same are shared, constants and unknowns are made, and
 * operands change lanes. */
#include "compile/typed_builder.h"

#include <string.h>

enum { FIRST_BUCKETS = 256 };

bool builder_init(struct typed_builder *builder, struct arena *arena)
{
    *builder = (struct typed_builder){.arena = arena, .bucket_count = FIRST_BUCKETS};
    builder->buckets = ARENA_ARRAY(arena, uint32_t, FIRST_BUCKETS);
    builder->failed = !builder->buckets;
    return !builder->failed;
}

int64_t power_of_ten(int32_t power)
{
    return (int64_t)decimal_power_of_ten(power);
}

bool fits_int64(int128 value)
{
    return value >= INT64_MIN && value <= INT64_MAX;
}

/* ---- Sharing ---- */

/* A step of the hash: the hash with one more word. */
static uint64_t mix(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * UINT64_C(0x9E3779B97F4A7C15);
    return hash ^ hash >> 29;
}

/* A hash of what does_same() compares, or of a part of it. */
static uint64_t hash_operation(const struct typed_operation *operation)
{
    uint64_t hash = mix(operation->code, (uint64_t)operation->kind << 16 | (uint64_t)operation->mode << 8 |
                                             operation->immediates);
    for (int i = 0; i < 3; i++)
        hash = mix(mix(hash, operation->operands[i]), (uint64_t)operation->immediate[i]);
    for (uint32_t i = 0; i < operation->table_count; i++)
        hash = mix(hash, (uint64_t)operation->table[i]);
    return mix(mix(hash, (uint64_t)(uint32_t)operation->scale << 32 | operation->fact), operation->leaf);
}

/* Whether both have the same texts in the same order. */
static bool has_same_texts(const struct typed_operation *left, const struct typed_operation *right)
{
    if (left->text_count != right->text_count)
        return false;
    for (uint32_t i = 0; i < left->text_count; i++)
        if (!text_equals(left->texts[i], right->texts[i]))
            return false;
    return true;
}

/* Whether tables, states and waits are equal, or both absent. */
static bool has_same_table(const struct typed_operation *left, const struct typed_operation *right)
{
    if (left->table_count != right->table_count || !left->states != !right->states ||
        !left->waits != !right->waits)
        return false;
    size_t count = left->table_count;
    return count == 0 ||
           (memcmp(left->table, right->table, count * sizeof *left->table) == 0 &&
            (!left->states || memcmp(left->states, right->states, count) == 0) &&
            (!left->waits || memcmp(left->waits, right->waits, count * sizeof *left->waits) == 0));
}

/* Whether both operations have the same result in every row. */
static bool does_same(const struct typed_operation *left, const struct typed_operation *right)
{
    bool is_same = left->code == right->code && left->kind == right->kind && left->lane == right->lane &&
                   left->mode == right->mode && left->immediates == right->immediates &&
                   left->scale == right->scale && left->fact == right->fact && left->leaf == right->leaf &&
                   memcmp(left->operands, right->operands, sizeof left->operands) == 0 &&
                   memcmp(left->immediate, right->immediate, sizeof left->immediate) == 0;
    return is_same && decimal_steps_are_same(left->steps, right->steps) && has_same_table(left, right) &&
           has_same_texts(left, right);
}

/* Doubles the hash table. false: memory ran out, and nothing has changed. */
static bool grow_buckets(struct typed_builder *builder)
{
    uint32_t count = builder->bucket_count * 2;
    uint32_t *buckets = ARENA_ARRAY(builder->arena, uint32_t, count);
    if (!buckets)
        return false;
    for (uint32_t i = 0; i < builder->count; i++) {
        uint64_t at = hash_operation(&builder->operations[i]);
        while (buckets[at & (count - 1)])
            at++;
        buckets[at & (count - 1)] = i + 1;
    }
    builder->buckets = buckets;
    builder->bucket_count = count;
    return true;
}

/* Whether there can be rows in which the operation's result is not known. */
static bool may_be_unknown(const struct typed_builder *builder, const struct typed_operation *operation)
{
    switch ((enum operation_known)operation_traits(operation)->known) {
    case KNOWN_BY_ROW:
    case KNOWN_BY_CHECK: return true;
    case KNOWN_OF_KNOWN:
    case KNOWN_OF_ELSE: return false;
    case KNOWN_BY_ENTRY:
        if (operation->states)
            return true;
        break;
    default: break;
    }
    bool is_nullable = false;
    for (uint32_t i = 0; i < operation_traits(operation)->operands; i++)
        is_nullable |=
            operation_reads(operation, i) && builder->operations[operation->operands[i]].is_nullable;
    return is_nullable;
}

#ifndef NDEBUG

/* Whether its kind is the one that operation_table.h says. */
static bool has_kind_of_result(const struct typed_operation *operation)
{
    switch ((enum operation_result)operation_traits(operation)->result) {
    case RESULT_NUMBER:
    case RESULT_DATE_NUMBER: return operation->kind == TYPED_NUMBER;
    case RESULT_BOOLEAN: return operation->kind == TYPED_BOOLEAN;
    case RESULT_DATE: return operation->kind == TYPED_DATE;
    case RESULT_CODE: return operation->kind == TYPED_CODE;
    default: return true;
    }
}

/* The invariants of every operation: it reads operations before it, low <= high, constants and kind are what
 * operation_table.h says, and its tables are there. True if they hold. */
static bool is_well_formed(const struct typed_builder *builder, const struct typed_operation *operation)
{
    const struct operation_traits *traits = operation_traits(operation);
    for (uint32_t i = 0; i < traits->operands; i++)
        if (operation_reads(operation, i) && operation->operands[i] >= builder->count)
            return false;
    bool has_pair = traits->constants != CONSTANTS_PAIR || operation->immediate[0] <= operation->immediate[1];
    bool has_divisor = traits->constants != CONSTANTS_DIVISOR || operation->immediate[0] > 0;
    return operation->low <= operation->high && operation->lane < LANE_COUNT && has_pair && has_divisor &&
           !(operation->immediates >> traits->operands) && has_kind_of_result(operation) &&
           (!operation->table_count || operation->table) && (!operation->text_count || operation->texts);
}

#endif

uint32_t build_operation(struct typed_builder *builder, struct typed_operation operation)
{
    if (builder->failed || builder->count >= TYPED_OPERATIONS_MOST)
        return OPERAND_NONE;
    assert(is_well_formed(builder, &operation));
    operation.where = builder->where;
    operation.is_nullable = may_be_unknown(builder, &operation);
    uint64_t at = hash_operation(&operation);
    for (uint32_t found; (found = builder->buckets[at & (builder->bucket_count - 1)]) != 0; at++)
        if (does_same(&builder->operations[found - 1], &operation))
            return found - 1;
    struct typed_operation *grown =
        arena_grow(builder->arena, builder->operations, builder->count, &builder->capacity, sizeof *grown);
    if (!grown || (builder->count * 2 >= builder->bucket_count && !grow_buckets(builder))) {
        builder->failed = true;
        return OPERAND_NONE;
    }
    builder->operations = grown;
    at = hash_operation(&operation);
    while (builder->buckets[at & (builder->bucket_count - 1)])
        at++;
    builder->buckets[at & (builder->bucket_count - 1)] = builder->count + 1;
    grown[builder->count] = operation;
    return builder->count++;
}

bool builder_constant(const struct typed_builder *builder, uint32_t operand, int64_t *value)
{
    if (operand == OPERAND_NONE || builder->operations[operand].code != OPERATION_CONSTANT)
        return false;
    *value = builder->operations[operand].immediate[0];
    return true;
}

/* ---- Constants ---- */

uint8_t lane_of_interval(int64_t low, int64_t high)
{
    return low >= INT32_MIN && high <= INT32_MAX ? LANE_32 : LANE_64;
}

/* A constant in the narrowest lane of its kind. */
static uint32_t constant(struct typed_builder *builder, enum typed_kind kind, int64_t value, int32_t scale)
{
    uint8_t lane = kind == TYPED_BOOLEAN ? LANE_8 : lane_of_interval(value, value);
    return build_operation(builder, (struct typed_operation){.code = OPERATION_CONSTANT,
                                                             .kind = (uint8_t)kind,
                                                             .lane = lane,
                                                             .immediate = {value},
                                                             .scale = scale,
                                                             .low = value,
                                                             .high = value});
}

uint32_t build_number(struct typed_builder *builder, int64_t value, int32_t scale)
{
    while (scale > 0 && value % 10 == 0) {
        value /= 10;
        scale--;
    }
    return constant(builder, TYPED_NUMBER, value, scale);
}

uint32_t build_decimal(struct typed_builder *builder, tuoyu_decimal number)
{
    struct decimal_bits bits = decimal_strip(decimal_unpack(number));
    int32_t scale = bits.exponent < 0 ? -bits.exponent : 0;
    int64_t value;
    if (scale > TYPED_SCALE_MOST || !decimal_to_scaled_integer(number, scale, &value))
        return OPERAND_NONE;
    return build_number(builder, value, scale);
}

uint32_t build_boolean(struct typed_builder *builder, bool boolean)
{
    return constant(builder, TYPED_BOOLEAN, boolean, 0);
}

uint32_t build_date(struct typed_builder *builder, int64_t date)
{
    if (date < DATE_FIRST || date > DATE_LAST)
        return OPERAND_NONE;
    return constant(builder, TYPED_DATE, date, 0);
}

uint32_t build_text(struct typed_builder *builder, struct text text)
{
    struct text *texts = ARENA_NEW(builder->arena, struct text);
    if (!texts) {
        builder->failed = true;
        return OPERAND_NONE;
    }
    *texts = text;
    return build_operation(builder, (struct typed_operation){.code = OPERATION_CONSTANT,
                                                             .kind = TYPED_CODE,
                                                             .lane = LANE_32,
                                                             .texts = texts,
                                                             .text_count = 1});
}

uint32_t build_unknown(struct typed_builder *builder, enum typed_kind kind, uint32_t leaf)
{
    if (kind == TYPED_CODE)
        return OPERAND_NONE;
    uint8_t lane = kind == TYPED_BOOLEAN ? LANE_8 : LANE_32;
    return build_operation(builder,
                           (struct typed_operation){
                               .code = OPERATION_UNKNOWN, .kind = (uint8_t)kind, .lane = lane, .leaf = leaf});
}

/* ---- Lanes ---- */

uint32_t build_lane(struct typed_builder *builder, uint32_t operand, uint8_t lane)
{
    if (operand == OPERAND_NONE || builder_at(builder, operand)->lane >= lane)
        return operand;
    struct typed_operation wide = *builder_at(builder, operand);
    bool has_no_operand = wide.code == OPERATION_CONSTANT || wide.code == OPERATION_UNKNOWN;
    wide.lane = lane;
    if (has_no_operand)
        return build_operation(builder, wide);
    return build_operation(builder, (struct typed_operation){.code = OPERATION_WIDEN,
                                                             .kind = wide.kind,
                                                             .lane = lane,
                                                             .operands = {operand},
                                                             .scale = wide.scale,
                                                             .low = wide.low,
                                                             .high = wide.high});
}

uint32_t build_narrow(struct typed_builder *builder, uint32_t operand)
{
    if (operand == OPERAND_NONE)
        return operand;
    const struct typed_operation wide = *builder_at(builder, operand);
    if (wide.lane != LANE_64 || wide.code == OPERATION_CONSTANT ||
        lane_of_interval(wide.low, wide.high) != LANE_32)
        return operand;
    return build_operation(builder, (struct typed_operation){.code = OPERATION_NARROW,
                                                             .kind = wide.kind,
                                                             .lane = LANE_32,
                                                             .operands = {operand},
                                                             .scale = wide.scale,
                                                             .low = wide.low,
                                                             .high = wide.high});
}

/* ---- What a program is given ---- */

/* Marks by 1 in `numbers` each operation that an output reads, or that is read by one that is marked. */
static void mark_needed(const struct typed_builder *builder, const struct typed_program *typed,
                        bool keeps_facts, uint32_t *numbers)
{
    for (size_t i = 0; i < typed->output_count; i++) {
        const struct typed_output *output = &typed->outputs[i];
        if (output->operation != OPERAND_NONE)
            numbers[output->operation] = 1;
        if (output->where != OPERAND_NONE)
            numbers[output->where] = 1;
    }
    for (uint32_t i = builder->count; i-- > 0;) {
        if (keeps_facts && builder->operations[i].code == OPERATION_FACT)
            numbers[i] = 1;
        for (uint32_t j = 0; numbers[i] && j < 3; j++)
            if (operation_reads(&builder->operations[i], j))
                numbers[builder->operations[i].operands[j]] = 1;
    }
}

bool builder_give(const struct typed_builder *builder, struct typed_program *typed, bool keeps_facts)
{
    /* by operation: its number in the program + 1; 0 where it is dropped */
    uint32_t *numbers = ARENA_ARRAY(builder->arena, uint32_t, builder->count);
    typed->operations = ARENA_ARRAY(builder->arena, struct typed_operation, builder->count);
    if (!numbers || !typed->operations)
        return false;
    mark_needed(builder, typed, keeps_facts, numbers);
    for (uint32_t i = 0; i < builder->count; i++) {
        if (!numbers[i])
            continue;
        struct typed_operation *kept = &typed->operations[typed->count++];
        *kept = builder->operations[i];
        for (uint32_t j = 0; j < 3; j++)
            if (operation_reads(kept, j))
                kept->operands[j] = numbers[kept->operands[j]] - 1;
        numbers[i] = typed->count;
    }
    for (size_t i = 0; i < typed->output_count; i++) {
        struct typed_output *output = &typed->outputs[i];
        if (output->operation != OPERAND_NONE)
            output->operation = numbers[output->operation] - 1;
        if (output->where != OPERAND_NONE)
            output->where = numbers[output->where] - 1;
    }
    return true;
}
