/* SPDX-License-Identifier: Apache-2.0 */
#include "../cmocka_all.h"

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_all_and_only_what_was_put), cmocka_unit_test(putting_again_replaces_and_keeps_the_order),
        cmocka_unit_test(keys_that_share_beginnings_are_told_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
