/* SPDX-License-Identifier: Apache-2.0 */
/* Constants are computed when packs are loaded: what no case could compute is refused at its place, and what
 * some case can compute is let through. Each formula that is refused stands beside a near relative that is
 * not, and the latter is then evaluated. */
#include "policy_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char FACTS[] = "facts:\n"
                            "  x:\n"
                            "    n: {type: number, range: \"[-100..100]\"}\n"
                            "    day: {type: date}\n"
                            "    text: {type: string}\n"
                            "    yes: {type: boolean}\n"
                            "parameters:\n"
                            "  zero: {standing: assumed, values: {2024-01-01: {value: 0, note: 试}}}\n";

/* The sections of a pack with one formula, in single quotes. */
static char *sections_of(const char *formula)
{
    size_t size = strlen(FACTS) + strlen(formula) + 300;
    char *sections = malloc(size);
    assert_non_null(sections);
    snprintf(sections, size,
             "%sdefinitions:\n  none: {formula: '2 - 2'}\n  tried: {formula: '%s'}\n"
             "eligibility:\n  rule:\n    title: t\n    all: [{id: a, because: b, when: tried != null}]\n",
             FACTS, formula);
    return sections;
}

static const struct pair {
    const char *impossible;
    tuoyu_status code;
    const char *possible;
} PAIRS[] = {
    {"date(\"2023-02-29\") < x.day", TUOYU_ERROR_DATE, "date(\"2024-02-29\") < x.day"},
    {"x.day > date(x.n + 2000, 2, 30)", TUOYU_ERROR_DATE, "x.day > date(x.n + 2000, 2, 28)"},
    {"x.day > date(2023, 13, x.n)", TUOYU_ERROR_DATE, "x.day > date(2023, 12, x.n)"},
    {"x.n / 0", TUOYU_ERROR_DIVISION_BY_ZERO, "x.n / 0.0001"},
    {"x.n / (1 - 1.0)", TUOYU_ERROR_DIVISION_BY_ZERO, "x.n / (x.n - 1)"},
    {"x.n / none", TUOYU_ERROR_DIVISION_BY_ZERO, "x.n / (none + 1)"},
    {"modulo(x.n, none)", TUOYU_ERROR_DIVISION_BY_ZERO, "modulo(x.n, 3)"},
    {"if x.yes then 1 / 0 else 2", TUOYU_ERROR_DIVISION_BY_ZERO, "if x.yes then 1 else 2"},
    {"if 1 > 2 then 1 / 0 else 2", TUOYU_ERROR_DIVISION_BY_ZERO, "if 1 > 2 then 1 else 2"},
    {"x.yes or 1 / 0 > 1", TUOYU_ERROR_DIVISION_BY_ZERO, "x.yes or 1 / 1 > 1"},
    {"every i in [1, 0] satisfies 1 / i > 0", TUOYU_ERROR_DIVISION_BY_ZERO,
     "every i in [1, 2] satisfies 1 / i > 0"},
    {"matches(x.text, \"(\")", TUOYU_ERROR_EVALUATION, "matches(x.text, \"()\")"},
    {"matches(x.text, \"a\", \"k\")", TUOYU_ERROR_EVALUATION, "matches(x.text, \"a\", \"i\")"},
    {"replace(x.text, \"[a\", \"b\")", TUOYU_ERROR_EVALUATION, "replace(x.text, \"[a]\", \"b\")"},
    {"count(split(x.text, \"(\"))", TUOYU_ERROR_EVALUATION, "count(split(x.text, \",\"))"},
    {"round to(x.n, 1, \"half\")", TUOYU_ERROR_EVALUATION, "round to(x.n, 1, \"half up\")"},
    {"round to(x.n, -1, \"up\")", TUOYU_ERROR_EVALUATION, "round to(x.n, 0.1, \"up\")"},
    {"round to(2, x.n, \"halb\")", TUOYU_ERROR_EVALUATION, "round to(2, x.n + 1, \"half even\")"},
    {"x.day + duration(\"P1W\") < as_of", TUOYU_ERROR_EVALUATION, "x.day + duration(\"P7D\") < as_of"},
    {"x.day < today()", TUOYU_ERROR_EVALUATION, "x.day < as_of"},
    {"now().year", TUOYU_ERROR_EVALUATION, "as_of.year"},
    {"sqrt(-4)", TUOYU_ERROR_EVALUATION, "sqrt(4)"},
    {"10 ** 7000", TUOYU_ERROR_OVERFLOW, "10 ** 60"},
    {"[1, 2][1] / 0", TUOYU_ERROR_DIVISION_BY_ZERO, "[1, 2][2] = null"},
};

static tuoyu_status load(const char *formula, tuoyu_policy **policy, tuoyu_diagnostic *finding,
                         tuoyu_diagnostics **diagnostics)
{
    char *sections = sections_of(formula), *text = pack_of(sections);
    const tuoyu_pack_text pack = {"p", TUOYU_NUL_TERMINATED, text, TUOYU_NUL_TERMINATED};
    assert_int_equal(tuoyu_diagnostics_new(NULL, diagnostics), TUOYU_OK);
    tuoyu_status status = tuoyu_policy_load(&pack, 1, NULL, policy, *diagnostics);
    memset(finding, 0, sizeof *finding);
    for (size_t i = 0; i < tuoyu_diagnostics_count(*diagnostics); i++)
        if (tuoyu_diagnostics_get(*diagnostics, i, finding) == TUOYU_OK &&
            finding->severity == TUOYU_SEVERITY_ERROR)
            break;
    free(sections);
    free(text);
    return status;
}

static void what_no_case_can_compute_is_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof PAIRS / sizeof *PAIRS; i++) {
        tuoyu_policy *policy = NULL;
        tuoyu_diagnostics *diagnostics;
        tuoyu_diagnostic finding;
        tuoyu_status status = load(PAIRS[i].impossible, &policy, &finding, &diagnostics);
        if (status != PAIRS[i].code || finding.line == 0)
            print_error("%s: %s, %s\n", PAIRS[i].impossible, tuoyu_status_name(status), finding.message);
        assert_int_equal(status, PAIRS[i].code);
        assert_int_not_equal(finding.line, 0);
        assert_null(policy);
        tuoyu_diagnostics_free(diagnostics);
    }
}

static void what_some_case_can_compute_is_let_through(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof PAIRS / sizeof *PAIRS; i++) {
        tuoyu_policy *policy = NULL;
        tuoyu_diagnostics *diagnostics;
        tuoyu_diagnostic finding;
        tuoyu_status status = load(PAIRS[i].possible, &policy, &finding, &diagnostics);
        if (status != TUOYU_OK)
            print_error("%s: %s\n", PAIRS[i].possible, finding.message);
        assert_int_equal(status, TUOYU_OK);
        tuoyu_verdict *verdict = ask_verdict(
            policy, "rule", "{x: {n: 3, day: 2024-05-05, text: abc, yes: true}}", "2024-06-01", &status);
        assert_int_equal(status, TUOYU_OK);
        tuoyu_verdict_free(verdict);
        tuoyu_policy_unref(policy);
        tuoyu_diagnostics_free(diagnostics);
    }
}

/* A parameter may have another value one day, so a quotient by one that is 0 today is no error of the pack.
 */
static void a_parameter_is_no_constant(void **state)
{
    (void)state;
    tuoyu_policy *policy = NULL;
    tuoyu_diagnostics *diagnostics;
    tuoyu_diagnostic finding;
    assert_int_equal(load("x.n / zero", &policy, &finding, &diagnostics), TUOYU_OK);
    tuoyu_policy_unref(policy);
    tuoyu_diagnostics_free(diagnostics);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_no_case_can_compute_is_refused),
        cmocka_unit_test(what_some_case_can_compute_is_let_through),
        cmocka_unit_test(a_parameter_is_no_constant),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
