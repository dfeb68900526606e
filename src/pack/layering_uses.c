/* SPDX-License-Identifier: Apache-2.0 */
/* Who sees whom: `uses`, transitively. */
#include "pack/layering_parts.h"

static void report_missing(struct joining *joining, const struct pack_name *use)
{
    struct text best = TEXT("");
    size_t distance = SIZE_MAX;
    for (uint32_t i = 0; diagnostics_wants_hint(joining->diagnostics) && i < joining->layering->pack_count; i++)
        text_nearest(use->text, joining->layering->packs[i].model->id, &best, &distance);
    struct text hint = best.length ? joining_hint(joining, best) : TEXT("give it together with this pack");
    joining_fail(joining, report(joining->diagnostics, TUOYU_ERROR_PACK_MISSING, use->where, hint,
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
    if (walk->is_found[pack]) return;
    walk->is_found[pack] = true;
    walk->found[walk->count++] = pack;
}

static void walk_from(const struct layering *layering, uint32_t start, struct walk *walk)
{
    add(walk, start);
    for (uint32_t next = 0; next < walk->count; next++) {
        const struct pack_model *model = layering->packs[walk->found[next]].model;
        for (size_t i = 0; i < model->use_count; i++) {
            struct text id = model->uses[i].text;
            for (uint32_t used = layering_next_version(layering, id, 0); used != UINT32_MAX;
                 used = layering_next_version(layering, id, used + 1))
                add(walk, used);
        }
    }
}

static bool find_visible(struct joining *joining, uint32_t index)
{
    struct layering *layering = joining->layering;
    struct walk walk = {.found = ARENA_ARRAY(joining->arena, uint32_t, layering->pack_count),
                        .is_found = ARENA_ARRAY(joining->arena, bool, layering->pack_count)};
    if (!walk.found || !walk.is_found) return false;
    walk_from(layering, index, &walk);
    layering->packs[index].visible = walk.found;
    layering->packs[index].visible_count = walk.count;
    return true;
}

static bool sees(const struct layering *layering, uint32_t from, uint32_t to)
{
    const struct layered_pack *pack = &layering->packs[from];
    for (uint32_t i = 0; i < pack->visible_count; i++)
        if (pack->visible[i] == to) return true;
    return false;
}

/* ---- Cycles ---- */

/* The pack of that id, among its versions, which is the start or leads to it, or UINT32_MAX. is_passed: those that are left
 * out, or NULL. */
static uint32_t leading_to(const struct layering *layering, struct text id, uint32_t start, const bool *is_passed)
{
    for (uint32_t used = layering_next_version(layering, id, 0); used != UINT32_MAX;
         used = layering_next_version(layering, id, used + 1))
        if (used == start || (!(is_passed && is_passed[used]) && sees(layering, used, start))) return used;
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
            if (used == UINT32_MAX) continue;
            if (at == start) where = model->uses[i].where;
            next = used;
            break;
        }
        at = next;
    } while (at != start);
    text_append(&way, layering->packs[start].model->id);
    struct text shown = way.failed ? TEXT("") : text_builder_text(&way);
    joining_fail(joining, report(joining->diagnostics, TUOYU_ERROR_CYCLE, where, TEXT("a pack uses only packs above it"),
                                 "packs use each other: %.*s", TEXT_ARGUMENTS(shown)));
}

static bool is_in_cycle(const struct layering *layering, uint32_t index)
{
    const struct pack_model *model = layering->packs[index].model;
    for (size_t i = 0; i < model->use_count; i++)
        if (leading_to(layering, model->uses[i].text, index, NULL) != UINT32_MAX) return true;
    return false;
}

void join_uses(struct joining *joining, struct pack_model *const *models)
{
    struct layering *layering = joining->layering;
    bool *is_reported = ARENA_ARRAY(joining->arena, bool, layering->pack_count);
    for (uint32_t i = 0; i < layering->pack_count; i++) layering->packs[i].model = models[i];
    join_versions(joining);
    for (uint32_t i = 0; i < layering->pack_count; i++) {
        for (size_t j = 0; j < models[i]->use_count; j++)
            if (layering_next_version(layering, models[i]->uses[j].text, 0) == UINT32_MAX)
                report_missing(joining, &models[i]->uses[j]);
        if (!find_visible(joining, i)) return;
    }
    for (uint32_t i = 0; is_reported && i < layering->pack_count; i++)
        if (!is_reported[i] && is_in_cycle(layering, i)) report_cycle(joining, i, is_reported);
}
