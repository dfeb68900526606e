/* SPDX-License-Identifier: Apache-2.0 */
/* Makes lists and contexts within the limits of items and weight. */
#include "feel/collection.h"

enum { TEXT_BYTES_A_UNIT = 64 };

size_t value_weight(struct value value)
{
    switch (value.kind) {
    case VALUE_STRING: return 1 + value.as.string.length / TEXT_BYTES_A_UNIT;
    case VALUE_LIST: return value.as.list->weight ? value.as.list->weight : value.as.list->count + 1;
    case VALUE_CONTEXT:
        return value.as.context->weight ? value.as.context->weight : value.as.context->count + 1;
    default: return 1;
    }
}

/* The error of a list or context that weighs too much. */
static struct value too_large(struct environment *environment, const struct expression *expression,
                              const struct node *node)
{
    return null_with_error(environment, expression, node, TUOYU_ERROR_LIMIT,
                           "a list or context of more than %zu values", weight_limit(environment));
}

struct value make_list(struct environment *environment, const struct expression *expression,
                       const struct node *node, const struct value *items, size_t count)
{
    size_t weight = 1;
    if (count > environment->list_limit)
        return null_with_error(environment, expression, node, TUOYU_ERROR_LIMIT,
                               "a list of more than %zu items", environment->list_limit);
    for (size_t i = 0; i < count && weight <= weight_limit(environment); i++)
        weight += value_weight(items[i]);
    if (weight > weight_limit(environment))
        return too_large(environment, expression, node);
    struct list *list = ARENA_NEW(environment->arena, struct list);
    if (!list)
        return value_no_memory();
    *list = (struct list){.count = count, .items = items, .weight = weight};
    return (struct value){.kind = VALUE_LIST, .as.list = list};
}

/* The context of these entries, which stand in the arena; an error if it is larger than the limit allows. */
struct value make_context(struct environment *environment, const struct expression *expression,
                          const struct node *node, const struct context_entry *entries, size_t count)
{
    size_t weight = 1;
    for (size_t i = 0; i < count && weight <= weight_limit(environment); i++)
        weight += value_weight(entries[i].value);
    if (weight > weight_limit(environment))
        return too_large(environment, expression, node);
    struct context *context = ARENA_NEW(environment->arena, struct context);
    if (!context)
        return value_no_memory();
    *context = (struct context){.count = count, .entries = entries, .weight = weight};
    return (struct value){.kind = VALUE_CONTEXT, .as.context = context};
}
