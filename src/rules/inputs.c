/* SPDX-License-Identifier: Apache-2.0 */
/* Keeps the facts that a case was given with its answer, and writes them as JSON in the order of their
 * names. */
#include "rules/inputs.h"

#include "rules/json_writer.h"

/* ---- The order of names: a heap, so that no number of facts makes it slow ---- */

/* Orders two facts by the bytes of their names: below, at or above 0. */
static int compare_facts(const struct program *program, uint32_t left, uint32_t right)
{
    return text_compare(program_slot(program, program->fact_slots[left])->name,
                        program_slot(program, program->fact_slots[right])->name);
}

/* Restores the heap below `root`, where the largest name stands on top. */
static void sift_down(const struct program *program, uint32_t *facts, uint32_t root, uint32_t count)
{
    while (2 * root + 1 < count) {
        uint32_t child = 2 * root + 1;
        if (child + 1 < count && compare_facts(program, facts[child], facts[child + 1]) < 0)
            child++;
        if (compare_facts(program, facts[root], facts[child]) >= 0)
            return;
        uint32_t moved = facts[root];
        facts[root] = facts[child];
        facts[child] = moved;
        root = child;
    }
}

uint32_t *inputs_order(struct arena *arena, const struct program *program)
{
    enum { STEPS_A_FACT = 32 }; /* an upper bound of the comparisons that put one fact in its place */
    uint32_t count = program->fact_count, *facts = ARENA_ARRAY(arena, uint32_t, count);
    if (!facts || !arena_charge(arena, (uint64_t)STEPS_A_FACT * count))
        return NULL;
    for (uint32_t i = 0; i < count; i++)
        facts[i] = i;
    for (uint32_t i = count / 2; i-- > 0;)
        sift_down(program, facts, i, count);
    for (uint32_t end = count; end-- > 1;) {
        uint32_t last = facts[0];
        facts[0] = facts[end];
        facts[end] = last;
        sift_down(program, facts, 0, end);
    }
    return facts;
}

/* ---- Keeping ---- */

/* True if a fact was given. One that was not is a null with a cause; one that was given as none is a null
 * without a cause. */
static bool is_given(struct value value)
{
    return value.kind != VALUE_NULL || !value_cause(value);
}

bool inputs_keep(struct arena *arena, const struct tuoyu_policy *policy, const struct value *values,
                 struct inputs *inputs)
{
    const struct program *program = &policy->layering->program;
    *inputs = (struct inputs){.items = NULL};
    if (!values)
        return true;
    size_t count = 0;
    for (uint32_t i = 0; i < program->fact_count; i++)
        count += is_given(values[i]);
    inputs->items = ARENA_ARRAY(arena, struct input, count);
    if (!inputs->items)
        return false;
    for (uint32_t i = 0; i < program->fact_count; i++) {
        uint32_t fact = policy->fact_order[i];
        struct value value = values[fact];
        if (!is_given(value))
            continue;
        if (value.kind == VALUE_STRING)
            value.as.string = text_copy(arena, value.as.string);
        if (value.kind == VALUE_STRING && !value.as.string.bytes)
            return false;
        inputs->items[inputs->count++] = (struct input){.slot = program->fact_slots[fact], .value = value};
    }
    return true;
}

/* ---- Writing ---- */

/* Writes a value as JSON that can be read as a fact again: null and booleans as such, all else as a
 * string. */
static void write_value(struct text_builder *json, struct value value, struct text unit)
{
    char digits[TUOYU_DECIMAL_TEXT_SIZE];
    tuoyu_decimal number;
    switch (value.kind) {
    case VALUE_NULL: text_append_literal(json, "null"); return;
    case VALUE_BOOLEAN: text_append_literal(json, value.boolean ? "true" : "false"); return;
    case VALUE_NUMBER:
        if (number_to_unit(unit, value.as.number, &number) != TUOYU_OK)
            number = value.as.number;
        text_append_json(json, (struct text){.bytes = digits, .length = decimal_format(number, digits)});
        return;
    case VALUE_STRING: text_append_json(json, value.as.string); return;
    default: /* a date */
        text_append_byte(json, '"');
        value_format(json, value);
        text_append_byte(json, '"');
        return;
    }
}

/* Writes one key and value. */
static void write_fact(struct text_builder *json, const struct slot *slot, struct value value)
{
    json_key(json, slot->name.bytes);
    write_value(json, value, slot->unit);
}

void inputs_write(struct text_builder *json, const struct program *program, const struct inputs *inputs)
{
    text_append_byte(json, '{');
    for (size_t i = 0; i < inputs->count; i++)
        write_fact(json, program_slot(program, inputs->items[i].slot), inputs->items[i].value);
    text_append_byte(json, '}');
}

void facts_write(struct text_builder *json, const struct tuoyu_policy *policy, const struct value *values)
{
    const struct program *program = &policy->layering->program;
    text_append_byte(json, '{');
    for (uint32_t i = 0; i < program->fact_count; i++) {
        uint32_t fact = policy->fact_order[i];
        if (is_given(values[fact]))
            write_fact(json, program_slot(program, program->fact_slots[fact]), values[fact]);
    }
    text_append_byte(json, '}');
}
