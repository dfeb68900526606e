/* SPDX-License-Identifier: Apache-2.0 */
/* Sorts each half, and merges them in place. Pointers are copied as bytes, since the arrays hold pointers of
 * other types than void. */
#include "base/merge_sort.h"

#include <stdbool.h>
#include <string.h>

enum { WIDTH = sizeof(void *) };

/* The pointer at an index. */
static const void *pointer_at(const char *pointers, size_t index)
{
    const void *pointer;
    memcpy(&pointer, pointers + index * WIDTH, WIDTH);
    return pointer;
}

/* One sort while it is made. */
struct sort_in_work {
    char *scratch;
    merge_sort_order order;
    const void *context;
    tuoyu_interrupt interrupt;
    void *interrupt_context;
    size_t merged; /* pointers since interrupt was asked */
    bool has_stopped;
};

enum { POINTERS_AN_ASKING = 4096 };

/* Asks interrupt after every few thousand pointers that were merged. */
static bool goes_on(struct sort_in_work *sorting, size_t merged)
{
    sorting->merged += merged;
    if (!sorting->interrupt || sorting->merged < POINTERS_AN_ASKING || sorting->has_stopped)
        return !sorting->has_stopped;
    sorting->merged = 0;
    sorting->has_stopped = sorting->interrupt(sorting->interrupt_context) != 0;
    return !sorting->has_stopped;
}

/* Merges two sorted halves, the first of which is copied out of the way. */
static void merge(const struct sort_in_work *sorting, char *items, size_t half, size_t count)
{
    char *first = sorting->scratch;
    size_t left = 0, right = half, out = 0;
    memcpy(first, items, half * WIDTH);
    while (left < half && right < count) {
        bool is_right_next =
            sorting->order(sorting->context, pointer_at(items, right), pointer_at(first, left)) < 0;
        const char *next = is_right_next ? items + right++ * WIDTH : first + left++ * WIDTH;
        memmove(items + out++ * WIDTH, next, WIDTH);
    }
    memcpy(items + out * WIDTH, first + left * WIDTH, (half - left) * WIDTH);
}

/* Sorts the pointers, unless it is stopped; between two merges all of them are there. */
static void sort(struct sort_in_work *sorting, char *items, size_t count)
{
    size_t half = count / 2;
    if (count < 2 || sorting->has_stopped)
        return;
    sort(sorting, items, half);
    sort(sorting, items + half * WIDTH, count - half);
    if (goes_on(sorting, count))
        merge(sorting, items, half, count);
}

bool merge_sort_or_stop(void *pointers, size_t count, void *scratch, merge_sort_order order,
                        const void *context, tuoyu_interrupt interrupt, void *interrupt_context)
{
    struct sort_in_work sorting = {.scratch = scratch,
                                   .order = order,
                                   .context = context,
                                   .interrupt = interrupt,
                                   .interrupt_context = interrupt_context};
    sort(&sorting, pointers, count);
    return !sorting.has_stopped;
}

void merge_sort(void *pointers, size_t count, void *scratch, merge_sort_order order, const void *context)
{
    (void)merge_sort_or_stop(pointers, count, scratch, order, context, NULL, NULL);
}
