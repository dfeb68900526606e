/* SPDX-License-Identifier: Apache-2.0 */
/* A case holds what was given and nothing else: its bytes, the order of setting, refused memory, and that no
 * case sees the facts of another that was answered before it. */
#include "policy_fixture.h"

#include <stdio.h>

#include "../refusing_memory.h"

/* More facts than a case searches one by one, of each type; the definitions make the program large. */
enum { FACTS_A_KIND = 30, DEFINITIONS = 600, PACK_BYTES = 1 << 17, KINDS = 4 };

static const char *const TYPES[KINDS] = {"{type: integer}", "{type: string}", "{type: date}",
                                         "{type: boolean}"};

static char *wide_pack(void)
{
    char *text = malloc(PACK_BYTES);
    int at = snprintf(text, PACK_BYTES,
                      "tuoyu: 1\nid: cn.wide\ntitle: 宽\nauthority: 甲\nin_force: 2020-01-01..\n"
                      "facts:\n  f:\n");
    for (int i = 0; i < FACTS_A_KIND * KINDS; i++)
        at += snprintf(text + at, PACK_BYTES - (size_t)at, "    x%d: %s\n", i, TYPES[i % KINDS]);
    at += snprintf(text + at, PACK_BYTES - (size_t)at, "definitions:\n");
    for (int i = 0; i < DEFINITIONS; i++)
        at += snprintf(text + at, PACK_BYTES - (size_t)at, "  d%d: f.x0 + %d\n", i, i);
    snprintf(text + at, PACK_BYTES - (size_t)at,
             "pricing:\n  p: {title: 价, unit: CNY, steps: [{id: a, formula: d1, unit: CNY}]}\n"
             "eligibility:\n  e: {title: 格, all: [{id: s, when: 'f.x1 = \"甲\"', because: 是}]}\n");
    return text;
}

static int load_wide(void **state)
{
    char *text = wide_pack();
    tuoyu_policy *policy = NULL;
    const tuoyu_pack_text pack = {
        .name = "wide", .name_length = 4, .text = text, .text_length = strlen(text)};
    const tuoyu_load_options options = {.size = sizeof options, .allocator = &REFUSING};
    refuse(0, false);
    assert_int_equal(tuoyu_policy_load(&pack, 1, &options, &policy, NULL), TUOYU_OK);
    free(text);
    *state = policy;
    return 0;
}

static int unload_wide(void **state)
{
    tuoyu_policy_unref(*state);
    assert_int_equal(live_bytes, 0);
    assert_int_equal(live_blocks, 0);
    return 0;
}

/* ---- Help ---- */

static void set(tuoyu_case *facts, int fact, const char *text)
{
    char name[32];
    snprintf(name, sizeof name, "f.x%d", fact);
    assert_int_equal(tuoyu_case_set_text(facts, name, TUOYU_NUL_TERMINATED, text, TUOYU_NUL_TERMINATED, NULL),
                     TUOYU_OK);
}

static tuoyu_case *new_case(tuoyu_policy *policy)
{
    tuoyu_case *facts = NULL;
    assert_int_equal(tuoyu_case_new(policy, &facts), TUOYU_OK);
    return facts;
}

/* The receipt of a quote, which tells all facts that were given. */
static char *receipt_of(tuoyu_policy *policy, const tuoyu_case *facts)
{
    tuoyu_pricing *pricing = NULL;
    tuoyu_quote *quote = NULL;
    tuoyu_text *text = NULL;
    assert_int_equal(tuoyu_policy_pricing(policy, "p", 1, &pricing, NULL), TUOYU_OK);
    assert_int_equal(tuoyu_pricing_quote(pricing, facts, day("2025-01-01"), &quote, NULL), TUOYU_OK);
    assert_int_equal(tuoyu_answer_to_receipt(tuoyu_quote_answer(quote), &text), TUOYU_OK);
    char *copy = strcpy(malloc(tuoyu_text_length(text) + 1), tuoyu_text_bytes(text));
    tuoyu_text_free(text);
    tuoyu_quote_free(quote);
    tuoyu_pricing_unref(pricing);
    return copy;
}

static void assert_same_receipt(tuoyu_policy *policy, const tuoyu_case *left, const tuoyu_case *right)
{
    char *of_left = receipt_of(policy, left), *of_right = receipt_of(policy, right);
    assert_string_equal(of_left, of_right);
    free(of_left);
    free(of_right);
}

/* ---- Bytes ---- */

static void a_case_takes_the_bytes_of_what_was_given(void **state)
{
    size_t before = live_bytes;
    tuoyu_case *facts = new_case(*state);
    assert_true(live_bytes - before <= 64);
    set(facts, 0, "7");
    set(facts, 1, "甲");
    assert_true(live_bytes - before <= 512);
    for (int i = 0; i < FACTS_A_KIND * KINDS; i += KINDS)
        set(facts, i, "7");
    assert_true(live_bytes - before <= 64 * FACTS_A_KIND * KINDS);
    size_t filled = live_bytes;
    for (int i = 0; i < 1000; i++)
        set(facts, 1, i % 2 ? "甲" : "乙丙");
    for (int i = 0; i < 100; i++) {
        tuoyu_case_clear(facts);
        set(facts, 1, "乙丙");
        set(facts, 5, "甲");
    }
    assert_true(live_bytes - filled <= 64); /* it is used again and again, and grows no more */
    tuoyu_case_free(facts);
    assert_int_equal(live_bytes, before);
}

/* A thousand cases that were answered hold no thousand evaluations. */
static void answered_cases_share_one_evaluation(void **state)
{
    enum { CASES = 1000 };
    static tuoyu_case *cases[CASES];
    tuoyu_case *first = new_case(*state);
    free(receipt_of(*state, first)); /* makes the evaluation */
    size_t before = live_bytes;
    for (int i = 0; i < CASES; i++) {
        cases[i] = new_case(*state);
        set(cases[i], 0, "7");
        free(receipt_of(*state, cases[i]));
    }
    assert_true((live_bytes - before) / CASES <= 512);
    for (int i = 0; i < CASES; i++)
        tuoyu_case_free(cases[i]);
    assert_int_equal(live_bytes, before);
    tuoyu_case_free(first);
}

/* ---- Facts ---- */

static uint32_t next_random(uint32_t *seed)
{
    return (*seed = *seed * 1664525 + 1013904223) >> 8;
}

static const char *value_of(int fact, uint32_t choice)
{
    static const char *const VALUES[KINDS][5] = {
        {"0", "-7", "9999999999", "", "12"},
        {"甲", "𠮷田的一个很长的名字，长到要换一块内存", "a", "", "b c"},
        {"2024-02-29", "0001-01-01", "9999-12-31", "", "2025-01-01"},
        {"true", "false", "true", "", "false"}};
    return VALUES[fact % KINDS][choice % 5];
}

/* However facts were set, set again, taken back and forgotten: the case is that in which the last values were
 * set in order. */
static void only_the_last_values_count(void **state)
{
    uint32_t seed = 20250601;
    tuoyu_case *facts = new_case(*state);
    for (int round = 0; round < 150; round++) {
        const char *last[FACTS_A_KIND * KINDS] = {NULL};
        if (round % 3)
            tuoyu_case_clear(facts);
        for (int i = 0; i < FACTS_A_KIND * KINDS && round % 3 == 0; i++)
            set(facts, i, "");
        uint32_t sets = next_random(&seed) % (round % 2 ? 400 : 30);
        for (uint32_t i = 0; i < sets; i++) {
            int fact = (int)(next_random(&seed) % (FACTS_A_KIND * KINDS));
            last[fact] = value_of(fact, next_random(&seed));
            set(facts, fact, last[fact]);
        }
        tuoyu_case *plain = new_case(*state);
        for (int i = 0; i < FACTS_A_KIND * KINDS; i++)
            if (last[i])
                set(plain, i, last[i]);
        assert_same_receipt(*state, facts, plain);
        tuoyu_case_free(plain);
    }
    tuoyu_case_free(facts);
}

/* One evaluation serves all of them, and tells none of another's facts; nor those of one whose rule ended
 * with an error. */
static void no_case_sees_the_facts_of_another(void **state)
{
    tuoyu_policy *policy = *state;
    tuoyu_case *full = new_case(policy), *empty = new_case(policy);
    for (int i = 0; i < FACTS_A_KIND * KINDS; i++)
        set(full, i, value_of(i, 0));
    tuoyu_pricing *pricing = NULL;
    tuoyu_quote *quote = NULL;
    assert_int_equal(tuoyu_policy_pricing(policy, "p", 1, &pricing, NULL), TUOYU_OK);
    for (int round = 0; round < 5; round++) {
        free(receipt_of(policy, full));
        int32_t too_early = day("2019-12-31");
        assert_int_equal(tuoyu_pricing_quote(pricing, full, too_early, &quote, NULL), TUOYU_OK);
        assert_int_equal(tuoyu_answer_outcome(tuoyu_quote_answer(quote)), TUOYU_NOT_IN_FORCE);
        tuoyu_quote_free(quote);
        char *receipt = receipt_of(policy, empty);
        assert_non_null(strstr(receipt, "\"inputs\":{}"));
        assert_non_null(strstr(receipt, "f.x0"));
        free(receipt);
    }
    tuoyu_pricing_unref(pricing);
    tuoyu_case_free(full);
    tuoyu_case_free(empty);
}

/* ---- Refused memory ---- */

/* A fact that cannot be set for lack of memory is as it was, and can be set later. */
static void refused_memory_leaves_the_fact_as_it_was(void **state)
{
    for (int given = 0; given < 20; given++) {
        tuoyu_case *facts = new_case(*state), *same = new_case(*state);
        for (int i = 0; i < given; i++)
            set(facts, i * KINDS + 1, "甲"), set(same, i * KINDS + 1, "甲");
        static const char LONG[] = "一个比先前的都长的名字";
        for (size_t at = 1;; at++) {
            refuse(at, false);
            tuoyu_status status = tuoyu_case_set_text(facts, "f.x5", 4, LONG, sizeof LONG - 1, NULL);
            bool was = was_refused;
            refuse(0, false);
            if (!was)
                break;
            assert_int_equal(status, TUOYU_ERROR_NO_MEMORY);
            assert_same_receipt(*state, facts, same);
        }
        set(same, 5, LONG);
        assert_same_receipt(*state, facts, same);
        tuoyu_case_free(facts);
        tuoyu_case_free(same);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_case_takes_the_bytes_of_what_was_given, load_wide, unload_wide),
        cmocka_unit_test_setup_teardown(answered_cases_share_one_evaluation, load_wide, unload_wide),
        cmocka_unit_test_setup_teardown(only_the_last_values_count, load_wide, unload_wide),
        cmocka_unit_test_setup_teardown(no_case_sees_the_facts_of_another, load_wide, unload_wide),
        cmocka_unit_test_setup_teardown(refused_memory_leaves_the_fact_as_it_was, load_wide, unload_wide)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
