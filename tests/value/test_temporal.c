/* SPDX-License-Identifier: Apache-2.0 */
/* Times, dates with times and durations: order and arithmetic across offsets and zones, and the ends of the
 * range. */
#include "../cmocka_all.h"
#include <string.h>

#include "value/date_time.h"

static struct text text_at(const char *text)
{
    return text_of(text, TUOYU_NUL_TERMINATED);
}

static struct clock_time time_of(const char *text)
{
    struct clock_time time = {0};
    assert_int_equal(time_parse(text_at(text), &time), TUOYU_OK);
    return time;
}

static struct date_time date_time_of(const char *text)
{
    struct date_time date_time = {0};
    assert_int_equal(date_time_parse(text_at(text), &date_time), TUOYU_OK);
    return date_time;
}

static struct duration duration_of(const char *text)
{
    struct duration duration = {0, 0};
    enum duration_kind kind;
    int64_t months;
    assert_int_equal(duration_parse(text_at(text), &kind, &months, &duration), TUOYU_OK);
    assert_int_equal(kind, DURATION_DAYS_TIME);
    return duration;
}

static tuoyu_decimal number_of(const char *text)
{
    tuoyu_decimal number = {{0, 0}};
    assert_int_equal(decimal_parse(text_at(text), &number), TUOYU_OK);
    return number;
}

static void assert_time(struct clock_time time, const char *expected)
{
    struct text_builder builder;
    text_builder_init(&builder, NULL);
    time_format(&builder, &time);
    assert_string_equal(builder.bytes, expected);
    text_builder_free(&builder);
}

static void assert_duration(struct duration duration, const char *expected)
{
    struct text_builder builder;
    text_builder_init(&builder, NULL);
    duration_format(&builder, duration);
    assert_string_equal(builder.bytes, expected);
    text_builder_free(&builder);
}

/* A host that knows two zones: Paris with its summer time from April to September (near enough), Dhaka
 * without. */
static bool two_zones(void *context, struct text zone, int64_t date, int32_t second_of_day, int32_t *offset)
{
    (void)second_of_day;
    ++*(int *)context;
    if (text_equals(zone, TEXT("Asia/Dhaka"))) {
        *offset = 6 * 3600;
        return true;
    }
    if (!text_equals(zone, TEXT("Europe/Paris")) || date == DATE_UNKNOWN) {
        return false;
    }
    int32_t month = date_to_civil(date).month;
    *offset = month >= 4 && month <= 9 ? 7200 : 3600;
    return true;
}

static void times_read_and_written(void **state)
{
    (void)state;
    static const struct {
        const char *text, *expected; /* NULL: refused */
    } CASES[] = {
        {"00:00:00", "00:00:00"},
        {"23:59:59.999999999Z", "23:59:59.999999999Z"},
        {"10:20:30.500", "10:20:30.5"},
        {"10:20:30.0000000009", "10:20:30"},
        {"11:22:33-00:00", "11:22:33Z"},
        {"13:20:00+02:00", "13:20:00+02:00"},
        {"11:59:45-02:45:55", "11:59:45-02:45:55"},
        {"24:00:00", "00:00:00"},
        {"24:00:00+08:00", "00:00:00+08:00"},
        {"10:20:00@Europe/Paris", "10:20:00@Europe/Paris"},
        {"10:20:00@UTC", "10:20:00@UTC"},
        {"24:00:01", NULL},
        {"24:00:00.000000001", NULL},
        {"13:20:00+18:00:01", NULL},
        {"7:00:00", NULL},
        {"07:01:2", NULL},
        {"07:01", NULL},
        {"13:20:00+5", NULL},
        {"13:20:00+02:00@Europe/Paris", NULL},
        {"13:20:00@xyz/abc", NULL},
        {"13:20:00.", NULL},
        {"", NULL},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        struct clock_time time;
        tuoyu_status status = time_parse(text_at(CASES[i].text), &time);
        assert_int_equal(status == TUOYU_OK, CASES[i].expected != NULL);
        if (status == TUOYU_OK) {
            assert_time(time, CASES[i].expected);
        }
    }
}

static void times_from_parts(void **state)
{
    (void)state;
    struct clock_time time;
    struct zone zone;
    assert_true(zone_from_duration(duration_of("-PT2H45M55S"), &zone));
    assert_int_equal(time_make(11, 59, 45, 0, zone, &time), TUOYU_OK);
    assert_time(time, "11:59:45-02:45:55");
    assert_false(zone_from_duration(duration_of("PT18H1S"), &zone));
    assert_false(zone_from_duration(duration_of("PT0.5S"), &zone));
    assert_false(zone_from_duration(duration_of("-PT9223372036854775808S"), &zone));
    static const int64_t WRONG[][4] = {{24, 0, 0, 0},        {-1, 0, 0, 0},         {0, 60, 0, 0},
                                       {0, 0, 60, 0},        {0, 0, 0, 1000000000}, {0, 0, 0, -1},
                                       {INT64_MAX, 0, 0, 0}, {0, INT64_MIN, 0, 0}};
    for (size_t i = 0; i < sizeof WRONG / sizeof WRONG[0]; i++) {
        assert_int_equal(time_make(WRONG[i][0], WRONG[i][1], WRONG[i][2], WRONG[i][3], ZONE_UTC, &time),
                         TUOYU_ERROR_DATE);
    }
}

static void times_go_round_the_clock(void **state)
{
    (void)state;
    static const struct {
        const char *time, *duration, *expected;
    } CASES[] = {
        {"10:10:10", "PT1H", "11:10:10"},
        {"10:10:10+11:00", "-PT1H", "09:10:10+11:00"},
        {"10:15:00@Australia/Melbourne", "-P1D", "10:15:00@Australia/Melbourne"},
        {"23:59:59.6", "PT0.4S", "00:00:00"},
        {"00:00:00", "-PT0.000000001S", "23:59:59.999999999"},
        {"00:00:00", "-PT9223372036854775808S", "08:29:52"},
        {"00:00:00", "PT9223372036854775807.999999999S", "15:30:07.999999999"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        struct clock_time time = time_of(CASES[i].time);
        assert_time(time_add(&time, duration_of(CASES[i].duration)), CASES[i].expected);
    }
}

static void local_and_zoned_times_have_no_order(void **state)
{
    (void)state;
    enum { NONE = 9 };
    static const struct {
        const char *left, *right;
        int order;
        const char *difference; /* NULL: not known */
    } CASES[] = {
        {"10:00:00", "09:00:00", 1, "PT1H"},
        {"10:10:10", "11:10:10", -1, "-PT1H"},
        {"10:00:00Z", "11:00:00+01:00", 0, "PT0S"},
        {"10:00:00+11:00", "10:00:00-11:00", -1, "-PT22H"},
        {"10:00:00", "10:00:00Z", NONE, NULL},
        {"10:00:00Z", "10:00:00@Europe/Paris", NONE, NULL},
        {"10:00:00@Europe/Paris", "10:00:01@Europe/Paris", -1, NULL},
        {"10:00:00@Europe/Paris", "10:00:00@Asia/Dhaka", NONE, NULL},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        struct clock_time left = time_of(CASES[i].left), right = time_of(CASES[i].right);
        int order = NONE;
        struct duration difference;
        assert_int_equal(time_compare(&left, &right, NULL, &order), CASES[i].order != NONE);
        assert_int_equal(order, CASES[i].order);
        tuoyu_status status = time_subtract(&left, &right, NULL, &difference);
        assert_int_equal(status, CASES[i].difference != NULL ? TUOYU_OK : TUOYU_ERROR_EVALUATION);
        if (status == TUOYU_OK) {
            assert_duration(difference, CASES[i].difference);
        }
    }
}

static void the_host_may_know_zones(void **state)
{
    (void)state;
    int calls = 0;
    struct zone_offsets zones = {two_zones, &calls};
    static const struct {
        const char *left, *right, *difference;
    } CASES[] = {
        {"2021-01-02T10:10:10@Europe/Paris", "2021-01-01T10:10:10@Europe/Paris", "P1D"},
        {"2021-01-02T10:10:10+01:00", "2021-01-01T10:10:10@Europe/Paris", "P1D"},
        {"2021-01-02T10:10:10@Europe/Paris", "1995-01-01T10:10:10@Asia/Dhaka", "P9498DT5H"},
        {"2021-04-01T00:00:00@Europe/Paris", "2021-03-31T00:00:00@Europe/Paris", "PT23H"},
        {"2021-01-02T10:10:10@Europe/Paris", "2021-01-01T00:00:00Z", "P1DT9H10M10S"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        struct date_time left = date_time_of(CASES[i].left), right = date_time_of(CASES[i].right);
        struct duration difference;
        int order = 0;
        assert_int_equal(date_time_subtract(&left, &right, &zones, &difference), TUOYU_OK);
        assert_duration(difference, CASES[i].difference);
        assert_true(date_time_compare(&left, &right, &zones, &order) && order == 1);
    }
    assert_true(calls > 0);
    struct date_time known = date_time_of("2021-01-01T00:00:00@Asia/Dhaka"),
                     unknown = date_time_of("2021-01-01T00:00:00@Asia/Tokyo");
    struct duration difference;
    assert_int_equal(date_time_subtract(&known, &unknown, &zones, &difference), TUOYU_ERROR_EVALUATION);
    struct clock_time left = time_of("10:00:00@Asia/Dhaka"), right = time_of("04:00:00Z");
    int order = 9;
    assert_true(time_compare(&left, &right, &zones, &order) && order == 0);
    struct zone_offsets nothing = {NULL, NULL};
    assert_int_equal(time_subtract(&left, &right, &nothing, &difference), TUOYU_ERROR_EVALUATION);
}

static void date_times_across_offsets(void **state)
{
    (void)state;
    struct date_time left = date_time_of("2002-04-02T23:00:00-04:00"),
                     right = date_time_of("2002-04-03T02:00:00-01:00");
    int order = 9;
    assert_true(date_time_compare(&left, &right, NULL, &order) && order == 0);
    assert_false(date_time_is_same(&left, &right));
    assert_true(date_time_is_same(&left, &left));
    struct date_time local = date_time_of("2002-04-02");
    assert_false(date_time_compare(&left, &local, NULL, &order));
    struct duration difference;
    assert_int_equal(date_time_subtract(&left, &local, NULL, &difference), TUOYU_ERROR_EVALUATION);
    struct date_time first = date_time_of("-999999999-01-01T00:00:00+18:00");
    struct date_time last = date_time_of("999999999-12-31T23:59:59.999999999-18:00");
    assert_int_equal(date_time_subtract(&last, &first, NULL, &difference), TUOYU_OK);
    assert_duration(difference, "P730484999635DT11H59M59.999999999S");
    struct date_time midnight = date_time_from_date(DATE_LAST), there = date_time_of("9999-12-31T00:00:00Z");
    assert_true(date_time_is_same(&midnight, &there));
}

static void date_times_and_months(void **state)
{
    (void)state;
    struct date_time start = date_time_of("2024-01-31T10:20:30.5@Europe/Paris"), out;
    assert_int_equal(date_time_add_months(&start, 1, &out), TUOYU_OK);
    struct date_time expected = date_time_of("2024-02-29T10:20:30.5@Europe/Paris");
    assert_true(date_time_is_same(&out, &expected));
    assert_int_equal(date_time_add_months(&start, INT64_MAX, &out), TUOYU_ERROR_OVERFLOW);
    assert_int_equal(date_time_add_months(&start, INT64_MIN, &out), TUOYU_ERROR_OVERFLOW);
    struct date_time from = date_time_of("2014-12-31T23:59:59"), to = date_time_of("-2019-10-01T12:32:59");
    assert_int_equal(date_months_between(from.date, to.date), -(4033 * 12 + 2));
}

static void durations_with_numbers(void **state)
{
    (void)state;
    static const struct {
        const char *duration, *factor, *product;
    } PRODUCTS[] = {
        {"PT23H", "2.5", "P2DT9H30M"}, {"P1D", "-10", "-P10D"}, {"PT1S", "0.0000000019", "PT0.000000001S"},
        {"-PT1S", "0.5", "-PT0.5S"},   {"PT1H", "0", "PT0S"},   {"-PT1S", "0.0000000001", "PT0S"},
    };
    struct duration out;
    for (size_t i = 0; i < sizeof PRODUCTS / sizeof PRODUCTS[0]; i++) {
        tuoyu_status status =
            duration_multiply(duration_of(PRODUCTS[i].duration), number_of(PRODUCTS[i].factor), &out);
        assert_int_equal(status, TUOYU_OK);
        assert_duration(out, PRODUCTS[i].product);
    }
    assert_int_equal(duration_divide(duration_of("P1D"), number_of("3"), &out), TUOYU_OK);
    assert_duration(out, "PT8H");
    assert_int_equal(duration_divide(duration_of("PT1S"), number_of("-3"), &out), TUOYU_OK);
    assert_duration(out, "-PT0.333333333S");
    assert_int_equal(duration_divide(duration_of("P1D"), number_of("0"), &out), TUOYU_ERROR_DIVISION_BY_ZERO);
    assert_int_equal(duration_multiply(duration_of("P1D"), number_of("1e30"), &out), TUOYU_ERROR_OVERFLOW);
    assert_int_equal(
        duration_multiply(duration_of("PT9223372036854775807S"), number_of("1.000000000000000001"), &out),
        TUOYU_ERROR_OVERFLOW);
    tuoyu_decimal ratio;
    assert_int_equal(duration_ratio(duration_of("P1D"), duration_of("PT7H12M"), &ratio), TUOYU_OK);
    assert_int_equal(decimal_compare(ratio, number_of("3.333333333333333333333333333333333")), 0);
    assert_int_equal(duration_ratio(duration_of("P1D"), duration_of("PT0S"), &ratio),
                     TUOYU_ERROR_DIVISION_BY_ZERO);
    struct duration widest = duration_of("-PT9223372036854775808.999999999S");
    assert_int_equal(
        decimal_compare(duration_to_decimal(widest), number_of("-9223372036854775808.999999999")), 0);
}

static void durations_at_the_ends(void **state)
{
    (void)state;
    struct duration low = duration_of("-PT9223372036854775808S"),
                    high = duration_of("PT9223372036854775807S"), out;
    assert_int_equal(duration_negate(low, &out), TUOYU_ERROR_OVERFLOW);
    assert_int_equal(duration_absolute(low, &out), TUOYU_ERROR_OVERFLOW);
    assert_int_equal(duration_add(high, duration_of("PT1S"), &out), TUOYU_ERROR_OVERFLOW);
    assert_int_equal(duration_subtract(low, duration_of("PT1S"), &out), TUOYU_ERROR_OVERFLOW);
    assert_int_equal(duration_add(low, high, &out), TUOYU_OK);
    assert_duration(out, "-PT1S");
    assert_int_equal(duration_add(duration_of("PT1S"), duration_of("-PT0.3S"), &out), TUOYU_OK);
    assert_duration(out, "PT0.7S");
    assert_int_equal(duration_add(duration_of("-PT1S"), duration_of("PT0.3S"), &out), TUOYU_OK);
    assert_duration(out, "-PT0.7S");
    assert_int_equal(duration_subtract(duration_of("PT0.3S"), duration_of("PT0.5S"), &out), TUOYU_OK);
    assert_duration(out, "-PT0.2S");
    assert_int_equal(duration_make(INT64_MAX, 1000000000, &out), TUOYU_ERROR_OVERFLOW);
    assert_int_equal(duration_make(INT64_MIN, INT64_MAX, &out), TUOYU_OK);
    assert_int_equal(duration_compare(duration_of("-PT0.5S"), duration_of("-PT0.4S")), -1);
    struct duration_parts parts = duration_to_parts(duration_of("-P1DT2H3M4.5S"));
    assert_int_equal(parts.days, -1);
    assert_int_equal(parts.hours, -2);
    assert_int_equal(parts.minutes, -3);
    assert_int_equal(parts.seconds, -4);
    assert_int_equal(parts.nanoseconds, -500000000);
}

static void months_with_numbers(void **state)
{
    (void)state;
    int64_t out = 0;
    tuoyu_decimal ratio;
    assert_int_equal(months_multiply(2, number_of("1.5"), &out), TUOYU_OK);
    assert_int_equal(out, 3);
    assert_int_equal(months_multiply(1, number_of("-1.9"), &out), TUOYU_OK);
    assert_int_equal(out, -1);
    assert_int_equal(months_divide(131, number_of("2.5"), &out), TUOYU_OK);
    assert_int_equal(out, 52);
    assert_int_equal(months_divide(1, number_of("0"), &out), TUOYU_ERROR_DIVISION_BY_ZERO);
    assert_int_equal(months_multiply(INT64_MAX, number_of("2"), &out), TUOYU_ERROR_OVERFLOW);
    assert_int_equal(months_negate(INT64_MIN, &out), TUOYU_ERROR_OVERFLOW);
    assert_int_equal(months_add(INT64_MAX, 1, &out), TUOYU_ERROR_OVERFLOW);
    assert_int_equal(months_subtract(INT64_MIN, 1, &out), TUOYU_ERROR_OVERFLOW);
    assert_int_equal(months_ratio(120, 60, &ratio), TUOYU_OK);
    assert_int_equal(decimal_compare(ratio, number_of("2")), 0);
    assert_int_equal(months_ratio(1, 0, &ratio), TUOYU_ERROR_DIVISION_BY_ZERO);
}

/* Every prefix and every changed byte of what is right is read or refused, and never read beyond its end. */
static void cut_and_changed_texts(void **state)
{
    (void)state;
    static const char WHOLE[] = "-2024-02-29T12:34:56.789+08:00@Etc/UTC P1Y2M3DT4H5M6.7S";
    static const char CHANGES[] = "-+:.TZ@P0919DHMS/ \xff";
    for (size_t from = 0; from < sizeof WHOLE; from++) {
        for (size_t to = from; to < sizeof WHOLE; to++) {
            for (size_t change = 0; change < sizeof CHANGES; change++) {
                size_t length = to - from, at = length > 0 ? (change * 7 + to) % length : 0;
                char exact[sizeof WHOLE + 1];
                memcpy(exact, WHOLE + from, length);
                exact[length] = '1'; /* a digit beyond the end, for whoever reads too far */
                if (length > 0) {
                    exact[at] = CHANGES[change];
                }
                struct text text = {exact, length};
                struct date_time date_time;
                struct clock_time time;
                struct duration duration;
                enum duration_kind kind;
                int64_t months, date;
                int32_t narrow;
                (void)date_time_parse(text, &date_time);
                (void)time_parse(text, &time);
                (void)duration_parse(text, &kind, &months, &duration);
                (void)date_parse_wide(text, &date);
                assert_true(date_parse(text, &narrow) != TUOYU_OK || length == 10);
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(times_read_and_written),   cmocka_unit_test(times_from_parts),
        cmocka_unit_test(times_go_round_the_clock), cmocka_unit_test(local_and_zoned_times_have_no_order),
        cmocka_unit_test(the_host_may_know_zones),  cmocka_unit_test(date_times_across_offsets),
        cmocka_unit_test(date_times_and_months),    cmocka_unit_test(durations_with_numbers),
        cmocka_unit_test(durations_at_the_ends),    cmocka_unit_test(months_with_numbers),
        cmocka_unit_test(cut_and_changed_texts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
