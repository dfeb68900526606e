/* SPDX-License-Identifier: Apache-2.0 */
/* Evaluates paths: the entry of a context, the same entry of each item of a list, and the properties of
 * dates, times, durations and ranges. */
#include "feel/interpreter.h"

#include "value/date_time.h"
#include <assert.h>

enum property {
    PROPERTY_NONE,
    PROPERTY_YEAR,
    PROPERTY_MONTH,
    PROPERTY_DAY,
    PROPERTY_WEEKDAY,
    PROPERTY_HOUR,
    PROPERTY_MINUTE,
    PROPERTY_SECOND,
    PROPERTY_TIME_OFFSET,
    PROPERTY_TIMEZONE,
    PROPERTY_YEARS,
    PROPERTY_MONTHS,
    PROPERTY_DAYS,
    PROPERTY_HOURS,
    PROPERTY_MINUTES,
    PROPERTY_SECONDS,
    PROPERTY_START,
    PROPERTY_END,
    PROPERTY_START_INCLUDED,
    PROPERTY_END_INCLUDED
};

/* PROPERTY_NONE if no property has this name. */
static enum property property_of(struct text name)
{
    static const struct {
        const char *name;
        enum property property;
    } PROPERTIES[] = {{"year", PROPERTY_YEAR},
                      {"month", PROPERTY_MONTH},
                      {"day", PROPERTY_DAY},
                      {"weekday", PROPERTY_WEEKDAY},
                      {"hour", PROPERTY_HOUR},
                      {"minute", PROPERTY_MINUTE},
                      {"second", PROPERTY_SECOND},
                      {"time offset", PROPERTY_TIME_OFFSET},
                      {"timezone", PROPERTY_TIMEZONE},
                      {"years", PROPERTY_YEARS},
                      {"months", PROPERTY_MONTHS},
                      {"days", PROPERTY_DAYS},
                      {"hours", PROPERTY_HOURS},
                      {"minutes", PROPERTY_MINUTES},
                      {"seconds", PROPERTY_SECONDS},
                      {"start", PROPERTY_START},
                      {"end", PROPERTY_END},
                      {"start included", PROPERTY_START_INCLUDED},
                      {"end included", PROPERTY_END_INCLUDED}};
    for (size_t i = 0; i < sizeof PROPERTIES / sizeof *PROPERTIES; i++)
        if (text_equals(text_of(PROPERTIES[i].name, TUOYU_NUL_TERMINATED), name))
            return PROPERTIES[i].property;
    return PROPERTY_NONE;
}

/* seconds + nanoseconds / 10^9, exactly. */
static struct value seconds_value(int32_t seconds, int32_t nanoseconds)
{
    tuoyu_decimal number;
    if (tuoyu_decimal_from_int64((int64_t)seconds * 1000000000 + nanoseconds, 9, &number) != TUOYU_OK)
        return VALUE_NOTHING;
    return value_number(number);
}

/* A property of a date. Returns false if dates have none such. */
static bool date_property(int64_t date, enum property property, struct value *out)
{
    struct year_month_day civil = date_to_civil(date);
    switch (property) {
    case PROPERTY_YEAR: *out = value_integer(civil.year); return true;
    case PROPERTY_MONTH: *out = value_integer(civil.month); return true;
    case PROPERTY_DAY: *out = value_integer(civil.day); return true;
    case PROPERTY_WEEKDAY: *out = value_integer(date_day_of_week(date)); return true;
    default: return false;
    }
}

/* The property of a time on a date (or DATE_UNKNOWN); also false for the offset of a named zone that the host
 * does not know. */
static bool time_property(const struct feel_evaluation *evaluation, const struct clock_time *time,
                          int64_t date, enum property property, struct value *out)
{
    int32_t offset;
    switch (property) {
    case PROPERTY_HOUR: *out = value_integer(time->hour); return true;
    case PROPERTY_MINUTE: *out = value_integer(time->minute); return true;
    case PROPERTY_SECOND: *out = seconds_value(time->second, time->nanosecond); return true;
    case PROPERTY_TIMEZONE:
        *out = time->zone.kind == ZONE_NAMED ? value_string(time->zone.name) : VALUE_NOTHING;
        return true;
    case PROPERTY_TIME_OFFSET:
        *out = VALUE_NOTHING;
        if (time->zone.kind == ZONE_LOCAL)
            return true;
        if (!zone_offset_at(time->zone, date, time_second_of_day(time), evaluation->environment->zones,
                            &offset))
            return false;
        *out = value_duration((struct duration){.seconds = offset});
        return true;
    default: return false;
    }
}

/* A property of a duration of either kind. Returns false if it has none such. */
static bool duration_property(struct value value, enum property property, struct value *out)
{
    assert(value.kind == VALUE_YEARS_MONTHS || value.kind == VALUE_DAYS_TIME);
    if (value.kind == VALUE_YEARS_MONTHS) {
        if (property == PROPERTY_YEARS)
            *out = value_integer(value.as.months / 12);
        if (property == PROPERTY_MONTHS)
            *out = value_integer(value.as.months % 12);
        return property == PROPERTY_YEARS || property == PROPERTY_MONTHS;
    }
    struct duration_parts parts = duration_to_parts(value.as.duration);
    switch (property) {
    case PROPERTY_DAYS: *out = value_integer(parts.days); return true;
    case PROPERTY_HOURS: *out = value_integer(parts.hours); return true;
    case PROPERTY_MINUTES: *out = value_integer(parts.minutes); return true;
    case PROPERTY_SECONDS: *out = seconds_value(parts.seconds, parts.nanoseconds); return true;
    default: return false;
    }
}

/* A property of a range. Returns false if ranges have none such. */
static bool range_property(const struct range *range, enum property property, struct value *out)
{
    switch (property) {
    case PROPERTY_START: *out = range->low; return true;
    case PROPERTY_END: *out = range->high; return true;
    case PROPERTY_START_INCLUDED: *out = value_boolean(range->low_included); return true;
    case PROPERTY_END_INCLUDED: *out = value_boolean(range->high_included); return true;
    default: return false;
    }
}

/* A property of any value. Returns false if it has none such. */
static bool find_property(const struct feel_evaluation *evaluation, struct value value,
                          enum property property, struct value *out)
{
    switch (value.kind) {
    case VALUE_DATE: return date_property(value.date, property, out);
    case VALUE_TIME: return time_property(evaluation, value.as.time, DATE_UNKNOWN, property, out);
    case VALUE_DATE_TIME:
        return date_property(value.as.date_time->date, property, out) ||
               time_property(evaluation, &value.as.date_time->time, value.as.date_time->date, property, out);
    case VALUE_YEARS_MONTHS:
    case VALUE_DAYS_TIME: return duration_property(value, property, out);
    case VALUE_RANGE: return range_property(value.as.range, property, out);
    default: return false;
    }
}

/* ---- Contexts ---- */

const struct value *context_find(const struct context *context, struct text name)
{
    for (size_t i = 0; i < context->count; i++)
        if (text_equals(context->entries[i].name, name))
            return &context->entries[i].value;
    return NULL;
}

/* The null of a value without this entry or property: with its own cause if it has one, else with an
 * error. */
static struct value fail_entry(struct feel_evaluation *evaluation, const struct node *node,
                               struct value value)
{
    if (value_cause(value))
        return value;
    struct text best = TEXT(""), met = show_value(evaluation->environment->arena, value);
    size_t distance = SIZE_MAX;
    for (size_t i = 0; value.kind == VALUE_CONTEXT && i < value.as.context->count && i < 100; i++)
        text_nearest(node->name, value.as.context->entries[i].name, &best, &distance);
    if (best.length)
        return FAIL(evaluation, node, TUOYU_ERROR_EVALUATION,
                    "%.*s has no entry `%.*s`; did you mean `%.*s`?", TEXT_ARGUMENTS(met),
                    TEXT_ARGUMENTS(node->name), TEXT_ARGUMENTS(best));
    if (property_of(node->name) == PROPERTY_TIME_OFFSET &&
        (value.kind == VALUE_TIME || value.kind == VALUE_DATE_TIME))
        return FAIL(evaluation, node, TUOYU_ERROR_EVALUATION,
                    "the offset of the time zone of %.*s is not known", TEXT_ARGUMENTS(met));
    return FAIL(evaluation, node, TUOYU_ERROR_EVALUATION, "%.*s has no %s `%.*s`", TEXT_ARGUMENTS(met),
                value.kind == VALUE_CONTEXT ? "entry" : "property", TEXT_ARGUMENTS(node->name));
}

/* The entry or property of one value that is no list; a null with a cause if it has none. */
static struct value entry_of(struct feel_evaluation *evaluation, const struct node *node, struct value value)
{
    struct value result;
    if (value.kind == VALUE_CONTEXT) {
        const struct value *entry = context_find(value.as.context, node->name);
        return entry ? *entry : fail_entry(evaluation, node, value);
    }
    if (find_property(evaluation, value, property_of(node->name), &result))
        return result;
    return fail_entry(evaluation, node, value);
}

/* The list of the same entry or property of each item. */
static struct value entries_of_items(struct feel_evaluation *evaluation, const struct node *node,
                                     const struct list *list)
{
    if (!environment_take_steps(evaluation->environment, list->count))
        return fail_steps(evaluation, node);
    struct value *items = ARENA_ARRAY(evaluation->environment->arena, struct value, list->count);
    if (!items)
        return value_no_memory();
    for (size_t i = 0; i < list->count; i++)
        items[i] = entry_of(evaluation, node, list->items[i]);
    return list_value(evaluation, node, items, list->count);
}

struct value evaluate_path(struct feel_evaluation *evaluation, const struct node *node)
{
    struct value value = evaluate(evaluation, node->children[0]);
    if (value.kind == VALUE_LIST)
        return entries_of_items(evaluation, node, value.as.list);
    return entry_of(evaluation, node, value);
}

struct value evaluate_item_entry(struct feel_evaluation *evaluation, const struct node *node)
{
    struct value item = evaluation->frame[node->slot];
    if (item.kind == VALUE_CONTEXT) {
        const struct value *entry = context_find(item.as.context, node->name);
        if (entry)
            return *entry;
    }
    if (node->count > 0)
        return evaluate(evaluation, node->children[0]);
    struct value result;
    if (item.kind != VALUE_CONTEXT && find_property(evaluation, item, property_of(node->name), &result))
        return result;
    return fail_entry(evaluation, node, item);
}
