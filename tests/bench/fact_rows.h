/* SPDX-License-Identifier: Apache-2.0 */
/* Random rows of facts, the same from the same seed: as an Arrow table, and row by row as cases. */
#ifndef TUOYU_BENCH_FACT_ROWS_H
#define TUOYU_BENCH_FACT_ROWS_H

#include <stdbool.h>
#include <tuoyu/tuoyu.h>

#include "bench_table.h"

enum fact_kind { FACT_BOOLEAN, FACT_INTEGER, FACT_MONEY, FACT_DATE, FACT_WORD };

struct fact_recipe {
    const char *name;
    enum fact_kind kind;
    int32_t low,
        high; /* both included; money in fen, a date in days since 1970-01-01; of a boolean per mille true */
    const char *const *words; /* of a word: high + 1 of them */
    uint32_t missing;         /* per mille */
    bool is_of_some;          /* missing, too, in the rows that lack all facts of this sort */
};

/* A column of 8 bits (words), 16 (integers), 32 (money, dates), or a bit a row. */
struct fact_rows {
    const struct fact_recipe *recipes;
    size_t recipe_count, rows;
    void *values[BENCH_TABLE_COLUMNS];
    uint8_t *validity[BENCH_TABLE_COLUMNS];
    int32_t word_ends[BENCH_TABLE_COLUMNS][16];
    char words[BENCH_TABLE_COLUMNS][512];
    struct bench_table table;
};

/* missing: per mille of the rows that lack what is of some. false without memory. */
bool fact_rows_make(struct fact_rows *rows, const struct fact_recipe *recipes, size_t recipe_count,
                    size_t row_count, uint32_t missing, uint64_t seed);
void fact_rows_free(struct fact_rows *rows);
/* Sets the facts of a row; what is missing is not set. */
tuoyu_status fact_rows_set(const struct fact_rows *rows, size_t row, tuoyu_case *facts);

#endif
