/* SPDX-License-Identifier: Apache-2.0 */
/* Finds what an input of a table can be: which fact it is, and whether its numbers are whole in every
 * case. */
#include "program/input_domain.h"

#include <string.h>

#include "feel/builtin.h"

/* How many definitions are followed, one naming the next. */
enum { DEFINITIONS_FOLLOWED = 16 };

static bool is_always_whole(const struct table_columns *columns, const struct node *node, int definitions);

/* Whether the numbers of all children from an index on are whole in every case. */
static bool are_always_whole(const struct table_columns *columns, const struct node *node, uint32_t first,
                             int definitions)
{
    for (uint32_t i = first; i < node->count; i++)
        if (!is_always_whole(columns, node->children[i], definitions))
            return false;
    return true;
}

/* Whether the number of a call is whole in every case. */
static bool is_whole_call(const struct table_columns *columns, const struct node *node, int definitions)
{
    switch (builtin_traits(node->builtin)->whole) {
    case WHOLE_ALWAYS: return true;
    case WHOLE_AS_ARGUMENTS: return are_always_whole(columns, node, 0, definitions);
    case WHOLE_IF_ALONE: return node->count == 1;
    default: return false;
    }
}

/* Whether the number of a fact or definition is whole in every case. */
static bool is_whole_name(const struct table_columns *columns, const struct slot *slot, int definitions)
{
    if (slot->kind == SLOT_FACT)
        return slot->type.kind == TYPE_NUMBER && slot->domain.scale == 0;
    bool follows = slot->kind == SLOT_DEFINITION && definitions > 0 && slot->formula.root;
    return follows && is_always_whole(columns, slot->formula.root, definitions - 1);
}

/* Whether the path, a NODE_PATH, is the year, month, day or weekday of a name of type date. False where the
 * date is an expression. */
static bool is_date_part(const struct program *program, const struct node *node)
{
    const struct node *of = node->children[0];
    bool is_of_date = of->kind == NODE_SYMBOL && program_slot(program, of->slot)->type.kind == TYPE_DATE;
    return is_of_date && (text_equals(node->name, TEXT("year")) || text_equals(node->name, TEXT("month")) ||
                          text_equals(node->name, TEXT("day")) || text_equals(node->name, TEXT("weekday")));
}

/* Whether the number of an expression is whole in every case. definitions: how many more definitions may be
 * followed. A definition that is read twice is followed twice, which is charged to the quota. */
static bool is_always_whole(const struct table_columns *columns, const struct node *node, int definitions)
{
    const struct program *program = columns->program;
    if (!arena_charge(columns->arena, 1))
        return false;
    switch ((enum node_kind)node->kind) {
    case NODE_LITERAL: return node->value.kind == VALUE_NUMBER && decimal_is_integer(node->value.as.number);
    case NODE_SYMBOL: return is_whole_name(columns, program_slot(program, node->slot), definitions);
    case NODE_NEGATE:
    case NODE_ADD:
    case NODE_SUBTRACT:
    case NODE_MULTIPLY: return are_always_whole(columns, node, 0, definitions);
    case NODE_IF: return are_always_whole(columns, node, 1, definitions);
    case NODE_PATH: return is_date_part(program, node);
    case NODE_CALL_BUILTIN: return is_whole_call(columns, node, definitions);
    default: return false;
    }
}

/* What a name stands for: a definition that is only another name is followed to what it names. */
static const struct node *named_by(const struct program *program, const struct node *node)
{
    for (int i = 0; i < DEFINITIONS_FOLLOWED && node->kind == NODE_SYMBOL; i++) {
        const struct slot *slot = program_slot(program, node->slot);
        if (slot->kind != SLOT_DEFINITION || !slot->formula.root)
            break;
        node = slot->formula.root;
    }
    return node;
}

struct input_domain input_domain_of(const struct table_columns *columns, const struct table_input *input)
{
    const struct program *program = columns->program;
    const struct node *node = named_by(program, input->expression.root);
    const struct static_type *type = &input->type;
    struct input_domain domain = {.kind = type->kind, .values = type->values ? type : NULL, .scale = -1};
    if (is_always_whole(columns, node, DEFINITIONS_FOLLOWED))
        domain.scale = 0;
    if (node->kind != NODE_SYMBOL || program_slot(program, node->slot)->kind != SLOT_FACT)
        return domain;
    domain.fact = program_slot(program, node->slot);
    domain.range = domain.fact->domain.range;
    domain.is_nullable = domain.fact->domain.is_nullable;
    if (domain.kind == TYPE_NUMBER)
        domain.scale = domain.fact->domain.scale;
    return domain;
}
