/* SPDX-License-Identifier: Apache-2.0 */
/* Prints what the command adds to a measure's JSON. The library's own JSON stands in receipts, whose bytes
 * must not change; the keys added here are about the file that the rows came from. */
#include "cli/measure_json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/measure_texts.h"
#include "cli/record_counts.h"

void print_json_text(const char *text)
{
    putchar('"');
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        if (c == '"' || c == '\\')
            printf("\\%c", c);
        else if (c < 0x20)
            printf("\\u%04x", c);
        else
            putchar(c);
    }
    putchar('"');
}

/* Prints the key `reason` in both languages, where there is a reason. */
static void print_reason(const tuoyu_measure *measure)
{
    static const char *const LANGUAGES_OF_REASON[] = {"zh", "en"};
    char *reason = measure_reason_text(measure, "zh");
    bool has_reason = *reason;
    free(reason);
    if (!has_reason)
        return;
    fputs(",\"reason\":{", stdout);
    for (size_t i = 0; i < 2; i++) {
        reason = measure_reason_text(measure, LANGUAGES_OF_REASON[i]);
        printf("%s\"%s\":", i ? "," : "", LANGUAGES_OF_REASON[i]);
        print_json_text(reason);
        free(reason);
    }
    putchar('}');
}

/* Prints the keys of what may be missing to the target, where that is not what the known rows lack. */
static void print_distance_range(const tuoyu_measure *measure)
{
    struct measure_texts texts;
    measure_texts_read(&texts, measure);
    bool is_known =
        strcmp(texts.distance_least, texts.distance) == 0 && strcmp(texts.distance_most, texts.distance) == 0;
    if (!*texts.distance || is_known)
        return;
    printf(",\"distance_least\":\"%s\"", texts.distance_least);
    if (*texts.distance_most)
        printf(",\"distance_most\":\"%s\"", texts.distance_most);
}

void print_measure_json(const tuoyu_measure *measure, const char *last)
{
    tuoyu_text *json = NULL;
    must_have_memory(tuoyu_answer_to_json(tuoyu_measure_answer(measure), &json));
    /* The keys go before the brace that closes the answer. */
    fwrite(tuoyu_text_bytes(json), 1, tuoyu_text_length(json) - 1, stdout);
    tuoyu_text_free(json);
    int64_t counts[RECORD_COUNTS];
    if (records_of_measure(measure, counts)) {
        putchar(',');
        write_json_records(stdout, counts);
    }
    print_distance_range(measure);
    print_reason(measure);
    printf("%s}", last ? last : "");
}
