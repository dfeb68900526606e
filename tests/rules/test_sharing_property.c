/* SPDX-License-Identifier: Apache-2.0 */
/* Whatever the rule and whatever the case: the lines sum to the whole, so do the instalments, so do the
 * subsidies that are paid, each to the fen; or it is an error that says so. Rules and cases are random. The
 * argument says how many cases. */
#include "policy_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { RULES_OF_A_PACK = 50, CASES_OF_A_RULE = 100, MOST_TEXT = 1 << 17 };

static long cases = 10000;

/* What was met; a run in which some of it is missing proves too little. */
static struct {
    long determined, refused, bound, excluded, cut, in_parts, clawed_back, with_remainder;
} met;
static struct {
    long determined, refused, undetermined;
} met_hostile;
static bool is_hostile; /* facts may be missing */

static uint64_t next_random(void)
{
    static uint64_t state = 1181783497276652981U;
    state ^= state << 13;
    state ^= state >> 7;
    return state ^= state << 17;
}

static int below(int limit)
{
    return (int)(next_random() % (uint64_t)limit);
}

#define ONE_OF(...)         \
    ((const char *const[]){ \
        __VA_ARGS__})[below((int)(sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *)))]

/* ---- Random rules ---- */

struct writing {
    char text[MOST_TEXT];
    size_t used;
};

static void add(struct writing *writing, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void add(struct writing *writing, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int length =
        vsnprintf(writing->text + writing->used, sizeof writing->text - writing->used, format, arguments);
    va_end(arguments);
    assert_true(length >= 0 && (size_t)length < sizeof writing->text - writing->used);
    writing->used += (size_t)length;
}

static const char *random_money(void)
{
    return ONE_OF("g.a", "g.b", "g.a / 3", "g.b * g.rate", "100", "0.01", "g.a * 2 / 7", "0");
}

static const char *random_rate(void)
{
    return ONE_OF("g.rate", "1 / 3", "2 / 3", "0.4", "0.6", "1", "0", "0.12345", "1 - g.rate");
}

static void add_whole(struct writing *writing)
{
    if (below(3)) {
        add(writing, "of: %s", ONE_OF("g.whole", "g.whole * g.rate", "g.whole / 7", "g.whole + g.a / 3"));
        if (below(2))
            add(writing,
                ", bounds: [{id: cap, at_most: %s}, {id: year, at_most: g.b * 3, used: g.a, when: g.flag}, "
                "{id: floor, at_least: %s}]",
                ONE_OF("g.b", "g.b / 3", "1000"), ONE_OF("0", "g.a / 9", "10"));
        return;
    }
    add(writing,
        "subsidies: [{id: s1, amount: %s}, {id: s2, amount: %s, when: g.flag}, {id: s3, amount: %s}], "
        "combinations: [",
        random_money(), random_money(), random_money());
    add(writing, "{id: k1, only_one: [%s], keep: %s}, ", ONE_OF("s1, s2", "s3, s1", "s1, s2, s3"),
        ONE_OF("highest", "first"));
    add(writing, "{id: k2, at_most: %s, used: %s, when: %s}]", ONE_OF("g.b", "g.b / 3", "200"),
        ONE_OF("0", "g.a / 2"), ONE_OF("true", "g.flag", "not(g.flag)"));
}

/* Most rules keep within what remains; the others must be refused where they do not. */
static void add_payers(struct writing *writing)
{
    int count = 1 + below(4);
    bool is_kept_within = below(5) > 0, has_residual = below(3) > 0;
    add(writing, ", payers: [");
    for (int i = 0; i < count; i++) {
        bool takes_rest = !has_residual && is_kept_within && i + 1 == count;
        add(writing, "%s{id: p%d, ", i ? ", " : "", i);
        if (takes_rest)
            add(writing, "amount: remaining");
        else if (below(2))
            add(writing, "rate: %s", random_rate());
        else
            add(writing, "amount: %s", random_money());
        if (!takes_rest && is_kept_within)
            add(writing, ", at_most: remaining");
        if (!takes_rest && !below(4))
            add(writing, ", when: %s", ONE_OF("g.flag", "g.whole > 100"));
        if (!below(4))
            add(writing, ", among: [{id: q%d, rate: %s}, {id: t%d, rate: 0.25}, {id: u%d}]", i,
                ONE_OF("0.4", "0.6", "1 / 3", "g.rate / 2"), i, i);
        if (!takes_rest && !below(4))
            add(writing, ", at_least: %s", ONE_OF("0", "whole / 10", "1"));
        add(writing, "}");
    }
    add(writing, "]");
    if (has_residual)
        add(writing, ", residual: rest");
}

static void add_instalments(struct writing *writing)
{
    add(writing,
        ", instalments: [{id: i1, share: %s}, {id: i2, share: %s, after: g.flag}, {id: i3, forfeit_when: "
        "%s}], paid: %s",
        ONE_OF("0.4", "1 / 3", "0.333"), ONE_OF("0.3", "1 / 3", "1 / 7"),
        ONE_OF("g.flag", "false", "g.whole < 50"), ONE_OF("0", "g.a", "whole"));
}

static void add_rule(struct writing *writing, int index)
{
    add(writing, "  r%d: {title: R, unit: CNY, cite: s 1, ", index);
    add_whole(writing);
    if (below(2))
        add(writing, ", round: {to: %s, mode: %s}", ONE_OF("0.01", "0.1", "1", "0.05", "10"),
            ONE_OF("half up", "half down", "half even", "up", "down", "floor", "ceiling"));
    add_payers(writing);
    if (!below(3))
        add_instalments(writing);
    add(writing, "}\n");
}

/* ---- Random cases ---- */

static void give(tuoyu_case *facts, const char *name, int64_t integer, int32_t scale)
{
    tuoyu_decimal number;
    assert_int_equal(tuoyu_decimal_from_int64(integer, scale, &number), TUOYU_OK);
    assert_int_equal(tuoyu_case_set_decimal(facts, name, TUOYU_NUL_TERMINATED, &number, NULL), TUOYU_OK);
}

static int64_t random_fen(void)
{
    static const int64_t MOST[] = {3, 200, 10007, 1000003, 100000000000};
    return (int64_t)(next_random() % (uint64_t)MOST[below(5)]);
}

static void give_case(tuoyu_case *facts)
{
    give(facts, "g.whole", random_fen(), 2);
    give(facts, "g.a", random_fen(), 2);
    give(facts, "g.b", random_fen(), 2);
    give(facts, "g.rate", below(1001), 1);
    assert_int_equal(tuoyu_case_set_boolean(facts, "g.flag", TUOYU_NUL_TERMINATED, below(2), NULL), TUOYU_OK);
}

/* Negative, zero, as much as is exact and one more, far more, or missing. */
static void give_hostile_money(tuoyu_case *facts, const char *name)
{
    static const char *const TEXTS[] = {"-0.01",
                                        "0",
                                        "-1",
                                        "-1000000",
                                        "999999999999999.99",
                                        "1000000000000000",
                                        "-999999999999999.99",
                                        "9999999999999999999999999999999999",
                                        "-9999999999999999999999999999999999"};
    tuoyu_decimal number;
    int which = below(15);
    if (which == 0)
        return;
    if (which > (int)(sizeof TEXTS / sizeof *TEXTS)) {
        give(facts, name, random_fen(), 2);
        return;
    }
    assert_int_equal(tuoyu_decimal_from_text(TEXTS[which - 1], TUOYU_NUL_TERMINATED, &number), TUOYU_OK);
    assert_int_equal(tuoyu_case_set_decimal(facts, name, TUOYU_NUL_TERMINATED, &number, NULL), TUOYU_OK);
}

static void give_hostile_case(tuoyu_case *facts)
{
    tuoyu_case_clear(facts);
    give_hostile_money(facts, "g.whole");
    give_hostile_money(facts, "g.a");
    give_hostile_money(facts, "g.b");
    if (below(8))
        give(facts, "g.rate", below(6) ? below(1001) : below(4001) - 2000, 1);
    if (below(8))
        assert_int_equal(tuoyu_case_set_boolean(facts, "g.flag", TUOYU_NUL_TERMINATED, below(2), NULL),
                         TUOYU_OK);
}

/* ---- What must hold ---- */

/* In whole fen: anything else is no amount of money. */
static int64_t fen_of(tuoyu_status status, const tuoyu_decimal *number)
{
    int64_t fen = INT64_MIN;
    assert_int_equal(status, TUOYU_OK);
    assert_int_equal(tuoyu_decimal_to_int64(number, 2, &fen), TUOYU_OK);
    assert_true(fen >= 0);
    return fen;
}

static int64_t sum_of(const tuoyu_split *split, size_t count,
                      tuoyu_status (*amount)(const tuoyu_split *, size_t, tuoyu_decimal *))
{
    tuoyu_decimal number;
    int64_t sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += fen_of(amount(split, i, &number), &number);
    return sum;
}

static void check_instalments(const tuoyu_split *split, int64_t whole)
{
    tuoyu_decimal number;
    size_t count = tuoyu_split_instalment_count(split);
    if (count == 0)
        return;
    met.in_parts++;
    assert_int_equal(sum_of(split, count, tuoyu_split_instalment_amount), whole);
    int64_t entitled = fen_of(tuoyu_split_entitled(split, &number), &number);
    int64_t payable = fen_of(tuoyu_split_payable(split, &number), &number);
    int64_t claw_back = fen_of(tuoyu_split_claw_back(split, &number), &number);
    assert_true(entitled <= whole && payable <= entitled);
    assert_true(payable == 0 || claw_back == 0);
    met.clawed_back += claw_back > 0;
}

static void check_split(const tuoyu_split *split)
{
    tuoyu_decimal number;
    int64_t whole = fen_of(tuoyu_split_whole(split, &number), &number);
    tuoyu_status before =
        tuoyu_split_before_bounds(split, &number); /* what bounds lift or cut may be any number */
    size_t lines = tuoyu_split_line_count(split), subsidies = tuoyu_split_subsidy_count(split);
    assert_int_equal(sum_of(split, lines, tuoyu_split_line_amount), whole);
    if (!tuoyu_split_binding(split))
        assert_int_equal(whole, fen_of(before, &number));
    else
        met.bound++;
    met.with_remainder += lines > 1 && whole % (int64_t)lines != 0;
    if (subsidies)
        assert_int_equal(sum_of(split, subsidies, tuoyu_split_subsidy_amount), whole);
    for (size_t i = 0; i < subsidies; i++) {
        int64_t paid = fen_of(tuoyu_split_subsidy_amount(split, i, &number), &number);
        int32_t state = tuoyu_split_subsidy_state(split, i);
        tuoyu_status is_known = tuoyu_split_subsidy_claimed(split, i, &number);
        if (is_known == TUOYU_ERROR_NOT_FOUND) { /* it gives way, however much it would have come to */
            assert_true(is_hostile && paid == 0 && state == TUOYU_SUBSIDY_EXCLUDED);
            continue;
        }
        int64_t claimed = fen_of(is_known, &number);
        assert_true(paid <= claimed);
        assert_int_equal(state == TUOYU_SUBSIDY_PAID || state == TUOYU_SUBSIDY_NOT_DUE, paid == claimed);
        met.excluded += state == TUOYU_SUBSIDY_EXCLUDED;
        met.cut += state == TUOYU_SUBSIDY_CUT;
    }
    check_instalments(split, whole);
}

/* What is known of a split that waits for facts is no negative amount either. */
static void check_undetermined(const tuoyu_split *split)
{
    tuoyu_decimal number;
    const struct {
        size_t count;
        tuoyu_status (*amount)(const tuoyu_split *, size_t, tuoyu_decimal *);
    } PARTS[] = {{tuoyu_split_line_count(split), tuoyu_split_line_amount},
                 {tuoyu_split_subsidy_count(split), tuoyu_split_subsidy_amount},
                 {tuoyu_split_instalment_count(split), tuoyu_split_instalment_amount}};
    for (size_t i = 0; i < sizeof PARTS / sizeof *PARTS; i++)
        for (size_t part = 0; part < PARTS[i].count; part++)
            if (PARTS[i].amount(split, part, &number) == TUOYU_OK)
                fen_of(TUOYU_OK, &number);
    if (tuoyu_split_whole(split, &number) == TUOYU_OK)
        fen_of(TUOYU_OK, &number);
    if (tuoyu_split_payable(split, &number) == TUOYU_OK)
        fen_of(TUOYU_OK, &number);
}

static void check_hostile(tuoyu_status status, const tuoyu_split *split)
{
    if (status != TUOYU_OK) {
        assert_int_equal(status, TUOYU_ERROR_SHARES);
        assert_null(split);
        met_hostile.refused++;
    } else if (tuoyu_answer_outcome(tuoyu_split_answer(split)) == TUOYU_DETERMINED) {
        check_split(split);
        met_hostile.determined++;
    } else {
        check_undetermined(split);
        met_hostile.undetermined++;
    }
}

static void check_well_meant(tuoyu_status status, const tuoyu_split *split)
{
    if (status == TUOYU_OK) {
        assert_int_equal(tuoyu_answer_outcome(tuoyu_split_answer(split)), TUOYU_DETERMINED);
        check_split(split);
        met.determined++;
    } else {
        assert_int_equal(status, TUOYU_ERROR_SHARES);
        assert_null(split);
        met.refused++;
    }
}

static void run_rule(tuoyu_policy *policy, tuoyu_case *facts, int index)
{
    char name[16];
    tuoyu_cost_sharing *rule = NULL;
    snprintf(name, sizeof name, "r%d", index);
    assert_int_equal(tuoyu_policy_cost_sharing(policy, name, TUOYU_NUL_TERMINATED, &rule, NULL), TUOYU_OK);
    for (int i = 0; i < CASES_OF_A_RULE; i++) {
        tuoyu_split *split = NULL;
        (is_hostile ? give_hostile_case : give_case)(facts);
        tuoyu_status status = tuoyu_cost_sharing_split(rule, facts, day("2025-01-01"), &split, NULL);
        (is_hostile ? check_hostile : check_well_meant)(status, split);
        tuoyu_split_free(split);
    }
    tuoyu_cost_sharing_unref(rule);
}

static void run_rules(struct writing *writing)
{
    writing->used = 0;
    add(writing, "facts: {g: {whole: {type: money, unit: CNY}, a: {type: money, unit: CNY}, b: {type: money, "
                 "unit: CNY}, rate: "
                 "{type: percent, scale: 1}, flag: {type: boolean}}}\ncost_sharing:\n");
    for (int i = 0; i < RULES_OF_A_PACK; i++)
        add_rule(writing, i);
    tuoyu_policy *policy = load_sections(writing->text);
    tuoyu_case *facts = NULL;
    assert_int_equal(tuoyu_case_new(policy, &facts), TUOYU_OK);
    for (int i = 0; i < RULES_OF_A_PACK; i++)
        run_rule(policy, facts, i);
    tuoyu_case_free(facts);
    tuoyu_policy_unref(policy);
}

static void every_sum_is_exact(void **state)
{
    (void)state;
    struct writing *writing = malloc(sizeof *writing);
    assert_non_null(writing);
    for (long done = 0; done < cases; done += RULES_OF_A_PACK * CASES_OF_A_RULE)
        run_rules(writing);
    free(writing);
    print_message("%ld splits: %ld exact, %ld refused; %ld bound, %ld excluded, %ld cut, %ld in parts, %ld "
                  "clawed back, %ld that do not "
                  "divide\n",
                  met.determined + met.refused, met.determined, met.refused, met.bound, met.excluded, met.cut,
                  met.in_parts, met.clawed_back, met.with_remainder);
    assert_true(met.determined > 2 * met.refused && met.refused > 0);
    assert_true(met.bound > 0 && met.excluded > 0 && met.cut > 0 && met.in_parts > 0 && met.clawed_back > 0 &&
                met.with_remainder > 0);
}

/* A tenth as many. Nothing in them is below zero, beyond what is exact or in parts of a fen, and every sum is
 * exact. */
static void hostile_facts_make_no_negative_amount(void **state)
{
    (void)state;
    struct writing *writing = malloc(sizeof *writing);
    assert_non_null(writing);
    is_hostile = true;
    for (long done = 0; done < cases / 10; done += RULES_OF_A_PACK * CASES_OF_A_RULE)
        run_rules(writing);
    free(writing);
    print_message("%ld exact, %ld refused, %ld undetermined\n", met_hostile.determined, met_hostile.refused,
                  met_hostile.undetermined);
    assert_true(met_hostile.determined > 0 && met_hostile.refused > 0 && met_hostile.undetermined > 0);
}

int main(int argument_count, char **arguments)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_sum_is_exact),
                                       cmocka_unit_test(hostile_facts_make_no_negative_amount)};
    if (argument_count > 1)
        cases = strtol(arguments[1], NULL, 10);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
