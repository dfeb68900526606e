/* SPDX-License-Identifier: Apache-2.0 */
/* Rules that are refused at load, each with its code, its line and its reason. */
#include "policy_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FACTS                                                                                               \
    "facts: {staff: {certified: {type: boolean}, subdistrict: {type: string}}, child: {n: {type: number}, " \
    "ok: {type: boolean}}, "                                                                                \
    "subdistrict: {id: {type: string}}, community: {size: {type: number}}}\n"

static void rules_and_their_parts(void **state)
{
    (void)state;
    assert_refused("pricing: {p: {title: P, unit: CNY, cite: s 1, amount: 1}}\n"
                   "eligibility: {p: {title: P, cite: s 1, all: [{id: a, when: true, because: a}]}}\n",
                   TUOYU_ERROR_DUPLICATE, 2, "the rule 'p' stands here twice");
    assert_refused("pricing:\n  p: {title: P, unit: CNY, cite: s 1, steps: [{id: a, formula: 1},\n    {id: "
                   "a, formula: 2}]}\n",
                   TUOYU_ERROR_DUPLICATE, 3, "stands here twice");
    assert_refused("eligibility:\n  e: {title: E, cite: s 1, all: [{id: a, when: true, because: a},\n"
                   "    {id: b, because: b, any: [{id: c, when: true, because: c},\n      {id: a, when: "
                   "true, because: a}]}]}\n",
                   TUOYU_ERROR_DUPLICATE, 4, "stands here twice");
    assert_refused("cost_sharing:\n  c: {title: C, unit: CNY, cite: s 1, of: 1, payers: [{id: a, rate: "
                   "0.5},\n    {id: a, rate: 0.5}]}\n",
                   TUOYU_ERROR_DUPLICATE, 3, "stands here twice");
    assert_refused(
        "pricing:\n  p: {title: P, unit: CNY, cite: s 1, amount: 1,\n    in_force: 2023-12-31..2025-01-01}\n",
        TUOYU_ERROR_PACK, 3, "in force when its pack is not");
    assert_refused("pricing:\n  p: {title: P, unit: CNY,\n    cite: t 1, amount: 1}\n",
                   TUOYU_ERROR_UNKNOWN_NAME, 3, "t");
}

static void expressions_of_rules(void **state)
{
    (void)state;
    assert_refused(FACTS "pricing: {p: {title: P, unit: CNY, cite: s 1,\n  amount: child.m}}\n",
                   TUOYU_ERROR_UNKNOWN_NAME, 3, "child.m");
    assert_refused(FACTS "pricing: {p: {title: P, unit: CNY, cite: s 1,\n  amount: child.ok}}\n",
                   TUOYU_ERROR_TYPE, 3, "");
    assert_refused(FACTS
                   "eligibility: {e: {title: E, cite: s 1, all: [\n  {id: a, when: child.n, because: a}]}}\n",
                   TUOYU_ERROR_TYPE, 3, "");
    /* A step is known to the steps after it only, and to no other rule. */
    assert_refused("pricing:\n  p: {title: P, unit: CNY, cite: s 1, steps: [{id: a, formula: b}, {id: b, "
                   "formula: 1}]}\n",
                   TUOYU_ERROR_UNKNOWN_NAME, 2, "b");
    assert_refused("pricing:\n  p: {title: P, unit: CNY, cite: s 1, steps: [{id: a, formula: 1}]}\n"
                   "  q: {title: P, unit: CNY, cite: s 1, amount: a}\n",
                   TUOYU_ERROR_UNKNOWN_NAME, 3, "a");
    assert_refused("pricing:\n  p: {title: P, unit: CNY, cite: s 1, amount: remaining}\n",
                   TUOYU_ERROR_UNKNOWN_NAME, 2, "remaining");
}

/* What is due by itself knows nothing of the others; who pays does. */
static void subsidies(void **state)
{
    (void)state;
    assert_refused(
        "cost_sharing:\n  c: {title: C, unit: CNY, cite: s 1, payers: [{id: x, amount: a}], residual: y,\n"
        "    subsidies: [{id: a, amount: 1},\n      {id: b, amount: a}]}\n",
        TUOYU_ERROR_UNKNOWN_NAME, 4, "a");
    assert_refused(FACTS "cost_sharing:\n  c: {title: C, unit: CNY, cite: s 1, payers: [{id: x, rate: 1}],\n"
                         "    subsidies: [{id: a, amount: child.ok}]}\n",
                   TUOYU_ERROR_TYPE, 4, "");
    assert_refused(FACTS "cost_sharing:\n  c: {title: C, unit: CNY, cite: s 1, payers: [{id: x, rate: 1}], "
                         "subsidies: [{id: a, amount: 1}],\n"
                         "    combinations: [{id: k, at_most: child.ok}]}\n",
                   TUOYU_ERROR_TYPE, 4, "");
    assert_refused("cost_sharing:\n  c: {title: C, unit: CNY, cite: s 1, payers: [{id: x, rate: 1}], of: 1,\n"
                   "    bounds: [{id: k, at_most: 1, used: '\"x\"'}]}\n",
                   TUOYU_ERROR_TYPE, 3, "");
    assert_refused("cost_sharing:\n  c: {title: C, unit: CNY, cite: s 1, payers: [{id: x, rate: 1}], "
                   "subsidies: [{id: a, amount: 1}],\n"
                   "    combinations: [{id: k, at_most: 1, cite: t 1}]}\n",
                   TUOYU_ERROR_UNKNOWN_NAME, 3, "t");
}

/* Subsidies that are rules. */
static void subsidies_that_are_rules(void **state)
{
    (void)state;
#define MADE_UP(of)                                                                                       \
    "cost_sharing:\n  c: {title: C, unit: CNY, cite: s 1, payers: [{id: x, rate: 1}], subsidies: [\n    " \
    "{id: a, " of "}]}\n"
    assert_refused(
        MADE_UP("rule: nothing") "pricing: {nothin: {title: P, unit: CNY, cite: s 1, amount: 1}}\n",
        TUOYU_ERROR_UNKNOWN_NAME, 3, "there is no rule `nothing`");
    assert_refused(MADE_UP("rule: c"), TUOYU_ERROR_CYCLE, 3, "`c` is made up of other rules itself");
    assert_refused(MADE_UP("rule: p") "pricing: {p: {title: P, unit: CNY/month, cite: s 1, amount: 1}}\n",
                   TUOYU_ERROR_TYPE, 3, "`p` is in CNY/month, but this rule is in CNY");
    assert_refused(MADE_UP("rule: e") "eligibility: {e: {title: E, cite: s 1, all: [{id: a, when: true}]}}\n",
                   TUOYU_ERROR_PACK, 3, "`e` gives no amount");
    assert_refused(MADE_UP("rule: p, amount: 1"), TUOYU_ERROR_PACK, 3, "exactly one of 'amount' or 'rule'");
    assert_refused(MADE_UP("when: true"), TUOYU_ERROR_PACK, 3, "exactly one of 'amount' or 'rule'");
    /* Wherever the other one stands. */
    assert_refused(MADE_UP("rule: b") "  b: {title: B, unit: CNY, cite: s 1, payers: [{id: x, rate: 1}], "
                                      "subsidies: [{id: a, rule: p}]}\n"
                                      "pricing: {p: {title: P, unit: CNY, cite: s 1, amount: 1}}\n",
                   TUOYU_ERROR_CYCLE, 3, "made up of other rules itself");
    assert_refused(
        "cost_sharing:\n  b: {title: B, unit: CNY, cite: s 1, payers: [{id: x, rate: 1}], subsidies: [{id: "
        "a, rule: p}]}\n"
        "  d: {title: D, unit: CNY, cite: s 1, payers: [{id: x, rate: 1}], subsidies: [{id: a, rule: b}]}\n"
        "pricing: {p: {title: P, unit: CNY, cite: s 1, amount: 1}}\n",
        TUOYU_ERROR_CYCLE, 3, "made up of other rules itself");
#undef MADE_UP
}

/* A list of items between two texts: `{id: aN, rest}`, as many as may be, and one more. */
static void assert_limited(const char *before, const char *rest, const char *after, int most,
                           const char *says)
{
    for (int count = most; count <= most + 1; count++) {
        char text[8192];
        size_t used = (size_t)snprintf(text, sizeof text,
                                       "cost_sharing: {c: {title: C, unit: CNY, cite: s 1, %s", before);
        for (int i = 0; i < count; i++)
            used +=
                (size_t)snprintf(text + used, sizeof text - used, "%s{id: a%d, %s}", i ? ", " : "", i, rest);
        snprintf(text + used, sizeof text - used, "%s}}\n", after);
        if (count > most)
            assert_refused(text, TUOYU_ERROR_LIMIT, 1, says);
        else
            tuoyu_policy_unref(load_sections(text));
    }
}

static void lists_of_a_rule_are_limited(void **state)
{
    (void)state;
    assert_limited("of: 1, payers: [", "rate: 0", "], residual: r", 64, "at most 64 payers");
    assert_limited("of: 1, payers: [{id: g, rate: 1, among: [", "rate: 0", "]}]", 64, "at most 64 payers");
    assert_limited("of: 1, payers: [{id: g, rate: 1}], instalments: [", "share: 0", "]", 64,
                   "at most 64 instalments");
    assert_limited("of: 1, payers: [{id: g, rate: 1}], bounds: [", "at_most: 1", "]", 24,
                   "at most 24 bounds");
    assert_limited("payers: [{id: g, rate: 1}], combinations: [{id: k, at_most: 1}], subsidies: [",
                   "amount: 1", "]", 24, "at most 24 subsidies");
    assert_limited("payers: [{id: g, rate: 1}], subsidies: [{id: s, amount: 1}], combinations: [",
                   "at_most: 1", "]", 24, "at most 24 combinations");
}

static void indicators(void **state)
{
    (void)state;
    assert_refused(FACTS
                   "indicators:\n  i: {title: I, unit: n, cite: s 1, value: {of: staff, count: child.ok}}\n",
                   TUOYU_ERROR_PACK, 3, "no fact `child.ok`");
    assert_refused(FACTS "definitions: {d: child.n + 1}\nindicators:\n  i: {title: I, unit: n, cite: s 1, "
                         "value: {of: staff, sum: d}}\n",
                   TUOYU_ERROR_PACK, 4, "no fact `child.n`");
    assert_refused(FACTS "indicators:\n  i: {title: I, unit: n, cite: s 1, value: {of: staf, count: true}}\n",
                   TUOYU_ERROR_UNKNOWN_NAME, 3, "staf");
    assert_refused(FACTS "indicators:\n  i: {title: I, unit: n, cite: s 1, value: {of: community, count: "
                         "true},\n    by: [subdistrict]}\n",
                   TUOYU_ERROR_UNKNOWN_NAME, 4, "community.subdistrict");
    assert_refused(FACTS "indicators:\n  i: {title: I, unit: n, cite: s 1, value: {of: staff, count: "
                         "true},\n    by: [community]}\n",
                   TUOYU_ERROR_UNKNOWN_NAME, 4, "community.id");
    assert_refused(FACTS "indicators:\n  i: {title: I, unit: n, cite: s 1, value: {of: staff, count: "
                         "true},\n    target: {at_least: child.n}}\n",
                   TUOYU_ERROR_PACK, 4, "cannot read `child.n`");
    assert_refused(
        FACTS "indicators:\n  i: {title: I, unit: n, cite: s 1, value: {of: staff, count: services > 1},\n"
              "    with: {services: {of: staff, count: true, by: subdistrict}}}\n",
        TUOYU_ERROR_UNKNOWN_NAME, 3, "services");
    assert_refused(
        FACTS "indicators:\n  i: {title: I, unit: n, cite: s 1, value: {of: staff, sum: staff.certified}}\n",
        TUOYU_ERROR_TYPE, 3, "");
}

static void examples(void **state)
{
    (void)state;
    assert_refused(
        "pricing: {price: {title: P, unit: CNY, cite: s 1, amount: 1}}\n"
        "examples:\n  - {name: n, rule: prise, as_of: 2025-01-01, given: {}, expect: {amount: 1}}\n",
        TUOYU_ERROR_UNKNOWN_NAME, 3, "prise");
}

/* Two packs that do not see each other may have one name; who sees both may not. */
static void names_of_several_packs(void **state)
{
    (void)state;
    static const char A[] =
        "tuoyu: 1\nid: a\ntitle: A\nauthority: A\nin_force: 2024-01-01..\n"
        "pricing: {price: {title: P, unit: CNY, standing: assumed, note: n, amount: 1}}\n";
    static const char B[] =
        "tuoyu: 1\nid: b\ntitle: B\nauthority: B\nin_force: 2024-01-01..\n"
        "pricing: {price: {title: P, unit: CNY, standing: assumed, note: n, amount: 2}}\n";
    static const char C[] = "tuoyu: 1\nid: c\ntitle: C\nauthority: C\nin_force: 2024-01-01..\nuses: [a, b]\n";
    tuoyu_policy *policy = load_packs(A, B, NULL), *both = NULL;
    tuoyu_pricing *pricing = NULL;
    size_t index;
    assert_int_equal(tuoyu_policy_find_rule(policy, "price", TUOYU_NUL_TERMINATED, &index, NULL),
                     TUOYU_ERROR_AMBIGUOUS);
    assert_int_equal(tuoyu_policy_pricing(policy, "price", TUOYU_NUL_TERMINATED, &pricing, NULL),
                     TUOYU_ERROR_AMBIGUOUS);
    assert_null(pricing);
    assert_int_equal(tuoyu_policy_find_rule(policy, "b:price", TUOYU_NUL_TERMINATED, &index, NULL), TUOYU_OK);
    assert_string_equal(tuoyu_policy_rule_name(policy, index), "b:price");
    tuoyu_policy_unref(policy);
    tuoyu_pack_text packs[] = {{"a", 1, A, TUOYU_NUL_TERMINATED},
                               {"b", 1, B, TUOYU_NUL_TERMINATED},
                               {"c", 1, C, TUOYU_NUL_TERMINATED}};
    tuoyu_diagnostics *diagnostics = NULL;
    assert_int_equal(tuoyu_diagnostics_new(NULL, &diagnostics), TUOYU_OK);
    assert_int_equal(tuoyu_policy_load(packs, 3, NULL, &both, diagnostics), TUOYU_ERROR_COLLISION);
    assert_int_equal(tuoyu_diagnostics_count(diagnostics),
                     2); /* told once, with a note where the other one is */
    tuoyu_diagnostics_free(diagnostics);
}

/* Whoever asks for a rule as what it is not hears which kind it is. */
static void rules_of_another_kind(void **state)
{
    (void)state;
    static const char A[] =
        "tuoyu: 1\nid: a\ntitle: A\nauthority: A\nin_force: 2024-01-01..\n"
        "pricing: {price: {title: P, unit: CNY, standing: assumed, note: n, amount: 1}}\n";
    tuoyu_policy *policy = load_packs(A, NULL, NULL);
    tuoyu_eligibility *eligibility;
    tuoyu_cost_sharing *sharing;
    tuoyu_indicator *indicator;
    tuoyu_diagnostics *found = NULL;
    tuoyu_diagnostic item;
    assert_int_equal(tuoyu_diagnostics_new(NULL, &found), TUOYU_OK);
    assert_int_equal(tuoyu_policy_eligibility(policy, "price", 5, &eligibility, found),
                     TUOYU_ERROR_NOT_FOUND);
    assert_int_equal(tuoyu_policy_cost_sharing(policy, "a:price", 7, &sharing, found), TUOYU_ERROR_NOT_FOUND);
    assert_int_equal(tuoyu_policy_indicator(policy, "price", 5, &indicator, found), TUOYU_ERROR_NOT_FOUND);
    assert_int_equal(tuoyu_diagnostics_count(found), 3);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(tuoyu_diagnostics_get(found, i, &item), TUOYU_OK);
        assert_non_null(strstr(item.message, "price`: it is a pricing rule"));
    }
    tuoyu_diagnostics_free(found);
    tuoyu_policy_unref(policy);
}

static void all_errors_at_once(void **state)
{
    (void)state;
    char *text = pack_of("pricing:\n  p: {title: P, unit: CNY, cite: s 1, amount: x}\n  q: {title: P, unit: "
                         "CNY, cite: s 1, amount: y}\n"
                         "eligibility: {e: {title: E, cite: s 1, all: [{id: a, when: z, because: a}]}}\n");
    tuoyu_diagnostics *diagnostics;
    tuoyu_diagnostic finding;
    assert_int_equal(load_failing(text, &diagnostics, &finding), TUOYU_ERROR_UNKNOWN_NAME);
    assert_int_equal(tuoyu_diagnostics_count(diagnostics), 3);
    tuoyu_diagnostics_free(diagnostics);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rules_and_their_parts),
        cmocka_unit_test(expressions_of_rules),
        cmocka_unit_test(subsidies),
        cmocka_unit_test(subsidies_that_are_rules),
        cmocka_unit_test(lists_of_a_rule_are_limited),
        cmocka_unit_test(indicators),
        cmocka_unit_test(examples),
        cmocka_unit_test(names_of_several_packs),
        cmocka_unit_test(rules_of_another_kind),
        cmocka_unit_test(all_errors_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
