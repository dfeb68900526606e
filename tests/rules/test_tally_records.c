/* SPDX-License-Identifier: Apache-2.0 */
/* Records that cannot be read: whatever they turn out to be, nothing that a tally claims is overthrown; they
 * travel and merge as rows do; and records are counted once each. */
#include "tally_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tally/tally.h"

static tuoyu_policy *policy;

static int load_pack(void **state)
{
    (void)state;
    policy = load_file("tests/rules/packs/tally.yaml");
    return 0;
}

static int unload(void **state)
{
    (void)state;
    tuoyu_policy_unref(policy);
    return 0;
}

static tuoyu_tally *tally_of(const char *indicator, const struct case_row *rows, size_t count)
{
    tuoyu_tally *tally = new_tally(policy, indicator);
    add_rows(tally, rows, count);
    return tally;
}

static void add_unreadable(tuoyu_tally *tally, const char *entity, int64_t count)
{
    assert_int_equal(tuoyu_tally_add_unreadable(tally, entity, TUOYU_NUL_TERMINATED, count, NULL), TUOYU_OK);
}

static tuoyu_measure *measure_in(tuoyu_tally *tally, const char *kind, const char *id)
{
    tuoyu_measure *measure = NULL;
    tuoyu_status status =
        tuoyu_tally_measure(tally, kind, TUOYU_NUL_TERMINATED, id, TUOYU_NUL_TERMINATED, &measure, NULL);
    assert_int_equal(status == TUOYU_OK, measure != NULL);
    return measure;
}

/* ---- Nothing is overthrown ---- */

static const char *const ENTITIES[] = {"institution", "institution", "subdistrict", "district"};

typedef tuoyu_status (*number_of)(const tuoyu_measure *, tuoyu_decimal *);

static void assert_within(const char *indicator, const tuoyu_measure *claimed, const tuoyu_measure *came,
                          number_of get)
{
    tuoyu_decimal number, bound;
    if (get(came, &number) != TUOYU_OK)
        return;
    if (tuoyu_measure_lower(claimed, &bound) == TUOYU_OK && tuoyu_decimal_compare(&number, &bound) < 0)
        fail_msg("%s: below its bound", indicator);
    if (tuoyu_measure_upper(claimed, &bound) == TUOYU_OK && tuoyu_decimal_compare(&number, &bound) > 0)
        fail_msg("%s: above its bound", indicator);
}

/* claimed: with unreadable records; came: with rows, no more than those, in their place. */
static void assert_not_overthrown(const char *indicator, tuoyu_tally *claimed, tuoyu_tally *came,
                                  const char *kind, const char *id)
{
    tuoyu_measure *before = measure_in(claimed, kind, id), *after = measure_in(came, kind, id);
    tuoyu_decimal number;
    if (before && after) {
        /* The value is that of the known rows: it is what comes out where all are known. */
        if (tuoyu_measure_unknown(after) == 0)
            assert_within(indicator, before, after, tuoyu_measure_value);
        assert_within(indicator, before, after, tuoyu_measure_lower);
        assert_within(indicator, before, after, tuoyu_measure_upper);
        bool is_decided = tuoyu_measure_met(before) >= 0 && tuoyu_measure_value(after, &number) == TUOYU_OK;
        if (is_decided)
            assert_int_equal(tuoyu_measure_met(after), tuoyu_measure_met(before));
        bool has_bounds = tuoyu_measure_lower(before, &number) == TUOYU_OK &&
                          tuoyu_measure_value(after, &number) == TUOYU_OK;
        if (has_bounds)
            assert_int_equal(tuoyu_measure_lower(after, &number), TUOYU_OK);
    }
    tuoyu_measure_free(before);
    tuoyu_measure_free(after);
}

static void whatever_they_turn_out_to_be(void **state)
{
    (void)state;
    enum { ROWS = 14, TRIALS = 400, MOST = 3 };
    static const char *const KINDS[] = {"subdistrict", "district"};
    uint64_t seed = 5;
    size_t decided = 0;
    for (size_t trial = 0; trial < TRIALS; trial++) {
        struct case_row *rows = make_rows(policy, 1000 + trial, ROWS);
        for (size_t i = 0; TALLY_INDICATORS[i]; i++) {
            const char *indicator = TALLY_INDICATORS[i], *id;
            tuoyu_tally *claimed = tally_of(indicator, rows, ROWS), *came = tally_of(indicator, rows, ROWS);
            char facts[ROW_FACTS_SIZE];
            for (uint32_t n = random_below(&seed, MOST + 1); n; n--) {
                const char *entity = random_row(&seed, facts);
                add_unreadable(claimed, entity, 1);
                tuoyu_case *row = make_case(policy, facts);
                if (random_below(&seed, 4))
                    tuoyu_tally_add(came, entity, TUOYU_NUL_TERMINATED, row, NULL); /* or it was no row */
                tuoyu_case_free(row);
            }
            assert_not_overthrown(indicator, claimed, came, NULL, NULL);
            for (size_t k = 0; k < 2; k++)
                for (size_t j = 0; (id = tuoyu_tally_region_id(claimed, KINDS[k], TUOYU_NUL_TERMINATED, j));
                     j++, decided++)
                    assert_not_overthrown(indicator, claimed, came, KINDS[k], id);
            tuoyu_tally_free(claimed);
            tuoyu_tally_free(came);
        }
        free_rows(rows, ROWS);
    }
    assert_true(decided > 10000);
}

/* Where nothing else is unknown, the bounds are no wider than they must be. */
static void bounds_are_as_wide_as_they_must_be(void **state)
{
    (void)state;
    static const struct {
        const char *indicator, *value, *lower, *upper;
    } EXPECTED[] = {{"open_count", "2", "2", "4"},
                    {"places_sum", "30", "30", "1030"},
                    {"open_rate", "50", "25", "75"},
                    {"fee_mean", "300", "-49850", "50150"},
                    {"fee_min", "100", "-100000", "100"},
                    {"fee_max", "500", "500", "100000"},
                    {"kinds", "1", "1", "3"},
                    {"part_mean", "50", "none", "none"}};
    for (size_t i = 0; i < sizeof EXPECTED / sizeof *EXPECTED; i++) {
        tuoyu_tally *tally = new_tally(policy, EXPECTED[i].indicator);
        tuoyu_case *rows[] = {make_case(policy, "institution: {kind: public, open: true, places: 10, fee: "
                                                "100, share: 50, opened: 2025-01-01}"),
                              make_case(policy, "institution: {kind: public, open: true, places: 20, fee: "
                                                "500, share: 50, opened: 2024-01-01}"),
                              make_case(policy, "institution: {kind: public, open: false, places: 20, fee: "
                                                "200, share: 50, opened: 2025-01-01}")};
        for (size_t row = 0; row < 3; row++) {
            assert_int_equal(tuoyu_tally_add(tally, "institution", 11, rows[row], NULL), TUOYU_OK);
            tuoyu_case_free(rows[row]);
        }
        add_unreadable(tally, "institution", 2);
        tuoyu_measure *measure = measure_in(tally, NULL, NULL);
        tuoyu_decimal number;
        assert_string_equal(digits(tuoyu_measure_value(measure, &number), &number), EXPECTED[i].value);
        assert_string_equal(digits(tuoyu_measure_lower(measure, &number), &number), EXPECTED[i].lower);
        assert_string_equal(digits(tuoyu_measure_upper(measure, &number), &number), EXPECTED[i].upper);
        assert_int_equal(tuoyu_measure_unknown(measure), 2);
        assert_int_equal(tuoyu_measure_unreadable(measure), 2);
        tuoyu_measure_free(measure);
        tuoyu_tally_free(tally);
    }
}

/* ---- Parts and bytes ---- */

static tuoyu_tally *read_back(const char *name, const tuoyu_tally *tally)
{
    tuoyu_indicator *indicator = NULL;
    tuoyu_tally *read = NULL;
    tuoyu_text *bytes = bytes_of(tally);
    assert_int_equal(tuoyu_policy_indicator(policy, name, TUOYU_NUL_TERMINATED, &indicator, NULL), TUOYU_OK);
    assert_int_equal(
        tuoyu_tally_from_bytes(indicator, tuoyu_text_bytes(bytes), tuoyu_text_length(bytes), &read, NULL),
        TUOYU_OK);
    tuoyu_indicator_unref(indicator);
    tuoyu_text_free(bytes);
    return read;
}

/* Rows and unreadable records in any order, whole and in parts, as they are and read back. */
static void they_merge_and_travel(void **state)
{
    (void)state;
    enum { ROWS = 30, PARTS = 3, SEEDS = 20 };
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        struct case_row *rows = make_rows(policy, seed, ROWS);
        for (size_t i = 0; TALLY_INDICATORS[i]; i++) {
            tuoyu_tally *whole = new_tally(policy, TALLY_INDICATORS[i]), *parts[PARTS];
            uint64_t random = seed * 77 + i;
            for (size_t j = 0; j < PARTS; j++)
                parts[j] = new_tally(policy, TALLY_INDICATORS[i]);
            for (size_t j = 0; j < ROWS; j++) {
                tuoyu_tally *part = parts[random_below(&random, PARTS)];
                const char *entity = ENTITIES[random_below(&random, 4)];
                int64_t count = random_below(&random, 3);
                add_unreadable(j % 2 ? whole : part, entity, count);
                add_rows(whole, &rows[j], 1);
                add_rows(part, &rows[j], 1);
                add_unreadable(j % 2 ? part : whole, entity, count);
            }
            tuoyu_tally *read = read_back(TALLY_INDICATORS[i], parts[1]);
            assert_same_measures(parts[1], read);
            assert_int_equal(tuoyu_tally_merge(parts[2], read, NULL), TUOYU_OK);
            assert_int_equal(tuoyu_tally_merge(parts[2], parts[0], NULL), TUOYU_OK);
            assert_same_bytes(parts[2], whole);
            assert_same_measures(parts[2], whole);
            tuoyu_tally_free(read);
            read = read_back(TALLY_INDICATORS[i], whole);
            assert_same_bytes(read, whole);
            assert_same_measures(read, whole);
            tuoyu_tally_free(read);
            tuoyu_tally_free(whole);
            for (size_t j = 0; j < PARTS; j++)
                tuoyu_tally_free(parts[j]);
        }
        free_rows(rows, ROWS);
    }
}

/* A tally without any is written as 0.1.0 wrote it: format 1 follows the magic. */
static void bytes_without_any_are_as_before(void **state)
{
    (void)state;
    tuoyu_case *row = make_case(policy, "institution: {open: true}"),
               *open = make_case(policy, "institution: {places: 1}");
    tuoyu_tally *tally = new_tally(policy, "open_count");
    tuoyu_tally_add(tally, "institution", 11, row, NULL);
    tuoyu_tally_add(tally, "institution", 11, open, NULL);
    tuoyu_text *before = bytes_of(tally);
    add_unreadable(tally, "institution", 1);
    tuoyu_text *after = bytes_of(tally);
    assert_int_equal(tuoyu_text_bytes(before)[12], 1);
    assert_int_equal(tuoyu_text_bytes(after)[12], 2);
    tuoyu_text_free(before);
    tuoyu_text_free(after);
    tuoyu_case_free(row);
    tuoyu_case_free(open);
    tuoyu_tally_free(tally);
}

static void what_is_refused(void **state)
{
    (void)state;
    tuoyu_tally *tally = new_tally(policy, "open_count"), *empty = new_tally(policy, "open_count"),
                *full = new_tally(policy, "open_count");
    const int64_t most = INT64_C(1) << 62;
    assert_int_equal(tuoyu_tally_add_unreadable(NULL, "institution", 11, 1, NULL),
                     TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(tuoyu_tally_add_unreadable(tally, NULL, 0, 1, NULL), TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(tuoyu_tally_add_unreadable(tally, "institution", 11, -1, NULL),
                     TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(tuoyu_tally_add_unreadable(tally, "institution", 11, most + 1, NULL),
                     TUOYU_ERROR_OVERFLOW);
    assert_int_equal(tuoyu_tally_add_unreadable(tally, "institution", 11, INT64_MAX, NULL),
                     TUOYU_ERROR_OVERFLOW);
    add_unreadable(tally, "staff", 3); /* not looked at */
    add_unreadable(tally, "institution", 0);
    assert_same_bytes(tally, empty);
    add_unreadable(full, "institution", most);
    assert_int_equal(tuoyu_tally_add_unreadable(full, "institution", 11, 1, NULL), TUOYU_ERROR_OVERFLOW);
    assert_int_equal(tuoyu_tally_add_unreadable(full, "subdistrict", 11, 1, NULL), TUOYU_ERROR_OVERFLOW);
    add_unreadable(tally, "institution", 1);
    assert_int_equal(tuoyu_tally_merge(tally, full, NULL), TUOYU_ERROR_OVERFLOW);
    tuoyu_measure *measure = measure_in(full, NULL, NULL);
    tuoyu_decimal number;
    assert_string_equal(digits(tuoyu_measure_upper(measure, &number), &number), "4611686018427387904");
    assert_int_equal(tuoyu_measure_records(measure, TUOYU_RECORDS_UNREADABLE), most);
    tuoyu_measure_free(measure);
    tuoyu_tally_free(full);
    tuoyu_tally_free(tally);
    tuoyu_tally_free(empty);
}

/* ---- Counts ---- */

static int64_t count_of(const tuoyu_measure *measure, int32_t which)
{
    return tuoyu_measure_records(measure, which);
}

static bool counts_entity(const char *indicator, const char *entity)
{
    tuoyu_tally *tally = new_tally(policy, indicator);
    bool counts = tally_counts_entity(tally->indicator, text_of(entity, TUOYU_NUL_TERMINATED));
    tuoyu_tally_free(tally);
    return counts;
}

/* Each row alone, where no row waits for others, says what became of it; together they sum up. */
static void records_are_counted_once(void **state)
{
    (void)state;
    enum { ROWS = 60, SEEDS = 10, UNREADABLE = 4 };
    for (uint64_t seed = 40; seed < 40 + SEEDS; seed++) {
        struct case_row *rows = make_rows(policy, seed, ROWS);
        for (size_t i = 0; TALLY_INDICATORS[i]; i++) {
            const char *indicator = TALLY_INDICATORS[i];
            tuoyu_tally *all = new_tally(policy, indicator);
            int64_t read = 0, missing = 0, errors = 0;
            for (size_t j = 0; j < ROWS; j++) {
                bool counts = counts_entity(indicator, rows[j].entity);
                tuoyu_tally *alone = new_tally(policy, indicator);
                tuoyu_status status =
                    tuoyu_tally_add(alone, rows[j].entity, TUOYU_NUL_TERMINATED, rows[j].facts, NULL);
                tuoyu_measure *measure = measure_in(alone, NULL, NULL);
                assert_int_equal(
                    tuoyu_tally_add(all, rows[j].entity, TUOYU_NUL_TERMINATED, rows[j].facts, NULL), status);
                if (measure)
                    assert_int_equal(count_of(measure, TUOYU_RECORDS_ERROR), counts && status != TUOYU_OK);
                if (measure)
                    assert_int_equal(count_of(measure, TUOYU_RECORDS_READ), counts);
                read += counts;
                errors += counts && status != TUOYU_OK;
                missing += measure ? count_of(measure, TUOYU_RECORDS_UNDETERMINED) : 0;
                tuoyu_measure_free(measure);
                tuoyu_tally_free(alone);
            }
            add_unreadable(all, "institution", UNREADABLE);
            tuoyu_measure *measure = measure_in(all, NULL, NULL);
            if (!measure) { /* a kept row whose people are null cannot be compared */
                assert_string_equal(indicator, "coverage");
                tuoyu_tally_free(all);
                continue;
            }
            assert_int_equal(count_of(measure, TUOYU_RECORDS_READ), read + UNREADABLE);
            assert_int_equal(count_of(measure, TUOYU_RECORDS_ERROR), errors);
            assert_int_equal(count_of(measure, TUOYU_RECORDS_UNREADABLE), UNREADABLE);
            if (strcmp(indicator, "coverage") != 0)
                assert_int_equal(count_of(measure, TUOYU_RECORDS_UNDETERMINED), missing);
            assert_int_equal(
                count_of(measure, TUOYU_RECORDS_DETERMINED) + count_of(measure, TUOYU_RECORDS_UNDETERMINED) +
                    count_of(measure, TUOYU_RECORDS_ERROR) + count_of(measure, TUOYU_RECORDS_UNREADABLE),
                count_of(measure, TUOYU_RECORDS_READ));
            assert_true(count_of(measure, TUOYU_RECORDS_DETERMINED) >= 0);
            assert_int_equal(count_of(measure, 9), -1);
            tuoyu_measure_free(measure);
            tuoyu_tally_free(all);
        }
        free_rows(rows, ROWS);
    }
}

/* A row of a kind of region without its id was left out of everything: now it is one that nothing is known
 * of. */
static void a_region_without_id_is_unknown(void **state)
{
    (void)state;
    tuoyu_tally *tally = new_tally(policy, "coverage"), *sum = new_tally(policy, "per_head");
    tuoyu_case *named = make_case(policy, "subdistrict: {id: A, people: 10, district: north}"),
               *nameless = make_case(policy, "subdistrict: {people: 10}");
    tuoyu_case *places = make_case(policy, "institution: {places: 100, subdistrict: A}");
    tuoyu_decimal number;
    assert_int_equal(tuoyu_tally_add(tally, "subdistrict", 11, named, NULL), TUOYU_OK);
    tuoyu_measure *measure = measure_in(tally, NULL, NULL);
    assert_string_equal(digits(tuoyu_measure_upper(measure, &number), &number), "0");
    tuoyu_measure_free(measure);
    assert_int_equal(tuoyu_tally_add(tally, "subdistrict", 11, nameless, NULL), TUOYU_ERROR_FACT_MISSING);
    measure = measure_in(tally, NULL, NULL);
    assert_string_equal(digits(tuoyu_measure_upper(measure, &number), &number), "100");
    assert_int_equal(count_of(measure, TUOYU_RECORDS_ERROR), 1);
    assert_int_equal(tuoyu_measure_unknown(measure), 1);
    assert_int_equal(tuoyu_measure_unreadable(measure), 0);
    tuoyu_measure_free(measure);
    /* Where rows are not kept, it counts in the whole. */
    tuoyu_tally_add(sum, "institution", 11, places, NULL);
    tuoyu_tally_add(sum, "subdistrict", 11, named, NULL);
    assert_int_equal(tuoyu_tally_add(sum, "subdistrict", 11, nameless, NULL), TUOYU_ERROR_FACT_MISSING);
    measure = measure_in(sum, NULL, NULL);
    assert_string_equal(digits(tuoyu_measure_denominator(measure, &number), &number), "20");
    tuoyu_measure_free(measure);
    tuoyu_case_free(named);
    tuoyu_case_free(nameless);
    tuoyu_case_free(places);
    tuoyu_tally_free(tally);
    tuoyu_tally_free(sum);
}

/* ---- Reasons ---- */

static void assert_reason(tuoyu_tally *tally, const char *zh, const char *en)
{
    const char *const languages[] = {"zh", "en"}, *const wanted[] = {zh, en};
    tuoyu_measure *measure = measure_in(tally, NULL, NULL);
    for (size_t i = 0; i < 2; i++) {
        tuoyu_text *reason = NULL;
        assert_int_equal(tuoyu_measure_reason(measure, languages[i], &reason), TUOYU_OK);
        assert_string_equal(tuoyu_text_bytes(reason), wanted[i]);
        tuoyu_text_free(reason);
    }
    tuoyu_text *none = NULL;
    assert_int_equal(tuoyu_measure_reason(measure, "fr", &none), TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(tuoyu_measure_reason(NULL, "zh", &none), TUOYU_ERROR_INVALID_ARGUMENT);
    tuoyu_measure_free(measure);
}

static void reasons_are_said(void **state)
{
    (void)state;
    tuoyu_tally *tally = new_tally(policy, "per_head");
    tuoyu_case *places = make_case(policy, "institution: {places: 10}"),
               *nobody = make_case(policy, "subdistrict: {id: A, people: 0}");
    tuoyu_case *people = make_case(policy, "subdistrict: {id: B, people: 5}"),
               *open = make_case(policy, "institution: {open: true}");
    assert_reason(tally, "没有可计入的对象", "nothing to count");
    tuoyu_tally_add(tally, "institution", 11, places, NULL);
    tuoyu_tally_add(tally, "subdistrict", 11, nobody, NULL);
    assert_reason(tally, "分母为 0，不能相除：分子为 10",
                  "the denominator is 0, by which nothing can be divided: the numerator is 10");
    tuoyu_tally_add(tally, "subdistrict", 11, people, NULL);
    assert_reason(tally, "", "");
    add_unreadable(tally, "institution", 1);
    assert_reason(tally, "1 条记录无法读取", "1 record cannot be read");
    tuoyu_tally *rate = new_tally(policy, "open_rate");
    tuoyu_tally_add(rate, "institution", 11, open, NULL);
    add_unreadable(rate, "institution", 2);
    assert_reason(
        rate, "没有可计入的对象；2 条记录无法读取；1 行资料不全，缺少：institution.opened",
        "nothing to count; 2 records cannot be read; 1 row is incomplete, missing: institution.opened");
    tuoyu_case_free(places);
    tuoyu_case_free(nobody);
    tuoyu_case_free(people);
    tuoyu_case_free(open);
    tuoyu_tally_free(rate);
    tuoyu_tally_free(tally);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(whatever_they_turn_out_to_be),
                                       cmocka_unit_test(bounds_are_as_wide_as_they_must_be),
                                       cmocka_unit_test(they_merge_and_travel),
                                       cmocka_unit_test(bytes_without_any_are_as_before),
                                       cmocka_unit_test(what_is_refused),
                                       cmocka_unit_test(records_are_counted_once),
                                       cmocka_unit_test(a_region_without_id_is_unknown),
                                       cmocka_unit_test(reasons_are_said)};
    return cmocka_run_group_tests(tests, load_pack, unload);
}
