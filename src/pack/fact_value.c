/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the values of facts and parameters by their declarations, and reports what does not keep to them. */
#include "pack/fact_value.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/plain_text.h"
#include "pack/meant_scalar.h"
#include "pack/scalar.h"

struct text fact_type_name(enum fact_type type)
{
    assert(type <= FACT_TYPE_ENUM);
    static const struct text NAMES[] = {
        [FACT_TYPE_BOOLEAN] = {"boolean", 7}, [FACT_TYPE_INTEGER] = {"integer", 7},
        [FACT_TYPE_NUMBER] = {"number", 6},   [FACT_TYPE_MONEY] = {"money", 5},
        [FACT_TYPE_PERCENT] = {"percent", 7}, [FACT_TYPE_DATE] = {"date", 4},
        [FACT_TYPE_STRING] = {"string", 6},   [FACT_TYPE_ENUM] = {"enum", 4}};
    return NAMES[type];
}

/* What a value of this type looks like, for messages. */
static const char *fact_type_meaning(enum fact_type type)
{
    static const char *const MEANINGS[] = {[FACT_TYPE_BOOLEAN] = "true or false",
                                           [FACT_TYPE_INTEGER] = "a whole number",
                                           [FACT_TYPE_NUMBER] = "a number",
                                           [FACT_TYPE_MONEY] = "an amount of money",
                                           [FACT_TYPE_PERCENT] = "a number of percent",
                                           [FACT_TYPE_DATE] = "a date such as 2024-01-31",
                                           [FACT_TYPE_STRING] = "a text",
                                           [FACT_TYPE_ENUM] = "one of its values"};
    return MEANINGS[type];
}

/* Whether the values of the fact are numbers. */
static bool is_numeric(const struct pack_fact *fact)
{
    return fact->type == FACT_TYPE_INTEGER || fact->type == FACT_TYPE_NUMBER ||
           fact->type == FACT_TYPE_MONEY || fact->type == FACT_TYPE_PERCENT;
}

/* Reports a value of another type than the declared one; returns TUOYU_ERROR_FACT_TYPE. */
static tuoyu_status wrong_type(const struct pack_fact *fact, struct text found, struct text hint,
                               struct location where, tuoyu_diagnostics *diagnostics)
{
    return report(diagnostics, TUOYU_ERROR_FACT_TYPE, where, hint, "'%.*s' must be %s, not '%.*s'",
                  TEXT_ARGUMENTS(fact->name), fact_type_meaning(fact->type), TEXT_ARGUMENTS(found));
}

/* ---- Ranges ---- */

/* Whether a value lies in the range. An end that is null is no bound. */
static bool is_within(const struct range *range, struct value value)
{
    int order;
    if (range->low.kind != VALUE_NULL &&
        (!value_compare(value, range->low, &order) || order < 0 || (order == 0 && !range->low_included)))
        return false;
    return range->high.kind == VALUE_NULL ||
           (value_compare(value, range->high, &order) && (order < 0 || (order == 0 && range->high_included)));
}

/* Returns TUOYU_OK where the value keeps to the fact's range; else reports it as written and returns
 * TUOYU_ERROR_FACT_RANGE. */
static tuoyu_status check_range(const struct pack_fact *fact, struct value value, struct text written,
                                struct location where, tuoyu_diagnostics *diagnostics)
{
    if (!fact->has_range || is_within(&fact->range, value))
        return TUOYU_OK;
    struct text unit = fact->unit.bytes ? fact->unit : TEXT("");
    return report(diagnostics, TUOYU_ERROR_FACT_RANGE, where, TEXT(""),
                  "'%.*s' is %.*s, outside its range %.*s%s%.*s", TEXT_ARGUMENTS(fact->name),
                  TEXT_ARGUMENTS(written), TEXT_ARGUMENTS(fact->range_text), unit.length ? " " : "",
                  TEXT_ARGUMENTS(unit));
}

/* ---- Numbers ---- */

/* Makes the value of a numeric fact from a number in its declared unit, checked for decimals and range.
 * Returns TUOYU_OK, or the status of an error, which is reported. */
static tuoyu_status from_number(const struct pack_fact *fact, tuoyu_decimal number, struct text written,
                                struct location where, struct value *out, tuoyu_diagnostics *diagnostics)
{
    tuoyu_decimal kept = number;
    if (fact->type == FACT_TYPE_INTEGER && !decimal_is_integer(number))
        return wrong_type(fact, written, TEXT(""), where, diagnostics);
    if (decimal_round(number, fact->scale, DECIMAL_DOWN, &kept) != TUOYU_OK ||
        decimal_compare(kept, number) != 0)
        return report(diagnostics, TUOYU_ERROR_FACT_RANGE, where, TEXT(""),
                      "'%.*s' is %.*s, but may have no more than %d decimals", TEXT_ARGUMENTS(fact->name),
                      TEXT_ARGUMENTS(written), (int)fact->scale);
    if (fact->type == FACT_TYPE_PERCENT && decimal_scale(number, -2, &number) != TUOYU_OK)
        return report(diagnostics, TUOYU_ERROR_FACT_RANGE, where, TEXT(""),
                      "'%.*s' is %.*s, too small or large for a percent", TEXT_ARGUMENTS(fact->name),
                      TEXT_ARGUMENTS(written));
    *out = value_number(number);
    return check_range(fact, *out, written, where, diagnostics);
}

tuoyu_status fact_value_from_decimal(const struct pack_fact *fact, tuoyu_decimal number,
                                     struct location where, struct value *out, tuoyu_diagnostics *diagnostics)
{
    if (!decimal_is_finite(number))
        return wrong_type(fact, TEXT("no finite number"), TEXT(""), where, diagnostics);
    char bytes[TUOYU_DECIMAL_TEXT_SIZE];
    struct text written = {.bytes = bytes, .length = decimal_format(number, bytes)};
    if (!is_numeric(fact))
        return wrong_type(fact, written, TEXT(""), where, diagnostics);
    return from_number(fact, number, written, where, out, diagnostics);
}

/* A hint for a text that is not a number. */
static struct text number_advice(struct text text, char hint[SCALAR_HINT_SIZE])
{
    if (scalar_has_full_width(text))
        return TEXT("full-width characters are not meant here: write ASCII digits");
    if (text.length > 0 && text.bytes[text.length - 1] == '%')
        return TEXT("without the sign: 80 for eighty percent");
    struct text meant = hint_for_number(text, hint);
    return meant.length ? meant : TEXT("digits only, without unit");
}

/* Reads the value of a numeric fact. Returns TUOYU_OK, or the status of an error, which is reported. */
static tuoyu_status number_from_text(const struct pack_fact *fact, struct text text, struct location where,
                                     struct value *out, tuoyu_diagnostics *diagnostics)
{
    tuoyu_decimal number;
    char hint[SCALAR_HINT_SIZE];
    tuoyu_status status = decimal_parse(text, &number);
    if (status == TUOYU_ERROR_OVERFLOW)
        return report(diagnostics, TUOYU_ERROR_FACT_RANGE, where, TEXT(""), "'%.*s' " SCALAR_BEYOND_NUMBERS,
                      TEXT_ARGUMENTS(fact->name));
    if (status != TUOYU_OK)
        return wrong_type(fact, text, number_advice(text, hint), where, diagnostics);
    return from_number(fact, number, text, where, out, diagnostics);
}

/* ---- Booleans and dates ---- */

tuoyu_status fact_value_from_boolean(const struct pack_fact *fact, bool boolean, struct location where,
                                     struct value *out, tuoyu_diagnostics *diagnostics)
{
    if (fact->type != FACT_TYPE_BOOLEAN)
        return wrong_type(fact, boolean ? TEXT("true") : TEXT("false"), TEXT(""), where, diagnostics);
    *out = value_boolean(boolean);
    return TUOYU_OK;
}

tuoyu_status fact_value_from_date(const struct pack_fact *fact, int32_t date, struct location where,
                                  struct value *out, tuoyu_diagnostics *diagnostics)
{
    if (date < DATE_FIRST || date > DATE_LAST)
        return report(diagnostics, TUOYU_ERROR_DATE, where, TEXT(""),
                      "'%.*s' is a date outside the years 0001 to 9999", TEXT_ARGUMENTS(fact->name));
    char bytes[11];
    date_format(date, bytes);
    struct text written = {.bytes = bytes, .length = 10};
    if (fact->type != FACT_TYPE_DATE)
        return wrong_type(fact, written, TEXT(""), where, diagnostics);
    *out = value_date(date);
    return check_range(fact, *out, written, where, diagnostics);
}

/* Reads the value of a date. Returns TUOYU_OK, or the status of an error, which is reported. */
static tuoyu_status date_from_text(const struct pack_fact *fact, struct text text, struct location where,
                                   struct value *out, tuoyu_diagnostics *diagnostics)
{
    int32_t date;
    tuoyu_status status = date_parse(text, &date);
    if (status == TUOYU_ERROR_DATE)
        return report(diagnostics, status, where, TEXT(""), "'%.*s' is '%.*s', but there is no such day",
                      TEXT_ARGUMENTS(fact->name), TEXT_ARGUMENTS(text));
    if (status != TUOYU_OK)
        return wrong_type(fact, text, TEXT("four digits of the year, two of the month, two of the day"),
                          where, diagnostics);
    return fact_value_from_date(fact, date, where, out, diagnostics);
}

/* Reads `true` or `false`. Other words for them are refused, with a hint what to write. */
static tuoyu_status boolean_from_text(const struct pack_fact *fact, struct text text, struct location where,
                                      struct value *out, tuoyu_diagnostics *diagnostics)
{
    static const struct text YES[] = {{"是", 3},   {"有", 3}, {"yes", 3}, {"Yes", 3}, {"TRUE", 4},
                                      {"True", 4}, {"1", 1},  {"y", 1},   {"on", 2}};
    static const struct text NO[] = {{"否", 3},    {"无", 3}, {"no", 2}, {"No", 2}, {"FALSE", 5},
                                     {"False", 5}, {"0", 1},  {"n", 1},  {"off", 3}};
    bool boolean;
    if (scalar_boolean(text, &boolean))
        return fact_value_from_boolean(fact, boolean, where, out, diagnostics);
    struct text hint = TEXT("");
    for (size_t i = 0; i < sizeof YES / sizeof *YES; i++) {
        if (text_equals(text, YES[i]))
            hint = TEXT("write true");
        if (text_equals(text, NO[i]))
            hint = TEXT("write false");
    }
    return wrong_type(fact, text, hint, where, diagnostics);
}

/* ---- Texts ---- */

/* Writes "one of a, b, c" sealed, with as many values as fit. */
static struct text list_values(const struct pack_fact *fact, char hint[SCALAR_HINT_SIZE])
{
    enum { FRAME = 40 }; /* what the seal and the words around the values take at most */
    char all[SCALAR_HINT_SIZE - FRAME] = "";
    size_t used = 0;
    for (size_t i = 0; i < fact->value_count; i++) {
        struct text id = fact->values[i].id;
        if (used + id.length + 3 > sizeof all)
            break;
        int length = snprintf(all + used, sizeof all - used, "%s%.*s", i ? ", " : "", TEXT_ARGUMENTS(id));
        if (length > 0)
            used += (size_t)length;
    }
    return message_write(hint, SCALAR_HINT_SIZE, "one of %s", all);
}

/* Reads the id of one of the fact's values. A label or a near miss is refused, with the id as a hint. */
static tuoyu_status enum_from_text(const struct pack_fact *fact, struct text text, struct location where,
                                   struct value *out, tuoyu_diagnostics *diagnostics)
{
    struct text best = TEXT("");
    size_t distance = SIZE_MAX;
    for (size_t i = 0; i < fact->value_count; i++) {
        const struct pack_enum_value *value = &fact->values[i];
        if (text_equals(text, value->id)) {
            *out = value_string(value->id);
            return TUOYU_OK;
        }
        text_nearest(text, value->id, &best, &distance);
        bool is_label =
            text.length > 0 && (text_equals(text, value->label.zh) || text_equals(text, value->label.en));
        if (is_label && distance > 0) {
            best = value->id;
            distance = 0;
        }
    }
    char hint[SCALAR_HINT_SIZE];
    struct text say = best.length ? scalar_did_you_mean(best, hint) : list_values(fact, hint);
    return report(diagnostics, TUOYU_ERROR_FACT_VALUE, where, say, "'%.*s' has no value '%.*s'",
                  TEXT_ARGUMENTS(fact->name), TEXT_ARGUMENTS(text));
}

/* Makes a string of a text: copied into the arena, or borrowed where the arena is NULL. Returns TUOYU_OK or
 * TUOYU_ERROR_NO_MEMORY. */
static tuoyu_status string_from_text(struct arena *arena, struct text text, struct value *out)
{
    struct text copy = arena ? text_copy(arena, text) : text;
    if (!copy.bytes)
        return TUOYU_ERROR_NO_MEMORY;
    *out = value_string(copy);
    return TUOYU_OK;
}

/* Reports a text that is not plain. A control character would forge a line of whatever shows the text, or
 * make it read other than it is. Returns TUOYU_ERROR_ENCODING. */
static tuoyu_status report_not_plain(const struct pack_fact *fact, struct text text, struct location where,
                                     tuoyu_diagnostics *diagnostics)
{
    uint32_t c = 0;
    if (utf8_validate(text) != text.length || memchr(text.bytes, 0, text.length))
        return report(diagnostics, TUOYU_ERROR_ENCODING, where, TEXT(""),
                      "'%.*s' is not UTF-8, or holds a NUL", TEXT_ARGUMENTS(fact->name));
    text_find_control(text, &c);
    const char *what = character_turns_direction(c) ? "a character that turns the direction of writing"
                                                    : "a control character";
    return report(diagnostics, TUOYU_ERROR_ENCODING, where, TEXT("remove it"), "'%.*s' holds %s, U+%04X",
                  TEXT_ARGUMENTS(fact->name), what, (unsigned)c);
}

tuoyu_status fact_value_from_text(struct arena *arena, const struct pack_fact *fact, struct text text,
                                  struct location where, struct value *out, tuoyu_diagnostics *diagnostics)
{
    if (!text_is_plain(text))
        return report_not_plain(fact, text, where, diagnostics);
    switch (fact->type) {
    case FACT_TYPE_BOOLEAN: return boolean_from_text(fact, text, where, out, diagnostics);
    case FACT_TYPE_DATE: return date_from_text(fact, text, where, out, diagnostics);
    case FACT_TYPE_ENUM: return enum_from_text(fact, text, where, out, diagnostics);
    case FACT_TYPE_STRING: {
        tuoyu_status status = string_from_text(arena, text, out);
        return status == TUOYU_OK ? status : report_no_memory(diagnostics);
    }
    default: return number_from_text(fact, text, where, out, diagnostics);
    }
}

tuoyu_status fact_value_from_none(const struct pack_fact *fact, struct location where, struct value *out,
                                  tuoyu_diagnostics *diagnostics)
{
    *out = VALUE_NOTHING;
    if (fact->is_nullable)
        return TUOYU_OK;
    return report(diagnostics, TUOYU_ERROR_FACT_TYPE, where, TEXT("leave it out if it is not known"),
                  "'%.*s' may not be null: it must be %s", TEXT_ARGUMENTS(fact->name),
                  fact_type_meaning(fact->type));
}

tuoyu_status fact_value_read(struct arena *arena, const struct pack_fact *fact, const struct pack_node *node,
                             struct value *out, tuoyu_diagnostics *diagnostics)
{
    if (node->kind != PACK_NODE_SCALAR)
        return wrong_type(fact, node->kind == PACK_NODE_SEQUENCE ? TEXT("a list") : TEXT("a mapping"),
                          TEXT(""), node->where, diagnostics);
    if (pack_node_is_null(node))
        return fact_value_from_none(fact, node->where, out, diagnostics);
    if (node->text.length == 0 && !node->is_quoted)
        return report(diagnostics, TUOYU_ERROR_FACT_TYPE, node->where,
                      TEXT("leave it out if it is not known; write null if there is none"),
                      "'%.*s' is empty: it must be %s", TEXT_ARGUMENTS(fact->name),
                      fact_type_meaning(fact->type));
    return fact_value_from_text(arena, fact, text_without_outer_space(node->text), node->where, out,
                                diagnostics);
}

/* ---- Parameters ---- */

/* Reads the value of a numeric parameter; a percent becomes hundredths. Returns TUOYU_OK, or the status of an
 * error, which is reported. */
static tuoyu_status parameter_number(const struct pack_parameter *parameter, struct pack_dated_value *value,
                                     tuoyu_diagnostics *diagnostics)
{
    tuoyu_decimal number;
    char hint[SCALAR_HINT_SIZE];
    bool is_whole = parameter->type == PARAMETER_INTEGER;
    tuoyu_status status = decimal_parse(value->written, &number);
    if (status == TUOYU_ERROR_OVERFLOW)
        return report(diagnostics, TUOYU_ERROR_PACK, value->written_where, TEXT(""),
                      "the value of '%.*s' " SCALAR_BEYOND_NUMBERS, TEXT_ARGUMENTS(parameter->name));
    bool is_number = status == TUOYU_OK;
    if (!is_number || (is_whole && !decimal_is_integer(number)))
        return report(diagnostics, TUOYU_ERROR_PACK, value->written_where,
                      is_number ? TEXT("") : number_advice(value->written, hint),
                      "the value of '%.*s' must be %s, not '%.*s'", TEXT_ARGUMENTS(parameter->name),
                      is_whole ? "a whole number" : "a number", TEXT_ARGUMENTS(value->written));
    if (text_equals(parameter->unit, TEXT("percent")) && decimal_scale(number, -2, &number) != TUOYU_OK)
        return report(diagnostics, TUOYU_ERROR_PACK, value->written_where, TEXT(""),
                      "too small or large for a percent");
    value->value = value_number(number);
    return TUOYU_OK;
}

/* Reads the value of a date parameter. Returns TUOYU_OK, or the status of an error, which is reported. */
static tuoyu_status parameter_date(const struct pack_parameter *parameter, struct pack_dated_value *value,
                                   tuoyu_diagnostics *diagnostics)
{
    int32_t date;
    char hint[SCALAR_HINT_SIZE];
    tuoyu_status status = date_parse(value->written, &date);
    if (status == TUOYU_ERROR_DATE)
        return report(diagnostics, status, value->written_where, TEXT(""), "there is no such day: '%.*s'",
                      TEXT_ARGUMENTS(value->written));
    if (status != TUOYU_OK)
        return report(diagnostics, TUOYU_ERROR_PACK, value->written_where,
                      hint_for_date(value->written, hint),
                      "the value of '%.*s' must be a date such as 2024-01-31, not '%.*s'",
                      TEXT_ARGUMENTS(parameter->name), TEXT_ARGUMENTS(value->written));
    value->value = value_date(date);
    return TUOYU_OK;
}

tuoyu_status parameter_read_value(struct arena *arena, const struct pack_parameter *parameter,
                                  struct pack_dated_value *value, tuoyu_diagnostics *diagnostics)
{
    bool boolean;
    switch (parameter->type) {
    case PARAMETER_BOOLEAN:
        if (!scalar_boolean(value->written, &boolean))
            return report(diagnostics, TUOYU_ERROR_PACK, value->written_where, TEXT(""),
                          "the value of '%.*s' must be true or false, not '%.*s'",
                          TEXT_ARGUMENTS(parameter->name), TEXT_ARGUMENTS(value->written));
        value->value = value_boolean(boolean);
        return TUOYU_OK;
    case PARAMETER_DATE: return parameter_date(parameter, value, diagnostics);
    case PARAMETER_STRING: return string_from_text(arena, value->written, &value->value);
    default: return parameter_number(parameter, value, diagnostics);
    }
}

tuoyu_status parameter_set_type(struct arena *arena, struct pack_parameter *parameter,
                                enum parameter_type type, struct text unit, tuoyu_diagnostics *diagnostics)
{
    tuoyu_status first = TUOYU_OK;
    parameter->type = type;
    parameter->unit = unit;
    for (size_t i = 0; i < parameter->value_count; i++) {
        if (!parameter->values[i].written.bytes)
            continue;
        tuoyu_status status = parameter_read_value(arena, parameter, &parameter->values[i], diagnostics);
        if (status == TUOYU_ERROR_NO_MEMORY)
            return status;
        if (first == TUOYU_OK)
            first = status;
    }
    return first;
}
