/* SPDX-License-Identifier: Apache-2.0 */
/* The states of criteria and the days on which they turn, held against asking the rule day by day. */
#include "rules/criterion_states.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "policy_fixture.h"
#include "rules/rule_kind.h"

/* Conditions that turn once, twice, every year, never; that are met by not being so, that apply on some days
 * only, and that hang on a dated number. */
static const char PACK[] =
    "tuoyu: 1\nid: cn.test\ntitle: 试\nin_force: 2010-01-01..\nsources: {s: {title: 文件}}\n"
    "facts:\n"
    "  child: {born: {type: date}, listed_until: {type: date}, filed: {type: boolean}, lived: {type: "
    "integer, unit: "
    "month}}\n"
    "parameters:\n"
    "  least: {unit: month, cite: s 一, standing: cited, values: {2010-01-01: {value: 6}, 2025-03-01: "
    "{value: 3}}}\n"
    "  unset_yet: {unset: 未公布}\n"
    "definitions: {age: 'completed months(child.born, as_of)'}\n"
    "eligibility:\n"
    "  flat: {title: 平, cite: s 一, all: [{id: old_enough, when: age >= least, because: 够大}, {id: young, "
    "when: age < "
    "36, because: 未超龄}, {id: filed, when: child.filed, because: 已备案}]}\n"
    "  grouped:\n"
    "    title: 组\n"
    "    cite: s 一\n"
    "    any:\n"
    "      - {id: autumn, when: 'as_of.month = 9 and as_of.day <= 10', because: 九月上旬}\n"
    "      - {id: both, because: 两项, all: [{id: clean, because: 不在名单, none: [{id: listed, when: as_of "
    "<= "
    "child.listed_until, because: 在名单}]}, {id: grown, when: age >= 24, because: 满两岁}]}\n"
    "    except: [{id: waived, when: age >= 60, decision: eligible, because: 免除}]\n"
    "  none_of: {title: 无, cite: s 一, none: [{id: listed, when: as_of <= child.listed_until, because: "
    "在名单}, {id: "
    "window, when: 'age >= 6 and age < 12', because: 窗口期}]}\n"
    "  guarded: {title: 仅, cite: s 一, when: as_of >= child.born, all: [{id: late, only_if: as_of.month > "
    "6, when: age >= "
    "12, because: 下半年满一岁}, {id: open, when: child.filed or age >= 30, because: 备案或满三十个月}]}\n"
    "  short: {title: 短, cite: s 一, in_force: 2024-06-01..2024-12-31, all: [{id: old_enough, when: age >= "
    "6, because: "
    "够大}]}\n"
    "  never: {title: 恒, cite: s 一, all: [{id: lived, when: child.lived >= 6, because: 居住}, {id: "
    "impossible, when: "
    "'as_of < child.born and age > 3', because: 不可能}]}\n"
    "  unset: {title: 缺, cite: s 一, all: [{id: laid, when: age >= unset_yet, because: 标准}, {id: filed, "
    "when: "
    "child.filed, because: 已备案}]}\n";

/* A generator of its own, so that a failure comes again. */
static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

static int32_t random_day(uint32_t *state)
{
    return 18000 + (int32_t)(next_random(state) % 3700); /* from April 2019 to May 2029 */
}

/* A case of random days; some of the facts are left out. */
static void random_case(tuoyu_policy *policy, uint32_t *state, struct tuoyu_case **out)
{
    char text[200], born[11], listed[11];
    tuoyu_date_to_text(random_day(state), born);
    tuoyu_date_to_text(random_day(state), listed);
    bool has_listed = next_random(state) % 4, has_filed = next_random(state) % 4;
    snprintf(text, sizeof text, "child: {born: %s, lived: %u%s%s%s}", born, next_random(state) % 12,
             has_listed ? ", listed_until: " : "", has_listed ? listed : "",
             !has_filed               ? ""
             : next_random(state) % 2 ? ", filed: true"
                                      : ", filed: false");
    *out = make_case(policy, text);
}

/* Whether a criterion is met by the verdict of a day: its condition is as it should be, and it applies. */
static bool is_met(const struct tuoyu_verdict *verdict, size_t index, bool must_not_hold)
{
    int32_t wanted = must_not_hold ? TUOYU_INELIGIBLE : TUOYU_ELIGIBLE;
    return verdict && verdict->reasons[index] == wanted;
}

/* The verdicts of all days around one day, NULL where there is none. */
struct days {
    struct tuoyu_verdict *verdicts[2 * MOST_OTHER_DAYS + 1];
};

static void ask_all_days(const struct tuoyu_eligibility *rule, const struct tuoyu_case *facts, int32_t as_of,
                         struct days *days)
{
    for (int32_t i = -MOST_OTHER_DAYS; i <= MOST_OTHER_DAYS; i++)
        (void)eligibility_verdict(rule, facts, as_of + i, &days->verdicts[i + MOST_OTHER_DAYS], NULL);
}

static void free_days(struct days *days)
{
    for (size_t i = 0; i < sizeof days->verdicts / sizeof *days->verdicts; i++)
        if (days->verdicts[i])
            answer_free(&days->verdicts[i]->answer);
}

/* The first later day (step 1) or the last earlier one (step -1) on which a criterion is met; INT32_MAX if
 * there is none. */
static int32_t met_on(const struct days *days, size_t index, bool must_not_hold, int32_t as_of, int32_t step)
{
    for (int32_t i = 1; i <= MOST_OTHER_DAYS; i++)
        if (is_met(days->verdicts[step * i + MOST_OTHER_DAYS], index, must_not_hold))
            return as_of + step * i;
    return INT32_MAX;
}

static int32_t eligible_on(const struct days *days, int32_t as_of)
{
    for (int32_t i = 1; i <= MOST_OTHER_DAYS; i++) {
        const struct tuoyu_verdict *verdict = days->verdicts[i + MOST_OTHER_DAYS];
        if (verdict && verdict->decision == TUOYU_ELIGIBLE)
            return as_of + i;
    }
    return INT32_MAX;
}

/* Holds one criterion's state against all days. Returns true if it has a day. */
static bool check_criterion(const struct days *days, const struct criterion_reading *reading, size_t index,
                            int32_t as_of)
{
    const struct tuoyu_verdict *now = days->verdicts[MOST_OTHER_DAYS];
    int32_t decision = now->reasons[index];
    bool is_unmet = decision == (reading->must_not_hold ? TUOYU_ELIGIBLE : TUOYU_INELIGIBLE);
    int32_t later = met_on(days, index, reading->must_not_hold, as_of, 1);
    int32_t earlier = met_on(days, index, reading->must_not_hold, as_of, -1);
    if (!is_unmet) {
        assert_true(reading->state != CRITERION_STATE_NOT_MET &&
                    reading->state != CRITERION_STATE_TOO_EARLY &&
                    reading->state != CRITERION_STATE_TOO_LATE);
        return false;
    }
    if (later != INT32_MAX) {
        assert_int_equal(reading->state, CRITERION_STATE_TOO_EARLY);
        assert_int_equal(reading->day, later);
    } else if (earlier != INT32_MAX) {
        assert_int_equal(reading->state, CRITERION_STATE_TOO_LATE);
        assert_int_equal(reading->day, earlier);
    } else {
        assert_int_equal(reading->state, CRITERION_STATE_NOT_MET);
    }
    return reading->state != CRITERION_STATE_NOT_MET;
}

/* How often each state and each day was met, so that the test is known to have tried them. */
struct met_counts {
    size_t states[CRITERION_STATE_COUNT], eligible_from;
};

static void check_rule(tuoyu_policy *policy, const char *name, const struct tuoyu_case *facts, int32_t as_of,
                       struct met_counts *counts)
{
    static struct days days;
    struct arena arena;
    struct criterion_states states;
    size_t index;
    assert_int_equal(tuoyu_policy_find_rule(policy, name, TUOYU_NUL_TERMINATED, &index, NULL), TUOYU_OK);
    const struct tuoyu_eligibility *rule = eligibility_of(policy->rules[index]);
    memset(&days, 0, sizeof days);
    ask_all_days(rule, facts, as_of, &days);
    const struct tuoyu_verdict *now = days.verdicts[MOST_OTHER_DAYS];
    arena_init(&arena, &policy->arena.allocator);
    if (now) {
        assert_true(criterion_states_read(now, &arena, &states));
        for (size_t i = 0; i < rule->criterion_count; i++) {
            counts->states[states.criteria[i].state]++;
            bool is_exception = i >= rule->criterion_count - rule->exception_count;
            if (!is_exception && now->answer.outcome != TUOYU_NOT_APPLICABLE)
                (void)check_criterion(&days, &states.criteria[i], i, as_of);
        }
        int32_t from = now->decision == TUOYU_INELIGIBLE ? eligible_on(&days, as_of) : INT32_MAX;
        assert_int_equal(states.has_eligible_from, from != INT32_MAX);
        if (states.has_eligible_from)
            assert_int_equal(states.eligible_from, from);
        counts->eligible_from += states.has_eligible_from;
    }
    arena_free(&arena);
    free_days(&days);
}

static void days_are_those_of_asking_day_by_day(void **state)
{
    static const char *const NAMES[] = {"flat", "grouped", "none_of", "guarded", "short", "never", "unset"};
    struct met_counts counts = {.eligible_from = 0};
    uint32_t seed = 20240901;
    (void)state;
    tuoyu_policy *policy = load_packs(PACK, NULL);
    for (int round = 0; round < 8; round++)
        for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
            struct tuoyu_case *facts;
            random_case(policy, &seed, &facts);
            check_rule(policy, NAMES[i], facts, random_day(&seed), &counts);
            tuoyu_case_free(facts);
        }
    for (size_t i = 0; i < CRITERION_STATE_COUNT; i++)
        if (i != CRITERION_STATE_ERROR && counts.states[i] == 0)
            fail_msg("no criterion was %s", criterion_state_name((enum criterion_state)i));
    assert_true(counts.eligible_from > 0);
    tuoyu_policy_unref(policy);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_are_those_of_asking_day_by_day),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
