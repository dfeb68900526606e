/* SPDX-License-Identifier: Apache-2.0 */
/* Spaces, controls and what is shown of them, over all code points, against lists copied from the Unicode
 * Character Database (PropList.txt 15.0: White_Space; Bidi_Control) and properties. */
#include "../cmocka_all.h"

#include <string.h>

#include "base/plain_text.h"

struct range {
    uint32_t first, last;
};

static const struct range WHITE_SPACE[] = {
    {0x09, 0x0D},     {0x20, 0x20},     {0x85, 0x85},     {0xA0, 0xA0},     {0x1680, 0x1680},
    {0x2000, 0x200A}, {0x2028, 0x2029}, {0x202F, 0x202F}, {0x205F, 0x205F}, {0x3000, 0x3000}};
static const struct range BIDI_CONTROL[] = {
    {0x061C, 0x061C}, {0x200E, 0x200F}, {0x202A, 0x202E}, {0x2066, 0x2069}};
static const struct range OTHER_CONTROL[] = {
    {0x00, 0x1F}, {0x7F, 0x9F}, {0x2028, 0x2029}, {0xFEFF, 0xFEFF}, {0xFFFE, 0xFFFF}};

static bool is_among(uint32_t c, const struct range *ranges, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (c >= ranges[i].first && c <= ranges[i].last)
            return true;
    return false;
}
#define IS_AMONG(c, ranges) is_among((c), (ranges), sizeof(ranges) / sizeof *(ranges))

static void every_character_is_what_unicode_says(void **state)
{
    (void)state;
    for (uint32_t c = 0; c <= 0x10FFFF; c++) {
        bool turns = IS_AMONG(c, BIDI_CONTROL);
        if (character_is_space(c) != (IS_AMONG(c, WHITE_SPACE) || c == 0xFEFF))
            fail_msg("U+%04X as a space", (unsigned)c);
        if (character_turns_direction(c) != turns)
            fail_msg("U+%04X as a mark of direction", (unsigned)c);
        if (character_is_control(c) != (turns || IS_AMONG(c, OTHER_CONTROL)))
            fail_msg("U+%04X as a control", (unsigned)c);
    }
}

/* Each space alone, several, at both ends, at none: the inner ones stay. */
static void outer_spaces_go_and_inner_ones_stay(void **state)
{
    (void)state;
    static const char *const INNER[] = {"",
                                        "A",
                                        "小港街道",
                                        "a b",
                                        "a\xE3\x80\x80"
                                        "b",
                                        "𠮷",
                                        "\xFF",
                                        "\x80\x80"};
    char bytes[100], space[4];
    for (uint32_t c = 0; c <= 0xFFFF; c++) {
        size_t width = character_is_space(c) ? utf8_encode(c, space) : 0;
        for (size_t i = 0; width && i < sizeof INNER / sizeof *INNER; i++) {
            for (size_t before = 0; before < 3; before++) {
                for (size_t after = 0; after < 3; after++) {
                    size_t length = 0, inner = strlen(INNER[i]);
                    for (size_t n = 0; n < before; n++, length += width)
                        memcpy(bytes + length, space, width);
                    memcpy(bytes + length, INNER[i], inner);
                    length += inner;
                    for (size_t n = 0; n < after; n++, length += width)
                        memcpy(bytes + length, space, width);
                    struct text got =
                        text_without_outer_space((struct text){.bytes = bytes, .length = length});
                    if (!text_equals(got, text_of(INNER[i], TUOYU_NUL_TERMINATED)))
                        fail_msg("U+%04X around %s", (unsigned)c, INNER[i]);
                }
            }
        }
    }
}

static void nothing_else_is_cut(void **state)
{
    (void)state;
    char bytes[9];
    for (uint32_t c = 1; c <= 0x10FFFF; c++) {
        char one[4];
        size_t width = utf8_encode(c, one);
        if (!width || character_is_space(c))
            continue;
        memcpy(bytes, one, width);
        bytes[width] = 'x';
        memcpy(bytes + width + 1, one, width);
        struct text whole = {.bytes = bytes, .length = 2 * width + 1}, got = text_without_outer_space(whole);
        if (!text_equals(got, whole))
            fail_msg("U+%04X was cut", (unsigned)c);
    }
}

static struct text escaped(struct text_builder *builder, struct text text)
{
    builder->length = 0;
    text_append_escaped(builder, text);
    return text_builder_text(builder);
}

static void what_is_shown_holds_no_control(void **state)
{
    (void)state;
    struct text_builder builder;
    text_builder_init(&builder, NULL);
    for (uint32_t c = 0; c <= 0x10FFFF; c++) {
        char bytes[6] = "a";
        size_t width = utf8_encode(c, bytes + 1);
        if (!width)
            continue;
        bytes[1 + width] = 'b';
        struct text text = {.bytes = bytes, .length = width + 2}, got = escaped(&builder, text);
        uint32_t found = 0;
        size_t control = text_find_control(text, &found);
        assert_int_equal(control, character_is_control(c) ? 1 : text.length);
        if (character_is_control(c))
            assert_int_equal(found, c);
        assert_true(text_is_plain(got));
        assert_int_equal(text_is_plain(text), !character_is_control(c));
        if (!character_is_control(c))
            assert_true(text_equals(got, text));
    }
    assert_true(text_equals(escaped(&builder, TEXT("x\xE2\x80\xAE\ny\x1B[31m")),
                            TEXT("x\\u{202E}\\u{A}y\\u{1B}[31m")));
    assert_true(text_equals(escaped(&builder, TEXT("托\xFF\xE6\x89")), TEXT("托\\x{FF}\\x{E6}\\x{89}")));
    assert_true(text_equals(escaped(&builder, TEXT("")), TEXT("")));
    text_builder_free(&builder);
}

/* Of bytes that are no text, each is shown or passed, and nothing is read beyond the end. */
static void any_bytes_can_be_shown(void **state)
{
    (void)state;
    struct text_builder builder;
    text_builder_init(&builder, NULL);
    uint64_t random = 1;
    for (int i = 0; i < 20000; i++) {
        char bytes[8];
        size_t length = (size_t)(i % 9);
        for (size_t j = 0; j < length; j++)
            bytes[j] = (char)((random = random * UINT64_C(6364136223846793005) + 1) >> 56);
        struct text text = {.bytes = bytes, .length = length}, got = escaped(&builder, text);
        assert_true(text_is_plain(got));
        assert_true(got.length >= length);
        assert_true(text_without_outer_space(text).length <= length);
        if (text_is_plain(text))
            assert_true(text_equals(got, text));
    }
    text_builder_free(&builder);
}

/* ---- What is seen at a glance is what is seen character by character ---- */

static bool slow_is_plain(struct text text)
{
    uint32_t c;
    for (size_t at = 0, length; at < text.length; at += length) {
        length = utf8_decode(text, at, &c);
        if (length == 0 || character_is_control(c))
            return false;
    }
    return true;
}

static size_t slow_find_control(struct text text)
{
    uint32_t c;
    for (size_t at = 0, length; at < text.length; at += length ? length : 1) {
        length = utf8_decode(text, at, &c);
        if (length > 0 && character_is_control(c))
            return at;
    }
    return text.length;
}

static size_t slow_last_space(struct text text)
{
    uint32_t c;
    for (size_t length = 1; length <= 4 && length <= text.length; length++)
        if (utf8_decode(text, text.length - length, &c) == length && character_is_space(c))
            return length;
    return 0;
}

static struct text slow_trim(struct text text)
{
    uint32_t c;
    for (size_t length; (length = utf8_decode(text, 0, &c)) > 0 && character_is_space(c);)
        text = text_slice(text, length, text.length);
    for (size_t length; (length = slow_last_space(text)) > 0;)
        text.length -= length;
    return text;
}

static void a_glance_is_enough(void **state)
{
    (void)state;
    static const char *const PIECES[] = {"a",
                                         "~",
                                         " ",
                                         "abcdefgh",
                                         "01234567",
                                         "托",
                                         "育",
                                         "\xE9\xBF\xBF",
                                         "\xE4",
                                         "\x80",
                                         "\xE4\x80",
                                         "\xE9\xC2",
                                         "\xE3\x80\x80",
                                         "\xC2\xA0",
                                         "\xC2\x85",
                                         "\x7F",
                                         "\x1F",
                                         "\t",
                                         "\xE2\x80\xAE",
                                         "\xE2\x80\x80",
                                         "\xEF\xBB\xBF",
                                         "\xFF",
                                         "\xF0\xA0\xAE\xB7"};
    uint64_t random = 1;
    for (int i = 0; i < 300000; i++) {
        char bytes[100];
        size_t length = 0, plain_ones = (random >> 40) % 2 ? 8 : sizeof PIECES / sizeof *PIECES;
        for (int j = i % 7; j > 0; j--) {
            random = random * UINT64_C(6364136223846793005) + 1442695040888963407;
            const char *piece =
                PIECES[(random >> 33) % (j == 1 ? sizeof PIECES / sizeof *PIECES : plain_ones)];
            memcpy(bytes + length, piece, strlen(piece));
            length += strlen(piece);
        }
        struct text text = {.bytes = bytes, .length = length}, got = text_without_outer_space(text),
                    wanted = slow_trim(text);
        uint32_t c;
        if (text_is_plain(text) != slow_is_plain(text))
            fail_msg("%d is plain", i);
        if (text_find_control(text, &c) != slow_find_control(text))
            fail_msg("%d holds a control", i);
        if (got.bytes != wanted.bytes || got.length != wanted.length)
            fail_msg("%d without space", i);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_character_is_what_unicode_says),
                                       cmocka_unit_test(outer_spaces_go_and_inner_ones_stay),
                                       cmocka_unit_test(nothing_else_is_cut),
                                       cmocka_unit_test(what_is_shown_holds_no_control),
                                       cmocka_unit_test(any_bytes_can_be_shown),
                                       cmocka_unit_test(a_glance_is_enough)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
