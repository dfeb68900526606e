/* SPDX-License-Identifier: Apache-2.0 */
/* Every day there is, by counting; and the borders. */
#include "../cmocka_all.h"
#include <string.h>

#include "value/date.h"

static int32_t of(const char *text)
{
    int32_t date = 0;
    assert_int_equal(date_parse(text_of(text, TUOYU_NUL_TERMINATED), &date), TUOYU_OK);
    return date;
}

/* A calendar that knows nothing but how long months are, and goes one day at a time. */
struct walker {
    int32_t year, month, day, day_of_week, day_of_year;
};

static int32_t length_of_month(int32_t year, int32_t month)
{
    switch (month) {
    case 4:
    case 6:
    case 9:
    case 11: return 30;
    case 2: return year % 400 == 0 || (year % 4 == 0 && year % 100 != 0) ? 29 : 28;
    default: return 31;
    }
}

static void step(struct walker *walker)
{
    walker->day_of_week = walker->day_of_week % 7 + 1;
    walker->day_of_year++;
    if (walker->day++ < length_of_month(walker->year, walker->month)) {
        return;
    }
    walker->day = 1;
    if (walker->month++ < 12) {
        return;
    }
    walker->month = 1;
    walker->year++;
    walker->day_of_year = 1;
}

/* The day that is checked, in text, by arithmetic on digits alone. */
static void spell(const struct walker *walker, char text[11])
{
    const int32_t parts[] = {walker->year / 1000,
                             walker->year / 100,
                             walker->year / 10,
                             walker->year,
                             -1,
                             walker->month / 10,
                             walker->month,
                             -1,
                             walker->day / 10,
                             walker->day};
    for (size_t i = 0; i < 10; i++) {
        text[i] = (char)(parts[i] < 0 ? '-' : '0' + parts[i] % 10);
    }
    text[10] = '\0';
}

static void every_day_by_counting(void **state)
{
    (void)state;
    struct walker walker = {
        .year = 1, .month = 1, .day = 1, .day_of_week = 1, .day_of_year = 1}; /* a Monday */
    for (int32_t date = DATE_FIRST; date <= DATE_LAST; date++, step(&walker)) {
        int32_t back = 0, parsed = 0;
        char text[11], spelled[11];
        struct year_month_day civil = date_to_civil(date);
        spell(&walker, spelled);
        date_format(date, text);
        bool is_right = civil.year == walker.year && civil.month == walker.month && civil.day == walker.day &&
                        date_from_civil(walker.year, walker.month, walker.day, &back) && back == date &&
                        date_day_of_week(date) == walker.day_of_week &&
                        date_day_of_year(date) == walker.day_of_year &&
                        memcmp(text, spelled, sizeof text) == 0 &&
                        date_parse(text_of(text, 10), &parsed) == TUOYU_OK && parsed == date;
        if (!is_right) {
            fail_msg("day %d, %s", (int)date, spelled);
        }
    }
    assert_int_equal(walker.year, 10000);
    assert_int_equal(of("1970-01-01"), 0);
}

/* ISO 8601: a year's first week has its 4 January; weeks run on from there by sevens. */
static void weeks_by_counting(void **state)
{
    (void)state;
    for (int32_t year = 1; year < 9999; year++) {
        int32_t fourth, next_fourth;
        assert_true(date_from_civil(year, 1, 4, &fourth) && date_from_civil(year + 1, 1, 4, &next_fourth));
        int32_t monday = fourth - date_day_of_week(fourth) + 1,
                end = next_fourth - date_day_of_week(next_fourth) + 1;
        for (int32_t date = monday; date < end; date++) {
            assert_int_equal(date_week_of_year(date), (date - monday) / 7 + 1);
        }
    }
}

static void completed_months(void **state)
{
    (void)state;
    static const struct {
        const char *from, *to;
        int64_t completed, between;
    } CASES[] = {
        {"2024-01-31", "2024-02-29", 1, 0},           {"2024-01-31", "2024-02-28", 0, 0},
        {"2023-01-31", "2023-02-28", 1, 0},           {"2024-02-29", "2025-02-28", 12, 11},
        {"2024-02-28", "2024-02-29", 0, 0},           {"2024-02-29", "2024-03-29", 1, 1},
        {"2024-01-15", "2024-07-14", 5, 5},           {"2024-01-15", "2024-07-15", 6, 6},
        {"2024-07-15", "2024-01-15", -6, -6},         {"2024-07-15", "2024-01-16", -5, -5},
        {"2024-02-29", "2024-01-31", -1, 0},          {"2024-05-05", "2024-05-05", 0, 0},
        {"0001-01-01", "9999-12-31", 119987, 119987},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        int32_t from = of(CASES[i].from), to = of(CASES[i].to);
        assert_int_equal(date_completed_months(from, to), CASES[i].completed);
        assert_int_equal(date_completed_months(to, from), -CASES[i].completed);
        assert_int_equal(date_months_between(from, to), CASES[i].between);
    }
}

/* What months are for: the day on which n months are complete is n months on, and the day before it they are
 * not. */
static void completed_months_agree_with_adding(void **state)
{
    (void)state;
    for (int32_t from = of("2023-12-01"); from <= of("2025-03-31"); from++) {
        for (int64_t months = 1; months <= 60; months++) {
            int32_t then;
            assert_true(date_add_months(from, months, &then));
            assert_int_equal(date_completed_months(from, then), months);
            assert_int_equal(date_completed_months(from, then - 1), months - 1);
        }
    }
}

static void adding_months(void **state)
{
    (void)state;
    int32_t out = 42;
    assert_true(date_add_months(of("2024-01-31"), 1, &out) && out == of("2024-02-29"));
    assert_true(date_add_months(of("2024-03-31"), -1, &out) && out == of("2024-02-29"));
    assert_true(date_add_months(of("2024-02-29"), 12, &out) && out == of("2025-02-28"));
    assert_true(date_add_months(of("0001-01-01"), 9999 * 12 - 1, &out) && out == of("9999-12-01"));
    out = 42;
    assert_false(date_add_months(of("9999-12-31"), 1, &out));
    assert_false(date_add_months(of("0001-01-31"), -1, &out));
    assert_false(date_add_months(0, INT64_MAX, &out));
    assert_false(date_add_months(0, INT64_MIN, &out));
    assert_int_equal(out, 42);
}

static void days_that_do_not_exist(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        tuoyu_status status;
    } CASES[] = {
        {"0000-01-01", TUOYU_ERROR_DATE},
        {"2023-02-29", TUOYU_ERROR_DATE},
        {"2023-00-10", TUOYU_ERROR_DATE},
        {"2023-13-10", TUOYU_ERROR_DATE},
        {"2023-04-31", TUOYU_ERROR_DATE},
        {"2023-04-00", TUOYU_ERROR_DATE},
        {"10000-01-01", TUOYU_ERROR_SYNTAX},
        {"-0001-01-01", TUOYU_ERROR_SYNTAX},
        {"2023-1-1", TUOYU_ERROR_SYNTAX},
        {"2023-01-01 ", TUOYU_ERROR_SYNTAX},
        {"", TUOYU_ERROR_SYNTAX},
        {"2023", TUOYU_ERROR_SYNTAX},
        {"2023-01-0x", TUOYU_ERROR_SYNTAX},
        {"2023.01.01", TUOYU_ERROR_SYNTAX},
        {"20230101", TUOYU_ERROR_SYNTAX},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        int32_t narrow = 42;
        assert_int_equal(date_parse(text_of(CASES[i].text, TUOYU_NUL_TERMINATED), &narrow), CASES[i].status);
        assert_int_equal(narrow, 42);
    }
    int32_t out;
    assert_false(date_from_civil(10000, 1, 1, &out));
    assert_false(date_from_civil(0, 12, 31, &out));
    assert_false(date_from_civil(INT32_MIN, INT32_MIN, INT32_MIN, &out));
    assert_false(date_from_civil(INT32_MAX, INT32_MAX, INT32_MAX, &out));
}

static void the_widest_dates(void **state)
{
    (void)state;
    static const char *const TEXTS[] = {"-999999999-01-01", "999999999-12-31", "-0001-12-31", "0000-01-01",
                                        "-99999-06-15"};
    for (size_t i = 0; i < sizeof TEXTS / sizeof TEXTS[0]; i++) {
        int64_t date;
        char text[DATE_WIDE_TEXT_SIZE];
        assert_int_equal(date_parse_wide(text_of(TEXTS[i], TUOYU_NUL_TERMINATED), &date), TUOYU_OK);
        assert_int_equal(date_format_wide(date, text), strlen(TEXTS[i]));
        assert_string_equal(text, TEXTS[i]);
    }
    int64_t first, last, out;
    assert_true(date_from_civil_wide(-DATE_YEAR_WIDEST, 1, 1, &first) && first == DATE_WIDE_FIRST);
    assert_true(date_from_civil_wide(DATE_YEAR_WIDEST, 12, 31, &last) && last == DATE_WIDE_LAST);
    assert_false(date_from_civil_wide(DATE_YEAR_WIDEST + INT64_C(1), 1, 1, &out));
    assert_false(date_from_civil_wide(INT64_MIN, INT64_MIN, INT64_MIN, &out));
    assert_false(date_add_days_wide(last, 1, &out));
    assert_false(date_add_days_wide(first, -1, &out));
    assert_false(date_add_days_wide(last, INT64_MAX, &out));
    assert_true(date_add_days_wide(first, last - first, &out) && out == last);
    assert_true(date_add_months_wide(first, 12 * (2 * INT64_C(999999999) + 1) - 1, &out));
    assert_false(date_add_months_wide(first, 12 * (2 * INT64_C(999999999) + 1), &out));
    /* 146097 days are 20871 weeks: the weekday repeats with the calendar. */
    assert_int_equal(date_day_of_week(first), date_day_of_week(first + INT64_C(146097) * 1000000));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_day_by_counting), cmocka_unit_test(weeks_by_counting),
        cmocka_unit_test(completed_months),      cmocka_unit_test(completed_months_agree_with_adding),
        cmocka_unit_test(adding_months),         cmocka_unit_test(days_that_do_not_exist),
        cmocka_unit_test(the_widest_dates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
