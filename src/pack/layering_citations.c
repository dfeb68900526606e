/* SPDX-License-Identifier: Apache-2.0 */
/* Makes citations of what packs cite: finds the source among the packs in sight, and writes its texts once.
 */
#include <assert.h>

#include "pack/layering_parts.h"

/* The pack's own source with this id, or NULL. */
static const struct pack_source *source_in(const struct layered_pack *pack, struct text id)
{
    return map_get(&pack->sources, id);
}

/* Whether a source is called so by its title, in 《》 or without. */
static bool is_titled(const struct pack_source *source, struct text name)
{
    static const struct text OPEN = {"《", 3}, CLOSE = {"》", 3};
    bool is_quoted = text_starts_with(name, OPEN) && name.length > OPEN.length + CLOSE.length;
    struct text bare = is_quoted ? text_slice(name, OPEN.length, name.length - CLOSE.length) : name;
    return text_equals(source->title.zh, bare) || text_equals(source->title.en, bare);
}

/* The id in sight that is most like a given one or has it as its title, or an empty text. */
static struct text nearest_source(const struct layering *layering, const struct layered_pack *pack,
                                  struct text id, tuoyu_diagnostics *diagnostics)
{
    struct text best = TEXT("");
    size_t distance = SIZE_MAX;
    for (uint32_t i = 0; i < pack->visible_count; i++) {
        const struct pack_model *model = layering->packs[pack->visible[i]].model;
        if (!diagnostics_wants_hint(diagnostics, model->source_count))
            break;
        for (size_t j = 0; j < model->source_count; j++) {
            const struct pack_source *source = &model->sources[j];
            if (is_titled(source, id))
                return source->id;
            text_nearest(id, source->id, &best, &distance);
        }
    }
    return best;
}

/* A hint with the sources of the pack; empty if it has none, or very many. */
static struct text own_sources(const struct layering *layering, const struct layered_pack *pack,
                               tuoyu_diagnostics *diagnostics)
{
    enum { SHOWN_MOST = 8 };
    const struct pack_model *model = pack->model;
    struct text_builder all;
    text_builder_init_arena(&all, layering->arena);
    if (model->source_count == 0 || model->source_count > SHOWN_MOST ||
        !diagnostics_wants_hint(diagnostics, model->source_count))
        return TEXT("");
    for (size_t i = 0; i < model->source_count; i++)
        text_append_format(&all, "%s%.*s", i ? ", " : "", TEXT_ARGUMENTS(model->sources[i].id));
    return message_text(layering->arena, "the sources here are %s", text_builder_text(&all).bytes);
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
    else
        hint = own_sources(layering, pack, diagnostics);
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
