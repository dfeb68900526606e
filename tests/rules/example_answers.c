/* SPDX-License-Identifier: Apache-2.0 */
/* Answers the worked examples of the example packs, for tests that read the texts of all of them. */
#include "example_answers.h"

#include <glob.h>
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ledger/budget.h"
#include "policy_fixture.h"
#include "rules/rule_kind.h"
#include "tally/tally.h"

enum { MOST_PACKS = 64 };

/* Loads all example packs, but not those whose path holds `left_out`. */
tuoyu_policy *load_examples(const char *left_out)
{
    char pattern[4096];
    tuoyu_pack_text packs[MOST_PACKS];
    char *texts[MOST_PACKS];
    size_t count = 0;
    glob_t found;
    tuoyu_policy *policy = NULL;
    const char *root = getenv("TUOYU_SOURCE");
    snprintf(pattern, sizeof pattern, "%s/examples/packs/*/*.yaml", root ? root : ".");
    assert_int_equal(glob(pattern, 0, NULL, &found), 0);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        if (strstr(found.gl_pathv[i], left_out))
            continue;
        assert_true(count < MOST_PACKS);
        texts[count] = source_file(strstr(found.gl_pathv[i], "examples/packs/"));
        packs[count] = (tuoyu_pack_text){.name = found.gl_pathv[i],
                                         .name_length = TUOYU_NUL_TERMINATED,
                                         .text = texts[count],
                                         .text_length = TUOYU_NUL_TERMINATED};
        count++;
    }
    assert_true(count > 10);
    assert_int_equal(tuoyu_policy_load(packs, count, NULL, &policy, NULL), TUOYU_OK);
    for (size_t i = 0; i < count; i++)
        free(texts[i]);
    globfree(&found);
    return policy;
}

/* Measures the rows of an example; NULL where it ends with an error. */
static struct tuoyu_answer *measure_rows(const struct rule *rule, struct tuoyu_case *facts,
                                         const struct pack_example *example)
{
    struct tuoyu_tally *tally;
    struct tuoyu_measure *measure = NULL;
    if (tally_make(indicator_of(rule), example->as_of, &tally, NULL) != TUOYU_OK)
        return NULL;
    for (size_t i = 0; i < example->row_count; i++) {
        case_forget(facts);
        if (case_set_given(facts, example->rows[i].facts, example->rows[i].fact_count, NULL) == TUOYU_OK)
            (void)tally_add(tally, example->rows[i].entity, facts, NULL);
    }
    (void)tally_measure(tally, example->region_kind, example->region_id, &measure, NULL);
    tally_free(tally);
    return measure ? &measure->answer : NULL;
}

/* Pays the claims of an example; NULL where it ends with an error. */
static struct tuoyu_answer *pay_claims(const struct rule *rule, struct tuoyu_case *facts,
                                       const struct pack_example *example)
{
    struct tuoyu_budget *budget;
    struct tuoyu_payout *payout = NULL;
    const struct tuoyu_cost_sharing *sharing = budget_rule_on(cost_sharing_of(rule), example->as_of);
    if (budget_make(sharing, facts, example->as_of, &budget, NULL) != TUOYU_OK)
        return NULL;
    for (size_t i = 0; i < example->claim_count; i++) {
        case_forget(facts);
        if (case_set_given(facts, example->claims[i].facts, example->claims[i].fact_count, NULL) == TUOYU_OK)
            (void)budget_add(budget, example->claims[i].entity, facts, NULL);
    }
    (void)budget_pay(budget, &payout, NULL);
    budget_free(budget);
    return payout ? &payout->answer : NULL;
}

/* Answers an example as it is written; NULL where it ends with an error. */
static struct tuoyu_answer *answer_example(tuoyu_policy *policy, const struct policy_example *item)
{
    const struct pack_example *example = item->example;
    const struct rule *rule = policy->rules[item->rule];
    const struct rule_kind *kind = kind_of_rule(rule);
    struct tuoyu_answer *answer = NULL;
    struct tuoyu_case *facts;
    assert_int_equal(case_make(policy, &facts), TUOYU_OK);
    bool is_given = case_set_given(facts, example->given, example->given_count, NULL) == TUOYU_OK;
    if (!kind->answer_case)
        answer = measure_rows(rule, facts, example);
    else if (is_given && example->claim_count)
        answer = pay_claims(rule, facts, example);
    else if (is_given)
        (void)kind->answer_case(rule, facts, example->as_of, &answer, NULL);
    case_free(facts);
    return answer;
}

struct tuoyu_answer *next_answer(tuoyu_policy *policy, size_t *index)
{
    struct tuoyu_answer *answer = NULL;
    for (; !answer && *index < policy->example_count; ++*index)
        if (!policy->examples[*index].example->case_count)
            answer = answer_example(policy, &policy->examples[*index]);
    return answer;
}

char *text_for(const tuoyu_answer *answer, int32_t reader, const char *language)
{
    tuoyu_text *text = NULL;
    assert_int_equal(tuoyu_answer_explain_for(answer, reader, language, &text), TUOYU_OK);
    size_t size = tuoyu_text_length(text) + 1;
    char *copy = calloc(size, 1);
    assert_non_null(copy);
    memcpy(copy, tuoyu_text_bytes(text), size);
    tuoyu_text_free(text);
    return copy;
}

size_t count_lines(const char *text)
{
    size_t lines = 0;
    for (; *text; text++)
        lines += *text == '\n';
    return lines;
}

/* Fails if the text matches. */
void assert_no_match(const char *text, const char *pattern)
{
    regex_t regex;
    regmatch_t match;
    assert_int_equal(regcomp(&regex, pattern, REG_EXTENDED), 0);
    if (regexec(&regex, text, 1, &match, 0) == 0)
        fail_msg("`%.*s` in\n%s", (int)(match.rm_eo - match.rm_so), text + match.rm_so, text);
    regfree(&regex);
}
