/* SPDX-License-Identifier: Apache-2.0 */
/* Turns bytes of 0 and 1 into bits of bitmaps and back, and counts bits. */
#ifndef TUOYU_MACHINE_BITMAP_H
#define TUOYU_MACHINE_BITMAP_H

#include <string.h>

#include "machine/column.h"

/* Eight bytes of 0 and 1 as one byte of bits: the multiplication moves each of them to its place in the
 * highest byte. */
static inline uint8_t bitmap_gather(const uint8_t bytes[8])
{
    uint64_t word = 0;
    for (unsigned i = 0; i < 8; i++)
        word |= (uint64_t)bytes[i] << 8 * i;
    return (uint8_t)(word * UINT64_C(0x0102040810204080) >> 56);
}

/* Sets the bits from `first` on where bytes are 1 (NULL: everywhere), or, if is_inverted, where they are 0.
 * The bits must be clear before. */
static inline void bitmap_write(uint8_t *bits, int64_t first, const uint8_t *bytes, bool is_inverted,
                                size_t rows)
{
    size_t at = 0;
    if (first % 8 == 0) {
        uint8_t *to = bits + first / 8;
        at = rows / 8 * 8;
        if (!bytes)
            memset(to, 0xff, rows / 8);
        for (size_t i = 0; bytes && i < rows / 8; i++)
            to[i] = bitmap_gather(bytes + 8 * i) ^ (is_inverted ? 0xff : 0);
    }
    for (; at < rows; at++)
        if (!bytes || bytes[at] != is_inverted)
            bitmap_set(bits, first + (int64_t)at);
}

/* A byte of bits as eight bytes of 0 and 1. */
static inline uint64_t bitmap_spread(uint8_t bits)
{
    uint64_t apart = (uint64_t)bits * UINT64_C(0x0101010101010101) & UINT64_C(0x8040201008040201);
    return (apart + UINT64_C(0x7f7f7f7f7f7f7f7f)) >> 7 & UINT64_C(0x0101010101010101);
}

/* Reads bits from `first` on into bytes of 0 and 1. false: all of them are 1. */
static inline bool bitmap_read(const uint8_t *bits, int64_t first, size_t rows, uint8_t *bytes)
{
    uint64_t all = UINT64_C(0x0101010101010101);
    size_t at = 0;
    const uint8_t *from = bits + first / 8;
    const unsigned shift = (unsigned)(first % 8);
    for (; at + 8 <= rows; at += 8, from++) {
        uint64_t spread =
            bitmap_spread((uint8_t)(shift ? from[0] >> shift | from[1] << (8 - shift) : from[0]));
        memcpy(bytes + at, &spread, sizeof spread);
        all &= spread;
    }
    for (; at < rows; at++) {
        bytes[at] = (uint8_t)bitmap_get(bits, first + (int64_t)at);
        all &= bytes[at] | UINT64_C(0x0101010101010100);
    }
    return all != UINT64_C(0x0101010101010101);
}

/* How many of the first `rows` bits are set. Bits after them in the last byte must be clear. */
static inline int64_t bitmap_count(const uint8_t *bits, int64_t rows)
{
    int64_t count = 0, bytes = (rows + 7) / 8, at = 0;
    for (; at + 8 <= bytes; at += 8) { /* pairs, then fours, then bytes are added up side by side */
        uint64_t word;
        memcpy(&word, bits + at, sizeof word);
        word -= word >> 1 & UINT64_C(0x5555555555555555);
        word = (word & UINT64_C(0x3333333333333333)) + (word >> 2 & UINT64_C(0x3333333333333333));
        word = (word + (word >> 4)) & UINT64_C(0x0f0f0f0f0f0f0f0f);
        count += (int64_t)(word * UINT64_C(0x0101010101010101) >> 56);
    }
    for (; at < bytes; at++)
        for (unsigned i = 0; i < 8; i++)
            count += bits[at] >> i & 1;
    return count;
}

#endif
