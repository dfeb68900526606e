/* SPDX-License-Identifier: Apache-2.0 */
/* What all answers can be written as: JSON, text, receipt. */
#include "call_parts.h"

#include <stdlib.h>

static tuoyu_text *answer_text(tuoyu_call *call, const tuoyu_answer *answer,
                               tuoyu_status (*write)(const tuoyu_answer *, tuoyu_text **))
{
    tuoyu_text *text = NULL;
    if (!call)
        return NULL;
    begin(call);
    call->status = write(answer, &text);
    return text;
}

tuoyu_text *call_answer_to_json(tuoyu_call *call, const tuoyu_answer *answer)
{
    return answer_text(call, answer, tuoyu_answer_to_json);
}

tuoyu_text *call_answer_explain_json(tuoyu_call *call, const tuoyu_answer *answer)
{
    return answer_text(call, answer, tuoyu_answer_explain_json);
}

tuoyu_text *call_answer_to_receipt(tuoyu_call *call, const tuoyu_answer *answer)
{
    return answer_text(call, answer, tuoyu_answer_to_receipt);
}

tuoyu_text *call_answer_to_text(tuoyu_call *call, const tuoyu_answer *answer, const char *language,
                                size_t length, bool explain)
{
    tuoyu_text *text = NULL;
    if (!call)
        return NULL;
    begin(call);
    char *code = call_terminated(language, length);
    call->status = code ? tuoyu_answer_to_text(answer, code, explain, &text) : TUOYU_ERROR_NO_MEMORY;
    free(code);
    return text;
}

tuoyu_text *call_answer_explain_for(tuoyu_call *call, const tuoyu_answer *answer, int32_t reader,
                                    const char *language, size_t length)
{
    tuoyu_text *text = NULL;
    if (!call)
        return NULL;
    begin(call);
    char *code = call_terminated(language, length);
    call->status = code ? tuoyu_answer_explain_for(answer, reader, code, &text) : TUOYU_ERROR_NO_MEMORY;
    free(code);
    return text;
}
