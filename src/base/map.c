/* SPDX-License-Identifier: Apache-2.0 */
#include "base/map.h"

#include <string.h>

enum { FEW = 8, FIRST_SLOTS = 16 };

void map_init(struct map *map, struct arena *arena)
{
    *map = (struct map){.arena = arena};
}

static uint64_t rotate(uint64_t x, int bits)
{
    return x << bits | x >> (64 - bits);
}

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

/* SipHash-1-3 (Aumasson and Bernstein 2012), keyed by where the map stands in memory. */
static uint64_t hash(const struct map *map, struct text key)
{
    uint64_t k0 = (uint64_t)(uintptr_t)map, k1 = (uint64_t)(uintptr_t)map->arena;
    uint64_t v[4] = {k0 ^ 0x736f6d6570736575u, k1 ^ 0x646f72616e646f6du, k0 ^ 0x6c7967656e657261u, k1 ^ 0x7465646279746573u};
    size_t i = 0;
    for (; i + 8 <= key.length; i += 8) {
        uint64_t word;
        memcpy(&word, key.bytes + i, 8);
        v[3] ^= word;
        sip_round(v);
        v[0] ^= word;
    }
    uint64_t last = (uint64_t)key.length << 56;
    for (size_t j = 0; i + j < key.length; j++) last |= (uint64_t)(unsigned char)key.bytes[i + j] << (8 * j);
    v[3] ^= last;
    sip_round(v);
    v[0] ^= last;
    v[2] ^= 0xff;
    for (int round = 0; round < 3; round++) sip_round(v);
    return v[0] ^ v[1] ^ v[2] ^ v[3];
}

/* The slot of the key, or the empty slot where it belongs. slot_count must not be 0. */
static size_t find_slot(const struct map *map, struct text key)
{
    size_t mask = map->slot_count - 1;
    size_t slot = (size_t)hash(map, key) & mask;
    while (map->slots[slot] && !text_equals(map->entries[map->slots[slot] - 1].key, key)) slot = (slot + 1) & mask;
    return slot;
}

/* The index + 1 of a key, or 0. slot: where it is or belongs, if the map has slots. */
static size_t find(const struct map *map, struct text key, size_t *slot)
{
    if (map->slot_count > 0) {
        *slot = find_slot(map, key);
        return map->slots[*slot];
    }
    for (size_t i = 0; i < map->count; i++)
        if (text_equals(map->entries[i].key, key)) return i + 1;
    return 0;
}

void *map_get(const struct map *map, struct text key)
{
    size_t slot, index = find(map, key, &slot);
    return index ? map->entries[index - 1].value : NULL;
}

static bool grow_slots(struct map *map)
{
    size_t wanted = map->slot_count ? map->slot_count * 2 : FIRST_SLOTS;
    uint32_t *slots = ARENA_ARRAY(map->arena, uint32_t, wanted);
    if (!slots) return false;
    map->slots = slots;
    map->slot_count = wanted;
    for (size_t i = 0; i < map->count; i++) map->slots[find_slot(map, map->entries[i].key)] = (uint32_t)i + 1;
    return true;
}

bool map_put(struct map *map, struct text key, void *value)
{
    size_t slot = 0, index = find(map, key, &slot);
    if (index) {
        map->entries[index - 1].value = value;
        return true;
    }
    if (map->count >= FEW && map->count * 4 >= map->slot_count * 3) {
        if (!grow_slots(map)) return false;
        slot = find_slot(map, key);
    }
    struct map_entry *entries = arena_grow(map->arena, map->entries, map->count, &map->capacity, sizeof *entries);
    if (!entries) return false;
    map->entries = entries;
    entries[map->count++] = (struct map_entry){.key = key, .value = value};
    if (map->slot_count > 0) map->slots[slot] = (uint32_t)map->count;
    return true;
}
