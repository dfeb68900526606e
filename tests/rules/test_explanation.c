/* SPDX-License-Identifier: Apache-2.0 */
/* What people read. */
#include "policy_fixture.h"

#include <stdio.h>
#include <string.h>

static tuoyu_policy *policy;

static int load_whole(void **state)
{
    (void)state;
    policy = load_file("tests/rules/packs/whole.yaml");
    return 0;
}

static int unload(void **state)
{
    (void)state;
    tuoyu_policy_unref(policy);
    return 0;
}

static void a_quote_in_chinese(void **state)
{
    (void)state;
    static const char *const PIECES[] = {
        "全日托月收费上限\n",
        "基准日：2025年1月1日\n",
        "最高可收：4,000.00 元/月\n",
        "实际收费：4,100.00 元/月\n",
        "结论：不符合规定，高出 100.00 元/月\n",
        "上限 = 较小者（月均收入 × 收入占比、最高限额），四舍五入到 0.01 = 4,000.00 元/月\n",
        "月均收入 = 年人均可支配收入 ÷ 12，四舍五入到 0.01 = 5,000.00 元/月\n",
        "年人均可支配收入：60,000.00 元/年\n",
        "收入占比：80%（价格通知 第二条）\n"};
    tuoyu_status status;
    tuoyu_quote *quote = ask_quote(policy, "monthly_ceiling",
                                   "{income.annual: 60000, child.monthly_fee: 4100}", "2025-01-01", &status);
    for (size_t i = 0; i < sizeof PIECES / sizeof *PIECES; i++)
        assert_text(tuoyu_quote_answer(quote), "zh", PIECES[i]);
    assert_no_text(tuoyu_quote_answer(quote), "zh", "注意");
    tuoyu_quote_free(quote);
}

static void a_quote_in_english(void **state)
{
    (void)state;
    static const char *const PIECES[] = {
        "Monthly ceiling\n", "As of 1 January 2025\n", "The most that may be charged: 4,000.00 CNY/month\n",
        "Result: it does not comply: it is too high by 100.00 CNY/month\n",
        "monthly income = annual income per head ÷ 12, rounded half up to 0.01 = 5,000.00 CNY/month\n"};
    tuoyu_status status;
    tuoyu_quote *quote = ask_quote(policy, "monthly_ceiling",
                                   "{income.annual: 60000, child.monthly_fee: 4100}", "2025-01-01", &status);
    for (size_t i = 0; i < sizeof PIECES / sizeof *PIECES; i++)
        assert_text(tuoyu_quote_answer(quote), "en", PIECES[i]);
    tuoyu_quote_free(quote);
}

static void what_is_missing(void **state)
{
    (void)state;
    tuoyu_status status;
    tuoyu_quote *quote = ask_quote(policy, "unset_price", "{}", "2025-01-01", &status);
    assert_text(tuoyu_quote_answer(quote), "zh", "结论：暂不能确定，还需要：\n");
    assert_text(tuoyu_quote_answer(quote), "zh", "实际月收费（child.monthly_fee）\n");
    assert_text(tuoyu_quote_answer(quote), "zh", "尚无依据，未设定。未公布\n");
    assert_text(tuoyu_quote_answer(quote), "en", "monthly fee (child.monthly_fee)\n");
    assert_no_text(tuoyu_quote_answer(quote), "zh", "结果：");
    tuoyu_quote_free(quote);
}

static void a_split_and_what_is_derived(void **state)
{
    (void)state;
    tuoyu_status status;
    tuoyu_split *split = ask_split(policy, "grant", "child.monthly_fee: 99.99", "2025-01-01", &status);
    assert_text(tuoyu_split_answer(split), "zh",
                "总额：99.99 元/月\n  市级：40.00 元/月\n  区级：33.30 元/月\n  家庭：26.69 元/月\n");
    assert_text(tuoyu_split_answer(split), "zh", "家庭 = 总额 − 市级 − 区级");
    assert_text(tuoyu_split_answer(split), "zh", "注：含推算数据\n");
    assert_text(tuoyu_split_answer(split), "zh", "city_share：40%（价格通知 第四条，推算）");
    tuoyu_split_free(split);
}

static void a_verdict(void **state)
{
    (void)state;
    tuoyu_status status;
    tuoyu_verdict *verdict =
        ask_verdict(policy, "admit", "child: {birth_date: 2024-01-01, kind: private, monthly_fee: 3000.01}",
                    "2025-01-01", &status);
    static const char *const PIECES[] = {"结论：不符合条件\n",
                                         "✓ 年龄在6至36个月（价格通知 第九条）\n",
                                         "✗ 公办或收费不高，满足其一：\n",
                                         "✗ 公办\n",
                                         "条件：机构类型 = 公办\n",
                                         "机构类型：民办\n",
                                         "✗ 收费不超过3000元\n",
                                         "实际月收费：3,000.01 元/月\n"};
    for (size_t i = 0; i < sizeof PIECES / sizeof *PIECES; i++)
        assert_text(tuoyu_verdict_answer(verdict), "zh", PIECES[i]);
    tuoyu_verdict_free(verdict);
}

static void what_is_assumed_is_marked_plainly(void **state)
{
    (void)state;
    tuoyu_status status;
    tuoyu_policy *one = load_sections("parameters: {fee: {unit: CNY/month, values: {2024-01-01: {value: 450, "
                                      "standing: assumed, note: 仅作示例}}}}\n"
                                      "pricing: {p: {title: P, unit: CNY/month, cite: s 1, amount: fee}}\n");
    tuoyu_quote *quote = ask_quote(one, "p", "{}", "2025-01-01", &status);
    assert_text(tuoyu_quote_answer(quote), "zh", "注意：含假定数据");
    assert_text(tuoyu_quote_answer(quote), "zh", "（仅作示例，假定）");
    assert_text(tuoyu_quote_answer(quote), "en", "assumed numbers");
    tuoyu_quote_free(quote);
    tuoyu_policy_unref(one);
}

/* Operators that bind less stand in brackets where they must, and only there. */
static void formulas_in_words(void **state)
{
    (void)state;
    static const struct {
        const char *formula, *words;
    } CASES[] = {{"(x.a + x.b) * 2", "（甲 + 乙） × 2"},
                 {"x.a + x.b * 2", "甲 + 乙 × 2"},
                 {"x.a - (x.b - 1)", "甲 − （乙 − 1）"},
                 {"x.a - x.b - 1", "甲 − 乙 − 1"},
                 {"x.a / (x.b * 2)", "甲 ÷ （乙 × 2）"},
                 {"if x.a > 1 and x.b <= 2 then 1 else 0", "若 甲 > 1 且 乙 ≤ 2，则 1，否则 0"},
                 {"if x.a in [1..3] then 1 else 0", "若 甲 属于 [1..3]，则 1，否则 0"},
                 {"if x.a between 1 and 3 then 1 else 0", "若 甲 在 1 至 3 之间，则 1，否则 0"},
                 {"max(x.a, 1000.125)", "较大者（甲、1,000.125）"},
                 {"-x.a", "−甲"}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        char sections[1000];
        tuoyu_status status;
        snprintf(
            sections, sizeof sections,
            "facts: {x: {a: {type: number, label: 甲}, b: {type: number, label: 乙}}}\n"
            "pricing: {p: {title: P, unit: CNY, cite: s 1, steps: [{id: t, formula: '%s', label: 丙}]}}\n",
            CASES[i].formula);
        tuoyu_policy *one = load_sections(sections);
        tuoyu_quote *quote = ask_quote(one, "p", "x: {a: 1, b: 2}", "2025-01-01", &status);
        char piece[200];
        snprintf(piece, sizeof piece, "丙 = %s = ", CASES[i].words);
        assert_text(tuoyu_quote_answer(quote), "zh", piece);
        tuoyu_quote_free(quote);
        tuoyu_policy_unref(one);
    }
}

static void a_language_that_there_is_not(void **state)
{
    (void)state;
    tuoyu_status status;
    tuoyu_text *text = NULL;
    tuoyu_quote *quote = ask_quote(policy, "monthly_ceiling", "{}", "2025-01-01", &status);
    assert_int_equal(tuoyu_answer_to_text(tuoyu_quote_answer(quote), "fr", true, &text),
                     TUOYU_ERROR_INVALID_ARGUMENT);
    assert_null(text);
    assert_int_equal(tuoyu_answer_to_text(tuoyu_quote_answer(quote), NULL, true, &text),
                     TUOYU_ERROR_INVALID_ARGUMENT);
    tuoyu_quote_free(quote);
}

/* Who has to set a delegated parameter, and within which bounds. */
static void who_has_to_set_it(void **state)
{
    (void)state;
    tuoyu_status status;
    tuoyu_policy *one = load_sections("parameters: {rate: {unit: percent, delegated: {to: {zh: 区县, en: "
                                      "counties}, at_least: 60, cite: s 三}}}\n"
                                      "pricing: {p: {title: P, unit: CNY, cite: s 1, amount: 100 * rate}}\n");
    tuoyu_quote *quote = ask_quote(one, "p", "{}", "2025-01-01", &status);
    assert_text(tuoyu_quote_answer(quote), "zh", "：尚未设定。由以下机关设定：区县，不低于 60%（");
    assert_text(tuoyu_quote_answer(quote), "en",
                ": not set yet. To be set by counties, at least 60 percent (");
    assert_json(tuoyu_quote_answer(quote), "{\"name\":\"rate\",\"code\":\"TUOYU_ERROR_PARAMETER_UNSET\"}");
    tuoyu_quote_free(quote);
    tuoyu_policy_unref(one);
}

/* By the document's title in the language; by the one that there is where it has one only. */
static void citations_in_both_languages(void **state)
{
    (void)state;
    static const char PACK[] =
        "tuoyu: 1\nid: cn.test\ntitle: t\nin_force: 2024-01-01..\n"
        "sources: {both: {title: {zh: 办法, en: Measures}}, chinese: {title: 通知}, english: {title: {en: "
        "Act}}}\n"
        "parameters:\n"
        "  a: {cite: both 第一条, standing: cited, values: {2024-01-01: {value: 1}}}\n"
        "  b: {cite: chinese 第二条, standing: cited, values: {2024-01-01: {value: 2}}}\n"
        "  c: {cite: english 3, standing: cited, values: {2024-01-01: {value: 3}}}\n"
        "pricing: {p: {title: P, unit: CNY, cite: both, amount: a + b + c}}\n";
    static const char *const CHINESE[] = {"办法", "办法 第一条", "通知 第二条", "Act 3"};
    static const char *const ENGLISH[] = {"Measures", "Measures 第一条", "通知 第二条", "Act 3"};
    tuoyu_status status;
    tuoyu_policy *one = load_packs(PACK, NULL);
    tuoyu_quote *quote = ask_quote(one, "p", "{}", "2025-01-01", &status);
    const tuoyu_answer *answer = tuoyu_quote_answer(quote);
    assert_int_equal(tuoyu_answer_citation_count(answer), 4);
    for (size_t i = 0; i < 4; i++) {
        assert_string_equal(tuoyu_answer_citation_text(answer, i), CHINESE[i]);
        assert_string_equal(tuoyu_answer_citation_text_in(answer, i, "zh"), CHINESE[i]);
        assert_string_equal(tuoyu_answer_citation_text_in(answer, i, "en"), ENGLISH[i]);
        assert_text(answer, "zh", CHINESE[i]);
        assert_text(answer, "en", ENGLISH[i]);
    }
    assert_no_text(answer, "en", "办法");
    assert_null(tuoyu_answer_citation_text_in(answer, 4, "en"));
    assert_null(tuoyu_answer_citation_text_in(NULL, 0, "en"));
    tuoyu_quote_free(quote);
    tuoyu_policy_unref(one);
}

/* A chain of definitions, each read twice: the text stays small. */
static void a_diamond_is_explained_once(void **state)
{
    (void)state;
    char sections[4000] = "facts: {x: {a: {type: number}}}\ndefinitions:\n  d0: x.a\n";
    for (int i = 1; i <= 30; i++)
        snprintf(sections + strlen(sections), sizeof sections - strlen(sections), "  d%d: (d%d + d%d) / 2\n",
                 i, i - 1, i - 1);
    strcat(sections, "pricing: {p: {title: P, unit: CNY, cite: s 1, amount: d30}}\n");
    tuoyu_status status;
    tuoyu_text *text = NULL;
    tuoyu_policy *one = load_sections(sections);
    tuoyu_quote *quote = ask_quote(one, "p", "x.a: 7", "2025-01-01", &status);
    assert_json(tuoyu_quote_answer(quote), "\"amount\":\"7\"");
    assert_int_equal(tuoyu_answer_to_text(tuoyu_quote_answer(quote), "zh", true, &text), TUOYU_OK);
    assert_true(tuoyu_text_length(text) < 5000);
    tuoyu_text_free(text);
    tuoyu_quote_free(quote);
    tuoyu_policy_unref(one);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_quote_in_chinese),
        cmocka_unit_test(a_quote_in_english),
        cmocka_unit_test(what_is_missing),
        cmocka_unit_test(a_split_and_what_is_derived),
        cmocka_unit_test(a_verdict),
        cmocka_unit_test(what_is_assumed_is_marked_plainly),
        cmocka_unit_test(formulas_in_words),
        cmocka_unit_test(a_language_that_there_is_not),
        cmocka_unit_test(a_diamond_is_explained_once),
        cmocka_unit_test(citations_in_both_languages),
        cmocka_unit_test(who_has_to_set_it),
    };
    return cmocka_run_group_tests(tests, load_whole, unload);
}
