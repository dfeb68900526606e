/* SPDX-License-Identifier: Apache-2.0 */
/* Quotas: what is counted, where it ends, and how an arena that has one ends with it. */
#include "../cmocka_all.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/map.h"

static void steps_end(void **state)
{
    (void)state;
    struct quota quota;
    quota_init(&quota, 10, 100);
    assert_true(quota_take(&quota, 4) && quota_take(&quota, 6));
    assert_int_equal(quota.steps, 10);
    assert_int_equal(quota.end, QUOTA_IS_LEFT);
    assert_false(quota_take(&quota, 1));
    assert_int_equal(quota.end, QUOTA_STEPS_ENDED);
    assert_int_equal(quota.steps, 10);
    assert_false(quota_take(&quota, 0)); /* what ended stays so */
    assert_false(quota_reserve(&quota, 1));
    assert_int_equal(quota.end, QUOTA_STEPS_ENDED);
    quota_init(&quota, 10, 100);
    assert_false(quota_take(&quota, UINT64_MAX)); /* no sum runs over */
    assert_int_equal(quota.steps, 10);
    assert_true(quota_take(NULL, UINT64_MAX) && quota_reserve(NULL, SIZE_MAX));
}

static void bytes_end(void **state)
{
    (void)state;
    struct quota quota;
    quota_init(&quota, 10, 100);
    assert_true(quota_reserve(&quota, 60) && quota_reserve(&quota, 40));
    quota_give_back(&quota, 50);
    assert_true(quota_reserve(&quota, 20));
    assert_int_equal(quota.bytes, 70);
    assert_int_equal(quota.bytes_peak, 100);
    assert_false(quota_reserve(&quota, SIZE_MAX));
    assert_int_equal(quota.end, QUOTA_BYTES_ENDED);
    assert_int_equal(quota.bytes, 70);
    assert_false(quota_take(&quota, 1) || quota_reserve(&quota, 1));
}

/* Where nothing is counted, a part takes all, and there is nothing to charge. */
static void a_part_of_nothing_never_ends(void **state)
{
    (void)state;
    struct quota part = quota_open_part(NULL);
    assert_true(quota_take(&part, UINT64_MAX) && quota_reserve(&part, SIZE_MAX));
    assert_int_equal(part.end, QUOTA_IS_LEFT);
    quota_close_part(NULL, &part);
}

/* A part has what is left; when it ends, the whole is charged and goes on. */
static void parts_end_alone(void **state)
{
    (void)state;
    struct quota whole, part;
    quota_init(&whole, 100, 1000);
    assert_true(quota_take(&whole, 30) && quota_reserve(&whole, 400));
    part = quota_open_part(&whole);
    assert_int_equal(part.steps_most, 70);
    assert_int_equal(part.bytes_most, 600);
    assert_true(quota_reserve(&part, 500) && quota_take(&part, 20));
    quota_give_back(&part, 500);
    assert_false(quota_take(&part, 51));
    quota_close_part(&whole, &part);
    assert_int_equal(whole.end, QUOTA_IS_LEFT);
    assert_int_equal(whole.steps, 100);
    assert_int_equal(whole.bytes, 400);
    assert_int_equal(whole.bytes_peak, 900);
    assert_false(quota_take(&whole, 1));
}

struct meter {
    size_t now, most;
};

static void *metered(void *context, void *pointer, size_t old_size, size_t new_size)
{
    struct meter *meter = context;
    void *result = NULL;
    if (new_size == 0)
        free(pointer);
    else
        result = realloc(pointer, new_size);
    meter->now += new_size - (pointer ? old_size : 0);
    if (meter->now > meter->most)
        meter->most = meter->now;
    return result;
}

/* The bytes that are counted are those that were asked of the allocator, to the last one; freed arenas give
 * theirs back. */
static void arenas_are_charged(void **state)
{
    (void)state;
    struct meter meter = {.now = 0};
    const tuoyu_allocator allocator = {.reallocate = metered, .context = &meter};
    struct quota quota;
    struct arena arena, beside;
    quota_init(&quota, 1000000, 1000000);
    arena_init(&arena, &allocator);
    arena.quota = &quota;
    arena_init_beside(&beside, &arena);
    for (size_t i = 0; i < 500; i++) {
        uint64_t before = quota.steps;
        assert_non_null(arena_allocate(i % 3 ? &arena : &beside, i));
        assert_true(quota.steps > before);
        assert_int_equal(quota.bytes, meter.now);
        assert_int_equal(quota.bytes_peak, meter.most);
    }
    arena_free(&beside);
    assert_int_equal(quota.bytes, meter.now);
    arena_free(&arena);
    assert_int_equal(quota.bytes, 0);
    assert_int_equal(meter.now, 0);
}

static void arenas_fail_when_it_ends(void **state)
{
    (void)state;
    for (int by_bytes = 0; by_bytes < 2; by_bytes++) {
        struct quota quota;
        struct arena arena;
        size_t count = 0;
        quota_init(&quota, by_bytes ? UINT64_MAX : 1000, by_bytes ? 100000 : SIZE_MAX);
        arena_init(&arena, NULL);
        arena.quota = &quota;
        while (arena_allocate(&arena, 100) && count < 100000)
            count++;
        assert_true(arena.failed && count > 100 && count < 1100);
        assert_int_equal(quota.end, by_bytes ? QUOTA_BYTES_ENDED : QUOTA_STEPS_ENDED);
        assert_null(arena_allocate(&arena, 1)); /* also where the chunk has room */
        assert_null(arena_allocate_bytes(&arena, 1));
        arena_free(&arena);
        assert_int_equal(quota.bytes, 0);
    }
    struct quota quota;
    struct arena arena;
    quota_init(&quota, 10, SIZE_MAX);
    arena_init(&arena, NULL);
    arena.quota = &quota;
    assert_true(arena_charge(&arena, 10));
    assert_false(arena_charge(&arena, 1));
    assert_true(arena.failed);
    arena_free(&arena);
}

/* Look-ups by a map take the same steps, whatever the keys are and wherever it stands. */
static void steps_do_not_depend_on_addresses(void **state)
{
    (void)state;
    uint64_t steps[2];
    for (int turn = 0; turn < 2; turn++) {
        struct quota quota;
        struct arena arena;
        struct map map;
        void *moved = turn ? malloc(12345) : NULL;
        quota_init(&quota, UINT64_MAX, SIZE_MAX);
        arena_init(&arena, NULL);
        arena.quota = &quota;
        map_init(&map, &arena);
        for (uintptr_t i = 1; i <= 3000; i++) {
            struct text key = text_format(&arena, "%c%d", turn ? 'x' : 'y', (int)i);
            assert_true(map_put(&map, key, (void *)i));
        }
        for (uintptr_t i = 1; i <= 3000; i++) {
            char key[20];
            int length = snprintf(key, sizeof key, "%c%d", turn ? 'x' : 'y', (int)i);
            assert_ptr_equal(map_get(&map, (struct text){key, (size_t)length}), (void *)i);
        }
        steps[turn] = quota.steps;
        arena_free(&arena);
        free(moved);
    }
    assert_int_equal(steps[0], steps[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(steps_end),
                                       cmocka_unit_test(bytes_end),
                                       cmocka_unit_test(a_part_of_nothing_never_ends),
                                       cmocka_unit_test(parts_end_alone),
                                       cmocka_unit_test(arenas_are_charged),
                                       cmocka_unit_test(arenas_fail_when_it_ends),
                                       cmocka_unit_test(steps_do_not_depend_on_addresses)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
