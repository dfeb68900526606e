/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers and dates across the public border. */
#include "../cmocka_all.h"
#include <string.h>

#include <tuoyu/tuoyu.h>

static const tuoyu_decimal INFINITY_BYTES = {{0, UINT64_C(0x78) << 56}};

static void decimals(void **state)
{
    (void)state;
    tuoyu_decimal number, other;
    char text[TUOYU_DECIMAL_TEXT_SIZE];
    int64_t integer = 0;
    assert_int_equal(tuoyu_decimal_from_text("-12.50 yuan", 6, &number), TUOYU_OK);
    assert_int_equal(tuoyu_decimal_to_text(&number, text), 5);
    assert_string_equal(text, "-12.5");
    assert_int_equal(tuoyu_decimal_to_int64(&number, 2, &integer), TUOYU_OK);
    assert_int_equal(integer, -1250);
    assert_int_equal(tuoyu_decimal_to_int64(&number, 0, &integer), TUOYU_ERROR_OVERFLOW);
    assert_int_equal(tuoyu_decimal_from_int64(-1250, 2, &other), TUOYU_OK);
    assert_int_equal(tuoyu_decimal_compare(&number, &other), 0);
    assert_int_equal(tuoyu_decimal_from_int64(INT64_MIN, 6000, &other), TUOYU_OK);
    assert_int_equal(tuoyu_decimal_to_int64(&other, 6000, &integer), TUOYU_OK);
    assert_int_equal(integer, INT64_MIN);
    assert_int_equal(tuoyu_decimal_from_int64(INT64_MAX, -6000, &other), TUOYU_OK);
    assert_int_equal(tuoyu_decimal_to_int64(&other, -6000, &integer), TUOYU_OK);
    assert_int_equal(integer, INT64_MAX);
    assert_int_equal(tuoyu_decimal_from_text("1e3", TUOYU_NUL_TERMINATED, &number), TUOYU_OK);
    assert_int_equal(tuoyu_decimal_from_text("12,5", TUOYU_NUL_TERMINATED, &number), TUOYU_ERROR_SYNTAX);
    assert_int_equal(tuoyu_decimal_from_text("1\0"
                                             "2",
                                             3, &number),
                     TUOYU_ERROR_SYNTAX);
    assert_int_equal(tuoyu_decimal_from_text("1e7000", TUOYU_NUL_TERMINATED, &number), TUOYU_ERROR_OVERFLOW);
}

/* ---- Bytes that no function gave ---- */

#define HIGH(byte) (UINT64_C(byte) << 56)

/* Infinities, quiet and signalling nothing-numbers with and without payload, coefficients of more than 34
 * digits in both encodings, irregular infinities, and what memset() makes. */
static const tuoyu_decimal NO_NUMBERS[] = {
    {{UINT64_MAX, UINT64_MAX}},
    {{0, HIGH(0x78)}},
    {{0, HIGH(0xF8)}},
    {{0, HIGH(0x7C)}},
    {{0, HIGH(0xFC)}},
    {{0, HIGH(0x7E)}},
    {{0, HIGH(0xFE)}},
    {{1, HIGH(0x7C)}},
    {{UINT64_MAX, HIGH(0x7E)}},
    {{1, HIGH(0x78)}},
    {{0, HIGH(0x79)}},
    {{0, HIGH(0x60)}},
    {{UINT64_MAX, HIGH(0x6F)}},
    {{UINT64_MAX, HIGH(0x77)}},
    {{UINT64_C(0x378D8E6400000000), UINT64_C(0x3041ED09BEAD87C0)}}, /* 10^34, one more than 34 digits hold */
    {{UINT64_MAX, UINT64_C(0x3041FFFFFFFFFFFF)}},
    {{UINT64_MAX, UINT64_C(0x5FFFFFFFFFFFFFFF)}},
    {{UINT64_MAX, UINT64_C(0xDFFFFFFFFFFFFFFF)}},
};
enum { NO_NUMBER_COUNT = sizeof NO_NUMBERS / sizeof *NO_NUMBERS };

static void what_is_no_number_is_refused(void **state)
{
    (void)state;
    tuoyu_decimal one, least;
    assert_int_equal(tuoyu_decimal_from_int64(1, 0, &one), TUOYU_OK);
    assert_int_equal(
        tuoyu_decimal_from_text("9.999999999999999999999999999999999E6144", TUOYU_NUL_TERMINATED, &least),
        TUOYU_OK);
    for (size_t i = 0; i < NO_NUMBER_COUNT; i++) {
        const tuoyu_decimal *number = &NO_NUMBERS[i];
        char text[TUOYU_DECIMAL_TEXT_SIZE];
        int64_t integer = 7;
        tuoyu_value *value = (tuoyu_value *)text;
        memset(text, 'x', sizeof text);
        assert_int_equal(tuoyu_decimal_to_text(number, text), 0);
        assert_string_equal(text, "");
        assert_int_equal(tuoyu_decimal_to_int64(number, 0, &integer), TUOYU_ERROR_INVALID_ARGUMENT);
        assert_int_equal(integer, 7);
        assert_int_equal(tuoyu_value_new_number(NULL, number, &value), TUOYU_ERROR_INVALID_ARGUMENT);
        assert_null(value);
        assert_true(tuoyu_decimal_compare(number, &one) > 0 && tuoyu_decimal_compare(&one, number) < 0);
        assert_true(tuoyu_decimal_compare(number, &least) > 0 && tuoyu_decimal_compare(NULL, number) < 0);
        for (size_t k = 0; k < NO_NUMBER_COUNT; k++)
            assert_int_equal(tuoyu_decimal_compare(number, &NO_NUMBERS[k]), 0);
    }
}

/* Zeros have many encodings and one meaning. */
static void zeros_of_all_kinds(void **state)
{
    (void)state;
    static const tuoyu_decimal ZEROS[] = {
        {{0, 0}}, {{0, HIGH(0x80)}}, {{0, HIGH(0x30)}}, {{0, HIGH(0xB0)}}, {{0, HIGH(0x5F)}}};
    for (size_t i = 0; i < sizeof ZEROS / sizeof *ZEROS; i++) {
        char text[TUOYU_DECIMAL_TEXT_SIZE];
        tuoyu_value *value = NULL, *zero = NULL;
        tuoyu_decimal again;
        tuoyu_text *shown = NULL;
        int64_t integer = 7;
        assert_int_equal(tuoyu_decimal_to_text(&ZEROS[i], text), 1);
        assert_string_equal(text, "0");
        assert_int_equal(tuoyu_decimal_to_int64(&ZEROS[i], 2, &integer), TUOYU_OK);
        assert_int_equal(integer, 0);
        assert_int_equal(tuoyu_value_new_number(NULL, &ZEROS[i], &value), TUOYU_OK);
        assert_int_equal(tuoyu_value_new_from_text(NULL, TUOYU_VALUE_NUMBER, "0", 1, &zero), TUOYU_OK);
        assert_int_equal(tuoyu_value_equals(value, zero), 1);
        assert_int_equal(tuoyu_value_get_number(value, &again), TUOYU_OK);
        assert_int_equal(tuoyu_decimal_compare(&again, &ZEROS[i]), 0);
        assert_int_equal(tuoyu_value_to_text(value, &shown), TUOYU_OK);
        assert_string_equal(tuoyu_text_bytes(shown), "0");
        tuoyu_text_free(shown);
        tuoyu_value_unref(value);
        tuoyu_value_unref(zero);
    }
}

/* Any 16 bytes: a number that its own text gives back, or refused by every function. */
static void any_bytes(void **state)
{
    (void)state;
    uint64_t seed = 88172645463325252u;
    size_t numbers = 0, refused = 0;
    for (int i = 0; i < 200000; i++) {
        tuoyu_decimal number, again;
        for (int k = 0; k < 2; k++) {
            seed ^= seed << 13, seed ^= seed >> 7, seed ^= seed << 17;
            number.opaque[k] = seed;
        }
        if (i % 2)
            number.opaque[1] &= ~(UINT64_C(1) << 48 | UINT64_C(0xFFFF) << 32); /* few digits */
        char text[TUOYU_DECIMAL_TEXT_SIZE];
        int64_t integer;
        tuoyu_value *value = NULL;
        size_t length = tuoyu_decimal_to_text(&number, text);
        tuoyu_status status = tuoyu_value_new_number(NULL, &number, &value),
                     whole = tuoyu_decimal_to_int64(&number, 0, &integer);
        assert_int_equal(status == TUOYU_OK, length > 0);
        assert_int_equal(status == TUOYU_OK, whole != TUOYU_ERROR_INVALID_ARGUMENT);
        tuoyu_value_unref(value);
        if (length == 0) {
            refused++;
            continue;
        }
        numbers++;
        assert_true(length < sizeof text && strlen(text) == length);
        assert_int_equal(tuoyu_decimal_from_text(text, length, &again), TUOYU_OK);
        assert_int_equal(tuoyu_decimal_compare(&number, &again), 0);
    }
    assert_true(numbers > 20000 && refused > 20000);
}

static void arguments_that_are_none(void **state)
{
    (void)state;
    tuoyu_decimal number = {{0, 0}};
    char text[TUOYU_DECIMAL_TEXT_SIZE] = "x";
    int64_t integer = 0;
    int32_t date = 0;
    assert_int_equal(tuoyu_decimal_from_text(NULL, 1, &number), TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(tuoyu_decimal_from_text("1", 1, NULL), TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(tuoyu_decimal_from_int64(1, 6001, &number), TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(tuoyu_decimal_from_int64(1, INT32_MIN, &number), TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(tuoyu_decimal_from_int64(1, 0, NULL), TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(tuoyu_decimal_to_int64(NULL, 0, &integer), TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(tuoyu_decimal_to_int64(&number, 0, NULL), TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(tuoyu_decimal_to_int64(&INFINITY_BYTES, 0, &integer), TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(tuoyu_decimal_to_text(NULL, text), 0);
    assert_string_equal(text, "");
    assert_int_equal(tuoyu_decimal_to_text(&INFINITY_BYTES, text), 0);
    assert_int_equal(tuoyu_decimal_to_text(&number, NULL), 0);
    assert_int_equal(tuoyu_decimal_compare(NULL, NULL), 0);
    assert_true(tuoyu_decimal_compare(NULL, &number) < 0 && tuoyu_decimal_compare(&number, NULL) > 0);
    assert_int_equal(tuoyu_date_from_ymd(2024, 1, 1, NULL), TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(tuoyu_date_to_ymd(0, NULL, &date, &date), TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(tuoyu_date_from_text(NULL, 10, &date), TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(tuoyu_date_from_text("2024-01-01", 10, NULL), TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(tuoyu_date_to_text(0, NULL), TUOYU_ERROR_INVALID_ARGUMENT);
}

static void dates(void **state)
{
    (void)state;
    int32_t date, year, month, day;
    char text[11];
    assert_int_equal(tuoyu_date_from_ymd(2024, 2, 29, &date), TUOYU_OK);
    assert_int_equal(date, 19782);
    assert_int_equal(tuoyu_date_to_ymd(date, &year, &month, &day), TUOYU_OK);
    assert_true(year == 2024 && month == 2 && day == 29);
    assert_int_equal(tuoyu_date_to_text(date, text), TUOYU_OK);
    assert_string_equal(text, "2024-02-29");
    assert_int_equal(tuoyu_date_from_text("2023-02-29", 10, &date), TUOYU_ERROR_DATE);
    assert_int_equal(tuoyu_date_from_text("2023-2-9", TUOYU_NUL_TERMINATED, &date), TUOYU_ERROR_SYNTAX);
    assert_int_equal(tuoyu_date_from_ymd(0, 1, 1, &date), TUOYU_ERROR_DATE);
    static const int32_t OUTSIDE[] = {INT32_MIN, -719163, 2932897, INT32_MAX};
    for (size_t i = 0; i < sizeof OUTSIDE / sizeof OUTSIDE[0]; i++) {
        assert_int_equal(tuoyu_date_to_text(OUTSIDE[i], text), TUOYU_ERROR_DATE);
        assert_int_equal(tuoyu_date_to_ymd(OUTSIDE[i], &year, &month, &day), TUOYU_ERROR_DATE);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_no_number_is_refused),
        cmocka_unit_test(zeros_of_all_kinds),
        cmocka_unit_test(any_bytes),
        cmocka_unit_test(decimals),
        cmocka_unit_test(arguments_that_are_none),
        cmocka_unit_test(dates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
