/* SPDX-License-Identifier: Apache-2.0 */
#include "../cmocka_all.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

/* Counts what is given out and taken back, checks the old sizes, and can refuse from the n-th call on. */
struct ledger {
    size_t calls, refuse_from, bytes;
};

static void *ledger_reallocate(void *context, void *pointer, size_t old_size, size_t new_size)
{
    struct ledger *ledger = context;
    if (new_size == 0) {
        assert_true(ledger->bytes >= old_size);
        ledger->bytes -= old_size;
        free(pointer);
        return NULL;
    }
    if (++ledger->calls >= ledger->refuse_from && ledger->refuse_from)
        return NULL;
    void *result = realloc(pointer, new_size);
    assert_non_null(result);
    ledger->bytes += new_size - old_size;
    return result;
}

static tuoyu_allocator allocator_of(struct ledger *ledger)
{
    return (tuoyu_allocator){.reallocate = ledger_reallocate, .context = ledger};
}

static void blocks_are_aligned_zeroed_and_apart(void **state)
{
    (void)state;
    struct ledger ledger = {0};
    tuoyu_allocator allocator = allocator_of(&ledger);
    struct arena arena;
    arena_init(&arena, &allocator);
    unsigned char *blocks[300];
    for (size_t i = 0; i < 300; i++) {
        size_t size = i * 37 % 5000;
        blocks[i] = arena_allocate(&arena, size);
        assert_non_null(blocks[i]);
        assert_int_equal((uintptr_t)blocks[i] % 16, 0);
        for (size_t j = 0; j < size; j++)
            assert_int_equal(blocks[i][j], 0);
        memset(blocks[i], (int)(i % 255) + 1, size);
    }
    for (size_t i = 0; i < 300; i++)
        for (size_t j = 0; j < i * 37 % 5000; j++)
            assert_int_equal(blocks[i][j], (int)(i % 255) + 1);
    arena_free(&arena);
    assert_int_equal(ledger.bytes, 0);
}

static void bytes_stand_between_blocks_without_touching_them(void **state)
{
    (void)state;
    struct ledger ledger = {0};
    tuoyu_allocator allocator = allocator_of(&ledger);
    struct arena arena;
    arena_init(&arena, &allocator);
    enum { COUNT = 600 };
    static char *bytes[COUNT];
    static unsigned char *blocks[COUNT];
    for (size_t i = 0; i < COUNT; i++) {
        size_t size = i % 7 == 6 ? i * 311 : i % 23;
        bytes[i] = arena_allocate_bytes(&arena, size);
        blocks[i] = arena_allocate(&arena, i % 40);
        assert_non_null(bytes[i]);
        assert_int_equal((uintptr_t)blocks[i] % 16, 0);
        for (size_t j = 0; j < i % 40; j++)
            assert_int_equal(blocks[i][j], 0);
        memset(bytes[i], (int)(i % 250) + 1, size);
        memset(blocks[i], (int)(i % 250) + 2, i % 40);
    }
    for (size_t i = 0; i < COUNT; i++) {
        size_t size = i % 7 == 6 ? i * 311 : i % 23;
        for (size_t j = 0; j < size; j++)
            assert_int_equal((unsigned char)bytes[i][j], i % 250 + 1);
        for (size_t j = 0; j < i % 40; j++)
            assert_int_equal(blocks[i][j], i % 250 + 2);
    }
    arena_free(&arena);
    assert_int_equal(ledger.bytes, 0);
}

static void a_reset_arena_asks_for_no_more_memory(void **state)
{
    (void)state;
    struct ledger ledger = {0};
    tuoyu_allocator allocator = allocator_of(&ledger);
    struct arena arena;
    arena_init(&arena, &allocator);
    for (int round = 0; round < 5; round++) {
        size_t before = ledger.calls;
        for (size_t i = 0; i < 1000; i++)
            assert_non_null(arena_allocate(&arena, 100));
        assert_non_null(arena_allocate(&arena, 3000000));
        if (round)
            assert_int_equal(ledger.calls, before);
        arena_reset(&arena);
        memset(arena_allocate(&arena, 64), 0xAA, 64);
        arena_reset(&arena);
    }
    arena_free(&arena);
    assert_int_equal(ledger.bytes, 0);
}

static void refusal_is_null_and_sticky_until_reset(void **state)
{
    (void)state;
    struct ledger ledger = {.refuse_from = 2};
    tuoyu_allocator allocator = allocator_of(&ledger);
    struct arena arena;
    arena_init(&arena, &allocator);
    assert_non_null(arena_allocate(&arena, 10));
    assert_null(arena_allocate(&arena, 1 << 20));
    assert_true(arena.failed);
    assert_non_null(arena_allocate(&arena, 10));
    assert_true(arena.failed);
    arena_reset(&arena);
    assert_false(arena.failed);
    arena_free(&arena);
}

static void absurd_sizes_are_refused(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, NULL);
    assert_null(arena_allocate_bytes(&arena, SIZE_MAX));
    assert_null(arena_allocate(&arena, SIZE_MAX));
    assert_null(arena_allocate(&arena, SIZE_MAX - 8));
    assert_null(arena_allocate_array(&arena, SIZE_MAX / 2, 3));
    assert_non_null(arena_allocate(&arena, 0));
    arena_free(&arena);
}

static void rewinding_gives_the_same_place_again(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, NULL);
    char *kept = arena_allocate(&arena, 5);
    strcpy(kept, "kept");
    struct arena_mark mark = arena_mark(&arena);
    void *first = arena_allocate(&arena, 5000);
    memset(first, 0xFF, 5000);
    arena_rewind(&arena, mark);
    unsigned char *second = arena_allocate(&arena, 5000);
    for (size_t i = 0; i < 5000; i++)
        assert_int_equal(second[i], 0);
    assert_string_equal(kept, "kept");
    arena_free(&arena);
}

static void growing_keeps_what_was_there(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, NULL);
    int *numbers = NULL;
    size_t capacity = 0;
    for (int i = 0; i < 10000; i++) {
        numbers = arena_grow(&arena, numbers, (size_t)i, &capacity, sizeof *numbers);
        assert_non_null(numbers);
        numbers[i] = i;
    }
    for (int i = 0; i < 10000; i++)
        assert_int_equal(numbers[i], i);
    arena_free(&arena);
}

/* Whatever was taken, what stays is within the bound and is of use; without a bound nothing is given up. */
static void trimming_keeps_no_more_than_it_may(void **state)
{
    (void)state;
    struct ledger ledger = {0};
    tuoyu_allocator allocator = allocator_of(&ledger);
    struct arena arena;
    arena_init(&arena, &allocator);
    for (size_t taken = 1; taken < 300000; taken = taken * 3 + 7) {
        for (size_t most = 0; most < 600000; most = most * 2 + 1000) {
            for (size_t i = 0; i < 5; i++)
                memset(arena_allocate(&arena, taken), 0xFF, taken);
            size_t before = ledger.bytes;
            arena_trim(&arena, SIZE_MAX);
            assert_int_equal(ledger.bytes, before);
            arena_trim(&arena, most);
            assert_true(ledger.bytes <= most + 32 * 64); /* with the headers of its chunks */
            unsigned char *again = arena_allocate(&arena, taken);
            for (size_t i = 0; i < taken; i += 97)
                assert_int_equal(again[i], 0);
        }
    }
    arena_free(&arena);
    assert_int_equal(ledger.bytes, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_are_aligned_zeroed_and_apart),
        cmocka_unit_test(bytes_stand_between_blocks_without_touching_them),
        cmocka_unit_test(a_reset_arena_asks_for_no_more_memory),
        cmocka_unit_test(refusal_is_null_and_sticky_until_reset),
        cmocka_unit_test(absurd_sizes_are_refused),
        cmocka_unit_test(rewinding_gives_the_same_place_again),
        cmocka_unit_test(growing_keeps_what_was_there),
        cmocka_unit_test(trimming_keeps_no_more_than_it_may),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
