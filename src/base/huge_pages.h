/* SPDX-License-Identifier: Apache-2.0 */
/* Large blocks of memory on huge pages, where the system has such: a block of 80 MB is then 40 page faults
 * instead of 20 000, which would take longer than filling it. */
#ifndef TUOYU_BASE_HUGE_PAGES_H
#define TUOYU_BASE_HUGE_PAGES_H

#include <stddef.h>

/* Blocks of HUGE_BLOCK_LEAST bytes or more are worth it. */
enum { HUGE_PAGE_BYTES = 2 << 20, HUGE_BLOCK_LEAST = 2 * HUGE_PAGE_BYTES };

/* Returns a block of at least size bytes, aligned to HUGE_PAGE_BYTES, for realloc() and free(); NULL if there
 * is none, in which case malloc() may still have one. Huge pages change only the time that first touching the
 * block takes. */
void *huge_pages_allocate(size_t size);

#endif
