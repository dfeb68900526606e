/* SPDX-License-Identifier: Apache-2.0 */
/* An answer for an official: what holds of every worked example of the example packs, in both languages. */
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "example_answers.h"
#include "policy_fixture.h"
#include "rules/criterion_states.h"

enum { LONGEST_LINE = 600 }; /* bytes */

static bool is_chinese(const char *language)
{
    return strcmp(language, "zh") == 0;
}

/* ---- Lines and names ---- */

static void check_lines(const char *text)
{
    for (const char *line = text, *end; *line; line = end + 1) {
        end = strchr(line, '\n');
        assert_non_null(end);
        if (end - line > LONGEST_LINE)
            fail_msg("a long line: %.*s", (int)(end - line), line);
    }
    assert_no_match(text, "\n\n");
    assert_no_match(text, "[0-9]{4}-[0-9]{2}-[0-9]{2}");
    assert_no_match(text, "`|null|(: |= )(true|false)|percent");
    assert_no_match(text, "(约|about )-?0(\\.0*)?[^0-9.]");
}

/* The name of a fact stands only in brackets behind its label. */
static void check_names(const tuoyu_policy *policy, const char *text, const char *language)
{
    const char *open = is_chinese(language) ? "（" : " (";
    for (size_t i = 0; i < tuoyu_policy_fact_count(policy); i++) {
        const char *name = tuoyu_policy_fact_name(policy, i), *at = text;
        for (; (at = strstr(at, name)); at++) {
            bool is_behind = at > text + strlen(open) && memcmp(at - strlen(open), open, strlen(open)) == 0 &&
                             at[-(ptrdiff_t)strlen(open) - 1] != ' ' &&
                             at[-(ptrdiff_t)strlen(open) - 1] != '\n';
            if (!is_behind)
                fail_msg("`%s` without its label in\n%s", name, text);
        }
    }
}

/* ---- A price ---- */

/* The number behind a piece of a text in hundred-thousandths; -1 if the piece is not there. Rounded numbers
 * are read as they are shown. */
static long long number_behind(const char *text, const char *piece)
{
    const char *at = strstr(text, piece);
    long long number = 0;
    int decimals = -1;
    if (!at)
        return -1;
    at += strcspn(at, "0123456789");
    for (; (*at >= '0' && *at <= '9') || *at == ',' || *at == '.'; at++) {
        if (*at == '.')
            decimals = 0;
        if (*at == '.' || *at == ',' || decimals == 5)
            continue;
        number = number * 10 + (*at - '0');
        decimals += decimals >= 0;
    }
    for (decimals = decimals < 0 ? 0 : decimals; decimals < 5; decimals++)
        number *= 10;
    return number;
}

/* What is said of a fee adds up. Returns true if there is a difference to add up. */
static bool check_fee(const char *text)
{
    long long most = number_behind(text, "最高可收："), charged = number_behind(text, "实际收费：");
    long long least = number_behind(text, "最低应收："), above = number_behind(text, "高出 "),
              below = number_behind(text, "低了 ");
    if (most < 0)
        most = least = number_behind(text, "\n应收：");
    if (above >= 0 && charged - most != above)
        fail_msg("%lld - %lld is not %lld:\n%s", charged, most, above, text);
    if (below >= 0 && least - charged != below)
        fail_msg("%lld - %lld is not %lld:\n%s", least, charged, below, text);
    long long base = number_behind(text, "（基准 "), rate = number_behind(text, "，可上浮 ");
    long long made = base + base / 100 * (rate / 100000), fen_half = 500;
    if (base >= 0 && (made - most > fen_half || most - made > fen_half))
        fail_msg("the base and the rate do not make the limit:\n%s", text);
    return above >= 0 || below >= 0;
}

/* ---- A verdict ---- */

/* No text asks for what is only not given, or for what it is too late for. */
static void check_what_to_do(const struct tuoyu_answer *answer, const char *text)
{
    const struct tuoyu_verdict *verdict = verdict_of(answer);
    const struct tuoyu_eligibility *rule = eligibility_of(answer->rule);
    struct arena arena;
    struct criterion_states states;
    const char *to_do = strstr(text, "要符合条件，");
    arena_init(&arena, &answer->arena.allocator);
    assert_true(criterion_states_read(verdict, &arena, &states));
    for (size_t i = 0; to_do && i < rule->criterion_count; i++) {
        enum criterion_state state = states.criteria[i].state;
        bool is_open = state == CRITERION_STATE_MISSING || state == CRITERION_STATE_TOO_LATE ||
                       state == CRITERION_STATE_UNSET;
        if (is_open && rule->criteria[i].because.zh.bytes &&
            strstr(to_do, rule->criteria[i].because.zh.bytes))
            fail_msg("it asks for what is %s:\n%s", criterion_state_name(state), text);
    }
    for (size_t i = 0; i < rule->criterion_count; i++)
        if (states.criteria[i].state == CRITERION_STATE_TOO_EARLY && !verdict->exception &&
            verdict->decision != TUOYU_ELIGIBLE && rule->kind == CRITERION_ALL &&
            rule->criteria[i].depth == 1)
            assert_non_null(strstr(text, "时间未到的条件："));
    arena_free(&arena);
}

/* ---- All of them ---- */

/* What holds of the text of any answer. Returns true if it shows a difference of a fee from its limit. */
static bool check_text(const tuoyu_policy *policy, const struct tuoyu_answer *answer, const char *language)
{
    char *text = text_for(answer, TUOYU_READER_OFFICIAL, language);
    bool has_difference = false;
    check_lines(text);
    check_names(policy, text, language);
    if (answer->standing >= TUOYU_DRAFT)
        assert_null(strstr(text, is_chinese(language) ? "不符合规定" : "does not comply"));
    if (is_chinese(language)) {
        assert_no_match(text, "[^_.a-z](CNY|month|none|missing|given|not)[^_.a-z]");
        if (answer->kind == TUOYU_RULE_PRICING)
            has_difference = check_fee(text);
        if (answer->kind == TUOYU_RULE_ELIGIBILITY && answer->outcome != TUOYU_NOT_APPLICABLE)
            check_what_to_do(answer, text);
    }
    if (getenv("TUOYU_SHOW"))
        puts(text);
    free(text);
    return has_difference;
}

static void every_worked_example(void **state)
{
    (void)state;
    tuoyu_policy *policy = load_examples("no pack is left out");
    size_t by_kind[ANSWER_KIND_COUNT] = {0}, differences = 0;
    struct tuoyu_answer *answer;
    for (size_t i = 0; (answer = next_answer(policy, &i));) {
        differences += check_text(policy, answer, "zh");
        (void)check_text(policy, answer, "en");
        by_kind[answer->kind]++;
        answer_free(answer);
    }
    for (int32_t kind = 1; kind < ANSWER_KIND_COUNT; kind++)
        assert_true(by_kind[kind] > 0);
    assert_true(differences > 5);
    tuoyu_policy_unref(policy);
}

/* ---- Who has a fact, where one can object ---- */

#define HEAD "in_force: 2024-01-01..2025-12-31\nsources: {s: {title: 文件}}\n"

static const char UPPER[] =
    "tuoyu: 1\nid: cn.upper\ntitle: 上\n" HEAD "objection: {zh: 向市里提出, en: to the city}\n"
    "facts: {child: {registered: {type: boolean, label: 本市户籍, held_by: {zh: 户籍部门, en: the "
    "register}}, "
    "lived: {type: boolean, label: 居住满半年, held_by: 街道}, other: {type: boolean, label: 其他}}}\n"
    "eligibility:\n"
    "  of_pack: {title: 甲, cite: s 一, all: [{id: r, when: child.registered, because: 户籍}, {id: l, when: "
    "child.lived, because: 居住}, {id: o, when: child.other, because: 其他情况}]}\n"
    "  of_rule: {title: 乙, cite: s 一, objection: 向区里提出, all: [{id: r, when: child.registered, "
    "because: 户籍}]}\n";
/* A pack below knows better who has the one fact, and says nothing of the others. */
static const char LOWER[] =
    "tuoyu: 1\nid: cn.lower\ntitle: 下\nuses: [cn.upper]\n" HEAD
    "facts: {child: {registered: {type: boolean, label: 本区户籍, held_by: {zh: 公安机关, en: the police}}, "
    "lived: "
    "{type: boolean, label: 居住满半年}}}\n"
    "eligibility: {below: {title: 丙, cite: s 二, all: [{id: r, when: child.registered, because: 户籍}]}}\n";

/* Asserts that the text for a reader holds a piece or, where it is NULL, does not hold `absent`. */
static void assert_reads(const tuoyu_answer *answer, int32_t reader, const char *piece, const char *absent)
{
    char *text = text_for(answer, reader, "zh");
    if (piece && !strstr(text, piece))
        fail_msg("there is no `%s` in\n%s", piece, text);
    if (absent && strstr(text, absent))
        fail_msg("there is `%s` in\n%s", absent, text);
    free(text);
}

static void who_has_a_fact_and_where_one_can_object(void **state)
{
    (void)state;
    tuoyu_status status;
    const char *const orders[2][2] = {{UPPER, LOWER}, {LOWER, UPPER}};
    for (size_t i = 0; i < 2; i++) {
        tuoyu_policy *policy = load_packs(orders[i][0], orders[i][1], NULL);
        tuoyu_verdict *verdict = ask_verdict(policy, "of_pack", "{}", "2025-01-01", &status);
        const tuoyu_answer *answer = tuoyu_verdict_answer(verdict);
        assert_reads(answer, TUOYU_READER_PARENT, "（公安机关有）；居住满半年（街道有）；其他。", "户籍部门");
        assert_reads(answer, TUOYU_READER_PARENT, "不服怎么办：向市里提出。", NULL);
        assert_reads(answer, TUOYU_READER_OFFICIAL, "（child.registered），可查：公安机关\n", "户籍部门");
        assert_reads(answer, TUOYU_READER_OFFICIAL, "其他（child.other）\n", NULL);
        assert_json(answer, "\"held_by\":{\"zh\":\"公安机关\",\"en\":\"the police\"}");
        assert_json(answer, "\"objection\":{\"zh\":\"向市里提出\",\"en\":\"to the city\"}");
        assert_string_equal(tuoyu_answer_missing_held_by(answer, 0, "en"), "the police");
        assert_string_equal(tuoyu_answer_missing_held_by(answer, 2, "zh"), "");
        assert_null(tuoyu_answer_missing_held_by(answer, 3, "zh"));
        tuoyu_verdict_free(verdict);
        verdict = ask_verdict(policy, "of_rule", "child.registered: false", "2025-01-01", &status);
        assert_reads(tuoyu_verdict_answer(verdict), TUOYU_READER_PARENT, "不服怎么办：向区里提出。",
                     "向市里");
        assert_string_equal(tuoyu_answer_objection(tuoyu_verdict_answer(verdict), "zh"), "向区里提出");
        tuoyu_verdict_free(verdict);
        verdict = ask_verdict(policy, "below", "child.registered: true", "2025-01-01", &status);
        assert_reads(tuoyu_verdict_answer(verdict), TUOYU_READER_PARENT, NULL, "不服怎么办");
        assert_string_equal(tuoyu_answer_objection(tuoyu_verdict_answer(verdict), "zh"), "");
        tuoyu_verdict_free(verdict);
        assert_string_equal(tuoyu_policy_fact_held_by(policy, 0, "zh"), "公安机关");
        assert_null(tuoyu_policy_fact_held_by(policy, 99, "zh"));
        tuoyu_policy_unref(policy);
    }
    assert_null(tuoyu_answer_objection(NULL, "zh"));
}

/* ---- Digits ---- */

static const char FEES[] =
    "facts: {c: {fee: {type: money, unit: CNY, label: 收费, scale: 6}, price: {type: money, unit: CNY, "
    "label: 原价, "
    "scale: 6}}}\n"
    "pricing:\n"
    "  fifth: {title: 两成, unit: CNY, cite: s 一, amount: c.price * 0.2, charged: c.fee}\n"
    "  third: {title: 三分之一, unit: CNY, cite: s 一, amount: c.price / 3, charged: c.fee}\n"
    "  least: {title: 下限, unit: CNY, cite: s 一, amount: 1000, charged: c.fee, at_least: c.price * 0.2}\n"
    "  again: {title: 再算, unit: CNY, cite: s 一, steps: [{id: part, label: 一份, unit: CNY, formula: "
    "c.price / 3}, "
    "{id: whole, label: 全部, unit: CNY, formula: part * 300}], amount: whole}\n";

static void numbers_are_told_apart(void **state)
{
    static const struct {
        const char *rule, *facts, *piece;
    } CASES[] = {
        {"fifth", "{c.price: 1999.99, c.fee: 400}",
         "最高可收：399.998 元\n实际收费：400.00 元\n结论：不符合规定，高出 0.002 元\n"},
        {"fifth", "{c.price: 2000, c.fee: 400}",
         "最高可收：400.00 元\n实际收费：400.00 元\n结论：符合规定\n"},
        {"fifth", "{c.price: 2000.000005, c.fee: 400}",
         "最高可收：400.000001 元\n实际收费：400.00 元\n结论：符合规定\n"},
        {"third", "{c.price: 100, c.fee: 34}",
         "最高可收：约33.33 元\n实际收费：34.00 元\n结论：不符合规定，高出 约0.67 元\n"},
        {"third", "{c.price: 100, c.fee: 33.34}",
         "最高可收：约33.33 元\n实际收费：33.34 元\n结论：不符合规定，高出 约0.01 元\n"},
        {"third", "{c.price: 100, c.fee: 33.333334}",
         "最高可收：约33.333333 元\n实际收费：33.333334 元\n结论：不符合规定，高出 约0.000001 元\n"},
        {"least", "{c.price: 2000.01, c.fee: 400}",
         "最低应收：400.002 元\n实际收费：400.00 元\n结论：不符合规定，低了 0.002 元\n"},
    };
    (void)state;
    tuoyu_policy *policy = load_sections(FEES);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        tuoyu_status status;
        tuoyu_quote *quote = ask_quote(policy, CASES[i].rule, CASES[i].facts, "2025-01-01", &status);
        assert_reads(tuoyu_quote_answer(quote), TUOYU_READER_OFFICIAL, CASES[i].piece, "约0.00 ");
        assert_reads(tuoyu_quote_answer(quote), TUOYU_READER_PARENT, NULL, "约0.00 ");
        tuoyu_quote_free(quote);
    }
    tuoyu_policy_unref(policy);
}

/* `part × 300` of the shown 33.33 would be 9,999.00, or with four decimals 9,999.99. */
static void a_formula_is_shown_only_if_it_can_be_done_again(void **state)
{
    (void)state;
    tuoyu_status status;
    tuoyu_policy *policy = load_sections(FEES);
    tuoyu_quote *quote = ask_quote(policy, "again", "c.price: 100", "2025-01-01", &status);
    assert_reads(tuoyu_quote_answer(quote), TUOYU_READER_ENGINEER,
                 "全部：约10,000.00 元（由下列各项在取整前算得）\n", "一份 × 300");
    assert_reads(tuoyu_quote_answer(quote), TUOYU_READER_ENGINEER, "一份 = 原价 ÷ 3 = 约33.33 元\n", NULL);
    tuoyu_quote_free(quote);
    quote = ask_quote(policy, "again", "c.price: 100.0002", "2025-01-01", &status);
    assert_reads(tuoyu_quote_answer(quote), TUOYU_READER_ENGINEER, "全部 = 一份 × 300 = 10,000.02 元\n",
                 "取整前");
    assert_reads(tuoyu_quote_answer(quote), TUOYU_READER_ENGINEER, "一份 = 原价 ÷ 3 = 33.3334 元\n", NULL);
    tuoyu_quote_free(quote);
    tuoyu_policy_unref(policy);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_worked_example),
        cmocka_unit_test(who_has_a_fact_and_where_one_can_object),
        cmocka_unit_test(numbers_are_told_apart),
        cmocka_unit_test(a_formula_is_shown_only_if_it_can_be_done_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
