/* SPDX-License-Identifier: Apache-2.0 */
/* Scorecards against an oracle: every way that items can be met, not met or unknown; the bounds are those of
 * all ways of filling the unknown ones in, and a grade is possible exactly if the bounds reach into its band.
 */
#include "policy_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ITEMS = 5, GRADES = 4 };
static const int POINTS[ITEMS] = {40, 25, -15, 30, -5};
static const int FROM[GRADES] = {90, 60, 0, 0}; /* the last has none */
static const char *const IDS[GRADES] = {"A", "B", "C", "D"};

static const char PACK[] =
    "facts: {f: {a: {type: boolean}, b: {type: boolean}, c: {type: boolean}, d: {type: boolean}, e: {type: "
    "boolean}}}\n"
    "parameters: {best: {values: {2024-01-01: {value: 90, cite: s 一, standing: cited}}}}\n"
    "eligibility:\n"
    "  rating:\n"
    "    title: {zh: 信用, en: Credit}\n"
    "    cite: s 1\n"
    "    score:\n"
    "      items:\n"
    "        - {id: a, points: 40, when: f.a, because: {zh: 甲, en: first}, cite: s 2}\n"
    "        - {id: b, points: 25, when: f.b}\n"
    "        - {id: c, points: -15, when: f.c}\n"
    "        - {id: d, points: 30, when: f.d}\n"
    "        - {id: e, points: -5, when: f.e}\n"
    "      grades:\n"
    "        - {id: A, at_least: best, label: {zh: 优, en: excellent}, consequence: {zh: 减少检查, en: fewer "
    "inspections}}\n"
    "        - {id: B, at_least: 60, label: 良}\n"
    "        - {id: C, at_least: 0}\n"
    "        - {id: D, consequence: {zh: 重点监管, en: close supervision}}\n"
    "    all: [{id: trusted, when: 'grade = \"A\" or grade = \"B\"', because: 良以上}]\n";

static int number(tuoyu_status status, const tuoyu_decimal *decimal)
{
    assert_int_equal(status, TUOYU_OK);
    return atoi(digits(status, decimal));
}

static int grade_of(int score)
{
    for (int i = 0; i < GRADES - 1; i++)
        if (score >= FROM[i])
            return i;
    return GRADES - 1;
}

/* Whether a number from low to high has the grade: its band is from its threshold up to the one above. */
static bool is_possible(int grade, int low, int high)
{
    bool is_below_the_next = grade == 0 || low < FROM[grade - 1];
    return is_below_the_next && (grade == GRADES - 1 || high >= FROM[grade]);
}

static void check(tuoyu_policy *policy, const int given[ITEMS])
{
    char facts[200] = "{";
    int low = 0, high = 0;
    bool is_known = true;
    for (int i = 0; i < ITEMS; i++) {
        if (given[i] < 2)
            sprintf(facts + strlen(facts), "f.%c: %s, ", 'a' + i, given[i] ? "true" : "false");
        is_known &= given[i] < 2;
        int least = given[i] == 1 ? POINTS[i] : given[i] == 0 ? 0 : POINTS[i] < 0 ? POINTS[i] : 0;
        int most = given[i] == 1 ? POINTS[i] : given[i] == 0 ? 0 : POINTS[i] > 0 ? POINTS[i] : 0;
        low += least;
        high += most;
    }
    strcat(facts, "}");
    tuoyu_status status;
    tuoyu_decimal decimal;
    tuoyu_verdict *verdict = ask_verdict(policy, "rating", facts, "2025-01-01", &status);
    assert_non_null(verdict);
    assert_int_equal(number(tuoyu_verdict_score_lower(verdict, &decimal), &decimal), low);
    assert_int_equal(number(tuoyu_verdict_score_upper(verdict, &decimal), &decimal), high);
    if (is_known)
        assert_int_equal(number(tuoyu_verdict_score(verdict, &decimal), &decimal), low);
    else
        assert_int_equal(tuoyu_verdict_score(verdict, &decimal), TUOYU_ERROR_NOT_FOUND);
    size_t place = 0;
    for (int i = 0; i < GRADES; i++)
        if (is_possible(i, low, high))
            assert_string_equal(tuoyu_verdict_grade_id(verdict, place++), IDS[i]);
    assert_int_equal(tuoyu_verdict_grade_count(verdict), place);
    assert_null(tuoyu_verdict_grade_id(verdict, place));
    int32_t decision = tuoyu_verdict_decision(verdict);
    if (is_known)
        assert_int_equal(decision, grade_of(low) < 2 ? TUOYU_ELIGIBLE : TUOYU_INELIGIBLE);
    else
        assert_int_equal(decision, TUOYU_DECISION_UNDETERMINED);
    tuoyu_verdict_free(verdict);
}

static void every_way(void **state)
{
    (void)state;
    tuoyu_policy *policy = load_sections(PACK);
    for (int way = 0; way < 243; way++) {
        int given[ITEMS], rest = way;
        for (int i = 0; i < ITEMS; i++, rest /= 3)
            given[i] = rest % 3;
        check(policy, given);
    }
    tuoyu_policy_unref(policy);
}

static void what_is_shown(void **state)
{
    (void)state;
    tuoyu_policy *policy = load_sections(PACK);
    tuoyu_status status;
    tuoyu_verdict *verdict = ask_verdict(
        policy, "rating", "{f: {a: true, b: true, c: false, d: true, e: true}}", "2025-01-01", &status);
    const tuoyu_answer *answer = tuoyu_verdict_answer(verdict);
    assert_json(answer,
                "\"score\":\"90\",\"score_lower\":\"90\",\"score_upper\":\"90\",\"points\":{\"a\":\"40\","
                "\"b\":\"25\",\"c\":\"0\",\"d\":\"30\",\"e\":\"-5\"},\"grades\":[{\"id\":\"A\","
                "\"consequence\":{\"zh\":\"减少检查\","
                "\"en\":\"fewer inspections\"}}]");
    assert_text(answer, "zh", "得分：90\n  甲：40\n  b：25\n");
    assert_text(answer, "zh", "等级：优；减少检查\n");
    assert_text(answer, "en", "Grade: excellent; fewer inspections\n");
    assert_string_equal(tuoyu_verdict_grade_consequence(verdict, 0, "en"), "fewer inspections");
    assert_string_equal(tuoyu_verdict_grade_label(verdict, 0, "zh"), "优");
    assert_string_equal(tuoyu_verdict_score_item_text(verdict, 0, "en"), "first");
    assert_string_equal(tuoyu_verdict_score_item_id(verdict, 4), "e");
    assert_null(tuoyu_verdict_score_item_id(verdict, 5));
    tuoyu_verdict_free(verdict);
    verdict =
        ask_verdict(policy, "rating", "{f: {a: true, b: true, c: false, d: true}}", "2025-01-01", &status);
    answer = tuoyu_verdict_answer(verdict);
    assert_json(answer, "\"decision\":\"undetermined\",\"score_lower\":\"90\",\"score_upper\":\"95\"");
    assert_json(answer, "\"d\":\"30\"},\"grades\":[{\"id\":\"A\",");
    assert_text(answer, "zh", "得分：信息不全，可能在 90 至 95 之间\n");
    assert_text(answer, "en", "Score: facts are missing; it may be from 90 to 95\n");
    assert_text(answer, "en", "  e: not determined\n");
    tuoyu_decimal points;
    assert_int_equal(tuoyu_verdict_score_item_points(verdict, 4, &points), TUOYU_ERROR_NOT_FOUND);
    tuoyu_verdict_free(verdict);
    tuoyu_policy_unref(policy);
}

/* Points by a formula: bounded where the item is, open on that side where not. */
static void points_by_formula(void **state)
{
    (void)state;
    tuoyu_policy *policy = load_sections(
        "facts: {f: {complaints: {type: integer}, on: {type: boolean}, x: {type: number}}}\n"
        "parameters: {pass: {unset: 未定}}\n"
        "eligibility:\n"
        "  e: {title: E, cite: s 1, score: {items: [{id: base, points: 100}, {id: complaints, points: -2 * "
        "f.complaints, at_least: -30, at_most: 0}]},\n"
        "      all: [{id: p, when: score >= 80}]}\n"
        "  open: {title: E, cite: s 1, score: {items: [{id: x, points: f.x, at_least: 1}], grades: [{id: A, "
        "at_least: 10}, {id: B}]}, all: [{id: p, when: score > 0}]}\n"
        "  sometimes: {title: E, cite: s 1, score: {items: [{id: x, points: f.x, at_most: 5, at_least: 3, "
        "when: f.on}]}, all: [{id: p, when: score > 0}]}\n"
        "  unset: {title: E, cite: s 1, score: {items: [{id: x, points: f.x}], grades: [{id: A, at_least: "
        "pass}, {id: B, at_least: 10}, {id: C}]}, all: [{id: p, when: score > 0}]}\n"
        "  wrong: {title: E, cite: s 1, score: {items: [{id: x, points: 1 / f.x}]}, all: [{id: p, when: "
        "f.on}]}\n"
        "  never: {title: E, cite: s 1, when: f.on, score: {items: [{id: x, points: f.x}]}, all: [{id: p, "
        "when: score > 0}]}\n");
    static const struct {
        const char *rule, *facts, *score, *lower, *upper, *grades;
    } CASES[] = {{"e", "{f.complaints: 0}", "100", "100", "100", ""},
                 {"e", "{f.complaints: 10}", "80", "80", "80", ""},
                 {"e", "{f.complaints: 15}", "70", "70", "70", ""},
                 {"e", "{f.complaints: 1000}", "70", "70", "70", ""},
                 {"e", "{f.complaints: -7}", "100", "100", "100", ""},
                 {"e", "{}", "none", "70", "100", ""},
                 {"open", "{}", "none", "1", "none", "AB"},
                 {"open", "{f.x: -5}", "1", "1", "1", "B"},
                 {"open", "{f.x: 10}", "10", "10", "10", "A"},
                 {"sometimes", "{}", "none", "0", "5", ""},
                 {"sometimes", "{f.on: true}", "none", "3", "5", ""},
                 {"sometimes", "{f.x: 9}", "none", "0", "5", ""},
                 {"sometimes", "{f.x: 1}", "none", "0", "3", ""},
                 {"sometimes", "{f.on: false}", "0", "0", "0", ""},
                 {"unset", "{f.x: 50}", "50", "50", "50", "AB"},
                 {"unset", "{f.x: 9.99}", "9.99", "9.99", "9.99", "AC"},
                 {"unset", "{}", "none", "none", "none", "ABC"},
                 {"wrong", "{f.x: 0, f.on: true}", "none", "none", "none", ""}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        tuoyu_status status;
        tuoyu_decimal number;
        tuoyu_verdict *verdict = ask_verdict(policy, CASES[i].rule, CASES[i].facts, "2025-01-01", &status);
        assert_non_null(verdict);
        assert_string_equal(digits(tuoyu_verdict_score(verdict, &number), &number), CASES[i].score);
        assert_string_equal(digits(tuoyu_verdict_score_lower(verdict, &number), &number), CASES[i].lower);
        assert_string_equal(digits(tuoyu_verdict_score_upper(verdict, &number), &number), CASES[i].upper);
        assert_int_equal(tuoyu_verdict_grade_count(verdict), strlen(CASES[i].grades));
        for (size_t k = 0; CASES[i].grades[k]; k++)
            assert_int_equal(tuoyu_verdict_grade_id(verdict, k)[0], CASES[i].grades[k]);
        tuoyu_verdict_free(verdict);
    }
    tuoyu_status status;
    tuoyu_verdict *verdict = ask_verdict(policy, "never", "{f.on: false}", "2025-01-01", &status);
    assert_int_equal(tuoyu_verdict_decision(verdict), TUOYU_DECISION_NOT_APPLICABLE);
    assert_int_equal(tuoyu_verdict_score_item_count(verdict), 0);
    tuoyu_decimal number;
    assert_int_equal(tuoyu_verdict_score(verdict, &number), TUOYU_ERROR_NOT_FOUND);
    tuoyu_verdict_free(verdict);
    tuoyu_policy_unref(policy);
}

static void refused_scorecards(void **state)
{
    (void)state;
    assert_refused("eligibility:\n  e: {title: E, cite: s 1, score: {items: [{id: x, points: true}]}, all: "
                   "[{id: p, when: true}]}\n",
                   TUOYU_ERROR_TYPE, 2, "number");
    assert_refused("eligibility:\n  e: {title: E, cite: s 1, score: {items: [{id: x, points: 1, when: 1}]}, "
                   "all: [{id: p, when: true}]}\n",
                   TUOYU_ERROR_TYPE, 2, "");
    assert_refused("eligibility:\n  e: {title: E, cite: s 1, all: [{id: p, when: score > 1}]}\n",
                   TUOYU_ERROR_UNKNOWN_NAME, 2, "score");
    assert_refused("eligibility:\n  e: {title: E, cite: s 1, score: {items: [{id: x, points: 1}]}, all: "
                   "[{id: p, when: grade = 1}]}\n",
                   TUOYU_ERROR_UNKNOWN_NAME, 2, "grade");
    assert_refused("eligibility:\n  e: {title: E, cite: s 1, score: {items: [{id: x, points: 1}], grades: "
                   "[{id: A, at_least: true}, {id: B}]}, all: [{id: p, when: true}]}\n",
                   TUOYU_ERROR_TYPE, 2, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_way), cmocka_unit_test(what_is_shown),
                                       cmocka_unit_test(points_by_formula),
                                       cmocka_unit_test(refused_scorecards)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
