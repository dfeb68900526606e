/* SPDX-License-Identifier: Apache-2.0 */
/* A date with a time of day: FEEL's `date and time`. */
#ifndef TUOYU_VALUE_DATE_TIME_H
#define TUOYU_VALUE_DATE_TIME_H

#include "value/date.h"
#include "value/time.h"

struct date_time {
    int64_t date; /* days since 1970-01-01, on the calendar of its own zone */
    struct clock_time time;
};

/* Reads `2025-01-31T10:20:30+08:00` and every other form of date_parse_wide() and time_parse(). A date alone
 * is its midnight; 24:00:00 is the next day's midnight. The zone's name points into text. TUOYU_ERROR_SYNTAX
 * or TUOYU_ERROR_DATE, with *out unchanged. */
tuoyu_status date_time_parse(struct text text, struct date_time *out);
/* Appends the date, `T` and the time with its zone, as date_time_parse() reads them. */
void date_time_format(struct text_builder *builder, const struct date_time *date_time);
/* Midnight in UTC: what FEEL takes a date for if a date and time is wanted. */
struct date_time date_time_from_date(int64_t date);

/* Add to a date and time. The zone stays and, if months are added, the time of day. TUOYU_ERROR_OVERFLOW
 * beyond the wide years. */
tuoyu_status date_time_add_months(const struct date_time *date_time, int64_t months, struct date_time *out);
/* Adds seconds and nanoseconds, as if every day had 24 hours. TUOYU_OK or TUOYU_ERROR_OVERFLOW. Beyond the
 * wide years it is an overflow. */
tuoyu_status date_time_add_duration(const struct date_time *date_time, struct duration duration,
                                    struct date_time *out);
/* The time from right to left. TUOYU_ERROR_EVALUATION if only one of them has a zone, or an offset is not
 * known. */
tuoyu_status date_time_subtract(const struct date_time *left, const struct date_time *right,
                                const struct zone_offsets *zones, struct duration *out);
/* Sets *order to a negative number, 0 or a positive number. Returns false if there is no order, as
 * time_compare() says. */
bool date_time_compare(const struct date_time *left, const struct date_time *right,
                       const struct zone_offsets *zones, int *order);
/* FEEL's is(): the same in each component, zone included. True if they are. */
bool date_time_is_same(const struct date_time *left, const struct date_time *right);

#endif
