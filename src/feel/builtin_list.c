/* SPDX-License-Identifier: Apache-2.0 */
/* Built-ins over lists: finding, changing, joining. */
#include <string.h>

#include "feel/builtin_functions.h"
#include "feel/builtin_support.h"
#include "feel/function.h"

/* Whether an item equals the value; in EVALUATE_PACK TRUTH_NULL if the item is null with a cause. */
static enum truth item_equals(const struct builtin_call *call, struct value item, struct value value)
{
    if (call->environment->mode == EVALUATE_PACK && value_cause(item))
        return TRUTH_NULL;
    return value_equals_with(item, value, call->environment->zones);
}

/* Copies items; with a count of 0 the pointers may be NULL. */
static void copy_items(struct value *to, const struct value *from, size_t count)
{
    if (count)
        memcpy(to, from, count * sizeof *to);
}

/* Whether the list has such an item. */
struct value builtin_list_contains(const struct builtin_call *call)
{
    struct list list = *call->arguments[0].as.list;
    for (size_t i = 0; i < list.count; i++)
        if (item_equals(call, list.items[i], call->arguments[1]) == TRUTH_TRUE)
            return value_boolean(true);
    const struct cause *cause = builtin_unknown_items(call, list);
    return cause ? value_null(cause) : value_boolean(false);
}

/* How many items the list has. */
struct value builtin_count(const struct builtin_call *call)
{
    return value_integer((int64_t)call->arguments[0].as.list->count);
}

/* The positions, from 1, at which the list has such an item. */
struct value builtin_index_of(const struct builtin_call *call)
{
    struct list list = *call->arguments[0].as.list;
    const struct cause *cause = builtin_unknown_items(call, list);
    if (cause)
        return value_null(cause);
    struct value failure;
    struct value *found = builtin_new_items(call, list.count, &failure);
    if (!found)
        return failure;
    size_t count = 0;
    for (size_t i = 0; i < list.count; i++)
        if (value_equals_with(list.items[i], call->arguments[1], call->environment->zones) == TRUTH_TRUE)
            found[count++] = value_integer((int64_t)i + 1);
    return builtin_list(call, found, count);
}

/* ---- Parts ---- */

/* The items from a position on, at most so many. */
struct value builtin_sublist(const struct builtin_call *call)
{
    struct list list = *call->arguments[0].as.list;
    struct value failure;
    size_t start;
    int64_t length;
    if (!builtin_position(call, 1, list.count, &start, &failure))
        return failure;
    if (call->count < 3)
        return builtin_list(call, list.items + start, list.count - start);
    if (!builtin_integer(call, 2, &length, &failure))
        return failure;
    if (length < 0)
        return builtin_error(call, TUOYU_ERROR_EVALUATION, "sublist: the length %lld is negative",
                             (long long)length);
    size_t left = list.count - start;
    return builtin_list(call, list.items + start, (uint64_t)length < left ? (size_t)length : left);
}

/* ---- Changed copies ---- */

/* The list with the item at a position replaced. */
struct value builtin_list_replace_position(const struct builtin_call *call)
{
    struct list list = *call->arguments[0].as.list;
    struct value failure;
    size_t position;
    if (!builtin_position(call, 1, list.count, &position, &failure))
        return failure;
    struct value *items = builtin_new_items(call, list.count, &failure);
    if (!items)
        return failure;
    copy_items(items, list.items, list.count);
    items[position] = call->arguments[2];
    return builtin_list(call, items, list.count);
}

/* The list with each item replaced for which a function of it and the new item is true. */
struct value builtin_list_replace_match(const struct builtin_call *call)
{
    struct list list = *call->arguments[0].as.list;
    struct value failure;
    struct value *items = builtin_new_items(call, list.count, &failure);
    if (!items)
        return failure;
    for (size_t i = 0; i < list.count; i++) {
        struct value arguments[] = {list.items[i], call->arguments[2]};
        struct value matches = function_call(call->environment, call->arguments[1].as.function, arguments, 2);
        if (matches.kind != VALUE_BOOLEAN) {
            if (value_cause(matches))
                return matches;
            struct text met = builtin_show(call, matches);
            return builtin_error(call, TUOYU_ERROR_EVALUATION,
                                 "list replace: the function 'match' gave %.*s where a boolean is needed",
                                 TEXT_ARGUMENTS(met));
        }
        items[i] = matches.boolean ? call->arguments[2] : list.items[i];
    }
    return builtin_list(call, items, list.count);
}

/* The list with an item added before a position. */
struct value builtin_insert_before(const struct builtin_call *call)
{
    struct list list = *call->arguments[0].as.list;
    struct value failure;
    size_t position;
    if (!builtin_position(call, 1, list.count, &position, &failure))
        return failure;
    struct value *items = builtin_new_items(call, list.count + 1, &failure);
    if (!items)
        return failure;
    copy_items(items, list.items, position);
    items[position] = call->arguments[2];
    copy_items(items + position + 1, list.items + position, list.count - position);
    return builtin_list(call, items, list.count + 1);
}

/* The list without the item at a position. */
struct value builtin_remove(const struct builtin_call *call)
{
    struct list list = *call->arguments[0].as.list;
    struct value failure;
    size_t position;
    if (!builtin_position(call, 1, list.count, &position, &failure))
        return failure;
    struct value *items = builtin_new_items(call, list.count - 1, &failure);
    if (!items)
        return failure;
    copy_items(items, list.items, position);
    copy_items(items + position, list.items + position + 1, list.count - position - 1);
    return builtin_list(call, items, list.count - 1);
}

/* The items from the last to the first. */
struct value builtin_reverse(const struct builtin_call *call)
{
    struct list list = *call->arguments[0].as.list;
    struct value failure;
    struct value *items = builtin_new_items(call, list.count, &failure);
    if (!items)
        return failure;
    for (size_t i = 0; i < list.count; i++)
        items[i] = list.items[list.count - 1 - i];
    return builtin_list(call, items, list.count);
}

/* ---- Joining ---- */

/* The list with items added at its end. */
struct value builtin_append(const struct builtin_call *call)
{
    struct list list = *call->arguments[0].as.list;
    struct value failure;
    size_t added = call->count - 1;
    struct value *items = builtin_new_items(call, list.count + added, &failure);
    if (!items)
        return failure;
    copy_items(items, list.items, list.count);
    copy_items(items + list.count, call->arguments + 1, added);
    return builtin_list(call, items, list.count + added);
}

/* All items of all arguments, which are lists, in a new array of *count items. Returns NULL, with the error
 * in *failure, if they are too many or memory is refused. */
static struct value *join_arguments(const struct builtin_call *call, size_t *count, struct value *failure)
{
    *count = 0;
    for (size_t i = 0; i < call->count; i++)
        *count += call->arguments[i].as.list->count;
    struct value *items = builtin_new_items(call, *count, failure);
    size_t at = 0;
    for (size_t i = 0; items && i < call->count; i++) {
        const struct list *list = call->arguments[i].as.list;
        copy_items(items + at, list->items, list->count);
        at += list->count;
    }
    return items;
}

/* The items of all lists, one list after the other. */
struct value builtin_concatenate(const struct builtin_call *call)
{
    size_t count;
    struct value failure;
    struct value *items = join_arguments(call, &count, &failure);
    return items ? builtin_list(call, items, count) : failure;
}

/* A list that is being walked, and the index of its next item. */
struct list_walk {
    const struct list *list;
    size_t at;
};

/* Works without recursion: the lists that are being walked stand on a stack in the arena. */
struct value builtin_flatten(const struct builtin_call *call)
{
    struct arena *arena = call->environment->arena;
    size_t depth = 0, depth_capacity = 0, count = 0, capacity = 0, visited = 0;
    struct list_walk *stack = arena_grow(arena, NULL, 0, &depth_capacity, sizeof *stack);
    struct value *items = NULL;
    if (!stack)
        return value_no_memory();
    stack[depth++] = (struct list_walk){.list = call->arguments[0].as.list};
    while (depth) {
        struct list_walk *walk = &stack[depth - 1];
        if (walk->at == walk->list->count) {
            depth--;
            continue;
        }
        struct value item = walk->list->items[walk->at++];
        if (++visited % 16 == 0 && !builtin_spend(call, 16))
            return builtin_exhausted(call);
        if (item.kind == VALUE_LIST) {
            stack = arena_grow(arena, stack, depth, &depth_capacity, sizeof *stack);
            if (!stack)
                return value_no_memory();
            stack[depth++] = (struct list_walk){.list = item.as.list};
            continue;
        }
        items = arena_grow(arena, items, count, &capacity, sizeof *items);
        if (!items)
            return value_no_memory();
        items[count++] = item;
    }
    struct value failure;
    if (count > call->environment->list_limit && !builtin_new_items(call, count, &failure))
        return failure;
    return builtin_list(call, items, count);
}

/* ---- Distinct values ---- */

/* Goes on with an FNV-1a hash over more bytes; returns the new hash. */
static uint64_t hash_bytes(uint64_t hash, const void *bytes, size_t length)
{
    const unsigned char *byte = bytes;
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ byte[i]) * UINT64_C(0x100000001b3);
    return hash;
}

/* A hash that is equal for equal values. Kinds whose equality is not that of their bytes share one hash. */
static uint64_t hash_of(struct value value)
{
    uint64_t hash = hash_bytes(UINT64_C(0xcbf29ce484222325), &value.kind, sizeof value.kind);
    char text[TUOYU_DECIMAL_TEXT_SIZE];
    switch (value.kind) {
    case VALUE_BOOLEAN: return hash_bytes(hash, &value.boolean, sizeof value.boolean);
    case VALUE_NUMBER: return hash_bytes(hash, text, decimal_format(value.as.number, text));
    case VALUE_STRING: return hash_bytes(hash, value.as.string.bytes, value.as.string.length);
    case VALUE_DATE: return hash_bytes(hash, &value.date, sizeof value.date);
    case VALUE_YEARS_MONTHS: return hash_bytes(hash, &value.as.months, sizeof value.as.months);
    case VALUE_LIST: return hash_bytes(hash, &value.as.list->count, sizeof value.as.list->count);
    default: return hash;
    }
}

/* The list of items without those equal to an earlier one; reorders the array in place. Each comparison
 * costs, so that items that share a hash cannot stall it. */
static struct value distinct(const struct builtin_call *call, struct value *items, size_t count)
{
    const struct cause *cause = builtin_unknown_items(call, (struct list){.count = count, .items = items});
    if (cause)
        return value_null(cause);
    size_t slot_count = 8, kept = 0, compared = 0;
    while (slot_count < count * 2)
        slot_count *= 2;
    uint32_t *slots =
        ARENA_ARRAY(call->environment->arena, uint32_t, slot_count); /* index into items plus 1; 0 if empty */
    if (!slots)
        return value_no_memory();
    for (size_t i = 0; i < count; i++) {
        uint64_t hash = hash_of(items[i]);
        size_t slot = (size_t)(hash ^ hash >> 32) & (slot_count - 1);
        while (slots[slot] &&
               value_equals_with(items[slots[slot] - 1], items[i], call->environment->zones) != TRUTH_TRUE) {
            slot = (slot + 1) & (slot_count - 1);
            if (++compared % 16 == 0 && !builtin_spend(call, 16))
                return builtin_exhausted(call);
        }
        if (slots[slot])
            continue;
        items[kept++] = items[i];
        slots[slot] = (uint32_t)kept;
    }
    return builtin_list(call, items, kept);
}

/* The items of all lists, each once. */
struct value builtin_union(const struct builtin_call *call)
{
    size_t count;
    struct value failure;
    struct value *items = join_arguments(call, &count, &failure);
    return items ? distinct(call, items, count) : failure;
}

/* The items of the list, each once. */
struct value builtin_distinct_values(const struct builtin_call *call)
{
    return builtin_union(call);
}
