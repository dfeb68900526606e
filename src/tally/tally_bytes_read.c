/* SPDX-License-Identifier: Apache-2.0 */
/* Reads a tally from bytes. Nothing in them is trusted: every number is bounded by what a tally can hold,
 * so that nothing later can overflow. */
#include <string.h>

#include "pack/fact_value.h"
#include "rules/scenario.h"
#include "tally/tally_bytes.h"

static const struct location NOWHERE = {.source = NULL};

struct bytes_reading {
    struct text bytes; /* all bytes but the digest at the end */
    size_t at;
    const char *problem; /* the first problem found; NULL if there is none */
    struct tuoyu_tally *tally;
    bool has_records;    /* true for formats 2 and 3 */
    bool has_promises;   /* true for format 3 */
    int64_t rows;        /* number of rows added to the tally */
    tuoyu_status status; /* not TUOYU_OK once memory or room ran out */
    tuoyu_diagnostics *diagnostics;
};

/* ---- Parts ---- */

/* Notes the first problem. Always returns false. */
static bool refuse_bytes(struct bytes_reading *reading, const char *problem)
{
    if (!reading->problem)
        reading->problem = problem;
    return false;
}

/* True as long as there is no problem and memory and room suffice. */
static bool is_good(const struct bytes_reading *reading)
{
    return !reading->problem && reading->status == TUOYU_OK;
}

/* Takes the next bytes; NULL, with the problem noted, if there are not so many or there was a problem
 * before. */
static const unsigned char *take_bytes_read(struct bytes_reading *reading, size_t count)
{
    if (reading->problem || count > reading->bytes.length - reading->at) {
        refuse_bytes(reading, "it ends too early");
        return NULL;
    }
    const char *taken = reading->bytes.bytes + reading->at;
    reading->at += count;
    return (const unsigned char *)taken;
}

/* Reads a little-endian number of so many bytes; 0 if there was a problem. */
static uint64_t get_number(struct bytes_reading *reading, size_t bytes)
{
    const unsigned char *taken = take_bytes_read(reading, bytes);
    uint64_t number = 0;
    for (size_t i = 0; taken && i < bytes; i++)
        number |= (uint64_t)taken[i] << 8 * i;
    return number;
}

/* Reads a count from 0 to `most`; another one is a problem and gives 0. */
static int64_t get_count(struct bytes_reading *reading, int64_t most)
{
    uint64_t count = get_number(reading, 8);
    if (count <= (uint64_t)most)
        return (int64_t)count;
    refuse_bytes(reading, "a count is larger than its rows");
    return 0;
}

/* Reads so many bytes as a text, which is empty if there was a problem. */
static struct text get_bytes(struct bytes_reading *reading, size_t length)
{
    const unsigned char *taken = take_bytes_read(reading, length);
    return (struct text){.bytes = taken ? (const char *)taken : "", .length = taken ? length : 0};
}

/* Reads a text, which must be UTF-8 without NUL. */
static struct text get_text(struct bytes_reading *reading)
{
    struct text text = get_bytes(reading, (size_t)get_number(reading, 4));
    if (utf8_validate(text) != text.length || (text.length && memchr(text.bytes, 0, text.length)))
        refuse_bytes(reading, "a text is not UTF-8, or holds a NUL");
    return text;
}

/* Reads the next text of a sorted list. *before is the one before it, with bytes NULL at the first, and
 * becomes this one. */
static struct text get_next_text(struct bytes_reading *reading, struct text *before)
{
    struct text text = get_text(reading);
    if (before->bytes && text_compare(*before, text) >= 0)
        refuse_bytes(reading, "what should be sorted is not");
    *before = text;
    return text;
}

/* Reads an exact sum that so many numbers can make. */
static void get_exact(struct bytes_reading *reading, int64_t numbers, struct exact_sum *sum)
{
    struct text bytes = get_bytes(reading, (size_t)get_number(reading, 1));
    if (!exact_sum_from_bytes(sum, (const unsigned char *)bytes.bytes, bytes.length, numbers))
        refuse_bytes(reading, "a sum is larger than its rows can make it");
}

/* Reads a decimal; 0 if it is none, which is a problem. */
static tuoyu_decimal get_decimal(struct bytes_reading *reading)
{
    tuoyu_decimal number = decimal_from_integer(0);
    struct text text = get_bytes(reading, (size_t)get_number(reading, 1));
    if (decimal_parse(text, &number) != TUOYU_OK)
        refuse_bytes(reading, "a number is none");
    return number;
}

/* ---- Sums ---- */

/* Reads `count` distinct values into the sum. */
static void get_keys(struct bytes_reading *reading, struct sum *sum, int64_t count)
{
    struct text before = {.bytes = NULL};
    sum->rows = 0; /* each key counts itself */
    if (get_number(reading, 8) != (uint64_t)count)
        refuse_bytes(reading, "there are not as many distinct values as are counted");
    for (int64_t i = 0; i < count && is_good(reading); i++) {
        struct text key = get_next_text(reading, &before);
        if (is_good(reading))
            reading->status = sum_add_key(sum, key, &reading->tally->room);
    }
}

/* Reads the sum of one aggregate. An error is noted in the reading. */
static void get_sum(struct bytes_reading *reading, const struct aggregate *aggregate, struct sum *sum)
{
    sum->rows = get_count(reading, reading->rows);
    sum->unknown = get_count(reading, reading->rows - sum->rows);
    uint64_t open = get_number(reading, 1);
    if (open > 3)
        refuse_bytes(reading, "a mark is none");
    sum->is_open_below = open & 1;
    sum->is_open_above = open & 2;
    get_exact(reading, sum->unknown, &sum->unknown_below);
    get_exact(reading, sum->unknown, &sum->unknown_above);
    if (aggregate_has_total(aggregate))
        get_exact(reading, sum->rows, &sum->total);
    if (aggregate->kind == AGGREGATE_DISTINCT)
        get_keys(reading, sum, sum->rows);
    if (!aggregate_has_extremes(aggregate))
        return;
    if (sum->rows)
        sum->least = get_decimal(reading);
    if (sum->rows)
        sum->greatest = get_decimal(reading);
    if (sum->unknown)
        sum->unknown_least = get_decimal(reading);
    if (sum->unknown)
        sum->unknown_greatest = get_decimal(reading);
}

/* Reads the sums of a region or of the whole. */
static void get_sums(struct bytes_reading *reading, struct region_sums *sums)
{
    const struct tuoyu_indicator *indicator = reading->tally->indicator;
    sums->open_in_both = get_count(reading, reading->rows);
    sums->tied_in_both = get_count(reading, sums->open_in_both);
    sums->unknown = get_count(reading, reading->rows);
    for (size_t i = 0; i < indicator->aggregate_count && is_good(reading); i++)
        get_sum(reading, &indicator->aggregates[i], &sums->sums[i]);
}

/* Reads the regions of a kind. An error is noted in the reading. */
static void get_kind(struct bytes_reading *reading, struct tally_kind *kind)
{
    struct text before = {.bytes = NULL};
    kind->regionless = get_count(reading, reading->rows);
    uint64_t count = get_number(reading, 8);
    for (uint64_t i = 0; i < count && is_good(reading); i++) {
        struct text id = get_next_text(reading, &before);
        if (!is_good(reading))
            return;
        struct tally_region *region = tally_see_region(reading->tally, kind, id, &reading->status);
        if (region)
            get_sums(reading, &region->of);
    }
}

/* Reads the number per region with this index. */
static void get_region_number(struct bytes_reading *reading, size_t index)
{
    struct text before = {.bytes = NULL};
    struct tally_number *number = &reading->tally->numbers[index];
    const struct aggregate *aggregate = &reading->tally->indicator->numbers[index].aggregate;
    get_sum(reading, aggregate, &number->regionless);
    uint64_t count = get_number(reading, 8);
    for (uint64_t i = 0; i < count && is_good(reading); i++) {
        struct text id = get_next_text(reading, &before);
        if (!is_good(reading))
            return;
        struct sum *sum = tally_number_sum(reading->tally, number, id, &reading->status);
        if (sum)
            get_sum(reading, aggregate, sum);
    }
}

/* ---- Rows of regions ---- */

/* Reads one fact of a kept row. Facts go up by index, and *next is the least that may come. */
static void get_fact(struct bytes_reading *reading, struct arena *scratch, struct value *facts,
                     uint32_t *next)
{
    const struct program *program = &reading->tally->policy->layering->program;
    const struct location nowhere = {.source = NULL};
    uint64_t index = get_number(reading, 4), tag = get_number(reading, 1);
    struct text text = get_text(reading);
    if (index < *next || index >= program->fact_count || tag > TALLY_FACT_TEXT)
        refuse_bytes(reading, "a row has a fact that is none");
    if (!is_good(reading))
        return;
    const struct pack_fact *fact = slot_fact(program_slot(program, program->fact_slots[index]));
    *next = (uint32_t)index + 1;
    tuoyu_status status;
    if (tag == TALLY_FACT_NONE)
        status = fact_value_from_none(fact, nowhere, &facts[index], NULL);
    else if (tag == TALLY_FACT_TEXT)
        status = fact_value_from_text(scratch, fact, text, nowhere, &facts[index], NULL);
    else
        status = fact_value_from_boolean(fact, tag == TALLY_FACT_TRUE, nowhere, &facts[index], NULL);
    if (status == TUOYU_ERROR_NO_MEMORY)
        reading->status = status;
    else if (status != TUOYU_OK)
        refuse_bytes(reading, "a row has a fact that is no value of it");
}

/* Reads a kept row and keeps it in the tally. */
static void get_kept_row(struct bytes_reading *reading, struct arena *scratch)
{
    struct tuoyu_tally *tally = reading->tally;
    const struct program *program = &tally->policy->layering->program;
    struct value *facts = ARENA_ARRAY(scratch, struct value, program->fact_count);
    uint32_t next = 0;
    if (!facts) {
        reading->status = TUOYU_ERROR_NO_MEMORY;
        return;
    }
    memcpy(facts, program->no_facts, program->fact_count * sizeof *facts);
    uint64_t count = get_number(reading, 4);
    bool is_wrong = reading->has_records && count & TALLY_ROW_IS_WRONG;
    if (is_wrong)
        count -= TALLY_ROW_IS_WRONG;
    for (uint64_t i = 0; i < count && is_good(reading); i++)
        get_fact(reading, scratch, facts, &next);
    if (!tally_region_of(&facts[tally->indicator->number_id_fact]).bytes)
        refuse_bytes(reading, "a row of a region has no id");
    if (is_good(reading))
        reading->status = tally_keep_row(tally, facts, is_wrong);
}

/* Reads all kept rows. An error is noted in the reading. */
static void get_kept(struct bytes_reading *reading)
{
    const struct tuoyu_indicator *indicator = reading->tally->indicator;
    struct arena scratch;
    int64_t count = get_count(reading, reading->rows);
    if (count && !tally_keeps(indicator, indicator->number_entity))
        refuse_bytes(reading, "it has rows that are never kept");
    arena_init(&scratch, &reading->tally->policy->arena.allocator);
    for (int64_t i = 0; i < count && is_good(reading); i++) {
        get_kept_row(reading, &scratch);
        arena_reset(&scratch);
    }
    arena_free(&scratch);
}

/* ---- The whole ---- */

enum { MOST_RECORDS_BITS = 62 };

/* Reads the counts of format 3: as many promises as the tally has. */
static void get_promises(struct bytes_reading *reading)
{
    struct tuoyu_tally *tally = reading->tally;
    if (get_number(reading, 4) != tally->promise_count)
        refuse_bytes(reading, "its rows are held to other promises");
    for (size_t i = 0; i < tally->promise_count && is_good(reading); i++) {
        tally->promises[i].broken = get_count(reading, reading->rows);
        tally->promises[i].unknown = get_count(reading, reading->rows - tally->promises[i].broken);
    }
}

/* Reads the counts of formats 2 and 3. Unplaced rows are among the rows, unreadable records are not; all
 * records together may not exceed what a tally holds. */
static void get_records(struct bytes_reading *reading)
{
    struct tuoyu_tally *tally = reading->tally;
    int64_t records = reading->rows;
    tally->missing = get_count(reading, reading->rows - tally->errors);
    for (size_t i = 0; i < tally->row_count_count && is_good(reading); i++) {
        struct row_count *count = &tally->row_counts[i];
        count->unplaced = get_count(reading, count->count);
        count->unreadable = get_count(reading, (INT64_C(1) << MOST_RECORDS_BITS) - records);
        records += count->unreadable;
        if (count->unplaced && !tally_keeps(tally->indicator, count->entity))
            refuse_bytes(reading, "a row has no place where rows need none");
    }
}

/* Reads the counts of rows, their digest, and which slots unknown rows wait for. */
static void get_rows(struct bytes_reading *reading)
{
    struct tuoyu_tally *tally = reading->tally;
    const struct program *program = &tally->policy->layering->program;
    uint64_t undigested = get_number(reading, 1), next = 0;
    if (undigested > 1)
        refuse_bytes(reading, "a mark is none");
    tally->has_undigested = undigested;
    struct text digest = get_bytes(reading, sizeof tally->rows.bytes);
    if (digest.length)
        memcpy(tally->rows.bytes, digest.bytes, digest.length);
    uint64_t errors = get_number(reading, 8);
    if (get_number(reading, 4) != tally->row_count_count)
        refuse_bytes(reading, "it counts rows of other entities");
    for (size_t i = 0; i < tally->row_count_count && is_good(reading); i++) {
        tally->row_counts[i].count = get_count(reading, (INT64_C(1) << MOST_RECORDS_BITS) - reading->rows);
        reading->rows += tally->row_counts[i].count;
    }
    if (errors > (uint64_t)reading->rows)
        refuse_bytes(reading, "a count is larger than its rows");
    else
        tally->errors = (int64_t)errors;
    if (is_good(reading) && reading->has_records)
        get_records(reading);
    if (is_good(reading) && reading->has_promises)
        get_promises(reading);
    else if (tally->promise_count)
        refuse_bytes(reading, "its rows are held to other promises");
    uint64_t missing = get_number(reading, 4);
    for (uint64_t i = 0; i < missing && is_good(reading); i++) {
        uint64_t slot = get_number(reading, 4);
        bool is_one =
            slot >= next && slot < program->slot_count && program_slot(program, (uint32_t)slot)->absent;
        if (is_one)
            tally->is_missing[slot] = true;
        else
            refuse_bytes(reading, "it waits for what is no fact or parameter");
        next = slot + 1;
    }
}

/* Format 1 has no count of rows with something missing; it is that of all unknown rows without those in
 * error. */
static void take_unknown_as_missing(struct tuoyu_tally *tally)
{
    tally->missing = tally->whole.unknown > tally->errors ? tally->whole.unknown - tally->errors : 0;
}

/* Reads everything after the head into the tally. An error is noted in the reading. */
static void get_all(struct bytes_reading *reading)
{
    struct tuoyu_tally *tally = reading->tally;
    const struct tuoyu_indicator *indicator = tally->indicator;
    get_rows(reading);
    if (is_good(reading))
        get_sums(reading, &tally->whole);
    if (is_good(reading) && !reading->has_records)
        take_unknown_as_missing(tally);
    for (size_t i = 0; i < indicator->region_count && is_good(reading); i++)
        get_kind(reading, &tally->kinds[i]);
    for (size_t i = 0; i < indicator->number_count && is_good(reading); i++)
        get_region_number(reading, i);
    if (is_good(reading))
        get_kept(reading);
    if (is_good(reading) && reading->at != reading->bytes.length)
        refuse_bytes(reading, "there is more behind it");
}

/* ---- What it is of ---- */

/* Checks the magic, the format and the digest at the end, and begins the reading after them. */
static tuoyu_status check_frame(struct bytes_reading *reading, struct text bytes)
{
    struct digest_sum check = {{0}};
    struct text magic =
        text_slice(bytes, 0, bytes.length < TALLY_MAGIC.length ? bytes.length : TALLY_MAGIC.length);
    if (!text_equals(magic, TALLY_MAGIC) || bytes.length < TALLY_MAGIC.length + 4 + sizeof check.bytes)
        return report(reading->diagnostics, TUOYU_ERROR_SYNTAX, NOWHERE, TEXT(""),
                      "these bytes are no tally");
    reading->bytes = text_slice(bytes, 0, bytes.length - sizeof check.bytes);
    reading->at = TALLY_MAGIC.length;
    uint64_t version = get_number(reading, 4);
    reading->has_promises = version == TALLY_FORMAT_WITH_PROMISES;
    reading->has_records = version == TALLY_FORMAT_WITH_RECORDS || reading->has_promises;
    if (version != TALLY_FORMAT && !reading->has_records)
        return report(reading->diagnostics, TUOYU_ERROR_SYNTAX, NOWHERE, TEXT(""),
                      "these bytes are a tally of format %llu; this library reads the formats %d to %d",
                      (unsigned long long)version, TALLY_FORMAT, TALLY_FORMAT_WITH_PROMISES);
    digest_sum_add(&check, reading->bytes);
    if (memcmp(check.bytes, bytes.bytes + reading->bytes.length, sizeof check.bytes) != 0)
        return report(reading->diagnostics, TUOYU_ERROR_SYNTAX, NOWHERE, TEXT(""),
                      "these bytes of a tally are damaged, or a part is missing");
    return TUOYU_OK;
}

/* Whether a digest is that of the policy's changes; "" is that of none. */
static bool is_of_changes(const struct tuoyu_policy *policy, struct text digest)
{
    char changes[DIGEST_TEXT_SIZE] = "";
    if (policy->change_count)
        scenario_digest(policy, changes);
    return text_equals(digest, text_of(changes, TUOYU_NUL_TERMINATED));
}

/* Reads the ids and digests of the packs, and the digest of a scenario's changes behind them. Reports what is
 * not the reader's. */
static tuoyu_status check_packs(struct bytes_reading *reading, const struct tuoyu_policy *policy)
{
    uint64_t count = get_number(reading, 4), packs = 0;
    struct text changes = TEXT("");
    for (uint64_t i = 0; i < count && is_good(reading); i++) {
        struct text id = get_text(reading), sum = get_text(reading);
        if (i + 1 == count && text_equals(id, TALLY_CHANGES)) {
            changes = sum;
            break;
        }
        bool is_ours = i < policy->layering->pack_count &&
                       text_equals(id, policy->layering->packs[i].model->id) &&
                       text_equals(sum, text_of(policy->digests[i].hex, TUOYU_NUL_TERMINATED));
        if (!reading->problem && !is_ours)
            return report(reading->diagnostics, TUOYU_ERROR_INVALID_ARGUMENT, NOWHERE, TEXT(""),
                          "this tally is of another text of the pack `%.*s`, or of other packs",
                          TEXT_ARGUMENTS(id));
        packs++;
    }
    if (!reading->problem && packs < policy->layering->pack_count)
        return report(reading->diagnostics, TUOYU_ERROR_INVALID_ARGUMENT, NOWHERE, TEXT(""),
                      "this tally is of fewer packs: `%.*s` is not among them",
                      TEXT_ARGUMENTS(policy->layering->packs[packs].model->id));
    if (!reading->problem && !is_of_changes(policy, changes))
        return report(reading->diagnostics, TUOYU_ERROR_INVALID_ARGUMENT, NOWHERE, TEXT(""),
                      "this tally is of other changes of the packs' numbers than those of this policy");
    return TUOYU_OK;
}

/* Reads what the tally is of, and reports it if indicator or packs are not those of the reader. Sets
 * *as_of. */
static tuoyu_status check_rule(struct bytes_reading *reading, const struct tuoyu_indicator *indicator,
                               int32_t *as_of)
{
    const struct tuoyu_policy *policy = indicator->rule.policy;
    struct text name = get_text(reading);
    *as_of = (int32_t)(uint32_t)get_number(reading, 4);
    if (!reading->problem && !text_equals(name, indicator->rule.full_name))
        return report(reading->diagnostics, TUOYU_ERROR_INVALID_ARGUMENT, NOWHERE, TEXT(""),
                      "this is a tally of the indicator `%.*s`, not of the one that is asked",
                      TEXT_ARGUMENTS(name));
    if (*as_of < DATE_FIRST || *as_of > DATE_LAST)
        refuse_bytes(reading, "its date is outside the years 0001 to 9999");
    return check_packs(reading, policy);
}

/* Gives the tally out, or frees it and reports why it could not be read. */
static tuoyu_status finish_tally(struct bytes_reading *reading, struct tuoyu_tally **out)
{
    if (is_good(reading)) {
        *out = reading->tally;
        return TUOYU_OK;
    }
    tuoyu_status status = reading->status;
    if (reading->problem)
        status = report(reading->diagnostics, TUOYU_ERROR_SYNTAX, NOWHERE, TEXT(""),
                        "these bytes are no tally: %s", reading->problem);
    else
        status = tally_break(reading->tally, status, reading->diagnostics);
    if (reading->tally)
        tally_free(reading->tally);
    return status;
}

tuoyu_status tally_from_bytes(const struct tuoyu_indicator *indicator, struct text bytes,
                              struct tuoyu_tally **out, tuoyu_diagnostics *diagnostics)
{
    struct bytes_reading reading = {.bytes = TEXT(""), .diagnostics = diagnostics};
    int32_t as_of = 0;
    *out = NULL;
    tuoyu_status status = check_frame(&reading, bytes);
    if (status == TUOYU_OK)
        status = check_rule(&reading, indicator, &as_of);
    if (status == TUOYU_OK && is_good(&reading))
        status = tally_make(indicator, as_of, &reading.tally, diagnostics);
    if (status != TUOYU_OK)
        return status;
    if (reading.tally)
        get_all(&reading);
    return finish_tally(&reading, out);
}
