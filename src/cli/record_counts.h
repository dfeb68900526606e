/* SPDX-License-Identifier: Apache-2.0 */
/* What became of records, by TUOYU_RECORDS_…, with the same words and keys in everything that the command
 * writes. */
#ifndef TUOYU_CLI_RECORD_COUNTS_H
#define TUOYU_CLI_RECORD_COUNTS_H

#include <stdio.h>

#include "cli/allocation.h"

enum { RECORD_COUNTS = TUOYU_RECORDS_UNREADABLE + 1 };

/* Writes the counts as a member of a JSON object: `"records":{"read":…}`. */
void write_json_records(FILE *stream, const int64_t counts[RECORD_COUNTS]);
/* Writes the counts in words, as a line without its end: `读入 4，已定 3，…`. language: "zh" or "en". */
void write_text_records(FILE *stream, const int64_t counts[RECORD_COUNTS], const char *language);

/* Reads the counts of a measure; false for a measure of a region, for which they are not known. */
bool records_of_measure(const tuoyu_measure *measure, int64_t counts[RECORD_COUNTS]);

#endif
