/* SPDX-License-Identifier: Apache-2.0 */
/* Evaluations on loan: each borrower has one of its own, what comes back is lent again, and no more are kept
 * than there are places; threads that borrow at once never hold the same one. */
#include "rules/evaluation_pool.h"

#include <pthread.h>

#include "../program/compiled_pack.h"
#include "../refusing_memory.h"

enum { BORROWERS = 3 * POOL_PLACES, THREADS = 8, LOANS = 20000 };

struct fixture {
    struct compiled pack;
    struct evaluation_pool pool;
};

static struct fixture fixture;
static const tuoyu_limits LIMITS = {.size = sizeof LIMITS};

static int open_pool(void **state)
{
    compile_good(&fixture.pack, PACK("t.a") "facts:\n  child:\n    fee: {type: integer}\n"
                                            "definitions:\n  doubled: child.fee * 2\n"
                                            "  large: count(for i in 1..child.fee return i)\n");
    evaluation_pool_init(&fixture.pool, &fixture.pack.layering->program, &REFUSING, &LIMITS);
    refuse(0, false);
    *state = &fixture;
    return 0;
}

static int close_pool(void **state)
{
    (void)state;
    evaluation_pool_free(&fixture.pool);
    compiled_free(&fixture.pack);
    assert_int_equal(live_bytes, 0);
    return 0;
}

static void each_borrower_has_its_own(void **state)
{
    (void)state;
    struct pooled_evaluation *lent[BORROWERS];
    char addresses[BORROWERS];
    for (int round = 0; round < 3; round++) {
        for (size_t i = 0; i < BORROWERS; i++) {
            lent[i] = evaluation_pool_lend(&fixture.pool, &addresses[i]);
            assert_non_null(lent[i]);
            for (size_t j = 0; j < i; j++)
                assert_ptr_not_equal(lent[i], lent[j]);
        }
        size_t all = live_blocks;
        for (size_t i = 0; i < BORROWERS; i++)
            evaluation_pool_take_back(&fixture.pool, lent[i], &addresses[i]);
        assert_true(live_blocks <= all / 3 + 1);
    }
}

static void what_comes_back_is_lent_again(void **state)
{
    (void)state;
    struct pooled_evaluation *first = evaluation_pool_lend(&fixture.pool, state);
    evaluation_pool_take_back(&fixture.pool, first, state);
    size_t blocks = live_blocks;
    for (size_t i = 0; i < 100; i++) { /* whoever asks, from whichever place */
        struct pooled_evaluation *again = evaluation_pool_lend(&fixture.pool, (const char *)state + 64 * i);
        assert_ptr_equal(again, first);
        evaluation_pool_take_back(&fixture.pool, again, (const char *)state + 64 * i);
    }
    assert_int_equal(live_blocks, blocks);
}

/* Values that took much memory do not make it the pool's for ever. */
static void an_extraordinary_case_is_let_go(void **state)
{
    uint32_t large = slot_named(&fixture.pack, "large"), doubled = slot_named(&fixture.pack, "doubled");
    struct pooled_evaluation *lent = evaluation_pool_lend(&fixture.pool, state);
    size_t small = live_bytes;
    struct value none = lent->facts[0];
    lent->facts[0] = value_integer(50000);
    evaluation_begin(&lent->evaluation, 19000, lent->facts);
    assert_true(value_equals(evaluation_value(&lent->evaluation, large), value_integer(50000)) == TRUTH_TRUE);
    lent->facts[0] = none;
    assert_true(live_bytes - small > 1 << 20);
    evaluation_pool_take_back(&fixture.pool, lent, state);
    assert_true(live_bytes - small <= 1 << 20);
    lent = evaluation_pool_lend(&fixture.pool, state);
    evaluation_begin(&lent->evaluation, 19000, lent->facts);
    assert_int_equal(evaluation_value(&lent->evaluation, doubled).kind, VALUE_NULL);
    evaluation_pool_take_back(&fixture.pool, lent, state);
}

static void refused_memory_gives_none_and_loses_none(void **state)
{
    for (size_t at = 1;; at++) {
        evaluation_pool_free(&fixture.pool);
        size_t before = live_bytes;
        refuse(at, false);
        struct pooled_evaluation *lent = evaluation_pool_lend(&fixture.pool, state);
        bool was = was_refused;
        refuse(0, false);
        if (lent)
            evaluation_pool_take_back(&fixture.pool, lent, state);
        else
            assert_int_equal(live_bytes, before);
        assert_int_equal(lent == NULL, was);
        if (!was)
            return;
    }
}

/* ---- Threads: this allocator counts nothing, so that it may be called by all of them ---- */

static void *plain_reallocate(void *context, void *pointer, size_t old_size, size_t new_size)
{
    (void)context;
    (void)old_size;
    if (new_size)
        return realloc(pointer, new_size);
    free(pointer);
    return NULL;
}

static struct evaluation_pool shared;
static atomic_int wrong;

static void *borrow(void *thread)
{
    int number = (int)(intptr_t)thread;
    uint32_t doubled = slot_named(&fixture.pack, "doubled");
    for (int i = 0; i < LOANS; i++) {
        struct pooled_evaluation *lent = evaluation_pool_lend(&shared, &number);
        struct value given = lent->facts[0];
        lent->facts[0] = value_integer(number * LOANS + i);
        evaluation_begin(&lent->evaluation, 19000, lent->facts);
        struct value got = evaluation_value(&lent->evaluation, doubled);
        if (value_equals(got, value_integer(2 * ((int64_t)number * LOANS + i))) != TRUTH_TRUE)
            wrong++;
        lent->facts[0] = given;
        evaluation_pool_take_back(&shared, lent, &number);
    }
    return NULL;
}

static void threads_never_hold_the_same_one(void **state)
{
    (void)state;
    pthread_t threads[THREADS];
    const tuoyu_allocator plain = {.reallocate = plain_reallocate};
    evaluation_pool_init(&shared, &fixture.pack.layering->program, &plain, &LIMITS);
    for (intptr_t i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, borrow, (void *)i), 0);
    for (size_t i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    assert_int_equal(wrong, 0);
    evaluation_pool_free(&shared);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_borrower_has_its_own, open_pool, close_pool),
        cmocka_unit_test_setup_teardown(what_comes_back_is_lent_again, open_pool, close_pool),
        cmocka_unit_test_setup_teardown(an_extraordinary_case_is_let_go, open_pool, close_pool),
        cmocka_unit_test_setup_teardown(refused_memory_gives_none_and_loses_none, open_pool, close_pool),
        cmocka_unit_test_setup_teardown(threads_never_hold_the_same_one, open_pool, close_pool)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
