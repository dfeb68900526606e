/* SPDX-License-Identifier: Apache-2.0 */
/* Asks Linux for huge pages; elsewhere nothing is asked for, and blocks are only aligned. */
#define _DEFAULT_SOURCE
#include "base/huge_pages.h"

#include <stdint.h>
#include <stdlib.h>

#if defined(__linux__)
#include <sys/mman.h>
#endif

void *huge_pages_allocate(size_t size)
{
    const size_t page = HUGE_PAGE_BYTES;
    if (size > PTRDIFF_MAX - page)
        return NULL;
    size_t rounded = (size + page - 1) / page * page;
    void *block = aligned_alloc(page, rounded);
#if defined(MADV_HUGEPAGE)
    /* A system that has no huge pages refuses, and the block is as good as any other. */
    if (block)
        (void)madvise(block, rounded, MADV_HUGEPAGE);
#endif
    return block;
}
