/* SPDX-License-Identifier: Apache-2.0 */
/* Worked examples: what differs is told at its place, in the order written; nothing else is. */
#include "policy_fixture.h"

#include <stdio.h>
#include <string.h>

static const char RULES[] =
    "facts: {x: {n: {type: number, range: \"[0..100]\"}, ok: {type: boolean}}, staff: {ok: {type: "
    "boolean}}}\n"
    "parameters: {later: {unset: 未公布}}\n"
    "pricing:\n"
    "  p: {title: P, unit: CNY, cite: s 1, steps: [{id: twice, formula: x.n * 2}], amount: twice, charged: "
    "x.n}\n"
    "  u: {title: U, unit: CNY, cite: s 1, amount: x.n * later}\n"
    "cost_sharing:\n"
    "  c: {title: C, unit: CNY, cite: s 1, of: x.n, payers: [{id: a, rate: 0.5}], residual: b}\n"
    "  b: {title: B, unit: CNY, cite: s 1, of: x.n, payers: [{id: a, rate: 1}], budget: {of: x.n, used: 20, "
    "when_short: pay_part}}\n"
    "eligibility:\n  e: {title: E, cite: s 1, any: [{id: k, when: x.ok, because: k}, {id: l, when: x.n > 5, "
    "because: l}]}\n"
    "  r: {title: R, cite: s 1, valid_until: 'date(\"2025-06-30\")', score: {items: [{id: m, points: 10, "
    "when: x.ok}], grades: [{id: A, at_least: 5}, {id: B}]}, "
    "checklist: [{id: paper, done: x.ok}], all: [{id: o, when: all_done}], admission: [{id: n, descending: "
    "x.n}]}\n"
    "indicators: {i: {title: I, unit: percent, cite: s 1, ratio: {numerator: {of: staff, count: staff.ok}, "
    "denominator: {of: staff, count: true}}, target: {at_least: 0.5}}}\n"
    "examples:\n";

/* Runs one example; "" if it passed, else its first finding. */
static const char *outcome_of(const char *example)
{
    static char result[600];
    char sections[4000];
    bool passed = false;
    tuoyu_diagnostics *diagnostics = NULL;
    tuoyu_diagnostic finding;
    snprintf(sections, sizeof sections, "%s  - {name: n, as_of: 2025-01-01, %s}\n", RULES, example);
    tuoyu_policy *policy = load_sections(sections);
    assert_int_equal(tuoyu_diagnostics_new(NULL, &diagnostics), TUOYU_OK);
    assert_int_equal(tuoyu_policy_example_count(policy), 1);
    assert_string_equal(tuoyu_policy_example_name(policy, 0), "n");
    assert_string_equal(tuoyu_policy_example_pack(policy, 0), "cn.test");
    assert_int_equal(tuoyu_policy_example_run(policy, 0, &passed, diagnostics), TUOYU_OK);
    result[0] = '\0';
    if (!passed) {
        assert_int_equal(tuoyu_diagnostics_get(diagnostics, 0, &finding), TUOYU_OK);
        assert_true(finding.line > 0 && finding.column > 0);
        snprintf(result, sizeof result, "%s", finding.message);
    } else {
        assert_int_equal(tuoyu_diagnostics_count(diagnostics), 0);
    }
    tuoyu_diagnostics_free(diagnostics);
    tuoyu_policy_unref(policy);
    return result;
}

static void scores_and_lists(void **state)
{
    (void)state;
    static const struct {
        const char *given, *expect, *says;
    } CASES[] = {{"{x.ok: true}",
                  "{score: 10, lower: 10, upper: 10, grade: A, grades: [A], states: {paper: done}, "
                  "valid_until: 2025-06-30}",
                  ""},
                 {"{}", "{lower: 0, upper: 10, grade: none, grades: [A, B], states: {paper: open}}", ""},
                 {"{x.ok: true}", "{score: 9}", "score: expected 9, got 10"},
                 {"{}", "{score: 9}", "score: expected 9, got none"},
                 {"{}", "{lower: 1}", "lower: expected 1, got 0"},
                 {"{}", "{upper: 9}", "upper: expected 9, got 10"},
                 {"{x.ok: false}", "{grade: A}", "grade: expected A, got B"},
                 {"{}", "{grade: A}", "grade: expected A, got none"},
                 {"{}", "{grades: [A]}", "grades: expected none, got B"},
                 {"{x.ok: true}", "{grades: [A, B]}", "grades: expected B, got none"},
                 {"{}", "{grades: []}", "grades: expected none, got A"},
                 {"{x.ok: false}", "{states: {paper: done}}", "paper: expected done, got due"},
                 {"{}", "{states: {papers: done}}", "the rule has no item `papers`"},
                 {"{}", "{valid_until: 2025-07-01}", "valid_until: expected 2025-07-01, got 2025-06-30"}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        char example[400];
        snprintf(example, sizeof example, "rule: r, given: %s, expect: %s", CASES[i].given, CASES[i].expect);
        assert_string_equal(outcome_of(example), CASES[i].says);
    }
    assert_string_equal(
        outcome_of("rule: e, given: {x.ok: true}, expect: {valid_until: none, grade: none, grades: []}"), "");
    assert_string_equal(outcome_of("rule: p, given: {x.n: 2}, expect: {score: 1}"),
                        "a quote has nothing of that name");
}

static void waiting_lists(void **state)
{
    (void)state;
#define CASES                                                                                                \
    "rule: r, cases: {b: {x: {ok: true, n: 3}}, a: {x: {ok: true, n: 3}}, c: {x: {ok: true, n: 4}}, d: {x: " \
    "{ok: true}}, e: {x: {ok: false}}}, "
    assert_string_equal(
        outcome_of(CASES "places: 2, expect: {admitted: [c, a], waiting: [b], pending: [d], refused: [e]}"),
        "");
    assert_string_equal(outcome_of(CASES "places: 0, expect: {admitted: [], waiting: [c, a, b]}"), "");
    assert_string_equal(outcome_of(CASES "places: 2, expect: {admitted: [a, c]}"),
                        "admitted, number 1: expected a, got c");
    assert_string_equal(outcome_of(CASES "places: 2, expect: {admitted: [c]}"),
                        "admitted, number 2: expected none, got a");
    assert_string_equal(outcome_of(CASES "places: 2, expect: {waiting: [b, d]}"),
                        "waiting, number 2: expected d, got none");
    assert_string_equal(outcome_of(CASES "places: 2, expect: {refused: []}"),
                        "refused, number 1: expected none, got e");
    assert_string_equal(outcome_of(CASES "places: 2, expect: {decision: eligible}"),
                        "a waiting list has nothing of that name");
    assert_string_equal(outcome_of(CASES "places: 2, expect: {error: fact_range}"),
                        "an error was expected, and there is none");
    assert_string_equal(outcome_of("rule: r, places: 1, cases: {a: {x.n: 101}}, expect: {error: fact_range}"),
                        "");
    assert_string_equal(outcome_of("rule: r, places: 1, cases: {a: {x.n: 101}}, expect: {admitted: []}"),
                        "'x.n' is 101, outside its range [0..100]");
    assert_string_equal(outcome_of("rule: e, places: 1, cases: {a: {x.ok: true}}, expect: {admitted: [a]}"),
                        "the rule `cn.test:e` gives no order of admission");
    assert_string_equal(outcome_of("rule: p, places: 1, cases: {a: {x.ok: true}}, expect: {admitted: [a]}"),
                        "the rule `p` takes no `cases`");
    assert_string_equal(outcome_of("rule: p, given: {x.n: 2}, expect: {admitted: []}"),
                        "a quote has nothing of that name");
}

static void what_comes_out_passes(void **state)
{
    (void)state;
    assert_string_equal(
        outcome_of("rule: p, given: {x.n: 2}, expect: {outcome: determined, amount: 4.00, steps: {twice: 4}, "
                   "complies: true, excess: 0, standing: assumed, missing: []}"),
        "standing: expected assumed, got cited");
    assert_string_equal(outcome_of("rule: p, given: {x.n: 2}, expect: {outcome: determined, amount: 4.00, "
                                   "steps: {twice: 4}, complies: true}"),
                        "");
    assert_string_equal(outcome_of("rule: 'cn.test:p', given: {x: {n: 2}}, expect: {amount: 4}"), "");
    assert_string_equal(outcome_of("rule: p, given: {}, expect: {outcome: undetermined, missing: [x.n]}"),
                        "");
    assert_string_equal(outcome_of("rule: u, given: {}, expect: {missing: [later, x.n]}"), "");
    assert_string_equal(outcome_of("rule: p, given: {x.n: 101}, expect: {error: fact_range}"), "");
    assert_string_equal(outcome_of("rule: p, given: {x.m: 1}, expect: {error: fact_unknown}"), "");
    assert_string_equal(
        outcome_of("rule: c, given: {x.n: 0.01}, expect: {whole: 0.01, shares: {a: 0.01, b: 0}}"), "");
    assert_string_equal(
        outcome_of("rule: e, given: {x.n: 6}, expect: {decision: eligible, met: [l], unknown: [k]}"), "");
    assert_string_equal(
        outcome_of("rule: e, given: {x: {n: 5, ok: false}}, expect: {decision: ineligible, unmet: [l, k]}"),
        "");
    assert_string_equal(
        outcome_of(
            "rule: i, rows: {staff: [{ok: true}, {ok: false}]}, expect: {value: 50, met: true, distance: 0, "
            "unknown: 0, numerator: 1, denominator: 2, lower: 50, upper: 50, target: 50}"),
        "");
    assert_string_equal(outcome_of("rule: i, rows: {staff: [{ok: true}, {}, {}]}, expect: {met: unknown}"),
                        "");
}

static void payouts(void **state)
{
    (void)state;
#define CLAIMS "rule: b, claims: {k: {x.n: 30}, l: {x.n: 50}}, "
    assert_string_equal(
        outcome_of(CLAIMS
                   "given: {x.n: 60}, expect: {payments: {k: 30, l: 10}, left: 0, unpaid: 40, overspent: 0}"),
        "");
    assert_string_equal(
        outcome_of(
            CLAIMS
            "given: {x.n: 20}, expect: {payments: {k: 0, l: 0}, states: {k: unpaid}, left: 0, overspent: 5}"),
        "overspent: expected 5, got 0");
    assert_string_equal(
        outcome_of(
            CLAIMS
            "given: {x.n: 15}, expect: {payments: {k: 0, l: 0}, states: {k: unpaid}, left: 0, overspent: 5}"),
        "");
    assert_string_equal(outcome_of(CLAIMS "given: {}, expect: {overspent: 0}"),
                        "overspent: expected 0, got none");
    assert_string_equal(outcome_of("rule: c, given: {x.n: 2}, expect: {overspent: 0}"),
                        "a split has nothing of that name");
}

static void what_differs_is_told(void **state)
{
    (void)state;
    assert_string_equal(outcome_of("rule: p, given: {x.n: 2}, expect: {amount: 5}"),
                        "amount: expected 5, got 4");
    assert_string_equal(outcome_of("rule: p, given: {}, expect: {amount: 5}"),
                        "amount: expected 5, got none");
    assert_string_equal(outcome_of("rule: p, given: {x.n: 2}, expect: {steps: {twice: 5}}"),
                        "twice: expected 5, got 4");
    assert_string_equal(outcome_of("rule: p, given: {x.n: 2}, expect: {steps: {thrice: 5}}"),
                        "the rule has no step `thrice`");
    assert_string_equal(outcome_of("rule: p, given: {x.n: 2}, expect: {complies: false}"),
                        "complies: expected false, got true");
    assert_string_equal(outcome_of("rule: p, given: {x.n: 2}, expect: {error: shares}"),
                        "error: expected shares, got an answer");
    assert_string_equal(outcome_of("rule: p, given: {x.n: 2}, expect: {outcome: undetermined}"),
                        "outcome: expected undetermined, got determined");
    assert_string_equal(outcome_of("rule: u, given: {}, expect: {missing: [later]}"),
                        "missing: expected no more, got x.n");
    assert_string_equal(outcome_of("rule: p, given: {}, expect: {missing: [x.n, later]}"),
                        "missing: expected later, got [x.n]");
    assert_string_equal(outcome_of("rule: c, given: {x.n: 10}, expect: {shares: {a: 4, b: 6}}"),
                        "a: expected 4, got 5");
    assert_string_equal(outcome_of("rule: c, given: {x.n: 10}, expect: {shares: {a: 5}}"),
                        "shares: expected every payer, got b");
    assert_string_equal(outcome_of("rule: c, given: {x.n: 10}, expect: {shares: {a: 5, b: 5, z: 0}}"),
                        "the rule has no payer `z`");
    assert_string_equal(outcome_of("rule: e, given: {x.n: 6}, expect: {met: [k]}"),
                        "k: expected eligible, got undetermined");
    assert_string_equal(outcome_of("rule: i, rows: {staff: [{ok: true}]}, expect: {value: 50}"),
                        "value: expected 50, got 100");
    assert_string_equal(outcome_of("rule: i, rows: {staff: [{ok: true}]}, expect: {met: unknown}"),
                        "met: expected unknown, got true");
    assert_string_equal(outcome_of("rule: p, given: {x.n: 2}, expect: {whole: 4}"),
                        "a quote has nothing of that name");
    assert_string_equal(outcome_of("rule: p, given: {x.n: 101}, expect: {amount: 1}"),
                        "expected 1, got the error TUOYU_ERROR_FACT_RANGE");
    assert_string_equal(outcome_of("rule: p, given: {x.n: 101}, expect: {error: shares}"),
                        "expected shares, got the error TUOYU_ERROR_FACT_RANGE");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scores_and_lists),      cmocka_unit_test(waiting_lists),
        cmocka_unit_test(what_comes_out_passes), cmocka_unit_test(payouts),
        cmocka_unit_test(what_differs_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
