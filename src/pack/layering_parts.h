/* SPDX-License-Identifier: Apache-2.0 */
/* Between the files of layering. */
#ifndef TUOYU_PACK_LAYERING_PARTS_H
#define TUOYU_PACK_LAYERING_PARTS_H

#include "base/diagnostics.h"
#include "pack/layering.h"

struct joining {
    struct layering *layering;
    struct arena *arena;
    uint32_t *first_slots; /* by pack: its parameters, then definitions, then tables, in order */
    struct map collisions; /* pairs that were reported, as bytes */
    tuoyu_diagnostics *diagnostics;
    tuoyu_status status; /* the first error */
};

/* Keeps the first error. */
void joining_fail(struct joining *joining, tuoyu_status status);
/* `did you mean …?`, or empty. */
struct text joining_hint(struct joining *joining, struct text nearest);

/* layering_uses.c: who sees whom */
void join_uses(struct joining *joining, struct pack_model *const *models);
/* layering_units.c: units over the entities in sight, before any slot is made */
void join_units(struct joining *joining, struct pack_model *const *models);
/* layering_versions.c: versions of one pack */
void join_versions(struct joining *joining);
/* A slot for each name that several versions have; after the slots of all packs. */
void join_version_names(struct joining *joining);
/* The slot of a parameter, definition or table of just this pack, or SLOT_NONE; once its scope is there. */
uint32_t slot_in_version(const struct joining *joining, uint32_t pack, struct text name);
bool periods_overlap(const struct pack_period *left, const struct pack_period *right);
/* layering_names.c: a slot for each fact, parameter, definition, table; the scopes over them */
void join_names(struct joining *joining);
/* layering_values.c: parameters and what overrides them */
void join_values(struct joining *joining, struct pack_model *const *models);
/* layering_expressions.c: definitions and tables */
void join_expressions(struct joining *joining);

/* layering_delegation.c: what a pack leaves to those below it */
/* Why a delegated parameter is unset: who has to set it, within which bounds, by which law. */
struct localised delegation_reason(struct joining *joining, const struct pack_delegation *delegation,
                                   uint32_t pack, struct text unit);
/* Whether a value of the pack below keeps the bounds that the pack above gives; reported otherwise, with both
 * citations. */
tuoyu_status delegation_check(struct joining *joining, const struct pack_delegation *delegation,
                              uint32_t above, uint32_t below, const struct pack_parameter *override,
                              const struct pack_dated_value *value);

static inline uint32_t parameter_slot(const struct joining *joining, uint32_t pack, size_t index)
{
    return joining->first_slots[pack] + (uint32_t)index;
}
static inline uint32_t definition_slot(const struct joining *joining, uint32_t pack, size_t index)
{
    return parameter_slot(joining, pack, joining->layering->packs[pack].model->parameter_count + index);
}
static inline uint32_t table_slot(const struct joining *joining, uint32_t pack, size_t index)
{
    return definition_slot(joining, pack, joining->layering->packs[pack].model->definition_count + index);
}

#endif
