/* SPDX-License-Identifier: Apache-2.0 */
/* Indicators: tallies of rows, and what a measure says. */
#include <tuoyu/rules.h>

#include <string.h>

#include "api/rule_handle.h"
#include "base/plain_text.h"
#include "rules/promise.h"
#include "tally/tally_bytes.h"

const char *tuoyu_indicator_entity(const tuoyu_indicator *indicator, size_t index)
{
    return indicator && index < indicator->entity_count ? indicator->entities[index].bytes : NULL;
}

/* The name of the kind of region with this index; NULL if there is none. */
const char *tuoyu_indicator_region(const tuoyu_indicator *indicator, size_t index)
{
    return indicator && index < indicator->region_count ? indicator->regions[index].name.bytes : NULL;
}

/* ---- Tally ---- */

tuoyu_status tuoyu_indicator_tally(const tuoyu_indicator *indicator, int32_t as_of, tuoyu_tally **out,
                                   tuoyu_diagnostics *diagnostics)
{
    if (!out)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    *out = NULL;
    if (!indicator || as_of < DATE_FIRST || as_of > DATE_LAST)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    return tally_make(indicator, as_of, out, diagnostics);
}

/* Frees the tally; NULL is allowed. */
void tuoyu_tally_free(tuoyu_tally *tally)
{
    tally_free(tally);
}

tuoyu_status tuoyu_tally_add(tuoyu_tally *tally, const char *entity, size_t entity_length,
                             const tuoyu_case *row, tuoyu_diagnostics *diagnostics)
{
    if (!tally || !entity)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    tuoyu_status status = rule_handle_check(&tally->indicator->rule, row, tally->as_of, tally, diagnostics);
    return status == TUOYU_OK ? tally_add(tally, text_of(entity, entity_length), row, diagnostics) : status;
}

tuoyu_status tuoyu_tally_add_unreadable(tuoyu_tally *tally, const char *entity, size_t entity_length,
                                        int64_t count, tuoyu_diagnostics *diagnostics)
{
    if (!tally || !entity)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    return tally_add_unreadable(tally, text_of(entity, entity_length), count, diagnostics);
}

const char *tuoyu_tally_region_id(tuoyu_tally *tally, const char *region, size_t region_length, size_t index)
{
    return tally && region ? tally_region_id(tally, text_of(region, region_length), index) : NULL;
}

int32_t tuoyu_tally_as_of(const tuoyu_tally *tally)
{
    return tally ? tally->as_of : 0;
}

tuoyu_status tuoyu_tally_measure(tuoyu_tally *tally, const char *region, size_t region_length,
                                 const char *region_id, size_t region_id_length, tuoyu_measure **out,
                                 tuoyu_diagnostics *diagnostics)
{
    if (!out)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    *out = NULL;
    if (!tally || (region && !region_id))
        return TUOYU_ERROR_INVALID_ARGUMENT;
    struct text kind = {NULL, 0};
    if (region)
        kind = text_of(region, region_length);
    return tally_measure(tally, kind, text_without_outer_space(text_of(region_id, region_id_length)), out,
                         diagnostics);
}

/* ---- Parts of the rows ---- */

tuoyu_status tuoyu_tally_merge(tuoyu_tally *tally, const tuoyu_tally *other, tuoyu_diagnostics *diagnostics)
{
    return tally && other ? tally_merge(tally, other, diagnostics) : TUOYU_ERROR_INVALID_ARGUMENT;
}

tuoyu_status tuoyu_tally_to_bytes(const tuoyu_tally *tally, tuoyu_text **out, tuoyu_diagnostics *diagnostics)
{
    if (!out)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    *out = NULL;
    return tally ? tally_to_bytes(tally, out, diagnostics) : TUOYU_ERROR_INVALID_ARGUMENT;
}

tuoyu_status tuoyu_tally_from_bytes(const tuoyu_indicator *indicator, const void *bytes, size_t length,
                                    tuoyu_tally **out, tuoyu_diagnostics *diagnostics)
{
    if (!out)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    *out = NULL;
    if (!indicator || !bytes)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    return tally_from_bytes(indicator, (struct text){.bytes = bytes, .length = length}, out, diagnostics);
}

/* ---- Measure ---- */

tuoyu_status tuoyu_measure_value(const tuoyu_measure *measure, tuoyu_decimal *out)
{
    return measure ? answer_number_give(&measure->value, out) : TUOYU_ERROR_INVALID_ARGUMENT;
}

/* TUOYU_ERROR_NOT_FOUND if there is no such bound. */
tuoyu_status tuoyu_measure_lower(const tuoyu_measure *measure, tuoyu_decimal *out)
{
    return measure ? answer_number_give(&measure->lower, out) : TUOYU_ERROR_INVALID_ARGUMENT;
}

/* The greatest value that the measure may come to. TUOYU_ERROR_NOT_FOUND if there is no such bound. */
tuoyu_status tuoyu_measure_upper(const tuoyu_measure *measure, tuoyu_decimal *out)
{
    return measure ? answer_number_give(&measure->upper, out) : TUOYU_ERROR_INVALID_ARGUMENT;
}

/* The unit of value, target and bounds; NULL for NULL. */
const char *tuoyu_measure_unit(const tuoyu_measure *measure)
{
    return measure ? measure->answer.rule->unit.bytes : NULL;
}

/* NULL for NULL. */
const char *tuoyu_measure_distance_unit(const tuoyu_measure *measure)
{
    return measure ? indicator_of(measure->answer.rule)->distance_unit.bytes : NULL;
}

/* The numerator. TUOYU_ERROR_NOT_FOUND if the indicator is no ratio or nothing is known of it. */
tuoyu_status tuoyu_measure_numerator(const tuoyu_measure *measure, tuoyu_decimal *out)
{
    return measure ? answer_number_give(&measure->numerator, out) : TUOYU_ERROR_INVALID_ARGUMENT;
}

/* The denominator. TUOYU_ERROR_NOT_FOUND if the indicator is no ratio or nothing is known of it. */
tuoyu_status tuoyu_measure_denominator(const tuoyu_measure *measure, tuoyu_decimal *out)
{
    return measure ? answer_number_give(&measure->denominator, out) : TUOYU_ERROR_INVALID_ARGUMENT;
}

tuoyu_status tuoyu_measure_target(const tuoyu_measure *measure, tuoyu_decimal *out)
{
    return measure ? answer_number_give(&measure->target, out) : TUOYU_ERROR_INVALID_ARGUMENT;
}

int32_t tuoyu_measure_met(const tuoyu_measure *measure)
{
    return measure ? measure->met : -1;
}

tuoyu_status tuoyu_measure_distance(const tuoyu_measure *measure, tuoyu_decimal *out)
{
    return measure ? answer_number_give(&measure->distance, out) : TUOYU_ERROR_INVALID_ARGUMENT;
}

tuoyu_status tuoyu_measure_distance_least(const tuoyu_measure *measure, tuoyu_decimal *out)
{
    return measure ? answer_number_give(&measure->distance_least, out) : TUOYU_ERROR_INVALID_ARGUMENT;
}

tuoyu_status tuoyu_measure_distance_most(const tuoyu_measure *measure, tuoyu_decimal *out)
{
    return measure ? answer_number_give(&measure->distance_most, out) : TUOYU_ERROR_INVALID_ARGUMENT;
}

int64_t tuoyu_measure_unknown(const tuoyu_measure *measure)
{
    return measure ? measure->unknown : 0;
}

int64_t tuoyu_measure_unreadable(const tuoyu_measure *measure)
{
    return measure ? measure->unreadable : 0;
}

int64_t tuoyu_measure_records(const tuoyu_measure *measure, int32_t which)
{
    if (!measure || !measure->has_records)
        return -1;
    return record_counts_get(&measure->records, which);
}

/* The promise with this index and its counts; NULL if there is none. */
static const struct promise_count *promise_at(const tuoyu_measure *measure, size_t index)
{
    return measure && index < measure->promise_count ? &measure->promises[index] : NULL;
}

const char *tuoyu_measure_promise_name(const tuoyu_measure *measure, size_t index)
{
    const struct promise_count *held = promise_at(measure, index);
    return held ? held->promise->name.bytes : NULL;
}

const char *tuoyu_measure_promise_because(const tuoyu_measure *measure, size_t index, const char *language)
{
    const struct promise_count *held = promise_at(measure, index);
    return held ? localised_in(&held->promise->because, language) : NULL;
}

const char *tuoyu_measure_promise_expression(const tuoyu_measure *measure, size_t index)
{
    const struct promise_count *held = promise_at(measure, index);
    return held ? held->promise->expression.bytes : NULL;
}

const char *tuoyu_measure_promise_citation(const tuoyu_measure *measure, size_t index)
{
    const struct promise_count *held = promise_at(measure, index);
    return held ? (held->promise->citation.text.bytes ? held->promise->citation.text.bytes : "") : NULL;
}

int64_t tuoyu_measure_promise_broken(const tuoyu_measure *measure, size_t index)
{
    const struct promise_count *held = promise_at(measure, index);
    return held ? held->broken : -1;
}

int64_t tuoyu_measure_promise_unknown(const tuoyu_measure *measure, size_t index)
{
    const struct promise_count *held = promise_at(measure, index);
    return held ? held->unknown : -1;
}

tuoyu_status tuoyu_measure_reason(const tuoyu_measure *measure, const char *language, tuoyu_text **out)
{
    if (!out)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    *out = NULL;
    bool is_known = language && (strcmp(language, "zh") == 0 || strcmp(language, "en") == 0);
    return measure && is_known ? measure_reason(measure, language, out) : TUOYU_ERROR_INVALID_ARGUMENT;
}
