/* SPDX-License-Identifier: Apache-2.0 */
/* The literals @"…": dates, times and durations. */
#ifndef TUOYU_FEEL_TEMPORAL_LITERAL_H
#define TUOYU_FEEL_TEMPORAL_LITERAL_H

#include "value/value.h"

/* Reads a date, time, date and time, or duration, by its form. TUOYU_ERROR_SYNTAX, _DATE, _OVERFLOW or
 * _NO_MEMORY. */
tuoyu_status temporal_literal_parse(struct arena *arena, struct text text, struct value *out);

#endif
