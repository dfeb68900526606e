/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the numbers of a measure as texts. */
#include "cli/measure_texts.h"

#include <string.h>

/* Reads one number as text, "" where the measure has none. */
static void read_measure_number(const tuoyu_measure *measure,
                                tuoyu_status (*get)(const tuoyu_measure *, tuoyu_decimal *), char *text)
{
    tuoyu_decimal number;
    text[0] = '\0';
    if (get(measure, &number) == TUOYU_OK)
        tuoyu_decimal_to_text(&number, text);
}

char *measure_reason_text(const tuoyu_measure *measure, const char *language)
{
    tuoyu_text *reason = NULL;
    must_have_memory(tuoyu_measure_reason(measure, language, &reason));
    char *text = must_copy(tuoyu_text_bytes(reason), tuoyu_text_length(reason));
    tuoyu_text_free(reason);
    return text;
}

void measure_texts_read(struct measure_texts *texts, const tuoyu_measure *measure)
{
    static const char *const MET[] = {"", "false",
                                      "true"}; /* by tuoyu_measure_met() + 1: not known, no, yes */
    read_measure_number(measure, tuoyu_measure_value, texts->value);
    read_measure_number(measure, tuoyu_measure_lower, texts->lower);
    read_measure_number(measure, tuoyu_measure_upper, texts->upper);
    read_measure_number(measure, tuoyu_measure_numerator, texts->numerator);
    read_measure_number(measure, tuoyu_measure_denominator, texts->denominator);
    read_measure_number(measure, tuoyu_measure_target, texts->target);
    read_measure_number(measure, tuoyu_measure_distance, texts->distance);
    read_measure_number(measure, tuoyu_measure_distance_least, texts->distance_least);
    read_measure_number(measure, tuoyu_measure_distance_most, texts->distance_most);
    texts->unit = tuoyu_measure_unit(measure);
    texts->distance_unit = tuoyu_measure_distance_unit(measure);
    texts->met = MET[tuoyu_measure_met(measure) + 1];
    texts->unknown = tuoyu_measure_unknown(measure);
    texts->outcome = tuoyu_answer_outcome(tuoyu_measure_answer(measure));
    texts->standing = tuoyu_answer_standing(tuoyu_measure_answer(measure));
}

void cut_decimals(char *number)
{
    enum { DECIMALS = 2 };
    char *point = strchr(number, '.');
    if (point && !strchr(number, 'E') && strlen(point) > DECIMALS + 1)
        point[DECIMALS + 1] = '\0';
}
