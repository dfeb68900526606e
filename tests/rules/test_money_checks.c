/* SPDX-License-Identifier: Apache-2.0 */
/* Amounts that cannot be, wherever a pack can write one: each is refused with its name, or counts as nothing
 * where the format says so; and what means a negative amount can still be said. */
#include "policy_fixture.h"

#include <stdio.h>
#include <string.h>

static const char PACK[] = "tests/rules/packs/money_checks.yaml";

/* ---- Refused ---- */

static const struct {
    const char *rule, *facts, *says;
} REFUSED[] = {
    {"whole", "x: {a: -0.01}", "the whole of `whole` is below zero: -0.01"},
    {"whole", "x: {a: 1000000000000000}",
     "the whole of `whole` is too large, it has more than 15 digits before the point"},
    {"whole", "x: {a: 9999999999999999999999999999999999}", "the whole of `whole` is too large"},
    {"capped", "x: {a: -3}", "the whole of `capped` is below zero: -3"},
    {"ruled_by_whole", "x: {a: -4}", "the whole of `whole` is below zero: -4"},
    {"fen", "x: {fine: 1.005}", "the whole of `fen` is not in whole fen: 1.005"},
    {"open", "x: {a: 100, b: -5}",
     "the share of `city` is below zero: -5"}, /* whatever the missing rate is */
    {"rate", "x: {rate: -10}", "the share of `city` is below zero: -1"},
    {"rate", "x: {rate: 110}", "the share of `family` is below zero: -1"},
    {"fixed", "x: {a: 11, b: 11}", "the share of `family` is below zero: -1"},
    {"fixed", "x: {a: 4, b: -2}", "the share of `city` is below zero: -2"},
    {"conflict", "x: {a: 5, b: -1}", "the share of `city` is below zero: -1"},
    {"among", "x: {rate: 120}", "the share of `county` is below zero: -2"},
    {"among", "x: {rate: -20}", "the share of `city` is below zero: -2"},
    {"subsidy", "x: {a: -7}", "the subsidy of `s1` is below zero: -7"}, /* although the other one is paid */
    {"ruled", "x: {a: 1, b: 3}", "the subsidy of `s1` is below zero: -2"},
    {"used", "x: {a: 5, b: -1}", "the amount used of `top` is below zero: -1"},
    {"together", "x: {a: 5, b: -0.5}", "the amount used of `top` is below zero: -0.5"},
    {"parts", "x: {a: -1, b: 0}", "the instalment of `first` is below zero: -1"},
    {"parts", "x: {a: 11, b: 0}", "the instalment of `rest` is below zero: -1"},
    {"parts", "x: {a: 1, b: -2}", "the amount paid before is below zero: -2"},
    {"third", "x: {b: 1}", "the amount paid before is not in whole fen: 0.333"},
    {"third", "x: {b: -3}", "the amount paid before is below zero: -1"},
};

static void amounts_that_cannot_be_are_refused_with_their_name(void **state)
{
    (void)state;
    tuoyu_policy *policy = load_file(PACK);
    tuoyu_diagnostics *diagnostics = NULL;
    assert_int_equal(tuoyu_diagnostics_new(NULL, &diagnostics), TUOYU_OK);
    for (size_t i = 0; i < sizeof REFUSED / sizeof *REFUSED; i++) {
        tuoyu_cost_sharing *rule = NULL;
        tuoyu_split *split = NULL;
        tuoyu_diagnostic finding = {.message = ""};
        tuoyu_case *facts = make_case(policy, REFUSED[i].facts);
        tuoyu_diagnostics_clear(diagnostics);
        assert_int_equal(
            tuoyu_policy_cost_sharing(policy, REFUSED[i].rule, TUOYU_NUL_TERMINATED, &rule, NULL), TUOYU_OK);
        assert_int_equal(tuoyu_cost_sharing_split(rule, facts, day("2025-01-01"), &split, diagnostics),
                         TUOYU_ERROR_SHARES);
        assert_null(split);
        tuoyu_diagnostics_get(diagnostics, 0, &finding);
        if (!strstr(finding.message, REFUSED[i].says))
            print_error("%s: %s", REFUSED[i].rule, finding.message);
        assert_non_null(strstr(finding.message, REFUSED[i].says));
        assert_int_equal(finding.code, TUOYU_ERROR_SHARES);
        assert_true(finding.line > 0);
        tuoyu_case_free(facts);
        tuoyu_cost_sharing_unref(rule);
    }
    tuoyu_diagnostics_free(diagnostics);
    tuoyu_policy_unref(policy);
}

/* ---- Answered ---- */

static const struct {
    const char *rule, *facts, *json;
} ANSWERED[] = {
    {"whole", "x: {a: 0}", "\"whole\":\"0\",\"payers\":{\"city\":\"0\",\"family\":\"0\"}"},
    {"whole", "x: {a: 999999999999999.99}",
     "{\"city\":\"500000000000000\",\"family\":\"499999999999999.99\"}"},
    {"floor", "x: {a: -9999999999999999999999999999999999}",
     "\"before_bounds\":\"-9999999999999999999999999999999999\",\"whole\":\"0\""},
    {"used", "x: {a: 5, b: 7}",
     "\"whole\":\"0\",\"binding\":\"top\",\"bounds\":{\"top\":{\"at_most\":\"0\",\"laid_down\":\"5\","
     "\"used\":\"7\"}}"},
    {"used", "x: {a: -5, b: 0}",
     "\"whole\":\"0\",\"binding\":\"top\""}, /* what is left of a limit is 0 at the least */
    {"together", "x: {a: -5, b: 0}", "\"whole\":\"0\""},
    {"together", "x: {a: 5, b: 9}", "\"whole\":\"0\""},
    {"fixed", "x: {a: 4, b: 0}", "\"payers\":{\"city\":\"0\",\"family\":\"10\"}"},
    {"conflict", "x: {a: 5, b: 2}", "\"payers\":{\"city\":\"2\""}, /* at_most holds */
    {"conflict", "x: {a: -5, b: 2}", "\"payers\":{\"city\":\"1\""},
    {"parts", "x: {a: 4, b: 12}",
     "\"entitled\":\"10\",\"paid\":\"12\",\"claw_back\":\"2\",\"payable\":\"0\""},
    {"third", "x: {b: 36}", "\"paid\":\"12\",\"claw_back\":\"2\",\"payable\":\"0\""},
    {"fen", "x: {fine: 1.0049}", "error"}, /* 1.005 */
    {"fen", "x: {fine: 1.01}", "\"whole\":\"1.01\""},
};

static void what_is_left_and_what_is_owed_back_can_be_said(void **state)
{
    (void)state;
    tuoyu_policy *policy = load_file(PACK);
    for (size_t i = 0; i < sizeof ANSWERED / sizeof *ANSWERED; i++) {
        tuoyu_status status;
        tuoyu_split *split = ask_split(policy, ANSWERED[i].rule, ANSWERED[i].facts, "2025-01-01", &status);
        if (strcmp(ANSWERED[i].json, "error") == 0)
            assert_int_equal(status, TUOYU_ERROR_SHARES);
        else
            assert_json(tuoyu_split_answer(split), ANSWERED[i].json);
        tuoyu_split_free(split);
    }
    tuoyu_policy_unref(policy);
}

/* ---- Fees ---- */

static void a_fee_and_its_limit_are_not_below_zero(void **state)
{
    (void)state;
    static const struct {
        const char *rule, *facts, *json;
    } CASES[] = {
        /* json NULL: refused */
        {"fee", "x: {a: 100, b: -1}", NULL},
        {"fee", "x: {a: -100, b: 0}", NULL},
        {"fee", "x: {a: -100}", NULL},
        {"fee", "x: {a: 0, b: 0}", "\"complies\":true,\"excess\":\"0\""},
        {"fee", "x: {a: 0, b: 5}", "\"complies\":false,\"excess\":\"5\""},
        {"limit", "x: {a: -1, b: 0}", NULL},
        {"limit", "x: {a: 60, b: -1}", "\"complies\":true"},
        {"year", "x: {a: -1}", NULL},
        {"year", "x: {a: 90}", "\"amount\":\"0\""},
        {"lifted", "x: {a: -100, b: 3}", "\"excess\":\"3\""},
        {"band", "x: {a: 100, rate: -150}", NULL},
        {"band", "x: {a: -100, rate: 10}", NULL},
        {"refund", "x: {a: 1, b: 3}", "\"amount\":\"-2\""},
        {"change", "x: {rate: -10}", "\"complies\":true"},
    };
    tuoyu_policy *policy = load_file(PACK);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        tuoyu_status status;
        tuoyu_quote *quote = ask_quote(policy, CASES[i].rule, CASES[i].facts, "2025-01-01", &status);
        assert_int_equal(status, CASES[i].json ? TUOYU_OK : TUOYU_ERROR_SHARES);
        if (CASES[i].json)
            assert_json(tuoyu_quote_answer(quote), CASES[i].json);
        tuoyu_quote_free(quote);
    }
    tuoyu_policy_unref(policy);
}

/* ---- Indicators ---- */

static void a_factor_below_zero_turns_no_target_round(void **state)
{
    (void)state;
    static const char INDICATORS[] = "facts: {child: {cared: {type: boolean}}}\n"
                                     "parameters: {per: {values: {2024-01-01: {value: -1000, cite: s 1, "
                                     "standing: cited}}}, wanted: {values: {2024-01-01: {value: 4, cite: "
                                     "s 1, standing: cited}}}}\n"
                                     "indicators: {i: {title: I, unit: child, cite: s 1, ratio: {numerator: "
                                     "{of: child, count: child.cared}, denominator: {of: child, "
                                     "count: true}}, per: per, target: {at_least: wanted}}}\n";
    tuoyu_policy *policy = load_sections(INDICATORS);
    tuoyu_indicator *indicator = NULL;
    tuoyu_tally *tally = NULL;
    tuoyu_measure *measure = NULL;
    tuoyu_diagnostics *diagnostics = NULL;
    tuoyu_diagnostic finding;
    tuoyu_case *row = make_case(policy, "child: {cared: true}");
    assert_int_equal(tuoyu_diagnostics_new(NULL, &diagnostics), TUOYU_OK);
    assert_int_equal(tuoyu_policy_indicator(policy, "i", TUOYU_NUL_TERMINATED, &indicator, NULL), TUOYU_OK);
    assert_int_equal(tuoyu_indicator_tally(indicator, day("2025-01-01"), &tally, NULL), TUOYU_OK);
    assert_int_equal(tuoyu_tally_add(tally, "child", TUOYU_NUL_TERMINATED, row, NULL), TUOYU_OK);
    assert_int_equal(tuoyu_tally_measure(tally, NULL, 0, NULL, 0, &measure, diagnostics),
                     TUOYU_ERROR_EVALUATION);
    assert_null(measure);
    assert_int_equal(tuoyu_diagnostics_get(diagnostics, 0, &finding), TUOYU_OK);
    assert_non_null(strstr(finding.message, "the factor `per` of `i` is below zero: -1000"));
    tuoyu_diagnostics_free(diagnostics);
    tuoyu_case_free(row);
    tuoyu_tally_free(tally);
    tuoyu_indicator_unref(indicator);
    tuoyu_policy_unref(policy);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(amounts_that_cannot_be_are_refused_with_their_name),
        cmocka_unit_test(what_is_left_and_what_is_owed_back_can_be_said),
        cmocka_unit_test(a_fee_and_its_limit_are_not_below_zero),
        cmocka_unit_test(a_factor_below_zero_turns_no_target_round),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
