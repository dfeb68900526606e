/* SPDX-License-Identifier: Apache-2.0 */
/* Records that a tally knows nothing of, and what became of all records. Nothing is known of a record that
 * cannot be read, not even whether it is a row: it may count in every aggregate of its entity or in none, and
 * in any region. So it is kept as a count, and widens the bounds of the whole and of every region when they
 * are measured. */
#include "tally/tally.h"

static const int64_t MOST_RECORDS = INT64_C(1) << 62;

int64_t tally_record_count(const struct tuoyu_tally *tally)
{
    int64_t records = 0;
    for (size_t i = 0; i < tally->row_count_count; i++)
        records += tally->row_counts[i].count + tally->row_counts[i].unreadable;
    return records;
}

bool tally_has_room_for(const struct tuoyu_tally *tally, int64_t records)
{
    return tally_record_count(tally) <= MOST_RECORDS - records;
}

tuoyu_status tally_add_unreadable(struct tuoyu_tally *tally, struct text entity, int64_t count,
                                  tuoyu_diagnostics *diagnostics)
{
    const struct location nowhere = {.source = NULL};
    struct row_count *row_count = tally_row_count_of(tally, entity);
    tuoyu_status status = tally_check(tally, diagnostics);
    if (status != TUOYU_OK)
        return status;
    if (count < 0)
        return report(diagnostics, TUOYU_ERROR_INVALID_ARGUMENT, nowhere, TEXT(""),
                      "a count of records is below 0");
    if (!row_count)
        return TUOYU_OK;
    if (count > MOST_RECORDS || !tally_has_room_for(tally, count))
        return report(diagnostics, TUOYU_ERROR_OVERFLOW, nowhere, TEXT(""),
                      "the tally of `%.*s` would have more than 2^62 records",
                      TEXT_ARGUMENTS(tally->indicator->rule.full_name));
    row_count->unreadable += count;
    return TUOYU_OK;
}

/* ---- In sums ---- */

int64_t tally_nothing_known_of(const struct tuoyu_tally *tally, struct text entity)
{
    const struct row_count *count = tally_row_count_of(tally, entity);
    return count ? count->unreadable + count->unplaced : 0;
}

/* True if an aggregate before this one counts the same entity, so that its records are counted already. */
static bool is_again(const struct tuoyu_indicator *indicator, size_t index)
{
    for (size_t i = 0; i < index; i++)
        if (text_equals(indicator->aggregates[i].entity, indicator->aggregates[index].entity))
            return true;
    return false;
}

void tally_count_nothing_known(const struct tuoyu_tally *tally, struct counted *counted)
{
    const struct tuoyu_indicator *indicator = tally->indicator;
    struct region_sums *sums = &counted->sums;
    for (size_t i = 0; i < indicator->aggregate_count; i++) {
        int64_t records = tally_nothing_known_of(tally, indicator->aggregates[i].entity);
        sum_add_unknown(&sums->sums[i], &indicator->aggregates[i], records);
        if (is_again(indicator, i))
            continue;
        sums->unknown += records;
        counted->nothing_known += records;
        if (indicator->is_share)
            sums->open_in_both += records;
    }
}

/* ---- What became of them ---- */

bool tally_counts_entity(const struct tuoyu_indicator *indicator, struct text entity)
{
    for (size_t i = 0; i < indicator->entity_count; i++)
        if (text_equals(indicator->entities[i], entity))
            return true;
    return false;
}

struct record_counts tally_records(const struct tuoyu_tally *tally, const struct counted *counted)
{
    struct record_counts records = {.undetermined = tally->missing + counted->kept_missing,
                                    .error = tally->errors + counted->kept_errors};
    for (size_t i = 0; i < tally->row_count_count; i++) {
        const struct row_count *count = &tally->row_counts[i];
        if (!tally_counts_entity(tally->indicator, count->entity))
            continue;
        records.read += count->count + count->unreadable;
        records.unreadable += count->unreadable;
    }
    /* A tally from forged bytes may have larger counts than rows. */
    int64_t rows = records.read - records.unreadable;
    if (records.error > rows)
        records.error = rows;
    if (records.undetermined > rows - records.error)
        records.undetermined = rows - records.error;
    if (!tally->is_in_force) {
        records.not_in_force = rows;
        return records;
    }
    records.determined = rows - records.undetermined - records.error;
    return records;
}
