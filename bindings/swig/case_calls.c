/* SPDX-License-Identifier: Apache-2.0 */
/* The facts of a case. */
#include "call_parts.h"

tuoyu_case *call_case_new(tuoyu_call *call, const tuoyu_policy *policy)
{
    tuoyu_case *facts = NULL;
    if (!call)
        return NULL;
    begin(call);
    call->status = tuoyu_case_new(policy, &facts);
    return facts;
}

void call_case_set_text(tuoyu_call *call, tuoyu_case *facts, const char *name, size_t name_length,
                        const char *text, size_t length)
{
    if (call)
        call->status = tuoyu_case_set_text(facts, name, name_length, text, length, begin(call));
}

void call_case_set_number(tuoyu_call *call, tuoyu_case *facts, const char *name, size_t name_length,
                          const char *text, size_t length)
{
    tuoyu_decimal number;
    if (!call)
        return;
    tuoyu_diagnostics *diagnostics = begin(call);
    call->status = tuoyu_decimal_from_text(text, length, &number);
    if (call->status == TUOYU_OK)
        call->status = tuoyu_case_set_decimal(facts, name, name_length, &number, diagnostics);
}

void call_case_set_boolean(tuoyu_call *call, tuoyu_case *facts, const char *name, size_t name_length,
                           bool boolean)
{
    if (call)
        call->status = tuoyu_case_set_boolean(facts, name, name_length, boolean, begin(call));
}

void call_case_set_date(tuoyu_call *call, tuoyu_case *facts, const char *name, size_t name_length, int days)
{
    if (call)
        call->status = tuoyu_case_set_date(facts, name, name_length, days, begin(call));
}

void call_case_set_none(tuoyu_call *call, tuoyu_case *facts, const char *name, size_t name_length)
{
    if (call)
        call->status = tuoyu_case_set_none(facts, name, name_length, begin(call));
}

void call_case_read(tuoyu_call *call, tuoyu_case *facts, const char *source, size_t source_length,
                    const char *text, size_t length)
{
    if (call)
        call->status = tuoyu_case_read(facts, source, source_length, text, length, begin(call));
}
