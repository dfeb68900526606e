/* SPDX-License-Identifier: Apache-2.0 */
/* A time of day, local or with an offset from UTC or with the name of a time zone. */
#ifndef TUOYU_VALUE_TIME_H
#define TUOYU_VALUE_TIME_H

#include "value/duration.h"

enum zone_kind { ZONE_LOCAL, ZONE_OFFSET, ZONE_NAMED };

struct zone {
    enum zone_kind kind;
    int32_t offset;   /* ZONE_OFFSET: seconds east of UTC, within 18 hours */
    struct text name; /* ZONE_NAMED: such as Europe/Paris */
};

#define ZONE_UTC ((struct zone){.kind = ZONE_OFFSET})

struct clock_time {
    int32_t hour, minute, second; /* 00:00:00 to 23:59:59 */
    int32_t nanosecond;
    struct zone zone;
};

enum { DAY_SECONDS = 86400, ZONE_OFFSET_MAX = 18 * 3600 };

/* What a host may know of named zones; the library has no such data. NULL for the whole or for the function:
 * nothing is known, and what needs the offset of a named zone is TUOYU_ERROR_EVALUATION. local_date is
 * DATE_UNKNOWN for a bare time. */
struct zone_offsets {
    bool (*offset_at)(void *context, struct text zone, int64_t local_date, int32_t second_of_day,
                      int32_t *offset);
    void *context;
};
#define DATE_UNKNOWN INT64_MIN

/* Whether it has the form of a name of the IANA database: an area it knows, `/`, a place; or UTC, GMT and
 * their like. */
bool zone_name_is_plausible(struct text name);
/* false when it does not reach 18 hours or has a fraction of a second. */
bool zone_from_duration(struct duration offset, struct zone *out);
/* The offset where it is known: written, or named and known to the host. */
bool zone_offset_at(struct zone zone, int64_t local_date, int32_t second_of_day,
                    const struct zone_offsets *zones, int32_t *offset);
/* As written: both local, or one offset, or one name. */
bool zone_equals(struct zone left, struct zone right);
/* `Z`, `+08:00`, `-01:02:03`, `@Europe/Paris`, or nothing. */
void zone_format(struct text_builder *builder, struct zone zone);

/* TUOYU_ERROR_DATE if there is no such time; 24:00:00 is none. */
tuoyu_status time_make(int64_t hour, int64_t minute, int64_t second, int64_t nanosecond, struct zone zone,
                       struct clock_time *out);
/* `10:20:30`, `10:20:30.5Z`, `10:20:30+08:00`, `10:20:30@Europe/Paris`; 24:00:00 is read as 00:00:00. The
 * zone's name points into text. Digits beyond the nanosecond are dropped. TUOYU_ERROR_SYNTAX or
 * TUOYU_ERROR_DATE. */
tuoyu_status time_parse(struct text text, struct clock_time *out);
/* As time_parse; *is_next_day is set for 24:00:00. */
tuoyu_status time_parse_of_day(struct text text, struct clock_time *out, bool *is_next_day);
void time_format(struct text_builder *builder, const struct clock_time *time);
int32_t time_second_of_day(const struct clock_time *time);
/* The local time of second_of_day, 0 to 86399. */
struct clock_time time_from_second(int32_t second_of_day, int32_t nanosecond, struct zone zone);

/* Round the clock; the zone stays. */
struct clock_time time_add(const struct clock_time *time, struct duration duration);
/* TUOYU_ERROR_EVALUATION when only one has a zone, or an offset is not known. */
tuoyu_status time_subtract(const struct clock_time *left, const struct clock_time *right,
                           const struct zone_offsets *zones, struct duration *out);
/* false where there is no order: only one has a zone, or two different names whose offsets are not known. */
bool time_compare(const struct clock_time *left, const struct clock_time *right,
                  const struct zone_offsets *zones, int *order);
/* FEEL's is(): the same in each component, zone included. */
bool time_is_same(const struct clock_time *left, const struct clock_time *right);

#endif
