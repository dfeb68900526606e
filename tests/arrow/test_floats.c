/* SPDX-License-Identifier: Apache-2.0 */
/* Floats as their shortest decimals, read in three ways that must agree: the text, against the C library's;
 * the integer of a scale, against the text; the kernels of each instruction set, against the integer.
 * Floats of all magnitudes, decimals of few digits, their neighbours, numbers half way between two
 * decimals; and whatever the caller has done to the processor's rounding. */
#define _GNU_SOURCE
#include <fenv.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SSE2__)
#include <xmmintrin.h>
#endif

#include "../cmocka_all.h"
#include "arrow/float_integer.h"
#include "arrow/float_text.h"
#include "machine/kernels.h"
#include "value/decimal.h"

enum { BLOCK = 257, SCALES = FLOAT_SCALE_MOST + 1 };

static uint64_t random_state = 88172645463325252u;

static uint64_t next_random(void)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return random_state * UINT64_C(2685821657736338717);
}

/* ---- Floats ---- */

static uint64_t bits_of(double value, uint8_t width)
{
    float narrow = (float)value;
    uint32_t narrow_bits;
    uint64_t bits;
    memcpy(&narrow_bits, &narrow, sizeof narrow_bits);
    memcpy(&bits, &value, sizeof bits);
    return width == 4 ? narrow_bits : bits;
}

static double value_of(uint64_t bits, uint8_t width)
{
    float narrow;
    double value;
    uint32_t narrow_bits = (uint32_t)bits;
    memcpy(&narrow, &narrow_bits, sizeof narrow);
    memcpy(&value, &bits, sizeof value);
    return width == 4 ? (double)narrow : value;
}

static uint64_t sign_of(uint8_t width)
{
    return UINT64_C(1) << (width == 4 ? 31 : 63);
}

/* The nearest float to number × 10^-scale. */
static uint64_t decimal_float(int64_t number, int32_t scale, uint8_t width)
{
    char text[64];
    snprintf(text, sizeof text, "%llde-%d", (long long)number, (int)scale);
    float narrow = strtof(text, NULL);
    return width == 4 ? bits_of((double)narrow, 4) : bits_of(strtod(text, NULL), 8);
}

static const double SPECIALS[] = {0.0,
                                  -0.0,
                                  NAN,
                                  -NAN,
                                  INFINITY,
                                  -INFINITY,
                                  5e-324,
                                  -5e-324,
                                  1.4e-45,
                                  1.17549435e-38,
                                  2.2250738585072014e-308,
                                  2.2250738585072009e-308,
                                  1.7976931348623157e308,
                                  3.4028235e38,
                                  1e22,
                                  1e23,
                                  9.5e22,
                                  9007199254740991.0,
                                  9007199254740992.0,
                                  9007199254740993.0,
                                  4503599627370495.5,
                                  4503599627370497.5,
                                  2251799813685247.75,
                                  1e15,
                                  1e15 + 0.125,
                                  9.2233720368547758e18,
                                  -9.2233720368547758e18,
                                  1.8446744073709552e19,
                                  0.1 + 0.2,
                                  1.0 / 3,
                                  2.0 / 3,
                                  0.5,
                                  0.25,
                                  0.125,
                                  5e-7,
                                  1e-18,
                                  8388607.0,
                                  8388608.0,
                                  16777216.0,
                                  83886.07,
                                  83886.08,
                                  131071.99};
enum { SPECIAL_COUNT = sizeof SPECIALS / sizeof *SPECIALS };

/* One of each family in turn; scale: what the decimals among them have. */
static uint64_t random_float(uint32_t family, int32_t scale, uint8_t width)
{
    uint64_t random = next_random(), steps = random >> 60 & 3, sign = random & sign_of(width);
    int64_t number = (int64_t)(random >> (random >> 54 & 31)) >> 11;
    switch (family % 8) {
    case 0: return width == 4 ? random >> 32 : random;
    case 1: return decimal_float(number, scale, width);
    case 2: return decimal_float(number % 1000000000, scale, width);
    case 3: return decimal_float(number % 100000, scale, width) + (random >> 40 & 1 ? steps : -steps);
    case 4:
        return decimal_float(number % 100000 * 10 + 5, scale + 1, width) +
               (random >> 40 & 1 ? steps : -steps);
    case 5: return decimal_float(number % 100000, (int32_t)(random >> 33 & 31), width) ^ sign;
    case 6: return (next_random() & ((UINT64_C(1) << (width == 4 ? 23 : 52)) - 1)) | sign; /* subnormal */
    default: return bits_of(SPECIALS[random % SPECIAL_COUNT], width) + (random >> 40 & 1 ? steps : 0);
    }
}

/* ---- Text ---- */

static uint64_t parsed(const char *text, uint8_t width)
{
    return width == 4 ? bits_of((double)strtof(text, NULL), 4) : bits_of(strtod(text, NULL), 8);
}

/* The fewest digits that read back, and of these the nearest. Not of powers of two, whose nearest decimal
 * need not be the one that reads back. */
static void text_is_the_c_librarys(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < 30000; i++) {
        uint8_t width = i & 1 ? 4 : 8;
        uint64_t bits =
            random_float(i >> 1, (int32_t)(i % SCALES), width) & (width == 4 ? UINT32_MAX : UINT64_MAX);
        double value = value_of(bits, width);
        char text[FLOAT_TEXT_SIZE], expected[64];
        size_t length = float_text(bits, width, text);
        int exponent;
        assert_int_equal(length != 0, isfinite(value));
        if (!length || fabs(frexp(value, &exponent)) == 0.5)
            continue;
        assert_int_equal(strlen(text), length);
        int digits = 0;
        while (snprintf(expected, sizeof expected, "%.*e", digits, value), parsed(expected, width) != bits)
            digits++;
        tuoyu_decimal left, right;
        assert_int_equal(decimal_parse((struct text){.bytes = text, .length = length}, &left), TUOYU_OK);
        assert_int_equal(decimal_parse(text_of(expected, TUOYU_NUL_TERMINATED), &right), TUOYU_OK);
        if (decimal_compare(left, right) != 0)
            fail_msg("%a is %s, not %s", value, expected, text);
    }
}

/* ---- Integers ---- */

/* As a cell is read by its text. */
static bool integer_of_text(uint64_t bits, uint8_t width, int32_t scale, int64_t *out)
{
    char text[FLOAT_TEXT_SIZE];
    tuoyu_decimal number;
    size_t length = float_text(bits, width, text);
    if (!length || decimal_parse((struct text){.bytes = text, .length = length}, &number) != TUOYU_OK)
        return false;
    return decimal_to_scaled_integer(number, scale, out);
}

static bool assert_integer(uint64_t bits, uint8_t width, int32_t scale)
{
    int64_t expected = 0, got = 0;
    bool is_expected = integer_of_text(bits, width, scale, &expected);
    bool is_got = float_to_scaled_integer(bits, width, scale, &got);
    if (is_got != is_expected || got != expected)
        fail_msg("%a at %d decimals: %d %lld, not %d %lld", value_of(bits, width), (int)scale, is_got,
                 (long long)got, is_expected, (long long)expected);
    return is_got;
}

static void integers_are_those_of_the_text(void **state)
{
    (void)state;
    enum { FLOATS = 150000 };
    uint32_t read = 0;
    for (uint32_t i = 0; i < FLOATS; i++) {
        int32_t scale = (int32_t)(next_random() % SCALES);
        uint8_t width = i & 1 ? 4 : 8;
        read += assert_integer(random_float(i >> 1, scale, width) & (width == 4 ? UINT32_MAX : UINT64_MAX),
                               width, scale);
    }
    assert_in_range(read, FLOATS / 4, FLOATS - FLOATS / 4);
    for (size_t i = 0; i < SPECIAL_COUNT; i++)
        for (int32_t scale = 0; scale < SCALES; scale++)
            for (uint8_t width = 4; width <= 8; width = (uint8_t)(width + 4))
                assert_integer(bits_of(SPECIALS[i], width), width, scale);
}

/* All powers of two and their neighbours: there the distance to the neighbours changes. */
static void integers_at_powers_of_two(void **state)
{
    (void)state;
    for (uint64_t field = 0; field < 2047; field++)
        for (uint64_t step = 0; step < 5; step++)
            for (int32_t scale = 0; scale < SCALES; scale += 3) {
                assert_integer((field << 52) + step - 2, 8, scale);
                if (field < 255)
                    assert_integer(((field << 23) + step - 2) & UINT32_MAX, 4, scale);
            }
}

/* Every other decimal of five digits, in both widths. */
static void decimals_of_few_digits_are_read(void **state)
{
    (void)state;
    for (int64_t number = -99999; number <= 99999; number += 2) {
        for (uint8_t width = 4; width <= 8; width = (uint8_t)(width + 4)) {
            int64_t got = 0;
            int32_t scale = (int32_t)((uint64_t)(number + 99999) % 7);
            assert_true(float_to_scaled_integer(decimal_float(number, scale, width), width, scale, &got));
            assert_int_equal(got, number);
        }
    }
}

/* ---- Kernels ---- */

struct block {
    uint64_t bits[BLOCK];
    float narrow[BLOCK];
    double wide[BLOCK];
    uint8_t known[BLOCK];
    int32_t out_32[BLOCK];
    int64_t out_64[BLOCK];
    uint8_t width;
    int32_t scale;
    bool has_unknown;
    int64_t low, high;
};

static int64_t power_of_ten_of(int32_t scale)
{
    int64_t power = 1;
    while (scale-- > 0)
        power *= 10;
    return power;
}

static void put(struct block *block, size_t row, uint64_t bits)
{
    block->bits[row] = bits & (block->width == 4 ? UINT32_MAX : UINT64_MAX);
    uint32_t narrow = (uint32_t)bits;
    if (block->width == 4)
        memcpy(&block->narrow[row], &narrow, sizeof narrow);
    else
        memcpy(&block->wide[row], &bits, sizeof bits);
}

static void make_block(struct block *block, uint8_t width, uint64_t random)
{
    int64_t most = width == 4 ? FLOAT_32_MOST : FLOAT_64_MOST;
    int32_t scale_most = width == 4 ? FLOAT_32_SCALE_MOST : FLOAT_64_SCALE_MOST;
    *block = (struct block){
        .width = width,
        .scale = (int32_t)(random % 4 ? random >> 8 & 3 : (random >> 8) % (uint64_t)(scale_most + 1)),
        .has_unknown = random >> 32 & 1};
    block->high = random >> 33 & 1 ? most : most >> (random >> 34 & 15);
    block->low = random >> 38 & 1 ? 0 : -block->high;
    for (size_t i = 0; i < BLOCK; i++) {
        block->known[i] = !block->has_unknown || next_random() % 4 != 0;
        int64_t number = (int64_t)(next_random() % (uint64_t)(block->high - block->low + 1)) + block->low;
        /* What is not known may be anything. */
        put(block, i,
            block->known[i] ? decimal_float(number, block->scale, width)
                            : random_float((uint32_t)i, block->scale, width));
    }
}

/* The kernel's own word that it has read all rows. */
static bool load(struct block *block, const struct kernel_set *kernels, uint8_t lane)
{
    memset(block->out_32, 0x55, sizeof block->out_32);
    memset(block->out_64, 0x55, sizeof block->out_64);
    struct kernel_call call = {.out = lane == LANE_32 ? (void *)block->out_32 : (void *)block->out_64,
                               .a = block->width == 4 ? (const void *)block->narrow
                                                      : (const void *)block->wide,
                               .known_a = block->has_unknown ? block->known : NULL,
                               .rows = BLOCK,
                               .x = block->low,
                               .y = block->high,
                               .power = (uint64_t)power_of_ten_of(block->scale)};
    return !kernels->loads[block->width == 4 ? LOAD_F32 : LOAD_F64][lane](&call);
}

/* Whether the kernel was sure; then each row is as exact integers have it, and within. */
static bool assert_load(struct block *block, enum instruction_set set, uint8_t lane)
{
    if (!load(block, kernels_for(set), lane))
        return false;
    for (size_t i = 0; i < BLOCK; i++) {
        int64_t expected = block->low, got = lane == LANE_32 ? block->out_32[i] : block->out_64[i];
        bool is_read = !block->known[i] ||
                       float_to_scaled_integer(block->bits[i], block->width, block->scale, &expected);
        if (!is_read || got != expected || got < block->low || got > block->high)
            fail_msg("row %zu, %a at %d decimals: %lld, not %lld; instructions %d", i,
                     value_of(block->bits[i], block->width), (int)block->scale, (long long)got,
                     (long long)expected, (int)set);
    }
    return true;
}

static uint8_t lane_of(const struct block *block, uint64_t random)
{
    return block->high <= INT32_MAX && random & 1 ? LANE_32 : LANE_64;
}

static void kernels_read_decimals(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < 1500; i++) {
        static struct block block;
        make_block(&block, i & 1 ? 4 : 8, next_random());
        uint8_t lane = lane_of(&block, next_random());
        for (int set = INSTRUCTIONS_BASELINE; set <= INSTRUCTIONS_AVX512; set++)
            assert_true(assert_load(&block, (enum instruction_set)set, lane));
    }
}

/* One row that is none: the kernel says so exactly where exact integers do, or is not sure of what they
 * read. */
static void kernels_leave_what_is_no_decimal(void **state)
{
    (void)state;
    uint32_t left = 0;
    for (uint32_t i = 0; i < 8000; i++) {
        static struct block block;
        size_t row = next_random() % BLOCK;
        int64_t number;
        if (i % 50 == 0)
            make_block(&block, i / 50 & 1 ? 4 : 8, next_random());
        uint64_t kept = block.bits[row];
        if (!block.known[row])
            continue;
        put(&block, row, random_float(i, block.scale, block.width));
        bool is_read = float_to_scaled_integer(block.bits[row], block.width, block.scale, &number) &&
                       number >= block.low && number <= block.high;
        for (int set = INSTRUCTIONS_BASELINE; set <= INSTRUCTIONS_AVX512; set++) {
            bool is_sure = assert_load(&block, (enum instruction_set)set, lane_of(&block, i));
            if (is_sure != is_read)
                fail_msg("%a at %d decimals, instructions %d", value_of(block.bits[row], block.width),
                         (int)block.scale, set);
        }
        left += !is_read;
        put(&block, row, kept);
    }
    assert_true(left > 2000);
}

/* ---- What a caller may have set ---- */

/* Blocks of one float each: where a kernel is sure of one, exact integers read it, too. The neighbours of
 * decimals are those that a division which is not rounded to the nearest could take for them. */
static void assert_right_or_left(const char *what)
{
    static struct block block;
    for (uint32_t i = 0; i < 4000; i++) {
        uint8_t width = i & 1 ? 4 : 8;
        int64_t decimal = (int64_t)(next_random() % 20000) - 10000;
        uint64_t bits = random_float(6, 2, width);
        if (i & 2)
            bits = decimal_float(decimal, 2, width) + i % 3 - (uint64_t)1;
        int64_t number;
        block = (struct block){.width = width, .scale = 2, .low = -10000, .high = 10000};
        memset(block.known, 1, sizeof block.known);
        for (size_t row = 0; row < BLOCK; row++)
            put(&block, row, bits);
        bool is_read = float_to_scaled_integer(block.bits[0], width, 2, &number);
        for (int set = INSTRUCTIONS_BASELINE; set <= INSTRUCTIONS_AVX512; set++) {
            bool is_sure = load(&block, kernels_for((enum instruction_set)set), LANE_32);
            if (is_sure && (!is_read || block.out_32[BLOCK - 1] != number))
                fail_msg("%s: %a is read as %d", what, value_of(block.bits[0], width),
                         block.out_32[BLOCK - 1]);
        }
    }
}

static void any_direction_of_rounding(void **state)
{
    (void)state;
    static const int MODES[] = {FE_TONEAREST, FE_UPWARD, FE_DOWNWARD, FE_TOWARDZERO};
    for (size_t i = 0; i < sizeof MODES / sizeof *MODES; i++) {
        assert_int_equal(fesetround(MODES[i]), 0);
        assert_right_or_left("a direction of rounding");
        fesetround(FE_TONEAREST);
    }
#if defined(__SSE2__)
    unsigned kept = _mm_getcsr();
    for (unsigned mode = 0; mode < 4; mode++) { /* of vectors alone, which fegetround() does not see */
        _mm_setcsr((kept & ~0x6000u) | mode << 13);
        assert_right_or_left("a direction of rounding of vectors");
        _mm_setcsr(kept);
    }
    _mm_setcsr(kept | 0x8040u); /* subnormal numbers are 0, as some libraries set it for speed */
    assert_right_or_left("subnormal numbers as 0");
    _mm_setcsr(kept);
#endif
}

/* A caller that wants a signal for overflow, division by zero or what is no number gets none from here. */
static void no_exception_but_inexact(void **state)
{
    (void)state;
    static struct block block;
    for (uint32_t i = 0; i < 4000; i++) {
        uint8_t width = i & 1 ? 4 : 8;
        block = (struct block){.width = width,
                               .scale = (int32_t)(i % (width == 4 ? FLOAT_32_SCALE_MOST + 1 : SCALES)),
                               .low = -1000,
                               .high = 100000};
        for (size_t row = 0; row < BLOCK; row++)
            put(&block, row, random_float((uint32_t)row, block.scale, width));
        for (int set = INSTRUCTIONS_BASELINE; set <= INSTRUCTIONS_AVX512; set++) {
            feclearexcept(FE_ALL_EXCEPT);
            load(&block, kernels_for((enum instruction_set)set), LANE_64);
            assert_int_equal(fetestexcept(FE_ALL_EXCEPT & ~FE_INEXACT), 0);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_the_c_librarys),    cmocka_unit_test(integers_are_those_of_the_text),
        cmocka_unit_test(integers_at_powers_of_two), cmocka_unit_test(decimals_of_few_digits_are_read),
        cmocka_unit_test(kernels_read_decimals),     cmocka_unit_test(kernels_leave_what_is_no_decimal),
        cmocka_unit_test(any_direction_of_rounding), cmocka_unit_test(no_exception_but_inexact),
    };
    return cmocka_run_group_tests_name("floats", tests, NULL, NULL);
}
