/* SPDX-License-Identifier: Apache-2.0 */
/* Sorts pointers by a comparison that needs a context, which qsort() does not hand on. */
#ifndef TUOYU_BASE_MERGE_SORT_H
#define TUOYU_BASE_MERGE_SORT_H

#include <stddef.h>

/* Compares what two of the pointers point to: below 0 if `left` comes first, 0 if they tie. */
typedef int (*merge_sort_order)(const void *context, const void *left, const void *right);

/* Sorts an array of `count` pointers to anything; those that tie keep their order. scratch has room for half
 * of them. The time grows with count × log(count), whatever order they come in. */
void merge_sort(void *pointers, size_t count, void *scratch, merge_sort_order order, const void *context);

#endif
