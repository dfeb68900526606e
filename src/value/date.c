/* SPDX-License-Identifier: Apache-2.0 */
/* Dates as day numbers: to and from year, month and day, calendar arithmetic, ISO text. */
#include "value/date.h"

#include <assert.h>

/* The calendar repeats every 400 years. Years are counted from the first of March, which puts the leap day at
 * the end of the year, where it shifts no month. */
enum { CYCLE_YEARS = 400, CYCLE_DAYS = 146097, EPOCH_FROM_MARCH_0000 = 719468 };

/* The quotient rounded towards minus infinity; divisor is positive. */
static int64_t floor_divide(int64_t dividend, int64_t divisor)
{
    assert(divisor > 0);
    return dividend / divisor - (dividend % divisor < 0);
}

bool date_is_leap_year(int32_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int32_t date_days_in_month(int32_t year, int32_t month)
{
    assert(month >= 1 && month <= 12);
    static const int8_t DAYS[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return DAYS[month - 1] + (month == 2 && date_is_leap_year(year));
}

/* Days before the month, counting from March as month 0: 0, 31, 61, 92, 122, 153, … */
static int32_t days_before_month(int32_t month_from_march)
{
    return (153 * month_from_march + 2) / 5;
}

/* The day number of a day, which must exist: nothing is checked. */
static int64_t days_from_civil(int64_t year, int32_t month, int32_t day)
{
    assert(month >= 1 && month <= 12 && day >= 1 && day <= 31);
    int64_t march_year = month <= 2 ? year - 1 : year;
    int64_t cycle = floor_divide(march_year, CYCLE_YEARS);
    int64_t year_of_cycle = march_year - cycle * CYCLE_YEARS;
    int32_t day_of_year = days_before_month(month <= 2 ? month + 9 : month - 3) + day - 1;
    int64_t day_of_cycle = year_of_cycle * 365 + year_of_cycle / 4 - year_of_cycle / 100 + day_of_year;
    return cycle * CYCLE_DAYS + day_of_cycle - EPOCH_FROM_MARCH_0000;
}

struct year_month_day date_to_civil(int64_t date)
{
    assert(date >= DATE_WIDE_FIRST - 366 && date <= DATE_WIDE_LAST + 366);
    int64_t days = date + EPOCH_FROM_MARCH_0000;
    int64_t cycle = floor_divide(days, CYCLE_DAYS);
    int32_t day_of_cycle = (int32_t)(days - cycle * CYCLE_DAYS);
    /* Take the leap days out: one in 1461 days, except one in 36524, except the one that ends the cycle. */
    int32_t year_of_cycle =
        (day_of_cycle - day_of_cycle / 1460 + day_of_cycle / 36524 - day_of_cycle / (CYCLE_DAYS - 1)) / 365;
    int32_t day_of_year = day_of_cycle - (365 * year_of_cycle + year_of_cycle / 4 - year_of_cycle / 100);
    int32_t month_from_march = (5 * day_of_year + 2) / 153;
    int32_t month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
    int64_t year = cycle * CYCLE_YEARS + year_of_cycle + (month <= 2);
    return (struct year_month_day){(int32_t)year, month,
                                   day_of_year - days_before_month(month_from_march) + 1};
}

int32_t date_day_of_week(int64_t date)
{
    int64_t day = date + 3; /* 1970-01-01 was a Thursday */
    return (int32_t)(day - floor_divide(day, 7) * 7) + 1;
}

int32_t date_day_of_year(int64_t date)
{
    return (int32_t)(date - days_from_civil(date_to_civil(date).year, 1, 1)) + 1;
}

int32_t date_week_of_year(int64_t date)
{
    /* A week belongs to the year that its Thursday is in. */
    return (date_day_of_year(date + 4 - date_day_of_week(date)) - 1) / 7 + 1;
}

/* ---- Months ---- */

/* Months since January of the year 0. */
static int64_t month_number(struct year_month_day civil)
{
    return (int64_t)civil.year * 12 + civil.month - 1;
}

int64_t date_completed_months(int64_t from, int64_t to)
{
    if (to < from) {
        return -date_completed_months(to, from);
    }
    struct year_month_day start = date_to_civil(from), end = date_to_civil(to);
    bool is_complete = end.day >= start.day || end.day == date_days_in_month(end.year, end.month);
    return month_number(end) - month_number(start) - !is_complete;
}

int64_t date_months_between(int64_t from, int64_t to)
{
    struct year_month_day start = date_to_civil(from), end = date_to_civil(to);
    int64_t months = month_number(end) - month_number(start);
    if (months > 0 && end.day < start.day) {
        return months - 1;
    }
    return months < 0 && end.day > start.day ? months + 1 : months;
}

bool date_add_months_wide(int64_t date, int64_t months, int64_t *out)
{
    struct year_month_day civil = date_to_civil(date);
    int64_t target;
    if (__builtin_add_overflow(month_number(civil), months, &target)) {
        return false;
    }
    int64_t year = floor_divide(target, 12);
    if (year < -DATE_YEAR_WIDEST || year > DATE_YEAR_WIDEST) {
        return false;
    }
    int32_t month = (int32_t)(target - year * 12) + 1;
    int32_t last = date_days_in_month((int32_t)year, month);
    *out = days_from_civil(year, month, civil.day < last ? civil.day : last);
    return true;
}

bool date_add_days_wide(int64_t date, int64_t days, int64_t *out)
{
    int64_t result;
    if (__builtin_add_overflow(date, days, &result) || result < DATE_WIDE_FIRST || result > DATE_WIDE_LAST) {
        return false;
    }
    *out = result;
    return true;
}

/* ---- The years 0001 to 9999 ---- */

/* Stores the date in *out and returns true if it is within the years 0001 to 9999; else returns false. */
static bool narrow(int64_t date, int32_t *out)
{
    if (date < DATE_FIRST || date > DATE_LAST) {
        return false;
    }
    *out = (int32_t)date;
    return true;
}

bool date_from_civil_wide(int64_t year, int64_t month, int64_t day, int64_t *out)
{
    if (year < -DATE_YEAR_WIDEST || year > DATE_YEAR_WIDEST || month < 1 || month > 12 || day < 1 ||
        day > date_days_in_month((int32_t)year, (int32_t)month)) {
        return false;
    }
    *out = days_from_civil(year, (int32_t)month, (int32_t)day);
    return true;
}

bool date_from_civil(int32_t year, int32_t month, int32_t day, int32_t *out)
{
    int64_t date;
    return date_from_civil_wide(year, month, day, &date) && narrow(date, out);
}

bool date_add_months(int32_t date, int64_t months, int32_t *out)
{
    int64_t result;
    return date_add_months_wide(date, months, &result) && narrow(result, out);
}

/* ---- Text ---- */

/* The value of count digits from `at` on; -1 if they are not all digits or the text is shorter. */
static int64_t read_digits(struct text text, size_t at, size_t count)
{
    if (count > text.length || at > text.length - count) {
        return -1;
    }
    int64_t value = 0;
    for (size_t i = at; i < at + count; i++) {
        if (text.bytes[i] < '0' || text.bytes[i] > '9') {
            return -1;
        }
        value = value * 10 + (text.bytes[i] - '0');
    }
    return value;
}

/* Reads `-MM-DD` and stores the day of that year. TUOYU_ERROR_SYNTAX for any other text, TUOYU_ERROR_DATE if
 * there is no such day. */
static tuoyu_status read_month_day(struct text rest, int64_t year, int64_t *out)
{
    int64_t month = read_digits(rest, 1, 2), day = read_digits(rest, 4, 2);
    if (rest.length != 6 || rest.bytes[0] != '-' || rest.bytes[3] != '-' || month < 0 || day < 0) {
        return TUOYU_ERROR_SYNTAX;
    }
    return date_from_civil_wide(year, month, day, out) ? TUOYU_OK : TUOYU_ERROR_DATE;
}

tuoyu_status date_parse(struct text text, int32_t *out)
{
    int64_t year = read_digits(text, 0, 4), date = 0;
    if (year < 0) {
        return TUOYU_ERROR_SYNTAX;
    }
    tuoyu_status status = read_month_day(text_slice(text, 4, text.length), year, &date);
    if (status != TUOYU_OK) {
        return status;
    }
    return narrow(date, out) ? TUOYU_OK : TUOYU_ERROR_DATE;
}

tuoyu_status date_parse_wide(struct text text, int64_t *out)
{
    bool negative = text.length > 0 && text.bytes[0] == '-';
    size_t start = negative ? 1 : 0, length = 0;
    while (start + length < text.length && text.bytes[start + length] >= '0' &&
           text.bytes[start + length] <= '9') {
        length++;
    }
    bool has_zero = length > 0 && text.bytes[start] == '0';
    if (length < 4 || (length > 4 && has_zero)) {
        return TUOYU_ERROR_SYNTAX;
    }
    if (length > 9) {
        return TUOYU_ERROR_DATE;
    }
    int64_t year = read_digits(text, start, length);
    if (negative && year == 0) {
        return TUOYU_ERROR_SYNTAX;
    }
    return read_month_day(text_slice(text, start + length, text.length), negative ? -year : year, out);
}

/* Writes the last count digits of value, which is not negative. */
static void write_digits(char *text, int32_t value, size_t count)
{
    assert(value >= 0);
    for (size_t i = count; i-- > 0; value /= 10) {
        text[i] = (char)('0' + value % 10);
    }
}

size_t date_format_wide(int64_t date, char text[DATE_WIDE_TEXT_SIZE])
{
    struct year_month_day civil = date_to_civil(date);
    size_t length = 0, digits = 4;
    int32_t year = civil.year < 0 ? -civil.year : civil.year;
    if (civil.year < 0) {
        text[length++] = '-';
    }
    for (int32_t rest = year / 10000; rest != 0; rest /= 10) {
        digits++;
    }
    write_digits(text + length, year, digits);
    length += digits;
    text[length] = '-';
    write_digits(text + length + 1, civil.month, 2);
    text[length + 3] = '-';
    write_digits(text + length + 4, civil.day, 2);
    text[length + 6] = '\0';
    return length + 6;
}

void date_format(int32_t date, char text[11])
{
    char wide[DATE_WIDE_TEXT_SIZE];
    int32_t within = date < DATE_FIRST ? DATE_FIRST : date > DATE_LAST ? DATE_LAST : date;
    (void)date_format_wide(within, wide);
    for (size_t i = 0; i < 11; i++) {
        text[i] = wide[i];
    }
}
