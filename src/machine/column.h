/* SPDX-License-Identifier: Apache-2.0 */
/* A column: one fact over many rows. Values are in an array, and bitmaps say for which rows they count. All
 * bitmaps are Arrow's: bit i % 8 of byte i / 8, lowest first. In a column a number is in its declared unit
 * (percent: 80), while the machine computes with the quantity (0.8); reading changes only the scale, which
 * costs nothing. */
#ifndef TUOYU_MACHINE_COLUMN_H
#define TUOYU_MACHINE_COLUMN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

enum column_type {
    COLUMN_BOOLEAN, /* width 0: one bit a row, as Arrow; width 1: a byte a row, 0 is false, all else is true
                     */
    COLUMN_NUMBER,  /* an integer n that stands for n × 10^-scale; width 1, 2, 4, 8, and 16 (Arrow's
                       decimal128: two's  complement, low half first) */
    COLUMN_DATE,    /* days since 1970-01-01; width 4 or 8 */
    COLUMN_CODE,    /* an index into the dictionary; width 1, 2, 4, 8 */
    COLUMN_CELLS    /* cells that a function reads one by one */
};

/* The form in which a fact needs the value of a cell. */
enum cell_kind { CELL_NUMBER, CELL_BOOLEAN, CELL_DATE, CELL_CODE };
struct cell_target {
    enum cell_kind kind;
    int32_t scale;            /* CELL_NUMBER: in the declared unit */
    const struct text *texts; /* CELL_CODE: the text of each code */
    uint32_t text_count;
};
/* How reading a cell ended. CELL_KNOWN: *out has the value. CELL_NONE: it is given as null. CELL_OTHER: it
 * has no plain value of the kind: it may be wrong, or be written in another way, so the row falls back. */
enum cell_reading { CELL_KNOWN, CELL_MISSING, CELL_NONE, CELL_OTHER };
typedef enum cell_reading (*cell_reader)(const void *context, const struct cell_target *target, int64_t row,
                                         int64_t *out);

/* The column owns nothing; what it points to must stay unchanged while its rows are run. */
struct column {
    uint8_t type;       /* enum column_type */
    uint8_t width;      /* bytes a value, as above */
    bool is_unsigned;   /* integers of COLUMN_NUMBER and COLUMN_CODE */
    int32_t scale;      /* COLUMN_NUMBER: decimals, -38 to 38 */
    const void *values; /* aligned to width (16: to 8); the first of them is row -offset */
    const uint8_t
        *validity; /* bit set: the row has a value; clear: the fact is missing. NULL: all rows have values */
    const uint8_t *none; /* bit set: the fact is given as null, for nullable facts; NULL: in no row */
    int64_t offset;      /* values and bits before the first row, as Arrow has it; 0 or more */
    int64_t length;      /* rows */
    const struct text *dictionary; /* COLUMN_CODE: each text once */
    uint32_t dictionary_count;
    cell_reader read; /* COLUMN_CELLS: reads a row; row 0 is the first. `values` is then NULL, or has the same
                         cells as binary floats (width 4 or 8, with validity), which kernels may read instead
                         where they are sure of the result */
    const void *context; /* COLUMN_CELLS: passed to read */
};

/* True if the bit is 1. Bits count from the lowest of the first byte, as in Arrow. */
static inline bool bitmap_get(const uint8_t *bits, int64_t index)
{
    return bits[index / 8] >> (index % 8) & 1;
}

/* Sets the bit to 1. */
static inline void bitmap_set(uint8_t *bits, int64_t index)
{
    bits[index / 8] |= (uint8_t)(1u << (index % 8));
}

/* Sets the bit to 0. */
static inline void bitmap_clear(uint8_t *bits, int64_t index)
{
    bits[index / 8] &= (uint8_t) ~(1u << (index % 8));
}

#endif
