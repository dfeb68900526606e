/* SPDX-License-Identifier: Apache-2.0 */
/* The table of built-ins: that it is well formed, that its examples are true, and the boundaries of each
 * function. */
#include <stdio.h>

#include "builtin_fixture.h"

/* ---- The table ---- */

static void each_example_is_true(void **state)
{
    (void)state;
    for (size_t i = 0; i < BUILTIN_COUNT; i++) {
        for (int mode = EVALUATE_STANDARD; mode <= EVALUATE_PACK; mode++) {
            struct fixture fixture;
            fixture_open(&fixture, (enum evaluation_mode)mode);
            struct value value =
                fixture_evaluate(&fixture, text_of(BUILTINS[i].example, TUOYU_NUL_TERMINATED));
            if (!value_is_true(value))
                fail_msg("%s: %s", BUILTINS[i].example, fixture_show(&fixture, value));
            fixture_close(&fixture);
        }
    }
}

static void each_entry_is_well_formed(void **state)
{
    (void)state;
    for (size_t i = 0; i < BUILTIN_COUNT; i++) {
        const struct builtin *builtin = &BUILTINS[i];
        size_t described = builtin_described_count(builtin), length = strlen(builtin->meaning);
        bool is_variadic = builtin->parameter_count == BUILTIN_VARIADIC, is_tolerant = false;
        assert_true(builtin->required <= described);
        if (!is_variadic)
            assert_int_equal(builtin->parameter_count, described);
        for (size_t j = 0; j < described; j++)
            is_tolerant |= builtin->parameters[j].null != NULL_PASSES;
        if (is_tolerant != builtin->is_null_tolerant)
            fail_msg("%s: is_null_tolerant", builtin->name);
        assert_non_null(builtin->function);
        assert_int_equal(builtin->meaning[length - 1], '.');
        assert_true(strstr(builtin->example, builtin->name) != NULL);
    }
}

/* What holds for a built-in in all of its overloads: the entries follow each other by number, and none says
 * half of what it has to say. */
static void the_traits_of_each_are_whole(void **state)
{
    (void)state;
    for (size_t i = 0; i < BUILTIN_COUNT; i++) {
        const struct builtin *builtin = &BUILTINS[i];
        const struct builtin_traits *traits = builtin_traits(builtin);
        int step = i ? (int)builtin->id - (int)builtin[-1].id : 0;
        if (step != 0 && step != 1)
            fail_msg("%s: its overloads do not stand under it", builtin->name);
        if (i)
            assert_int_equal(step == 0, strcmp(builtin->name, builtin[-1].name) == 0);
        assert_ptr_equal(builtin_first(builtin->id),
                         builtin_find(text_of(builtin->name, TUOYU_NUL_TERMINATED)));
        if (traits->columns == COLUMNS_NOT_SAID)
            fail_msg("%s: it does not say whether columns compute it", builtin->name);
        assert_int_equal(traits->zh == NULL, traits->en == NULL);
        assert_int_equal(traits->units == UNITS_GIVEN, traits->unit != NULL);
        if (traits->adds)
            assert_int_equal(builtin->parameter_count, 2);
        if (traits->truths && builtin->parameter_count != BUILTIN_VARIADIC)
            assert_int_equal(builtin->parameters[traits->truths - 1].type, TYPE_LIST);
    }
    assert_int_equal(BUILTINS[0].id, 0);
    assert_int_equal(BUILTINS[BUILTIN_COUNT - 1].id, BUILTIN_ID_COUNT - 1);
}

static void overloads_stand_together_and_are_found(void **state)
{
    (void)state;
    for (size_t i = 0; i < BUILTIN_COUNT; i++) {
        const struct builtin *overload = builtin_find(text_of(BUILTINS[i].name, TUOYU_NUL_TERMINATED));
        while (overload && overload != &BUILTINS[i])
            overload = builtin_next_overload(overload);
        assert_ptr_equal(overload, &BUILTINS[i]);
    }
    assert_null(builtin_find(TEXT("sums")));
    assert_null(builtin_find(TEXT("")));
}

static void the_longest_name_at_a_word_boundary_is_found(void **state)
{
    (void)state;
    static const struct {
        const char *text, *name;
        size_t length;
    } CASES[] = {{"date and time(\"x\")", "date and time", 13},
                 {"date(\"x\")", "date", 4},
                 {"date and", "date", 4},
                 {"round  half\n\tup (1)", "round half up", 15},
                 {"round half upper", NULL, 0},
                 {"dated", NULL, 0},
                 {"min月", NULL, 0},
                 {"min", "min", 3},
                 {"", NULL, 0},
                 {"not(true)", "not", 3},
                 {"overlaps after(", "overlaps after", 14}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        const struct builtin *builtin = NULL;
        size_t length = builtin_longest_prefix(text_of(CASES[i].text, TUOYU_NUL_TERMINATED), &builtin);
        assert_int_equal(length, CASES[i].length);
        if (CASES[i].name)
            assert_string_equal(builtin->name, CASES[i].name);
    }
}

/* ---- Cases: an expression and another that gives what is expected; or a part of the error; or NULL for
 * plain null ---- */

struct example {
    const char *text, *expected;
};

static void check_values(const struct example *examples, size_t count)
{
    for (size_t i = 0; i < count; i++)
        assert_gives(examples[i].text, examples[i].expected);
}

static void check_errors(const struct example *examples, size_t count)
{
    for (size_t i = 0; i < count; i++)
        assert_error(examples[i].text, examples[i].expected);
}

#define VALUES(...)                                       \
    static const struct example values[] = {__VA_ARGS__}; \
    check_values(values, sizeof values / sizeof *values)
#define ERRORS(...)                                       \
    static const struct example errors[] = {__VA_ARGS__}; \
    check_errors(errors, sizeof errors / sizeof *errors)

static void arguments(void **state)
{
    (void)state;
    VALUES({"abs([-1])", "1"}, {"sum(5)", "5"}, {"count(\"a\")", "1"}, {"upper case([\"a\"])", "\"A\""},
           {"substring(start position: 2, string: \"abc\")", "\"bc\""}, {"is(value2: 1)", "false"},
           {"time(date(\"2025-01-31\"))", "time(\"00:00:00Z\")"},
           {"years and months duration(date(\"2024-01-31\"), date and time(\"2025-02-28T00:00:00\"))",
            "duration(\"P1Y\")"});
    ERRORS({"abs(1, 2)", "abs"}, {"abs()", "abs"}, {"abs(m: 1)", "abs"}, {"abs(\"1\")", "the string \"1\""},
           {"abs([1, 2])", "a list of 2 items"}, {"floor(1.5, \"1\")", "'scale'"},
           {"date(5)", "string or date"}, {"before([1..2], \"a\")", "cannot be compared"},
           {"sqrt(n: 4)", "sqrt"}, {"replace(\"a\", \"b\")", "replace"},
           {"substring(\"abc\", true)", "the boolean true"},
           {"list replace([1], \"2\", 4)", "number or function"});
    static const char *const NULLS[] = {"floor(null)",
                                        "floor(1, null)",
                                        "sum(null)",
                                        "count(null)",
                                        "not(null)",
                                        "substring(null, 1)",
                                        "date(null)",
                                        "date(2017, null, null)",
                                        "sort(null, function(x, y) true)",
                                        "string(null)",
                                        "before(null, 1)",
                                        "before([1..2], null)",
                                        "get value(null, \"a\")",
                                        "clamp(1, null, 3)",
                                        "round to(null, 1, \"up\")",
                                        "completed months(null, null)",
                                        "list contains(null, 1)",
                                        "append(null, 1)"};
    for (size_t i = 0; i < sizeof NULLS / sizeof *NULLS; i++)
        assert_plain_null(NULLS[i]);
}

/* ---- Arguments by name, of every built-in ---- */

/* `name(a: null, b: null)` with the parameters of an overload but for one; without: SIZE_MAX, none is left
 * out. */
static struct text call_by_names(struct arena *arena, const struct builtin *builtin, size_t without)
{
    struct text_builder builder;
    text_builder_init_arena(&builder, arena);
    text_append_format(&builder, "%s(", builtin->name);
    for (size_t i = 0, written = 0; i < builtin_described_count(builtin); i++) {
        if (i == without)
            continue;
        text_append_format(&builder, "%s%s: null", written++ ? ", " : "", builtin->parameters[i].name);
    }
    text_append_literal(&builder, ")");
    return text_builder_text(&builder);
}

/* Whether some overload needs no more than the parameters of this one but for one. */
static bool is_taken_without(const struct builtin *first, const struct builtin *builtin, size_t without)
{
    struct text names[BUILTIN_PARAMETERS];
    size_t count = 0;
    for (size_t i = 0; i < builtin_described_count(builtin); i++)
        if (i != without)
            names[count++] = text_of(builtin->parameters[i].name, TUOYU_NUL_TERMINATED);
    for (; first; first = builtin_next_overload(first)) {
        size_t known = 0, required = 0;
        for (size_t i = 0; i < count; i++) {
            size_t index = builtin_parameter_index(first, names[i]);
            known += index != SIZE_MAX;
            required += index < first->required;
        }
        if (known == count && required >= first->required)
            return true;
    }
    return false;
}

static tuoyu_status parse_strictly(struct arena *arena, struct text text, char message[1000])
{
    struct parse_options options = {.is_strict = true, .input_slot = UINT32_MAX, .is_verbatim = true};
    struct expression expression;
    tuoyu_diagnostics *diagnostics = NULL;
    tuoyu_diagnostic finding;
    message[0] = '\0';
    assert_int_equal(tuoyu_diagnostics_new(NULL, &diagnostics), TUOYU_OK);
    tuoyu_status status = expression_parse(arena, text, NULL, &options, &expression, diagnostics);
    if (tuoyu_diagnostics_get(diagnostics, 0, &finding) == TUOYU_OK)
        snprintf(message, 1000, "%s", finding.message);
    tuoyu_diagnostics_free(diagnostics);
    return status;
}

/* One that is required and left out is named, by each built-in; with all of them the call is taken; with one
 * that there is none of, or the first one twice, it is not. */
static void each_required_argument_by_name(void **state)
{
    (void)state;
    struct arena arena;
    char message[1000], part[200];
    size_t left_out = 0;
    arena_init(&arena, NULL);
    for (size_t i = 0; i < BUILTIN_COUNT; i++) {
        const struct builtin *builtin = &BUILTINS[i],
                             *first = builtin_find(text_of(builtin->name, TUOYU_NUL_TERMINATED));
        size_t described = builtin_described_count(builtin);
        struct text whole = call_by_names(&arena, builtin, SIZE_MAX);
        if (described > 0 && parse_strictly(&arena, whole, message) != TUOYU_OK)
            fail_msg("%s: %s", whole.bytes, message);
        for (size_t without = 0; without < builtin->required && without < described && described > 1;
             without++) {
            struct text call = call_by_names(&arena, builtin, without);
            if (is_taken_without(first, builtin, without))
                continue;
            snprintf(part, sizeof part, "the argument `%s` of %s() is missing",
                     builtin->parameters[without].name, builtin->name);
            if (parse_strictly(&arena, call, message) != TUOYU_ERROR_TYPE || !strstr(message, "is missing"))
                fail_msg("%s: %s", call.bytes, message);
            left_out += strstr(message, part) != NULL;
        }
        struct text odd = text_format(&arena, "%.*s, odd: 1)", (int)whole.length - 1, whole.bytes);
        if (described > 0 && parse_strictly(&arena, odd, message) != TUOYU_ERROR_TYPE)
            fail_msg("%s is taken", odd.bytes);
        struct text twice = text_format(&arena, "%.*s, %s: 1)", (int)whole.length - 1, whole.bytes,
                                        described ? builtin->parameters[0].name : "x");
        if (described > 0 && parse_strictly(&arena, twice, message) != TUOYU_ERROR_TYPE)
            fail_msg("%s is taken", twice.bytes);
        arena_reset(&arena);
    }
    assert_true(left_out > 60); /* of another overload the message may name another argument */
    arena_free(&arena);
}

static void conversion(void **state)
{
    (void)state;
    VALUES(
        {"number(\"1.000.000,01\", \".\", \",\")", "1000000.01"}, {"number(\"1 000\", \" \", null)", "1000"},
        {"number(\"-1.5\", null, null)", "-1.5"},
        {"number(\"1234567890123456789012345678901234\", null, null)", "1234567890123456789012345678901234"},
        {"string(1.10)", "\"1.1\""}, {"string(\"a\")", "\"a\""}, {"string([1, \"a\"])", "\"[1, \\\"a\\\"]\""},
        {"date(2024, 2, 29)", "date(\"2024-02-29\")"},
        {"date(date and time(\"2024-02-29T23:59:59Z\"))", "date(\"2024-02-29\")"},
        {"time(11, 59, 1.5, null)", "time(\"11:59:01.5\")"},
        {"time(11, 59, 45, duration(\"-PT2H1M\"))", "time(\"11:59:45-02:01\")"},
        {"string(time(11, 59, 45.123456789))", "\"11:59:45.123456789\""},
        {"date and time(date(\"2024-01-01\"), time(\"10:00:00@Europe/Paris\")).timezone", "\"Europe/Paris\""},
        {"duration(\"P1Y27M\")", "duration(\"P3Y3M\")"}, {"duration(\"PT1000M\")", "duration(\"PT16H40M\")"},
        {"years and months duration(date(\"2016-01-21\"), date(\"2015-01-22\"))", "duration(\"-P11M\")"},
        {"range(\" [ 1 .. 3 ] \")", "[1..3]"}, {"range(\"]-2..\" + \"-1[\")", "(-2..-1)"},
        {"range(\"[@\\\"2025-01-01\\\"..@\\\"2025-01-02\\\"]\")",
         "[date(\"2025-01-01\")..date(\"2025-01-02\")]"},
        {"range(\"[date(\\\"2025-01-01\\\")..@\\\"2025-01-01\\\"]\")",
         "[date(\"2025-01-01\")..date(\"2025-01-01\")]"});
    ERRORS({"number(\"1,0\", \".\", \".\")", "must not be the same"},
           {"number(\"1:0\", \":\", \".\")", "grouping separator"}, {"number(\"1.0\", null, \",\")", "form"},
           {"number(\"1,000.0,0\", \",\", \".\")", "form"}, {"number(\"\", null, null)", "form"},
           {"number(\"12345678901234567890123456789012345\", null, null)", "too large"},
           {"number(\"1.2.3\", null, \".\")", "form"}, {"date(\"2023-02-29\")", "not in the calendar"},
           {"date(2023, 2, 29)", "no day 29"}, {"date(2023, 2.5, 1)", "whole"},
           {"date(\"2023-2-9\")", "form"}, {"date(10000000000, 1, 1)", "no day"},
           {"date(1e30, 1, 1)", "too large"}, {"time(24, 0, 0, null)", "no such time"},
           {"time(23, 59, 60, null)", "no such time"}, {"time(1, 1, -0.5, null)", "no such time"},
           {"time(1, 1, 1, duration(\"PT19H\"))", "offset"},
           {"time(1, 1, 1, duration(\"PT0.5S\"))", "offset"}, {"duration(\"P1H\")", "form"},
           {"duration(\"P1Y1D\")", "form"}, {"range(\"[..2]\")", "form"}, {"range(\"[3..1]\")", "order"},
           {"range(\"[1..\\\"b\\\"]\")", "the string"}, {"range(\"[sum([1])..2]\")", "form"},
           {"range(\"\")", "form"}, {"range(\"[string length(\\\"a\\\")..2]\")", "form"},
           {"range(\"1\")", "form"}, {"range(\"[date(2025, 1, 1)..date(2025, 1, 2)]\")", "form"},
           {"range(\"[1..2] \" + \"+ 1\")", "form"}, {"range(\"[1..null]\")", "range"},
           {"date and time(\"2025-01-31T25:00:00\")", "date and time"});
}

static void strings(void **state)
{
    (void)state;
    VALUES({"substring(\"foobar\", 3)", "\"obar\""}, {"substring(\"foobar\", -6)", "\"foobar\""},
           {"substring(\"foobar\", 6, 9)", "\"r\""}, {"substring(\"foobar\", 2, 0)", "\"\""},
           {"substring(\"foobar\", 3.8)", "\"obar\""}, {"substring(\"a𠮷b\", 2, 1)", "\"𠮷\""},
           {"substring(\"a𠮷b\", -2)", "\"𠮷b\""}, {"string length(\"\")", "0"},
           {"string length(\"𠮷e\u0301\")", "3"}, {"upper case(\"straße ﬁ ñ托\")", "\"STRASSE FI Ñ托\""},
           {"lower case(\"ÄΣI\")", "\"äσi\""}, {"upper case(\"i\")", "\"I\""},
           {"upper case(\"\\u0390\\u0587\")", "\"\\u0399\\u0308\\u0301\\u0535\\u0552\""},
           {"lower case(\"\\u0130\")", "\"i\\u0307\""},
           {"upper case(\"\\u0149\\u01f0\\u1ff7\")", "\"\\u02bcNJ\\u030c\\u03a9\\u0342\\u0399\""},
           {"substring before(\"abc\", \"\")", "\"\""}, {"substring after(\"abc\", \"\")", "\"abc\""},
           {"substring after(\"\", \"a\")", "\"\""}, {"substring before(\"普惠托育\", \"托\")", "\"普惠\""},
           {"substring after(\"aab\", \"ab\")", "\"\""}, {"contains(\"\", \"\")", "true"},
           {"contains(\"ab\", \"abc\")", "false"}, {"ends with(\"托育\", \"育\")", "true"},
           {"starts with(\"a\", \"\")", "true"}, {"ends with(\"a\", \"ba\")", "false"},
           {"string join([])", "\"\""}, {"string join([null])", "\"\""},
           {"string join([\"a\"], \"-\")", "\"a\""}, {"string join([\"\", \"\"], \"-\")", "\"-\""},
           {"string join([\"a\", \"b\"], null)", "\"ab\""}, {"split(\"\", \",\")", "[\"\"]"},
           {"split(\"a1b22c\", \"\\\\d+\")", "[\"a\", \"b\", \"c\"]"},
           {"split(\",\", \",\")", "[\"\", \"\"]"}, {"matches(\"abc\", \"B\", \"i\")", "true"},
           {"matches(\"\", \"\")", "true"}, {"matches(\"abracadabra\", \"bra\", null)", "true"},
           {"replace(\"abracadabra\", \"a(.)\", \"a$1$1\")", "\"abbraccaddabbra\""},
           {"replace(\"AAAA\", \"A+?\", \"b\")", "\"bbbb\""},
           {"replace(\"a.c\", \".\", \"\\\\$1\", \"q\")", "\"a\\\\$1c\""},
           {"replace(\"abc\", \"b\", \"\\\\$\\\\\\\\\")", "\"a$\\\\c\""},
           {"replace(\"ab\", \"(a)\", \"[$0$12]\")", "\"[aa2]b\""},
           {"replace(\"ab\", \"a\", \"[$1]\")", "\"[]b\""},
           {"replace(\"𠮷野\", \"[𠮷]\", \"吉\")", "\"吉野\""}, {"replace(\"\", \"a\", \"b\")", "\"\""});
    ERRORS({"substring(\"foobar\", 0)", "no position 0"}, {"substring(\"foobar\", 7)", "no position 7"},
           {"substring(\"\", 1)", "position"}, {"substring(\"foobar\", -7)", "no position -7"},
           {"substring(\"foobar\", 1, -1)", "negative"}, {"substring(\"f\", 1e30)", "too large"},
           {"string join([1], \"-\")", "item 1 is the number 1"},
           {"matches(\"a\", \"(\")", "no regular expression"}, {"matches(\"a\", \"a\", \"g\")", "no flag"},
           {"replace(\"abc\", \"x*\", \"-\")", "matches the empty string"},
           {"split(\"abc\", \"\")", "matches the empty string"},
           {"replace(\"a\", \"a\", \"$\")", "must be followed"},
           {"replace(\"a\", \"a\", \"\\\\n\")", "must be followed"},
           {"replace(\"a\", \"a\", \"$a\")", "must be followed"});
}

static void lists(void **state)
{
    (void)state;
    VALUES(
        {"list contains([], null)", "false"}, {"list contains([[1]], [1])", "true"},
        {"list contains([1.0], 1)", "true"}, {"list contains([\"1\"], 1)", "false"},
        {"list contains(1, 1)", "true"}, {"count([])", "0"}, {"count([null])", "1"},
        {"sublist([1, 2, 3], -2)", "[2, 3]"}, {"sublist([1, 2, 3], -2, 1)", "[2]"},
        {"sublist([1, 2, 3], 3, 9)", "[3]"}, {"sublist([1, 2, 3], 2, 0)", "[]"}, {"append([])", "[]"},
        {"append([], [1])", "[[1]]"}, {"append(1, 2)", "[1, 2]"},
        {"concatenate([1], 2, [[3]])", "[1, 2, [3]]"}, {"concatenate([])", "[]"},
        {"insert before([1, 3], -1, 2)", "[1, 2, 3]"}, {"count(insert before([1], 1, null))", "2"},
        {"remove([1], 1)", "[]"}, {"remove([1, 2, 3], -3)", "[2, 3]"}, {"reverse([])", "[]"},
        {"index of([1, null, 2, null], null)", "[2, 4]"}, {"index of([], 1)", "[]"},
        {"union([1, 1], [1])", "[1]"}, {"distinct values([1, 1.0, \"1\", [1], [1.00]])", "[1, \"1\", [1]]"},
        {"count(distinct values([null, null]))", "1"}, {"distinct values([])", "[]"}, {"flatten([])", "[]"},
        {"flatten([[], [[]]])", "[]"}, {"flatten(1)", "[1]"},
        {"count(distinct values([time(\"10:00:00Z\"), time(\"10:00:00+00:00\"), time(\"11:00:00Z\")]))", "2"},
        {"list replace([1, 2, 3], -1.5, 4)", "[1, 2, 4]"}, {"list replace([1, 2, 3], 2.5, 4)", "[1, 4, 3]"},
        {"list replace([], function(a, b) true, 1)", "[]"}, {"sort([], function(x, y) x < y)", "[]"},
        {"sort([{k: 1, v: 1}, {k: 0, v: 2}, {k: 1, v: 3}, {k: 0, v: 4}], function(a, b) a.k < b.k).v",
         "[2, 4, 1, 3]"},
        {"sort([3, 1, 2], function(x, y) true)", "reverse([3, 1, 2])"});
    ERRORS({"sublist([1], 0)", "no position 0"}, {"sublist([1], 2)", "no position 2"},
           {"sublist([], 1)", "no position 1"}, {"sublist([1], 1, -1)", "negative"},
           {"remove([], 1)", "no position 1"}, {"remove([1], 2)", "no position 2"},
           {"insert before([1], 0, 2)", "no position 0"}, {"insert before([], 1, 2)", "no position 1"},
           {"list replace([1, 2], 3, 4)", "no position 3"},
           {"list replace([1], function(a, b) a, 5)", "a boolean is needed"},
           {"list replace([1], function(a, b, c) true, 5)", "3 arguments"},
           {"sort([1, 2], function(x) true)", "1 argument"},
           {"sort([1, 2], function(x, y) 1)", "a boolean is needed"},
           {"sort([1, \"a\"], function(x, y) x < y)", "null"});
}

static void aggregates(void **state)
{
    (void)state;
    VALUES({"min(1)", "1"}, {"min(-0.0, 0)", "0"},
           {"max([date(\"2025-01-01\"), date(\"2024-12-31\")])", "date(\"2025-01-01\")"},
           {"min(\"b\", \"a\")", "\"a\""},
           {"max(duration(\"PT1H\"), duration(\"PT61M\"))", "duration(\"PT61M\")"}, {"sum(0.1, 0.2)", "0.3"},
           {"sum([9999999999999999999999999999999999, -9999999999999999999999999999999999])", "0"},
           {"mean([1, 2])", "1.5"}, {"mean(1, 1, 2)", "1.333333333333333333333333333333333"},
           {"product(5)", "5"}, {"product([0, -1])", "0"}, {"median(1)", "1"}, {"median([2, 1])", "1.5"},
           {"median([3, 1, 2])", "2"}, {"mode([])", "[]"}, {"mode(1)", "[1]"}, {"mode([2, 1])", "[1, 2]"},
           {"mode([1.0, 1, 2])", "[1]"}, {"stddev(1, 1)", "0"}, {"stddev([1, 3])", "sqrt(2)"},
           {"all([])", "true"}, {"any([])", "false"}, {"all([null, false])", "false"},
           {"any([1, true])", "true"}, {"all(true)", "true"});
    ERRORS({"sum([])", "empty"}, {"mean([])", "empty"}, {"min([])", "empty"}, {"product([])", "empty"},
           {"median([])", "empty"}, {"stddev([])", "empty"}, {"stddev([1])", "single"},
           {"sum([1, null])", "item 2 is null"}, {"max([1, null])", "item 2 is null"},
           {"min([1, \"a\"])", "cannot be compared"}, {"min([[1], [2]])", "cannot be compared"},
           {"mode([1, \"a\"])", "item 2"}, {"sum([1, [2]])", "item 2 is a list"},
           {"all([true, 1])", "item 2"}, {"any([\"true\"])", "item 1"},
           {"product([1e6000, 1e6000])", "too large"}, {"sum(9e6144, 9e6144)", "too large"});
    assert_plain_null("all([true, null])");
    assert_plain_null("any(false, null)");
}

static void numbers(void **state)
{
    (void)state;
    VALUES({"decimal(0.5, 0)", "0"}, {"decimal(1.5, 0)", "2"}, {"decimal(-2.5, 0)", "-2"},
           {"decimal(1/3, 2.5)", "0.33"}, {"decimal(1250, -2)", "1200"}, {"decimal(1350, -2)", "1400"},
           {"floor(-0.5)", "-1"}, {"floor(1.56, 1)", "1.5"}, {"ceiling(-0.5)", "0"},
           {"ceiling(12, -1)", "20"}, {"round up(5.5, 0)", "6"}, {"round up(-1.121, 2)", "-1.13"},
           {"round down(-5.5, 0)", "-5"}, {"round half up(2.5, 0)", "3"}, {"round half up(-2.5, 0)", "-3"},
           {"round half up(-2.4, 0)", "-2"}, {"round half down(2.5, 0)", "2"},
           {"round half down(-2.5, 0)", "-2"}, {"round half down(2.51, 0)", "3"},
           {"round half up(5.5, 6176)", "5.5"}, {"round half up(5.5, -6111)", "0"},
           {"round half up(0.1234567890123456789012345678901235, 33)", "0.123456789012345678901234567890124"},
           {"abs(-9999999999999999999999999999999999)", "9999999999999999999999999999999999"},
           {"modulo(10, -4)", "-2"}, {"modulo(-10.1, 4.5)", "3.4"}, {"modulo(5, 5)", "0"}, {"sqrt(0)", "0"},
           {"log(1)", "0"}, {"exp(0)", "1"}, {"odd(-1)", "true"}, {"odd(0)", "false"}, {"even(2.5)", "false"},
           {"odd(2.5)", "false"}, {"even(1e40)", "true"},
           {"odd(9999999999999999999999999999999999)", "true"});
    ERRORS({"round up(5.5, 6177)", "scale"}, {"round up(5.5, -6112)", "scale"},
           {"floor(1, 1e30)", "too large"}, {"modulo(1, 0)", "zero"}, {"sqrt(-1)", "domain"},
           {"log(0)", "log"}, {"log(-1)", "log"}, {"exp(1e10)", "too large"}, {"exp(\"4\")", "'number'"});
}

static void calendar(void **state)
{
    (void)state;
    VALUES({"day of year(date(\"2024-12-31\"))", "366"}, {"day of week(date(\"2000-02-29\"))", "\"Tuesday\""},
           {"month of year(date and time(\"2024-12-31T00:00:00\"))", "\"December\""},
           {"week of year(date(\"2010-01-01\"))", "53"}, {"week of year(date(\"2018-12-31\"))", "1"},
           {"today()", "date(\"2026-03-01\")"}, {"now().hour", "8"}, {"is(null, null)", "true"},
           {"is(1, 1.0)", "true"}, {"is(1, \"1\")", "false"}, {"is(date(\"2025-01-01\"), null)", "false"},
           {"is(time(\"20:00:00+00:00\"), time(\"21:00:00+01:00\"))", "false"}, {"is([1], [1])", "true"},
           {"is(date and time(\"2025-01-01T00:00:00\"), date(\"2025-01-01\"))", "false"});
    ERRORS({"day of year(\"foo\")", "'date'"}, {"today(1)", "today"});
    struct fixture fixture;
    fixture_open(&fixture, EVALUATE_STANDARD);
    fixture.environment.today = fixture.environment.now = NULL;
    assert_non_null(cause_first_error(value_cause(fixture_evaluate(&fixture, TEXT("today()")))));
    assert_non_null(cause_first_error(value_cause(fixture_evaluate(&fixture, TEXT("now()")))));
    fixture_close(&fixture);
}

static void contexts(void **state)
{
    (void)state;
    VALUES({"get entries({})", "[]"}, {"context([])", "{}"},
           {"context({key: \"a\", value: 1, other: 2})", "{a: 1}"},
           {"context put({a: 1}, \"a\", 2)", "{a: 2}"},
           {"context put({a: {b: 1}}, [\"a\", \"c\"], 2)", "{a: {b: 1, c: 2}}"},
           {"context put({a: 1}, [\"a\"], 2)", "{a: 2}"},
           {"count(get entries(context put({}, \"a\", null)))", "1"}, {"context merge([])", "{}"},
           {"context merge({a: 1})", "{a: 1}"}, {"context merge([{a: 1, b: 1}, {b: 2}])", "{a: 1, b: 2}"},
           {"get value(context put({}, \"\", 1), \"\")", "1"},
           {"context(get entries({a: 1, b: [2]}))", "{a: 1, b: [2]}"});
    ERRORS({"get value({monthly_fee: 1}, \"monthly_fees\")", "did you mean \"monthly_fee\""},
           {"get value({}, \"a\")", "no entry"}, {"context([{key: \"a\"}])", "item 1"},
           {"context([{key: null, value: 1}])", "item 1"}, {"context([1])", "item 1"},
           {"context([{key: \"a\", value: 1}, {key: \"a\", value: 2}])", "twice"},
           {"context put({}, [], 1)", "empty"}, {"context put({}, [\"a\", \"b\"], 1)", "no context"},
           {"context put({a: 1}, [\"a\", \"b\"], 1)", "no context"}, {"context put({}, [null], 1)", "key 1"},
           {"context put({}, 1, 1)", "key 1"}, {"context merge([{a: 1}, 2])", "item 2"},
           {"context merge([{a: 1}, null])", "item 2"});
}

static void extensions(void **state)
{
    (void)state;
    VALUES(
        {"completed months(date(\"2024-01-31\"), date(\"2024-02-28\"))", "0"},
        {"completed months(date(\"2025-03-01\"), date(\"2025-01-15\"))", "-1"},
        {"completed years(date(\"2021-12-05\"), date(\"2024-12-04\"))", "2"},
        {"completed years(date(\"2021-12-05\"), date(\"2024-12-05\"))", "3"},
        {"completed days(date(\"2024-03-01\"), date(\"2024-02-28\"))", "-2"},
        {"end of month(date(\"2023-02-28\"))", "date(\"2023-02-28\")"},
        {"start of month(date(\"2024-02-01\"))", "date(\"2024-02-01\")"},
        {"add months(date(\"2024-03-31\"), -1)", "date(\"2024-02-29\")"},
        {"add months(date(\"2024-01-31\"), 0)", "date(\"2024-01-31\")"}, {"round to(7, 5, \"half up\")", "5"},
        {"round to(7.5, 5, \"half up\")", "10"}, {"round to(-7.5, 5, \"half up\")", "-10"},
        {"round to(7.5, 5, \"half down\")", "5"}, {"round to(12.5, 5, \"half even\")", "10"},
        {"round to(-7, 5, \"floor\")", "-10"}, {"round to(-7, 5, \"ceiling\")", "-5"},
        {"round to(-7, 5, \"up\")", "-10"}, {"round to(-7, 5, \"down\")", "-5"},
        {"round to(0.07, 0.05, \"up\")", "0.1"}, {"at least(0, [])", "true"}, {"at least(1, [])", "false"},
        {"at least(2, [true, false, true])", "true"}, {"clamp(-1, 0, 10)", "0"}, {"clamp(5, 5, 5)", "5"},
        {"clamp(date(\"2025-06-01\"), date(\"2025-01-01\"), date(\"2025-03-01\"))", "date(\"2025-03-01\")"});
    ERRORS({"add months(date(\"2024-01-31\"), 0.5)", "whole"},
           {"add months(date(\"2024-01-31\"), 1e15)", "beyond"},
           {"add years(date(\"2024-01-31\"), 0.5)", "whole"},
           {"add years(date(\"2024-01-31\"), 1e15)", "add years: the result is beyond"},
           {"add years(date(\"2024-01-31\"), 9e18)", "beyond"},
           {"add years(date(\"2024-01-31\"), -2e9)", "beyond"}, {"round to(1, 0, \"up\")", "greater than 0"},
           {"round to(1, -5, \"up\")", "greater than 0"}, {"round to(1, 1, \"Up\")", "no mode"},
           {"at least(1.5, [true])", "whole"}, {"at least(1, [\"yes\"])", "item 1"},
           {"clamp(1, 3, 2)", "above"}, {"clamp(1, \"a\", 2)", "compared"});
}

/* ---- Unknown facts ---- */

static void unknown_facts_pass_on(void **state)
{
    (void)state;
    static const struct example UNKNOWN[] = {
        {"floor(unknown)", "unknown "},
        {"modulo(unknown, unset)", "unknown unset "},
        {"sum([1, unknown, unset])", "unknown unset "},
        {"sum(1, unknown)", "unknown "},
        {"min([1, unknown])", "unknown "},
        {"mean(unknown)", "unknown "},
        {"all([true, unknown])", "unknown "},
        {"any([unknown, false, unset])", "unknown unset "},
        {"at least(2, [true, unknown, false, unset])", "unknown unset "},
        {"list contains([1, unknown], 2)", "unknown "},
        {"list contains([1], unknown)", "unknown "},
        {"is(unknown, 1)", "unknown "},
        {"index of([1, unknown], 1)", "unknown "},
        {"distinct values([1, unknown])", "unknown "},
        {"union([unknown], [unset])", "unknown unset "},
        {"string join([\"a\", unknown])", "unknown "},
        {"replace(\"a\", \"a\", \"b\", unknown)", "unknown "},
        {"mode([1, unknown])", "unknown "},
        {"time(1, 1, 1, unknown)", "unknown "},
        {"completed months(unknown, unset)", "unknown unset "},
        {"sum(unknown)", "unknown "},
        {"context merge([{a: 1}, unknown])", "unknown "},
        {"get value(context put({}, \"a\", unknown), \"a\")", "unknown "}};
    for (size_t i = 0; i < sizeof UNKNOWN / sizeof *UNKNOWN; i++)
        assert_unknown(UNKNOWN[i].text, UNKNOWN[i].expected);
}

static void what_does_not_need_them_is_decided(void **state)
{
    (void)state;
    static const struct example DECIDED[] = {{"count([1, unknown])", "2"},
                                             {"all([unknown, false])", "false"},
                                             {"any([unknown, true])", "true"},
                                             {"at least(1, [unknown, true])", "true"},
                                             {"at least(2, [unknown, false, false])", "false"},
                                             {"list contains([unknown, 2], 2)", "true"},
                                             {"count(append([1], unknown))", "2"},
                                             {"count(concatenate([unknown], [1]))", "2"},
                                             {"reverse([unknown, 1])[1]", "1"},
                                             {"remove([unknown, 1], 1)", "[1]"},
                                             {"sublist([1, unknown], 1, 1)", "[1]"}};
    for (size_t i = 0; i < sizeof DECIDED / sizeof *DECIDED; i++)
        assert_decided(DECIDED[i].text, DECIDED[i].expected);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_example_is_true),
        cmocka_unit_test(each_entry_is_well_formed),
        cmocka_unit_test(the_traits_of_each_are_whole),
        cmocka_unit_test(overloads_stand_together_and_are_found),
        cmocka_unit_test(the_longest_name_at_a_word_boundary_is_found),
        cmocka_unit_test(arguments),
        cmocka_unit_test(each_required_argument_by_name),
        cmocka_unit_test(conversion),
        cmocka_unit_test(strings),
        cmocka_unit_test(lists),
        cmocka_unit_test(aggregates),
        cmocka_unit_test(numbers),
        cmocka_unit_test(calendar),
        cmocka_unit_test(contexts),
        cmocka_unit_test(extensions),
        cmocka_unit_test(unknown_facts_pass_on),
        cmocka_unit_test(what_does_not_need_them_is_decided),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
