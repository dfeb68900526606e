/* SPDX-License-Identifier: Apache-2.0 */
/* Measures against an oracle: bounds are what the best and the worst filling of unknown rows give, and what
 * is decided is what all fillings agree on. Regions, and what their list says. */
#include "policy_fixture.h"

#include <stdio.h>
#include <string.h>

#include "value/decimal.h"

static tuoyu_policy *policy;

static int load_whole(void **state)
{
    (void)state;
    policy = load_file("tests/rules/packs/whole.yaml");
    return 0;
}

static int unload(void **state)
{
    (void)state;
    tuoyu_policy_unref(policy);
    return 0;
}

static tuoyu_tally *begin(const char *name)
{
    tuoyu_indicator *indicator = NULL;
    tuoyu_tally *tally = NULL;
    assert_int_equal(tuoyu_policy_indicator(policy, name, TUOYU_NUL_TERMINATED, &indicator, NULL), TUOYU_OK);
    assert_int_equal(tuoyu_indicator_tally(indicator, day("2025-01-01"), &tally, NULL), TUOYU_OK);
    tuoyu_indicator_unref(indicator);
    return tally;
}

static tuoyu_status add(tuoyu_tally *tally, const char *entity, const char *facts)
{
    tuoyu_case *row = make_case(policy, facts);
    tuoyu_status status = tuoyu_tally_add(tally, entity, TUOYU_NUL_TERMINATED, row, NULL);
    tuoyu_case_free(row);
    return status;
}

static tuoyu_measure *measure_of(tuoyu_tally *tally, const char *region, const char *id)
{
    tuoyu_measure *measure = NULL;
    assert_int_equal(
        tuoyu_tally_measure(tally, region, TUOYU_NUL_TERMINATED, id, TUOYU_NUL_TERMINATED, &measure, NULL),
        TUOYU_OK);
    return measure;
}

/* ---- Against an oracle ---- */

/* 80% of yes among known rows; -1 where filling the unknown ones in could change it. */
static int oracle_met(int yes, int no, int unknown)
{
    bool can_be[2] = {false, false};
    for (int more = 0; more <= unknown; more++)
        can_be[(yes + more) * 100 >= 80 * (yes + no + unknown)] = true;
    return can_be[0] && can_be[1] ? -1 : can_be[1];
}

static void check_rate(int yes, int no, int unknown)
{
    tuoyu_tally *tally = begin("certified_rate");
    for (int i = 0; i < yes; i++)
        add(tally, "staff", "staff.certified: true");
    for (int i = 0; i < no; i++)
        add(tally, "staff", "staff.certified: false");
    for (int i = 0; i < unknown; i++)
        add(tally, "staff", "staff.subdistrict: a");
    tuoyu_measure *measure = measure_of(tally, NULL, NULL);
    tuoyu_decimal number, denominator;
    int64_t distance = -1;
    assert_int_equal(tuoyu_measure_unknown(measure), unknown);
    if (yes + no == 0) {
        assert_int_equal(tuoyu_measure_value(measure, &number), TUOYU_ERROR_NOT_FOUND);
        assert_int_equal(tuoyu_measure_met(measure), -1);
        assert_int_equal(tuoyu_answer_outcome(tuoyu_measure_answer(measure)),
                         unknown ? TUOYU_UNDETERMINED : TUOYU_NOT_APPLICABLE);
    } else {
        int needed = (80 * (yes + no) + 99) / 100 - yes;
        assert_int_equal(tuoyu_measure_met(measure), oracle_met(yes, no, unknown));
        assert_int_equal(tuoyu_measure_distance(measure, &number), TUOYU_OK);
        assert_int_equal(tuoyu_decimal_to_int64(&number, 0, &distance), TUOYU_OK);
        assert_int_equal(distance, needed > 0 ? needed : 0);
        assert_int_equal(tuoyu_measure_numerator(measure, &number), TUOYU_OK);
        assert_int_equal(tuoyu_measure_denominator(measure, &denominator), TUOYU_OK);
        tuoyu_decimal all;
        assert_int_equal(tuoyu_decimal_from_int64(yes + no, 0, &all), TUOYU_OK);
        assert_int_equal(tuoyu_decimal_compare(&denominator, &all), 0);
    }
    tuoyu_measure_free(measure);
    tuoyu_tally_free(tally);
}

static void every_small_staff(void **state)
{
    (void)state;
    for (int yes = 0; yes <= 9; yes++)
        for (int no = 0; no <= 3; no++)
            for (int unknown = 0; unknown <= 2; unknown++)
                check_rate(yes, no, unknown);
}

/* Coverage with unknown services, against every filling in. Two sub-districts with so many rows of yes, no,
 * unknown. */
static void check_coverage(const int rows[2][3])
{
    static const char *const FACTS[] = {"open: true, inclusive: true", "open: true, inclusive: false",
                                        "open: true"};
    tuoyu_tally *tally = begin("coverage");
    int least = 0, most = 0;
    for (int region = 0; region < 2; region++) {
        char facts[200];
        for (int kind = 0; kind < 3; kind++) {
            snprintf(facts, sizeof facts, "institution: {%s, subdistrict: r%d}", FACTS[kind], region);
            for (int i = 0; i < rows[region][kind]; i++)
                assert_int_equal(add(tally, "institution", facts), TUOYU_OK);
        }
        snprintf(facts, sizeof facts, "subdistrict.id: r%d", region);
        assert_int_equal(add(tally, "subdistrict", facts), TUOYU_OK);
        least += rows[region][0] > 0;
        most += rows[region][0] + rows[region][2] > 0;
    }
    tuoyu_measure *measure = measure_of(tally, NULL, NULL);
    tuoyu_decimal lower, upper;
    int64_t low = -1, high = -1;
    assert_int_equal(tuoyu_measure_lower(measure, &lower), TUOYU_OK);
    assert_int_equal(tuoyu_decimal_to_int64(&lower, 0, &low), TUOYU_OK);
    assert_int_equal(low, 50 * least);
    /* Where no region is certain there is no upper bound: the known denominator is 0. */
    if (tuoyu_measure_upper(measure, &upper) == TUOYU_OK) {
        assert_int_equal(tuoyu_decimal_to_int64(&upper, 0, &high), TUOYU_OK);
        assert_true(high >= 50 * most);
    }
    assert_int_equal(tuoyu_measure_unknown(measure), most - least);
    tuoyu_measure_free(measure);
    tuoyu_tally_free(tally);
}

static void every_small_coverage(void **state)
{
    (void)state;
    for (int combination = 0; combination < 64; combination++) {
        int rows[2][3];
        for (int i = 0; i < 6; i++)
            rows[i / 3][i % 3] = (combination >> i) & 1 ? 1 + i % 2 : 0;
        check_coverage((const int(*)[3])rows);
    }
}

/* A share of rows: whether a row belongs and whether it counts are each no, yes or unknown. The bounds hold
 * whatever the unknown ones are and, once something is known, are the least and the greatest that can come
 * out. */
struct share_row {
    int belongs, counts;
};

enum { NO = 0, YES = 1, OPEN = 2, SHARE_ROWS = 3 };

struct share_oracle {
    int least_over, least_under, greatest_over, greatest_under, known_under; /* under 0: nothing yet */
};

static void oracle_fill(const struct share_row rows[SHARE_ROWS], int fill, struct share_oracle *oracle)
{
    int over = 0, under = 0;
    for (int i = 0; i < SHARE_ROWS; i++) {
        int belongs = rows[i].belongs == OPEN ? (fill >> (2 * i)) & 1 : rows[i].belongs;
        int counts = rows[i].counts == OPEN ? (fill >> (2 * i + 1)) & 1 : rows[i].counts;
        under += belongs;
        over += belongs && counts;
    }
    if (under == 0)
        return;
    if (oracle->least_under == 0 || over * oracle->least_under < oracle->least_over * under) {
        oracle->least_over = over;
        oracle->least_under = under;
    }
    if (oracle->greatest_under == 0 || over * oracle->greatest_under > oracle->greatest_over * under) {
        oracle->greatest_over = over;
        oracle->greatest_under = under;
    }
}

static int compare_to_percent(const tuoyu_decimal *number, int over, int under)
{
    tuoyu_decimal quotient, percent;
    assert_int_equal(decimal_divide(decimal_from_integer(over), decimal_from_integer(under), &quotient),
                     TUOYU_OK);
    assert_int_equal(decimal_scale(quotient, 2, &percent), TUOYU_OK);
    return tuoyu_decimal_compare(number, &percent);
}

static void check_share(const struct share_row rows[SHARE_ROWS], tuoyu_case *row)
{
    struct share_oracle oracle = {0, 0, 0, 0, 0};
    tuoyu_tally *tally = begin("share");
    tuoyu_decimal lower, upper;
    for (int fill = 0; fill < 1 << (2 * SHARE_ROWS); fill++)
        oracle_fill(rows, fill, &oracle);
    for (int i = 0; i < SHARE_ROWS; i++) {
        tuoyu_case_clear(row);
        if (rows[i].belongs != OPEN)
            tuoyu_case_set_boolean(row, "x.w", 3, rows[i].belongs, NULL);
        if (rows[i].counts != OPEN)
            tuoyu_case_set_boolean(row, "x.c", 3, rows[i].counts, NULL);
        oracle.known_under += rows[i].belongs == YES && rows[i].counts != OPEN;
        assert_int_equal(tuoyu_tally_add(tally, "x", 1, row, NULL), TUOYU_OK);
    }
    tuoyu_measure *measure = measure_of(tally, NULL, NULL);
    bool has_lower = tuoyu_measure_lower(measure, &lower) == TUOYU_OK,
         has_upper = tuoyu_measure_upper(measure, &upper) == TUOYU_OK;
    if (has_lower)
        assert_true(compare_to_percent(&lower, oracle.least_over, oracle.least_under) <= 0);
    if (has_upper)
        assert_true(compare_to_percent(&upper, oracle.greatest_over, oracle.greatest_under) >= 0);
    if (oracle.known_under) {
        assert_true(has_lower && has_upper);
        assert_int_equal(compare_to_percent(&lower, oracle.least_over, oracle.least_under), 0);
        assert_int_equal(compare_to_percent(&upper, oracle.greatest_over, oracle.greatest_under), 0);
    }
    tuoyu_measure_free(measure);
    tuoyu_tally_free(tally);
}

static void every_small_share(void **state)
{
    (void)state;
    tuoyu_policy *before = policy;
    policy = load_sections(
        "facts: {x: {w: {type: boolean}, c: {type: boolean}}}\n"
        "indicators: {share: {title: I, unit: percent, cite: s 1, ratio: {numerator: {of: x, where: x.w, "
        "count: x.c}, denominator: {of: x, where: x.w, count: true}}}}\n");
    tuoyu_case *row = make_case(policy, "{}");
    for (int combination = 0; combination < 729; combination++) {
        struct share_row rows[SHARE_ROWS];
        int rest = combination;
        for (int i = 0; i < SHARE_ROWS; i++, rest /= 9)
            rows[i] = (struct share_row){rest % 9 / 3, rest % 3};
        check_share(rows, row);
    }
    tuoyu_case_free(row);
    tuoyu_policy_unref(policy);
    policy = before;
}

/* ---- Regions ---- */

static void regions_are_those_seen_sorted(void **state)
{
    (void)state;
    tuoyu_tally *tally = begin("certified_rate");
    assert_null(tuoyu_tally_region_id(tally, "subdistrict", TUOYU_NUL_TERMINATED, 0));
    assert_int_equal(add(tally, "subdistrict", "subdistrict.id: 新碶街道"), TUOYU_OK);
    assert_int_equal(add(tally, "staff", "staff: {certified: true, subdistrict: 小港街道}"), TUOYU_OK);
    assert_int_equal(add(tally, "subdistrict", "subdistrict.id: 新碶街道"), TUOYU_OK);
    assert_int_equal(add(tally, "child", "child.monthly_fee: 1"), TUOYU_OK); /* nothing to this indicator */
    assert_string_equal(tuoyu_tally_region_id(tally, "subdistrict", TUOYU_NUL_TERMINATED, 0), "小港街道");
    assert_string_equal(tuoyu_tally_region_id(tally, "subdistrict", TUOYU_NUL_TERMINATED, 1), "新碶街道");
    assert_null(tuoyu_tally_region_id(tally, "subdistrict", TUOYU_NUL_TERMINATED, 2));
    assert_null(tuoyu_tally_region_id(tally, "community", TUOYU_NUL_TERMINATED, 0));
    tuoyu_measure *measure = measure_of(tally, "subdistrict", "新碶街道");
    assert_json(tuoyu_measure_answer(measure), "\"region\":{\"kind\":\"subdistrict\",\"id\":\"新碶街道\"}");
    assert_json(tuoyu_measure_answer(measure), "\"denominator\":\"0\"");
    tuoyu_measure_free(measure);
    tuoyu_tally_free(tally);
}

static void a_region_that_was_not_seen_is_guessed_at(void **state)
{
    (void)state;
    tuoyu_diagnostics *diagnostics = NULL;
    tuoyu_diagnostic finding;
    tuoyu_measure *measure = NULL;
    tuoyu_tally *tally = begin("certified_rate");
    assert_int_equal(tuoyu_diagnostics_new(NULL, &diagnostics), TUOYU_OK);
    assert_int_equal(add(tally, "subdistrict", "subdistrict.id: 戚家山街道"), TUOYU_OK);
    assert_int_equal(tuoyu_tally_measure(tally, "subdistrict", 11, "戚家街道", TUOYU_NUL_TERMINATED, &measure,
                                         diagnostics),
                     TUOYU_ERROR_NOT_FOUND);
    assert_int_equal(tuoyu_diagnostics_get(diagnostics, 0, &finding), TUOYU_OK);
    assert_non_null(strstr(finding.hint, "戚家山街道"));
    tuoyu_diagnostics_free(diagnostics);
    tuoyu_tally_free(tally);
}

static void rows_without_a_region_are_told(void **state)
{
    (void)state;
    tuoyu_diagnostics *diagnostics = NULL;
    tuoyu_diagnostic finding;
    tuoyu_measure *measure = NULL;
    tuoyu_tally *tally = begin("certified_rate");
    assert_int_equal(tuoyu_diagnostics_new(NULL, &diagnostics), TUOYU_OK);
    add(tally, "staff", "staff: {certified: true, subdistrict: a}");
    add(tally, "staff", "staff: {certified: false}");
    assert_int_equal(
        tuoyu_tally_measure(tally, "subdistrict", 11, "a", TUOYU_NUL_TERMINATED, &measure, diagnostics),
        TUOYU_OK);
    assert_int_equal(tuoyu_diagnostics_get(diagnostics, 0, &finding), TUOYU_OK);
    assert_int_equal(finding.severity, TUOYU_SEVERITY_WARNING);
    assert_text(tuoyu_measure_answer(measure), "zh", "未注明所属区域的行（只计入全体）：1");
    tuoyu_measure_free(measure);
    tuoyu_diagnostics_free(diagnostics);
    tuoyu_tally_free(tally);
}

/* A tally can be measured, grow, and be measured again. */
static void measuring_changes_nothing(void **state)
{
    (void)state;
    tuoyu_decimal number;
    tuoyu_tally *tally = begin("coverage");
    add(tally, "subdistrict", "subdistrict.id: a");
    for (int i = 0; i < 3; i++) {
        tuoyu_measure *measure = measure_of(tally, NULL, NULL);
        assert_string_equal(digits(tuoyu_measure_value(measure, &number), &number), "0");
        assert_string_equal(digits(tuoyu_measure_denominator(measure, &number), &number), "1");
        tuoyu_measure_free(measure);
    }
    add(tally, "institution", "institution: {open: true, inclusive: true, subdistrict: a}");
    tuoyu_measure *measure = measure_of(tally, NULL, NULL);
    assert_string_equal(digits(tuoyu_measure_value(measure, &number), &number), "100");
    tuoyu_measure_free(measure);
    tuoyu_tally_free(tally);
}

static void what_it_counts_and_by_what(void **state)
{
    (void)state;
    tuoyu_indicator *indicator = NULL;
    assert_int_equal(tuoyu_policy_indicator(policy, "coverage", TUOYU_NUL_TERMINATED, &indicator, NULL),
                     TUOYU_OK);
    assert_string_equal(tuoyu_indicator_entity(indicator, 0), "subdistrict");
    assert_string_equal(tuoyu_indicator_entity(indicator, 1), "institution");
    assert_null(tuoyu_indicator_entity(indicator, 2));
    assert_string_equal(tuoyu_indicator_region(indicator, 0), "subdistrict");
    assert_null(tuoyu_indicator_region(indicator, 1));
    tuoyu_indicator_unref(indicator);
}

/* Tenths, which binary fractions do not hold: a hundred thousand of them are ten thousand. */
static void sums_are_exact(void **state)
{
    (void)state;
    tuoyu_decimal number, tenth;
    tuoyu_policy *before = policy;
    policy = load_sections(
        "facts: {bill: {sum: {type: money, unit: CNY}}}\n"
        "indicators: {i: {title: I, unit: CNY, cite: s 1, value: {of: bill, sum: bill.sum}}}\n");
    tuoyu_tally *tally = begin("i");
    tuoyu_case *row = make_case(policy, "{}");
    assert_int_equal(tuoyu_decimal_from_int64(10, 2, &tenth), TUOYU_OK);
    assert_int_equal(tuoyu_case_set_decimal(row, "bill.sum", TUOYU_NUL_TERMINATED, &tenth, NULL), TUOYU_OK);
    for (int i = 0; i < 100000; i++)
        assert_int_equal(tuoyu_tally_add(tally, "bill", 4, row, NULL), TUOYU_OK);
    tuoyu_measure *measure = measure_of(tally, NULL, NULL);
    assert_string_equal(digits(tuoyu_measure_value(measure, &number), &number), "10000");
    tuoyu_measure_free(measure);
    tuoyu_case_free(row);
    tuoyu_tally_free(tally);
    tuoyu_policy_unref(policy);
    policy = before;
}

/* A row in error is told, and then stands as an unknown one: the tally goes on. */
static void a_row_in_error_is_unknown(void **state)
{
    (void)state;
    tuoyu_decimal number;
    tuoyu_policy *before = policy;
    policy = load_sections("facts: {bill: {n: {type: number}}}\n"
                           "indicators: {i: {title: I, unit: percent, cite: s 1, ratio: {numerator: {of: "
                           "bill, count: 1 / bill.n > 0}, "
                           "denominator: {of: bill, count: true}}}}\n");
    tuoyu_tally *tally = begin("i");
    assert_int_equal(add(tally, "bill", "bill.n: 1"), TUOYU_OK);
    assert_int_equal(add(tally, "bill", "bill.n: 0"), TUOYU_ERROR_DIVISION_BY_ZERO);
    tuoyu_measure *measure = measure_of(tally, NULL, NULL);
    assert_string_equal(digits(tuoyu_measure_value(measure, &number), &number), "100");
    assert_string_equal(digits(tuoyu_measure_lower(measure, &number), &number), "50");
    assert_int_equal(tuoyu_measure_unknown(measure), 1);
    assert_text(tuoyu_measure_answer(measure), "zh", "有错误的行：1");
    tuoyu_measure_free(measure);
    tuoyu_tally_free(tally);
    tuoyu_policy_unref(policy);
    policy = before;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_small_staff),
        cmocka_unit_test(every_small_coverage),
        cmocka_unit_test(every_small_share),
        cmocka_unit_test(regions_are_those_seen_sorted),
        cmocka_unit_test(a_region_that_was_not_seen_is_guessed_at),
        cmocka_unit_test(rows_without_a_region_are_told),
        cmocka_unit_test(measuring_changes_nothing),
        cmocka_unit_test(what_it_counts_and_by_what),
        cmocka_unit_test(sums_are_exact),
        cmocka_unit_test(a_row_in_error_is_unknown),
    };
    return cmocka_run_group_tests(tests, load_whole, unload);
}
