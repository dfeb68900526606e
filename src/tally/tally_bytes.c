/* SPDX-License-Identifier: Apache-2.0 */
/* Writes a tally as bytes. tally_bytes.h has the format. */
#include "tally/tally_bytes.h"

#include <stdlib.h>

#include "rules/scenario.h"

const struct text TALLY_MAGIC = {"tuoyu-tally\x1a", 12};

/* ---- Parts ---- */

/* Writes the lowest `bytes` bytes of a number, the least significant first. */
static void put_integer(struct text_builder *out, uint64_t number, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++)
        text_append_byte(out, (char)(unsigned char)(number >> 8 * i));
}

/* Writes a count in 8 bytes. */
static void put_count(struct text_builder *out, int64_t count)
{
    put_integer(out, (uint64_t)count, 8);
}

/* Writes the length in 4 bytes, and the text. */
static void put_text(struct text_builder *out, struct text text)
{
    put_integer(out, text.length, 4);
    text_append(out, text);
}

/* Writes the length in 1 byte, and the exact sum. */
static void put_exact(struct text_builder *out, const struct exact_sum *sum)
{
    unsigned char bytes[EXACT_SUM_BYTES];
    size_t length = exact_sum_to_bytes(sum, bytes);
    put_integer(out, length, 1);
    text_append(out, (struct text){.bytes = (const char *)bytes, .length = length});
}

/* Writes the length in 1 byte, and the number as canonical text. */
static void put_decimal(struct text_builder *out, tuoyu_decimal number)
{
    char digits[TUOYU_DECIMAL_TEXT_SIZE];
    struct text text = {.bytes = digits, .length = decimal_format(number, digits)};
    put_integer(out, text.length, 1);
    text_append(out, text);
}

/* ---- In order ---- */

/* For qsort(): orders entries of a map by key. */
static int compare_entries(const void *left, const void *right)
{
    const struct map_entry *const *a = left, *const *b = right;
    return text_compare((*a)->key, (*b)->key);
}

/* The entries of a map sorted by key; NULL when memory is refused. */
static const struct map_entry **sorted_entries(const struct map *map, struct arena *scratch)
{
    const struct map_entry **entries = ARENA_ARRAY(scratch, const struct map_entry *, map->count);
    if (!entries)
        return NULL;
    for (size_t i = 0; i < map->count; i++)
        entries[i] = &map->entries[i];
    if (map->count)
        qsort(entries, map->count, sizeof *entries, compare_entries);
    return entries;
}

/* For qsort(): orders texts by their bytes. */
static int compare_texts(const void *left, const void *right)
{
    return text_compare(*(const struct text *)left, *(const struct text *)right);
}

/* ---- Sums ---- */

/* Writes distinct values in order. Returns false when memory is refused. */
static bool put_keys(struct text_builder *out, const struct map *distinct, struct arena *scratch)
{
    const struct map_entry **entries = sorted_entries(distinct, scratch);
    put_integer(out, distinct->count, 8);
    for (size_t i = 0; entries && i < distinct->count; i++)
        put_text(out, entries[i]->key);
    return entries;
}

/* Writes the sum of one aggregate. Returns false when memory is refused. */
static bool put_sum(struct text_builder *out, const struct aggregate *aggregate, const struct sum *sum,
                    struct arena *scratch)
{
    put_count(out, sum->rows);
    put_count(out, sum->unknown);
    put_integer(out, (uint64_t)sum->is_open_below | (uint64_t)sum->is_open_above << 1, 1);
    put_exact(out, &sum->unknown_below);
    put_exact(out, &sum->unknown_above);
    if (aggregate_has_total(aggregate))
        put_exact(out, &sum->total);
    if (aggregate->kind == AGGREGATE_DISTINCT)
        return put_keys(out, &sum->distinct, scratch);
    if (!aggregate_has_extremes(aggregate))
        return true;
    if (sum->rows)
        put_decimal(out, sum->least);
    if (sum->rows)
        put_decimal(out, sum->greatest);
    if (sum->unknown)
        put_decimal(out, sum->unknown_least);
    if (sum->unknown)
        put_decimal(out, sum->unknown_greatest);
    return true;
}

/* Writes the sums of a region or of the whole. Returns false when memory is refused. */
static bool put_sums(struct text_builder *out, const struct tuoyu_indicator *indicator,
                     const struct region_sums *sums, struct arena *scratch)
{
    bool has_memory = true;
    put_count(out, sums->open_in_both);
    put_count(out, sums->tied_in_both);
    put_count(out, sums->unknown);
    for (size_t i = 0; i < indicator->aggregate_count && has_memory; i++)
        has_memory = put_sum(out, &indicator->aggregates[i], &sums->sums[i], scratch);
    return has_memory;
}

/* Writes the regions of each kind, by id. Returns false when memory is refused. */
static bool put_kinds(struct text_builder *out, const struct tuoyu_tally *tally, struct arena *scratch)
{
    const struct tuoyu_indicator *indicator = tally->indicator;
    for (size_t i = 0; i < indicator->region_count; i++) {
        const struct map *by_id = &tally->kinds[i].by_id;
        const struct map_entry **entries = sorted_entries(by_id, scratch);
        if (!entries)
            return false;
        put_count(out, tally->kinds[i].regionless);
        put_integer(out, by_id->count, 8);
        for (size_t j = 0; j < by_id->count; j++) {
            const struct tally_region *region = entries[j]->value;
            put_text(out, region->id);
            if (!put_sums(out, indicator, &region->of, scratch))
                return false;
        }
    }
    return true;
}

/* Writes the numbers per region, by region. Returns false when memory is refused. */
static bool put_numbers(struct text_builder *out, const struct tuoyu_tally *tally, struct arena *scratch)
{
    for (size_t i = 0; i < tally->indicator->number_count; i++) {
        const struct aggregate *aggregate = &tally->indicator->numbers[i].aggregate;
        const struct map *by_id = &tally->numbers[i].by_id;
        const struct map_entry **entries = sorted_entries(by_id, scratch);
        if (!entries || !put_sum(out, aggregate, &tally->numbers[i].regionless, scratch))
            return false;
        put_integer(out, by_id->count, 8);
        for (size_t j = 0; j < by_id->count; j++) {
            put_text(out, entries[j]->key);
            if (!put_sum(out, aggregate, entries[j]->value, scratch))
                return false;
        }
    }
    return true;
}

/* ---- Rows of regions ---- */

/* Writes a fact that was given: index, tag, and its text if it has one. */
static void put_fact(struct text_builder *out, const struct slot *slot, struct value value)
{
    char digits[TUOYU_DECIMAL_TEXT_SIZE];
    tuoyu_decimal number;
    struct text text = TEXT("");
    put_integer(out, slot->fact, 4);
    if (value.kind == VALUE_NULL)
        put_integer(out, TALLY_FACT_NONE, 1);
    else if (value.kind == VALUE_BOOLEAN)
        put_integer(out, value.boolean ? TALLY_FACT_TRUE : TALLY_FACT_FALSE, 1);
    else
        put_integer(out, TALLY_FACT_TEXT, 1);
    if (value.kind == VALUE_STRING)
        text = value.as.string;
    if (value.kind == VALUE_NUMBER && number_to_unit(slot->unit, value.as.number, &number) == TUOYU_OK)
        text = (struct text){.bytes = digits, .length = decimal_format(number, digits)};
    if (value.kind == VALUE_DATE) {
        date_format((int32_t)value.date, digits);
        text = text_of(digits, TUOYU_NUL_TERMINATED);
    }
    put_text(out, text);
}

/* A kept row as bytes in the scratch arena; bytes NULL when memory is refused. */
static struct text row_bytes(const struct program *program, const struct kept_row *row, struct arena *scratch)
{
    struct text_builder out;
    uint32_t given = 0;
    text_builder_init_arena(&out, scratch);
    for (uint32_t i = 0; i < program->fact_count; i++)
        given += row->facts[i].kind != VALUE_NULL || !value_cause(row->facts[i]);
    put_integer(&out, given | (row->is_wrong ? TALLY_ROW_IS_WRONG : 0u), 4);
    for (uint32_t i = 0; i < program->fact_count; i++)
        if (row->facts[i].kind != VALUE_NULL || !value_cause(row->facts[i]))
            put_fact(&out, program_slot(program, program->fact_slots[i]), row->facts[i]);
    return out.failed ? (struct text){.bytes = NULL} : text_builder_text(&out);
}

/* Writes the kept rows, sorted by their bytes. Returns false when memory is refused. */
static bool put_kept(struct text_builder *out, const struct tuoyu_tally *tally, struct arena *scratch)
{
    const struct program *program = &tally->policy->layering->program;
    size_t count = 0;
    for (const struct kept_row *row = tally->first_kept; row; row = row->next)
        count++;
    struct text *rows = ARENA_ARRAY(scratch, struct text, count);
    if (!rows)
        return false;
    count = 0;
    for (const struct kept_row *row = tally->first_kept; row; row = row->next) {
        rows[count] = row_bytes(program, row, scratch);
        if (!rows[count++].bytes)
            return false;
    }
    if (count)
        qsort(rows, count, sizeof *rows, compare_texts);
    put_integer(out, count, 8);
    for (size_t i = 0; i < count; i++)
        text_append(out, rows[i]);
    return true;
}

/* ---- The whole ---- */

/* True if the counts of records must be written because they do not follow from what format 1 holds. */
static bool needs_records(const struct tuoyu_tally *tally)
{
    if (tally->promise_count)
        return true;
    for (size_t i = 0; i < tally->row_count_count; i++)
        if (tally->row_counts[i].unplaced || tally->row_counts[i].unreadable)
            return true;
    for (const struct kept_row *row = tally->first_kept; row; row = row->next)
        if (row->is_wrong)
            return true;
    return tally->missing != tally->whole.unknown - tally->errors;
}

/* Writes what the tally is of: format, indicator, day and packs. */
static void put_head(struct text_builder *out, const struct tuoyu_tally *tally, bool has_records)
{
    const struct tuoyu_policy *policy = tally->policy;
    text_append(out, TALLY_MAGIC);
    put_integer(out,
                tally->promise_count ? TALLY_FORMAT_WITH_PROMISES
                : has_records        ? TALLY_FORMAT_WITH_RECORDS
                                     : TALLY_FORMAT,
                4);
    put_text(out, tally->indicator->rule.full_name);
    put_integer(out, (uint32_t)tally->as_of, 4);
    put_integer(out, policy->layering->pack_count + (policy->change_count > 0), 4);
    for (uint32_t i = 0; i < policy->layering->pack_count; i++) {
        put_text(out, policy->layering->packs[i].model->id);
        put_text(out, text_of(policy->digests[i].hex, TUOYU_NUL_TERMINATED));
    }
    if (policy->change_count) {
        char changes[DIGEST_TEXT_SIZE];
        scenario_digest(policy, changes);
        put_text(out, TALLY_CHANGES);
        put_text(out, text_of(changes, TUOYU_NUL_TERMINATED));
    }
}

/* Writes the counts that format 1 does not have. */
static void put_records(struct text_builder *out, const struct tuoyu_tally *tally)
{
    put_count(out, tally->missing);
    for (size_t i = 0; i < tally->row_count_count; i++) {
        put_count(out, tally->row_counts[i].unplaced);
        put_count(out, tally->row_counts[i].unreadable);
    }
    if (!tally->promise_count)
        return;
    put_integer(out, tally->promise_count, 4);
    for (size_t i = 0; i < tally->promise_count; i++) {
        put_count(out, tally->promises[i].broken);
        put_count(out, tally->promises[i].unknown);
    }
}

/* Writes the counts of rows, their digest, and which slots unknown rows wait for. */
static void put_rows(struct text_builder *out, const struct tuoyu_tally *tally, bool has_records)
{
    uint32_t slots = tally->policy->layering->program.slot_count, missing = 0;
    put_integer(out, tally->has_undigested, 1);
    text_append(out,
                (struct text){.bytes = (const char *)tally->rows.bytes, .length = sizeof tally->rows.bytes});
    put_count(out, tally->errors);
    put_integer(out, tally->row_count_count, 4);
    for (size_t i = 0; i < tally->row_count_count; i++)
        put_count(out, tally->row_counts[i].count);
    if (has_records)
        put_records(out, tally);
    for (uint32_t i = 0; i < slots; i++)
        missing += tally->is_missing[i];
    put_integer(out, missing, 4);
    for (uint32_t i = 0; i < slots; i++)
        if (tally->is_missing[i])
            put_integer(out, i, 4);
}

tuoyu_status tally_to_bytes(const struct tuoyu_tally *tally, tuoyu_text **out, tuoyu_diagnostics *diagnostics)
{
    struct digest_sum check = {{0}};
    struct text_builder bytes;
    struct arena scratch;
    tuoyu_status status = tally_check(tally, diagnostics);
    if (status != TUOYU_OK)
        return status;
    arena_init(&scratch, &tally->policy->arena.allocator);
    text_builder_init(&bytes, &tally->policy->arena.allocator);
    bool has_records = needs_records(tally);
    put_head(&bytes, tally, has_records);
    put_rows(&bytes, tally, has_records);
    bool has_memory = put_sums(&bytes, tally->indicator, &tally->whole, &scratch) &&
                      put_kinds(&bytes, tally, &scratch) && put_numbers(&bytes, tally, &scratch) &&
                      put_kept(&bytes, tally, &scratch);
    arena_free(&scratch);
    if (!bytes.failed)
        digest_sum_add(&check, text_builder_text(&bytes)); /* the sum of one digest is that digest */
    text_append(&bytes, (struct text){.bytes = (const char *)check.bytes, .length = sizeof check.bytes});
    bytes.failed |= !has_memory;
    status = text_builder_to_handle(&bytes, out);
    return status == TUOYU_OK ? status : report_no_memory(diagnostics);
}
