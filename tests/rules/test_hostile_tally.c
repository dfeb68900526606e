/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes of tallies that are built to hurt, with their digest put right, so that what is behind it is read:
 * they are refused in words or read, and what the library holds meanwhile is in proportion to the bytes that
 * came, whatever counts and lengths in them say. Memory and the number of allocations are counted; nothing is
 * timed. */
#include "tally_fixture.h"

#include <stdlib.h>
#include <string.h>

#include "base/digest.h"

static const char PACK[] = "tests/rules/packs/tally.yaml";
enum { SUM_BYTES = 32, BYTES_FOR_A_BYTE = 24, BYTES_APART = 64 << 10 };

/* ---- Memory ---- */

struct meter {
    size_t now, most, calls;
};

static void *metered(void *context, void *pointer, size_t old_size, size_t new_size)
{
    struct meter *meter = context;
    void *result = new_size ? realloc(pointer, new_size) : NULL;
    if (!new_size)
        free(pointer);
    else if (!result)
        return NULL;
    meter->calls++;
    meter->now += new_size - (pointer ? old_size : 0);
    meter->most = meter->now > meter->most ? meter->now : meter->most;
    return result;
}

static struct meter meter;
static const tuoyu_allocator METERED = {.reallocate = metered, .context = &meter};

static tuoyu_policy *load_metered(void)
{
    char *text = source_file(PACK);
    tuoyu_policy *policy = NULL;
    const tuoyu_load_options options = {.size = sizeof options, .allocator = &METERED};
    const tuoyu_pack_text pack = {"pack", 4, text, strlen(text)};
    assert_int_equal(tuoyu_policy_load(&pack, 1, &options, &policy, NULL), TUOYU_OK);
    free(text);
    return policy;
}

/* ---- Reading ---- */

struct counts {
    size_t read, refused;
};

/* Reads the bytes, uses what was read, and holds the memory to their number. */
static void try_bytes(tuoyu_indicator *indicator, const char *bytes, size_t length, struct counts *counts)
{
    tuoyu_tally *tally = NULL;
    tuoyu_measure *measure = NULL;
    tuoyu_diagnostics *diagnostics = NULL;
    size_t before = meter.now, calls = meter.calls;
    assert_int_equal(tuoyu_diagnostics_new(NULL, &diagnostics), TUOYU_OK);
    meter.most = meter.now;
    tuoyu_status status = tuoyu_tally_from_bytes(indicator, bytes, length, &tally, diagnostics);
    assert_int_equal(status == TUOYU_OK, tally != NULL);
    if (meter.most - before > BYTES_APART + BYTES_FOR_A_BYTE * length)
        fail_msg("%zu bytes are held for %zu that came", meter.most - before, length);
    if (meter.calls - calls > 1000 + length)
        fail_msg("%zu allocations for %zu bytes", meter.calls - calls, length);
    if (status != TUOYU_OK && tuoyu_diagnostics_count(diagnostics) == 0)
        fail_msg("nothing says why: %s", tuoyu_status_name(status));
    if (tally) {
        (void)tuoyu_tally_measure(tally, NULL, 0, NULL, 0, &measure, NULL);
        tuoyu_text *again = NULL;
        assert_int_equal(tuoyu_tally_to_bytes(tally, &again, NULL), TUOYU_OK);
        /* Nothing comes of nothing, but for the counts that only format 2 has. */
        assert_true(tuoyu_text_length(again) <= length + 200);
        tuoyu_text_free(again);
    }
    counts->read += tally != NULL;
    counts->refused += tally == NULL;
    tuoyu_measure_free(measure);
    tuoyu_tally_free(tally);
    tuoyu_diagnostics_free(diagnostics);
}

/* The same with the digest of what is before it. */
static void try_with_digest(tuoyu_indicator *indicator, const char *body, size_t length,
                            struct counts *counts)
{
    struct digest_sum sum = {{0}};
    char *bytes = malloc(length + SUM_BYTES);
    assert_non_null(bytes);
    memcpy(bytes, body, length);
    digest_sum_add(&sum, (struct text){.bytes = body, .length = length});
    memcpy(bytes + length, sum.bytes, SUM_BYTES);
    try_bytes(indicator, bytes, length + SUM_BYTES, counts);
    free(bytes);
}

/* ---- Families ---- */

typedef void (*family)(tuoyu_indicator *indicator, const char *body, size_t length, struct counts *counts);

static void cut_short(tuoyu_indicator *indicator, const char *body, size_t length, struct counts *counts)
{
    for (size_t end = 0; end < length; end += 1 + end / 40)
        try_with_digest(indicator, body, end, counts);
}

static void digest_is_wrong(tuoyu_indicator *indicator, const char *body, size_t length,
                            struct counts *counts)
{
    try_bytes(indicator, body, length, counts);
    try_bytes(indicator, body, length > SUM_BYTES ? SUM_BYTES : length, counts);
    try_bytes(indicator, "", 0, counts);
}

/* Numbers of some bytes are written over every place. */
static void overwrite(tuoyu_indicator *indicator, const char *body, size_t length, struct counts *counts,
                      uint64_t number, size_t bytes)
{
    char *copy = malloc(length);
    assert_non_null(copy);
    for (size_t at = 0; at + bytes <= length; at += 1 + at / 90) {
        memcpy(copy, body, length);
        for (size_t i = 0; i < bytes; i++)
            copy[at + i] = (char)(unsigned char)(number >> 8 * i);
        try_with_digest(indicator, copy, length, counts);
    }
    free(copy);
}

static void lengths_of_4_gigabytes(tuoyu_indicator *indicator, const char *body, size_t length,
                                   struct counts *counts)
{
    overwrite(indicator, body, length, counts, UINT32_MAX, 4);
}

static void lengths_of_2_gigabytes(tuoyu_indicator *indicator, const char *body, size_t length,
                                   struct counts *counts)
{
    overwrite(indicator, body, length, counts, INT32_MAX, 4);
}

static void counts_without_end(tuoyu_indicator *indicator, const char *body, size_t length,
                               struct counts *counts)
{
    overwrite(indicator, body, length, counts, UINT64_MAX, 8);
}

static void counts_that_overflow(tuoyu_indicator *indicator, const char *body, size_t length,
                                 struct counts *counts)
{
    overwrite(indicator, body, length, counts, INT64_MAX, 8);
}

static void counts_of_a_million(tuoyu_indicator *indicator, const char *body, size_t length,
                                struct counts *counts)
{
    overwrite(indicator, body, length, counts, 1000000, 8);
}

static void nothing_anywhere(tuoyu_indicator *indicator, const char *body, size_t length,
                             struct counts *counts)
{
    overwrite(indicator, body, length, counts, 0, 8);
}

static void one_more_or_less(tuoyu_indicator *indicator, const char *body, size_t length,
                             struct counts *counts)
{
    char *copy = malloc(length);
    assert_non_null(copy);
    for (size_t at = 0; at < length; at += 1 + at / 90)
        for (int step = -1; step < 2; step += 2) {
            memcpy(copy, body, length);
            copy[at] = (char)(copy[at] + step);
            try_with_digest(indicator, copy, length, counts);
        }
    free(copy);
}

/* A part stands twice, as a region that is repeated, or in another order. */
static void parts_repeated(tuoyu_indicator *indicator, const char *body, size_t length, struct counts *counts)
{
    char *copy = malloc(2 * length);
    assert_non_null(copy);
    for (size_t part = 8; part < length / 2; part *= 2)
        for (size_t at = 0; at + part <= length; at += part / 2 + at / 20) {
            memcpy(copy, body, at + part);
            memcpy(copy + at + part, body + at, length - at);
            try_with_digest(indicator, copy, length + part, counts);
        }
    free(copy);
}

static void parts_swapped(tuoyu_indicator *indicator, const char *body, size_t length, struct counts *counts)
{
    char *copy = malloc(length);
    assert_non_null(copy);
    for (size_t part = 1; part < length / 2; part *= 2)
        for (size_t at = 0; at + 2 * part <= length; at += part + at / 20) {
            memcpy(copy, body, length);
            memcpy(copy + at, body + at + part, part);
            memcpy(copy + at + part, body + at, part);
            try_with_digest(indicator, copy, length, counts);
        }
    free(copy);
}

/* More behind the end, up to a mebibyte: nothing, ones, and the tally over and over. */
static void grown(tuoyu_indicator *indicator, const char *body, size_t length, struct counts *counts)
{
    enum { MEBIBYTE = 1 << 20 };
    char *copy = malloc(MEBIBYTE);
    assert_non_null(copy);
    assert_true(length < MEBIBYTE);
    for (int fill = 0; fill < 3; fill++) {
        memcpy(copy, body, length);
        for (size_t i = length; i < MEBIBYTE; i++)
            copy[i] = fill == 2 ? body[i % length] : fill ? (char)0xFF : 0;
        try_with_digest(indicator, copy, length + 1, counts);
        try_with_digest(indicator, copy, MEBIBYTE, counts);
    }
    free(copy);
}

static const struct {
    const char *name;
    family run;
} FAMILIES[] = {
    {"cut short", cut_short},           {"digest", digest_is_wrong},  {"4 GB", lengths_of_4_gigabytes},
    {"2 GB", lengths_of_2_gigabytes},   {"2^64", counts_without_end}, {"2^63", counts_that_overflow},
    {"a million", counts_of_a_million}, {"zero", nothing_anywhere},   {"one more", one_more_or_less},
    {"repeated", parts_repeated},       {"swapped", parts_swapped},   {"grown", grown}};

static void hostile_bytes_cost_what_they_weigh(void **state)
{
    (void)state;
    tuoyu_policy *policy = load_metered();
    struct case_row *rows = make_rows(policy, 11, 60);
    for (size_t i = 0; TALLY_INDICATORS[i]; i++) {
        tuoyu_indicator *indicator = NULL;
        tuoyu_tally *tally = new_tally(policy, TALLY_INDICATORS[i]);
        add_rows(tally, rows, 60);
        tuoyu_text *bytes = bytes_of(tally);
        tuoyu_tally_free(tally);
        assert_int_equal(
            tuoyu_policy_indicator(policy, TALLY_INDICATORS[i], TUOYU_NUL_TERMINATED, &indicator, NULL),
            TUOYU_OK);
        size_t length = tuoyu_text_length(bytes) - SUM_BYTES;
        struct counts right = {.read = 0};
        try_with_digest(indicator, tuoyu_text_bytes(bytes), length, &right);
        assert_int_equal(right.read, 1);
        for (size_t j = 0; j < sizeof FAMILIES / sizeof *FAMILIES; j++) {
            struct counts counts = {.read = 0};
            FAMILIES[j].run(indicator, tuoyu_text_bytes(bytes), length, &counts);
            if (counts.refused == 0)
                fail_msg("%s, %s: nothing was refused of %zu", TALLY_INDICATORS[i], FAMILIES[j].name,
                         counts.read);
        }
        tuoyu_text_free(bytes);
        tuoyu_indicator_unref(indicator);
    }
    free_rows(rows, 60);
    tuoyu_policy_unref(policy);
    assert_int_equal(meter.now, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(hostile_bytes_cost_what_they_weigh)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
