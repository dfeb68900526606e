/* SPDX-License-Identifier: Apache-2.0 */
/* Quotes: what the vector files do not say, over the accessors; and properties that hold for every fee. */
#include "policy_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static tuoyu_policy *policy;

static int load_whole(void **state)
{
    (void)state;
    policy = load_file("tests/rules/packs/whole.yaml");
    return 0;
}

static int unload(void **state)
{
    (void)state;
    tuoyu_policy_unref(policy);
    return 0;
}

static void a_quote_shows_its_steps(void **state)
{
    (void)state;
    tuoyu_status status;
    tuoyu_decimal number;
    tuoyu_quote *quote = ask_quote(policy, "monthly_ceiling",
                                   "{income.annual: 60000, child.monthly_fee: 4100}", "2025-01-01", &status);
    const tuoyu_answer *answer = tuoyu_quote_answer(quote);
    assert_int_equal(tuoyu_answer_outcome(answer), TUOYU_DETERMINED);
    assert_string_equal(digits(tuoyu_quote_amount(quote, &number), &number), "4000");
    assert_string_equal(tuoyu_quote_unit(quote), "CNY/month");
    assert_int_equal(tuoyu_quote_step_count(quote), 2);
    assert_string_equal(tuoyu_quote_step_id(quote, 0), "income_monthly");
    assert_string_equal(tuoyu_quote_step_label(quote, 0, "zh"), "月均收入");
    assert_string_equal(tuoyu_quote_step_label(quote, 0, "en"), "monthly income");
    assert_string_equal(tuoyu_quote_step_value(quote, 0), "5000");
    assert_null(tuoyu_quote_step_id(quote, 2));
    assert_int_equal(tuoyu_quote_complies(quote), 0);
    assert_string_equal(digits(tuoyu_quote_excess(quote, &number), &number), "100");
    assert_int_equal(tuoyu_answer_missing_count(answer), 0);
    assert_int_equal(tuoyu_answer_citation_count(answer), 4);
    assert_string_equal(tuoyu_answer_citation_name(answer, 0), "monthly_ceiling");
    assert_string_equal(tuoyu_answer_citation_text(answer, 2), "价格通知 第二条");
    assert_int_equal(tuoyu_answer_citation_standing(answer, 2), TUOYU_CITED);
    tuoyu_quote_free(quote);
}

static void an_undetermined_quote_says_what_to_ask_for(void **state)
{
    (void)state;
    tuoyu_status status;
    tuoyu_decimal number;
    tuoyu_quote *quote = ask_quote(policy, "monthly_ceiling", "{}", "2025-01-01", &status);
    const tuoyu_answer *answer = tuoyu_quote_answer(quote);
    assert_int_equal(tuoyu_answer_outcome(answer), TUOYU_UNDETERMINED);
    assert_int_equal(tuoyu_quote_amount(quote, &number), TUOYU_ERROR_NOT_FOUND);
    assert_int_equal(tuoyu_answer_missing_count(answer), 1);
    assert_string_equal(tuoyu_answer_missing_name(answer, 0), "income.annual");
    assert_int_equal(tuoyu_answer_missing_code(answer, 0), TUOYU_ERROR_FACT_MISSING);
    assert_string_equal(tuoyu_answer_missing_label(answer, 0, "en"), "annual income per head");
    assert_null(tuoyu_answer_missing_name(answer, 1));
    assert_string_equal(tuoyu_quote_step_value(quote, 0), "");
    assert_int_equal(tuoyu_quote_complies(quote), -1);
    assert_int_equal(tuoyu_quote_excess(quote, &number), TUOYU_ERROR_NOT_FOUND);
    tuoyu_quote_free(quote);
}

/* The fee complies exactly up to the amount; the excess is what is above it. In fen, by integers. */
static void every_fee_around_the_ceiling(void **state)
{
    (void)state;
    for (long fee = 399990; fee <= 400010; fee++) {
        char facts[200];
        tuoyu_status status;
        tuoyu_decimal excess;
        int64_t fen = -1;
        snprintf(facts, sizeof facts, "{income.annual: 60000, child.monthly_fee: %ld.%02ld}", fee / 100,
                 fee % 100);
        tuoyu_quote *quote = ask_quote(policy, "monthly_ceiling", facts, "2025-01-01", &status);
        assert_int_equal(tuoyu_quote_complies(quote), fee <= 400000);
        assert_int_equal(tuoyu_quote_excess(quote, &excess), TUOYU_OK);
        assert_int_equal(tuoyu_decimal_to_int64(&excess, 2, &fen), TUOYU_OK);
        assert_int_equal(fen, fee <= 400000 ? 0 : fee - 400000);
        tuoyu_quote_free(quote);
    }
}

/* round half up(income / 12) and 80% of it, against integers: incomes in fen, ties included. */
static void rounding_by_an_oracle(void **state)
{
    (void)state;
    for (long income = 1; income < 4000; income += 7) {
        char facts[200];
        tuoyu_status status;
        tuoyu_decimal amount;
        int64_t fen = -1;
        snprintf(facts, sizeof facts, "{income.annual: %ld.%02ld}", income / 100, income % 100);
        tuoyu_quote *quote = ask_quote(policy, "monthly_ceiling", facts, "2025-01-01", &status);
        long monthly = (income * 2 + 12) / 24;          /* half up of income / 12 */
        long expected = (monthly * 80 * 2 + 100) / 200; /* half up of 80% of it */
        assert_int_equal(tuoyu_quote_amount(quote, &amount), TUOYU_OK);
        assert_int_equal(tuoyu_decimal_to_int64(&amount, 2, &fen), TUOYU_OK);
        assert_int_equal(fen, expected);
        tuoyu_quote_free(quote);
    }
}

static void not_in_force_names_the_days(void **state)
{
    (void)state;
    tuoyu_pricing *pricing = NULL;
    tuoyu_quote *quote = NULL;
    tuoyu_text *json = NULL;
    tuoyu_decimal amount;
    tuoyu_case *facts = make_case(policy, "{}");
    assert_int_equal(tuoyu_policy_pricing(policy, "monthly_ceiling", TUOYU_NUL_TERMINATED, &pricing, NULL),
                     TUOYU_OK);
    assert_int_equal(tuoyu_pricing_quote(pricing, facts, day("2026-01-01"), &quote, NULL), TUOYU_OK);
    assert_int_equal(tuoyu_answer_outcome(tuoyu_quote_answer(quote)), TUOYU_NOT_IN_FORCE);
    assert_int_equal(tuoyu_quote_amount(quote, &amount), TUOYU_ERROR_NOT_FOUND);
    assert_int_equal(tuoyu_quote_complies(quote), -1);
    assert_int_equal(tuoyu_answer_missing_count(tuoyu_quote_answer(quote)), 0);
    assert_int_equal(tuoyu_answer_to_json(tuoyu_quote_answer(quote), &json), TUOYU_OK);
    assert_non_null(
        strstr(tuoyu_text_bytes(json), "\"outcome\":\"not_in_force\",\"in_force_until\":\"2025-12-31\""));
    tuoyu_text_free(json);
    tuoyu_quote_free(quote);
    tuoyu_case_free(facts);
    tuoyu_pricing_unref(pricing);
}

static void an_amount_that_is_null_is_an_error(void **state)
{
    (void)state;
    tuoyu_status status;
    tuoyu_policy *one = load_sections("facts: {child: {aid: {type: number, nullable: true}}}\n"
                                      "pricing: {p: {title: P, unit: CNY, cite: s 1, amount: child.aid}}\n");
    assert_null(ask_quote(one, "p", "{child.aid: null}", "2025-01-01", &status));
    assert_int_equal(status, TUOYU_ERROR_EVALUATION);
    tuoyu_quote *quote = ask_quote(one, "p", "{}", "2025-01-01", &status);
    assert_int_equal(tuoyu_answer_outcome(tuoyu_quote_answer(quote)), TUOYU_UNDETERMINED);
    tuoyu_quote_free(quote);
    tuoyu_policy_unref(one);
}

/* Against integers: random bounds of both kinds, each with or without a condition, over a random formula and
 * fee. */
static void bounds_against_integers(void **state)
{
    (void)state;
    static const char SECTIONS[] = "facts: {f: {base: {type: money, unit: CNY}, fee: {type: money, unit: "
                                   "CNY}, a: {type: money, unit: CNY}, b: {type: "
                                   "money, unit: CNY}, c: {type: money, unit: CNY}, d: {type: money, unit: "
                                   "CNY}, use_b: {type: boolean}, use_d: {type: "
                                   "boolean}}}\n"
                                   "pricing: {p: {title: P, unit: CNY, cite: s 1, amount: f.base, charged: "
                                   "f.fee, bounds: [{id: a, at_most: f.a}, "
                                   "{id: b, at_most: f.b, when: f.use_b}, {id: c, at_least: f.c}, {id: d, "
                                   "at_least: f.d, when: f.use_d}]}}\n";
    tuoyu_policy *bounded = load_sections(SECTIONS);
    uint32_t seed = 7;
    for (int round = 0; round < 3000; round++) {
        int number[6], use[2];
        for (int i = 0; i < 6; i++)
            number[i] = (int)((seed = seed * 1103515245U + 12345U) >> 16) % 6;
        for (int i = 0; i < 2; i++)
            use[i] = (int)((seed = seed * 1103515245U + 12345U) >> 16) % 2;
        int amount = number[0], most = 99, least = -1;
        const char *binding = "none", *above = "amount", *below = NULL;
        const struct {
            const char *id;
            int limit, applies, is_upper;
        } BOUNDS[] = {{"c", number[4], 1, 0},
                      {"d", number[5], use[1], 0},
                      {"a", number[2], 1, 1},
                      {"b", number[3], use[0], 1}};
        for (int i = 0; i < 4; i++) {
            if (!BOUNDS[i].applies ||
                (BOUNDS[i].is_upper ? BOUNDS[i].limit >= amount : BOUNDS[i].limit <= amount))
                continue;
            amount = BOUNDS[i].limit;
            binding = above = BOUNDS[i].id;
        }
        most = amount;
        for (int i = 0; i < 2; i++)
            if (BOUNDS[i].applies && BOUNDS[i].limit > least) {
                least = BOUNDS[i].limit;
                below = BOUNDS[i].id;
            }
        char facts[200];
        tuoyu_status status;
        tuoyu_decimal decimal;
        snprintf(facts, sizeof facts,
                 "f: {base: %d, fee: %d, a: %d, b: %d, c: %d, d: %d, use_b: %s, use_d: %s}", number[0],
                 number[1], number[2], number[3], number[4], number[5], use[0] ? "true" : "false",
                 use[1] ? "true" : "false");
        tuoyu_quote *quote = ask_quote(bounded, "p", facts, "2025-01-01", &status);
        char text[16], excess[16], shortfall[16];
        int fee = number[1];
        bool is_above = fee > most, is_below = fee < least;
        snprintf(text, sizeof text, "%d", amount);
        snprintf(excess, sizeof excess, "%d", is_above ? fee - most : 0);
        snprintf(shortfall, sizeof shortfall, "%d", !is_above && is_below ? least - fee : 0);
        assert_string_equal(digits(tuoyu_quote_amount(quote, &decimal), &decimal), text);
        assert_string_equal(tuoyu_quote_binding(quote) ? tuoyu_quote_binding(quote) : "none", binding);
        assert_int_equal(tuoyu_quote_complies(quote), !is_above && !is_below);
        assert_string_equal(digits(tuoyu_quote_excess(quote, &decimal), &decimal), excess);
        assert_string_equal(digits(tuoyu_quote_shortfall(quote, &decimal), &decimal), shortfall);
        const char *breaks = is_above ? above : is_below ? below : "none";
        assert_string_equal(tuoyu_quote_breaks(quote) ? tuoyu_quote_breaks(quote) : "none", breaks);
        tuoyu_quote_free(quote);
    }
    tuoyu_policy_unref(bounded);
}

static void a_bound_is_said_in_words(void **state)
{
    (void)state;
    static const char SECTIONS[] = "facts: {f: {fee: {type: money, unit: CNY}}}\n"
                                   "pricing: {p: {title: P, unit: CNY, cite: s 1, amount: 20, charged: "
                                   "f.fee, bounds: [{id: top, at_most: 10, label: "
                                   "{zh: 最高限价, en: the ceiling}}, {id: low, at_least: 5}]}}\n";
    tuoyu_status status;
    tuoyu_policy *bounded = load_sections(SECTIONS);
    tuoyu_quote *quote = ask_quote(bounded, "p", "f.fee: 12", "2025-01-01", &status);
    assert_text(tuoyu_quote_answer(quote), "zh", "由限额决定（最高限价）");
    assert_text(tuoyu_quote_answer(quote), "en", "it is too high by 2.00 CNY (the ceiling)");
    tuoyu_quote_free(quote);
    quote = ask_quote(bounded, "p", "f.fee: 4", "2025-01-01", &status);
    assert_text(tuoyu_quote_answer(quote), "zh",
                "  由限额决定（最高限价）\n最低应收：5.00 元\n实际收费：4.00 元\n结论：不符合规定，低了 1.00 "
                "元（low）");
    tuoyu_quote_free(quote);
    tuoyu_policy_unref(bounded);
}

/* How many findings a rule that loads has; the first is a warning that says this. */
static void assert_warned(const char *rule, const char *says)
{
    char sections[1000];
    snprintf(sections, sizeof sections,
             "facts: {c: {fee: {type: money, unit: CNY}}}\npricing: {p: {title: P, unit: CNY, %s}}\n", rule);
    char *text = pack_of(sections);
    tuoyu_pack_text pack = {.name = "pack.yaml",
                            .name_length = TUOYU_NUL_TERMINATED,
                            .text = text,
                            .text_length = TUOYU_NUL_TERMINATED};
    tuoyu_policy *warned = NULL;
    tuoyu_diagnostics *diagnostics;
    tuoyu_diagnostic finding;
    assert_int_equal(tuoyu_diagnostics_new(NULL, &diagnostics), TUOYU_OK);
    assert_int_equal(tuoyu_policy_load(&pack, 1, NULL, &warned, diagnostics), TUOYU_OK);
    assert_int_equal(tuoyu_diagnostics_count(diagnostics), says ? 1 : 0);
    if (says) {
        assert_int_equal(tuoyu_diagnostics_get(diagnostics, 0, &finding), TUOYU_OK);
        assert_non_null(strstr(finding.message, says));
    }
    tuoyu_diagnostics_free(diagnostics);
    tuoyu_policy_unref(warned);
    free(text);
}

static void a_number_of_a_step_needs_a_source(void **state)
{
    (void)state;
    assert_warned("steps: [{id: a, formula: c.fee + 35}]", "35 in `a` has no source");
    assert_warned("cite: s 1, steps: [{id: a, formula: c.fee + 35}]", NULL);
    assert_warned("steps: [{id: a, formula: c.fee + 35, cite: s 2}]", NULL);
    assert_warned("steps: [{id: a, formula: c.fee + 100}]", NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_quote_shows_its_steps),
        cmocka_unit_test(a_number_of_a_step_needs_a_source),
        cmocka_unit_test(an_undetermined_quote_says_what_to_ask_for),
        cmocka_unit_test(every_fee_around_the_ceiling),
        cmocka_unit_test(rounding_by_an_oracle),
        cmocka_unit_test(not_in_force_names_the_days),
        cmocka_unit_test(an_amount_that_is_null_is_an_error),
        cmocka_unit_test(bounds_against_integers),
        cmocka_unit_test(a_bound_is_said_in_words),
    };
    return cmocka_run_group_tests(tests, load_whole, unload);
}
