/* SPDX-License-Identifier: Apache-2.0 */
/* Built-ins that read a calendar or a clock: days, weeks and months of dates; now() and today(), which the
 * environment gives. */
#include "feel/builtin_functions.h"
#include "feel/builtin_support.h"

/* Whether the values are the same, zones of times included. */
struct value builtin_is(const struct builtin_call *call)
{
    return value_boolean(value_is_same(call->arguments[0], call->arguments[1]));
}

/* The number of the day in its year. */
struct value builtin_day_of_year(const struct builtin_call *call)
{
    return value_integer(date_day_of_year(builtin_day_of(call->arguments[0])));
}

/* The name of the day in its week. */
struct value builtin_day_of_week(const struct builtin_call *call)
{
    static const char *const DAYS[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                       "Friday", "Saturday", "Sunday"};
    return value_string(
        text_of(DAYS[date_day_of_week(builtin_day_of(call->arguments[0])) - 1], TUOYU_NUL_TERMINATED));
}

/* The name of the month. */
struct value builtin_month_of_year(const struct builtin_call *call)
{
    static const char *const MONTHS[] = {"January",   "February", "March",    "April",
                                         "May",       "June",     "July",     "August",
                                         "September", "October",  "November", "December"};
    return value_string(
        text_of(MONTHS[date_to_civil(builtin_day_of(call->arguments[0])).month - 1], TUOYU_NUL_TERMINATED));
}

/* The number of the week by ISO 8601. */
struct value builtin_week_of_year(const struct builtin_call *call)
{
    return value_integer(date_week_of_year(builtin_day_of(call->arguments[0])));
}

/* The value that the environment gives; an error if it gives none (NULL). */
static struct value of_the_clock(const struct builtin_call *call, const struct value *value)
{
    if (value)
        return *value;
    return builtin_error(call, TUOYU_ERROR_EVALUATION,
                         "%s(): the caller gave no clock; the same inputs are to give the same answer",
                         call->builtin->name);
}

/* The date and time that the caller gave as the present. */
struct value builtin_now(const struct builtin_call *call)
{
    return of_the_clock(call, call->environment->now);
}

/* The date that the caller gave as the present. */
struct value builtin_today(const struct builtin_call *call)
{
    return of_the_clock(call, call->environment->today);
}
