/* SPDX-License-Identifier: Apache-2.0 */
/* Versions of one pack, loaded together: the as-of date chooses the rule, and an old decision comes out as it
 * was. */
#include "policy_fixture.h"

#include <stdlib.h>
#include <string.h>

#define VERSION(period, amount, more)                                                                       \
    "tuoyu: 1\nid: cn.city\ntitle: 市\nin_force: " period "\nsources: {law: {title: 办法}}\n"             \
    "facts: {child: {fee: {type: money, unit: CNY/month}}, staff: {certified: {type: boolean}}}\n"          \
    "parameters: {limit: {unit: CNY/month, cite: law 第" amount                                             \
    "条, standing: cited, values: {2020-01-01: {value: " amount "}}}}\n"                                    \
    "pricing: {ceiling: {title: 上限" amount                                                                \
    ", unit: CNY/month, cite: law 一, amount: limit, charged: child.fee}}\n"                               \
    "eligibility: {low: {title: 低, cite: law 二, all: [{id: low, when: child.fee <= limit, because: "    \
    "低}]}}\n"                                                                                             \
    "cost_sharing: {split: {title: 分, unit: CNY/month, cite: law 三, of: limit, payers: [{id: city" amount \
    ", rate: 1}], budget: {of: limit + 50, when_short: stop}}}\n"                                           \
    "indicators: {rate: {title: 率, unit: percent, cite: law 四, ratio: {numerator: {of: staff, count: "  \
    "staff.certified}, denominator: {of: staff, count: true}}, target: {at_least: limit / 1000}}}\n" more
#define FIRST VERSION("2023-01-01..2023-12-31", "100", "")
#define SECOND VERSION("2024-01-01..2024-12-31", "200", "")
#define THIRD                                                                                           \
    VERSION("2026-01-01..", "300",                                                                      \
            "examples: [{name: n, rule: ceiling, as_of: 2026-01-01, expect: {amount: 300}}, {name: o, " \
            "rule: ceiling, as_of: 2023-01-01, expect: {amount: 100}}]\n")

static const struct {
    const char *day, *amount;
} DAYS[] = {{"2023-01-01", "100"},
            {"2023-12-31", "100"},
            {"2024-01-01", "200"},
            {"2024-12-31", "200"},
            {"2026-01-01", "300"}};

static void the_day_chooses_the_rule(void **state)
{
    (void)state;
    static const char *const ORDERS[][3] = {
        {FIRST, SECOND, THIRD}, {THIRD, FIRST, SECOND}, {SECOND, THIRD, FIRST}};
    for (size_t i = 0; i < 3; i++) {
        tuoyu_policy *policy = load_packs(ORDERS[i][0], ORDERS[i][1], ORDERS[i][2], NULL);
        assert_int_equal(tuoyu_policy_rule_count(policy),
                         4); /* a rule is one, however many versions it has */
        for (size_t k = 0; k < sizeof DAYS / sizeof *DAYS; k++) {
            tuoyu_status status;
            tuoyu_decimal amount;
            tuoyu_quote *quote = ask_quote(policy, "ceiling", "{child.fee: 150}", DAYS[k].day, &status);
            assert_non_null(quote);
            assert_string_equal(digits(tuoyu_quote_amount(quote, &amount), &amount), DAYS[k].amount);
            assert_int_equal(tuoyu_quote_complies(quote), strcmp(DAYS[k].amount, "100") != 0);
            tuoyu_quote_free(quote);
            tuoyu_split *split = ask_split(policy, "split", "{}", DAYS[k].day, &status);
            assert_string_equal(tuoyu_split_line_payer(split, 0) + strlen("city"), DAYS[k].amount);
            tuoyu_split_free(split);
            tuoyu_verdict *verdict =
                ask_verdict(policy, "cn.city:low", "{child.fee: 150}", DAYS[k].day, &status);
            assert_int_equal(tuoyu_verdict_decision(verdict),
                             strcmp(DAYS[k].amount, "100") ? TUOYU_ELIGIBLE : TUOYU_INELIGIBLE);
            tuoyu_verdict_free(verdict);
        }
        tuoyu_policy_unref(policy);
    }
}

static void indicators_by_day(void **state)
{
    (void)state;
    tuoyu_policy *policy = load_packs(FIRST, SECOND, THIRD, NULL);
    tuoyu_indicator *indicator;
    assert_int_equal(tuoyu_policy_indicator(policy, "rate", TUOYU_NUL_TERMINATED, &indicator, NULL),
                     TUOYU_OK);
    tuoyu_case *row = make_case(policy, "{staff.certified: true}");
    for (size_t k = 0; k < sizeof DAYS / sizeof *DAYS; k++) {
        tuoyu_tally *tally;
        tuoyu_measure *measure;
        tuoyu_decimal target;
        assert_int_equal(tuoyu_indicator_tally(indicator, day(DAYS[k].day), &tally, NULL), TUOYU_OK);
        assert_int_equal(tuoyu_tally_add(tally, "staff", TUOYU_NUL_TERMINATED, row, NULL), TUOYU_OK);
        assert_int_equal(tuoyu_tally_measure(tally, NULL, 0, NULL, 0, &measure, NULL), TUOYU_OK);
        const char *shown = digits(tuoyu_measure_target(measure, &target), &target);
        assert_true(shown[0] == DAYS[k].amount[0] && strcmp(shown + 1, "0") == 0); /* 10, 20, 30 percent */
        tuoyu_measure_free(measure);
        tuoyu_tally_free(tally);
    }
    tuoyu_case_free(row);
    tuoyu_indicator_unref(indicator);
    tuoyu_policy_unref(policy);
}

/* A day opens the budget of the version that is in force then. */
static void budgets_by_day(void **state)
{
    (void)state;
    tuoyu_policy *policy = load_packs(FIRST, SECOND, THIRD, NULL);
    tuoyu_cost_sharing *rule;
    tuoyu_case *facts = make_case(policy, "{}");
    assert_int_equal(tuoyu_policy_cost_sharing(policy, "split", TUOYU_NUL_TERMINATED, &rule, NULL), TUOYU_OK);
    for (size_t k = 0; k < sizeof DAYS / sizeof *DAYS; k++) {
        tuoyu_budget *budget;
        tuoyu_payout *payout;
        tuoyu_decimal number;
        assert_int_equal(tuoyu_cost_sharing_budget(rule, NULL, day(DAYS[k].day), &budget, NULL), TUOYU_OK);
        assert_int_equal(tuoyu_budget_add(budget, "a", 1, facts, NULL), TUOYU_OK);
        assert_int_equal(tuoyu_budget_add(budget, "b", 1, facts, NULL), TUOYU_OK);
        assert_int_equal(tuoyu_budget_pay(budget, &payout, NULL), TUOYU_OK);
        assert_string_equal(digits(tuoyu_payout_paid(payout, &number), &number), DAYS[k].amount);
        assert_string_equal(digits(tuoyu_payout_left(payout, &number), &number), "50");
        tuoyu_payout_free(payout);
        tuoyu_budget_free(budget);
    }
    tuoyu_case_free(facts);
    tuoyu_cost_sharing_unref(rule);
    tuoyu_policy_unref(policy);
}

/* The text of an answer that says when the rule is in force. */
static void assert_not_in_force(tuoyu_policy *policy, const char *date, const char *says)
{
    tuoyu_pricing *pricing;
    tuoyu_quote *quote;
    tuoyu_text *text;
    assert_int_equal(tuoyu_policy_pricing(policy, "ceiling", TUOYU_NUL_TERMINATED, &pricing, NULL), TUOYU_OK);
    tuoyu_case *facts = make_case(policy, "{}");
    assert_int_equal(tuoyu_pricing_quote(pricing, facts, day(date), &quote, NULL), TUOYU_OK);
    assert_int_equal(tuoyu_answer_outcome(tuoyu_quote_answer(quote)), TUOYU_NOT_IN_FORCE);
    assert_int_equal(tuoyu_answer_to_text(tuoyu_quote_answer(quote), "en", false, &text), TUOYU_OK);
    assert_non_null(strstr(tuoyu_text_bytes(text), says));
    tuoyu_text_free(text);
    tuoyu_case_free(facts);
    tuoyu_quote_free(quote);
    tuoyu_pricing_unref(pricing);
}

static void outside_all_versions(void **state)
{
    (void)state;
    tuoyu_policy *policy = load_packs(THIRD, FIRST, SECOND, NULL);
    assert_not_in_force(policy, "2022-12-31", "it is from 1 January 2023");
    assert_not_in_force(policy, "2025-01-01", "it is until 31 December 2024");
    assert_not_in_force(policy, "2025-12-31", "it is until 31 December 2024");
    tuoyu_policy_unref(policy);
}

static char *receipt_of(tuoyu_policy *policy, const char *date)
{
    tuoyu_status status;
    tuoyu_text *text;
    tuoyu_quote *quote = ask_quote(policy, "ceiling", "{child.fee: 150}", date, &status);
    assert_int_equal(tuoyu_answer_to_json(tuoyu_quote_answer(quote), &text), TUOYU_OK);
    char *copy = malloc(tuoyu_text_length(text) + 1);
    memcpy(copy, tuoyu_text_bytes(text), tuoyu_text_length(text) + 1);
    tuoyu_text_free(text);
    tuoyu_quote_free(quote);
    return copy;
}

/* What the first version alone answered, it answers with all that came after it. */
static void an_old_decision_stays_as_it_was(void **state)
{
    (void)state;
    tuoyu_policy *then = load_packs(FIRST, NULL), *now = load_packs(SECOND, THIRD, FIRST, NULL);
    char *old = receipt_of(then, "2023-06-30"), *again = receipt_of(now, "2023-06-30"),
         *later = receipt_of(now, "2024-06-30");
    assert_string_equal(old, again);
    assert_true(strcmp(old, later) != 0);
    free(old);
    free(again);
    free(later);
    tuoyu_policy_unref(then);
    tuoyu_policy_unref(now);
}

static void examples_of_each_version(void **state)
{
    (void)state;
    tuoyu_policy *policy = load_packs(FIRST, SECOND, THIRD, NULL);
    assert_int_equal(tuoyu_policy_example_count(policy), 2);
    for (size_t i = 0; i < 2; i++) {
        bool passed = false;
        assert_int_equal(tuoyu_policy_example_run(policy, i, &passed, NULL), TUOYU_OK);
        assert_true(passed);
    }
    tuoyu_policy_unref(policy);
}

/* Explanations pass over the choice of a version: below the lower pack's rule stands the number itself. */
static void explanations_show_the_version(void **state)
{
    (void)state;
    static const char BELOW[] =
        "tuoyu: 1\nid: cn.district\ntitle: 区\nin_force: 2023-01-01..\nuses: [cn.city]\n"
        "pricing: {twice: {title: 两倍, unit: CNY/month, cite: law 五, amount: limit * 2}}\n";
    tuoyu_policy *policy = load_packs(FIRST, SECOND, THIRD, BELOW, NULL);
    tuoyu_status status;
    tuoyu_quote *quote = ask_quote(policy, "twice", "{}", "2024-06-01", &status);
    assert_text(tuoyu_quote_answer(quote), "zh",
                "金额 = limit × 2 = 400.00 元/月\n    limit：200.00 元/月（办法 第200条）\n");
    assert_no_text(tuoyu_quote_answer(quote), "zh", "2023年12月31日");
    tuoyu_quote_free(quote);
    tuoyu_policy_unref(policy);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_day_chooses_the_rule),
        cmocka_unit_test(indicators_by_day),
        cmocka_unit_test(budgets_by_day),
        cmocka_unit_test(outside_all_versions),
        cmocka_unit_test(an_old_decision_stays_as_it_was),
        cmocka_unit_test(examples_of_each_version),
        cmocka_unit_test(explanations_show_the_version),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
