/* SPDX-License-Identifier: Apache-2.0 */
/* Caps and floors of a whole, and subsidies that exclude each other, stack, or are limited together: against
 * integers in fen over random amounts, and by hand where facts are missing. */
#include "policy_fixture.h"

#include <stdio.h>
#include <string.h>

enum { MEMBERS = 4, SHAPES = 24, CASES_OF_A_SHAPE = 150 };

static uint64_t next_random(void)
{
    static uint64_t state = 2463534242U;
    state ^= state << 13;
    state ^= state >> 7;
    return state ^= state << 17;
}

static int64_t below(int64_t limit)
{
    return (int64_t)(next_random() % (uint64_t)limit);
}

static int64_t smaller(int64_t left, int64_t right)
{
    return left < right ? left : right;
}

static int64_t larger(int64_t left, int64_t right)
{
    return left > right ? left : right;
}

/* ---- Combinations against integers ---- */

enum { KEEP_HIGHEST, KEEP_FIRST, LIMIT, KINDS };

struct shape {
    struct {
        int kind, count, members[MEMBERS];
        bool has_used, is_on;
    } combinations[3];
    int count;
};

static struct shape random_shape(void)
{
    struct shape shape = {.count = 1 + (int)below(3)};
    for (int i = 0; i < shape.count; i++) {
        int order[MEMBERS] = {0, 1, 2, 3};
        for (int k = MEMBERS - 1; k > 0; k--) {
            int other = (int)below(k + 1), moved = order[k];
            order[k] = order[other];
            order[other] = moved;
        }
        shape.combinations[i].kind = (int)below(KINDS);
        shape.combinations[i].count = 2 + (int)below(MEMBERS - 1);
        shape.combinations[i].has_used = below(2);
        shape.combinations[i].is_on = below(5) > 0;
        memcpy(shape.combinations[i].members, order, sizeof order);
    }
    return shape;
}

static void write_shape(char *text, size_t size, const struct shape *shape)
{
    size_t used =
        (size_t)snprintf(text, size,
                         "facts: {g: {a: {type: money, unit: CNY}, b: {type: money, unit: CNY}, c: {type: "
                         "money, unit: CNY}, d: {type: money, "
                         "unit: CNY}, limit: {type: money, unit: CNY}, paid: {type: money, unit: CNY}}}\n"
                         "cost_sharing: {c: {title: C, unit: CNY, cite: s 1, subsidies: [{id: a, amount: "
                         "g.a}, {id: b, amount: g.b}, {id: c, "
                         "amount: g.c}, {id: d, amount: g.d}], payers: [{id: x, amount: a + b}], residual: "
                         "y, combinations: [");
    for (int i = 0; i < shape->count; i++) {
        bool is_limit = shape->combinations[i].kind == LIMIT;
        used += (size_t)snprintf(text + used, size - used, "%s{id: k%d, when: %s, %s: [", i ? ", " : "", i,
                                 shape->combinations[i].is_on ? "true" : "false",
                                 is_limit ? "at_most: g.limit, of" : "only_one");
        for (int k = 0; k < shape->combinations[i].count; k++)
            used += (size_t)snprintf(text + used, size - used, "%s%c", k ? ", " : "",
                                     'a' + shape->combinations[i].members[k]);
        const char *end =
            !is_limit ? shape->combinations[i].kind == KEEP_HIGHEST ? ", keep: highest" : ", keep: first"
            : shape->combinations[i].has_used ? ", used: g.paid"
                                              : "";
        used += (size_t)snprintf(text + used, size - used, "]%s}", end);
    }
    snprintf(text + used, size - used, "]}}\n");
}

struct outcome {
    int64_t paid[MEMBERS];
    int state[MEMBERS], by[MEMBERS], instead[MEMBERS];
};

static void exclude(const struct shape *shape, int index, struct outcome *outcome)
{
    int kept = -1;
    for (int k = 0; k < shape->combinations[index].count; k++) {
        int member = shape->combinations[index].members[k];
        if (outcome->paid[member] == 0)
            continue;
        bool is_better = kept < 0 || (shape->combinations[index].kind == KEEP_HIGHEST &&
                                      outcome->paid[member] > outcome->paid[kept]);
        if (is_better)
            kept = member;
    }
    for (int k = 0; k < shape->combinations[index].count; k++) {
        int member = shape->combinations[index].members[k];
        if (member == kept || outcome->paid[member] == 0)
            continue;
        outcome->paid[member] = 0;
        outcome->state[member] = TUOYU_SUBSIDY_EXCLUDED;
        outcome->by[member] = index;
        outcome->instead[member] = kept;
    }
}

static void cut(const struct shape *shape, int index, int64_t left, struct outcome *outcome)
{
    for (int k = 0; k < shape->combinations[index].count; k++) {
        int member = shape->combinations[index].members[k];
        int64_t paid = smaller(outcome->paid[member], left);
        left -= paid;
        if (paid == outcome->paid[member])
            continue;
        outcome->paid[member] = paid;
        outcome->state[member] = TUOYU_SUBSIDY_CUT;
        outcome->by[member] = index;
        outcome->instead[member] = -1;
    }
}

static struct outcome expected_outcome(const struct shape *shape, const int64_t *due, int64_t limit,
                                       int64_t paid)
{
    struct outcome outcome;
    for (int i = 0; i < MEMBERS; i++) {
        outcome.paid[i] = due[i];
        outcome.state[i] = due[i] ? TUOYU_SUBSIDY_PAID : TUOYU_SUBSIDY_NOT_DUE;
        outcome.by[i] = outcome.instead[i] = -1;
    }
    for (int i = 0; i < shape->count; i++) {
        if (!shape->combinations[i].is_on)
            continue;
        if (shape->combinations[i].kind != LIMIT)
            exclude(shape, i, &outcome);
        else
            cut(shape, i, larger(0, limit - (shape->combinations[i].has_used ? paid : 0)), &outcome);
    }
    return outcome;
}

static void give(tuoyu_case *facts, const char *name, int64_t fen)
{
    tuoyu_decimal number;
    assert_int_equal(tuoyu_decimal_from_int64(fen, 2, &number), TUOYU_OK);
    assert_int_equal(tuoyu_case_set_decimal(facts, name, TUOYU_NUL_TERMINATED, &number, NULL), TUOYU_OK);
}

static int64_t fen_of(tuoyu_status status, const tuoyu_decimal *number)
{
    int64_t fen = INT64_MIN;
    assert_int_equal(status, TUOYU_OK);
    assert_int_equal(tuoyu_decimal_to_int64(number, 2, &fen), TUOYU_OK);
    return fen;
}

static void check_outcome(const tuoyu_split *split, const struct outcome *expected, const int64_t *due)
{
    tuoyu_decimal number;
    int64_t sum = 0;
    for (size_t i = 0; i < MEMBERS; i++) {
        char by[] = "k0", instead[] = "a";
        by[1] = (char)('0' + expected->by[i]);
        instead[0] = (char)('a' + expected->instead[i]);
        assert_int_equal(fen_of(tuoyu_split_subsidy_claimed(split, i, &number), &number), due[i]);
        assert_int_equal(fen_of(tuoyu_split_subsidy_amount(split, i, &number), &number), expected->paid[i]);
        assert_int_equal(tuoyu_split_subsidy_state(split, i), expected->state[i]);
        if (expected->by[i] < 0)
            assert_null(tuoyu_split_subsidy_combination(split, i));
        else
            assert_string_equal(tuoyu_split_subsidy_combination(split, i), by);
        if (expected->instead[i] < 0)
            assert_null(tuoyu_split_subsidy_instead(split, i));
        else
            assert_string_equal(tuoyu_split_subsidy_instead(split, i), instead);
        sum += expected->paid[i];
    }
    assert_int_equal(fen_of(tuoyu_split_whole(split, &number), &number), sum);
    assert_int_equal(fen_of(tuoyu_split_line_amount(split, 0, &number), &number),
                     expected->paid[0] + expected->paid[1]);
    assert_int_equal(fen_of(tuoyu_split_line_amount(split, 1, &number), &number),
                     expected->paid[2] + expected->paid[3]);
}

/* Few different amounts, so that ties, zeros and limits that are just reached are frequent. */
static void run_shape(const struct shape *shape)
{
    char text[4096];
    write_shape(text, sizeof text, shape);
    tuoyu_policy *policy = load_sections(text);
    tuoyu_cost_sharing *rule = NULL;
    tuoyu_case *facts = NULL;
    assert_int_equal(tuoyu_policy_cost_sharing(policy, "c", TUOYU_NUL_TERMINATED, &rule, NULL), TUOYU_OK);
    assert_int_equal(tuoyu_case_new(policy, &facts), TUOYU_OK);
    for (int i = 0; i < CASES_OF_A_SHAPE; i++) {
        static const char *const NAMES[MEMBERS] = {"g.a", "g.b", "g.c", "g.d"};
        int64_t due[MEMBERS], limit = below(8), paid = below(5);
        tuoyu_split *split = NULL;
        for (size_t k = 0; k < MEMBERS; k++)
            give(facts, NAMES[k], due[k] = below(4));
        give(facts, "g.limit", limit);
        give(facts, "g.paid", paid);
        struct outcome expected = expected_outcome(shape, due, limit, paid);
        assert_int_equal(tuoyu_cost_sharing_split(rule, facts, day("2025-01-01"), &split, NULL), TUOYU_OK);
        check_outcome(split, &expected, due);
        tuoyu_split_free(split);
    }
    tuoyu_case_free(facts);
    tuoyu_cost_sharing_unref(rule);
    tuoyu_policy_unref(policy);
}

static void random_combinations_agree_with_integers(void **state)
{
    (void)state;
    for (int i = 0; i < SHAPES; i++) {
        struct shape shape = random_shape();
        run_shape(&shape);
    }
}

/* ---- What is not known ---- */

static const char SUBSIDIES[] =
    "facts: {g: {operating: {type: money, unit: CNY}, employer: {type: money, unit: CNY}, third: {type: "
    "boolean}, paid: {type: "
    "money, unit: CNY}}}\n"
    "cost_sharing:\n"
    "  c:\n"
    "    {title: C, unit: CNY, cite: s 1, payers: [{id: city, amount: operating}], residual: {id: "
    "district},\n"
    "    subsidies: [{id: operating, amount: g.operating, label: {zh: 运营补助, en: operating}, cite: s 2},\n"
    "      {id: employer, amount: g.employer, label: {zh: 单位补助, en: employer's}}, {id: third, amount: "
    "200, when: g.third}],\n"
    "    combinations: [{id: not_twice, only_one: [operating, employer], keep: first, because: {zh: "
    "两项补助不重复享受, en: One "
    "of the two is paid}, cite: s 3},\n"
    "      {id: stack, together: [operating, third], cite: s 4}, {id: year, at_most: 600, used: g.paid, "
    "cite: s 5}]}\n";

static void what_gives_way_need_not_be_known(void **state)
{
    (void)state;
    tuoyu_status status;
    tuoyu_decimal number;
    tuoyu_policy *policy = load_sections(SUBSIDIES);
    tuoyu_split *split =
        ask_split(policy, "c", "g: {operating: 300, third: true, paid: 200}", "2025-01-01", &status);
    assert_int_equal(status, TUOYU_OK);
    assert_int_equal(tuoyu_answer_outcome(tuoyu_split_answer(split)), TUOYU_DETERMINED);
    assert_int_equal(tuoyu_split_subsidy_state(split, 1), TUOYU_SUBSIDY_EXCLUDED);
    assert_int_equal(tuoyu_split_subsidy_claimed(split, 1, &number), TUOYU_ERROR_NOT_FOUND);
    assert_int_equal(tuoyu_split_subsidy_state(split, 2), TUOYU_SUBSIDY_CUT);
    assert_string_equal(tuoyu_split_subsidy_because(split, 1, "en"), "One of the two is paid");
    assert_string_equal(tuoyu_split_subsidy_because(split, 0, "en"), "");
    assert_string_equal(tuoyu_split_subsidy_label(split, 1, "zh"), "单位补助");
    const tuoyu_answer *answer = tuoyu_split_answer(split);
    assert_json(answer,
                "\"whole\":\"400\",\"subsidies\":{\"operating\":{\"claimed\":\"300\",\"amount\":\"300\","
                "\"state\":\"paid\"},"
                "\"employer\":{\"amount\":\"0\",\"state\":\"excluded\",\"by\":\"not_twice\",\"instead\":"
                "\"operating\"},"
                "\"third\":{\"claimed\":\"200\",\"amount\":\"100\",\"state\":\"cut\",\"by\":\"year\"}}");
    assert_json(answer, "\"text\":\"文件 4\""); /* that the two may stack is cited */
    assert_text(answer, "zh", "单位补助：0.00 元，不发（两项补助不重复享受；发放：运营补助）");
    assert_text(answer, "en", "third: 100.00 CNY, cut to the limit (year)");
    tuoyu_split_free(split);
    tuoyu_policy_unref(policy);
}

static void what_may_win_must_be_known(void **state)
{
    (void)state;
    tuoyu_status status;
    tuoyu_policy *policy = load_sections(SUBSIDIES);
    tuoyu_split *split =
        ask_split(policy, "c", "g: {employer: 300, third: true, paid: 0}", "2025-01-01", &status);
    const tuoyu_answer *answer = tuoyu_split_answer(split);
    assert_int_equal(tuoyu_answer_outcome(answer), TUOYU_UNDETERMINED);
    assert_int_equal(tuoyu_answer_missing_count(answer), 1);
    assert_string_equal(tuoyu_answer_missing_name(answer, 0), "g.operating");
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(tuoyu_split_subsidy_state(split, i), TUOYU_SUBSIDY_OPEN);
    assert_text(answer, "zh", "暂不能确定是否发放");
    tuoyu_split_free(split);
    /* Nothing is left of the limit: still, each must be known before the sum is. */
    split = ask_split(policy, "c", "g: {operating: 0, employer: 10, third: true}", "2025-01-01", &status);
    assert_string_equal(tuoyu_answer_missing_name(tuoyu_split_answer(split), 0), "g.paid");
    tuoyu_split_free(split);
    tuoyu_policy_unref(policy);
}

static void a_subsidy_below_zero_is_an_error(void **state)
{
    (void)state;
    tuoyu_status status;
    tuoyu_policy *policy = load_sections(SUBSIDIES);
    assert_null(ask_split(policy, "c", "g: {operating: -1, employer: 0, third: true, paid: 0}", "2025-01-01",
                          &status));
    assert_int_equal(status, TUOYU_ERROR_SHARES);
    tuoyu_policy_unref(policy);
}

/* ---- Subsidies that are rules ---- */

static const char NATION[] =
    "tuoyu: 1\nid: nation\ntitle: N\nauthority: N\nin_force: 2024-01-01..2024-12-31\nsources: {law: {title: "
    "国法}}\n"
    "facts: {child: {order: {type: integer}, fee: {type: money, unit: CNY}}}\n"
    "pricing: {allowance: {title: 津贴, unit: CNY, cite: law 第一条, when: child.order >= 2, amount: 300, "
    "bounds: [{id: half, at_most: child.fee / 2}]}}\n";
static const char CITY[] =
    "tuoyu: 1\nid: city\ntitle: C\nauthority: C\nin_force: 2024-01-01..\nuses: [nation]\nsources: {rules: "
    "{title: 市规}}\n"
    "cost_sharing:\n"
    "  support: {title: S, unit: CNY, cite: rules 第一条, payers: [{id: city, amount: own}], residual: "
    "nation,\n"
    "    subsidies: [{id: national, rule: allowance}, {id: own, rule: city:share}, {id: twice, rule: "
    "nation:allowance, when: child.order > 2, cite: rules 第三条}],\n"
    "    combinations: [{id: one, only_one: [national, own], keep: highest}]}\n"
    "  share: {title: T, unit: CNY, cite: rules 第二条, of: child.fee / 4, payers: [{id: city, rate: 1}]}\n";

static void subsidies_are_rules_of_this_pack_and_those_above(void **state)
{
    (void)state;
    static const struct {
        const char *facts, *date, *whole, *city;
    } CASES[] = {
        {"child: {order: 2, fee: 1000}", "2024-06-01", "300", "0"},
        {"child: {order: 2, fee: 1200}", "2024-06-01", "300", "0"}, /* a tie: the first */
        {"child: {order: 2, fee: 1200.04}", "2024-06-01", "300.01", "300.01"},
        {"child: {order: 2, fee: 500}", "2024-12-31", "250", "0"}, /* within the bound of the nation's rule */
        {"child: {order: 2, fee: 500}", "2025-01-01", "125", "125"},  /* it is no longer in force */
        {"child: {order: 1, fee: 1000}", "2024-06-01", "250", "250"}, /* it does not apply */
        {"child: {order: 3, fee: 1000}", "2024-06-01", "600", "0"},   /* and again by itself */
    };
    /* The pack that uses the other one may come first. */
    for (int turn = 0; turn < 2; turn++) {
        tuoyu_policy *policy = turn ? load_packs(NATION, CITY, NULL) : load_packs(CITY, NATION, NULL);
        for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
            tuoyu_status status;
            tuoyu_decimal number;
            tuoyu_split *split = ask_split(policy, "support", CASES[i].facts, CASES[i].date, &status);
            assert_int_equal(status, TUOYU_OK);
            assert_string_equal(digits(tuoyu_split_whole(split, &number), &number), CASES[i].whole);
            assert_string_equal(digits(tuoyu_split_line_amount(split, 0, &number), &number), CASES[i].city);
            assert_json(tuoyu_split_answer(split), "\"text\":\"国法 第一条\"");
            assert_json(tuoyu_split_answer(split), "\"text\":\"市规 第二条\"");
            assert_json(tuoyu_split_answer(split), "\"text\":\"市规 第三条\"");
            tuoyu_split_free(split);
        }
        tuoyu_policy_unref(policy);
    }
}

/* Packs that have nothing to do with each other, each with a rule that is made up of others: none is lost. */
static void several_packs_have_rules_made_up_of_rules(void **state)
{
    (void)state;
    static const char *const PACKS[] = {"tuoyu: 1\nid: x.a\ntitle: A\nin_force: 2024-01-01..\npricing: "
                                        "{price_a: {title: P, unit: CNY, amount: 1}}\n"
                                        "cost_sharing: {split_a: {title: S, unit: CNY, subsidies: [{id: s, "
                                        "rule: price_a}], payers: [{id: f, rate: 1}]}}\n",
                                        "tuoyu: 1\nid: x.b\ntitle: B\nin_force: 2025-01-01..\npricing: "
                                        "{price_b: {title: P, unit: CNY, amount: 2}}\n"
                                        "cost_sharing: {split_b: {title: S, unit: CNY, subsidies: [{id: s, "
                                        "rule: price_b}], payers: [{id: f, rate: 1}]},\n"
                                        "  split_c: {title: S, unit: CNY, subsidies: [{id: s, rule: "
                                        "price_b}, {id: t, rule: price_b}], payers: [{id: f, rate: 1}]}}\n"};
    static const struct {
        const char *rule, *whole;
    } WANTED[] = {{"split_a", "1"}, {"split_b", "2"}, {"split_c", "4"}};
    for (int turn = 0; turn < 2; turn++) {
        tuoyu_policy *policy = load_packs(PACKS[turn], PACKS[!turn], NULL);
        assert_int_equal(tuoyu_policy_rule_count(policy), 5);
        for (size_t i = 0; i < 3; i++) {
            tuoyu_status status;
            tuoyu_decimal number;
            tuoyu_split *split = ask_split(policy, WANTED[i].rule, "{}", "2025-06-01", &status);
            assert_int_equal(status, TUOYU_OK);
            assert_string_equal(digits(tuoyu_split_whole(split, &number), &number), WANTED[i].whole);
            tuoyu_split_free(split);
        }
        tuoyu_policy_unref(policy);
    }
}

/* A rule may be made up of others in one version of its pack, and have a formula of its own in another. */
static void versions_of_a_rule_made_up_of_rules(void **state)
{
    (void)state;
#define VERSION(period, price, whole)                                \
    "tuoyu: 1\nid: x.v\ntitle: V\nin_force: " period                 \
    "\npricing: {price: {title: P, unit: CNY, amount: " price "}}\n" \
    "cost_sharing: {split: {title: S, unit: CNY, " whole ", payers: [{id: f, rate: 1}]}}\n"
    static const char FIRST[] = VERSION("2023-01-01..2023-12-31", "1", "subsidies: [{id: s, rule: price}]"),
                      SECOND[] = VERSION("2024-01-01..2024-12-31", "2", "of: 20"),
                      THIRD[] = VERSION("2025-01-01..", "3",
                                        "subsidies: [{id: s, rule: price}, {id: t, rule: price}]");
    static const struct {
        const char *day, *whole;
    } DAYS[] = {{"2023-06-01", "1"}, {"2024-06-01", "20"}, {"2025-06-01", "6"}};
    const char *const ORDERS[][3] = {{FIRST, SECOND, THIRD}, {SECOND, FIRST, THIRD}, {THIRD, SECOND, FIRST}};
    for (size_t turn = 0; turn < 3; turn++) {
        tuoyu_policy *policy = load_packs(ORDERS[turn][0], ORDERS[turn][1], ORDERS[turn][2], NULL);
        assert_int_equal(tuoyu_policy_rule_count(policy), 2);
        for (size_t i = 0; i < 3; i++) {
            tuoyu_status status;
            tuoyu_decimal number;
            tuoyu_split *split = ask_split(policy, "split", "{}", DAYS[i].day, &status);
            assert_int_equal(status, TUOYU_OK);
            assert_string_equal(digits(tuoyu_split_whole(split, &number), &number), DAYS[i].whole);
            tuoyu_split_free(split);
        }
        tuoyu_policy_unref(policy);
    }
#undef VERSION
}

/* A pack below takes the version that is in force on the day, up to its last one. */
static void subsidies_are_rules_of_a_pack_with_versions(void **state)
{
    (void)state;
#define VERSION(period, price)                       \
    "tuoyu: 1\nid: x.v\ntitle: V\nin_force: " period \
    "\npricing: {price: {title: P, unit: CNY, amount: " price "}}\n"
    static const char BELOW[] = "tuoyu: 1\nid: x.below\ntitle: B\nin_force: 2022-01-01..\nuses: [x.v]\n"
                                "cost_sharing: {split: {title: S, unit: CNY, subsidies: [{id: s, rule: "
                                "price}], payers: [{id: f, rate: 1}]}}\n",
                      FIRST[] = VERSION("2023-01-01..2023-12-31", "1"),
                      SECOND[] = VERSION("2024-07-01..2024-12-31", "2"),
                      THIRD[] = VERSION("2025-01-01..", "3");
    static const struct {
        const char *day, *whole;
    } DAYS[] = {{"2022-12-31", "0"}, {"2023-01-01", "1"}, {"2023-12-31", "1"}, {"2024-01-01", "0"},
                {"2024-06-30", "0"}, {"2024-07-01", "2"}, {"2024-12-31", "2"}, {"2025-01-01", "3"}};
    const char *const ORDERS[][4] = {{FIRST, SECOND, THIRD, BELOW}, {BELOW, THIRD, FIRST, SECOND}};
    for (size_t turn = 0; turn < 2; turn++) {
        tuoyu_policy *policy =
            load_packs(ORDERS[turn][0], ORDERS[turn][1], ORDERS[turn][2], ORDERS[turn][3], NULL);
        for (size_t i = 0; i < sizeof DAYS / sizeof *DAYS; i++) {
            tuoyu_status status;
            tuoyu_decimal number;
            tuoyu_split *split = ask_split(policy, "split", "{}", DAYS[i].day, &status);
            assert_int_equal(status, TUOYU_OK);
            assert_string_equal(digits(tuoyu_split_whole(split, &number), &number), DAYS[i].whole);
            tuoyu_split_free(split);
        }
        tuoyu_policy_unref(policy);
    }
#undef VERSION
}

/* ---- Bounds of a whole ---- */

static const char BOUNDS[] =
    "facts: {g: {due: {type: money, unit: CNY}, this_year: {type: money, unit: CNY}, poor: {type: "
    "boolean}}}\n"
    "parameters: {cap: {unit: CNY, values: {2024-01-01: {value: 3600, cite: s 6, standing: cited}}}}\n"
    "cost_sharing:\n"
    "  c:\n"
    "    {title: C, unit: CNY, cite: s 1, of: g.due, payers: [{id: city, rate: 0.4}], residual: county, "
    "bounds: [\n"
    "      {id: month, at_most: 600, label: {zh: 每月上限, en: monthly cap}}, {id: year, at_most: cap, used: "
    "g.this_year},\n"
    "      {id: floor, at_least: 100, when: g.poor}]}\n";

static void caps_and_floors_against_a_history(void **state)
{
    (void)state;
    static const struct {
        const char *facts, *whole, *before, *binding, *city;
    } CASES[] = {
        {"g: {due: 500, this_year: 0, poor: false}", "500", "500", NULL, "200"},
        {"g: {due: 600, this_year: 0, poor: false}", "600", "600", NULL, "240"},
        {"g: {due: 600.01, this_year: 0, poor: false}", "600", "600.01", "month", "240"},
        {"g: {due: 500, this_year: 3100, poor: false}", "500", "500", NULL, "200"},
        {"g: {due: 500, this_year: 3100.01, poor: false}", "499.99", "500", "year", "200"},
        {"g: {due: 500, this_year: 3600, poor: false}", "0", "500", "year", "0"},
        {"g: {due: 500, this_year: 9999, poor: false}", "0", "500", "year", "0"},
        {"g: {due: 99.99, this_year: 0, poor: true}", "100", "99.99", "floor", "40"},
        {"g: {due: 100, this_year: 0, poor: true}", "100", "100", NULL, "40"},
        {"g: {due: 0, this_year: 3550, poor: true}", "50", "0", "year",
         "20"}, /* the cap wins over the floor */
    };
    tuoyu_policy *policy = load_sections(BOUNDS);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        tuoyu_status status;
        tuoyu_decimal number;
        tuoyu_split *split = ask_split(policy, "c", CASES[i].facts, "2025-01-01", &status);
        assert_int_equal(status, TUOYU_OK);
        assert_string_equal(digits(tuoyu_split_whole(split, &number), &number), CASES[i].whole);
        assert_string_equal(digits(tuoyu_split_before_bounds(split, &number), &number), CASES[i].before);
        if (CASES[i].binding)
            assert_string_equal(tuoyu_split_binding(split), CASES[i].binding);
        else
            assert_null(tuoyu_split_binding(split));
        assert_string_equal(digits(tuoyu_split_line_amount(split, 0, &number), &number), CASES[i].city);
        tuoyu_split_free(split);
    }
    tuoyu_policy_unref(policy);
}

static void bounds_are_shown_with_what_was_used(void **state)
{
    (void)state;
    tuoyu_status status;
    tuoyu_policy *policy = load_sections(BOUNDS);
    tuoyu_split *split =
        ask_split(policy, "c", "g: {due: 700, this_year: 3500, poor: false}", "2025-01-01", &status);
    const tuoyu_answer *answer = tuoyu_split_answer(split);
    assert_json(
        answer,
        "\"before_bounds\":\"700\",\"whole\":\"100\",\"binding\":\"year\",\"bounds\":{\"month\":{\"at_"
        "most\":\"600\"},"
        "\"year\":{\"at_most\":\"100\",\"laid_down\":\"3600\",\"used\":\"3500\"},\"floor\":{}}");
    assert_json(answer, "\"name\":\"cap\",\"text\":\"文件 6\"");
    assert_text(answer, "zh", "由限额决定（year）");
    tuoyu_split_free(split);
    split = ask_split(policy, "c", "g: {due: 700, poor: false}", "2025-01-01", &status);
    assert_string_equal(tuoyu_answer_missing_name(tuoyu_split_answer(split), 0), "g.this_year");
    assert_null(tuoyu_split_binding(split));
    tuoyu_split_free(split);
    split = ask_split(policy, "c", "g: {due: 550, this_year: 0, poor: false}", "2025-01-01", &status);
    assert_no_text(tuoyu_split_answer(split), "zh", "由限额决定");
    tuoyu_split_free(split);
    tuoyu_policy_unref(policy);
}

/* A limit that counts what was used binds a price too: here of what may be taken in advance. */
static void a_price_has_limits_that_are_used_up(void **state)
{
    (void)state;
    tuoyu_status status;
    tuoyu_decimal number;
    tuoyu_policy *policy = load_sections("facts: {g: {fee: {type: money, unit: CNY}, prepaid: {type: money, "
                                         "unit: CNY}, taken: {type: money, unit: CNY}}}\n"
                                         "pricing: {p: {title: P, unit: CNY, cite: s 1, amount: g.fee * 12, "
                                         "charged: g.taken, bounds: [{id: months, at_most: "
                                         "g.fee * 3, used: g.prepaid}]}}\n");
    tuoyu_quote *quote =
        ask_quote(policy, "p", "g: {fee: 1000, prepaid: 2500, taken: 500.01}", "2025-01-01", &status);
    assert_string_equal(digits(tuoyu_quote_amount(quote, &number), &number), "500");
    assert_string_equal(digits(tuoyu_quote_excess(quote, &number), &number), "0.01");
    assert_string_equal(tuoyu_quote_breaks(quote), "months");
    assert_json(tuoyu_quote_answer(quote),
                "\"months\":{\"at_most\":\"500\",\"laid_down\":\"3000\",\"used\":\"2500\"}");
    tuoyu_quote_free(quote);
    tuoyu_policy_unref(policy);
}

static void nothing_is_there_without_subsidies(void **state)
{
    (void)state;
    tuoyu_status status;
    tuoyu_decimal number;
    tuoyu_policy *policy = load_sections(BOUNDS);
    tuoyu_split *split =
        ask_split(policy, "c", "g: {due: 1, this_year: 0, poor: false}", "2025-01-01", &status);
    assert_int_equal(tuoyu_split_subsidy_count(split), 0);
    assert_int_equal(tuoyu_split_subsidy_count(NULL), 0);
    assert_null(tuoyu_split_subsidy_id(split, 0));
    assert_null(tuoyu_split_subsidy_label(split, 0, "zh"));
    assert_null(tuoyu_split_subsidy_combination(split, 0));
    assert_null(tuoyu_split_subsidy_instead(split, 0));
    assert_string_equal(tuoyu_split_subsidy_because(split, 0, "zh"), "");
    assert_int_equal(tuoyu_split_subsidy_amount(split, 0, &number), TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(tuoyu_split_subsidy_claimed(NULL, 0, &number), TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(tuoyu_split_before_bounds(NULL, &number), TUOYU_ERROR_INVALID_ARGUMENT);
    assert_null(tuoyu_split_binding(NULL));
    assert_string_equal(tuoyu_split_line_payer(split, 1), "county");
    tuoyu_split_free(split);
    tuoyu_policy_unref(policy);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_combinations_agree_with_integers),
        cmocka_unit_test(what_gives_way_need_not_be_known),
        cmocka_unit_test(what_may_win_must_be_known),
        cmocka_unit_test(a_subsidy_below_zero_is_an_error),
        cmocka_unit_test(subsidies_are_rules_of_this_pack_and_those_above),
        cmocka_unit_test(several_packs_have_rules_made_up_of_rules),
        cmocka_unit_test(versions_of_a_rule_made_up_of_rules),
        cmocka_unit_test(subsidies_are_rules_of_a_pack_with_versions),
        cmocka_unit_test(caps_and_floors_against_a_history),
        cmocka_unit_test(bounds_are_shown_with_what_was_used),
        cmocka_unit_test(a_price_has_limits_that_are_used_up),
        cmocka_unit_test(nothing_is_there_without_subsidies),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
