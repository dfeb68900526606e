/* SPDX-License-Identifier: Apache-2.0 */
/* Budgets that money or records are wrong with: what is below zero or too large, and several records of one
 * id, which are one claim or none in whatever order they come. */
#include "policy_fixture.h"

#include <stdio.h>
#include <string.h>

static uint64_t next_random(void)
{
    static uint64_t state = 362436069U;
    state ^= state << 13;
    state ^= state >> 7;
    return state ^= state << 17;
}

static int64_t below(int64_t limit)
{
    return (int64_t)(next_random() % (uint64_t)limit);
}

static const char PACK[] = "tests/rules/packs/hostile_budget.yaml";

struct by_hand {
    tuoyu_policy *policy;
    tuoyu_cost_sharing *rule;
    tuoyu_budget *budget;
    tuoyu_diagnostics *diagnostics;
};

static struct by_hand open_budget(const char *rule, const char *facts)
{
    struct by_hand by_hand = {.policy = NULL};
    by_hand.policy = load_file(PACK);
    tuoyu_case *given = make_case(by_hand.policy, facts);
    assert_int_equal(tuoyu_diagnostics_new(NULL, &by_hand.diagnostics), TUOYU_OK);
    assert_int_equal(
        tuoyu_policy_cost_sharing(by_hand.policy, rule, TUOYU_NUL_TERMINATED, &by_hand.rule, NULL), TUOYU_OK);
    assert_int_equal(tuoyu_cost_sharing_budget(by_hand.rule, given, day("2025-03-01"), &by_hand.budget,
                                               by_hand.diagnostics),
                     TUOYU_OK);
    tuoyu_case_free(given); /* what it gave was copied */
    return by_hand;
}

static void close_budget(struct by_hand *by_hand)
{
    tuoyu_budget_free(by_hand->budget);
    tuoyu_diagnostics_free(by_hand->diagnostics);
    tuoyu_cost_sharing_unref(by_hand->rule);
    tuoyu_policy_unref(by_hand->policy);
}

static tuoyu_status add(struct by_hand *by_hand, const char *id, const char *facts)
{
    tuoyu_case *claim = make_case(by_hand->policy, facts);
    tuoyu_status status =
        tuoyu_budget_add(by_hand->budget, id, TUOYU_NUL_TERMINATED, claim, by_hand->diagnostics);
    tuoyu_case_free(claim);
    return status;
}

static tuoyu_payout *pay(struct by_hand *by_hand)
{
    tuoyu_payout *payout = NULL;
    assert_int_equal(tuoyu_budget_pay(by_hand->budget, &payout, by_hand->diagnostics), TUOYU_OK);
    return payout;
}

/* ---- Below zero ---- */

static tuoyu_status open_with(const struct by_hand *by_hand, const char *rule, const char *facts,
                              tuoyu_budget **budget)
{
    tuoyu_cost_sharing *cost_sharing = NULL;
    tuoyu_case *given = make_case(by_hand->policy, facts);
    tuoyu_diagnostics_clear(by_hand->diagnostics);
    assert_int_equal(
        tuoyu_policy_cost_sharing(by_hand->policy, rule, TUOYU_NUL_TERMINATED, &cost_sharing, NULL),
        TUOYU_OK);
    tuoyu_status status =
        tuoyu_cost_sharing_budget(cost_sharing, given, day("2025-03-01"), budget, by_hand->diagnostics);
    tuoyu_case_free(given);
    tuoyu_cost_sharing_unref(cost_sharing);
    return status;
}

static void a_budget_below_zero_pays_nobody_and_says_so(void **state)
{
    (void)state;
    tuoyu_decimal number;
    tuoyu_text *tree = NULL;
    struct by_hand by_hand = open_budget("c", "fund: {year: -200}");
    assert_int_equal(add(&by_hand, "a", "claim: {due: 500, rank: 1, filed: 2025-01-01}"), TUOYU_OK);
    assert_int_equal(add(&by_hand, "open", "claim: {rank: 1}"), TUOYU_OK);
    tuoyu_payout *payout = pay(&by_hand);
    const tuoyu_answer *answer = tuoyu_payout_answer(payout);
    assert_string_equal(digits(tuoyu_payout_budget(payout, &number), &number), "0");
    assert_string_equal(digits(tuoyu_payout_overspent(payout, &number), &number), "200");
    assert_string_equal(digits(tuoyu_payout_paid(payout, &number), &number), "0");
    assert_string_equal(digits(tuoyu_payout_left(payout, &number), &number), "0");
    assert_string_equal(digits(tuoyu_payout_unpaid(payout, &number), &number), "500");
    assert_int_equal(tuoyu_payout_claim_state(payout, 0), TUOYU_CLAIM_UNPAID);
    /* Whatever `open` turns out to be, there is nothing to pay from. */
    assert_true(tuoyu_payout_claim_is_final(payout, 0));
    assert_false(tuoyu_payout_claim_is_final(payout, 1));
    assert_json(answer, "\"budget\":\"0\",\"overspent\":\"200\",\"paid\":\"0\"");
    assert_text(answer, "zh", "预算已超支：200.00 元");
    assert_text(answer, "en", "The budget is overspent by: 200.00 CNY");
    assert_text(answer, "en", "Not decided: 1 claims; nothing else hangs on them");
    assert_int_equal(tuoyu_answer_explain_json(answer, &tree), TUOYU_OK);
    assert_non_null(strstr(tuoyu_text_bytes(tree), "\"name\":\"fund.year\",\"value\":\"-200\""));
    tuoyu_text_free(tree);
    tuoyu_payout_free(payout);
    close_budget(&by_hand);
}

static struct by_hand load_pack(void)
{
    struct by_hand by_hand = {.policy = load_file(PACK)};
    assert_int_equal(tuoyu_diagnostics_new(NULL, &by_hand.diagnostics), TUOYU_OK);
    return by_hand;
}

/* What each rule leaves to claims of 300 and 500, whatever way it ends. */
static void what_is_left_is_never_below_zero(void **state)
{
    (void)state;
    static const struct {
        const char *rule, *facts, *budget, *overspent, *first, *second, *left;
    } CASES[] = {
        {"part", "fund: {year: 100, spent: 300}", "0", "200", "0", "0", "0"},
        {"stop", "fund: {year: 0, spent: 0.01}", "0", "0.01", "0", "0", "0"},
        {"skip", "fund: {year: -5, spent: 0}", "0", "5", "0", "0", "0"},
        {"even", "fund: {year: -5, spent: 7}", "0", "12", "0", "0", "0"},
        {"even", "fund: {year: 7, spent: 7}", "0", "0", "0", "0", "0"},
        {"part", "fund: {year: 0.01, spent: 0}", "0.01", "0", "0.01", "0", "0"},
        {"skip", "fund: {year: 299.99, spent: 0}", "299.99", "0", "0", "0", "299.99"},
        /* A third of a yuan was used: what is left is rounded down to the fen, and what each gets of
         * it by the largest remainder: 37.3725 and 62.2875. */
        {"mill", "fund: {year: 100, spent: 1}", "99.66", "0", "37.37", "62.29", "0"},
    };
    struct by_hand by_hand = load_pack();
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        tuoyu_decimal number;
        assert_int_equal(open_with(&by_hand, CASES[i].rule, CASES[i].facts, &by_hand.budget), TUOYU_OK);
        assert_int_equal(add(&by_hand, "a", "claim: {due: 300}"), TUOYU_OK);
        assert_int_equal(add(&by_hand, "b", "claim: {due: 500}"), TUOYU_OK);
        tuoyu_payout *payout = pay(&by_hand);
        assert_string_equal(digits(tuoyu_payout_budget(payout, &number), &number), CASES[i].budget);
        assert_string_equal(digits(tuoyu_payout_overspent(payout, &number), &number), CASES[i].overspent);
        assert_string_equal(digits(tuoyu_payout_claim_paid(payout, 0, &number), &number), CASES[i].first);
        assert_string_equal(digits(tuoyu_payout_claim_paid(payout, 1, &number), &number), CASES[i].second);
        assert_string_equal(digits(tuoyu_payout_left(payout, &number), &number), CASES[i].left);
        assert_int_equal(tuoyu_answer_outcome(tuoyu_payout_answer(payout)), TUOYU_DETERMINED);
        tuoyu_payout_free(payout);
        tuoyu_budget_free(by_hand.budget);
        by_hand.budget = NULL;
    }
    close_budget(&by_hand);
}

static void a_budget_that_is_no_amount_is_not_opened(void **state)
{
    (void)state;
    static const struct {
        const char *rule, *facts;
        tuoyu_status status;
        const char *says;
    } CASES[] = {
        {"part", "fund: {year: 1000, spent: -0.01}", TUOYU_ERROR_SHARES,
         "the amount used of `budget` is below zero: -0.01"},
        {"even", "fund: {year: -1000, spent: -2000}", TUOYU_ERROR_SHARES,
         "the amount used of `budget` is below zero: -2000"},
        {"mill", "fund: {year: 1, spent: -1}", TUOYU_ERROR_SHARES,
         "the amount used of `budget` is below zero: -0.333"},
        {"stop", "fund: {year: 1000000000000000, spent: 0}", TUOYU_ERROR_SHARES, "the budget is too large"},
        {"stop", "fund: {year: 1000000000000000000000000000000000, spent: 0}", TUOYU_ERROR_SHARES,
         "the budget is too large"},
        {"none", "fund: {gone: null}", TUOYU_ERROR_EVALUATION, "is null"},
    };
    struct by_hand by_hand = load_pack();
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        tuoyu_diagnostic finding;
        assert_int_equal(open_with(&by_hand, CASES[i].rule, CASES[i].facts, &by_hand.budget),
                         CASES[i].status);
        assert_null(by_hand.budget);
        assert_int_equal(tuoyu_diagnostics_get(by_hand.diagnostics, 0, &finding), TUOYU_OK);
        assert_non_null(strstr(finding.message, CASES[i].says));
    }
    assert_int_equal(
        open_with(&by_hand, "stop", "fund: {year: 999999999999999.99, spent: 0}", &by_hand.budget), TUOYU_OK);
    assert_int_equal(add(&by_hand, "fits", "claim: {due: 999999999999999.99}"), TUOYU_OK);
    assert_int_equal(add(&by_hand, "huge", "claim: {due: 1000000000000000}"), TUOYU_ERROR_SHARES);
    assert_int_equal(add(&by_hand, "most", "claim: {due: 1000000000000000000000000000000000}"),
                     TUOYU_ERROR_SHARES);
    tuoyu_payout *payout = pay(&by_hand);
    tuoyu_decimal number;
    assert_string_equal(digits(tuoyu_payout_paid(payout, &number), &number), "999999999999999.99");
    tuoyu_payout_free(payout);
    close_budget(&by_hand);
}

/* ---- Several records of one id ---- */

struct record {
    const char *id, *facts; /* facts NULL: it could not be read */
};

static const struct record RECORDS[] = {
    {"same", "claim: {due: 100, rank: 2, filed: 2025-01-01}"},
    {"same", "claim: {due: 100.00, rank: 2, filed: 2025-01-01}"},
    {"same", "claim: {filed: 2025-01-01, rank: 2, due: 100}"},
    {"amount", "claim: {due: 10, rank: 3, filed: 2025-01-01}"},
    {"amount", "claim: {due: 11, rank: 3, filed: 2025-01-01}"},
    {"amount", "claim: {due: 10, rank: 3, filed: 2025-01-01}"},
    {"place", "claim: {due: 20, rank: 3, filed: 2025-01-01}"},
    {"place", "claim: {due: 20, rank: 3, filed: null}"},
    {"less", "claim: {due: 30, rank: 3, filed: 2025-01-01}"},
    {"less", "claim: {due: 30, rank: 3}"},
    {"torn", "claim: {due: 40, rank: 3, filed: 2025-01-01}"},
    {"torn", NULL},
    {"wrong", "claim: {due: -1, rank: 3, filed: 2025-01-01}"},
    {"wrong", "claim: {due: 1, rank: 3, filed: 2025-01-01}"},
    {"open", "claim: {due: 50, rank: 1}"},
    {"open", "claim: {due: 50, rank: 1}"},
    {"once", "claim: {due: 70, rank: 1, filed: 2025-01-01}"},
    {"", NULL},
};
enum { RECORDS_OF_ALL = sizeof RECORDS / sizeof *RECORDS };

/* The white space around an id is no part of it, of a record that cannot be read either. */
static void add_record(struct by_hand *by_hand, const struct record *record)
{
    static const char *const AROUND[] = {"", " ", "\t", "\u3000", "\u00a0", "\ufeff"};
    char id[40];
    snprintf(id, sizeof id, "%s%s%s", AROUND[below(6)], record->id, AROUND[below(6)]);
    tuoyu_status status = record->facts
                              ? add(by_hand, id, record->facts)
                              : tuoyu_budget_add_unreadable(by_hand->budget, id, TUOYU_NUL_TERMINATED,
                                                            TUOYU_ERROR_FACT_TYPE, by_hand->diagnostics);
    assert_true(status == TUOYU_OK || status == TUOYU_ERROR_DUPLICATE || status == TUOYU_ERROR_SHARES);
}

static void check_records(const tuoyu_payout *payout)
{
    static const struct {
        const char *id, *paid;
        tuoyu_status code;
        size_t duplicates;
    } EXPECTED[] = {{"same", "100", TUOYU_OK, 2},
                    {"amount", "none", TUOYU_ERROR_DUPLICATE, 2},
                    {"place", "none", TUOYU_ERROR_DUPLICATE, 1},
                    {"less", "none", TUOYU_ERROR_DUPLICATE, 1},
                    {"torn", "none", TUOYU_ERROR_DUPLICATE, 1},
                    {"wrong", "none", TUOYU_ERROR_DUPLICATE, 1},
                    {"open", "none", TUOYU_OK, 1},
                    {"once", "70", TUOYU_OK, 0},
                    {"", "none", TUOYU_ERROR_FACT_TYPE, 0}};
    tuoyu_decimal number;
    assert_int_equal(tuoyu_payout_claim_count(payout), sizeof EXPECTED / sizeof *EXPECTED);
    for (size_t i = 0; i < tuoyu_payout_claim_count(payout); i++) {
        size_t at = 0;
        while (strcmp(EXPECTED[at].id, tuoyu_payout_claim_id(payout, i)) != 0)
            at++;
        assert_string_equal(digits(tuoyu_payout_claim_paid(payout, i, &number), &number), EXPECTED[at].paid);
        assert_int_equal(tuoyu_payout_claim_code(payout, i), EXPECTED[at].code);
        assert_int_equal(tuoyu_payout_claim_duplicates(payout, i), EXPECTED[at].duplicates);
    }
    assert_string_equal(tuoyu_payout_claim_id(payout, 0), "same");
    assert_string_equal(tuoyu_payout_claim_id(payout, 1), "once");
    assert_string_equal(digits(tuoyu_payout_paid(payout, &number), &number), "170");
    /* Of `open`; not of `less`, which is in error. */
    assert_int_equal(tuoyu_answer_missing_count(tuoyu_payout_answer(payout)), 1);
}

static void records_of_one_id_are_one_claim_or_none_in_any_order(void **state)
{
    (void)state;
    size_t order[RECORDS_OF_ALL];
    for (size_t i = 0; i < RECORDS_OF_ALL; i++)
        order[i] = i;
    for (int turn = 0; turn < 60; turn++) {
        struct by_hand by_hand = open_budget("c", "fund: {year: 1000}");
        for (size_t i = 0; i < RECORDS_OF_ALL; i++)
            add_record(&by_hand, &RECORDS[order[i]]);
        tuoyu_payout *payout = pay(&by_hand);
        check_records(payout);
        if (turn == 0) {
            const tuoyu_answer *answer = tuoyu_payout_answer(payout);
            assert_json(answer, "{\"id\":\"amount\",\"state\":\"error\",\"duplicates\":2,\"code\":\"TUOYU_"
                                "ERROR_DUPLICATE\"}");
            assert_text(answer, "zh", "same：100.00 元（同一编号共 3 条相同的记录，只算一次）");
            assert_text(answer, "zh", "torn：有错误，未计入（同一编号共 2 条记录，内容不一）");
            assert_text(answer, "en", "amount: in error, left out (3 records that differ have this id)");
            assert_text(answer, "en", "[without an id]: in error, left out");
        }
        tuoyu_payout_free(payout);
        close_budget(&by_hand);
        for (size_t i = RECORDS_OF_ALL; i > 1; i--) {
            size_t other = (size_t)below((int64_t)i), moved = order[other];
            order[other] = order[i - 1];
            order[i - 1] = moved;
        }
    }
}

static void what_is_wrong_with_a_second_record_is_said(void **state)
{
    (void)state;
    tuoyu_diagnostic finding;
    struct by_hand by_hand = open_budget("c", "fund: {year: 1000}");
    assert_int_equal(add(&by_hand, "a", "claim: {due: 1, rank: 1}"), TUOYU_OK);
    assert_int_equal(add(&by_hand, "a", "claim: {due: 1, rank: 1}"), TUOYU_ERROR_DUPLICATE);
    assert_int_equal(tuoyu_diagnostics_get(by_hand.diagnostics, 0, &finding), TUOYU_OK);
    assert_non_null(strstr(finding.message, "there is a claim `a` already, with the same facts"));
    tuoyu_diagnostics_clear(by_hand.diagnostics);
    assert_int_equal(add(&by_hand, "a", "claim: {due: 2, rank: 1}"), TUOYU_ERROR_DUPLICATE);
    assert_int_equal(tuoyu_diagnostics_get(by_hand.diagnostics, 0, &finding), TUOYU_OK);
    assert_non_null(
        strstr(finding.message, "there is a claim `a` already, with other facts: neither is paid"));
    assert_int_equal(tuoyu_budget_add_unreadable(NULL, "b", 1, TUOYU_ERROR_SYNTAX, NULL),
                     TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(tuoyu_budget_add_unreadable(by_hand.budget, "b", 1, TUOYU_OK, NULL),
                     TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(tuoyu_budget_add_unreadable(by_hand.budget, "\xff", 1, TUOYU_ERROR_SYNTAX, NULL),
                     TUOYU_ERROR_ENCODING);
    assert_int_equal(tuoyu_budget_add_unreadable(by_hand.budget, "b\0", 2, TUOYU_ERROR_SYNTAX, NULL),
                     TUOYU_ERROR_ENCODING);
    assert_int_equal(tuoyu_budget_add_unreadable(by_hand.budget, NULL, 0, TUOYU_ERROR_SYNTAX, NULL),
                     TUOYU_OK);
    assert_int_equal(tuoyu_budget_add_unreadable(by_hand.budget, "", 0, TUOYU_ERROR_SYNTAX, NULL), TUOYU_OK);
    tuoyu_payout *payout = pay(&by_hand);
    assert_int_equal(tuoyu_payout_claim_count(payout), 3);
    assert_int_equal(tuoyu_payout_claim_duplicates(payout, 0), 2);
    assert_int_equal(tuoyu_payout_claim_duplicates(payout, 3), 0);
    assert_false(tuoyu_payout_claim_is_final(payout, 3));
    assert_int_equal(tuoyu_payout_overspent(NULL, NULL), TUOYU_ERROR_INVALID_ARGUMENT);
    tuoyu_payout_free(payout);
    close_budget(&by_hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_budget_below_zero_pays_nobody_and_says_so),
        cmocka_unit_test(what_is_left_is_never_below_zero),
        cmocka_unit_test(a_budget_that_is_no_amount_is_not_opened),
        cmocka_unit_test(records_of_one_id_are_one_claim_or_none_in_any_order),
        cmocka_unit_test(what_is_wrong_with_a_second_record_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
