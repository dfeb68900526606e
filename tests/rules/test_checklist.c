/* SPDX-License-Identifier: Apache-2.0 */
/* Checklists: the state of an item on each day around its days, by date or by yes and no; and how long a
 * verdict holds. */
#include "policy_fixture.h"

#include <stdio.h>
#include <string.h>

static const char PACK[] =
    "facts: {f: {born: {type: date, label: {zh: 出生日期, en: born}}, visited: {type: date, nullable: true}, "
    "paper: {type: boolean}, meals: {type: boolean}}}\n"
    "parameters: {days: {unit: day, values: {2024-01-01: {value: 2, cite: s 一, standing: cited}}}}\n"
    "eligibility:\n"
    "  visits:\n"
    "    title: {zh: 随访, en: Visits}\n"
    "    cite: s 1\n"
    "    checklist:\n"
    "      - {id: visit, done: f.visited, from: 'f.born + duration(\"P28D\")', due: 'f.born + "
    "duration(\"P30D\")', because: {zh: 满月访视, en: visit at a month}, cite: s 2}\n"
    "    all: [{id: on_time, when: none_overdue, because: {zh: 没有逾期, en: nothing overdue}}]\n"
    "  open_ended:\n"
    "    title: O\n"
    "    cite: s 1\n"
    "    checklist: [{id: visit, done: f.paper, from: f.visited, due: f.visited}]\n"
    "    all: [{id: on_time, when: none_overdue}]\n"
    "  papers:\n"
    "    title: {zh: 材料, en: Papers}\n"
    "    cite: s 1\n"
    "    checklist:\n"
    "      - {id: paper, done: f.paper, because: 场地证明}\n"
    "      - {id: food, done: f.visited, only_if: f.meals}\n"
    "    all: [{id: complete, when: all_done}]\n";

static int32_t days_of(int32_t from, int offset)
{
    return from + offset;
}

/* The visit may be made from day 28 to day 30, both included. */
static void around_the_days(void **state)
{
    (void)state;
    tuoyu_policy *policy = load_sections(PACK);
    tuoyu_eligibility *rule;
    assert_int_equal(tuoyu_policy_eligibility(policy, "visits", TUOYU_NUL_TERMINATED, &rule, NULL), TUOYU_OK);
    int32_t born = day("2024-02-01"); /* 28 days later is the leap day */
    for (int made = -1; made <= 40; made++) {
        char text[100], date[11];
        tuoyu_date_to_text(days_of(born, made), date);
        snprintf(text, sizeof text, "{f.born: 2024-02-01, f.visited: %s}", made < 0 ? "null" : date);
        tuoyu_case *facts = make_case(policy, text);
        for (int today = 0; today <= 45; today++) {
            tuoyu_verdict *verdict;
            int32_t shown;
            bool is_done = made >= 0 && made <= today;
            int32_t expected = is_done      ? TUOYU_CHECKLIST_DONE
                               : today < 28 ? TUOYU_CHECKLIST_NOT_YET
                               : today > 30 ? TUOYU_CHECKLIST_OVERDUE
                                            : TUOYU_CHECKLIST_DUE;
            assert_int_equal(tuoyu_eligibility_verdict(rule, facts, days_of(born, today), &verdict, NULL),
                             TUOYU_OK);
            assert_int_equal(tuoyu_verdict_checklist_state(verdict, 0), expected);
            assert_int_equal(tuoyu_verdict_decision(verdict),
                             expected == TUOYU_CHECKLIST_OVERDUE ? TUOYU_INELIGIBLE : TUOYU_ELIGIBLE);
            assert_int_equal(tuoyu_verdict_checklist_from(verdict, 0, &shown), TUOYU_OK);
            assert_int_equal(shown, days_of(born, 28));
            assert_int_equal(tuoyu_verdict_checklist_due(verdict, 0, &shown), TUOYU_OK);
            assert_int_equal(shown, days_of(born, 30));
            assert_int_equal(tuoyu_verdict_checklist_done(verdict, 0, &shown),
                             is_done ? TUOYU_OK : TUOYU_ERROR_NOT_FOUND);
            if (is_done)
                assert_int_equal(shown, days_of(born, made));
            tuoyu_verdict_free(verdict);
        }
        tuoyu_case_free(facts);
    }
    tuoyu_eligibility_unref(rule);
    tuoyu_policy_unref(policy);
}

static void what_is_missing(void **state)
{
    (void)state;
    tuoyu_policy *policy = load_sections(PACK);
    static const struct {
        const char *rule, *facts;
        int32_t decision, first, second;
    } CASES[] = {
        {"visits", "{f.born: 2024-02-01}", TUOYU_DECISION_UNDETERMINED, TUOYU_CHECKLIST_OPEN, 0},
        {"visits", "{f.visited: null}", TUOYU_DECISION_UNDETERMINED, TUOYU_CHECKLIST_OPEN, 0},
        {"visits", "{f.visited: 2024-02-29}", TUOYU_ELIGIBLE, TUOYU_CHECKLIST_DONE,
         0}, /* whenever it was born */
        {"open_ended", "{f: {paper: false, visited: null}}", TUOYU_ELIGIBLE, TUOYU_CHECKLIST_DUE,
         0}, /* no first and no last day */
        {"open_ended", "{f: {paper: false, visited: 2024-05-31}}", TUOYU_INELIGIBLE, TUOYU_CHECKLIST_OVERDUE,
         0},
        {"papers", "{f: {paper: true, meals: false}}", TUOYU_ELIGIBLE, TUOYU_CHECKLIST_DONE,
         TUOYU_CHECKLIST_NOT_APPLICABLE},
        {"papers", "{f: {paper: true, meals: true, visited: null}}", TUOYU_INELIGIBLE, TUOYU_CHECKLIST_DONE,
         TUOYU_CHECKLIST_DUE},
        {"papers", "{f: {paper: true, meals: true, visited: 2024-06-01}}", TUOYU_ELIGIBLE,
         TUOYU_CHECKLIST_DONE, TUOYU_CHECKLIST_DONE},
        {"papers", "{f: {paper: true, meals: true, visited: 2024-06-02}}", TUOYU_INELIGIBLE,
         TUOYU_CHECKLIST_DONE, TUOYU_CHECKLIST_DUE},
        {"papers", "{f: {paper: false}}", TUOYU_INELIGIBLE, TUOYU_CHECKLIST_DUE, TUOYU_CHECKLIST_OPEN},
        {"papers", "{f: {paper: true}}", TUOYU_DECISION_UNDETERMINED, TUOYU_CHECKLIST_DONE,
         TUOYU_CHECKLIST_OPEN},
        {"papers", "{}", TUOYU_DECISION_UNDETERMINED, TUOYU_CHECKLIST_OPEN, TUOYU_CHECKLIST_OPEN}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        tuoyu_status status;
        tuoyu_verdict *verdict = ask_verdict(policy, CASES[i].rule, CASES[i].facts, "2024-06-01", &status);
        assert_non_null(verdict);
        assert_int_equal(tuoyu_verdict_decision(verdict), CASES[i].decision);
        assert_int_equal(tuoyu_verdict_checklist_state(verdict, 0), CASES[i].first);
        assert_int_equal(tuoyu_verdict_checklist_state(verdict, 1), CASES[i].second);
        tuoyu_verdict_free(verdict);
    }
    tuoyu_policy_unref(policy);
}

static void what_is_shown(void **state)
{
    (void)state;
    tuoyu_policy *policy = load_sections(PACK);
    tuoyu_status status;
    tuoyu_verdict *verdict =
        ask_verdict(policy, "visits", "{f: {born: 2024-02-01, visited: null}}", "2024-03-02", &status);
    const tuoyu_answer *answer = tuoyu_verdict_answer(verdict);
    assert_int_equal(tuoyu_verdict_checklist_count(verdict), 1);
    assert_string_equal(tuoyu_verdict_checklist_id(verdict, 0), "visit");
    assert_string_equal(tuoyu_verdict_checklist_text(verdict, 0, "en"), "visit at a month");
    assert_null(tuoyu_verdict_checklist_id(verdict, 1));
    assert_json(answer, "\"checklist\":{\"visit\":{\"state\":\"due\",\"from\":\"2024-02-29\",\"due\":"
                        "\"2024-03-02\"}},\"criteria\":{");
    assert_text(answer, "zh",
                "清单：\n  ○ 满月访视：待办理，自 2024年2月29日，最迟 2024年3月2日（文件 2）\n");
    assert_text(
        answer, "en",
        "Checklist:\n  ○ visit at a month: due, from 29 February 2024, by 2 March 2024 (Document 2)\n");
    assert_no_text(answer, "zh", "not_applicable"); /* how the states are worked out is told by the list */
    tuoyu_verdict_free(verdict);
    verdict =
        ask_verdict(policy, "visits", "{f: {born: 2024-02-01, visited: 2024-03-10}}", "2024-03-12", &status);
    answer = tuoyu_verdict_answer(verdict);
    assert_json(answer, "\"state\":\"done\",\"done\":\"2024-03-10\"");
    assert_text(answer, "zh", "✓ 满月访视：已完成，2024年3月10日（迟于期限）");
    tuoyu_verdict_free(verdict);
    verdict = ask_verdict(policy, "visits", "{f: {born: 2024-02-01, visited: 2024-03-10}}", "2024-03-09",
                          &status); /* as it stood then */
    assert_text(tuoyu_verdict_answer(verdict), "en",
                "✗ visit at a month: overdue, from 29 February 2024, by 2 March 2024");
    tuoyu_verdict_free(verdict);
    tuoyu_policy_unref(policy);
}

static void how_long_a_verdict_holds(void **state)
{
    (void)state;
    tuoyu_policy *policy = load_sections(
        "facts: {f: {granted: {type: date}, ends: {type: date, nullable: true}, ok: {type: boolean}}}\n"
        "eligibility:\n"
        "  all: {title: {zh: 认定, en: Accredited}, cite: s 1, valid_until: 'f.granted + duration(\"P3Y\")', "
        "all: [{id: ok, when: f.ok}]}\n"
        "  any: {title: A, cite: s 1, valid_until: f.ends, any: [{id: ok, when: f.ok}, {id: old, when: "
        "f.granted < date(\"2020-01-01\")}]}\n");
    static const struct {
        const char *rule, *facts, *date;
        int32_t decision;
        const char *until;
    } CASES[] = {
        {"all", "{f: {granted: 2024-02-29, ok: true}}", "2025-01-01", TUOYU_ELIGIBLE, "2027-02-28"},
        {"all", "{f: {granted: 2022-01-01, ok: true}}", "2025-01-01", TUOYU_ELIGIBLE, "2025-01-01"},
        {"all", "{f: {granted: 2022-01-01, ok: true}}", "2025-01-02", TUOYU_INELIGIBLE, "2025-01-01"},
        {"all", "{f: {granted: 2022-01-01, ok: false}}", "2025-01-01", TUOYU_INELIGIBLE, "2025-01-01"},
        {"all", "{f: {ok: true}}", "2025-01-01", TUOYU_DECISION_UNDETERMINED, NULL},
        {"all", "{f: {ok: false}}", "2025-01-01", TUOYU_INELIGIBLE, NULL},
        {"any", "{f: {ok: true, ends: null}}", "2025-01-01", TUOYU_ELIGIBLE, NULL},
        {"any", "{f: {ok: true, ends: 2024-12-31}}", "2025-01-01", TUOYU_INELIGIBLE, "2024-12-31"},
        {"any", "{f: {ok: false, granted: 2019-12-31, ends: 2025-01-01}}", "2025-01-01", TUOYU_ELIGIBLE,
         "2025-01-01"},
        {"any", "{f: {ok: false, granted: 2020-01-01, ends: 2025-01-01}}", "2025-01-01", TUOYU_INELIGIBLE,
         "2025-01-01"}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        tuoyu_status status;
        int32_t until = 0;
        tuoyu_verdict *verdict = ask_verdict(policy, CASES[i].rule, CASES[i].facts, CASES[i].date, &status);
        assert_non_null(verdict);
        assert_int_equal(tuoyu_verdict_decision(verdict), CASES[i].decision);
        assert_int_equal(tuoyu_verdict_valid_until(verdict, &until),
                         CASES[i].until ? TUOYU_OK : TUOYU_ERROR_NOT_FOUND);
        if (CASES[i].until)
            assert_int_equal(until, day(CASES[i].until));
        tuoyu_verdict_free(verdict);
    }
    tuoyu_status status;
    tuoyu_verdict *verdict =
        ask_verdict(policy, "all", "{f: {granted: 2022-01-01, ok: true}}", "2025-01-02", &status);
    const tuoyu_answer *answer = tuoyu_verdict_answer(verdict);
    assert_json(answer, "\"valid_until\":\"2025-01-01\"");
    assert_json(answer, "\"to_become_eligible\":[[\"valid_until\"]]");
    assert_text(answer, "zh", "有效期至：2025年1月1日（已过期）\n");
    assert_text(answer, "en", "Valid until 1 January 2025 (expired)\n");
    tuoyu_verdict_free(verdict);
    tuoyu_policy_unref(policy);
}

static void refused_lists(void **state)
{
    (void)state;
    assert_refused("eligibility:\n  e: {title: E, cite: s 1, checklist: [{id: x, done: 1}], all: [{id: p, "
                   "when: all_done}]}\n",
                   TUOYU_ERROR_TYPE, 2, "the day it was done");
    assert_refused("eligibility:\n  e: {title: E, cite: s 1, checklist: [{id: x, done: true, due: 3}], all: "
                   "[{id: p, when: all_done}]}\n",
                   TUOYU_ERROR_TYPE, 2, "date");
    assert_refused("eligibility:\n  e: {title: E, cite: s 1, all: [{id: p, when: all_done}]}\n",
                   TUOYU_ERROR_UNKNOWN_NAME, 2, "all_done");
    assert_refused("eligibility:\n  e: {title: E, cite: s 1, valid_until: 3, all: [{id: p, when: true}]}\n",
                   TUOYU_ERROR_TYPE, 2, "date");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(around_the_days), cmocka_unit_test(what_is_missing), cmocka_unit_test(what_is_shown),
        cmocka_unit_test(how_long_a_verdict_holds), cmocka_unit_test(refused_lists)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
