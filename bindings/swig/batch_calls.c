/* SPDX-License-Identifier: Apache-2.0 */
/* Batches for tables; tables themselves go by the glue of each language. */
#include "call_parts.h"

#include <stdlib.h>

static size_t count_lines(const char *text, size_t length)
{
    size_t count = 1;
    for (size_t i = 0; i < length; i++)
        count += text[i] == '\n';
    return count;
}

tuoyu_batch *call_batch_new(tuoyu_call *call, tuoyu_policy *policy, const char *names, size_t names_length,
                            int as_of, int unknown_columns, int floats, int nulls, int numbers, int columns,
                            const char *members, size_t members_length, bool is_chinese)
{
    tuoyu_batch *batch = NULL;
    if (!call || !names)
        return NULL;
    tuoyu_diagnostics *diagnostics = begin(call);
    tuoyu_diagnostics_set_language(diagnostics, language_of(is_chinese));
    size_t count = count_lines(names, names_length);
    const char **lines = calloc(count, sizeof *lines);
    size_t *lengths = calloc(count, sizeof *lengths);
    char *ended = call_terminated(members, members_length);
    call->status = lines && lengths && ended ? TUOYU_OK : TUOYU_ERROR_NO_MEMORY;
    for (size_t i = 0; i < count && call->status == TUOYU_OK; i++) {
        lines[i] = i ? lines[i - 1] + lengths[i - 1] + 1 : names;
        while (lines[i] + lengths[i] < names + names_length && lines[i][lengths[i]] != '\n')
            lengths[i]++;
    }
    const tuoyu_batch_options options = {.size = sizeof options,
                                         .unknown_columns = unknown_columns,
                                         .floats = floats,
                                         .nulls = nulls,
                                         .numbers = numbers,
                                         .columns = columns,
                                         .members = ended};
    if (call->status == TUOYU_OK)
        call->status = tuoyu_batch_new(policy, lines, lengths, count, as_of, &options, &batch, diagnostics);
    free(lines);
    free(lengths);
    free(ended);
    return batch;
}

tuoyu_text *call_batch_plan(tuoyu_call *call, const tuoyu_batch *batch)
{
    tuoyu_text *text = NULL;
    if (!call)
        return NULL;
    begin(call);
    call->status = tuoyu_batch_plan(batch, &text);
    return text;
}
