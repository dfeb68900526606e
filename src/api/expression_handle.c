/* SPDX-License-Identifier: Apache-2.0 */
/* Counts the references to an expression: those of its users, and of the values that point into it. */
#include "api/expression_handle.h"

/* Takes a reference and returns its argument; NULL is allowed. */
tuoyu_expression *tuoyu_expression_ref(tuoyu_expression *expression)
{
    if (expression)
        atomic_fetch_add_explicit(&expression->references, 1, memory_order_relaxed);
    return expression;
}

/* Gives a reference back, and frees the expression with the last one; NULL is allowed. */
void tuoyu_expression_unref(tuoyu_expression *expression)
{
    if (!expression || atomic_fetch_sub_explicit(&expression->references, 1, memory_order_acq_rel) != 1)
        return;
    tuoyu_allocator allocator = expression->allocator;
    arena_free(&expression->arena);
    allocator_free(&allocator, expression, sizeof *expression);
}
