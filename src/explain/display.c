/* SPDX-License-Identifier: Apache-2.0 */
/* Writes names, numbers, dates and values as people write them, in Chinese or English. */
#include "explain/display.h"

#include <string.h>

#include "base/plain_text.h"

void display_words(const struct display *display, const char *zh, const char *en)
{
    text_append_literal(display->builder, display->is_english ? en : zh);
}

void display_localised(const struct display *display, const struct localised *localised)
{
    text_append_literal(display->builder, localised_in(localised, display->is_english ? "en" : "zh"));
}

void display_slot_name(const struct display *display, const struct slot *slot)
{
    if (slot->kind == SLOT_AS_OF)
        display_words(display, "基准日", "the as-of date");
    else if (slot->label.zh.bytes || slot->label.en.bytes)
        display_localised(display, &slot->label);
    else
        text_append(display->builder, slot->name);
}

/* ---- Numbers ---- */

enum { DECIMALS_SHOWN = 2, MOST_DECIMALS = 34 };

/* Appends digits, in groups of three before the point. */
static void append_grouped(struct text_builder *builder, struct text digits)
{
    size_t start = digits.length && digits.bytes[0] == '-' ? 1 : 0;
    const char *point = memchr(digits.bytes, '.', digits.length);
    size_t end = point ? (size_t)(point - digits.bytes) : digits.length;
    for (size_t i = 0; i < digits.length; i++) {
        if (i > start && i < end && (end - i) % 3 == 0)
            text_append_byte(builder, ',');
        text_append_byte(builder, digits.bytes[i]);
    }
}

/* Appends digits in groups, but a number with an exponent as it is. */
static void append_digits(struct text_builder *builder, struct text digits)
{
    if (memchr(digits.bytes, 'E', digits.length))
        text_append(builder, digits);
    else
        append_grouped(builder, digits);
}

/* Rounds a number to the decimals of the display, or to as many more as leave something of it. Returns false
 * if it has too many digits to be rounded. */
static bool round_for_display(const struct display *display, tuoyu_decimal number, tuoyu_decimal *shown)
{
    int32_t decimals = display->decimals > DECIMALS_SHOWN ? display->decimals : DECIMALS_SHOWN;
    for (; decimals <= MOST_DECIMALS; decimals++) {
        if (decimal_round(number, decimals, DECIMAL_HALF_UP, shown) != TUOYU_OK)
            return false;
        if (decimal_sign(*shown) != 0 || decimal_sign(number) == 0)
            return true;
    }
    return false;
}

/* Money to the fen; what needs more digits than are shown is marked as rounded. */
void display_number(const struct display *display, tuoyu_decimal number, struct text unit)
{
    char digits[TUOYU_DECIMAL_TEXT_SIZE];
    tuoyu_decimal shown;
    bool is_money = text_starts_with(unit, TEXT("CNY"));
    bool is_rounded = round_for_display(display, number, &shown);
    if (!is_rounded)
        shown = number;
    if (decimal_compare(shown, number) != 0)
        display_words(display, "约", "about ");
    size_t length = is_money && is_rounded ? decimal_format_fixed(shown, DECIMALS_SHOWN, digits)
                                           : decimal_format(shown, digits);
    append_digits(display->builder, (struct text){.bytes = digits, .length = length});
    display_unit_after_number(display, unit);
}

void display_exact_value(const struct display *display, struct value value, const struct slot *slot)
{
    char digits[TUOYU_DECIMAL_TEXT_SIZE];
    tuoyu_decimal number;
    bool is_plain = value.kind == VALUE_NUMBER && (!slot || !text_starts_with(slot->unit, TEXT("CNY")));
    if (!is_plain || number_to_unit(slot ? slot->unit : TEXT(""), value.as.number, &number) != TUOYU_OK) {
        display_value(display, value, slot);
        return;
    }
    append_digits(display->builder, (struct text){.bytes = digits, .length = decimal_format(number, digits)});
    if (slot && unit_is_percent(slot->unit))
        text_append_byte(display->builder, '%');
}

void display_date(const struct display *display, int64_t date)
{
    static const char *const MONTHS[] = {"January",   "February", "March",    "April",
                                         "May",       "June",     "July",     "August",
                                         "September", "October",  "November", "December"};
    struct year_month_day day = date_to_civil(date);
    if (display->is_english)
        text_append_format(display->builder, "%d %s %d", day.day, MONTHS[day.month - 1], day.year);
    else
        text_append_format(display->builder, "%d年%d月%d日", day.year, day.month, day.day);
}

void display_not_in_force(const struct display *display, const struct tuoyu_answer *answer)
{
    bool is_early = answer->as_of < answer->rule->first_day;
    display_words(display, "本规则在", "the rule is not in force on ");
    display_date(display, answer->as_of);
    display_words(display, is_early ? "不生效：自" : "不生效：至",
                  is_early ? ": it is from " : ": it is until ");
    display_date(display, rule_nearest_day(answer->rule, answer->as_of));
    display_words(display, is_early ? "起生效" : "止生效", "");
}

/* ---- Values ---- */

/* Writes the label of an enum's value. Returns false, having written nothing, if the slot is no fact with
 * such a value or the value has no label. */
static bool display_enum(const struct display *display, struct text id, const struct slot *slot)
{
    if (!slot || slot->kind != SLOT_FACT)
        return false;
    const struct pack_fact *fact = slot_fact(slot);
    for (size_t i = 0; i < fact->value_count; i++) {
        const struct pack_enum_value *value = &fact->values[i];
        if (!text_equals(value->id, id))
            continue;
        if (!value->label.zh.bytes && !value->label.en.bytes)
            return false;
        display_localised(display, &value->label);
        return true;
    }
    return false;
}

void display_value(const struct display *display, struct value value, const struct slot *slot)
{
    struct text unit = slot ? slot->unit : TEXT("");
    tuoyu_decimal number;
    switch (value.kind) {
    case VALUE_NULL: display_words(display, "无", "none"); return;
    case VALUE_BOOLEAN:
        if (value.boolean)
            display_words(display, "是", "yes");
        else
            display_words(display, "否", "no");
        return;
    case VALUE_NUMBER:
        if (number_to_unit(unit, value.as.number, &number) != TUOYU_OK)
            number = value.as.number;
        display_number(display, number, unit);
        return;
    case VALUE_DATE: display_date(display, value.date); return;
    case VALUE_STRING:
        if (!display_enum(display, value.as.string, slot))
            text_append_escaped(display->builder, value.as.string);
        return;
    default: value_format(display->builder, value); return;
    }
}
