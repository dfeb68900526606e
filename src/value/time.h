/* SPDX-License-Identifier: Apache-2.0 */
/* Times of day: local, with an offset from UTC, or with the name of a time zone. */
#ifndef TUOYU_VALUE_TIME_H
#define TUOYU_VALUE_TIME_H

#include "value/duration.h"

enum zone_kind { ZONE_LOCAL, ZONE_OFFSET, ZONE_NAMED };

struct zone {
    enum zone_kind kind;
    int32_t offset;   /* ZONE_OFFSET: seconds east of UTC, within 18 hours */
    struct text name; /* ZONE_NAMED: the name, such as Europe/Paris */
};

#define ZONE_UTC ((struct zone){.kind = ZONE_OFFSET})

struct clock_time {
    int32_t hour, minute, second; /* 00:00:00 to 23:59:59 */
    int32_t nanosecond;
    struct zone zone;
};

enum { DAY_SECONDS = 86400, ZONE_OFFSET_MAX = 18 * 3600 };

/* What a host knows of named zones; the library has no such data. If the struct or its function is NULL
 * nothing is known, and what needs the offset of a named zone is TUOYU_ERROR_EVALUATION. offset_at returns
 * false if it does not know the zone; local_date is DATE_UNKNOWN for a time without a date. */
struct zone_offsets {
    bool (*offset_at)(void *context, struct text zone, int64_t local_date, int32_t second_of_day,
                      int32_t *offset);
    void *context;
};
#define DATE_UNKNOWN INT64_MIN

/* Whether the text looks like a name of the IANA database: one of its areas, `/` and a place, or a name
 * without an area such as UTC or GMT. */
bool zone_name_is_plausible(struct text name);
/* Makes a zone of an offset. Returns false, and leaves *out, if it is more than 18 hours or has a fraction of
 * a second. */
bool zone_from_duration(struct duration offset, struct zone *out);
/* Finds a zone's offset in seconds east of UTC. Returns false for ZONE_LOCAL, and for a named zone that the
 * host does not know. */
bool zone_offset_at(struct zone zone, int64_t local_date, int32_t second_of_day,
                    const struct zone_offsets *zones, int32_t *offset);
/* Whether both are written alike: both local, or the same offset, or the same name. */
bool zone_equals(struct zone left, struct zone right);
/* Appends `Z`, `+08:00`, `-01:02:03` or `@Europe/Paris`; nothing for a local time. */
void zone_format(struct text_builder *builder, struct zone zone);

/* Stores a time of day. TUOYU_ERROR_DATE if there is no such time; 24:00:00 is none. */
tuoyu_status time_make(int64_t hour, int64_t minute, int64_t second, int64_t nanosecond, struct zone zone,
                       struct clock_time *out);
/* Reads `10:20:30`, `10:20:30.5Z`, `10:20:30+08:00` or `10:20:30@Europe/Paris`; 24:00:00 is read as 00:00:00.
 * The zone's name points into text. Digits finer than a nanosecond are dropped. TUOYU_ERROR_SYNTAX or
 * TUOYU_ERROR_DATE. */
tuoyu_status time_parse(struct text text, struct clock_time *out);
/* As time_parse(); *is_next_day tells whether the text was 24:00:00. */
tuoyu_status time_parse_of_day(struct text text, struct clock_time *out, bool *is_next_day);
/* Appends `10:20:30`, the fraction of the second if there is one, and the zone. */
void time_format(struct text_builder *builder, const struct clock_time *time);
/* Whole seconds since midnight, 0 to 86399. */
int32_t time_second_of_day(const struct clock_time *time);
/* The time that is second_of_day seconds after midnight, from 0 to 86399. */
struct clock_time time_from_second(int32_t second_of_day, int32_t nanosecond, struct zone zone);

/* Adds round the clock: behind 23:59:59 comes 00:00:00. The zone stays. */
struct clock_time time_add(const struct clock_time *time, struct duration duration);
/* The time from right to left. TUOYU_ERROR_EVALUATION if only one of them has a zone, or an offset is not
 * known. */
tuoyu_status time_subtract(const struct clock_time *left, const struct clock_time *right,
                           const struct zone_offsets *zones, struct duration *out);
/* Sets *order to a negative number, 0 or a positive number. Returns false if there is no order: only one has
 * a zone, or both have different names whose offsets are not known. */
bool time_compare(const struct clock_time *left, const struct clock_time *right,
                  const struct zone_offsets *zones, int *order);
/* FEEL's is(): the same in each component, zone included. True if they are. */
bool time_is_same(const struct clock_time *left, const struct clock_time *right);

#endif
