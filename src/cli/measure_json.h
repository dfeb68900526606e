/* SPDX-License-Identifier: Apache-2.0 */
/* A measure as JSON on the standard output: the library's own, and after it what became of the records. */
#ifndef TUOYU_CLI_MEASURE_JSON_H
#define TUOYU_CLI_MEASURE_JSON_H

#include <tuoyu/rules.h>

void print_json_text(const char *text);
/* Prints the counts as `"records":{"read":…}`. count_of: by TUOYU_RECORDS_…, of the context. */
void print_json_records(int64_t (*count_of)(const void *context, int32_t which), const void *context);
/* Adds the keys `records` (of the whole) and `reason` (where there is one); last: another member behind them, or NULL. */
void print_measure_json(const tuoyu_measure *measure, const char *last);

#endif
