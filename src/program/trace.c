/* SPDX-License-Identifier: Apache-2.0 */
/* Tells what values wait for, and what they rest on. */
#include "program/evaluation.h"

/* ---- Missing ---- */

/* Causes without causes of their own, each once. */
struct leaves {
    struct arena *arena;
    const struct cause **items;
    size_t count, capacity;
    bool failed;
};

/* A visitor of cause_visit() that adds a leaf to struct leaves. */
static void add_leaf(void *data, const struct cause *leaf)
{
    struct leaves *leaves = data;
    for (size_t i = 0; i < leaves->count; i++)
        if (leaves->items[i] == leaf)
            return;
    const struct cause **items =
        arena_grow(leaves->arena, leaves->items, leaves->count, &leaves->capacity, sizeof *items);
    if (!items) {
        leaves->failed = true;
        return;
    }
    leaves->items = items;
    items[leaves->count++] = leaf;
}

bool evaluation_missing(struct evaluation *evaluation, const struct value *values, size_t value_count,
                        const struct cause ***missing, size_t *count)
{
    struct leaves leaves = {.arena = &evaluation->arena};
    for (size_t i = 0; i < value_count; i++)
        cause_visit(value_cause(values[i]), add_leaf, &leaves);
    *missing = leaves.items;
    *count = leaves.failed ? 0 : leaves.count;
    return !leaves.failed;
}

uint32_t evaluation_missing_slot(const struct evaluation *evaluation, const struct cause *leaf)
{
    const struct program *program = evaluation->program;
    for (uint32_t i = 0; i < program->slot_count; i++)
        if (leaf && program_slot(program, i)->absent == leaf)
            return i;
    return SLOT_NONE;
}

/* ---- Trace ---- */

/* Appends a slot to the order after all that it read, unless this trace has met it. The recursion is bounded
 * by the longest chain of the program. */
static void visit(struct evaluation *evaluation, uint32_t index, uint32_t *order, size_t *count)
{
    struct slot_register *result = evaluation_register(evaluation, index);
    if (!result || result->state != REGISTER_DONE || result->trace == evaluation->trace)
        return;
    result->trace = evaluation->trace;
    const struct slot *slot = program_slot(evaluation->program, index);
    for (uint32_t i = 0; i < slot->dependency_count; i++)
        if (evaluation_has_read(evaluation, index, i))
            visit(evaluation, slot->dependencies[i], order, count);
    order[(*count)++] = index;
}

const uint32_t *evaluation_trace(struct evaluation *evaluation, const uint32_t *roots, size_t root_count,
                                 size_t *count)
{
    uint32_t *order = ARENA_ARRAY(&evaluation->arena, uint32_t, evaluation->program->slot_count);
    *count = 0;
    if (!order)
        return NULL;
    evaluation->trace++;
    for (size_t i = 0; i < root_count; i++)
        if (roots[i] != SLOT_NONE)
            visit(evaluation, roots[i], order, count);
    return order;
}

const struct citation *evaluation_citation(const struct evaluation *evaluation, uint32_t index,
                                           uint32_t citation)
{
    const struct slot *slot = program_slot(evaluation->program, index);
    const struct slot_register *result = evaluation_register(evaluation, index);
    if (result && slot->kind == SLOT_TABLE && citation < result->row_count)
        return &slot->table->rows[result->rows[citation]].citation;
    if (citation > 0)
        return NULL;
    if (slot->kind == SLOT_PARAMETER)
        return result && result->chosen ? &result->chosen->citation : NULL;
    bool has_own = slot->kind == SLOT_DEFINITION || slot->kind == SLOT_STEP || slot->kind == SLOT_TABLE;
    return has_own ? &slot->citation : NULL;
}
