/* SPDX-License-Identifier: Apache-2.0 */
/* Writes the counts of records as JSON and in words. */
#include "cli/record_counts.h"

#include <string.h>

void write_json_records(FILE *stream, const int64_t counts[RECORD_COUNTS])
{
    static const char *const KEYS[] = {"read",         "determined", "undetermined", "not_applicable",
                                       "not_in_force", "error",      "unreadable"};
    fputs("\"records\":{", stream);
    for (int which = 0; which < RECORD_COUNTS; which++)
        fprintf(stream, "%s\"%s\":%lld", which ? "," : "", KEYS[which], (long long)counts[which]);
    fputc('}', stream);
}

void write_text_records(FILE *stream, const int64_t counts[RECORD_COUNTS], const char *language)
{
    static const char *const ZH[] = {"读入 ",     "，已定 ",   "，未定 ",    "，不适用 ",
                                     "，不生效 ", "，有错误 ", "，无法读取 "};
    static const char *const EN[] = {
        "read ",           ", determined ", ", undetermined ", ", not applicable ",
        ", not in force ", ", in error ",   ", unreadable "};
    const char *const *words = strcmp(language, "en") == 0 ? EN : ZH;
    for (int which = 0; which < RECORD_COUNTS; which++)
        fprintf(stream, "%s%lld", words[which], (long long)counts[which]);
}

bool records_of_measure(const tuoyu_measure *measure, int64_t counts[RECORD_COUNTS])
{
    for (int32_t which = 0; which < RECORD_COUNTS; which++)
        counts[which] = tuoyu_measure_records(measure, which);
    return counts[TUOYU_RECORDS_READ] >= 0;
}
