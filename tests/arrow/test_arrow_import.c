/* SPDX-License-Identifier: Apache-2.0 */
/* Every type that is read, with offsets and nulls; and structs that are wrong in one field after another. */
#include "arrow_fixture.h"

#include <stdlib.h>
#include <string.h>

#include "arrow/arrow_borrow.h"

#define BUFFERS(...)      \
    (const void *const[]) \
    {                     \
        __VA_ARGS__       \
    }

/* Opens a column of such values and compares all of its cells. */
static void assert_column(const char *format, int64_t buffer_count, const void *const *buffers, size_t count,
                          const char *const *expected)
{
    struct fixture fixture;
    fixture_make(&fixture, format, (int64_t)count, buffer_count, buffers);
    assert_int_equal(fixture_open(&fixture), TUOYU_OK);
    for (size_t i = 0; i < count; i++)
        assert_cell(&fixture, (int64_t)i, expected[i]);
    fixture_free(&fixture);
}

#define ASSERT_COLUMN(format, buffers, ...)                                    \
    assert_column(format, sizeof(buffers) / sizeof(void *), buffers,           \
                  sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *), \
                  (const char *const[]){__VA_ARGS__})

/* ---- What is read ---- */

static void integers_of_all_widths(void **state)
{
    (void)state;
    static const uint8_t NOT_SECOND = 0xfd;
    const int8_t one[] = {-128, 7, 127};
    const uint8_t one_more[] = {0, 128, 255};
    const int16_t two[] = {INT16_MIN, 7, INT16_MAX};
    const uint16_t two_more[] = {0, 7, UINT16_MAX};
    const int32_t four[] = {INT32_MIN, 7, INT32_MAX};
    const uint32_t four_more[] = {0, 7, UINT32_MAX};
    const int64_t eight[] = {INT64_MIN, 7, INT64_MAX};
    const uint64_t eight_more[] = {0, 7, UINT64_MAX};
    ASSERT_COLUMN("c", BUFFERS(NULL, one), "-128", "7", "127");
    ASSERT_COLUMN("C", BUFFERS(NULL, one_more), "0", "128", "255");
    ASSERT_COLUMN("s", BUFFERS(&NOT_SECOND, two), "-32768", "null", "32767");
    ASSERT_COLUMN("S", BUFFERS(NULL, two_more), "0", "7", "65535");
    ASSERT_COLUMN("i", BUFFERS(&NOT_SECOND, four), "-2147483648", "null", "2147483647");
    ASSERT_COLUMN("I", BUFFERS(NULL, four_more), "0", "7", "4294967295");
    ASSERT_COLUMN("l", BUFFERS(NULL, eight), "-9223372036854775808", "7", "9223372036854775807");
    ASSERT_COLUMN("L", BUFFERS(&NOT_SECOND, eight_more), "0", "null", "18446744073709551615");
}

static void decimals_with_scales_and_signs(void **state)
{
    (void)state;
    const int32_t small[] = {-12345, 0, 999999999};
    const int64_t middle[] = {-12345, 100, INT64_C(999999999999999999)};
    /* Two's complement of 128 bits, the lower half first; 10^34 has 35 digits but one that counts; 10^34 + 1
     * does not fit. */
    const uint64_t large[][2] = {{(uint64_t)-1, UINT64_MAX},
                                 {UINT64_C(0x378d8e6400000000), UINT64_C(0x1ed09bead87c0)},
                                 {UINT64_C(0x378d8e6400000001), UINT64_C(0x1ed09bead87c0)},
                                 {0, UINT64_C(1) << 63}};
    ASSERT_COLUMN("d:9,2,32", BUFFERS(NULL, small), "-123.45", "0", "9999999.99");
    ASSERT_COLUMN("d:18,0,64", BUFFERS(NULL, middle), "-12345", "100", "999999999999999999");
    ASSERT_COLUMN("d:38,2", BUFFERS(NULL, large), "-0.01", "100000000000000000000000000000000",
                  "bad: has more than 34 digits", "bad: has more than 34 digits");
    ASSERT_COLUMN("d:18,-2,64", BUFFERS(NULL, middle), "-1234500", "10000", "99999999999999999900");
    ASSERT_COLUMN("d:38,2,128", BUFFERS(NULL, large), "-0.01");
}

static void dates_of_all_units(void **state)
{
    (void)state;
    const int32_t days[] = {0, -719162, 2932896, 2932897, INT32_MIN};
    const int64_t milliseconds[] = {INT64_C(86400000) * 19753, -INT64_C(86400000), 1, INT64_MIN, INT64_MAX};
    const int64_t seconds[] = {86400 * 19753, -86400, -1};
    ASSERT_COLUMN("tdD", BUFFERS(NULL, days), "1970-01-01", "0001-01-01", "9999-12-31",
                  "bad: is a date outside the years 0001 to 9999",
                  "bad: is a date outside the years 0001 to 9999");
    ASSERT_COLUMN("tdm", BUFFERS(NULL, milliseconds), "2024-01-31", "1969-12-31",
                  "bad: has a time of day: it must be a date", "bad: has a time of day: it must be a date",
                  "bad: has a time of day: it must be a date");
    ASSERT_COLUMN("tss:", BUFFERS(NULL, seconds), "2024-01-31", "1969-12-31",
                  "bad: has a time of day: it must be a date");
    ASSERT_COLUMN("tss:UTC", BUFFERS(NULL, seconds), "2024-01-31");
    ASSERT_COLUMN("tsm:+00:00", BUFFERS(NULL, milliseconds), "2024-01-31");
    const int64_t nanoseconds[] = {INT64_C(86400000000000) * 19753},
                  microseconds[] = {INT64_C(86400000000) * 19753};
    ASSERT_COLUMN("tsn:", BUFFERS(NULL, nanoseconds), "2024-01-31");
    ASSERT_COLUMN("tsu:Etc/UTC", BUFFERS(NULL, microseconds), "2024-01-31");
}

static void booleans_and_nulls(void **state)
{
    (void)state;
    const uint8_t bits[] = {0x05, 0x01}, validity[] = {0xfe, 0x01};
    ASSERT_COLUMN("b", BUFFERS(validity, bits), "null", "false", "true", "false", "false", "false", "false",
                  "false", "true");
    assert_column("n", 0, NULL, 2, (const char *const[]){"null", "null"});
}

static void texts_of_all_layouts(void **state)
{
    (void)state;
    const int32_t offsets[] = {0, 0, 4, 6, 7};
    const int64_t large_offsets[] = {0, 0, 4, 6, 7};
    ASSERT_COLUMN("u", BUFFERS(NULL, offsets, "𠮷ab\xff"), "''", "'𠮷'", "'ab'",
                  "bad: is not UTF-8, or holds a NUL");
    ASSERT_COLUMN("U", BUFFERS(NULL, large_offsets, "𠮷ab\0"), "''", "'𠮷'", "'ab'",
                  "bad: is not UTF-8, or holds a NUL");
    const int32_t none[] = {5, 5};
    ASSERT_COLUMN("u", BUFFERS(NULL, none, NULL), "''");
    /* A text cut within a character is none. */
    const int32_t cut[] = {0, 2, 4};
    ASSERT_COLUMN("u", BUFFERS(NULL, cut, "𠮷"), "bad: is not UTF-8, or holds a NUL",
                  "bad: is not UTF-8, or holds a NUL");
}

/* As Arrow lays a view out. */
struct view {
    int32_t length;
    char prefix[4];
    int32_t piece, offset;
};

static void text_views(void **state)
{
    (void)state;
    struct view views[3] = {
        {.length = 12}, {.length = 17, .prefix = "thir", .piece = 0, .offset = 2}, {.length = 0}};
    memcpy(views[0].prefix, "twelve bytes", 12);
    const int64_t sizes[] = {19};
    ASSERT_COLUMN("vu", BUFFERS(NULL, views, "..thirteen or more", sizes), "'twelve bytes'",
                  "bad: is not UTF-8, or holds a NUL", "''");
    views[1].length = 16;
    ASSERT_COLUMN("vu", BUFFERS(NULL, views, "..thirteen or more", sizes), "'twelve bytes'",
                  "'thirteen or more'", "''");
    ASSERT_COLUMN("vu", BUFFERS(NULL, views, NULL), "'twelve bytes'");
}

/* In each layout a text is cut as everywhere, and one with a control is none. */
static void outer_spaces_and_controls(void **state)
{
    (void)state;
    static const char TEXTS[] = " a\t\xE3\x80\x80\xE5\xB0\x8F \xE6\xB8\xAF\xC2\xA0  \r\nx\ny\xE2\x80\xAEzz";
    const int32_t offsets[] = {0, 3, 15, 19, 22, 27};
    const int64_t large_offsets[] = {0, 3, 15, 19, 22, 27};
    ASSERT_COLUMN("u", BUFFERS(NULL, offsets, TEXTS), "'a'", "'小 港'", "''",
                  "bad: is not UTF-8, or holds a NUL", "bad: is not UTF-8, or holds a NUL");
    ASSERT_COLUMN("U", BUFFERS(NULL, large_offsets, TEXTS), "'a'", "'小 港'", "''",
                  "bad: is not UTF-8, or holds a NUL", "bad: is not UTF-8, or holds a NUL");
    struct view views[4] = {{.length = 3},
                            {.length = 14, .prefix = "  th", .piece = 0, .offset = 0},
                            {.length = 2},
                            {.length = 3}};
    memcpy(views[0].prefix, "a\xC2\xA0", 3);
    memcpy(views[2].prefix, "\x1B[", 2);
    memcpy(views[3].prefix, "\xEF\xBB\xBF", 3);
    const int64_t sizes[] = {14};
    ASSERT_COLUMN("vu", BUFFERS(NULL, views, "  thirteen  \t\n", sizes), "'a'", "'thirteen'",
                  "bad: is not UTF-8, or holds a NUL", "''");
}

static void dictionaries(void **state)
{
    (void)state;
    static const uint8_t NOT_LAST = 0x07, FIRST_WORD_NULL = 0x06;
    const uint8_t indices[] = {2, 0, 1, 77};
    struct fixture fixture;
    fixture_make(&fixture, "C", 4, 2, BUFFERS(&NOT_LAST, indices));
    fixture_add_words(&fixture);
    assert_int_equal(fixture_open(&fixture), TUOYU_OK);
    assert_cell(&fixture, 0, "'𠮷'");
    assert_cell(&fixture, 1, "'a'");
    assert_cell(&fixture, 2, "'bc'");
    assert_cell(&fixture, 3, "null"); /* what a null's index is does not matter */
    fixture.words_buffers[0] = &FIRST_WORD_NULL;
    assert_int_equal(fixture_open(&fixture), TUOYU_OK);
    assert_cell(&fixture, 1, "null");
    fixture.words_array.offset = 1;
    fixture.words_array.length = 2;
    assert_refused(&fixture, TUOYU_ERROR_INVALID_ARGUMENT, "an index is beyond its dictionary");
    fixture_free(&fixture);
}

static void floats_by_their_shortest_text(void **state)
{
    (void)state;
    /* 0.1, -1234.5, minus zero, 1e300, infinity, as IEEE 754 lays them out */
    const uint64_t bits[] = {UINT64_C(0x3fb999999999999a), UINT64_C(0xc0934a0000000000), UINT64_C(1) << 63,
                             UINT64_C(0x7e37e43c8800759c), UINT64_C(0x7ff0000000000000)};
    ASSERT_COLUMN("g", BUFFERS(NULL, bits), "0.1", "-1234.5", "0", "1E+300", "bad: is not a finite number");
    const uint32_t single[] = {UINT32_C(0x3dcccccd), UINT32_C(0x7fc00000)};
    ASSERT_COLUMN("f", BUFFERS(NULL, single), "0.1", "bad: is not a finite number");
}

/* The offset of the table and that of the column add up, for values, bits and offsets of texts. */
static void offsets_of_parent_and_child(void **state)
{
    (void)state;
    static const uint8_t VALIDITY[] = {0xf7, 0xff};
    const int32_t numbers[] = {90, 91, 92, 93, 94, 95}, offsets[] = {0, 1, 2, 3, 4, 6, 7};
    const struct {
        const char *format;
        const void *const *buffers;
        int64_t count;
        const char *first, *second;
    } CASES[] = {
        {"i", BUFFERS(VALIDITY, numbers), 2, "null", "94"},
        {"u", BUFFERS(NULL, offsets, "abcdefg"), 3, "'d'", "'ef'"},
        {"b", BUFFERS(NULL, "\x10"), 2, "false", "true"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct fixture fixture;
        fixture_make(&fixture, CASES[i].format, 2, CASES[i].count, CASES[i].buffers);
        fixture.array.offset = 2;
        fixture.column_array.offset = 1;
        fixture.column_array.length = 5;
        assert_int_equal(fixture_open(&fixture), TUOYU_OK);
        assert_cell(&fixture, 0, CASES[i].first);
        assert_cell(&fixture, 1, CASES[i].second);
        fixture.column_array.length = 3;
        assert_refused(&fixture, TUOYU_ERROR_INVALID_ARGUMENT, "shorter than the table");
        fixture_free(&fixture);
    }
}

static void empty_tables_need_no_buffers(void **state)
{
    (void)state;
    static const char *const FORMATS[] = {"b", "l", "d:38,2", "tdD", "u", "U", "g"};
    for (size_t i = 0; i < sizeof FORMATS / sizeof *FORMATS; i++) {
        struct fixture fixture;
        fixture_make(&fixture, FORMATS[i], 0, *FORMATS[i] == 'u' || *FORMATS[i] == 'U' ? 3 : 2,
                     BUFFERS(NULL, NULL, NULL));
        assert_int_equal(fixture_open(&fixture), TUOYU_OK);
        fixture_free(&fixture);
    }
}

/* ---- What the block machine reads as it is ---- */

static bool borrows(const char *format, const void *values, struct column *out)
{
    struct fixture fixture;
    struct arena arena;
    arena_init(&arena, NULL);
    fixture_make(&fixture, format, 1, 2, BUFFERS(NULL, values));
    fixture.column_array.offset = 3;
    assert_int_equal(fixture_open(&fixture), TUOYU_OK);
    bool is_borrowed = arrow_column_borrow(&fixture.column, &arena, out);
    if (is_borrowed)
        assert_true(out->values == values && out->offset == 3 && out->length == 1 && !out->validity);
    arena_free(&arena);
    fixture_free(&fixture);
    return is_borrowed;
}

static void columns_without_a_copy(void **state)
{
    (void)state;
    static const struct {
        const char *format;
        int type, width;
        bool is_unsigned;
        int32_t scale;
    } TYPES[] = {
        {"b", COLUMN_BOOLEAN, 0, false, 0},
        {"c", COLUMN_NUMBER, 1, false, 0},
        {"S", COLUMN_NUMBER, 2, true, 0},
        {"i", COLUMN_NUMBER, 4, false, 0},
        {"L", COLUMN_NUMBER, 8, true, 0},
        {"d:9,2,32", COLUMN_NUMBER, 4, false, 2},
        {"d:18,-3,64", COLUMN_NUMBER, 8, false, -3},
        {"d:38,38", COLUMN_NUMBER, 16, false, 38},
        {"tdD", COLUMN_DATE, 4, false, 0},
    };
    static const char *const OTHERS[] = {"tdm", "tss:", "g", "d:38,39", "d:9,-39,32"};
    static const int64_t VALUES[8];
    struct column column;
    for (size_t i = 0; i < sizeof TYPES / sizeof *TYPES; i++) {
        assert_true(borrows(TYPES[i].format, VALUES, &column));
        assert_int_equal(column.type, TYPES[i].type);
        assert_int_equal(column.width, TYPES[i].width);
        assert_int_equal(column.is_unsigned, TYPES[i].is_unsigned);
        assert_int_equal(column.scale, TYPES[i].scale);
    }
    for (size_t i = 0; i < sizeof OTHERS / sizeof *OTHERS; i++)
        assert_false(borrows(OTHERS[i], VALUES, &column));
    assert_false(borrows("i", (const char *)VALUES + 1, &column));
    assert_true(borrows("c", (const char *)VALUES + 1, &column));
}

static void dictionaries_without_a_copy(void **state)
{
    (void)state;
    static const uint8_t INDICES[] = {2, 0}, FIRST_NULL = 6;
    static const int32_t TWICE[] = {0, 1, 1, 1}, CUT[] = {0, 1, 3, 5};
    struct fixture fixture;
    struct column column;
    struct arena arena;
    arena_init(&arena, NULL);
    fixture_make(&fixture, "C", 2, 2, BUFFERS(NULL, INDICES));
    fixture_add_words(&fixture);
    assert_int_equal(fixture_open(&fixture), TUOYU_OK);
    assert_true(arrow_column_borrow(&fixture.column, &arena, &column));
    assert_int_equal(column.type, COLUMN_CODE);
    assert_true(column.is_unsigned && column.width == 1 && column.dictionary_count == 3);
    assert_true(text_equals(column.dictionary[2], TEXT("𠮷")));
    const struct {
        const void *validity, *offsets;
    } BAD[] = {{&FIRST_NULL, NULL}, {NULL, TWICE}, {NULL, CUT}};
    for (size_t i = 0; i < 3; i++) {
        const void *offsets = fixture.words_buffers[1];
        fixture.words_buffers[0] = BAD[i].validity;
        if (BAD[i].offsets)
            fixture.words_buffers[1] = BAD[i].offsets;
        assert_int_equal(fixture_open(&fixture), TUOYU_OK);
        assert_false(arrow_column_borrow(&fixture.column, &arena, &column));
        fixture.words_buffers[1] = offsets;
    }
    arena_free(&arena);
    fixture_free(&fixture);
}

/* ---- What is refused ---- */

static void types_that_are_not_read(void **state)
{
    (void)state;
    static const struct {
        const char *format, *part;
    } TYPES[] = {
        {"d:76,2,256", "decimal256(76, 2)"},
        {"d:39,0", "decimal128(39, 0)"},
        {"d:0,0", "decimal128(0, 0)"},
        {"d:10", "'d:10'"},
        {"d:", "'d:'"},
        {"d:10,2,", "'d:10,2,'"},
        {"d:10,2,128x", "'d:10,2,128x'"},
        {"d:99999999999999999999,2", "'d:99999"},
        {"d:10,1000", "decimal128"},
        {"", "''"},
        {"e", "float16"},
        {"z", "binary"},
        {"+l", "list"},
        {"+s", "struct"},
        {"+r", "run-end"},
        {"w:16", "'w:16'"},
        {"tss:Asia/Shanghai", "time zone"},
        {"tss", "'tss'"},
        {"tsx:", "'tsx:'"},
        {"ttm", "'ttm'"},
        {"uu", "'uu'"},
        {"\x01\xff", "'?"
                     "?'"},
        {"format that goes on and on and on and on and on and on and on and on and on and on and on and on "
         "and on",
         "format"},
    };
    for (size_t i = 0; i < sizeof TYPES / sizeof *TYPES; i++) {
        struct fixture fixture;
        fixture_make(&fixture, TYPES[i].format, 0, 2, BUFFERS(NULL, NULL));
        assert_refused(&fixture, TUOYU_ERROR_FACT_TYPE, TYPES[i].part);
        fixture_free(&fixture);
    }
}

typedef void (*damage)(struct fixture *fixture);

#define DAMAGE(name, ...)               \
    static void name(struct fixture *f) \
    {                                   \
        __VA_ARGS__;                    \
    }
DAMAGE(no_schema_release, f->schema.release = NULL)
DAMAGE(no_schema_format, f->schema.format = NULL)
DAMAGE(not_a_struct, f->schema.format = "l")
DAMAGE(struct_of_words, f->schema.dictionary = &f->column_schema)
DAMAGE(negative_schemas, f->schema.n_children = -1)
DAMAGE(no_schemas, f->schema.children = NULL)
DAMAGE(null_schema, f->schemas[0] = NULL)
DAMAGE(no_column_format, f->column_schema.format = NULL)
DAMAGE(column_schema_released, f->column_schema.release = NULL)
DAMAGE(no_array_release, f->array.release = NULL)
DAMAGE(negative_length, f->array.length = -1)
DAMAGE(longer_than_columns, f->array.length = 3)
DAMAGE(huge_length, f->array.length = INT64_MAX)
DAMAGE(negative_offset, f->array.offset = -1)
DAMAGE(huge_offset, f->array.offset = INT64_MAX)
DAMAGE(too_many_nulls, f->array.null_count = 3)
DAMAGE(nulls_without_bits, f->array.null_count = 1)
DAMAGE(negative_nulls, f->array.null_count = -2)
DAMAGE(null_row, static const uint8_t bits = 1; f->table_buffers[0] = &bits)
DAMAGE(no_table_buffer, f->array.n_buffers = 0)
DAMAGE(null_table_buffers, f->array.buffers = NULL)
DAMAGE(negative_children, f->array.n_children = -1)
DAMAGE(other_children, f->array.n_children = 0)
DAMAGE(no_children, f->array.children = NULL)
DAMAGE(null_child, f->arrays[0] = NULL)
DAMAGE(column_released, f->column_array.release = NULL)
DAMAGE(column_negative_length, f->column_array.length = -5)
DAMAGE(column_negative_offset, f->column_array.offset = -5)
DAMAGE(column_huge_offset, f->column_array.offset = INT64_MAX)
DAMAGE(column_short, f->column_array.length = 1)
DAMAGE(column_nulls_without_bits, f->column_array.null_count = 1)
DAMAGE(column_too_many_nulls, f->column_array.null_count = 9)
DAMAGE(column_few_buffers, f->column_array.n_buffers = 1)
DAMAGE(column_many_buffers, f->column_array.n_buffers = 4)
DAMAGE(column_negative_buffers, f->column_array.n_buffers = -1)
DAMAGE(column_null_buffers, f->column_array.buffers = NULL)
DAMAGE(column_no_values, f->buffers[1] = NULL)
DAMAGE(column_child, f->column_array.n_children = 1; f->column_array.children = f->arrays)
DAMAGE(column_child_schema, f->column_schema.n_children = 1; f->column_schema.children = f->schemas)
DAMAGE(words_in_array_only, f->column_array.dictionary = &f->words_array)
DAMAGE(words_in_schema_only, fixture_add_words(f); f->column_array.dictionary = NULL)
DAMAGE(words_schema_released, fixture_add_words(f); f->words_schema.release = NULL)
DAMAGE(words_released, fixture_add_words(f); f->words_array.release = NULL)
DAMAGE(words_of_words, fixture_add_words(f); f->words_schema.dictionary = &f->words_schema)
DAMAGE(words_array_of_words, fixture_add_words(f); f->words_array.dictionary = &f->words_array)
DAMAGE(words_too_few, fixture_add_words(f); f->words_array.length = 1)
DAMAGE(words_few_buffers, fixture_add_words(f); f->words_array.n_buffers = 2)
DAMAGE(words_no_bytes, fixture_add_words(f); f->words_buffers[2] = NULL)
DAMAGE(words_no_offsets, fixture_add_words(f); f->words_buffers[1] = NULL)
DAMAGE(words_negative_length, fixture_add_words(f); f->words_array.length = -1)
DAMAGE(negative_index, static const int32_t indices[] = {0, -1}; fixture_add_words(f);
       f->buffers[1] = indices)
DAMAGE(indices_of_text, static const int32_t offsets[] = {0, 0, 0}; fixture_add_words(f);
       f->column_schema.format = "u"; f->column_array.n_buffers = 3; f->buffers[1] = offsets)

static void one_field_wrong_after_another(void **state)
{
    (void)state;
    static const struct {
        damage damage;
        const char *part;
    } DAMAGES[] = {
        {no_schema_release, "released"},
        {no_schema_format, "no format"},
        {not_a_struct, "+s"},
        {struct_of_words, "dictionary"},
        {negative_schemas, "children"},
        {no_schemas, "children"},
        {null_schema, "NULL"},
        {no_column_format, "no format"},
        {column_schema_released, "released"},
        {no_array_release, "released"},
        {negative_length, "negative"},
        {longer_than_columns, "shorter"},
        {huge_length, "too large"},
        {negative_offset, "negative"},
        {huge_offset, "too large"},
        {too_many_nulls, "nulls"},
        {nulls_without_bits, "validity"},
        {negative_nulls, "nulls"},
        {null_row, "null as a whole"},
        {no_table_buffer, "one buffer"},
        {null_table_buffers, "buffers"},
        {negative_children, "children"},
        {other_children, "children"},
        {no_children, "children"},
        {null_child, "NULL"},
        {column_released, "released"},
        {column_negative_length, "negative"},
        {column_negative_offset, "negative"},
        {column_huge_offset, "too large"},
        {column_short, "shorter"},
        {column_nulls_without_bits, "validity"},
        {column_too_many_nulls, "nulls"},
        {column_few_buffers, "number of buffers"},
        {column_many_buffers, "number of buffers"},
        {column_negative_buffers, "buffers"},
        {column_null_buffers, "buffers"},
        {column_no_values, "a buffer is missing"},
        {column_child, "children"},
        {column_child_schema, "children"},
        {words_in_array_only, "dictionary"},
        {words_in_schema_only, "dictionary"},
        {words_schema_released, "released"},
        {words_released, "released"},
        {words_of_words, "of its own"},
        {words_array_of_words, "of its own"},
        {words_too_few, "beyond its dictionary"},
        {words_few_buffers, "number of buffers"},
        {words_no_bytes, "a buffer is missing"},
        {words_no_offsets, "a buffer is missing"},
        {words_negative_length, "negative"},
        {negative_index, "beyond its dictionary"},
        {indices_of_text, "integers"},
    };
    static const int32_t NUMBERS[] = {1, 2};
    for (size_t i = 0; i < sizeof DAMAGES / sizeof *DAMAGES; i++) {
        struct fixture fixture;
        fixture_make(&fixture, "i", 2, 2, BUFFERS(NULL, NUMBERS));
        assert_int_equal(fixture_open(&fixture), TUOYU_OK);
        DAMAGES[i].damage(&fixture);
        assert_refused(&fixture, TUOYU_ERROR_INVALID_ARGUMENT, DAMAGES[i].part);
        fixture_free(&fixture);
    }
}

static void assert_offsets_refused(const char *format, const void *offsets, const char *part)
{
    struct fixture fixture;
    fixture_make(&fixture, format, 2, 3, BUFFERS(NULL, offsets, "abcdef"));
    assert_refused(&fixture, TUOYU_ERROR_INVALID_ARGUMENT, part);
    fixture_free(&fixture);
}

static void offsets_that_do_not_ascend(void **state)
{
    (void)state;
    assert_offsets_refused("u", (const int32_t[]){0, 3, 2}, "ascend");
    assert_offsets_refused("u", (const int32_t[]){-1, 3, 4}, "negative");
    assert_offsets_refused("u", (const int32_t[]){0, INT32_MIN, 4}, "ascend");
    assert_offsets_refused("U", (const int64_t[]){0, 3, 2}, "ascend");
    assert_offsets_refused("U", (const int64_t[]){INT64_MIN, 3, 4}, "negative");
    struct fixture fixture;
    fixture_make(&fixture, "u", 1, 3, BUFFERS(NULL, ((const int32_t[]){0, 1}), NULL));
    assert_refused(&fixture, TUOYU_ERROR_INVALID_ARGUMENT, "a buffer is missing");
    fixture_free(&fixture);
}

static void views_that_point_elsewhere(void **state)
{
    (void)state;
    static const struct {
        struct view view;
        const char *part;
    } VIEWS[] = {
        {{.length = -1}, "negative"},
        {{.length = 13, .prefix = "thir", .piece = 1}, "not there"},
        {{.length = 13, .prefix = "thir", .piece = -1}, "not there"},
        {{.length = 13, .prefix = "thir", .offset = -1}, "beyond"},
        {{.length = 13, .prefix = "hirt", .offset = 1}, "beyond"},
        {{.length = INT32_MAX, .prefix = "thir"}, "beyond"},
        {{.length = 13, .prefix = "thir", .offset = INT32_MAX}, "beyond"},
        {{.length = 13, .prefix = "four"}, "beginning"},
    };
    const int64_t sizes[] = {13}, negative[] = {-1};
    for (size_t i = 0; i < sizeof VIEWS / sizeof *VIEWS; i++) {
        static const uint8_t NO_ROW = 0;
        struct fixture fixture;
        fixture_make(&fixture, "vu", 1, 4, BUFFERS(NULL, &VIEWS[i].view, "thirteen byte", sizes));
        assert_refused(&fixture, TUOYU_ERROR_INVALID_ARGUMENT, VIEWS[i].part);
        fixture.buffers[0] = &NO_ROW; /* what a null points to does not matter */
        assert_int_equal(fixture_open(&fixture), TUOYU_OK);
        fixture_free(&fixture);
    }
    const struct view good = {.length = 13, .prefix = "thir"};
    struct fixture fixture;
    fixture_make(&fixture, "vu", 1, 4, BUFFERS(NULL, &good, "thirteen byte", negative));
    assert_refused(&fixture, TUOYU_ERROR_INVALID_ARGUMENT, "beyond");
    fixture.buffers[3] = NULL;
    assert_refused(&fixture, TUOYU_ERROR_INVALID_ARGUMENT, "sizes");
    fixture.buffers[3] = sizes;
    fixture.buffers[2] = NULL;
    assert_refused(&fixture, TUOYU_ERROR_INVALID_ARGUMENT, "not there");
    fixture.column_array.n_buffers = 2;
    assert_refused(&fixture, TUOYU_ERROR_INVALID_ARGUMENT, "too few buffers");
    fixture_free(&fixture);
}

static void a_name_that_is_not_text_is_no_name(void **state)
{
    (void)state;
    static const int32_t NUMBERS[] = {1};
    struct fixture fixture;
    fixture_make(&fixture, "i", 1, 2, BUFFERS(NULL, NUMBERS));
    fixture.column_schema.name = "\xff";
    assert_int_equal(fixture_open(&fixture), TUOYU_OK);
    assert_int_equal(fixture.column.name.length, 0);
    fixture.column_schema.name = NULL;
    assert_int_equal(fixture_open(&fixture), TUOYU_OK);
    assert_int_equal(fixture.column.name.length, 0);
    fixture_free(&fixture);
}

/* Buffers of the interface need not be aligned; here every one begins at an odd address. */
static void buffers_at_odd_addresses(void **state)
{
    (void)state;
    char bytes[41] = {0};
    const int64_t numbers[] = {1, -2};
    const int32_t offsets[] = {0, 1, 3};
    memcpy(bytes + 1, numbers, sizeof numbers);
    ASSERT_COLUMN("l", BUFFERS(NULL, bytes + 1), "1", "-2");
    ASSERT_COLUMN("d:10,1", BUFFERS(NULL, bytes + 17), "0");
    memcpy(bytes + 1, offsets, sizeof offsets);
    ASSERT_COLUMN("u", BUFFERS(NULL, bytes + 1, "abc"), "'a'", "'bc'");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(integers_of_all_widths),
        cmocka_unit_test(decimals_with_scales_and_signs),
        cmocka_unit_test(dates_of_all_units),
        cmocka_unit_test(booleans_and_nulls),
        cmocka_unit_test(texts_of_all_layouts),
        cmocka_unit_test(text_views),
        cmocka_unit_test(outer_spaces_and_controls),
        cmocka_unit_test(dictionaries),
        cmocka_unit_test(floats_by_their_shortest_text),
        cmocka_unit_test(offsets_of_parent_and_child),
        cmocka_unit_test(empty_tables_need_no_buffers),
        cmocka_unit_test(columns_without_a_copy),
        cmocka_unit_test(dictionaries_without_a_copy),
        cmocka_unit_test(types_that_are_not_read),
        cmocka_unit_test(one_field_wrong_after_another),
        cmocka_unit_test(offsets_that_do_not_ascend),
        cmocka_unit_test(views_that_point_elsewhere),
        cmocka_unit_test(a_name_that_is_not_text_is_no_name),
        cmocka_unit_test(buffers_at_odd_addresses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
