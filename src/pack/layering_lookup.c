/* SPDX-License-Identifier: Apache-2.0 */
/* Answers what is asked of packs while they are joined and after: names, versions, facts, what a pack sees.
 */
#include <assert.h>

#include "pack/layering_parts.h"

void joining_fail(struct joining *joining, tuoyu_status status)
{
    if (joining->status == TUOYU_OK)
        joining->status = status;
}

struct text joining_hint(struct joining *joining, struct text nearest)
{
    if (!nearest.length)
        return TEXT("");
    struct text hint = message_text(joining->arena, "did you mean `%.*s`?", TEXT_ARGUMENTS(nearest));
    return hint.bytes ? hint : TEXT("");
}

/* ---- Looking up ---- */

struct text layering_full_name(const struct layering *layering, uint32_t pack, struct text name,
                               struct text part)
{
    assert(pack < layering->pack_count);
    struct text id = layering->packs[pack].model->id;
    struct text dot = part.length ? TEXT(".") : TEXT("");
    return TEXT_JOIN(layering->arena, id, TEXT(":"), name, dot, part);
}

bool layering_sees(const struct layering *layering, uint32_t pack, uint32_t other)
{
    assert(pack < layering->pack_count && other < layering->pack_count);
    const struct layered_pack *seeing = &layering->packs[pack];
    if (seeing->sees)
        return seeing->sees[other / 64] >> (other % 64) & 1;
    for (uint32_t i = 0; i < seeing->visible_count; i++)
        if (seeing->visible[i] == other)
            return true;
    return false;
}

uint32_t layering_first_version(const struct layering *layering, struct text id)
{
    uintptr_t place = (uintptr_t)map_get(&layering->ids, id);
    return place ? (uint32_t)(place - 1) : UINT32_MAX;
}

uint32_t layering_find_fact(const struct layering *layering, struct text name)
{
    uintptr_t slot = (uintptr_t)map_get(&layering->facts, name);
    return slot ? (uint32_t)(slot - 1) : SLOT_NONE;
}
