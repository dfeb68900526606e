/* SPDX-License-Identifier: Apache-2.0 */
/* Shares and instalments of random wholes, random rates and random histories against integers in fen. The
 * argument says how many cases. */
#include "policy_fixture.h"

#include <stdlib.h>
#include <string.h>

static long cases = 2000;

static const char SECTIONS[] = "facts: {g: {whole: {type: money, unit: CNY}, paid: {type: money, unit: CNY}, "
                               "first: {type: percent, scale: 1}, second: "
                               "{type: percent, scale: 1}, opened: {type: date}, closed: {type: boolean}, "
                               "city: {type: percent, scale: 1}}}\n"
                               "cost_sharing: {c: {title: C, unit: CNY, cite: s 1, of: g.whole, payers: "
                               "[{id: city, rate: g.city}], residual: county, "
                               "instalments: [{id: a, share: g.first, due: g.opened}, {id: b, due: 'g.opened "
                               "+ duration(\"P400D\")', forfeit_when: "
                               "g.closed}, {id: c, share: g.second, due: 'g.opened + duration(\"P200D\")', "
                               "forfeit_when: g.closed}], paid: g.paid}}\n";

struct random_case {
    int64_t whole, paid, first, second, city; /* fen, and per mille */
    int32_t opened;
    bool closed;
};

static uint64_t next_random(void)
{
    static uint64_t state = 88172645463325252U;
    state ^= state << 13;
    state ^= state >> 7;
    return state ^= state << 17;
}

static struct random_case random_case(void)
{
    struct random_case item = {.whole = (int64_t)(next_random() % (next_random() % 4 ? 200 : 100000000000)),
                               .first = (int64_t)(next_random() % 1001),
                               .city = (int64_t)(next_random() % 1001),
                               .opened = day("2025-01-01") - (int32_t)(next_random() % 500),
                               .closed = next_random() % 2};
    item.second = (int64_t)(next_random() % (uint64_t)(1001 - item.first));
    item.paid = (int64_t)(next_random() % (uint64_t)(item.whole + 1));
    return item;
}

static void give(tuoyu_case *facts, const char *name, int64_t integer, int32_t scale)
{
    tuoyu_decimal number;
    assert_int_equal(tuoyu_decimal_from_int64(integer, scale, &number), TUOYU_OK);
    assert_int_equal(tuoyu_case_set_decimal(facts, name, TUOYU_NUL_TERMINATED, &number, NULL), TUOYU_OK);
}

static void give_all(tuoyu_case *facts, const struct random_case *item)
{
    give(facts, "g.whole", item->whole, 2);
    give(facts, "g.paid", item->paid, 2);
    give(facts, "g.first", item->first, 1);
    give(facts, "g.second", item->second, 1);
    give(facts, "g.city", item->city, 1);
    assert_int_equal(tuoyu_case_set_date(facts, "g.opened", TUOYU_NUL_TERMINATED, item->opened, NULL),
                     TUOYU_OK);
    assert_int_equal(tuoyu_case_set_boolean(facts, "g.closed", TUOYU_NUL_TERMINATED, item->closed, NULL),
                     TUOYU_OK);
}

static int64_t fen(tuoyu_status status, const tuoyu_decimal *number)
{
    int64_t integer = INT64_MIN;
    assert_int_equal(status, TUOYU_OK);
    assert_int_equal(tuoyu_decimal_to_int64(number, 2, &integer), TUOYU_OK);
    return integer;
}

static int64_t half_up(int64_t whole, int64_t per_mille)
{
    return (whole * per_mille * 2 + 1000) / 2000;
}

static int64_t at_least_zero(int64_t number)
{
    return number > 0 ? number : 0;
}

static void check_split(const tuoyu_split *split, const struct random_case *item, int32_t today)
{
    tuoyu_decimal number;
    int64_t first = half_up(item->whole, item->first), third = half_up(item->whole, item->second);
    int64_t parts[] = {first, item->whole - first - third, third}, entitled = first, now = 0;
    const int32_t due[] = {item->opened, item->opened + 400, item->opened + 200};
    for (size_t i = 0; i < 3; i++) {
        bool is_forfeited = i > 0 && item->closed, is_due = due[i] <= today;
        assert_int_equal(fen(tuoyu_split_instalment_amount(split, i, &number), &number), parts[i]);
        assert_int_equal(tuoyu_split_instalment_state(split, i), is_forfeited ? TUOYU_INSTALMENT_FORFEITED
                                                                 : is_due     ? TUOYU_INSTALMENT_DUE
                                                                              : TUOYU_INSTALMENT_LATER);
        if (i > 0 && !is_forfeited)
            entitled += parts[i];
        if (!is_forfeited && is_due)
            now += parts[i];
    }
    int64_t city = fen(tuoyu_split_line_amount(split, 0, &number), &number);
    assert_int_equal(city, half_up(item->whole, item->city));
    assert_int_equal(fen(tuoyu_split_line_amount(split, 1, &number), &number), item->whole - city);
    assert_int_equal(fen(tuoyu_split_whole(split, &number), &number), item->whole);
    assert_int_equal(fen(tuoyu_split_entitled(split, &number), &number), entitled);
    assert_int_equal(fen(tuoyu_split_claw_back(split, &number), &number),
                     at_least_zero(item->paid - entitled));
    assert_int_equal(fen(tuoyu_split_payable(split, &number), &number), at_least_zero(now - item->paid));
}

static void random_splits_are_exact(void **state)
{
    (void)state;
    tuoyu_policy *policy = load_sections(SECTIONS);
    tuoyu_cost_sharing *rule = NULL;
    tuoyu_case *facts = NULL;
    int32_t today = day("2025-01-01");
    assert_int_equal(tuoyu_policy_cost_sharing(policy, "c", TUOYU_NUL_TERMINATED, &rule, NULL), TUOYU_OK);
    assert_int_equal(tuoyu_case_new(policy, &facts), TUOYU_OK);
    for (long i = 0; i < cases; i++) {
        struct random_case item = random_case();
        tuoyu_split *split = NULL;
        give_all(facts, &item);
        tuoyu_status status = tuoyu_cost_sharing_split(rule, facts, today, &split, NULL);
        /* Both rounded up may exceed the whole: then no instalment is made up, it is an error. */
        if (half_up(item.whole, item.first) + half_up(item.whole, item.second) > item.whole)
            assert_int_equal(status, TUOYU_ERROR_SHARES);
        else
            check_split(split, &item, today);
        tuoyu_split_free(split);
    }
    tuoyu_case_free(facts);
    tuoyu_cost_sharing_unref(rule);
    tuoyu_policy_unref(policy);
}

static void instalments_in_words(void **state)
{
    (void)state;
    tuoyu_status status;
    int32_t due;
    tuoyu_policy *policy = load_sections(SECTIONS);
    tuoyu_split *split =
        ask_split(policy, "c",
                  "g: {whole: 100, paid: 90, first: 40, second: 30, opened: 2024-12-01, closed: "
                  "true, city: 50}",
                  "2025-01-01", &status);
    const tuoyu_answer *answer = tuoyu_split_answer(split);
    assert_string_equal(tuoyu_split_instalment_id(split, 2), "c");
    assert_null(tuoyu_split_instalment_id(split, 3));
    assert_int_equal(tuoyu_split_instalment_due(split, 0, &due), TUOYU_OK);
    assert_int_equal(due, day("2024-12-01"));
    assert_text(answer, "zh", "a：40.00 元，2024年12月1日，应付");
    assert_text(answer, "en", "b: 30.00 CNY, 5 January 2026, forfeited");
    assert_text(answer, "zh", "应追回金额：50.00 元");
    assert_json(answer, "\"entitled\":\"40\",\"paid\":\"90\",\"claw_back\":\"50\",\"payable\":\"0\"");
    tuoyu_split_free(split);
    tuoyu_policy_unref(policy);
}

int main(int argument_count, char **arguments)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_splits_are_exact),
        cmocka_unit_test(instalments_in_words),
    };
    if (argument_count > 1)
        cases = strtol(arguments[1], NULL, 10);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
