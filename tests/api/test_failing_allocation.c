/* SPDX-License-Identifier: Apache-2.0 */
/* Every allocation of a load and of the four kinds of evaluation is refused once, and all from there on: no
 * crash, no leak, and the status is TUOYU_ERROR_NO_MEMORY. */
#include "../rules/policy_fixture.h"

#include "../refusing_memory.h"

static size_t calls_before_examples;

/* ---- What is done ---- */

static tuoyu_status show(const tuoyu_answer *answer)
{
    tuoyu_text *json = NULL, *zh = NULL, *en = NULL, *tree = NULL, *receipt = NULL, *plain = NULL;
    tuoyu_status status = tuoyu_answer_to_json(answer, &json);
    if (status == TUOYU_OK)
        status = tuoyu_answer_to_text(answer, "zh", true, &zh);
    if (status == TUOYU_OK)
        status = tuoyu_answer_to_text(answer, "en", false, &en);
    if (status == TUOYU_OK)
        status = tuoyu_answer_explain_json(answer, &tree);
    if (status == TUOYU_OK)
        status = tuoyu_answer_to_receipt(answer, &receipt);
    if (status == TUOYU_OK)
        status = tuoyu_answer_explain_for(answer, TUOYU_READER_PARENT, "zh", &plain);
    tuoyu_text_free(json);
    tuoyu_text_free(tree);
    tuoyu_text_free(receipt);
    tuoyu_text_free(plain);
    tuoyu_text_free(zh);
    tuoyu_text_free(en);
    return status;
}

static tuoyu_status ask_pricing(tuoyu_policy *policy, const tuoyu_case *facts, int32_t as_of,
                                const char *name)
{
    tuoyu_pricing *pricing = NULL;
    tuoyu_quote *quote = NULL;
    tuoyu_status status = tuoyu_policy_pricing(policy, name, TUOYU_NUL_TERMINATED, &pricing, NULL);
    if (status == TUOYU_OK)
        status = tuoyu_pricing_quote(pricing, facts, as_of, &quote, NULL);
    if (status == TUOYU_OK)
        status = show(tuoyu_quote_answer(quote));
    tuoyu_quote_free(quote);
    tuoyu_pricing_unref(pricing);
    return status;
}

static tuoyu_status ask_cost_sharing(tuoyu_policy *policy, const tuoyu_case *facts, int32_t as_of,
                                     const char *name)
{
    tuoyu_cost_sharing *cost_sharing = NULL;
    tuoyu_split *split = NULL;
    tuoyu_status status = tuoyu_policy_cost_sharing(policy, name, TUOYU_NUL_TERMINATED, &cost_sharing, NULL);
    if (status == TUOYU_OK)
        status = tuoyu_cost_sharing_split(cost_sharing, facts, as_of, &split, NULL);
    if (status == TUOYU_OK)
        status = show(tuoyu_split_answer(split));
    tuoyu_split_free(split);
    tuoyu_cost_sharing_unref(cost_sharing);
    return status;
}

static tuoyu_status duplicate_is_fine(tuoyu_status status)
{
    return status == TUOYU_ERROR_DUPLICATE ? TUOYU_OK : status;
}

/* A claim that is paid and one that waits for a fact, records under one id that differ and that are the same,
 * and one that is no claim; the facts are those of the budget, too. */
static tuoyu_status ask_budget(tuoyu_policy *policy, tuoyu_case *facts, int32_t as_of, const char *name)
{
    tuoyu_cost_sharing *cost_sharing = NULL;
    tuoyu_budget *budget = NULL;
    tuoyu_payout *payout = NULL;
    tuoyu_case *open = NULL;
    tuoyu_status status = tuoyu_policy_cost_sharing(policy, name, TUOYU_NUL_TERMINATED, &cost_sharing, NULL);
    if (status == TUOYU_OK)
        status = tuoyu_cost_sharing_budget(cost_sharing, facts, as_of, &budget, NULL);
    if (status == TUOYU_OK)
        status = tuoyu_case_new(policy, &open);
    if (status == TUOYU_OK)
        status = tuoyu_budget_add(budget, "known", TUOYU_NUL_TERMINATED, facts, NULL);
    if (status == TUOYU_OK)
        status = tuoyu_budget_add(budget, "open", TUOYU_NUL_TERMINATED, open, NULL);
    if (status == TUOYU_OK)
        status = tuoyu_budget_add(budget, "twice", TUOYU_NUL_TERMINATED, open, NULL);
    if (status == TUOYU_OK)
        status = duplicate_is_fine(tuoyu_budget_add(budget, "twice", TUOYU_NUL_TERMINATED, facts, NULL));
    if (status == TUOYU_OK)
        status = duplicate_is_fine(tuoyu_budget_add(budget, "open", TUOYU_NUL_TERMINATED, open, NULL));
    if (status == TUOYU_OK)
        status = tuoyu_budget_add_unreadable(budget, NULL, 0, TUOYU_ERROR_SYNTAX, NULL);
    if (status == TUOYU_OK)
        status = tuoyu_budget_pay(budget, &payout, NULL);
    if (status == TUOYU_OK)
        status = show(tuoyu_payout_answer(payout));
    tuoyu_payout_free(payout);
    tuoyu_budget_free(budget);
    tuoyu_case_free(open);
    tuoyu_cost_sharing_unref(cost_sharing);
    return status;
}

static tuoyu_status ask_eligibility(tuoyu_policy *policy, const tuoyu_case *facts, int32_t as_of,
                                    const char *name)
{
    tuoyu_eligibility *eligibility = NULL;
    tuoyu_verdict *verdict = NULL;
    tuoyu_status status = tuoyu_policy_eligibility(policy, name, TUOYU_NUL_TERMINATED, &eligibility, NULL);
    if (status == TUOYU_OK)
        status = tuoyu_eligibility_verdict(eligibility, facts, as_of, &verdict, NULL);
    if (status == TUOYU_OK)
        status = show(tuoyu_verdict_answer(verdict));
    tuoyu_verdict_free(verdict);
    tuoyu_eligibility_unref(eligibility);
    return status;
}

static tuoyu_status add_row(tuoyu_tally *tally, tuoyu_case *row, const char *entity, const char *text)
{
    tuoyu_case_clear(row);
    tuoyu_status status = tuoyu_case_read(row, "row", TUOYU_NUL_TERMINATED, text, TUOYU_NUL_TERMINATED, NULL);
    return status == TUOYU_OK ? tuoyu_tally_add(tally, entity, TUOYU_NUL_TERMINATED, row, NULL) : status;
}

static tuoyu_status add_rows(tuoyu_tally *tally, tuoyu_case *row)
{
    static const char *const ROWS[][2] = {
        {"subdistrict", "subdistrict: {id: 小港街道}"},
        {"subdistrict", "subdistrict: {id: 新碶街道}"},
        {"institution", "institution: {open: true, inclusive: true, places: 20, subdistrict: 小港街道}"},
        {"institution", "institution: {open: true, places: 7, subdistrict: 新碶街道}"},
        {"institution", "institution: {places: 7}"},
        {"staff", "staff: {certified: true, subdistrict: 小港街道}"},
        {"staff", "staff: {subdistrict: 戚家山街道}"}};
    tuoyu_status status = TUOYU_OK;
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS && status == TUOYU_OK; i++)
        status = add_row(tally, row, ROWS[i][0], ROWS[i][1]);
    if (status == TUOYU_OK)
        status = tuoyu_tally_add_unreadable(tally, "institution", TUOYU_NUL_TERMINATED, 2, NULL);
    return status;
}

/* Written, read back, and merged. */
static tuoyu_status take_in_its_like(const tuoyu_indicator *indicator, tuoyu_tally *tally)
{
    tuoyu_tally *like = NULL;
    tuoyu_text *bytes = NULL;
    tuoyu_status status = tuoyu_tally_to_bytes(tally, &bytes, NULL);
    if (status == TUOYU_OK)
        status =
            tuoyu_tally_from_bytes(indicator, tuoyu_text_bytes(bytes), tuoyu_text_length(bytes), &like, NULL);
    if (status == TUOYU_OK)
        status = tuoyu_tally_merge(tally, like, NULL);
    tuoyu_text_free(bytes);
    tuoyu_tally_free(like);
    return status;
}

static tuoyu_status show_reason(const tuoyu_measure *measure)
{
    tuoyu_text *reason = NULL;
    tuoyu_status status = tuoyu_measure_reason(measure, "zh", &reason);
    tuoyu_text_free(reason);
    return status;
}

static tuoyu_status ask_indicator(tuoyu_policy *policy, tuoyu_case *row, int32_t as_of, const char *name,
                                  const char *region)
{
    tuoyu_indicator *indicator = NULL;
    tuoyu_tally *tally = NULL;
    tuoyu_measure *whole = NULL, *part = NULL;
    tuoyu_status status = tuoyu_policy_indicator(policy, name, TUOYU_NUL_TERMINATED, &indicator, NULL);
    if (status == TUOYU_OK)
        status = tuoyu_indicator_tally(indicator, as_of, &tally, NULL);
    if (status == TUOYU_OK)
        status = add_rows(tally, row);
    if (status == TUOYU_OK)
        status = take_in_its_like(indicator, tally);
    if (status == TUOYU_OK)
        status = tuoyu_tally_measure(tally, NULL, 0, NULL, 0, &whole, NULL);
    if (status == TUOYU_OK && region)
        status = tuoyu_tally_measure(tally, "subdistrict", 11, region, TUOYU_NUL_TERMINATED, &part, NULL);
    if (status == TUOYU_OK)
        status = show(tuoyu_measure_answer(whole));
    if (status == TUOYU_OK)
        status = show_reason(whole);
    if (status == TUOYU_OK && part)
        status = show(tuoyu_measure_answer(part));
    tuoyu_measure_free(whole);
    tuoyu_measure_free(part);
    tuoyu_tally_free(tally);
    tuoyu_indicator_unref(indicator);
    return status;
}

static tuoyu_status ask_waiting_list(tuoyu_policy *policy, const tuoyu_case *facts, int32_t as_of)
{
    tuoyu_eligibility *eligibility = NULL;
    tuoyu_waiting_list *list = NULL;
    tuoyu_text *json = NULL, *text = NULL, *reason = NULL;
    tuoyu_status status = tuoyu_policy_eligibility(policy, "rated", TUOYU_NUL_TERMINATED, &eligibility, NULL);
    if (status == TUOYU_OK)
        status = tuoyu_eligibility_waiting_list(eligibility, as_of, 1, &list, NULL);
    if (status == TUOYU_OK)
        status = tuoyu_waiting_list_add(list, "b", 1, facts, NULL);
    if (status == TUOYU_OK)
        status = tuoyu_waiting_list_add(list, "a", 1, facts, NULL);
    if (status == TUOYU_OK)
        status = tuoyu_waiting_list_add_error(list, 3, NULL, 0, TUOYU_ERROR_SYNTAX, "no row", 6, NULL);
    if (status == TUOYU_OK)
        status = tuoyu_waiting_list_order(list);
    if (status == TUOYU_OK)
        status = tuoyu_waiting_list_to_json(list, &json);
    if (status == TUOYU_OK)
        status = tuoyu_waiting_list_to_text(list, "zh", &text);
    if (status == TUOYU_OK)
        status = tuoyu_waiting_list_reason(list, 1, "en", &reason);
    tuoyu_text_free(json);
    tuoyu_text_free(text);
    tuoyu_text_free(reason);
    tuoyu_waiting_list_free(list);
    tuoyu_eligibility_unref(eligibility);
    return status;
}

static tuoyu_status run_examples(const tuoyu_policy *policy)
{
    tuoyu_status status = TUOYU_OK;
    for (size_t i = 0; i < tuoyu_policy_example_count(policy) && status == TUOYU_OK; i++) {
        bool passed = false;
        status = tuoyu_policy_example_run(policy, i, &passed, NULL);
        if (status == TUOYU_OK)
            assert_true(passed);
    }
    return status;
}

/* A policy with two changes, made in two steps, lists itself and answers a case. */
static tuoyu_status ask_scenario(tuoyu_policy *policy, int32_t as_of)
{
    const tuoyu_change change = {.parameter = "ceiling",
                                 .parameter_length = TUOYU_NUL_TERMINATED,
                                 .value = "2",
                                 .value_length = TUOYU_NUL_TERMINATED,
                                 .operation = TUOYU_CHANGE_SCALE,
                                 .first_day = as_of - 100};
    tuoyu_policy *once = NULL, *twice = NULL;
    tuoyu_case *facts = NULL;
    tuoyu_text *listing = NULL;
    tuoyu_status status = tuoyu_policy_with(policy, &change, 1, &once, NULL);
    if (status == TUOYU_OK)
        status = tuoyu_policy_with(once, &change, 1, &twice, NULL);
    tuoyu_policy_unref(once);
    if (status == TUOYU_OK)
        status = tuoyu_policy_to_json(twice, &listing);
    if (status == TUOYU_OK)
        status = tuoyu_case_new(twice, &facts);
    if (status == TUOYU_OK)
        status = ask_pricing(twice, facts, as_of, "monthly_ceiling");
    tuoyu_text_free(listing);
    tuoyu_case_free(facts);
    tuoyu_policy_unref(twice);
    return status;
}

static tuoyu_status use(tuoyu_policy *policy)
{
    static const char FACTS[] =
        "{child: {birth_date: 2024-01-01, kind: private, monthly_fee: 4000.01}, income.annual: 60000}";
    tuoyu_case *facts = NULL;
    int32_t as_of = day("2025-01-01");
    tuoyu_status status = tuoyu_case_new(policy, &facts);
    if (status == TUOYU_OK)
        status = tuoyu_case_read(facts, "facts", TUOYU_NUL_TERMINATED, FACTS, TUOYU_NUL_TERMINATED, NULL);
    if (status == TUOYU_OK)
        status = tuoyu_case_set_text(facts, "staff.subdistrict", TUOYU_NUL_TERMINATED, "街道",
                                     TUOYU_NUL_TERMINATED, NULL);
    if (status == TUOYU_OK)
        status = ask_pricing(policy, facts, as_of, "monthly_ceiling");
    if (status == TUOYU_OK)
        status = ask_pricing(policy, facts, as_of, "bounded");
    if (status == TUOYU_OK)
        status = ask_cost_sharing(policy, facts, as_of, "grant");
    if (status == TUOYU_OK)
        status = ask_cost_sharing(policy, facts, as_of, "in_parts");
    if (status == TUOYU_OK)
        status = ask_cost_sharing(policy, facts, as_of, "combined");
    if (status == TUOYU_OK)
        status = ask_budget(policy, facts, as_of, "combined");
    if (status == TUOYU_OK)
        status = ask_eligibility(policy, facts, as_of, "admit");
    if (status == TUOYU_OK)
        status = ask_eligibility(policy, facts, as_of, "excepted");
    if (status == TUOYU_OK)
        status = ask_eligibility(policy, facts, as_of, "rated");
    if (status == TUOYU_OK)
        status = ask_waiting_list(policy, facts, as_of); /* pending */
    if (status == TUOYU_OK)
        status = tuoyu_case_read(facts, "facts", TUOYU_NUL_TERMINATED,
                                 "{staff.certified: true, institution: {open: true, inclusive: true}}",
                                 TUOYU_NUL_TERMINATED, NULL);
    if (status == TUOYU_OK)
        status = ask_waiting_list(policy, facts, as_of); /* in a queue */
    if (status == TUOYU_OK)
        tuoyu_case_clear(facts);
    if (status == TUOYU_OK)
        status = ask_pricing(policy, facts, as_of, "monthly_ceiling");
    if (status == TUOYU_OK)
        status = ask_scenario(policy, as_of);
    if (status == TUOYU_OK)
        status = ask_indicator(policy, facts, as_of, "certified_rate", "小港街道");
    if (status == TUOYU_OK)
        status = ask_indicator(policy, facts, as_of, "coverage", "新碶街道");
    if (status == TUOYU_OK)
        status = ask_indicator(policy, facts, as_of, "places", NULL);
    calls_before_examples = calls;
    if (status == TUOYU_OK)
        status = run_examples(policy);
    tuoyu_case_free(facts);
    return status;
}

static tuoyu_status run(const char *text, size_t at, bool sticky)
{
    tuoyu_pack_text pack = {.name = "p", .name_length = 1, .text = text, .text_length = TUOYU_NUL_TERMINATED};
    tuoyu_load_options options = {.size = sizeof options, .allocator = &REFUSING};
    tuoyu_policy *policy = NULL;
    refuse(at, sticky);
    tuoyu_status status = tuoyu_policy_load(&pack, 1, &options, &policy, NULL);
    assert_int_equal(status == TUOYU_OK, policy != NULL);
    if (status == TUOYU_OK)
        status = use(policy);
    tuoyu_policy_unref(policy);
    refuse_at = 0;
    assert_int_equal(live_blocks, 0);
    assert_int_equal(live_bytes, 0);
    return status;
}

static void every_allocation(void **state)
{
    (void)state;
    char *text = source_file("tests/rules/packs/whole.yaml");
    assert_int_equal(run(text, 0, false), TUOYU_OK);
    size_t total = calls, before_examples = calls_before_examples;
    assert_true(before_examples > 200);
    for (size_t at = 1; at <= total; at++) {
        for (int sticky = 0; sticky < 2; sticky++) {
            tuoyu_status status = run(text, at, sticky);
            assert_true(was_refused);
            /* An example that expects an error needs no memory for the finding. */
            bool is_right = status == TUOYU_ERROR_NO_MEMORY || (status == TUOYU_OK && at > before_examples);
            if (!is_right)
                fail_msg("allocation %zu: %s", at, tuoyu_status_name(status));
        }
    }
    print_message("%zu allocations refused\n", total);
    free(text);
}

static void a_second_evaluation_allocates_only_its_answer(void **state)
{
    (void)state;
    char *text = source_file("tests/rules/packs/whole.yaml");
    tuoyu_pack_text pack = {.name = "p", .name_length = 1, .text = text, .text_length = TUOYU_NUL_TERMINATED};
    tuoyu_load_options options = {.size = sizeof options, .allocator = &REFUSING};
    tuoyu_policy *policy = NULL;
    tuoyu_case *facts = NULL;
    tuoyu_pricing *pricing = NULL;
    refuse(0, false);
    assert_int_equal(tuoyu_policy_load(&pack, 1, &options, &policy, NULL), TUOYU_OK);
    assert_int_equal(tuoyu_case_new(policy, &facts), TUOYU_OK);
    assert_int_equal(tuoyu_policy_pricing(policy, "monthly_ceiling", TUOYU_NUL_TERMINATED, &pricing, NULL),
                     TUOYU_OK);
    size_t bytes = 0;
    for (int i = 0; i < 100; i++) {
        tuoyu_quote *quote = NULL;
        tuoyu_case_clear(facts);
        assert_int_equal(tuoyu_case_set_text(facts, "staff.subdistrict", TUOYU_NUL_TERMINATED, "街道",
                                             TUOYU_NUL_TERMINATED, NULL),
                         TUOYU_OK);
        assert_int_equal(tuoyu_pricing_quote(pricing, facts, day("2025-01-01"), &quote, NULL), TUOYU_OK);
        tuoyu_quote_free(quote);
        if (i == 0)
            bytes = live_bytes;
        assert_int_equal(live_bytes, bytes);
    }
    tuoyu_pricing_unref(pricing);
    tuoyu_case_free(facts);
    tuoyu_policy_unref(policy);
    assert_int_equal(live_bytes, 0);
    free(text);
}

/* Sets a text of so many bytes by each way there is; refuses none. */
static void set_subdistrict(tuoyu_case *facts, size_t length, bool as_json)
{
    char text[512], json[600];
    memset(text, (int)('a' + length % 26), length);
    text[length] = '\0';
    snprintf(json, sizeof json, "{\"staff.subdistrict\": \"%s\"}", text);
    tuoyu_status status =
        as_json ? tuoyu_case_read(facts, "f", 1, json, TUOYU_NUL_TERMINATED, NULL)
                : tuoyu_case_set_text(facts, "staff.subdistrict", TUOYU_NUL_TERMINATED, text, length, NULL);
    assert_int_equal(status, TUOYU_OK);
}

static void a_text_that_is_set_again_takes_no_more(void **state)
{
    (void)state;
    char *text = source_file("tests/rules/packs/whole.yaml");
    tuoyu_pack_text pack = {.name = "p", .name_length = 1, .text = text, .text_length = TUOYU_NUL_TERMINATED};
    tuoyu_load_options options = {.size = sizeof options, .allocator = &REFUSING};
    tuoyu_policy *policy = NULL;
    tuoyu_case *facts = NULL;
    refuse(0, false);
    assert_int_equal(tuoyu_policy_load(&pack, 1, &options, &policy, NULL), TUOYU_OK);
    assert_int_equal(tuoyu_case_new(policy, &facts), TUOYU_OK);
    size_t bytes = 0;
    for (size_t i = 0; i < 20000; i++) {
        set_subdistrict(facts, 1 + i * 37 % 300, i % 3 == 0);
        if (i % 5 == 0)
            assert_int_equal(
                tuoyu_case_set_text(facts, "staff.subdistrict", TUOYU_NUL_TERMINATED, "", 0, NULL), TUOYU_OK);
        if (i == 600)
            bytes = live_bytes;
        if (i >= 600)
            assert_int_equal(live_bytes, bytes);
        if (i % 1000 == 999)
            tuoyu_case_clear(facts);
    }
    tuoyu_case_free(facts);
    tuoyu_policy_unref(policy);
    assert_int_equal(live_bytes, 0);
    free(text);
}

/* What was set last is what counts, whether it is longer, shorter or as long as what was there. */
static void the_text_set_last_is_in_the_receipt(void **state)
{
    (void)state;
    char *text = source_file("tests/rules/packs/whole.yaml");
    tuoyu_policy *policy = load_packs(text, NULL);
    tuoyu_pricing *pricing = NULL;
    tuoyu_case *facts = NULL;
    assert_int_equal(tuoyu_policy_pricing(policy, "monthly_ceiling", TUOYU_NUL_TERMINATED, &pricing, NULL),
                     TUOYU_OK);
    assert_int_equal(tuoyu_case_new(policy, &facts), TUOYU_OK);
    static const size_t LENGTHS[] = {3, 300, 2, 2, 299, 300, 301, 1, 500, 4};
    for (size_t i = 0; i < sizeof LENGTHS / sizeof *LENGTHS; i++) {
        char expected[600];
        tuoyu_quote *quote = NULL;
        tuoyu_text *receipt = NULL;
        if (i == 5)
            tuoyu_case_clear(facts);
        set_subdistrict(facts, LENGTHS[i], i % 2);
        int length = snprintf(expected, sizeof expected, "\"staff.subdistrict\":\"");
        memset(expected + length, (int)('a' + LENGTHS[i] % 26), LENGTHS[i]);
        snprintf(expected + (size_t)length + LENGTHS[i], 8, "\"");
        assert_int_equal(tuoyu_pricing_quote(pricing, facts, day("2025-01-01"), &quote, NULL), TUOYU_OK);
        assert_int_equal(tuoyu_answer_to_receipt(tuoyu_quote_answer(quote), &receipt), TUOYU_OK);
        assert_non_null(strstr(tuoyu_text_bytes(receipt), expected));
        tuoyu_text_free(receipt);
        tuoyu_quote_free(quote);
    }
    tuoyu_case_free(facts);
    tuoyu_pricing_unref(pricing);
    tuoyu_policy_unref(policy);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_allocation),
        cmocka_unit_test(a_second_evaluation_allocates_only_its_answer),
        cmocka_unit_test(a_text_that_is_set_again_takes_no_more),
        cmocka_unit_test(the_text_set_last_is_in_the_receipt),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
