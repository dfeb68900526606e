/* SPDX-License-Identifier: Apache-2.0 */
/* Dates as days since 1970-01-01 in the proleptic Gregorian calendar, with a year 0.
 *
 * There are two ranges. Packs, facts and columns know the years 0001 to 9999 (int32); a FEEL value may hold
 * the years -999 999 999 to 999 999 999, as the language's conformance suite wants (int64, the functions
 * ending in _wide). Functions that only read a date take int64 and serve both; the day numbers given to them
 * must be within DATE_WIDE_FIRST to DATE_WIDE_LAST. */
#ifndef TUOYU_VALUE_DATE_H
#define TUOYU_VALUE_DATE_H

#include <tuoyu/common.h>

#include "base/text.h"

enum { DATE_FIRST = -719162, DATE_LAST = 2932896 }; /* 0001-01-01 and 9999-12-31 */
enum { DATE_YEAR_WIDEST = 999999999 };
#define DATE_WIDE_FIRST INT64_C(-365243219162) /* -999999999-01-01 */
#define DATE_WIDE_LAST INT64_C(365241780471)   /* 999999999-12-31 */
enum { DATE_WIDE_TEXT_SIZE = 24 };

struct year_month_day {
    int32_t year, month, day;
};

/* ---- Reading ---- */

/* Year, month from 1, and day of month from 1. */
struct year_month_day date_to_civil(int64_t date);
/* 1 is Monday, 7 is Sunday (ISO 8601). */
int32_t date_day_of_week(int64_t date);
/* 1 to 366. */
int32_t date_day_of_year(int64_t date);
/* ISO 8601 week, 1 to 53. */
int32_t date_week_of_year(int64_t date);
/* Completed months from one date to another, negative if `to` is earlier. A month is complete on the same day
 * of a later month, or on that month's last day if it has no such day: from 2024-01-31 to 2024-02-29 is one
 * month. */
int64_t date_completed_months(int64_t from, int64_t to);
/* As FEEL's `years and months duration(from, to)`: compares the days of the month, and has no rule for the
 * ends of months. */
int64_t date_months_between(int64_t from, int64_t to);
/* True if the year has a 29th of February, by the Gregorian rule, also for years before it. */
bool date_is_leap_year(int32_t year);
/* 28 to 31; month is 1 to 12. */
int32_t date_days_in_month(int32_t year, int32_t month);

/* ---- Making: years 0001 to 9999 ---- */

/* Returns false, and leaves *out, if there is no such day in the years 0001 to 9999. */
bool date_from_civil(int32_t year, int32_t month, int32_t day, int32_t *out);
/* The same day of the month, this many months later (earlier if negative); a day that the month does not have
 * becomes its last day. Returns false, and leaves *out, outside the years 0001 to 9999. */
bool date_add_months(int32_t date, int64_t months, int32_t *out);
/* Reads `2025-01-31`. TUOYU_ERROR_SYNTAX if the text has another form, TUOYU_ERROR_DATE if there is no such
 * day. */
tuoyu_status date_parse(struct text text, int32_t *out);
/* Writes `2025-01-31` and a NUL. A date outside the years 0001 to 9999 is written as the nearest one
 * within. */
void date_format(int32_t date, char text[11]);

/* ---- Making: what FEEL values hold ---- */

/* Each returns false, and leaves *out, if there is no such day within the wide years. */
bool date_from_civil_wide(int64_t year, int64_t month, int64_t day, int64_t *out);
/* As date_add_months(), within the wide years. Returns false, and leaves *out, beyond them. */
bool date_add_months_wide(int64_t date, int64_t months, int64_t *out);
/* The date this many days later, earlier if negative. Returns false, and leaves *out, beyond the wide
 * years. */
bool date_add_days_wide(int64_t date, int64_t days, int64_t *out);
/* As date_parse(), also for `-0044-03-15` and years of up to nine digits. A year of more than four digits
 * does not begin with 0, and none has a plus sign. */
tuoyu_status date_parse_wide(struct text text, int64_t *out);
/* Writes the date with at least four digits of year, and a NUL. Returns the length without it. */
size_t date_format_wide(int64_t date, char text[DATE_WIDE_TEXT_SIZE]);

#endif
