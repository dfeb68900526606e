/* SPDX-License-Identifier: Apache-2.0 */
/* Runs vector files, which every interface runs alike: packs, and cases with the JSON of the answer or the
 * error.
 *
 *     run_vectors FILE.json…
 *
 * A case that differs prints `file name: expected …, got …`; ends with `N passed, N failed`. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tuoyu/tuoyu.h>

#include "pack/facts_reader.h"
#include "rules/case_facts.h"

struct run {
    const char *file;
    struct arena arena;
    tuoyu_policy *policy;
    tuoyu_diagnostics *diagnostics;
    int passed, failed;
};

/* What a case gave: an answer's JSON, or an error. */
struct result {
    tuoyu_status status;
    tuoyu_text *json;
};

static struct text read_file(struct arena *arena, const char *path)
{
    FILE *file = fopen(path, "rb");
    struct text_builder builder;
    char block[4096];
    size_t count;
    text_builder_init_arena(&builder, arena);
    while (file && (count = fread(block, 1, sizeof block, file)) > 0)
        text_append(&builder, (struct text){.bytes = block, .length = count});
    if (file)
        fclose(file);
    return text_builder_text(&builder);
}

static struct text text_under(const struct pack_node *mapping, struct text key)
{
    const struct pack_node *node = pack_node_get(mapping, key);
    return node ? node->text : TEXT("");
}

/* ---- Comparing JSON ---- */

static bool nodes_equal(const struct pack_node *left, const struct pack_node *right)
{
    if (left->kind != right->kind || left->count != right->count)
        return false;
    if (left->kind == PACK_NODE_SCALAR)
        return left->is_quoted == right->is_quoted && text_equals(left->text, right->text);
    for (size_t i = 0; i < left->count; i++) {
        if (left->kind == PACK_NODE_SEQUENCE) {
            if (!nodes_equal(left->items[i], right->items[i]))
                return false;
        } else if (!text_equals(left->entries[i].key, right->entries[i].key) ||
                   !nodes_equal(left->entries[i].node, right->entries[i].node)) {
            return false;
        }
    }
    return true;
}

/* ---- Running a case ---- */

static void finish(struct result *result, const tuoyu_answer *answer)
{
    if (result->status == TUOYU_OK)
        result->status = tuoyu_answer_to_json(answer, &result->json);
}

static struct result run_facts(struct run *run, const struct pack_node *vector, struct text rule,
                               int32_t kind, int32_t as_of)
{
    struct result result = {.json = NULL};
    struct given_fact *given = NULL;
    size_t count = 0;
    tuoyu_case *facts = NULL;
    result.status = tuoyu_case_new(run->policy, &facts);
    if (result.status == TUOYU_OK)
        result.status = given_facts_of(&run->arena, pack_node_get(vector, TEXT("given")), &given, &count,
                                       run->diagnostics);
    if (result.status == TUOYU_OK)
        result.status = case_set_given(facts, given, count, run->diagnostics);
    if (result.status == TUOYU_OK && kind == TUOYU_RULE_PRICING) {
        tuoyu_pricing *pricing = NULL;
        tuoyu_quote *quote = NULL;
        tuoyu_policy_pricing(run->policy, rule.bytes, rule.length, &pricing, run->diagnostics);
        result.status = tuoyu_pricing_quote(pricing, facts, as_of, &quote, run->diagnostics);
        finish(&result, tuoyu_quote_answer(quote));
        tuoyu_quote_free(quote);
        tuoyu_pricing_unref(pricing);
    } else if (result.status == TUOYU_OK && kind == TUOYU_RULE_COST_SHARING) {
        tuoyu_cost_sharing *cost_sharing = NULL;
        tuoyu_split *split = NULL;
        tuoyu_policy_cost_sharing(run->policy, rule.bytes, rule.length, &cost_sharing, run->diagnostics);
        result.status = tuoyu_cost_sharing_split(cost_sharing, facts, as_of, &split, run->diagnostics);
        finish(&result, tuoyu_split_answer(split));
        tuoyu_split_free(split);
        tuoyu_cost_sharing_unref(cost_sharing);
    } else if (result.status == TUOYU_OK) {
        tuoyu_eligibility *eligibility = NULL;
        tuoyu_verdict *verdict = NULL;
        tuoyu_policy_eligibility(run->policy, rule.bytes, rule.length, &eligibility, run->diagnostics);
        result.status = tuoyu_eligibility_verdict(eligibility, facts, as_of, &verdict, run->diagnostics);
        finish(&result, tuoyu_verdict_answer(verdict));
        tuoyu_verdict_free(verdict);
        tuoyu_eligibility_unref(eligibility);
    }
    tuoyu_case_free(facts);
    return result;
}

static tuoyu_status set_facts(struct run *run, tuoyu_case *facts, const struct pack_node *node)
{
    struct given_fact *given = NULL;
    size_t count = 0;
    tuoyu_case_clear(facts);
    tuoyu_status status = given_facts_of(&run->arena, node, &given, &count, run->diagnostics);
    return status == TUOYU_OK ? case_set_given(facts, given, count, run->diagnostics) : status;
}

/* `given` has the facts of the budget, `claims` those of each claim by its id. */
static struct result run_claims(struct run *run, const struct pack_node *vector, struct text rule,
                                int32_t as_of)
{
    struct result result = {.json = NULL};
    const struct pack_node *claims = pack_node_get(vector, TEXT("claims"));
    tuoyu_cost_sharing *cost_sharing = NULL;
    tuoyu_budget *budget = NULL;
    tuoyu_payout *payout = NULL;
    tuoyu_case *facts = NULL;
    tuoyu_policy_cost_sharing(run->policy, rule.bytes, rule.length, &cost_sharing, run->diagnostics);
    result.status = tuoyu_case_new(run->policy, &facts);
    if (result.status == TUOYU_OK)
        result.status = set_facts(run, facts, pack_node_get(vector, TEXT("given")));
    if (result.status == TUOYU_OK)
        result.status = tuoyu_cost_sharing_budget(cost_sharing, facts, as_of, &budget, run->diagnostics);
    for (size_t i = 0; i < claims->count && result.status == TUOYU_OK; i++) {
        struct text id = claims->entries[i].key;
        result.status = set_facts(run, facts, claims->entries[i].node);
        if (result.status == TUOYU_OK)
            result.status = tuoyu_budget_add(budget, id.bytes, id.length, facts, run->diagnostics);
    }
    if (result.status == TUOYU_OK)
        result.status = tuoyu_budget_pay(budget, &payout, run->diagnostics);
    finish(&result, tuoyu_payout_answer(payout));
    tuoyu_payout_free(payout);
    tuoyu_budget_free(budget);
    tuoyu_case_free(facts);
    tuoyu_cost_sharing_unref(cost_sharing);
    return result;
}

static tuoyu_status add_rows(struct run *run, tuoyu_tally *tally, tuoyu_case *facts,
                             const struct pack_node *rows)
{
    tuoyu_status status = TUOYU_OK;
    for (size_t i = 0; rows && i < rows->count && status == TUOYU_OK; i++) {
        struct text entity = rows->entries[i].key;
        const struct pack_node *list = rows->entries[i].node;
        for (size_t j = 0; j < list->count && status == TUOYU_OK; j++) {
            struct given_fact *given = NULL;
            size_t count = 0;
            tuoyu_case_clear(facts);
            status = given_row_of(&run->arena, entity, list->items[j], &given, &count, run->diagnostics);
            if (status == TUOYU_OK)
                status = case_set_given(facts, given, count, run->diagnostics);
            if (status == TUOYU_OK)
                status = tuoyu_tally_add(tally, entity.bytes, entity.length, facts, run->diagnostics);
        }
    }
    return status;
}

static tuoyu_status add_unreadable(struct run *run, tuoyu_tally *tally, const struct pack_node *counts)
{
    tuoyu_status status = TUOYU_OK;
    for (size_t i = 0; counts && i < counts->count && status == TUOYU_OK; i++)
        status =
            tuoyu_tally_add_unreadable(tally, counts->entries[i].key.bytes, counts->entries[i].key.length,
                                       atoll(counts->entries[i].node->text.bytes), run->diagnostics);
    return status;
}

static struct result run_rows(struct run *run, const struct pack_node *vector, struct text rule,
                              int32_t as_of)
{
    struct result result = {.json = NULL};
    tuoyu_indicator *indicator = NULL;
    tuoyu_tally *tally = NULL;
    tuoyu_case *facts = NULL;
    tuoyu_measure *measure = NULL;
    const struct pack_node *region = pack_node_get(vector, TEXT("region"));
    tuoyu_policy_indicator(run->policy, rule.bytes, rule.length, &indicator, run->diagnostics);
    result.status = tuoyu_indicator_tally(indicator, as_of, &tally, run->diagnostics);
    if (result.status == TUOYU_OK)
        result.status = tuoyu_case_new(run->policy, &facts);
    if (result.status == TUOYU_OK)
        result.status = add_rows(run, tally, facts, pack_node_get(vector, TEXT("rows")));
    if (result.status == TUOYU_OK)
        result.status = add_unreadable(run, tally, pack_node_get(vector, TEXT("unreadable")));
    if (result.status == TUOYU_OK)
        result.status =
            region ? tuoyu_tally_measure(tally, region->entries[0].key.bytes, region->entries[0].key.length,
                                         region->entries[0].node->text.bytes,
                                         region->entries[0].node->text.length, &measure, run->diagnostics)
                   : tuoyu_tally_measure(tally, NULL, 0, NULL, 0, &measure, run->diagnostics);
    finish(&result, tuoyu_measure_answer(measure));
    tuoyu_measure_free(measure);
    tuoyu_case_free(facts);
    tuoyu_tally_free(tally);
    tuoyu_indicator_unref(indicator);
    return result;
}

static struct result run_case(struct run *run, const struct pack_node *vector)
{
    struct text rule = text_under(vector, TEXT("rule")), date = text_under(vector, TEXT("as_of"));
    int32_t as_of = 0;
    size_t index = 0;
    struct result result = {.status = tuoyu_date_from_text(date.bytes, date.length, &as_of)};
    if (result.status == TUOYU_OK)
        result.status =
            tuoyu_policy_find_rule(run->policy, rule.bytes, rule.length, &index, run->diagnostics);
    if (result.status != TUOYU_OK)
        return result;
    int32_t kind = tuoyu_policy_rule_kind(run->policy, index);
    if (pack_node_get(vector, TEXT("claims")))
        return run_claims(run, vector, rule, as_of);
    return kind == TUOYU_RULE_INDICATOR ? run_rows(run, vector, rule, as_of)
                                        : run_facts(run, vector, rule, kind, as_of);
}

/* ---- A file ---- */

static void check_case(struct run *run, const struct pack_node *vector)
{
    struct text name = text_under(vector, TEXT("name")), error = text_under(vector, TEXT("error"));
    const struct pack_node *expected = pack_node_get(vector, TEXT("expect"));
    struct pack_node *got = NULL;
    struct result result = run_case(run, vector);
    struct text status = text_of(tuoyu_status_name(result.status), TUOYU_NUL_TERMINATED);
    struct text json =
        result.json ? text_of(tuoyu_text_bytes(result.json), tuoyu_text_length(result.json)) : TEXT("");
    bool is_right = error.length ? text_equals(error, status) : false;
    if (expected && result.json &&
        pack_node_read(&run->arena, TEXT("answer"), json, NULL, &got, run->diagnostics) == TUOYU_OK)
        is_right = nodes_equal(expected, got);
    if (!is_right)
        printf("%s %.*s: expected %.*s, got %.*s %.*s\n", run->file, TEXT_ARGUMENTS(name),
               TEXT_ARGUMENTS(error.length ? error : TEXT("another answer")), TEXT_ARGUMENTS(status),
               TEXT_ARGUMENTS(json));
    run->passed += is_right;
    run->failed += !is_right;
    tuoyu_text_free(result.json);
}

static tuoyu_status load(struct run *run, const struct pack_node *packs)
{
    tuoyu_pack_text *texts = calloc(packs->count, sizeof *texts);
    for (size_t i = 0; texts && i < packs->count; i++) {
        struct text name = text_under(packs->items[i], TEXT("name")),
                    text = text_under(packs->items[i], TEXT("text"));
        texts[i] = (tuoyu_pack_text){
            .name = name.bytes, .name_length = name.length, .text = text.bytes, .text_length = text.length};
    }
    tuoyu_status status = texts ? tuoyu_policy_load(texts, packs->count, NULL, &run->policy, run->diagnostics)
                                : TUOYU_ERROR_NO_MEMORY;
    free(texts);
    return status;
}

static void print_diagnostics(const tuoyu_diagnostics *diagnostics)
{
    tuoyu_text *text = NULL;
    if (tuoyu_diagnostics_to_text(diagnostics, &text) == TUOYU_OK)
        fputs(tuoyu_text_bytes(text), stdout);
    tuoyu_text_free(text);
}

static void run_file(struct run *run)
{
    struct pack_node *document = NULL;
    arena_init(&run->arena, NULL);
    tuoyu_diagnostics_new(NULL, &run->diagnostics);
    struct text text = read_file(&run->arena, run->file);
    tuoyu_status status =
        pack_node_read(&run->arena, TEXT("vectors"), text, NULL, &document, run->diagnostics);
    const struct pack_node *cases = status == TUOYU_OK ? pack_node_get(document, TEXT("cases")) : NULL;
    if (cases)
        status = load(run, pack_node_get(document, TEXT("packs")));
    if (!cases || status != TUOYU_OK) {
        printf("%s: cannot be read: %s\n", run->file, tuoyu_status_name(status));
        print_diagnostics(run->diagnostics);
        run->failed++;
    }
    for (size_t i = 0; status == TUOYU_OK && cases && i < cases->count; i++)
        check_case(run, cases->items[i]);
    tuoyu_policy_unref(run->policy);
    run->policy = NULL;
    tuoyu_diagnostics_free(run->diagnostics);
    arena_free(&run->arena);
}

int main(int argument_count, char **arguments)
{
    struct run run = {.file = NULL};
    for (int i = 1; i < argument_count; i++) {
        run.file = arguments[i];
        run_file(&run);
    }
    printf("%d passed, %d failed\n", run.passed, run.failed);
    return run.failed || run.passed == 0;
}
