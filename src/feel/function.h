/* SPDX-License-Identifier: Apache-2.0 */
/* Functions as values: one that an expression defines, with what it closes over, or a built-in named without
 * a call. */
#ifndef TUOYU_FEEL_FUNCTION_H
#define TUOYU_FEEL_FUNCTION_H

#include "feel/expression.h"

struct function {
    const struct builtin *builtin;       /* NULL for a function that an expression defines */
    const struct expression *expression; /* the expression that defines it */
    const struct node *node;             /* its NODE_FUNCTION: parameters, body last */
    void *context; /* environment->context where it was made, which gives its names their values */
    const struct value *frame; /* copy of the locals where it was made, expression->frame_size of them */
};

/* Stores how many arguments the function takes. Returns false, for some built-ins, if that is not one
 * number. */
bool function_parameter_count(const struct function *function, uint32_t *count);
/* The name of a parameter, counted from 0; empty if there is none. */
struct text function_parameter_name(const struct function *function, uint32_t index);

/* Calls a function, within the limits of steps and depth. The error of a failure names the function's own
 * place. */
struct value function_call(struct environment *environment, const struct function *function,
                           const struct value *arguments, size_t count);

#endif
