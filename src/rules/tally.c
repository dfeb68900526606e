/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/tally.h"

#include <string.h>

/* ---- Making ---- */

static void region_sums_init(struct region_sums *sums, struct arena *arena)
{
    sums->unknown = 0;
    for (size_t i = 0; i < INDICATOR_AGGREGATES; i++) sum_init(&sums->sums[i], arena);
}

static tuoyu_status check_in_force(struct tuoyu_tally *tally, tuoyu_diagnostics *diagnostics)
{
    const struct rule *rule = &tally->indicator->rule;
    evaluation_begin(&tally->workspace, tally->as_of, NULL);
    struct text what = text_format(&tally->workspace.arena, "the indicator `%.*s`", TEXT_ARGUMENTS(rule->full_name));
    if (!what.bytes) return TUOYU_ERROR_NO_MEMORY;
    const struct cause *cause = evaluation_check_period(&tally->workspace, what, rule->first_day, rule->last_day, rule->where);
    return cause ? evaluation_status(&tally->workspace, value_null(cause), diagnostics) : TUOYU_OK;
}

static void add_row_count(struct tuoyu_tally *tally, struct text entity)
{
    for (size_t i = 0; i < tally->row_count_count; i++)
        if (text_equals(tally->row_counts[i].entity, entity)) return;
    tally->row_counts[tally->row_count_count++] = (struct row_count){.entity = entity};
}

static bool prepare_row_counts(struct tuoyu_tally *tally)
{
    const struct tuoyu_indicator *indicator = tally->indicator;
    digest_init(&tally->rows);
    tally->row_counts = ARENA_ARRAY(&tally->arena, struct row_count, indicator->entity_count + indicator->region_count);
    if (!tally->row_counts) return false;
    for (size_t i = 0; i < indicator->entity_count; i++) add_row_count(tally, indicator->entities[i]);
    for (size_t i = 0; i < indicator->region_count; i++) add_row_count(tally, indicator->regions[i].name);
    return true;
}

static tuoyu_status prepare(struct tuoyu_tally *tally, tuoyu_diagnostics *diagnostics)
{
    const struct tuoyu_indicator *indicator = tally->indicator;
    const struct program *program = &tally->policy->layering->program;
    tally->kinds = ARENA_ARRAY(&tally->arena, struct tally_kind, indicator->region_count);
    tally->numbers = ARENA_ARRAY(&tally->arena, struct tally_number, indicator->number_count);
    tally->used = ARENA_ARRAY(&tally->arena, bool, program->slot_count);
    if (!tally->kinds || !tally->numbers || !tally->used) return TUOYU_ERROR_NO_MEMORY;
    if (!prepare_row_counts(tally)) return TUOYU_ERROR_NO_MEMORY;
    region_sums_init(&tally->whole, &tally->arena);
    map_init(&tally->missing_names, &tally->arena);
    for (size_t i = 0; i < indicator->number_count; i++) {
        map_init(&tally->numbers[i].by_id, &tally->arena);
        sum_init(&tally->numbers[i].regionless, &tally->arena);
    }
    return check_in_force(tally, diagnostics);
}

tuoyu_status tally_make(const struct tuoyu_indicator *indicator, int32_t as_of, struct tuoyu_tally **out,
                        tuoyu_diagnostics *diagnostics)
{
    indicator = (const struct tuoyu_indicator *)rule_on(&indicator->rule, as_of);
    struct tuoyu_policy *policy = indicator->rule.policy;
    const tuoyu_allocator *allocator = &policy->arena.allocator;
    *out = NULL;
    struct tuoyu_tally *tally = allocator_allocate(allocator, sizeof *tally);
    if (!tally) return report_no_memory(diagnostics);
    memset(tally, 0, sizeof *tally);
    tuoyu_status status = evaluation_init(&tally->workspace, &policy->layering->program, allocator, &policy->limits);
    if (status != TUOYU_OK) {
        allocator_free(allocator, tally, sizeof *tally);
        return report_no_memory(diagnostics);
    }
    tally->policy = policy_retain(policy);
    tally->indicator = indicator;
    tally->as_of = as_of;
    arena_init(&tally->arena, allocator);
    text_builder_init(&tally->row, allocator);
    status = prepare(tally, diagnostics);
    if (status == TUOYU_ERROR_NO_MEMORY) report_no_memory(diagnostics);
    if (status == TUOYU_OK) *out = tally;
    else tally_free(tally);
    return status;
}

void tally_free(struct tuoyu_tally *tally)
{
    if (!tally) return;
    struct tuoyu_policy *policy = tally->policy;
    tuoyu_allocator allocator = policy->arena.allocator;
    evaluation_free(&tally->workspace);
    text_builder_free(&tally->row);
    arena_free(&tally->arena);
    allocator_free(&allocator, tally, sizeof *tally);
    policy_release(policy);
}

/* ---- Regions ---- */

/* Where the id stands among the sorted regions, or would stand. */
static size_t find_place(const struct tally_kind *kind, struct text id)
{
    size_t low = 0, high = kind->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (text_compare(kind->regions[middle]->id, id) < 0) low = middle + 1;
        else high = middle;
    }
    return low;
}

/* The region with the id; made if it was not seen yet. NULL without memory. */
static struct tally_region *see_region(struct tuoyu_tally *tally, struct tally_kind *kind, struct text id)
{
    size_t place = find_place(kind, id);
    if (place < kind->count && text_equals(kind->regions[place]->id, id)) return kind->regions[place];
    struct tally_region *region = ARENA_NEW(&tally->arena, struct tally_region);
    struct tally_region **grown = arena_grow(&tally->arena, kind->regions, kind->count, &kind->capacity, sizeof *grown);
    if (grown) kind->regions = grown;
    struct text kept = text_copy(&tally->arena, id);
    if (!region || !grown || !kept.bytes) return NULL;
    region->id = kept;
    region_sums_init(&region->of, &tally->arena);
    memmove(grown + place + 1, grown + place, (kind->count - place) * sizeof *grown);
    grown[place] = region;
    kind->count++;
    return region;
}

static const struct value *region_of(const struct tuoyu_case *row, uint32_t fact)
{
    const struct value *value = &row->values[fact];
    return value->kind == VALUE_STRING ? value : NULL;
}

static tuoyu_status see_own_region(struct tuoyu_tally *tally, struct text entity, const struct tuoyu_case *row,
                                   tuoyu_diagnostics *diagnostics)
{
    const struct tuoyu_indicator *indicator = tally->indicator;
    bool is_kept = tally_keeps(indicator, entity);
    for (size_t i = 0; i < indicator->region_count || is_kept; i++) {
        bool is_last = i >= indicator->region_count;
        if (!is_last && !text_equals(indicator->regions[i].name, entity)) continue;
        const struct value *id = region_of(row, is_last ? indicator->number_id_fact : indicator->regions[i].id_fact);
        if (!id)
            return report(diagnostics, TUOYU_ERROR_FACT_MISSING, (struct location){NULL}, TEXT(""),
                          "a row of `%.*s` needs its `%.*s.id`", TEXT_ARGUMENTS(entity), TEXT_ARGUMENTS(entity));
        if (is_last) break;
        if (!see_region(tally, &tally->kinds[i], id->as.string)) return TUOYU_ERROR_NO_MEMORY;
    }
    return TUOYU_OK;
}

/* ---- Adding a row ---- */

static bool copy_fact(struct arena *arena, struct value from, struct value *to)
{
    *to = from;
    if (from.kind != VALUE_STRING) return true;
    to->as.string = text_copy(arena, from.as.string);
    return to->as.string.bytes;
}

/* Facts hold no lists or contexts: texts are all that must be copied. */
static tuoyu_status keep_row(struct tuoyu_tally *tally, const struct tuoyu_case *row)
{
    uint32_t count = tally->policy->layering->program.fact_count;
    struct kept_row *kept = ARENA_NEW(&tally->arena, struct kept_row);
    struct value *facts = ARENA_ARRAY(&tally->arena, struct value, count);
    if (!kept || !facts) return TUOYU_ERROR_NO_MEMORY;
    for (uint32_t i = 0; i < count; i++)
        if (!copy_fact(&tally->arena, row->values[i], &facts[i])) return TUOYU_ERROR_NO_MEMORY;
    kept->facts = facts;
    if (tally->last_kept) tally->last_kept->next = kept;
    else tally->first_kept = kept;
    tally->last_kept = kept;
    return TUOYU_OK;
}

static struct sum *number_sum(struct tuoyu_tally *tally, struct tally_number *number, const struct value *region)
{
    if (!region) return &number->regionless;
    struct sum *sum = map_get(&number->by_id, region->as.string);
    if (sum) return sum;
    struct text id = text_copy(&tally->arena, region->as.string);
    sum = ARENA_NEW(&tally->arena, struct sum);
    if (!sum || !id.bytes || !map_put(&number->by_id, id, sum)) return NULL;
    sum_init(sum, &tally->arena);
    return sum;
}

/* An error leaves the row unknown, so that nothing is claimed that it could overthrow. */
static tuoyu_status first_of(tuoyu_status first, tuoyu_status status)
{
    return first == TUOYU_OK || status == TUOYU_ERROR_NO_MEMORY ? status : first;
}

static tuoyu_status add_to_numbers(struct tuoyu_tally *tally, struct text entity, const struct tuoyu_case *row,
                                   struct evaluation *evaluation, tuoyu_diagnostics *diagnostics)
{
    const struct tuoyu_indicator *indicator = tally->indicator;
    tuoyu_status first = TUOYU_OK;
    for (size_t i = 0; i < indicator->number_count; i++) {
        const struct region_number *number = &indicator->numbers[i];
        struct contribution contribution;
        if (!text_equals(number->aggregate.entity, entity)) continue;
        struct sum *sum = number_sum(tally, &tally->numbers[i], region_of(row, number->region_fact));
        if (!sum) return TUOYU_ERROR_NO_MEMORY;
        first = first_of(first, row_contribution(tally, evaluation, &number->aggregate, &evaluation->arena, &contribution,
                                                 diagnostics));
        first = first_of(first, sum_add(sum, &number->aggregate, &contribution, false));
    }
    return first;
}

static tuoyu_status add_to_regions(struct tuoyu_tally *tally, struct text entity, const struct tuoyu_case *row,
                                   const struct contribution contributions[INDICATOR_AGGREGATES])
{
    const struct tuoyu_indicator *indicator = tally->indicator;
    size_t index = 0;
    while (!text_equals(indicator->aggregates[index].entity, entity)) index++;
    for (size_t i = 0; i < indicator->region_count; i++) {
        const struct value *id = region_of(row, indicator->regions[i].facts[index]);
        tally->kinds[i].regionless += !id;
        if (!id) continue;
        struct tally_region *region = see_region(tally, &tally->kinds[i], id->as.string);
        tuoyu_status status = region ? tally_count(indicator, &region->of, entity, contributions) : TUOYU_ERROR_NO_MEMORY;
        if (status != TUOYU_OK) return status;
    }
    return TUOYU_OK;
}

static tuoyu_status add_to_sums(struct tuoyu_tally *tally, struct text entity, const struct tuoyu_case *row,
                                struct evaluation *evaluation, tuoyu_diagnostics *diagnostics)
{
    const struct tuoyu_indicator *indicator = tally->indicator;
    struct contribution contributions[INDICATOR_AGGREGATES] = {{.state = ROW_LEFT_OUT}, {.state = ROW_LEFT_OUT}};
    tuoyu_status first = TUOYU_OK;
    bool is_counted = false;
    for (size_t i = 0; i < indicator->aggregate_count; i++) {
        if (!text_equals(indicator->aggregates[i].entity, entity)) continue;
        is_counted = true;
        first = first_of(first, row_contribution(tally, evaluation, &indicator->aggregates[i], &evaluation->arena,
                                                 &contributions[i], diagnostics));
    }
    if (!is_counted || first == TUOYU_ERROR_NO_MEMORY) return first;
    first = first_of(first, tally_count(indicator, &tally->whole, entity, contributions));
    return first_of(first, add_to_regions(tally, entity, row, contributions));
}

/* Where the rows of an entity are counted for a receipt; NULL for one that the indicator does not look at. */
static struct row_count *row_count_of(const struct tuoyu_tally *tally, struct text entity)
{
    for (size_t i = 0; i < tally->row_count_count; i++)
        if (text_equals(tally->row_counts[i].entity, entity)) return &tally->row_counts[i];
    return NULL;
}

/* The row as a line for a receipt: `staff {"staff.certified":true}`. false without memory. */
static bool write_row(struct text_builder *line, struct text entity, const struct tuoyu_case *row)
{
    line->length = 0;
    text_append(line, entity);
    text_append_byte(line, ' ');
    facts_write(line, row->policy, row->values);
    text_append_byte(line, '\n');
    bool is_written = !line->failed;
    if (!is_written) text_builder_free(line); /* the next row may find memory again */
    return is_written;
}

tuoyu_status tally_add(struct tuoyu_tally *tally, struct text entity, const struct tuoyu_case *row,
                       tuoyu_diagnostics *diagnostics)
{
    struct row_count *count = row_count_of(tally, entity);
    if (count && !write_row(&tally->row, entity, row)) return report_no_memory(diagnostics);
    tuoyu_status status = see_own_region(tally, entity, row, diagnostics);
    if (status == TUOYU_OK) {
        struct evaluation *evaluation = case_begin(row, tally->as_of);
        bool is_kept = tally_keeps(tally->indicator, entity);
        status = add_to_numbers(tally, entity, row, evaluation, diagnostics);
        if (status != TUOYU_ERROR_NO_MEMORY)
            status = first_of(status, is_kept ? keep_row(tally, row)
                                              : add_to_sums(tally, entity, row, evaluation, diagnostics));
        status = first_of(status, tally_note_citations(tally, evaluation));
    }
    if (status == TUOYU_ERROR_NO_MEMORY) return report_no_memory(diagnostics);
    if (count) {
        count->count++;
        digest_add(&tally->rows, text_builder_text(&tally->row));
    }
    tally->errors += status != TUOYU_OK;
    return status;
}

/* ---- Reading ---- */

static size_t find_kind(const struct tuoyu_tally *tally, struct text region)
{
    size_t kind = 0;
    while (kind < tally->indicator->region_count && !text_equals(tally->indicator->regions[kind].name, region)) kind++;
    return kind < tally->indicator->region_count ? kind : SIZE_MAX;
}

const char *tally_region_id(const struct tuoyu_tally *tally, struct text region, size_t index)
{
    size_t kind = find_kind(tally, region);
    if (kind == SIZE_MAX || index >= tally->kinds[kind].count) return NULL;
    return tally->kinds[kind].regions[index]->id.bytes;
}

static tuoyu_status report_no_kind(const struct tuoyu_tally *tally, struct text region, tuoyu_diagnostics *diagnostics)
{
    const struct tuoyu_indicator *indicator = tally->indicator;
    struct text best = {NULL, 0};
    size_t distance = SIZE_MAX;
    char hint[HINT_SIZE];
    for (size_t i = 0; i < indicator->region_count; i++) text_nearest(region, indicator->regions[i].name, &best, &distance);
    return report(diagnostics, TUOYU_ERROR_NOT_FOUND, (struct location){NULL}, did_you_mean(hint, best),
                  "the indicator `%.*s` is not broken down by `%.*s`", TEXT_ARGUMENTS(indicator->rule.full_name),
                  TEXT_ARGUMENTS(region));
}

static tuoyu_status report_no_region(const struct tally_kind *kind, struct text region, struct text id,
                                     tuoyu_diagnostics *diagnostics)
{
    struct text best = {NULL, 0};
    size_t distance = SIZE_MAX;
    char hint[HINT_SIZE];
    for (size_t i = 0; i < kind->count; i++) text_nearest(id, kind->regions[i]->id, &best, &distance);
    return report(diagnostics, TUOYU_ERROR_NOT_FOUND, (struct location){NULL}, did_you_mean(hint, best),
                  "no row is of, or in, the %.*s `%.*s`", TEXT_ARGUMENTS(region), TEXT_ARGUMENTS(id));
}

tuoyu_status tally_measure(struct tuoyu_tally *tally, struct text region, struct text id, struct tuoyu_measure **out,
                           tuoyu_diagnostics *diagnostics)
{
    struct region_sums sums = tally->whole;
    size_t kind = SIZE_MAX;
    *out = NULL;
    if (region.bytes) {
        kind = find_kind(tally, region);
        if (kind == SIZE_MAX) return report_no_kind(tally, region, diagnostics);
        const struct tally_kind *regions = &tally->kinds[kind];
        size_t place = find_place(regions, id);
        if (place == regions->count || !text_equals(regions->regions[place]->id, id))
            return report_no_region(regions, region, id, diagnostics);
        sums = regions->regions[place]->of;
    }
    struct arena scratch;
    arena_init(&scratch, &tally->policy->arena.allocator);
    if (tally->indicator->number_count)
        for (size_t i = 0; i < tally->indicator->aggregate_count; i++)
            if (tally_keeps(tally->indicator, tally->indicator->aggregates[i].entity)) sum_init(&sums.sums[i], &scratch);
    tuoyu_status status = tally_count_kept(tally, kind, id, &scratch, &sums, diagnostics);
    if (status == TUOYU_OK) status = measure_make(tally, kind, id, &sums, out, diagnostics);
    else if (status == TUOYU_ERROR_NO_MEMORY) report_no_memory(diagnostics);
    arena_free(&scratch);
    return status;
}
