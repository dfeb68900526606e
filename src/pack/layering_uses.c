/* SPDX-License-Identifier: Apache-2.0 */
/* Who sees whom: `uses`, transitively. */
#include "pack/layering_parts.h"

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

/* A walk over `uses` from one pack, without recursion. */
struct walk {
    uint32_t *found; /* in order of discovery, the start first */
    uint32_t count;
    bool *is_found;
};

static void add(struct walk *walk, uint32_t pack)
{
    if (walk->is_found[pack])
        return;
    walk->is_found[pack] = true;
    walk->found[walk->count++] = pack;
}

static void walk_from(const struct layering *layering, uint32_t start, struct walk *walk)
{
    add(walk, start);
    for (uint32_t next = 0; next < walk->count; next++) {
        const struct pack_model *model = layering->packs[walk->found[next]].model;
        if (!arena_charge(layering->arena, 1 + 4 * model->use_count))
            return;
        for (size_t i = 0; i < model->use_count; i++)
            for (uint32_t used = layering_first_version(layering, model->uses[i].text); used != UINT32_MAX;
                 used = layering->packs[used].next_version)
                add(walk, used);
    }
}

/* Keeps what was found, and makes the walk ready for the next pack. */
static bool keep_visible(struct layering *layering, struct walk *walk, struct layered_pack *pack)
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

static bool find_visible(struct joining *joining)
{
    struct layering *layering = joining->layering;
    struct walk walk = {.found = ARENA_ARRAY(joining->arena, uint32_t, layering->pack_count),
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

/* The pack of that id, among its versions, which is the start or leads to it, or UINT32_MAX. is_passed: those
 * that are left out, or NULL. */
static uint32_t leading_to(const struct layering *layering, struct text id, uint32_t start,
                           const bool *is_passed)
{
    for (uint32_t used = layering_first_version(layering, id);
         used != UINT32_MAX && arena_charge(layering->arena, 4); used = layering->packs[used].next_version)
        if (used == start || (!(is_passed && is_passed[used]) && layering_sees(layering, used, start)))
            return used;
    return UINT32_MAX;
}

/* Goes from pack to pack along a use that leads back to the start. */
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

static bool is_in_cycle(const struct layering *layering, uint32_t index)
{
    const struct pack_model *model = layering->packs[index].model;
    for (size_t i = 0; i < model->use_count; i++)
        if (leading_to(layering, model->uses[i].text, index, NULL) != UINT32_MAX)
            return true;
    return false;
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
    for (uint32_t i = 0; is_reported && i < layering->pack_count; i++)
        if (!is_reported[i] && is_in_cycle(layering, i))
            report_cycle(joining, i, is_reported);
}
