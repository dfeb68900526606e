/* SPDX-License-Identifier: Apache-2.0 */
/* Times of day and their zones: reading, writing, arithmetic round the clock, comparison. */
#include "value/time.h"

#include <assert.h>

#include "value/scan.h"

enum { NANOSECONDS = 1000000000 };

tuoyu_status time_make(int64_t hour, int64_t minute, int64_t second, int64_t nanosecond, struct zone zone,
                       struct clock_time *out)
{
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59 || nanosecond < 0 ||
        nanosecond >= NANOSECONDS) {
        return TUOYU_ERROR_DATE;
    }
    *out = (struct clock_time){(int32_t)hour, (int32_t)minute, (int32_t)second, (int32_t)nanosecond, zone};
    return TUOYU_OK;
}

int32_t time_second_of_day(const struct clock_time *time)
{
    return time->hour * 3600 + time->minute * 60 + time->second;
}

struct clock_time time_from_second(int32_t second_of_day, int32_t nanosecond, struct zone zone)
{
    assert(second_of_day >= 0 && second_of_day < DAY_SECONDS && nanosecond >= 0 && nanosecond < NANOSECONDS);
    return (struct clock_time){
        .hour = second_of_day / 3600,
        .minute = second_of_day / 60 % 60,
        .second = second_of_day % 60,
        .nanosecond = nanosecond,
        .zone = zone,
    };
}

/* ---- Reading ---- */

/* Reads two digits, after the separator unless that is NUL. Returns false if they are not there. */
static bool read_two(struct scan *scan, char separator, int32_t *out)
{
    if (separator != '\0' && !scan_take(scan, separator)) {
        return false;
    }
    int32_t value = 0;
    for (int i = 0; i < 2; i++) {
        if (!scan_is_digit(scan)) {
            return false;
        }
        value = value * 10 + scan_digit(scan);
    }
    *out = value;
    return true;
}

/* Reads a fraction of a second, if a point begins one. Returns false if no digit follows the point. */
static bool read_fraction(struct scan *scan, int32_t *nanosecond)
{
    *nanosecond = 0;
    if (!scan_take(scan, '.')) {
        return true;
    }
    size_t start = scan->at;
    *nanosecond = scan_nanoseconds(scan);
    return scan->at > start;
}

/* Reads an offset such as `+08:00`; the scan stands at its sign. TUOYU_ERROR_SYNTAX, or TUOYU_ERROR_DATE if
 * there is no such offset. */
static tuoyu_status read_offset(struct scan *scan, struct zone *zone)
{
    bool negative = scan_peek(scan) == '-';
    int32_t hours, minutes, seconds = 0;
    scan->at++;
    if (!read_two(scan, '\0', &hours) || !read_two(scan, ':', &minutes) ||
        (scan_peek(scan) == ':' && !read_two(scan, ':', &seconds))) {
        return TUOYU_ERROR_SYNTAX;
    }
    int32_t offset = hours * 3600 + minutes * 60 + seconds;
    if (minutes > 59 || seconds > 59 || offset > ZONE_OFFSET_MAX) {
        return TUOYU_ERROR_DATE;
    }
    *zone = (struct zone){.kind = ZONE_OFFSET, .offset = negative ? -offset : offset};
    return TUOYU_OK;
}

/* Reads the zone that follows a time; ZONE_LOCAL if none does. The name of a zone takes the rest of the text.
 * TUOYU_OK or TUOYU_ERROR_SYNTAX. */
static tuoyu_status read_zone(struct scan *scan, struct zone *zone)
{
    *zone = (struct zone){.kind = ZONE_LOCAL};
    switch (scan_peek(scan)) {
    case 'Z':
    case 'z': /* as the examples of the standard write it */
        scan->at++;
        *zone = ZONE_UTC;
        return TUOYU_OK;
    case '+':
    case '-': return read_offset(scan, zone);
    case '@':
        zone->kind = ZONE_NAMED;
        zone->name = text_slice(scan->text, scan->at + 1, scan->text.length);
        scan->at = scan->text.length;
        return zone_name_is_plausible(zone->name) ? TUOYU_OK : TUOYU_ERROR_SYNTAX;
    default: return TUOYU_OK;
    }
}

tuoyu_status time_parse_of_day(struct text text, struct clock_time *out, bool *is_next_day)
{
    struct scan scan = {.text = text};
    int32_t hour, minute, second, nanosecond;
    struct zone zone;
    if (!read_two(&scan, '\0', &hour) || !read_two(&scan, ':', &minute) || !read_two(&scan, ':', &second) ||
        !read_fraction(&scan, &nanosecond)) {
        return TUOYU_ERROR_SYNTAX;
    }
    tuoyu_status status = read_zone(&scan, &zone);
    if (status != TUOYU_OK || !scan_is_at_end(&scan)) {
        return status != TUOYU_OK ? status : TUOYU_ERROR_SYNTAX;
    }
    *is_next_day = hour == 24 && minute == 0 && second == 0 && nanosecond == 0;
    return time_make(*is_next_day ? 0 : hour, minute, second, nanosecond, zone, out);
}

tuoyu_status time_parse(struct text text, struct clock_time *out)
{
    bool is_next_day;
    return time_parse_of_day(text, out, &is_next_day);
}

void time_format(struct text_builder *builder, const struct clock_time *time)
{
    text_append_format(builder, "%02d:%02d:%02d", (int)time->hour, (int)time->minute, (int)time->second);
    duration_append_fraction(builder, time->nanosecond);
    zone_format(builder, time->zone);
}

/* ---- Arithmetic and order ---- */

struct clock_time time_add(const struct clock_time *time, struct duration duration)
{
    int64_t nanosecond = (int64_t)time->nanosecond + duration.nanoseconds;
    int64_t carry = nanosecond < 0 ? -1 : nanosecond >= NANOSECONDS;
    int64_t second = (time_second_of_day(time) + duration.seconds % DAY_SECONDS + carry) % DAY_SECONDS;
    return time_from_second((int32_t)(second < 0 ? second + DAY_SECONDS : second),
                            (int32_t)(nanosecond - carry * NANOSECONDS), time->zone);
}

/* The time since midnight UTC of a clock that is offset seconds ahead of UTC; may be below 0 or above a
 * day. */
static struct duration since_midnight(const struct clock_time *time, int32_t offset)
{
    struct duration result = {0, 0};
    (void)duration_make((int64_t)time_second_of_day(time) - offset, time->nanosecond, &result);
    return result;
}

/* Finds the offset in seconds east of UTC; 0 for a local time. Returns false if it is that of a named zone
 * which the host does not know. */
static bool offset_of(const struct clock_time *time, const struct zone_offsets *zones, int32_t *offset)
{
    *offset = 0;
    return time->zone.kind == ZONE_LOCAL ||
           zone_offset_at(time->zone, DATE_UNKNOWN, time_second_of_day(time), zones, offset);
}

tuoyu_status time_subtract(const struct clock_time *left, const struct clock_time *right,
                           const struct zone_offsets *zones, struct duration *out)
{
    int32_t left_offset, right_offset;
    if ((left->zone.kind == ZONE_LOCAL) != (right->zone.kind == ZONE_LOCAL) ||
        !offset_of(left, zones, &left_offset) || !offset_of(right, zones, &right_offset)) {
        return TUOYU_ERROR_EVALUATION;
    }
    return duration_subtract(since_midnight(left, left_offset), since_midnight(right, right_offset), out);
}

bool time_compare(const struct clock_time *left, const struct clock_time *right,
                  const struct zone_offsets *zones, int *order)
{
    struct duration difference;
    if (time_subtract(left, right, zones, &difference) != TUOYU_OK) {
        if (!zone_equals(left->zone, right->zone)) {
            return false;
        }
        /* Both have one zone name whose offset is not known: compare what its clocks show. */
        *order = duration_compare(since_midnight(left, 0), since_midnight(right, 0));
        return true;
    }
    *order = duration_compare(difference, (struct duration){0, 0});
    return true;
}

bool time_is_same(const struct clock_time *left, const struct clock_time *right)
{
    return time_second_of_day(left) == time_second_of_day(right) && left->nanosecond == right->nanosecond &&
           zone_equals(left->zone, right->zone);
}
