/* SPDX-License-Identifier: Apache-2.0 */
/* The public functions of values. */
#include <string.h>

#include "api/value_handle.h"
#include "base/diagnostics.h"
#include "base/map.h"
#include "feel/temporal_literal.h"

/* ---- Making ---- */

/* Gives out a new handle for a value that points to nothing. TUOYU_ERROR_NO_MEMORY or
 * TUOYU_ERROR_INVALID_ARGUMENT. */
static tuoyu_status make(const tuoyu_allocator *allocator, struct value value, tuoyu_value **out)
{
    if (!out)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    tuoyu_value *handle = value_handle_new(allocator);
    if (handle)
        handle->value = value;
    return value_handle_finish(handle, out);
}

/* A null without a cause. TUOYU_OK, TUOYU_ERROR_INVALID_ARGUMENT or TUOYU_ERROR_NO_MEMORY. */
tuoyu_status tuoyu_value_new_null(const tuoyu_allocator *allocator, tuoyu_value **out)
{
    return make(allocator, VALUE_NOTHING, out);
}

/* A boolean. TUOYU_OK, TUOYU_ERROR_INVALID_ARGUMENT or TUOYU_ERROR_NO_MEMORY. */
tuoyu_status tuoyu_value_new_boolean(const tuoyu_allocator *allocator, bool boolean, tuoyu_value **out)
{
    return make(allocator, value_boolean(boolean), out);
}

tuoyu_status tuoyu_value_new_number(const tuoyu_allocator *allocator, const tuoyu_decimal *number,
                                    tuoyu_value **out)
{
    if (out)
        *out = NULL;
    if (!number || !decimal_is_finite(*number))
        return TUOYU_ERROR_INVALID_ARGUMENT;
    return make(allocator, value_number(decimal_sign(*number) ? *number : decimal_from_integer(0)), out);
}

/* True if the text is UTF-8 and holds no NUL. */
static bool is_good_text(struct text text)
{
    return utf8_validate(text) == text.length && (text.length == 0 || !memchr(text.bytes, '\0', text.length));
}

tuoyu_status tuoyu_value_new_string(const tuoyu_allocator *allocator, const char *text, size_t length,
                                    tuoyu_value **out)
{
    return tuoyu_value_new_from_text(allocator, TUOYU_VALUE_STRING, text, length, out);
}

tuoyu_status tuoyu_value_new_date(const tuoyu_allocator *allocator, int32_t date, tuoyu_value **out)
{
    if (out)
        *out = NULL;
    return date < DATE_FIRST || date > DATE_LAST ? TUOYU_ERROR_DATE : make(allocator, value_date(date), out);
}

/* Reads a text as a value of this kind. The text stands in the arena, so that what is made of it may point
 * into it. TUOYU_OK, the error of the kind's form, or TUOYU_ERROR_INVALID_ARGUMENT for a kind that has no
 * text. */
static tuoyu_status read_value(struct arena *arena, int32_t kind, struct text text, struct value *out)
{
    tuoyu_decimal number;
    tuoyu_status status;
    switch (kind) {
    case TUOYU_VALUE_NULL:
        *out = VALUE_NOTHING;
        return text_equals(text, TEXT("null")) ? TUOYU_OK : TUOYU_ERROR_SYNTAX;
    case TUOYU_VALUE_BOOLEAN:
        *out = value_boolean(text_equals(text, TEXT("true")));
        return out->boolean || text_equals(text, TEXT("false")) ? TUOYU_OK : TUOYU_ERROR_SYNTAX;
    case TUOYU_VALUE_NUMBER:
        status = decimal_parse(text, &number);
        if (status == TUOYU_OK)
            *out = value_number(number);
        return status;
    case TUOYU_VALUE_STRING: *out = value_string(text); return TUOYU_OK;
    case TUOYU_VALUE_DATE:
    case TUOYU_VALUE_TIME:
    case TUOYU_VALUE_DATE_TIME:
    case TUOYU_VALUE_YEARS_MONTHS:
    case TUOYU_VALUE_DAYS_TIME:
        status = temporal_literal_parse(arena, text, out);
        return status == TUOYU_OK && out->kind != kind ? TUOYU_ERROR_SYNTAX : status;
    default: return TUOYU_ERROR_INVALID_ARGUMENT;
    }
}

tuoyu_status tuoyu_value_new_from_text(const tuoyu_allocator *allocator, int32_t kind, const char *text,
                                       size_t length, tuoyu_value **out)
{
    if (out)
        *out = NULL;
    if (!out || !text)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    struct text given = text_of(text, length);
    if (!is_good_text(given))
        return TUOYU_ERROR_ENCODING;
    tuoyu_value *handle = value_handle_new(allocator);
    struct text copy = handle ? text_copy(&handle->arena, given) : TEXT("");
    tuoyu_status status =
        handle && copy.bytes ? read_value(&handle->arena, kind, copy, &handle->value) : TUOYU_ERROR_NO_MEMORY;
    if (status == TUOYU_OK)
        return value_handle_finish(handle, out);
    tuoyu_value_unref(handle);
    return status;
}

/* The values of handles, which the new handle holds; NULL when memory is refused. */
static struct value *hold_all(tuoyu_value *handle, tuoyu_value *const *values, size_t count)
{
    struct value *items = ARENA_ARRAY(&handle->arena, struct value, count);
    if (!items || !value_handle_reserve(handle, count))
        return NULL;
    for (size_t i = 0; i < count; i++) {
        items[i] = value_of_handle(values[i]);
        value_handle_hold(handle, values[i]);
    }
    return items;
}

/* TUOYU_OK, TUOYU_ERROR_INVALID_ARGUMENT or TUOYU_ERROR_NO_MEMORY. */
tuoyu_status tuoyu_value_new_list(const tuoyu_allocator *allocator, tuoyu_value *const *items, size_t count,
                                  tuoyu_value **out)
{
    if (out)
        *out = NULL;
    if (!out || (count && !items))
        return TUOYU_ERROR_INVALID_ARGUMENT;
    tuoyu_value *handle = value_handle_new(allocator);
    if (!handle)
        return TUOYU_ERROR_NO_MEMORY;
    struct value *values = hold_all(handle, items, count);
    struct list *list = ARENA_NEW(&handle->arena, struct list);
    if (values && list) {
        *list = (struct list){.count = count, .items = values};
        handle->value = (struct value){.kind = VALUE_LIST, .as.list = list};
    }
    return value_handle_finish(handle, out);
}

/* Copies names and values into the entries of a context. TUOYU_ERROR_ENCODING or TUOYU_ERROR_DUPLICATE for a
 * bad name. */
static tuoyu_status fill_entries(tuoyu_value *handle, struct context_entry *entries, const char *const *names,
                                 const size_t *name_lengths, const struct value *values, size_t count)
{
    struct map seen;
    map_init(&seen, &handle->arena);
    for (size_t i = 0; i < count; i++) {
        struct text name = text_of(names[i], name_lengths ? name_lengths[i] : TUOYU_NUL_TERMINATED);
        if (!is_good_text(name))
            return TUOYU_ERROR_ENCODING;
        if (map_get(&seen, name))
            return TUOYU_ERROR_DUPLICATE;
        entries[i] = (struct context_entry){.name = text_copy(&handle->arena, name), .value = values[i]};
        if (!entries[i].name.bytes || !map_put(&seen, entries[i].name, handle))
            return TUOYU_ERROR_NO_MEMORY;
    }
    return TUOYU_OK;
}

tuoyu_status tuoyu_value_new_context(const tuoyu_allocator *allocator, const char *const *names,
                                     const size_t *name_lengths, tuoyu_value *const *values, size_t count,
                                     tuoyu_value **out)
{
    if (out)
        *out = NULL;
    if (!out || (count && (!names || !values)))
        return TUOYU_ERROR_INVALID_ARGUMENT;
    tuoyu_value *handle = value_handle_new(allocator);
    if (!handle)
        return TUOYU_ERROR_NO_MEMORY;
    struct value *held = hold_all(handle, values, count);
    struct context_entry *entries = ARENA_ARRAY(&handle->arena, struct context_entry, count);
    struct context *context = ARENA_NEW(&handle->arena, struct context);
    tuoyu_status status = TUOYU_ERROR_NO_MEMORY;
    if (held && entries && context) {
        status = fill_entries(handle, entries, names, name_lengths, held, count);
        *context = (struct context){.count = count, .entries = entries};
        handle->value = (struct value){.kind = VALUE_CONTEXT, .as.context = context};
    }
    if (status == TUOYU_OK)
        return value_handle_finish(handle, out);
    tuoyu_value_unref(handle);
    return status;
}

/* ---- Looking inside ---- */

int32_t tuoyu_value_kind(const tuoyu_value *value)
{
    return value_of_handle(value).kind;
}

const char *tuoyu_value_kind_name(int32_t kind)
{
    return kind < VALUE_NULL || kind > VALUE_FUNCTION ? "" : value_kind_name((enum value_kind)kind).bytes;
}

/* TUOYU_ERROR_INVALID_ARGUMENT, with *out as it was, if the value is no boolean. */
tuoyu_status tuoyu_value_get_boolean(const tuoyu_value *value, bool *out)
{
    if (!out || tuoyu_value_kind(value) != TUOYU_VALUE_BOOLEAN)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    *out = value->value.boolean;
    return TUOYU_OK;
}

/* TUOYU_ERROR_INVALID_ARGUMENT, with *out as it was, if the value is no number. */
tuoyu_status tuoyu_value_get_number(const tuoyu_value *value, tuoyu_decimal *out)
{
    if (!out || tuoyu_value_kind(value) != TUOYU_VALUE_NUMBER)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    *out = value->value.as.number;
    return TUOYU_OK;
}

tuoyu_status tuoyu_value_get_string(const tuoyu_value *value, const char **text, size_t *length)
{
    if (!text || !length || tuoyu_value_kind(value) != TUOYU_VALUE_STRING)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    *text = value->value.as.string.bytes;
    *length = value->value.as.string.length;
    return TUOYU_OK;
}

tuoyu_status tuoyu_value_get_date(const tuoyu_value *value, int32_t *out)
{
    int32_t kind = tuoyu_value_kind(value);
    if (!out || (kind != TUOYU_VALUE_DATE && kind != TUOYU_VALUE_DATE_TIME))
        return TUOYU_ERROR_INVALID_ARGUMENT;
    int64_t date = kind == TUOYU_VALUE_DATE ? value->value.date : value->value.as.date_time->date;
    if (date < DATE_FIRST || date > DATE_LAST)
        return TUOYU_ERROR_DATE;
    *out = (int32_t)date;
    return TUOYU_OK;
}

size_t tuoyu_value_count(const tuoyu_value *value)
{
    struct value inside = value_of_handle(value);
    if (inside.kind == VALUE_LIST)
        return inside.as.list->count;
    return inside.kind == VALUE_CONTEXT ? inside.as.context->count : 0;
}

/* Gives out a handle for a part of a value; the whole lives as long as the part. TUOYU_OK or
 * TUOYU_ERROR_NO_MEMORY. */
static tuoyu_status part_of(tuoyu_value *whole, struct value part, tuoyu_value **out)
{
    tuoyu_value *handle = value_handle_new(&whole->allocator);
    if (!handle)
        return TUOYU_ERROR_NO_MEMORY;
    if (value_handle_reserve(handle, 1))
        value_handle_hold(handle, whole);
    handle->value = part;
    return value_handle_finish(handle, out);
}

tuoyu_status tuoyu_value_item(tuoyu_value *value, size_t index, tuoyu_value **out)
{
    if (out)
        *out = NULL;
    if (!out || index >= tuoyu_value_count(value))
        return TUOYU_ERROR_INVALID_ARGUMENT;
    bool is_list = value->value.kind == VALUE_LIST;
    return part_of(
        value, is_list ? value->value.as.list->items[index] : value->value.as.context->entries[index].value,
        out);
}

tuoyu_status tuoyu_value_entry_name(const tuoyu_value *value, size_t index, const char **text, size_t *length)
{
    bool has_entry = tuoyu_value_kind(value) == TUOYU_VALUE_CONTEXT && index < tuoyu_value_count(value);
    if (!text || !length || !has_entry)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    *text = value->value.as.context->entries[index].name.bytes;
    *length = value->value.as.context->entries[index].name.length;
    return TUOYU_OK;
}

tuoyu_status tuoyu_value_entry(tuoyu_value *value, const char *name, size_t length, tuoyu_value **out)
{
    if (out)
        *out = NULL;
    if (!out || !name || tuoyu_value_kind(value) != TUOYU_VALUE_CONTEXT)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    const struct context *context = value->value.as.context;
    for (size_t i = 0; i < context->count; i++)
        if (text_equals(context->entries[i].name, text_of(name, length)))
            return tuoyu_value_item(value, i, out);
    return TUOYU_ERROR_NOT_FOUND;
}

/* ---- As text ---- */

/* Gives out the text that `write` makes of the value; NULL stands for null. TUOYU_OK,
 * TUOYU_ERROR_INVALID_ARGUMENT or TUOYU_ERROR_NO_MEMORY. */
static tuoyu_status format(const tuoyu_value *value, void (*write)(struct text_builder *, struct value),
                           tuoyu_text **out)
{
    if (!out)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    struct text_builder builder;
    text_builder_init(&builder, value ? &value->allocator : NULL);
    write(&builder, value_of_handle(value));
    return text_builder_to_handle(&builder, out);
}

tuoyu_status tuoyu_value_to_text(const tuoyu_value *value, tuoyu_text **out)
{
    return format(value, value_format, out);
}

tuoyu_status tuoyu_value_to_literal(const tuoyu_value *value, tuoyu_text **out)
{
    return format(value, value_format_literal, out);
}

tuoyu_status tuoyu_value_to_json(const tuoyu_value *value, tuoyu_text **out)
{
    return format(value, value_format_json, out);
}

int32_t tuoyu_value_equals(const tuoyu_value *left, const tuoyu_value *right)
{
    enum truth truth = value_equals(value_of_handle(left), value_of_handle(right));
    return truth == TRUTH_NULL ? -1 : truth == TRUTH_TRUE;
}
