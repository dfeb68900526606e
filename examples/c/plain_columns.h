/* SPDX-License-Identifier: Apache-2.0 */
/* Plain C arrays as a table for tuoyu_batch_run(), tuoyu_tally_add_table() and so on, and back: what stands
 * between arrays and the two structs of the Arrow C data interface, without any library. C11 and C++11 alike;
 * copy it into your program.
 *
 *     struct plain_table table;
 *     plain_table_begin(&table, rows);
 *     plain_add_dates(&table, "child.birth_date", birth_dates, NULL);
 *     plain_add_decimals(&table, "institution.monthly_fee", fees_in_fen, 2, NULL);
 *     tuoyu_batch_run(batch, &table.schema, &table.array, 0, -1, NULL, &answers, diagnostics);
 *
 * Nothing is copied and nothing is allocated: arrays and names stay the caller's and must stay where they
 * are, and so must the table, which points into itself. Each function that adds a column takes a validity: a
 * bit for each row, the lowest of a byte first, 1 where there is a value and 0 where the fact is missing;
 * NULL where all rows have one. */
#ifndef PLAIN_COLUMNS_H
#define PLAIN_COLUMNS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <tuoyu/arrow_abi.h>

enum { PLAIN_COLUMNS_MOST = 64 };

struct plain_column {
    struct ArrowSchema schema;
    struct ArrowArray array;
    const void *buffers[3]; /* validity; values, or the offsets of texts; the bytes of texts */
    char format[16];
};

struct plain_table {
    struct ArrowSchema schema; /* what to hand over, with array */
    struct ArrowArray array;
    int64_t rows;
    bool is_full; /* there were more columns than PLAIN_COLUMNS_MOST: the table must not be used */
    struct plain_column columns[PLAIN_COLUMNS_MOST], words[PLAIN_COLUMNS_MOST];
    struct ArrowSchema *schemas[PLAIN_COLUMNS_MOST];
    struct ArrowArray *arrays[PLAIN_COLUMNS_MOST];
    const void *buffers[1];
};

/* ---- Out of the program ---- */

/* A struct whose release is NULL is empty, so there is one, though it has nothing to give back. */
static inline void plain_release_schema(struct ArrowSchema *schema)
{
    schema->release = NULL;
}
static inline void plain_release_array(struct ArrowArray *array)
{
    array->release = NULL;
}

static inline void plain_table_begin(struct plain_table *table, int64_t rows)
{
    memset(table, 0, sizeof *table);
    table->rows = rows;
    table->schema.format = "+s";
    table->schema.name = "";
    table->schema.children = table->schemas;
    table->schema.release = plain_release_schema;
    table->array.length = rows;
    table->array.n_buffers = 1;
    table->array.buffers = table->buffers;
    table->array.children = table->arrays;
    table->array.release = plain_release_array;
}

static inline void plain_column_fill(struct plain_column *column, const char *name, const char *format,
                                     int64_t rows, const uint8_t *validity, const void *values,
                                     const void *bytes)
{
    snprintf(column->format, sizeof column->format, "%s", format);
    column->schema.format = column->format;
    column->schema.name = name;
    column->schema.flags = ARROW_FLAG_NULLABLE;
    column->schema.release = plain_release_schema;
    column->buffers[0] = validity;
    column->buffers[1] = values;
    column->buffers[2] = bytes;
    column->array.length = rows;
    column->array.null_count = validity ? -1 : 0; /* -1: not counted */
    column->array.n_buffers = bytes ? 3 : 2;
    column->array.buffers = column->buffers;
    column->array.release = plain_release_array;
}

static inline struct plain_column *plain_add(struct plain_table *table, const char *name, const char *format,
                                             const uint8_t *validity, const void *values, const void *bytes)
{
    int64_t index = table->schema.n_children;
    table->is_full = index >= PLAIN_COLUMNS_MOST;
    if (table->is_full)
        return NULL;
    struct plain_column *column = &table->columns[index];
    plain_column_fill(column, name, format, table->rows, validity, values, bytes);
    table->schemas[index] = &column->schema;
    table->arrays[index] = &column->array;
    table->schema.n_children = table->array.n_children = index + 1;
    return column;
}

/* Whole numbers: places, months, days, and so on. */
static inline void plain_add_integers(struct plain_table *table, const char *name, const int64_t *values,
                                      const uint8_t *validity)
{
    plain_add(table, name, "l", validity, values, NULL);
}

/* Numbers with so many decimals, as integers of the last one: with 2 decimals 199999 is 1999.99. Money in fen
 * is so. */
static inline void plain_add_decimals(struct plain_table *table, const char *name, const int64_t *values,
                                      int decimals, const uint8_t *validity)
{
    char format[16];
    snprintf(format, sizeof format, "d:18,%d,64", decimals & 31);
    plain_add(table, name, format, validity, values, NULL);
}

/* Dates, in days since 1970-01-01, as tuoyu_date_from_ymd() gives them. */
static inline void plain_add_dates(struct plain_table *table, const char *name, const int32_t *days,
                                   const uint8_t *validity)
{
    plain_add(table, name, "tdD", validity, days, NULL);
}

/* Booleans, a bit each, the lowest of a byte first. */
static inline void plain_add_booleans(struct plain_table *table, const char *name, const uint8_t *bits,
                                      const uint8_t *validity)
{
    plain_add(table, name, "b", validity, bits, NULL);
}

/* Texts: that of row i is bytes[offsets[i]] up to bytes[offsets[i + 1]], so that there is one offset more
 * than rows. */
static inline void plain_add_texts(struct plain_table *table, const char *name, const int32_t *offsets,
                                   const char *bytes, const uint8_t *validity)
{
    plain_add(table, name, "u", validity, offsets, bytes);
}

/* Words, as of an enum: codes[i] is the place of the word of row i among the texts offsets and bytes, of
 * which there are count. */
static inline void plain_add_words(struct plain_table *table, const char *name, const int8_t *codes,
                                   const int32_t *offsets, const char *bytes, int64_t count,
                                   const uint8_t *validity)
{
    struct plain_column *column = plain_add(table, name, "c", validity, codes, NULL);
    if (!column)
        return;
    struct plain_column *words = &table->words[table->schema.n_children - 1];
    plain_column_fill(words, "", "u", count, NULL, offsets, bytes);
    column->schema.dictionary = &words->schema;
    column->array.dictionary = &words->array;
}

/* ---- Into the program: what came back ---- */

/* The place of a column among those that came back; -1 if there is none of that name. */
static inline int64_t plain_find(const struct ArrowSchema *schema, const char *name)
{
    for (int64_t i = 0; i < schema->n_children; i++)
        if (strcmp(schema->children[i]->name, name) == 0)
            return i;
    return -1;
}

static inline bool plain_bit(const void *bits, int64_t index)
{
    return (((const uint8_t *)bits)[index / 8] >> (index % 8)) & 1;
}

/* Whether a row of a column has a value. */
static inline bool plain_has_value(const struct ArrowArray *column, int64_t row)
{
    return !column->buffers[0] || plain_bit(column->buffers[0], row + column->offset);
}

static inline int64_t plain_integer(const struct ArrowArray *column, int64_t row)
{
    return ((const int64_t *)column->buffers[1])[row + column->offset];
}

static inline bool plain_boolean(const struct ArrowArray *column, int64_t row)
{
    return plain_bit(column->buffers[1], row + column->offset);
}

/* A text, which does not end with NUL: *length counts. */
static inline const char *plain_text(const struct ArrowArray *column, int64_t row, int *length)
{
    const int32_t *offsets = (const int32_t *)column->buffers[1] + row + column->offset;
    *length = (int)(offsets[1] - offsets[0]);
    return (const char *)column->buffers[2] + offsets[0];
}

/* A word of a column of words, such as an outcome. Likewise. */
static inline const char *plain_word(const struct ArrowArray *column, int64_t row, int *length)
{
    return plain_text(column->dictionary, ((const int8_t *)column->buffers[1])[row + column->offset], length);
}

/* One of the counted texts that metadata is made of: its length, and where the next one begins. */
static inline const char *plain_next_text(const char *at, const char **text, int32_t *length)
{
    memcpy(length, at, sizeof *length);
    *text = at + sizeof *length;
    return *text + *length;
}

/* The decimals of a column of integers (options.numbers == TUOYU_NUMBERS_INTEGER), from its metadata; 0 if it
 * does not say. */
static inline int32_t plain_decimals(const struct ArrowSchema *column)
{
    const char *at = column->metadata, *key, *value;
    int32_t pairs = 0, key_length, value_length, decimals = 0;
    if (at)
        memcpy(&pairs, at, sizeof pairs);
    if (at)
        at += sizeof pairs;
    for (; pairs > 0; pairs--) {
        at = plain_next_text(at, &key, &key_length);
        at = plain_next_text(at, &value, &value_length);
        if (key_length != 5 || memcmp(key, "scale", 5) != 0)
            continue;
        for (int32_t i = 0; i < value_length; i++)
            decimals = decimals * 10 + (value[i] - '0');
    }
    return decimals;
}

#endif
