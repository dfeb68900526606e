/* SPDX-License-Identifier: Apache-2.0 */
/* Dates with a time of day: text, arithmetic, comparison across zones. */
#include "value/date_time.h"

enum { NANOSECONDS = 1000000000 };

tuoyu_status date_time_parse(struct text text, struct date_time *out)
{
    size_t split = 0;
    while (split < text.length && text.bytes[split] != 'T') {
        split++;
    }
    struct date_time result = {.time.zone.kind = ZONE_LOCAL};
    tuoyu_status status = date_parse_wide(text_slice(text, 0, split), &result.date);
    if (status == TUOYU_OK && split < text.length) {
        bool is_next_day;
        status = time_parse_of_day(text_slice(text, split + 1, text.length), &result.time, &is_next_day);
        if (status == TUOYU_OK && is_next_day && !date_add_days_wide(result.date, 1, &result.date)) {
            return TUOYU_ERROR_DATE;
        }
    }
    if (status == TUOYU_OK) {
        *out = result;
    }
    return status;
}

void date_time_format(struct text_builder *builder, const struct date_time *date_time)
{
    char date[DATE_WIDE_TEXT_SIZE];
    size_t length = date_format_wide(date_time->date, date);
    text_append(builder, text_of(date, length));
    text_append_byte(builder, 'T');
    time_format(builder, &date_time->time);
}

struct date_time date_time_from_date(int64_t date)
{
    return (struct date_time){.date = date, .time.zone = ZONE_UTC};
}

tuoyu_status date_time_add_months(const struct date_time *date_time, int64_t months, struct date_time *out)
{
    struct date_time result = *date_time;
    if (!date_add_months_wide(date_time->date, months, &result.date)) {
        return TUOYU_ERROR_OVERFLOW;
    }
    *out = result;
    return TUOYU_OK;
}

/* The time since 1970-01-01T00:00:00 UTC of a clock that is offset seconds ahead of UTC. It cannot overflow
 * for dates within the wide years. */
static struct duration since_epoch(const struct date_time *date_time, int32_t offset)
{
    struct duration result = {0, 0};
    int64_t seconds = date_time->date * DAY_SECONDS + time_second_of_day(&date_time->time) - offset;
    (void)duration_make(seconds, date_time->time.nanosecond, &result);
    return result;
}

tuoyu_status date_time_add_duration(const struct date_time *date_time, struct duration duration,
                                    struct date_time *out)
{
    struct duration sum;
    if (duration_add(since_epoch(date_time, 0), duration, &sum) != TUOYU_OK) {
        return TUOYU_ERROR_OVERFLOW;
    }
    int64_t date = sum.seconds / DAY_SECONDS;
    int64_t second = sum.seconds % DAY_SECONDS, nanosecond = sum.nanoseconds;
    if (nanosecond < 0) {
        nanosecond += NANOSECONDS;
        second--;
    }
    if (second < 0) {
        second += DAY_SECONDS;
        date--;
    }
    if (date < DATE_WIDE_FIRST || date > DATE_WIDE_LAST) {
        return TUOYU_ERROR_OVERFLOW;
    }
    out->date = date;
    out->time = time_from_second((int32_t)second, (int32_t)nanosecond, date_time->time.zone);
    return TUOYU_OK;
}

/* Finds the offset in seconds east of UTC; 0 for a local date and time. Returns false if it is that of a
 * named zone which the host does not know. */
static bool offset_of(const struct date_time *date_time, const struct zone_offsets *zones, int32_t *offset)
{
    const struct clock_time *time = &date_time->time;
    *offset = 0;
    return time->zone.kind == ZONE_LOCAL ||
           zone_offset_at(time->zone, date_time->date, time_second_of_day(time), zones, offset);
}

tuoyu_status date_time_subtract(const struct date_time *left, const struct date_time *right,
                                const struct zone_offsets *zones, struct duration *out)
{
    int32_t left_offset, right_offset;
    if ((left->time.zone.kind == ZONE_LOCAL) != (right->time.zone.kind == ZONE_LOCAL) ||
        !offset_of(left, zones, &left_offset) || !offset_of(right, zones, &right_offset)) {
        return TUOYU_ERROR_EVALUATION;
    }
    return duration_subtract(since_epoch(left, left_offset), since_epoch(right, right_offset), out);
}

bool date_time_compare(const struct date_time *left, const struct date_time *right,
                       const struct zone_offsets *zones, int *order)
{
    struct duration difference;
    if (date_time_subtract(left, right, zones, &difference) != TUOYU_OK) {
        if (!zone_equals(left->time.zone, right->time.zone)) {
            return false;
        }
        /* Both have one zone name whose offset is not known: compare what its clocks show. */
        *order = duration_compare(since_epoch(left, 0), since_epoch(right, 0));
        return true;
    }
    *order = duration_compare(difference, (struct duration){0, 0});
    return true;
}

bool date_time_is_same(const struct date_time *left, const struct date_time *right)
{
    return left->date == right->date && time_is_same(&left->time, &right->time);
}
