/* SPDX-License-Identifier: Apache-2.0 */
/* Budgets that run out: random claims in random order against integers in fen and a sort by insertion; then
 * by hand what is not known, what is wrong, and what is said. */
#include "policy_fixture.h"

#include <stdio.h>
#include <string.h>

enum { MOST_CLAIMS = 12, BUDGETS = 2000 };

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

static const char HEAD[] = "facts: {fund: {year: {type: money, unit: CNY}, spent: {type: money, unit: CNY}}, "
                           "claim: {due: {type: money, unit: CNY}, "
                           "filed: {type: date, nullable: true}, rank: {type: integer}}}\n";

/* ---- Random budgets ---- */

enum { PAY_PART, STOP, SKIP };

struct shape {
    bool is_pro_rata, leftover_by_id, by_rank, rank_highest, by_date, pays_share;
    int when_short;
    int64_t step; /* fen */
};

struct entry {
    char id[4];
    int64_t claimed, rank, paid; /* claimed: from the budget */
    int32_t filed;               /* 0: none */
};

static struct shape random_shape(void)
{
    struct shape shape = {.is_pro_rata = below(2),
                          .by_rank = below(2),
                          .rank_highest = below(2),
                          .by_date = below(2),
                          .pays_share = below(2),
                          .step = below(3) ? 1 : 10};
    shape.leftover_by_id = shape.is_pro_rata && below(2);
    shape.when_short = shape.is_pro_rata ? PAY_PART : (int)below(3);
    return shape;
}

static tuoyu_policy *load_shape(const struct shape *shape)
{
    static const char *const SHORT[] = {"pay_part", "stop", "skip"};
    char text[2048], order[160] = "";
    if (shape->by_rank || shape->by_date)
        snprintf(order, sizeof order, ", order: [%s%s%s]",
                 shape->by_rank ? shape->rank_highest ? "{by: claim.rank, first: highest}" : "claim.rank"
                                : "",
                 shape->by_rank && shape->by_date ? ", " : "", shape->by_date ? "claim.filed" : "");
    snprintf(text, sizeof text,
             "%scost_sharing: {c: {title: C, unit: CNY, cite: s 1, of: claim.due, round: {to: %s, mode: "
             "down}, payers: "
             "[{id: city, rate: 0.5}], residual: county, budget: {of: fund.year, used: fund.spent, ties: %s, "
             "when_short: %s%s%s}}}\n",
             HEAD, shape->step == 1 ? "0.01" : "0.1",
             shape->leftover_by_id ? "pro_rata, leftover: id"
             : shape->is_pro_rata  ? "pro_rata"
                                   : "id",
             SHORT[shape->when_short], order, shape->pays_share ? ", payer: city" : "");
    return load_sections(text);
}

static int compare_keys(const struct shape *shape, const struct entry *left, const struct entry *right)
{
    if (shape->by_rank && left->rank != right->rank)
        return (left->rank < right->rank) != shape->rank_highest ? -1 : 1;
    if (!shape->by_date || left->filed == right->filed)
        return 0;
    if (!left->filed || !right->filed)
        return left->filed ? -1 : 1; /* none comes last */
    return left->filed < right->filed ? -1 : 1;
}

static void sort_by_insertion(const struct shape *shape, struct entry *entries, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        for (size_t k = i; k > 0; k--) {
            int order = compare_keys(shape, &entries[k - 1], &entries[k]);
            if (order < 0 || (order == 0 && strcmp(entries[k - 1].id, entries[k].id) < 0))
                break;
            struct entry moved = entries[k];
            entries[k] = entries[k - 1];
            entries[k - 1] = moved;
        }
    }
}

/* What rounding took from a claim, times the total. */
static int64_t remainder_of(const struct entry *entry, int64_t left, int64_t total, const struct shape *shape)
{
    return entry->claimed * left - entry->claimed * left / total / shape->step * shape->step * total;
}

/* Returns what is left. */
static int64_t pay_group(const struct shape *shape, struct entry *entries, size_t count, int64_t left)
{
    int64_t total = 0, before = left;
    for (size_t i = 0; i < count; i++)
        total += entries[i].claimed;
    for (size_t i = 0; i < count; i++) {
        entries[i].paid = entries[i].claimed * before / total / shape->step * shape->step;
        left -= entries[i].paid;
    }
    for (bool is_given[MOST_CLAIMS] = {false}; left >= shape->step;) {
        size_t best = SIZE_MAX;
        for (size_t i = 0; i < count; i++) {
            bool can_get = !is_given[i] && entries[i].claimed - entries[i].paid >= shape->step;
            if (can_get && (best == SIZE_MAX || (!shape->leftover_by_id &&
                                                 remainder_of(&entries[i], before, total, shape) >
                                                     remainder_of(&entries[best], before, total, shape))))
                best = i;
        }
        if (best == SIZE_MAX)
            break;
        is_given[best] = true;
        entries[best].paid += shape->step;
        left -= shape->step;
    }
    return left;
}

static int64_t pay_entries(const struct shape *shape, struct entry *entries, size_t count, int64_t left)
{
    bool has_stopped = false;
    for (size_t i = 0, end; i < count; i = end) {
        int64_t total = entries[i].claimed;
        end = i + 1;
        while (shape->is_pro_rata && end < count && compare_keys(shape, &entries[i], &entries[end]) == 0)
            total += entries[end++].claimed;
        for (size_t k = i; k < end; k++)
            entries[k].paid = 0;
        if (has_stopped)
            continue;
        if (total <= left) {
            for (size_t k = i; k < end; k++)
                entries[k].paid = entries[k].claimed;
            left -= total;
        } else if (end - i > 1) {
            left = pay_group(shape, &entries[i], end - i, left);
            has_stopped = true;
        } else if (shape->when_short == PAY_PART) {
            entries[i].paid = left / shape->step * shape->step;
            left -= entries[i].paid;
            has_stopped = true;
        } else if (shape->when_short == STOP) {
            has_stopped = true;
        }
    }
    return left;
}

static void give(tuoyu_case *facts, const char *name, int64_t integer, int32_t scale)
{
    tuoyu_decimal number;
    assert_int_equal(tuoyu_decimal_from_int64(integer, scale, &number), TUOYU_OK);
    assert_int_equal(tuoyu_case_set_decimal(facts, name, TUOYU_NUL_TERMINATED, &number, NULL), TUOYU_OK);
}

static int64_t fen_of(tuoyu_status status, const tuoyu_decimal *number)
{
    int64_t fen = INT64_MIN;
    assert_int_equal(status, TUOYU_OK);
    assert_int_equal(tuoyu_decimal_to_int64(number, 2, &fen), TUOYU_OK);
    return fen;
}

static void add_entry(tuoyu_budget *budget, tuoyu_case *facts, const struct shape *shape,
                      const struct entry *entry)
{
    tuoyu_case_clear(facts);
    give(facts, "claim.due", shape->pays_share ? entry->claimed * 2 : entry->claimed, 2);
    give(facts, "claim.rank", entry->rank, 0);
    if (entry->filed)
        tuoyu_case_set_date(facts, "claim.filed", TUOYU_NUL_TERMINATED, entry->filed, NULL);
    else
        tuoyu_case_set_none(facts, "claim.filed", TUOYU_NUL_TERMINATED, NULL);
    assert_int_equal(tuoyu_budget_add(budget, entry->id, TUOYU_NUL_TERMINATED, facts, NULL), TUOYU_OK);
}

static int32_t state_of(const struct entry *entry)
{
    return entry->paid == entry->claimed ? TUOYU_CLAIM_PAID
           : entry->paid                 ? TUOYU_CLAIM_IN_PART
                                         : TUOYU_CLAIM_UNPAID;
}

static void check_payout(const tuoyu_payout *payout, const struct entry *entries, size_t count,
                         int64_t there_was, int64_t left)
{
    tuoyu_decimal number;
    int64_t paid = 0, unpaid = 0;
    assert_int_equal(tuoyu_answer_outcome(tuoyu_payout_answer(payout)), TUOYU_DETERMINED);
    assert_int_equal(tuoyu_payout_claim_count(payout), count);
    for (size_t i = 0; i < count; i++) {
        assert_string_equal(tuoyu_payout_claim_id(payout, i), entries[i].id);
        assert_int_equal(fen_of(tuoyu_payout_claim_claimed(payout, i, &number), &number), entries[i].claimed);
        assert_int_equal(fen_of(tuoyu_payout_claim_paid(payout, i, &number), &number), entries[i].paid);
        assert_int_equal(tuoyu_payout_claim_state(payout, i), state_of(&entries[i]));
        paid += entries[i].paid;
        unpaid += entries[i].claimed - entries[i].paid;
    }
    assert_int_equal(paid + left, there_was);
    assert_int_equal(fen_of(tuoyu_payout_budget(payout, &number), &number), there_was);
    assert_int_equal(fen_of(tuoyu_payout_paid(payout, &number), &number), paid);
    assert_int_equal(fen_of(tuoyu_payout_left(payout, &number), &number), left);
    assert_int_equal(fen_of(tuoyu_payout_unpaid(payout, &number), &number), unpaid);
}

/* Small numbers, so that ties and budgets that just suffice are frequent; and now and then large ones. */
static size_t random_entries(const struct shape *shape, struct entry *entries)
{
    size_t count = (size_t)below(MOST_CLAIMS + 1);
    int64_t most = below(4) ? 30 : 10000000;
    for (size_t i = 0; i < count; i++) {
        entries[i] = (struct entry){.claimed = (1 + below(most)) * shape->step,
                                    .rank = below(3),
                                    .filed = below(5) ? day("2025-01-01") + (int32_t)below(3) : 0};
        snprintf(entries[i].id, sizeof entries[i].id, "%c%zu", below(2) ? 'a' : 'B', i);
    }
    return count;
}

static void random_budgets_agree_with_integers(void **state)
{
    (void)state;
    for (int i = 0; i < BUDGETS; i++) {
        struct shape shape = random_shape();
        struct entry entries[MOST_CLAIMS];
        size_t count = random_entries(&shape, entries);
        int64_t total = 0, spent = below(3) ? 0 : below(100) * shape.step;
        for (size_t k = 0; k < count; k++)
            total += entries[k].claimed;
        int64_t there_was =
            (total / shape.step ? below(total / shape.step + 2) : below(9)) * shape.step + below(shape.step);
        tuoyu_policy *policy = load_shape(&shape);
        tuoyu_cost_sharing *rule = NULL;
        tuoyu_budget *budget = NULL;
        tuoyu_payout *payout = NULL;
        tuoyu_case *facts = NULL;
        assert_int_equal(tuoyu_policy_cost_sharing(policy, "c", TUOYU_NUL_TERMINATED, &rule, NULL), TUOYU_OK);
        assert_int_equal(tuoyu_case_new(policy, &facts), TUOYU_OK);
        give(facts, "fund.year", there_was + spent, 2);
        give(facts, "fund.spent", spent, 2);
        assert_int_equal(tuoyu_cost_sharing_budget(rule, facts, day("2025-03-01"), &budget, NULL), TUOYU_OK);
        for (size_t k = 0; k < count; k++)
            add_entry(budget, facts, &shape, &entries[k]);
        sort_by_insertion(&shape, entries, count);
        int64_t left = pay_entries(&shape, entries, count, there_was);
        assert_int_equal(tuoyu_budget_pay(budget, &payout, NULL), TUOYU_OK);
        check_payout(payout, entries, count, there_was, left);
        tuoyu_payout_free(payout);
        tuoyu_case_free(facts);
        tuoyu_budget_free(budget);
        tuoyu_cost_sharing_unref(rule);
        tuoyu_policy_unref(policy);
    }
}

/* ---- By hand ---- */

static const char BY_HAND[] =
    "cost_sharing:\n"
    "  c: {title: {zh: 补助发放, en: payout}, unit: CNY, cite: s 1, of: claim.due, when: claim.rank < 9, "
    "payers: [{id: city, rate: 1}],\n"
    "    budget: {of: fund.year, order: [{by: claim.rank, first: highest}, claim.filed], when_short: "
    "pay_part, cite: s 7}}\n"
    "  none: {title: N, unit: CNY, cite: s 1, of: 1, payers: [{id: city, rate: 1}]}\n"
    "  parts: {title: P, unit: CNY, cite: s 1, of: claim.due, payers: [{id: city, rate: 1}], budget: {of: "
    "'100.009', when_short: stop},\n"
    "    instalments: [{id: first, share: 0.4}, {id: rest, after: claim.rank > 1}], paid: 10}\n"
    "  periods: {title: P, unit: CNY, cite: s 1, of: claim.due, payers: [{id: city, rate: 1}], budget: {of: "
    "100, when_short: stop,\n"
    "    order: ['duration(\"P1D\")']}}\n";

struct by_hand {
    tuoyu_policy *policy;
    tuoyu_cost_sharing *rule;
    tuoyu_budget *budget;
    tuoyu_diagnostics *diagnostics;
};

static struct by_hand open_budget(const char *rule, const char *facts)
{
    struct by_hand by_hand = {.policy = NULL};
    char text[4096];
    snprintf(text, sizeof text, "%s%s", HEAD, BY_HAND);
    by_hand.policy = load_sections(text);
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

static void the_rest_is_listed_with_its_reason(void **state)
{
    (void)state;
    struct by_hand by_hand = open_budget("c", "fund: {year: 1000}");
    assert_int_equal(add(&by_hand, "late", "claim: {due: 400, rank: 2, filed: 2025-02-01}"), TUOYU_OK);
    assert_int_equal(add(&by_hand, "low", "claim: {due: 300, rank: 1, filed: 2025-01-01}"), TUOYU_OK);
    assert_int_equal(add(&by_hand, "early", "claim: {due: 700, rank: 2, filed: 2025-01-31}"), TUOYU_OK);
    assert_int_equal(add(&by_hand, "nothing", "claim: {due: 0}"), TUOYU_OK);
    assert_int_equal(add(&by_hand, "outside", "claim: {rank: 9}"), TUOYU_OK);
    tuoyu_payout *payout = pay(&by_hand);
    const tuoyu_answer *answer = tuoyu_payout_answer(payout);
    assert_int_equal(tuoyu_answer_outcome(answer),
                     TUOYU_UNDETERMINED); /* of `nothing` it is not known whether the rule applies */
    assert_json(answer,
                "\"budget\":\"1000\",\"paid\":\"1000\",\"left\":\"0\",\"unpaid\":\"400\",\"claims\":[{\"id\":"
                "\"early\",\"claimed\":"
                "\"700\",\"paid\":\"700\",\"state\":\"paid\",\"final\":false},{\"id\":\"late\",\"claimed\":"
                "\"400\",\"paid\":\"300\",\"state\":"
                "\"in_part\",\"final\":false},{\"id\":\"low\",\"claimed\":\"300\",\"paid\":\"0\",\"state\":"
                "\"unpaid\",\"final\":false},{\"id\":\"nothing\",\"state\":\"open\",\"missing\":"
                "[\"claim.rank\"]},{\"id\":\"outside\",\"paid\":\"0\",\"state\":\"not_due\"}]");
    assert_json(answer, "\"kind\":\"payout\"");
    assert_json(answer, "\"text\":\"文件 7\"");
    assert_text(answer, "zh", "late：预算不足，部分发放 300.00 元（应发 400.00 元）");
    assert_text(answer, "zh", "low：预算不足，未发放，应发 300.00 元");
    assert_text(answer, "en", "early: 700.00 CNY");
    assert_text(answer, "en", "outside: nothing is due");
    assert_string_equal(tuoyu_payout_unit(payout), "CNY");
    tuoyu_text *tree = NULL;
    assert_int_equal(tuoyu_answer_explain_json(answer, &tree), TUOYU_OK);
    assert_non_null(
        strstr(tuoyu_text_bytes(tree), "\"outcome\":\"undetermined\",\"value\":\"1000\",\"unit\":\"CNY\""));
    assert_non_null(
        strstr(tuoyu_text_bytes(tree),
               "\"name\":\"budget\",\"label\":{\"zh\":\"可用预算\",\"en\":\"left of the budget\"}"));
    assert_non_null(strstr(tuoyu_text_bytes(tree), "\"citation\":\"文件 7\""));
    assert_non_null(strstr(tuoyu_text_bytes(tree), "\"name\":\"fund.year\",\"value\":\"1000\""));
    tuoyu_text_free(tree);
    tuoyu_payout_free(payout);
    close_budget(&by_hand);
}

static void what_is_not_known_takes_nothing_and_is_named(void **state)
{
    (void)state;
    tuoyu_decimal number;
    struct by_hand by_hand = open_budget("c", "fund: {year: 1000}");
    assert_int_equal(add(&by_hand, "no_place", "claim: {due: 400, rank: 2}"), TUOYU_OK);
    assert_int_equal(add(&by_hand, "no_amount", "claim: {rank: 3, filed: 2025-01-01}"), TUOYU_OK);
    assert_int_equal(add(&by_hand, "known", "claim: {due: 1000, rank: 1, filed: null}"), TUOYU_OK);
    tuoyu_payout *payout = pay(&by_hand);
    const tuoyu_answer *answer = tuoyu_payout_answer(payout);
    assert_int_equal(tuoyu_answer_outcome(answer), TUOYU_UNDETERMINED);
    assert_int_equal(tuoyu_answer_missing_count(answer), 2);
    assert_string_equal(tuoyu_payout_claim_id(payout, 0), "known");
    assert_int_equal(tuoyu_payout_claim_state(payout, 0), TUOYU_CLAIM_PAID);
    assert_string_equal(tuoyu_payout_claim_missing(payout, 1, 0), "claim.filed");
    assert_null(tuoyu_payout_claim_missing(payout, 1, 1));
    assert_string_equal(digits(tuoyu_payout_claim_claimed(payout, 1, &number), &number), "400");
    assert_int_equal(tuoyu_payout_claim_paid(payout, 1, &number), TUOYU_ERROR_NOT_FOUND);
    assert_string_equal(tuoyu_payout_claim_missing(payout, 2, 0), "claim.due");
    assert_text(answer, "zh", "no_place：暂不能确定，信息不全");
    tuoyu_payout_free(payout);
    close_budget(&by_hand);
}

static void a_budget_that_is_not_known_pays_nobody(void **state)
{
    (void)state;
    tuoyu_decimal number;
    struct by_hand by_hand = open_budget("c", "{}");
    assert_int_equal(add(&by_hand, "a", "claim: {due: 400, rank: 2, filed: 2025-01-01}"), TUOYU_OK);
    tuoyu_payout *payout = pay(&by_hand);
    const tuoyu_answer *answer = tuoyu_payout_answer(payout);
    assert_int_equal(tuoyu_answer_outcome(answer), TUOYU_UNDETERMINED);
    assert_string_equal(tuoyu_answer_missing_name(answer, 0), "fund.year");
    assert_int_equal(tuoyu_payout_claim_state(payout, 0), TUOYU_CLAIM_OPEN);
    assert_int_equal(tuoyu_payout_budget(payout, &number), TUOYU_ERROR_NOT_FOUND);
    assert_int_equal(tuoyu_payout_paid(payout, &number), TUOYU_ERROR_NOT_FOUND);
    tuoyu_payout_free(payout);
    close_budget(&by_hand);
}

static void a_wrong_claim_is_listed_beside_the_good_ones(void **state)
{
    (void)state;
    tuoyu_decimal number;
    struct by_hand by_hand = open_budget("c", "fund: {year: 1000}");
    assert_int_equal(add(&by_hand, "below", "claim: {due: -1, rank: 1, filed: 2025-01-01}"),
                     TUOYU_ERROR_SHARES);
    assert_int_equal(add(&by_hand, "good", "claim: {due: 1, rank: 1, filed: 2025-01-01}"), TUOYU_OK);
    assert_int_equal(add(&by_hand, "", "claim: {due: 2}"), TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(add(&by_hand, "\xff", "claim: {due: 2}"), TUOYU_ERROR_ENCODING);
    assert_int_equal(add(&by_hand, "𠮷", "claim: {due: 3, rank: 1, filed: 2025-01-01}"), TUOYU_OK);
    tuoyu_payout *payout = pay(&by_hand);
    assert_int_equal(tuoyu_payout_claim_count(payout), 3);
    assert_string_equal(tuoyu_payout_claim_id(payout, 1), "𠮷");
    assert_string_equal(digits(tuoyu_payout_claim_paid(payout, 0, &number), &number), "1");
    assert_int_equal(tuoyu_payout_claim_state(payout, 2), TUOYU_CLAIM_ERROR);
    assert_int_equal(tuoyu_payout_claim_code(payout, 2), TUOYU_ERROR_SHARES);
    assert_int_equal(tuoyu_payout_claim_code(payout, 0), TUOYU_OK);
    assert_int_equal(tuoyu_answer_outcome(tuoyu_payout_answer(payout)), TUOYU_UNDETERMINED);
    assert_json(tuoyu_payout_answer(payout),
                "{\"id\":\"below\",\"state\":\"error\",\"code\":\"TUOYU_ERROR_SHARES\"}");
    assert_text(tuoyu_payout_answer(payout), "zh", "未定：1 项；其结果可能改变另外 2 项的发放");
    tuoyu_payout_free(payout);
    close_budget(&by_hand);
}

/* What is payable of the instalments is claimed; a part of a fen is no money that could be paid. */
static void instalments_are_paid_as_they_are_payable(void **state)
{
    (void)state;
    tuoyu_decimal number;
    struct by_hand by_hand = open_budget("parts", "{}");
    assert_int_equal(add(&by_hand, "a", "claim: {due: 100, rank: 1}"), TUOYU_OK);
    assert_int_equal(add(&by_hand, "b", "claim: {due: 80, rank: 2}"), TUOYU_OK);
    tuoyu_payout *payout = pay(&by_hand);
    assert_string_equal(digits(tuoyu_payout_budget(payout, &number), &number), "100");
    assert_string_equal(digits(tuoyu_payout_claim_claimed(payout, 0, &number), &number), "30");
    assert_string_equal(digits(tuoyu_payout_claim_claimed(payout, 1, &number), &number), "70");
    assert_string_equal(digits(tuoyu_payout_left(payout, &number), &number), "0");
    tuoyu_payout_free(payout);
    close_budget(&by_hand);
}

static void more_claims_may_come_after_a_payout(void **state)
{
    (void)state;
    tuoyu_decimal number;
    tuoyu_text *first = NULL, *second = NULL;
    struct by_hand by_hand = open_budget("c", "fund: {year: 10}");
    assert_int_equal(add(&by_hand, "b", "claim: {due: 8, rank: 1, filed: 2025-01-02}"), TUOYU_OK);
    tuoyu_payout *before = pay(&by_hand);
    assert_int_equal(add(&by_hand, "a", "claim: {due: 8, rank: 1, filed: 2025-01-01}"), TUOYU_OK);
    tuoyu_payout *after = pay(&by_hand), *again = pay(&by_hand);
    assert_string_equal(digits(tuoyu_payout_claim_paid(before, 0, &number), &number), "8");
    assert_string_equal(digits(tuoyu_payout_claim_paid(after, 0, &number), &number), "8");
    assert_string_equal(digits(tuoyu_payout_claim_paid(after, 1, &number), &number), "2");
    assert_int_equal(tuoyu_answer_to_receipt(tuoyu_payout_answer(after), &first), TUOYU_OK);
    assert_int_equal(tuoyu_answer_to_receipt(tuoyu_payout_answer(again), &second), TUOYU_OK);
    assert_string_equal(tuoyu_text_bytes(first), tuoyu_text_bytes(second));
    assert_non_null(strstr(tuoyu_text_bytes(first),
                           "\"inputs\":{\"fund.year\":\"10\"},\"claims\":{\"count\":2,\"sha256\":\""));
    tuoyu_text_free(first);
    tuoyu_text_free(second);
    tuoyu_payout_free(before);
    tuoyu_payout_free(after);
    tuoyu_payout_free(again);
    close_budget(&by_hand);
}

static void what_cannot_be_opened_says_why(void **state)
{
    (void)state;
    tuoyu_cost_sharing *none = NULL;
    tuoyu_budget *budget = NULL;
    tuoyu_payout *payout = NULL;
    tuoyu_decimal number;
    struct by_hand by_hand = open_budget("c", "fund: {year: 10}");
    assert_int_equal(tuoyu_policy_cost_sharing(by_hand.policy, "none", TUOYU_NUL_TERMINATED, &none, NULL),
                     TUOYU_OK);
    assert_int_equal(tuoyu_cost_sharing_budget(none, NULL, day("2025-03-01"), &budget, NULL),
                     TUOYU_ERROR_NOT_FOUND);
    assert_int_equal(tuoyu_cost_sharing_budget(by_hand.rule, NULL, day("2026-03-01"), &budget, NULL),
                     TUOYU_ERROR_NOT_IN_FORCE);
    assert_int_equal(tuoyu_cost_sharing_budget(by_hand.rule, NULL, INT32_MAX, &budget, NULL),
                     TUOYU_ERROR_DATE);
    assert_int_equal(tuoyu_cost_sharing_budget(NULL, NULL, 0, &budget, NULL), TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(tuoyu_cost_sharing_budget(by_hand.rule, NULL, 0, NULL, NULL),
                     TUOYU_ERROR_INVALID_ARGUMENT);
    assert_null(budget);
    assert_int_equal(tuoyu_budget_add(by_hand.budget, "a", 1, NULL, NULL), TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(tuoyu_budget_add(NULL, "a", 1, NULL, NULL), TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(tuoyu_budget_pay(NULL, &payout, NULL), TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(tuoyu_budget_pay(by_hand.budget, NULL, NULL), TUOYU_ERROR_INVALID_ARGUMENT);
    tuoyu_budget_free(NULL);
    tuoyu_payout_free(NULL);
    payout = pay(&by_hand); /* nobody claims anything */
    assert_int_equal(tuoyu_answer_outcome(tuoyu_payout_answer(payout)), TUOYU_DETERMINED);
    assert_string_equal(digits(tuoyu_payout_left(payout, &number), &number), "10");
    assert_int_equal(tuoyu_payout_claim_count(payout), 0);
    assert_null(tuoyu_payout_claim_id(payout, 0));
    assert_int_equal(tuoyu_payout_claim_paid(payout, 0, &number), TUOYU_ERROR_INVALID_ARGUMENT);
    tuoyu_payout_free(payout);
    tuoyu_cost_sharing_unref(none);
    close_budget(&by_hand);
}

static void claims_cannot_be_put_in_order_by_anything(void **state)
{
    (void)state;
    tuoyu_diagnostic finding;
    struct by_hand by_hand = open_budget("periods", "{}");
    assert_int_equal(add(&by_hand, "a", "claim: {due: 1}"), TUOYU_ERROR_EVALUATION);
    assert_int_equal(tuoyu_diagnostics_get(by_hand.diagnostics, 0, &finding), TUOYU_OK);
    assert_non_null(strstr(finding.message, "cannot be put in order by a days and time duration"));
    close_budget(&by_hand);
}

/* Long lists end in the text; the JSON has all. */
static void thousands_of_claims(void **state)
{
    (void)state;
    struct by_hand by_hand = open_budget("c", "fund: {year: 5000}");
    for (int i = 0; i < 3000; i++) {
        char id[16], facts[100];
        snprintf(id, sizeof id, "n%04d", (i * 7919) % 3000);
        snprintf(facts, sizeof facts, "claim: {due: 2, rank: %d, filed: 2025-01-01}", i % 8);
        assert_int_equal(add(&by_hand, id, facts), TUOYU_OK);
    }
    tuoyu_payout *payout = pay(&by_hand);
    tuoyu_decimal number;
    size_t paid = 0;
    for (size_t i = 0; i < 3000; i++)
        paid += tuoyu_payout_claim_state(payout, i) == TUOYU_CLAIM_PAID;
    assert_int_equal(paid, 2500);
    assert_string_equal(digits(tuoyu_payout_unpaid(payout, &number), &number), "1000");
    assert_text(tuoyu_payout_answer(payout), "zh", "另有 2800 项");
    assert_json(tuoyu_payout_answer(payout), "\"state\":\"unpaid\"}]");
    tuoyu_payout_free(payout);
    close_budget(&by_hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_budgets_agree_with_integers),
        cmocka_unit_test(the_rest_is_listed_with_its_reason),
        cmocka_unit_test(what_is_not_known_takes_nothing_and_is_named),
        cmocka_unit_test(a_budget_that_is_not_known_pays_nobody),
        cmocka_unit_test(a_wrong_claim_is_listed_beside_the_good_ones),
        cmocka_unit_test(instalments_are_paid_as_they_are_payable),
        cmocka_unit_test(more_claims_may_come_after_a_payout),
        cmocka_unit_test(what_cannot_be_opened_says_why),
        cmocka_unit_test(claims_cannot_be_put_in_order_by_anything),
        cmocka_unit_test(thousands_of_claims),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
