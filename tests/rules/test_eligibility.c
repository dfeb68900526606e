/* SPDX-License-Identifier: Apache-2.0 */
/* Verdicts against an oracle: every group over criteria that are met, not met or unknown. A verdict is
 * decided exactly if all ways of filling the unknown ones in agree, and what it then misses would change it.
 */
#include "policy_fixture.h"

#include <stdio.h>
#include <string.h>

enum { CRITERIA = 4, FALSE = 0, TRUE = 1, UNKNOWN = 2 };

typedef bool (*holds_function)(const int met[CRITERIA]);

static bool all_of(const int met[CRITERIA])
{
    return met[0] && met[1] && met[2] && met[3];
}
static bool any_of(const int met[CRITERIA])
{
    return met[0] || met[1] || met[2] || met[3];
}
static bool none_of(const int met[CRITERIA])
{
    return !any_of(met);
}
static bool two_of(const int met[CRITERIA])
{
    return met[0] + met[1] + met[2] + met[3] >= 2;
}
static bool mixed(const int met[CRITERIA])
{
    return met[0] && (met[1] || !(met[2] || met[3]));
}

static bool with_exceptions(const int met[CRITERIA])
{
    return !met[2] && (met[3] || (met[0] && met[1]));
}

static const char PACK[] =
    "facts: {f: {a: {type: boolean}, b: {type: boolean}, c: {type: boolean}, d: {type: boolean}}}\n"
    "eligibility:\n"
    "  all: {title: A, cite: s 1, all: [&]}\n"
    "  any: {title: A, cite: s 1, any: [&]}\n"
    "  none: {title: A, cite: s 1, none: [&]}\n"
    "  two: {title: A, cite: s 1, at_least: {count: 2, of: [&]}}\n"
    "  mixed: {title: A, cite: s 1, all: [{id: a, when: f.a, because: a}, {id: inner, because: i, any: [{id: "
    "b, when: f.b, "
    "because: b}, {id: neither, because: n, none: [{id: c, when: f.c, because: c}, {id: d, when: f.d, "
    "because: d}]}]}]}\n"
    "  except: {title: A, cite: s 1, all: [{id: a, when: f.a, because: a}, {id: b, when: f.b, because: b}], "
    "except: [{id: c, "
    "when: f.c, because: c, decision: ineligible}, {id: d, when: f.d, because: d, decision: eligible}]}\n";
static const char MEMBERS[] =
    "{id: a, when: f.a, because: a}, {id: b, when: f.b, because: b}, {id: c, when: f.c, because: c}, "
    "{id: d, when: f.d, because: d}";

static tuoyu_policy *load_groups(void)
{
    char text[4000] = "";
    for (const char *from = PACK; *from; from++) {
        size_t length = strlen(text);
        if (*from == '&')
            snprintf(text + length, sizeof text - length, "%s", MEMBERS);
        else
            snprintf(text + length, sizeof text - length, "%c", *from);
    }
    return load_sections(text);
}

/* FALSE or TRUE if every way of filling the unknown ones in says so. */
static int decide(holds_function holds, const int given[CRITERIA])
{
    bool can_be[2] = {false, false};
    for (int fill = 0; fill < 1 << CRITERIA; fill++) {
        int met[CRITERIA];
        for (int i = 0; i < CRITERIA; i++)
            met[i] = given[i] == UNKNOWN ? (fill >> i) & 1 : given[i];
        can_be[holds(met)] = true;
    }
    return can_be[0] && can_be[1] ? UNKNOWN : can_be[1] ? TRUE : FALSE;
}

/* Whether some way of filling the others in makes this one decide. */
static bool matters(holds_function holds, const int given[CRITERIA], int index)
{
    for (int fill = 0; fill < 1 << CRITERIA; fill++) {
        int met[CRITERIA];
        for (int i = 0; i < CRITERIA; i++)
            met[i] = given[i] == UNKNOWN ? (fill >> i) & 1 : given[i];
        met[index] = 0;
        bool without = holds(met);
        met[index] = 1;
        if (holds(met) != without)
            return true;
    }
    return false;
}

static bool is_missing(const tuoyu_answer *answer, int index)
{
    char name[] = "f.a";
    name[2] = (char)('a' + index);
    for (size_t i = 0; i < tuoyu_answer_missing_count(answer); i++)
        if (strcmp(tuoyu_answer_missing_name(answer, i), name) == 0)
            return true;
    return false;
}

/* Whether some way of setting these criteria decides: as eligible, or (goal UNKNOWN) either way. */
static bool can_reach(holds_function holds, const int given[CRITERIA], int members, int goal)
{
    for (int fill = 0; fill < 1 << CRITERIA; fill++) {
        int set[CRITERIA];
        for (int i = 0; i < CRITERIA; i++)
            set[i] = members >> i & 1 ? fill >> i & 1 : given[i];
        int decision = decide(holds, set);
        if (goal == UNKNOWN ? decision != UNKNOWN : decision == goal)
            return true;
    }
    return false;
}

/* Exactly the sets that reach the goal, and of which no part does. */
static void check_sets(const char *rule, const char *facts, holds_function holds, const int given[CRITERIA],
                       int candidates, int goal, const int *sets, size_t count)
{
    size_t found = 0;
    for (int members = 1; members < 1 << CRITERIA; members++) {
        bool is_smallest = (members & ~candidates) == 0 && can_reach(holds, given, members, goal);
        for (int i = 0; i < CRITERIA && is_smallest; i++)
            if (members >> i & 1 && can_reach(holds, given, members & ~(1 << i), goal))
                is_smallest = false;
        bool is_listed = false;
        for (size_t i = 0; i < count; i++)
            is_listed |= sets[i] == members;
        if (is_smallest != is_listed)
            fail_msg("%s %s: the set %d is %slisted", rule, facts, members, is_listed ? "" : "not ");
        found += is_smallest;
    }
    assert_int_equal(found, count);
}

static int members_of(const tuoyu_verdict *verdict, size_t set,
                      const char *(*member)(const tuoyu_verdict *, size_t, size_t))
{
    int members = 0;
    for (size_t i = 0; member(verdict, set, i); i++) {
        const char *name = member(verdict, set, i);
        members |= 1 << (name[strlen(name) - 1] - 'a');
    }
    return members;
}

static void check_what_would_settle(const tuoyu_verdict *verdict, const char *rule, const char *facts,
                                    holds_function holds, const int given[CRITERIA], int expected)
{
    int sets[16] = {0}, unknown = 0;
    size_t deciding = tuoyu_verdict_deciding_count(verdict), changes = tuoyu_verdict_change_count(verdict);
    assert_true(deciding <= 16 && changes <= 16);
    for (int i = 0; i < CRITERIA; i++)
        unknown |= given[i] == UNKNOWN ? 1 << i : 0;
    for (size_t i = 0; i < deciding; i++)
        sets[i] = members_of(verdict, i, tuoyu_verdict_deciding_fact);
    if (expected == UNKNOWN)
        check_sets(rule, facts, holds, given, unknown, UNKNOWN, sets, deciding);
    else
        assert_int_equal(deciding, 0);
    for (size_t i = 0; i < changes; i++)
        sets[i] = members_of(verdict, i, tuoyu_verdict_change_criterion);
    if (expected == FALSE)
        check_sets(rule, facts, holds, given, (1 << CRITERIA) - 1, TRUE, sets, changes);
    else
        assert_int_equal(changes, 0);
}

static void check_verdict(tuoyu_policy *policy, const char *rule, holds_function holds,
                          const int given[CRITERIA])
{
    static const int32_t DECISIONS[] = {TUOYU_INELIGIBLE, TUOYU_ELIGIBLE, TUOYU_DECISION_UNDETERMINED};
    char facts[200] = "f: {";
    for (int i = 0; i < CRITERIA; i++) {
        size_t length = strlen(facts);
        if (given[i] != UNKNOWN)
            snprintf(facts + length, sizeof facts - length, "%s%c: %s", length > 4 ? ", " : "", 'a' + i,
                     given[i] ? "true" : "false");
    }
    snprintf(facts + strlen(facts), sizeof facts - strlen(facts), "}");
    tuoyu_status status;
    tuoyu_verdict *verdict = ask_verdict(policy, rule, facts, "2025-01-01", &status);
    const tuoyu_answer *answer = tuoyu_verdict_answer(verdict);
    int expected = decide(holds, given);
    assert_int_equal(tuoyu_verdict_decision(verdict), DECISIONS[expected]);
    assert_int_equal(tuoyu_answer_outcome(answer),
                     expected == UNKNOWN ? TUOYU_UNDETERMINED : TUOYU_DETERMINED);
    for (int i = 0; i < CRITERIA; i++) {
        bool is_wanted = expected == UNKNOWN && given[i] == UNKNOWN && matters(holds, given, i);
        if (is_missing(answer, i) != is_wanted)
            fail_msg("%s %s: %c is %smissing", rule, facts, 'a' + i, is_wanted ? "" : "not ");
    }
    check_what_would_settle(verdict, rule, facts, holds, given, expected);
    tuoyu_verdict_free(verdict);
}

static void every_combination(void **state)
{
    (void)state;
    static const struct {
        const char *rule;
        holds_function holds;
    } RULES[] = {{"all", all_of}, {"any", any_of},  {"none", none_of},
                 {"two", two_of}, {"mixed", mixed}, {"except", with_exceptions}};
    tuoyu_policy *policy = load_groups();
    for (size_t rule = 0; rule < sizeof RULES / sizeof *RULES; rule++) {
        for (int combination = 0; combination < 81; combination++) {
            int given[CRITERIA], rest = combination;
            for (int i = 0; i < CRITERIA; i++, rest /= 3)
                given[i] = rest % 3;
            check_verdict(policy, RULES[rule].rule, RULES[rule].holds, given);
        }
    }
    tuoyu_policy_unref(policy);
}

static void reasons_in_the_order_written(void **state)
{
    (void)state;
    tuoyu_status status;
    tuoyu_policy *policy = load_file("tests/rules/packs/whole.yaml");
    tuoyu_verdict *verdict =
        ask_verdict(policy, "admit", "child: {birth_date: 2024-01-01, kind: public}", "2025-01-01", &status);
    static const char *const IDS[] = {"age", "class_found", "either", "is_public", "cheap"};
    assert_int_equal(tuoyu_verdict_decision(verdict), TUOYU_ELIGIBLE);
    assert_int_equal(tuoyu_verdict_reason_count(verdict), 5);
    for (size_t i = 0; i < 5; i++)
        assert_string_equal(tuoyu_verdict_reason_id(verdict, i), IDS[i]);
    assert_int_equal(tuoyu_verdict_reason_decision(verdict, 4), TUOYU_DECISION_NOT_APPLICABLE);
    assert_string_equal(tuoyu_verdict_reason_text(verdict, 0, "en"), "aged 6 to 36 months");
    assert_string_equal(tuoyu_verdict_reason_citation(verdict, 0), "价格通知 第九条");
    assert_string_equal(tuoyu_verdict_reason_citation(verdict, 1), "");
    assert_null(tuoyu_verdict_reason_id(verdict, 5));
    tuoyu_verdict_free(verdict);
    tuoyu_policy_unref(policy);
}

/* Six months to the day, and the day before; 36 months likewise: born on the last day of a month. */
static void age_boundaries(void **state)
{
    (void)state;
    static const struct {
        const char *birth, *as_of;
        int32_t decision;
    } CASES[] = {{"2024-08-31", "2025-02-27", TUOYU_INELIGIBLE},
                 {"2024-08-31", "2025-02-28", TUOYU_ELIGIBLE},
                 {"2024-07-01", "2024-12-31", TUOYU_INELIGIBLE},
                 {"2024-07-01", "2025-01-01", TUOYU_ELIGIBLE},
                 {"2022-01-01", "2024-12-31", TUOYU_ELIGIBLE}};
    tuoyu_policy *policy = load_file("tests/rules/packs/whole.yaml");
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        char facts[200];
        tuoyu_status status;
        snprintf(facts, sizeof facts, "child: {birth_date: %s, kind: public}", CASES[i].birth);
        tuoyu_verdict *verdict = ask_verdict(policy, "admit", facts, CASES[i].as_of, &status);
        assert_int_equal(tuoyu_verdict_decision(verdict), CASES[i].decision);
        tuoyu_verdict_free(verdict);
    }
    tuoyu_policy_unref(policy);
}

/* A child too young has no class in the table: the age decides, the table's error is told beside it. Without
 * the age the error is all there is. */
static void an_error_that_decides_nothing_is_a_warning(void **state)
{
    (void)state;
    static const char SECTIONS[] = "facts: {f: {n: {type: number}, ok: {type: boolean}}}\n"
                                   "eligibility:\n"
                                   "  e: {title: E, cite: s 1, all: [{id: ok, when: f.ok, because: a}, {id: "
                                   "part, when: 1 / f.n > 0, because: b}]}\n";
    tuoyu_policy *policy = load_sections(SECTIONS);
    tuoyu_eligibility *rule = NULL;
    tuoyu_verdict *verdict = NULL;
    tuoyu_diagnostics *diagnostics = NULL;
    tuoyu_diagnostic finding;
    assert_int_equal(tuoyu_diagnostics_new(NULL, &diagnostics), TUOYU_OK);
    assert_int_equal(tuoyu_policy_eligibility(policy, "e", TUOYU_NUL_TERMINATED, &rule, NULL), TUOYU_OK);
    tuoyu_case *facts = make_case(policy, "f: {n: 0, ok: false}");
    assert_int_equal(tuoyu_eligibility_verdict(rule, facts, day("2025-01-01"), &verdict, diagnostics),
                     TUOYU_OK);
    assert_int_equal(tuoyu_verdict_decision(verdict), TUOYU_INELIGIBLE);
    assert_int_equal(tuoyu_verdict_reason_decision(verdict, 1), TUOYU_DECISION_UNDETERMINED);
    assert_int_equal(tuoyu_diagnostics_get(diagnostics, 0, &finding), TUOYU_OK);
    assert_int_equal(finding.severity, TUOYU_SEVERITY_WARNING);
    assert_int_equal(finding.code, TUOYU_ERROR_DIVISION_BY_ZERO);
    tuoyu_verdict_free(verdict);
    assert_int_equal(tuoyu_case_set_boolean(facts, "f.ok", TUOYU_NUL_TERMINATED, true, NULL), TUOYU_OK);
    assert_int_equal(tuoyu_eligibility_verdict(rule, facts, day("2025-01-01"), &verdict, NULL),
                     TUOYU_ERROR_DIVISION_BY_ZERO);
    assert_null(verdict);
    tuoyu_case_free(facts);
    tuoyu_eligibility_unref(rule);
    tuoyu_diagnostics_free(diagnostics);
    tuoyu_policy_unref(policy);
}

/* Twenty open criteria of which ten are asked for have 184756 smallest sets: the search ends, and lists what
 * it found. */
static void a_search_that_would_be_long_ends(void **state)
{
    (void)state;
    char text[6000] = "facts: {f: {";
    for (int i = 0; i < 20; i++)
        snprintf(text + strlen(text), sizeof text - strlen(text), "%sx%d: {type: boolean}", i ? ", " : "", i);
    snprintf(text + strlen(text), sizeof text - strlen(text),
             "}}\neligibility: {e: {title: E, cite: s 1, at_least: {count: 10, of: [");
    for (int i = 0; i < 20; i++)
        snprintf(text + strlen(text), sizeof text - strlen(text), "%s{id: x%d, when: f.x%d}", i ? ", " : "",
                 i, i);
    snprintf(text + strlen(text), sizeof text - strlen(text), "]}}}\n");
    tuoyu_status status;
    tuoyu_policy *policy = load_sections(text);
    tuoyu_verdict *verdict = ask_verdict(policy, "e", "{}", "2025-01-01", &status);
    size_t count = tuoyu_verdict_deciding_count(verdict);
    assert_true(count > 0 && count <= 32);
    for (size_t i = 0; i < count; i++)
        assert_non_null(tuoyu_verdict_deciding_fact(verdict, i, 9));
    assert_null(tuoyu_verdict_deciding_fact(verdict, count, 0));
    tuoyu_verdict_free(verdict);
    tuoyu_policy_unref(policy);
}

static void exceptions_and_sets_in_words(void **state)
{
    (void)state;
    tuoyu_status status;
    tuoyu_policy *policy = load_groups();
    tuoyu_verdict *verdict =
        ask_verdict(policy, "except", "f: {a: true, b: true, c: true, d: false}", "2025-01-01", &status);
    assert_string_equal(tuoyu_verdict_exception(verdict), "c");
    assert_int_equal(tuoyu_verdict_reason_overrides(verdict, 0), 0);
    assert_int_equal(tuoyu_verdict_reason_overrides(verdict, 2), TUOYU_INELIGIBLE);
    assert_int_equal(tuoyu_verdict_reason_overrides(verdict, 3), TUOYU_ELIGIBLE);
    assert_text(tuoyu_verdict_answer(verdict), "zh", "结论：不符合条件（例外：c）");
    assert_text(tuoyu_verdict_answer(verdict), "zh", "要符合条件，须做到：\n  c（须不再成立）\n");
    assert_text(tuoyu_verdict_answer(verdict), "en", "c (must no longer hold)");
    tuoyu_verdict_free(verdict);
    verdict = ask_verdict(policy, "except", "f: {c: false}", "2025-01-01", &status);
    assert_null(tuoyu_verdict_exception(verdict));
    assert_text(tuoyu_verdict_answer(verdict), "zh", "知道下列任一行，就可能得出结论：\n  f.d\n  f.a；f.b\n");
    tuoyu_verdict_free(verdict);
    tuoyu_policy_unref(policy);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_combination),
        cmocka_unit_test(reasons_in_the_order_written),
        cmocka_unit_test(age_boundaries),
        cmocka_unit_test(an_error_that_decides_nothing_is_a_warning),
        cmocka_unit_test(a_search_that_would_be_long_ends),
        cmocka_unit_test(exceptions_and_sets_in_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
