/* SPDX-License-Identifier: Apache-2.0 */
/* Asks the C library for the offset of a time zone at a local time. */
#define _DEFAULT_SOURCE
#include "cli/time_zones.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <tuoyu/common.h>

enum { DAY = 86400 /* seconds */ };

/* Whether the system has a zone of this name, which must be no path out of its folder. */
static bool zone_exists(const char *zone, size_t length)
{
    char path[256];
    if (memchr(zone, '\0', length) || length == 0 || length > 100 || zone[0] == '/' || zone[0] == '.')
        return false;
    snprintf(path, sizeof path, "/usr/share/zoneinfo/%.*s", (int)length, zone);
    return !strstr(path, "..") && access(path, R_OK) == 0;
}

/* The offset in seconds east of UTC at an instant, in the zone that TZ names. */
static int64_t offset_at_instant(int64_t instant)
{
    time_t seconds = (time_t)instant;
    struct tm local;
    return localtime_r(&seconds, &local) ? (int64_t)local.tm_gmtoff : 0;
}

/* The offset at a local time, both in seconds. A local time that comes twice is the earlier one: of the
 * offsets that are in force at it, the greatest counts. One that never comes, because clocks are put forward
 * over it, has the offset from before. So does java.time. */
static int64_t offset_at_local(int64_t local)
{
    int64_t before = offset_at_instant(local - DAY), after = offset_at_instant(local + DAY);
    int64_t greatest = before > after ? before : after, least = before < after ? before : after;
    if (offset_at_instant(local - greatest) == greatest)
        return greatest;
    if (offset_at_instant(local - least) == least)
        return least;
    return offset_at_instant(local - greatest);
}

/* The offset at a second of a day, counted from 1970; false where the day is out of range. */
static bool offset_at_date(int64_t date, int32_t second_of_day, int32_t *offset)
{
    int32_t year, month, day;
    if (date < INT32_MIN || date > INT32_MAX ||
        tuoyu_date_to_ymd((int32_t)date, &year, &month, &day) != TUOYU_OK)
        return false;
    *offset = (int32_t)offset_at_local(date * DAY + second_of_day);
    return true;
}

/* The offset at a local time. Without a date (INT64_MIN) only a zone without summer time has one; false for
 * any other. */
static bool offset_of_local(int64_t date, int32_t second_of_day, int32_t *offset)
{
    enum { WINTER = 20103, SUMMER = 20285 }; /* 2025-01-15 and 2025-07-16 */
    int32_t summer;
    if (date != INT64_MIN)
        return offset_at_date(date, second_of_day, offset);
    return offset_at_date(WINTER, second_of_day, offset) && offset_at_date(SUMMER, second_of_day, &summer) &&
           *offset == summer;
}

bool system_zone_offset(void *context, const char *zone, size_t zone_length, int64_t date,
                        int32_t second_of_day, int32_t *offset)
{
    (void)context;
    if (!zone_exists(zone, zone_length))
        return false;
    char name[128];
    snprintf(name, sizeof name, ":%.*s", (int)zone_length, zone);
    const char *before = getenv("TZ");
    char *kept = before ? strdup(before) : NULL;
    setenv("TZ", name, 1);
    tzset();
    bool is_known = offset_of_local(date, second_of_day, offset);
    if (kept)
        setenv("TZ", kept, 1);
    else
        unsetenv("TZ");
    tzset();
    free(kept);
    return is_known;
}
