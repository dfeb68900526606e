/* SPDX-License-Identifier: Apache-2.0 */
/* Looks names up through the scopes of a rule and its pack, for the parser and for did-you-mean. */
#include "program/scope.h"

#include "program/program.h"

/* The slot of a name, or UINT32_MAX; of struct symbol_table. */
static uint32_t find(const struct symbol_table *table, struct text name)
{
    for (const struct scope *scope = table->context; scope; scope = scope->outer) {
        uintptr_t slot = (uintptr_t)map_get(&scope->names, name);
        if (slot)
            return (uint32_t)(slot - 1);
    }
    return UINT32_MAX;
}

/* Whether a dotted name in sight begins with these words; of struct symbol_table. */
static bool is_prefix(const struct symbol_table *table, struct text words)
{
    for (const struct scope *scope = table->context; scope; scope = scope->outer)
        if (map_get(&scope->prefixes, words))
            return true;
    return false;
}

/* The name at an index, inner scopes first; false behind the last. Of struct symbol_table. */
static bool name_at(const struct symbol_table *table, uint32_t index, struct text *name)
{
    size_t left = index;
    for (const struct scope *scope = table->context; scope; scope = scope->outer) {
        if (left < scope->names.count) {
            *name = scope->names.entries[left].key;
            return true;
        }
        left -= scope->names.count;
    }
    return false;
}

/* The number of names in sight; of struct symbol_table. */
static size_t count(const struct symbol_table *table)
{
    size_t names = 0;
    for (const struct scope *scope = table->context; scope; scope = scope->outer)
        names += scope->names.count;
    return names;
}

/* What stands behind the last dot of a name. */
static struct text last_part(struct text name)
{
    size_t at = name.length;
    while (at > 0 && name.bytes[at - 1] != '.')
        at--;
    return text_slice(name, at, name.length);
}

/* The slot of an entry of a scope's names; NULL where no program is known. */
static const struct slot *slot_of(const struct scope *scope, const struct map_entry *entry)
{
    return scope->program ? program_slot(scope->program, (uint32_t)((uintptr_t)entry->value - 1)) : NULL;
}

/* The name that has this label, or else this last part; of struct symbol_table. */
static struct text called(const struct symbol_table *table, struct text word)
{
    struct text same_part = TEXT("");
    for (const struct scope *scope = table->context; scope; scope = scope->outer) {
        for (size_t i = 0; i < scope->names.count; i++) {
            const struct map_entry *entry = &scope->names.entries[i];
            const struct slot *slot = slot_of(scope, entry);
            if (slot && (text_equals(slot->label.zh, word) || text_equals(slot->label.en, word)))
                return entry->key;
            if (!same_part.length && text_equals(last_part(entry->key), last_part(word)))
                same_part = entry->key;
        }
    }
    return same_part;
}

/* Whether some name in sight can have this value; of struct symbol_table. */
static bool is_value(const struct symbol_table *table, struct text word)
{
    for (const struct scope *scope = table->context; scope; scope = scope->outer) {
        for (size_t i = 0; i < scope->names.count; i++) {
            const struct slot *slot = slot_of(scope, &scope->names.entries[i]);
            for (uint32_t j = 0; slot && j < slot->type.value_count; j++)
                if (text_equals(slot->type.values[j], word))
                    return true;
        }
    }
    return false;
}

void scope_init(struct scope *scope, struct arena *arena, const struct scope *outer)
{
    *scope = (struct scope){.outer = outer};
    scope->symbols = (struct symbol_table){.find = find,
                                           .is_prefix = is_prefix,
                                           .name_at = name_at,
                                           .count = count,
                                           .called = called,
                                           .is_value = is_value,
                                           .context = scope};
    map_init(&scope->names, arena);
    map_init(&scope->prefixes, arena);
}

/* Enters the prefixes of a dotted name; false without memory. The facts of an entity stand together, so
 * mostly they are those of the name before and there is nothing to do. */
static bool declare_prefixes(struct scope *scope, struct text name)
{
    if (scope->last_prefix.length && text_starts_with(name, scope->last_prefix) &&
        !memchr(name.bytes + scope->last_prefix.length, '.', name.length - scope->last_prefix.length))
        return true;
    for (size_t i = 0; i < name.length; i++) {
        if (name.bytes[i] != '.')
            continue;
        if (!map_put(&scope->prefixes, text_slice(name, 0, i), scope))
            return false;
        if (!map_put(&scope->prefixes, text_slice(name, 0, i + 1), scope))
            return false;
        scope->last_prefix = text_slice(name, 0, i + 1);
    }
    return true;
}

bool scope_declare(struct scope *scope, struct text name, uint32_t slot)
{
    return declare_prefixes(scope, name) && map_put(&scope->names, name, (void *)((uintptr_t)slot + 1));
}

uint32_t scope_find(const struct scope *scope, struct text name)
{
    return find(&scope->symbols, name);
}

size_t scope_count(const struct scope *scope)
{
    return count(&scope->symbols);
}

struct text scope_nearest(const struct scope *scope, struct text name)
{
    struct text best = TEXT(""), candidate;
    size_t distance = SIZE_MAX;
    for (uint32_t i = 0; name_at(&scope->symbols, i, &candidate); i++)
        text_nearest(name, candidate, &best, &distance);
    return best;
}
