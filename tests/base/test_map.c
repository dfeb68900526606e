/* SPDX-License-Identifier: Apache-2.0 */
#include "../cmocka_all.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/map.h"

static void finds_all_and_only_what_was_put(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, NULL);
    struct map map;
    map_init(&map, &arena);
    assert_null(map_get(&map, TEXT("")));
    for (uintptr_t i = 1; i <= 20000; i++) {
        struct text key = text_format(&arena, "托位%lu", (unsigned long)i);
        assert_null(map_get(&map, key));
        assert_true(map_put(&map, key, (void *)i));
    }
    assert_int_equal(map.count, 20000);
    for (uintptr_t i = 1; i <= 20000; i++) {
        assert_int_equal((uintptr_t)map_get(&map, text_format(&arena, "托位%lu", (unsigned long)i)), i);
        assert_int_equal((uintptr_t)map.entries[i - 1].value, i);
    }
    assert_null(map_get(&map, TEXT("托位0")));
    assert_null(map_get(&map, TEXT("托位20001")));
    arena_free(&arena);
}

static void putting_again_replaces_and_keeps_the_order(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, NULL);
    struct map map;
    map_init(&map, &arena);
    int first = 1, second = 2;
    assert_true(map_put(&map, TEXT("a"), &first));
    assert_true(map_put(&map, TEXT(""), &first));
    assert_true(map_put(&map, TEXT("a"), &second));
    assert_int_equal(map.count, 2);
    assert_ptr_equal(map_get(&map, TEXT("a")), &second);
    assert_ptr_equal(map_get(&map, TEXT("")), &first);
    assert_true(text_equals(map.entries[0].key, TEXT("a")));
    arena_free(&arena);
}

static void keys_that_share_beginnings_are_told_apart(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, NULL);
    struct map map;
    map_init(&map, &arena);
    char bytes[64] = {0};
    for (size_t length = 0; length <= 40; length++) {
        struct text key = text_copy(&arena, (struct text){bytes, length});
        assert_true(map_put(&map, key, (void *)(uintptr_t)(length + 1)));
    }
    for (size_t length = 0; length <= 40; length++)
        assert_int_equal((uintptr_t)map_get(&map, (struct text){bytes, length}), length + 1);
    arena_free(&arena);
}

/* A map changes how it looks keys up once it has more than a few. */
static void every_size_finds_replaces_and_keeps_the_order(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, NULL);
    for (uintptr_t size = 0; size <= 30; size++) {
        struct map map;
        map_init(&map, &arena);
        for (uintptr_t i = 1; i <= size; i++) {
            assert_true(map_put(&map, text_format(&arena, "k%lu", (unsigned long)i), (void *)i));
            assert_true(
                map_put(&map, text_format(&arena, "k%lu", (unsigned long)(i + 1) / 2), (void *)(i + 100)));
            assert_int_equal(map.count, i);
        }
        for (uintptr_t i = 1; i <= size; i++) {
            struct text key = text_format(&arena, "k%lu", (unsigned long)i);
            uintptr_t replaced = 2 * i <= size ? 2 * i + 100 : 2 * i - 1 <= size ? 2 * i + 99 : i;
            assert_int_equal((uintptr_t)map_get(&map, key), replaced);
            assert_true(text_equals(map.entries[i - 1].key, key));
        }
        assert_null(map_get(&map, TEXT("k0")));
        assert_null(map_get(&map, TEXT("k")));
    }
    arena_free(&arena);
}

struct last_bytes {
    size_t left;
};

static void *until_it_runs_out(void *context, void *pointer, size_t old_size, size_t new_size)
{
    struct last_bytes *last = context;
    if (new_size == 0) {
        free(pointer);
        return NULL;
    }
    if (new_size - old_size > last->left)
        return NULL;
    last->left -= new_size - old_size;
    return realloc(pointer, new_size);
}

static void a_map_that_cannot_grow_keeps_what_it_has(void **state)
{
    (void)state;
    static char names[400][4];
    for (size_t room = 4000; room < 40000; room += 500) {
        struct last_bytes last = {.left = room};
        tuoyu_allocator allocator = {.reallocate = until_it_runs_out, .context = &last};
        struct arena arena;
        arena_init(&arena, &allocator);
        struct map map;
        map_init(&map, &arena);
        uintptr_t put = 0;
        for (uintptr_t i = 0; i < 400; i++) {
            snprintf(names[i], sizeof names[i], "%lu", (unsigned long)i);
            if (!map_put(&map, text_of(names[i], TUOYU_NUL_TERMINATED), (void *)(i + 1)))
                break;
            put++;
        }
        assert_int_equal(map.count, put);
        for (uintptr_t i = 0; i < 400; i++)
            assert_int_equal((uintptr_t)map_get(&map, text_of(names[i], TUOYU_NUL_TERMINATED)),
                             i < put ? i + 1 : 0);
        arena_free(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_all_and_only_what_was_put),
        cmocka_unit_test(putting_again_replaces_and_keeps_the_order),
        cmocka_unit_test(keys_that_share_beginnings_are_told_apart),
        cmocka_unit_test(every_size_finds_replaces_and_keeps_the_order),
        cmocka_unit_test(a_map_that_cannot_grow_keeps_what_it_has),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
