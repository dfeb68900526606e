/* SPDX-License-Identifier: Apache-2.0 */
/* Work that the host cancels, at each moment at which it is asked: it ends with TUOYU_ERROR_CANCELLED, gives
 * back all memory, leaves nothing half done, and done again it comes to what it comes to undisturbed. */
#include "policy_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../refusing_memory.h"

static const char PACK[] = "tests/rules/packs/long_work.yaml";
enum { CLAIMS = 12000, TRIED_MOST = 12 };

/* ---- The host ---- */

static size_t asked, cancel_at; /* cancel_at: the asking, from 1, that is answered with yes; 0: none */

static int32_t interrupt(void *context)
{
    assert_ptr_equal(context, &asked);
    return ++asked == cancel_at;
}

static void ask_from_here(size_t at)
{
    asked = 0;
    cancel_at = at;
}

static tuoyu_status load(const char *const *texts, size_t count, tuoyu_policy **policy,
                         tuoyu_diagnostics *diagnostics)
{
    tuoyu_pack_text packs[8];
    const tuoyu_load_options options = {.size = sizeof options,
                                        .allocator = &REFUSING,
                                        .is_analysed = 1,
                                        .interrupt = interrupt,
                                        .interrupt_context = &asked};
    assert_true(count <= 8);
    for (size_t i = 0; i < count; i++)
        packs[i] = (tuoyu_pack_text){"pack", 4, texts[i], strlen(texts[i])};
    return tuoyu_policy_load(packs, count, &options, policy, diagnostics);
}

/* The last finding is that of the cancellation, and no other is an error. */
static void assert_told(tuoyu_diagnostics *diagnostics)
{
    tuoyu_diagnostic finding;
    size_t count = tuoyu_diagnostics_count(diagnostics);
    assert_true(count > 0);
    assert_int_equal(tuoyu_diagnostics_get(diagnostics, count - 1, &finding), TUOYU_OK);
    assert_int_equal(finding.code, TUOYU_ERROR_CANCELLED);
    assert_non_null(strstr(finding.message, "cancelled"));
    for (size_t i = 0; i + 1 < count; i++) {
        assert_int_equal(tuoyu_diagnostics_get(diagnostics, i, &finding), TUOYU_OK);
        assert_true(finding.code == TUOYU_ERROR_CANCELLED || finding.severity != TUOYU_SEVERITY_ERROR);
    }
}

/* ---- Loads ---- */

static void a_load_is_cancelled_at_each_asking(void **state)
{
    (void)state;
    static const char *const FILES[] = {"examples/packs/national/childcare-standards.yaml",
                                        "examples/packs/national/child-health-visits.yaml",
                                        "examples/packs/jiande/fees-and-subsidy.yaml",
                                        "tests/rules/packs/long_work.yaml"};
    char *texts[4];
    for (size_t i = 0; i < 4; i++)
        texts[i] = source_file(FILES[i]);
    tuoyu_diagnostics *diagnostics = NULL;
    assert_int_equal(tuoyu_diagnostics_new(NULL, &diagnostics), TUOYU_OK);
    refuse(0, false);
    size_t all = 1;
    for (size_t at = 0; at <= all; at++) {
        tuoyu_policy *policy = NULL;
        tuoyu_diagnostics_clear(diagnostics);
        ask_from_here(at);
        tuoyu_status status = load((const char *const *)texts, 4, &policy, diagnostics);
        if (at == 0) {
            assert_int_equal(status, TUOYU_OK);
            all = asked;
            assert_true(all >= 5);
        } else {
            assert_int_equal(status, TUOYU_ERROR_CANCELLED);
            assert_null(policy);
            assert_int_equal(asked, at); /* whoever has cancelled is not asked again */
            assert_told(diagnostics);
        }
        tuoyu_policy_unref(policy);
        assert_int_equal(live_blocks, 0);
    }
    tuoyu_diagnostics_free(diagnostics);
    for (size_t i = 0; i < 4; i++)
        free(texts[i]);
}

/* ---- Evaluations ---- */

struct world {
    tuoyu_policy *policy;
    tuoyu_diagnostics *diagnostics;
    size_t at;
    char shown[4000]; /* what came of it */
};

static void show(struct world *world, tuoyu_text *text)
{
    snprintf(world->shown, sizeof world->shown, "%s", tuoyu_text_bytes(text));
    tuoyu_text_free(text);
}

static void show_answer(struct world *world, const tuoyu_answer *answer)
{
    tuoyu_text *text = NULL;
    assert_int_equal(tuoyu_answer_to_json(answer, &text), TUOYU_OK);
    show(world, text);
}

static tuoyu_case *facts_of(const struct world *world, int turns, int fee)
{
    char facts[200];
    snprintf(facts, sizeof facts, "{child: {turns: %d, fee: %d, paid_in: 2025-01-01}, fund.year: 100}", turns,
             fee);
    return make_case(world->policy, facts);
}

static tuoyu_status quote(struct world *world)
{
    tuoyu_pricing *rule = NULL;
    tuoyu_quote *quote = NULL;
    tuoyu_case *facts = facts_of(world, 20000, 7);
    assert_int_equal(tuoyu_policy_pricing(world->policy, "turns", 5, &rule, NULL), TUOYU_OK);
    ask_from_here(world->at);
    tuoyu_status status = tuoyu_pricing_quote(rule, facts, day("2025-01-01"), &quote, world->diagnostics);
    assert_int_equal(status == TUOYU_OK, quote != NULL);
    if (quote)
        show_answer(world, tuoyu_quote_answer(quote));
    tuoyu_quote_free(quote);
    tuoyu_case_free(facts);
    tuoyu_pricing_unref(rule);
    return status;
}

static tuoyu_status verdict(struct world *world)
{
    tuoyu_eligibility *rule = NULL;
    tuoyu_verdict *verdict = NULL;
    tuoyu_case *facts = facts_of(world, 20000, 7);
    assert_int_equal(tuoyu_policy_eligibility(world->policy, "place", 5, &rule, NULL), TUOYU_OK);
    ask_from_here(world->at);
    tuoyu_status status =
        tuoyu_eligibility_verdict(rule, facts, day("2025-01-01"), &verdict, world->diagnostics);
    assert_int_equal(status == TUOYU_OK, verdict != NULL);
    if (verdict)
        show_answer(world, tuoyu_verdict_answer(verdict));
    tuoyu_verdict_free(verdict);
    tuoyu_case_free(facts);
    tuoyu_eligibility_unref(rule);
    return status;
}

static tuoyu_budget *open_budget(struct world *world)
{
    tuoyu_cost_sharing *rule = NULL;
    tuoyu_budget *budget = NULL;
    tuoyu_case *facts = facts_of(world, 1, 1);
    assert_int_equal(tuoyu_policy_cost_sharing(world->policy, "grant", 5, &rule, NULL), TUOYU_OK);
    assert_int_equal(tuoyu_cost_sharing_budget(rule, facts, day("2025-01-01"), &budget, NULL), TUOYU_OK);
    tuoyu_cost_sharing_unref(rule);
    tuoyu_case_free(facts);
    return budget;
}

static tuoyu_status pay(struct world *world, tuoyu_budget *budget)
{
    tuoyu_payout *payout = NULL;
    tuoyu_status status = tuoyu_budget_pay(budget, &payout, world->diagnostics);
    assert_int_equal(status == TUOYU_OK, payout != NULL);
    if (payout)
        show_answer(world, tuoyu_payout_answer(payout));
    tuoyu_payout_free(payout);
    return status;
}

/* A claim that was cancelled is not in the budget: added again it is the first of its id. */
static tuoyu_status add_claims(struct world *world)
{
    tuoyu_budget *budget = open_budget(world);
    tuoyu_case *claims[] = {facts_of(world, 20000, 30), facts_of(world, 20000, 90)};
    tuoyu_status first = TUOYU_OK;
    ask_from_here(world->at);
    for (int i = 0; i < 2; i++) {
        const char *id = i ? "b" : "a";
        tuoyu_status status = tuoyu_budget_add(budget, id, 1, claims[i], world->diagnostics);
        if (status == TUOYU_ERROR_CANCELLED) {
            first = status;
            cancel_at = 0;
            status = tuoyu_budget_add(budget, id, 1, claims[i], NULL);
        }
        assert_int_equal(status, TUOYU_OK);
        tuoyu_case_free(claims[i]);
    }
    assert_int_equal(pay(world, budget), TUOYU_OK);
    tuoyu_budget_free(budget);
    return first;
}

/* After a payout that was cancelled the budget is what it was. */
static tuoyu_status pay_claims(struct world *world)
{
    tuoyu_budget *budget = open_budget(world);
    ask_from_here(0);
    for (int i = 0; i < CLAIMS; i++) {
        char id[20];
        int length = snprintf(id, sizeof id, "%d", (i * 7919) % CLAIMS);
        tuoyu_case *claim = facts_of(world, 1, 1 + i % 5);
        assert_int_equal(tuoyu_budget_add(budget, id, (size_t)length, claim, NULL), TUOYU_OK);
        tuoyu_case_free(claim);
    }
    ask_from_here(world->at);
    tuoyu_status status = pay(world, budget);
    cancel_at = 0;
    if (status != TUOYU_OK)
        assert_int_equal(pay(world, budget), TUOYU_OK);
    tuoyu_budget_free(budget);
    return status;
}

static tuoyu_waiting_list *open_list(struct world *world)
{
    tuoyu_eligibility *rule = NULL;
    tuoyu_waiting_list *list = NULL;
    assert_int_equal(tuoyu_policy_eligibility(world->policy, "place", 5, &rule, NULL), TUOYU_OK);
    assert_int_equal(tuoyu_eligibility_waiting_list(rule, day("2025-01-01"), 1, &list, NULL), TUOYU_OK);
    tuoyu_eligibility_unref(rule);
    return list;
}

static void show_list(struct world *world, tuoyu_waiting_list *list)
{
    tuoyu_text *text = NULL;
    assert_int_equal(tuoyu_waiting_list_to_json(list, &text), TUOYU_OK);
    show(world, text);
}

static tuoyu_status add_entries(struct world *world)
{
    tuoyu_waiting_list *list = open_list(world);
    tuoyu_case *entries[] = {facts_of(world, 20000, 30), make_case(world->policy, "{child.turns: 20000}"),
                             facts_of(world, 20000, 9)};
    tuoyu_status first = TUOYU_OK;
    ask_from_here(world->at);
    for (int i = 0; i < 3; i++) {
        char id = (char)('a' + i);
        tuoyu_status status = tuoyu_waiting_list_add(list, &id, 1, entries[i], world->diagnostics);
        if (status == TUOYU_ERROR_CANCELLED) {
            first = status;
            cancel_at = 0;
            status = tuoyu_waiting_list_add(list, &id, 1, entries[i], NULL);
        }
        assert_int_equal(status, TUOYU_OK);
        tuoyu_case_free(entries[i]);
    }
    assert_int_equal(tuoyu_waiting_list_order(list), TUOYU_OK);
    show_list(world, list);
    tuoyu_waiting_list_free(list);
    return first;
}

static tuoyu_status order_entries(struct world *world)
{
    tuoyu_waiting_list *list = open_list(world);
    ask_from_here(0);
    for (int i = 0; i < CLAIMS; i++) {
        char id[20];
        int length = snprintf(id, sizeof id, "%d", (i * 7919) % CLAIMS);
        tuoyu_case *entry =
            i % 3 ? facts_of(world, 1, i % 1000) : make_case(world->policy, "{child.turns: 1}");
        assert_int_equal(tuoyu_waiting_list_add(list, id, (size_t)length, entry, NULL), TUOYU_OK);
        tuoyu_case_free(entry);
    }
    ask_from_here(world->at);
    tuoyu_status status = tuoyu_waiting_list_order(list);
    cancel_at = 0;
    if (status == TUOYU_ERROR_CANCELLED) {
        assert_null(tuoyu_waiting_list_id(list, 0)); /* it is not in order */
        assert_int_equal(tuoyu_waiting_list_order(list), TUOYU_OK);
    }
    show_list(world, list);
    tuoyu_waiting_list_free(list);
    return status;
}

/* A tally that was cancelled within a row says so from then on. */
static tuoyu_status tally_rows(struct world *world)
{
    tuoyu_indicator *rule = NULL;
    tuoyu_tally *tally = NULL;
    tuoyu_measure *measure = NULL;
    tuoyu_case *rows[] = {facts_of(world, 20000, 7), facts_of(world, 20000, 3)};
    assert_int_equal(tuoyu_policy_indicator(world->policy, "share", 5, &rule, NULL), TUOYU_OK);
    assert_int_equal(tuoyu_indicator_tally(rule, day("2025-01-01"), &tally, NULL), TUOYU_OK);
    ask_from_here(world->at);
    tuoyu_status status = TUOYU_OK;
    for (int i = 0; i < 2; i++) {
        if (status == TUOYU_OK)
            status = tuoyu_tally_add(tally, "child", 5, rows[i], world->diagnostics);
        tuoyu_case_free(rows[i]);
    }
    cancel_at = 0;
    tuoyu_status measured = tuoyu_tally_measure(tally, NULL, 0, NULL, 0, &measure, NULL);
    assert_int_equal(measured, status);
    if (measure)
        show_answer(world, tuoyu_measure_answer(measure));
    tuoyu_measure_free(measure);
    tuoyu_tally_free(tally);
    tuoyu_indicator_unref(rule);
    return status;
}

static tuoyu_status run_examples(struct world *world)
{
    size_t failed = 0;
    tuoyu_status status = TUOYU_OK;
    ask_from_here(world->at);
    for (size_t i = 0; i < tuoyu_policy_example_count(world->policy) && status == TUOYU_OK; i++) {
        bool passed = true;
        status = tuoyu_policy_example_run(world->policy, i, &passed, world->diagnostics);
        assert_true(status == TUOYU_OK || !passed);
        failed += status == TUOYU_OK && !passed;
    }
    snprintf(world->shown, sizeof world->shown, "%zu failed", failed);
    assert_int_equal(failed, 0);
    return status;
}

static tuoyu_status show_examples(struct world *world)
{
    tuoyu_status status = TUOYU_OK;
    ask_from_here(world->at);
    for (size_t i = 0; i < tuoyu_policy_example_count(world->policy) && status == TUOYU_OK; i++) {
        tuoyu_text *text = NULL;
        status = tuoyu_policy_example_to_json(world->policy, i, &text, world->diagnostics);
        assert_int_equal(status == TUOYU_OK, text != NULL);
        if (text)
            show(world, text);
    }
    return status;
}

static const struct {
    const char *name;
    tuoyu_status (*run)(struct world *world);
    bool is_silent; /* it takes no diagnostics */
} WORKS[] = {{"quote", quote, false},
             {"verdict", verdict, false},
             {"claims", add_claims, false},
             {"payout", pay_claims, false},
             {"entries", add_entries, false},
             {"order", order_entries, true},
             {"tally", tally_rows, false},
             {"examples", run_examples, false},
             {"example answers", show_examples, false}};

/* Cancelled at the first askings, at the last, and at some between. */
static void try_each_asking(struct world *world, size_t work)
{
    char whole[sizeof world->shown];
    world->at = 0;
    assert_int_equal(WORKS[work].run(world), TUOYU_OK);
    size_t all = asked;
    memcpy(whole, world->shown, sizeof whole);
    if (all < 3)
        fail_msg("%s: asked %zu times only", WORKS[work].name, all);
    for (size_t i = 1; i <= all; i += all / TRIED_MOST + 1) {
        tuoyu_diagnostics_clear(world->diagnostics);
        world->at = i;
        tuoyu_status status = WORKS[work].run(world);
        if (status != TUOYU_ERROR_CANCELLED)
            fail_msg("%s: %s where it is cancelled at asking %zu of %zu", WORKS[work].name,
                     tuoyu_status_name(status), i, all);
        if (!WORKS[work].is_silent)
            assert_told(world->diagnostics);
    }
    world->at = 0;
    assert_int_equal(WORKS[work].run(world), TUOYU_OK);
    assert_string_equal(world->shown, whole);
}

static void evaluations_are_cancelled_at_each_asking(void **state)
{
    (void)state;
    char *text = source_file(PACK);
    struct world world = {.at = 0};
    refuse(0, false);
    ask_from_here(0);
    assert_int_equal(tuoyu_diagnostics_new(NULL, &world.diagnostics), TUOYU_OK);
    assert_int_equal(load((const char *const[]){text}, 1, &world.policy, world.diagnostics), TUOYU_OK);
    for (size_t i = 0; i < sizeof WORKS / sizeof *WORKS; i++)
        try_each_asking(&world, i);
    tuoyu_policy_unref(world.policy);
    assert_int_equal(live_blocks, 0);
    tuoyu_diagnostics_free(world.diagnostics);
    free(text);
}

/* What a cancelled side would not have decided is cancelled all the same. */
static void no_answer_comes_of_what_was_cancelled(void **state)
{
    (void)state;
    static const char *const EXPRESSIONS[] = {
        "count(for i in 1..90000 return i) > 0 or true", "(count(for i in 1..90000 return i) > 0) = null",
        "[count(for i in 1..90000 return i), 1][2]", "some i in 1..90000 satisfies i > 89999",
        "if count(for i in 1..90000 return i + 1) = null then 1 else 2"};
    for (size_t i = 0; i < sizeof EXPRESSIONS / sizeof *EXPRESSIONS; i++) {
        tuoyu_expression *expression = NULL;
        tuoyu_value *value = NULL;
        const tuoyu_expression_options options = {.size = sizeof options, .allocator = &REFUSING};
        assert_int_equal(tuoyu_expression_parse(EXPRESSIONS[i], TUOYU_NUL_TERMINATED, NULL, NULL, 0, &options,
                                                &expression, NULL),
                         TUOYU_OK);
        const tuoyu_evaluation_options evaluation = {
            .size = sizeof evaluation, .interrupt = interrupt, .interrupt_context = &asked};
        for (size_t at = 0; at < 9; at++) {
            ask_from_here(at);
            tuoyu_status status = tuoyu_expression_evaluate(expression, NULL, 0, &evaluation, &value, NULL);
            assert_int_equal(status, at ? TUOYU_ERROR_CANCELLED : TUOYU_OK);
            assert_true(at == 0 || (!value && asked == at));
            assert_true(asked > 8 || at);
            tuoyu_value_unref(value);
        }
        tuoyu_expression_unref(expression);
    }
    assert_int_equal(live_blocks, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_load_is_cancelled_at_each_asking),
                                       cmocka_unit_test(evaluations_are_cancelled_at_each_asking),
                                       cmocka_unit_test(no_answer_comes_of_what_was_cancelled)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
