/* SPDX-License-Identifier: Apache-2.0 */
/* Writes values as text: as FEEL's string() does, as FEEL literals, as JSON. */
#include "value/value.h"

#include <assert.h>

/* How values are written; FORM_NESTED is FORM_STRING inside a list, context or range, where strings are
 * quoted. */
enum form { FORM_STRING, FORM_NESTED, FORM_LITERAL, FORM_JSON };

/* Appends a value that is nested depth levels deep; `null` instead from VALUE_DEPTH on. */
static void format_at(struct text_builder *builder, struct value value, enum form form, int depth);

/* Appends a FEEL string literal. */
static void append_quoted(struct text_builder *builder, struct text text)
{
    text_append_byte(builder, '"');
    for (size_t i = 0; i < text.length; i++) {
        switch (text.bytes[i]) {
        case '"': text_append_literal(builder, "\\\""); break;
        case '\\': text_append_literal(builder, "\\\\"); break;
        case '\n': text_append_literal(builder, "\\n"); break;
        case '\r': text_append_literal(builder, "\\r"); break;
        case '\t': text_append_literal(builder, "\\t"); break;
        default: text_append_byte(builder, text.bytes[i]); break;
        }
    }
    text_append_byte(builder, '"');
}

/* Appends a string: as it is (FORM_STRING), as JSON, or as a FEEL literal. */
static void format_string(struct text_builder *builder, struct text text, enum form form)
{
    switch (form) {
    case FORM_STRING: text_append(builder, text); break;
    case FORM_JSON: text_append_json(builder, text); break;
    default: append_quoted(builder, text); break;
    }
}

/* ---- Temporal values ---- */

/* Appends a temporal value in ISO 8601, without quotes. */
static void append_temporal(struct text_builder *builder, struct value value)
{
    char date[DATE_WIDE_TEXT_SIZE];
    assert(value.kind >= VALUE_DATE && value.kind <= VALUE_DAYS_TIME);
    switch (value.kind) {
    case VALUE_DATE: text_append(builder, text_of(date, date_format_wide(value.date, date))); break;
    case VALUE_TIME: time_format(builder, value.as.time); break;
    case VALUE_DATE_TIME: date_time_format(builder, value.as.date_time); break;
    case VALUE_YEARS_MONTHS: months_format(builder, value.as.months); break;
    default: duration_format(builder, value.as.duration); break;
    }
}

/* Appends a temporal value with the quotes or the function call that the form wants. */
static void format_temporal(struct text_builder *builder, struct value value, enum form form)
{
    if (form == FORM_LITERAL) {
        bool is_duration = value.kind == VALUE_YEARS_MONTHS || value.kind == VALUE_DAYS_TIME;
        text_append(builder, is_duration ? TEXT("duration") : value_kind_name(value.kind));
        text_append_byte(builder, '(');
    }
    if (form == FORM_LITERAL || form == FORM_JSON) {
        text_append_byte(builder, '"');
    }
    append_temporal(builder, value);
    text_append_literal(builder, form == FORM_LITERAL ? "\")" : form == FORM_JSON ? "\"" : "");
}

/* ---- Lists, contexts, ranges ---- */

/* Appends a list whose items are nested depth levels deep. */
static void format_list(struct text_builder *builder, const struct list *list, enum form form, int depth)
{
    text_append_byte(builder, '[');
    for (size_t i = 0; i < list->count; i++) {
        text_append_literal(builder, i > 0 ? ", " : "");
        format_at(builder, list->items[i], form, depth);
    }
    text_append_byte(builder, ']');
}

/* Whether a context's name may be written without quotes: a letter, `_` or anything beyond ASCII, then the
 * same and digits. */
static bool is_plain_name(struct text name)
{
    for (size_t i = 0; i < name.length; i++) {
        char byte = name.bytes[i];
        bool is_letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_' ||
                         (unsigned char)byte >= 0x80;
        if (!is_letter && (i == 0 || byte < '0' || byte > '9')) {
            return false;
        }
    }
    return name.length > 0;
}

/* Appends a context whose values are nested depth levels deep. Names that are no plain ones are quoted. */
static void format_context(struct text_builder *builder, const struct context *context, enum form form,
                           int depth)
{
    text_append_byte(builder, '{');
    for (size_t i = 0; i < context->count; i++) {
        const struct context_entry *entry = &context->entries[i];
        text_append_literal(builder, i > 0 ? ", " : "");
        format_string(builder, entry->name,
                      form != FORM_JSON && is_plain_name(entry->name) ? FORM_STRING : form);
        text_append_literal(builder, ": ");
        format_at(builder, entry->value, form, depth);
    }
    text_append_byte(builder, '}');
}

/* Whether a range is open at this end. An end that is unknown is null, too, but has a cause. */
static bool is_open_end(struct value end)
{
    return end.kind == VALUE_NULL && !end.as.cause;
}

/* Appends `[1..10]`. A range with one open end is written as the comparison that it stands for, such as `(>=
 * 1)`; an end that is unknown as `null`. */
static void format_range(struct text_builder *builder, const struct range *range, enum form form, int depth)
{
    bool has_low = !is_open_end(range->low), has_high = !is_open_end(range->high);
    if (has_low != has_high) {
        bool is_included = has_low ? range->low_included : range->high_included;
        text_append_literal(builder, has_low ? "(>" : "(<");
        text_append_literal(builder, is_included ? "= " : " ");
        format_at(builder, has_low ? range->low : range->high, form, depth);
        text_append_byte(builder, ')');
        return;
    }
    text_append_byte(builder, range->low_included ? '[' : '(');
    format_at(builder, range->low, form, depth);
    text_append_literal(builder, "..");
    format_at(builder, range->high, form, depth);
    text_append_byte(builder, range->high_included ? ']' : ')');
}

/* Appends the FEEL text of a range as a JSON string, since JSON has no ranges. */
static void format_range_json(struct text_builder *builder, const struct range *range, int depth)
{
    struct text_builder inner;
    if (builder->arena != NULL) {
        text_builder_init_arena(&inner, builder->arena);
    } else {
        text_builder_init(&inner, &builder->allocator);
    }
    format_range(&inner, range, FORM_NESTED, depth);
    text_append_json(builder, text_builder_text(&inner));
    builder->failed = builder->failed || inner.failed;
    if (builder->arena == NULL) {
        text_builder_free(&inner);
    }
}

/* Appends a value `depth` levels below the outermost one, in one of the forms; `null` below VALUE_DEPTH. */
static void format_at(struct text_builder *builder, struct value value, enum form form, int depth)
{
    enum form nested = form == FORM_STRING ? FORM_NESTED : form;
    char number[TUOYU_DECIMAL_TEXT_SIZE];
    if (depth >= VALUE_DEPTH) {
        text_append_literal(builder, "null");
        return;
    }
    switch (value.kind) {
    case VALUE_BOOLEAN: text_append_literal(builder, value.boolean ? "true" : "false"); break;
    case VALUE_NUMBER: text_append(builder, text_of(number, decimal_format(value.as.number, number))); break;
    case VALUE_STRING: format_string(builder, value.as.string, form); break;
    case VALUE_DATE:
    case VALUE_TIME:
    case VALUE_DATE_TIME:
    case VALUE_YEARS_MONTHS:
    case VALUE_DAYS_TIME: format_temporal(builder, value, form); break;
    case VALUE_LIST: format_list(builder, value.as.list, nested, depth + 1); break;
    case VALUE_CONTEXT: format_context(builder, value.as.context, nested, depth + 1); break;
    case VALUE_RANGE:
        if (form == FORM_JSON) {
            format_range_json(builder, value.as.range, depth + 1);
        } else {
            format_range(builder, value.as.range, nested, depth + 1);
        }
        break;
    case VALUE_FUNCTION: text_append_literal(builder, form == FORM_JSON ? "null" : "function"); break;
    default: text_append_literal(builder, "null"); break;
    }
}

void value_format(struct text_builder *builder, struct value value)
{
    format_at(builder, value, FORM_STRING, 0);
}

void value_format_literal(struct text_builder *builder, struct value value)
{
    format_at(builder, value, FORM_LITERAL, 0);
}

void value_format_json(struct text_builder *builder, struct value value)
{
    format_at(builder, value, FORM_JSON, 0);
}
