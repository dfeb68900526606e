/* SPDX-License-Identifier: Apache-2.0 */
/* A measure as texts: exact ones for other programs, shortened ones for people. */
#ifndef TUOYU_CLI_MEASURE_TEXTS_H
#define TUOYU_CLI_MEASURE_TEXTS_H

#include "cli/allocation.h"

/* The parts of a measure. unit, distance_unit and met are borrowed. */
struct measure_texts {
    /* with all digits; "" where there is none */
    char value[TUOYU_DECIMAL_TEXT_SIZE], lower[TUOYU_DECIMAL_TEXT_SIZE], upper[TUOYU_DECIMAL_TEXT_SIZE];
    char numerator[TUOYU_DECIMAL_TEXT_SIZE], denominator[TUOYU_DECIMAL_TEXT_SIZE];
    char target[TUOYU_DECIMAL_TEXT_SIZE], distance[TUOYU_DECIMAL_TEXT_SIZE];
    char distance_least[TUOYU_DECIMAL_TEXT_SIZE], distance_most[TUOYU_DECIMAL_TEXT_SIZE];
    const char *unit, *distance_unit, *met; /* met is "true", "false" or "" */
    int64_t unknown;
    int32_t outcome, standing;
};

/* Why the measure has no value, or what leaves it open; "" where nothing does. language: "zh" or "en". The
 * caller frees it. */
char *measure_reason_text(const tuoyu_measure *measure, const char *language);
/* Reads all parts of a measure. */
void measure_texts_read(struct measure_texts *texts, const tuoyu_measure *measure);
/* The decimals that a measure is cut to for people: two, or as many as tell its value from its target, the
 * ends of its range from each other and from the target, and its distance from 0. */
size_t measure_texts_decimals(const struct measure_texts *texts);
/* Cuts an exact number after these decimals. It never rounds, so that no target looks reached that is not. */
void cut_decimals(char *number, size_t decimals);

#endif
