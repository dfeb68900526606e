/* SPDX-License-Identifier: Apache-2.0 */
/* The inside of tuoyu_value. */
#ifndef TUOYU_API_VALUE_HANDLE_H
#define TUOYU_API_VALUE_HANDLE_H

#include <stdatomic.h>
#include <tuoyu/feel.h>

#include "value/value.h"

struct tuoyu_value {
    atomic_size_t references;
    tuoyu_allocator allocator;
    struct arena arena; /* of what the value points to, if it is its own */
    struct value value;
    tuoyu_value **held; /* values that it points into; in the arena */
    size_t held_count;
    tuoyu_expression *expression; /* that it points into, or NULL */
    tuoyu_value *next_to_free;    /* while handles are freed, without recursion */
};

/* A handle with an empty arena and one reference; NULL when memory is refused. */
tuoyu_value *value_handle_new(const tuoyu_allocator *allocator);
/* Room to hold so many values; false when memory is refused. */
bool value_handle_reserve(tuoyu_value *handle, size_t count);
/* The value lives as long as the handle. */
void value_handle_hold(tuoyu_value *handle, tuoyu_value *held);
/* Gives the handle out: TUOYU_OK, or TUOYU_ERROR_NO_MEMORY and the handle is freed when its arena failed. */
tuoyu_status value_handle_finish(tuoyu_value *handle, tuoyu_value **out);
/* The value of a handle; null for NULL. */
static inline struct value value_of_handle(const tuoyu_value *handle)
{
    return handle ? handle->value : VALUE_NOTHING;
}

#endif
