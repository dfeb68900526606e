/* SPDX-License-Identifier: Apache-2.0 */
/* The symbol table over a map of names, which indexes the beginnings of names for the parser. */
#include <string.h>

#include "feel/expression.h"

/* A map with the beginnings of its names, each up to a word's end. Names that the map has gained are indexed
 * when they are first asked for. */
struct map_symbols {
    struct map *names;
    struct map prefixes;
    size_t indexed; /* how many names are in prefixes */
};

/* Whether a word of a name ends before or after this byte. */
static bool ends_word(char byte)
{
    return byte == ' ' || byte == '.' || byte == '-' || byte == '+' || byte == '*' || byte == '/' ||
           byte == '\'';
}

/* Adds the beginnings of a name to prefixes. */
static void index_prefixes(struct map_symbols *symbols, struct text name)
{
    for (size_t i = 1; i < name.length; i++) {
        bool is_end = ends_word(name.bytes[i]) || ends_word(name.bytes[i - 1]);
        if (is_end)
            map_put(&symbols->prefixes, text_slice(name, 0, i), symbols);
    }
}

/* The table's `find`: the slot of a name, or UINT32_MAX. */
static uint32_t find(const struct symbol_table *table, struct text name)
{
    const struct map_symbols *symbols = table->context;
    uintptr_t slot = (uintptr_t)map_get(symbols->names, name);
    return slot ? (uint32_t)(slot - 1) : UINT32_MAX;
}

/* The table's `is_prefix`: whether a name begins with these words and is longer. */
static bool is_prefix(const struct symbol_table *table, struct text words)
{
    struct map_symbols *symbols = table->context;
    for (; symbols->indexed < symbols->names->count; symbols->indexed++)
        index_prefixes(symbols, symbols->names->entries[symbols->indexed].key);
    return map_get(&symbols->prefixes, words) != NULL;
}

/* The table's `name_at`: false behind the last name. */
static bool name_at(const struct symbol_table *table, uint32_t index, struct text *name)
{
    const struct map_symbols *symbols = table->context;
    if (index >= symbols->names->count)
        return false;
    *name = symbols->names->entries[index].key;
    return true;
}

/* For symbol_table: how many names there are. */
static size_t count(const struct symbol_table *table)
{
    const struct map_symbols *symbols = table->context;
    return symbols->names->count;
}

/* As find(), for a table without index, whose context is the map itself. UINT32_MAX if there is no such
 * name. */
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
