/* SPDX-License-Identifier: Apache-2.0 */
/* Handles over the public interface: references, arguments that are wrong, option structs of other releases.
 */
#include "../rules/policy_fixture.h"

#include <stdlib.h>
#include <string.h>

static char *whole;

static int read_whole(void **state)
{
    (void)state;
    whole = source_file("tests/rules/packs/whole.yaml");
    return 0;
}

static int free_whole(void **state)
{
    (void)state;
    free(whole);
    return 0;
}

/* A policy given back at once lives on in whatever was made of it, each of them the last to hold it. */
static void whatever_is_left_keeps_the_policy(void **state)
{
    (void)state;
    tuoyu_policy *policy = load_packs(whole, NULL);
    tuoyu_pricing *pricing = NULL, *second = NULL;
    tuoyu_quote *quote = NULL;
    tuoyu_case *facts = make_case(policy, "{income.annual: 60000}");
    assert_int_equal(tuoyu_policy_pricing(policy, "monthly_ceiling", TUOYU_NUL_TERMINATED, &pricing, NULL),
                     TUOYU_OK);
    second = tuoyu_pricing_ref(pricing);
    tuoyu_policy_unref(policy);
    tuoyu_pricing_unref(pricing);
    assert_int_equal(tuoyu_pricing_quote(second, facts, day("2025-01-01"), &quote, NULL), TUOYU_OK);
    tuoyu_pricing_unref(second);
    tuoyu_case_free(facts);
    assert_json(tuoyu_quote_answer(quote), "\"amount\":\"4000\"");
    assert_text(tuoyu_quote_answer(quote), "zh", "全日托月收费上限");
    tuoyu_quote_free(quote);
}

static void a_tally_keeps_the_policy(void **state)
{
    (void)state;
    tuoyu_policy *policy = load_packs(whole, NULL);
    tuoyu_indicator *indicator = NULL;
    tuoyu_tally *tally = NULL;
    tuoyu_measure *measure = NULL;
    assert_int_equal(tuoyu_policy_indicator(policy, "certified_rate", TUOYU_NUL_TERMINATED, &indicator, NULL),
                     TUOYU_OK);
    tuoyu_policy_unref(policy);
    assert_int_equal(tuoyu_indicator_tally(indicator, day("2025-01-01"), &tally, NULL), TUOYU_OK);
    tuoyu_indicator_unref(indicator);
    assert_int_equal(tuoyu_tally_measure(tally, NULL, 0, NULL, 0, &measure, NULL), TUOYU_OK);
    tuoyu_tally_free(tally);
    assert_int_equal(tuoyu_answer_outcome(tuoyu_measure_answer(measure)), TUOYU_NOT_APPLICABLE);
    tuoyu_measure_free(measure);
}

static void null_is_no_crash(void **state)
{
    (void)state;
    tuoyu_policy *policy;
    tuoyu_decimal number;
    tuoyu_text *text;
    tuoyu_case *facts;
    tuoyu_pricing *pricing;
    tuoyu_quote *quote;
    tuoyu_tally *tally;
    tuoyu_measure *measure;
    size_t index;
    bool passed;
    assert_null(tuoyu_policy_ref(NULL));
    tuoyu_policy_unref(NULL);
    tuoyu_case_free(NULL);
    tuoyu_case_clear(NULL);
    tuoyu_quote_free(NULL);
    tuoyu_split_free(NULL);
    tuoyu_verdict_free(NULL);
    tuoyu_measure_free(NULL);
    tuoyu_tally_free(NULL);
    tuoyu_pricing_unref(NULL);
    tuoyu_cost_sharing_unref(NULL);
    tuoyu_eligibility_unref(NULL);
    tuoyu_indicator_unref(NULL);
    assert_int_equal(tuoyu_policy_load(NULL, 1, NULL, &policy, NULL), TUOYU_ERROR_INVALID_ARGUMENT);
    assert_null(policy);
    assert_int_equal(tuoyu_policy_find_rule(NULL, "x", 1, &index, NULL), TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(tuoyu_policy_example_run(NULL, 0, &passed, NULL), TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(tuoyu_case_new(NULL, &facts), TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(tuoyu_case_new(NULL, NULL), TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(tuoyu_case_set_text(NULL, "x", 1, "y", 1, NULL), TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(tuoyu_case_read(NULL, "x", 1, "y", 1, NULL), TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(tuoyu_policy_pricing(NULL, "x", 1, &pricing, NULL), TUOYU_ERROR_INVALID_ARGUMENT);
    assert_null(pricing);
    assert_int_equal(tuoyu_pricing_quote(NULL, NULL, 0, &quote, NULL), TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(tuoyu_indicator_tally(NULL, 0, &tally, NULL), TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(tuoyu_tally_add(NULL, "x", 1, NULL, NULL), TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(tuoyu_tally_merge(NULL, NULL, NULL), TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(tuoyu_tally_to_bytes(NULL, NULL, NULL), TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(tuoyu_tally_from_bytes(NULL, "x", 1, &tally, NULL), TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(tuoyu_tally_from_bytes(NULL, "x", 1, NULL, NULL), TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(tuoyu_tally_add_table(NULL, "x", 1, NULL, NULL, 0, 0, NULL, NULL),
                     TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(tuoyu_tally_as_of(NULL), 0);
    assert_null(tuoyu_tally_region_id(NULL, "x", 1, 0));
    assert_int_equal(tuoyu_tally_measure(NULL, NULL, 0, NULL, 0, &measure, NULL),
                     TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(tuoyu_answer_to_json(NULL, &text), TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(tuoyu_quote_amount(NULL, &number), TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(tuoyu_measure_value(NULL, &number), TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(tuoyu_policy_pack_count(NULL), 0);
    assert_null(tuoyu_policy_pack_id(NULL, 0));
    assert_null(tuoyu_policy_fact_name(NULL, 0));
    assert_int_equal(tuoyu_quote_step_count(NULL), 0);
    assert_null(tuoyu_quote_answer(NULL));
    assert_int_equal(tuoyu_answer_missing_count(NULL), 0);
}

static tuoyu_status load_with(const void *options)
{
    tuoyu_pack_text pack = {
        .name = "p", .name_length = 1, .text = whole, .text_length = TUOYU_NUL_TERMINATED};
    tuoyu_policy *policy = NULL;
    tuoyu_status status = tuoyu_policy_load(&pack, 1, options, &policy, NULL);
    tuoyu_policy_unref(policy);
    return status;
}

static void option_structs_of_other_releases(void **state)
{
    (void)state;
    struct {
        tuoyu_load_options known;
        char later[16];
    } newer = {.known = {.size = sizeof newer}};
    tuoyu_load_options options = {.size = sizeof options};
    assert_int_equal(load_with(&options), TUOYU_OK);
    options.size = offsetof(tuoyu_load_options, is_analysed); /* a program of the first release */
    assert_int_equal(load_with(&options), TUOYU_OK);
    options.size = offsetof(tuoyu_load_options, limits); /* one field less than its first release */
    assert_int_equal(load_with(&options), TUOYU_ERROR_OPTION_SIZE);
    options.size = 0;
    assert_int_equal(load_with(&options), TUOYU_ERROR_OPTION_SIZE);
    assert_int_equal(load_with(&newer), TUOYU_OK);
    newer.later[15] = 1;
    assert_int_equal(load_with(&newer), TUOYU_ERROR_OPTION_UNKNOWN);
    options = (tuoyu_load_options){.size = sizeof options, .reserved = 1};
    assert_int_equal(load_with(&options), TUOYU_ERROR_OPTION_UNKNOWN);
    tuoyu_limits limits = {.size = offsetof(tuoyu_limits, tally_items)};
    options = (tuoyu_load_options){.size = sizeof options, .limits = &limits};
    assert_int_equal(load_with(&options), TUOYU_ERROR_OPTION_SIZE);
    limits = (tuoyu_limits){.size = sizeof limits, .text_bytes = 100};
    assert_int_equal(load_with(&options), TUOYU_ERROR_LIMIT);
    limits = (tuoyu_limits){.size = sizeof limits, .nodes = 10};
    assert_int_equal(load_with(&options), TUOYU_ERROR_LIMIT);
    limits = (tuoyu_limits){.size = sizeof limits, .load_steps = 100};
    assert_int_equal(load_with(&options), TUOYU_ERROR_LIMIT);
    limits = (tuoyu_limits){.size = sizeof limits, .load_bytes = 10000};
    assert_int_equal(load_with(&options), TUOYU_ERROR_LIMIT);
    limits = (tuoyu_limits){.size = offsetof(tuoyu_limits, load_steps),
                            .load_steps = 1}; /* not looked at: an older program */
    assert_int_equal(load_with(&options), TUOYU_OK);
}

/* What is said of each fact goes with its type, and there is nothing behind the last one. */
static void check_facts(const tuoyu_policy *policy)
{
    size_t count = tuoyu_policy_fact_count(policy), enums = 0, needed = 0, rule;
    bool reads[64] = {false};
    for (size_t i = 0; i < count; i++) {
        bool is_enum = strcmp(tuoyu_policy_fact_type(policy, i), "enum") == 0;
        bool is_money = strcmp(tuoyu_policy_fact_type(policy, i), "money") == 0;
        enums += is_enum;
        assert_int_equal(is_enum, tuoyu_policy_fact_value(policy, i, 0) != NULL);
        assert_int_equal(is_enum, tuoyu_policy_fact_value_label(policy, i, 0, "zh") != NULL);
        assert_null(tuoyu_policy_fact_value(policy, i, 1000));
        assert_non_null(tuoyu_policy_fact_range(policy, i));
        if (is_money)
            assert_memory_equal(tuoyu_policy_fact_unit(policy, i), "CNY", 3);
    }
    assert_true(enums > 0);
    assert_null(tuoyu_policy_fact_unit(policy, count));
    assert_null(tuoyu_policy_fact_range(policy, count));
    assert_null(tuoyu_policy_fact_value(policy, count, 0));
    assert_null(tuoyu_policy_fact_value_label(NULL, 0, 0, "zh"));
    assert_true(count <= sizeof reads / sizeof *reads);
    for (rule = 0; rule < tuoyu_policy_rule_count(policy); rule++)
        assert_int_equal(tuoyu_policy_rule_facts(policy, rule, reads), TUOYU_OK);
    for (size_t i = 0; i < count; i++)
        needed += reads[i];
    assert_true(needed < count);
    assert_int_equal(tuoyu_policy_rule_facts(policy, rule, reads), TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(tuoyu_policy_rule_facts(policy, 0, NULL), TUOYU_ERROR_INVALID_ARGUMENT);
}

static void what_is_in_a_policy(void **state)
{
    (void)state;
    tuoyu_policy *policy = load_packs(whole, NULL);
    size_t index = 99;
    tuoyu_diagnostics *diagnostics = NULL;
    tuoyu_diagnostic finding;
    assert_int_equal(tuoyu_diagnostics_new(NULL, &diagnostics), TUOYU_OK);
    assert_string_equal(tuoyu_policy_pack_title(policy, 0, "en"), "Test city childcare");
    assert_string_equal(tuoyu_policy_pack_title(policy, 0, "zh"), "测试市普惠托育");
    assert_null(tuoyu_policy_pack_title(policy, 1, "zh"));
    assert_int_equal(tuoyu_policy_find_rule(policy, "cn.test.city:grant", TUOYU_NUL_TERMINATED, &index, NULL),
                     TUOYU_OK);
    assert_int_equal(tuoyu_policy_rule_kind(policy, index), TUOYU_RULE_COST_SHARING);
    assert_string_equal(tuoyu_policy_rule_title(policy, index, "zh"), "建设补助分担");
    assert_int_equal(tuoyu_policy_find_rule(policy, "grand", 5, &index, diagnostics), TUOYU_ERROR_NOT_FOUND);
    assert_int_equal(tuoyu_diagnostics_get(diagnostics, 0, &finding), TUOYU_OK);
    assert_non_null(strstr(finding.hint, "grant"));
    tuoyu_pricing *pricing = NULL;
    assert_int_equal(tuoyu_policy_pricing(policy, "grant", 5, &pricing, NULL),
                     TUOYU_ERROR_NOT_FOUND); /* of another kind */
    assert_string_equal(tuoyu_policy_fact_name(policy, 0), "child.birth_date");
    assert_string_equal(tuoyu_policy_fact_type(policy, 0), "date");
    assert_string_equal(tuoyu_policy_fact_label(policy, 0, "en"), "date of birth");
    assert_null(tuoyu_policy_fact_name(policy, tuoyu_policy_fact_count(policy)));
    check_facts(policy);
    tuoyu_diagnostics_free(diagnostics);
    tuoyu_policy_unref(policy);
}

static void facts_are_checked_as_they_are_set(void **state)
{
    (void)state;
    tuoyu_policy *policy = load_packs(whole, NULL);
    tuoyu_case *facts = make_case(policy, "{}");
    tuoyu_decimal number;
    static const struct {
        const char *name, *text;
        tuoyu_status status;
    } CASES[] = {{"child.monthly_fee", "100.00", TUOYU_OK},
                 {"child.monthly_fee", "", TUOYU_OK},
                 {"child.monthly_fee", "100.001", TUOYU_ERROR_FACT_RANGE},
                 {"child.monthly_fee", "-0.01", TUOYU_ERROR_FACT_RANGE},
                 {"child.monthly_fee", "100000.01", TUOYU_ERROR_FACT_RANGE},
                 {"child.monthly_fee", "一百", TUOYU_ERROR_FACT_TYPE},
                 {"child.birth_date", "2024-02-30", TUOYU_ERROR_DATE},
                 {"child.birth_date", "2024-02-29", TUOYU_OK},
                 {"child.kind", "publik", TUOYU_ERROR_FACT_VALUE},
                 {"child.kind", "null", TUOYU_ERROR_FACT_VALUE},
                 {"institution.places", "500", TUOYU_OK},
                 {"institution.places", "501", TUOYU_ERROR_FACT_RANGE},
                 {"staff.certified", "yes", TUOYU_ERROR_FACT_TYPE},
                 {"staff.subdistrict", "街道\xff", TUOYU_ERROR_ENCODING},
                 {"child.fee", "1", TUOYU_ERROR_FACT_UNKNOWN}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        tuoyu_status status = tuoyu_case_set_text(facts, CASES[i].name, TUOYU_NUL_TERMINATED, CASES[i].text,
                                                  TUOYU_NUL_TERMINATED, NULL);
        if (status != CASES[i].status)
            fail_msg("%s = %s: %s", CASES[i].name, CASES[i].text, tuoyu_status_name(status));
    }
    assert_int_equal(tuoyu_decimal_from_int64(2, 0, &number), TUOYU_OK);
    assert_int_equal(tuoyu_case_set_decimal(facts, "staff.certified", 15, &number, NULL),
                     TUOYU_ERROR_FACT_TYPE);
    assert_int_equal(tuoyu_case_set_boolean(facts, "child.monthly_fee", 17, true, NULL),
                     TUOYU_ERROR_FACT_TYPE);
    assert_int_equal(tuoyu_case_set_date(facts, "child.birth_date", 16, INT32_MAX, NULL), TUOYU_ERROR_DATE);
    assert_int_equal(tuoyu_case_set_none(facts, "child.birth_date", 16, NULL), TUOYU_ERROR_FACT_TYPE);
    static const tuoyu_decimal NO_NUMBERS[] = {
        /* memset(), infinities, no numbers, more than 34 digits */
        {.opaque = {UINT64_MAX, UINT64_MAX}},
        {.opaque = {0, UINT64_C(0x78) << 56}},
        {.opaque = {0, UINT64_C(0xF8) << 56}},
        {.opaque = {0, UINT64_C(0x7C) << 56}},
        {.opaque = {1, UINT64_C(0xFE) << 56}},
        {.opaque = {0, UINT64_C(0x60) << 56}},
        {.opaque = {UINT64_C(0x378D8E6400000000), UINT64_C(0x3041ED09BEAD87C0)}}};
    for (size_t i = 0; i < sizeof NO_NUMBERS / sizeof *NO_NUMBERS; i++) {
        assert_int_equal(tuoyu_case_set_decimal(facts, "child.monthly_fee", 17, &NO_NUMBERS[i], NULL),
                         TUOYU_ERROR_FACT_TYPE);
        assert_int_equal(tuoyu_case_set_decimal(facts, "institution.places", 18, &NO_NUMBERS[i], NULL),
                         TUOYU_ERROR_FACT_TYPE);
        assert_int_equal(tuoyu_case_set_decimal(facts, "staff.certified", 15, &NO_NUMBERS[i], NULL),
                         TUOYU_ERROR_FACT_TYPE);
    }
    assert_int_equal(tuoyu_case_set_date(facts, "child.birth_date", 16, INT32_MIN, NULL), TUOYU_ERROR_DATE);
    assert_int_equal(tuoyu_case_set_date(facts, "child.birth_date", 16, 2932897, NULL),
                     TUOYU_ERROR_DATE); /* 10000-01-01 */
    assert_int_equal(tuoyu_case_set_date(facts, "child.birth_date", 16, -719163, NULL),
                     TUOYU_ERROR_DATE); /* 0000-12-31 */
    tuoyu_case_free(facts);
    tuoyu_policy_unref(policy);
}

/* A fact that was refused leaves the one before; clearing forgets all. */
static void a_wrong_fact_is_not_set(void **state)
{
    (void)state;
    tuoyu_policy *policy = load_packs(whole, NULL);
    tuoyu_pricing *pricing = NULL;
    tuoyu_quote *quote = NULL;
    tuoyu_case *facts = make_case(policy, "{income.annual: 60000}");
    assert_int_equal(tuoyu_policy_pricing(policy, "monthly_ceiling", TUOYU_NUL_TERMINATED, &pricing, NULL),
                     TUOYU_OK);
    assert_int_equal(tuoyu_case_set_text(facts, "income.annual", 13, "x", 1, NULL), TUOYU_ERROR_FACT_TYPE);
    assert_int_equal(tuoyu_pricing_quote(pricing, facts, day("2025-01-01"), &quote, NULL), TUOYU_OK);
    assert_json(tuoyu_quote_answer(quote), "\"amount\":\"4000\"");
    tuoyu_quote_free(quote);
    tuoyu_case_clear(facts);
    assert_int_equal(tuoyu_pricing_quote(pricing, facts, day("2025-01-01"), &quote, NULL), TUOYU_OK);
    assert_int_equal(tuoyu_answer_outcome(tuoyu_quote_answer(quote)), TUOYU_UNDETERMINED);
    tuoyu_quote_free(quote);
    assert_int_equal(tuoyu_pricing_quote(pricing, facts, INT32_MAX, &quote, NULL), TUOYU_ERROR_DATE);
    tuoyu_policy *other = load_packs(whole, NULL);
    tuoyu_case *foreign = make_case(other, "{}");
    assert_int_equal(tuoyu_pricing_quote(pricing, foreign, day("2025-01-01"), &quote, NULL),
                     TUOYU_ERROR_INVALID_ARGUMENT);
    assert_null(quote);
    tuoyu_case_free(foreign);
    tuoyu_policy_unref(other);
    tuoyu_case_free(facts);
    tuoyu_pricing_unref(pricing);
    tuoyu_policy_unref(policy);
}

static void heads_schema_names(void **state)
{
    (void)state;
    static const char TEXT_OF_PACK[] =
        "tuoyu: 1\nid: a.b\ntitle: A\nauthority: A\nin_force: 2024-01-01..\nuses: [c.d, e]\nwhatever: 1\n";
    tuoyu_pack_text pack = {
        .name = "p", .name_length = 1, .text = TEXT_OF_PACK, .text_length = TUOYU_NUL_TERMINATED};
    tuoyu_text *text = NULL;
    assert_int_equal(tuoyu_pack_head(&pack, &text, NULL), TUOYU_OK);
    assert_string_equal(tuoyu_text_bytes(text), "a.b 2024-01-01..\nc.d\ne");
    tuoyu_text_free(text);
    assert_int_equal(tuoyu_pack_schema(&text), TUOYU_OK);
    assert_non_null(strstr(tuoyu_text_bytes(text), "draft-07"));
    tuoyu_text_free(text);
    assert_string_equal(tuoyu_status_name(TUOYU_ERROR_SHARES), "TUOYU_ERROR_SHARES");
    assert_string_equal(tuoyu_status_name(0), "TUOYU_OK");
    assert_non_null(tuoyu_status_name(12345));
    assert_string_equal(tuoyu_version(), TUOYU_VERSION);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whatever_is_left_keeps_the_policy),
        cmocka_unit_test(a_tally_keeps_the_policy),
        cmocka_unit_test(null_is_no_crash),
        cmocka_unit_test(option_structs_of_other_releases),
        cmocka_unit_test(what_is_in_a_policy),
        cmocka_unit_test(facts_are_checked_as_they_are_set),
        cmocka_unit_test(a_wrong_fact_is_not_set),
        cmocka_unit_test(heads_schema_names),
    };
    return cmocka_run_group_tests(tests, read_whole, free_whole);
}
