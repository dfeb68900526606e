/* SPDX-License-Identifier: Apache-2.0 */
/* Built-ins that the standard does not have: completed months and years of age, dates this many months or
 * years later, rounding to steps, three-valued counting. */
#include "feel/builtin_functions.h"
#include "feel/builtin_support.h"

/* The whole months from one date to another; one that ends on a day the month does not have is complete on
 * its last day. */
struct value builtin_completed_months(const struct builtin_call *call)
{
    return value_integer(date_completed_months(call->arguments[0].date, call->arguments[1].date));
}

/* The whole years from one date to another: an age. */
struct value builtin_completed_years(const struct builtin_call *call)
{
    return value_integer(date_completed_months(call->arguments[0].date, call->arguments[1].date) / 12);
}

/* The days from one date to another. */
struct value builtin_completed_days(const struct builtin_call *call)
{
    return value_integer(call->arguments[1].date - call->arguments[0].date);
}

/* The first day of the date's month. */
struct value builtin_start_of_month(const struct builtin_call *call)
{
    int64_t date = call->arguments[0].date;
    return value_date(date - date_to_civil(date).day + 1);
}

/* The last day of the date's month. */
struct value builtin_end_of_month(const struct builtin_call *call)
{
    int64_t date = call->arguments[0].date;
    struct year_month_day civil = date_to_civil(date);
    return value_date(date - civil.day + date_days_in_month(civil.year, civil.month));
}

/* The first argument plus the second times months_each months, which is 1, or 12 for years; an error beyond
 * the years of dates. */
static struct value add_to_date(const struct builtin_call *call, int64_t months_each)
{
    /* the months between the first date and the last; times 12 they are within an int64 */
    const int64_t times_most = 24 * (INT64_C(1) + DATE_YEAR_WIDEST);
    int64_t times, result;
    struct value failure;
    if (!builtin_whole(call, 1, &times, &failure))
        return failure;
    bool is_near = times >= -times_most && times <= times_most;
    if (is_near && date_add_months_wide(call->arguments[0].date, times * months_each, &result))
        return value_date(result);
    return builtin_error(call, TUOYU_ERROR_OVERFLOW, "%s: the result is beyond the dates there are",
                         months_each == 1 ? "add months" : "add years");
}

/* The same day so many months on, or the last day of a month without it. */
struct value builtin_add_months(const struct builtin_call *call)
{
    return add_to_date(call, 1);
}

/* The same day so many years on; of 29 February the 28th in a year without it. */
struct value builtin_add_years(const struct builtin_call *call)
{
    return add_to_date(call, 12);
}

/* The number rounded to a multiple of a step, by "half up", "half down", "half even", "up", "down", "floor"
 * or "ceiling". */
struct value builtin_round_to(const struct builtin_call *call)
{
    enum decimal_rounding mode;
    tuoyu_decimal step = call->arguments[1].as.number, result;
    struct text name = call->arguments[2].as.string;
    if (!decimal_rounding_of(name, &mode))
        return builtin_error(call, TUOYU_ERROR_EVALUATION,
                             "round to: there is no mode \"%.*s\"; the modes are \"half up\", "
                             "\"half down\", \"half even\", \"up\", \"down\", \"floor\", \"ceiling\"",
                             TEXT_ARGUMENTS(name));
    if (decimal_sign(step) <= 0)
        return builtin_error(call, TUOYU_ERROR_EVALUATION, "round to: the step must be greater than 0");
    return builtin_number(call, decimal_round_to(call->arguments[0].as.number, step, mode, &result), result);
}

/* Whether at least this many items are true, as soon as that is certain: an item that is null or no boolean
 * could still be either. Else null with the causes of those items. */
struct value builtin_at_least(const struct builtin_call *call)
{
    int64_t wanted;
    struct value failure;
    struct list list = *call->arguments[1].as.list;
    if (!builtin_whole(call, 0, &wanted, &failure))
        return failure;
    int64_t trues = 0, unknowns = 0;
    const struct cause *cause = NULL;
    for (size_t i = 0; i < list.count; i++) {
        struct value item = list.items[i];
        if (item.kind == VALUE_BOOLEAN) {
            trues += item.boolean;
            continue;
        }
        unknowns++;
        if (item.kind != VALUE_NULL) {
            struct text met = builtin_show(call, item);
            item = builtin_error(call, TUOYU_ERROR_EVALUATION,
                                 "at least: item %zu is %.*s where a boolean is needed", i + 1,
                                 TEXT_ARGUMENTS(met));
        }
        cause = cause_join(call->environment->arena, cause, value_cause(item));
    }
    if (trues >= wanted)
        return value_boolean(true);
    if (trues + unknowns < wanted)
        return value_boolean(false);
    return value_null(cause);
}

/* The value, but no less than the lower and no more than the upper bound. */
struct value builtin_clamp(const struct builtin_call *call)
{
    struct value x = call->arguments[0], low = call->arguments[1], high = call->arguments[2];
    const struct zone_offsets *zones = call->environment->zones;
    int to_low, to_high, ends;
    if (!value_compare_with(x, low, zones, &to_low) || !value_compare_with(x, high, zones, &to_high) ||
        !value_compare_with(low, high, zones, &ends))
        return builtin_error(call, TUOYU_ERROR_EVALUATION,
                             "clamp: its arguments cannot be compared with each other");
    if (ends > 0) {
        struct text shown_low = builtin_show(call, low), shown_high = builtin_show(call, high);
        return builtin_error(call, TUOYU_ERROR_EVALUATION,
                             "clamp: the lower bound, %.*s, is above the upper one, %.*s",
                             TEXT_ARGUMENTS(shown_low), TEXT_ARGUMENTS(shown_high));
    }
    return to_low < 0 ? low : to_high > 0 ? high : x;
}
