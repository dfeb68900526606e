/* SPDX-License-Identifier: Apache-2.0 */
/* The table of the kinds of rule: each entry is whole, its words are those of packs and messages, and what it
 * says of a rule is what the public interface says of it. */
#include "rules/rule_kind.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pack/schema.h"
#include "policy_fixture.h"

#define ALL_KINDS                                                                                             \
    "facts: {child: {fee: {type: money, unit: CNY/month}}, staff: {certified: {type: boolean}}}\n"            \
    "pricing: {price: {title: 价, unit: CNY/month, cite: s 一, amount: child.fee, charged: 0}}\n"           \
    "cost_sharing:\n"                                                                                         \
    "  split: {title: 分, unit: CNY/month, cite: s 二, of: child.fee, payers: [{id: city, rate: 1}]}\n"     \
    "  both: {title: 合, unit: CNY/month, cite: s 三, subsidies: [{id: a, rule: split}], payers: [{id: c, " \
    "rate: 1}]}\n"                                                                                            \
    "eligibility: {low: {title: 低, cite: s 四, all: [{id: x, when: child.fee <= 100, because: 低}]}}\n"   \
    "indicators: {rate: {title: 率, unit: percent, cite: s 五, ratio: {numerator: {of: staff, count: "      \
    "staff.certified}, denominator: {of: staff, count: true}}}}\n"

/* A rule of each kind in ALL_KINDS, with what messages call it. */
static const struct {
    int32_t kind;
    const char *name, *section, *words;
} RULES[] = {{TUOYU_RULE_PRICING, "price", "pricing", "a pricing rule"},
             {TUOYU_RULE_COST_SHARING, "split", "cost_sharing", "a cost-sharing rule"},
             {TUOYU_RULE_ELIGIBILITY, "low", "eligibility", "an eligibility rule"},
             {TUOYU_RULE_INDICATOR, "rate", "indicators", "an indicator"}};
enum { RULES_LISTED = sizeof RULES / sizeof *RULES };

static void each_entry_is_whole(void **state)
{
    (void)state;
    assert_int_equal(RULES_LISTED, RULE_KIND_COUNT - 1);
    for (size_t i = 0; i < RULES_LISTED; i++) {
        const struct rule_kind *kind = rule_kind_at(RULES[i].kind);
        char words[64];
        snprintf(words, sizeof words, "%s %s", kind->article, kind->words.en.bytes);
        assert_string_equal(words, RULES[i].words);
        assert_string_equal(kind->section, RULES[i].section);
        assert_int_equal(kind->words.zh.length, strlen(kind->words.zh.bytes));
        assert_int_equal(kind->words.en.length, strlen(kind->words.en.bytes));
        assert_non_null(kind->count);
        assert_non_null(kind->lower);
        size_t found = 0;
        for (size_t field = 0; field < SCHEMA_PACK.field_count; field++)
            found += strcmp(SCHEMA_PACK.fields[field].key, kind->section) == 0;
        assert_int_equal(found, 1);
    }
}

static void an_entry_answers_as_the_public_functions_do(void **state)
{
    (void)state;
    tuoyu_policy *policy = load_sections(ALL_KINDS);
    tuoyu_case *facts = make_case(policy, "{child.fee: 120}");
    assert_int_equal(policy->rule_count, 5);
    for (size_t i = 0; i < policy->rule_count; i++) {
        const struct rule *rule = policy->rules[i];
        const struct rule_kind *kind = kind_of_rule(rule);
        struct tuoyu_answer *answer = NULL;
        assert_int_equal(tuoyu_policy_rule_kind(policy, i), rule->kind);
        assert_int_equal(kind->answer_case == NULL, rule->kind == TUOYU_RULE_INDICATOR);
        assert_int_equal(kind->amount != NULL,
                         rule->kind == TUOYU_RULE_PRICING || rule->kind == TUOYU_RULE_COST_SHARING);
        bool is_made_up = kind->is_made_up_of_rules && kind->is_made_up_of_rules(rule);
        assert_int_equal(is_made_up, text_equals(rule->name, TEXT("both")));
        if (!kind->answer_case)
            continue;
        assert_int_equal(kind->answer_case(rule, facts, day("2024-05-01"), &answer, NULL), TUOYU_OK);
        assert_int_equal(answer->kind, rule->kind);
        assert_json(answer, rule->kind == TUOYU_RULE_ELIGIBILITY ? "ineligible" : "120");
        answer_free(answer);
    }
    tuoyu_case_free(facts);
    tuoyu_policy_unref(policy);
}

static void a_rule_of_another_kind_is_named_as_what_it_is(void **state)
{
    (void)state;
    tuoyu_policy *policy = load_sections(ALL_KINDS);
    tuoyu_diagnostics *diagnostics;
    assert_int_equal(tuoyu_diagnostics_new(NULL, &diagnostics), TUOYU_OK);
    for (size_t wanted = 0; wanted < RULES_LISTED; wanted++) {
        for (size_t i = 0; i < RULES_LISTED; i++) {
            const struct location nowhere = {.source = NULL};
            struct text name = text_of(RULES[i].name, TUOYU_NUL_TERMINATED);
            size_t index = 0;
            tuoyu_diagnostic item;
            char message[200];
            tuoyu_diagnostics_clear(diagnostics);
            tuoyu_status status =
                policy_find_rule(policy, name, RULES[wanted].kind, UINT32_MAX, nowhere, &index, diagnostics);
            assert_int_equal(status, i == wanted ? TUOYU_OK : TUOYU_ERROR_NOT_FOUND);
            if (i == wanted)
                continue;
            snprintf(message, sizeof message, "there is no %s `%s`: it is %s",
                     strchr(RULES[wanted].words, ' ') + 1, RULES[i].name, RULES[i].words);
            assert_int_equal(tuoyu_diagnostics_get(diagnostics, 0, &item), TUOYU_OK);
            assert_string_equal(item.message, message);
        }
    }
    tuoyu_diagnostics_free(diagnostics);
    tuoyu_policy_unref(policy);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_entry_is_whole),
        cmocka_unit_test(an_entry_answers_as_the_public_functions_do),
        cmocka_unit_test(a_rule_of_another_kind_is_named_as_what_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
