/* SPDX-License-Identifier: Apache-2.0 */
#include "../cmocka_all.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "value/value.h"

static int setup(void **state)
{
    struct arena *arena = malloc(sizeof *arena);
    arena_init(arena, NULL);
    *state = arena;
    return 0;
}

static int teardown(void **state)
{
    arena_free(*state);
    free(*state);
    return 0;
}

static const struct cause *leaf(struct arena *arena, enum cause_kind kind, const char *name)
{
    struct cause *cause = ARENA_NEW(arena, struct cause);
    struct text text = text_copy(arena, text_of(name, TUOYU_NUL_TERMINATED));
    *cause = (struct cause){.kind = kind,
                            .code = kind == CAUSE_FACT ? TUOYU_ERROR_FACT_MISSING : TUOYU_ERROR_EVALUATION};
    *(kind == CAUSE_ERROR ? &cause->message : &cause->name) = text;
    return cause;
}

static void append_name(void *data, const struct cause *cause)
{
    struct text_builder *builder = data;
    text_append(builder, cause->kind == CAUSE_ERROR ? cause->message : cause->name);
    text_append_byte(builder, ' ');
}

static void assert_names(const struct cause *cause, const char *expected)
{
    struct text_builder builder;
    text_builder_init(&builder, NULL);
    text_append_literal(&builder, "");
    cause_visit(cause, append_name, &builder);
    assert_int_equal(builder.length, strlen(expected));
    assert_memory_equal(builder.length > 0 ? builder.bytes : "", expected, builder.length);
    text_builder_free(&builder);
}

static void reasons_are_kept_once_and_in_order(void **state)
{
    struct arena *arena = *state;
    const struct cause *a = leaf(arena, CAUSE_FACT, "a"), *b = leaf(arena, CAUSE_PARAMETER, "b");
    const struct cause *c = leaf(arena, CAUSE_ERROR, "c"), *a_again = leaf(arena, CAUSE_FACT, "a");
    assert_null(cause_join(arena, NULL, NULL));
    assert_ptr_equal(cause_join(arena, a, NULL), a);
    assert_ptr_equal(cause_join(arena, NULL, b), b);
    assert_ptr_equal(cause_join(arena, a, a_again), a);
    const struct cause *left = cause_join(arena, a, b), *right = cause_join(arena, c, a_again);
    assert_names(cause_join(arena, left, right), "a b c ");
    assert_names(cause_join(arena, right, left), "c a b ");
    assert_ptr_equal(cause_join(arena, left, left), left);
    assert_ptr_equal(cause_join(arena, left, b), left);
    assert_names(NULL, "");
}

/* Whether a fact or a parameter is among the reasons. */
static bool is_unknown(const struct cause *cause)
{
    if (!cause || cause->kind == CAUSE_ERROR)
        return false;
    return cause->kind != CAUSE_BOTH || is_unknown(cause->left) || is_unknown(cause->right);
}

static void unknown_and_error(void **state)
{
    struct arena *arena = *state;
    const struct cause *fact = leaf(arena, CAUSE_FACT, "a"), *error = leaf(arena, CAUSE_ERROR, "e");
    assert_false(is_unknown(NULL));
    assert_null(cause_first_error(NULL));
    assert_true(is_unknown(fact));
    assert_false(is_unknown(error));
    const struct cause *both = cause_join(arena, error, fact);
    assert_true(is_unknown(both));
    assert_ptr_equal(cause_first_error(both), error);
    assert_ptr_equal(cause_first_error(cause_join(arena, both, leaf(arena, CAUSE_ERROR, "later"))), error);
}

/* d(n+1) = d(n) * f + d(n): without care the tree has 2^n places. */
static void shared_causes_do_not_explode(void **state)
{
    struct arena *arena = *state;
    const struct cause *cause = leaf(arena, CAUSE_FACT, "start");
    for (int i = 0; i < 2000; i++) {
        char name[16];
        snprintf(name, sizeof name, "f%d", i % 40);
        cause = cause_join(arena, cause_join(arena, cause, leaf(arena, CAUSE_FACT, name)), cause);
    }
    size_t depth = 0;
    for (const struct cause *at = cause; at->kind == CAUSE_BOTH; at = at->left) {
        depth++;
    }
    assert_int_equal(depth, 40);
}

static void a_crowd_is_cut_but_what_decides_is_kept(void **state)
{
    struct arena *arena = *state;
    const struct cause *facts = NULL;
    char name[16];
    for (int i = 0; i < 1000; i++) {
        snprintf(name, sizeof name, "f%d", i);
        facts = cause_join(arena, facts, leaf(arena, CAUSE_FACT, name));
    }
    assert_null(cause_first_error(facts));
    const struct cause *with_error = cause_join(arena, facts, leaf(arena, CAUSE_ERROR, "e"));
    assert_non_null(cause_first_error(with_error));
    assert_true(is_unknown(with_error));
    const struct cause *right = cause_join(arena, leaf(arena, CAUSE_ERROR, "e"), facts);
    assert_non_null(cause_first_error(right));
    assert_true(is_unknown(right));
}

static void *refuse(void *context, void *pointer, size_t old_size, size_t new_size)
{
    (void)context;
    (void)pointer;
    (void)old_size;
    (void)new_size;
    return NULL;
}

static void without_memory_the_left_one_stays(void **state)
{
    struct arena *arena = *state, empty;
    const struct cause *a = leaf(arena, CAUSE_FACT, "a"), *b = leaf(arena, CAUSE_FACT, "b");
    arena_init(&empty, &(tuoyu_allocator){.reallocate = refuse});
    assert_ptr_equal(cause_join(&empty, a, b), a);
    assert_true(empty.failed);
    struct clock_time time = {0};
    struct date_time date_time = {0};
    assert_int_equal(value_cause(value_time(&empty, &time))->code, TUOYU_ERROR_NO_MEMORY);
    assert_int_equal(value_cause(value_date_time(&empty, &date_time))->code, TUOYU_ERROR_NO_MEMORY);
    arena_free(&empty);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(reasons_are_kept_once_and_in_order, setup, teardown),
        cmocka_unit_test_setup_teardown(unknown_and_error, setup, teardown),
        cmocka_unit_test_setup_teardown(shared_causes_do_not_explode, setup, teardown),
        cmocka_unit_test_setup_teardown(a_crowd_is_cut_but_what_decides_is_kept, setup, teardown),
        cmocka_unit_test_setup_teardown(without_memory_the_left_one_stays, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
