/* SPDX-License-Identifier: Apache-2.0 */
/* The facts that a case was given, as a receipt keeps them: in the order of their names, so that two cases
 * with the same facts are written with the same bytes. */
#ifndef TUOYU_RULES_INPUTS_H
#define TUOYU_RULES_INPUTS_H

#include "rules/compiled_policy.h"

struct input {
    uint32_t slot;      /* the slot of the fact */
    struct value value; /* the fact's value; a null was given as none */
};

struct inputs {
    struct input *items;
    size_t count;
};

/* The order in which facts are written: the indices of the program's facts, sorted by the bytes of their
 * names. NULL when memory is refused. */
uint32_t *inputs_order(struct arena *arena, const struct program *program);

/* Copies the facts that were given into the arena. `values` is by index of the fact; NULL means that no
 * fact was given. Returns false when memory is refused. */
bool inputs_keep(struct arena *arena, const struct tuoyu_policy *policy, const struct value *values,
                 struct inputs *inputs);
/* Writes one JSON object that can be read as a case again: booleans as such, null for a fact given as
 * none, all else as strings, with numbers in canonical text and their declared unit. */
void inputs_write(struct text_builder *json, const struct program *program, const struct inputs *inputs);
/* The same, straight from the facts of a case. */
void facts_write(struct text_builder *json, const struct tuoyu_policy *policy, const struct value *values);

#endif
