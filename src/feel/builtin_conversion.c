/* SPDX-License-Identifier: Apache-2.0 */
/* Built-ins that make values of texts and of parts. */
#include <assert.h>
#include <string.h>

#include "feel/builtin_functions.h"
#include "feel/builtin_support.h"

/* The argument itself, for conversions to the type that it has already. */
struct value builtin_same(const struct builtin_call *call)
{
    return call->arguments[0];
}

/* The value as text. */
struct value builtin_string(const struct builtin_call *call)
{
    if (call->arguments[0].kind == VALUE_STRING)
        return call->arguments[0];
    struct text_builder builder;
    text_builder_init_arena(&builder, call->environment->arena);
    value_format(&builder, call->arguments[0]);
    return builtin_built_text(&builder);
}

/* The error of a text that could not be read; form shows what it should look like. */
static struct value unreadable(const struct builtin_call *call, tuoyu_status status, const char *form)
{
    struct text met = builtin_show(call, call->arguments[0]);
    const char *name = call->builtin->name;
    if (status == TUOYU_ERROR_SYNTAX)
        return builtin_error(call, TUOYU_ERROR_EVALUATION, "%s: %.*s does not have the form %s", name,
                             TEXT_ARGUMENTS(met), form);
    const char *what = status == TUOYU_ERROR_OVERFLOW ? "too large" : "not in the calendar or on the clock";
    return builtin_error(call, status, "%s: %.*s is %s", name, TEXT_ARGUMENTS(met), what);
}

/* ---- Dates and times ---- */

/* The date that a text gives as year, month and day. */
struct value builtin_date_from_text(const struct builtin_call *call)
{
    int64_t date;
    tuoyu_status status = date_parse_wide(call->arguments[0].as.string, &date);
    return status == TUOYU_OK ? value_date(date) : unreadable(call, status, "2025-01-31");
}

/* The date of a date and time, as of its own zone. */
struct value builtin_date_from_date_time(const struct builtin_call *call)
{
    return value_date(call->arguments[0].as.date_time->date);
}

/* The date with this year, month and day. */
struct value builtin_date_from_parts(const struct builtin_call *call)
{
    int64_t parts[3], date;
    struct value failure;
    for (size_t i = 0; i < 3; i++)
        if (!builtin_whole(call, i, &parts[i], &failure))
            return failure;
    if (date_from_civil_wide(parts[0], parts[1], parts[2], &date))
        return value_date(date);
    return builtin_error(call, TUOYU_ERROR_DATE, "date: there is no day %lld in month %lld of year %lld",
                         (long long)parts[2], (long long)parts[1], (long long)parts[0]);
}

/* The date and time that a text gives. */
struct value builtin_date_and_time_from_text(const struct builtin_call *call)
{
    struct date_time date_time;
    tuoyu_status status = date_time_parse(call->arguments[0].as.string, &date_time);
    if (status != TUOYU_OK)
        return unreadable(call, status, "2025-01-31T10:20:30+08:00");
    return value_date_time(call->environment->arena, &date_time);
}

/* The time of day on the date. */
struct value builtin_date_and_time_from_parts(const struct builtin_call *call)
{
    struct date_time date_time = {.date = builtin_day_of(call->arguments[0]),
                                  .time = *call->arguments[1].as.time};
    return value_date_time(call->environment->arena, &date_time);
}

/* The time of day that a text gives. */
struct value builtin_time_from_text(const struct builtin_call *call)
{
    struct clock_time time;
    tuoyu_status status = time_parse(call->arguments[0].as.string, &time);
    if (status != TUOYU_OK)
        return unreadable(call, status, "10:20:30+08:00");
    return value_time(call->environment->arena, &time);
}

/* The time of day of a date and time, with its zone. */
struct value builtin_time_from_date_time(const struct builtin_call *call)
{
    return value_time(call->environment->arena, &call->arguments[0].as.date_time->time);
}

/* Splits a number of seconds into whole ones, rounded down, and nanoseconds; what is finer is dropped.
 * Returns false if it is too large. */
static bool split_seconds(tuoyu_decimal number, int64_t *seconds, int64_t *nanoseconds)
{
    tuoyu_decimal whole, fraction;
    return decimal_round(number, 0, DECIMAL_FLOOR, &whole) == TUOYU_OK &&
           decimal_to_integer(whole, seconds) && decimal_subtract(number, whole, &fraction) == TUOYU_OK &&
           decimal_multiply(fraction, decimal_from_integer(1000000000), &fraction) == TUOYU_OK &&
           decimal_round(fraction, 0, DECIMAL_FLOOR, &fraction) == TUOYU_OK &&
           decimal_to_integer(fraction, nanoseconds);
}

/* The time with these parts and, if given, this offset from UTC. */
struct value builtin_time_from_parts(const struct builtin_call *call)
{
    int64_t hour, minute, second, nanosecond;
    struct value failure;
    struct zone zone = {.kind = ZONE_LOCAL};
    struct clock_time time;
    if (!builtin_whole(call, 0, &hour, &failure) || !builtin_whole(call, 1, &minute, &failure))
        return failure;
    bool has_offset = call->count > 3 && call->arguments[3].kind != VALUE_NULL;
    if (has_offset && !zone_from_duration(call->arguments[3].as.duration, &zone)) {
        struct text met = builtin_show(call, call->arguments[3]);
        return builtin_error(call, TUOYU_ERROR_DATE,
                             "time: %.*s is no offset from UTC; they reach 18 hours, in whole seconds",
                             TEXT_ARGUMENTS(met));
    }
    if (split_seconds(call->arguments[2].as.number, &second, &nanosecond) &&
        time_make(hour, minute, second, nanosecond, zone, &time) == TUOYU_OK)
        return value_time(call->environment->arena, &time);
    struct text met = builtin_show(call, call->arguments[2]);
    return builtin_error(call, TUOYU_ERROR_DATE,
                         "time: there is no such time as %lld hours, %lld minutes, %.*s seconds",
                         (long long)hour, (long long)minute, TEXT_ARGUMENTS(met));
}

/* The duration that a text gives: of days and time, or of years and months. */
struct value builtin_duration_from_text(const struct builtin_call *call)
{
    enum duration_kind kind;
    int64_t months;
    struct duration duration;
    tuoyu_status status = duration_parse(call->arguments[0].as.string, &kind, &months, &duration);
    if (status != TUOYU_OK)
        return unreadable(call, status, "P1Y2M or P3DT4H5M6S");
    return kind == DURATION_YEARS_MONTHS ? value_months(months) : value_duration(duration);
}

/* The whole years and months between two dates. */
struct value builtin_years_and_months_duration(const struct builtin_call *call)
{
    return value_months(
        date_months_between(builtin_day_of(call->arguments[0]), builtin_day_of(call->arguments[1])));
}

/* ---- Numbers ---- */

/* Reads a separator argument: *out is its only character, or 0 for null. Returns false if it is none of those
 * allowed. */
static bool separator_of(struct value value, const char *allowed, char *out)
{
    *out = 0;
    if (value.kind == VALUE_NULL)
        return true;
    struct text text = value.as.string;
    for (; *allowed && text.length == 1; allowed++)
        if (text.bytes[0] == *allowed)
            *out = *allowed;
    return *out != 0;
}

/* Writes the text with a point as its decimal separator and without grouping. Returns false if separators
 * stand where none may. */
static bool plain_number(struct text text, char grouping, char decimal, struct text_builder *plain)
{
    bool is_fraction = false;
    for (size_t i = 0; i < text.length; i++) {
        char byte = text.bytes[i];
        if (grouping && byte == grouping) {
            if (is_fraction)
                return false;
        } else if (byte == decimal) {
            is_fraction = true;
            text_append_byte(plain, '.');
        } else if (byte == '.') {
            return false;
        } else {
            text_append_byte(plain, byte);
        }
    }
    return true;
}

/* The number that a text gives, with these separators of groups and of decimals. */
struct value builtin_number_from_text(const struct builtin_call *call)
{
    char grouping, decimal;
    if (!separator_of(call->arguments[1], " ,.", &grouping))
        return builtin_error(call, TUOYU_ERROR_EVALUATION,
                             "number: the grouping separator must be a space, a comma or a period");
    if (!separator_of(call->arguments[2], ",.", &decimal))
        return builtin_error(call, TUOYU_ERROR_EVALUATION,
                             "number: the decimal separator must be a comma or a period");
    if (!decimal)
        decimal = '.';
    if (grouping == decimal)
        return builtin_error(call, TUOYU_ERROR_EVALUATION,
                             "number: the grouping and the decimal separator must not be the same");
    struct text_builder plain;
    tuoyu_decimal number;
    text_builder_init_arena(&plain, call->environment->arena);
    if (!plain_number(call->arguments[0].as.string, grouping, decimal, &plain))
        return unreadable(call, TUOYU_ERROR_SYNTAX, "1234.5");
    if (plain.failed)
        return value_no_memory();
    tuoyu_status status = decimal_parse(text_builder_text(&plain), &number);
    return status == TUOYU_OK ? value_number(number) : unreadable(call, status, "1234.5");
}

/* ---- Ranges ---- */

/* Whether a call is one that the standard counts among the literals: date(), time(), date and time() or
 * duration() of a string literal. */
static bool is_temporal_literal(const struct node *call)
{
    return builtin_traits(call->builtin)->is_temporal_literal && call->count == 1 &&
           call->children[0]->kind == NODE_LITERAL && call->children[0]->value.kind == VALUE_STRING;
}

/* Whether the node may be an end of a range in text: a literal, a negative one, or a temporal one. NULL is
 * none. */
static bool is_literal_end(const struct node *node)
{
    if (!node)
        return false;
    if (node->kind == NODE_CALL_BUILTIN)
        return is_temporal_literal(node);
    return node->kind == NODE_LITERAL ||
           (node->kind == NODE_NEGATE && node->children[0]->kind == NODE_LITERAL);
}

/* Writes `[2..)` and `(..2]`, which are ranges only in the text of range(), as the comparisons that they
 * stand for; *is_half tells whether the text was one. Other texts are returned trimmed. An end that is left
 * out is excluded. The text's bytes are NULL if memory is refused. */
static struct text half_infinite(struct arena *arena, struct text text, bool *is_half)
{
    text = text_trim(text);
    *is_half = false;
    if (text.length < 4)
        return text;
    char first = text.bytes[0], last = text.bytes[text.length - 1];
    struct text inner = text_trim(text_slice(text, 1, text.length - 1));
    bool has_no_low = (first == '(' || first == ']') && text_starts_with(inner, TEXT(".."));
    bool has_no_high = (last == ')' || last == '[') && inner.length > 2 &&
                       text_equals(text_slice(inner, inner.length - 2, inner.length), TEXT(".."));
    if (has_no_low == has_no_high)
        return text;
    *is_half = true;
    struct text end =
        has_no_low ? text_slice(inner, 2, inner.length) : text_slice(inner, 0, inner.length - 2);
    const char *sign = has_no_low ? (last == ']' ? "<=" : "<") : (first == '[' ? ">=" : ">");
    return text_format(arena, "(%s %.*s)", sign, TEXT_ARGUMENTS(end));
}

/* The range that a text gives: literals at both ends, or at one, as in `[2..)` and `(..2]`. */
struct value builtin_range_from_text(const struct builtin_call *call)
{
    struct symbol_table no_names = {.find = NULL};
    bool is_half;
    struct text text = half_infinite(call->environment->arena, call->arguments[0].as.string, &is_half);
    if (!text.bytes)
        return value_no_memory();
    struct parse_options options = {.input_slot = UINT32_MAX};
    struct expression expression;
    tuoyu_status status =
        expression_parse(call->environment->arena, text, &no_names, &options, &expression, NULL);
    if (status == TUOYU_ERROR_NO_MEMORY)
        return value_no_memory();
    const struct node *root = status == TUOYU_OK ? expression.root : NULL;
    bool has_both = root && root->kind == NODE_RANGE && root->children[0] && root->children[1];
    bool has_one = root && root->kind == NODE_RANGE && !has_both;
    bool is_range = (is_half ? has_one : has_both) &&
                    (!root->children[0] || is_literal_end(root->children[0])) &&
                    (!root->children[1] || is_literal_end(root->children[1]));
    bool is_value = root && root->kind == NODE_LITERAL && root->value.kind == VALUE_RANGE;
    if (!is_range && !is_value)
        return unreadable(call, TUOYU_ERROR_SYNTAX, "[1..10) with literals at both ends");
    struct value value = expression_evaluate(&expression, call->environment);
    if (value.kind != VALUE_RANGE)
        return value;
    const struct range *range = value.as.range;
    int order;
    if (is_half && !value_cause(range->low) && !value_cause(range->high))
        return value;
    if (range->low.kind == range->high.kind &&
        value_compare_with(range->low, range->high, call->environment->zones, &order) && order <= 0)
        return value;
    struct text met = builtin_show(call, call->arguments[0]);
    return builtin_error(call, TUOYU_ERROR_EVALUATION,
                         "range: the ends of %.*s are not in order or not of one type", TEXT_ARGUMENTS(met));
}
