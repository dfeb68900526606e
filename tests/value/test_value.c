/* SPDX-License-Identifier: Apache-2.0 */
/* Equality, order and text of values. */
#include "../cmocka_all.h"
#include <stdlib.h>
#include <string.h>

#include "value/value.h"

static struct arena arena;

static int setup(void **state)
{
    (void)state;
    arena_init(&arena, NULL);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static struct text text_at(const char *text)
{
    return text_of(text, TUOYU_NUL_TERMINATED);
}

static struct value number(const char *text)
{
    tuoyu_decimal decimal = {{0, 0}};
    assert_int_equal(decimal_parse(text_at(text), &decimal), TUOYU_OK);
    return value_number(decimal);
}

static struct value string(const char *text)
{
    return value_string(text_at(text));
}

static struct value date(const char *text)
{
    int64_t days = 0;
    assert_int_equal(date_parse_wide(text_at(text), &days), TUOYU_OK);
    return value_date(days);
}

static struct value time_value(const char *text)
{
    struct clock_time time;
    assert_int_equal(time_parse(text_at(text), &time), TUOYU_OK);
    return value_time(&arena, &time);
}

static struct value date_time_value(const char *text)
{
    struct date_time date_time;
    assert_int_equal(date_time_parse(text_at(text), &date_time), TUOYU_OK);
    return value_date_time(&arena, &date_time);
}

static struct value duration(const char *text)
{
    enum duration_kind kind;
    int64_t months;
    struct duration days_time;
    assert_int_equal(duration_parse(text_at(text), &kind, &months, &days_time), TUOYU_OK);
    return kind == DURATION_YEARS_MONTHS ? value_months(months) : value_duration(days_time);
}

static struct value list(size_t count, const struct value *items)
{
    struct value *copy = ARENA_ARRAY(&arena, struct value, count);
    for (size_t i = 0; i < count; i++) {
        copy[i] = items[i];
    }
    struct list *made = ARENA_NEW(&arena, struct list);
    *made = (struct list){.count = count, .items = copy};
    return (struct value){.kind = VALUE_LIST, .as.list = made};
}
#define LIST(...) \
    list(sizeof((struct value[]){__VA_ARGS__}) / sizeof(struct value), (struct value[]){__VA_ARGS__})

static struct value context(size_t count, const struct context_entry *entries)
{
    struct context_entry *copy = ARENA_ARRAY(&arena, struct context_entry, count);
    for (size_t i = 0; i < count; i++) {
        copy[i] = entries[i];
    }
    struct context *made = ARENA_NEW(&arena, struct context);
    *made = (struct context){.count = count, .entries = copy};
    return (struct value){.kind = VALUE_CONTEXT, .as.context = made};
}
#define CONTEXT(...)                                                                      \
    context(sizeof((struct context_entry[]){__VA_ARGS__}) / sizeof(struct context_entry), \
            (struct context_entry[]){__VA_ARGS__})

static struct value range(struct value low, struct value high, bool low_included, bool high_included)
{
    struct range *made = ARENA_NEW(&arena, struct range);
    *made = (struct range){low, high, low_included, high_included};
    return (struct value){.kind = VALUE_RANGE, .as.range = made};
}

static void assert_text(void (*format)(struct text_builder *, struct value), struct value value,
                        const char *expected)
{
    struct text_builder builder;
    text_builder_init(&builder, NULL);
    format(&builder, value);
    text_append_literal(&builder, "");
    assert_false(builder.failed);
    assert_string_equal(builder.length > 0 ? builder.bytes : "", expected);
    text_builder_free(&builder);
}

/* Equality is the same from both sides. */
static void assert_equality(struct value left, struct value right, enum truth expected)
{
    assert_int_equal(value_equals(left, right), expected);
    assert_int_equal(value_equals(right, left), expected);
}

static void null_and_kinds(void **state)
{
    (void)state;
    const struct cause cause = {.kind = CAUSE_FACT};
    assert_equality(VALUE_NOTHING, VALUE_NOTHING, TRUTH_TRUE);
    assert_equality(VALUE_NOTHING, value_null(&cause), TRUTH_TRUE);
    const struct value each[] = {
        value_boolean(false),
        number("0"),
        string(""),
        date("1970-01-01"),
        time_value("00:00:00"),
        date_time_value("1970-01-01"),
        duration("P0M"),
        duration("PT0S"),
        list(0, NULL),
        context(0, NULL),
        range(number("1"), number("2"), true, true),
    };
    enum { COUNT = sizeof each / sizeof each[0] };
    for (size_t i = 0; i < COUNT; i++) {
        int order;
        assert_equality(each[i], VALUE_NOTHING, TRUTH_FALSE);
        assert_false(value_compare(each[i], VALUE_NOTHING, &order));
        for (size_t j = 0; j < COUNT; j++) {
            assert_int_equal(value_equals(each[i], each[j]), i == j ? TRUTH_TRUE : TRUTH_NULL);
            assert_int_equal(value_is_same(each[i], each[j]), i == j);
            assert_true(i == j || !value_compare(each[i], each[j], &order));
        }
    }
}

static void scalars(void **state)
{
    (void)state;
    assert_equality(number("0"), number("-0.00"), TRUTH_TRUE);
    assert_equality(number("12300"), number("1.23e4"), TRUTH_TRUE);
    assert_equality(number("1"), number("1.000000000000000000000000000000001"), TRUTH_FALSE);
    assert_equality(string("foo"), string("Foo"), TRUTH_FALSE);
    assert_equality(duration("P1Y"), duration("P12M"), TRUTH_TRUE);
    assert_equality(duration("P1D"), duration("PT24H"), TRUTH_TRUE);
    assert_equality(duration("P0D"), duration("-P0D"), TRUTH_TRUE);
    assert_equality(duration("P1Y"), duration("P365D"), TRUTH_NULL);
    assert_equality(time_value("10:30:00Z"), time_value("10:30:00+00:00"), TRUTH_TRUE);
    assert_equality(time_value("10:30:00Z"), time_value("11:30:00+01:00"), TRUTH_TRUE);
    assert_equality(time_value("10:30:00Z"), time_value("10:30:00"), TRUTH_NULL);
    assert_equality(time_value("10:30:00@Europe/Paris"), time_value("10:30:00@Europe/Paris"), TRUTH_TRUE);
    assert_equality(time_value("10:30:00@Europe/Paris"), time_value("10:30:00@Europe/Berlin"), TRUTH_NULL);
    assert_equality(date_time_value("2018-12-08"), date_time_value("2018-12-08T00:00:00"), TRUTH_TRUE);
    assert_equality(date("2018-12-08"), date_time_value("2018-12-08T00:00:00"), TRUTH_NULL);
    assert_false(value_is_same(time_value("20:00:50Z"), time_value("21:00:50+01:00")));
    assert_true(value_is_same(time_value("20:00:50Z"), time_value("20:00:50+00:00")));
    assert_true(value_is_same(number("1.0"), number("1")));
    assert_false(value_is_same(date_time_value("2002-04-02T12:00:00-01:00"),
                               date_time_value("2002-04-02T17:00:00+04:00")));
}

static void order(void **state)
{
    (void)state;
    const struct value rising[][2] = {
        {number("-1e6000"), number("1e-6000")},
        {string("A"), string("a")},
        {string("托"), string("𠮷")},
        {string(""), string("a")},
        {date("-2021-01-01"), date("2021-01-01")},
        {time_value("23:00:00+02:00"), time_value("22:00:00Z")},
        {date_time_value("2021-01-01T00:00:00+01:00"), date_time_value("2021-01-01T00:00:00Z")},
        {duration("-P1M"), duration("P0M")},
        {duration("PT0.1S"), duration("PT0.2S")},
    };
    for (size_t i = 0; i < sizeof rising / sizeof rising[0]; i++) {
        int order = 0;
        assert_true(value_compare(rising[i][0], rising[i][1], &order) && order < 0);
        assert_true(value_compare(rising[i][1], rising[i][0], &order) && order > 0);
        assert_true(value_compare(rising[i][0], rising[i][0], &order) && order == 0);
    }
    int none;
    assert_false(value_compare(value_boolean(false), value_boolean(true), &none));
    assert_false(value_compare(list(0, NULL), list(0, NULL), &none));
}

static void structures(void **state)
{
    (void)state;
    struct value one = number("1"), also_one = number("1.0"), two = number("2"), a = string("a");
    assert_equality(LIST(one, two), LIST(also_one, two), TRUTH_TRUE);
    assert_equality(LIST(one, two), LIST(two, one), TRUTH_FALSE);
    assert_equality(LIST(one), LIST(one, one), TRUTH_FALSE);
    assert_equality(LIST(one, a), LIST(one, two), TRUTH_NULL);
    assert_equality(LIST(one, a, one), LIST(one, two, two), TRUTH_FALSE);
    assert_equality(LIST(VALUE_NOTHING), LIST(VALUE_NOTHING), TRUTH_TRUE);
    struct context_entry x = {TEXT("x"), one}, y = {TEXT("y"), a}, z = {TEXT("z"), a},
                         other_y = {TEXT("y"), string("b")};
    assert_equality(CONTEXT(x, y), CONTEXT(y, x), TRUTH_TRUE);
    assert_equality(CONTEXT(x, y), CONTEXT(x, z), TRUTH_FALSE);
    assert_equality(CONTEXT(x, y), CONTEXT(x, other_y), TRUTH_FALSE);
    assert_equality(CONTEXT(x), CONTEXT(x, y), TRUTH_FALSE);
    assert_equality(range(one, two, true, true), range(also_one, two, true, true), TRUTH_TRUE);
    assert_equality(range(one, two, true, true), range(one, two, false, true), TRUTH_FALSE);
    assert_equality(range(one, VALUE_NOTHING, true, false), range(one, two, true, false), TRUTH_FALSE);
}

/* Deeper than any parser lets through: answered, not followed to the end. */
static void deep_values(void **state)
{
    (void)state;
    struct value deep = LIST(number("1"));
    for (int i = 0; i < 100000; i++) {
        deep = LIST(deep);
    }
    assert_int_equal(value_equals(deep, deep), TRUTH_NULL);
    struct text_builder builder;
    text_builder_init(&builder, NULL);
    value_format(&builder, deep);
    assert_int_equal(builder.length, 2 * VALUE_DEPTH + 4);
    text_builder_free(&builder);
}

static void texts(void **state)
{
    (void)state;
    struct context_entry plain = {TEXT("月龄"), number("6.50")},
                         quoted = {TEXT("a \"b\""), string("x\n\\\t")};
    struct context_entry digit = {TEXT("1a"), value_boolean(true)};
    const struct cause missing = {.kind = CAUSE_FACT, .name = TEXT("x"), .message = TEXT("")};
    const struct value unknown = value_null(&missing);
    const struct {
        struct value value;
        const char *string, *literal, *json;
    } cases[] = {
        {VALUE_NOTHING, "null", "null", "null"},
        {value_boolean(true), "true", "true", "true"},
        {number("1.50"), "1.5", "1.5", "1.5"},
        {number("1e50"), "1E+50", "1E+50", "1E+50"},
        {string("a\"b"), "a\"b", "\"a\\\"b\"", "\"a\\\"b\""},
        {string("托育"), "托育", "\"托育\"", "\"托育\""},
        {date("2025-01-31"), "2025-01-31", "date(\"2025-01-31\")", "\"2025-01-31\""},
        {time_value("10:20:00@Europe/Paris"), "10:20:00@Europe/Paris", "time(\"10:20:00@Europe/Paris\")",
         "\"10:20:00@Europe/Paris\""},
        {date_time_value("2025-01-31T10:20:00Z"), "2025-01-31T10:20:00Z",
         "date and time(\"2025-01-31T10:20:00Z\")", "\"2025-01-31T10:20:00Z\""},
        {duration("P14M"), "P1Y2M", "duration(\"P1Y2M\")", "\"P1Y2M\""},
        {duration("-PT36H"), "-P1DT12H", "duration(\"-P1DT12H\")", "\"-P1DT12H\""},
        {LIST(number("1"), string("a"), VALUE_NOTHING, date("2025-01-31")), "[1, \"a\", null, 2025-01-31]",
         "[1, \"a\", null, date(\"2025-01-31\")]", "[1, \"a\", null, \"2025-01-31\"]"},
        {list(0, NULL), "[]", "[]", "[]"},
        {CONTEXT(plain, quoted, digit), "{月龄: 6.5, \"a \\\"b\\\"\": \"x\\n\\\\\\t\", \"1a\": true}",
         "{月龄: 6.5, \"a \\\"b\\\"\": \"x\\n\\\\\\t\", \"1a\": true}",
         "{\"月龄\": 6.5, \"a \\\"b\\\"\": \"x\\n\\\\\\t\", \"1a\": true}"},
        {range(number("1"), number("10"), true, false), "[1..10)", "[1..10)", "\"[1..10)\""},
        {range(string("a"), string("b"), false, true), "(\"a\"..\"b\"]", "(\"a\"..\"b\"]",
         "\"(\\\"a\\\"..\\\"b\\\"]\""},
        {range(number("1"), VALUE_NOTHING, true, false), "(>= 1)", "(>= 1)", "\"(>= 1)\""},
        {range(number("1"), unknown, true, false), "[1..null)", "[1..null)", "\"[1..null)\""},
        {range(unknown, number("1"), false, true), "(null..1]", "(null..1]", "\"(null..1]\""},
        {range(VALUE_NOTHING, number("1"), false, false), "(< 1)", "(< 1)", "\"(< 1)\""},
        {(struct value){.kind = VALUE_FUNCTION}, "function", "function", "null"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_text(value_format, cases[i].value, cases[i].string);
        assert_text(value_format_literal, cases[i].value, cases[i].literal);
        assert_text(value_format_json, cases[i].value, cases[i].json);
    }
}

static void names_of_kinds(void **state)
{
    (void)state;
    for (int kind = VALUE_NULL; kind <= VALUE_FUNCTION; kind++) {
        assert_true(value_kind_name((enum value_kind)kind).length > 0);
    }
    assert_true(text_equals(value_kind_name(VALUE_DAYS_TIME), TEXT("days and time duration")));
    assert_int_equal(sizeof(struct value), 32);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(null_and_kinds), cmocka_unit_test(scalars),     cmocka_unit_test(order),
        cmocka_unit_test(structures),     cmocka_unit_test(deep_values), cmocka_unit_test(texts),
        cmocka_unit_test(names_of_kinds),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
