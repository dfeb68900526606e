/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers and dates across the public border. */
#include "../cmocka_all.h"
#include <string.h>

#include <tuoyu/common.h>

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
    assert_int_equal(tuoyu_decimal_from_text("1\0" "2", 3, &number), TUOYU_ERROR_SYNTAX);
    assert_int_equal(tuoyu_decimal_from_text("1e7000", TUOYU_NUL_TERMINATED, &number), TUOYU_ERROR_OVERFLOW);
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
        cmocka_unit_test(decimals),
        cmocka_unit_test(arguments_that_are_none),
        cmocka_unit_test(dates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
