/* SPDX-License-Identifier: Apache-2.0 */
/* Decision tables: boundaries, hit policies, and inputs that are not known. */
#include <stdio.h>
#include <string.h>

#include <tuoyu/rules.h>

#include "../program/compiled_pack.h"

#define HEAD                                                                \
    PACK("t.a")                                                             \
    SOURCES "facts:\n"                                                      \
            "  child:\n"                                                    \
            "    age: {type: integer, range: '[0..200]', nullable: true}\n" \
            "    mixed: {type: boolean}\n"                                  \
            "    kind: {type: enum, values: [infant_class, toddler_class, nursery_class]}\n"
#define DAY "2024-01-01"

static void boundaries(void **state)
{
    (void)state;
    struct compiled pack;
    compile_good(&pack, HEAD "tables:\n"
                             "  class:\n"
                             "    inputs: [child.age, child.mixed]\n"
                             "    outputs: [{name: class, values: [infant, toddler, mixed_class]}, limit]\n"
                             "    cite: law 第20条\n"
                             "    standing: cited\n"
                             "    rows:\n"
                             "      - {when: ['[6..12)', 'false'], then: [infant, 10], cite: law 第21条}\n"
                             "      - {when: ['[12..24)', 'false'], then: [toddler, 15]}\n"
                             "      - {when: ['[18..36)', 'true'], then: [mixed_class, 18]}\n"
                             "definitions:\n"
                             "  limit: class.limit\n"
                             "  which: class.class\n");
    give(&pack, "child.mixed", "false");
    const char *cases[][2] = {{"6", "10"}, {"11", "10"}, {"12", "15"}, {"23", "15"}};
    for (size_t i = 0; i < 4; i++) {
        give(&pack, "child.age", cases[i][0]);
        assert_shows(&pack, DAY, "limit", cases[i][1]);
    }
    assert_shows(&pack, DAY, "which", "toddler");
    give(&pack, "child.age", "5");
    assert_fails(&pack, DAY, "limit", TUOYU_ERROR_TABLE_NO_ROW, "child.age = 5, child.mixed = false");
    give(&pack, "child.age", "24");
    assert_fails(&pack, DAY, "class", TUOYU_ERROR_TABLE_NO_ROW, "child.age = 24");
    give(&pack, "child.age", "null"); /* there is none: in no range */
    assert_fails(&pack, DAY, "class", TUOYU_ERROR_TABLE_NO_ROW, "child.age = null");
    give(&pack, "child.age", "11");
    value_on(&pack, DAY, "limit");
    uint32_t slot = slot_named(&pack, "class");
    assert_int_equal(pack.evaluation.registers[slot].row_count, 1);
    assert_int_equal(pack.evaluation.registers[slot].rows[0], 0);
    assert_true(text_equals(evaluation_citation(&pack.evaluation, slot, 0)->text, TEXT("法 第21条")));
    assert_null(evaluation_citation(&pack.evaluation, slot, 1));
    give(&pack, "child.age", "12");
    value_on(&pack, DAY, "limit");
    assert_true(text_equals(evaluation_citation(&pack.evaluation, slot, 0)->text, TEXT("法 第20条")));
    compiled_free(&pack);
}

static void unknown_inputs(void **state)
{
    (void)state;
    struct compiled pack;
    compile_good(&pack, HEAD "tables:\n"
                             "  t:\n"
                             "    inputs: [child.age, child.mixed]\n"
                             "    outputs: [n]\n"
                             "    rows:\n"
                             "      - {when: ['< 10', '-'], then: 1}\n"
                             "      - {when: ['>= 10', 'true'], then: 2}\n"
                             "      - {when: ['>= 10', 'false'], then: 3}\n");
    assert_unknown(&pack, DAY, "t", "child.age,child.mixed");
    give(&pack, "child.mixed", "true");
    assert_unknown(&pack, DAY, "t", "child.age");
    give(&pack, "child.age", "10");
    assert_shows(&pack, DAY, "t", "2");
    give(&pack, "child.mixed", NULL);
    assert_unknown(&pack, DAY, "t", "child.mixed");
    give(&pack, "child.age", "9"); /* every other row is out by its first cell */
    assert_shows(&pack, DAY, "t", "1");
    assert_true(evaluation_has_read(&pack.evaluation, slot_named(&pack, "t"), 0));
    compiled_free(&pack);
}

/* A table of one output over age with a hit policy; each row is `test: output`. The third input keeps
 * overlaps from being seen before a case comes: its tests are not constant. */
static void compile_table(struct compiled *pack, const char *hit, const char *output, const char *rows)
{
    char text[4096];
    snprintf(text, sizeof text,
             HEAD "tables:\n  t:\n    hit: %s\n    inputs: [child.age, child.mixed, 0]\n    outputs: [%s]\n  "
                  "  rows:\n%s",
             hit, output, rows);
    const char *texts[] = {text};
    compile_packs(pack, texts, 1);
    if (pack->status != TUOYU_OK) {
        tuoyu_text *shown;
        tuoyu_diagnostics_to_text(pack->diagnostics, &shown);
        fail_msg("%s", tuoyu_text_bytes(shown));
    }
}

#define ROW(age, mixed, then) "      - {when: ['" age "', '" mixed "', '? = 0'], then: '" then "'}\n"
#define THREE ROW("> 5", "-", "7") ROW("> 10", "-", "3") ROW("> 10", "true", "9")

static void unique_and_any(void **state)
{
    (void)state;
    struct compiled pack;
    compile_table(&pack, "U", "n", THREE);
    give(&pack, "child.age", "8");
    assert_shows(&pack, DAY, "t", "7");
    give(&pack, "child.age", "11");
    assert_fails(&pack, DAY, "t", TUOYU_ERROR_TABLE_CONFLICT, "line 19 and line 20");
    compiled_free(&pack);
    compile_table(&pack, "A", "n", ROW("> 5", "-", "7") ROW("> 10", "true", "7") ROW("> 20", "true", "8"));
    give(&pack, "child.age", "11");
    assert_shows(&pack, DAY, "t", "7"); /* the row that may fit says the same */
    give(&pack, "child.age", "21");
    assert_unknown(&pack, DAY, "t", "child.mixed");
    give(&pack, "child.mixed", "false");
    assert_shows(&pack, DAY, "t", "7");
    give(&pack, "child.mixed", "true");
    assert_fails(&pack, DAY, "t", TUOYU_ERROR_TABLE_CONFLICT, "line 19 and line 21");
    compiled_free(&pack);
}

static void first_and_priority(void **state)
{
    (void)state;
    struct compiled pack;
    compile_table(&pack, "F", "n", ROW("> 10", "true", "9") THREE "    default: [0]\n");
    give(&pack, "child.age", "11");
    assert_unknown(&pack, DAY, "t", "child.mixed"); /* 9 or 7 */
    give(&pack, "child.mixed", "false");
    assert_shows(&pack, DAY, "t", "7");
    give(&pack, "child.age", "5");
    assert_shows(&pack, DAY, "t", "0");
    assert_int_equal(pack.evaluation.registers[slot_named(&pack, "t")].row_count, 0);
    give(&pack, "child.mixed", NULL);
    assert_shows(&pack, DAY, "t", "0"); /* every row is out by its age */
    compiled_free(&pack);
    compile_table(&pack, "P", "{name: n, values: [high, middle, low]}",
                  ROW("> 5", "-", "middle") ROW("> 10", "true", "low") ROW("> 20", "true", "high")
                      ROW("> 30", "-", "high"));
    give(&pack, "child.age", "11");
    assert_shows(&pack, DAY, "t", "middle"); /* low could not win */
    give(&pack, "child.age", "21");
    assert_unknown(&pack, DAY, "t", "child.mixed"); /* high could */
    give(&pack, "child.age", "31");
    assert_shows(&pack, DAY, "t", "high"); /* wins in any case */
    compiled_free(&pack);
}

static void collecting(void **state)
{
    (void)state;
    static const struct {
        const char *hit, *at_11, *at_0;
    } CASES[] = {{"R", "[7, 3, 9]", "[]"}, {"C", "[7, 3, 9]", "[]"}, {"C+", "19", "0"},
                 {"C#", "3", "0"},         {"C<", "3", NULL},        {"C>", "9", NULL}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct compiled pack;
        compile_table(&pack, CASES[i].hit, "n", THREE);
        give(&pack, "child.age", "11");
        if (strcmp(CASES[i].hit, "C<") == 0)
            assert_shows(&pack, DAY, "t", "3"); /* 9 is not less */
        else
            assert_unknown(&pack, DAY, "t", "child.mixed");
        give(&pack, "child.mixed", "true");
        assert_shows(&pack, DAY, "t", CASES[i].at_11);
        give(&pack, "child.age", "0");
        if (CASES[i].at_0)
            assert_shows(&pack, DAY, "t", CASES[i].at_0);
        else
            assert_fails(&pack, DAY, "t", TUOYU_ERROR_TABLE_NO_ROW, "child.age = 0");
        compiled_free(&pack);
    }
    struct compiled pack;
    compile_table(&pack, "O", "{name: n, values: [a, b, c]}",
                  ROW("> 5", "-", "c") ROW("> 5", "-", "a") ROW("> 5", "-", "b") ROW("> 5", "-", "a"));
    give(&pack, "child.age", "6");
    assert_shows(&pack, DAY, "t", "[\"a\", \"a\", \"b\", \"c\"]");
    assert_int_equal(pack.evaluation.registers[slot_named(&pack, "t")].rows[1], 3);
    compiled_free(&pack);
}

static void percent_columns(void **state)
{
    (void)state;
    struct compiled pack;
    compile_good(&pack, HEAD "definitions: {half: 0.5}\n"
                             "tables:\n"
                             "  t: {inputs: [child.age], outputs: [{name: share, unit: percent}, n], rows: "
                             "[{when: '< 5', then: [80, 80]}, "
                             "{when: '5', then: [-12.5, 1]}, {when: '> 5', then: [half, 2]}]}\n");
    give(&pack, "child.age", "4");
    assert_shows(&pack, DAY, "t", "{share: 0.8, n: 80}");
    give(&pack, "child.age", "5");
    assert_shows(&pack, DAY, "t", "{share: -0.125, n: 1}");
    give(&pack, "child.age", "6");
    assert_shows(&pack, DAY, "t", "{share: 0.5, n: 2}");
    compiled_free(&pack);
    assert_rejected(HEAD "tables:\n  t: {inputs: [child.age], outputs: [{name: share, unit: percent}], rows: "
                         "[{when: '< 5', then: 40 + 40}]}\n",
                    TUOYU_ERROR_PACK, "a number in percent");
}

/* A table inside a table's cell and input; `?` belongs to the inner one while it is asked. */
static void nested(void **state)
{
    (void)state;
    struct compiled pack;
    compile_good(&pack, HEAD "tables:\n"
                             "  inner: {inputs: [child.age], outputs: [n], rows: [{when: '< 5', then: 1}, "
                             "{when: '>= 5', then: 10}]}\n"
                             "  outer: {inputs: [inner + 1], outputs: [n], rows: [{when: '? > inner and ? < "
                             "5', then: inner * 2}, {when: '> 5', then: 0}]}\n");
    give(&pack, "child.age", "4");
    assert_shows(&pack, DAY, "outer", "2");
    give(&pack, "child.age", "5");
    assert_shows(&pack, DAY, "outer", "0");
    compiled_free(&pack);
}

static void wrong_tables(void **state)
{
    (void)state;
    assert_rejected(
        HEAD "tables:\n  t: {hit: P, inputs: [child.age], outputs: [n], rows: [{when: '< 5', then: 1}]}\n",
        TUOYU_ERROR_PACK, "values");
    assert_rejected(
        HEAD
        "tables:\n  t: {hit: C+, inputs: [child.age], outputs: [n], rows: [{when: '< 5', then: '\"a\"'}]}\n",
        TUOYU_ERROR_TYPE, "C+ adds numbers");
    assert_rejected(HEAD "tables:\n  t: {hit: C+, inputs: [child.age], outputs: [a, b], rows: [{when: '< 5', "
                         "then: [1, 2]}]}\n",
                    TUOYU_ERROR_PACK, "one output");
    assert_rejected(
        HEAD
        "tables:\n  t: {inputs: [child.kind], outputs: [n], rows: [{when: '\"infant_clas\"', then: 1}]}\n",
        TUOYU_ERROR_TYPE, "did you mean \"infant_class\"");
    assert_rejected(HEAD
                    "tables:\n  t: {inputs: [child.kind], outputs: [n], rows: [{when: '> 3', then: 1}]}\n",
                    TUOYU_ERROR_TYPE, "no order between a string and a number");
    assert_rejected(HEAD
                    "tables:\n  t: {inputs: [child.age], outputs: [n], rows: [{when: '\"6\"', then: 1}]}\n",
                    TUOYU_ERROR_TYPE, "child.age");
    assert_rejected(HEAD
                    "tables:\n  t: {inputs: [child.age], outputs: [n], rows: [{when: '< t', then: 1}]}\n",
                    TUOYU_ERROR_CYCLE, "t → t");
    assert_rejected(
        HEAD "tables:\n  t: {inputs: [child.age], outputs: [a, bee], rows: [{when: '< 5', then: [1, 2]}]}\n"
             "definitions: {d: t.be}\n",
        TUOYU_ERROR_TYPE, "did you mean `bee`");
}

/* ---- What may fit ----
 * Random tables over two facts. Whenever an answer is given although a fact is unknown, every value of the
 * fact must give that answer. */

static const char *const AGES[] = {"-", "< 2", ">= 2", "[1..3]", "0, 4", "not(3)", "null, 2"};
static const char *const MIXED[] = {"-", "true", "false", "not(true)"};
enum { OLDEST = 4 };

static void write_random_table(uint32_t *seed, const char *hit, char *text, size_t size)
{
    bool by_priority = hit[0] == 'P' || hit[0] == 'O';
    size_t at = (size_t)snprintf(
        text, size,
        HEAD "tables:\n  t:\n    hit: %s\n    inputs: [child.age, child.mixed, 0]\n    outputs: [%s]\n%s    "
             "rows:\n",
        hit, by_priority ? "{name: n, values: [a, b, c]}" : "n",
        random_below(seed, 2) ? by_priority ? "    default: [b]\n" : "    default: [1]\n" : "");
    static const char *const OUTPUTS[2][3] = {{"0", "1", "2"}, {"a", "b", "c"}};
    for (uint32_t i = 0, rows = 1 + random_below(seed, 4); i < rows; i++)
        at += (size_t)snprintf(text + at, size - at, "      - {when: ['%s', '%s', '? = 0'], then: '%s'}\n",
                               AGES[random_below(seed, 7)], MIXED[random_below(seed, 4)],
                               OUTPUTS[by_priority][random_below(seed, 3)]);
}

/* What comes out, as text: a value, `unknown`, or the error's name. */
static struct text outcome(struct compiled *pack, const char *age, const char *mixed)
{
    give(pack, "child.age", age);
    give(pack, "child.mixed", mixed);
    struct value value = value_on(pack, DAY, "t");
    tuoyu_status status = evaluation_status(&pack->evaluation, value, NULL);
    if (status != TUOYU_OK)
        return text_of(tuoyu_status_name(status), TUOYU_NUL_TERMINATED);
    if (value_cause(value))
        return TEXT("unknown");
    struct text_builder shown;
    text_builder_init_arena(&shown, &pack->arena);
    value_format(&shown, value);
    return text_builder_text(&shown);
}

static void assert_sound(struct compiled *pack, const char *text, const char *age, const char *mixed)
{
    struct text answer = outcome(pack, age, mixed);
    if (text_equals(answer, TEXT("unknown")))
        return;
    for (int a = 0; a <= OLDEST + 1; a++) {
        char number[16];
        snprintf(number, sizeof number, a > OLDEST ? "null" : "%d", a);
        for (int m = 0; m < 2; m++) {
            struct text sure = outcome(pack, age ? age : number, mixed ? mixed : m ? "true" : "false");
            if (!text_equals(sure, answer))
                fail_msg("%s\nage %s, mixed %s: %.*s, but it could be %.*s", text, age ? age : "?",
                         mixed ? mixed : "?", TEXT_ARGUMENTS(answer), TEXT_ARGUMENTS(sure));
        }
    }
}

static void what_may_fit_is_never_guessed(void **state)
{
    (void)state;
    static const char *const HITS[] = {"U", "A", "P", "F", "R", "O", "C", "C+", "C<", "C>", "C#"};
    uint32_t seed = 20240301;
    for (int i = 0; i < 2200; i++) {
        char text[4096];
        write_random_table(&seed, HITS[i % 11], text, sizeof text);
        struct compiled pack;
        compile_good(&pack, text);
        assert_sound(&pack, text, NULL, NULL);
        assert_sound(&pack, text, NULL, "true");
        assert_sound(&pack, text, NULL, "false");
        for (int age = 0; age <= OLDEST; age++) {
            char number[16];
            snprintf(number, sizeof number, "%d", age);
            assert_sound(&pack, text, number, NULL);
        }
        compiled_free(&pack);
    }
}

static void uncited_rows_are_assumed(void **state)
{
    (void)state;
    struct compiled pack;
    compile_good(
        &pack, HEAD
        "tables: {t: {inputs: [child.age], outputs: [n], rows: [{when: '< 3', then: 1}], default: [2]}}\n");
    for (int age = 2; age <= 3; age++) {
        give(&pack, "child.age", age == 2 ? "2" : "3");
        value_on(&pack, DAY, "t");
        assert_int_equal(evaluation_citation(&pack.evaluation, slot_named(&pack, "t"), 0)->standing,
                         TUOYU_ASSUMED);
    }
    compiled_free(&pack);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(boundaries),
                                       cmocka_unit_test(unknown_inputs),
                                       cmocka_unit_test(unique_and_any),
                                       cmocka_unit_test(first_and_priority),
                                       cmocka_unit_test(collecting),
                                       cmocka_unit_test(percent_columns),
                                       cmocka_unit_test(nested),
                                       cmocka_unit_test(wrong_tables),
                                       cmocka_unit_test(what_may_fit_is_never_guessed),
                                       cmocka_unit_test(uncited_rows_are_assumed)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
