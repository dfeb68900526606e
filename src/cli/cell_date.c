/* SPDX-License-Identifier: Apache-2.0 */
/* Reads dates as offices write them: 2023/1/5, 2023.1.5, 2023年1月5日, 20230105. A date that does not begin
 * with the year of four digits can be several days, and so can a number of days. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tuoyu/common.h>

#include "cli/cell_date.h"

/* Up to three numbers of a date, with what stands between and behind them. */
struct written_date {
    int numbers[3];
    size_t digits[3];
    const char *after[3]; /* what stands behind each */
    size_t after_length[3];
    size_t count;
};

enum { YEAR_DIGITS = 4, DATE_TEXT_SIZE = 11 };

/* Takes numbers of at most eight digits apart; false where the text does not begin with one. */
static bool take_numbers(struct written_date *date, const char *text)
{
    enum { MOST_DIGITS = 8 };
    *date = (struct written_date){.count = 0};
    while (date->count < 3 && *text) {
        size_t digits = strspn(text, "0123456789");
        if (digits == 0 || digits > MOST_DIGITS)
            return false;
        size_t index = date->count++;
        date->digits[index] = digits;
        date->numbers[index] = atoi(text);
        date->after[index] = text + digits;
        date->after_length[index] = index < 2 ? strcspn(text + digits, "0123456789") : strlen(text + digits);
        text += digits + date->after_length[index];
    }
    return date->count > 0;
}

/* Whether what stands behind a number of the date is that text, but for spaces around it. */
static bool is_after(const struct written_date *date, size_t index, const char *expected)
{
    const char *from = date->after[index];
    size_t length = date->after_length[index];
    for (; length && *from == ' '; length--)
        from++;
    while (length && from[length - 1] == ' ')
        length--;
    return strlen(expected) == length && memcmp(from, expected, length) == 0;
}

/* Whether nothing stands behind the date, or midnight, which databases add to days. */
static bool has_nothing_behind(const struct written_date *date, const char *mark)
{
    static const char *const MIDNIGHT[] = {"",          " 0:00",  " 00:00",     " 0:00:00",     " 00:00:00",
                                           "T00:00:00", " 0:0:0", "T00:00:00Z", " 00:00:00.000"};
    const char *behind = date->after[2];
    size_t length = strlen(mark);
    if (length)
        behind += strspn(behind, " ");
    if (strncmp(behind, mark, length) != 0)
        return false;
    for (size_t i = 0; i < sizeof MIDNIGHT / sizeof *MIDNIGHT; i++)
        if (strcmp(behind + length, MIDNIGHT[i]) == 0)
            return true;
    return false;
}

/* Whether the same sign, one of / - . and nothing else, stands between all three numbers. */
static bool is_separated(const struct written_date *date)
{
    static const char *const SIGNS[] = {"/", "-", "."};
    for (size_t i = 0; date->count == 3 && i < sizeof SIGNS / sizeof *SIGNS; i++)
        if (is_after(date, 0, SIGNS[i]) && is_after(date, 1, SIGNS[i]))
            return has_nothing_behind(date, "");
    return false;
}

/* Whether it is written with 年, 月 and 日 or 号. */
static bool is_chinese(const struct written_date *date)
{
    return date->count == 3 && is_after(date, 0, "年") && is_after(date, 1, "月") &&
           (has_nothing_behind(date, "日") || has_nothing_behind(date, "号"));
}

/* Writes a day as 2023-01-05; false where there is none such. */
static bool write_day(int year, int month, int day, char text[DATE_TEXT_SIZE])
{
    int32_t date;
    if (tuoyu_date_from_ymd(year, month, day, &date) != TUOYU_OK)
        return false;
    tuoyu_date_to_text(date, text);
    return true;
}

/* The days that a date can be, without repetitions. */
enum { DAYS_MOST = 4 };
struct days {
    char texts[DAYS_MOST][DATE_TEXT_SIZE];
    size_t count;
};

/* Adds a day, if there is such a one. */
static void add_day(struct days *days, int year, int month, int day)
{
    char text[DATE_TEXT_SIZE];
    if (days->count == DAYS_MOST || !write_day(year, month, day, text))
        return;
    for (size_t i = 0; i < days->count; i++)
        if (strcmp(days->texts[i], text) == 0)
            return;
    memcpy(days->texts[days->count++], text, sizeof text);
}

/* The outcome for a date that can be these days. */
static enum cell_outcome choose_day(const struct days *days, const char *text, struct cell_reading *reading)
{
    if (days->count == 0)
        return CELL_AS_WRITTEN;
    if (days->count == 1)
        return set_reading(reading, CELL_CHANGED, "%s", days->texts[0]);
    return set_reading(reading, CELL_REFUSED, "'%s' can be %s%s%s or %s: write the day that is meant", text,
                       days->texts[0], days->count > 2 ? ", " : "", days->count > 2 ? days->texts[1] : "",
                       days->texts[days->count - 1]);
}

/* Reads three numbers whose order follows from where the year stands, or does not. */
static enum cell_outcome read_order(const struct written_date *date, const char *text,
                                    struct cell_reading *reading)
{
    enum { THIS_CENTURY = 2000, LAST_CENTURY = 1900 };
    const int *numbers = date->numbers;
    struct days days = {.count = 0};
    if (date->digits[1] > 2)
        return CELL_AS_WRITTEN;
    if (date->digits[0] == YEAR_DIGITS && date->digits[2] <= 2)
        return set_reading(reading, CELL_CHANGED, "%04d-%02d-%02d", numbers[0], numbers[1], numbers[2]);
    if (date->digits[0] > 2 || date->digits[2] == 3 || date->digits[2] > YEAR_DIGITS)
        return CELL_AS_WRITTEN;
    if (date->digits[2] == YEAR_DIGITS) {
        add_day(&days, numbers[2], numbers[0], numbers[1]);
        add_day(&days, numbers[2], numbers[1], numbers[0]);
        return choose_day(&days, text, reading);
    }
    for (int century = THIS_CENTURY; century >= LAST_CENTURY && days.count < 2; century -= 100) {
        add_day(&days, century + numbers[0], numbers[1], numbers[2]);
        add_day(&days, century + numbers[2], numbers[0], numbers[1]);
        add_day(&days, century + numbers[2], numbers[1], numbers[0]);
    }
    return choose_day(&days, text, reading);
}

/* The day that spreadsheets have for a number; false where they have none. In the days of 1900, 60 is a 29th
 * of February that there never was, and what lies before it is a day later than it should be. */
static bool day_of_number(int number, int days, char text[DATE_TEXT_SIZE])
{
    enum { FALSE_LEAP_DAY = 60, LAST_NUMBER = 2958465 };
    int32_t start;
    if (number < 0 || number > LAST_NUMBER || (days == 1900 && (number == FALSE_LEAP_DAY || number == 0)))
        return false;
    tuoyu_date_from_ymd(days == 1904 ? 1904 : 1899, days == 1904 ? 1 : 12, days == 1904 ? 1 : 30, &start);
    if (days == 1900 && number < FALSE_LEAP_DAY)
        start++;
    int32_t date = start + number;
    tuoyu_date_to_text(date, text);
    return true;
}

/* Reads a number of four to six digits, which may count days. Those that could be a year are refused. */
static enum cell_outcome read_days(const struct cell_rules *rules, int number, struct cell_reading *reading)
{
    char from_1900[DATE_TEXT_SIZE], from_1904[DATE_TEXT_SIZE];
    enum { FIRST_YEAR = 1900, LAST_YEAR = 2100 };
    bool is_year = number >= FIRST_YEAR && number <= LAST_YEAR;
    if (is_year || !day_of_number(number, 1900, from_1900) || !day_of_number(number, 1904, from_1904))
        return CELL_AS_WRITTEN;
    reading->change = CHANGE_EXCEL_DAY;
    if (rules->excel_days)
        return set_reading(reading, CELL_CHANGED, "%s", rules->excel_days == 1900 ? from_1900 : from_1904);
    return set_reading(
        reading, CELL_REFUSED,
        "'%d' counts days in a spreadsheet and can be %s (--excel-days 1900, as nearly always) or "
        "%s (--excel-days 1904)",
        number, from_1900, from_1904);
}

enum cell_outcome read_date_cell(const struct cell_rules *rules, const char *text,
                                 struct cell_reading *reading)
{
    enum { FEWEST_DAYS = 4, MOST_DAYS = 6, COMPACT = 8, YEAR = 10000, MONTH = 100 };
    struct written_date date;
    reading->change = CHANGE_DATE;
    if (!take_numbers(&date, text))
        return CELL_AS_WRITTEN;
    if (date.count == 1 && date.after_length[0] == 0) {
        int number = date.numbers[0];
        char day[DATE_TEXT_SIZE];
        if (date.digits[0] == COMPACT &&
            write_day(number / YEAR, number / MONTH % MONTH, number % MONTH, day))
            return set_reading(reading, CELL_CHANGED, "%s", day);
        bool may_be_days = date.digits[0] >= FEWEST_DAYS && date.digits[0] <= MOST_DAYS;
        return may_be_days ? read_days(rules, number, reading) : CELL_AS_WRITTEN;
    }
    if (is_chinese(&date) && date.digits[0] == YEAR_DIGITS && date.digits[1] <= 2 && date.digits[2] <= 2)
        return set_reading(reading, CELL_CHANGED, "%04d-%02d-%02d", date.numbers[0], date.numbers[1],
                           date.numbers[2]);
    return is_separated(&date) ? read_order(&date, text, reading) : CELL_AS_WRITTEN;
}
