/* SPDX-License-Identifier: Apache-2.0 */
/* Eight threads share a policy and its rules; each has its own case. All get the answers that one thread
 * gets, and the last to let go frees it. */
#include "../rules/policy_fixture.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { THREADS = 8, ROUNDS = 200 };

struct worker {
    tuoyu_policy *policy;
    tuoyu_pricing *pricing;
    tuoyu_indicator *indicator;
    int number;
    int wrong;
};

static bool check_quote(const struct worker *worker, tuoyu_case *facts, int round)
{
    char income[32], expected[64];
    long yuan =
        12 * (100 + (worker->number * ROUNDS + round) % 4000); /* 80% of a twelfth: below the ceiling */
    tuoyu_quote *quote = NULL;
    tuoyu_text *json = NULL;
    int32_t as_of = 0;
    snprintf(income, sizeof income, "%ld", yuan);
    snprintf(expected, sizeof expected, "\"amount\":\"%ld%s\"", yuan / 12 * 8 / 10,
             (const char *[]){"", ".8", ".6", ".4", ".2"}[yuan / 12 % 5]);
    tuoyu_date_from_text("2025-01-01", TUOYU_NUL_TERMINATED, &as_of);
    bool is_right =
        tuoyu_case_set_text(facts, "income.annual", 13, income, TUOYU_NUL_TERMINATED, NULL) == TUOYU_OK &&
        tuoyu_pricing_quote(worker->pricing, facts, as_of, &quote, NULL) == TUOYU_OK &&
        tuoyu_answer_to_json(tuoyu_quote_answer(quote), &json) == TUOYU_OK &&
        strstr(tuoyu_text_bytes(json), expected);
    tuoyu_text_free(json);
    tuoyu_quote_free(quote);
    return is_right;
}

static bool check_tally(const struct worker *worker, tuoyu_case *row)
{
    tuoyu_tally *tally = NULL;
    tuoyu_measure *measure = NULL;
    int32_t as_of = 0;
    tuoyu_date_from_text("2025-01-01", TUOYU_NUL_TERMINATED, &as_of);
    bool is_right = tuoyu_indicator_tally(worker->indicator, as_of, &tally, NULL) == TUOYU_OK;
    for (int i = 0; i < 10 && is_right; i++)
        is_right = tuoyu_case_set_boolean(row, "staff.certified", 15, i < 8, NULL) == TUOYU_OK &&
                   tuoyu_tally_add(tally, "staff", 5, row, NULL) == TUOYU_OK;
    is_right = is_right && tuoyu_tally_measure(tally, NULL, 0, NULL, 0, &measure, NULL) == TUOYU_OK &&
               tuoyu_measure_met(measure) == 1;
    tuoyu_measure_free(measure);
    tuoyu_tally_free(tally);
    return is_right;
}

static void *work(void *context)
{
    struct worker *worker = context;
    tuoyu_case *facts = NULL;
    bool passed = false;
    if (tuoyu_case_new(worker->policy, &facts) != TUOYU_OK)
        worker->wrong++;
    for (int round = 0; round < ROUNDS && facts; round++) {
        tuoyu_pricing_unref(tuoyu_pricing_ref(worker->pricing));
        worker->wrong += !check_quote(worker, facts, round);
        if (round % 20 == 0)
            worker->wrong += !check_tally(worker, facts);
    }
    for (size_t i = 0; i < tuoyu_policy_example_count(worker->policy); i++)
        worker->wrong += tuoyu_policy_example_run(worker->policy, i, &passed, NULL) != TUOYU_OK || !passed;
    tuoyu_case_free(facts);
    tuoyu_pricing_unref(worker->pricing);
    tuoyu_indicator_unref(worker->indicator);
    tuoyu_policy_unref(worker->policy);
    return NULL;
}

static void threads_share_a_policy(void **state)
{
    (void)state;
    tuoyu_policy *policy = load_file("tests/rules/packs/whole.yaml");
    pthread_t threads[THREADS];
    struct worker workers[THREADS];
    for (int i = 0; i < THREADS; i++) {
        workers[i] = (struct worker){.policy = tuoyu_policy_ref(policy), .number = i};
        assert_int_equal(
            tuoyu_policy_pricing(policy, "monthly_ceiling", TUOYU_NUL_TERMINATED, &workers[i].pricing, NULL),
            TUOYU_OK);
        assert_int_equal(tuoyu_policy_indicator(policy, "certified_rate", TUOYU_NUL_TERMINATED,
                                                &workers[i].indicator, NULL),
                         TUOYU_OK);
    }
    tuoyu_policy_unref(policy);
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, work, &workers[i]), 0);
    for (int i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
        assert_int_equal(workers[i].wrong, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(threads_share_a_policy)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
