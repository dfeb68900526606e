/* SPDX-License-Identifier: Apache-2.0 */
/* Splits: shares sum to the whole to the fen, whatever the rates. */
#include "policy_fixture.h"

#include <stdio.h>
#include <string.h>

static int64_t fen_of(tuoyu_status status, const tuoyu_decimal *number)
{
    int64_t fen = INT64_MIN;
    assert_int_equal(status, TUOYU_OK);
    assert_int_equal(tuoyu_decimal_to_int64(number, 2, &fen), TUOYU_OK);
    return fen;
}

/* Against integers: a rate of so many per mille of the whole in fen, half up; the family takes what is left.
 */
static void every_rate_sums_to_the_whole(void **state)
{
    (void)state;
    tuoyu_policy *policy =
        load_sections("facts: {bill: {whole: {type: money, unit: CNY}, rate: {type: percent, scale: 1}}}\n"
                      "cost_sharing: {c: {title: C, unit: CNY, cite: s 1, of: bill.whole, payers: [{id: "
                      "state, rate: bill.rate}, "
                      "{id: town, rate: (1 - bill.rate) / 2}], residual: family}}\n");
    for (long rate = 0; rate <= 1000; rate += 37) {
        for (long whole = 0; whole < 60; whole++) {
            char facts[200];
            tuoyu_status status;
            tuoyu_decimal number;
            snprintf(facts, sizeof facts, "bill: {whole: 0.%02ld, rate: %ld.%ld}", whole, rate / 10,
                     rate % 10);
            tuoyu_split *split = ask_split(policy, "c", facts, "2025-01-01", &status);
            long state_share = (whole * rate * 2 + 1000) / 2000, town = (whole * (1000 - rate) + 1000) / 2000;
            if (state_share + town > whole) {
                assert_int_equal(status, TUOYU_ERROR_SHARES);
                continue;
            }
            int64_t sum = 0;
            for (size_t i = 0; i < tuoyu_split_line_count(split); i++)
                sum += fen_of(tuoyu_split_line_amount(split, i, &number), &number);
            assert_int_equal(sum, whole);
            assert_int_equal(fen_of(tuoyu_split_whole(split, &number), &number), whole);
            assert_int_equal(fen_of(tuoyu_split_line_amount(split, 0, &number), &number), state_share);
            assert_int_equal(fen_of(tuoyu_split_line_amount(split, 1, &number), &number), town);
            tuoyu_split_free(split);
        }
    }
    tuoyu_policy_unref(policy);
}

/* What one pays is rounded first; then it is shared among those that it stands for, and the rest goes where
 * the pack says. */
static void shares_within_a_share(void **state)
{
    (void)state;
    tuoyu_policy *policy =
        load_sections("facts: {bill: {whole: {type: money, unit: CNY}, off: {type: boolean}}}\n"
                      "cost_sharing:\n"
                      "  c: {title: C, unit: CNY, cite: s 1, of: bill.whole, residual: {id: family}, payers: "
                      "[{id: government, label: {zh: 财政, en: "
                      "government}, rate: 1 / 3, when: not(bill.off), among: [{id: county}, {id: city, rate: "
                      "0.4}, {id: town, rate: 1 / 7}]}]}\n"
                      "  d: {title: D, unit: CNY, cite: s 1, of: bill.whole, payers: [{id: state, rate: 1, "
                      "among: [{id: x, rate: 0.5}, {id: y, rate: 0.5}]}]}\n"
                      "  e: {title: E, unit: CNY, cite: s 1, of: bill.whole, residual: rest, payers: [{id: "
                      "a, rate: 0.5}, {id: rest, among: [{id: x, rate: "
                      "0.5}, {id: y}]}]}\n");
    tuoyu_status status;
    tuoyu_decimal number;
    for (long whole = 0; whole < 400; whole++) {
        char facts[100];
        snprintf(facts, sizeof facts, "bill: {whole: %ld.%02ld, off: false}", whole / 100, whole % 100);
        tuoyu_split *split = ask_split(policy, "c", facts, "2025-01-01", &status);
        long government = (whole * 2 + 3) / 6, city = (government * 4 * 2 + 10) / 20,
             town = (government * 2 + 7) / 14;
        const long expected[] = {government - city - town, city, town, whole - government};
        assert_int_equal(tuoyu_split_line_count(split), 4);
        for (size_t i = 0; i < 4; i++)
            assert_int_equal(fen_of(tuoyu_split_line_amount(split, i, &number), &number), expected[i]);
        assert_string_equal(tuoyu_split_line_payer(split, 0), "county");
        tuoyu_split_free(split);
        /* Halves of an odd sum do not sum to it: nothing says where the fen goes. */
        split = ask_split(policy, "d", facts, "2025-01-01", &status);
        assert_int_equal(status, whole % 2 ? TUOYU_ERROR_SHARES : TUOYU_OK);
        tuoyu_split_free(split);
        split = ask_split(policy, "e", facts, "2025-01-01", &status);
        long left = whole - (whole + 1) / 2, half = (left + 1) / 2;
        assert_int_equal(fen_of(tuoyu_split_line_amount(split, 1, &number), &number), half);
        assert_int_equal(fen_of(tuoyu_split_line_amount(split, 2, &number), &number), left - half);
        tuoyu_split_free(split);
    }
    tuoyu_split *split = ask_split(policy, "c", "bill: {whole: 9, off: true}", "2025-01-01", &status);
    assert_int_equal(fen_of(tuoyu_split_line_amount(split, 1, &number), &number), 0);
    assert_int_equal(fen_of(tuoyu_split_line_amount(split, 3, &number), &number), 900);
    tuoyu_split_free(split);
    split = ask_split(policy, "c", "bill: {whole: 9}", "2025-01-01", &status);
    assert_string_equal(tuoyu_answer_missing_name(tuoyu_split_answer(split), 0), "bill.off");
    tuoyu_split_free(split);
    tuoyu_policy_unref(policy);
}

static void shares_that_do_not_sum_say_the_numbers(void **state)
{
    (void)state;
    tuoyu_policy *policy = load_file("tests/rules/packs/whole.yaml");
    tuoyu_cost_sharing *rule = NULL;
    tuoyu_split *split = NULL;
    tuoyu_diagnostics *diagnostics = NULL;
    tuoyu_diagnostic finding;
    tuoyu_case *facts = make_case(policy, "child.monthly_fee: 1000");
    assert_int_equal(tuoyu_diagnostics_new(NULL, &diagnostics), TUOYU_OK);
    assert_int_equal(tuoyu_policy_cost_sharing(policy, "bad", TUOYU_NUL_TERMINATED, &rule, NULL), TUOYU_OK);
    assert_int_equal(tuoyu_cost_sharing_split(rule, facts, day("2025-01-01"), &split, diagnostics),
                     TUOYU_ERROR_SHARES);
    assert_int_equal(tuoyu_diagnostics_get(diagnostics, 0, &finding), TUOYU_OK);
    assert_non_null(strstr(finding.message, "900"));
    assert_non_null(strstr(finding.message, "1000"));
    assert_true(finding.line > 0);
    tuoyu_case_free(facts);
    tuoyu_cost_sharing_unref(rule);
    tuoyu_diagnostics_free(diagnostics);
    tuoyu_policy_unref(policy);
}

static void lines_and_labels(void **state)
{
    (void)state;
    tuoyu_status status;
    tuoyu_decimal number;
    tuoyu_policy *policy = load_file("tests/rules/packs/whole.yaml");
    tuoyu_split *split = ask_split(policy, "grant", "child.monthly_fee: 99.99", "2025-01-01", &status);
    assert_string_equal(tuoyu_split_unit(split), "CNY/month");
    assert_int_equal(tuoyu_split_line_count(split), 3);
    assert_string_equal(tuoyu_split_line_payer(split, 2), "family");
    assert_string_equal(tuoyu_split_line_label(split, 2, "zh"), "家庭");
    assert_string_equal(digits(tuoyu_split_line_amount(split, 2, &number), &number), "26.69");
    assert_null(tuoyu_split_line_payer(split, 3));
    assert_int_equal(tuoyu_split_line_amount(split, 3, &number), TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(tuoyu_answer_standing(tuoyu_split_answer(split)), TUOYU_DERIVED);
    tuoyu_split_free(split);
    split = ask_split(policy, "grant", "{}", "2025-01-01", &status);
    assert_int_equal(tuoyu_split_whole(split, &number), TUOYU_ERROR_NOT_FOUND);
    assert_int_equal(tuoyu_split_line_amount(split, 0, &number), TUOYU_ERROR_NOT_FOUND);
    tuoyu_split_free(split);
    tuoyu_policy_unref(policy);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_rate_sums_to_the_whole),
        cmocka_unit_test(shares_within_a_share),
        cmocka_unit_test(shares_that_do_not_sum_say_the_numbers),
        cmocka_unit_test(lines_and_labels),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
