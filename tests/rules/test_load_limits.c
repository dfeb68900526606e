/* SPDX-License-Identifier: Apache-2.0 */
/* The limits of a load, in steps and in bytes: at each of them a load ends with a clear error or comes out as
 * it always does, and gives all its memory back; and what is looked for in tables only where it is asked for,
 * as far as the steps suffice. */
#include "policy_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../refusing_memory.h"

#define HEAD "tuoyu: 1\nid: x.y\ntitle: T\nin_force: 2024-01-01..\n"

struct outcome {
    tuoyu_status status;
    size_t findings, rules;
    char first[900], last[900];
};

static void describe(const tuoyu_diagnostics *diagnostics, size_t index, char *out, size_t size)
{
    tuoyu_diagnostic finding;
    out[0] = '\0';
    if (tuoyu_diagnostics_get(diagnostics, index, &finding) == TUOYU_OK)
        snprintf(out, size, "%d %s (%s)", (int)finding.severity, finding.message, finding.hint);
}

/* Asserts that nothing is left of what the load allocated. */
static struct outcome load(const char *const *texts, size_t count, const tuoyu_limits *limits,
                           bool is_analysed)
{
    tuoyu_pack_text packs[8];
    struct outcome outcome = {.findings = 0};
    tuoyu_diagnostics *diagnostics = NULL;
    tuoyu_policy *policy = NULL;
    assert_true(count <= 8);
    for (size_t i = 0; i < count; i++)
        packs[i] = (tuoyu_pack_text){"pack", 4, texts[i], strlen(texts[i])};
    const tuoyu_load_options options = {
        .size = sizeof options, .allocator = &REFUSING, .limits = limits, .is_analysed = is_analysed};
    assert_int_equal(tuoyu_diagnostics_new(NULL, &diagnostics), TUOYU_OK);
    refuse(0, false);
    outcome.status = tuoyu_policy_load(packs, count, &options, &policy, diagnostics);
    assert_int_equal(outcome.status == TUOYU_OK, policy != NULL);
    outcome.rules = tuoyu_policy_rule_count(policy);
    outcome.findings = tuoyu_diagnostics_count(diagnostics);
    describe(diagnostics, 0, outcome.first, sizeof outcome.first);
    if (outcome.findings)
        describe(diagnostics, outcome.findings - 1, outcome.last, sizeof outcome.last);
    tuoyu_policy_unref(policy);
    tuoyu_diagnostics_free(diagnostics);
    assert_int_equal(live_blocks, 0);
    assert_int_equal(live_bytes, 0);
    return outcome;
}

static tuoyu_limits limits_of(bool by_bytes, size_t most)
{
    tuoyu_limits limits = {.size = sizeof limits};
    *(by_bytes ? &limits.load_bytes : &limits.load_steps) = most;
    return limits;
}

/* ---- Every limit ---- */

/* From some limit on the load comes out; below it each ends with the same error, whose limit is named. */
static void try_limits(const char *const *texts, size_t count, bool by_bytes)
{
    struct outcome whole = load(texts, count, NULL, false);
    size_t ended = 0, came_out = 0;
    assert_int_equal(whole.status, TUOYU_OK);
    for (size_t most = by_bytes ? 4000 : 100; most < (by_bytes ? 40000000 : 9000000);
         most += most / (most < 20000 ? 7 : 29)) {
        tuoyu_limits limits = limits_of(by_bytes, most);
        struct outcome outcome = load(texts, count, &limits, false);
        if (outcome.status == TUOYU_OK) {
            came_out++;
            assert_int_equal(outcome.rules, whole.rules);
            bool is_same = outcome.findings == whole.findings || strstr(outcome.last, "not decided");
            if (!is_same)
                fail_msg("%zu: %s", most, outcome.last);
            continue;
        }
        ended++;
        if (came_out)
            fail_msg("a lower limit sufficed, %zu does not: %s", most, outcome.last);
        assert_int_equal(outcome.status, TUOYU_ERROR_LIMIT);
        char says[100];
        snprintf(says, sizeof says,
                 by_bytes ? "0 loading takes more than %zu bytes of memory"
                          : "0 loading takes more than %zu steps",
                 most);
        if (!strstr(outcome.last, says) ||
            !strstr(outcome.last, by_bytes ? "raise the limit load_bytes" : "raise the limit load_steps"))
            fail_msg("%zu: %s", most, outcome.last);
        if (outcome.findings != 1)
            fail_msg("%zu: %s", most, outcome.first); /* none of lack of memory beside it */
    }
    assert_true(ended > 20 && came_out > 10);
}

static void each_limit_is_kept(void **state)
{
    (void)state;
    char *standards = source_file("examples/packs/national/childcare-standards.yaml");
    char *visits = source_file("examples/packs/national/child-health-visits.yaml");
    char *jiande = source_file("examples/packs/jiande/fees-and-subsidy.yaml");
    const char *const texts[] = {standards, visits}, *const one[] = {jiande};
    for (int by_bytes = 0; by_bytes < 2; by_bytes++) {
        try_limits(texts, 2, by_bytes);
        try_limits(one, 1, by_bytes);
    }
    free(standards);
    free(visits);
    free(jiande);
}

/* Memory that is refused is told as such, whatever the limits are. */
static void refused_memory_is_no_limit(void **state)
{
    (void)state;
    static const char PACK[] = HEAD "pricing: {p: {title: T, unit: CNY, amount: 1}}\n";
    tuoyu_pack_text pack = {"pack", 4, PACK, strlen(PACK)};
    const tuoyu_load_options options = {.size = sizeof options, .allocator = &REFUSING};
    for (size_t at = 1; at < 5; at++) {
        tuoyu_diagnostics *diagnostics = NULL;
        tuoyu_policy *policy = NULL;
        tuoyu_diagnostic finding;
        assert_int_equal(tuoyu_diagnostics_new(NULL, &diagnostics), TUOYU_OK);
        refuse(at, true);
        assert_int_equal(tuoyu_policy_load(&pack, 1, &options, &policy, diagnostics), TUOYU_ERROR_NO_MEMORY);
        refuse(0, false);
        assert_int_equal(tuoyu_diagnostics_get(diagnostics, 0, &finding), TUOYU_OK);
        assert_string_equal(finding.message, "out of memory");
        tuoyu_diagnostics_free(diagnostics);
        assert_int_equal(live_blocks, 0);
    }
}

/* What was found before the end stays in the list, and the limit is its last finding, also where the list is
 * full. */
static void errors_before_the_end_are_kept(void **state)
{
    (void)state;
    size_t size = 400000;
    char *text = malloc(size);
    assert_non_null(text);
    int length = snprintf(text, size, HEAD "definitions:\n");
    for (int i = 0; i < 5000; i++)
        length += snprintf(text + length, size - (size_t)length, "  d%d: %s%d\n", i,
                           i < 150 ? "nowhere_" : "1 + 1 + 1 + ", i);
    const char *const texts[] = {text};
    tuoyu_limits limits = limits_of(false, 900000);
    struct outcome outcome = load(texts, 1, &limits, false);
    assert_int_equal(outcome.status, TUOYU_ERROR_LIMIT);
    assert_int_equal(outcome.findings, 101);
    assert_non_null(strstr(outcome.first, "unknown name `nowhere_0`"));
    assert_non_null(strstr(outcome.last, "loading takes more than 900000 steps"));
    limits.diagnostics = 5;
    outcome = load(texts, 1, &limits, false);
    assert_int_equal(outcome.findings, 6);
    assert_non_null(strstr(outcome.last, "loading takes more than 900000 steps"));
    free(text);
}

/* ---- What tables are searched for ---- */

#define FACTS HEAD "facts: {c: {n: {type: integer, range: '[0..9]'}, b: {type: boolean}}}\n"
#define TABLE(hit, rows) \
    FACTS "tables: {t: {hit: " hit ", inputs: [c.n, c.b], outputs: [o], rows: [" rows "]}}\n"
#define ROW(n, b, then) "{when: ['" n "', '" b "'], then: " then "}"

static void warnings_are_given_where_they_are_asked_for(void **state)
{
    (void)state;
    static const struct {
        const char *text, *says;
    } CASES[] = {{TABLE("U", ROW("< 3", "-", "1")), "no row of the table `t` fits"},
                 {TABLE("F", ROW("-", "-", "1") ", " ROW("> 3", "true", "2")), "never decides"},
                 {TABLE("C", ROW("> 9", "-", "1")), "never fits"},
                 {TABLE("A", ROW("-", "-", "1") ", " ROW("> 3", "-", "c.n")), "agree only by chance"},
                 {FACTS "tables: {t: {inputs: [c.n, c.n * 2], outputs: [o], rows: [" ROW(
                      "< 3", "-", "1") ", " ROW("-", "> 2", "2") "]}}\n",
                  "two rows of the table `t` fit"}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        const char *const texts[] = {CASES[i].text};
        struct outcome asked = load(texts, 1, NULL, true), plain = load(texts, 1, NULL, false);
        assert_int_equal(asked.status, TUOYU_OK);
        assert_int_equal(plain.status, TUOYU_OK);
        if (!strstr(asked.first, CASES[i].says) || asked.first[0] != '1')
            fail_msg("case %zu: %s", i, asked.first);
        if (plain.findings)
            fail_msg("case %zu: %s", i, plain.first);
    }
}

static void what_some_case_must_meet_is_an_error_in_any_load(void **state)
{
    (void)state;
    static const struct {
        const char *text, *says;
    } CASES[] = {{TABLE("U", ROW("< 3", "-", "1") ", " ROW("> 1", "true", "1")),
                  "two rows of the table `t` fit c.n = 2, c.b = true"},
                 {TABLE("A", ROW("< 3", "-", "1") ", " ROW("> 1", "true", "2")), "contradict each other"}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        const char *const texts[] = {CASES[i].text};
        for (int is_analysed = 0; is_analysed < 2; is_analysed++) {
            struct outcome outcome = load(texts, 1, NULL, is_analysed);
            assert_int_equal(outcome.status, TUOYU_ERROR_TABLE_CONFLICT);
            if (!strstr(outcome.first, CASES[i].says) || outcome.first[0] != '0')
                fail_msg("case %zu: %s", i, outcome.first);
        }
    }
}

/* Where the steps do not suffice to look at all tables, the load comes out, and a note says what was not
 * decided. */
static void what_is_not_decided_fails_no_load(void **state)
{
    (void)state;
    size_t size = 600000;
    char *text = malloc(size);
    assert_non_null(text);
    int length = snprintf(text, size, FACTS "tables:\n");
    for (int i = 0; i < 300; i++) {
        length += snprintf(text + length, size - (size_t)length,
                           "  t%d: {inputs: [c.n, c.b], outputs: [o], rows: [", i);
        for (int row = 0; row < 20; row++)
            length += snprintf(text + length, size - (size_t)length, "%s{when: ['%d', '%s'], then: %d}",
                               row ? ", " : "", row % 10, row < 10 ? "true" : "false", row);
        length += snprintf(text + length, size - (size_t)length, "]}\n");
    }
    const char *const texts[] = {text};
    struct outcome whole = load(texts, 1, NULL, true);
    assert_int_equal(whole.status, TUOYU_OK);
    if (whole.findings)
        fail_msg("%s", whole.first);
    size_t undecided = 0;
    for (size_t most = 500000; most < 10000000; most += 100000) {
        tuoyu_limits limits = limits_of(false, most);
        struct outcome outcome = load(texts, 1, &limits, true);
        if (outcome.status == TUOYU_ERROR_LIMIT)
            continue;
        assert_int_equal(outcome.status, TUOYU_OK);
        if (outcome.findings == 0)
            continue;
        undecided++;
        assert_int_equal(outcome.findings, 1);
        if (strncmp(outcome.last, "2 not decided: whether the table `t", 34) != 0)
            fail_msg("%zu: %s", most, outcome.last);
    }
    assert_true(undecided > 3);
    free(text);
}

/* An input of a table beyond any number that is looked at is told, and the others are looked at. */
static void too_many_inputs_are_told(void **state)
{
    (void)state;
    char text[4000];
    int length = snprintf(text, sizeof text, FACTS "tables:\n  wide: {inputs: [");
    for (int i = 0; i < 65; i++)
        length += snprintf(text + length, sizeof text - (size_t)length, "%sc.n", i ? ", " : "");
    length += snprintf(text + length, sizeof text - (size_t)length, "], outputs: [o], rows: [{when: [");
    for (int i = 0; i < 65; i++)
        length += snprintf(text + length, sizeof text - (size_t)length, "%s'-'", i ? ", " : "");
    snprintf(text + length, sizeof text - (size_t)length,
             "], then: 1}]}\n  t: {inputs: [c.n], outputs: [o], rows: [{when: '< 3', then: 1}]}\n");
    const char *const texts[] = {text};
    struct outcome outcome = load(texts, 1, NULL, true);
    assert_int_equal(outcome.status, TUOYU_OK);
    assert_int_equal(outcome.findings, 2);
    assert_non_null(strstr(outcome.first, "it has more than 64 inputs"));
    assert_non_null(strstr(outcome.last, "no row of the table `t` fits c.n = 3"));
}

/* ---- Names ---- */

/* Names are shown and looked up put together, so that each is bounded. */
static void names_are_bounded(void **state)
{
    (void)state;
    static const struct {
        const char *before, *after;
        size_t beside;
    } PLACES[] = {/* beside: what is part of the name, too */
                  {"tuoyu: 1\nid: ", "\ntitle: T\nin_force: 2024-01-01..\n", 0},
                  {HEAD "definitions: {", ": 1}\n", 0},
                  {HEAD "facts: {", ": {f: {type: date}}}\n", 2},
                  {HEAD "facts: {c: {", ": {type: date}}}\n", 2},
                  {HEAD "parameters: {", ": {unset: T}}\n", 0},
                  {HEAD "sources: {", ": {title: T}}\n", 0},
                  {HEAD "pricing: {", ": {title: T, unit: CNY, amount: 1}}\n", 0},
                  {HEAD "facts: {c: {f: {type: integer, unit: ", "}}}\n", 0},
                  {HEAD "eligibility: {e: {title: T, all: [{id: ", ", when: true}]}}\n", 0}};
    char name[300], text[1000];
    for (size_t length = 250; length <= 256; length++) {
        memset(name, 'n', length);
        name[length] = '\0';
        for (size_t i = 0; i < sizeof PLACES / sizeof *PLACES; i++) {
            snprintf(text, sizeof text, "%s%s%s", PLACES[i].before, name, PLACES[i].after);
            const char *const texts[] = {text};
            struct outcome outcome = load(texts, 1, NULL, false);
            bool is_good = length + PLACES[i].beside <= 255;
            if ((outcome.status == TUOYU_OK) != is_good)
                fail_msg("%zu in %s: %s", length, PLACES[i].before, outcome.first);
            if (!is_good && !strstr(outcome.first, "at most 255 bytes"))
                fail_msg("%s", outcome.first);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_limit_is_kept),
        cmocka_unit_test(refused_memory_is_no_limit),
        cmocka_unit_test(errors_before_the_end_are_kept),
        cmocka_unit_test(warnings_are_given_where_they_are_asked_for),
        cmocka_unit_test(what_some_case_must_meet_is_an_error_in_any_load),
        cmocka_unit_test(what_is_not_decided_fails_no_load),
        cmocka_unit_test(too_many_inputs_are_told),
        cmocka_unit_test(names_are_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
