/* SPDX-License-Identifier: Apache-2.0 */
/* Units of a pack over the entities in its sight. An entity is a unit by its name, and its label is the same
 * unit; names of things that the format knows come after, so that 托育机构 is `nursery` where an entity of
 * that name has this label. */
#include "pack/layering_parts.h"
#include "program/unit_text.h"

/* The units of one pack while they are replaced. */
struct unit_join {
    struct joining *joining;
    const struct layered_pack *pack;
    struct map done;   /* a unit as it was, to the text it became: most stand many times */
    bool has_sight;    /* the next two are filled: most packs write canonical names, which need no entity */
    struct map names;  /* entities in sight, by name */
    struct map labels; /* struct label, by what an entity is called */
    struct map asked;  /* names of their own that were looked at already */
    size_t asked_count;
    struct location where; /* of the unit at hand */
};

/* What entities are called so; second: NULL where all of them have one name. */
struct label {
    const struct pack_entity *first, *second;
};

/* ---- Entities in sight ---- */

static void see_label(struct unit_join *join, struct text text, const struct pack_entity *entity)
{
    if (!text.length)
        return;
    struct label *label = map_get(&join->labels, text);
    if (label) {
        if (!text_equals(label->first->name, entity->name))
            label->second = entity;
        return;
    }
    label = ARENA_NEW(join->joining->arena, struct label);
    if (!label)
        return;
    label->first = entity;
    map_put(&join->labels, text, label);
}

static void see_pack(struct unit_join *join, const struct pack_model *model)
{
    for (size_t i = 0; i < model->entity_count; i++) {
        map_put(&join->names, model->entities[i].name, join);
        see_label(join, model->entities[i].label.zh, &model->entities[i]);
        see_label(join, model->entities[i].label.en, &model->entities[i]);
    }
    for (size_t i = 0; i < model->fact_count; i++)
        if (i == 0 || !text_equals(model->facts[i].entity, model->facts[i - 1].entity))
            map_put(&join->names, model->facts[i].entity, join);
}

static void look_around(struct unit_join *join)
{
    if (join->has_sight)
        return;
    join->has_sight = true;
    map_init(&join->names, join->joining->arena);
    map_init(&join->labels, join->joining->arena);
    for (uint32_t i = 0; i < join->pack->visible_count; i++)
        see_pack(join, join->joining->layering->packs[join->pack->visible[i]].model);
}

/* The entity that is called so, NULL where there is none. Two of different names are an error. */
static const struct pack_entity *find_label(struct unit_join *join, struct text name)
{
    const struct label *label = map_get(&join->labels, name);
    if (label && label->second)
        joining_fail(join->joining,
                     report(join->joining->diagnostics, TUOYU_ERROR_COLLISION, join->where,
                            TEXT("write the entity's name"),
                            "`%.*s` is what both `%.*s` and `%.*s` are called", TEXT_ARGUMENTS(name),
                            TEXT_ARGUMENTS(label->first->name), TEXT_ARGUMENTS(label->second->name)));
    return label ? label->first : NULL;
}

/* ---- Names of their own ---- */

/* So many names of their own are compared with those that are known, which takes long. */
enum { ASKED_MOST = 100 };

static struct text nearest_entity(const struct unit_join *join, struct text name)
{
    struct text best = TEXT("");
    size_t distance = SIZE_MAX;
    for (uint32_t i = 0; i < join->pack->visible_count; i++) {
        const struct pack_model *model = join->joining->layering->packs[join->pack->visible[i]].model;
        for (size_t j = 0; j < model->entity_count && j < ASKED_MOST; j++)
            text_nearest(name, model->entities[j].name, &best, &distance);
    }
    return best;
}

/* A name that is nearly one that is known may be meant, but is another unit: told once a name. */
static void question_name(struct unit_join *join, struct text name)
{
    struct joining *joining = join->joining;
    bool differs_by_case;
    if (map_get(&join->asked, name) || join->asked_count++ >= ASKED_MOST)
        return;
    map_put(&join->asked, name, join);
    struct text nearest = known_unit_nearest(name, &differs_by_case);
    if (differs_by_case) {
        joining_fail(joining,
                     report(joining->diagnostics, TUOYU_ERROR_UNKNOWN_NAME, join->where,
                            joining_hint(joining, nearest), "there is no unit `%.*s`", TEXT_ARGUMENTS(name)));
        return;
    }
    size_t candidates = (size_t)join->pack->visible_count * ASKED_MOST;
    if (!diagnostics_wants_hint(joining->diagnostics, candidates))
        return;
    if (!nearest.length)
        nearest = nearest_entity(join, name);
    if (nearest.length)
        report_warning(
            joining->diagnostics, TUOYU_ERROR_UNKNOWN_NAME, join->where, joining_hint(joining, nearest),
            "`%.*s` is a unit of its own, which nothing else here is called", TEXT_ARGUMENTS(name));
}

/* ---- Replacing ---- */

/* What a name stands for in this pack. */
static struct text base_of(struct unit_join *join, struct text name)
{
    const struct known_unit *known = known_unit_find(name);
    if (known && known->name && text_is(name, known->name))
        return name;
    look_around(join);
    if (map_get(&join->names, name))
        return name;
    const struct pack_entity *entity = find_label(join, name);
    if (entity)
        return entity->name;
    if (known && known->sort == UNIT_SORT_THING)
        return text_of(known->name, TUOYU_NUL_TERMINATED);
    if (!known)
        question_name(join, name);
    return name;
}

/* The unit with bases for names. */
static struct text replaced(struct unit_join *join, struct text text)
{
    struct unit unit = {.count = 0};
    const struct unit *written = unit_of_text(join->joining->arena, text);
    if (!written || unit_is_ratio(written))
        return text;
    for (uint32_t i = 0; i < written->count; i++)
        if (!unit_multiply(&unit, base_of(join, written->atoms[i].name), written->atoms[i].power))
            return text;
    if (unit.count > 0)
        return unit_text_of(join->joining->arena, &unit);
    joining_fail(join->joining, report(join->joining->diagnostics, TUOYU_ERROR_PACK, join->where,
                                       TEXT("write 1 for a plain factor, or percent"),
                                       "nothing is left of the unit `%.*s`", TEXT_ARGUMENTS(text)));
    return text;
}

static void replace_unit(struct unit_join *join, const struct pack_unit *unit)
{
    const struct text *done = map_get(&join->done, *unit->text);
    if (!done) {
        struct text *made = ARENA_NEW(join->joining->arena, struct text);
        if (!made)
            return;
        join->where = unit->where;
        *made = replaced(join, *unit->text);
        map_put(&join->done, *unit->text, made);
        done = made;
    }
    *unit->text = *done;
}

void join_units(struct joining *joining, struct pack_model *const *models)
{
    for (uint32_t i = 0; i < joining->layering->pack_count && !joining->arena->failed; i++) {
        struct unit_join join = {.joining = joining, .pack = &joining->layering->packs[i]};
        map_init(&join.done, joining->arena);
        map_init(&join.asked, joining->arena);
        for (size_t j = 0; j < models[i]->unit_count; j++)
            replace_unit(&join, &models[i]->units[j]);
    }
}
