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
    for (const char *line = text; *line; line = strchr(line, '\n') + 1)
        if (strchr(line, '\n') - line > LONGEST_LINE)
            fail_msg("a long line:\n%s", text);
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
    for (size_t i = 0; i < policy->example_count; i++) {
        if (policy->examples[i].example->case_count)
            continue; /* a waiting list is no answer */
        struct tuoyu_answer *answer = answer_example(policy, &policy->examples[i]);
        if (!answer)
            continue;
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_worked_example),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
