/* SPDX-License-Identifier: Apache-2.0 */
/* Joins packs in steps, each in a file of its own. */
#include "pack/layering.h"

#include <assert.h>

#include "pack/layering_parts.h"

/* ---- The whole ---- */

/* Makes the empty layering and its program; false without memory. */
static bool begin_joining(struct joining *joining, struct arena *arena, size_t count,
                          const tuoyu_limits *limits)
{
    struct layering *layering = ARENA_NEW(arena, struct layering);
    joining->layering = layering;
    joining->arena = arena;
    joining->first_slots = ARENA_ARRAY(arena, uint32_t, count);
    if (!layering || !joining->first_slots)
        return false;
    layering->arena = arena;
    layering->packs = ARENA_ARRAY(arena, struct layered_pack, count);
    layering->pack_count = (uint32_t)count;
    map_init(&layering->facts, arena);
    map_init(&layering->ids, arena);
    map_init(&layering->entities, arena);
    map_init(&joining->collisions, arena);
    return layering->packs && program_init(&layering->program, arena, limits);
}

/* Enters the sources of a pack into its map; false without memory. */
static bool index_sources(struct layered_pack *pack, struct arena *arena)
{
    map_init(&pack->sources, arena);
    map_init(&pack->cited, arena);
    for (size_t i = 0; i < pack->model->source_count; i++)
        if (!map_put(&pack->sources, pack->model->sources[i].id, &pack->model->sources[i]))
            return false;
    return true;
}

/* Appends a pack to the list of the versions of its id. last: for the first pack of each id, the index of the
 * last one so far. Returns false without memory. */
static bool index_version(struct layering *layering, uint32_t index, uint32_t *last)
{
    uint32_t first = layering_first_version(layering, layering->packs[index].model->id);
    layering->packs[index].next_version = UINT32_MAX;
    if (first == UINT32_MAX) {
        last[index] = index;
        return map_put(&layering->ids, layering->packs[index].model->id, (void *)((uintptr_t)index + 1));
    }
    layering->packs[last[first]].next_version = index;
    last[first] = index;
    return true;
}

/* Enters a pack into the list of each entity that it has facts of; false without memory. */
static bool index_entities(struct layering *layering, uint32_t index)
{
    const struct pack_model *model = layering->packs[index].model;
    for (size_t i = 0; i < model->fact_count; i++) {
        const struct pack_fact *fact = &model->facts[i];
        if (i > 0 && text_equals(fact->entity, model->facts[i - 1].entity))
            continue; /* facts of an entity stand together */
        struct entity_pack *entity = ARENA_NEW(layering->arena, struct entity_pack),
                           *first = map_get(&layering->entities, fact->entity);
        if (!entity)
            return false;
        *entity = (struct entity_pack){.pack = index, .where = fact->where, .last = entity};
        if (!first && !map_put(&layering->entities, fact->entity, entity))
            return false;
        if (first)
            first->last = first->last->next = entity;
    }
    return true;
}

/* Takes the models over and enters what is looked up by name; false without memory. */
static bool index_packs(struct layering *layering, struct pack_model *const *models)
{
    uint32_t *last = ARENA_ARRAY(layering->arena, uint32_t, layering->pack_count);
    for (uint32_t i = 0; last && i < layering->pack_count; i++) {
        layering->packs[i].model = models[i];
        if (!index_sources(&layering->packs[i], layering->arena) || !index_version(layering, i, last) ||
            !index_entities(layering, i))
            return false;
    }
    return last != NULL;
}

tuoyu_status layering_join(struct arena *arena, struct pack_model *const *models, size_t count,
                           const tuoyu_limits *limits, struct layering **out, tuoyu_diagnostics *diagnostics)
{
    struct joining joining = {.diagnostics = diagnostics};
    *out = NULL;
    if (!begin_joining(&joining, arena, count, limits) || !index_packs(joining.layering, models))
        return report_no_memory(diagnostics);
    join_uses(&joining, models);
    if (!arena->failed)
        join_units(&joining, models);
    if (!arena->failed)
        join_names(&joining);
    if (!arena->failed)
        join_values(&joining, models);
    if (!arena->failed)
        join_expressions(&joining);
    if (arena->failed)
        return joining.status == TUOYU_ERROR_NO_MEMORY ? joining.status : report_no_memory(diagnostics);
    *out = joining.layering;
    return joining.status;
}
