/* SPDX-License-Identifier: Apache-2.0 */
/* Large blocks of memory on huge pages, where the system has such: a block of 80 MB is then 40 page faults
 * instead of 20 000, which would take longer than filling it. */
#ifndef TUOYU_BASE_HUGE_PAGES_H
#define TUOYU_BASE_HUGE_PAGES_H

#include <stddef.h>

/* From so many bytes on it is worth it. */
enum { HUGE_PAGE_BYTES = 2 << 20, HUGE_BLOCK_LEAST = 2 * HUGE_PAGE_BYTES };

/* A block of at least size bytes, for realloc() and free(), aligned to HUGE_PAGE_BYTES; NULL where there is
 * none: malloc() may still have one. Nothing but the time that a first touch takes depends on the huge
 * pages. */
void *huge_pages_allocate(size_t size);

#endif
