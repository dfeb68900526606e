/* SPDX-License-Identifier: Apache-2.0 */
/* Prints a measure as JSON on the standard output: the library's own keys, then what became of the records.
 */
#ifndef TUOYU_CLI_MEASURE_JSON_H
#define TUOYU_CLI_MEASURE_JSON_H

#include <tuoyu/rules.h>

/* Prints a text in JSON's quotes and escapes. */
void print_json_text(const char *text);
/* Prints the measure with the keys `records` (of the whole) and `reason` (where there is one). last: one more
 * member of the object, beginning with a comma, or NULL. */
void print_measure_json(const tuoyu_measure *measure, const char *last);

#endif
