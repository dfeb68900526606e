/* SPDX-License-Identifier: Apache-2.0 */
/* Built-ins over strings, whose positions and lengths count code points. */
#define _GNU_SOURCE /* memmem: finds in linear time, whatever the strings */

#include <string.h>

#include "feel/builtin_functions.h"
#include "feel/builtin_support.h"
#include "feel/interpreter.h"
#include "feel/letter_case.h"

/* The byte offset of the first occurrence of part, 0 if that is empty; SIZE_MAX if there is none. In UTF-8 no
 * character's bytes occur inside another, so comparing bytes suffices. */
static size_t find_part(struct text text, struct text part)
{
    if (part.length == 0)
        return 0;
    if (part.length > text.length)
        return SIZE_MAX;
    const char *found = memmem(text.bytes, text.length, part.bytes, part.length);
    return found ? (size_t)(found - text.bytes) : SIZE_MAX;
}

/* The characters from a position on, counted from 1 or from -1 backwards, at most so many. */
struct value builtin_substring(const struct builtin_call *call)
{
    struct text text = call->arguments[0].as.string;
    size_t count = utf8_count(text), start;
    int64_t length;
    struct value failure;
    if (!builtin_position(call, 1, count, &start, &failure))
        return failure;
    text = text_slice(text, utf8_offset(text, start), text.length);
    if (call->count < 3)
        return value_string(text);
    if (!builtin_integer(call, 2, &length, &failure))
        return failure;
    if (length < 0)
        return builtin_error(call, TUOYU_ERROR_EVALUATION, "substring: the length %lld is negative",
                             (long long)length);
    if ((uint64_t)length >= count - start)
        return value_string(text);
    return value_string(text_slice(text, 0, utf8_offset(text, (size_t)length)));
}

/* How many characters the string has. */
struct value builtin_string_length(const struct builtin_call *call)
{
    return value_integer((int64_t)utf8_count(call->arguments[0].as.string));
}

/* ---- Case ---- */

/* The first argument with `append` called for each character. */
static struct value convert_case(const struct builtin_call *call,
                                 void (*append)(struct text_builder *, uint32_t))
{
    enum { CASE_BYTES_A_STEP = 16 };
    struct text text = call->arguments[0].as.string;
    struct text_builder builder;
    if (!environment_take_steps(call->environment, text.length / CASE_BYTES_A_STEP))
        return builtin_exhausted(call);
    text_builder_init_arena(&builder, call->environment->arena);
    for (size_t at = 0, length; at < text.length; at += length) {
        uint32_t letter;
        length = utf8_decode(text, at, &letter);
        if (length == 0)
            return builtin_error(call, TUOYU_ERROR_ENCODING, "%s: the string is not UTF-8",
                                 call->builtin->name);
        append(&builder, letter);
    }
    return builtin_built_text(&builder);
}

/* The string in capital letters. */
struct value builtin_upper_case(const struct builtin_call *call)
{
    return convert_case(call, append_capital);
}

/* The string in small letters. */
struct value builtin_lower_case(const struct builtin_call *call)
{
    return convert_case(call, append_small);
}

/* ---- Finding ---- */

/* What stands before the first match, or the empty string. */
struct value builtin_substring_before(const struct builtin_call *call)
{
    struct text text = call->arguments[0].as.string;
    size_t at = find_part(text, call->arguments[1].as.string);
    return value_string(at == SIZE_MAX ? TEXT("") : text_slice(text, 0, at));
}

/* What stands after the first match, or the empty string. */
struct value builtin_substring_after(const struct builtin_call *call)
{
    struct text text = call->arguments[0].as.string, match = call->arguments[1].as.string;
    size_t at = find_part(text, match);
    return value_string(at == SIZE_MAX ? TEXT("") : text_slice(text, at + match.length, text.length));
}

/* Whether the match stands somewhere in the string. */
struct value builtin_contains(const struct builtin_call *call)
{
    return value_boolean(find_part(call->arguments[0].as.string, call->arguments[1].as.string) != SIZE_MAX);
}

/* Whether the string begins with the match. */
struct value builtin_starts_with(const struct builtin_call *call)
{
    return value_boolean(text_starts_with(call->arguments[0].as.string, call->arguments[1].as.string));
}

/* Whether the string ends with the match. */
struct value builtin_ends_with(const struct builtin_call *call)
{
    struct text text = call->arguments[0].as.string, match = call->arguments[1].as.string;
    if (match.length > text.length)
        return value_boolean(false);
    return value_boolean(text_equals(text_slice(text, text.length - match.length, text.length), match));
}

/* ---- Joining ---- */

/* The strings of a list one after the other, nulls left out. */
struct value builtin_string_join(const struct builtin_call *call)
{
    struct list list = *call->arguments[0].as.list;
    const struct cause *cause = builtin_unknown_items(call, list);
    if (cause)
        return value_null(cause);
    struct text delimiter = TEXT("");
    if (call->count > 1 && call->arguments[1].kind == VALUE_STRING)
        delimiter = call->arguments[1].as.string;
    struct text_builder builder;
    text_builder_init_arena(&builder, call->environment->arena);
    bool is_first = true;
    for (size_t i = 0; i < list.count; i++) {
        struct value item = list.items[i];
        if (item.kind == VALUE_NULL)
            continue; /* the standard skips them */
        if (item.kind != VALUE_STRING) {
            struct text met = builtin_show(call, item);
            return builtin_error(call, TUOYU_ERROR_EVALUATION,
                                 "string join: item %zu is %.*s where a string is needed", i + 1,
                                 TEXT_ARGUMENTS(met));
        }
        if (!is_first)
            text_append(&builder, delimiter);
        if (!builtin_spend(call, delimiter.length + item.as.string.length))
            return builtin_exhausted(call);
        text_append(&builder, item.as.string);
        is_first = false;
    }
    return builtin_built_text(&builder);
}
