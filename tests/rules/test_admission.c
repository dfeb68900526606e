/* SPDX-License-Identifier: Apache-2.0 */
/* What is said to be certain of a waiting list, against all ways in which its open records could turn out. */
#include "policy_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char PACK[] =
    "facts: {f: {ok: {type: boolean}, sibling: {type: boolean}, points: {type: integer, nullable: true}}}\n"
    "eligibility:\n"
    "  place:\n"
    "    title: T\n"
    "    cite: s 1\n"
    "    all: [{id: ok, when: f.ok}]\n"
    "    admission:\n"
    "      - {id: sibling, first: f.sibling}\n"
    "      - {id: points, descending: f.points}\n";

enum { MISSING = -1, NO_POINTS = 2, CHILDREN = 7, MOST_PLACES = 5 };

/* A record: each fact may be missing. Of one that cannot be read nothing is known, not even its id. */
struct record {
    char id;
    bool is_unreadable;
    int ok, sibling, points; /* points: 0, 1, or NO_POINTS */
};

static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

static int below(uint32_t *seed, unsigned end)
{
    return (int)(next_random(seed) % end);
}

/* ---- The oracle ---- */

/* Whether a decided record comes before another one. */
static bool is_before(const struct record *left, const struct record *right)
{
    if (left->sibling != right->sibling)
        return left->sibling > right->sibling;
    if (left->points != right->points)
        return left->points != NO_POINTS && (right->points == NO_POINTS || left->points > right->points);
    return left->id < right->id;
}

/* Counts the ways in which the records from `at` on could turn out, and those in which each is admitted. */
static void enumerate(struct record *records, int at, int places, int *ways, int admitted[CHILDREN])
{
    if (at < CHILDREN) {
        struct record *record = &records[at], kept = *record;
        for (int ok = 0; ok < 2; ok++)
            for (int sibling = 0; sibling < 2; sibling++)
                for (int points = 0; points <= NO_POINTS; points++) {
                    bool fits = (kept.ok == MISSING || kept.ok == ok) &&
                                (kept.sibling == MISSING || kept.sibling == sibling) &&
                                (kept.points == MISSING || kept.points == points);
                    if (!fits)
                        continue;
                    *record = kept;
                    record->ok = ok, record->sibling = sibling, record->points = points;
                    for (int end = 0; end <= kept.is_unreadable; end++) {
                        if (kept.is_unreadable)
                            record->id = end ? '~' : '!';
                        enumerate(records, at + 1, places, ways, admitted);
                    }
                }
        *record = kept;
        return;
    }
    ++*ways;
    for (int i = 0; i < CHILDREN; i++) {
        int ahead = 0;
        for (int k = 0; k < CHILDREN; k++)
            ahead += k != i && records[k].ok && is_before(&records[k], &records[i]);
        admitted[i] += records[i].ok && ahead < places;
    }
}

/* ---- The list ---- */

static void write_fact(char *text, const char *name, int value, const char *shown)
{
    if (value != MISSING)
        sprintf(text + strlen(text), "%s%s: %s", text[strlen(text) - 1] == '{' ? "" : ", ", name, shown);
}

static void add_record(tuoyu_policy *policy, tuoyu_waiting_list *list, const struct record *record)
{
    static const char *const POINTS[] = {"0", "1", "null"};
    char id[2] = {record->id, 0}, text[100] = "{f: {";
    if (record->is_unreadable) {
        assert_int_equal(tuoyu_waiting_list_add_error(list, 1, "", 0, TUOYU_ERROR_SYNTAX, id, 1, NULL),
                         TUOYU_OK);
        return;
    }
    write_fact(text, "ok", record->ok, record->ok ? "true" : "false");
    write_fact(text, "sibling", record->sibling, record->sibling ? "true" : "false");
    write_fact(text, "points", record->points, POINTS[record->points == MISSING ? 0 : record->points]);
    strcat(text, "}}");
    tuoyu_case *facts = make_case(policy, strcmp(text, "{f: {}}") ? text : "{}");
    assert_int_equal(tuoyu_waiting_list_add(list, id, 1, facts, NULL), TUOYU_OK);
    tuoyu_case_free(facts);
}

/* The index of a record in the ordered list; an unreadable one has its letter as reason only. */
static size_t index_of(const tuoyu_waiting_list *list, const struct record *record)
{
    for (size_t i = 0; i < tuoyu_waiting_list_count(list); i++) {
        if (!record->is_unreadable && *tuoyu_waiting_list_id(list, i) == record->id)
            return i;
        if (record->is_unreadable && !*tuoyu_waiting_list_id(list, i))
            return i;
    }
    fail();
    return 0;
}

/* Those that an admission hangs on are open, all different, and enough to take the place away. */
static void check_hangs_on(const tuoyu_waiting_list *list, size_t index, int places)
{
    size_t count = tuoyu_waiting_list_hangs_on_count(list, index);
    bool is_open = tuoyu_waiting_list_state(list, index) == TUOYU_WAITING_ADMITTED &&
                   tuoyu_waiting_list_admission(list, index) != TUOYU_ADMISSION_CERTAIN;
    assert_int_equal(count > 0, is_open);
    assert_true(!is_open || index + count >= (size_t)places);
    for (size_t i = 0; i < count; i++) {
        int32_t state = tuoyu_waiting_list_state(list, tuoyu_waiting_list_hangs_on(list, index, i));
        assert_true(state == TUOYU_WAITING_PENDING || state == TUOYU_WAITING_ERROR);
        for (size_t k = 0; k < i; k++)
            assert_true(tuoyu_waiting_list_hangs_on(list, index, i) !=
                        tuoyu_waiting_list_hangs_on(list, index, k));
    }
    assert_true(tuoyu_waiting_list_hangs_on(list, index, count) == SIZE_MAX);
}

static void what_is_certain_holds_in_every_way(void **state)
{
    (void)state;
    enum { ROUNDS = 1500 };
    tuoyu_policy *policy = load_sections(PACK);
    tuoyu_eligibility *rule;
    int seen[4] = {0}, exact = 0;
    uint32_t seed = 11;
    assert_int_equal(tuoyu_policy_eligibility(policy, "place", TUOYU_NUL_TERMINATED, &rule, NULL), TUOYU_OK);
    for (int round = 0; round < ROUNDS; round++) {
        struct record records[CHILDREN];
        int places = below(&seed, MOST_PLACES + 1), open = 0, ways = 0, admitted[CHILDREN] = {0};
        tuoyu_waiting_list *list;
        assert_int_equal(tuoyu_eligibility_waiting_list(rule, day("2025-01-01"), places, &list, NULL),
                         TUOYU_OK);
        for (int i = 0; i < CHILDREN; i++) {
            records[i] = (struct record){.id = (char)('a' + i),
                                         .ok = below(&seed, 5) > 0,
                                         .sibling = below(&seed, 2),
                                         .points = below(&seed, 3)};
            if (open < 3 && below(&seed, 2) == 0) {
                open++;
                int *const facts[] = {&records[i].ok, &records[i].sibling, &records[i].points};
                *facts[below(&seed, 3)] = MISSING;
                *facts[below(&seed, 3)] = MISSING;
            }
        }
        if (round % 4 == 0)
            records[3] = (struct record){'d', true, MISSING, MISSING, MISSING};
        for (int i = 0; i < CHILDREN; i++)
            add_record(policy, list, &records[i]);
        if (round % 3 == 0)
            assert_int_equal(tuoyu_waiting_list_order(list), TUOYU_OK);
        assert_int_equal(tuoyu_waiting_list_order(list), TUOYU_OK);
        enumerate(records, 0, places, &ways, admitted);
        for (int i = 0; i < CHILDREN; i++) {
            size_t index = index_of(list, &records[i]);
            int32_t expected = admitted[i] == ways ? TUOYU_ADMISSION_CERTAIN
                               : admitted[i]       ? TUOYU_ADMISSION_POSSIBLE
                                                   : TUOYU_ADMISSION_NONE;
            int32_t found = tuoyu_waiting_list_admission(list, index);
            if (found != expected && found != TUOYU_ADMISSION_POSSIBLE)
                fail_msg("round %d, %c: %d, not %d", round, records[i].id, (int)found, (int)expected);
            seen[found]++;
            exact += found == expected;
            check_hangs_on(list, index, places);
        }
        tuoyu_waiting_list_free(list);
    }
    /* The list takes it that there is always a better value of a key; here some have the best there is. */
    assert_true(exact > ROUNDS * CHILDREN * 94 / 100);
    assert_true(seen[TUOYU_ADMISSION_CERTAIN] > 1000 && seen[TUOYU_ADMISSION_POSSIBLE] > 1000 &&
                seen[TUOYU_ADMISSION_NONE] > 1000);
    tuoyu_eligibility_unref(rule);
    tuoyu_policy_unref(policy);
}

static void nothing_is_said_of_what_is_not_there(void **state)
{
    (void)state;
    tuoyu_policy *policy = load_sections(PACK);
    tuoyu_eligibility *rule;
    tuoyu_waiting_list *list;
    assert_int_equal(tuoyu_policy_eligibility(policy, "place", TUOYU_NUL_TERMINATED, &rule, NULL), TUOYU_OK);
    assert_int_equal(tuoyu_eligibility_waiting_list(rule, day("2025-01-01"), 1, &list, NULL), TUOYU_OK);
    add_record(policy, list, &(struct record){'a', false, 1, 1, 1});
    assert_int_equal(tuoyu_waiting_list_admission(list, 0), 0); /* not in order */
    assert_int_equal(tuoyu_waiting_list_order(list), TUOYU_OK);
    assert_int_equal(tuoyu_waiting_list_admission(list, 0), TUOYU_ADMISSION_CERTAIN);
    assert_int_equal(tuoyu_waiting_list_admission(list, 1), 0);
    assert_int_equal(tuoyu_waiting_list_admission(NULL, 0), 0);
    assert_int_equal(tuoyu_waiting_list_hangs_on_count(NULL, 0), 0);
    assert_true(tuoyu_waiting_list_hangs_on(NULL, 0, 0) == SIZE_MAX);
    tuoyu_waiting_list_free(list);
    tuoyu_eligibility_unref(rule);
    tuoyu_policy_unref(policy);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_certain_holds_in_every_way),
        cmocka_unit_test(nothing_is_said_of_what_is_not_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
