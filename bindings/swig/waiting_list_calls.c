/* SPDX-License-Identifier: Apache-2.0 */
/* Waiting lists and their entries. */
#include "call_parts.h"

#include <stdlib.h>

tuoyu_waiting_list *call_eligibility_waiting_list(tuoyu_call *call, const tuoyu_eligibility *eligibility,
                                                  int as_of, long long places)
{
    tuoyu_waiting_list *list = NULL;
    if (call)
        call->status = tuoyu_eligibility_waiting_list(eligibility, as_of, places, &list, begin(call));
    return list;
}

void call_waiting_list_add(tuoyu_call *call, tuoyu_waiting_list *list, const char *name, size_t name_length,
                           const tuoyu_case *facts)
{
    if (call)
        call->status = tuoyu_waiting_list_add(list, name, name_length, facts, begin(call));
}

void call_waiting_list_add_error(tuoyu_call *call, tuoyu_waiting_list *list, long long line, const char *id,
                                 size_t id_length, bool is_unreadable, const char *reason,
                                 size_t reason_length)
{
    tuoyu_status code = is_unreadable ? TUOYU_ERROR_SYNTAX : TUOYU_ERROR_EVALUATION;
    if (call)
        call->status =
            tuoyu_waiting_list_add_error(list, line, id, id_length, code, reason, reason_length, begin(call));
}

void call_waiting_list_order(tuoyu_call *call, tuoyu_waiting_list *list)
{
    if (!call)
        return;
    begin(call);
    call->status = tuoyu_waiting_list_order(list);
}

tuoyu_text *call_waiting_list_reason(tuoyu_call *call, const tuoyu_waiting_list *list, long long index,
                                     const char *language, size_t length)
{
    tuoyu_text *text = NULL;
    if (!call)
        return NULL;
    begin(call);
    char *code = call_terminated(language, length);
    call->status = code ? tuoyu_waiting_list_reason(list, (size_t)index, code, &text) : TUOYU_ERROR_NO_MEMORY;
    free(code);
    return text;
}

tuoyu_text *call_waiting_list_to_json(tuoyu_call *call, const tuoyu_waiting_list *list)
{
    tuoyu_text *text = NULL;
    if (!call)
        return NULL;
    begin(call);
    call->status = tuoyu_waiting_list_to_json(list, &text);
    return text;
}

tuoyu_text *call_waiting_list_to_text(tuoyu_call *call, const tuoyu_waiting_list *list, const char *language,
                                      size_t length)
{
    tuoyu_text *text = NULL;
    if (!call)
        return NULL;
    begin(call);
    char *code = call_terminated(language, length);
    call->status = code ? tuoyu_waiting_list_to_text(list, code, &text) : TUOYU_ERROR_NO_MEMORY;
    free(code);
    return text;
}
