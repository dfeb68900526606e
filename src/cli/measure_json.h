/* SPDX-License-Identifier: Apache-2.0 */
/* A measure as JSON on the standard output: the library's own, and after it what became of the records. */
#ifndef TUOYU_CLI_MEASURE_JSON_H
#define TUOYU_CLI_MEASURE_JSON_H

#include <tuoyu/rules.h>

void print_json_text(const char *text);
/* Adds the keys `records` (of the whole) and `reason` (where there is one); last: another member behind them,
 * or NULL. */
void print_measure_json(const tuoyu_measure *measure, const char *last);

#endif
