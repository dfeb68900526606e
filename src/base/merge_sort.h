/* SPDX-License-Identifier: Apache-2.0 */
/* Sorts pointers by a comparison that needs a context, which qsort() does not hand on. */
#ifndef TUOYU_BASE_MERGE_SORT_H
#define TUOYU_BASE_MERGE_SORT_H

#include <stdbool.h>
#include <stddef.h>
#include <tuoyu/common.h>

/* Compares what two of the pointers point to: below 0 if `left` comes first, 0 if they tie. */
typedef int (*merge_sort_order)(const void *context, const void *left, const void *right);

/* Sorts an array of `count` pointers to anything; those that tie keep their order. scratch has room for half
 * of them. The time grows with count × log(count), whatever order they come in. */
void merge_sort(void *pointers, size_t count, void *scratch, merge_sort_order order, const void *context);

/* As merge_sort(), asking `interrupt` now and then. Returns false where it wants the work to end; the
 * pointers are all there then, in some order. interrupt NULL: nobody is asked. */
bool merge_sort_or_stop(void *pointers, size_t count, void *scratch, merge_sort_order order,
                        const void *context, tuoyu_interrupt interrupt, void *interrupt_context);

#endif
