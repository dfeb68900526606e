/* SPDX-License-Identifier: Apache-2.0 */
/* Reads a pack in three steps: YAML to a tree, the tree against the schema, the sections of the tree into the
 * model. */
#include "pack/reader.h"

#include "pack/look_alikes.h"
#include "pack/reader_parts.h"
#include "pack/schema.h"

/* ---- The head ---- */

/* Reads `uses`; reports a pack named twice and the pack itself. */
static void read_uses(struct pack_reader *reader, const struct pack_node *uses)
{
    struct pack_model *model = reader->model;
    model->uses = reader_names(reader, uses, &model->use_count);
    struct map seen;
    map_init(&seen, reader->arena);
    for (size_t i = 0; i < model->use_count; i++) {
        struct pack_name use = model->uses[i];
        reader_unique(reader, &seen, use.text, use.where, "pack");
        if (text_equals(use.text, model->id))
            READER_ERROR(reader, TUOYU_ERROR_CYCLE, use.where, TEXT("remove it"), "the pack uses itself");
    }
}

/* Reads what a pack says of itself. */
static void read_head(struct pack_reader *reader, const struct pack_node *root)
{
    struct pack_model *model = reader->model;
    struct pack_name id = reader_name(root, "id");
    model->source = root->where.source;
    model->id = id.text;
    model->id_where = id.where;
    model->title = reader_localised(root, "title");
    model->authority = reader_localised(root, "authority");
    model->objection = reader_localised(root, "objection");
    model->note = reader_localised(root, "note");
    model->in_force = reader_period(root, "in_force");
    read_uses(reader, reader_get(root, "uses"));
}

/* Returns TUOYU_OK where the text is a pack in the known version of the format; otherwise reports that, since
 * whatever else it says could not be trusted. */
static tuoyu_status check_version(const struct pack_node *root, tuoyu_diagnostics *diagnostics)
{
    const struct pack_node *version = reader_get(root, "tuoyu");
    if (root->kind != PACK_NODE_MAPPING || !version)
        return report(diagnostics, TUOYU_ERROR_PACK, root->where,
                      TEXT("a pack begins with the line tuoyu: 1"),
                      "this is no pack: the key 'tuoyu' is missing");
    if (version->kind != PACK_NODE_SCALAR || !text_equals(version->text, TEXT("1")))
        return report(diagnostics, TUOYU_ERROR_PACK, version->where, TEXT("tuoyu: 1"),
                      "this release reads version 1 of the pack format only");
    if (root->entries[0].node != version)
        return report(diagnostics, TUOYU_ERROR_PACK, root->entries[0].key_where,
                      TEXT("put the line tuoyu: 1 first"), "the key 'tuoyu' must stand first");
    return TUOYU_OK;
}

/* ---- Names ---- */

/* Reports names that stand twice: facts' entities, parameters, definitions and tables share one set of names,
 * all rules another. */
static void check_names(struct pack_reader *reader)
{
    const struct pack_model *model = reader->model;
    struct map values, rules;
    map_init(&values, reader->arena);
    map_init(&rules, reader->arena);
    for (size_t i = 0; i < model->fact_count; i++) {
        if (map_get(&values, model->facts[i].entity))
            continue; /* an entity has one name, however many facts */
        struct location *where = reader_array(reader, 1, sizeof *where);
        if (!where || !map_put(&values, model->facts[i].entity, where))
            return;
        *where = model->facts[i].where;
    }
    for (size_t i = 0; i < model->parameter_count; i++)
        reader_unique(reader, &values, model->parameters[i].name, model->parameters[i].where, "name");
    for (size_t i = 0; i < model->definition_count; i++)
        reader_unique(reader, &values, model->definitions[i].name, model->definitions[i].where, "name");
    for (size_t i = 0; i < model->table_count; i++)
        reader_unique(reader, &values, model->tables[i].name, model->tables[i].where, "name");
    for (size_t i = 0; i < reader->rule_count; i++)
        reader_unique(reader, &rules, reader->rules[i].text, reader->rules[i].where, "rule");
    const struct location *as_of = map_get(&values, TEXT("as_of"));
    if (as_of)
        READER_ERROR(reader, TUOYU_ERROR_PACK, *as_of, TEXT("choose another name"),
                     "'as_of' is the day that is asked for, in every pack");
}

/* ---- The whole ---- */

/* The sections with what reads them. A section that is missing is read as NULL. */
#define SECTION(name, type, question)       \
    {                                       \
        .key = #name, .read = reader_##name \
    }
static const struct {
    const char *key;
    void (*read)(struct pack_reader *reader, const struct pack_node *section);
} SECTIONS[] = {
    {"sources", reader_sources},       {"entities", reader_entities},   {"facts", reader_facts},
    {"parameters", reader_parameters}, {"overrides", reader_overrides}, {"definitions", reader_definitions},
    {"tables", reader_tables},         RULE_SECTIONS(SECTION),          {"examples", reader_examples},
};
#undef SECTION

/* Checks and reads a whole pack. */
static void take_pack(struct pack_reader *reader, struct pack_node *root)
{
    reader->first_error = schema_check(root, &SCHEMA_PACK, TEXT("the pack"), reader->diagnostics);
    read_head(reader, root);
    for (size_t i = 0; i < sizeof SECTIONS / sizeof *SECTIONS; i++)
        SECTIONS[i].read(reader, reader_get(root, SECTIONS[i].key));
    check_names(reader);
    warn_of_look_alikes(root, reader->arena, reader->diagnostics);
}

/* Checks and reads the head only. */
static void take_head(struct pack_reader *reader, struct pack_node *root)
{
    static const char *const KEYS[] = {"id", "title", "in_force", "uses", NULL};
    reader->first_error = schema_check_keys(root, &SCHEMA_PACK, KEYS, TEXT("the pack"), reader->diagnostics);
    read_head(reader, root);
}

/* Reads a text by `take`. The tree stands in an arena of its own and is freed when the model is there,
 * because it is the larger of the two. Returns TUOYU_OK, or the status of an error, which is reported. */
static tuoyu_status read(struct arena *arena, struct text name, struct text content,
                         const tuoyu_limits *limits,
                         void (*take)(struct pack_reader *reader, struct pack_node *root),
                         struct pack_model **out, tuoyu_diagnostics *diagnostics)
{
    struct pack_reader reader = {.arena = arena, .diagnostics = diagnostics};
    struct pack_node *root = NULL;
    struct arena nodes;
    arena_init_beside(&nodes, arena);
    *out = NULL;
    tuoyu_status status = pack_node_read_apart(arena, &nodes, name, content, limits, &root, diagnostics);
    if (status == TUOYU_OK)
        status = check_version(root, diagnostics);
    if (status == TUOYU_OK) {
        reader.model = reader_array(&reader, 1, sizeof *reader.model);
        if (reader.model)
            take(&reader, root);
        status =
            reader.first_error == TUOYU_ERROR_NO_MEMORY ? report_no_memory(diagnostics) : reader.first_error;
    }
    if (status == TUOYU_OK)
        *out = reader.model;
    arena_free(&nodes);
    return status;
}

tuoyu_status pack_read(struct arena *arena, struct text name, struct text content, const tuoyu_limits *limits,
                       struct pack_model **out, tuoyu_diagnostics *diagnostics)
{
    return read(arena, name, content, limits, take_pack, out, diagnostics);
}

tuoyu_status pack_read_head(struct arena *arena, struct text name, struct text content,
                            const tuoyu_limits *limits, struct pack_model **out,
                            tuoyu_diagnostics *diagnostics)
{
    return read(arena, name, content, limits, take_head, out, diagnostics);
}
