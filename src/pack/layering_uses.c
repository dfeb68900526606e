/* SPDX-License-Identifier: Apache-2.0 */
/* Finds which packs each pack sees, following `uses` through other packs, and reports packs that are not
 * given and cycles. */
#include "pack/layering_parts.h"

/* Reports a used pack that was not given. */
static void report_missing(struct joining *joining, const struct pack_name *use)
{
    struct text best = TEXT("");
    size_t distance = SIZE_MAX;
    uint32_t packs = joining->layering->pack_count,
             candidates = diagnostics_wants_hint(joining->diagnostics, packs) ? packs : 0;
    for (uint32_t i = 0; i < candidates; i++)
        text_nearest(use->text, joining->layering->packs[i].model->id, &best, &distance);
    struct text hint = best.length ? joining_hint(joining, best) : TEXT("give it together with this pack");
    joining_fail(joining,
                 report(joining->diagnostics, TUOYU_ERROR_PACK_MISSING, use->where, hint,
                        "the pack `%.*s` that this one uses was not given", TEXT_ARGUMENTS(use->text)));
}

/* ---- Reach ---- */

/* A walk over `uses` from one pack. It keeps a list instead of recursing. */
struct uses_walk {
    uint32_t *found; /* the packs found, the start first; each is also where the walk goes on from */
    uint32_t count;
    bool *is_found; /* by pack */
};

/* Adds a pack to those found, once. */
static void append_pack(struct uses_walk *walk, uint32_t pack)
{
    if (walk->is_found[pack])
        return;
    walk->is_found[pack] = true;
    walk->found[walk->count++] = pack;
}

/* Finds all packs that the start sees, all versions of each. Stops early where the quota is used up. */
static void walk_from(const struct layering *layering, uint32_t start, struct uses_walk *walk)
{
    append_pack(walk, start);
    for (uint32_t next = 0; next < walk->count; next++) {
        const struct pack_model *model = layering->packs[walk->found[next]].model;
        if (!arena_charge(layering->arena, 1 + 4 * model->use_count))
            return;
        for (size_t i = 0; i < model->use_count; i++)
            for (uint32_t used = layering_first_version(layering, model->uses[i].text); used != UINT32_MAX;
                 used = layering->packs[used].next_version)
                append_pack(walk, used);
    }
}

/* Stores the packs found as the visible ones, and clears the walk for the next pack. Returns false without
 * memory. */
static bool keep_visible(struct layering *layering, struct uses_walk *walk, struct layered_pack *pack)
{
    enum { FEW = 8, BITS = 64 };
    uint32_t *visible = ARENA_ARRAY(layering->arena, uint32_t, walk->count);
    uint64_t *sees =
        walk->count > FEW ? ARENA_ARRAY(layering->arena, uint64_t, layering->pack_count / BITS + 1) : NULL;
    bool is_kept = visible && (sees || walk->count <= FEW);
    for (uint32_t i = 0; i < walk->count; i++) {
        uint32_t found = walk->found[i];
        walk->is_found[found] = false;
        if (is_kept)
            visible[i] = found;
        if (sees)
            sees[found / BITS] |= (uint64_t)1 << (found % BITS);
    }
    pack->visible = visible;
    pack->visible_count = is_kept ? walk->count : 0;
    pack->sees = sees;
    walk->count = 0;
    return is_kept;
}

/* Finds the visible packs of each pack; false without memory. */
static bool find_visible(struct joining *joining)
{
    struct layering *layering = joining->layering;
    struct uses_walk walk = {.found = ARENA_ARRAY(joining->arena, uint32_t, layering->pack_count),
                             .is_found = ARENA_ARRAY(joining->arena, bool, layering->pack_count)};
    if (!walk.found || !walk.is_found)
        return false;
    for (uint32_t i = 0; i < layering->pack_count; i++) {
        walk_from(layering, i, &walk);
        if (!keep_visible(layering, &walk, &layering->packs[i]))
            return false;
    }
    return !joining->arena->failed;
}

/* ---- Cycles ---- */

/* Among the versions of an id, the first that is the start or sees it, or UINT32_MAX. is_passed: packs to
 * leave out, by index; NULL for none. */
static uint32_t leading_to(const struct layering *layering, struct text id, uint32_t start,
                           const bool *is_passed)
{
    for (uint32_t used = layering_first_version(layering, id);
         used != UINT32_MAX && arena_charge(layering->arena, 4); used = layering->packs[used].next_version)
        if (used == start || (!(is_passed && is_passed[used]) && layering_sees(layering, used, start)))
            return used;
    return UINT32_MAX;
}

/* Reports a cycle through the start. Follows from each pack a use that leads back to the start, and marks the
 * packs that it passes. */
static void report_cycle(struct joining *joining, uint32_t start, bool *is_reported)
{
    const struct layering *layering = joining->layering;
    struct text_builder way;
    text_builder_init_arena(&way, joining->arena);
    struct location where = layering->packs[start].model->id_where;
    uint32_t at = start;
    do {
        const struct pack_model *model = layering->packs[at].model;
        is_reported[at] = true;
        text_append_format(&way, "%.*s → ", TEXT_ARGUMENTS(model->id));
        uint32_t next = start;
        for (size_t i = 0; i < model->use_count; i++) {
            uint32_t used = leading_to(layering, model->uses[i].text, start, is_reported);
            if (used == UINT32_MAX)
                continue;
            if (at == start)
                where = model->uses[i].where;
            next = used;
            break;
        }
        at = next;
    } while (at != start);
    text_append(&way, layering->packs[start].model->id);
    struct text shown = way.failed ? TEXT("") : text_builder_text(&way);
    joining_fail(joining, report(joining->diagnostics, TUOYU_ERROR_CYCLE, where,
                                 TEXT("a pack uses only packs above it"), "packs use each other: %.*s",
                                 TEXT_ARGUMENTS(shown)));
}

/* Whether a pack uses itself through others. */
static bool is_in_cycle(const struct layering *layering, uint32_t index)
{
    const struct pack_model *model = layering->packs[index].model;
    for (size_t i = 0; i < model->use_count; i++)
        if (leading_to(layering, model->uses[i].text, index, NULL) != UINT32_MAX)
            return true;
    return false;
}

/* Whether a pack, or one that it sees, uses a pack that was not given. */
static bool is_incomplete(const struct layering *layering, uint32_t pack)
{
    const struct layered_pack *layered = &layering->packs[pack];
    for (uint32_t i = 0; i < layered->visible_count; i++) {
        const struct pack_model *model = layering->packs[layered->visible[i]].model;
        for (size_t j = 0; j < model->use_count; j++)
            if (layering_first_version(layering, model->uses[j].text) == UINT32_MAX)
                return true;
    }
    return false;
}

/* Lets names that are not known pass in packs of which a used one is missing: they would most likely be
 * there, and what is missing was told already. */
static void pass_over_names(struct joining *joining)
{
    const struct layering *layering = joining->layering;
    const struct source **sources = ARENA_ARRAY(joining->arena, const struct source *, layering->pack_count);
    size_t count = 0;
    for (uint32_t i = 0; sources && i < layering->pack_count; i++)
        if (is_incomplete(layering, i))
            sources[count++] = layering->packs[i].model->source;
    if (sources)
        diagnostics_pass_over(joining->diagnostics, sources, count);
}

void join_uses(struct joining *joining, struct pack_model *const *models)
{
    struct layering *layering = joining->layering;
    bool *is_reported = ARENA_ARRAY(joining->arena, bool, layering->pack_count);
    join_versions(joining);
    for (uint32_t i = 0; i < layering->pack_count; i++)
        for (size_t j = 0; j < models[i]->use_count; j++)
            if (layering_first_version(layering, models[i]->uses[j].text) == UINT32_MAX)
                report_missing(joining, &models[i]->uses[j]);
    if (!find_visible(joining))
        return;
    if (joining->status == TUOYU_ERROR_PACK_MISSING)
        pass_over_names(joining);
    for (uint32_t i = 0; is_reported && i < layering->pack_count; i++)
        if (!is_reported[i] && is_in_cycle(layering, i))
            report_cycle(joining, i, is_reported);
}
