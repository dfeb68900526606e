/* SPDX-License-Identifier: Apache-2.0 */
/* Bits and bytes against each other, bit by bit: every place in a byte to begin at, few rows and many, all
 * set and not. */
#include "../cmocka_all.h"

#include <stdlib.h>
#include <string.h>

#include "machine/bitmap.h"

enum { BITS = 256, GUARD = 0xa5 };

static void fill(uint8_t *bits, size_t bytes, int kind)
{
    for (size_t i = 0; i < bytes; i++)
        bits[i] = (uint8_t)(kind == 0 ? 0 : kind == 1 ? 0xff : rand());
}

static void reading_is_as_bit_by_bit(void **state)
{
    (void)state;
    for (int kind = 0; kind < 20; kind++) {
        uint8_t bits[BITS / 8];
        fill(bits, sizeof bits, kind);
        if (kind % 4 == 3)
            memset(bits + 1, 0xff, sizeof bits - 2);
        for (int64_t first = 0; first < 20; first++) {
            for (size_t rows = 0; rows + (size_t)first <= BITS; rows++) {
                uint8_t bytes[BITS + 1];
                bool all = true;
                memset(bytes, GUARD, sizeof bytes);
                bool said = !bitmap_read(bits, first, rows, bytes);
                for (size_t i = 0; i < rows; i++) {
                    assert_int_equal(bytes[i], bitmap_get(bits, first + (int64_t)i));
                    all &= bytes[i] == 1;
                }
                assert_int_equal(said, all);
                assert_int_equal(bytes[rows], GUARD);
            }
        }
    }
}

/* The last byte is the last of the memory: what stands behind it may not be read. */
static void reading_ends_with_the_rows(void **state)
{
    (void)state;
    for (size_t rows = 1; rows < 64; rows++) {
        uint8_t *bits = malloc((rows + 7) / 8), bytes[64];
        assert_non_null(bits);
        memset(bits, 0xff, (rows + 7) / 8);
        assert_false(bitmap_read(bits, 0, rows, bytes));
        free(bits);
    }
}

static void writing_is_the_other_way(void **state)
{
    (void)state;
    for (int64_t first = 0; first < 20; first++) {
        for (size_t rows = 0; rows + (size_t)first <= BITS; rows += 1 + rows / 7) {
            uint8_t bytes[BITS], back[BITS], bits[BITS / 8] = {0};
            int64_t count = 0;
            for (size_t i = 0; i < rows; i++)
                count += bytes[i] = (uint8_t)(rand() & 1);
            bitmap_write(bits, first, bytes, false, rows);
            bitmap_read(bits, first, rows, back);
            assert_memory_equal(back, bytes, rows);
            assert_int_equal(bitmap_count(bits, BITS), count);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(reading_is_as_bit_by_bit),
                                       cmocka_unit_test(reading_ends_with_the_rows),
                                       cmocka_unit_test(writing_is_the_other_way)};
    srand(20240101);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
