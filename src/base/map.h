/* SPDX-License-Identifier: Apache-2.0 */
/* A map from names to pointers, in an arena. Entries stand in the order of insertion, so that walking a map
 * is deterministic. The hash is keyed by an address, so that hostile names cannot be built to collide. */
#ifndef TUOYU_BASE_MAP_H
#define TUOYU_BASE_MAP_H

#include "base/text.h"

struct map_entry {
    struct text key; /* borrowed: must live as long as the map */
    void *value;
};

/* One place of the hash table. It keeps the key's hash, so that few keys are compared in vain and none is
 * hashed again when the table grows. */
struct map_slot {
    uint32_t entry; /* index into entries plus 1; 0 if the slot is empty */
    uint32_t hash;
};

/* A copy by assignment finds the same; nothing may be put into either afterwards. */
struct map {
    struct arena *arena;
    uintptr_t key; /* of the hash */
    struct map_entry *entries;
    size_t count, capacity;
    struct map_slot *slots;
    size_t slot_count; /* a power of two; 0 while the map has few entries, which are searched one by one */
};

/* Makes an empty map, whose memory will be the arena's. */
void map_init(struct map *map, struct arena *arena);
/* Returns the value of the key, or NULL if the map does not have it. */
void *map_get(const struct map *map, struct text key);
/* Adds the key, or replaces its value. Returns false, and changes nothing, if memory is refused. */
bool map_put(struct map *map, struct text key, void *value);

#endif
