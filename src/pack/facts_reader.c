/* SPDX-License-Identifier: Apache-2.0 */
#include "pack/facts_reader.h"

#include <string.h>

#include "base/map.h"

struct collector {
    struct arena *arena;
    tuoyu_diagnostics *diagnostics;
    struct given_fact *facts;
    size_t count, capacity;
    struct map seen; /* full name to the location of its key */
    tuoyu_status first_error;
};

static void remember(struct collector *collector, tuoyu_status status)
{
    if (collector->first_error == TUOYU_OK || status == TUOYU_ERROR_NO_MEMORY) collector->first_error = status;
}

static void add(struct collector *collector, struct text name, const struct pack_entry *entry)
{
    const struct location *first = map_get(&collector->seen, name);
    if (first) {
        remember(collector, report(collector->diagnostics, TUOYU_ERROR_DUPLICATE, entry->key_where,
                                   TEXT("remove one of them"), "the fact '%.*s' is given twice", TEXT_ARGUMENTS(name)));
        report_note(collector->diagnostics, *first, "the first one is here");
        return;
    }
    struct given_fact *facts =
        arena_grow(collector->arena, collector->facts, collector->count, &collector->capacity, sizeof *facts);
    struct location *where = ARENA_NEW(collector->arena, struct location);
    if (where) *where = entry->key_where;
    if (!facts || !where || !map_put(&collector->seen, name, where)) {
        remember(collector, TUOYU_ERROR_NO_MEMORY);
        return;
    }
    collector->facts = facts;
    facts[collector->count++] = (struct given_fact){.name = name, .node = entry->node, .where = entry->key_where};
}

static bool has_dot(struct text text)
{
    return text.length > 0 && memchr(text.bytes, '.', text.length) != NULL;
}

static void add_entity(struct collector *collector, struct text entity, const struct pack_node *facts)
{
    for (size_t i = 0; i < facts->count; i++) {
        const struct pack_entry *entry = &facts->entries[i];
        struct text name =
            text_format(collector->arena, "%.*s.%.*s", TEXT_ARGUMENTS(entity), TEXT_ARGUMENTS(entry->key));
        if (name.bytes) add(collector, name, entry);
        else remember(collector, TUOYU_ERROR_NO_MEMORY);
    }
}

static tuoyu_status finish(struct collector *collector, struct given_fact **facts, size_t *count)
{
    if (collector->first_error == TUOYU_ERROR_NO_MEMORY) report_no_memory(collector->diagnostics);
    *facts = collector->facts;
    *count = collector->count;
    return collector->first_error;
}

tuoyu_status given_facts_of(struct arena *arena, const struct pack_node *mapping, struct given_fact **facts,
                            size_t *count, tuoyu_diagnostics *diagnostics)
{
    struct collector collector = {.arena = arena, .diagnostics = diagnostics};
    map_init(&collector.seen, arena);
    for (size_t i = 0; mapping->kind == PACK_NODE_MAPPING && i < mapping->count; i++) {
        const struct pack_entry *entry = &mapping->entries[i];
        if (entry->node->kind == PACK_NODE_MAPPING && !has_dot(entry->key))
            add_entity(&collector, entry->key, entry->node);
        else add(&collector, entry->key, entry);
    }
    return finish(&collector, facts, count);
}

tuoyu_status given_row_of(struct arena *arena, struct text entity, const struct pack_node *mapping,
                          struct given_fact **facts, size_t *count, tuoyu_diagnostics *diagnostics)
{
    struct collector collector = {.arena = arena, .diagnostics = diagnostics};
    map_init(&collector.seen, arena);
    if (mapping->kind == PACK_NODE_MAPPING) add_entity(&collector, entity, mapping);
    return finish(&collector, facts, count);
}

tuoyu_status facts_read(struct arena *arena, struct text name, struct text content, const tuoyu_limits *limits,
                        struct given_fact **facts, size_t *count, tuoyu_diagnostics *diagnostics)
{
    struct pack_node *root = NULL;
    *facts = NULL;
    *count = 0;
    tuoyu_status status = pack_node_read(arena, name, content, limits, &root, diagnostics);
    if (status != TUOYU_OK) return status;
    if (root->kind == PACK_NODE_MAPPING) return given_facts_of(arena, root, facts, count, diagnostics);
    if (root->kind == PACK_NODE_SCALAR && root->text.length == 0) return TUOYU_OK;
    return report(diagnostics, TUOYU_ERROR_SYNTAX, root->where, TEXT("such as child: {birth_date: 2024-01-31}"),
                  "facts are a mapping from names to values");
}
