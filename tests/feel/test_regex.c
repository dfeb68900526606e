/* SPDX-License-Identifier: Apache-2.0 */
/* Regular expressions: the grammar of XPath, and nothing of PCRE2's beside it; bounded time and memory. */
#include "../cmocka_all.h"

#include <string.h>

#include "feel/regex.h"
#include "refusing_allocator.h"

enum { FOUND, ABSENT, REFUSED, TRIES = 100000 };

struct regex_case {
    const char *pattern, *flags, *subject;
    int expected;
};

static int search(const char *pattern, const char *flags_text, struct text subject)
{
    struct arena arena;
    struct regex regex;
    struct regex_flags flags;
    struct text message = TEXT("");
    bool found = false;
    int result = REFUSED;
    arena_init(&arena, NULL);
    assert_true(regex_flags_parse(text_of(flags_text, TUOYU_NUL_TERMINATED), &flags));
    tuoyu_status status =
        regex_compile(&arena, text_of(pattern, TUOYU_NUL_TERMINATED), flags, &regex, &message);
    if (status == TUOYU_OK) {
        assert_int_equal(regex_find(&regex, subject, 0, TRIES, &found), TUOYU_OK);
        result = found ? FOUND : ABSENT;
    } else {
        assert_int_equal(status, TUOYU_ERROR_SYNTAX);
        assert_true(message.length > 0);
    }
    regex_free(&regex);
    arena_free(&arena);
    return result;
}

static void check(const struct regex_case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        int result =
            search(cases[i].pattern, cases[i].flags, text_of(cases[i].subject, TUOYU_NUL_TERMINATED));
        if (result != cases[i].expected)
            fail_msg("/%s/%s on \"%s\": %d instead of %d", cases[i].pattern, cases[i].flags, cases[i].subject,
                     result, cases[i].expected);
    }
}

#define CHECK(cases) check(cases, sizeof(cases) / sizeof *(cases))

static void atoms_and_quantifiers(void **state)
{
    (void)state;
    static const struct regex_case CASES[] = {
        {"", "", "abc", FOUND},          {"abc", "", "xabcx", FOUND},
        {"^abc$", "", "abc", FOUND},     {"^abc$", "", "abcd", ABSENT},
        {"^(a|b)*$", "", "abba", FOUND}, {"^(?:a|b){2,3}$", "", "abba", ABSENT},
        {"^a{3}$", "", "aaa", FOUND},    {"^a{2,}$", "", "a", ABSENT},
        {"^a{0}$", "", "", FOUND},       {"a{2,1}", "", "aa", REFUSED},
        {"a{,3}", "", "a", REFUSED},     {"a{", "", "a", REFUSED},
        {"a{99999}", "", "a", REFUSED},  {"a**", "", "a", REFUSED},
        {"a++", "", "a", REFUSED},       {"*a", "", "a", REFUSED},
        {"(*a)", "", "a", REFUSED},      {"a||b", "", "", FOUND},
        {"(a", "", "a", REFUSED},        {"a)", "", "a", REFUSED},
        {"a]", "", "a]", REFUSED},       {"a}", "", "a}", REFUSED},
        {"^.$", "", "𠮷", FOUND},        {"^..$", "", "𠮷", ABSENT},
        {"托.*", "", "普惠托育", FOUND}, {"#a", "", "#a", FOUND},
        {"^^*a$+", "", "a", FOUND},      {"a b#c", "", "a b#c", FOUND},
    };
    CHECK(CASES);
}

static void only_what_xpath_knows(void **state)
{
    (void)state;
    static const struct regex_case CASES[] = {
        {"(?=a)", "", "a", REFUSED},       {"(?<n>a)", "", "a", REFUSED}, {"(?i)a", "", "a", REFUSED},
        {"(?#x)", "", "a", REFUSED},       {"\\bа", "", "a", REFUSED},    {"\\A", "", "a", REFUSED},
        {"\\x41", "", "A", REFUSED},       {"\\u0041", "", "A", REFUSED}, {"\\Qa\\E", "", "a", REFUSED},
        {"\\R", "", "\n", REFUSED},        {"\\h", "", " ", REFUSED},     {"\\K", "", "a", REFUSED},
        {"[[:alpha:]]", "", "a", REFUSED}, {"(*UTF)a", "", "a", REFUSED}, {"\\", "", "\\", REFUSED},
        {"\\0", "", "a", REFUSED},         {"\\e", "", "a", REFUSED},     {"\\p{Lx}", "", "a", REFUSED},
        {"\\p{Greek}", "", "a", REFUSED},  {"\\pL", "", "a", REFUSED},    {"\\p{L", "", "a", REFUSED},
        {"\\p{}", "", "a", REFUSED},       {"\\p{ L}", "", "a", REFUSED}, {"\xff", "", "a", REFUSED},
    };
    CHECK(CASES);
}

static void lines_and_dots(void **state)
{
    (void)state;
    static const struct regex_case CASES[] = {
        {"a$", "", "a\n", ABSENT},   {"a$", "m", "a\nb", FOUND},   {"^b", "", "a\nb", ABSENT},
        {"^b", "m", "a\nb", FOUND},  {"a.b", "", "a\nb", ABSENT},  {"a.b", "", "a\rb", ABSENT},
        {"a.b", "s", "a\nb", FOUND}, {"a.b", "s", "a\rb", FOUND},  {"a.b", "m", "a\nb", ABSENT},
        {"^b", "m", "a\rb", ABSENT}, {"a\\nb", "", "a\nb", FOUND}, {"a\\tb", "", "a\tb", FOUND},
    };
    CHECK(CASES);
}

static void classes(void **state)
{
    (void)state;
    static const struct regex_case CASES[] = {
        {"^[a-c]+$", "", "abc", FOUND},
        {"^[^a-c]+$", "", "xyz", FOUND},
        {"^[a-c]+$", "", "abd", ABSENT},
        {"^[-a]+$", "", "-a", FOUND},
        {"^[a-]+$", "", "a-", FOUND},
        {"[a-c-e]", "", "a", REFUSED},
        {"[c-a]", "", "a", REFUSED},
        {"[a-\\d]", "", "a", REFUSED},
        {"[\\d-z]", "", "a", REFUSED},
        {"[]", "", "]", REFUSED},
        {"[^]", "", "a", REFUSED},
        {"[]a]", "", "]", REFUSED},
        {"[a", "", "a", REFUSED},
        {"[a[b]]", "", "a", REFUSED},
        {"^[.*+?(){}|$^]+$", "", ".*+?(){}|$^", FOUND},
        {"^[\\]\\[\\\\]+$", "", "][\\", FOUND},
        {"^[a-z-[aeiou]]+$", "", "xyz", FOUND},
        {"^[a-z-[aeiou]]+$", "", "xaz", ABSENT},
        {"^[^0-9-[x]]$", "", "x", ABSENT},
        {"^[^0-9-[x]]$", "", "y", FOUND},
        {"^[a-z-[b-y-[m]]]+$", "", "amz", FOUND},
        {"^[a-z-[b-y-[m]]]+$", "", "an", ABSENT},
        {"^[\\p{L}-[A-Z]]+$", "", "托育a", FOUND},
        {"^[\\p{L}-[A-Z]]+$", "", "托育A", ABSENT},
        {"^[一-龥]+$", "", "普惠托育", FOUND},
        {"^[a-z-[aeiou]]{3}$", "", "bcd", FOUND},
        {"[a-z-[]]", "", "b", REFUSED},
        {"[a-z-[a]b]", "", "b", REFUSED},
        {"^[𠮷]$", "", "𠮷", FOUND},
    };
    CHECK(CASES);
}

static void sets_of_characters(void **state)
{
    (void)state;
    static const struct regex_case CASES[] = {
        {"^\\d+$", "", "0٣３", FOUND},
        {"^\\D$", "", "3", ABSENT},
        {"^\\s+$", "", " \t\r\n", FOUND},
        {"^\\s$", "", "\xC2\xA0", ABSENT},
        {"^\\S$", "", "\xC2\xA0", FOUND},
        {"^\\w+$", "", "a9托+", FOUND},
        {"^\\w$", "", "_", ABSENT},
        {"^\\W$", "", "-", FOUND},
        {"^\\W$", "", "a", ABSENT},
        {"^\\i\\c*$", "", "_a-1.é", FOUND},
        {"^\\i$", "", "1", ABSENT},
        {"^\\I$", "", "1", FOUND},
        {"^\\C$", "", "a", ABSENT},
        {"^\\C$", "", " ", FOUND},
        {"^[\\i-[:]]$", "", ":", ABSENT},
        {"^\\p{Lu}$", "", "A", FOUND},
        {"^\\P{Lu}$", "", "A", ABSENT},
        {"^[\\p{Lu}\\d]+$", "", "A1", FOUND},
        {"^\\p{IsBasicLatin}+$", "", "abc", FOUND},
        {"^\\p{IsBasicLatin}$", "", "é", ABSENT},
        {"^\\P{IsBasicLatin}$", "", "é", FOUND},
        {"^\\p{IsCJKUnifiedIdeographs}+$", "", "托育", FOUND},
        {"^[^\\p{IsCJKUnifiedIdeographs}]+$", "", "托", ABSENT},
        {"^\\p{IsGreek}$", "", "α", FOUND},
        {"^\\p{IsNoSuchBlock}$", "", "a", REFUSED},
        {"^[\\S]$", "", "a", FOUND},
        {"^[^\\S]$", "", " ", FOUND},
    };
    CHECK(CASES);
}

static void back_references(void **state)
{
    (void)state;
    static const struct regex_case CASES[] = {
        {"^(a)\\1$", "", "aa", FOUND},
        {"^(a)\\1$", "i", "aA", FOUND},
        {"^(.)(.)\\2\\1$", "", "abba", FOUND},
        {"(.)\\3", "", "h", REFUSED},
        {"\\1(a)", "", "aa", REFUSED},
        {"(a\\1)", "", "aa", REFUSED},
        {"(a)[\\1]", "", "a", REFUSED},
        {"(?:a)\\1", "", "aa", REFUSED},
        {"^(a)\\11$", "", "aa1", FOUND},
        {"^(a)?b\\1$", "", "b", FOUND},
        {"^(a)\\10$", "", "aa0", FOUND},
        {"^(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)\\10$", "", "abcdefghijj", FOUND},
    };
    CHECK(CASES);
}

static void flags(void **state)
{
    (void)state;
    static const struct regex_case CASES[] = {
        {"ABC", "i", "abc", FOUND},
        {"Ä", "i", "ä", FOUND},
        {"a b c", "x", "abc", FOUND},
        {"hello\\ sworld", "x", "hello world", FOUND},
        {" hello[ ]world", "x", "hello world", FOUND},
        {"\\p{ IsBasicLatin}+", "x", "hello world", FOUND},
        {"a\\[ b", "x", "a[b", FOUND},
        {"a.b", "q", "a.b", FOUND},
        {"a.b", "q", "axb", ABSENT},
        {"(A", "qi", "(a", FOUND},
        {"", "q", "", FOUND},
        {"^\\p{Lu}$", "i", "m", ABSENT},
        {"^\\p{Lu}$", "i", "M", FOUND},
        {"^\\P{Lu}$", "i", "m", FOUND},
        {"^[\\p{Lu}x]$", "i", "m", ABSENT},
        {"^[\\p{Lu}x]+$", "i", "MXx", FOUND},
        {"^[^\\p{Lu}x]$", "i", "X", ABSENT},
        {"^[^\\p{Lu}x]$", "i", "m", FOUND},
        {"^[^\\p{Lu}x]$", "i", "\n", FOUND},
        {"^[A-Z-[OI]]$", "i", "b", FOUND},
        {"^[A-Z-[OI]]$", "i", "o", ABSENT},
        {"^[\\p{L}-[OI]]+$", "i", "ab托", FOUND},
        {"^[^Q]$", "i", "q", ABSENT},
        {"k", "i", "\xE2\x84\xAA", FOUND},
    };
    CHECK(CASES);
    struct regex_flags parsed;
    assert_false(regex_flags_parse(TEXT("X"), &parsed));
    assert_false(regex_flags_parse(TEXT(" "), &parsed));
    assert_true(regex_flags_parse(TEXT("smixqq"), &parsed));
    assert_true(parsed.is_literal && parsed.ignores_case && parsed.multiple_lines &&
                parsed.dot_matches_newline);
}

/* ---- Hostile patterns ---- */

static struct text repeated(struct arena *arena, const char *part, size_t count)
{
    struct text_builder builder;
    text_builder_init_arena(&builder, arena);
    for (size_t i = 0; i < count; i++)
        text_append_literal(&builder, part);
    assert_false(builder.failed);
    return text_builder_text(&builder);
}

static void backtracking_without_end_is_stopped(void **state)
{
    (void)state;
    static const char *const PATTERNS[] = {"^(a+)+$",  "^(a|a)*$", "^(a|aa)+$",
                                           "^(.*)*$b", "(x+x+)+y", "^(([a-z])+.)+[A-Z]([a-z])+$"};
    struct arena arena;
    arena_init(&arena, NULL);
    struct text subject = repeated(&arena, "aaaaaaaaaaxxxxxxxxxx", 3000);
    for (size_t i = 0; i < sizeof PATTERNS / sizeof *PATTERNS; i++) {
        struct regex regex;
        struct text message = TEXT("");
        bool found;
        struct regex_flags none = {0};
        assert_int_equal(
            regex_compile(&arena, text_of(PATTERNS[i], TUOYU_NUL_TERMINATED), none, &regex, &message),
            TUOYU_OK);
        tuoyu_status status = regex_find(&regex, subject, 0, TRIES, &found);
        assert_true(status == TUOYU_ERROR_LIMIT || (status == TUOYU_OK && !found));
        regex_free(&regex);
    }
    arena_free(&arena);
}

static void refuse_pattern(struct arena *arena, struct text pattern)
{
    struct regex regex;
    struct regex_flags none = {0};
    struct text message = TEXT("");
    assert_int_equal(regex_compile(arena, pattern, none, &regex, &message), TUOYU_ERROR_SYNTAX);
    regex_free(&regex);
}

static void patterns_beyond_measure_are_refused(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, NULL);
    refuse_pattern(&arena, repeated(&arena, "(", 5000));
    refuse_pattern(&arena, repeated(&arena, "[a-[", 1000));
    refuse_pattern(&arena, repeated(&arena, "()", 300));
    refuse_pattern(&arena, repeated(&arena, "a", 10000));
    refuse_pattern(&arena, TEXT("((a{1000}){1000}){1000}"));
    arena_free(&arena);
}

static void a_subject_that_is_no_utf8_is_refused(void **state)
{
    (void)state;
    struct arena arena;
    struct regex regex;
    struct regex_flags none = {0};
    struct text message;
    bool found;
    arena_init(&arena, NULL);
    assert_int_equal(regex_compile(&arena, TEXT("a"), none, &regex, &message), TUOYU_OK);
    assert_int_equal(regex_find(&regex, TEXT("\xF0\x9F"), 0, TRIES, &found), TUOYU_ERROR_ENCODING);
    regex_free(&regex);
    arena_free(&arena);
}

/* ---- Memory ---- */

static void each_allocation_may_fail(void **state)
{
    (void)state;
    for (size_t refused = 1; refused < 100; refused++) {
        struct ledger ledger = {.refused_only = refused};
        tuoyu_allocator allocator = refusing_allocator(&ledger);
        struct arena arena;
        struct regex regex;
        struct regex_flags none = {0};
        struct text message;
        bool found = false;
        arena_init(&arena, &allocator);
        tuoyu_status status = regex_compile(&arena, TEXT("(a|b[c-x-[e]])+\\1"), none, &regex, &message);
        if (status == TUOYU_OK)
            status = regex_find(&regex, TEXT("zabcbc"), 0, TRIES, &found);
        if (status != TUOYU_ERROR_NO_MEMORY && !(status == TUOYU_OK && found))
            fail_msg("allocation %zu: status %d", refused, (int)status);
        regex_free(&regex);
        arena_free(&arena);
        assert_int_equal(ledger.bytes, 0);
        if (ledger.calls < refused)
            return;
    }
    fail_msg("a hundred allocations for one pattern");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(atoms_and_quantifiers),
        cmocka_unit_test(only_what_xpath_knows),
        cmocka_unit_test(lines_and_dots),
        cmocka_unit_test(classes),
        cmocka_unit_test(sets_of_characters),
        cmocka_unit_test(back_references),
        cmocka_unit_test(flags),
        cmocka_unit_test(backtracking_without_end_is_stopped),
        cmocka_unit_test(patterns_beyond_measure_are_refused),
        cmocka_unit_test(a_subject_that_is_no_utf8_is_refused),
        cmocka_unit_test(each_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
