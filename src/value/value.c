/* SPDX-License-Identifier: Apache-2.0 */
/* Making, comparing and equating FEEL values. */
#include "value/value.h"

#include <assert.h>

/* ---- Making ---- */

struct value value_integer(int64_t integer)
{
    return value_number(decimal_from_integer(integer));
}

struct value value_no_memory(void)
{
    static const char MESSAGE[] = "memory ran out";
    static const struct cause CAUSE = {
        .kind = CAUSE_ERROR,
        .code = TUOYU_ERROR_NO_MEMORY,
        .message = {.bytes = MESSAGE, .length = sizeof MESSAGE - 1},
    };
    return value_null(&CAUSE);
}

struct value value_time(struct arena *arena, const struct clock_time *time)
{
    struct clock_time *copy = ARENA_NEW(arena, struct clock_time);
    if (copy == NULL) {
        return value_no_memory();
    }
    *copy = *time;
    return (struct value){.kind = VALUE_TIME, .as.time = copy};
}

struct value value_date_time(struct arena *arena, const struct date_time *date_time)
{
    struct date_time *copy = ARENA_NEW(arena, struct date_time);
    if (copy == NULL) {
        return value_no_memory();
    }
    *copy = *date_time;
    return (struct value){.kind = VALUE_DATE_TIME, .as.date_time = copy};
}

struct text value_kind_name(enum value_kind kind)
{
    assert(kind >= VALUE_NULL && kind <= VALUE_FUNCTION);
    static const char *const NAMES[] = {
        [VALUE_NULL] = "null",
        [VALUE_BOOLEAN] = "boolean",
        [VALUE_NUMBER] = "number",
        [VALUE_STRING] = "string",
        [VALUE_DATE] = "date",
        [VALUE_TIME] = "time",
        [VALUE_DATE_TIME] = "date and time",
        [VALUE_YEARS_MONTHS] = "years and months duration",
        [VALUE_DAYS_TIME] = "days and time duration",
        [VALUE_LIST] = "list",
        [VALUE_CONTEXT] = "context",
        [VALUE_RANGE] = "range",
        [VALUE_FUNCTION] = "function",
    };
    return text_of(NAMES[kind], TUOYU_NUL_TERMINATED);
}

/* ---- Order ---- */

/* -1, 0 or 1. */
static int compare_integers(int64_t left, int64_t right)
{
    return (left > right) - (left < right);
}

bool value_compare_with(struct value left, struct value right, const struct zone_offsets *zones, int *order)
{
    if (left.kind != right.kind) {
        return false;
    }
    switch (left.kind) {
    case VALUE_NUMBER: *order = decimal_compare(left.as.number, right.as.number); return true;
    case VALUE_STRING: *order = text_compare(left.as.string, right.as.string); return true;
    case VALUE_DATE: *order = compare_integers(left.date, right.date); return true;
    case VALUE_TIME: return time_compare(left.as.time, right.as.time, zones, order);
    case VALUE_DATE_TIME: return date_time_compare(left.as.date_time, right.as.date_time, zones, order);
    case VALUE_YEARS_MONTHS: *order = compare_integers(left.as.months, right.as.months); return true;
    case VALUE_DAYS_TIME: *order = duration_compare(left.as.duration, right.as.duration); return true;
    default: return false;
    }
}

bool value_compare(struct value left, struct value right, int *order)
{
    return value_compare_with(left, right, NULL, order);
}

/* ---- Equality ---- */

/* Which equality is asked for: `=` wants the same instant, is() the same in each component. */
enum sameness { SAME_VALUE, SAME_COMPONENTS };

/* What a comparison is about, the same at all depths. */
struct question {
    enum sameness sameness;
    const struct zone_offsets *zones; /* what the host knows of named time zones; NULL if nothing */
};

/* Whether two values are equal, as value_equals() says. They are nested depth levels deep in what is
 * compared. */
static enum truth equals_at(struct value left, struct value right, const struct question *question,
                            int depth);

/* TRUTH_TRUE or TRUTH_FALSE. */
static enum truth truth_of(bool boolean)
{
    return boolean ? TRUTH_TRUE : TRUTH_FALSE;
}

/* Three-valued and: false if either is false, else null if either is null. */
static enum truth truth_and(enum truth left, enum truth right)
{
    if (left == TRUTH_FALSE || right == TRUTH_FALSE) {
        return TRUTH_FALSE;
    }
    return left == TRUTH_NULL ? left : right;
}

/* Compares item by item, up to the first that differs. */
static enum truth lists_equal(const struct list *left, const struct list *right,
                              const struct question *question, int depth)
{
    enum truth result = truth_of(left->count == right->count);
    for (size_t i = 0; i < left->count && result != TRUTH_FALSE; i++) {
        result = truth_and(result, equals_at(left->items[i], right->items[i], question, depth));
    }
    return result;
}

/* The entry of this name, or NULL. hint, which is below the count, is its index if both contexts are written
 * in one order. */
static const struct context_entry *find_entry(const struct context *context, struct text name, size_t hint)
{
    assert(hint < context->count);
    if (text_equals(context->entries[hint].name, name)) {
        return &context->entries[hint];
    }
    for (size_t i = 0; i < context->count; i++) {
        if (text_equals(context->entries[i].name, name)) {
            return &context->entries[i];
        }
    }
    return NULL;
}

/* Compares entry by entry, found by name, up to the first that differs. */
static enum truth contexts_equal(const struct context *left, const struct context *right,
                                 const struct question *question, int depth)
{
    enum truth result = truth_of(left->count == right->count);
    for (size_t i = 0; i < left->count && result != TRUTH_FALSE; i++) {
        const struct context_entry *entry = find_entry(right, left->entries[i].name, i);
        result = entry == NULL
                     ? TRUTH_FALSE
                     : truth_and(result, equals_at(left->entries[i].value, entry->value, question, depth));
    }
    return result;
}

/* Compares the ends and whether they are included. */
static enum truth ranges_equal(const struct range *left, const struct range *right,
                               const struct question *question, int depth)
{
    if (left->low_included != right->low_included || left->high_included != right->high_included) {
        return TRUTH_FALSE;
    }
    return truth_and(equals_at(left->low, right->low, question, depth),
                     equals_at(left->high, right->high, question, depth));
}

/* Compares two times, or two dates with times, as is() does. */
static enum truth same_components(struct value left, struct value right)
{
    assert(left.kind == right.kind && (left.kind == VALUE_TIME || left.kind == VALUE_DATE_TIME));
    return truth_of(left.kind == VALUE_TIME ? time_is_same(left.as.time, right.as.time)
                                            : date_time_is_same(left.as.date_time, right.as.date_time));
}

/* Compares two values `depth` levels below those of the question; TRUTH_NULL below VALUE_DEPTH. */
static enum truth equals_at(struct value left, struct value right, const struct question *question, int depth)
{
    if (depth >= VALUE_DEPTH) {
        return TRUTH_NULL;
    }
    if (left.kind == VALUE_NULL || right.kind == VALUE_NULL) {
        return truth_of(left.kind == right.kind);
    }
    if (left.kind != right.kind) {
        return TRUTH_NULL;
    }
    int order;
    switch (left.kind) {
    case VALUE_BOOLEAN: return truth_of(left.boolean == right.boolean);
    case VALUE_LIST: return lists_equal(left.as.list, right.as.list, question, depth + 1);
    case VALUE_CONTEXT: return contexts_equal(left.as.context, right.as.context, question, depth + 1);
    case VALUE_RANGE: return ranges_equal(left.as.range, right.as.range, question, depth + 1);
    case VALUE_FUNCTION: return left.as.function == right.as.function ? TRUTH_TRUE : TRUTH_NULL;
    case VALUE_TIME:
    case VALUE_DATE_TIME:
        if (question->sameness == SAME_COMPONENTS) {
            return same_components(left, right);
        }
        break;
    default: break;
    }
    return value_compare_with(left, right, question->zones, &order) ? truth_of(order == 0) : TRUTH_NULL;
}

enum truth value_equals_with(struct value left, struct value right, const struct zone_offsets *zones)
{
    return equals_at(left, right, &(struct question){SAME_VALUE, zones}, 0);
}

enum truth value_equals(struct value left, struct value right)
{
    return value_equals_with(left, right, NULL);
}

bool value_is_same(struct value left, struct value right)
{
    return equals_at(left, right, &(struct question){SAME_COMPONENTS, NULL}, 0) == TRUTH_TRUE;
}
