/* SPDX-License-Identifier: Apache-2.0 */
/* The public functions of dates. */
#include "value/date.h"

tuoyu_status tuoyu_date_from_ymd(int32_t year, int32_t month, int32_t day, int32_t *out)
{
    if (out == NULL) {
        return TUOYU_ERROR_INVALID_ARGUMENT;
    }
    return date_from_civil(year, month, day, out) ? TUOYU_OK : TUOYU_ERROR_DATE;
}

/* Splits days since 1970-01-01 into year, month from 1 and day from 1. TUOYU_ERROR_DATE, with nothing set,
 * for days that are no date. */
tuoyu_status tuoyu_date_to_ymd(int32_t date, int32_t *year, int32_t *month, int32_t *day)
{
    if (year == NULL || month == NULL || day == NULL) {
        return TUOYU_ERROR_INVALID_ARGUMENT;
    }
    if (date < DATE_FIRST || date > DATE_LAST) {
        return TUOYU_ERROR_DATE;
    }
    struct year_month_day civil = date_to_civil(date);
    *year = civil.year;
    *month = civil.month;
    *day = civil.day;
    return TUOYU_OK;
}

tuoyu_status tuoyu_date_from_text(const char *text, size_t length, int32_t *out)
{
    if (text == NULL || out == NULL) {
        return TUOYU_ERROR_INVALID_ARGUMENT;
    }
    return date_parse(text_of(text, length), out);
}

tuoyu_status tuoyu_date_to_text(int32_t date, char text[11])
{
    if (text == NULL) {
        return TUOYU_ERROR_INVALID_ARGUMENT;
    }
    if (date < DATE_FIRST || date > DATE_LAST) {
        return TUOYU_ERROR_DATE;
    }
    date_format(date, text);
    return TUOYU_OK;
}
