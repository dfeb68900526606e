/* SPDX-License-Identifier: Apache-2.0 */
/* Joins packs in steps, each in a file of its own, and answers what is asked of the result: names, versions,
 * facts and citations. */
#include "pack/layering.h"

#include <assert.h>

#include "pack/layering_parts.h"

void joining_fail(struct joining *joining, tuoyu_status status)
{
    if (joining->status == TUOYU_OK)
        joining->status = status;
}

struct text joining_hint(struct joining *joining, struct text nearest)
{
    if (!nearest.length)
        return TEXT("");
    struct text hint = message_text(joining->arena, "did you mean `%.*s`?", TEXT_ARGUMENTS(nearest));
    return hint.bytes ? hint : TEXT("");
}

/* ---- Looking up ---- */

struct text layering_full_name(const struct layering *layering, uint32_t pack, struct text name,
                               struct text part)
{
    assert(pack < layering->pack_count);
    struct text id = layering->packs[pack].model->id;
    struct text dot = part.length ? TEXT(".") : TEXT("");
    return TEXT_JOIN(layering->arena, id, TEXT(":"), name, dot, part);
}

bool layering_sees(const struct layering *layering, uint32_t pack, uint32_t other)
{
    assert(pack < layering->pack_count && other < layering->pack_count);
    const struct layered_pack *seeing = &layering->packs[pack];
    if (seeing->sees)
        return seeing->sees[other / 64] >> (other % 64) & 1;
    for (uint32_t i = 0; i < seeing->visible_count; i++)
        if (seeing->visible[i] == other)
            return true;
    return false;
}

uint32_t layering_first_version(const struct layering *layering, struct text id)
{
    uintptr_t place = (uintptr_t)map_get(&layering->ids, id);
    return place ? (uint32_t)(place - 1) : UINT32_MAX;
}

uint32_t layering_find_fact(const struct layering *layering, struct text name)
{
    uintptr_t slot = (uintptr_t)map_get(&layering->facts, name);
    return slot ? (uint32_t)(slot - 1) : SLOT_NONE;
}

/* ---- Citations ---- */

/* The pack's own source with this id, or NULL. */
static const struct pack_source *source_in(const struct layered_pack *pack, struct text id)
{
    return map_get(&pack->sources, id);
}

/* The id in sight that is most like a given one, or an empty text. */
static struct text nearest_source(const struct layering *layering, const struct layered_pack *pack,
                                  struct text id, tuoyu_diagnostics *diagnostics)
{
    struct text best = TEXT("");
    size_t distance = SIZE_MAX;
    for (uint32_t i = 0; i < pack->visible_count; i++) {
        const struct pack_model *model = layering->packs[pack->visible[i]].model;
        if (!diagnostics_wants_hint(diagnostics, model->source_count))
            break;
        for (size_t j = 0; j < model->source_count; j++)
            text_nearest(id, model->sources[j].id, &best, &distance);
    }
    return best;
}

/* Reports a cite that two sources could mean; returns TUOYU_ERROR_COLLISION. */
static tuoyu_status fail_ambiguous(const struct pack_cite *cite, const struct pack_source *first,
                                   const struct pack_source *second, tuoyu_diagnostics *diagnostics)
{
    tuoyu_status status =
        report(diagnostics, TUOYU_ERROR_COLLISION, cite->where, TEXT("declare the source in this pack"),
               "two packs in use have a source `%.*s`", TEXT_ARGUMENTS(cite->source));
    report_note(diagnostics, first->where, "one is here");
    report_note(diagnostics, second->where, "the other is here");
    return status;
}

/* Whether two sources are one document, as versions of a pack repeat them. */
static bool is_same_document(const struct pack_source *left, const struct pack_source *right)
{
    return text_equals(left->title.zh, right->title.zh) && text_equals(left->title.en, right->title.en) &&
           text_equals(left->number, right->number) && left->has_date == right->has_date &&
           left->date == right->date;
}

/* Finds the source that a cite means: the pack's own, else the one of that id in the packs that it uses. *out
 * is NULL where there is none. Returns TUOYU_OK, or TUOYU_ERROR_UNKNOWN_NAME or _COLLISION, reported. */
static tuoyu_status search_source(const struct layering *layering, const struct layered_pack *pack,
                                  const struct pack_cite *cite, const struct pack_source **out,
                                  tuoyu_diagnostics *diagnostics)
{
    *out = source_in(pack, cite->source);
    if (*out)
        return TUOYU_OK;
    for (uint32_t i = 1; i < pack->visible_count && arena_charge(layering->arena, 1); i++) {
        const struct pack_source *found = source_in(&layering->packs[pack->visible[i]], cite->source);
        if (found && *out && !is_same_document(*out, found))
            return fail_ambiguous(cite, *out, found, diagnostics);
        if (found)
            *out = found;
    }
    if (*out)
        return TUOYU_OK;
    struct text nearest = nearest_source(layering, pack, cite->source, diagnostics), hint = TEXT("");
    if (nearest.length)
        hint = message_text(layering->arena, "did you mean `%.*s`?", TEXT_ARGUMENTS(nearest));
    return report(diagnostics, TUOYU_ERROR_UNKNOWN_NAME, cite->where, hint.bytes ? hint : TEXT(""),
                  "neither this pack nor one it uses has a source `%.*s`", TEXT_ARGUMENTS(cite->source));
}

/* Like search_source(), but a source that was found once is not searched again. One that was not found is
 * reported for each cite. */
static tuoyu_status find_source(struct layering *layering, uint32_t index, const struct pack_cite *cite,
                                const struct pack_source **out, tuoyu_diagnostics *diagnostics)
{
    assert(index < layering->pack_count);
    struct layered_pack *pack = &layering->packs[index];
    *out = map_get(&pack->cited, cite->source);
    if (*out)
        return TUOYU_OK;
    tuoyu_status status = search_source(layering, pack, cite, out, diagnostics);
    bool is_kept = status != TUOYU_OK || map_put(&pack->cited, cite->source, (void *)(uintptr_t)*out);
    return is_kept ? status : TUOYU_ERROR_NO_MEMORY;
}

/* A title and the clause of a cite in one text; bytes NULL without memory. */
static struct text title_and_clause(const struct layering *layering, struct text title,
                                    const struct pack_cite *cite)
{
    return TEXT_JOIN(layering->arena, title, cite->clause.length ? TEXT(" ") : TEXT(""), cite->clause);
}

/* Whether the cite is the one whose texts were written last. */
static bool is_last_cited(const struct cited_clause *last, const struct pack_source *source,
                          const struct pack_cite *cite)
{
    return source && last->source == source && text_equals(last->clause, cite->clause);
}

/* Writes the texts of a citation: by the Chinese title, which is the document's own, and in English where
 * that title differs. Without a source its id stands in. Returns false without memory. */
static bool write_citation(const struct layering *layering, const struct pack_source *source,
                           const struct pack_cite *cite, struct citation *out)
{
    struct localised title = {.zh = cite->source};
    if (source)
        title = source->title;
    struct text text = title_and_clause(layering, title.zh.bytes ? title.zh : title.en, cite);
    if (!text.bytes)
        return false;
    out->text = text;
    if (!title.zh.bytes || !title.en.bytes || text_equals(title.zh, title.en))
        return true;
    out->english = title_and_clause(layering, title.en, cite);
    return out->english.bytes;
}

/* Like write_citation(), but uses the texts of the pack's last citation again where it is the same. */
static bool repeat_citation(struct layering *layering, uint32_t pack, const struct pack_source *source,
                            const struct pack_cite *cite, struct citation *out)
{
    struct cited_clause *last = &layering->packs[pack].last_cited;
    if (!is_last_cited(last, source, cite)) {
        if (!write_citation(layering, source, cite, out))
            return false;
        *last = (struct cited_clause){
            .source = source, .clause = cite->clause, .text = out->text, .english = out->english};
    }
    out->text = last->text;
    out->english = last->english;
    return true;
}

tuoyu_status layering_cite(struct layering *layering, uint32_t pack, const struct pack_cite *cite,
                           pack_standing standing, const struct localised *note, struct location where,
                           struct citation *out, tuoyu_diagnostics *diagnostics)
{
    bool has_cite = cite && cite->source.bytes;
    *out = (struct citation){.text = TEXT(""),
                             .standing = standing   ? standing
                                         : has_cite ? TUOYU_CITED
                                                    : TUOYU_ASSUMED,
                             .where = has_cite ? cite->where : where};
    if (note)
        out->note = *note;
    if (!has_cite) {
        if (out->standing != TUOYU_CITED)
            return TUOYU_OK;
        return report(diagnostics, TUOYU_ERROR_PACK, where,
                      TEXT("add `cite: source clause`, or `standing: assumed` and a note"),
                      "what is cited needs a `cite`");
    }
    const struct pack_source *source;
    tuoyu_status result = find_source(layering, pack, cite, &source, diagnostics);
    return repeat_citation(layering, pack, source, cite, out) ? result : report_no_memory(diagnostics);
}

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
