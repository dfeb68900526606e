/* SPDX-License-Identifier: Apache-2.0 */
/* Packs that are loaded, the memory that policies hold, and what a policy has: rules, worked examples. */
#include "call_parts.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

struct tuoyu_packs {
    tuoyu_pack_text *items;
    size_t count, capacity;
    tuoyu_limits limits;
};

tuoyu_packs *call_packs_new(void)
{
    return calloc(1, sizeof(tuoyu_packs));
}

void call_packs_free(tuoyu_packs *packs)
{
    if (!packs)
        return;
    for (size_t i = 0; i < packs->count; i++)
        free((void *)(uintptr_t)packs->items[i].name);
    free(packs->items);
    free(packs);
}

static bool has_room(tuoyu_packs *packs)
{
    if (packs->count < packs->capacity)
        return true;
    size_t capacity = packs->capacity ? packs->capacity * 2 : 8;
    tuoyu_pack_text *items = realloc(packs->items, capacity * sizeof *items);
    if (!items)
        return false;
    packs->items = items;
    packs->capacity = capacity;
    return true;
}

bool call_packs_add(tuoyu_packs *packs, const char *name, size_t name_length, const char *text, size_t length)
{
    if (!packs || !name || !text || length > SIZE_MAX / 2 || !has_room(packs))
        return false;
    char *copy = malloc(name_length + length + 1);
    if (!copy)
        return false;
    memcpy(copy, name, name_length);
    memcpy(copy + name_length, text, length);
    packs->items[packs->count++] = (tuoyu_pack_text){
        .name = copy, .name_length = name_length, .text = copy + name_length, .text_length = length};
    return true;
}

/* The field of a limit by its name; NULL if there is none of that name. */
static size_t *limit_of(tuoyu_limits *limits, const char *name, size_t length)
{
    const struct {
        const char *name;
        size_t *field;
    } fields[] = {{"text_bytes", &limits->text_bytes},
                  {"depth", &limits->depth},
                  {"nodes", &limits->nodes},
                  {"scalar_bytes", &limits->scalar_bytes},
                  {"expression_depth", &limits->expression_depth},
                  {"steps", &limits->steps},
                  {"list_items", &limits->list_items},
                  {"diagnostics", &limits->diagnostics},
                  {"tally_items", &limits->tally_items},
                  {"load_steps", &limits->load_steps},
                  {"load_bytes", &limits->load_bytes},
                  {"bytes", &limits->bytes}};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (strlen(fields[i].name) == length && memcmp(fields[i].name, name, length) == 0)
            return fields[i].field;
    return NULL;
}

bool call_packs_limit(tuoyu_packs *packs, const char *name, size_t name_length, long long most)
{
    size_t *field = packs && name ? limit_of(&packs->limits, name, name_length) : NULL;
    if (!field || most < 0)
        return false;
    packs->limits.size = sizeof packs->limits;
    *field = (size_t)most;
    return true;
}

static atomic_llong held_bytes;

static void *counting_reallocate(void *context, void *pointer, size_t old_size, size_t new_size)
{
    (void)context;
    void *result = new_size ? realloc(pointer, new_size) : NULL;
    if (new_size && !result)
        return NULL;
    if (!new_size)
        free(pointer);
    atomic_fetch_add_explicit(&held_bytes, (long long)new_size - (long long)old_size, memory_order_relaxed);
    return result;
}

static const tuoyu_allocator COUNTING = {.reallocate = counting_reallocate};

long long call_held_bytes(void)
{
    return atomic_load_explicit(&held_bytes, memory_order_relaxed);
}

tuoyu_policy *call_policy_load(tuoyu_call *call, const tuoyu_packs *packs, bool is_chinese)
{
    tuoyu_policy *policy = NULL;
    if (!call || !packs)
        return NULL;
    tuoyu_diagnostics *diagnostics = begin(call);
    tuoyu_diagnostics_set_language(diagnostics, language_of(is_chinese));
    const tuoyu_load_options options = {.size = sizeof options,
                                        .allocator = &COUNTING,
                                        .limits = packs->limits.size ? &packs->limits : NULL,
                                        .interrupt = language_interrupt};
    call->status = tuoyu_policy_load(packs->items, packs->count, &options, &policy, diagnostics);
    return policy;
}

long long call_policy_find_rule(tuoyu_call *call, const tuoyu_policy *policy, const char *name, size_t length)
{
    size_t index = 0;
    if (!call)
        return -1;
    tuoyu_diagnostics *diagnostics = begin(call);
    call->status = tuoyu_policy_find_rule(policy, name, length, &index, diagnostics);
    return call->status == TUOYU_OK ? (long long)index : -1;
}

tuoyu_text *call_policy_to_json(tuoyu_call *call, const tuoyu_policy *policy)
{
    tuoyu_text *text = NULL;
    if (!call)
        return NULL;
    begin(call);
    call->status = tuoyu_policy_to_json(policy, &text);
    return text;
}

bool call_policy_example_run(tuoyu_call *call, const tuoyu_policy *policy, long long index)
{
    bool passed = false;
    if (!call || index < 0)
        return false;
    tuoyu_diagnostics *diagnostics = begin(call);
    call->status = tuoyu_policy_example_run(policy, (size_t)index, &passed, diagnostics);
    return passed;
}

tuoyu_text *call_policy_example_to_json(tuoyu_call *call, const tuoyu_policy *policy, long long index)
{
    tuoyu_text *text = NULL;
    if (!call || index < 0)
        return NULL;
    tuoyu_diagnostics *diagnostics = begin(call);
    call->status = tuoyu_policy_example_to_json(policy, (size_t)index, &text, diagnostics);
    return text;
}

tuoyu_text *call_pack_schema(tuoyu_call *call)
{
    tuoyu_text *text = NULL;
    if (!call)
        return NULL;
    begin(call);
    call->status = tuoyu_pack_schema(&text);
    return text;
}
