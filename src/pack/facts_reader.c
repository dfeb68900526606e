/* SPDX-License-Identifier: Apache-2.0 */
/* Collects the facts of a case from a tree, so that each fact has one full name and one value. */
#include "pack/facts_reader.h"

#include <string.h>

#include "base/map.h"

enum { FEW_FACTS = 16 /* up to so many facts are searched one by one, without a map */ };

/* The facts found so far. */
struct collector {
    struct arena *arena;
    tuoyu_diagnostics *diagnostics;
    struct given_fact *facts; /* this array and the next have room for all facts of the mapping */
    struct pack_node *nodes;
    size_t count;
    struct map seen; /* full name to index + 1; used only where are_many */
    bool are_many;
    tuoyu_status first_error;
};

/* Keeps the first error; TUOYU_ERROR_NO_MEMORY takes the place of any other. */
static void remember(struct collector *collector, tuoyu_status status)
{
    if (collector->first_error == TUOYU_OK || status == TUOYU_ERROR_NO_MEMORY)
        collector->first_error = status;
}

/* The index + 1 of a fact that was added, or 0. */
static uintptr_t find_collected(const struct collector *collector, struct text name)
{
    if (collector->are_many)
        return (uintptr_t)map_get(&collector->seen, name);
    for (size_t i = 0; i < collector->count; i++)
        if (text_equals(collector->facts[i].name, name))
            return i + 1;
    return 0;
}

/* Adds a fact under its full name, or reports that it is given twice. */
static void collect_fact(struct collector *collector, struct text name, const struct pack_entry *entry)
{
    uintptr_t first = find_collected(collector, name);
    if (first) {
        remember(collector,
                 report(collector->diagnostics, TUOYU_ERROR_DUPLICATE, entry->key_where,
                        TEXT("remove one of them"), "the fact '%.*s' is given twice", TEXT_ARGUMENTS(name)));
        report_note(collector->diagnostics, collector->facts[first - 1].where, "the first one is here");
        return;
    }
    struct pack_node *node = &collector->nodes[collector->count];
    *node = *entry->node;
    if (node->kind != PACK_NODE_SCALAR)
        node->count = 0;
    collector->facts[collector->count++] =
        (struct given_fact){.name = name, .node = node, .where = entry->key_where};
    if (collector->are_many && !map_put(&collector->seen, name, (void *)collector->count))
        remember(collector, TUOYU_ERROR_NO_MEMORY);
}

/* Whether the entry is an entity with its facts, and not an `entity.fact` with a value. */
static bool is_entity(const struct pack_entry *entry)
{
    return entry->node->kind == PACK_NODE_MAPPING &&
           (entry->key.length == 0 || !memchr(entry->key.bytes, '.', entry->key.length));
}

/* An upper bound of the number of facts in a mapping. */
static size_t count_facts(const struct pack_node *mapping)
{
    size_t count = 0;
    for (size_t i = 0; i < mapping->count; i++)
        count += is_entity(&mapping->entries[i]) ? mapping->entries[i].node->count : 1;
    return count;
}

/* Adds the facts of one entity. */
static void add_entity(struct collector *collector, struct text entity, const struct pack_node *facts)
{
    for (size_t i = 0; i < facts->count; i++) {
        const struct pack_entry *entry = &facts->entries[i];
        struct text name = TEXT_JOIN(collector->arena, entity, TEXT("."), entry->key);
        if (name.bytes)
            collect_fact(collector, name, entry);
        else
            remember(collector, TUOYU_ERROR_NO_MEMORY);
    }
}

/* Makes room for at most so many facts; false without memory. */
static bool begin_collecting(struct collector *collector, size_t most)
{
    map_init(&collector->seen, collector->arena);
    collector->are_many = most > FEW_FACTS;
    collector->facts = ARENA_ARRAY(collector->arena, struct given_fact, most);
    collector->nodes = ARENA_ARRAY(collector->arena, struct pack_node, most);
    bool has_memory = collector->facts && collector->nodes;
    if (!has_memory)
        remember(collector, TUOYU_ERROR_NO_MEMORY);
    return has_memory;
}

/* Hands out the facts; returns the first error or TUOYU_OK. */
static tuoyu_status give_out(struct collector *collector, struct given_fact **facts, size_t *count)
{
    if (collector->first_error == TUOYU_ERROR_NO_MEMORY)
        report_no_memory(collector->diagnostics);
    *facts = collector->facts;
    *count = collector->count;
    return collector->first_error;
}

tuoyu_status given_facts_of(struct arena *arena, const struct pack_node *mapping, struct given_fact **facts,
                            size_t *count, tuoyu_diagnostics *diagnostics)
{
    struct collector collector = {.arena = arena, .diagnostics = diagnostics};
    bool is_ready = mapping->kind == PACK_NODE_MAPPING && begin_collecting(&collector, count_facts(mapping));
    for (size_t i = 0; is_ready && i < mapping->count; i++) {
        const struct pack_entry *entry = &mapping->entries[i];
        if (is_entity(entry))
            add_entity(&collector, entry->key, entry->node);
        else
            collect_fact(&collector, entry->key, entry);
    }
    return give_out(&collector, facts, count);
}

tuoyu_status given_row_of(struct arena *arena, struct text entity, const struct pack_node *mapping,
                          struct given_fact **facts, size_t *count, tuoyu_diagnostics *diagnostics)
{
    struct collector collector = {.arena = arena, .diagnostics = diagnostics};
    if (mapping->kind == PACK_NODE_MAPPING && begin_collecting(&collector, mapping->count))
        add_entity(&collector, entity, mapping);
    return give_out(&collector, facts, count);
}

tuoyu_status facts_read(struct arena *arena, struct text name, struct text content,
                        const tuoyu_limits *limits, struct given_fact **facts, size_t *count,
                        tuoyu_diagnostics *diagnostics)
{
    struct pack_node *root = NULL;
    *facts = NULL;
    *count = 0;
    tuoyu_status status = pack_node_read(arena, name, content, limits, &root, diagnostics);
    if (status != TUOYU_OK)
        return status;
    if (root->kind == PACK_NODE_MAPPING)
        return given_facts_of(arena, root, facts, count, diagnostics);
    if (root->kind == PACK_NODE_SCALAR && root->text.length == 0)
        return TUOYU_OK;
    return report(diagnostics, TUOYU_ERROR_SYNTAX, root->where,
                  TEXT("such as child: {birth_date: 2024-01-31}"),
                  "facts are a mapping from names to values");
}
