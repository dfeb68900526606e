/* SPDX-License-Identifier: Apache-2.0 */
/* An allocator that refuses one allocation, or all from one on, and knows how much has not been given back.
 */
#ifndef TUOYU_TESTS_REFUSING_ALLOCATOR_H
#define TUOYU_TESTS_REFUSING_ALLOCATOR_H

#include <stdlib.h>

#include <tuoyu/common.h>

struct ledger {
    size_t calls;
    size_t refused_only, refused_from; /* by number, from 1; 0: none */
    size_t bytes;
};

static void *ledger_reallocate(void *context, void *pointer, size_t old_size, size_t new_size)
{
    struct ledger *ledger = context;
    if (new_size == 0) {
        ledger->bytes -= old_size;
        free(pointer);
        return NULL;
    }
    ledger->calls++;
    if (ledger->calls == ledger->refused_only ||
        (ledger->refused_from && ledger->calls >= ledger->refused_from))
        return NULL;
    ledger->bytes += new_size - old_size;
    return realloc(pointer, new_size);
}

static tuoyu_allocator refusing_allocator(struct ledger *ledger)
{
    return (tuoyu_allocator){.reallocate = ledger_reallocate, .context = ledger};
}

#endif
