/* SPDX-License-Identifier: Apache-2.0 */
/* Built-ins over contexts: reading, changing, joining. */
#include "feel/builtin_functions.h"
#include "feel/builtin_support.h"
#include "feel/collection.h"
#include "feel/interpreter.h"

/* The context of these entries, which stand in the arena. */
static struct value context_value(const struct builtin_call *call, const struct context_entry *entries,
                                  size_t count)
{
    return make_context(call->environment, call->expression, call->node, entries, count);
}

/* Room for this many entries. Returns NULL, with the error in *failure, if they are too many or memory is
 * refused. */
static struct context_entry *new_entries(const struct builtin_call *call, size_t count, struct value *failure)
{
    bool is_allowed = count <= call->environment->list_limit;
    struct context_entry *entries =
        is_allowed ? ARENA_ARRAY(call->environment->arena, struct context_entry, count) : NULL;
    if (!is_allowed)
        *failure = builtin_error(call, TUOYU_ERROR_LIMIT,
                                 "%s: a context of %zu entries is larger than the %zu that are allowed",
                                 call->builtin->name, count, call->environment->list_limit);
    else if (!entries)
        *failure = value_no_memory();
    return entries;
}

/* Replaces the entry of that name, or adds it at the end, where there must be room. Returns the new count. */
static size_t put_entry(struct context_entry *entries, size_t count, struct text name, struct value value)
{
    size_t i = 0;
    while (i < count && !text_equals(entries[i].name, name))
        i++;
    entries[i] = (struct context_entry){.name = name, .value = value};
    return i == count ? count + 1 : count;
}

/* The value of the entry with this name; if there is none, an error that offers the nearest name. */
struct value builtin_get_value(const struct builtin_call *call)
{
    const struct context *context = call->arguments[0].as.context;
    struct text key = call->arguments[1].as.string, best = TEXT("");
    const struct value *value = context_find(context, key);
    if (value)
        return *value;
    size_t distance = SIZE_MAX;
    for (size_t i = 0; i < context->count; i++)
        text_nearest(key, context->entries[i].name, &best, &distance);
    if (best.length)
        return builtin_error(call, TUOYU_ERROR_EVALUATION,
                             "get value: the context has no entry \"%.*s\"; did you mean \"%.*s\"?",
                             TEXT_ARGUMENTS(key), TEXT_ARGUMENTS(best));
    return builtin_error(call, TUOYU_ERROR_EVALUATION, "get value: the context has no entry \"%.*s\"",
                         TEXT_ARGUMENTS(key));
}

/* The entries as a list of contexts with key and value. */
struct value builtin_get_entries(const struct builtin_call *call)
{
    const struct context *context = call->arguments[0].as.context;
    struct value failure;
    struct value *items = builtin_new_items(call, context->count, &failure);
    if (!items)
        return failure;
    for (size_t i = 0; i < context->count; i++) {
        struct context_entry *entries = new_entries(call, 2, &failure);
        if (!entries)
            return failure;
        entries[0] =
            (struct context_entry){.name = TEXT("key"), .value = value_string(context->entries[i].name)};
        entries[1] = (struct context_entry){.name = TEXT("value"), .value = context->entries[i].value};
        items[i] = context_value(call, entries, 2);
        if (items[i].kind != VALUE_CONTEXT)
            return items[i];
    }
    return builtin_list(call, items, context->count);
}

/* The context with the entries of a list of contexts with key and value. */
struct value builtin_context(const struct builtin_call *call)
{
    struct list list = *call->arguments[0].as.list;
    const struct cause *cause = builtin_unknown_items(call, list);
    if (cause)
        return value_null(cause);
    struct value failure;
    struct context_entry *entries = new_entries(call, list.count, &failure);
    if (!entries)
        return failure;
    for (size_t i = 0; i < list.count; i++) {
        const struct context *item = list.items[i].kind == VALUE_CONTEXT ? list.items[i].as.context : NULL;
        const struct value *key = item ? context_find(item, TEXT("key")) : NULL;
        const struct value *value = item ? context_find(item, TEXT("value")) : NULL;
        if (!key || !value || key->kind != VALUE_STRING)
            return builtin_error(
                call, TUOYU_ERROR_EVALUATION,
                "context: item %zu must be a context with the entries 'key', a string, and 'value'", i + 1);
        if (!builtin_spend(call, i))
            return builtin_exhausted(call);
        if (put_entry(entries, i, key->as.string, *value) == i)
            return builtin_error(call, TUOYU_ERROR_EVALUATION, "context: the key \"%.*s\" is there twice",
                                 TEXT_ARGUMENTS(key->as.string));
    }
    return context_value(call, entries, list.count);
}

/* A copy of the context with one entry replaced or added, or an error. */
static struct value put(const struct builtin_call *call, const struct context *context, struct text key,
                        struct value value)
{
    struct value failure;
    struct context_entry *entries = new_entries(call, context->count + 1, &failure);
    if (!entries)
        return failure;
    for (size_t i = 0; i < context->count; i++)
        entries[i] = context->entries[i];
    size_t count = put_entry(entries, context->count, key, value);
    return context_value(call, entries, count);
}

/* The context with an entry added or replaced. */
struct value builtin_context_put(const struct builtin_call *call)
{
    return put(call, call->arguments[0].as.context, call->arguments[1].as.string, call->arguments[2]);
}

/* Finds the context that each key leads into; then puts the value into the last one, that into the one before
 * it, and so on up to the first. */
struct value builtin_context_put_path(const struct builtin_call *call)
{
    struct list keys = *call->arguments[1].as.list;
    const struct context **contexts =
        ARENA_ARRAY(call->environment->arena, const struct context *, keys.count);
    if (!contexts)
        return value_no_memory();
    if (keys.count == 0)
        return builtin_error(call, TUOYU_ERROR_EVALUATION, "context put: the list of keys is empty");
    struct value inner = call->arguments[0];
    for (size_t i = 0; i < keys.count; i++) {
        struct value key = keys.items[i];
        if (key.kind != VALUE_STRING) {
            if (value_cause(key))
                return key;
            struct text met = builtin_show(call, key);
            return builtin_error(call, TUOYU_ERROR_EVALUATION,
                                 "context put: key %zu is %.*s where a string is needed", i + 1,
                                 TEXT_ARGUMENTS(met));
        }
        if (inner.kind != VALUE_CONTEXT)
            return builtin_error(call, TUOYU_ERROR_EVALUATION,
                                 "context put: there is no context to put \"%.*s\" into",
                                 TEXT_ARGUMENTS(key.as.string));
        contexts[i] = inner.as.context;
        const struct value *next = context_find(contexts[i], key.as.string);
        inner = next ? *next : VALUE_NOTHING;
    }
    struct value result = call->arguments[2];
    for (size_t i = keys.count; i > 0; i--) {
        result = put(call, contexts[i - 1], keys.items[i - 1].as.string, result);
        if (result.kind != VALUE_CONTEXT)
            return result;
    }
    return result;
}

/* A context with the entries of all contexts; of those with one name the last. */
struct value builtin_context_merge(const struct builtin_call *call)
{
    struct list list = *call->arguments[0].as.list;
    const struct cause *cause = builtin_unknown_items(call, list);
    if (cause)
        return value_null(cause);
    size_t most = 0;
    for (size_t i = 0; i < list.count; i++) {
        if (list.items[i].kind != VALUE_CONTEXT) {
            struct text met = builtin_show(call, list.items[i]);
            return builtin_error(call, TUOYU_ERROR_EVALUATION,
                                 "context merge: item %zu is %.*s where a context is needed", i + 1,
                                 TEXT_ARGUMENTS(met));
        }
        most += list.items[i].as.context->count;
    }
    struct value failure;
    struct context_entry *entries = new_entries(call, most, &failure);
    if (!entries)
        return failure;
    size_t count = 0;
    for (size_t i = 0; i < list.count; i++) {
        const struct context *context = list.items[i].as.context;
        if (!builtin_spend(call, context->count * (count + 1)))
            return builtin_exhausted(call);
        for (size_t j = 0; j < context->count; j++)
            count = put_entry(entries, count, context->entries[j].name, context->entries[j].value);
    }
    return context_value(call, entries, count);
}
