/* SPDX-License-Identifier: Apache-2.0 */
/* Units of a pack over the entities in its sight. An entity is a unit by its name, and its label is the same unit; names of
 * things that the format knows come after, so that 托育机构 is `nursery` where an entity of that name has this label. */
#include "pack/layering_parts.h"
#include "plan/unit_text.h"

/* The units of one pack while they are replaced. */
struct unit_join {
    struct joining *joining;
    const struct layered_pack *pack;
    struct map done;  /* a unit as it was, to the text it became: most stand many times */
    struct map asked; /* names of their own that were looked at already */
    struct location where; /* of the unit at hand */
};

static const struct pack_model *visible_model(const struct unit_join *join, uint32_t index)
{
    return join->joining->layering->packs[join->pack->visible[index]].model;
}

/* ---- Entities in sight ---- */

static bool has_facts_of(const struct pack_model *model, struct text entity)
{
    for (size_t i = 0; i < model->fact_count; i++)
        if (text_equals(model->facts[i].entity, entity)) return true;
    return false;
}

static bool is_entity_of(const struct pack_model *model, struct text name)
{
    for (size_t i = 0; i < model->entity_count; i++)
        if (text_equals(model->entities[i].name, name)) return true;
    return has_facts_of(model, name);
}

static bool is_entity(const struct unit_join *join, struct text name)
{
    for (uint32_t i = 0; i < join->pack->visible_count; i++)
        if (is_entity_of(visible_model(join, i), name)) return true;
    return false;
}

static bool is_labelled(const struct pack_entity *entity, struct text name)
{
    return text_equals(entity->label.zh, name) || text_equals(entity->label.en, name);
}

/* The entity with this label, NULL where there is none. Two of different names are an error. */
static const struct pack_entity *find_label(struct unit_join *join, struct text name)
{
    const struct pack_entity *found = NULL;
    for (uint32_t i = 0; i < join->pack->visible_count; i++) {
        const struct pack_model *model = visible_model(join, i);
        for (size_t j = 0; j < model->entity_count; j++) {
            const struct pack_entity *entity = &model->entities[j];
            if (!is_labelled(entity, name)) continue;
            if (!found) found = entity;
            if (text_equals(found->name, entity->name)) continue;
            joining_fail(join->joining, report(join->joining->diagnostics, TUOYU_ERROR_COLLISION, join->where,
                                               TEXT("write the entity's name"), "`%.*s` is what both `%.*s` and `%.*s` are called",
                                               TEXT_ARGUMENTS(name), TEXT_ARGUMENTS(found->name), TEXT_ARGUMENTS(entity->name)));
            return found;
        }
    }
    return found;
}

/* ---- Names of their own ---- */

static struct text nearest_entity(const struct unit_join *join, struct text name)
{
    struct text best = TEXT("");
    size_t distance = SIZE_MAX;
    for (uint32_t i = 0; i < join->pack->visible_count; i++) {
        const struct pack_model *model = visible_model(join, i);
        for (size_t j = 0; j < model->entity_count; j++) text_nearest(name, model->entities[j].name, &best, &distance);
    }
    return best;
}

/* A name that is nearly one that is known may be meant, but is another unit: told once a name. */
static void question_name(struct unit_join *join, struct text name)
{
    struct joining *joining = join->joining;
    bool differs_by_case;
    if (map_get(&join->asked, name)) return;
    map_put(&join->asked, name, join);
    struct text nearest = known_unit_nearest(name, &differs_by_case);
    if (differs_by_case) {
        joining_fail(joining, report(joining->diagnostics, TUOYU_ERROR_UNKNOWN_NAME, join->where, joining_hint(joining, nearest),
                                     "there is no unit `%.*s`", TEXT_ARGUMENTS(name)));
        return;
    }
    if (!nearest.length) nearest = nearest_entity(join, name);
    if (nearest.length && diagnostics_wants_hint(joining->diagnostics))
        report_warning(joining->diagnostics, TUOYU_ERROR_UNKNOWN_NAME, join->where, joining_hint(joining, nearest),
                       "`%.*s` is a unit of its own, which nothing else here is called", TEXT_ARGUMENTS(name));
}

/* ---- Replacing ---- */

/* What a name stands for in this pack. */
static struct text base_of(struct unit_join *join, struct text name)
{
    const struct known_unit *known = known_unit_find(name);
    if (known && known->name && text_is(name, known->name)) return name;
    if (is_entity(join, name)) return name;
    const struct pack_entity *entity = find_label(join, name);
    if (entity) return entity->name;
    if (known && known->sort == UNIT_SORT_THING) return text_of(known->name, TUOYU_NUL_TERMINATED);
    if (!known) question_name(join, name);
    return name;
}

/* The unit with bases for names. */
static struct text replaced(struct unit_join *join, struct text text)
{
    struct unit unit = {.count = 0};
    const struct unit *written = unit_of_text(join->joining->arena, text);
    if (!written || written->is_percent) return text;
    for (uint32_t i = 0; i < written->count; i++)
        if (!unit_multiply(&unit, base_of(join, written->atoms[i].name), written->atoms[i].power)) return text;
    if (unit.count > 0) return unit_text_of(join->joining->arena, &unit);
    joining_fail(join->joining, report(join->joining->diagnostics, TUOYU_ERROR_PACK, join->where,
                                       TEXT("leave the unit out, or write percent"), "nothing is left of the unit `%.*s`",
                                       TEXT_ARGUMENTS(text)));
    return text;
}

static void replace_unit(struct unit_join *join, const struct pack_unit *unit)
{
    const struct text *done = map_get(&join->done, *unit->text);
    if (!done) {
        struct text *made = ARENA_NEW(join->joining->arena, struct text);
        if (!made) return;
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
        for (size_t j = 0; j < models[i]->unit_count; j++) replace_unit(&join, &models[i]->units[j]);
    }
}
