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

void cut_decimals(char *number, size_t decimals)
{
    char *point = strchr(number, '.');
    if (point && !strchr(number, 'E') && strlen(point) > decimals + 1)
        point[decimals + 1] = '\0';
}

/* Cuts a number and the zeros at its end. */
static void cut_zeros(char *number, size_t decimals)
{
    cut_decimals(number, decimals);
    if (!strchr(number, '.') || strchr(number, 'E'))
        return;
    char *end = number + strlen(number) - 1;
    while (*end == '0')
        *end-- = '\0';
    if (*end == '.')
        *end = '\0';
}

/* Whether two exact numbers that differ differ when they are cut, too. An absent one has nothing to differ
 * from. */
static bool differ_when_cut(const char *left, const char *right, size_t decimals)
{
    char cut_left[TUOYU_DECIMAL_TEXT_SIZE], cut_right[TUOYU_DECIMAL_TEXT_SIZE];
    if (!*left || !*right || strcmp(left, right) == 0)
        return true;
    strcpy(cut_left, left);
    strcpy(cut_right, right);
    cut_zeros(cut_left, decimals);
    cut_zeros(cut_right, decimals);
    return strcmp(cut_left, cut_right) != 0;
}

size_t measure_texts_decimals(const struct measure_texts *texts)
{
    enum { FEWEST = 2 };
    size_t decimals = FEWEST;
    while (decimals < TUOYU_DECIMAL_TEXT_SIZE && !(differ_when_cut(texts->value, texts->target, decimals) &&
                                                   differ_when_cut(texts->lower, texts->upper, decimals) &&
                                                   differ_when_cut(texts->lower, texts->target, decimals) &&
                                                   differ_when_cut(texts->upper, texts->target, decimals) &&
                                                   differ_when_cut(texts->distance, "0", decimals)))
        decimals++;
    return decimals;
}
