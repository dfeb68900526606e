/* SPDX-License-Identifier: Apache-2.0 */
/* The call object: status and findings of a call, and room for the text of one number. */
#include "call_parts.h"

#include <stdlib.h>
#include <string.h>

tuoyu_call *call_new(void)
{
    tuoyu_call *call = calloc(1, sizeof *call);
    if (call && tuoyu_diagnostics_new(NULL, &call->diagnostics) != TUOYU_OK) {
        free(call);
        return NULL;
    }
    return call;
}

void call_free(tuoyu_call *call)
{
    if (!call)
        return;
    tuoyu_diagnostics_free(call->diagnostics);
    free(call);
}

int call_status(const tuoyu_call *call)
{
    return call ? call->status : TUOYU_ERROR_INVALID_ARGUMENT;
}

long long call_finding_count(const tuoyu_call *call)
{
    return call ? (long long)tuoyu_diagnostics_count(call->diagnostics) : 0;
}

/* An empty finding where there is none at index. */
static tuoyu_diagnostic finding(const tuoyu_call *call, long long index)
{
    tuoyu_diagnostic found = {.source = "", .message = "", .hint = "", .excerpt = ""};
    if (call && index >= 0)
        tuoyu_diagnostics_get(call->diagnostics, (size_t)index, &found);
    return found;
}

int call_finding_code(const tuoyu_call *call, long long index)
{
    return finding(call, index).code;
}
int call_finding_severity(const tuoyu_call *call, long long index)
{
    return finding(call, index).severity;
}
int call_finding_line(const tuoyu_call *call, long long index)
{
    return (int)finding(call, index).line;
}
int call_finding_column(const tuoyu_call *call, long long index)
{
    return (int)finding(call, index).column;
}
const char *call_finding_source(const tuoyu_call *call, long long index)
{
    return finding(call, index).source;
}
const char *call_finding_message(const tuoyu_call *call, long long index)
{
    return finding(call, index).message;
}
const char *call_finding_hint(const tuoyu_call *call, long long index)
{
    return finding(call, index).hint;
}

const char *call_finding_id(const tuoyu_call *call, long long index)
{
    return call && index >= 0 ? tuoyu_diagnostics_id(call->diagnostics, (size_t)index) : "";
}

tuoyu_text *call_findings_text(tuoyu_call *call)
{
    tuoyu_text *text = NULL;
    if (call)
        call->status = tuoyu_diagnostics_to_text(call->diagnostics, &text);
    return text;
}

const char *call_number_text(tuoyu_call *call, tuoyu_status status, const tuoyu_decimal *number)
{
    if (status != TUOYU_OK)
        return NULL;
    tuoyu_decimal_to_text(number, call->number);
    return call->number;
}

const char *call_day_text(tuoyu_call *call, tuoyu_status status, int32_t day)
{
    if (status != TUOYU_OK)
        return NULL;
    tuoyu_date_to_text(day, call->number);
    return call->number;
}

tuoyu_diagnostics *call_begin(tuoyu_call *call)
{
    return begin(call);
}
void call_end(tuoyu_call *call, int status)
{
    call->status = status;
}

char *call_terminated(const char *text, size_t length)
{
    char *copy = text && length < SIZE_MAX ? malloc(length + 1) : NULL;
    if (!copy)
        return NULL;
    memcpy(copy, text, length);
    copy[length] = '\0';
    return copy;
}
