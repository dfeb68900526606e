/* SPDX-License-Identifier: Apache-2.0 */
/* What is found in a decision table before a case comes: each finding with inputs that prove it, and those
 * are given to the table. Random tables are held against every point of a grid: nothing is missed, nothing is
 * said that is not so. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../base/error_count.h"
#include "compiled_pack.h"

#define DAY "2024-06-01"
#define FACTS                                                                                            \
    PACK("a")                                                                                            \
    SOURCES "facts: {c: {age: {type: integer, unit: month, range: '[0..12]'}, fee: {type: money, unit: " \
            "CNY, range: '[0..5]'}, "                                                                    \
            "kind: {type: enum, values: [p, q, r]}, mixed: {type: boolean}, born: {type: date, range: "  \
            "'[2024-01-01..2024-01-10]'}, "                                                              \
            "share: {type: percent, range: '[0..100]', scale: 0}, name: {type: string}, none: {type: "   \
            "integer, nullable: true, range: '[1..3]'}, "                                                \
            "open: {type: number}}}\n"
#define TABLE(hit, inputs, rest) \
    FACTS "tables: {t: {hit: " hit ", inputs: [" inputs "], cite: law 一, standing: cited, " rest "}}\n"
#define ROW(when, then) "{when: [" when "], then: " then "}"

static void shown(const char *text, char *out, size_t size, size_t *errors)
{
    struct compiled pack;
    compile_packs(&pack, &text, 1);
    *errors = error_count(pack.diagnostics);
    tuoyu_text *all;
    assert_int_equal(tuoyu_diagnostics_to_text(pack.diagnostics, &all), TUOYU_OK);
    snprintf(out, size, "%s", tuoyu_text_bytes(all));
    tuoyu_text_free(all);
    compiled_free(&pack);
}

static void each_finding(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t errors;
        const char *part;
    } CASES[] = {
        {TABLE("U", "c.age", "outputs: [n], rows: [" ROW("'[0..6]'", "1") ", " ROW("'[6..12]'", "2") "]"), 1,
         "fit c.age = 6: those of line"},
        {TABLE("U", "c.age", "outputs: [n], rows: [" ROW("'[0..6)'", "1") ", " ROW("'[6..12]'", "2") "]"), 0,
         ""},
        {TABLE("U", "c.age", "outputs: [n], rows: [" ROW("'[0..5]'", "1") ", " ROW("'[6..12]'", "2") "]"), 0,
         ""}, /* whole numbers */
        {TABLE("U", "c.fee", "outputs: [n], rows: [" ROW("'[0..2]'", "1") ", " ROW("'[3..5]'", "2") "]"), 0,
         "fits c.fee = 2.1, and it has no default"},
        {TABLE("U", "c.age", "outputs: [n], rows: [" ROW("'< 6'", "1") ", " ROW("'> 6'", "2") "]"), 0,
         "fits c.age = 6, and it has no default"},
        {TABLE("U", "c.age",
               "outputs: [n], rows: [" ROW("'< 6'", "1") ", " ROW("'> 6'", "2") "], default: [0]"),
         0, ""},
        {TABLE("U", "c.kind",
               "outputs: [n], rows: [" ROW("'\"p\"'", "1") ", " ROW("'not(\"q\", \"p\")'", "2") "]"),
         0, "c.kind = \"q\""},
        {TABLE("U", "c.kind, c.mixed",
               "outputs: [n], rows: [" ROW("'\"p\", \"q\"', '-'", "1") ", " ROW(
                   "'not(\"p\")', 'true'", "2") ", " ROW("'\"r\"', 'false'", "3") "]"),
         1, "c.kind = \"q\", c.mixed = true"},
        {TABLE("U", "c.mixed", "outputs: [n], rows: [" ROW("'true'", "1") "]"), 0, "c.mixed = false"},
        {TABLE("U", "c.born",
               "outputs: [n], rows: [" ROW("'<= date(\"2024-01-05\")'", "1") ", " ROW("'>= @\"2024-01-05\"'",
                                                                                      "2") "]"),
         1, "c.born = date(\"2024-01-05\")"},
        {TABLE("U", "c.born",
               "outputs: [n], rows: [" ROW("'< date(\"2024-01-05\")'", "1") ", " ROW("'> @\"2024-01-06\"'",
                                                                                     "2") "]"),
         0, "c.born = date(\"2024-01-05\")"},
        {TABLE("U", "c.share",
               "outputs: [n], rows: [" ROW("'< 0.5'", "1") ", " ROW("'>= 0.5'", "2") ", " ROW("'[0.8..1]'",
                                                                                              "3") "]"),
         1, "c.share = 80"},
        {TABLE("U", "c.share", "outputs: [n], rows: [" ROW("'< 0.5'", "1") ", " ROW("'> 0.505'", "2") "]"), 0,
         "c.share = 50"},
        {TABLE("U", "c.name", "outputs: [n], rows: [" ROW("'\"other\"'", "1") ", " ROW("'\"b\"'", "2") "]"),
         0, "c.name = \"other_\""},
        {TABLE("U", "c.none", "outputs: [n], rows: [" ROW("'[1..3]'", "1") "]"), 0, "c.none = null"},
        {TABLE("U", "c.none", "outputs: [n], rows: [" ROW("'[1..3]'", "1") ", " ROW("'null'", "2") "]"), 0,
         ""},
        {TABLE("U", "c.none", "outputs: [n], rows: [" ROW("'null'", "1") ", " ROW("'-'", "2") "]"), 1,
         "c.none = null"},
        {TABLE("U", "c.open", "outputs: [n], rows: [" ROW("'< 1'", "1") ", " ROW("'> 1'", "2") "]"), 0,
         "c.open = 1"},
        {TABLE("A", "c.age", "outputs: [n], rows: [" ROW("'<= 6'", "1") ", " ROW("'>= 6'", "2") "]"), 1,
         "fit c.age = 6 and contradict each other"},
        {TABLE("A", "c.age", "outputs: [n], rows: [" ROW("'<= 6'", "1") ", " ROW("'>= 6'", "1.0") "]"), 0,
         ""},
        {TABLE("A", "c.age", "outputs: [n], rows: [" ROW("'<= 6'", "c.fee") ", " ROW("'>= 6'", "c.fee") "]"),
         0, ""},
        {TABLE("A", "c.age", "outputs: [n], rows: [" ROW("'<= 6'", "c.fee") ", " ROW("'>= 6'", "0") "]"), 0,
         "agree only by chance"},
        {TABLE(
             "F", "c.age",
             "outputs: [n], rows: [" ROW("'<= 6'", "1") ", " ROW("'> 3'", "2") ", " ROW("'[2..9]'", "3") "]"),
         0, "never decides: others come first wherever it fits"},
        {TABLE(
             "F", "c.age",
             "outputs: [n], rows: [" ROW("'<= 6'", "1") ", " ROW("'> 8'", "2") ", " ROW("'[2..9]'", "3") "]"),
         0, ""},
        {TABLE("P", "c.age",
               "outputs: [{name: n, values: [a, b]}], rows: [" ROW("'[2..4]'", "b") ", " ROW("'-'", "a") "]"),
         0, "that of line 9 for c.age = 2"},
        {TABLE("P", "c.age",
               "outputs: [{name: n, values: [a, b]}], rows: [" ROW("'[2..4]'", "a") ", " ROW("'-'", "b") "]"),
         0, ""},
        {TABLE("C", "c.age", "outputs: [n], rows: [" ROW("'> 12'", "1") "]"), 0,
         "never fits: `c.age` is never `> 12`"},
        {TABLE("C", "c.age", "outputs: [n], rows: [" ROW("'[5..3]'", "1") "]"), 0, "never"},
        {TABLE("C", "c.age", "outputs: [n], rows: [" ROW("'(3..4)'", "1") "]"), 0, "is never `(3..4)`"},
        {TABLE("C+", "c.age", "outputs: [n], rows: [" ROW("'-'", "1") ", " ROW("'-'", "2") "]"), 0, ""},
        {TABLE("C<", "c.age", "outputs: [n], rows: [" ROW("'> 0'", "1") "]"), 0, "c.age = 0"},
        {TABLE("U", "c.age + 1", "outputs: [n], rows: [" ROW("'< 3'", "1") ", " ROW("'> 2'", "2") "]"), 0,
         ""}, /* no gap, no whole number twice */
        {TABLE("U", "c.age / 2", "outputs: [n], rows: [" ROW("'< 3'", "1") ", " ROW("'> 2'", "2") "]"), 1,
         "c.age / 2 = 2.1"},
        {TABLE("U", "c.age, c.age * 2",
               "outputs: [n], rows: [" ROW("'< 3', '-'", "1") ", " ROW("'-', '> 20'", "2") "]"),
         0, "warning: two rows of the table `t` fit c.age = 0, c.age * 2 = 21"},
        {TABLE("U", "c.age", "outputs: [n], rows: [" ROW("'< 3'", "1") ", " ROW("'> c.open'", "2") "]"), 0,
         ""}, /* not constant */
        {TABLE("U", "c.age, '[c.fee]'",
               "outputs: [n], rows: [" ROW("'< 3', '-'", "1") ", " ROW("'2', '-'", "2") "]"),
         1, "fit c.age = 2: "},
        {TABLE("U", "c.age",
               "outputs: [n], rows: [" ROW("'1, 2, [5..6]'", "1") ", " ROW("'not([0..4], > 5)'",
                                                                           "2") "], default: [0]"),
         1, "c.age = 5"},
    };
    char text[8000];
    size_t errors;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        shown(CASES[i].text, text, sizeof text, &errors);
        bool is_good = CASES[i].part[0] ? strstr(text, CASES[i].part) != NULL : text[0] == '\0';
        if (errors != CASES[i].errors || !is_good)
            fail_msg("%s\nwants %zu \"%s\"\n%s", CASES[i].text, CASES[i].errors, CASES[i].part, text);
    }
}

/* ---- Random tables against a grid ---- */

enum { AGES = 13, KINDS = 3 };
static const char *const KIND_NAMES[] = {"p", "q", "r"};
static const char *const AGE_TESTS[] = {"-",      "< 4",          ">= 4", "[2..7]", "(2..7)",  "9, 11",
                                        "not(3)", "not([1..10])", "> 8",  "(5..6)", "[0..12]", "[3..6), 8"};
static const char *const KIND_TESTS[] = {"-", "\"p\"", "\"q\", \"r\"", "not(\"q\")", "\"p\", \"q\", \"r\""};
static const char *const MIXED_TESTS[] = {"-", "true", "false", "not(true)"};
enum { MOST_ROWS = 6 };

static bool fits_age(int test, int age)
{
    switch (test) {
    case 0:
    case 10: return true;
    case 1: return age < 4;
    case 2: return age >= 4;
    case 3: return age >= 2 && age <= 7;
    case 4: return age > 2 && age < 7;
    case 5: return age == 9 || age == 11;
    case 6: return age != 3;
    case 7: return age < 1 || age > 10;
    case 8: return age > 8;
    case 9: return false;
    default: return (age >= 3 && age < 6) || age == 8;
    }
}

static bool fits_kind(int test, int kind)
{
    return test == 0 || test == 4 || (test == 1 && kind == 0) || (test == 2 && kind > 0) ||
           (test == 3 && kind != 1);
}

static bool fits_mixed(int test, int mixed)
{
    return test == 0 || (test == 1 && mixed) || (test >= 2 && !mixed);
}

struct random_table {
    int rows, tests[MOST_ROWS][3], outputs[MOST_ROWS];
};

static bool row_fits(const struct random_table *table, int row, int point)
{
    const int *tests = table->tests[row];
    return fits_age(tests[0], point % AGES) && fits_kind(tests[1], point / AGES % KINDS) &&
           fits_mixed(tests[2], point / AGES / KINDS);
}

/* What the grid says: how many pairs overlap, whether they contradict, whether a point is left, which rows
 * never decide. */
struct truth_of_grid {
    bool overlaps, contradicts, gap;
    int shadowed, empty;
};

static struct truth_of_grid ask_grid(const struct random_table *table)
{
    struct truth_of_grid truth = {.overlaps = false};
    bool decides[MOST_ROWS] = {false}, fits[MOST_ROWS] = {false};
    for (int point = 0; point < AGES * KINDS * 2; point++) {
        int first = -1;
        for (int i = 0; i < table->rows; i++) {
            if (!row_fits(table, i, point))
                continue;
            fits[i] = true;
            if (first < 0) {
                first = i;
                continue;
            }
            truth.overlaps = true;
            if (table->outputs[first] != table->outputs[i])
                truth.contradicts = true;
        }
        if (first < 0)
            truth.gap = true;
        else
            decides[first] = true;
    }
    for (int i = 0; i < table->rows; i++) {
        truth.empty += !fits[i];
        truth.shadowed += fits[i] && !decides[i];
    }
    return truth;
}

static void make_random(uint32_t *seed, struct random_table *table, const char *hit, char *text, size_t size)
{
    table->rows = 1 + (int)random_below(seed, MOST_ROWS);
    size_t at = (size_t)snprintf(text, size,
                                 FACTS "tables: {t: {hit: %s, inputs: [c.age, c.kind, c.mixed], cite: law "
                                       "一, standing: cited, outputs: [n], rows: [",
                                 hit);
    for (int i = 0; i < table->rows; i++) {
        int *tests = table->tests[i];
        tests[0] = (int)random_below(seed, sizeof AGE_TESTS / sizeof *AGE_TESTS);
        tests[1] = (int)random_below(seed, sizeof KIND_TESTS / sizeof *KIND_TESTS);
        tests[2] = (int)random_below(seed, sizeof MIXED_TESTS / sizeof *MIXED_TESTS);
        table->outputs[i] = (int)random_below(seed, 2);
        at += (size_t)snprintf(text + at, size - at, "%s{when: ['%s', '%s', '%s'], then: %d}", i ? ", " : "",
                               AGE_TESTS[tests[0]], KIND_TESTS[tests[1]], MIXED_TESTS[tests[2]],
                               table->outputs[i]);
    }
    snprintf(text + at, size - at, "]}}\n");
}

/* The point of the grid that a message shows: `c.age = 2, c.kind = "p", c.mixed = true`. */
static int point_in(const char *message)
{
    const char *age = strstr(message, "c.age = "), *kind = strstr(message, "c.kind = \""),
               *mixed = strstr(message, "c.mixed = ");
    assert_true(age && kind && mixed);
    int name = 0;
    while (kind[10] != KIND_NAMES[name][0])
        name++;
    return (mixed[10] == 't') * AGES * KINDS + name * AGES + atoi(age + 8);
}

/* Each finding's sample, tried. */
static void prove(const struct random_table *table, const tuoyu_diagnostic *finding, const char *text)
{
    int point = strstr(finding->message, "c.age = ") ? point_in(finding->message) : -1, fitting = 0;
    for (int i = 0; point >= 0 && i < table->rows; i++)
        fitting += row_fits(table, i, point);
    bool is_overlap = strncmp(finding->message, "two rows", 8) == 0,
         is_gap = strncmp(finding->message, "no row", 6) == 0;
    if (is_overlap && fitting < 2)
        fail_msg("%s\n%s", finding->message, text);
    if (is_gap && fitting > 0)
        fail_msg("%s\n%s", finding->message, text);
    if (!is_overlap && !is_gap && point >= 0 && fitting < 2)
        fail_msg("%s\n%s", finding->message, text);
}

static void nothing_missed_nothing_made_up(void **state)
{
    (void)state;
    static const char *const HITS[] = {"U", "A", "F", "C"};
    uint32_t seed = 77;
    for (int round = 0; round < 6000; round++) {
        struct random_table table;
        char text[4000];
        enum { U, A, F, C } hit = (unsigned)round % 4;
        make_random(&seed, &table, HITS[hit], text, sizeof text);
        struct truth_of_grid truth = ask_grid(&table);
        struct compiled pack;
        const char *texts[] = {text};
        compile_packs(&pack, texts, 1);
        int overlaps = 0, contradictions = 0, gaps = 0, shadowed = 0, empty = 0;
        for (size_t i = 0; i < tuoyu_diagnostics_count(pack.diagnostics); i++) {
            tuoyu_diagnostic finding;
            assert_int_equal(tuoyu_diagnostics_get(pack.diagnostics, i, &finding), TUOYU_OK);
            contradictions += strstr(finding.message, "contradict") != NULL;
            overlaps += strncmp(finding.message, "two rows", 8) == 0;
            gaps += strncmp(finding.message, "no row", 6) == 0;
            shadowed += strstr(finding.message, "never decides") != NULL;
            empty += strstr(finding.message, "never fits") != NULL;
            prove(&table, &finding, text);
        }
        bool is_right = empty == truth.empty && gaps == (hit != C && truth.gap) &&
                        (overlaps > 0) == ((hit == U && truth.overlaps) || (hit == A && truth.contradicts)) &&
                        shadowed == (hit == F ? truth.shadowed : 0) &&
                        (contradictions > 0) == (hit == A && truth.contradicts);
        bool has_error = error_count(pack.diagnostics) > 0;
        if (!is_right || has_error != (overlaps > 0))
            fail_msg("%s\nempty %d of %d, gaps %d of %d, overlaps %d, shadowed %d of %d", text, empty,
                     truth.empty, gaps, truth.gap, overlaps, shadowed, truth.shadowed);
        compiled_free(&pack);
    }
}

/* ---- A sample is what the table is asked ---- */

static void samples_are_met_when_evaluated(void **state)
{
    (void)state;
    struct compiled pack;
    compile_good(&pack, TABLE("U", "c.fee, c.kind",
                              "outputs: [n], rows: [" ROW("'[0..2]', '-'", "1") ", " ROW("'(2..5]', '\"p\"'",
                                                                                         "2") "]"));
    assert_finding(&pack, TUOYU_ERROR_TABLE_NO_ROW, "c.fee = 3, c.kind = \"q\"");
    give(&pack, "c.fee", "3");
    give(&pack, "c.kind", "q");
    assert_fails(&pack, DAY, "t", TUOYU_ERROR_TABLE_NO_ROW, "no row of the table `t` fits");
    compiled_free(&pack);
}

/* ---- Many rows; @ in the form stands for a number: 10 i, 10 i + 10, i ---- */

static char *many_rows(const char *hit, const char *inputs, int rows, const char *form, int overlap)
{
    size_t size = 2000 + (size_t)rows * 160, at;
    char *text = malloc(size);
    assert_non_null(text);
    at = (size_t)snprintf(
        text, size,
        PACK("a") "facts: {c: {a: {type: integer}, b: {type: integer}, d: {type: integer}}}\ntables:\n  t:\n "
                  "   hit: %s\n    inputs: [%s]\n    outputs: [n]\n    default: [0]\n    rows:\n",
        hit, inputs);
    for (int i = 0; i < rows; i++) {
        int numbers[] = {i * 10, i * 10 + 10 + (i == rows / 2 ? overlap : 0), i}, next = 0;
        for (const char *byte = form; *byte; byte++) {
            if (*byte == '@')
                at += (size_t)snprintf(text + at, size - at, "%d", numbers[next++]);
            else
                text[at++] = *byte;
        }
        text[at++] = '\n';
    }
    text[at] = '\0';
    return text;
}

static void hostile_sizes(void **state)
{
    (void)state;
    static const struct {
        const char *hit, *inputs, *form;
        int overlap;
        const char *part;
    } CASES[] = {
        {"U", "c.a", "      - {when: ['[@..@)'], then: @}", 0, NULL},
        {"U", "c.a", "      - {when: ['[@..@)'], then: @}", 1, "c.a = 5010"},
        {"F", "c.a", "      - {when: ['[@..@)'], then: @}", 0, NULL},
        {"U", "c.a, c.b, c.d", "      - {when: ['>= @', '< @', '@'], then: 1}", 0, NULL},
        {"F", "c.a, c.b, c.d", "      - {when: ['>= @', '< @', '> @'], then: 1}", 0,
         "not decided: whether the table `t` has rows that overlap"},
        {"A", "c.a, c.b", "      - {when: ['> @', '< @'], then: c.a + @}", 0, "agree only by chance"}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        char *text = many_rows(CASES[i].hit, CASES[i].inputs, 1000, CASES[i].form, CASES[i].overlap);
        char findings[8000];
        size_t errors;
        shown(text, findings, sizeof findings, &errors);
        bool is_good = CASES[i].part ? strstr(findings, CASES[i].part) != NULL : !strstr(findings, "error");
        if (!is_good)
            fail_msg("case %zu: %s", i, findings);
        free(text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_finding), cmocka_unit_test(nothing_missed_nothing_made_up),
        cmocka_unit_test(samples_are_met_when_evaluated), cmocka_unit_test(hostile_sizes)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
