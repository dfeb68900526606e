/* SPDX-License-Identifier: Apache-2.0 */
/* Values of expressions that are the same for every case. */
#ifndef TUOYU_PROGRAM_CONSTANT_VALUE_H
#define TUOYU_PROGRAM_CONSTANT_VALUE_H

#include "feel/expression.h"

/* How many steps of FEEL a constant may take. */
enum { EVALUATION_STEPS = 1000 };

/* Computes an expression that is the same for every case, such as a constant cell of a table. Returns false
 * where it is not constant, has no value, or the quota is used up. */
bool constant_value(struct arena *arena, const struct expression *expression, const struct node *node,
                    struct value *value);

#endif
