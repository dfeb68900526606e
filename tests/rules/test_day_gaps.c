/* SPDX-License-Identifier: Apache-2.0 */
/* The days without a number, as tuoyu_policy_find_gaps() lists them from the days on which something changes,
 * are those on which the rule gives no amount when it is asked on each day. Random timelines, ends, unset
 * values, choices by the as-of date, times in force of rules, two versions of a pack. */
#include "policy_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DAYS = 60, ROUNDS = 300, TEXT_SIZE = 8000 };

static uint64_t state = 20240101;

static uint32_t below(uint32_t limit)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((state >> 33) % limit);
}

/* A growing text. */
struct writer {
    char text[TEXT_SIZE];
    size_t length;
};

static void put(struct writer *writer, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(writer->text + writer->length, TEXT_SIZE - writer->length, format, arguments);
    va_end(arguments);
    assert_true(length >= 0 && (size_t)length < TEXT_SIZE - writer->length);
    writer->length += (size_t)length;
}

/* A day by its number from 0 at 2024-01-01. */
static const char *day_text(uint32_t number)
{
    static char texts[8][11];
    static size_t turn;
    char *text = texts[turn++ % 8];
    assert_int_equal(tuoyu_date_to_text(day("2024-01-01") + (int32_t)number, text), TUOYU_OK);
    return text;
}

static void put_parameter(struct writer *writer, const char *name)
{
    if (below(12) == 0) {
        put(writer, "  %s: {unset: 未定}\n", name);
        return;
    }
    put(writer, "  %s:\n    cite: s\n    standing: cited\n    values:\n", name);
    bool was_end = true;
    for (uint32_t at = below(3) ? 0 : below(20), count = 1 + below(4); count > 0 && at < DAYS; count--) {
        bool is_end = !was_end && below(3) == 0;
        put(writer, is_end ? "      %s: {end: true}\n" : "      %s: {value: 1}\n", day_text(at));
        was_end = is_end;
        at += 1 + below(25);
    }
}

static void put_formula(struct writer *writer, int depth)
{
    static const char *const NAMES[] = {"a", "b", "c", "both", "1"};
    static const char *const COMPARISONS[] = {"<", "<=", ">", ">="};
    if (depth == 0 || below(3) == 0) {
        put(writer, "%s", NAMES[below(5)]);
        return;
    }
    if (below(3) == 0) {
        put(writer, "(");
        put_formula(writer, depth - 1);
        put(writer, " + ");
        put_formula(writer, depth - 1);
        put(writer, ")");
        return;
    }
    const char *date = day_text(below(DAYS)), *comparison = COMPARISONS[below(4)];
    if (below(2))
        put(writer, "(if as_of %s date(\"%s\") then ", comparison, date);
    else
        put(writer, "(if @\"%s\" %s as_of then ", date, comparison);
    put_formula(writer, depth - 1);
    put(writer, " else ");
    put_formula(writer, depth - 1);
    put(writer, ")");
}

/* A pack in force on these days, with its own numbers and the rule `r`. */
static void put_pack(struct writer *writer, uint32_t first, uint32_t last)
{
    put(writer, "tuoyu: 1\nid: cn.test\ntitle: t\nin_force: %s..%s\nsources:\n  s: {title: s}\nparameters:\n",
        day_text(first), day_text(last));
    put_parameter(writer, "a");
    put_parameter(writer, "b");
    put_parameter(writer, "c");
    put(writer, "definitions:\n  both: {formula: '");
    uint32_t kind = below(3);
    put(writer, kind == 0 ? "a + b" : kind == 1 ? "if as_of < @\"2024-02-01\" then a else c" : "c");
    put(writer, "'}\npricing:\n  r:\n    title: t\n    cite: s\n    unit: '1'\n");
    if (below(3) == 0 && last - first > 4)
        put(writer, "    in_force: %s..%s\n", day_text(first + 1 + below(2)), day_text(last - below(3)));
    put(writer, "    amount: '");
    put_formula(writer, 3);
    put(writer, "'\n");
}

/* Marks the days that findings name for the rule, which stand as `A..B` or `A..`. */
static void mark_days(const tuoyu_diagnostics *diagnostics, bool marked[DAYS])
{
    tuoyu_diagnostic finding;
    for (size_t i = 0; tuoyu_diagnostics_get(diagnostics, i, &finding) == TUOYU_OK; i++) {
        assert_int_equal(finding.severity, TUOYU_SEVERITY_WARNING);
        const char *at = strstr(finding.message, " on 2024-");
        assert_non_null(at);
        for (at += 4; strlen(at) >= 12; at += strcspn(at, ","), at += strspn(at, ", ")) {
            int32_t first, last = day("2024-01-01") + DAYS - 1;
            assert_int_equal(tuoyu_date_from_text(at, 10, &first), TUOYU_OK);
            if (at[12] >= '0' && at[12] <= '9')
                assert_int_equal(tuoyu_date_from_text(at + 12, 10, &last), TUOYU_OK);
            for (int32_t one = first; one <= last; one++)
                marked[one - day("2024-01-01")] = true;
        }
    }
}

/* Whether the rule gives an amount on a day. */
static bool gives_amount(tuoyu_policy *policy, uint32_t number)
{
    tuoyu_status status;
    tuoyu_quote *quote = ask_quote(policy, "r", "{}", day_text(number), &status);
    bool is_given = status == TUOYU_OK && tuoyu_answer_outcome(tuoyu_quote_answer(quote)) == TUOYU_DETERMINED;
    tuoyu_quote_free(quote);
    return is_given;
}

/* Prints a day that differs, with what was found in which packs. */
static void show(const char *date, bool is_given, const tuoyu_diagnostics *diagnostics, const char *first,
                 const char *second)
{
    tuoyu_text *text = NULL;
    assert_int_equal(tuoyu_diagnostics_to_text(diagnostics, &text), TUOYU_OK);
    fprintf(stderr, "%s: %s\n%s\n%s%s", date, is_given ? "answered" : "not answered", tuoyu_text_bytes(text),
            first, second);
    tuoyu_text_free(text);
}

static void listed_days_are_those_without_an_answer(void **unused)
{
    (void)unused;
    size_t gaps = 0, answers = 0;
    for (int round = 0; round < ROUNDS; round++) {
        struct writer first = {.length = 0}, second = {.length = 0};
        uint32_t end = below(2) ? 20 + below(20) : DAYS - 1 - below(5);
        put_pack(&first, below(4), end);
        bool has_two = end < 40 && below(3) > 0;
        if (has_two)
            put_pack(&second, end + 1 + below(4), DAYS - 1);
        const tuoyu_pack_text packs[] = {{"one", TUOYU_NUL_TERMINATED, first.text, first.length},
                                         {"two", TUOYU_NUL_TERMINATED, second.text, second.length}};
        tuoyu_diagnostics *diagnostics = NULL;
        tuoyu_policy *policy = NULL;
        assert_int_equal(tuoyu_diagnostics_new(NULL, &diagnostics), TUOYU_OK);
        assert_int_equal(tuoyu_policy_load(packs, has_two ? 2 : 1, NULL, &policy, NULL), TUOYU_OK);
        assert_int_equal(tuoyu_policy_find_gaps(policy, round % 2 ? "cn.test" : NULL, day("2024-01-01"),
                                                day("2024-01-01") + DAYS - 1, diagnostics),
                         TUOYU_OK);
        bool marked[DAYS] = {false};
        mark_days(diagnostics, marked);
        for (uint32_t i = 0; i < DAYS; i++) {
            bool is_given = gives_amount(policy, i);
            if (marked[i] == is_given)
                show(day_text(i), is_given, diagnostics, first.text, second.text);
            assert_int_not_equal(marked[i], is_given);
            gaps += marked[i];
            answers += is_given;
        }
        tuoyu_policy_unref(policy);
        tuoyu_diagnostics_free(diagnostics);
    }
    assert_true(gaps > 1000 && answers > 1000);
}

static void what_is_asked_wrongly_is_refused(void **unused)
{
    (void)unused;
    tuoyu_policy *policy = load_sections("parameters:\n  a: {unset: u}\n");
    assert_int_equal(tuoyu_policy_find_gaps(NULL, NULL, 0, 1, NULL), TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(tuoyu_policy_find_gaps(policy, NULL, 2, 1, NULL), TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(tuoyu_policy_find_gaps(policy, NULL, INT32_MIN, INT32_MAX, NULL),
                     TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(tuoyu_policy_find_gaps(policy, "cn.other", 0, 1, NULL), TUOYU_ERROR_NOT_FOUND);
    assert_int_equal(tuoyu_policy_find_gaps(policy, "cn.test", 0, 1, NULL), TUOYU_OK);
    assert_int_equal(tuoyu_policy_find_unused(NULL, NULL), TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(tuoyu_policy_find_unused(policy, NULL), TUOYU_OK);
    tuoyu_policy_unref(policy);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(listed_days_are_those_without_an_answer),
        cmocka_unit_test(what_is_asked_wrongly_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
