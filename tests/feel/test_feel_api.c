/* SPDX-License-Identifier: Apache-2.0 */
/* FEEL as a host sees it: values and expressions over the public interface. */
#include "../cmocka_all.h"

#include <pthread.h>
#include <string.h>

#include <tuoyu/feel.h>

#include "refusing_allocator.h"

static tuoyu_value *value_of(int32_t kind, const char *text)
{
    tuoyu_value *value = NULL;
    assert_int_equal(tuoyu_value_new_from_text(NULL, kind, text, TUOYU_NUL_TERMINATED, &value), TUOYU_OK);
    return value;
}

static void assert_literal(tuoyu_value *value, const char *expected)
{
    tuoyu_text *text = NULL;
    assert_int_equal(tuoyu_value_to_literal(value, &text), TUOYU_OK);
    assert_string_equal(tuoyu_text_bytes(text), expected);
    tuoyu_text_free(text);
}

static tuoyu_expression *parse(const char *text, const char *const *names, size_t count)
{
    tuoyu_expression *expression = NULL;
    assert_int_equal(
        tuoyu_expression_parse(text, TUOYU_NUL_TERMINATED, names, NULL, count, NULL, &expression, NULL),
        TUOYU_OK);
    return expression;
}

/* Evaluates without names and lets the expression go. */
static tuoyu_value *evaluate(const char *text)
{
    tuoyu_expression *expression = parse(text, NULL, 0);
    tuoyu_value *result = NULL;
    assert_int_equal(tuoyu_expression_evaluate(expression, NULL, 0, NULL, &result, NULL), TUOYU_OK);
    tuoyu_expression_unref(expression);
    return result;
}

static void values_keep_what_they_are_given(void **state)
{
    (void)state;
    static const struct {
        int32_t kind;
        const char *text, *literal;
    } VALUES[] = {{TUOYU_VALUE_BOOLEAN, "true", "true"},
                  {TUOYU_VALUE_NUMBER, "-1.50", "-1.5"},
                  {TUOYU_VALUE_STRING, "𠮷\"", "\"𠮷\\\"\""},
                  {TUOYU_VALUE_STRING, "", "\"\""},
                  {TUOYU_VALUE_DATE, "2024-02-29", "date(\"2024-02-29\")"},
                  {TUOYU_VALUE_TIME, "10:20:30", "time(\"10:20:30\")"},
                  {TUOYU_VALUE_DATE_TIME, "2025-01-31T10:20:30Z", "date and time(\"2025-01-31T10:20:30Z\")"},
                  {TUOYU_VALUE_YEARS_MONTHS, "P14M", "duration(\"P1Y2M\")"},
                  {TUOYU_VALUE_DAYS_TIME, "PT24H", "duration(\"P1D\")"},
                  {TUOYU_VALUE_NULL, "null", "null"}};
    for (size_t i = 0; i < sizeof VALUES / sizeof *VALUES; i++) {
        tuoyu_value *value = value_of(VALUES[i].kind, VALUES[i].text);
        assert_int_equal(tuoyu_value_kind(value), VALUES[i].kind);
        assert_literal(value, VALUES[i].literal);
        tuoyu_value_unref(value);
    }
}

static void wrong_texts_are_refused(void **state)
{
    (void)state;
    static const struct {
        int32_t kind;
        const char *text;
        tuoyu_status status;
    } WRONG[] = {{TUOYU_VALUE_BOOLEAN, "TRUE", TUOYU_ERROR_SYNTAX},
                 {TUOYU_VALUE_NUMBER, "1,5", TUOYU_ERROR_SYNTAX},
                 {TUOYU_VALUE_NUMBER, "", TUOYU_ERROR_SYNTAX},
                 {TUOYU_VALUE_STRING, "\xFF", TUOYU_ERROR_ENCODING},
                 {TUOYU_VALUE_DATE, "2025-02-29", TUOYU_ERROR_DATE},
                 {TUOYU_VALUE_DATE, "P1D", TUOYU_ERROR_SYNTAX},
                 {TUOYU_VALUE_DAYS_TIME, "P1Y", TUOYU_ERROR_SYNTAX},
                 {TUOYU_VALUE_LIST, "[]", TUOYU_ERROR_INVALID_ARGUMENT},
                 {99, "1", TUOYU_ERROR_INVALID_ARGUMENT},
                 {TUOYU_VALUE_NUMBER, "99999999999999999999999999999999999", TUOYU_ERROR_OVERFLOW}};
    for (size_t i = 0; i < sizeof WRONG / sizeof *WRONG; i++) {
        tuoyu_value *value = (tuoyu_value *)(uintptr_t)1;
        assert_int_equal(
            tuoyu_value_new_from_text(NULL, WRONG[i].kind, WRONG[i].text, TUOYU_NUL_TERMINATED, &value),
            WRONG[i].status);
        assert_null(value);
    }
    tuoyu_value *value = NULL;
    assert_int_equal(tuoyu_value_new_string(NULL, "a\0b", 3, &value), TUOYU_ERROR_ENCODING);
    assert_int_equal(tuoyu_value_new_date(NULL, 2932897, &value), TUOYU_ERROR_DATE);
    assert_int_equal(tuoyu_value_new_number(NULL, NULL, &value), TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(tuoyu_value_new_null(NULL, NULL), TUOYU_ERROR_INVALID_ARGUMENT);
}

static void collections_share_their_parts(void **state)
{
    (void)state;
    tuoyu_value *parts[2] = {value_of(TUOYU_VALUE_NUMBER, "1"), value_of(TUOYU_VALUE_STRING, "two")};
    const char *const names[] = {"一", "two words"};
    tuoyu_value *list = NULL, *context = NULL, *item = NULL;
    assert_int_equal(tuoyu_value_new_list(NULL, parts, 2, &list), TUOYU_OK);
    assert_int_equal(tuoyu_value_new_context(NULL, names, NULL, (tuoyu_value *[]){list, NULL}, 2, &context),
                     TUOYU_OK);
    tuoyu_value_unref(parts[0]);
    tuoyu_value_unref(parts[1]);
    tuoyu_value_unref(list);
    assert_int_equal(tuoyu_value_count(context), 2);
    assert_int_equal(tuoyu_value_entry(context, "一", TUOYU_NUL_TERMINATED, &list), TUOYU_OK);
    tuoyu_value_unref(context);
    assert_int_equal(tuoyu_value_item(list, 1, &item), TUOYU_OK);
    assert_int_equal(tuoyu_value_item(list, 2, &context), TUOYU_ERROR_INVALID_ARGUMENT);
    assert_null(context);
    tuoyu_value_unref(list);
    assert_literal(item, "\"two\"");
    tuoyu_value_unref(item);
    const char *const twice[] = {"a", "a"};
    assert_int_equal(tuoyu_value_new_context(NULL, twice, NULL, (tuoyu_value *[]){NULL, NULL}, 2, &context),
                     TUOYU_ERROR_DUPLICATE);
}

static void a_long_chain_of_values_is_freed_without_recursion(void **state)
{
    (void)state;
    tuoyu_value *value = value_of(TUOYU_VALUE_NUMBER, "1");
    for (int i = 0; i < 200000; i++) {
        tuoyu_value *around = NULL;
        assert_int_equal(tuoyu_value_new_list(NULL, &value, 1, &around), TUOYU_OK);
        tuoyu_value_unref(value);
        value = around;
    }
    assert_int_equal(tuoyu_value_equals(value, value), -1);
    tuoyu_value_unref(value);
}

static void accessors_check_the_kind(void **state)
{
    (void)state;
    tuoyu_value *number = value_of(TUOYU_VALUE_NUMBER, "1"),
                *date = value_of(TUOYU_VALUE_DATE_TIME, "1970-01-02T00:00:00");
    bool boolean;
    int32_t day;
    const char *text;
    size_t length;
    tuoyu_decimal decimal;
    assert_int_equal(tuoyu_value_get_boolean(number, &boolean), TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(tuoyu_value_get_string(number, &text, &length), TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(tuoyu_value_get_date(number, &day), TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(tuoyu_value_get_number(number, &decimal), TUOYU_OK);
    assert_int_equal(tuoyu_value_get_number(NULL, &decimal), TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(tuoyu_value_get_date(date, &day), TUOYU_OK);
    assert_int_equal(day, 1);
    assert_int_equal(tuoyu_value_count(number), 0);
    assert_int_equal(tuoyu_value_kind(NULL), TUOYU_VALUE_NULL);
    assert_string_equal(tuoyu_value_kind_name(TUOYU_VALUE_DAYS_TIME), "days and time duration");
    assert_string_equal(tuoyu_value_kind_name(-1), "");
    tuoyu_value_unref(number);
    tuoyu_value_unref(date);
}

static void an_expression_reads_its_names(void **state)
{
    (void)state;
    static const char *const NAMES[] = {"月龄", "child.birth_date", "unused", "Full  Name"};
    tuoyu_expression *expression = parse("if 月龄 < 36 then child.birth_date.year else Full Name", NAMES, 4);
    assert_true(tuoyu_expression_uses(expression, 0));
    assert_true(tuoyu_expression_uses(expression, 1));
    assert_false(tuoyu_expression_uses(expression, 2));
    assert_true(tuoyu_expression_uses(expression, 3));
    assert_false(tuoyu_expression_uses(expression, 4));
    tuoyu_value *values[] = {value_of(TUOYU_VALUE_NUMBER, "20"), value_of(TUOYU_VALUE_DATE, "2023-05-01"),
                             NULL, NULL};
    tuoyu_value *result = NULL;
    assert_int_equal(tuoyu_expression_evaluate(expression, values, 4, NULL, &result, NULL), TUOYU_OK);
    assert_literal(result, "2023");
    tuoyu_value_unref(result);
    assert_int_equal(tuoyu_expression_evaluate(expression, values, 3, NULL, &result, NULL),
                     TUOYU_ERROR_INVALID_ARGUMENT);
    assert_null(result);
    tuoyu_value_unref(values[0]);
    tuoyu_value_unref(values[1]);
    tuoyu_expression_unref(expression);
}

static void a_null_says_why(void **state)
{
    (void)state;
    tuoyu_diagnostics *diagnostics = NULL;
    tuoyu_value *result = NULL;
    tuoyu_diagnostic finding;
    assert_int_equal(tuoyu_diagnostics_new(NULL, &diagnostics), TUOYU_OK);
    tuoyu_expression *expression = parse("1 +\n 2 / 0 + today()", NULL, 0);
    assert_int_equal(tuoyu_expression_evaluate(expression, NULL, 0, NULL, &result, diagnostics), TUOYU_OK);
    assert_int_equal(tuoyu_value_kind(result), TUOYU_VALUE_NULL);
    assert_int_equal(tuoyu_diagnostics_count(diagnostics), 2);
    assert_int_equal(tuoyu_diagnostics_get(diagnostics, 0, &finding), TUOYU_OK);
    assert_int_equal(finding.code, TUOYU_ERROR_DIVISION_BY_ZERO);
    assert_int_equal(finding.severity, TUOYU_SEVERITY_WARNING);
    assert_int_equal(finding.line, 2);
    assert_int_equal(finding.column, 2);
    assert_int_equal(finding.span, 5);
    assert_string_equal(finding.source, "expression");
    tuoyu_value_unref(result);
    tuoyu_expression_unref(expression);
    tuoyu_diagnostics_free(diagnostics);
}

static void results_outlive_what_they_came_from(void **state)
{
    (void)state;
    static const char *const NAMES[] = {"x"};
    tuoyu_value *x = value_of(TUOYU_VALUE_STRING, "given"), *function = NULL, *result = NULL;
    tuoyu_expression *expression = parse("{text: \"literal\", x: x, f: function(y) x + y}", NAMES, 1);
    assert_int_equal(tuoyu_expression_evaluate(expression, &x, 1, NULL, &result, NULL), TUOYU_OK);
    tuoyu_expression_unref(expression);
    tuoyu_value_unref(x);
    assert_int_equal(tuoyu_value_entry(result, "f", 1, &function), TUOYU_OK);
    tuoyu_value_unref(result);
    /* The function means the x of the expression that it stands in, not that of the one that calls it. */
    static const char *const OTHERS[] = {"f", "x"};
    tuoyu_value *values[] = {function, value_of(TUOYU_VALUE_NUMBER, "5")};
    expression = parse("[f(\" more\"), x]", OTHERS, 2);
    assert_int_equal(tuoyu_expression_evaluate(expression, values, 2, NULL, &result, NULL), TUOYU_OK);
    tuoyu_expression_unref(expression);
    tuoyu_value_unref(values[0]);
    tuoyu_value_unref(values[1]);
    assert_literal(result, "[\"given more\", 5]");
    tuoyu_value_unref(result);
}

static bool offset_of_nowhere(void *context, const char *zone, size_t length, int64_t date, int32_t second,
                              int32_t *offset)
{
    (void)date;
    (void)second;
    *(int *)context += 1;
    *offset = 3600;
    return length == 12 && memcmp(zone, "Europe/Paris", 12) == 0;
}

static void the_host_gives_clock_zones_and_input(void **state)
{
    (void)state;
    int asked = 0;
    tuoyu_evaluation_options options = {
        .size = sizeof options, .zone_offset = offset_of_nowhere, .zone_context = &asked};
    options.today = value_of(TUOYU_VALUE_DATE, "2025-01-31");
    options.now = value_of(TUOYU_VALUE_DATE_TIME, "2025-01-31T10:00:00@Europe/Paris");
    options.input = value_of(TUOYU_VALUE_NUMBER, "7");
    tuoyu_expression *expression =
        parse("[today() + @\"P1M\", now() - @\"2025-01-31T09:00:00Z\", ? * 2]", NULL, 0);
    tuoyu_value *result = NULL;
    assert_int_equal(tuoyu_expression_evaluate(expression, NULL, 0, &options, &result, NULL), TUOYU_OK);
    assert_literal(result, "[date(\"2025-02-28\"), duration(\"PT0S\"), 14]");
    assert_true(asked > 0);
    tuoyu_value_unref(result);
    tuoyu_value *today = options.today;
    options.today = options.now;
    assert_int_equal(tuoyu_expression_evaluate(expression, NULL, 0, &options, &result, NULL),
                     TUOYU_ERROR_INVALID_ARGUMENT);
    tuoyu_expression_unref(expression);
    tuoyu_value_unref(today);
    tuoyu_value_unref(options.now);
    tuoyu_value_unref(options.input);
}

static void named_zones_are_compared_by_what_the_host_knows(void **state)
{
    (void)state;
    int asked = 0;
    tuoyu_evaluation_options options = {
        .size = sizeof options, .zone_offset = offset_of_nowhere, .zone_context = &asked};
    static const struct {
        const char *text, *literal;
    } CASES[] = {
        {"@\"2025-01-31T10:00:00@Europe/Paris\" = @\"2025-01-31T09:00:00Z\"", "true"},
        {"@\"2025-01-31T10:00:00@Europe/Paris\" < @\"2025-01-31T09:00:01Z\"", "true"},
        {"@\"10:00:00@Europe/Paris\" = @\"09:00:00Z\"", "true"},
        {"is(@\"10:00:00@Europe/Paris\", @\"09:00:00Z\")", "false"},
        {"[@\"10:00:00@Europe/Paris\"] = [@\"09:00:00Z\"]", "true"},
        {"@\"10:00:00@Europe/Paris\" in [@\"09:00:00Z\"..@\"09:00:00Z\"]", "true"},
        {"list contains([@\"10:00:00@Europe/Paris\"], @\"09:00:00Z\")", "true"},
        {"distinct values([@\"10:00:00@Europe/Paris\", @\"09:00:00Z\"]) = [@\"09:00:00Z\"]", "true"},
        {"max([@\"09:00:00Z\", @\"10:00:01@Europe/Paris\"])", "time(\"10:00:01@Europe/Paris\")"},
        {"before(@\"10:00:00@Europe/Paris\", @\"09:00:01Z\")", "true"},
        {"clamp(@\"10:00:00@Europe/Paris\", @\"08:00:00Z\", @\"08:30:00Z\") = @\"08:30:00Z\"", "true"},
        {"@\"10:00:00@Asia/Nowhere\" = @\"09:00:00Z\"", "null"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        tuoyu_expression *expression = parse(CASES[i].text, NULL, 0);
        tuoyu_value *result = NULL;
        assert_int_equal(tuoyu_expression_evaluate(expression, NULL, 0, &options, &result, NULL), TUOYU_OK);
        assert_literal(result, CASES[i].literal);
        tuoyu_value_unref(result);
        tuoyu_expression_unref(expression);
    }
}

static void unary_tests_and_named_types(void **state)
{
    (void)state;
    tuoyu_named_type types[] = {{"tAge", TUOYU_NUL_TERMINATED, "number", TUOYU_NUL_TERMINATED},
                                {"tAges", TUOYU_NUL_TERMINATED, "list<tAge>", TUOYU_NUL_TERMINATED}};
    tuoyu_expression_options options = {.size = sizeof options, .types = types, .type_count = 2};
    tuoyu_evaluation_options evaluation = {.size = sizeof evaluation,
                                           .input = value_of(TUOYU_VALUE_NUMBER, "7")};
    tuoyu_expression *expression = NULL;
    tuoyu_value *result = NULL, *converted = NULL;
    assert_int_equal(tuoyu_expression_parse("[1, 2] instance of tAges", TUOYU_NUL_TERMINATED, NULL, NULL, 0,
                                            &options, &expression, NULL),
                     TUOYU_OK);
    assert_int_equal(tuoyu_expression_evaluate(expression, NULL, 0, NULL, &result, NULL), TUOYU_OK);
    assert_literal(result, "true");
    tuoyu_value_unref(result);
    tuoyu_expression_unref(expression);
    options.is_unary_tests = 1;
    assert_int_equal(tuoyu_expression_parse("not(< 5, [8..9])", TUOYU_NUL_TERMINATED, NULL, NULL, 0, &options,
                                            &expression, NULL),
                     TUOYU_OK);
    assert_int_equal(tuoyu_expression_evaluate(expression, NULL, 0, &evaluation, &result, NULL), TUOYU_OK);
    assert_literal(result, "true");
    tuoyu_value_unref(result);
    tuoyu_expression_unref(expression);
    assert_int_equal(
        tuoyu_value_convert(evaluation.input, "tAges", TUOYU_NUL_TERMINATED, &options, &converted, NULL),
        TUOYU_OK);
    assert_literal(converted, "[7]");
    tuoyu_value_unref(converted);
    assert_int_equal(
        tuoyu_value_convert(evaluation.input, "string", TUOYU_NUL_TERMINATED, NULL, &converted, NULL),
        TUOYU_OK);
    assert_literal(converted, "null");
    tuoyu_value_unref(converted);
    assert_int_equal(
        tuoyu_value_convert(evaluation.input, "tNone", TUOYU_NUL_TERMINATED, NULL, &converted, NULL),
        TUOYU_ERROR_UNKNOWN_NAME);
    assert_null(converted);
    tuoyu_value_unref(evaluation.input);
}

static void options_of_other_releases(void **state)
{
    (void)state;
    struct {
        tuoyu_expression_options known;
        unsigned char newer[16];
    } options = {.known = {.size = sizeof options}};
    tuoyu_expression *expression = NULL;
    assert_int_equal(tuoyu_expression_parse("1", 1, NULL, NULL, 0, &options.known, &expression, NULL),
                     TUOYU_OK);
    tuoyu_expression_unref(expression);
    options.newer[3] = 1;
    assert_int_equal(tuoyu_expression_parse("1", 1, NULL, NULL, 0, &options.known, &expression, NULL),
                     TUOYU_ERROR_OPTION_UNKNOWN);
    options.known.size = 4;
    assert_int_equal(tuoyu_expression_parse("1", 1, NULL, NULL, 0, &options.known, &expression, NULL),
                     TUOYU_ERROR_OPTION_SIZE);
    assert_int_equal(tuoyu_expression_parse(NULL, 1, NULL, NULL, 0, NULL, &expression, NULL),
                     TUOYU_ERROR_INVALID_ARGUMENT);
    static const char *const TWICE[] = {"a", "a"};
    assert_int_equal(tuoyu_expression_parse("1", 1, TWICE, NULL, 2, NULL, &expression, NULL),
                     TUOYU_ERROR_DUPLICATE);
}

static void limits_and_strictness(void **state)
{
    (void)state;
    tuoyu_limits limits = {
        .size = sizeof limits, .scalar_bytes = 10, .expression_depth = 4, .steps = 50, .list_items = 3};
    tuoyu_expression_options options = {.size = sizeof options, .limits = &limits};
    tuoyu_expression *expression = NULL;
    assert_int_equal(tuoyu_expression_parse("1 + 1 + 1 + 1", 13, NULL, NULL, 0, &options, &expression, NULL),
                     TUOYU_ERROR_LIMIT);
    assert_int_equal(tuoyu_expression_parse("((((1))))", 9, NULL, NULL, 0, &options, &expression, NULL),
                     TUOYU_ERROR_LIMIT);
    tuoyu_value *result = NULL;
    assert_int_equal(tuoyu_expression_parse("[1,2,3,4]", 9, NULL, NULL, 0, &options, &expression, NULL),
                     TUOYU_OK);
    assert_int_equal(tuoyu_expression_evaluate(expression, NULL, 0, NULL, &result, NULL), TUOYU_OK);
    assert_int_equal(tuoyu_value_kind(result), TUOYU_VALUE_NULL);
    tuoyu_value_unref(result);
    tuoyu_expression_unref(expression);
    options = (tuoyu_expression_options){.size = sizeof options, .is_strict = 1};
    assert_int_equal(tuoyu_expression_parse("abs(1, 2)", 9, NULL, NULL, 0, &options, &expression, NULL),
                     TUOYU_ERROR_TYPE);
    assert_null(expression);
}

/* ---- Threads ---- */

static void *evaluate_often(void *context)
{
    for (int i = 0; i < 5000; i++) {
        tuoyu_value *result = NULL;
        if (tuoyu_expression_evaluate(context, NULL, 0, NULL, &result, NULL) != TUOYU_OK)
            return context;
        if (tuoyu_value_count(result) != 3)
            return context;
        tuoyu_value_unref(result);
    }
    return NULL;
}

static void threads_share_an_expression(void **state)
{
    (void)state;
    tuoyu_expression *expression = parse("for i in 1..3 return string(i) + \"x\"", NULL, 0);
    pthread_t threads[4];
    for (int i = 0; i < 4; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, evaluate_often, expression), 0);
    for (int i = 0; i < 4; i++) {
        void *problem;
        assert_int_equal(pthread_join(threads[i], &problem), 0);
        assert_null(problem);
    }
    tuoyu_expression_unref(expression);
}

/* ---- Memory that is refused ---- */

/* Everything once; the first status that is not TUOYU_OK. */
static tuoyu_status work(const tuoyu_allocator *allocator)
{
    static const char *const NAMES[] = {"月龄", "x"};
    tuoyu_expression_options options = {.size = sizeof options, .allocator = allocator};
    tuoyu_value *values[2] = {NULL, NULL}, *list = NULL, *result = NULL, *item = NULL;
    tuoyu_expression *expression = NULL;
    tuoyu_status status =
        tuoyu_value_new_from_text(allocator, TUOYU_VALUE_NUMBER, "3", TUOYU_NUL_TERMINATED, &values[0]);
    if (status == TUOYU_OK)
        status = tuoyu_value_new_string(allocator, "text", 4, &values[1]);
    if (status == TUOYU_OK)
        status = tuoyu_value_new_context(allocator, NAMES, NULL, values, 2, &list);
    if (status == TUOYU_OK)
        status = tuoyu_expression_parse("{a: for i in 1..月龄 return x + string(i), b: 1 / 0}",
                                        TUOYU_NUL_TERMINATED, NAMES, NULL, 2, &options, &expression, NULL);
    if (status == TUOYU_OK)
        status = tuoyu_expression_evaluate(expression, values, 2, NULL, &result, NULL);
    if (status == TUOYU_OK)
        status = tuoyu_value_item(result, 0, &item);
    tuoyu_value_unref(item);
    item = NULL;
    if (status == TUOYU_OK)
        status = tuoyu_value_convert(result, "list<Any>", TUOYU_NUL_TERMINATED, &options, &item, NULL);
    tuoyu_value_unref(item);
    tuoyu_value_unref(result);
    tuoyu_value_unref(list);
    tuoyu_value_unref(values[0]);
    tuoyu_value_unref(values[1]);
    tuoyu_expression_unref(expression);
    return status;
}

static void each_allocation_may_fail(void **state)
{
    (void)state;
    struct ledger ledger = {.calls = 0};
    tuoyu_allocator allocator = refusing_allocator(&ledger);
    assert_int_equal(work(&allocator), TUOYU_OK);
    assert_int_equal(ledger.bytes, 0);
    size_t calls = ledger.calls;
    for (size_t n = 1; n <= calls; n++) {
        ledger = (struct ledger){.refused_from = n};
        assert_int_equal(work(&allocator), TUOYU_ERROR_NO_MEMORY);
        assert_int_equal(ledger.bytes, 0);
        ledger = (struct ledger){.refused_only = n};
        assert_int_equal(work(&allocator), TUOYU_ERROR_NO_MEMORY);
        assert_int_equal(ledger.bytes, 0);
    }
}

static void plain_evaluations(void **state)
{
    (void)state;
    static const char *const CASES[][2] = {{"1 + 1", "2"},           {"\"a\" + \"b\"", "\"ab\""},
                                           {"[1, [2]]", "[1, [2]]"}, {"{a: 1}", "{a: 1}"},
                                           {"null", "null"},         {"1 / 0", "null"}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        tuoyu_value *result = evaluate(CASES[i][0]);
        assert_literal(result, CASES[i][1]);
        tuoyu_value_unref(result);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(values_keep_what_they_are_given),
                                       cmocka_unit_test(wrong_texts_are_refused),
                                       cmocka_unit_test(collections_share_their_parts),
                                       cmocka_unit_test(a_long_chain_of_values_is_freed_without_recursion),
                                       cmocka_unit_test(accessors_check_the_kind),
                                       cmocka_unit_test(an_expression_reads_its_names),
                                       cmocka_unit_test(a_null_says_why),
                                       cmocka_unit_test(results_outlive_what_they_came_from),
                                       cmocka_unit_test(the_host_gives_clock_zones_and_input),
                                       cmocka_unit_test(named_zones_are_compared_by_what_the_host_knows),
                                       cmocka_unit_test(unary_tests_and_named_types),
                                       cmocka_unit_test(options_of_other_releases),
                                       cmocka_unit_test(limits_and_strictness),
                                       cmocka_unit_test(threads_share_an_expression),
                                       cmocka_unit_test(each_allocation_may_fail),
                                       cmocka_unit_test(plain_evaluations)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
