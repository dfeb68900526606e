/* SPDX-License-Identifier: Apache-2.0 */
/* A date and a time of day. */
#ifndef TUOYU_VALUE_DATE_TIME_H
#define TUOYU_VALUE_DATE_TIME_H

#include "value/date.h"
#include "value/time.h"

struct date_time {
    int64_t date; /* days since 1970-01-01, as of its own zone */
    struct clock_time time;
};

/* `2025-01-31T10:20:30+08:00`, and every other form of date_parse_wide() and time_parse(); a date alone is
 * its midnight; 24:00:00 is the next day's midnight. The zone's name points into text. TUOYU_ERROR_SYNTAX or
 * TUOYU_ERROR_DATE. */
tuoyu_status date_time_parse(struct text text, struct date_time *out);
void date_time_format(struct text_builder *builder, const struct date_time *date_time);
/* Midnight in UTC: what FEEL takes a date for where a date and time is wanted. */
struct date_time date_time_from_date(int64_t date);

/* Zone and, with months, time of day stay. TUOYU_ERROR_OVERFLOW beyond the years. */
tuoyu_status date_time_add_months(const struct date_time *date_time, int64_t months, struct date_time *out);
tuoyu_status date_time_add_duration(const struct date_time *date_time, struct duration duration,
                                    struct date_time *out);
/* TUOYU_ERROR_EVALUATION when only one has a zone, or an offset is not known. */
tuoyu_status date_time_subtract(const struct date_time *left, const struct date_time *right,
                                const struct zone_offsets *zones, struct duration *out);
/* false where there is no order, as time_compare(). */
bool date_time_compare(const struct date_time *left, const struct date_time *right,
                       const struct zone_offsets *zones, int *order);
/* FEEL's is(): the same in each component, zone included. */
bool date_time_is_same(const struct date_time *left, const struct date_time *right);

#endif
