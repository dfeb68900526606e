/* SPDX-License-Identifier: Apache-2.0 */
/* Merges two tallies of parts of the rows into one. */
#include "tally/tally.h"

#include <string.h>

#include "rules/scenario.h"

/* ---- Whether they belong together ---- */

/* True if both policies have the same packs, by their digests and in the same order, and the same changes. */
static bool has_same_packs(const struct tuoyu_policy *left, const struct tuoyu_policy *right)
{
    char changes[2][DIGEST_TEXT_SIZE];
    scenario_digest(left, changes[0]);
    scenario_digest(right, changes[1]);
    if (left->layering->pack_count != right->layering->pack_count || strcmp(changes[0], changes[1]) != 0)
        return false;
    for (uint32_t i = 0; i < left->layering->pack_count; i++)
        if (strcmp(left->digests[i].hex, right->digests[i].hex) != 0)
            return false;
    return true;
}

/* Reports why the other tally cannot be taken in, and returns the code. */
static tuoyu_status refuse(const struct tuoyu_tally *tally, tuoyu_status code, const char *why,
                           tuoyu_diagnostics *diagnostics)
{
    return report(diagnostics, code, (struct location){.source = NULL}, TEXT(""),
                  "the tally of `%.*s` cannot take in the other: %s",
                  TEXT_ARGUMENTS(tally->indicator->rule.full_name), why);
}

/* Reports a tally of another indicator, day or packs, or one with too many records. */
static tuoyu_status check_match(const struct tuoyu_tally *tally, const struct tuoyu_tally *other,
                                tuoyu_diagnostics *diagnostics)
{
    const char *why = NULL;
    if (tally == other)
        why = "it is the same";
    else if (!text_equals(tally->indicator->rule.full_name, other->indicator->rule.full_name))
        why = "it is of another indicator";
    else if (tally->as_of != other->as_of)
        why = "it is of another day";
    else if (tally->policy != other->policy && !has_same_packs(tally->policy, other->policy))
        why = "it is of other packs, or of other changes of their numbers";
    if (why)
        return refuse(tally, TUOYU_ERROR_INVALID_ARGUMENT, why, diagnostics);
    if (!tally_has_room_for(tally, tally_record_count(other)))
        return refuse(tally, TUOYU_ERROR_OVERFLOW, "together they have more than 2^62 records", diagnostics);
    return TUOYU_OK;
}

/* ---- Parts ---- */

/* Adds the sums of a region or of the whole. TUOYU_OK, TALLY_FULL or TUOYU_ERROR_NO_MEMORY. */
static tuoyu_status merge_sums(struct tuoyu_tally *tally, struct region_sums *sums,
                               const struct region_sums *others)
{
    const struct tuoyu_indicator *indicator = tally->indicator;
    sums->open_in_both += others->open_in_both;
    sums->tied_in_both += others->tied_in_both;
    sums->unknown += others->unknown;
    for (size_t i = 0; i < indicator->aggregate_count; i++) {
        tuoyu_status status =
            sum_merge(&sums->sums[i], &indicator->aggregates[i], &others->sums[i], &tally->room);
        if (status != TUOYU_OK)
            return status;
    }
    return TUOYU_OK;
}

/* Adds the regions of a kind. TUOYU_OK, TALLY_FULL or TUOYU_ERROR_NO_MEMORY. */
static tuoyu_status merge_kind(struct tuoyu_tally *tally, struct tally_kind *kind,
                               const struct tally_kind *other)
{
    tuoyu_status status = TUOYU_OK;
    kind->regionless += other->regionless;
    for (size_t i = 0; i < other->by_id.count && status == TUOYU_OK; i++) {
        const struct tally_region *from = other->by_id.entries[i].value;
        struct tally_region *region = tally_see_region(tally, kind, from->id, &status);
        if (region)
            status = merge_sums(tally, &region->of, &from->of);
    }
    return status;
}

/* Adds a number per region. TUOYU_OK, TALLY_FULL or TUOYU_ERROR_NO_MEMORY. */
static tuoyu_status merge_number(struct tuoyu_tally *tally, size_t index, const struct tally_number *other)
{
    struct tally_number *number = &tally->numbers[index];
    const struct aggregate *aggregate = &tally->indicator->numbers[index].aggregate;
    tuoyu_status status = sum_merge(&number->regionless, aggregate, &other->regionless, &tally->room);
    for (size_t i = 0; i < other->by_id.count && status == TUOYU_OK; i++) {
        const struct map_entry *entry = &other->by_id.entries[i];
        struct sum *sum = tally_number_sum(tally, number, entry->key, &status);
        if (sum)
            status = sum_merge(sum, aggregate, entry->value, &tally->room);
    }
    return status;
}

/* Keeps the other's kept rows, too. A missing fact is a null with a cause that belongs to its policy, so it
 * is replaced by this policy's. TUOYU_OK, TALLY_FULL or TUOYU_ERROR_NO_MEMORY. */
static tuoyu_status merge_kept(struct tuoyu_tally *tally, const struct tuoyu_tally *other)
{
    const struct program *own = &tally->policy->layering->program;
    struct value *facts = ARENA_ARRAY(&tally->arena, struct value, own->fact_count);
    tuoyu_status status = facts ? TUOYU_OK : TUOYU_ERROR_NO_MEMORY;
    for (const struct kept_row *row = other->first_kept; row && status == TUOYU_OK; row = row->next) {
        for (uint32_t i = 0; i < own->fact_count; i++) {
            bool is_absent = row->facts[i].kind == VALUE_NULL && value_cause(row->facts[i]);
            facts[i] = is_absent ? own->no_facts[i] : row->facts[i];
        }
        status = tally_keep_row(tally, facts, row->is_wrong);
    }
    return status;
}

/* Adds the numbers of one entity's rows in the other tally. */
static void merge_row_count(struct row_count *count, const struct row_count *other)
{
    count->count += other->count;
    count->unplaced += other->unplaced;
    count->unreadable += other->unreadable;
}

/* Adds the counts, the missing facts and the digests. Nothing in it can fail. */
static void merge_counts(struct tuoyu_tally *tally, const struct tuoyu_tally *other)
{
    for (size_t i = 0; i < tally->row_count_count; i++)
        merge_row_count(&tally->row_counts[i], &other->row_counts[i]);
    for (uint32_t i = 0; i < tally->policy->layering->program.slot_count; i++)
        tally->is_missing[i] |= other->is_missing[i];
    for (size_t i = 0; i < tally->promise_count; i++) {
        tally->promises[i].broken += other->promises[i].broken;
        tally->promises[i].unknown += other->promises[i].unknown;
    }
    tally->errors += other->errors;
    tally->missing += other->missing;
    tally->has_undigested |= other->has_undigested;
    digest_sum_merge(&tally->rows, &other->rows);
}

tuoyu_status tally_merge(struct tuoyu_tally *tally, const struct tuoyu_tally *other,
                         tuoyu_diagnostics *diagnostics)
{
    const struct tuoyu_indicator *indicator = tally->indicator;
    tuoyu_status status = tally_check(tally, diagnostics);
    if (status == TUOYU_OK)
        status = tally_check(other, diagnostics);
    if (status == TUOYU_OK)
        status = check_match(tally, other, diagnostics);
    if (status != TUOYU_OK)
        return status;
    status = merge_sums(tally, &tally->whole, &other->whole);
    for (size_t i = 0; i < indicator->region_count && status == TUOYU_OK; i++)
        status = merge_kind(tally, &tally->kinds[i], &other->kinds[i]);
    for (size_t i = 0; i < indicator->number_count && status == TUOYU_OK; i++)
        status = merge_number(tally, i, &other->numbers[i]);
    if (status == TUOYU_OK)
        status = merge_kept(tally, other);
    if (status != TUOYU_OK)
        return tally_break(tally, status, diagnostics);
    merge_counts(tally, other);
    return TUOYU_OK;
}
