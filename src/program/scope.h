/* SPDX-License-Identifier: Apache-2.0 */
/* Which names an expression sees: those of its pack and, on top of them, those of its rule. A name in an
 * inner scope hides that of an outer one. */
#ifndef TUOYU_PROGRAM_SCOPE_H
#define TUOYU_PROGRAM_SCOPE_H

#include "base/map.h"
#include "feel/expression.h"

struct scope {
    struct symbol_table symbols; /* the scope as expression_parse() takes it */
    const struct scope *outer;   /* the scope below it, or NULL */
    struct map names;            /* name to slot + 1 */
    struct map
        prefixes; /* beginnings of dotted names up to each dot, with the dot and without it, as a set */
    const struct program *program; /* of whose slots the labels are; NULL in all scopes but the outermost */
    struct text last_prefix;       /* the last dotted name up to its last dot; its prefixes are in the set */
};

/* Makes an empty scope on top of an outer one, or NULL. The scope must not move afterwards. */
void scope_init(struct scope *scope, struct arena *arena, const struct scope *outer);
/* Adds or replaces a name, which is borrowed. Returns false without memory. */
bool scope_declare(struct scope *scope, struct text name, uint32_t slot);
/* The slot of a name in this scope or an outer one, or SLOT_NONE (UINT32_MAX). */
uint32_t scope_find(const struct scope *scope, struct text name);
/* How many names are in sight, those of outer scopes included. */
size_t scope_count(const struct scope *scope);
/* The name in sight that is nearest to another, for did-you-mean; empty where none is near. */
struct text scope_nearest(const struct scope *scope, struct text name);

#endif
