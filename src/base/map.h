/* SPDX-License-Identifier: Apache-2.0 */
/* Names to pointers, in an arena. Entries stand in the order of insertion, so that walking a map is
 * deterministic; the hash is keyed by an address, so that hostile names cannot be built to collide. */
#ifndef TUOYU_BASE_MAP_H
#define TUOYU_BASE_MAP_H

#include "base/text.h"

struct map_entry {
    struct text key; /* borrowed: must live as long as the map */
    void *value;
};

/* Part of a hash, so that mostly no other key is looked at, and growing hashes no key again. */
struct map_slot {
    uint32_t entry; /* index into entries + 1; 0: empty */
    uint32_t hash;
};

struct map {
    struct arena *arena;
    struct map_entry *entries;
    size_t count, capacity;
    struct map_slot *slots;
    size_t slot_count; /* a power of two; 0 while the entries are few, which are looked through one by one */
};

void map_init(struct map *map, struct arena *arena);
/* NULL if the key is not there. */
void *map_get(const struct map *map, struct text key);
/* Adds or replaces. false when memory is refused. */
bool map_put(struct map *map, struct text key, void *value);

#endif
