/* SPDX-License-Identifier: Apache-2.0 */
/* The limits of an evaluation, in bytes and in steps: a case needs the same of them whatever came before it,
 * and at one less it ends with an error that names the limit and what to do. */
#include "policy_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../refusing_memory.h"

static const char PACK[] = "tests/rules/packs/long_work.yaml";

/* ---- Cases ---- */

struct asked {
    tuoyu_status status;
    char finding[600];
};

static tuoyu_policy *load(size_t bytes, size_t steps)
{
    char *text = source_file(PACK);
    tuoyu_policy *policy = NULL;
    const tuoyu_limits limits = {.size = sizeof limits, .bytes = bytes, .steps = steps};
    const tuoyu_load_options options = {.size = sizeof options, .allocator = &REFUSING, .limits = &limits};
    const tuoyu_pack_text pack = {"pack", 4, text, strlen(text)};
    refuse(0, false);
    assert_int_equal(tuoyu_policy_load(&pack, 1, &options, &policy, NULL), TUOYU_OK);
    free(text);
    return policy;
}

static struct asked ask(tuoyu_policy *policy, const char *name, int items)
{
    char facts[100];
    struct asked asked = {.finding = ""};
    tuoyu_pricing *rule = NULL;
    tuoyu_quote *quote = NULL;
    tuoyu_diagnostics *diagnostics = NULL;
    tuoyu_diagnostic finding;
    snprintf(facts, sizeof facts, "{child: {items: %d, turns: %d, fee: 7}}", items, items);
    tuoyu_case *given = make_case(policy, facts);
    assert_int_equal(tuoyu_diagnostics_new(NULL, &diagnostics), TUOYU_OK);
    assert_int_equal(tuoyu_policy_pricing(policy, name, TUOYU_NUL_TERMINATED, &rule, NULL), TUOYU_OK);
    asked.status = tuoyu_pricing_quote(rule, given, day("2025-01-01"), &quote, diagnostics);
    if (tuoyu_diagnostics_get(diagnostics, 0, &finding) == TUOYU_OK)
        snprintf(asked.finding, sizeof asked.finding, "%u: %s (%s)", finding.line, finding.message,
                 finding.hint);
    tuoyu_quote_free(quote);
    tuoyu_pricing_unref(rule);
    tuoyu_case_free(given);
    tuoyu_diagnostics_free(diagnostics);
    return asked;
}

/* The least limit with which the case is answered, asked alone. */
static size_t least(bool by_bytes, int items)
{
    size_t low = 0, high = 16000000;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        tuoyu_policy *policy = load(by_bytes ? middle : SIZE_MAX, by_bytes ? SIZE_MAX : middle);
        bool is_enough = ask(policy, "items", items).status == TUOYU_OK;
        tuoyu_policy_unref(policy);
        *(is_enough ? &high : &low) = middle;
    }
    return high;
}

static void a_case_needs_the_same_whatever_came_before(void **state)
{
    (void)state;
    static const int ITEMS[] = {0, 1, 40, 700, 5000};
    for (int by_bytes = 0; by_bytes < 2; by_bytes++)
        for (size_t i = 0; i < 5; i++) {
            size_t enough = least(by_bytes, ITEMS[i]);
            for (size_t less = 0; less < 2; less++) {
                size_t most = enough - less;
                tuoyu_policy *policy = load(by_bytes ? most : SIZE_MAX, by_bytes ? SIZE_MAX : most);
                for (int before = 0; before < 12; before++) {
                    struct asked asked = ask(policy, "items", ITEMS[i]);
                    assert_int_equal(asked.status, less ? TUOYU_ERROR_LIMIT : TUOYU_OK);
                    (void)ask(policy, "items", (before * 977) % 20000); /* leaves chunks of other sizes */
                }
                tuoyu_policy_unref(policy);
            }
        }
    assert_int_equal(live_blocks, 0);
}

static void the_message_names_the_limit(void **state)
{
    (void)state;
    for (int by_bytes = 0; by_bytes < 2; by_bytes++) {
        tuoyu_policy *policy = load(by_bytes ? 60000 : 0, by_bytes ? 0 : 3000);
        struct asked asked = ask(policy, "items", 20000);
        assert_int_equal(asked.status, TUOYU_ERROR_LIMIT);
        const char *says = by_bytes
                               ? "19: the evaluation takes more than 60000 bytes of memory (make lists and "
                                 "texts smaller, or raise the limit bytes)"
                               : "19: the evaluation takes more than 3000 steps: make it smaller, or raise "
                                 "the limit steps ()";
        if (!strstr(asked.finding, says))
            fail_msg("%s", asked.finding);
        tuoyu_policy_unref(policy);
    }
}

/* At the default limits no case makes the library hold more than 32 MiB, and each is answered or refused. */
static void the_defaults_keep_memory_low(void **state)
{
    (void)state;
    tuoyu_policy *policy = load(0, 0);
    size_t before = live_bytes;
    int refused = 0;
    for (int items = 1; items <= 90000; items = items * 3 + 1) {
        struct asked asked = ask(policy, "items", items);
        assert_true(asked.status == TUOYU_OK || asked.status == TUOYU_ERROR_LIMIT);
        refused += asked.status != TUOYU_OK;
        assert_true(live_bytes - before <= 2 << 20); /* what is kept for the next case */
    }
    assert_true(refused > 0);
    tuoyu_policy_unref(policy);
}

/* A null that came of the limit decides nothing; what the other side decides stays decided. */
static void one_side_may_decide(void **state)
{
    (void)state;
    tuoyu_policy *policy = load(60000, 0);
    tuoyu_status status;
    tuoyu_verdict *verdict =
        ask_verdict(policy, "either", "{child: {fee: 3, items: 20000}}", "2025-01-01", &status);
    assert_int_equal(status, TUOYU_ERROR_LIMIT);
    assert_null(verdict);
    verdict = ask_verdict(policy, "either", "{child: {fee: 6, items: 20000}}", "2025-01-01", &status);
    assert_int_equal(status, TUOYU_OK);
    assert_int_equal(tuoyu_verdict_decision(verdict), TUOYU_ELIGIBLE);
    tuoyu_verdict_free(verdict);
    tuoyu_policy_unref(policy);
}

/* ---- Expressions ---- */

static void an_expression_ends_in_null(void **state)
{
    (void)state;
    static const char *const LARGE[] = {
        "for i in 1..50000 return {a: i}", "string join(for i in 1..50000 return \"abcdefgh\")",
        "count(for i in 1..50000 return {a: i}) > 0 or true", "[for i in 1..50000 return {a: i}, 1][2]",
        "sort(for i in 1..50000 return -i, function(x, y) x < y)"};
    for (size_t i = 0; i < sizeof LARGE / sizeof *LARGE; i++) {
        tuoyu_expression *expression = NULL;
        tuoyu_value *value = NULL;
        tuoyu_diagnostics *diagnostics = NULL;
        tuoyu_diagnostic finding;
        const tuoyu_limits limits = {.size = sizeof limits, .bytes = 100000};
        const tuoyu_expression_options options = {
            .size = sizeof options, .allocator = &REFUSING, .limits = &limits};
        assert_int_equal(tuoyu_diagnostics_new(NULL, &diagnostics), TUOYU_OK);
        assert_int_equal(tuoyu_expression_parse(LARGE[i], TUOYU_NUL_TERMINATED, NULL, NULL, 0, &options,
                                                &expression, NULL),
                         TUOYU_OK);
        assert_int_equal(tuoyu_expression_evaluate(expression, NULL, 0, NULL, &value, diagnostics), TUOYU_OK);
        assert_int_equal(tuoyu_value_kind(value), TUOYU_VALUE_NULL);
        assert_int_equal(tuoyu_diagnostics_count(diagnostics), 1);
        assert_int_equal(tuoyu_diagnostics_get(diagnostics, 0, &finding), TUOYU_OK);
        assert_int_equal(finding.code, TUOYU_ERROR_LIMIT);
        assert_int_equal(finding.severity, TUOYU_SEVERITY_WARNING);
        assert_string_equal(finding.message, "the evaluation takes more than 100000 bytes of memory");
        assert_non_null(strstr(finding.hint, "raise the limit bytes"));
        tuoyu_value_unref(value);
        tuoyu_expression_unref(expression);
        tuoyu_diagnostics_free(diagnostics);
    }
    assert_int_equal(live_blocks, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_case_needs_the_same_whatever_came_before),
        cmocka_unit_test(the_message_names_the_limit), cmocka_unit_test(the_defaults_keep_memory_low),
        cmocka_unit_test(one_side_may_decide), cmocka_unit_test(an_expression_ends_in_null)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
