/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of layering share. */
#ifndef TUOYU_PACK_LAYERING_PARTS_H
#define TUOYU_PACK_LAYERING_PARTS_H

#include "base/diagnostics.h"
#include "pack/layering.h"

/* The state of one layering_join(). */
struct joining {
    struct layering *layering;
    struct arena *arena;
    uint32_t *first_slots; /* by pack: the slot of its first parameter, which its other parameters, its
                              definitions and its tables follow in order */
    struct map collisions; /* pairs of slots whose collision was reported; the key is their bytes */
    tuoyu_diagnostics *diagnostics;
    tuoyu_status status; /* the first error */
};

/* Keeps the first error; TUOYU_OK changes nothing. */
void joining_fail(struct joining *joining, tuoyu_status status);
/* The hint `did you mean …?`; empty where nothing is near. */
struct text joining_hint(struct joining *joining, struct text nearest);

/* layering_uses.c: fills visible and sees of each pack; reports packs that are not given and cycles. */
void join_uses(struct joining *joining, struct pack_model *const *models);
/* layering_units.c: replaces labels of entities in units; to be called before any slot is made. */
void join_units(struct joining *joining, struct pack_model *const *models);
/* layering_versions.c: reports packs of one id that are in force at the same time. */
void join_versions(struct joining *joining);
/* Adds a slot for each name that several versions of a pack have; to be called after the slots of all packs.
 */
void join_version_names(struct joining *joining);
/* The slot of a parameter, definition or table of just this pack, or SLOT_NONE. Its scope must be filled. */
uint32_t slot_in_version(const struct joining *joining, uint32_t pack, struct text name);
/* Whether the two periods have a day in common. */
bool periods_overlap(const struct pack_period *left, const struct pack_period *right);
/* layering_names.c: adds a slot for each fact, parameter, definition and table, and fills the scopes. */
void join_names(struct joining *joining);
/* layering_values.c: gives parameters their dated values and applies the overrides. */
void join_values(struct joining *joining, struct pack_model *const *models);
/* layering_expressions.c: parses and links definitions and tables. */
void join_expressions(struct joining *joining);

/* layering_delegation.c: says why a delegated parameter is unset: who has to set it, within which bounds, by
 * which law. */
struct localised delegation_reason(struct joining *joining, const struct pack_delegation *delegation,
                                   uint32_t pack, struct text unit);
/* Returns TUOYU_OK where a value of the pack below keeps the bounds that the pack above gives; otherwise
 * reports it with both citations and returns TUOYU_ERROR_PACK. */
tuoyu_status delegation_check(struct joining *joining, const struct pack_delegation *delegation,
                              uint32_t above, uint32_t below, const struct pack_parameter *override,
                              const struct pack_dated_value *value);

/* The slot of a pack's parameter, definition or table by its index in the model. */
static inline uint32_t parameter_slot(const struct joining *joining, uint32_t pack, size_t index)
{
    return joining->first_slots[pack] + (uint32_t)index;
}

/* As parameter_slot(), for a definition. */
static inline uint32_t definition_slot(const struct joining *joining, uint32_t pack, size_t index)
{
    return parameter_slot(joining, pack, joining->layering->packs[pack].model->parameter_count + index);
}

/* As parameter_slot(), for a table. */
static inline uint32_t table_slot(const struct joining *joining, uint32_t pack, size_t index)
{
    return definition_slot(joining, pack, joining->layering->packs[pack].model->definition_count + index);
}

#endif
