/* SPDX-License-Identifier: Apache-2.0 */
/* What the files behind calls.h share: the inside of a call object, and the texts that it has room for. */
#ifndef TUOYU_BINDINGS_CALL_PARTS_H
#define TUOYU_BINDINGS_CALL_PARTS_H

#include "calls.h"

struct tuoyu_call {
    tuoyu_status status;
    tuoyu_diagnostics *diagnostics;
    char number[TUOYU_DECIMAL_TEXT_SIZE];
};

/* What policies are loaded with as their interrupt; each language defines it. */
__attribute__((visibility("hidden"))) int32_t language_interrupt(void *context);

/* Forgets the last call; returns the list for the next one's findings. */
static inline tuoyu_diagnostics *begin(tuoyu_call *call)
{
    call->status = TUOYU_OK;
    tuoyu_diagnostics_clear(call->diagnostics);
    tuoyu_diagnostics_set_language(call->diagnostics, "en");
    return call->diagnostics;
}

/* The name of a language. */
static inline const char *language_of(bool is_chinese)
{
    return is_chinese ? "zh" : "en";
}

/* The text of a number that was asked for with this status; NULL where there was none. It stands in the call
 * object until the next one. */
const char *call_number_text(tuoyu_call *call, tuoyu_status status, const tuoyu_decimal *number);
/* Defines call_NAME(): the text of the number that tuoyu_NAME() gives of the part at an index; NULL where
 * there is none. */
#define CALL_NUMBER_AT(name, type)                                                        \
    const char *call_##name(tuoyu_call *call, const type *of, long long index)            \
    {                                                                                     \
        tuoyu_decimal number;                                                             \
        if (!call || index < 0)                                                           \
            return NULL;                                                                  \
        return call_number_text(call, tuoyu_##name(of, (size_t)index, &number), &number); \
    }
/* The text of a day, likewise, such as 2024-01-31. */
const char *call_day_text(tuoyu_call *call, tuoyu_status status, int32_t day);
/* A copy ended by NUL, which the caller frees; NULL when memory is refused. */
char *call_terminated(const char *text, size_t length);

#endif
