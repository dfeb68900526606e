/* SPDX-License-Identifier: Apache-2.0 */
/* Finds the digits of a text and writes them in the form of the pack format. */
#include "pack/meant_scalar.h"

#include "value/date.h"
#include "value/decimal.h"

enum { DAY_SIZE = 11, MOST_NUMBERS = 6 };

/* The groups of digits of a text. Returns how many there are, or MOST_NUMBERS + 1 where there are more or one
 * is too long. */
static size_t find_numbers(struct text text, int32_t numbers[MOST_NUMBERS])
{
    enum { DIGITS_MOST = 4 };
    size_t count = 0, digits = 0;
    for (size_t i = 0; i < text.length; i++) {
        char c = text.bytes[i];
        if (c < '0' || c > '9') {
            digits = 0;
            continue;
        }
        if (digits == 0 && count++ == MOST_NUMBERS)
            return MOST_NUMBERS + 1;
        if (digits++ == DIGITS_MOST)
            return MOST_NUMBERS + 1;
        numbers[count - 1] = digits == 1 ? c - '0' : numbers[count - 1] * 10 + c - '0';
    }
    return count;
}

/* Writes a year, a month and a day. Returns false where there is no such day. */
static bool write_day(const int32_t parts[3], char day[DAY_SIZE])
{
    int32_t date;
    if (parts[0] < 1000 || !date_from_civil(parts[0], parts[1], parts[2], &date))
        return false;
    date_format(date, day);
    return true;
}

struct text hint_for_date(struct text text, char hint[SCALAR_HINT_SIZE])
{
    int32_t numbers[MOST_NUMBERS];
    char day[DAY_SIZE];
    if (find_numbers(text, numbers) != 3 || !write_day(numbers, day))
        return TEXT("");
    return message_write(hint, SCALAR_HINT_SIZE, "write %s", day);
}

struct text hint_for_period(struct text text, char hint[SCALAR_HINT_SIZE])
{
    int32_t numbers[MOST_NUMBERS];
    char first[DAY_SIZE], last[DAY_SIZE];
    size_t count = find_numbers(text, numbers);
    if ((count != 3 && count != MOST_NUMBERS) || !write_day(numbers, first))
        return TEXT("");
    if (count == 3)
        return message_write(hint, SCALAR_HINT_SIZE, "write `%s..`, or the last day, too, behind the dots",
                             first);
    if (!write_day(numbers + 3, last) || strcmp(first, last) > 0)
        return TEXT("");
    return message_write(hint, SCALAR_HINT_SIZE, "write `%s..%s`", first, last);
}

/* Takes a text off the end, or off the beginning, of another, where it stands there. */
static struct text without(struct text text, struct text part)
{
    if (text.length > part.length &&
        text_equals(text_slice(text, text.length - part.length, text.length), part))
        return text_trim(text_slice(text, 0, text.length - part.length));
    return text_starts_with(text, part) ? text_trim(text_slice(text, part.length, text.length)) : text;
}

struct text hint_for_number(struct text text, char hint[SCALAR_HINT_SIZE])
{
    enum { LONGEST = 60 };
    char digits[LONGEST];
    size_t count = 0;
    tuoyu_decimal number;
    static const struct text SIGNS[] = {{"元", 3}, {"块", 3}, {"￥", 3}, {"¥", 2}, {"CNY", 3}, {"RMB", 3}};
    for (size_t i = 0; i < sizeof SIGNS / sizeof *SIGNS; i++)
        text = without(text, SIGNS[i]);
    for (size_t i = 0; i < text.length && count < LONGEST; i++)
        if (text.bytes[i] != ',' && text.bytes[i] != ' ')
            digits[count++] = text.bytes[i];
    struct text kept = {digits, count};
    if (count == LONGEST || decimal_parse(kept, &number) != TUOYU_OK)
        return TEXT("");
    return message_write(hint, SCALAR_HINT_SIZE, "write %.*s", TEXT_ARGUMENTS(kept));
}
