/* SPDX-License-Identifier: Apache-2.0 */
/* Sums against 128-bit integers and against decimals that are exact; order, borders, rounding, bytes. */
#include "../cmocka_all.h"
#include <string.h>

#include "value/exact_sum.h"

static tuoyu_decimal of(const char *text)
{
    tuoyu_decimal number = {{0, 0}};
    assert_int_equal(decimal_parse(text_of(text, TUOYU_NUL_TERMINATED), &number), TUOYU_OK);
    return number;
}

static void assert_value(const struct exact_sum *sum, const char *expected)
{
    char text[TUOYU_DECIMAL_TEXT_SIZE];
    decimal_format(exact_sum_value(sum), text);
    assert_string_equal(text, expected);
}

static void assert_sum(const char *const *numbers, size_t count, const char *expected)
{
    struct exact_sum forward = {{0}}, backward = {{0}}, halves[2] = {{{0}}, {{0}}};
    for (size_t i = 0; i < count; i++) {
        assert_true(exact_sum_holds(of(numbers[i])));
        exact_sum_add(&forward, of(numbers[i]));
        exact_sum_add(&backward, of(numbers[count - 1 - i]));
        exact_sum_add(&halves[i % 2], of(numbers[i]));
    }
    exact_sum_merge(&halves[0], &halves[1]);
    assert_memory_equal(&forward, &backward, sizeof forward);
    assert_memory_equal(&forward, &halves[0], sizeof forward);
    assert_value(&forward, expected);
}

#define ASSERT_SUM(expected, ...)                                        \
    do {                                                                 \
        static const char *const NUMBERS[] = {__VA_ARGS__};              \
        assert_sum(NUMBERS, sizeof NUMBERS / sizeof *NUMBERS, expected); \
    } while (0)

static void what_decimals_lose(void **state)
{
    (void)state;
    ASSERT_SUM("0", "0", "-0", "0.00");
    ASSERT_SUM("0.3", "0.1", "0.2");
    ASSERT_SUM("1", "1e40", "1", "-1e40");
    ASSERT_SUM("1E-64", "9e69", "1e-64", "-9e69");
    ASSERT_SUM("-1E-64", "9e69", "-1e-64", "-9e69");
    ASSERT_SUM("-5", "-10", "5.0");
}

/* At the 34th digit, half to even, once. */
static void rounded_once(void **state)
{
    (void)state;
    ASSERT_SUM("10000000000000000000000000000000000", "1e34", "0.5");
    ASSERT_SUM("10000000000000000000000000000000000", "1e34", "5");
    ASSERT_SUM("10000000000000000000000000000000010", "1e34", "5", "1e-64");
    ASSERT_SUM("10000000000000000000000000000000020", "1e34", "15");
    ASSERT_SUM("-10000000000000000000000000000000020", "-1e34", "-15");
    ASSERT_SUM("10000000000000000000000000000000000", "9999999999999999999999999999999999", "0.5");
    ASSERT_SUM("9999999999999999999999999999999999", "9999999999999999999999999999999999", "0.4999");
    ASSERT_SUM("10000000000000000000000000000000010", "1e34", "2.5", "2.5", "0.0000000001");
}

static void borders(void **state)
{
    (void)state;
    static const char *const HELD[] = {"9999999999999999999999999999999999e36",
                                       "-9999999999999999999999999999999999e36",
                                       "1e69",
                                       "1e-64",
                                       "0e-6176",
                                       "0e6000",
                                       "100e-66"};
    static const char *const NOT_HELD[] = {
        "1e70", "-1e70", "1e-65", "11e-65", "1000000000000000000000000000000001e-65", "9e6144", "1e-6176"};
    for (size_t i = 0; i < sizeof HELD / sizeof *HELD; i++)
        assert_true(exact_sum_holds(of(HELD[i])));
    for (size_t i = 0; i < sizeof NOT_HELD / sizeof *NOT_HELD; i++)
        assert_false(exact_sum_holds(of(NOT_HELD[i])));
    /* 2^63 of the largest fit: doubled 62 times, and once more by its other half */
    struct exact_sum sum = {{0}};
    exact_sum_add(&sum, of("-9999999999999999999999999999999999e36"));
    for (int i = 0; i < 63; i++)
        exact_sum_merge(&sum, &(struct exact_sum){{sum.limbs[0], sum.limbs[1], sum.limbs[2], sum.limbs[3],
                                                   sum.limbs[4], sum.limbs[5], sum.limbs[6], sum.limbs[7]}});
    tuoyu_decimal expected;
    assert_int_equal(
        decimal_multiply(of("-9999999999999999999999999999999999e36"), of("9223372036854775808"), &expected),
        TUOYU_OK);
    assert_int_equal(decimal_compare(exact_sum_value(&sum), expected), 0);
}

static void integers(void **state)
{
    (void)state;
    uint64_t random = 42;
    for (int i = 0; i < 20000; i++) {
        struct exact_sum sum = {{0}};
        int128 total = 0;
        int32_t scale = i % 19;
        for (int j = 0; j < 5; j++) {
            random = random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
            int128 number = (int64_t)random >> (i % 63);
            total += number;
            exact_sum_add_integer(&sum, number, scale);
        }
        tuoyu_decimal expected = decimal_from_integer(0), part;
        int64_t high = (int64_t)(total / 1000000000), low = (int64_t)(total % 1000000000);
        assert_int_equal(
            decimal_multiply(decimal_from_integer(high), decimal_from_integer(1000000000), &expected),
            TUOYU_OK);
        assert_int_equal(decimal_add(expected, decimal_from_integer(low), &expected), TUOYU_OK);
        assert_int_equal(decimal_scale(expected, -scale, &part), TUOYU_OK);
        assert_int_equal(decimal_compare(exact_sum_value(&sum), part), 0);
    }
}

static void assert_bytes(const struct exact_sum *sum, int64_t numbers, size_t most)
{
    unsigned char bytes[EXACT_SUM_BYTES + 1];
    struct exact_sum read;
    size_t length = exact_sum_to_bytes(sum, bytes);
    assert_true(length <= most);
    assert_true(exact_sum_from_bytes(&read, bytes, length, numbers));
    assert_memory_equal(sum, &read, sizeof read);
    if (length == EXACT_SUM_BYTES)
        return;
    bytes[length] = length && bytes[length - 1] >= 0x80 ? 0xff : 0;
    assert_false(exact_sum_from_bytes(&read, bytes, length + 1, numbers)); /* longer than needed */
}

static void bytes(void **state)
{
    (void)state;
    static const char *const NUMBERS[] = {"0",        "1e-64",    "-1e-64",  "127e-64", "128e-64",
                                          "-128e-64", "-129e-64", "255e-64", "256e-64", "1",
                                          "-1",       "9e69",     "-9e69"};
    for (size_t i = 0; i < sizeof NUMBERS / sizeof *NUMBERS; i++) {
        struct exact_sum sum = {{0}};
        exact_sum_add(&sum, of(NUMBERS[i]));
        assert_bytes(&sum, 1, 57);
    }
    struct exact_sum read;
    unsigned char large[EXACT_SUM_BYTES + 1];
    memset(large, 0x7f, sizeof large);
    assert_false(exact_sum_from_bytes(&read, large, EXACT_SUM_BYTES, INT64_MAX));
    assert_false(exact_sum_from_bytes(&read, large, EXACT_SUM_BYTES + 1, INT64_MAX));
    assert_true(exact_sum_from_bytes(&read, large, 55, 1));
    assert_false(exact_sum_from_bytes(&read, large, 55, 0)); /* nothing sums to something */
    memset(large, 0, sizeof large);
    large[EXACT_SUM_BYTES - 1] = 0x80; /* the number that has no opposite */
    assert_false(exact_sum_from_bytes(&read, large, EXACT_SUM_BYTES, INT64_MAX));
    assert_true(exact_sum_from_bytes(&read, large, 0, 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_decimals_lose), cmocka_unit_test(rounded_once),
                                       cmocka_unit_test(borders), cmocka_unit_test(integers),
                                       cmocka_unit_test(bytes)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
