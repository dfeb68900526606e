/* SPDX-License-Identifier: Apache-2.0 */
/* Makes a tally, adds rows to its sums, regions and kept rows, and finds what a measure is asked of. */
#include "tally/tally_columns.h"

#include <stdlib.h>
#include <string.h>

#include "rules/promise.h"
#include "rules/slot_reads.h"

enum { DEFAULT_TALLY_ITEMS = 1000000 };

/* ---- Running out ---- */

tuoyu_status tally_break(struct tuoyu_tally *tally, tuoyu_status status, tuoyu_diagnostics *diagnostics)
{
    if (!work_has_ended(status) && status != TALLY_FULL)
        return status;
    tally->broken = status == TALLY_FULL ? TUOYU_ERROR_LIMIT : status;
    return tally_check(tally, diagnostics);
}

/* ---- Making ---- */

/* Adds a count of rows for an entity unless there is one. */
static void add_row_count(struct tuoyu_tally *tally, struct text entity)
{
    for (size_t i = 0; i < tally->row_count_count; i++)
        if (text_equals(tally->row_counts[i].entity, entity))
            return;
    tally->row_counts[tally->row_count_count++] = (struct row_count){.entity = entity};
}

/* Makes the counts of rows, one for each entity that is counted or broken down by. Returns false when
 * memory is refused. */
static bool prepare_row_counts(struct tuoyu_tally *tally)
{
    const struct tuoyu_indicator *indicator = tally->indicator;
    tally->row_counts =
        ARENA_ARRAY(&tally->arena, struct row_count, indicator->entity_count + indicator->region_count);
    tally->columns =
        ARENA_ARRAY(&tally->arena, struct tally_columns *, indicator->entity_count + indicator->region_count);
    tally->has_columns = ARENA_ARRAY(&tally->arena, bool, indicator->entity_count + indicator->region_count);
    if (!tally->row_counts || !tally->columns || !tally->has_columns)
        return false;
    for (size_t i = 0; i < indicator->entity_count; i++)
        add_row_count(tally, indicator->entities[i]);
    for (size_t i = 0; i < indicator->region_count; i++)
        add_row_count(tally, indicator->regions[i].name);
    return true;
}

/* Marks everything that formulas over rows can read. Returns false when memory is refused. */
static bool find_reads(struct tuoyu_tally *tally)
{
    struct slot_reads reads;
    if (!slot_reads_init(&reads, &tally->arena, &tally->policy->layering->program))
        return false;
    tally->reads = reads.is_read;
    indicator_mark_rows(tally->indicator, &reads);
    for (size_t i = 0; i < tally->promise_count; i++)
        slot_reads_mark(&reads, tally->promises[i].promise->slot);
    return true;
}

/* Makes what a new tally holds. TUOYU_OK or TUOYU_ERROR_NO_MEMORY. */
static tuoyu_status prepare_tally(struct tuoyu_tally *tally)
{
    const struct tuoyu_indicator *indicator = tally->indicator;
    const struct program *program = &tally->policy->layering->program;
    tally->kinds = ARENA_ARRAY(&tally->arena, struct tally_kind, indicator->region_count);
    tally->numbers = ARENA_ARRAY(&tally->arena, struct tally_number, indicator->number_count);
    tally->is_missing = ARENA_ARRAY(&tally->arena, bool, program->slot_count);
    if (!tally->kinds || !tally->numbers || !tally->is_missing)
        return TUOYU_ERROR_NO_MEMORY;
    if (!prepare_row_counts(tally) || !find_reads(tally))
        return TUOYU_ERROR_NO_MEMORY;
    tally->room.limit =
        tally->policy->limits.tally_items ? tally->policy->limits.tally_items : DEFAULT_TALLY_ITEMS;
    if (!tally_find_promises(tally))
        return TUOYU_ERROR_NO_MEMORY;
    region_sums_init(&tally->whole, &tally->arena);
    for (size_t i = 0; i < indicator->region_count; i++)
        map_init(&tally->kinds[i].by_id, &tally->arena);
    for (size_t i = 0; i < indicator->number_count; i++) {
        map_init(&tally->numbers[i].by_id, &tally->arena);
        sum_init(&tally->numbers[i].regionless, &tally->arena);
    }
    return TUOYU_OK;
}

tuoyu_status tally_make(const struct tuoyu_indicator *indicator, int32_t as_of, struct tuoyu_tally **out,
                        tuoyu_diagnostics *diagnostics)
{
    indicator = indicator_of(rule_on(&indicator->rule, as_of));
    struct tuoyu_policy *policy = indicator->rule.policy;
    const tuoyu_allocator *allocator = &policy->arena.allocator;
    *out = NULL;
    struct tuoyu_tally *tally = allocator_allocate(allocator, sizeof *tally);
    if (!tally)
        return report_no_memory(diagnostics);
    memset(tally, 0, sizeof *tally);
    tuoyu_status status =
        evaluation_init(&tally->workspace, &policy->layering->program, allocator, &policy->limits);
    if (status != TUOYU_OK) {
        allocator_free(allocator, tally, sizeof *tally);
        return report_no_memory(diagnostics);
    }
    evaluation_set_interrupt(&tally->workspace, policy->interrupt, policy->interrupt_context);
    tally->policy = policy_ref(policy);
    tally->indicator = indicator;
    tally->as_of = as_of;
    tally->is_in_force = rule_is_in_force(&indicator->rule, as_of);
    arena_init(&tally->arena, allocator);
    text_builder_init(&tally->row, allocator);
    status = prepare_tally(tally);
    if (status == TUOYU_ERROR_NO_MEMORY)
        report_no_memory(diagnostics);
    if (status == TUOYU_OK)
        *out = tally;
    else
        tally_free(tally);
    return status;
}

void tally_free(struct tuoyu_tally *tally)
{
    if (!tally)
        return;
    struct tuoyu_policy *policy = tally->policy;
    tuoyu_allocator allocator = policy->arena.allocator;
    for (size_t i = 0; i < tally->row_count_count; i++)
        tally_columns_free(tally->columns[i]);
    evaluation_free(&tally->workspace);
    text_builder_free(&tally->row);
    arena_free(&tally->arena);
    allocator_free(&allocator, tally, sizeof *tally);
    policy_unref(policy);
}

/* ---- Regions ---- */

struct text tally_region_of(const struct value *value)
{
    return value->kind == VALUE_STRING ? value->as.string : (struct text){.bytes = NULL};
}

/* If the row is itself a region, notes the region as seen. TUOYU_ERROR_FACT_MISSING, reported, if the
 * row's own id is missing. */
static tuoyu_status see_own_region(struct tuoyu_tally *tally, struct text entity, const struct value *facts,
                                   tuoyu_diagnostics *diagnostics)
{
    const struct tuoyu_indicator *indicator = tally->indicator;
    tuoyu_status status = TUOYU_OK;
    bool is_kept = tally_keeps(indicator, entity);
    for (size_t i = 0; (i < indicator->region_count || is_kept) && status == TUOYU_OK; i++) {
        bool is_last = i >= indicator->region_count;
        if (!is_last && !text_equals(indicator->regions[i].name, entity))
            continue;
        uint32_t fact = is_last ? indicator->number_id_fact : indicator->regions[i].id_fact;
        struct text id = tally_region_of(&facts[fact]);
        if (!id.bytes)
            return report(diagnostics, TUOYU_ERROR_FACT_MISSING, (struct location){.source = NULL}, TEXT(""),
                          "a row of `%.*s` needs its `%.*s.id`", TEXT_ARGUMENTS(entity),
                          TEXT_ARGUMENTS(entity));
        if (is_last)
            break;
        tally_see_region(tally, &tally->kinds[i], id, &status);
    }
    return status;
}

/* ---- Adding a row ---- */

/* Copies a fact's value and its text. Returns false when memory is refused. */
static bool copy_fact(struct arena *arena, struct value from, struct value *to)
{
    *to = from;
    if (from.kind != VALUE_STRING)
        return true;
    to->as.string = text_copy(arena, from.as.string);
    return to->as.string.bytes;
}

/* Facts are never lists or contexts, so texts are all that must be copied. */
tuoyu_status tally_keep_row(struct tuoyu_tally *tally, const struct value *values, bool is_wrong)
{
    if (!room_take(&tally->room))
        return TALLY_FULL;
    uint32_t count = tally->policy->layering->program.fact_count;
    struct kept_row *kept = ARENA_NEW(&tally->arena, struct kept_row);
    struct value *facts = ARENA_ARRAY(&tally->arena, struct value, count);
    if (!kept || !facts)
        return TUOYU_ERROR_NO_MEMORY;
    for (uint32_t i = 0; i < count; i++)
        if (!copy_fact(&tally->arena, values[i], &facts[i]))
            return TUOYU_ERROR_NO_MEMORY;
    kept->facts = facts;
    kept->is_wrong = is_wrong;
    if (tally->last_kept)
        tally->last_kept->next = kept;
    else
        tally->first_kept = kept;
    tally->last_kept = kept;
    return TUOYU_OK;
}

/* True if memory or room ran out, or the row was cancelled. Nothing more may be added then, since the tally
 * holds only a part of the row. */
static bool is_out(tuoyu_status status)
{
    return work_has_ended(status) || status == TALLY_FULL;
}

/* The status to keep of two: the first error, but running out comes before any other. A row with another
 * error counts as unknown: it may widen the bounds but never changes a proven value. */
static tuoyu_status first_of(tuoyu_status first, tuoyu_status status)
{
    return first == TUOYU_OK || (is_out(status) && !is_out(first)) ? status : first;
}

/* Adds the row to the numbers per region. Sets *is_unknown if the row is unknown to one of them. Returns
 * TUOYU_OK or the status of the first error. */
static tuoyu_status add_to_numbers(struct tuoyu_tally *tally, struct text entity,
                                   struct evaluation *evaluation, bool *is_unknown,
                                   tuoyu_diagnostics *diagnostics)
{
    const struct tuoyu_indicator *indicator = tally->indicator;
    tuoyu_status first = TUOYU_OK;
    for (size_t i = 0; i < indicator->number_count; i++) {
        const struct region_number *number = &indicator->numbers[i];
        struct contribution contribution;
        if (!text_equals(number->aggregate.entity, entity))
            continue;
        tuoyu_status status;
        struct text region = tally_region_of(&evaluation->facts[number->region_fact]);
        struct sum *sum = tally_number_sum(tally, &tally->numbers[i], region, &status);
        if (!sum)
            return status;
        first = first_of(first, row_contribution(tally, evaluation, &number->aggregate, &evaluation->arena,
                                                 &contribution, diagnostics));
        *is_unknown |= contribution.state == ROW_UNKNOWN;
        first = first_of(first, sum_add(sum, &number->aggregate, &contribution, false, &tally->room));
    }
    return first;
}

/* Adds the row to each region that it names, and counts it as regionless where it names none. Returns
 * TUOYU_OK or the status of the first error. */
static tuoyu_status add_to_regions(struct tuoyu_tally *tally, struct text entity, const struct value *facts,
                                   const struct contribution contributions[INDICATOR_AGGREGATES])
{
    const struct tuoyu_indicator *indicator = tally->indicator;
    size_t index = 0;
    while (!text_equals(indicator->aggregates[index].entity, entity))
        index++;
    for (size_t i = 0; i < indicator->region_count; i++) {
        struct text id = tally_region_of(&facts[indicator->regions[i].facts[index]]);
        tally->kinds[i].regionless += !id.bytes;
        if (!id.bytes)
            continue;
        tuoyu_status status;
        struct tally_region *region = tally_see_region(tally, &tally->kinds[i], id, &status);
        if (region)
            status = tally_count(indicator, &region->of, entity, contributions, &tally->room);
        if (status != TUOYU_OK)
            return status;
    }
    return TUOYU_OK;
}

/* Adds the row to the whole and to its regions. Sets *is_unknown if the row is unknown to one of the
 * aggregates. Returns TUOYU_OK or the status of the first error. */
static tuoyu_status add_to_sums(struct tuoyu_tally *tally, struct text entity, struct evaluation *evaluation,
                                bool *is_unknown, tuoyu_diagnostics *diagnostics)
{
    const struct tuoyu_indicator *indicator = tally->indicator;
    struct contribution contributions[INDICATOR_AGGREGATES] = {{.state = ROW_LEFT_OUT},
                                                               {.state = ROW_LEFT_OUT}};
    tuoyu_status first = TUOYU_OK;
    bool is_counted = false;
    for (size_t i = 0; i < indicator->aggregate_count; i++) {
        if (!text_equals(indicator->aggregates[i].entity, entity))
            continue;
        is_counted = true;
        first = first_of(first, row_contribution(tally, evaluation, &indicator->aggregates[i],
                                                 &evaluation->arena, &contributions[i], diagnostics));
        *is_unknown |= contributions[i].state == ROW_UNKNOWN;
    }
    if (!is_counted || is_out(first))
        return first;
    first = first_of(first, tally_count(indicator, &tally->whole, entity, contributions, &tally->room));
    return first_of(first, add_to_regions(tally, entity, evaluation->facts, contributions));
}

tuoyu_status tally_columns_of(struct tuoyu_tally *tally, struct text entity, struct tally_columns **out)
{
    size_t index = (size_t)(tally_row_count_of(tally, entity) - tally->row_counts);
    tuoyu_status status = TUOYU_OK;
    if (!tally->has_columns[index])
        status = tally_columns_make(tally, tally->row_counts[index].entity, &tally->columns[index]);
    tally->has_columns[index] = status == TUOYU_OK;
    *out = tally->columns[index];
    return status;
}

/* Adds the digest of the row as a line for a receipt: `staff {"staff.certified":true}`. Returns false when
 * memory is refused. */
static bool digest_row(struct tuoyu_tally *tally, struct text entity, const struct value *facts)
{
    struct text_builder *line = &tally->row;
    line->length = 0;
    text_append(line, entity);
    text_append_byte(line, ' ');
    facts_write(line, tally->policy, facts);
    text_append_byte(line, '\n');
    if (!line->failed)
        digest_sum_add(&tally->rows, text_builder_text(line));
    return !line->failed;
}

/* How a row was taken. */
struct added_row {
    bool is_wrong; /* a fact that the tally reads was refused */
    bool is_kept;  /* it is kept, and counted once all rows are there */
    bool is_unknown;
};

/* Adds the facts of a row to all that the tally counts. A row of the region entity without an id cannot be
 * kept, but may be one more region, so it is counted as unplaced and leaves the measures of its kind open.
 * Returns TUOYU_OK or the status of the first error. */
static tuoyu_status add_facts(struct tuoyu_tally *tally, struct row_count *count,
                              struct evaluation *evaluation, struct added_row *added,
                              tuoyu_diagnostics *diagnostics)
{
    struct text entity = count->entity;
    tuoyu_status seen = see_own_region(tally, entity, evaluation->facts, diagnostics);
    if (is_out(seen))
        return seen;
    tuoyu_status status = tally_ask_promises(tally, entity, evaluation, diagnostics);
    if (!is_out(status))
        status = first_of(status, add_to_numbers(tally, entity, evaluation, &added->is_unknown, diagnostics));
    if (is_out(status))
        return status;
    bool keeps = tally_keeps(tally->indicator, entity);
    added->is_kept = keeps && seen == TUOYU_OK;
    count->unplaced += keeps && !added->is_kept;
    if (!keeps)
        status = first_of(status, add_to_sums(tally, entity, evaluation, &added->is_unknown, diagnostics));
    else if (added->is_kept)
        status =
            first_of(status, tally_keep_row(tally, evaluation->facts, added->is_wrong || status != TUOYU_OK));
    return is_out(status) ? status : first_of(seen, status);
}

/* Adds a row in an evaluation that is borrowed for it. Returns TUOYU_OK or the status of the first error. */
static tuoyu_status digest_and_add(struct tuoyu_tally *tally, struct row_count *count,
                                   const struct tuoyu_case *row, bool is_digested, struct added_row *added,
                                   tuoyu_diagnostics *diagnostics)
{
    struct evaluation *evaluation = case_begin(row, tally->as_of);
    bool has_memory = evaluation && (!is_digested || digest_row(tally, count->entity, evaluation->facts));
    tuoyu_status status = has_memory ? TUOYU_OK : TUOYU_ERROR_NO_MEMORY;
    if (has_memory && tally->is_in_force)
        status = add_facts(tally, count, evaluation, added, diagnostics);
    case_end(row, evaluation);
    return status;
}

/* Counts what became of a row. Rows of regions that are only broken down by, and kept rows, are counted as
 * rows but not as errors or missing. */
static void count_row(struct tuoyu_tally *tally, struct row_count *count, const struct added_row *added,
                      tuoyu_status status)
{
    count->count++;
    if (!tally->is_in_force || added->is_kept || !tally_counts_entity(tally->indicator, count->entity))
        return;
    bool is_error = status != TUOYU_OK || (added->is_wrong && added->is_unknown);
    tally->errors += is_error;
    tally->missing += added->is_unknown && !is_error;
}

tuoyu_status tally_add_row(struct tuoyu_tally *tally, struct text entity, const struct tuoyu_case *row,
                           bool is_digested, bool is_wrong, tuoyu_diagnostics *diagnostics)
{
    struct row_count *count = tally_row_count_of(tally, entity);
    struct added_row added = {.is_wrong = is_wrong};
    tuoyu_status status = tally_check(tally, diagnostics);
    if (status != TUOYU_OK || !count)
        return status;
    tally->has_undigested |= !is_digested;
    status = digest_and_add(tally, count, row, is_digested, &added, diagnostics);
    if (is_out(status))
        return tally_break(tally, status, diagnostics);
    count_row(tally, count, &added, status);
    return status;
}

tuoyu_status tally_add(struct tuoyu_tally *tally, struct text entity, const struct tuoyu_case *row,
                       tuoyu_diagnostics *diagnostics)
{
    return tally_add_row(tally, entity, row, true, false, diagnostics);
}

/* ---- Reading ---- */

/* The index of the kind of region with this name, or SIZE_MAX. */
static size_t find_kind(const struct tuoyu_tally *tally, struct text region)
{
    size_t kind = 0;
    while (kind < tally->indicator->region_count &&
           !text_equals(tally->indicator->regions[kind].name, region))
        kind++;
    return kind < tally->indicator->region_count ? kind : SIZE_MAX;
}

/* For qsort(): orders regions by id. */
static int compare_regions(const void *left, const void *right)
{
    const struct tally_region *const *a = left, *const *b = right;
    return text_compare((*a)->id, (*b)->id);
}

/* Sorts the regions of a kind by id, if there are new ones. Returns false when memory is refused. */
static bool sort_regions(struct tuoyu_tally *tally, struct tally_kind *kind)
{
    size_t count = kind->by_id.count;
    if (kind->sorted_count == count)
        return true;
    if (kind->capacity < count) {
        /* twice the need, so that all arrays left behind in the arena are together smaller than this one */
        size_t capacity = 2 * count;
        struct tally_region **sorted = ARENA_ARRAY(&tally->arena, struct tally_region *, capacity);
        if (!sorted)
            return false;
        kind->sorted = sorted;
        kind->capacity = capacity;
    }
    for (size_t i = 0; i < count; i++)
        kind->sorted[i] = kind->by_id.entries[i].value;
    qsort(kind->sorted, count, sizeof *kind->sorted, compare_regions);
    kind->sorted_count = count;
    return true;
}

const char *tally_region_id(struct tuoyu_tally *tally, struct text region, size_t index)
{
    size_t kind = find_kind(tally, region);
    if (kind == SIZE_MAX || index >= tally->kinds[kind].by_id.count ||
        !sort_regions(tally, &tally->kinds[kind]))
        return NULL;
    return tally->kinds[kind].sorted[index]->id.bytes;
}

/* Reports a kind of region that the indicator is not broken down by, with the nearest one. */
static tuoyu_status report_no_kind(const struct tuoyu_tally *tally, struct text region,
                                   tuoyu_diagnostics *diagnostics)
{
    const struct tuoyu_indicator *indicator = tally->indicator;
    struct text best = {NULL, 0};
    size_t distance = SIZE_MAX;
    char hint[HINT_SIZE];
    for (size_t i = 0; i < indicator->region_count; i++)
        text_nearest(region, indicator->regions[i].name, &best, &distance);
    return report(diagnostics, TUOYU_ERROR_NOT_FOUND, (struct location){.source = NULL},
                  did_you_mean(hint, best), "the indicator `%.*s` is not broken down by `%.*s`",
                  TEXT_ARGUMENTS(indicator->rule.full_name), TEXT_ARGUMENTS(region));
}

/* Reports a region that no row names, with the nearest one. */
static tuoyu_status report_no_region(const struct tally_kind *kind, struct text region, struct text id,
                                     tuoyu_diagnostics *diagnostics)
{
    struct text best = {NULL, 0};
    size_t distance = SIZE_MAX;
    char hint[HINT_SIZE];
    for (size_t i = 0; i < kind->by_id.count; i++)
        text_nearest(id, kind->by_id.entries[i].key, &best, &distance);
    return report(diagnostics, TUOYU_ERROR_NOT_FOUND, (struct location){.source = NULL},
                  did_you_mean(hint, best), "no row is of, or in, the %.*s `%.*s`", TEXT_ARGUMENTS(region),
                  TEXT_ARGUMENTS(id));
}

/* Measures with the kept rows, which are counted anew for each measure. What they add to the sums and to the
 * missing facts is forgotten afterwards. Returns TUOYU_OK or the status of the first error. */
static tuoyu_status measure_with_kept(struct tuoyu_tally *tally, size_t kind, struct text id,
                                      struct counted *counted, struct tuoyu_measure **out,
                                      tuoyu_diagnostics *diagnostics)
{
    const struct tuoyu_indicator *indicator = tally->indicator;
    size_t slots = tally->policy->layering->program.slot_count;
    bool *noted = tally->is_missing;
    struct arena scratch;
    arena_init(&scratch, &tally->policy->arena.allocator);
    bool *is_missing = ARENA_ARRAY(&scratch, bool, slots);
    tuoyu_status status = is_missing ? TUOYU_OK : TUOYU_ERROR_NO_MEMORY;
    if (is_missing) {
        memcpy(is_missing, noted, slots);
        tally->is_missing = is_missing;
        for (size_t i = 0; i < indicator->aggregate_count; i++)
            if (tally_keeps(indicator, indicator->aggregates[i].entity))
                sum_init(&counted->sums.sums[i], &scratch);
        status = tally_count_kept(tally, kind, id, &scratch, counted, diagnostics);
    }
    tally_count_nothing_known(tally, counted);
    if (status == TUOYU_OK)
        status = measure_make(tally, kind, id, counted, out, diagnostics);
    else if (status == TUOYU_ERROR_NO_MEMORY)
        report_no_memory(diagnostics);
    tally->is_missing = noted;
    arena_free(&scratch);
    return status;
}

tuoyu_status tally_measure(struct tuoyu_tally *tally, struct text region, struct text id,
                           struct tuoyu_measure **out, tuoyu_diagnostics *diagnostics)
{
    struct counted counted = {.sums = tally->whole};
    size_t kind = SIZE_MAX;
    *out = NULL;
    tuoyu_status status = tally_check(tally, diagnostics);
    if (status != TUOYU_OK)
        return status;
    if (region.bytes) {
        kind = find_kind(tally, region);
        if (kind == SIZE_MAX)
            return report_no_kind(tally, region, diagnostics);
        const struct tally_region *found = map_get(&tally->kinds[kind].by_id, id);
        if (!found)
            return report_no_region(&tally->kinds[kind], region, id, diagnostics);
        counted.sums = found->of;
    }
    if (tally->indicator->number_count)
        return measure_with_kept(tally, kind, id, &counted, out, diagnostics);
    tally_count_nothing_known(tally, &counted);
    return measure_make(tally, kind, id, &counted, out, diagnostics);
}
