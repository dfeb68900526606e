/* SPDX-License-Identifier: Apache-2.0 */
/* Dates as days since 1970-01-01, proleptic Gregorian with a year 0.
 *
 * Two ranges: packs, facts and columns know the years 0001 to 9999 (int32); a FEEL value may hold the years
 * -999 999 999 to 999 999 999 as the language's conformance suite wants (int64, the functions ending in
 * _wide). What only reads a date takes int64 and serves both; day numbers given to it must be within
 * DATE_WIDE_FIRST..LAST. */
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

struct year_month_day date_to_civil(int64_t date);
/* 1 is Monday, 7 is Sunday (ISO 8601). */
int32_t date_day_of_week(int64_t date);
int32_t date_day_of_year(int64_t date);
/* ISO 8601 week, 1 to 53. */
int32_t date_week_of_year(int64_t date);
/* Whole months from one date to another, negative backwards. A month is complete on the same day of a later
 * month, or on that month's last day where it has no such day: 2024-01-31 to 2024-02-29 is one month. */
int64_t date_completed_months(int64_t from, int64_t to);
/* As FEEL's `years and months duration(from, to)`: day of month compared, no month-end rule. */
int64_t date_months_between(int64_t from, int64_t to);
bool date_is_leap_year(int32_t year);
int32_t date_days_in_month(int32_t year, int32_t month);

/* ---- Making: years 0001 to 9999 ---- */

bool date_from_civil(int32_t year, int32_t month, int32_t day, int32_t *out);
/* The same day so many months on; a day that the month does not have becomes its last day. false outside the
 * years. */
bool date_add_months(int32_t date, int64_t months, int32_t *out);
/* `2025-01-31`: TUOYU_ERROR_SYNTAX if it has another form, TUOYU_ERROR_DATE if there is no such day. */
tuoyu_status date_parse(struct text text, int32_t *out);
void date_format(int32_t date, char text[11]);

/* ---- Making: what FEEL values hold ---- */

bool date_from_civil_wide(int64_t year, int64_t month, int64_t day, int64_t *out);
bool date_add_months_wide(int64_t date, int64_t months, int64_t *out);
bool date_add_days_wide(int64_t date, int64_t days, int64_t *out);
/* Also `-0044-03-15` and years of up to nine digits (no more than four begin with a 0, no plus sign). */
tuoyu_status date_parse_wide(struct text text, int64_t *out);
/* At least four digits of year; ended by NUL. Returns the length. */
size_t date_format_wide(int64_t date, char text[DATE_WIDE_TEXT_SIZE]);

#endif
