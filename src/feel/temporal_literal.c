/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the text of @"…": which kind it is shows in its form. */
#include "feel/temporal_literal.h"

#include <string.h>

#include "value/date_time.h"
#include "value/duration.h"

/* Reads a duration of either kind into *out; see duration_parse() for the status. */
static tuoyu_status parse_duration(struct text text, struct value *out)
{
    enum duration_kind kind;
    int64_t months = 0;
    struct duration duration = {0};
    tuoyu_status status = duration_parse(text, &kind, &months, &duration);
    if (status != TUOYU_OK)
        return status;
    *out = kind == DURATION_YEARS_MONTHS ? value_months(months) : value_duration(duration);
    return TUOYU_OK;
}

/* Stores the value; TUOYU_ERROR_NO_MEMORY if it is the null of refused memory. */
static tuoyu_status made(struct value value, struct value *out)
{
    *out = value;
    return value.kind == VALUE_NULL ? TUOYU_ERROR_NO_MEMORY : TUOYU_OK;
}

tuoyu_status temporal_literal_parse(struct arena *arena, struct text text, struct value *out)
{
    size_t sign = text.length && text.bytes[0] == '-';
    if (text.length > sign && text.bytes[sign] == 'P')
        return parse_duration(text, out);
    struct date_time date_time;
    struct clock_time time;
    int64_t date;
    tuoyu_status status;
    if (text.length && memchr(text.bytes, 'T', text.length) && text.bytes[0] != 'T' &&
        memchr(text.bytes, '-', text.length)) {
        status = date_time_parse(text, &date_time);
        return status == TUOYU_OK ? made(value_date_time(arena, &date_time), out) : status;
    }
    if (text.length && memchr(text.bytes, ':', text.length)) {
        status = time_parse(text, &time);
        return status == TUOYU_OK ? made(value_time(arena, &time), out) : status;
    }
    status = date_parse_wide(text, &date);
    if (status == TUOYU_OK)
        *out = value_date(date);
    return status;
}
