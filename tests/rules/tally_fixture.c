/* SPDX-License-Identifier: Apache-2.0 */
#include "tally_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const TALLY_INDICATORS[] = {"open_count", "open_rate", "places_sum", "fee_sum",  "fee_mean",
                                        "part_mean",  "third_sum", "fee_min",    "fee_max",  "kinds",
                                        "names",      "waits",     "fails",      "huge_sum", "per_head",
                                        "coverage",   NULL};

/* ---- Rows ---- */

/* Splitmix64 (Steele, Lea, Flood 2014). */
static const char PROMISES[] =
    "\nentities:\n"
    "  institution:\n"
    "    label: institution\n"
    "    require:\n"
    "      - {id: roomy, that: institution.places >= 7, because: at least seven places}\n"
    "      - {id: open_ones_charge, that: institution.fee > 0 or institution.open = false}\n"
    "  subdistrict:\n"
    "    label: subdistrict\n"
    "    require: [{id: named, that: subdistrict.id != \"A\"}]\n";

tuoyu_policy *load_tally_pack(bool has_promises)
{
    char *text = source_file("tests/rules/packs/tally.yaml"),
         *longer = malloc(strlen(text) + sizeof PROMISES);
    assert_non_null(longer);
    strcat(strcpy(longer, text), has_promises ? PROMISES : "");
    tuoyu_policy *policy = load_packs(longer, NULL);
    free(longer);
    free(text);
    return policy;
}

uint32_t next_random(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return (uint32_t)((z ^ z >> 31) >> 32);
}

uint32_t random_below(uint64_t *state, uint32_t bound)
{
    return next_random(state) % bound;
}

static void add_fact(char *facts, uint64_t *state, const char *name, const char *const *values,
                     uint32_t count)
{
    size_t length = strlen(facts);
    if (random_below(state, 8) == 0)
        return; /* missing */
    snprintf(facts + length, ROW_FACTS_SIZE - length, "%s%s: %s", facts[length - 1] == '{' ? "" : ", ", name,
             values[random_below(state, count)]);
}

#define ADD_FACT(name, ...)                                                   \
    do {                                                                      \
        static const char *const VALUES[] = {__VA_ARGS__};                    \
        add_fact(facts, state, name, VALUES, sizeof VALUES / sizeof *VALUES); \
    } while (0)

const char *random_row(uint64_t *state, char facts[ROW_FACTS_SIZE])
{
    uint32_t entity = random_below(state, 10);
    snprintf(facts, ROW_FACTS_SIZE, "%s: {",
             entity == 0   ? "district"
             : entity <= 2 ? "subdistrict"
                           : "institution");
    if (entity == 0) {
        ADD_FACT("id", "north", "south");
    } else if (entity <= 2) {
        ADD_FACT("id", "小港街道", "新碶街道", "大碶街道", "戚家山", "𠮷", "A", "B", "C", "D", "E");
        ADD_FACT("people", "0", "1200", "90000", "null");
        ADD_FACT("district", "north", "south");
    } else {
        ADD_FACT("kind", "public", "private", "employer");
        ADD_FACT("open", "true", "true", "true", "false");
        ADD_FACT("places", "0", "7", "20", "21", "499", "500");
        ADD_FACT("fee", "0", "-100000", "100000", "3999.99", "1000.10", "0.01", "null");
        ADD_FACT("share", "12.5", "100", "-3", "0.000001", "999999999999");
        ADD_FACT("opened", "2024-05-31", "2024-06-01", "2025-01-01");
        ADD_FACT("name", "小园", "'a b'", "'null'", "''", "𠮷", "x", "y", "z");
        ADD_FACT("subdistrict", "小港街道", "新碶街道", "大碶街道", "A", "B", "F");
        ADD_FACT("district", "north", "south");
    }
    strcat(facts, "}");
    return entity == 0 ? "district" : entity <= 2 ? "subdistrict" : "institution";
}

struct case_row *make_rows(const tuoyu_policy *policy, uint64_t seed, size_t count)
{
    struct case_row *rows = calloc(count + 1, sizeof *rows);
    char facts[ROW_FACTS_SIZE];
    for (size_t i = 0; i < count; i++) {
        rows[i].entity = random_row(&seed, facts);
        rows[i].facts = make_case(policy, facts);
    }
    return rows;
}

void free_rows(struct case_row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        tuoyu_case_free(rows[i].facts);
    free(rows);
}

/* ---- Tallies ---- */

tuoyu_tally *new_tally(tuoyu_policy *policy, const char *name)
{
    tuoyu_indicator *indicator = NULL;
    tuoyu_tally *tally = NULL;
    assert_int_equal(tuoyu_policy_indicator(policy, name, TUOYU_NUL_TERMINATED, &indicator, NULL), TUOYU_OK);
    assert_int_equal(tuoyu_indicator_tally(indicator, day("2025-01-01"), &tally, NULL), TUOYU_OK);
    tuoyu_indicator_unref(indicator);
    return tally;
}

void add_rows(tuoyu_tally *tally, const struct case_row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        tuoyu_tally_add(tally, rows[i].entity, TUOYU_NUL_TERMINATED, rows[i].facts, NULL);
}

tuoyu_text *bytes_of(const tuoyu_tally *tally)
{
    tuoyu_text *bytes = NULL;
    assert_int_equal(tuoyu_tally_to_bytes(tally, &bytes, NULL), TUOYU_OK);
    return bytes;
}

void assert_same_bytes(const tuoyu_tally *tally, const tuoyu_tally *other)
{
    tuoyu_text *left = bytes_of(tally), *right = bytes_of(other);
    assert_int_equal(tuoyu_text_length(left), tuoyu_text_length(right));
    assert_memory_equal(tuoyu_text_bytes(left), tuoyu_text_bytes(right), tuoyu_text_length(left));
    tuoyu_text_free(left);
    tuoyu_text_free(right);
}

/* ---- Measures ---- */

static void append(char **lines, const char *kind, const char *id, const char *text)
{
    size_t before = strlen(*lines), size = before + strlen(kind) + strlen(id) + strlen(text) + 4;
    *lines = realloc(*lines, size);
    snprintf(*lines + before, size - before, "%s %s %s\n", kind, id, text);
}

static void append_measure(char **lines, tuoyu_tally *tally, const char *kind, const char *id,
                           bool as_receipt)
{
    tuoyu_measure *measure = NULL;
    tuoyu_text *text = NULL;
    tuoyu_status status =
        tuoyu_tally_measure(tally, kind, TUOYU_NUL_TERMINATED, id, TUOYU_NUL_TERMINATED, &measure, NULL);
    if (status == TUOYU_OK) {
        const tuoyu_answer *answer = tuoyu_measure_answer(measure);
        assert_int_equal(as_receipt ? tuoyu_answer_to_receipt(answer, &text)
                                    : tuoyu_answer_to_json(answer, &text),
                         TUOYU_OK);
    }
    append(lines, kind ? kind : "", id ? id : "", text ? tuoyu_text_bytes(text) : tuoyu_status_name(status));
    tuoyu_text_free(text);
    tuoyu_measure_free(measure);
}

char *measures_of(tuoyu_tally *tally, bool as_receipts)
{
    static const char *const KINDS[] = {"subdistrict", "district"};
    char *lines = calloc(1, 1);
    const char *id;
    append_measure(&lines, tally, NULL, NULL, as_receipts);
    for (size_t i = 0; i < 2; i++)
        for (size_t j = 0; (id = tuoyu_tally_region_id(tally, KINDS[i], TUOYU_NUL_TERMINATED, j)); j++)
            append_measure(&lines, tally, KINDS[i], id, as_receipts);
    return lines;
}

void assert_same_measures(tuoyu_tally *tally, tuoyu_tally *other)
{
    char *left = measures_of(tally, true), *right = measures_of(other, true);
    assert_string_equal(left, right);
    free(left);
    free(right);
}
