/* SPDX-License-Identifier: Apache-2.0 */
/* Units: what a formula counts, what may be added and compared, what is declared; and the algebra under it.
 */
#include <stdio.h>
#include <string.h>

#include "../base/error_count.h"
#include "compiled_pack.h"
#include "program/unit_text.h"

#define DECLARED                                                                                        \
    PACK("a")                                                                                           \
    SOURCES                                                                                             \
    "facts:\n  c: {fee: {type: money, unit: CNY/month}, bill: {type: money, unit: CNY}, year_fee: "     \
    "{type: money, unit: CNY/year}, "                                                                   \
    "months: {type: integer, unit: month}, days: {type: integer, unit: day}, plain: {type: "            \
    "number}, share: {type: percent}, "                                                                 \
    "children: {type: integer, unit: child}, carers: {type: integer, unit: carer}, area: {type: "       \
    "number, unit: square_metre}, "                                                                     \
    "born: {type: date}, list: {type: string}}\n"                                                       \
    "parameters:\n"                                                                                     \
    "  grant: {unit: CNY/place, cite: law 一, standing: cited, values: {2024-01-01: {value: 100}}}\n"  \
    "  rate: {unit: percent, cite: law 一, standing: cited, values: {2024-01-01: {value: 80}}}\n"      \
    "  most: {unit: child/carer, cite: law 一, standing: cited, values: {2024-01-01: {value: 3}}}\n"   \
    "  months_a_year: {unit: month/year, cite: law 一, standing: cited, values: {2024-01-01: {value: " \
    "12}}}\n"                                                                                           \
    "  score: {cite: law 一, standing: cited, values: {2024-01-01: {value: 60}}}\n"                    \
    "definitions:\n"                                                                                    \
    "  age: completed months(c.born, as_of)\n"                                                          \
    "  d: "

static size_t findings_of(const char *formula, char *text, size_t size, size_t *errors)
{
    struct compiled pack;
    char source[4000];
    snprintf(source, sizeof source, DECLARED "%s\n", formula);
    const char *texts[] = {source};
    compile_packs(&pack, texts, 1);
    size_t count = tuoyu_diagnostics_count(pack.diagnostics);
    *errors = error_count(pack.diagnostics);
    tuoyu_text *shown;
    assert_int_equal(tuoyu_diagnostics_to_text(pack.diagnostics, &shown), TUOYU_OK);
    snprintf(text, size, "%s", tuoyu_text_bytes(shown));
    tuoyu_text_free(shown);
    compiled_free(&pack);
    return count;
}

#define FORMULA(formula, unit) "{formula: '" formula "', unit: " unit ", cite: law 二}"
#define BARE(formula) "{formula: '" formula "', cite: law 二}"

static void what_goes_together(void **state)
{
    (void)state;
    static const char *const GOOD[] = {FORMULA("c.fee * c.months", "CNY"),
                                       FORMULA("c.fee * rate", "CNY/month"),
                                       FORMULA("c.bill / c.months", "CNY/month"),
                                       FORMULA("c.bill / grant", "place"),
                                       FORMULA("c.year_fee / months_a_year", "CNY/month"),
                                       FORMULA("c.fee * months_a_year", "CNY/year"),
                                       FORMULA("c.fee / 12", "CNY/month"),
                                       FORMULA("c.fee / c.fee", "percent"),
                                       FORMULA("c.fee + 100", "CNY/month"),
                                       FORMULA("max(0, c.fee - 100)", "CNY/month"),
                                       FORMULA("min(c.fee, 4000) * 2", "CNY/month"),
                                       FORMULA("c.carers * most", "child"),
                                       FORMULA("age + 1", "month"),
                                       FORMULA("completed days(c.born, as_of)", "day"),
                                       FORMULA("completed years(c.born, as_of)", "year"),
                                       FORMULA("age * c.fee", "CNY"),
                                       FORMULA("floor(c.area / 8)", "square_metre"),
                                       FORMULA("sum([c.fee, c.fee])", "CNY/month"),
                                       FORMULA("sum(c.fee, c.fee) * c.months", "CNY"),
                                       FORMULA("sum(for x in [c.fee, c.fee] return x * c.months)", "CNY"),
                                       FORMULA("clamp(c.fee, 100, 200)", "CNY/month"),
                                       FORMULA("if age < 36 then c.fee else 0", "CNY/month"),
                                       FORMULA("c.area ** 2 / c.area", "square_metre"),
                                       FORMULA("c.fee * (1 + rate)", "CNY/month"),
                                       FORMULA("1 - rate", "percent"),
                                       FORMULA("36", "month"),
                                       FORMULA("0.8", "percent"),
                                       FORMULA("{a: c.fee}.a * c.months", "CNY"),
                                       FORMULA("[c.fee, c.fee][1]", "CNY/month"),
                                       FORMULA("rate", "day/hour"),
                                       FORMULA("c.months * -c.fee", "CNY"),
                                       FORMULA("modulo(c.months, 12)", "month"),
                                       FORMULA("count([1, 2])", "child"),
                                       FORMULA("(c.bill / c.months) ** -1 * c.fee", "percent"),
                                       FORMULA("round half up(c.fee / 3, 2)", "CNY/month"),
                                       BARE("c.children <= c.carers * most"),
                                       BARE("age >= 6 and age < c.months"),
                                       BARE("rate >= 0.8"),
                                       BARE("rate < 1"),
                                       BARE("c.share > rate"),
                                       BARE("c.fee / c.fee >= rate"),
                                       BARE("1 + rate >= 2"),
                                       BARE("c.plain * rate >= 60"),
                                       BARE("c.plain * rate + c.plain * c.share >= score"),
                                       BARE("c.fee in [100..200]"),
                                       BARE("c.fee in (100, 200)"),
                                       BARE("c.fee between 1 and 2"),
                                       BARE("c.plain > c.fee"),
                                       BARE("add months(c.born, c.months) > as_of"),
                                       BARE("c.born.year + 1 > c.months"),
                                       BARE("as_of - c.born > duration(\"P1D\")"),
                                       BARE("rate in [0..1)"),
                                       BARE("rate in (0.5, 1)"),
                                       BARE("some x in [c.fee] satisfies x > 10"),
                                       BARE("min(rate, 0.5) < c.share"),
                                       BARE("c.fee * null")};
    char text[4000];
    size_t errors;
    for (size_t i = 0; i < sizeof GOOD / sizeof *GOOD; i++)
        if (findings_of(GOOD[i], text, sizeof text, &errors))
            fail_msg("%s\n%s", GOOD[i], text);
}

static void what_contradicts_itself(void **state)
{
    (void)state;
    static const struct {
        const char *formula, *part;
    } BAD[] = {{BARE("c.fee + c.bill"), "`+` adds c.fee, which is in CNY/month, and c.bill, which is in CNY"},
               {BARE("c.fee - c.bill"), "`-` is between c.fee"},
               {BARE("c.fee > c.bill"), "this compares c.fee"},
               {BARE("c.bill = c.fee"), "this compares c.bill"},
               {BARE("c.fee between c.bill and 3"), "this compares c.fee"},
               {BARE("c.fee in [0..c.bill]"), "this compares c.fee"},
               {BARE("c.fee in (1, c.bill)"), "this compares c.fee"},
               {BARE("c.fee in (< c.bill)"), "this compares c.fee"},
               {BARE("age < c.days"), "which is in month, and c.days, which is in day"},
               {BARE("min(c.fee, c.bill)"), "min() takes together c.fee"},
               {BARE("max(0, c.fee, c.bill)"), "max() takes together c.fee"},
               {BARE("clamp(c.fee, 0, c.bill)"), "clamp() takes together"},
               {BARE("sum(c.fee, 1, c.days)"), "sum() takes together"},
               {BARE("c.fee + rate"), "which is in percent"},
               {BARE("rate > c.fee"), "which is in percent"},
               {BARE("rate >= 80"), "declare a parameter with unit percent and value 80, or write 0.8"},
               {BARE("80 <= rate"), "write 0.8"},
               {BARE("rate = 12.5"), "write 0.125"},
               {BARE("rate in [0..80)"), "write 0.8"},
               {BARE("100 - rate"), "write 1"},
               {BARE("rate in (0.5, 20)"), "write 0.2"},
               {BARE("c.share between 0 and 50"), "write 0.5"},
               {BARE("max(rate, 5)"), "write 0.05"},
               {BARE("rate > -5"), "write -0.05"},
               {BARE("c.fee * c.months + c.fee"), "c.fee * c.months, which is in CNY, and"},
               {BARE("[c.fee][1] + c.bill"), "`+` adds"},
               {BARE("{a: c.fee}.a + c.bill"), "`+` adds"},
               {BARE("add months(c.born, c.days) > as_of"), "add months() adds months, and c.days is in day"},
               {BARE("every x in [c.fee] satisfies x < c.bill"), "this compares x"},
               {FORMULA("c.fee * c.months", "CNY/month"), "`d` is declared in CNY/month, but this gives CNY"},
               {FORMULA("c.year_fee / c.months", "CNY/month"), "this gives CNY/year/month"},
               {FORMULA("rate", "CNY"), "but this gives percent"},
               {FORMULA("c.fee / c.fee", "CNY"), "no unit (a ratio)"},
               {FORMULA("80", "percent"), "write 0.8"},
               {FORMULA("c.area ** 2", "square_metre"), "declared in m2, but this gives m^4"},
               {FORMULA("floor(c.bill)", "place"), "but this gives CNY"}};
    char text[4000];
    size_t errors;
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        findings_of(BAD[i].formula, text, sizeof text, &errors);
        if (errors != 1 || !strstr(text, BAD[i].part))
            fail_msg("%s\nwants %s\n%s", BAD[i].formula, BAD[i].part, text);
    }
}

#define CHINESE                                                                                                          \
    PACK("a")                                                                                                            \
    SOURCES "entities: {站点: {label: {zh: 托育点, en: site}}}\n"                                                   \
            "facts:\n  站点: {补助: {type: money, unit: 元/人/月}, 人月: {type: integer, unit: 人·月}, "     \
            "孩子: {type: integer, unit: 名儿童}, "                                                                 \
            "托位: {type: integer, unit: 个托位}, 面积: {type: number, unit: 平方米}, 边长: {type: number, " \
            "unit: 米}, 租期: {type: integer, unit: 年}, "                                                           \
            "月数: {type: integer, unit: 个月}, 天数: {type: integer, unit: 天}, 每点: {type: number, "         \
            "unit: 托位/托育点}, 点数: {type: integer, unit: 站点}, "                                           \
            "滞纳率: {type: number, unit: 1/天}, 欠款: {type: money, unit: 元}, 开办: {type: date}}\n"          \
            "definitions:\n  d: "

static size_t chinese_findings_of(const char *formula, char *text, size_t size, size_t *errors)
{
    struct compiled pack;
    char source[4000];
    snprintf(source, sizeof source, CHINESE "%s\n", formula);
    const char *texts[] = {source};
    compile_packs(&pack, texts, 1);
    size_t count = tuoyu_diagnostics_count(pack.diagnostics);
    *errors = error_count(pack.diagnostics);
    tuoyu_text *shown;
    assert_int_equal(tuoyu_diagnostics_to_text(pack.diagnostics, &shown), TUOYU_OK);
    snprintf(text, size, "%s", tuoyu_text_bytes(shown));
    tuoyu_text_free(shown);
    compiled_free(&pack);
    return count;
}

/* Products of units, in the words of an office. */
static void in_chinese(void **state)
{
    (void)state;
    static const char *const GOOD[] = {FORMULA("站点.补助 * 站点.人月", "元"),
                                       FORMULA("站点.补助 * 站点.人月 / 站点.月数", "元/月"),
                                       FORMULA("站点.边长 * 站点.边长", "平方米"),
                                       FORMULA("站点.边长 ** 2", "㎡"),
                                       FORMULA("站点.面积 / 站点.边长", "米"),
                                       FORMULA("站点.面积 / 站点.托位", "m2/place"),
                                       FORMULA("站点.每点 * 站点.点数", "托位"),
                                       FORMULA("站点.欠款 * 站点.滞纳率 * 站点.天数", "CNY"),
                                       FORMULA("站点.租期 * 12", "month"),
                                       FORMULA("站点.月数 / 12", "年"),
                                       BARE("add years(站点.开办, 站点.租期) > as_of"),
                                       BARE("add months(站点.开办, 站点.月数) > as_of"),
                                       BARE("add months(站点.开办, 站点.租期 * 12) > as_of"),
                                       BARE("站点.面积 / 站点.边长 > 站点.边长"),
                                       BARE("站点.开办 + duration(\"P1D\") * 站点.天数 > as_of"),
                                       BARE("站点.开办 + 站点.月数 * duration(\"P1M\") > as_of"),
                                       BARE("站点.开办 + @\"P1Y\" * 站点.租期 > as_of"),
                                       BARE("站点.开办 + duration(\"P2D\") * 站点.月数 > as_of"),
                                       BARE("站点.开办 + duration(\"P1D\") * 站点.托位 > as_of"),
                                       FORMULA("sum([站点.月数, 3])", "个月")};
    static const struct {
        const char *formula, *part;
    } BAD[] = {
        {FORMULA("站点.补助 * 站点.孩子", "元"), "declared in CNY, but this gives CNY*child/person/month "
                                                 "(person (人) and child (儿童) are two units"},
        {FORMULA("站点.补助 * 站点.月数", "元"), "but this gives CNY/person"},
        {BARE("站点.租期 + 站点.月数"), "a year is 12 months"},
        {BARE("站点.租期 > 站点.月数"), "a year is 12 months"},
        {BARE("站点.天数 < 站点.月数"), "no number of days is a month or a year"},
        {BARE("站点.天数 < 站点.租期"), "no number of days"},
        {FORMULA("站点.租期 / 12", "月"), "times 12 makes months of years"},
        {FORMULA("站点.月数 * 12", "年"), "times 12 makes months of years"},
        {BARE("站点.租期 / 12 > 站点.月数"), "times 12 makes"},
        {FORMULA("站点.欠款 / 12", "元/月"), "CNY"},
        {BARE("max([站点.月数, 站点.天数])"), "max() takes together numbers in different units"},
        {BARE("sum([站点.欠款, 站点.补助, 3])"), "sum() takes together numbers in different units"},
        {BARE("mean([站点.欠款, 站点.托位][item > 0])"), "mean() takes together numbers in different units"},
        {BARE("add years(站点.开办, 站点.月数) > as_of"),
         "add years() adds years, and 站点.月数 is in month (add months() adds months)"},
        {BARE("add months(站点.开办, 站点.租期) > as_of"),
         "add months() adds months, and 站点.租期 is in year (add years() adds years)"},
        {BARE("add years(站点.开办, 站点.天数) > as_of"), "adds days"},
        {BARE("站点.开办 + duration(\"P1D\") * 站点.月数 > as_of"),
         "a duration of one day is multiplied by 站点.月数, which is in month"},
        {BARE("站点.开办 + 站点.租期 * duration(\"P1M\") > as_of"),
         "a duration of one month is multiplied by 站点.租期, which is in year"},
        {BARE("站点.开办 + @\"P7D\" * 站点.天数 > as_of"), "one week"},
        {BARE("站点.开办 - @\"P12M\" * 站点.月数 > as_of"), "one year"},
        {BARE("站点.面积 > 站点.边长"), "which is in m2"},
        {FORMULA("站点.每点 * 站点.托位", "托位"), "declared in place, but this gives place^2/站点"}};
    char text[4000];
    size_t errors;
    for (size_t i = 0; i < sizeof GOOD / sizeof *GOOD; i++) {
        chinese_findings_of(GOOD[i], text, sizeof text, &errors);
        if (errors)
            fail_msg("%s\n%s", GOOD[i], text);
    }
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        size_t count = chinese_findings_of(BAD[i].formula, text, sizeof text, &errors);
        bool is_found = count > 0 && strstr(text, BAD[i].part);
        if (!is_found)
            fail_msg("%s\nwants %s\n%s", BAD[i].formula, BAD[i].part, text);
    }
}

/* An `if` is a number of one unit; names that are nearly known are told, as long as nothing else is called
 * so. */
static void doubts(void **state)
{
    (void)state;
    char text[4000];
    size_t errors;
    findings_of(BARE("if age > 3 then c.fee else c.bill"), text, sizeof text, &errors);
    assert_int_equal(errors, 0);
    assert_non_null(strstr(text, "`if` gives a number in CNY/month, or one in CNY"));
    findings_of(BARE("if age > 3 then c.fee else 0"), text, sizeof text, &errors);
    assert_string_equal(text, "");
    findings_of(BARE("rate >= (if age > 3 then 80 else 0.6)"), text, sizeof text, &errors);
    assert_int_equal(errors, 1);
    assert_non_null(strstr(text, "write 0.8"));
    findings_of(FORMULA("c.months", "mouth"), text, sizeof text, &errors);
    assert_int_equal(errors, 1);
    assert_non_null(strstr(text, "`mouth` is a unit of its own"));
    findings_of(FORMULA("c.months", "Month"), text, sizeof text, &errors);
    assert_non_null(strstr(text, "there is no unit `Month`"));
    findings_of(FORMULA("count([c.fee, c.bill])", "自有"), text, sizeof text, &errors);
    assert_string_equal(text, "");
}

/* What says where each side comes from, and what is not certain. */
static void notes_and_warnings(void **state)
{
    (void)state;
    char text[4000];
    size_t errors;
    findings_of(BARE("c.fee * 1 > c.bill"), text, sizeof text, &errors);
    assert_int_equal(errors, 0); /* the 1 may be a number of months */
    assert_non_null(strstr(text, "as far as units are declared"));
    findings_of(BARE("c.fee + c.bill"), text, sizeof text, &errors);
    assert_non_null(strstr(text, "note: `c.fee` is in CNY/month"));
    assert_non_null(strstr(text, "note: `c.bill` is in CNY"));
    findings_of(FORMULA("c.year_fee / 12", "CNY/month"), text, sizeof text, &errors);
    assert_int_equal(errors, 0);
    assert_non_null(strstr(text, "12 stands for the months of a year"));
    findings_of(FORMULA("c.plain * grant", "CNY"), text, sizeof text, &errors);
    assert_int_equal(errors, 0);
    assert_non_null(strstr(text, "declare the unit of each fact"));
}

#define TABLE(cells)                                                                                   \
    PACK("a")                                                                                          \
    SOURCES "facts: {c: {fee: {type: money, unit: CNY/month}, bill: {type: money, unit: CNY}, share: " \
            "{type: percent}, n: {type: integer, unit: child}}}\n"                                     \
            "tables: {t: {" cells ", cite: law 一, standing: cited}}\n"

static void tables(void **state)
{
    (void)state;
    struct compiled pack;
    compile_good(
        &pack,
        TABLE(
            "inputs: [c.n], outputs: [{name: p, unit: percent}, f], rows: [{when: '< 3', then: [80, c.fee]}, "
            "{when: '>= 3', then: [c.share, 0]}]") "definitions: {a: {formula: t.f + c.fee, unit: "
                                                   "CNY/month}, b: {formula: t.p * c.bill, unit: CNY}}\n");
    assert_int_equal(tuoyu_diagnostics_count(pack.diagnostics), 0);
    compiled_free(&pack);
    assert_rejected(
        TABLE(
            "inputs: [c.n], outputs: [f], rows: [{when: '< 3', then: c.fee}, {when: '>= 3', then: c.bill}]"),
        TUOYU_ERROR_TYPE, "the column holds both f, which is in CNY/month, and c.bill, which is in CNY");
    assert_rejected(TABLE("inputs: [c.n], outputs: [{name: f, unit: CNY}], rows: [{when: '< 3', then: "
                          "c.fee}, {when: '>= 3', then: 1}]"),
                    TUOYU_ERROR_TYPE, "f is declared in CNY, but this gives CNY/month");
    assert_rejected(
        TABLE(
            "inputs: [c.fee], outputs: [f], rows: [{when: '< c.bill', then: 1}, {when: '>= 100', then: 2}]"),
        TUOYU_ERROR_TYPE, "this compares c.fee, which is in CNY/month, and c.bill");
    assert_rejected(TABLE("inputs: [c.share], outputs: [f], rows: [{when: '[0..80)', then: 1}]"),
                    TUOYU_ERROR_TYPE, "write 0.8");
    assert_rejected(TABLE("inputs: [c.n], outputs: [f], hit: C, rows: [{when: '< 3', then: c.fee}, {when: "
                          "'>= 3', then: 0}]") "definitions: {a: sum(t) + c.bill}\n",
                    TUOYU_ERROR_TYPE, "`+` adds");
}

/* ---- The algebra ---- */

static const struct unit *unit(struct arena *arena, const char *text)
{
    return unit_of_text(arena, text_of(text, TUOYU_NUL_TERMINATED));
}

static void assert_unit(struct arena *arena, const struct unit *is, const char *text)
{
    struct text shown = unit_show(arena, is, LANGUAGE_ENGLISH);
    if (!text_equals(shown, text_of(text, TUOYU_NUL_TERMINATED)))
        fail_msg("%.*s, not %s", TEXT_ARGUMENTS(shown), text);
}

static void algebra(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, NULL);
    static const char *const UNITS[] = {
        "", "percent", "CNY", "month", "CNY/month", "CNY/place/month", "child/carer", "month/year", "a"};
    enum { COUNT = sizeof UNITS / sizeof *UNITS };
    for (int i = 0; i < COUNT; i++) {
        const struct unit *left = unit(&arena, UNITS[i]);
        assert_true(unit_fits(left, left));
        for (int j = 0; j < COUNT; j++) {
            const struct unit *right = unit(&arena, UNITS[j]);
            const struct unit *product = unit_product(&arena, left, right, 1),
                              *back = unit_product(&arena, product, right, -1);
            assert_true(unit_fits(product, unit_product(&arena, right, left, 1)));
            assert_true(unit_fits(back, left));
            assert_int_equal(unit_fits(left, right), unit_fits(right, left));
        }
    }
    assert_unit(&arena, unit(&arena, "CNY/month/place"), "CNY/place/month");
    assert_unit(&arena, unit_product(&arena, unit(&arena, "a"), unit(&arena, "a"), -1), "no unit (a ratio)");
    assert_unit(&arena, unit_power(&arena, unit(&arena, "CNY/month"), 2), "CNY^2/month^2");
    assert_unit(&arena, unit_power(&arena, unit(&arena, "CNY/month"), -1), "month/CNY");
    assert_unit(&arena, unit_product(&arena, unit(&arena, ""), unit(&arena, "month"), -1), "1/month");
    assert_null(unit(&arena, "a/b/c/d/e/f/g")); /* too many names: not known */
    assert_null(unit_power(&arena, unit(&arena, "a"), 1001));
    assert_true(unit_fits(NULL, unit(&arena, "CNY")));
    assert_true(unit_differs_by_years(unit(&arena, "CNY/year"), unit(&arena, "CNY/month")));
    assert_false(unit_differs_by_years(unit(&arena, "CNY/year"), unit(&arena, "CNY/year")));
    assert_false(unit_differs_by_years(unit(&arena, "CNY/year"), unit(&arena, "CNY/day")));
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_goes_together),
                                       cmocka_unit_test(what_contradicts_itself),
                                       cmocka_unit_test(in_chinese),
                                       cmocka_unit_test(doubts),
                                       cmocka_unit_test(notes_and_warnings),
                                       cmocka_unit_test(tables),
                                       cmocka_unit_test(algebra)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
