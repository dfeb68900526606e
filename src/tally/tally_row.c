/* SPDX-License-Identifier: Apache-2.0 */
/* What one row contributes to each aggregate, and how kept rows are counted once the numbers of their
 * regions are known. */
#include "tally/tally.h"

#include <string.h>

/* the most combinations of numbers per region that are tried for unknown rows */
enum { MOST_COMBINATIONS = 64 };

/* ---- What a row is to an aggregate ---- */

/* Inputs (numbers per region) are not marked, since what is missing in the rows behind them is marked
 * already. */
tuoyu_status tally_note_unknown(struct tuoyu_tally *tally, struct evaluation *evaluation,
                                const struct value values[2])
{
    const struct cause **missing = NULL;
    size_t count = 0;
    if (!evaluation_missing(evaluation, values, 2, &missing, &count))
        return TUOYU_ERROR_NO_MEMORY;
    for (size_t i = 0; i < count; i++) {
        uint32_t slot = evaluation_missing_slot(evaluation, missing[i]);
        if (slot != SLOT_NONE && program_slot(evaluation->program, slot)->kind != SLOT_INPUT)
            tally->is_missing[slot] = true;
    }
    return TUOYU_OK;
}

/* A value as the text by which distinct values are told apart. TUOYU_OK or TUOYU_ERROR_NO_MEMORY. */
static tuoyu_status key_of(struct arena *arena, struct value value, struct text *key)
{
    struct text_builder builder;
    text_builder_init_arena(&builder, arena);
    value_format_literal(&builder, value);
    *key = text_builder_text(&builder);
    return builder.failed ? TUOYU_ERROR_NO_MEMORY : TUOYU_OK;
}

/* Fills in the contribution of a known value. Null and false are left out, but false counts as a distinct
 * value. Returns TUOYU_OK or the status of the first error. */
static tuoyu_status take_value(const struct aggregate *aggregate, struct arena *arena, struct value value,
                               struct contribution *out)
{
    out->has_number = true;
    out->number = value.kind == VALUE_NUMBER ? value.as.number : decimal_from_integer(1);
    if (value.kind == VALUE_NULL || value_is_false(value))
        out->state = ROW_LEFT_OUT;
    if (aggregate->kind != AGGREGATE_DISTINCT)
        return TUOYU_OK;
    out->state = value.kind == VALUE_NULL     ? ROW_LEFT_OUT
                 : out->state == ROW_LEFT_OUT ? ROW_COUNTED
                                              : out->state;
    return key_of(arena, value, &out->key);
}

/* Computes a slot. An error is reported and returned. */
static tuoyu_status ask(struct evaluation *evaluation, uint32_t slot, struct value *value,
                        tuoyu_diagnostics *diagnostics)
{
    *value = evaluation_value(evaluation, slot);
    return evaluation_status(evaluation, *value, diagnostics);
}

/* True for a value that the aggregate cannot count or sum; null is always allowed. */
static bool has_wrong_kind(const struct aggregate *aggregate, struct value value)
{
    enum value_kind wanted = aggregate->kind == AGGREGATE_COUNT ? VALUE_BOOLEAN : VALUE_NUMBER;
    return aggregate->kind != AGGREGATE_DISTINCT && value.kind != VALUE_NULL && value.kind != wanted;
}

tuoyu_status contribution_of(const struct aggregate *aggregate, struct value where, struct value value,
                             struct arena *arena, struct contribution *out, const char **what)
{
    *out = (struct contribution){.state = ROW_UNKNOWN};
    bool belongs = value_is_true(where), is_known = !value_cause(value);
    if (has_wrong_kind(aggregate, value)) {
        *what = "a row gives neither a number nor true or false here";
        return TUOYU_ERROR_EVALUATION;
    }
    if (aggregate_has_total(aggregate) && value.kind == VALUE_NUMBER && !exact_sum_holds(value.as.number)) {
        *what = "a row gives a number here that sums do not hold: it is 10^70 or more, or has more than 64 "
                "decimals";
        return TUOYU_ERROR_OVERFLOW;
    }
    out->belongs = belongs && !is_known && aggregate->kind != AGGREGATE_COUNT;
    if (belongs && is_known)
        out->state = ROW_COUNTED;
    return is_known ? take_value(aggregate, arena, value, out) : TUOYU_OK;
}

/* True if the condition leaves the row out: it is false, or a null that nothing would change. */
static bool leaves_out(struct value where)
{
    return value_is_false(where) || (where.kind == VALUE_NULL && !value_cause(where));
}

tuoyu_status row_contribution(struct tuoyu_tally *tally, struct evaluation *evaluation,
                              const struct aggregate *aggregate, struct arena *arena,
                              struct contribution *out, tuoyu_diagnostics *diagnostics)
{
    struct value asked[2] = {value_boolean(true), VALUE_NOTHING};
    const char *what = NULL;
    *out = (struct contribution){.state = ROW_UNKNOWN};
    tuoyu_status status = TUOYU_OK;
    if (!tally_row_keeps_promises(tally, aggregate->entity, evaluation))
        return TUOYU_OK; /* what it breaks was reported when it was added */
    if (aggregate->where != SLOT_NONE)
        status = ask(evaluation, aggregate->where, &asked[0], diagnostics);
    if (status != TUOYU_OK)
        return status;
    if (leaves_out(asked[0])) {
        out->state = ROW_LEFT_OUT;
        return TUOYU_OK;
    }
    status = ask(evaluation, aggregate->expression, &asked[1], diagnostics);
    if (status == TUOYU_OK)
        status = contribution_of(aggregate, asked[0], asked[1], arena, out, &what);
    if (what) {
        const struct slot *slot = program_slot(evaluation->program, aggregate->expression);
        return evaluation_status(evaluation, evaluation_error(evaluation, status, slot->where, "%s", what),
                                 diagnostics);
    }
    if (status == TUOYU_OK && out->state == ROW_UNKNOWN)
        status = tally_note_unknown(tally, evaluation, asked);
    return status;
}

/* Counts a row of a share that is unknown to both parts: it cannot belong to the numerator alone. */
static void count_open_in_both(struct region_sums *sums,
                               const struct contribution contributions[INDICATOR_AGGREGATES])
{
    const struct contribution *over = &contributions[INDICATOR_NUMERATOR];
    if (over->state != ROW_UNKNOWN || contributions[INDICATOR_DENOMINATOR].state != ROW_UNKNOWN)
        return;
    sums->open_in_both++;
    sums->tied_in_both += over->has_number;
}

tuoyu_status tally_count(const struct tuoyu_indicator *indicator, struct region_sums *sums,
                         struct text entity, const struct contribution contributions[INDICATOR_AGGREGATES],
                         struct tally_room *room)
{
    bool is_unknown = false;
    for (size_t i = 0; i < indicator->aggregate_count; i++)
        is_unknown |=
            text_equals(indicator->aggregates[i].entity, entity) && contributions[i].state == ROW_UNKNOWN;
    sums->unknown += is_unknown;
    if (indicator->is_share && text_equals(indicator->aggregates[0].entity, entity))
        count_open_in_both(sums, contributions);
    for (size_t i = 0; i < indicator->aggregate_count; i++) {
        const struct aggregate *aggregate = &indicator->aggregates[i];
        if (!text_equals(aggregate->entity, entity))
            continue;
        tuoyu_status status = sum_add(&sums->sums[i], aggregate, &contributions[i], is_unknown, room);
        if (status != TUOYU_OK)
            return status;
    }
    return TUOYU_OK;
}

/* ---- Kept rows ---- */

bool tally_keeps(const struct tuoyu_indicator *indicator, struct text entity)
{
    if (indicator->number_count == 0 || !text_equals(entity, indicator->number_entity))
        return false;
    for (size_t i = 0; i < indicator->aggregate_count; i++)
        if (text_equals(indicator->aggregates[i].entity, entity))
            return true;
    return false;
}

/* Finds what the number at `index` may be for a region. Rows that name no region, and records that cannot
 * be read, may belong to it. */
struct open_number {
    bool is_none; /* a mean of no rows, which is a null although nothing is missing */
    bool is_known;
    tuoyu_decimal low;
    int64_t steps; /* how many steps of 1 it is from `low` to the highest possible number */
};

/* What the number of a region is, or from which number on it may be, with the rows that are not known.
 * TUOYU_OK or the error of an operation. */
static tuoyu_status open_number(const struct tuoyu_tally *tally, size_t index, struct text region,
                                struct arena *scratch, struct open_number *out)
{
    const struct tally_number *number = &tally->numbers[index];
    const struct aggregate *aggregate = &tally->indicator->numbers[index].aggregate;
    struct sum empty, *sum = map_get(&number->by_id, region);
    sum_init(&empty, scratch);
    struct extent extent;
    if (!sum)
        sum = &empty;
    tuoyu_status status = sum_extent(sum, aggregate, &extent);
    *out = (struct open_number){.is_known = extent.has_value, .low = extent.value};
    /* A row that does not name its region may belong to this one, and so may a record that cannot be read. */
    int64_t strays = number->regionless.rows + number->regionless.unknown +
                     tally_nothing_known_of(tally, aggregate->entity);
    out->is_none = !extent.has_value && sum->unknown + strays == 0;
    if (status != TUOYU_OK || sum->unknown + strays == 0)
        return status;
    bool counts = aggregate->kind == AGGREGATE_COUNT || aggregate->kind == AGGREGATE_DISTINCT;
    tuoyu_decimal steps;
    out->low = extent.lower;
    status = decimal_subtract(extent.upper, extent.lower, &steps);
    out->is_known = counts && status == TUOYU_OK && decimal_to_integer(steps, &out->steps);
    out->steps += strays;
    return status;
}

/* The number `step` steps above the lowest; a null with a cause if it is not known, and a null without if
 * there is none. */
static struct value number_at(const struct tuoyu_indicator *indicator, size_t index,
                              const struct open_number *open, int64_t step, struct arena *scratch)
{
    tuoyu_decimal number;
    if (open->is_none)
        return VALUE_NOTHING;
    if (open->is_known && decimal_add(open->low, decimal_from_integer(step), &number) == TUOYU_OK)
        return value_number(number);
    struct cause *cause = ARENA_NEW(scratch, struct cause);
    if (!cause)
        return value_no_memory();
    *cause = (struct cause){
        .kind = CAUSE_FACT, .code = TUOYU_ERROR_FACT_MISSING, .name = indicator->numbers[index].name};
    return value_null(cause);
}

/* True if two contributions count the same. */
static bool contributions_equal(const struct contribution *left, const struct contribution *right)
{
    if (left->state != right->state || left->has_number != right->has_number ||
        left->belongs != right->belongs)
        return false;
    return !left->has_number ||
           (decimal_compare(left->number, right->number) == 0 && text_equals(left->key, right->key));
}

/* A kept row while it is counted, with what the numbers of its region may be. */
struct kept_run {
    struct tuoyu_tally *tally;
    const struct kept_row *row;
    const struct open_number *open;
    struct arena *scratch;
    struct contribution *contributions;
    tuoyu_diagnostics *diagnostics;
};

/* Evaluates the row with one combination of the numbers. Combination 0 comes first and sets the contributions
 * of the aggregates of this entity; one that a later combination changes becomes unknown. Returns TUOYU_OK or
 * the status of the first error. */
static tuoyu_status run_combination(struct kept_run *run, int64_t combination)
{
    struct tuoyu_tally *tally = run->tally;
    const struct tuoyu_indicator *indicator = tally->indicator;
    struct evaluation *evaluation = &tally->workspace;
    evaluation_begin(evaluation, tally->as_of, run->row->facts);
    int64_t rest = combination;
    for (size_t i = 0; i < indicator->number_count; i++) {
        int64_t base = run->open[i].is_known ? run->open[i].steps + 1 : 1;
        struct value number = number_at(indicator, i, &run->open[i], rest % base, run->scratch);
        rest /= base;
        evaluation_set_input(evaluation, indicator->numbers[i].input, number);
    }
    for (size_t i = 0; i < indicator->aggregate_count; i++) {
        const struct aggregate *aggregate = &indicator->aggregates[i];
        struct contribution one;
        if (!text_equals(aggregate->entity, indicator->number_entity))
            continue;
        tuoyu_status status =
            row_contribution(tally, evaluation, aggregate, run->scratch, &one, run->diagnostics);
        if (status != TUOYU_OK)
            return status;
        if (combination == 0)
            run->contributions[i] = one;
        else if (!contributions_equal(&run->contributions[i], &one))
            run->contributions[i] = (struct contribution){.state = ROW_UNKNOWN};
    }
    return TUOYU_OK;
}

/* Fills in the row's contributions over all combinations of the numbers of its region. A number is
 * treated as not known if there would be more than MOST_COMBINATIONS. Returns TUOYU_OK or the status of
 * the first error. */
static tuoyu_status count_kept_row(struct kept_run *run, struct text region)
{
    struct tuoyu_tally *tally = run->tally;
    const struct tuoyu_indicator *indicator = tally->indicator;
    struct open_number *open = ARENA_ARRAY(run->scratch, struct open_number, indicator->number_count);
    if (!open)
        return TUOYU_ERROR_NO_MEMORY;
    run->open = open;
    int64_t combinations = 1;
    for (size_t i = 0; i < indicator->number_count; i++) {
        tuoyu_status status = open_number(tally, i, region, run->scratch, &open[i]);
        if (status != TUOYU_OK)
            return status;
        if (open[i].is_known && open[i].steps >= MOST_COMBINATIONS / combinations)
            open[i].is_known = false;
        if (open[i].is_known)
            combinations *= open[i].steps + 1;
    }
    tuoyu_status status = TUOYU_OK;
    for (int64_t i = 0; i < combinations && status == TUOYU_OK; i++)
        status = run_combination(run, i);
    return status;
}

/* True if the fact of the row names this region. */
static bool is_in_region(const struct kept_row *row, uint32_t fact, struct text id)
{
    return row->facts[fact].kind == VALUE_STRING && text_equals(row->facts[fact].as.string, id);
}

tuoyu_status tally_count_kept(struct tuoyu_tally *tally, size_t kind, struct text id, struct arena *scratch,
                              struct counted *counted, tuoyu_diagnostics *diagnostics)
{
    const struct tuoyu_indicator *indicator = tally->indicator;
    struct tally_room room = {
        /* no limit: there are no more values than kept rows, and all is forgotten after the measure */
        .limit = SIZE_MAX};
    /* the first aggregate over the region entity; all others over it have the same region facts */
    size_t kept = 0;
    while (kept < indicator->aggregate_count &&
           !text_equals(indicator->aggregates[kept].entity, indicator->number_entity))
        kept++;
    for (const struct kept_row *row = tally->first_kept; row; row = row->next) {
        if (kind != SIZE_MAX && !is_in_region(row, indicator->regions[kind].facts[kept], id))
            continue;
        struct contribution contributions[INDICATOR_AGGREGATES] = {{.state = ROW_LEFT_OUT},
                                                                   {.state = ROW_LEFT_OUT}};
        struct kept_run run = {.tally = tally,
                               .row = row,
                               .scratch = scratch,
                               .contributions = contributions,
                               .diagnostics = diagnostics};
        tuoyu_status status = count_kept_row(&run, row->facts[indicator->number_id_fact].as.string);
        int64_t before = counted->sums.unknown;
        if (status == TUOYU_OK)
            status = tally_count(indicator, &counted->sums, indicator->number_entity, contributions, &room);
        if (status != TUOYU_OK)
            return status;
        *(row->is_wrong ? &counted->kept_errors : &counted->kept_missing) += counted->sums.unknown - before;
    }
    return TUOYU_OK;
}
