/* SPDX-License-Identifier: Apache-2.0 */
/* The facts that a case was given, as a receipt keeps them: in the order of their names, so that two cases
 * with the same facts are written with the same bytes. */
#ifndef TUOYU_RULES_INPUTS_H
#define TUOYU_RULES_INPUTS_H

#include "rules/compiled_policy.h"

struct input {
    uint32_t slot;      /* of the fact */
    struct value value; /* null: given as having none */
};

struct inputs {
    struct input *items;
    size_t count;
};

/* The order in which facts are written: indices of the program's facts by name, in bytes. NULL without
 * memory. */
uint32_t *inputs_order(struct arena *arena, const struct program *program);

/* Copies the facts that are given (values: by index of the fact; NULL: none is). false without memory. */
bool inputs_keep(struct arena *arena, const struct tuoyu_policy *policy, const struct value *values,
                 struct inputs *inputs);
/* As one JSON object, which can be read as a case again: true and false, null for a fact that has none, all
 * else as text; numbers canonical and in their declared unit. */
void inputs_write(struct text_builder *json, const struct program *program, const struct inputs *inputs);
/* The same of the facts of a case, which need not be kept. */
void facts_write(struct text_builder *json, const struct tuoyu_policy *policy, const struct value *values);

#endif
