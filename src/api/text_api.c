/* SPDX-License-Identifier: Apache-2.0 */
/* The rules for texts from outside, for callers who show or compare such texts themselves. */
#include "base/diagnostics.h"
#include "base/plain_text.h"

size_t tuoyu_text_trim(const char *text, size_t length, const char **start)
{
    struct text trimmed = text_without_outer_space(text_of(text, length));
    if (start)
        *start = trimmed.bytes;
    return trimmed.length;
}

tuoyu_status tuoyu_text_escape(const char *text, size_t length, tuoyu_text **out)
{
    struct text_builder builder;
    if (!out)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    *out = NULL;
    if (!text)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    text_builder_init(&builder, NULL);
    text_append_escaped(&builder, text_of(text, length));
    return text_builder_to_handle(&builder, out);
}
