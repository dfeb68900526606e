/* SPDX-License-Identifier: Apache-2.0 */
/* Indicators, their tallies, and what these measure. */
#include "call_parts.h"

#include <stdlib.h>

tuoyu_indicator *call_policy_indicator(tuoyu_call *call, tuoyu_policy *policy, const char *name,
                                       size_t length)
{
    tuoyu_indicator *indicator = NULL;
    if (call)
        call->status = tuoyu_policy_indicator(policy, name, length, &indicator, begin(call));
    return indicator;
}

tuoyu_tally *call_indicator_tally(tuoyu_call *call, const tuoyu_indicator *indicator, int as_of)
{
    tuoyu_tally *tally = NULL;
    if (call)
        call->status = tuoyu_indicator_tally(indicator, as_of, &tally, begin(call));
    return tally;
}

void call_tally_add(tuoyu_call *call, tuoyu_tally *tally, const char *entity, size_t entity_length,
                    const tuoyu_case *row)
{
    if (call)
        call->status = tuoyu_tally_add(tally, entity, entity_length, row, begin(call));
}

void call_tally_add_unreadable(tuoyu_call *call, tuoyu_tally *tally, const char *entity, size_t entity_length,
                               long long count)
{
    if (call)
        call->status = tuoyu_tally_add_unreadable(tally, entity, entity_length, count, begin(call));
}

const char *call_tally_region_id(tuoyu_tally *tally, const char *region, size_t region_length,
                                 long long index)
{
    return index >= 0 ? tuoyu_tally_region_id(tally, region, region_length, (size_t)index) : NULL;
}

tuoyu_measure *call_tally_measure(tuoyu_call *call, tuoyu_tally *tally)
{
    return call_tally_measure_region(call, tally, NULL, 0, NULL, 0);
}

tuoyu_measure *call_tally_measure_region(tuoyu_call *call, tuoyu_tally *tally, const char *region,
                                         size_t region_length, const char *region_id, size_t region_id_length)
{
    tuoyu_measure *measure = NULL;
    if (call)
        call->status = tuoyu_tally_measure(tally, region, region_length, region_id, region_id_length,
                                           &measure, begin(call));
    return measure;
}

void call_tally_merge(tuoyu_call *call, tuoyu_tally *tally, const tuoyu_tally *other)
{
    if (call)
        call->status = tuoyu_tally_merge(tally, other, begin(call));
}

tuoyu_text *call_tally_to_bytes(tuoyu_call *call, const tuoyu_tally *tally)
{
    tuoyu_text *bytes = NULL;
    if (call)
        call->status = tuoyu_tally_to_bytes(tally, &bytes, begin(call));
    return bytes;
}

tuoyu_tally *call_tally_from_bytes(tuoyu_call *call, const tuoyu_indicator *indicator, const char *bytes,
                                   size_t length)
{
    tuoyu_tally *tally = NULL;
    if (call)
        call->status = tuoyu_tally_from_bytes(indicator, bytes, length, &tally, begin(call));
    return tally;
}

const char *call_measure_number(tuoyu_call *call, const tuoyu_measure *measure, int which)
{
    static tuoyu_status (*const NUMBERS[])(const tuoyu_measure *, tuoyu_decimal *) = {
        [MEASURE_VALUE] = tuoyu_measure_value,
        [MEASURE_LOWER] = tuoyu_measure_lower,
        [MEASURE_UPPER] = tuoyu_measure_upper,
        [MEASURE_NUMERATOR] = tuoyu_measure_numerator,
        [MEASURE_DENOMINATOR] = tuoyu_measure_denominator,
        [MEASURE_TARGET] = tuoyu_measure_target,
        [MEASURE_DISTANCE] = tuoyu_measure_distance,
        [MEASURE_DISTANCE_LEAST] = tuoyu_measure_distance_least,
        [MEASURE_DISTANCE_MOST] = tuoyu_measure_distance_most};
    tuoyu_decimal number;
    if (!call || which < 0 || which > MEASURE_DISTANCE_MOST)
        return NULL;
    return call_number_text(call, NUMBERS[which](measure, &number), &number);
}

tuoyu_text *call_measure_reason(tuoyu_call *call, const tuoyu_measure *measure, const char *language,
                                size_t length)
{
    tuoyu_text *text = NULL;
    if (!call)
        return NULL;
    begin(call);
    char *code = call_terminated(language, length);
    call->status = code ? tuoyu_measure_reason(measure, code, &text) : TUOYU_ERROR_NO_MEMORY;
    free(code);
    return text;
}
