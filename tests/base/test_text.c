/* SPDX-License-Identifier: Apache-2.0 */
#include "../cmocka_all.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

/* Independent of the decoder: the ranges of Unicode 15, table 3-7, one row a line. */
static bool is_well_formed(const unsigned char *b, size_t length)
{
    static const unsigned char ROWS[9][8] = {{0x00, 0x7F},
                                             {0xC2, 0xDF, 0x80, 0xBF},
                                             {0xE0, 0xE0, 0xA0, 0xBF, 0x80, 0xBF},
                                             {0xE1, 0xEC, 0x80, 0xBF, 0x80, 0xBF},
                                             {0xED, 0xED, 0x80, 0x9F, 0x80, 0xBF},
                                             {0xEE, 0xEF, 0x80, 0xBF, 0x80, 0xBF},
                                             {0xF0, 0xF0, 0x90, 0xBF, 0x80, 0xBF, 0x80, 0xBF},
                                             {0xF1, 0xF3, 0x80, 0xBF, 0x80, 0xBF, 0x80, 0xBF},
                                             {0xF4, 0xF4, 0x80, 0x8F, 0x80, 0xBF, 0x80, 0xBF}};
    static const size_t LENGTHS[9] = {1, 2, 3, 3, 3, 3, 4, 4, 4};
    for (size_t row = 0; row < 9; row++) {
        bool fits = LENGTHS[row] == length;
        for (size_t i = 0; fits && i < length; i++)
            fits = b[i] >= ROWS[row][2 * i] && b[i] <= ROWS[row][2 * i + 1];
        if (fits)
            return true;
    }
    return false;
}

static void every_code_point_makes_the_round_trip(void **state)
{
    (void)state;
    for (uint32_t c = 0; c <= 0x110010; c++) {
        char bytes[4];
        size_t length = utf8_encode(c, bytes);
        bool exists = c <= 0x10FFFF && !(c >= 0xD800 && c <= 0xDFFF);
        assert_int_equal(length != 0, exists);
        if (!exists)
            continue;
        uint32_t back = 0;
        assert_int_equal(utf8_decode((struct text){bytes, length}, 0, &back), length);
        assert_int_equal(back, c);
    }
}

static void every_two_and_three_byte_sequence_is_judged_right(void **state)
{
    (void)state;
    unsigned char b[4];
    for (uint32_t word = 0; word < 0x1000000; word += 1 + (word & 7) % 3) {
        b[0] = (unsigned char)(word >> 16), b[1] = (unsigned char)(word >> 8), b[2] = (unsigned char)word,
        b[3] = 0x80;
        uint32_t c;
        size_t length = utf8_decode((struct text){(const char *)b, 4}, 0, &c);
        bool well = false;
        for (size_t n = 1; n <= 4; n++) {
            if (!is_well_formed(b, n))
                continue;
            well = true;
            assert_int_equal(length, n);
        }
        if (!well)
            assert_int_equal(length, 0);
    }
}

static void validation_names_the_first_bad_byte(void **state)
{
    (void)state;
    assert_int_equal(utf8_validate(TEXT("托育 𠮷")), strlen("托育 𠮷"));
    assert_int_equal(utf8_validate(TEXT("ab\xC0\x80")), 2);
    assert_int_equal(utf8_validate(TEXT("托\xE6\x89")), 3);
    assert_int_equal(utf8_validate(TEXT("\xED\xA0\x80")), 0);
    assert_int_equal(utf8_validate(TEXT("\xF4\x90\x80\x80")), 0);
    assert_int_equal(utf8_validate(TEXT("")), 0);
}

static void counts_and_offsets_are_in_code_points(void **state)
{
    (void)state;
    struct text text = TEXT("a托𠮷b");
    assert_int_equal(utf8_count(text), 4);
    assert_int_equal(utf8_offset(text, 0), 0);
    assert_int_equal(utf8_offset(text, 2), 4);
    assert_int_equal(utf8_offset(text, 3), 8);
    assert_int_equal(utf8_offset(text, 4), text.length);
    assert_int_equal(utf8_offset(text, 99), text.length);
}

static void json_is_escaped(void **state)
{
    (void)state;
    struct text_builder builder;
    text_builder_init(&builder, NULL);
    text_append_json(&builder, TEXT("\"\\\n\x01托𠮷\x7F"));
    assert_string_equal(builder.bytes, "\"\\\"\\\\\\n\\u0001托𠮷\\u007f\"");
    text_builder_free(&builder);
}

static void formatting_grows(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, NULL);
    struct text_builder builder;
    text_builder_init_arena(&builder, &arena);
    for (int i = 0; i < 1000; i++)
        text_append_format(&builder, "%d,", i);
    assert_false(builder.failed);
    assert_int_equal(builder.length, 10 * 2 + 90 * 3 + 900 * 4);
    assert_int_equal(strlen(builder.bytes), builder.length);
    assert_string_equal(text_format(&arena, "%s-%03d", "x", 7).bytes, "x-007");
    arena_free(&arena);
}

static void trimming_and_slices(void **state)
{
    (void)state;
    assert_true(text_equals(text_trim(TEXT(" \t a b\r\n")), TEXT("a b")));
    assert_int_equal(text_trim(TEXT("  \n ")).length, 0);
    assert_true(text_compare(TEXT("a"), TEXT("ab")) < 0);
    assert_true(text_compare(TEXT("b"), TEXT("ab")) > 0);
    assert_int_equal(text_compare(TEXT(""), TEXT("")), 0);
    assert_true(text_starts_with(TEXT("round half up"), TEXT("round half")));
    assert_false(text_starts_with(TEXT("ro"), TEXT("round")));
}

static void distance_is_a_metric(void **state)
{
    (void)state;
    const struct text words[] = {TEXT(""),     TEXT("child"),    TEXT("chidl"), TEXT("children"),
                                 TEXT("托位"), TEXT("托育机构"), TEXT("c")};
    enum { COUNT = sizeof words / sizeof *words };
    for (size_t i = 0; i < COUNT; i++)
        for (size_t j = 0; j < COUNT; j++) {
            size_t distance = text_distance(words[i], words[j], 99);
            assert_int_equal(distance, text_distance(words[j], words[i], 99));
            assert_int_equal(distance == 0, i == j);
        }
    assert_int_equal(text_distance(TEXT("child"), TEXT("chidl"), 99), 1);
    assert_int_equal(text_distance(TEXT("托位"), TEXT("托育机构"), 99), 3);
    assert_int_equal(text_distance(TEXT("kitten"), TEXT("sitting"), 99), 3);
    assert_int_equal(text_distance(TEXT("kitten"), TEXT("sitting"), 1), 2);
}

/* Every pair of words of up to five letters out of two, and longer ones. */
static void a_limit_only_cuts_the_distance_off(void **state)
{
    (void)state;
    char words[64][16];
    size_t count = 0;
    for (size_t length = 0; length <= 5; length++)
        for (unsigned bits = 0; bits < 1u << length; bits++, count++) {
            for (size_t i = 0; i < length; i++)
                words[count][i] = bits >> i & 1 ? 'b' : 'a';
            words[count][length] = '\0';
        }
    snprintf(words[count++], sizeof *words, "abcdefghijklmno");
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < count; j++) {
            struct text left = text_of(words[i], TUOYU_NUL_TERMINATED),
                        right = text_of(words[j], TUOYU_NUL_TERMINATED);
            size_t whole = text_distance(left, right, 99);
            for (size_t limit = 0; limit <= 6; limit++)
                assert_int_equal(text_distance(left, right, limit), whole < limit + 1 ? whole : limit + 1);
        }
    assert_int_equal(text_distance(TEXT("abcdefghijklmno"), TEXT("abdcefghijklno"), 2), 2);
}

static void nearest_offers_only_what_is_near(void **state)
{
    (void)state;
    const struct text names[] = {TEXT("institution.places"), TEXT("institution.inclusive_places"),
                                 TEXT("child.birth_date")};
    struct text best = TEXT("");
    size_t distance = SIZE_MAX;
    for (size_t i = 0; i < 3; i++)
        text_nearest(TEXT("institution.place"), names[i], &best, &distance);
    assert_true(text_equals(best, names[0]));
    best = TEXT("");
    distance = SIZE_MAX;
    for (size_t i = 0; i < 3; i++)
        text_nearest(TEXT("家庭收入"), names[i], &best, &distance);
    assert_int_equal(best.length, 0);
}

static void parts_are_joined(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, NULL);
    struct text joined = TEXT_JOIN(&arena, TEXT("child"), TEXT(""), TEXT("."), TEXT("月龄"));
    assert_true(text_equals(joined, TEXT("child.月龄")));
    assert_int_equal(joined.bytes[joined.length], 0);
    joined = text_join(&arena, NULL, 0);
    assert_int_equal(joined.length, 0);
    assert_string_equal(joined.bytes, "");
    joined = TEXT_JOIN(&arena, ((struct text){NULL, 0}), TEXT("a"));
    assert_string_equal(joined.bytes, "a");
    arena_free(&arena);
}

static void a_text_is_a_word_when_both_end_together(void **state)
{
    (void)state;
    const struct text texts[] = {TEXT(""),     TEXT("a"),  TEXT("ab"), TEXT("abc"),
                                 TEXT("ab\0"), TEXT("\0"), TEXT("b"),  {NULL, 0}};
    const char *const words[] = {"", "a", "ab", "abc", "b", "abcd"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        for (size_t j = 0; j < sizeof words / sizeof *words; j++)
            assert_int_equal(text_is(texts[i], words[j]),
                             text_equals(texts[i], text_of(words[j], TUOYU_NUL_TERMINATED)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_code_point_makes_the_round_trip),
        cmocka_unit_test(every_two_and_three_byte_sequence_is_judged_right),
        cmocka_unit_test(validation_names_the_first_bad_byte),
        cmocka_unit_test(counts_and_offsets_are_in_code_points),
        cmocka_unit_test(json_is_escaped),
        cmocka_unit_test(formatting_grows),
        cmocka_unit_test(trimming_and_slices),
        cmocka_unit_test(distance_is_a_metric),
        cmocka_unit_test(a_limit_only_cuts_the_distance_off),
        cmocka_unit_test(nearest_offers_only_what_is_near),
        cmocka_unit_test(parts_are_joined),
        cmocka_unit_test(a_text_is_a_word_when_both_end_together),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
