/* SPDX-License-Identifier: Apache-2.0 */
/* Stable sorting by merging runs that double in length, so that an order made to be slow costs no more than n
 * log n calls. Also the built-in sort(). */
#include "feel/builtin_functions.h"

#include "feel/builtin_support.h"
#include "feel/function.h"
#include <assert.h>

/* Merges the sorted runs [start, middle) and [middle, end) of `from` into the same places of `to`. Returns
 * false, with the error in *failure, if the order fails. */
static bool merge(const struct builtin_call *call, const struct value *from, struct value *to, size_t start,
                  size_t middle, size_t end, builtin_order order, struct value *failure)
{
    assert(start <= middle && middle <= end);
    size_t left = start, right = middle;
    for (size_t at = start; at < end; at++) {
        bool takes_right = left == middle;
        if (!takes_right && right < end && !order(call, from[right], from[left], &takes_right, failure))
            return false;
        to[at] = takes_right ? from[right++] : from[left++];
    }
    return true;
}

struct value *builtin_sorted(const struct builtin_call *call, struct list list, builtin_order order,
                             struct value *failure)
{
    struct value *from = builtin_new_items(call, list.count, failure);
    struct value *to = from ? builtin_new_items(call, list.count, failure) : NULL;
    if (!to)
        return NULL;
    for (size_t i = 0; i < list.count; i++)
        from[i] = list.items[i];
    for (size_t width = 1; width < list.count; width *= 2) {
        if (!builtin_spend(call, list.count)) {
            *failure = builtin_exhausted(call);
            return NULL;
        }
        for (size_t start = 0; start < list.count; start += 2 * width) {
            size_t middle = start + width < list.count ? start + width : list.count;
            size_t end = middle + width < list.count ? middle + width : list.count;
            if (!merge(call, from, to, start, middle, end, order, failure))
                return NULL;
        }
        struct value *swap = from;
        from = to;
        to = swap;
    }
    return from;
}

/* The order by the function that was given to sort(). Returns false, with *failure set, if that gives no
 * boolean. */
static bool by_function(const struct builtin_call *call, struct value left, struct value right,
                        bool *goes_before, struct value *failure)
{
    struct value arguments[] = {left, right};
    struct value answer = function_call(call->environment, call->arguments[1].as.function, arguments, 2);
    *goes_before = value_is_true(answer);
    if (answer.kind == VALUE_BOOLEAN)
        return true;
    struct text met = builtin_show(call, answer);
    *failure = value_cause(answer)
                   ? answer
                   : builtin_error(call, TUOYU_ERROR_EVALUATION,
                                   "sort: the function 'precedes' gave %.*s where a boolean is needed",
                                   TEXT_ARGUMENTS(met));
    return false;
}

/* The list in the order that a function says: whether one item goes before another. */
struct value builtin_sort(const struct builtin_call *call)
{
    struct value failure;
    struct list list = *call->arguments[0].as.list;
    struct value *sorted = builtin_sorted(call, list, by_function, &failure);
    return sorted ? builtin_list(call, sorted, list.count) : failure;
}
