/* SPDX-License-Identifier: Apache-2.0 */
/* Tallies in parts: whatever the order and the parts, the same rows come to the same bytes and the same
 * measures; bytes are read back as what was written, and nothing else is taken for a tally. */
#include "tally_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/digest.h"

static tuoyu_policy *policy;

/* With the word `promises` all that is said here of tallies and tables is held to promises, too. */
static bool has_promises;

static int load_pack(void **state)
{
    (void)state;
    policy = load_tally_pack(has_promises);
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

static void merge(tuoyu_tally *tally, const tuoyu_tally *other)
{
    assert_int_equal(tuoyu_tally_merge(tally, other, NULL), TUOYU_OK);
}

static tuoyu_tally *read_back(const char *name, const tuoyu_tally *tally)
{
    tuoyu_indicator *indicator = NULL;
    tuoyu_tally *read = NULL;
    tuoyu_text *bytes = bytes_of(tally);
    assert_int_equal(tuoyu_policy_indicator(policy, name, TUOYU_NUL_TERMINATED, &indicator, NULL), TUOYU_OK);
    assert_int_equal(
        tuoyu_tally_from_bytes(indicator, tuoyu_text_bytes(bytes), tuoyu_text_length(bytes), &read, NULL),
        TUOYU_OK);
    assert_int_equal(tuoyu_tally_as_of(read), tuoyu_tally_as_of(tally));
    tuoyu_indicator_unref(indicator);
    tuoyu_text_free(bytes);
    return read;
}

/* ---- Order and parts ---- */

static void shuffle(struct case_row *rows, size_t count, uint64_t seed)
{
    for (size_t i = count; i > 1; i--) {
        size_t j = random_below(&seed, (uint32_t)i);
        struct case_row row = rows[i - 1];
        rows[i - 1] = rows[j];
        rows[j] = row;
    }
}

/* Each row goes to one of the parts; the parts are merged in a tree that the seed makes. */
static tuoyu_tally *merged(const char *indicator, const struct case_row *rows, size_t count, uint64_t seed)
{
    enum { PARTS = 5 };
    tuoyu_tally *parts[PARTS];
    for (size_t i = 0; i < PARTS; i++)
        parts[i] = new_tally(policy, indicator);
    for (size_t i = 0; i < count; i++)
        add_rows(parts[random_below(&seed, PARTS)], &rows[i], 1);
    for (size_t left = PARTS; left > 1; left--) {
        size_t into = random_below(&seed, (uint32_t)left), from = random_below(&seed, (uint32_t)left);
        if (into == from)
            from = (from + 1) % left;
        merge(parts[into], parts[from]);
        tuoyu_tally_free(parts[from]);
        parts[from] = parts[left - 1];
        if (into == left - 1)
            into = from;
    }
    return parts[0];
}

static void the_same_in_any_order_and_parts(void **state)
{
    (void)state;
    enum { ROWS = 60, SEEDS = 12 };
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        struct case_row *rows = make_rows(policy, seed, ROWS);
        for (size_t i = 0; TALLY_INDICATORS[i]; i++) {
            tuoyu_tally *all = tally_of(TALLY_INDICATORS[i], rows, ROWS);
            shuffle(rows, ROWS, seed * 31 + i);
            tuoyu_tally *other = tally_of(TALLY_INDICATORS[i], rows, ROWS);
            assert_same_bytes(all, other);
            assert_same_measures(all, other);
            assert_same_bytes(all, other); /* measuring changes nothing */
            tuoyu_tally_free(other);
            other = merged(TALLY_INDICATORS[i], rows, ROWS, seed * 17 + i);
            assert_same_bytes(all, other);
            assert_same_measures(all, other);
            tuoyu_tally_free(other);
            tuoyu_tally_free(all);
        }
        free_rows(rows, ROWS);
    }
}

static void merging_commutes_and_associates(void **state)
{
    (void)state;
    enum { ROWS = 40 };
    struct case_row *rows = make_rows(policy, 99, 3 * ROWS);
    for (size_t i = 0; TALLY_INDICATORS[i]; i++) {
        const char *name = TALLY_INDICATORS[i];
        tuoyu_tally *a = tally_of(name, rows, ROWS), *b = tally_of(name, rows + ROWS, ROWS),
                    *c = tally_of(name, rows + 2 * ROWS, ROWS);
        tuoyu_tally *ab = read_back(name, a), *ba = read_back(name, b), *bc = read_back(name, b);
        merge(ab, b);
        merge(ba, a);
        assert_same_bytes(ab, ba);
        merge(bc, c);
        merge(ab, c); /* (a b) c */
        merge(a, bc); /* a (b c) */
        assert_same_bytes(ab, a);
        tuoyu_tally *empty = new_tally(policy, name);
        merge(ab, empty);
        assert_same_bytes(ab, a);
        merge(empty, a);
        assert_same_bytes(empty, a);
        tuoyu_tally *const all[] = {a, b, c, ab, ba, bc, empty};
        for (size_t j = 0; j < sizeof all / sizeof *all; j++)
            tuoyu_tally_free(all[j]);
    }
    free_rows(rows, 3 * ROWS);
}

static void only_what_matches_is_taken_in(void **state)
{
    (void)state;
    tuoyu_indicator *indicator = NULL;
    tuoyu_tally *tally = new_tally(policy, "fee_sum"), *other = new_tally(policy, "fee_mean"), *later = NULL;
    assert_int_equal(tuoyu_tally_merge(tally, other, NULL), TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(tuoyu_tally_merge(tally, tally, NULL), TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(tuoyu_tally_merge(tally, NULL, NULL), TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(tuoyu_tally_merge(NULL, tally, NULL), TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(tuoyu_policy_indicator(policy, "fee_sum", 7, &indicator, NULL), TUOYU_OK);
    assert_int_equal(tuoyu_indicator_tally(indicator, day("2025-01-02"), &later, NULL), TUOYU_OK);
    assert_int_equal(tuoyu_tally_merge(tally, later, NULL), TUOYU_ERROR_INVALID_ARGUMENT);
    tuoyu_indicator_unref(indicator);
    tuoyu_tally_free(later);
    tuoyu_tally_free(other);
    tuoyu_tally_free(tally);
}

/* Another policy of the same text will do, also when it was freed since; of another text not. */
static void packs_are_known_by_their_sums(void **state)
{
    (void)state;
    enum { ROWS = 50 };
    char *text = source_file("tests/rules/packs/tally.yaml");
    tuoyu_policy *same = load_packs(text, NULL);
    strcat(strcpy(text + strlen(text) - 1, ""), " ");
    tuoyu_policy *changed = load_packs(text, NULL);
    for (size_t i = 0; TALLY_INDICATORS[i]; i++) {
        struct case_row *rows = make_rows(policy, 7, ROWS), *twins = make_rows(same, 7, ROWS);
        tuoyu_tally *all = tally_of(TALLY_INDICATORS[i], rows, ROWS),
                    *part = tally_of(TALLY_INDICATORS[i], rows, ROWS / 2);
        tuoyu_tally *rest = new_tally(same, TALLY_INDICATORS[i]),
                    *foreign = new_tally(changed, TALLY_INDICATORS[i]);
        add_rows(rest, twins + ROWS / 2, ROWS - ROWS / 2);
        free_rows(twins, ROWS);
        merge(part, rest);
        tuoyu_tally_free(rest);
        assert_same_bytes(part, all);
        assert_same_measures(part, all);
        assert_int_equal(tuoyu_tally_merge(part, foreign, NULL), TUOYU_ERROR_INVALID_ARGUMENT);
        assert_same_bytes(part, all);
        tuoyu_tally_free(foreign);
        tuoyu_tally_free(part);
        tuoyu_tally_free(all);
        free_rows(rows, ROWS);
    }
    tuoyu_policy_unref(same);
    tuoyu_policy_unref(changed);
    free(text);
}

/* ---- Exact ---- */

/* A number of the whole: "none" where there is none. */
static void assert_value(tuoyu_tally *tally, const char *expected)
{
    tuoyu_measure *measure = NULL;
    tuoyu_decimal number;
    assert_int_equal(tuoyu_tally_measure(tally, NULL, 0, NULL, 0, &measure, NULL), TUOYU_OK);
    tuoyu_status status = tuoyu_measure_value(measure, &number);
    assert_string_equal(digits(status, &number), expected);
    tuoyu_measure_free(measure);
}

static tuoyu_status add(tuoyu_tally *tally, const char *facts)
{
    struct case_row row = {.entity = "institution", .facts = make_case(policy, facts)};
    tuoyu_status status = tuoyu_tally_add(tally, row.entity, TUOYU_NUL_TERMINATED, row.facts, NULL);
    tuoyu_case_free(row.facts);
    return status;
}

/* A third has 34 digits; many of them have more, and are rounded once: 33333.33333333333333333333333333334
 * has 34 digits, 1166.6666666666666666666666666666669 has 35. */
static void sums_are_rounded_once(void **state)
{
    (void)state;
    tuoyu_tally *tally = new_tally(policy, "third_sum");
    for (int i = 0; i < 3; i++)
        add(tally, "institution: {places: 500}");
    assert_value(tally,
                 "500.0000000000000000000000000000001"); /* a third of 500 was rounded, their sum is not */
    for (int i = 3; i < 7; i++)
        add(tally, "institution: {places: 500}");
    assert_value(tally, "1166.666666666666666666666666666667");
    for (int i = 7; i < 200; i++)
        add(tally, "institution: {places: 500}");
    assert_value(tally, "33333.33333333333333333333333333334");
    tuoyu_tally_free(tally);
}

/* 500 × 10^67 is held, 1000 would not be: its row is in error, and unknown. */
static void numbers_beyond_sums(void **state)
{
    (void)state;
    tuoyu_diagnostics *diagnostics = NULL;
    tuoyu_diagnostic finding;
    tuoyu_policy *far = load_sections(
        "facts: {a: {n: {type: integer}}}\n"
        "indicators: {huge: {title: H, unit: n, cite: s 1, value: {of: a, sum: a.n * 1e67}}}\n");
    tuoyu_tally *tally = new_tally(far, "huge");
    static const char *const ROWS[] = {"a.n: 999", "a.n: 1000", "a.n: -1000", "a.n: -999", "a.n: 2"};
    assert_int_equal(tuoyu_diagnostics_new(NULL, &diagnostics), TUOYU_OK);
    for (size_t i = 0; i < 5; i++) {
        tuoyu_case *row = make_case(far, ROWS[i]);
        tuoyu_status expected = i == 1 || i == 2 ? TUOYU_ERROR_OVERFLOW : TUOYU_OK;
        assert_int_equal(tuoyu_tally_add(tally, "a", 1, row, diagnostics), expected);
        tuoyu_case_free(row);
    }
    assert_int_equal(tuoyu_diagnostics_get(diagnostics, 0, &finding), TUOYU_OK);
    assert_non_null(strstr(finding.message, "10^70"));
    tuoyu_measure *measure = NULL;
    tuoyu_decimal number;
    assert_int_equal(tuoyu_tally_measure(tally, NULL, 0, NULL, 0, &measure, NULL), TUOYU_OK);
    assert_string_equal(digits(tuoyu_measure_value(measure, &number), &number), "2E+67");
    assert_int_equal(tuoyu_measure_unknown(measure), 2);
    assert_int_equal(tuoyu_measure_lower(measure, &number), TUOYU_ERROR_NOT_FOUND);
    tuoyu_measure_free(measure);
    tuoyu_tally_free(tally);
    tuoyu_diagnostics_free(diagnostics);
    tuoyu_policy_unref(far);
}

static void kinds_of_values(void **state)
{
    (void)state;
    static const char *const EXPECTED[][2] = {
        {"open_count", "3"}, {"places_sum", "41"},  {"fee_mean", "50000.005"},
        {"fee_min", "0.01"}, {"fee_max", "100000"}, {"kinds", "2"},
        {"names", "3"}};
    for (size_t i = 0; i < sizeof EXPECTED / sizeof *EXPECTED; i++) {
        tuoyu_tally *tally = new_tally(policy, EXPECTED[i][0]);
        add(tally, "institution: {kind: public, open: true, places: 20, fee: 100000, name: a}");
        add(tally, "institution: {kind: public, open: true, places: 21, fee: 0.01, name: 'true'}");
        add(tally, "institution: {kind: employer, open: true, places: 0, fee: null, name: ''}");
        add(tally, "institution: {kind: employer, open: false, places: 500, fee: 7, name: a}");
        assert_value(tally, EXPECTED[i][1]);
        tuoyu_tally_free(tally);
    }
}

/* ---- Running out of room ---- */

static void what_is_kept_is_bounded(void **state)
{
    (void)state;
    char *text = source_file("tests/rules/packs/tally.yaml");
    tuoyu_pack_text pack = {
        .name = "tally", .name_length = TUOYU_NUL_TERMINATED, .text = text, .text_length = strlen(text)};
    tuoyu_limits limits = {.size = sizeof limits, .tally_items = 20};
    tuoyu_load_options options = {.size = sizeof options, .limits = &limits};
    tuoyu_policy *small = NULL;
    tuoyu_measure *measure = NULL;
    tuoyu_text *bytes = NULL;
    assert_int_equal(tuoyu_policy_load(&pack, 1, &options, &small, NULL), TUOYU_OK);
    static const char *const NAMES[] = {"names", "open_count", "coverage"};
    for (size_t i = 0; i < 3; i++) {
        tuoyu_tally *tally = new_tally(small, NAMES[i]);
        tuoyu_status status = TUOYU_OK;
        int rows = 0;
        for (; rows < 100 && status == TUOYU_OK; rows++) {
            char facts[100];
            snprintf(facts, sizeof facts,
                     "{institution: {name: n%d, subdistrict: s%d, open: true}, subdistrict.id: s%d}", rows,
                     rows, rows);
            tuoyu_case *row = make_case(small, facts);
            status = tuoyu_tally_add(tally, i == 2 ? "subdistrict" : "institution", TUOYU_NUL_TERMINATED, row,
                                     NULL);
            if (status != TUOYU_OK)
                assert_int_equal(tuoyu_tally_add(tally, "institution", 11, row, NULL), status);
            tuoyu_case_free(row);
        }
        assert_int_equal(status, TUOYU_ERROR_LIMIT);
        assert_true(rows > 5 && rows <= 21);
        tuoyu_tally *fresh = new_tally(small, NAMES[i]);
        assert_int_equal(tuoyu_tally_measure(tally, NULL, 0, NULL, 0, &measure, NULL), TUOYU_ERROR_LIMIT);
        assert_int_equal(tuoyu_tally_to_bytes(tally, &bytes, NULL), TUOYU_ERROR_LIMIT);
        assert_int_equal(tuoyu_tally_merge(fresh, tally, NULL), TUOYU_ERROR_LIMIT);
        assert_null(measure);
        assert_null(bytes);
        tuoyu_tally_free(fresh);
        tuoyu_tally_free(tally);
    }
    tuoyu_policy_unref(small);
    free(text);
}

/* ---- Bytes ---- */

static void bytes_are_read_back(void **state)
{
    (void)state;
    enum { ROWS = 80 };
    for (uint64_t seed = 20; seed < 26; seed++) {
        struct case_row *rows = make_rows(policy, seed, ROWS);
        for (size_t i = 0; TALLY_INDICATORS[i]; i++) {
            tuoyu_tally *tally = tally_of(TALLY_INDICATORS[i], rows, seed == 20 ? 0 : ROWS);
            tuoyu_tally *read = read_back(TALLY_INDICATORS[i], tally);
            assert_same_bytes(tally, read);
            assert_same_measures(tally, read);
            add_rows(tally, rows, ROWS); /* and both go on alike */
            add_rows(read, rows, ROWS);
            assert_same_bytes(tally, read);
            tuoyu_tally_free(read);
            tuoyu_tally_free(tally);
        }
        free_rows(rows, ROWS);
    }
}

struct damage {
    tuoyu_indicator *indicator;
    char *bytes;
    size_t length;
};

static tuoyu_status read_damaged(const struct damage *damage, size_t length)
{
    tuoyu_tally *read = NULL;
    char *copy =
        malloc(length ? length : 1); /* of just this size, so that a sanitizer sees the byte behind it */
    memcpy(copy, damage->bytes, length);
    tuoyu_status status = tuoyu_tally_from_bytes(damage->indicator, copy, length, &read, NULL);
    if (status == TUOYU_OK) { /* whatever it says, it can be used */
        free(measures_of(read, true));
        tuoyu_tally *twice = new_tally(policy, "coverage");
        tuoyu_tally_merge(twice, read, NULL);
        tuoyu_tally_free(twice);
    } else {
        assert_null(read);
    }
    tuoyu_tally_free(read);
    free(copy);
    return status;
}

/* Makes the digest right again. */
static void seal(struct damage *damage, size_t length)
{
    struct digest_sum check = {{0}};
    digest_sum_add(&check, (struct text){.bytes = damage->bytes, .length = length});
    memcpy(damage->bytes + length, check.bytes, sizeof check.bytes);
}

static void damaged_bytes_are_refused(void **state)
{
    (void)state;
    enum { ROWS = 40, DIGEST = 32 };
    struct case_row *rows = make_rows(policy, 5, ROWS);
    for (size_t i = 0; TALLY_INDICATORS[i]; i++) {
        tuoyu_tally *tally = tally_of(TALLY_INDICATORS[i], rows, ROWS);
        tuoyu_text *bytes = bytes_of(tally);
        struct damage damage = {.length = tuoyu_text_length(bytes)};
        damage.bytes = malloc(damage.length + DIGEST);
        memcpy(damage.bytes, tuoyu_text_bytes(bytes), damage.length);
        assert_int_equal(tuoyu_policy_indicator(policy, TALLY_INDICATORS[i], TUOYU_NUL_TERMINATED,
                                                &damage.indicator, NULL),
                         TUOYU_OK);
        for (size_t length = 0; length < damage.length; length += 1 + length / 64)
            assert_int_equal(read_damaged(&damage, length), TUOYU_ERROR_SYNTAX);
        for (size_t at = 0; at < damage.length;
             at++) { /* any one byte, as found and with the digest put right */
            damage.bytes[at] ^= (char)(1 + at % 255);
            assert_int_equal(read_damaged(&damage, damage.length), TUOYU_ERROR_SYNTAX);
            if (at < damage.length - DIGEST) {
                seal(&damage, damage.length - DIGEST);
                read_damaged(&damage, damage.length);
            }
            memcpy(damage.bytes, tuoyu_text_bytes(bytes), damage.length);
        }
        for (size_t length = 0; length < damage.length - DIGEST;
             length++) { /* cut short, with the digest put right */
            seal(&damage, length);
            assert_int_equal(read_damaged(&damage, length + DIGEST), TUOYU_ERROR_SYNTAX);
            memcpy(damage.bytes, tuoyu_text_bytes(bytes), damage.length);
        }
        tuoyu_indicator_unref(damage.indicator);
        free(damage.bytes);
        tuoyu_text_free(bytes);
        tuoyu_tally_free(tally);
    }
    free_rows(rows, ROWS);
}

static void of_another_indicator_or_pack(void **state)
{
    (void)state;
    tuoyu_diagnostics *diagnostics = NULL;
    tuoyu_diagnostic finding;
    tuoyu_indicator *indicator = NULL;
    tuoyu_tally *tally = new_tally(policy, "fee_sum"), *read = NULL;
    tuoyu_text *bytes = bytes_of(tally);
    assert_int_equal(tuoyu_diagnostics_new(NULL, &diagnostics), TUOYU_OK);
    assert_int_equal(tuoyu_policy_indicator(policy, "fee_mean", 8, &indicator, NULL), TUOYU_OK);
    assert_int_equal(tuoyu_tally_from_bytes(indicator, tuoyu_text_bytes(bytes), tuoyu_text_length(bytes),
                                            &read, diagnostics),
                     TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(tuoyu_diagnostics_get(diagnostics, 0, &finding), TUOYU_OK);
    assert_string_equal(
        finding.message,
        "this is a tally of the indicator `cn.test.tally:fee_sum`, not of the one that is asked");
    tuoyu_indicator_unref(indicator);
    char *text = source_file("tests/rules/packs/tally.yaml");
    text[strlen(text) - 1] = ' ';
    tuoyu_policy *changed = load_packs(text, NULL);
    tuoyu_diagnostics_clear(diagnostics);
    assert_int_equal(tuoyu_policy_indicator(changed, "fee_sum", 7, &indicator, NULL), TUOYU_OK);
    assert_int_equal(tuoyu_tally_from_bytes(indicator, tuoyu_text_bytes(bytes), tuoyu_text_length(bytes),
                                            &read, diagnostics),
                     TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(tuoyu_diagnostics_get(diagnostics, 0, &finding), TUOYU_OK);
    assert_string_equal(finding.message,
                        "this tally is of another text of the pack `cn.test.tally`, or of other packs");
    assert_null(read);
    free(text);
    tuoyu_policy_unref(changed);
    tuoyu_indicator_unref(indicator);
    tuoyu_diagnostics_free(diagnostics);
    tuoyu_text_free(bytes);
    tuoyu_tally_free(tally);
}

/* Of a pack in two versions the day chooses, also when a tally comes back from bytes. */
static void versions_of_a_pack(void **state)
{
    (void)state;
    static const char FORM[] =
        "tuoyu: 1\nid: t.v\ntitle: T\nin_force: %s\nsources: {s: {title: S}}\nfacts: {staff: {on: {type: "
        "boolean}}}\n"
        "indicators: {rate: {title: R, unit: staff, cite: s 1, value: {of: staff, count: %s}}}\n";
    char texts[2][600];
    snprintf(texts[0], sizeof texts[0], FORM, "2024-01-01..2024-12-31", "staff.on");
    snprintf(texts[1], sizeof texts[1], FORM, "2025-01-01..", "not(staff.on)");
    tuoyu_policy *both = load_packs(texts[0], texts[1], NULL);
    tuoyu_indicator *indicator = NULL;
    assert_int_equal(tuoyu_policy_indicator(both, "rate", 4, &indicator, NULL), TUOYU_OK);
    for (int year = 2024; year <= 2025; year++) {
        char date[11];
        tuoyu_tally *tally = NULL, *read = NULL;
        snprintf(date, sizeof date, "%d-06-01", year);
        assert_int_equal(tuoyu_indicator_tally(indicator, day(date), &tally, NULL), TUOYU_OK);
        for (int i = 0; i < 3; i++) {
            tuoyu_case *row = make_case(both, i ? "staff.on: true" : "staff.on: false");
            assert_int_equal(tuoyu_tally_add(tally, "staff", 5, row, NULL), TUOYU_OK);
            tuoyu_case_free(row);
        }
        tuoyu_text *bytes = bytes_of(tally);
        assert_int_equal(
            tuoyu_tally_from_bytes(indicator, tuoyu_text_bytes(bytes), tuoyu_text_length(bytes), &read, NULL),
            TUOYU_OK);
        assert_same_bytes(tally, read);
        merge(read, tally);
        assert_value(tally, year == 2024 ? "2" : "1");
        assert_value(read, year == 2024 ? "4" : "2");
        tuoyu_text_free(bytes);
        tuoyu_tally_free(read);
        tuoyu_tally_free(tally);
    }
    tuoyu_indicator_unref(indicator);
    tuoyu_policy_unref(both);
}

int main(int count, char **arguments)
{
    has_promises = count > 1 && strcmp(arguments[1], "promises") == 0;
    const struct CMUnitTest held[] = {cmocka_unit_test(the_same_in_any_order_and_parts),
                                      cmocka_unit_test(merging_commutes_and_associates),
                                      cmocka_unit_test(bytes_are_read_back)};
    const struct CMUnitTest tests[] = {cmocka_unit_test(versions_of_a_pack),

                                       cmocka_unit_test(the_same_in_any_order_and_parts),
                                       cmocka_unit_test(merging_commutes_and_associates),
                                       cmocka_unit_test(only_what_matches_is_taken_in),
                                       cmocka_unit_test(packs_are_known_by_their_sums),
                                       cmocka_unit_test(sums_are_rounded_once),
                                       cmocka_unit_test(numbers_beyond_sums),
                                       cmocka_unit_test(kinds_of_values),
                                       cmocka_unit_test(what_is_kept_is_bounded),
                                       cmocka_unit_test(bytes_are_read_back),
                                       cmocka_unit_test(damaged_bytes_are_refused),
                                       cmocka_unit_test(of_another_indicator_or_pack)};
    if (has_promises)
        return cmocka_run_group_tests(held, load_pack, unload);
    return cmocka_run_group_tests(tests, load_pack, unload);
}
