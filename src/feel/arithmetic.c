/* SPDX-License-Identifier: Apache-2.0 */
/* Evaluates + - * / ** and the minus sign, over numbers, texts, dates, times and durations. */
#include <assert.h>
#include <string.h>

#include "feel/interpreter.h"
#include "value/date_time.h"

enum { TEXT_BYTES_A_STEP = 64, STEPS_A_POWER = 30 };

/* One number for the kinds of two operands, so that a switch can tell pairs apart. */
#define PAIR(left, right) ((left)*32 + (right))

/* What messages call the operations. */
static const struct {
    const char *name, *sign;
} OPERATIONS[] = {[NODE_ADD] = {"add", "+"},
                  [NODE_SUBTRACT] = {"subtract", "-"},
                  [NODE_MULTIPLY] = {"multiply", "*"},
                  [NODE_DIVIDE] = {"divide", "/"},
                  [NODE_POWER] = {"raise to a power", "**"}};

/* The null of an operation that has no result: with the operands' own causes if they have any, else with the
 * error of the status; TUOYU_OK means that the kinds do not go together. */
static struct value no_result(struct feel_evaluation *evaluation, const struct node *node, struct value left,
                              struct value right, tuoyu_status status)
{
    if (value_cause(left) || value_cause(right))
        return null_of_both(evaluation, left, right);
    if (status == TUOYU_ERROR_NO_MEMORY)
        return value_no_memory();
    struct arena *arena = evaluation->environment->arena;
    struct text first = show_value(arena, left), second = show_value(arena, right);
    if (status == TUOYU_OK)
        return FAIL(evaluation, node, TUOYU_ERROR_EVALUATION, "cannot %s: %.*s %s %.*s",
                    OPERATIONS[node->kind].name, TEXT_ARGUMENTS(first), OPERATIONS[node->kind].sign,
                    TEXT_ARGUMENTS(second));
    const char *why = status == TUOYU_ERROR_DIVISION_BY_ZERO ? "division by zero"
                      : status == TUOYU_ERROR_OVERFLOW       ? "the result is too large"
                                                             : "there is no such value";
    return FAIL(evaluation, node, status, "%s: %.*s %s %.*s", why, TEXT_ARGUMENTS(first),
                OPERATIONS[node->kind].sign, TEXT_ARGUMENTS(second));
}

/* ---- Numbers and texts ---- */

/* The operation of a node on two numbers. TUOYU_OK, TUOYU_ERROR_OVERFLOW, TUOYU_ERROR_DIVISION_BY_ZERO or
 * TUOYU_ERROR_EVALUATION. */
static tuoyu_status calculate(enum node_kind kind, tuoyu_decimal left, tuoyu_decimal right,
                              tuoyu_decimal *out)
{
    assert(kind >= NODE_ADD && kind <= NODE_POWER);
    switch (kind) {
    case NODE_ADD: return decimal_add(left, right, out);
    case NODE_SUBTRACT: return decimal_subtract(left, right, out);
    case NODE_MULTIPLY: return decimal_multiply(left, right, out);
    case NODE_DIVIDE: return decimal_divide(left, right, out);
    default: return decimal_power(left, right, out);
    }
}

/* The two texts joined, or a null with a cause if steps or memory ran out. Copying costs steps. */
static struct value concatenate(struct feel_evaluation *evaluation, const struct node *node, struct text left,
                                struct text right)
{
    size_t length = left.length + right.length;
    if (!environment_take_steps(evaluation->environment, length / TEXT_BYTES_A_STEP))
        return fail_steps(evaluation, node);
    char *bytes = arena_allocate(evaluation->environment->arena, length + 1);
    if (!bytes)
        return value_no_memory();
    if (left.length)
        memcpy(bytes, left.bytes, left.length);
    if (right.length)
        memcpy(bytes + left.length, right.bytes, right.length);
    return value_string((struct text){.bytes = bytes, .length = length});
}

/* ---- Dates, times, durations ---- */

/* A date, as its midnight in UTC, or a date and time. */
static struct date_time as_date_time(struct value value)
{
    assert(value.kind == VALUE_DATE || value.kind == VALUE_DATE_TIME);
    return value.kind == VALUE_DATE ? date_time_from_date(value.date) : *value.as.date_time;
}

/* Adds a duration to a date, which gives a date, or to a date and time, which gives a date and time. TUOYU_OK
 * or TUOYU_ERROR_OVERFLOW. */
static tuoyu_status add_to_day(struct arena *arena, struct value day, struct value duration,
                               struct value *out)
{
    struct date_time start = as_date_time(day), end;
    tuoyu_status status = duration.kind == VALUE_YEARS_MONTHS
                              ? date_time_add_months(&start, duration.as.months, &end)
                              : date_time_add_duration(&start, duration.as.duration, &end);
    if (status == TUOYU_OK)
        *out = day.kind == VALUE_DATE ? value_date(end.date) : value_date_time(arena, &end);
    return status;
}

/* Adds a duration to a time of day, round the clock. */
static struct value add_to_time(struct arena *arena, struct value time, struct duration duration)
{
    struct clock_time end = time_add(time.as.time, duration);
    return value_time(arena, &end);
}

/* Negates a duration of either kind; TUOYU_ERROR_OVERFLOW for the smallest. */
static tuoyu_status negate_duration(struct value value, struct value *out)
{
    assert(value.kind == VALUE_YEARS_MONTHS || value.kind == VALUE_DAYS_TIME);
    tuoyu_status status;
    *out = value;
    if (value.kind == VALUE_YEARS_MONTHS)
        status = months_negate(value.as.months, &out->as.months);
    else
        status = duration_negate(value.as.duration, &out->as.duration);
    return status;
}

/* Adds two values of which one is a duration. Sets *found to false, and returns TUOYU_OK, if the kinds do not
 * add up. */
static tuoyu_status add_temporal(struct arena *arena, struct value left, struct value right,
                                 struct value *out, bool *found)
{
    struct duration sum;
    int64_t months;
    tuoyu_status status;
    switch (PAIR(left.kind, right.kind)) {
    case PAIR(VALUE_YEARS_MONTHS, VALUE_YEARS_MONTHS):
        status = months_add(left.as.months, right.as.months, &months);
        if (status == TUOYU_OK)
            *out = value_months(months);
        return status;
    case PAIR(VALUE_DAYS_TIME, VALUE_DAYS_TIME):
        status = duration_add(left.as.duration, right.as.duration, &sum);
        if (status == TUOYU_OK)
            *out = value_duration(sum);
        return status;
    case PAIR(VALUE_DATE, VALUE_YEARS_MONTHS):
    case PAIR(VALUE_DATE_TIME, VALUE_YEARS_MONTHS):
    case PAIR(VALUE_DATE, VALUE_DAYS_TIME):
    case PAIR(VALUE_DATE_TIME, VALUE_DAYS_TIME): return add_to_day(arena, left, right, out);
    case PAIR(VALUE_YEARS_MONTHS, VALUE_DATE):
    case PAIR(VALUE_YEARS_MONTHS, VALUE_DATE_TIME):
    case PAIR(VALUE_DAYS_TIME, VALUE_DATE):
    case PAIR(VALUE_DAYS_TIME, VALUE_DATE_TIME): return add_to_day(arena, right, left, out);
    case PAIR(VALUE_TIME, VALUE_DAYS_TIME):
        *out = add_to_time(arena, left, right.as.duration);
        return TUOYU_OK;
    case PAIR(VALUE_DAYS_TIME, VALUE_TIME):
        *out = add_to_time(arena, right, left.as.duration);
        return TUOYU_OK;
    default: *found = false; return TUOYU_OK;
    }
}

/* Subtracts a duration, or finds the duration between two dates or times. Sets *found to false, and returns
 * TUOYU_OK, if the kinds do not go together. */
static tuoyu_status subtract_temporal(struct feel_evaluation *evaluation, struct value left,
                                      struct value right, struct value *out, bool *found)
{
    struct environment *environment = evaluation->environment;
    struct date_time from, to;
    struct duration difference;
    tuoyu_status status;
    switch (PAIR(left.kind, right.kind)) {
    case PAIR(VALUE_DATE, VALUE_DATE):
    case PAIR(VALUE_DATE_TIME, VALUE_DATE_TIME):
    case PAIR(VALUE_DATE, VALUE_DATE_TIME):
    case PAIR(VALUE_DATE_TIME, VALUE_DATE):
        to = as_date_time(left);
        from = as_date_time(right);
        status = date_time_subtract(&to, &from, environment->zones, &difference);
        break;
    case PAIR(VALUE_TIME, VALUE_TIME):
        status = time_subtract(left.as.time, right.as.time, environment->zones, &difference);
        break;
    default:
        if (right.kind != VALUE_YEARS_MONTHS && right.kind != VALUE_DAYS_TIME) {
            *found = false;
            return TUOYU_OK;
        }
        *found = left.kind >= VALUE_DATE && left.kind <= VALUE_DAYS_TIME;
        status = *found ? negate_duration(right, &right) : TUOYU_OK;
        bool is_duration = left.kind == VALUE_YEARS_MONTHS || left.kind == VALUE_DAYS_TIME;
        if (is_duration && left.kind != right.kind)
            *found = false;
        return *found && status == TUOYU_OK ? add_temporal(environment->arena, left, right, out, found)
                                            : status;
    }
    if (status == TUOYU_OK)
        *out = value_duration(difference);
    return status;
}

/* Multiplies or divides a duration of either kind by a number. TUOYU_OK, TUOYU_ERROR_OVERFLOW,
 * TUOYU_ERROR_DIVISION_BY_ZERO or TUOYU_ERROR_EVALUATION. */
static tuoyu_status scale_duration(enum node_kind kind, struct value value, tuoyu_decimal factor,
                                   struct value *out)
{
    *out = value;
    if (value.kind == VALUE_YEARS_MONTHS)
        return kind == NODE_MULTIPLY ? months_multiply(value.as.months, factor, &out->as.months)
                                     : months_divide(value.as.months, factor, &out->as.months);
    return kind == NODE_MULTIPLY ? duration_multiply(value.as.duration, factor, &out->as.duration)
                                 : duration_divide(value.as.duration, factor, &out->as.duration);
}

/* Multiplies or divides a duration by a number, or divides two durations of one kind. Sets *found to false,
 * and returns TUOYU_OK, if the kinds do not go together. */
static tuoyu_status multiply_temporal(enum node_kind kind, struct value left, struct value right,
                                      struct value *out, bool *found)
{
    tuoyu_decimal ratio;
    tuoyu_status status;
    bool left_is_duration = left.kind == VALUE_YEARS_MONTHS || left.kind == VALUE_DAYS_TIME;
    bool right_is_duration = right.kind == VALUE_YEARS_MONTHS || right.kind == VALUE_DAYS_TIME;
    if (left_is_duration && right.kind == VALUE_NUMBER)
        return scale_duration(kind, left, right.as.number, out);
    if (kind == NODE_MULTIPLY && right_is_duration && left.kind == VALUE_NUMBER)
        return scale_duration(kind, right, left.as.number, out);
    if (kind != NODE_DIVIDE || !left_is_duration || left.kind != right.kind) {
        *found = false;
        return TUOYU_OK;
    }
    status = left.kind == VALUE_YEARS_MONTHS ? months_ratio(left.as.months, right.as.months, &ratio)
                                             : duration_ratio(left.as.duration, right.as.duration, &ratio);
    if (status == TUOYU_OK)
        *out = value_number(ratio);
    return status;
}

/* ---- Operators ---- */

/* Operations on anything but two numbers, and the null of two numbers without a result. status is that of two
 * numbers, else TUOYU_OK. */
static APART struct value combine(struct feel_evaluation *evaluation, const struct node *node,
                                  struct value left, struct value right, tuoyu_status status)
{
    enum node_kind kind = (enum node_kind)node->kind;
    bool found = true;
    struct value result = VALUE_NOTHING;
    if (status != TUOYU_OK)
        return no_result(evaluation, node, left, right, status);
    if (kind == NODE_ADD && left.kind == VALUE_STRING && right.kind == VALUE_STRING)
        return concatenate(evaluation, node, left.as.string, right.as.string);
    if (kind == NODE_ADD)
        status = add_temporal(evaluation->environment->arena, left, right, &result, &found);
    else if (kind == NODE_SUBTRACT)
        status = subtract_temporal(evaluation, left, right, &result, &found);
    else if (kind != NODE_POWER)
        status = multiply_temporal(kind, left, right, &result, &found);
    else
        found = false;
    if (found && status == TUOYU_OK)
        return result;
    return no_result(evaluation, node, left, right, found ? status : TUOYU_OK);
}

struct value evaluate_arithmetic(struct feel_evaluation *evaluation, const struct node *node)
{
    assert(node->count == 2);
    struct value left = evaluate(evaluation, node->children[0]);
    struct value right = evaluate(evaluation, node->children[1]);
    tuoyu_status status = TUOYU_OK;
    if (left.kind == VALUE_NUMBER && right.kind == VALUE_NUMBER) {
        tuoyu_decimal number;
        if (node->kind == NODE_POWER && !environment_take_steps(evaluation->environment, STEPS_A_POWER))
            return fail_steps(evaluation, node);
        status = calculate((enum node_kind)node->kind, left.as.number, right.as.number, &number);
        if (status == TUOYU_OK)
            return value_number(number);
    }
    return combine(evaluation, node, left, right, status);
}

struct value evaluate_negation(struct feel_evaluation *evaluation, const struct node *node)
{
    struct value value = evaluate(evaluation, node->children[0]), negated;
    if (value.kind == VALUE_NUMBER)
        return value_number(decimal_negate(value.as.number));
    if (value.kind == VALUE_YEARS_MONTHS || value.kind == VALUE_DAYS_TIME) {
        tuoyu_status status = negate_duration(value, &negated);
        if (status == TUOYU_OK)
            return negated;
        return FAIL(evaluation, node, status, "the result is too large");
    }
    if (value_cause(value))
        return value;
    struct text shown = show_value(evaluation->environment->arena, value);
    return FAIL(evaluation, node, TUOYU_ERROR_EVALUATION, "there is no negative of %.*s",
                TEXT_ARGUMENTS(shown));
}
