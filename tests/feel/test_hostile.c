/* SPDX-License-Identifier: Apache-2.0 */
/* Expressions made to hurt: huge, deep, ill-encoded, endless; and memory that is refused at every place in
 * turn. */
#include "../cmocka_all.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <pthread.h>

#include "feel/expression.h"

enum { MEGABYTE = 1 << 20 };

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { SECONDS = 10 };
#else
enum { SECONDS = 1 };
#endif

static double seconds_of(clock_t from)
{
    return (double)(clock() - from) / CLOCKS_PER_SEC;
}

static tuoyu_status parse(struct arena *arena, struct text text, const struct parse_options *options,
                          struct expression *out)
{
    return expression_parse(arena, text, NULL, options, out, NULL);
}

static tuoyu_status parse_alone(struct text text)
{
    struct arena arena;
    struct expression expression;
    arena_init(&arena, NULL);
    tuoyu_status status = parse(&arena, text, NULL, &expression);
    arena_free(&arena);
    return status;
}

/* first, then part as often as it fits into a megabyte, then last. */
static struct text repeat(const char *first, const char *part, const char *last, size_t most)
{
    char *bytes = malloc(MEGABYTE + 100);
    size_t length = strlen(first), step = strlen(part);
    assert_non_null(bytes);
    memcpy(bytes, first, length);
    for (size_t i = 0; i < most && length + step + strlen(last) <= MEGABYTE; i++, length += step)
        memcpy(bytes + length, part, step);
    memcpy(bytes + length, last, strlen(last));
    return (struct text){.bytes = bytes, .length = length + strlen(last)};
}

static void a_megabyte_is_parsed_or_refused_within_a_second(void **state)
{
    (void)state;
    static const char *const PARTS[][3] = {{"", "(", ""},
                                           {"", "[", ""},
                                           {"", "{a:", ""},
                                           {"", "]", ""},
                                           {"", ")", ""},
                                           {"", "-", "1"},
                                           {"", "1+", "1"},
                                           {"1", "**1", ""},
                                           {"", "1 and ", "1"},
                                           {"", "true or ", "true"},
                                           {"", "1=", "1"},
                                           {"1", " in 1", ""},
                                           {"1", " in (1", ""},
                                           {"", "if true then ", "1"},
                                           {"", "if true then 1 else ", "1"},
                                           {"", "for x in ", "1"},
                                           {"", "for x in [1] return ", "1"},
                                           {"for x in [1]", ", x in [1]", " return 1"},
                                           {"", "some x in [1] satisfies ", "1"},
                                           {"", "function(x) ", "1"},
                                           {"function(a", ", b c", ") 1"},
                                           {"", "not(", ""},
                                           {"", "count(", ""},
                                           {"count(1", ",1", ")"},
                                           {"[1", ",1", "]"},
                                           {"[1", "][1", "]"},
                                           {"[1]", "[1]", ""},
                                           {"{a: 1}", ".a", ""},
                                           {"", "a ", ""},
                                           {"", "date and ", ""},
                                           {"", "[1..", ""},
                                           {"", "]1..", ""},
                                           {"[1..2", "[", ""},
                                           {"\"", "a", "\""},
                                           {"\"", "\\u0041", "\""},
                                           {"\"", "a", ""},
                                           {"", "/*", ""},
                                           {"", "/**/", "1"},
                                           {"", "//\n", "1"},
                                           {"", " ", "1"},
                                           {"", "\xE3\x80\x80", "1"},
                                           {"", "1", ""},
                                           {"0.", "1", ""},
                                           {"", "\xE6\x9C\x88", ""},
                                           {"", "@\"", ""},
                                           {"", "@\"P1D\"+", "1"},
                                           {"1 instance of ", "list<", ""},
                                           {"1 instance of context<", "a: number, ", "b: number>"},
                                           {"f", "(1)", ""},
                                           {"", "?", ""},
                                           {"", ".", ""},
                                           {"", ",", ""},
                                           {"", "\"\"+", "1"},
                                           {"", "(1)(", ""},
                                           {"f(", "a: 1, ", "b: 1)"},
                                           {"", "a.", "a"},
                                           {"", "a-", "a"},
                                           {"", "{", ""},
                                           {"1 between ", "1 and 1 between ", ""},
                                           {"[1]", "[item in ", ""},
                                           {"", "\xEF\xBC\x88", ""}};
    for (size_t i = 0; i < sizeof PARTS / sizeof *PARTS; i++) {
        struct text text = repeat(PARTS[i][0], PARTS[i][1], PARTS[i][2], SIZE_MAX);
        clock_t start = clock();
        tuoyu_status status = parse_alone(text);
        double taken = seconds_of(start);
        if (taken > SECONDS)
            print_error("%s took %.2f s (status %d)\n", PARTS[i][1], taken, status);
        assert_true(taken <= SECONDS);
        free((void *)(uintptr_t)text.bytes);
    }
}

static void a_megabyte_of_entries_is_parsed_within_a_second(void **state)
{
    (void)state;
    char *bytes = malloc(MEGABYTE + 100);
    assert_non_null(bytes);
    size_t length = 0;
    for (int i = 0; length < MEGABYTE; i++)
        length += (size_t)sprintf(bytes + length, "%s%d: %d", i ? ", key " : "{key ", i, i);
    bytes[length++] = '}';
    clock_t start = clock();
    assert_int_equal(parse_alone((struct text){.bytes = bytes, .length = length}), TUOYU_OK);
    assert_true(seconds_of(start) <= SECONDS);
    free(bytes);
}

static tuoyu_status parse_repeated(const char *first, const char *part, const char *last, size_t times,
                                   size_t depth)
{
    struct arena arena;
    struct expression expression;
    struct parse_options options = {.depth_limit = depth, .input_slot = UINT32_MAX};
    struct text text = repeat(first, part, last, times);
    arena_init(&arena, NULL);
    tuoyu_status status = parse(&arena, text, &options, &expression);
    arena_free(&arena);
    free((void *)(uintptr_t)text.bytes);
    return status;
}

static void depth_is_counted(void **state)
{
    (void)state;
    assert_int_equal(parse_repeated("", "[", "1", 64, 64), TUOYU_ERROR_LIMIT);
    assert_int_equal(parse_repeated("", "[", "", 62, 64), TUOYU_ERROR_SYNTAX);
    assert_int_equal(parse_repeated("1", "+1", "", 250, 64), TUOYU_OK);
    assert_int_equal(parse_repeated("1", "+1", "", 300, 64), TUOYU_ERROR_LIMIT);
    assert_int_equal(parse_repeated("true", " and true", "", 20000, 64), TUOYU_OK);
    assert_int_equal(parse_repeated("", "if false then 1 else ", "2", 200, 64), TUOYU_OK);
    assert_int_equal(parse_repeated("", "-", "1", 200, 64), TUOYU_OK);
    assert_int_equal(parse_repeated("", "-", "1", 300, 64), TUOYU_ERROR_LIMIT);
}

static void bad_encoding_is_refused(void **state)
{
    (void)state;
    static const char *const BAD[] = {
        "\"\xFF\"", "\xC0\xAF", "\xED\xA0\x80", "1 + \xE6\x9C", "\"\xF5\x80\x80\x80\"", "a\x80"};
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++)
        assert_int_equal(parse_alone(text_of(BAD[i], TUOYU_NUL_TERMINATED)), TUOYU_ERROR_ENCODING);
    assert_int_equal(parse_alone((struct text){.bytes = "\"a\0b\"", .length = 5}), TUOYU_ERROR_ENCODING);
    assert_int_equal(parse_alone((struct text){.bytes = "1\0", .length = 2}), TUOYU_ERROR_ENCODING);
    assert_int_equal(parse_alone(text_of("\x01", TUOYU_NUL_TERMINATED)), TUOYU_ERROR_ENCODING);
    assert_int_equal(parse_alone(TEXT("")), TUOYU_ERROR_SYNTAX);
}

/* ---- Evaluation without end ---- */

struct counter {
    size_t now, most, calls, fail_from; /* fail_from: the first call that is refused; SIZE_MAX none */
    bool once;
};

static void *counting(void *context, void *pointer, size_t old_size, size_t new_size)
{
    struct counter *counter = context;
    if (new_size == 0) {
        counter->now -= old_size;
        free(pointer);
        return NULL;
    }
    size_t call = counter->calls++;
    if (call == counter->fail_from || (!counter->once && call > counter->fail_from))
        return NULL;
    void *result = realloc(pointer, new_size);
    counter->now += new_size - old_size;
    if (counter->now > counter->most)
        counter->most = counter->now;
    return result;
}

static void endless_evaluation_ends(void **state)
{
    (void)state;
    enum { MOST_MEGABYTES = 32, BYTES = 16 << 20 }; /* limits.bytes, of which chunks waste as much at most */
    static const char *const ENDLESS[] = {
        "some i in 1..1000000000000 satisfies 1/0 > 1",
        "every i in 1..1000000000000 satisfies i > 0",
        "count(for i in 1..99999 return for j in 1..99999 return i)",
        "for i in 1..99999 return if i = 1 then \"x\" else partial[-1] + partial[-1]",
        "for i in 1..99999 return if i = 1 then [1] else concatenate(partial[-1], partial[-1])",
        "for i in 1..99999 return if i = 1 then [1] else [partial[-1], partial[-1]]",
        "for i in 1..99999 return partial",
        "for i in 1..99999 return string(partial)",
        "for i in 1..99999 return function(x) x + i",
        "{f: function(g, n) g(g, n + 1) + g(g, n), r: f(f, 0)}",
        "{f: function(g, n) [g(g, n + 1), g(g, n)], r: f(f, 0)}",
        "some i in 1..1000000, j in [1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16] satisfies i + j < 0",
        "some i in 1..1000000 satisfies 10 ** 30 / i + sqrt(i) < 0",
        "for i in 1..99999 return if i = 1 then {a: 1} else {a: partial[-1], b: partial[-1], c: i}",
        "sort(for i in 1..99999 return -i, function(x, y) some k in 1..1000000 satisfies k < 0)",
        "some i in 1..10000000 satisfies count([1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20]) < 0",
        "{s: for i in 1..20 return if i = 1 then \"xxxxxxxxxxxxxxxx\" else partial[-1] + partial[-1],"
        " r: some i in 1..1000000 satisfies s[-1] < s[-1]}",
        "{s: for i in 1..90000 return i, r: some i in 1..1000000 satisfies s != s}",
        "{s: for i in 1..14 return if i = 1 then \"a\" else partial[-1] + partial[-1],"
        " r: for i in 1..99999 return upper case(s[-1])}",
        "{s: for i in 1..14 return if i = 1 then \"a\" else partial[-1] + partial[-1],"
        " r: for i in 1..99999 return replace(s[-1], \"a\", \"bbbbbbbb\")}",
        "{s: for i in 1..12 return if i = 1 then \"a;\" else partial[-1] + partial[-1],"
        " r: for i in 1..99999 return split(s[-1], \";\")}",
        "{s: for i in 1..12 return if i = 1 then \"a\" else partial[-1] + partial[-1],"
        " r: for i in 1..99999 return matches(s[-1], \"(a+)+b\")}",
        "for i in 1..99999 return i ** 300.5",
        "for i in 1..900 return modulo(10 ** 6144, i)",
        "for i in 1..99999 return string(10 ** 6000 + i)",
        "for i in 1..99999 return string join(for j in 1..10 return \"x\")"};
    for (size_t i = 0; i < sizeof ENDLESS / sizeof *ENDLESS; i++) {
        struct counter counter = {.fail_from = SIZE_MAX};
        tuoyu_allocator allocator = {.reallocate = counting, .context = &counter};
        struct arena arena;
        struct expression expression;
        struct environment environment;
        arena_init(&arena, &allocator);
        assert_int_equal(parse(&arena, text_of(ENDLESS[i], TUOYU_NUL_TERMINATED), NULL, &expression),
                         TUOYU_OK);
        environment_init(&environment, &arena);
        arena.given_most = arena.given + BYTES;
        clock_t start = clock();
        expression_evaluate(&expression, &environment);
        double taken = seconds_of(start);
        if (taken > SECONDS * 2 || counter.most > MOST_MEGABYTES * MEGABYTE || getenv("TUOYU_VERBOSE"))
            print_message("%.60s: %.2f s, %zu MiB\n", ENDLESS[i], taken, counter.most / MEGABYTE);
        assert_true(taken <= SECONDS * 2);
        assert_true(counter.most <= MOST_MEGABYTES * MEGABYTE);
        arena_free(&arena);
        assert_int_equal(counter.now, 0);
    }
}

/* ---- A small stack ---- */

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { STACK = 16 << 20 };
#else
enum { STACK = 512 << 10 };
#endif

static void *run_deep(void *context)
{
    struct arena arena;
    struct expression expression;
    struct environment environment;
    static const char *const DEEP[] = {
        "{f: function(g, n) 1 + (if n > 0 then [g(g, n + 1)][1] else 0), r: f(f, 1)}",
        "{f: function(g, n) count(sort([2, 1], function(x, y) g(g, n + 1) > 0)), r: f(f, 1)}",
        "{f: function(g, n) (for i in [1] return (some j in [1] satisfies [1][item = g(g, n)] = 1)), r: f(f, "
        "1)}"};
    (void)context;
    for (size_t i = 0; i < sizeof DEEP / sizeof *DEEP; i++) {
        arena_init(&arena, NULL);
        tuoyu_status status = parse(&arena, text_of(DEEP[i], TUOYU_NUL_TERMINATED), NULL, &expression);
        if (status != TUOYU_OK)
            return (void *)(uintptr_t) "not parsed";
        environment_init(&environment, &arena);
        environment.depth_left = 10000;
        expression_evaluate(&expression, &environment);
        arena_free(&arena);
    }
    struct text text = repeat("", "[1..(", "1", 10000);
    struct parse_options options = {.depth_limit = 200, .input_slot = UINT32_MAX};
    arena_init(&arena, NULL);
    tuoyu_status status = parse(&arena, text, &options, &expression);
    arena_free(&arena);
    free((void *)(uintptr_t)text.bytes);
    return status == TUOYU_ERROR_LIMIT ? NULL : (void *)(uintptr_t) "not refused";
}

static void half_a_megabyte_of_stack_is_enough(void **state)
{
    (void)state;
    pthread_t thread;
    pthread_attr_t attributes;
    void *problem = NULL;
    assert_int_equal(pthread_attr_init(&attributes), 0);
    assert_int_equal(pthread_attr_setstacksize(&attributes, STACK), 0);
    assert_int_equal(pthread_create(&thread, &attributes, run_deep, NULL), 0);
    assert_int_equal(pthread_join(thread, &problem), 0);
    if (problem)
        print_error("%s\n", (const char *)problem);
    assert_null(problem);
    pthread_attr_destroy(&attributes);
}

/* ---- Memory that is refused ---- */

static const char *const VARIED[] = {
    "if 1 < 2 and \"a\" + \"b\" = \"ab\" then min(1, 2) * 0.3 else 0",
    "for i in 1..20, j in [1, 2] return {a: i, b: [j, partial]}",
    "[{a: 1}, {a: 2}][a > 1].a",
    "{f: function(x: number, y) x + y, g: f(1, y: 2), h: sort([3, 2, 1], function(p, q) p < q)}",
    "1/0 + (\"a\" - 1) and {a: 1}.b = [1][5]",
    "@\"2025-01-31T10:20:30@Asia/Shanghai\" + @\"P1M\" > now() or @\"2025-01-31\".weekday in (1, [2..3], > "
    "4)",
    "some x in [1, null] satisfies x > 1 and x instance of context<a: list<number>, b: "
    "function<number>->Any>",
    "substring before(\"\\u0061\\uD83D\\uDE00\", \"b\") + string join(split(\"a;b\", \";\"), \"\\n\") + "
    "replace(\"abc\", \"b+\", \"x\")",
    "unknown name + 1",
    "(1 + ",
    "cuont([1])",
    "(\xEF\xBC\x88"};

static void run_with_failure(const char *text, size_t fail_from, bool once, struct counter *counter)
{
    *counter = (struct counter){.fail_from = fail_from, .once = once};
    tuoyu_allocator allocator = {.reallocate = counting, .context = counter};
    struct arena arena;
    struct expression expression;
    struct environment environment;
    tuoyu_diagnostics *diagnostics = NULL;
    arena_init(&arena, &allocator);
    if (tuoyu_diagnostics_new(&allocator, &diagnostics) == TUOYU_OK) {
        tuoyu_status status = expression_parse(&arena, text_of(text, TUOYU_NUL_TERMINATED), NULL, NULL,
                                               &expression, diagnostics);
        if (status == TUOYU_OK) {
            environment_init(&environment, &arena);
            struct value value = expression_evaluate(&expression, &environment);
            struct text_builder builder;
            text_builder_init_arena(&builder, &arena);
            value_format_literal(&builder, value);
        }
        tuoyu_diagnostics_free(diagnostics);
    }
    arena_free(&arena);
    assert_int_equal(counter->now, 0);
}

static void each_allocation_may_fail(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof VARIED / sizeof *VARIED; i++) {
        struct counter counter;
        run_with_failure(VARIED[i], SIZE_MAX, false, &counter);
        size_t calls = counter.calls;
        for (size_t n = 0; n < calls; n++) {
            run_with_failure(VARIED[i], n, false, &counter);
            run_with_failure(VARIED[i], n, true, &counter);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_megabyte_is_parsed_or_refused_within_a_second),
                                       cmocka_unit_test(a_megabyte_of_entries_is_parsed_within_a_second),
                                       cmocka_unit_test(depth_is_counted),
                                       cmocka_unit_test(bad_encoding_is_refused),
                                       cmocka_unit_test(endless_evaluation_ends),
                                       cmocka_unit_test(half_a_megabyte_of_stack_is_enough),
                                       cmocka_unit_test(each_allocation_may_fail)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
