/* SPDX-License-Identifier: Apache-2.0 */
/* Reads numbers as offices write them: with commas between thousands, with their unit, ¥ or %. */
#include <string.h>

#include "cli/cell_number.h"

/* A number that is taken apart. */
struct written_number {
    const char *sign;           /* "-" or "" */
    char digits[CELL_LONGEST];  /* without commas, with the point */
    char decimal[CELL_LONGEST]; /* as it would be with the only comma as the point; empty where it has not
                                   exactly one comma, or a point */
    bool is_grouped, has_wrong_groups;
    const char *rest; /* what stands behind the number */
};

/* Passes over spaces. */
static const char *skip_spaces(const char *text)
{
    return text + strspn(text, " ");
}

/* Whether a byte is a digit. */
static bool is_decimal_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Passes over the currency in front of a number, where the fact has one. */
static const char *skip_currency(const struct cell_type *type, const char *text)
{
    static const char *const SIGNS[] = {"\xC2\xA5", "\xEF\xBF\xA5", "CNY", "RMB"}; /* ¥ in both widths */
    for (size_t i = 0; type->is_in_yuan && i < sizeof SIGNS / sizeof *SIGNS; i++)
        if (strncmp(text, SIGNS[i], strlen(SIGNS[i])) == 0)
            return skip_spaces(text + strlen(SIGNS[i]));
    return text;
}

/* Takes the digits before the point, in groups of three where there are commas. Returns what follows. */
static const char *take_groups(struct written_number *number, const char *text)
{
    enum { GROUP = 3 };
    size_t length = 0, in_group = 0, groups = 1;
    for (; is_decimal_digit(*text) || (*text == ',' && is_decimal_digit(text[1])); text++) {
        if (*text != ',') {
            number->digits[length++] = *text;
            in_group++;
            continue;
        }
        number->has_wrong_groups |=
            groups == 1 ? in_group > GROUP || *number->digits == '0' : in_group != GROUP;
        groups++;
        in_group = 0;
    }
    number->is_grouped = groups > 1;
    number->has_wrong_groups |= groups > 1 && in_group != GROUP;
    if (groups == 2 && *text != '.') {
        memcpy(number->decimal, number->digits, length - in_group);
        number->decimal[length - in_group] = '.';
        memcpy(number->decimal + length - in_group + 1, number->digits + length - in_group, in_group);
    }
    return text;
}

/* Makes commas of the spaces between digits, which stand between thousands too: `1 800`, also with spaces
 * that do not break. Returns whether there were any; false, with the text as it was, beside commas. */
static bool spaces_to_commas(const char *text, char made[CELL_LONGEST + 1])
{
    static const char *const SPACES[] = {" ", "\xC2\xA0", "\xE2\x80\xAF", "\xE2\x80\x89"};
    size_t length = 0, found = 0;
    for (const char *at = text; *at;) {
        size_t width = 0;
        for (size_t i = 0; i < sizeof SPACES / sizeof *SPACES && !width; i++)
            if (strncmp(at, SPACES[i], strlen(SPACES[i])) == 0)
                width = strlen(SPACES[i]);
        bool is_between = width && at > text && is_decimal_digit(at[-1]) && is_decimal_digit(at[width]);
        made[length++] = is_between ? ',' : *at;
        at += is_between ? width : 1;
        found += is_between;
    }
    made[length] = '\0';
    return found && !strchr(text, ',');
}

/* Takes a number apart; false where there is none in front. */
static bool take_number(struct written_number *number, const struct cell_type *type, const char *text)
{
    *number = (struct written_number){.sign = ""};
    text = skip_currency(type, text);
    if (*text == '-' || *text == '+')
        number->sign = *text++ == '-' ? "-" : "";
    text = skip_currency(type, text);
    if (!is_decimal_digit(*text))
        return false;
    text = take_groups(number, text);
    if (*text == '.' && is_decimal_digit(text[1])) {
        size_t length = 1 + strspn(text + 1, "0123456789");
        strncat(number->digits, text, length);
        text += length;
    }
    number->rest = skip_spaces(text);
    return true;
}

/* Whether what stands behind a number says its unit, or nothing. */
static bool is_unit(const struct cell_type *type, const char *rest)
{
    if (!*rest || (type->kind == CELL_PERCENT && strcmp(rest, "%") == 0))
        return true;
    for (size_t i = 0; i < type->units.count; i++)
        if (strcmp(rest, type->units.items[i]) == 0)
            return true;
    return false;
}

/* Refuses a number with another unit, where the fact has one. */
static enum cell_outcome refuse_unit(const struct cell_type *type, const char *text,
                                     const struct written_number *number, struct cell_reading *reading)
{
    if (!type->units.count || strchr("0123456789.,-/:+", *number->rest))
        return CELL_AS_WRITTEN;
    return set_reading(reading, CELL_REFUSED, "'%s' has the unit '%s', and this column is in %s", text,
                       number->rest, type->units.items[0]);
}

enum cell_outcome read_number_cell(const struct cell_type *type, const struct cell_rules *rules,
                                   const char *text, struct cell_reading *reading)
{
    struct written_number number;
    char grouped[CELL_LONGEST + 1];
    bool has_spaces = spaces_to_commas(text, grouped);
    reading->change = CHANGE_NUMBER;
    if (!take_number(&number, type, has_spaces ? grouped : text))
        return CELL_AS_WRITTEN;
    if (!is_unit(type, number.rest))
        return refuse_unit(type, text, &number, reading);
    if (has_spaces && number.has_wrong_groups)
        return set_reading(reading, CELL_REFUSED, "the spaces of '%s' do not stand between thousands", text);
    if (number.has_wrong_groups && *number.decimal)
        return set_reading(reading, CELL_REFUSED,
                           "the comma of '%s' stands where none is between thousands: write %s%s or %s%s",
                           text, number.sign, number.decimal, number.sign, number.digits);
    if (number.has_wrong_groups)
        return set_reading(reading, CELL_REFUSED, "the commas of '%s' do not stand between thousands", text);
    if (*number.decimal && rules->comma_may_be_decimal && !has_spaces)
        return set_reading(reading, CELL_REFUSED,
                           "'%s' in a file with semicolons can be %s%s or %s%s: write the one that is meant",
                           text, number.sign, number.digits, number.sign, number.decimal);
    return set_reading(reading, CELL_CHANGED, "%s%s", number.sign, number.digits);
}
