/* SPDX-License-Identifier: Apache-2.0 */
/* Memory that is refused on demand, for one program: the allocator hook, and libyaml's own four functions,
 * which it calls by name, so that those of the program stand in for them. Blocks and bytes that were not
 * given back are counted. */
#ifndef TUOYU_TESTS_REFUSING_MEMORY_H
#define TUOYU_TESTS_REFUSING_MEMORY_H

#include "cmocka_all.h"

#include <stdlib.h>
#include <string.h>
#include <tuoyu/common.h>
#include <yaml.h>

static size_t calls, refuse_at, live_blocks, live_bytes;
static bool is_sticky, was_refused;

/* Starts to count calls anew; allocation number at (from 1; 0: none) is refused, and with sticky all after
 * it. */
static void refuse(size_t at, bool sticky)
{
    calls = 0;
    refuse_at = at;
    is_sticky = sticky;
    was_refused = false;
}

static bool refuses(void)
{
    calls++;
    bool is_refused = refuse_at && (calls == refuse_at || (is_sticky && calls > refuse_at));
    was_refused |= is_refused;
    return is_refused;
}

/* ---- The allocator hook: it checks the old sizes that it is told ---- */

static void *reallocate(void *context, void *pointer, size_t old_size, size_t new_size)
{
    (void)context;
    size_t *block = pointer ? (size_t *)pointer - 2 : NULL;
    if (block)
        assert_int_equal(block[0], old_size);
    else
        assert_int_equal(old_size, 0);
    if (new_size == 0) {
        live_blocks -= pointer != NULL;
        live_bytes -= old_size;
        free(block);
        return NULL;
    }
    if (refuses())
        return NULL;
    size_t *made = realloc(block, new_size + 2 * sizeof *made);
    assert_non_null(made);
    live_blocks += !pointer;
    live_bytes += new_size - old_size;
    made[0] = new_size;
    return made + 2;
}

static const tuoyu_allocator REFUSING = {.reallocate = reallocate};

/* ---- What libyaml calls ---- */

void *yaml_malloc(size_t size);
void *yaml_realloc(void *pointer, size_t size);
void yaml_free(void *pointer);
yaml_char_t *yaml_strdup(const yaml_char_t *text);

void *yaml_malloc(size_t size)
{
    if (refuses())
        return NULL;
    live_blocks++;
    return malloc(size ? size : 1);
}

void *yaml_realloc(void *pointer, size_t size)
{
    if (refuses())
        return NULL;
    live_blocks += !pointer;
    return realloc(pointer, size ? size : 1);
}

void yaml_free(void *pointer)
{
    live_blocks -= pointer != NULL;
    free(pointer);
}

yaml_char_t *yaml_strdup(const yaml_char_t *text)
{
    if (!text || refuses())
        return NULL;
    size_t size = strlen((const char *)text) + 1;
    live_blocks++;
    return memcpy(malloc(size), text, size);
}

#endif
