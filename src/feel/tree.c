/* SPDX-License-Identifier: Apache-2.0 */
/* Builds trees without text, and finds where a tree's nodes stand in their source. */
#include <string.h>

#include "feel/builtin.h"
#include "feel/expression.h"

struct location expression_location(const struct expression *expression, const struct node *node)
{
    if (!expression->is_verbatim || !node)
        return expression->where;
    return (struct location){.source = expression->where.source,
                             .offset = expression->where.offset + node->offset,
                             .length = node->length};
}

/* A node with copies of the children pointers; NULL if memory is refused. */
static struct node *new_node(struct arena *arena, enum node_kind kind, uint32_t count,
                             const struct node *const *children)
{
    struct node *node = ARENA_NEW(arena, struct node);
    const struct node **copy = node && count ? ARENA_ARRAY(arena, const struct node *, count) : NULL;
    if (!node || (count && !copy))
        return NULL;
    node->kind = (uint8_t)kind;
    node->count = count;
    node->children = copy;
    node->height = 1;
    node->slot = UINT32_MAX;
    for (uint32_t i = 0; i < count; i++) {
        copy[i] = children[i];
        if (copy[i] && copy[i]->height >= node->height)
            node->height = copy[i]->height + 1;
    }
    return node;
}

const struct node *node_literal(struct arena *arena, struct value value)
{
    struct node *node = new_node(arena, NODE_LITERAL, 0, NULL);
    if (node)
        node->value = value;
    return node;
}

/* A node that names the slot; NULL if memory is refused. */
const struct node *node_symbol(struct arena *arena, uint32_t slot)
{
    struct node *node = new_node(arena, NODE_SYMBOL, 0, NULL);
    if (node)
        node->slot = slot;
    return node;
}

/* A node of this kind over copies of the pointers to its children; NULL if memory is refused. */
const struct node *node_of(struct arena *arena, enum node_kind kind, uint32_t count,
                           const struct node *const *children)
{
    return new_node(arena, kind, count, children);
}

const struct node *node_call(struct arena *arena, enum builtin_id id, uint32_t count,
                             const struct node *const *arguments)
{
    const struct builtin *builtin = builtin_with_count(builtin_first(id), count);
    struct node *node = builtin ? new_node(arena, NODE_CALL_BUILTIN, count, arguments) : NULL;
    if (node)
        node->builtin = builtin;
    return node;
}

/* ---- Wrapping ---- */

/* What an expression must know of its tree: the slots of declared names, and how many locals it has. */
struct survey {
    struct arena *arena;
    uint32_t *symbols;
    size_t count, capacity;
    uint32_t frame_size;
    struct map met; /* the slots in symbols; keys are their bytes */
};

/* Whether the node's slot is that of a local; false if it has none, which UINT32_MAX says. */
static bool has_local_slot(const struct node *node)
{
    switch (node->kind) {
    case NODE_LOCAL:
    case NODE_ITERATOR:
    case NODE_ENTRY:
    case NODE_PARAMETER:
    case NODE_FILTER:
    case NODE_ITEM_ENTRY:
    case NODE_FOR: return node->slot != UINT32_MAX;
    default: return false;
    }
}

/* Adds a node and all below it to the survey. Returns false if memory is refused. The tree's height bounds
 * the recursion. */
static bool survey_node(struct survey *survey, const struct node *node)
{
    if (!node)
        return true;
    if (has_local_slot(node) && node->slot >= survey->frame_size)
        survey->frame_size = node->slot + 1;
    struct text key = {.bytes = (const char *)&node->slot, .length = sizeof node->slot};
    if (node->kind == NODE_SYMBOL && !map_get(&survey->met, key)) {
        uint32_t *symbols =
            arena_grow(survey->arena, survey->symbols, survey->count, &survey->capacity, sizeof *symbols);
        if (!symbols || !map_put(&survey->met, key, survey))
            return false;
        survey->symbols = symbols;
        symbols[survey->count++] = node->slot;
    }
    for (uint32_t i = 0; i < node->count; i++)
        if (!survey_node(survey, node->children[i]))
            return false;
    return true;
}

tuoyu_status expression_from_node(struct arena *arena, const struct node *root, const struct expression *like,
                                  struct expression *out)
{
    struct survey survey = {.arena = arena};
    map_init(&survey.met, arena);
    *out = like ? *like : (struct expression){.text = TEXT("")};
    if (!root || !survey_node(&survey, root))
        return TUOYU_ERROR_NO_MEMORY;
    out->root = root;
    out->is_verbatim = false;
    out->frame_size = survey.frame_size;
    out->symbols = survey.symbols;
    out->symbol_count = (uint32_t)survey.count;
    return TUOYU_OK;
}
