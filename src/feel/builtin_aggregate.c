/* SPDX-License-Identifier: Apache-2.0 */
/* Built-ins that make one value of many: sums, means, extremes. If a null with a cause is among the items the
 * result is null with that cause, because nobody knows what the item would add. */
#include "feel/builtin_functions.h"

#include "feel/builtin_support.h"
#include <assert.h>

/* Finds the items of a call, which must be at least one and all of a kind (VALUE_NULL: of any kind but null).
 * Returns false, with the null to return in *failure, if they are not. */
static bool items_of(const struct builtin_call *call, enum value_kind kind, struct list *out,
                     struct value *failure)
{
    const struct cause *cause = NULL;
    struct list list = builtin_items(call);
    for (size_t i = 0; i < list.count; i++)
        cause = cause_join(call->environment->arena, cause, value_cause(list.items[i]));
    *failure = value_null(cause);
    if (cause)
        return false;
    for (size_t i = 0; i < list.count; i++) {
        struct value item = list.items[i];
        if (kind == VALUE_NULL ? item.kind != VALUE_NULL : item.kind == kind)
            continue;
        struct text met = builtin_show(call, item), wanted = value_kind_name(kind);
        if (kind == VALUE_NULL)
            wanted = TEXT("value");
        *failure = builtin_error(call, TUOYU_ERROR_EVALUATION, "%s: item %zu is %.*s where a %.*s is needed",
                                 call->builtin->name, i + 1, TEXT_ARGUMENTS(met), TEXT_ARGUMENTS(wanted));
        return false;
    }
    *out = list;
    if (list.count)
        return true;
    *failure = builtin_error(call, TUOYU_ERROR_EVALUATION, "%s: the list is empty", call->builtin->name);
    return false;
}

/* The number, or an error if it is too large. */
static struct value number_result(const struct builtin_call *call, tuoyu_status status, tuoyu_decimal number)
{
    if (status == TUOYU_OK)
        return value_number(number);
    return builtin_error(call, status, "%s: the result is too large for a number", call->builtin->name);
}

/* ---- Extremes ---- */

/* The greatest (sign 1) or least (sign -1) item; of equal ones the first. */
static struct value extreme(const struct builtin_call *call, int sign)
{
    assert(sign == 1 || sign == -1);
    struct list list;
    struct value best;
    if (!items_of(call, VALUE_NULL, &list, &best))
        return best;
    best = list.items[0];
    for (size_t i = 0; i < list.count; i++) {
        int order;
        if (!value_compare_with(list.items[i], best, call->environment->zones, &order)) {
            struct text met = builtin_show(call, list.items[i]), other = builtin_show(call, best);
            return builtin_error(call, TUOYU_ERROR_EVALUATION,
                                 "%s: item %zu is %.*s, which cannot be compared with %.*s",
                                 call->builtin->name, i + 1, TEXT_ARGUMENTS(met), TEXT_ARGUMENTS(other));
        }
        if (order * sign > 0)
            best = list.items[i];
    }
    return best;
}

/* The least of the values. */
struct value builtin_min(const struct builtin_call *call)
{
    return extreme(call, -1);
}

/* The greatest of the values. */
struct value builtin_max(const struct builtin_call *call)
{
    return extreme(call, 1);
}

/* ---- Folds of numbers ---- */

/* The sum of a list of numbers, or the status of the first addition that failed. */
static tuoyu_status total(struct list list, tuoyu_decimal *sum)
{
    tuoyu_status status = TUOYU_OK;
    *sum = decimal_from_integer(0);
    for (size_t i = 0; i < list.count && status == TUOYU_OK; i++)
        status = decimal_add(*sum, list.items[i].as.number, sum);
    return status;
}

/* The mean of a list of at least one number, or the status of the first operation that failed. */
static tuoyu_status average(struct list list, tuoyu_decimal *mean)
{
    tuoyu_status status = total(list, mean);
    return status ? status : decimal_divide(*mean, decimal_from_integer((int64_t)list.count), mean);
}

/* The product of a list of numbers, or the status of the first multiplication that failed. */
static tuoyu_status product_of(struct list list, tuoyu_decimal *product)
{
    tuoyu_status status = TUOYU_OK;
    *product = decimal_from_integer(1);
    for (size_t i = 0; i < list.count && status == TUOYU_OK; i++)
        status = decimal_multiply(*product, list.items[i].as.number, product);
    return status;
}

/* The standard deviation of a sample: the sum of the squares is divided by one less than the count, which is
 * at least 2. TUOYU_OK or TUOYU_ERROR_OVERFLOW. */
static tuoyu_status deviation(struct list list, tuoyu_decimal *out)
{
    assert(list.count >= 2);
    tuoyu_decimal mean, difference, square, squares = decimal_from_integer(0);
    tuoyu_status status = average(list, &mean);
    for (size_t i = 0; i < list.count && status == TUOYU_OK; i++) {
        status = decimal_subtract(list.items[i].as.number, mean, &difference);
        if (status == TUOYU_OK)
            status = decimal_multiply(difference, difference, &square);
        if (status == TUOYU_OK)
            status = decimal_add(squares, square, &squares);
    }
    if (status == TUOYU_OK)
        status = decimal_divide(squares, decimal_from_integer((int64_t)list.count - 1), &squares);
    return status ? status : decimal_square_root(squares, out);
}

/* Folds the call's numbers, or gives the error. */
static struct value fold_numbers(const struct builtin_call *call,
                                 tuoyu_status (*fold)(struct list, tuoyu_decimal *))
{
    struct list list;
    struct value failure;
    tuoyu_decimal result;
    if (!items_of(call, VALUE_NUMBER, &list, &failure))
        return failure;
    if (fold == deviation && list.count == 1)
        return builtin_error(call, TUOYU_ERROR_EVALUATION,
                             "stddev: a single number has no standard deviation");
    return number_result(call, fold(list, &result), result);
}

/* The sum of the numbers. */
struct value builtin_sum(const struct builtin_call *call)
{
    return fold_numbers(call, total);
}

/* The arithmetic mean of the numbers. */
struct value builtin_mean(const struct builtin_call *call)
{
    return fold_numbers(call, average);
}

/* The product of the numbers. */
struct value builtin_product(const struct builtin_call *call)
{
    return fold_numbers(call, product_of);
}

/* The standard deviation of the numbers as a sample. */
struct value builtin_stddev(const struct builtin_call *call)
{
    return fold_numbers(call, deviation);
}

/* ---- By order ---- */

/* The order of numbers for builtin_sorted(); never fails. Returns true. */
static bool ascending(const struct builtin_call *call, struct value left, struct value right,
                      bool *goes_before, struct value *failure)
{
    (void)call, (void)failure;
    *goes_before = decimal_compare(left.as.number, right.as.number) < 0;
    return true;
}

/* The middle one of the numbers, or the mean of the two in the middle. */
struct value builtin_median(const struct builtin_call *call)
{
    struct list list;
    struct value failure;
    if (!items_of(call, VALUE_NUMBER, &list, &failure))
        return failure;
    struct value *sorted = builtin_sorted(call, list, ascending, &failure);
    if (!sorted)
        return failure;
    struct value *middle = &sorted[list.count / 2];
    if (list.count % 2)
        return *middle;
    tuoyu_decimal result;
    tuoyu_status status = decimal_add(middle[-1].as.number, middle[0].as.number, &result);
    if (status == TUOYU_OK)
        status = decimal_divide(result, decimal_from_integer(2), &result);
    return number_result(call, status, result);
}

/* The length of the run of equal numbers that begins at start. */
static size_t run_length(const struct value *sorted, size_t count, size_t start)
{
    size_t end = start + 1;
    while (end < count && decimal_compare(sorted[end].as.number, sorted[start].as.number) == 0)
        end++;
    return end - start;
}

/* The numbers that are there most often, the least first. */
struct value builtin_mode(const struct builtin_call *call)
{
    struct list list = builtin_items(call);
    struct value failure;
    if (list.count == 0)
        return builtin_list(call, NULL, 0);
    if (!items_of(call, VALUE_NUMBER, &list, &failure))
        return failure;
    struct value *sorted = builtin_sorted(call, list, ascending, &failure);
    struct value *modes = sorted ? builtin_new_items(call, list.count, &failure) : NULL;
    if (!modes)
        return failure;
    size_t longest = 0, count = 0;
    for (size_t start = 0, run; start < list.count; start += run) {
        run = run_length(sorted, list.count, start);
        if (run > longest)
            count = 0;
        if (run < longest)
            continue;
        longest = run;
        modes[count++] = sorted[start];
    }
    return builtin_list(call, modes, count);
}
