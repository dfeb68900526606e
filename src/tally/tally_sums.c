/* SPDX-License-Identifier: Apache-2.0 */
/* What a tally keeps while rows are added: the sums of regions and of their numbers, each made when it is
 * first met, and the counts of rows. */
#include "tally/tally.h"

tuoyu_status tally_check(const struct tuoyu_tally *tally, tuoyu_diagnostics *diagnostics)
{
    if (tally->broken == TUOYU_ERROR_NO_MEMORY)
        return report_no_memory(diagnostics);
    if (tally->broken == TUOYU_OK)
        return TUOYU_OK;
    if (tally->broken == TUOYU_ERROR_CANCELLED)
        return report(diagnostics, tally->broken, (struct location){.source = NULL},
                      TEXT("begin it anew, or go on with a copy from before"),
                      "the tally of `%.*s` holds a part of a row that was cancelled",
                      TEXT_ARGUMENTS(tally->indicator->rule.full_name));
    return report(diagnostics, tally->broken, (struct location){.source = NULL},
                  TEXT("raise the limit tally_items"),
                  "the tally of `%.*s` would keep more than %zu regions, distinct values and rows of regions",
                  TEXT_ARGUMENTS(tally->indicator->rule.full_name), tally->room.limit);
}

void region_sums_init(struct region_sums *sums, struct arena *arena)
{
    *sums = (struct region_sums){.unknown = 0};
    for (size_t i = 0; i < INDICATOR_AGGREGATES; i++)
        sum_init(&sums->sums[i], arena);
}

struct tally_region *tally_see_region(struct tuoyu_tally *tally, struct tally_kind *kind, struct text id,
                                      tuoyu_status *status)
{
    struct tally_region *region = map_get(&kind->by_id, id);
    *status = TUOYU_OK;
    if (region)
        return region;
    *status = TALLY_FULL;
    if (!room_take(&tally->room))
        return NULL;
    *status = TUOYU_ERROR_NO_MEMORY;
    region = ARENA_NEW(&tally->arena, struct tally_region);
    struct text kept = text_copy(&tally->arena, id);
    if (!region || !kept.bytes || !map_put(&kind->by_id, kept, region))
        return NULL;
    region->id = kept;
    region_sums_init(&region->of, &tally->arena);
    *status = TUOYU_OK;
    return region;
}

struct sum *tally_number_sum(struct tuoyu_tally *tally, struct tally_number *number, struct text region,
                             tuoyu_status *status)
{
    *status = TUOYU_OK;
    if (!region.bytes)
        return &number->regionless;
    struct sum *sum = map_get(&number->by_id, region);
    if (sum)
        return sum;
    *status = TALLY_FULL;
    if (!room_take(&tally->room))
        return NULL;
    *status = TUOYU_ERROR_NO_MEMORY;
    struct text id = text_copy(&tally->arena, region);
    sum = ARENA_NEW(&tally->arena, struct sum);
    if (!sum || !id.bytes || !map_put(&number->by_id, id, sum))
        return NULL;
    sum_init(sum, &tally->arena);
    *status = TUOYU_OK;
    return sum;
}

struct row_count *tally_row_count_of(const struct tuoyu_tally *tally, struct text entity)
{
    for (size_t i = 0; i < tally->row_count_count; i++)
        if (text_equals(tally->row_counts[i].entity, entity))
            return &tally->row_counts[i];
    return NULL;
}
