/* SPDX-License-Identifier: Apache-2.0 */
/* Which names an expression sees: those of its pack and, on top of them, those of its rule. A name declared
 * in an inner scope hides the outer one. */
#ifndef TUOYU_PROGRAM_SCOPE_H
#define TUOYU_PROGRAM_SCOPE_H

#include "base/map.h"
#include "feel/expression.h"

struct scope {
    struct symbol_table symbols; /* what expression_parse() wants */
    const struct scope *outer;   /* or NULL */
    struct map names;            /* name to slot + 1 */
    struct map prefixes;         /* beginnings of dotted names, up to a dot, with and without it */
    struct text last_prefix; /* all of the last dotted name up to its last dot; so it and what it begins with
                                are there */
};

/* The scope must not move afterwards. */
void scope_init(struct scope *scope, struct arena *arena, const struct scope *outer);
/* Adds or replaces a name, which is borrowed. false when memory is refused. */
bool scope_declare(struct scope *scope, struct text name, uint32_t slot);
/* The slot, or SLOT_NONE (UINT32_MAX). */
uint32_t scope_find(const struct scope *scope, struct text name);
/* The nearest visible name, for did-you-mean; empty if none is near. */
/* How many names are in sight, those of outer scopes included. */
size_t scope_count(const struct scope *scope);
struct text scope_nearest(const struct scope *scope, struct text name);

#endif
