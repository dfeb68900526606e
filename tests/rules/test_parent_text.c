/* SPDX-License-Identifier: Apache-2.0 */
/* An answer for a parent: what holds of every worked example of the example packs, and the words of each
 * kind. */
#include "explain/parent_text.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "example_answers.h"
#include "policy_fixture.h"

/* ---- What holds of each of them ---- */

/* The text for a parent, which the caller frees. */
static char *parent_text(const tuoyu_answer *answer, const char *language)
{
    return text_for(answer, TUOYU_READER_PARENT, language);
}

/* Fails if the text names a fact or a rule of the policy in full. */
static void assert_no_identifier(const tuoyu_policy *policy, const char *text)
{
    for (size_t i = 0; i < tuoyu_policy_fact_count(policy); i++)
        assert_null(strstr(text, tuoyu_policy_fact_name(policy, i)));
    assert_no_match(text, "[a-z_]+\\.[a-z_]+");
    assert_no_match(text, "[a-z]+_[a-z_]+");
    assert_no_match(text, "[a-z_-]+:[a-z_]+");
    assert_no_match(text, "`");
}

/* Sums up the amounts with two decimals in [from, end), in fen. */
static long long fen_in(const char *from, const char *end)
{
    long long sum = 0, number = 0;
    int decimals = -1;
    for (const char *at = from; at <= end; at++) {
        if (at < end && isdigit((unsigned char)*at)) {
            number = number * 10 + (*at - '0');
            decimals += decimals >= 0;
        } else if (at < end && *at == '.' && decimals < 0) {
            decimals = 0;
        } else if (at == end || *at != ',') {
            if (decimals == 2)
                sum += number;
            number = 0;
            decimals = -1;
        }
    }
    return sum;
}

/* Fails if the shares in the line of the answer do not make up the whole after `=`. Returns true if there is
 * such a sum. */
static bool check_sum(const char *text)
{
    const char *line = strchr(text, '\n') + 1;
    const char *end = strchr(line, '\n'), *equals = strstr(line, " = ");
    if (!equals || equals > end)
        return false;
    const char *after = strstr(equals, "元");
    assert_true(fen_in(line, equals) > 0);
    if (fen_in(line, equals) != fen_in(equals, after ? after : end))
        fail_msg("the shares do not add up:\n%s", text);
    return true;
}

/* What holds of the text of any answer. Returns true if it shows a sum of shares. */
static bool check_text(const tuoyu_policy *policy, const struct tuoyu_answer *answer, const char *language)
{
    char *text = parent_text(answer, language);
    bool is_chinese = strcmp(language, "zh") == 0;
    size_t lines = count_lines(text);
    if (lines < 3 || lines > MOST_PARENT_LINES)
        fail_msg("%zu lines:\n%s", lines, text);
    assert_no_identifier(policy, text);
    assert_no_match(text, "\n\n");
    assert_ptr_equal(strstr(text, is_chinese ? "问：" : "Question: "), text);
    assert_non_null(strstr(text, is_chinese ? "\n答：" : "\nAnswer: "));
    assert_non_null(strstr(text, is_chinese ? "\n依据：" : "\nSource: "));
    if (answer->standing == TUOYU_ASSUMED) {
        assert_non_null(strstr(text, is_chinese ? "假定" : "assumed"));
        assert_null(strstr(text, is_chinese ? "不符合规定" : "does not comply"));
    }
    if (is_chinese)
        assert_no_match(text, "(CNY|month|none|missing|given|not )");
    bool has_sum = is_chinese && answer->kind == TUOYU_RULE_COST_SHARING && check_sum(text);
    if (getenv("TUOYU_SHOW"))
        puts(text);
    free(text);
    return has_sum;
}

/* Checks all examples of the packs, but for those left out. */
static void check_examples(const char *left_out, size_t least)
{
    tuoyu_policy *policy = load_examples(left_out);
    size_t by_kind[ANSWER_KIND_COUNT] = {0}, sums = 0, answers = 0;
    struct tuoyu_answer *answer;
    for (size_t i = 0; (answer = next_answer(policy, &i));) {
        sums += check_text(policy, answer, "zh");
        (void)check_text(policy, answer, "en");
        by_kind[answer->kind]++;
        answers++;
        answer_free(answer);
    }
    assert_true(answers > least && sums > 10);
    for (int32_t kind = 1; kind < ANSWER_KIND_COUNT; kind++)
        if (kind != ANSWER_PAYOUT || strcmp(left_out, "illustrative") != 0)
            assert_true(by_kind[kind] > 0);
    tuoyu_policy_unref(policy);
}

static void every_worked_example(void **state)
{
    (void)state;
    check_examples("no pack is left out", 300);
}

static void every_worked_example_without_assumptions(void **state)
{
    (void)state;
    check_examples("illustrative", 200);
}

/* ---- The words ---- */

static const char RULES[] =
    "facts:\n"
    "  child: {fee: {type: money, unit: CNY/month, label: {zh: 月收费, en: monthly fee}}, listed: {type: "
    "boolean, "
    "label: 列入名单}, age: {type: integer, label: 月龄}, plain: {type: boolean}}\n"
    "parameters: {cap: {unit: CNY/month, label: 上限, values: {2024-01-01: {value: 1000, standing: cited, "
    "cite: s 二}}},\n"
    "  guess: {unit: CNY/month, values: {2024-01-01: {value: 1000, standing: assumed, note: 假定}}}, later: "
    "{unset: "
    "未公布}}\n"
    "pricing:\n"
    "  firm: {title: 收费标准, unit: CNY/month, cite: s 一, amount: cap, charged: child.fee}\n"
    "  guessed: {title: 收费标准, unit: CNY/month, cite: s 一, amount: guess, charged: child.fee}\n"
    "  hostile: {title: \"甲\\n\\n乙`child`\", unit: CNY/month, cite: s 一, amount: 'if child.plain then 1 "
    "else later'}\n"
    "cost_sharing:\n"
    "  c: {title: 分担, unit: CNY/month, cite: s 三, of: child.fee, payers: [{id: city, label: 市, rate: "
    "0.3333}, "
    "{id: county, label: 区, rate: 0}], residual: {id: home, label: 家庭}}\n"
    "  one_payer: {title: 分担, unit: CNY/month, cite: s 三, of: child.fee, payers: [{id: city, label: 市, "
    "rate: 0}], residual: {id: home, label: 家庭}}\n"
    "eligibility:\n"
    "  e: {title: 能否入托, cite: s 四, all: [{id: a, when: child.age >= 6, because: 年满6个月}, {id: n, "
    "none: [{id: l, "
    "when: child.listed, because: 列入名单}]}, {id: f, any: [{id: g, when: child.fee < 100, because: "
    "收费低}, {id: h, "
    "when: child.fee > 900, because: 收费高}], because: 收费低或高}]}\n";

/* Asserts that the text for a parent holds a piece and, unless it is NULL, does not hold another. */
static void assert_says(const tuoyu_answer *answer, const char *language, const char *piece,
                        const char *not_piece)
{
    char *text = parent_text(answer, language);
    if (!strstr(text, piece) || (not_piece && strstr(text, not_piece)))
        fail_msg("expected `%s` without `%s`, got\n%s", piece, not_piece ? not_piece : "", text);
    free(text);
}

static void a_fee_breaks_only_what_is_in_force(void **state)
{
    tuoyu_status status;
    tuoyu_quote *quote = ask_quote(*state, "firm", "child.fee: 1000.01", "2025-01-01", &status);
    assert_says(tuoyu_quote_answer(quote), "zh",
                "问：收费标准（2025年1月1日）\n答：最高可收 1,000.00 元/月。\n"
                "实际收费 1,000.01 元/月，不符合规定，高出 0.01 元/月。\n怎么算的：上限 1,000.00 元/月。\n",
                "假定");
    tuoyu_quote_free(quote);
    quote = ask_quote(*state, "guessed", "child.fee: 1000.01", "2025-01-01", &status);
    assert_says(tuoyu_quote_answer(quote), "zh", "，高于按假定数值算得的上限，高出 0.01 元/月。\n", "不符合");
    assert_says(tuoyu_quote_answer(quote), "en",
                "; it is above the upper limit computed from assumed numbers, by 0.01 CNY/month.\n",
                "comply");
    tuoyu_quote_free(quote);
    quote = ask_quote(*state, "guessed", "child.fee: 1000", "2025-01-01", &status);
    assert_says(tuoyu_quote_answer(quote), "zh", "，没有超出按假定数值算得的限额。\n", "符合规定");
    tuoyu_quote_free(quote);
}

static void what_a_pack_writes_cannot_break_the_lines(void **state)
{
    tuoyu_status status;
    tuoyu_quote *quote = ask_quote(*state, "hostile", "{}", "2025-01-01", &status);
    assert_says(tuoyu_quote_answer(quote), "zh",
                "问：甲  乙child（2025年1月1日）\n答：还不能确定。\n还要知道：一项未写名称的内容", "plain");
    tuoyu_quote_free(quote);
    quote = ask_quote(*state, "hostile", "child.plain: false", "2025-01-01", &status);
    assert_says(tuoyu_quote_answer(quote), "zh", "还没有公布的标准：一项未写名称的内容。\n", "later");
    tuoyu_quote_free(quote);
}

static void shares_are_a_sum(void **state)
{
    tuoyu_status status;
    tuoyu_split *split = ask_split(*state, "c", "child.fee: 99.99", "2025-01-01", &status);
    assert_says(tuoyu_split_answer(split), "zh",
                "答：市 33.33 元/月 + 家庭 66.66 元/月 = 99.99 元/月；区不用付。\n", NULL);
    assert_says(tuoyu_split_answer(split), "en",
                "66.66 CNY/month = 99.99 CNY/month; nothing is paid by: ", NULL);
    tuoyu_split_free(split);
    split = ask_split(*state, "one_payer", "child.fee: 5", "2025-01-01", &status);
    assert_says(tuoyu_split_answer(split), "zh", "答：家庭 5.00 元/月；市不用付。\n", " = ");
    tuoyu_split_free(split);
    split = ask_split(*state, "c", "child.fee: 0", "2025-01-01", &status);
    assert_says(tuoyu_split_answer(split), "zh", "答：没有要付的钱，总额 0.00 元/月。\n", " = ");
    tuoyu_split_free(split);
    split = ask_split(*state, "c", "{}", "2025-01-01", &status);
    assert_says(tuoyu_split_answer(split), "zh", "答：还不能确定。\n还要知道：月收费。\n", NULL);
    tuoyu_split_free(split);
}

static void what_is_not_met_is_told_from_what_is_not_known(void **state)
{
    static const struct {
        const char *facts, *piece, *not_piece;
    } CASES[] = {
        {"child: {age: 5, listed: true}",
         "答：不可以。\n没有达到：年满6个月；列入名单（不得有，现有）。\n情况没有填全，还判断不了：收费低或高"
         "。\n",
         "已经达到"},
        {"child: {age: 5, listed: false, fee: 50}",
         "没有达到：年满6个月。\n要达到条件，还须满足：年满6个月。\n", NULL},
        {"child: {age: 6, listed: false, fee: 500}", "没有达到：收费低或高。\n", "年满"},
        {"child: {age: 6, fee: 50}",
         "答：还不能确定。\n情况没有填全，还判断不了：列入名单。\n还要知道：列入名单。\n", "没有达到"},
        {"child: {age: 6, listed: false, fee: 50}",
         "答：可以。\n已经达到：年满6个月；列入名单（没有这种情况）；收费低或高。\n", "没有达到"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        tuoyu_status status;
        tuoyu_verdict *verdict = ask_verdict(*state, "e", CASES[i].facts, "2025-01-01", &status);
        assert_says(tuoyu_verdict_answer(verdict), "zh", CASES[i].piece, CASES[i].not_piece);
        tuoyu_verdict_free(verdict);
    }
}

/* Of seven of each, the first ones are named and the others are counted. */
static void long_lists_are_counted(void **state)
{
    (void)state;
    char facts[600] = "facts: {x: {", criteria[1200] = "eligibility: {e: {title: 题, all: [", sections[2000];
    for (int i = 1; i <= 7; i++) {
        snprintf(facts + strlen(facts), sizeof facts - strlen(facts), "k%d: {type: boolean, label: 甲%d}, ",
                 i, i);
        snprintf(criteria + strlen(criteria), sizeof criteria - strlen(criteria),
                 "{id: c%d, when: x.k%d, because: 乙%d, cite: s 丙%d}, ", i, i, i, i);
    }
    snprintf(sections, sizeof sections, "%s}}\n%s]}}\n", facts, criteria);
    tuoyu_policy *one = load_sections(sections);
    tuoyu_status status;
    tuoyu_verdict *verdict = ask_verdict(one, "e", "{}", "2025-01-01", &status);
    assert_says(tuoyu_verdict_answer(verdict), "zh",
                "判断不了：乙1；乙2；乙3；另有 4 项。\n还要知道：甲1；甲2；甲3；甲4；甲5；另有 2 项。\n",
                "没有达到");
    assert_says(tuoyu_verdict_answer(verdict), "zh", "\n依据：文件 丙1；文件 丙2；另有 5 项。\n", "丙3");
    tuoyu_verdict_free(verdict);
    verdict = ask_verdict(one, "e",
                          "x: {k1: false, k2: false, k3: false, k4: false, k5: false, k6: false, k7: false}",
                          "2025-01-01", &status);
    assert_says(
        tuoyu_verdict_answer(verdict), "zh",
        "没有达到：乙1；乙2；乙3；另有 4 项。\n要达到条件，还须满足：乙1；乙2；乙3；乙4；乙5；另有 2 项。\n",
        "判断不了");
    tuoyu_verdict_free(verdict);
    tuoyu_policy_unref(one);
}

/* ---- The other readers, and what is refused ---- */

static void an_official_and_an_engineer_read_what_there_was(void **state)
{
    static const int32_t READERS[] = {TUOYU_READER_OFFICIAL, TUOYU_READER_ENGINEER};
    tuoyu_status status;
    tuoyu_quote *quote = ask_quote(*state, "firm", "child.fee: 1000.01", "2025-01-01", &status);
    for (size_t i = 0; i < 2; i++) {
        tuoyu_text *text = NULL, *before = NULL;
        assert_int_equal(tuoyu_answer_explain_for(tuoyu_quote_answer(quote), READERS[i], "en", &text),
                         TUOYU_OK);
        assert_int_equal(tuoyu_answer_to_text(tuoyu_quote_answer(quote), "en", i == 1, &before), TUOYU_OK);
        assert_string_equal(tuoyu_text_bytes(text), tuoyu_text_bytes(before));
        tuoyu_text_free(text);
        tuoyu_text_free(before);
    }
    tuoyu_quote_free(quote);
}

static void what_is_refused(void **state)
{
    tuoyu_status status;
    tuoyu_quote *quote = ask_quote(*state, "firm", "{}", "2025-01-01", &status);
    const tuoyu_answer *answer = tuoyu_quote_answer(quote);
    static const int32_t READERS[] = {0, -1, 4, INT32_MAX};
    tuoyu_text *text;
    for (size_t i = 0; i < sizeof READERS / sizeof *READERS; i++) {
        text = (tuoyu_text *)&status;
        assert_int_equal(tuoyu_answer_explain_for(answer, READERS[i], "zh", &text),
                         TUOYU_ERROR_INVALID_ARGUMENT);
        assert_null(text);
    }
    for (int32_t reader = TUOYU_READER_PARENT; reader <= TUOYU_READER_ENGINEER; reader++) {
        assert_int_equal(tuoyu_answer_explain_for(answer, reader, "fr", &text), TUOYU_ERROR_INVALID_ARGUMENT);
        assert_int_equal(tuoyu_answer_explain_for(answer, reader, NULL, &text), TUOYU_ERROR_INVALID_ARGUMENT);
        assert_int_equal(tuoyu_answer_explain_for(NULL, reader, "zh", &text), TUOYU_ERROR_INVALID_ARGUMENT);
        assert_int_equal(tuoyu_answer_explain_for(answer, reader, "zh", NULL), TUOYU_ERROR_INVALID_ARGUMENT);
    }
    tuoyu_quote_free(quote);
}

static int load_rules(void **state)
{
    *state = load_sections(RULES);
    return 0;
}

static int unload_rules(void **state)
{
    tuoyu_policy_unref(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_worked_example),
        cmocka_unit_test(every_worked_example_without_assumptions),
        cmocka_unit_test(a_fee_breaks_only_what_is_in_force),
        cmocka_unit_test(what_a_pack_writes_cannot_break_the_lines),
        cmocka_unit_test(shares_are_a_sum),
        cmocka_unit_test(what_is_not_met_is_told_from_what_is_not_known),
        cmocka_unit_test(long_lists_are_counted),
        cmocka_unit_test(an_official_and_an_engineer_read_what_there_was),
        cmocka_unit_test(what_is_refused),
    };
    return cmocka_run_group_tests(tests, load_rules, unload_rules);
}
