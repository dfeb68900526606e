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

void merge_sort(void *pointers, size_t count, void *scratch, merge_sort_order order, const void *context)
{
    if (count < 2)
        return;
    char *items = pointers, *first = scratch;
    size_t half = count / 2, left = 0, right = half, out = 0;
    merge_sort(items, half, scratch, order, context);
    merge_sort(items + half * WIDTH, count - half, scratch, order, context);
    memcpy(first, items, half * WIDTH);
    while (left < half && right < count) {
        bool is_right_next = order(context, pointer_at(items, right), pointer_at(first, left)) < 0;
        const char *next = is_right_next ? items + right++ * WIDTH : first + left++ * WIDTH;
        memmove(items + out++ * WIDTH, next, WIDTH);
    }
    memcpy(items + out * WIDTH, first + left * WIDTH, (half - left) * WIDTH);
}
