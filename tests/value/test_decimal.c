/* SPDX-License-Identifier: Apache-2.0 */
/* What the oracle does not ask: the borders of the type, foreign bytes, forms of text, algebra. */
#include "../cmocka_all.h"
#include <string.h>

#include "value/decimal.h"

static tuoyu_decimal of(const char *text)
{
    tuoyu_decimal number = {{0, 0}};
    assert_int_equal(decimal_parse(text_of(text, TUOYU_NUL_TERMINATED), &number), TUOYU_OK);
    return number;
}

static void assert_shows(tuoyu_decimal number, const char *expected)
{
    char text[TUOYU_DECIMAL_TEXT_SIZE];
    size_t length = decimal_format(number, text);
    assert_string_equal(text, expected);
    assert_int_equal(length, strlen(expected));
}

static void text_depends_on_the_value_alone(void **state)
{
    (void)state;
    static const char *const SAME[] = {"1",     "1.0",   "1.000000000000000000000000000000000",
                                       "10e-1", "0.1E1", "0001"};
    for (size_t i = 0; i < sizeof SAME / sizeof SAME[0]; i++) {
        assert_shows(of(SAME[i]), "1");
    }
    assert_shows(of("-0"), "0");
    assert_shows(of("0e6000"), "0");
    assert_shows(of("-0.000"), "0");
    tuoyu_decimal zero;
    assert_int_equal(decimal_subtract(of("-1.50"), of("-1.5"), &zero), TUOYU_OK);
    assert_shows(zero, "0");
    assert_shows(decimal_negate(zero), "0");
}

static void longest_texts_fit(void **state)
{
    (void)state;
    assert_shows(of("-9999999999999999999999999999999999e6111"),
                 "-9.999999999999999999999999999999999E+6144");
    assert_shows(of("-1234567890123456789012345678901234e-6176"),
                 "-1.234567890123456789012345678901234E-6143");
    assert_shows(of("-1234567890123456789012345678901234e-40"),
                 "-0.0000001234567890123456789012345678901234");
    assert_shows(of("-123456789012345678901234567890123.4"), "-123456789012345678901234567890123.4");
    for (int32_t decimals = -5; decimals < 200; decimals++) {
        char text[TUOYU_DECIMAL_TEXT_SIZE];
        assert_true(decimal_format_fixed(of("-1234567890123456789012345678901.234"), decimals, text) <
                    sizeof text);
        assert_true(decimal_format_fixed(of("-1e39"), decimals, text) < sizeof text);
        assert_true(decimal_format_fixed(of("-1e-40"), decimals, text) < sizeof text);
        assert_true(decimal_format_fixed(of("9e6144"), decimals, text) < sizeof text);
    }
}

static void fixed_decimals(void **state)
{
    (void)state;
    static const struct {
        const char *number;
        int32_t decimals;
        const char *expected;
    } CASES[] = {
        {"1234", 2, "1234.00"}, {"0", 2, "0.00"},      {"-0.5", 2, "-0.50"},   {"12.345", 2, "12.345"},
        {"100", 0, "100"},      {"1e3", 2, "1000.00"}, {"0.01", 2, "0.01"},    {"0.01", 1, "0.01"},
        {"-7", 1, "-7.0"},      {"1e50", 2, "1E+50"},  {"0.001", 4, "0.0010"}, {"5", INT32_MAX, "5"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        char text[TUOYU_DECIMAL_TEXT_SIZE];
        size_t length = decimal_format_fixed(of(CASES[i].number), CASES[i].decimals, text);
        assert_string_equal(text, CASES[i].expected);
        assert_int_equal(length, strlen(text));
    }
}

/* An integer with its point put in has the text of the decimal that it is. */
static void scaled_integers(void **state)
{
    (void)state;
    static const int64_t EDGES[] = {0,
                                    1,
                                    -1,
                                    9,
                                    10,
                                    -10,
                                    99,
                                    100,
                                    101,
                                    1000,
                                    -1010,
                                    123456789,
                                    1600000000,
                                    INT32_MAX,
                                    INT32_MIN,
                                    999999999999999999,
                                    1000000000000000000,
                                    -1000000000000000000,
                                    INT64_MAX,
                                    INT64_MIN};
    uint64_t random = 0x9e3779b97f4a7c15u;
    for (size_t i = 0; i < 4000; i++) {
        random = random * 6364136223846793005u + 1442695040888963407u;
        bool is_edge = i < sizeof EDGES / sizeof EDGES[0];
        int64_t value = is_edge ? EDGES[i] : (int64_t)random >> random % 64;
        for (int32_t scale = 0; scale <= 18; scale++) {
            tuoyu_decimal number;
            char text[TUOYU_DECIMAL_TEXT_SIZE];
            assert_int_equal(decimal_scale(decimal_from_integer(value), -scale, &number), TUOYU_OK);
            size_t length = decimal_format_scaled(value, scale, text);
            assert_shows(number, text);
            assert_int_equal(length, strlen(text));
        }
    }
}

static void every_mode_on_ties_of_both_signs(void **state)
{
    (void)state;
    static const struct {
        const char *number;
        const char *expected[7]; /* in the order of enum decimal_rounding */
    } CASES[] = {
        {"2.5", {"2", "3", "2", "3", "2", "2", "3"}},
        {"-2.5", {"-2", "-3", "-2", "-3", "-2", "-3", "-2"}},
        {"3.5", {"4", "4", "3", "4", "3", "3", "4"}},
        {"-3.5", {"-4", "-4", "-3", "-4", "-3", "-4", "-3"}},
        {"2.51", {"3", "3", "3", "3", "2", "2", "3"}},
        {"-2.49", {"-2", "-2", "-2", "-3", "-2", "-3", "-2"}},
        {"0.5", {"0", "1", "0", "1", "0", "0", "1"}},
        {"-0.5", {"0", "-1", "0", "-1", "0", "-1", "0"}},
        {"7", {"7", "7", "7", "7", "7", "7", "7"}},
        {"1e-6000", {"0", "0", "0", "1", "0", "0", "1"}},
        {"9.5", {"10", "10", "9", "10", "9", "9", "10"}},
        {"-1e-6000", {"0", "0", "0", "-1", "0", "-1", "0"}},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        for (int mode = 0; mode < 7; mode++) {
            tuoyu_decimal rounded;
            assert_int_equal(decimal_round(of(CASES[i].number), 0, (enum decimal_rounding)mode, &rounded),
                             TUOYU_OK);
            assert_shows(rounded, CASES[i].expected[mode]);
            assert_int_equal(
                decimal_round_to(of(CASES[i].number), of("1"), (enum decimal_rounding)mode, &rounded),
                TUOYU_OK);
            assert_shows(rounded, CASES[i].expected[mode]);
        }
    }
}

static void rounding_at_the_ends_of_the_scale(void **state)
{
    (void)state;
    tuoyu_decimal out;
    assert_int_equal(decimal_round(of("1"), -6112, DECIMAL_UP, &out), TUOYU_ERROR_EVALUATION);
    assert_int_equal(decimal_round(of("1"), 6177, DECIMAL_UP, &out), TUOYU_ERROR_EVALUATION);
    assert_int_equal(decimal_round(of("1"), -6111, DECIMAL_UP, &out), TUOYU_OK);
    assert_shows(out, "1E+6111");
    assert_int_equal(decimal_round(of("1e-6176"), 6176, DECIMAL_DOWN, &out), TUOYU_OK);
    assert_shows(out, "1E-6176");
    assert_int_equal(decimal_round(of("9999999999999999999999999999999999"), -1, DECIMAL_HALF_EVEN, &out),
                     TUOYU_OK);
    assert_shows(out, "10000000000000000000000000000000000");
    assert_int_equal(decimal_round_to(of("1"), of("0"), DECIMAL_UP, &out), TUOYU_ERROR_EVALUATION);
    assert_int_equal(decimal_round_to(of("1"), of("-1"), DECIMAL_UP, &out), TUOYU_ERROR_EVALUATION);
    assert_int_equal(decimal_round_to(of("1e40"), of("3"), DECIMAL_UP, &out), TUOYU_ERROR_OVERFLOW);
    assert_int_equal(decimal_round_to(of("9e6144"), of("1e-6176"), DECIMAL_UP, &out), TUOYU_OK);
    assert_int_equal(decimal_round_to(of("1e-6176"), of("9e6144"), DECIMAL_UP, &out), TUOYU_OK);
    assert_shows(out, "9E+6144");
}

static void rounding_to_steps_as_fees_are(void **state)
{
    (void)state;
    static const struct {
        const char *number, *step;
        enum decimal_rounding mode;
        const char *expected;
    } CASES[] = {
        {"1234.56", "10", DECIMAL_HALF_UP, "1230"},  {"1235", "10", DECIMAL_HALF_UP, "1240"},
        {"1235", "10", DECIMAL_HALF_EVEN, "1240"},   {"1245", "10", DECIMAL_HALF_EVEN, "1240"},
        {"-1235", "10", DECIMAL_HALF_DOWN, "-1230"}, {"0.25", "0.5", DECIMAL_HALF_UP, "0.5"},
        {"0.75", "0.5", DECIMAL_HALF_EVEN, "1"},     {"1.1", "0.3", DECIMAL_FLOOR, "0.9"},
        {"-1.1", "0.3", DECIMAL_FLOOR, "-1.2"},      {"0", "7", DECIMAL_UP, "0"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        tuoyu_decimal rounded;
        assert_int_equal(decimal_round_to(of(CASES[i].number), of(CASES[i].step), CASES[i].mode, &rounded),
                         TUOYU_OK);
        assert_shows(rounded, CASES[i].expected);
    }
}

static void what_is_no_number_becomes_a_status(void **state)
{
    (void)state;
    tuoyu_decimal out;
    assert_int_equal(decimal_divide(of("1"), of("0"), &out), TUOYU_ERROR_DIVISION_BY_ZERO);
    assert_int_equal(decimal_divide(of("0"), of("-0"), &out), TUOYU_ERROR_DIVISION_BY_ZERO);
    assert_int_equal(decimal_modulo(of("1"), of("0"), &out), TUOYU_ERROR_DIVISION_BY_ZERO);
    assert_int_equal(decimal_power(of("0"), of("-1"), &out), TUOYU_ERROR_DIVISION_BY_ZERO);
    assert_int_equal(decimal_power(of("-2"), of("0.5"), &out), TUOYU_ERROR_EVALUATION);
    assert_int_equal(decimal_power(of("0"), of("-0.5"), &out), TUOYU_ERROR_DIVISION_BY_ZERO);
    assert_int_equal(decimal_square_root(of("-1"), &out), TUOYU_ERROR_EVALUATION);
    assert_int_equal(decimal_logarithm(of("0"), &out), TUOYU_ERROR_EVALUATION);
    assert_int_equal(decimal_logarithm(of("-1"), &out), TUOYU_ERROR_EVALUATION);
    assert_int_equal(decimal_exponential(of("1e6"), &out), TUOYU_ERROR_OVERFLOW);
    assert_int_equal(decimal_multiply(of("1e4000"), of("-1e4000"), &out), TUOYU_ERROR_OVERFLOW);
    assert_int_equal(decimal_add(of("9e6144"), of("9e6144"), &out), TUOYU_ERROR_OVERFLOW);
    assert_int_equal(decimal_power(of("10"), of("1e30"), &out), TUOYU_ERROR_OVERFLOW);
    assert_int_equal(decimal_power(of("0.1"), of("-9223372036854775808"), &out), TUOYU_ERROR_OVERFLOW);
}

static void powers(void **state)
{
    (void)state;
    static const struct {
        const char *base, *exponent, *expected;
    } CASES[] = {
        {"0", "0", "1"},
        {"0", "5", "0"},
        {"-2", "63", "-9223372036854775808"},
        {"2", "-2", "0.25"},
        {"4", "0.5", "2"},
        {"1", "-9223372036854775808", "1"},
        {"-1", "9223372036854775807", "-1"},
        {"10", "-6176", "1E-6176"},
        {"10", "-6177", "0"},
        {"1.1", "2", "1.21"},
        {"0.1", "1000000", "0"},
        {"1.000000000000000000000000000000001", "2", "1.000000000000000000000000000000002"},
        {"-1", "1e30", "1"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        tuoyu_decimal power;
        assert_int_equal(decimal_power(of(CASES[i].base), of(CASES[i].exponent), &power), TUOYU_OK);
        assert_shows(power, CASES[i].expected);
    }
}

static void modulo_has_the_sign_of_the_divisor(void **state)
{
    (void)state;
    static const struct {
        const char *dividend, *divisor, *expected;
    } CASES[] = {
        {"12", "5", "2"},       {"-12", "5", "3"},
        {"12", "-5", "-3"},     {"-12", "-5", "-2"},
        {"10.1", "4.5", "1.1"}, {"-10.1", "4.5", "3.4"},
        {"1e6144", "7", "1"},   {"0", "-3", "0"},
        {"-4.5", "1.5", "0"},   {"9999999999999999999999999999999999e6000", "3e-6000", "0"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        tuoyu_decimal rest;
        assert_int_equal(decimal_modulo(of(CASES[i].dividend), of(CASES[i].divisor), &rest), TUOYU_OK);
        assert_shows(rest, CASES[i].expected);
    }
    tuoyu_decimal rest;
    assert_int_equal(decimal_modulo(of("-1e-30"), of("1e30"), &rest), TUOYU_ERROR_OVERFLOW);
}

/* Any bytes may come across the public border: nothing may crash, and what is accepted must behave as a
 * number. */
static void foreign_bytes(void **state)
{
    (void)state;
    uint64_t seed = 20230206;
    size_t accepted = 0;
    for (int i = 0; i < 200000; i++) {
        tuoyu_decimal bytes;
        for (int half = 0; half < 2; half++) {
            seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
            bytes.opaque[half] = seed ^ seed >> 29;
        }
        if (!decimal_is_finite(bytes)) {
            continue;
        }
        accepted++;
        char text[TUOYU_DECIMAL_TEXT_SIZE];
        tuoyu_decimal again;
        assert_true(decimal_format(bytes, text) < sizeof text);
        assert_int_equal(decimal_parse(text_of(text, TUOYU_NUL_TERMINATED), &again), TUOYU_OK);
        assert_int_equal(decimal_compare(bytes, again), 0);
    }
    assert_true(accepted > 1000);
    static const uint64_t SPECIAL[] = {UINT64_C(0x78) << 56,         UINT64_C(0xf8) << 56,
                                       UINT64_C(0x7c) << 56,         UINT64_C(0x7e) << 56,
                                       UINT64_C(0x6000000000000000), UINT64_MAX};
    for (size_t i = 0; i < sizeof SPECIAL / sizeof SPECIAL[0]; i++) {
        assert_false(decimal_is_finite((tuoyu_decimal){{1, SPECIAL[i]}}));
    }
    assert_true(decimal_is_finite((tuoyu_decimal){{0, 0}}));
    assert_shows((tuoyu_decimal){{0, 0}}, "0");
}

static void integers(void **state)
{
    (void)state;
    static const int64_t EDGES[] = {0, 1, -1, INT64_MAX, INT64_MIN, INT64_MIN + 1, 100, -1000000};
    for (size_t i = 0; i < sizeof EDGES / sizeof EDGES[0]; i++) {
        int64_t back = 42;
        assert_true(decimal_to_integer(decimal_from_integer(EDGES[i]), &back));
        assert_int_equal(back, EDGES[i]);
        assert_int_equal(decimal_sign(decimal_from_integer(EDGES[i])), (EDGES[i] > 0) - (EDGES[i] < 0));
    }
    int64_t out;
    assert_false(decimal_to_integer(of("9223372036854775808"), &out));
    assert_false(decimal_to_integer(of("-9223372036854775809"), &out));
    assert_false(decimal_to_integer(of("0.5"), &out));
    assert_false(decimal_to_integer(of("1e6144"), &out));
    assert_true(decimal_to_integer(of("1.000"), &out));
    assert_true(decimal_to_integer(of("1e18"), &out));
    assert_int_equal(out, INT64_C(1000000000000000000));
    assert_true(decimal_to_scaled_integer(of("12.34"), 2, &out));
    assert_int_equal(out, 1234);
    assert_true(decimal_to_scaled_integer(of("0"), 6176, &out));
    assert_true(decimal_is_integer(of("1e3")) && decimal_is_integer(of("2.0")) &&
                !decimal_is_integer(of("2.1")));
}

static void scaling_is_exact_or_refused(void **state)
{
    (void)state;
    tuoyu_decimal out;
    assert_int_equal(decimal_scale(of("1"), INT32_MAX, &out), TUOYU_ERROR_OVERFLOW);
    assert_int_equal(decimal_scale(of("1"), INT32_MIN, &out), TUOYU_ERROR_OVERFLOW);
    assert_int_equal(decimal_scale(of("0"), INT32_MIN, &out), TUOYU_OK);
    assert_int_equal(decimal_scale(of("15"), -6177, &out), TUOYU_ERROR_OVERFLOW);
    assert_int_equal(decimal_scale(of("150"), -6177, &out), TUOYU_OK);
    assert_shows(out, "1.5E-6175");
    assert_int_equal(decimal_scale(of("1e6144"), -12320, &out), TUOYU_OK);
    assert_shows(out, "1E-6176");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_depends_on_the_value_alone),
        cmocka_unit_test(longest_texts_fit),
        cmocka_unit_test(fixed_decimals),
        cmocka_unit_test(scaled_integers),
        cmocka_unit_test(every_mode_on_ties_of_both_signs),
        cmocka_unit_test(rounding_at_the_ends_of_the_scale),
        cmocka_unit_test(rounding_to_steps_as_fees_are),
        cmocka_unit_test(what_is_no_number_becomes_a_status),
        cmocka_unit_test(powers),
        cmocka_unit_test(modulo_has_the_sign_of_the_divisor),
        cmocka_unit_test(foreign_bytes),
        cmocka_unit_test(integers),
        cmocka_unit_test(scaling_is_exact_or_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
