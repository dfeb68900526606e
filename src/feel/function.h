/* SPDX-License-Identifier: Apache-2.0 */
/* A function as a value: one that the expression defines, with what it closes over, or a built-in by its
 * name. */
#ifndef TUOYU_FEEL_FUNCTION_H
#define TUOYU_FEEL_FUNCTION_H

#include "feel/expression.h"

struct function {
    const struct builtin *builtin;       /* NULL for one that the expression defines */
    const struct expression *expression; /* where it was defined */
    const struct node *node;             /* NODE_FUNCTION: parameters, body last */
    void *context;                       /* environment->context at its definition: what its names mean */
    const struct value *frame; /* the locals at its definition, copied; expression->frame_size of them */
};

/* How many arguments it takes; false where several numbers will do (some built-ins). */
bool function_parameter_count(const struct function *function, uint32_t *count);
/* The declared name of a parameter, or an empty text. */
struct text function_parameter_name(const struct function *function, uint32_t index);

/* Calls it; the call counts against the limits of steps and depth. The null of a failure is blamed on the
 * function's own place. */
struct value function_call(struct environment *environment, const struct function *function,
                           const struct value *arguments, size_t count);

#endif
