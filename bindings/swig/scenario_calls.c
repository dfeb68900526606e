/* SPDX-License-Identifier: Apache-2.0 */
/* Scenarios: lists of changes, and the policies that are made with them. */
#include "call_parts.h"

#include <stdlib.h>
#include <string.h>

struct tuoyu_changes {
    tuoyu_change *items;
    size_t count, capacity;
};

tuoyu_changes *call_changes_new(void)
{
    return calloc(1, sizeof(tuoyu_changes));
}

/* The three texts of a change stand behind each other in one piece of memory, which begins with the first. */
void call_changes_free(tuoyu_changes *changes)
{
    if (!changes)
        return;
    for (size_t i = 0; i < changes->count; i++)
        free((void *)(uintptr_t)changes->items[i].parameter);
    free(changes->items);
    free(changes);
}

static bool has_room(tuoyu_changes *changes)
{
    if (changes->count < changes->capacity)
        return true;
    size_t capacity = changes->capacity ? changes->capacity * 2 : 8;
    tuoyu_change *items = realloc(changes->items, capacity * sizeof *items);
    if (!items)
        return false;
    changes->items = items;
    changes->capacity = capacity;
    return true;
}

bool call_changes_add(tuoyu_changes *changes, const char *name, size_t name_length, const char *text,
                      size_t length, const char *reason, size_t reason_length, int operation, int first_day)
{
    enum { MOST = 1 << 20 }; /* bytes; no text of a change is longer by far */
    if (!changes || !name || !text || !reason || name_length > MOST || length > MOST ||
        reason_length > MOST || !has_room(changes))
        return false;
    char *copy = malloc(name_length + length + reason_length + 1);
    if (!copy)
        return false;
    memcpy(copy, name, name_length);
    memcpy(copy + name_length, text, length);
    memcpy(copy + name_length + length, reason, reason_length);
    changes->items[changes->count++] = (tuoyu_change){.parameter = copy,
                                                      .parameter_length = name_length,
                                                      .value = copy + name_length,
                                                      .value_length = length,
                                                      .reason = copy + name_length + length,
                                                      .reason_length = reason_length,
                                                      .operation = operation,
                                                      .first_day = first_day};
    return true;
}

tuoyu_policy *call_policy_with(tuoyu_call *call, tuoyu_policy *policy, const tuoyu_changes *changes)
{
    tuoyu_policy *changed = NULL;
    if (!call || !changes)
        return NULL;
    tuoyu_diagnostics *diagnostics = begin(call);
    call->status = tuoyu_policy_with(policy, changes->items, changes->count, &changed, diagnostics);
    return changed;
}
