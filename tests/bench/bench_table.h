/* SPDX-License-Identifier: Apache-2.0 */
/* A table by the Arrow C data interface over columns that the caller has. Nothing is copied or owned. */
#ifndef TUOYU_BENCH_TABLE_H
#define TUOYU_BENCH_TABLE_H

#include <stddef.h>
#include <tuoyu/arrow_abi.h>

enum { BENCH_TABLE_COLUMNS = 32 };

struct bench_column {
    struct ArrowSchema schema, words_schema;
    struct ArrowArray array, words_array;
    const void *buffers[2], *words_buffers[3];
};

struct bench_table {
    struct ArrowSchema schema;
    struct ArrowArray array;
    struct ArrowSchema *schemas[BENCH_TABLE_COLUMNS];
    struct ArrowArray *arrays[BENCH_TABLE_COLUMNS];
    const void *buffers[1];
    struct bench_column columns[BENCH_TABLE_COLUMNS];
};

/* The table must not be moved afterwards. */
void bench_table_init(struct bench_table *table, size_t rows);
/* format as Arrow's: "s" for int16, "b" for bits. validity: a bit a row; NULL: all are there. */
void bench_table_add(struct bench_table *table, const char *name, const char *format, const void *validity,
                     const void *values);
/* A dictionary: codes of 8 bits into words, whose ends are offsets[0 …] in one text after another. */
void bench_table_add_words(struct bench_table *table, const char *name, const void *validity,
                           const void *codes, const int32_t *offsets, size_t word_count, const char *text);

#endif
