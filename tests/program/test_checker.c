/* SPDX-License-Identifier: Apache-2.0 */
/* Static types: what can have no sensible value is refused with its place, and nothing else is. */
#include <stdio.h>

#include "../base/error_count.h"
#include "compiled_pack.h"

#define HEAD                                                                                                \
    PACK("t.a")                                                                                             \
    SOURCES "facts:\n"                                                                                      \
            "  child:\n"                                                                                    \
            "    birth_date: {type: date}\n"                                                                \
            "    disabled: {type: boolean}\n"                                                               \
            "    age: {type: integer, nullable: true}\n"                                                    \
            "    name: {type: string}\n"                                                                    \
            "    share: {type: percent}\n"                                                                  \
            "    kind: {type: enum, values: [public, private_inclusive, employer]}\n"                       \
            "    other: {type: enum, values: [home, site]}\n"                                               \
            "tables:\n"                                                                                     \
            "  t: {inputs: [child.age], outputs: [{name: class, values: [infant, toddler]}, limit], rows: " \
            "[{when: '-', then: [infant, 3]}]}\n"

static const struct {
    const char *formula, *part;
} WRONG[] = {
    {"child.age + child.name", "string(x)"},
    {"child.age - child.birth_date", "number and date"},
    {"child.birth_date + child.birth_date", "date and date"},
    {"child.birth_date * 2", "`*`"},
    {"child.disabled + child.share ** 2", "boolean"},
    {"-child.name", "cannot be negated"},
    {"child.age = \"3\"", "child.age, a number"},
    {"child.birth_date = 3", "child.birth_date, a date"},
    {"child.age > child.name", "no order"},
    {"child.disabled > false", "no order"},
    {"child.kind = \"publc\"", "did you mean \"public\""},
    {"\"home\" = child.kind", "child.kind is never \"home\""},
    {"child.kind != \"employers\"", "did you mean \"employer\""},
    {"child.kind = child.other", "no value in common"},
    {"child.kind in (\"public\", \"hme\")", "never \"hme\""},
    {"child.kind in [\"public\", \"hme\"]", "never \"hme\""},
    {"child.age in [\"a\"..\"b\"]", "no order"},
    {"child.age between 1 and \"x\"", "no order"},
    {"[1..\"b\"]", "no range"},
    {"if child.age then 1 else 2", "child.age is a number where `if`"},
    {"child.age and child.disabled", "`and` needs true or false"},
    {"child.disabled or child.name", "`or` needs true or false"},
    {"not(child.age)", "not()"},
    {"completed months(child.birth_date, 3)", "'to' is a number where a date is needed"},
    {"completed months(child.birth_date)", "completed months"},
    {"string length(child.age)", "string length()"},
    {"t.clas", "did you mean `class`"},
    {"t.class = \"infnt\"", "did you mean \"infant\""},
    {"t + 1", "context"},
    {"child.birth_date.years", "no entry `years`"},
    {"child.name.year", "no entry `year`"},
    {"child.age.x", "number"},
    {"(if child.disabled then \"a\" else \"b\") = \"c\"", "c"},
    {"some x in [1, 2] satisfies x + 1", "satisfies"},
    {"count(for x in [1, 2] return x + \"a\") > 0", "number and string"},
    {"[1, 2][item > \"a\"]", "no order"},
    {"sum([{a: 1}, {a: 2}].a) = \"3\"", "a number, is compared with"},
    {"{a: 1, b: a + \"x\"}.b", "number and string"},
    {"at least(1, [child.age])", "true or false"},
    {"round half up(child.name, 2)", "round half up()"},
    {"child.age(3)", "cannot be called"},
    {"child.birth_date != date(year: 2024, month: 1)", "the argument `day` of date() is missing"},
    {"list contains(list: [child.age])", "the argument `element` of list contains() is missing"},
    {"is(value2: child.age)", "the argument `value1` of is() is missing"},
    {"insert before(list: [1], position: 1)", "the argument `newItem` of insert before() is missing"},
    {"completed months(from: child.birth_date)", "the argument `to` of completed months() is missing"},
    {"round half up(n: child.age, scael: 2)", "round half up() has no argument `scael`"},
    {"abs(n: 1, n: 2)", "the argument `n` of abs() is given twice"},
    {"date(2024, 1)", "date() is not called like this: write date(from) or date(year, month, day)"},
    {"(function(a, b) a + b)(a: 1)", "the parameter `b` is not given"},
    {"(function(a, b) a + b)(a: 1, c: 2, b: 3)", "the function has no parameter `c`"},
    {"(function(a, b) a + b)(a: 1, b: 2, a: 3)", "the parameter `a` is given twice"},
    {"(function(a, b) a + b)(1)", "the function takes 2 arguments, not 1"},
    {"(function(a) a)(1, 2)", "the function takes 1 argument, not 2"},
    {"{f: function(a, b) a, r: f(b: 1)}.r", "the parameter `a` is not given"},
    {"{f: date, r: f(year: 2024, month: 1)}.r", "the argument `day` of date() is missing"},
    {"{f: abs, r: f(1, 2)}.r", "abs() is not called with 2 arguments"},
    {"[1][list contains(list: [item])]", "the argument `element`"},
    {"child.birth_date < child.age", "no order between a date and a number"}};

static void wrong(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof WRONG / sizeof *WRONG; i++) {
        char text[4096];
        snprintf(text, sizeof text, HEAD "definitions:\n  d: |-\n    %s\n", WRONG[i].formula);
        const char *texts[] = {text};
        struct compiled pack;
        compile_packs(&pack, texts, 1);
        if (pack.status != TUOYU_ERROR_TYPE)
            fail_msg("`%s` gave %s", WRONG[i].formula, tuoyu_status_name(pack.status));
        assert_finding(&pack, TUOYU_ERROR_TYPE, WRONG[i].part);
        tuoyu_diagnostic first;
        assert_int_equal(tuoyu_diagnostics_get(pack.diagnostics, 0, &first), TUOYU_OK);
        if (first.line == 0 || first.excerpt[0] == '\0')
            fail_msg("`%s` has no place", WRONG[i].formula);
        compiled_free(&pack);
    }
}

static const char *RIGHT[] = {
    "child.age = null",
    "null != child.kind",
    "if child.disabled then null else 3",
    "if child.disabled then 1 else \"a\"",
    "(if child.disabled then null else 3) + 1",
    "child.birth_date + duration(\"P1D\")",
    "child.birth_date - child.birth_date",
    "(as_of - child.birth_date) > duration(\"P30D\")",
    "child.birth_date.year + 1",
    "child.kind = child.kind",
    "child.kind in (\"public\", \"employer\")",
    "child.kind in [\"public\"]",
    "not(child.kind = \"public\")",
    "child.kind = child.name",
    "child.kind > \"a\"",
    "child.age in [1..3]",
    "child.age in (1, [5..6], > 8)",
    "count([child.kind])",
    "min(1, child.age) + 1",
    "max([child.birth_date, as_of]) > as_of",
    "t.limit + 1",
    "t.class = \"toddler\"",
    "for x in 1..3 return x * child.age",
    "every x in [1, 2] satisfies x > 0",
    "[{a: 1}, {a: 2}][a > 1].a",
    "[1, 2, 3][item > 1]",
    "[1, 2, 3][2] + 1",
    "{a: 1, b: a + 1}.b + 1",
    "(function(x: number) x + 1)(3) + 1",
    "child.age instance of number",
    "string(child.age) + child.name",
    "at least(1, [child.disabled, child.age > 3])",
    "clamp(child.age, 0, 10) + 1",
    "[[1, 2], [3]][1]",
    "string join([child.name, child.kind], \", \")",
    "if child.kind = \"public\" then child.share else 1 - child.share",
    "date(\"2024-01-01\") < as_of",
    "as_of in [date(\"2024-01-01\")..date(\"2024-12-31\")]",
    "child.age between 1 and 3",
    "(function(a, b) a + b)(b: 1, a: 2) + 1",
    "{f: date, r: f(day: 1, year: 2024, month: 1)}.r = as_of",
    "(if child.disabled then function(a) a else function(b) b)(c: 1)", /* which one is called is not known */
    "child.age in not(1, [3..5])",
    "child.kind in not(\"public\")",
    "duration(\"P1D\") * 2 > duration(\"P1D\")",
    "-child.age",
    "abs(-3) + 1",
    "some x in t satisfies x.limit > 1"};

static void right(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof RIGHT / sizeof *RIGHT; i++) {
        char text[4096];
        snprintf(text, sizeof text, HEAD "definitions:\n  d: |-\n    %s\n", RIGHT[i]);
        const char *texts[] = {text};
        struct compiled pack;
        compile_packs(&pack, texts, 1);
        if (pack.status != TUOYU_OK)
            assert_finding(&pack, TUOYU_OK, RIGHT[i]);
        compiled_free(&pack);
    }
}

/* One error does not hide the next, and is said once, not by all that read it. */
static void all_at_once(void **state)
{
    (void)state;
    const char *texts[] = {HEAD "definitions:\n  a: child.age + \"x\"\n  b: a + 1\n  c: b and "
                                "child.disabled\n  d: child.nme\n  e: d + 1\n"};
    struct compiled pack;
    compile_packs(&pack, texts, 1);
    assert_int_equal(error_count(pack.diagnostics), 2);
    assert_finding(&pack, TUOYU_ERROR_TYPE, "number and string");
    assert_finding(&pack, TUOYU_ERROR_UNKNOWN_NAME, "child.name");
    compiled_free(&pack);
}

/* A definition that is a function is one to those that call it. */
static void functions_of_definitions(void **state)
{
    (void)state;
    static const char *const CALLS[][2] = {{"f(a: 1)", "the parameter `b` is not given"},
                                           {"f(1)", "the function takes 2 arguments, not 1"},
                                           {"f(a: 1, b: 2, c: 3)", "the function has no parameter `c`"},
                                           {"f(a: 1, b: 2, b: 3)", "the parameter `b` is given twice"},
                                           {"g(1)", "the function takes 2 arguments, not 1"}};
    for (size_t i = 0; i < sizeof CALLS / sizeof *CALLS; i++) {
        char text[1000];
        snprintf(text, sizeof text,
                 PACK("t.a") "definitions:\n  f: function(a, b) a + b\n  g: f\n  d: '%s'\n", CALLS[i][0]);
        assert_rejected(text, TUOYU_ERROR_TYPE, CALLS[i][1]);
    }
}

static void cycles(void **state)
{
    (void)state;
    assert_rejected(PACK("t.a") "definitions: {a: a + 1}\n", TUOYU_ERROR_CYCLE, "a → a");
    assert_rejected(PACK("t.a") "definitions: {z: b, b: c + 1, c: d * 2, d: b}\n", TUOYU_ERROR_CYCLE,
                    "b → c → d → b");
    assert_rejected(PACK("t.a") "definitions: {a: if true then 1 else b, b: a}\n", TUOYU_ERROR_CYCLE,
                    "a → b → a");
    assert_rejected(PACK("t.a") "definitions: {a: t + 1}\ntables: {t: {inputs: [a], outputs: [n], rows: "
                                "[{when: '1', then: 1}]}}\n",
                    TUOYU_ERROR_CYCLE, "a → t → a");
}

static void chinese_names(void **state)
{
    (void)state;
    struct compiled pack;
    compile_good(&pack, PACK("t.a") "facts:\n  幼儿:\n    出生日期: {type: date}\n"
                                    "definitions:\n  月龄: completed months(幼儿.出生日期, as_of)\n  适龄: "
                                    "月龄 >= 6 and 月龄 < 36\n");
    assert_unknown(&pack, "2024-03-01", "适龄", "幼儿.出生日期");
    give(&pack, "幼儿.出生日期", "2023-09-01");
    assert_shows(&pack, "2024-02-29", "月龄", "5");
    assert_shows(&pack, "2024-03-01", "适龄", "true");
    assert_shows(&pack, "2026-09-01", "适龄", "false");
    compiled_free(&pack);
    assert_rejected(PACK("t.a") "definitions:\n  月龄: 3\n  适龄: 月齡 >= 6\n", TUOYU_ERROR_UNKNOWN_NAME,
                    "月龄");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wrong),       cmocka_unit_test(right),
        cmocka_unit_test(all_at_once), cmocka_unit_test(functions_of_definitions),
        cmocka_unit_test(cycles),      cmocka_unit_test(chinese_names)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
