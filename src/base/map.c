/* SPDX-License-Identifier: Apache-2.0 */
/* A hash map from names to pointers, by open addressing; short maps are searched from end to end without
 * hashing. */
#include "base/map.h"

#include <assert.h>
#include <string.h>

enum { FEW = 8, FIRST_SLOTS = 16 };

void map_init(struct map *map, struct arena *arena)
{
    *map = (struct map){.arena = arena, .key = (uintptr_t)map};
}

/* Rotates x left by bits, from 1 to 63. */
static uint64_t rotate(uint64_t x, int bits)
{
    return x << bits | x >> (64 - bits);
}

/* One round of SipHash over its state of four words. */
static void sip_round(uint64_t v[4])
{
    v[0] += v[1];
    v[1] = rotate(v[1], 13) ^ v[0];
    v[0] = rotate(v[0], 32);
    v[2] += v[3];
    v[3] = rotate(v[3], 16) ^ v[2];
    v[0] += v[3];
    v[3] = rotate(v[3], 21) ^ v[0];
    v[2] += v[1];
    v[1] = rotate(v[1], 17) ^ v[2];
    v[2] = rotate(v[2], 32);
}

/* SipHash-1-3 (Aumasson and Bernstein 2012), keyed by where the map stood in memory when it was made. */
static uint64_t sip_hash(const struct map *map, struct text key)
{
    uint64_t k0 = (uint64_t)map->key, k1 = (uint64_t)(uintptr_t)map->arena;
    uint64_t v[4] = {k0 ^ 0x736f6d6570736575u, k1 ^ 0x646f72616e646f6du, k0 ^ 0x6c7967656e657261u,
                     k1 ^ 0x7465646279746573u};
    size_t i = 0;
    for (; i + 8 <= key.length; i += 8) {
        uint64_t word;
        memcpy(&word, key.bytes + i, 8);
        v[3] ^= word;
        sip_round(v);
        v[0] ^= word;
    }
    uint64_t last = (uint64_t)key.length << 56;
    for (size_t j = 0; i + j < key.length; j++)
        last |= (uint64_t)(unsigned char)key.bytes[i + j] << (8 * j);
    v[3] ^= last;
    sip_round(v);
    v[0] ^= last;
    v[2] ^= 0xff;
    for (int round = 0; round < 3; round++)
        sip_round(v);
    return v[0] ^ v[1] ^ v[2] ^ v[3];
}

/* The hash of a key, other for each map, so that nobody can build keys that collide. */
static uint32_t hash_of(const struct map *map, struct text key)
{
    return (uint32_t)sip_hash(map, key);
}

/* Returns the slot that holds the key, or the empty slot where it belongs. The map must have slots. */
static struct map_slot *find_slot(const struct map *map, struct text key, uint32_t hash)
{
    assert(map->slot_count > map->count && (map->slot_count & (map->slot_count - 1)) == 0);
    size_t mask = map->slot_count - 1;
    struct map_slot *slot = &map->slots[hash & mask];
    while (slot->entry && !(slot->hash == hash && text_equals(map->entries[slot->entry - 1].key, key)))
        slot = &map->slots[(size_t)(slot - map->slots + 1) & mask];
    return slot;
}

/* Returns the key's index among the entries plus 1, or 0 if the map does not have it. hash is read only if
 * the map has slots. */
static size_t find_place(const struct map *map, struct text key, uint32_t hash)
{
    if (map->slot_count > 0)
        return find_slot(map, key, hash)->entry;
    for (size_t i = 0; i < map->count; i++)
        if (text_equals(map->entries[i].key, key))
            return i + 1;
    return 0;
}

void *map_get(const struct map *map, struct text key)
{
    size_t index = find_place(map, key, map->slot_count > 0 ? hash_of(map, key) : 0);
    return index ? map->entries[index - 1].value : NULL;
}

/* Doubles the slots, or makes the first ones, and puts every entry into one. Returns false, and changes
 * nothing, if memory is refused. */
static bool grow_slots(struct map *map)
{
    size_t wanted = map->slot_count ? map->slot_count * 2 : FIRST_SLOTS, mask = wanted - 1;
    struct map_slot *slots = ARENA_ARRAY(map->arena, struct map_slot, wanted);
    if (!slots)
        return false;
    for (size_t i = 0; i < map->slot_count; i++) {
        if (!map->slots[i].entry)
            continue;
        size_t place = map->slots[i].hash & mask;
        while (slots[place].entry)
            place = (place + 1) & mask;
        slots[place] = map->slots[i];
    }
    bool is_first = map->slot_count == 0;
    map->slots = slots;
    map->slot_count = wanted;
    for (size_t i = 0; is_first && i < map->count; i++) {
        uint32_t hash = hash_of(map, map->entries[i].key);
        *find_slot(map, map->entries[i].key, hash) =
            (struct map_slot){.entry = (uint32_t)i + 1, .hash = hash};
    }
    return true;
}

bool map_put(struct map *map, struct text key, void *value)
{
    bool is_hashed = map->slot_count > 0 || map->count >= FEW;
    uint32_t hash = is_hashed ? hash_of(map, key) : 0;
    size_t index = find_place(map, key, hash);
    if (index) {
        map->entries[index - 1].value = value;
        return true;
    }
    if (map->count >= FEW && map->count * 4 >= map->slot_count * 3) {
        if (!grow_slots(map))
            return false;
    }
    struct map_entry *entries =
        arena_grow(map->arena, map->entries, map->count, &map->capacity, sizeof *entries);
    if (!entries)
        return false;
    map->entries = entries;
    entries[map->count++] = (struct map_entry){.key = key, .value = value};
    if (map->slot_count > 0)
        *find_slot(map, key, hash) = (struct map_slot){.entry = (uint32_t)map->count, .hash = hash};
    return true;
}
