/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "feel/expression.h"

/* Beginnings of the names of a map, each up to a word's end; made anew when the map has grown. */
struct map_symbols {
    struct map *names;
    struct map prefixes;
    size_t indexed;
};

static bool ends_word(char byte)
{
    return byte == ' ' || byte == '.' || byte == '-' || byte == '+' || byte == '*' || byte == '/' ||
           byte == '\'';
}

static void index_prefixes(struct map_symbols *symbols, struct text name)
{
    for (size_t i = 1; i < name.length; i++) {
        bool is_end = ends_word(name.bytes[i]) || ends_word(name.bytes[i - 1]);
        if (is_end)
            map_put(&symbols->prefixes, text_slice(name, 0, i), symbols);
    }
}

static uint32_t find(const struct symbol_table *table, struct text name)
{
    const struct map_symbols *symbols = table->context;
    uintptr_t slot = (uintptr_t)map_get(symbols->names, name);
    return slot ? (uint32_t)(slot - 1) : UINT32_MAX;
}

static bool is_prefix(const struct symbol_table *table, struct text words)
{
    struct map_symbols *symbols = table->context;
    for (; symbols->indexed < symbols->names->count; symbols->indexed++)
        index_prefixes(symbols, symbols->names->entries[symbols->indexed].key);
    return map_get(&symbols->prefixes, words) != NULL;
}

static bool name_at(const struct symbol_table *table, uint32_t index, struct text *name)
{
    const struct map_symbols *symbols = table->context;
    if (index >= symbols->names->count)
        return false;
    *name = symbols->names->entries[index].key;
    return true;
}

static size_t count(const struct symbol_table *table)
{
    const struct map_symbols *symbols = table->context;
    return symbols->names->count;
}

static uint32_t find_in_map(const struct symbol_table *table, struct text name)
{
    uintptr_t slot = (uintptr_t)map_get(table->context, name);
    return slot ? (uint32_t)(slot - 1) : UINT32_MAX;
}

void symbol_table_over_map(struct symbol_table *table, struct map *map)
{
    struct map_symbols *symbols = ARENA_NEW(map->arena, struct map_symbols);
    if (!symbols) {
        /* The arena has failed and says so; names of one word can still be found. */
        *table = (struct symbol_table){.find = find_in_map, .context = map};
        return;
    }
    symbols->names = map;
    map_init(&symbols->prefixes, map->arena);
    *table = (struct symbol_table){
        .find = find, .is_prefix = is_prefix, .name_at = name_at, .count = count, .context = symbols};
}
