/* SPDX-License-Identifier: Apache-2.0 */
#include "fact_rows.h"

#include <stdlib.h>
#include <string.h>

static const size_t WIDTHS[] = {
    [FACT_BOOLEAN] = 0, [FACT_INTEGER] = 2, [FACT_MONEY] = 4, [FACT_DATE] = 4, [FACT_WORD] = 1};

static uint32_t next(uint64_t *state, uint32_t bound)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)((*state >> 32) * bound >> 32);
}

static bool bit(const uint8_t *bits, size_t row)
{
    return bits[row / 8] >> (row % 8) & 1;
}
static void set_bit(uint8_t *bits, size_t row)
{
    bits[row / 8] |= (uint8_t)(1u << (row % 8));
}

static bool allocate(struct fact_rows *rows, size_t column)
{
    const size_t bits = rows->rows / 8 + 8, width = WIDTHS[rows->recipes[column].kind];
    rows->validity[column] = calloc(bits, 1);
    rows->values[column] = width ? calloc(rows->rows + 8, width) : calloc(bits, 1);
    return rows->validity[column] && rows->values[column];
}

static void put(struct fact_rows *rows, size_t column, size_t row, int32_t value)
{
    void *values = rows->values[column];
    switch (rows->recipes[column].kind) {
    case FACT_BOOLEAN:
        if (value)
            set_bit(values, row);
        break;
    case FACT_INTEGER: ((int16_t *)values)[row] = (int16_t)value; break;
    case FACT_MONEY:
    case FACT_DATE: ((int32_t *)values)[row] = value; break;
    case FACT_WORD: ((int8_t *)values)[row] = (int8_t)value; break;
    }
}

static void fill(struct fact_rows *rows, uint32_t missing, uint64_t seed)
{
    uint64_t state = seed;
    for (size_t row = 0; row < rows->rows; row++) {
        const bool lacks = next(&state, 1000) < missing;
        for (size_t column = 0; column < rows->recipe_count; column++) {
            const struct fact_recipe *recipe = &rows->recipes[column];
            const bool is_missing = next(&state, 1000) < recipe->missing || (lacks && recipe->is_of_some);
            int32_t value =
                recipe->kind == FACT_BOOLEAN
                    ? (int32_t)next(&state, 1000) < recipe->low
                    : recipe->low + (int32_t)next(&state, (uint32_t)(recipe->high - recipe->low + 1));
            if (is_missing)
                continue;
            put(rows, column, row, value);
            set_bit(rows->validity[column], row);
        }
    }
}

static void add_words(struct fact_rows *rows, size_t column)
{
    const struct fact_recipe *recipe = &rows->recipes[column];
    int32_t *ends = rows->word_ends[column];
    const size_t count = (size_t)recipe->high + 1;
    for (size_t i = 0; i < count; i++) {
        const size_t length = strlen(recipe->words[i]);
        memcpy(rows->words[column] + ends[i], recipe->words[i], length);
        ends[i + 1] = ends[i] + (int32_t)length;
    }
    bench_table_add_words(&rows->table, recipe->name, rows->validity[column], rows->values[column], ends,
                          count, rows->words[column]);
}

static void add_columns(struct fact_rows *rows)
{
    static const char *const FORMATS[] = {
        [FACT_BOOLEAN] = "b", [FACT_INTEGER] = "s", [FACT_MONEY] = "d:9,2,32", [FACT_DATE] = "tdD"};
    bench_table_init(&rows->table, rows->rows);
    for (size_t i = 0; i < rows->recipe_count; i++) {
        const struct fact_recipe *recipe = &rows->recipes[i];
        if (recipe->kind == FACT_WORD)
            add_words(rows, i);
        else
            bench_table_add(&rows->table, recipe->name, FORMATS[recipe->kind], rows->validity[i],
                            rows->values[i]);
    }
}

bool fact_rows_make(struct fact_rows *rows, const struct fact_recipe *recipes, size_t recipe_count,
                    size_t row_count, uint32_t missing, uint64_t seed)
{
    memset(rows, 0, sizeof *rows);
    rows->recipes = recipes;
    rows->recipe_count = recipe_count;
    rows->rows = row_count;
    for (size_t i = 0; i < recipe_count; i++)
        if (!allocate(rows, i))
            return false;
    fill(rows, missing, seed);
    add_columns(rows);
    return true;
}

void fact_rows_free(struct fact_rows *rows)
{
    for (size_t i = 0; i < rows->recipe_count; i++) {
        free(rows->values[i]);
        free(rows->validity[i]);
    }
}

static tuoyu_status set_fact(const struct fact_rows *rows, size_t column, size_t row, tuoyu_case *facts)
{
    const struct fact_recipe *recipe = &rows->recipes[column];
    const void *values = rows->values[column];
    tuoyu_decimal number;
    switch (recipe->kind) {
    case FACT_BOOLEAN:
        return tuoyu_case_set_boolean(facts, recipe->name, TUOYU_NUL_TERMINATED, bit(values, row), NULL);
    case FACT_DATE:
        return tuoyu_case_set_date(facts, recipe->name, TUOYU_NUL_TERMINATED, ((const int32_t *)values)[row],
                                   NULL);
    case FACT_WORD:
        return tuoyu_case_set_text(facts, recipe->name, TUOYU_NUL_TERMINATED,
                                   recipe->words[((const int8_t *)values)[row]], TUOYU_NUL_TERMINATED, NULL);
    case FACT_INTEGER: tuoyu_decimal_from_int64(((const int16_t *)values)[row], 0, &number); break;
    case FACT_MONEY: tuoyu_decimal_from_int64(((const int32_t *)values)[row], 2, &number); break;
    }
    return tuoyu_case_set_decimal(facts, recipe->name, TUOYU_NUL_TERMINATED, &number, NULL);
}

tuoyu_status fact_rows_set(const struct fact_rows *rows, size_t row, tuoyu_case *facts)
{
    for (size_t column = 0; column < rows->recipe_count; column++) {
        if (!bit(rows->validity[column], row))
            continue;
        const tuoyu_status status = set_fact(rows, column, row, facts);
        if (status != TUOYU_OK)
            return status;
    }
    return TUOYU_OK;
}
