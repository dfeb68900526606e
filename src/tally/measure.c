/* SPDX-License-Identifier: Apache-2.0 */
/* From the sums of a tally to a measure: its value and bounds, its target, whether that is met, and how
 * far away it is. */
#include "tally/tally.h"

/* A value as a fraction. It is divided only to be shown, so that comparisons stay exact; a value that is
 * no ratio has 1 as `under`. */
struct fraction {
    bool is_given;
    tuoyu_decimal over, under;
};

/* One measure while it is made. */
struct measure_run {
    struct tuoyu_tally *tally;
    const struct tuoyu_indicator *indicator;
    const struct region_sums *sums;
    const struct counted *counted;
    struct tuoyu_measure *measure;
    struct evaluation *evaluation;
    struct roots roots;
    struct extent extents[INDICATOR_AGGREGATES];
    /* the denominator's, without what a share knows of rows that are open in both parts */
    struct extent loose_denominator;
    struct fraction value, lower, upper;
    struct value per, target;
    tuoyu_diagnostics *diagnostics;
};

/* ---- Value and bounds ---- */

/* The fraction over / under; not given if is_given is false or `under` is not above zero. */
static struct fraction fraction_of(bool is_given, tuoyu_decimal over, tuoyu_decimal under)
{
    return (struct fraction){.is_given = is_given && decimal_sign(under) > 0, .over = over, .under = under};
}

/* The least ratio has the least numerator over the greatest denominator; with a numerator below zero it is
 * over the least. The greatest likewise. */
static void ratio_bounds(struct measure_run *run)
{
    const struct extent *over = &run->extents[INDICATOR_NUMERATOR],
                        *under = &run->extents[INDICATOR_DENOMINATOR];
    bool is_negative = decimal_sign(over->lower) < 0;
    bool has_under = is_negative ? under->has_lower : under->has_upper;
    run->lower =
        fraction_of(over->has_lower && has_under, over->lower, is_negative ? under->lower : under->upper);
    is_negative = decimal_sign(over->upper) < 0;
    has_under = is_negative ? under->has_upper : under->has_lower;
    run->upper =
        fraction_of(over->has_upper && has_under, over->upper, is_negative ? under->upper : under->lower);
    run->value = fraction_of(over->has_value && under->has_value, over->value, under->value);
}

/* The greatest share has its open rows in both parts; the least has those in neither that cannot be in the
 * denominator alone. Returns TUOYU_OK or the status of the first error. */
static tuoyu_status share_bounds(struct measure_run *run)
{
    tuoyu_decimal both = decimal_from_integer(run->sums->open_in_both),
                  tied = decimal_from_integer(run->sums->tied_in_both);
    struct extent *under = &run->extents[INDICATOR_DENOMINATOR];
    tuoyu_status status = decimal_add(under->lower, both, &under->lower);
    if (status == TUOYU_OK)
        status = decimal_subtract(under->upper, tied, &under->upper);
    ratio_bounds(run);
    return status;
}

/* Computes the value and its bounds as fractions from the extents of the sums. Returns TUOYU_OK or the status
 * of the first error. */
static tuoyu_status measure_extents(struct measure_run *run)
{
    const struct tuoyu_indicator *indicator = run->indicator;
    for (size_t i = 0; i < indicator->aggregate_count; i++) {
        tuoyu_status status = sum_extent(&run->sums->sums[i], &indicator->aggregates[i], &run->extents[i]);
        if (status != TUOYU_OK)
            return status;
    }
    run->loose_denominator = run->extents[indicator->is_ratio ? INDICATOR_DENOMINATOR : 0];
    if (indicator->is_share)
        return share_bounds(run);
    if (indicator->is_ratio) {
        ratio_bounds(run);
        return TUOYU_OK;
    }
    const struct extent *extent = &run->extents[0];
    tuoyu_decimal one = decimal_from_integer(1);
    run->value = fraction_of(extent->has_value, extent->value, one);
    run->lower = fraction_of(extent->has_lower, extent->lower, one);
    run->upper = fraction_of(extent->has_upper, extent->upper, one);
    return TUOYU_OK;
}

/* Multiplies a fraction by the factor `per`, if there is one; the fraction is no longer given if the factor
 * is not known. Returns TUOYU_OK or the status of the first error. */
static tuoyu_status apply_per(struct measure_run *run, struct fraction *fraction)
{
    if (run->indicator->per == SLOT_NONE || !fraction->is_given)
        return TUOYU_OK;
    fraction->is_given = run->per.kind == VALUE_NUMBER;
    return fraction->is_given ? decimal_multiply(fraction->over, run->per.as.number, &fraction->over)
                              : TUOYU_OK;
}

/* Divides a fraction and converts it into the indicator's unit; *out is not given if the fraction is not.
 * Returns TUOYU_OK or the status of the first error. */
static tuoyu_status show_fraction(const struct measure_run *run, const struct fraction *fraction,
                                  struct answer_number *out)
{
    tuoyu_decimal quotient;
    out->is_given = fraction->is_given;
    if (!fraction->is_given)
        return TUOYU_OK;
    tuoyu_status status = decimal_divide(fraction->over, fraction->under, &quotient);
    return status == TUOYU_OK ? number_to_unit(run->indicator->rule.unit, quotient, &out->number) : status;
}

/* Fills in the numbers of the measure: value, bounds, numerator and denominator, and how many rows are
 * unknown. Returns TUOYU_OK or the status of the first error. */
static tuoyu_status show_values(struct measure_run *run)
{
    struct tuoyu_measure *measure = run->measure;
    struct fraction *fractions[] = {&run->value, &run->lower, &run->upper};
    struct answer_number *numbers[] = {&measure->value, &measure->lower, &measure->upper};
    for (size_t i = 0; i < 3; i++) {
        tuoyu_status status = apply_per(run, fractions[i]);
        if (status == TUOYU_OK)
            status = show_fraction(run, fractions[i], numbers[i]);
        if (status != TUOYU_OK)
            return status;
    }
    if (run->indicator->is_ratio) {
        const struct extent *over = &run->extents[INDICATOR_NUMERATOR],
                            *under = &run->extents[INDICATOR_DENOMINATOR];
        measure->numerator = (struct answer_number){.is_given = over->has_value, .number = over->value};
        measure->denominator = (struct answer_number){.is_given = under->has_value, .number = under->value};
    }
    measure->unknown = run->sums->unknown;
    measure->errors = run->tally->errors + run->counted->kept_errors;
    return TUOYU_OK;
}

/* ---- Target ---- */

/* Compares over / under with the target without dividing: *order is below, at or above 0 as over is to target
 * × under. Returns TUOYU_OK or the status of the first error. */
static tuoyu_status compare_to_target(const struct measure_run *run, const struct fraction *fraction,
                                      int *order)
{
    tuoyu_decimal wanted;
    tuoyu_status status = decimal_multiply(run->target.as.number, fraction->under, &wanted);
    if (status == TUOYU_OK)
        *order = decimal_compare(fraction->over, wanted);
    return status;
}

/* Decides whether the target is met, only where both bounds agree, so that no unknown row can change it: 1
 * met, 0 not met, -1 open. Returns TUOYU_OK or the status of the first error. */
static tuoyu_status decide_met(struct measure_run *run)
{
    int lower = 0, upper = 0;
    tuoyu_status status = TUOYU_OK;
    if (run->lower.is_given)
        status = compare_to_target(run, &run->lower, &lower);
    if (status == TUOYU_OK && run->upper.is_given)
        status = compare_to_target(run, &run->upper, &upper);
    if (status != TUOYU_OK || !run->value.is_given)
        return status;
    bool is_never_below = run->lower.is_given && lower >= 0, is_below = run->upper.is_given && upper < 0;
    bool is_never_above = run->upper.is_given && upper <= 0, is_above = run->lower.is_given && lower > 0;
    int32_t *met = &run->measure->met;
    switch (run->indicator->target_kind) {
    case TARGET_AT_LEAST: *met = is_never_below ? 1 : is_below ? 0 : -1; break;
    case TARGET_AT_MOST: *met = is_never_above ? 1 : is_above ? 0 : -1; break;
    default: *met = is_never_below && is_never_above ? 1 : is_below || is_above ? 0 : -1; break;
    }
    return TUOYU_OK;
}

/* The whole number of things next to target × denominator / per on the side that meets it. The quotient may
 * be rounded at its 34th digit, so the neighbours are tried. Returns TUOYU_OK or the status of the first
 * error. */
static tuoyu_status whole_wanted(tuoyu_decimal dividend, tuoyu_decimal divisor, tuoyu_decimal quotient,
                                 bool is_at_most, tuoyu_decimal *out)
{
    tuoyu_decimal one = decimal_from_integer(1), step = is_at_most ? decimal_negate(one) : one;
    tuoyu_status status = decimal_round(quotient, 0, is_at_most ? DECIMAL_FLOOR : DECIMAL_CEILING, out);
    for (int i = 0; i < 2 && status == TUOYU_OK; i++) {
        tuoyu_decimal product;
        status = decimal_multiply(*out, divisor, &product);
        int order = status == TUOYU_OK ? decimal_compare(product, dividend) : 0;
        if (is_at_most ? order <= 0 : order >= 0)
            break;
        status = decimal_add(*out, step, out);
    }
    return status;
}

/* The numerator (or value) that would just meet the target over this denominator; a whole number if the
 * aggregate is one. Returns TUOYU_OK or the status of the first error. */
static tuoyu_status wanted_amount(const struct measure_run *run, tuoyu_decimal under, tuoyu_decimal *wanted)
{
    const struct tuoyu_indicator *indicator = run->indicator;
    tuoyu_decimal dividend, divisor = decimal_from_integer(1);
    if (indicator->per != SLOT_NONE)
        divisor = run->per.as.number;
    tuoyu_status status = decimal_multiply(run->target.as.number, under, &dividend);
    if (status == TUOYU_OK)
        status = decimal_divide(dividend, divisor, wanted);
    if (status != TUOYU_OK || !indicator->aggregates[INDICATOR_NUMERATOR].is_whole)
        return status;
    if (indicator->target_kind == TARGET_EXACTLY)
        return TUOYU_OK;
    return whole_wanted(dividend, divisor, *wanted, indicator->target_kind == TARGET_AT_MOST, wanted);
}

/* Fills in how much is missing to meet the target, at least 0; not given if the value is not known. Returns
 * TUOYU_OK or the status of the first error. */
static tuoyu_status measure_distance(struct measure_run *run)
{
    const struct tuoyu_indicator *indicator = run->indicator;
    struct answer_number *distance = &run->measure->distance;
    tuoyu_decimal wanted, missing, have = run->extents[INDICATOR_NUMERATOR].value;
    if (!run->value.is_given)
        return TUOYU_OK;
    tuoyu_decimal under =
        indicator->is_ratio ? run->extents[INDICATOR_DENOMINATOR].value : decimal_from_integer(1);
    tuoyu_status status = wanted_amount(run, under, &wanted);
    if (status == TUOYU_OK)
        status = decimal_subtract(wanted, have, &missing);
    if (status != TUOYU_OK)
        return status;
    if (indicator->target_kind == TARGET_AT_MOST)
        missing = decimal_negate(missing);
    if (indicator->target_kind == TARGET_EXACTLY)
        missing = decimal_absolute(missing);
    if (decimal_sign(missing) < 0)
        missing = decimal_from_integer(0);
    distance->is_given = true;
    return number_to_unit(indicator->is_ratio ? TEXT("") : indicator->rule.unit, missing, &distance->number);
}

/* What is missing to the target may be any number of this range; an end that nothing bounds is not given. */
struct distance_range {
    struct answer_number least, most;
};

/* wanted - have, or the other way round where less is wanted. Not given if one of them is not. */
static tuoyu_status difference(const struct measure_run *run, const struct answer_number *wanted,
                               bool has_have, tuoyu_decimal have, struct answer_number *out)
{
    bool is_at_most = run->indicator->target_kind == TARGET_AT_MOST;
    out->is_given = wanted->is_given && has_have;
    if (!out->is_given)
        return TUOYU_OK;
    return is_at_most ? decimal_subtract(have, wanted->number, &out->number)
                      : decimal_subtract(wanted->number, have, &out->number);
}

/* The least and the most of the numerator that the target may come to want, over all denominators that there
 * may be. What a share knows of its open rows holds for targets from 0 to 1 only: beyond 1 a row that is in
 * both parts brings the target no nearer. Returns TUOYU_OK or the status of the first error. */
static tuoyu_status wanted_range(const struct measure_run *run, struct answer_number *least,
                                 struct answer_number *most)
{
    const struct tuoyu_indicator *indicator = run->indicator;
    tuoyu_decimal one = decimal_from_integer(1), target = run->target.as.number;
    tuoyu_decimal per = indicator->per == SLOT_NONE ? one : run->per.as.number;
    const struct extent constant = {.has_lower = true, .has_upper = true, .lower = one, .upper = one};
    bool is_tight = decimal_sign(target) >= 0 && decimal_compare(target, per) <= 0;
    const struct extent *under = !indicator->is_ratio ? &constant
                                 : is_tight           ? &run->extents[INDICATOR_DENOMINATOR]
                                                      : &run->loose_denominator;
    *least = (struct answer_number){.is_given = under->has_lower};
    *most = (struct answer_number){.is_given = under->has_upper};
    tuoyu_status status = under->has_lower ? wanted_amount(run, under->lower, &least->number) : TUOYU_OK;
    if (status == TUOYU_OK && under->has_upper)
        status = wanted_amount(run, under->upper, &most->number);
    if (decimal_sign(target) < 0) {
        struct answer_number swapped = *least;
        *least = *most;
        *most = swapped;
    }
    return status;
}

/* Makes the range of an exact target from that of a signed difference. */
static void fold_range(struct distance_range *range)
{
    bool is_below = !range->least.is_given || decimal_sign(range->least.number) <= 0,
         is_above = !range->most.is_given || decimal_sign(range->most.number) >= 0;
    struct answer_number low = range->least, high = range->most;
    if (low.is_given)
        low.number = decimal_absolute(low.number);
    if (high.is_given)
        high.number = decimal_absolute(high.number);
    bool is_low_more = low.is_given && high.is_given && decimal_compare(low.number, high.number) > 0;
    range->most = is_low_more || !low.is_given ? low : high;
    range->least = is_below && is_above
                       ? (struct answer_number){.is_given = true, .number = decimal_from_integer(0)}
                   : is_above ? low
                              : high;
}

/* Raises a number below 0 to 0. */
static void not_below_zero(struct answer_number *number)
{
    if (number->is_given && decimal_sign(number->number) < 0)
        number->number = decimal_from_integer(0);
}

/* Fills in the least and the most that may be missing to meet the target, over all ways in which the unknown
 * rows can turn out. Returns TUOYU_OK or the status of the first error. */
static tuoyu_status measure_distance_range(struct measure_run *run)
{
    const struct tuoyu_indicator *indicator = run->indicator;
    const struct extent *over = &run->extents[INDICATOR_NUMERATOR];
    struct text unit = indicator->is_ratio ? TEXT("") : indicator->rule.unit;
    struct answer_number least_wanted, most_wanted;
    struct distance_range range;
    if (!run->measure->distance.is_given)
        return TUOYU_OK;
    bool is_at_most = indicator->target_kind == TARGET_AT_MOST;
    tuoyu_status status = wanted_range(run, &least_wanted, &most_wanted);
    const struct answer_number *first = is_at_most ? &most_wanted : &least_wanted,
                               *last = is_at_most ? &least_wanted : &most_wanted;
    if (status == TUOYU_OK)
        status = difference(run, first, is_at_most ? over->has_lower : over->has_upper,
                            is_at_most ? over->lower : over->upper, &range.least);
    if (status == TUOYU_OK)
        status = difference(run, last, is_at_most ? over->has_upper : over->has_lower,
                            is_at_most ? over->upper : over->lower, &range.most);
    if (status != TUOYU_OK)
        return status;
    if (indicator->target_kind == TARGET_EXACTLY)
        fold_range(&range);
    if (!range.least.is_given)
        range.least = (struct answer_number){.is_given = true, .number = decimal_from_integer(0)};
    not_below_zero(&range.least);
    not_below_zero(&range.most);
    struct answer_number *ends[] = {&run->measure->distance_least, &run->measure->distance_most};
    const struct answer_number *found[] = {&range.least, &range.most};
    for (size_t i = 0; i < 2 && status == TUOYU_OK; i++) {
        ends[i]->is_given = found[i]->is_given;
        if (found[i]->is_given)
            status = number_to_unit(unit, found[i]->number, &ends[i]->number);
    }
    return status;
}

/* Compares with the target, if it is known. Returns TUOYU_OK or the status of the first error. */
static tuoyu_status measure_target(struct measure_run *run)
{
    if (run->target.kind != VALUE_NUMBER)
        return TUOYU_OK;
    tuoyu_status status = answer_number_of(run->target, run->indicator->rule.unit, &run->measure->target);
    if (status == TUOYU_OK)
        status = decide_met(run);
    if (status == TUOYU_OK)
        status = measure_distance(run);
    return status == TUOYU_OK ? measure_distance_range(run) : status;
}

/* ---- Outcome ---- */

/* The outcome of a measure that applies. */
static int32_t outcome_of(const struct measure_run *run)
{
    const struct tuoyu_indicator *indicator = run->indicator;
    bool is_number_missing = (indicator->per != SLOT_NONE && run->per.kind == VALUE_NULL) ||
                             (indicator->target != SLOT_NONE && run->target.kind == VALUE_NULL);
    if (is_number_missing)
        return TUOYU_UNDETERMINED;
    /* An empty region has no share of anything, and no fact would give it one: the measure does not apply
     * to it. */
    if (!run->value.is_given)
        return run->measure->unknown ? TUOYU_UNDETERMINED : TUOYU_NOT_APPLICABLE;
    bool is_open = indicator->target != SLOT_NONE && run->measure->met < 0;
    return is_open ? TUOYU_UNDETERMINED : TUOYU_DETERMINED;
}

/* Cites every row of a decision table and the table itself. Returns false when memory is refused. */
static bool cite_table(struct tuoyu_answer *answer, const struct slot *slot)
{
    struct answer_citation citation = {.name = slot->name, .label = slot->label, .citation = slot->citation};
    uint32_t index;
    for (uint32_t i = 0; i < slot->table->row_count; i++) {
        citation.citation = slot->table->rows[i].citation;
        if (!answer_cite(answer, &citation, &index))
            return false;
    }
    citation.citation = slot->citation;
    return answer_cite(answer, &citation, &index);
}

/* Cites everything that formulas over rows can read, whether or not a row needed it, so that the citations
 * do not depend on the order or the parts in which rows came. Returns false when memory is refused. */
static bool add_row_citations(struct measure_run *run)
{
    struct evaluation *evaluation = run->evaluation;
    struct tuoyu_answer *answer = &run->measure->answer;
    bool has_memory = true;
    for (uint32_t i = 0; i < evaluation->program->slot_count && has_memory; i++) {
        const struct slot *slot = program_slot(evaluation->program, i);
        struct answer_citation citation;
        uint32_t index;
        if (!run->tally->reads[i])
            continue;
        if (slot->kind == SLOT_PARAMETER)
            evaluation_value(evaluation, i);
        if (slot->kind == SLOT_TABLE)
            has_memory = cite_table(answer, slot);
        else if (slot_citation(answer, evaluation, i, 0, &citation))
            has_memory = answer_cite(answer, &citation, &index);
    }
    return has_memory;
}

/* Adds what is missing in unknown rows after what is missing for the target. Returns false when memory is
 * refused. */
static bool add_row_missing(struct measure_run *run)
{
    const struct tuoyu_tally *tally = run->tally;
    const struct program *program = run->evaluation->program;
    struct tuoyu_answer *answer = &run->measure->answer;
    size_t count = answer->missing_count, before = count;
    if (run->measure->unknown == 0)
        return true;
    for (uint32_t i = 0; i < program->slot_count; i++)
        count += tally->is_missing[i];
    struct answer_missing *all = ARENA_ARRAY(&answer->arena, struct answer_missing, count);
    if (!all)
        return false;
    for (count = 0; count < before; count++)
        all[count] = answer->missing[count];
    for (uint32_t i = 0; i < program->slot_count; i++) {
        bool is_there = !tally->is_missing[i];
        for (size_t j = 0; j < before && !is_there; j++)
            is_there = all[j].slot == i;
        const struct cause *absent = program_slot(program, i)->absent;
        if (!is_there)
            all[count++] = (struct answer_missing){.name = absent->name, .code = absent->code, .slot = i};
    }
    answer->missing = all;
    answer->missing_count = count;
    return true;
}

/* Reports a factor `per` below zero, which would swap the bounds and turn the comparison with the target
 * round. */
static tuoyu_status check_per(struct measure_run *run)
{
    if (run->per.kind != VALUE_NUMBER || decimal_sign(run->per.as.number) >= 0)
        return TUOYU_OK;
    char digits[TUOYU_DECIMAL_TEXT_SIZE];
    decimal_format(run->per.as.number, digits);
    const struct slot *slot = program_slot(run->evaluation->program, run->indicator->per);
    struct value error = evaluation_error(run->evaluation, TUOYU_ERROR_EVALUATION, slot->where,
                                          "the factor `per` of `%.*s` is below zero: %s",
                                          TEXT_ARGUMENTS(run->indicator->rule.name), digits);
    return evaluation_status(run->evaluation, error, run->diagnostics);
}

/* Computes the measure of an indicator that applies, and reports numbers that are too large. */
static tuoyu_status compute(struct measure_run *run)
{
    const struct tuoyu_indicator *indicator = run->indicator;
    tuoyu_status status = rule_ask(run->evaluation, &run->roots, indicator->per, &run->per, run->diagnostics);
    if (status == TUOYU_OK)
        status = check_per(run);
    if (status == TUOYU_OK)
        status = rule_ask(run->evaluation, &run->roots, indicator->target, &run->target, run->diagnostics);
    if (status == TUOYU_OK)
        status = measure_extents(run);
    if (status == TUOYU_OK)
        status = show_values(run);
    if (status == TUOYU_OK)
        status = measure_target(run);
    if (status == TUOYU_OK)
        run->measure->answer.outcome = outcome_of(run);
    if (status == TUOYU_ERROR_OVERFLOW || status == TUOYU_ERROR_DIVISION_BY_ZERO)
        report(run->diagnostics, status, indicator->rule.where, TEXT(""),
               "the indicator `%.*s` cannot be computed: %s", TEXT_ARGUMENTS(indicator->rule.full_name),
               status == TUOYU_ERROR_OVERFLOW ? "its numbers are too large" : "division by zero");
    return status;
}

/* Copies the counts of rows and records into the measure. Returns false when memory is refused. */
static bool append_row_counts(struct measure_run *run)
{
    const struct tuoyu_tally *tally = run->tally;
    struct tuoyu_measure *measure = run->measure;
    measure->row_counts = ARENA_ARRAY(&measure->answer.arena, struct row_count, tally->row_count_count);
    if (!measure->row_counts)
        return false;
    for (size_t i = 0; i < tally->row_count_count; i++)
        measure->row_counts[i] = tally->row_counts[i];
    measure->row_count_count = tally->row_count_count;
    size_t promises = measure->region_kind.bytes ? 0 : tally->promise_count;
    measure->promises = ARENA_ARRAY(&measure->answer.arena, struct promise_count, promises);
    if (!measure->promises)
        return false;
    for (size_t i = 0; i < promises; i++)
        measure->promises[i] = tally->promises[i];
    measure->promise_count = promises;
    measure->records = tally_records(tally, run->counted);
    measure->has_records = !measure->region_kind.bytes;
    measure->unreadable = measure->records.unreadable;
    measure->nothing_known = run->counted->nothing_known;
    measure->has_rows_digest = !tally->has_undigested;
    digest_sum_to_text(&tally->rows, measure->rows_digest);
    return true;
}

/* Computes the measure and fills in what it rests on and what is missing. Returns TUOYU_OK or the status of
 * the first error. */
static tuoyu_status run_measure(struct measure_run *run)
{
    struct tuoyu_answer *answer = &run->measure->answer;
    tuoyu_status status =
        rule_begin(&run->indicator->rule, run->evaluation, &run->roots, &answer->outcome, run->diagnostics);
    run->measure->applies = status == TUOYU_OK && answer->outcome == TUOYU_DETERMINED;
    if (run->measure->applies)
        status = compute(run);
    if (status != TUOYU_OK)
        return status;
    bool is_in_force = answer->outcome != TUOYU_NOT_IN_FORCE;
    bool is_shown = answer_rest_on(answer, run->evaluation, &run->roots) &&
                    (!is_in_force || add_row_citations(run)) && append_row_counts(run);
    if (is_shown && answer->outcome == TUOYU_UNDETERMINED)
        is_shown = answer_list_missing(answer, run->evaluation, &run->roots) && add_row_missing(run);
    return is_shown ? TUOYU_OK : TUOYU_ERROR_NO_MEMORY;
}

/* Warns of rows that name no region and so count in the whole only. */
static void warn_of_strays(const struct measure_run *run, size_t kind)
{
    const struct rule *rule = &run->indicator->rule;
    struct text region = run->indicator->regions[kind].name;
    long long strays = (long long)run->measure->regionless;
    if (strays)
        report_warning(run->diagnostics, TUOYU_ERROR_FACT_MISSING, (struct location){.source = NULL},
                       TEXT(""), "%lld rows name no %.*s: they count in the whole of `%.*s` only", strays,
                       TEXT_ARGUMENTS(region), TEXT_ARGUMENTS(rule->name));
}

tuoyu_status measure_make(struct tuoyu_tally *tally, size_t kind, struct text id,
                          const struct counted *counted, struct tuoyu_measure **out,
                          tuoyu_diagnostics *diagnostics)
{
    struct measure_run run = {.tally = tally,
                              .indicator = tally->indicator,
                              .sums = &counted->sums,
                              .counted = counted,
                              .evaluation = &tally->workspace,
                              .diagnostics = diagnostics};
    struct tuoyu_measure *measure = answer_new(sizeof *measure, &tally->indicator->rule, tally->as_of);
    *out = NULL;
    if (!measure)
        return report_no_memory(diagnostics);
    run.measure = measure;
    measure->met = -1;
    if (kind != SIZE_MAX) {
        measure->region_kind = tally->indicator->regions[kind].name;
        measure->region_id = text_copy(&measure->answer.arena, id);
        measure->regionless = tally->kinds[kind].regionless;
        warn_of_strays(&run, kind);
    }
    evaluation_begin(run.evaluation, tally->as_of, NULL);
    return answer_finish(&measure->answer, run_measure(&run), out, diagnostics);
}
