/* SPDX-License-Identifier: Apache-2.0 */
/* Makes the units of a pack canonical by the entities in its sight. An entity is a unit by its name, and its
 * labels mean the same unit. They come before the names that the format knows, so that 托育机构 is the entity
 * that has this label and only else the known `nursery`. */
#include "pack/layering_parts.h"
#include "program/unit_text.h"

/* The units of one pack while labels in them are replaced. */
struct unit_join {
    struct joining *joining;
    const struct layered_pack *pack;
    struct map done;   /* a unit as written to the text it became; most units stand many times */
    bool has_sight;    /* names and labels are filled, which most packs never need */
    struct map names;  /* names of the entities in sight, as a set */
    struct map labels; /* label to struct label */
    struct map asked;  /* unknown names that question_name() has seen, as a set */
    size_t asked_count;
    struct location where; /* the unit at hand */
};

/* The entities that have one label; second is NULL where all of them have the same name. */
struct label {
    const struct pack_entity *first, *second;
};

/* ---- Entities in sight ---- */

/* Enters a label of an entity; an empty one is ignored. */
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

/* Enters the names and labels of the entities of a pack, and the entities of its facts. */
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

/* Fills names and labels from all packs in sight, on the first call only. */
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

/* The entity with this label, NULL where there is none. A label of entities with different names is
 * reported. */
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

/* How many unknown names of a pack are compared with the known ones, because comparing takes long. */
enum { ASKED_MOST = 100 };

/* The name of an entity in sight that is most like a name, or an empty text. */
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

/* Reports, once for each name, an unknown unit that is nearly a known one: an error where only the case
 * differs, else a warning, since a name may be a unit of its own. */
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

/* The canonical name of a unit's name in this pack. */
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

/* The unit with canonical names. Returns the text as it is where it cannot be read or nothing remains of it,
 * which is reported. */
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

/* Replaces a unit in the model by its canonical text. */
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
