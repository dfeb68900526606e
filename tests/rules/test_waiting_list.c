/* SPDX-License-Identifier: Apache-2.0 */
/* Waiting lists: the order against an oracle, whatever order the cases come in; who has no place, and why. */
#include "policy_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char PACK[] =
    "facts: {f: {ok: {type: boolean, label: {zh: 合格, en: fit}}, sibling: {type: boolean, label: {zh: "
    "有兄姐在园, en: sibling here}}, "
    "born: {type: date, label: {zh: 出生日期, en: born}}, points: {type: integer, nullable: true, label: "
    "{zh: 积分, en: points}}}}\n"
    "eligibility:\n"
    "  place:\n"
    "    title: {zh: 入托, en: Admission}\n"
    "    cite: s 1\n"
    "    all: [{id: ok, when: f.ok}]\n"
    "    admission:\n"
    "      - {id: sibling, first: f.sibling, because: {zh: 有兄姐在园者优先, en: siblings first}, cite: s "
    "2}\n"
    "      - {id: points, descending: f.points, because: {zh: 积分高者优先, en: more points first}}\n"
    "      - {id: age, ascending: f.born}\n"
    "  plain: {title: P, cite: s 1, all: [{id: ok, when: f.ok}]}\n"
    "  wrong: {title: P, cite: s 1, all: [{id: ok, when: f.ok}], admission: [{id: a, ascending: 1 / "
    "f.points}]}\n";

struct child {
    char id[8];
    int sibling, points /* -1: none */, born;
};

static tuoyu_waiting_list *begin(tuoyu_policy *policy, const char *name, int64_t places)
{
    tuoyu_eligibility *rule;
    tuoyu_waiting_list *list;
    assert_int_equal(tuoyu_policy_eligibility(policy, name, TUOYU_NUL_TERMINATED, &rule, NULL), TUOYU_OK);
    assert_int_equal(tuoyu_eligibility_waiting_list(rule, day("2025-01-01"), places, &list, NULL), TUOYU_OK);
    tuoyu_eligibility_unref(rule);
    return list;
}

static tuoyu_status add(tuoyu_policy *policy, tuoyu_waiting_list *list, const char *id, const char *text)
{
    tuoyu_case *facts = make_case(policy, text);
    tuoyu_status status = tuoyu_waiting_list_add(list, id, TUOYU_NUL_TERMINATED, facts, NULL);
    tuoyu_case_free(facts);
    return status;
}

static void add_child(tuoyu_policy *policy, tuoyu_waiting_list *list, const struct child *child)
{
    char text[160], date[11], points[12] = "null";
    tuoyu_date_to_text(day("2023-01-01") + child->born, date);
    if (child->points >= 0)
        sprintf(points, "%d", child->points);
    snprintf(text, sizeof text, "{f: {ok: true, sibling: %s, points: %s, born: %s}}",
             child->sibling ? "true" : "false", points, date);
    assert_int_equal(add(policy, list, child->id, text), TUOYU_OK);
}

static int by_the_rule(const void *left, const void *right)
{
    const struct child *a = left, *b = right;
    if (a->sibling != b->sibling)
        return b->sibling - a->sibling;
    if (a->points != b->points)
        return b->points - a->points; /* none is -1, and so last */
    if (a->born != b->born)
        return a->born - b->born;
    return strcmp(a->id, b->id);
}

static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

static void the_order_is_of_the_cases_alone(void **state)
{
    (void)state;
    enum { COUNT = 60, ROUNDS = 20 };
    tuoyu_policy *policy = load_sections(PACK);
    uint32_t seed = 7;
    for (int round = 0; round < ROUNDS; round++) {
        struct child children[COUNT], sorted[COUNT];
        int spread = 1 + round % 4; /* few different values: many ties */
        for (int i = 0; i < COUNT; i++) {
            children[i] = (struct child){.sibling = (int)(next_random(&seed) % 2),
                                         .points = (int)(next_random(&seed) % (unsigned)(spread + 1)) - 1,
                                         .born = (int)(next_random(&seed) % (unsigned)spread)};
            sprintf(children[i].id, "%d", (i * 37) % COUNT);
        }
        for (int i = COUNT - 1; i > 0; i--) {
            int k = (int)(next_random(&seed) % (unsigned)(i + 1));
            struct child swap = children[i];
            children[i] = children[k];
            children[k] = swap;
        }
        memcpy(sorted, children, sizeof sorted);
        qsort(sorted, COUNT, sizeof *sorted, by_the_rule);
        int64_t places = (int64_t)(next_random(&seed) % (COUNT + 5));
        tuoyu_waiting_list *list = begin(policy, "place", places);
        for (int i = 0; i < COUNT; i++)
            add_child(policy, list, &children[i]);
        assert_int_equal(tuoyu_waiting_list_order(list), TUOYU_OK);
        assert_int_equal(tuoyu_waiting_list_count(list), COUNT);
        for (int i = 0; i < COUNT; i++) {
            assert_string_equal(tuoyu_waiting_list_id(list, (size_t)i), sorted[i].id);
            assert_int_equal(tuoyu_waiting_list_state(list, (size_t)i),
                             i < places ? TUOYU_WAITING_ADMITTED : TUOYU_WAITING_QUEUED);
        }
        tuoyu_waiting_list_free(list);
    }
    tuoyu_policy_unref(policy);
}

static void fill(tuoyu_policy *policy, tuoyu_waiting_list *list)
{
    assert_int_equal(add(policy, list, "丁", "{f: {ok: true, sibling: false, points: 5}}"), TUOYU_OK);
    assert_int_equal(add(policy, list, "乙", "{f: {ok: true, sibling: false, points: 5, born: 2023-05-01}}"),
                     TUOYU_OK);
    assert_int_equal(add(policy, list, "丙", "{f: {ok: false}}"), TUOYU_OK);
    assert_int_equal(add(policy, list, "甲", "{f: {ok: true, sibling: false, points: 5, born: 2023-01-02}}"),
                     TUOYU_OK);
    assert_int_equal(add(policy, list, "戊", "{f: {sibling: true}}"), TUOYU_OK);
    assert_int_equal(
        add(policy, list, "己", "{f: {ok: true, sibling: true, points: null, born: 2024-01-02}}"), TUOYU_OK);
    assert_int_equal(add(policy, list, "甲", "{f: {ok: true}}"), TUOYU_ERROR_DUPLICATE);
}

static void assert_reason(const tuoyu_waiting_list *list, size_t index, const char *language,
                          const char *expected)
{
    tuoyu_text *text;
    assert_int_equal(tuoyu_waiting_list_reason(list, index, language, &text), TUOYU_OK);
    assert_string_equal(tuoyu_text_bytes(text), expected);
    tuoyu_text_free(text);
}

static void reasons(void **state)
{
    (void)state;
    tuoyu_policy *policy = load_sections(PACK);
    tuoyu_waiting_list *list = begin(policy, "place", 2);
    fill(policy, list);
    assert_null(tuoyu_waiting_list_id(list, 0)); /* not in order yet */
    assert_int_equal(tuoyu_waiting_list_order(list), TUOYU_OK);
    static const char *const IDS[] = {"己", "甲", "乙", "丁", "戊", "丙"};
    assert_int_equal(tuoyu_waiting_list_count(list), 6);
    for (size_t i = 0; i < 6; i++)
        assert_string_equal(tuoyu_waiting_list_id(list, i), IDS[i]);
    assert_null(tuoyu_waiting_list_id(list, 6));
    assert_reason(list, 0, "zh", "第 1 位，录取");
    assert_reason(list, 1, "zh",
                  "第 2 位，录取（未定，取决于 戊、丁）；在 己 之后：有兄姐在园者优先，否 对 是（文件 2）");
    assert_reason(list, 2, "zh", "第 3 位，轮候；在 甲 之后：age，2023年5月1日 对 2023年1月2日");
    assert_reason(list, 2, "en", "place 3, waiting; behind 甲 by age, 1 May 2023 against 2 January 2023");
    assert_reason(list, 3, "zh", "暂不能确定，缺少：出生日期；仍可能录取");
    assert_reason(list, 4, "en", "not decided yet, missing: fit; may still be admitted");
    assert_reason(list, 5, "en", "not eligible");
    tuoyu_text *json, *text;
    assert_int_equal(tuoyu_waiting_list_to_json(list, &json), TUOYU_OK);
    assert_non_null(
        strstr(tuoyu_text_bytes(json),
               "{\"kind\":\"waiting_list\",\"rule\":\"cn.test:place\",\"as_of\":\"2025-01-01\",\"places\":2,"
               "\"admitted\":2,\"waiting\":1,\"pending\":2,\"refused\":1,\"error\":0,\"entries\":["
               "{\"id\":\"己\",\"state\":\"admitted\",\"position\":1,\"keys\":[{\"id\":\"sibling\",\"value\":"
               "\"true\"},{\"id\":\"points\"},"
               "{\"id\":\"age\",\"value\":\"2024-01-02\"}],\"admission\":\"certain\"},{\"id\":\"甲\","
               "\"state\":\"admitted\","
               "\"position\":2,\"behind_by\":\"sibling\","));
    assert_non_null(
        strstr(tuoyu_text_bytes(json),
               "{\"id\":\"丁\",\"state\":\"pending\",\"admission\":\"possible\",\"missing\":[\"f.born\"]}"));
    assert_int_equal(tuoyu_waiting_list_to_text(list, "zh", &text), TUOYU_OK);
    assert_non_null(strstr(tuoyu_text_bytes(text),
                           "入托\n基准日：2025年1月1日\n可录取 2 名\n己：第 1 位，录取\n甲：第 2 位，录取"));
    tuoyu_text_free(json);
    tuoyu_text_free(text);
    assert_int_equal(tuoyu_waiting_list_reason(list, 6, "zh", &text), TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(tuoyu_waiting_list_to_text(list, "fr", &text), TUOYU_ERROR_INVALID_ARGUMENT);
    /* More may come, and the list is put in order again. */
    assert_int_equal(add(policy, list, "庚", "{f: {ok: true, sibling: true, points: 0, born: 2024-01-02}}"),
                     TUOYU_OK);
    assert_int_equal(tuoyu_waiting_list_to_json(list, &json), TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(tuoyu_waiting_list_order(list), TUOYU_OK);
    assert_string_equal(tuoyu_waiting_list_id(list, 0), "庚"); /* who has points comes before who has none */
    assert_int_equal(tuoyu_waiting_list_state(list, 2), TUOYU_WAITING_QUEUED);
    tuoyu_waiting_list_free(list);
    tuoyu_policy_unref(policy);
}

static void all_else_being_equal(void **state)
{
    (void)state;
    tuoyu_policy *policy = load_sections(PACK);
    tuoyu_waiting_list *list = begin(policy, "place", 0);
    static const char SAME[] = "{f: {ok: true, sibling: false, points: 5, born: 2023-05-01}}";
    assert_int_equal(add(policy, list, "b", SAME), TUOYU_OK);
    assert_int_equal(add(policy, list, "B", SAME), TUOYU_OK);
    assert_int_equal(add(policy, list, "a", SAME), TUOYU_OK);
    assert_int_equal(add(policy, list, "ab", SAME), TUOYU_OK);
    assert_int_equal(tuoyu_waiting_list_order(list), TUOYU_OK);
    static const char *const IDS[] = {"B", "a", "ab", "b"};
    for (size_t i = 0; i < 4; i++) {
        assert_string_equal(tuoyu_waiting_list_id(list, i), IDS[i]);
        assert_int_equal(tuoyu_waiting_list_state(list, i), TUOYU_WAITING_QUEUED);
    }
    assert_reason(list, 3, "zh", "第 4 位，轮候；在 ab 之后：各项相同，按编号排列");
    tuoyu_waiting_list_free(list);
    tuoyu_policy_unref(policy);
}

static void a_case_with_an_error_is_kept(void **state)
{
    (void)state;
    tuoyu_policy *policy = load_sections(PACK);
    tuoyu_waiting_list *list = begin(policy, "wrong", 5);
    assert_int_equal(add(policy, list, "x", "{f: {ok: true, points: 0}}"), TUOYU_ERROR_DIVISION_BY_ZERO);
    assert_int_equal(add(policy, list, "x", "{f: {ok: true, points: 1}}"), TUOYU_ERROR_DUPLICATE);
    assert_int_equal(add(policy, list, "y", "{f: {ok: true, points: 4}}"), TUOYU_OK);
    assert_int_equal(tuoyu_waiting_list_order(list), TUOYU_OK);
    assert_string_equal(tuoyu_waiting_list_id(list, 0), "y");
    assert_string_equal(tuoyu_waiting_list_id(list, 1), "x");
    assert_int_equal(tuoyu_waiting_list_state(list, 1), TUOYU_WAITING_ERROR);
    assert_reason(list, 1, "zh", "有错误：TUOYU_ERROR_DIVISION_BY_ZERO；仍可能录取");
    tuoyu_waiting_list_free(list);
    tuoyu_policy_unref(policy);
}

static void what_is_refused(void **state)
{
    (void)state;
    tuoyu_policy *policy = load_sections(PACK), *other = load_sections(PACK);
    tuoyu_eligibility *plain, *place;
    tuoyu_waiting_list *list;
    assert_int_equal(tuoyu_policy_eligibility(policy, "plain", TUOYU_NUL_TERMINATED, &plain, NULL), TUOYU_OK);
    assert_int_equal(tuoyu_policy_eligibility(policy, "place", TUOYU_NUL_TERMINATED, &place, NULL), TUOYU_OK);
    assert_int_equal(tuoyu_eligibility_waiting_list(plain, day("2025-01-01"), 1, &list, NULL),
                     TUOYU_ERROR_NOT_FOUND);
    assert_null(list);
    assert_int_equal(tuoyu_eligibility_waiting_list(place, day("2023-12-31"), 1, &list, NULL),
                     TUOYU_ERROR_NOT_IN_FORCE);
    assert_int_equal(tuoyu_eligibility_waiting_list(place, day("2026-01-01"), 1, &list, NULL),
                     TUOYU_ERROR_NOT_IN_FORCE);
    assert_int_equal(tuoyu_eligibility_waiting_list(place, day("2025-01-01"), -1, &list, NULL),
                     TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(tuoyu_eligibility_waiting_list(place, day("2025-01-01"), 1, &list, NULL), TUOYU_OK);
    tuoyu_case *facts = make_case(policy, "{f.ok: true}"), *strange = make_case(other, "{f.ok: true}");
    assert_int_equal(tuoyu_waiting_list_add(list, "", 0, facts, NULL), TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(tuoyu_waiting_list_add(list, "a\0b", 3, facts, NULL), TUOYU_ERROR_ENCODING);
    assert_int_equal(tuoyu_waiting_list_add(list, "\xff", 1, facts, NULL), TUOYU_ERROR_ENCODING);
    assert_int_equal(tuoyu_waiting_list_add(list, "a", 1, strange, NULL), TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(tuoyu_waiting_list_add(list, "a", 1, NULL, NULL), TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(tuoyu_waiting_list_count(list), 0);
    tuoyu_case_free(facts);
    tuoyu_case_free(strange);
    tuoyu_eligibility_unref(plain);
    tuoyu_eligibility_unref(place);
    tuoyu_policy_unref(policy);
    tuoyu_policy_unref(other);
    assert_int_equal(tuoyu_waiting_list_order(list), TUOYU_OK); /* it keeps its policy */
    tuoyu_waiting_list_free(list);
    tuoyu_waiting_list_free(NULL);
    assert_int_equal(tuoyu_waiting_list_order(NULL), TUOYU_ERROR_INVALID_ARGUMENT);
    assert_refused("eligibility:\n  e: {title: E, cite: s 1, all: [{id: p, when: true}], admission: [{id: a, "
                   "ascending: true}]}\n",
                   TUOYU_ERROR_TYPE, 2, "must be a number or a date");
    assert_refused("eligibility:\n  e: {title: E, cite: s 1, all: [{id: p, when: true}], admission: [{id: a, "
                   "first: 3}]}\n",
                   TUOYU_ERROR_TYPE, 2, "");
}

/* A record that cannot be asked stays on the list, after all cases; it makes no id taken, and the list is not
 * final. */
static void records_that_cannot_be_asked(void **state)
{
    (void)state;
    tuoyu_policy *policy = load_sections(PACK);
    tuoyu_waiting_list *list = begin(policy, "place", 2);
    tuoyu_text *json, *text;
    assert_int_equal(add(policy, list, "a", "{f: {ok: true, sibling: true, points: 1, born: 2023-01-01}}"),
                     TUOYU_OK);
    assert_true(tuoyu_waiting_list_is_final(list));
    assert_int_equal(
        tuoyu_waiting_list_add_error(list, 7, "b", 1, TUOYU_ERROR_SYNTAX, "it is short", 11, NULL), TUOYU_OK);
    assert_int_equal(
        tuoyu_waiting_list_add_error(list, 9, NULL, 0, TUOYU_ERROR_SYNTAX, "no\nline\x1B[31m", 12, NULL),
        TUOYU_OK);
    assert_int_equal(tuoyu_waiting_list_add_error(list, 0, "\u202Ea ", TUOYU_NUL_TERMINATED,
                                                  TUOYU_ERROR_DUPLICATE, "twice", 5, NULL),
                     TUOYU_OK);
    assert_int_equal(tuoyu_waiting_list_add_error(list, 8, NULL, 0, TUOYU_ERROR_SYNTAX, "no", 2, NULL),
                     TUOYU_OK);
    assert_int_equal(add(policy, list, "b", "{f: {ok: false}}"), TUOYU_OK); /* the id was not taken */
    assert_int_equal(tuoyu_waiting_list_add_error(list, -1, NULL, 0, TUOYU_ERROR_SYNTAX, "no", 2, NULL),
                     TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(tuoyu_waiting_list_add_error(list, 1, NULL, 0, TUOYU_OK, "no", 2, NULL),
                     TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(tuoyu_waiting_list_add_error(list, 1, NULL, 0, TUOYU_ERROR_SYNTAX, NULL, 0, NULL),
                     TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(tuoyu_waiting_list_add_error(NULL, 1, NULL, 0, TUOYU_ERROR_SYNTAX, "no", 2, NULL),
                     TUOYU_ERROR_INVALID_ARGUMENT);
    assert_false(tuoyu_waiting_list_is_final(list));
    static const int64_t COUNTS[] = {6, 2, 0, 0, 0, 1, 3};
    for (int32_t which = TUOYU_RECORDS_READ; which <= TUOYU_RECORDS_UNREADABLE; which++)
        assert_int_equal(tuoyu_waiting_list_records(list, which), COUNTS[which]);
    assert_int_equal(tuoyu_waiting_list_records(list, 7), -1);
    assert_int_equal(tuoyu_waiting_list_records(NULL, 0), -1);
    assert_int_equal(tuoyu_waiting_list_order(list), TUOYU_OK);
    static const char *const IDS[] = {"a", "b", "", "", "\\u{202E}a", "b"};
    for (size_t i = 0; i < 6; i++)
        assert_string_equal(tuoyu_waiting_list_id(list, i), IDS[i]);
    assert_reason(list, 2, "zh", "第 8 行无法读取：no；仍可能录取");
    assert_reason(list, 3, "en", "line 9 cannot be read: no\\u{A}line\\u{1B}[31m; may still be admitted");
    assert_reason(list, 4, "en", "error: twice; may still be admitted");
    assert_int_equal(tuoyu_waiting_list_to_json(list, &json), TUOYU_OK);
    assert_non_null(strstr(tuoyu_text_bytes(json),
                           "{\"id\":\"b\",\"state\":\"error\",\"admission\":\"possible\",\"error\":\"TUOYU_"
                           "ERROR_SYNTAX\",\"line\":7,\"reason\":\"it is short\"}"));
    assert_int_equal(tuoyu_waiting_list_to_text(list, "en", &text), TUOYU_OK);
    assert_non_null(
        strstr(tuoyu_text_bytes(text), "(no id): line 8 cannot be read: no; may still be admitted\n"));
    assert_non_null(strstr(tuoyu_text_bytes(text), "Not final: 3 records cannot be read, 1 record is in "
                                                   "error; once settled they may come before others\n"));
    tuoyu_text_free(json);
    tuoyu_text_free(text);
    tuoyu_waiting_list_free(list);
    tuoyu_policy_unref(policy);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_order_is_of_the_cases_alone),
                                       cmocka_unit_test(reasons),
                                       cmocka_unit_test(all_else_being_equal),
                                       cmocka_unit_test(a_case_with_an_error_is_kept),
                                       cmocka_unit_test(records_that_cannot_be_asked),
                                       cmocka_unit_test(what_is_refused)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
