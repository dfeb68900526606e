/* SPDX-License-Identifier: Apache-2.0 */
#include "api/value_handle.h"

/* Of a handle's own memory: most values are a short text or a list of a few items, and there may be a handle
 * for each item of a large document. */
enum { SMALLEST_BYTES = 64 };

tuoyu_value *value_handle_new(const tuoyu_allocator *allocator)
{
    tuoyu_allocator chosen = allocator_or_default(allocator);
    tuoyu_value *handle = allocator_allocate(&chosen, sizeof *handle);
    if (!handle)
        return NULL;
    *handle = (tuoyu_value){.allocator = chosen};
    atomic_init(&handle->references, 1);
    arena_init(&handle->arena, &chosen);
    handle->arena.smallest = SMALLEST_BYTES;
    return handle;
}

bool value_handle_reserve(tuoyu_value *handle, size_t count)
{
    handle->held = ARENA_ARRAY(&handle->arena, tuoyu_value *, count);
    return handle->held != NULL;
}

void value_handle_hold(tuoyu_value *handle, tuoyu_value *held)
{
    if (held)
        handle->held[handle->held_count++] = tuoyu_value_ref(held);
}

tuoyu_status value_handle_finish(tuoyu_value *handle, tuoyu_value **out)
{
    bool has_failed = !handle || handle->arena.failed;
    *out = has_failed ? NULL : handle;
    if (!has_failed)
        return TUOYU_OK;
    tuoyu_value_unref(handle);
    return TUOYU_ERROR_NO_MEMORY;
}

tuoyu_value *tuoyu_value_ref(tuoyu_value *value)
{
    if (value)
        atomic_fetch_add_explicit(&value->references, 1, memory_order_relaxed);
    return value;
}

/* Takes one reference away; the handle is put before the list when it was the last. */
static tuoyu_value *release(tuoyu_value *value, tuoyu_value *list)
{
    if (!value || atomic_fetch_sub_explicit(&value->references, 1, memory_order_acq_rel) != 1)
        return list;
    value->next_to_free = list;
    return value;
}

void tuoyu_value_unref(tuoyu_value *value)
{
    tuoyu_value *list = release(value, NULL);
    while (list) {
        tuoyu_value *dead = list;
        list = dead->next_to_free;
        for (size_t i = 0; i < dead->held_count; i++)
            list = release(dead->held[i], list);
        tuoyu_expression_unref(dead->expression);
        tuoyu_allocator allocator = dead->allocator;
        arena_free(&dead->arena);
        allocator_free(&allocator, dead, sizeof *dead);
    }
}
