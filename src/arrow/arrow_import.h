/* SPDX-License-Identifier: Apache-2.0 */
/* Tables that come in as Arrow structs. Nothing in them is trusted: lengths, offsets, counts, pointers and
 * types are checked before use, and an ill-formed struct is refused. Nothing is copied: a column points into
 * the buffers of the array, which must live as long. The interface does not tell how long a buffer is, so
 * that cannot be checked. */
#ifndef TUOYU_ARROW_ARROW_IMPORT_H
#define TUOYU_ARROW_ARROW_IMPORT_H

#include "arrow/arrow_type.h"
#include "base/diagnostics.h"

/* A table: a borrowed struct array and its schema. */
struct arrow_table {
    const struct ArrowSchema *schema;
    const struct ArrowArray *array;
    int64_t length; /* rows */
    int64_t column_count;
};

/* Checks the structs of a table. array is NULL if only the schema will be looked at. TUOYU_OK, or
 * TUOYU_ERROR_INVALID_ARGUMENT, which is reported. */
tuoyu_status arrow_table_open(struct arrow_table *table, const struct ArrowSchema *schema,
                              const struct ArrowArray *array, tuoyu_diagnostics *diagnostics);
/* The column's name; empty if it has none or one that is not UTF-8. */
struct text arrow_table_column_name(const struct arrow_table *table, int64_t index);

/* The buffers of one array. Row i of the table is number first + i in them. */
struct arrow_values {
    struct arrow_type type;
    int64_t first, length;
    const unsigned char *validity;      /* NULL if all rows are valid */
    const unsigned char *data;          /* bits, values, views, or bytes of texts */
    const unsigned char *offsets;       /* ARROW_TEXT */
    const unsigned char *const *pieces; /* ARROW_TEXT_VIEW: the buffers of long texts */
    const unsigned char *piece_sizes;   /* the size of each, in 8 bytes, not aligned */
    int64_t piece_count;
};

/* A column of an open table. */
struct arrow_column {
    struct text name;
    struct arrow_type type; /* type of the cells; of a dictionary, that of its words */
    bool is_dictionary;
    struct arrow_values values; /* the values; of a dictionary, the indices of words */
    struct arrow_values words;  /* the dictionary's words */
};

/* The type of a column's cells; ARROW_OTHER if the column cannot be read. The table must be open. */
struct arrow_type arrow_table_column_type(const struct arrow_table *table, int64_t index);
/* The column's type as a person knows it, such as "int64"; in the buffer or static. */
const char *arrow_table_column_type_name(const struct arrow_table *table, int64_t index,
                                         char name[ARROW_TYPE_NAME_SIZE]);
/* What to do about a column that cannot be read, or empty. */
struct text arrow_table_column_advice(const struct arrow_table *table, int64_t index);

/* Checks the column's structs and takes its buffers. TUOYU_OK; TUOYU_ERROR_FACT_TYPE for a type that is not
 * read, TUOYU_ERROR_INVALID_ARGUMENT if a struct is ill-formed. Both are reported. */
tuoyu_status arrow_column_open(const struct arrow_table *table, int64_t index, struct arrow_column *column,
                               tuoyu_diagnostics *diagnostics);
/* Checks what the rows first … first + count - 1, which must be in the table, point to; afterwards they may
 * be read. TUOYU_OK, or TUOYU_ERROR_INVALID_ARGUMENT, which is reported. */
tuoyu_status arrow_column_check(const struct arrow_column *column, int64_t first, int64_t count,
                                tuoyu_diagnostics *diagnostics);

/* ---- Between this room's files ---- */

/* The bit of that index; bits are counted from the lowest of each byte. True if it is 1. */
static inline bool arrow_bit(const unsigned char *bits, int64_t index)
{
    return bits[index >> 3] >> (index & 7) & 1;
}
/* Reports that a column, or the table if name is empty, is ill-formed. Returns
 * TUOYU_ERROR_INVALID_ARGUMENT. */
tuoyu_status arrow_ill_formed(struct text name, const char *what, tuoyu_diagnostics *diagnostics);
/* What is wrong with the texts of these rows, or NULL. */
const char *arrow_values_problem(const struct arrow_values *values, int64_t first, int64_t count);

/* ---- Cells ---- */

enum arrow_cell_kind {
    ARROW_CELL_NULL,
    ARROW_CELL_BOOLEAN,
    ARROW_CELL_NUMBER,
    ARROW_CELL_DATE,
    ARROW_CELL_TEXT,
    ARROW_CELL_BAD
};

/* What one row of a column holds; only the fields of its kind are set. */
struct arrow_cell {
    enum arrow_cell_kind kind;
    bool boolean;
    int32_t date; /* days since 1970-01-01, in the years 0001 to 9999 */
    tuoyu_decimal number;
    struct text text;    /* not copied, without outer white space. ARROW_CELL_TEXT: plain text;
                            ARROW_CELL_BAD: a text that is not plain, or bytes NULL */
    tuoyu_status code;   /* ARROW_CELL_BAD: the error */
    const char *problem; /* ARROW_CELL_BAD: "is not a finite number", which follows the column's name */
};

/* The index of a row's word in the dictionary; -1 if the row is null or the column has no dictionary. The row
 * must have been checked. */
int64_t arrow_column_code(const struct arrow_column *column, int64_t row);
/* Stores the bits of a float, of column->type.width bytes. Returns false if the row is null or the column has
 * no floats. The row must have been checked. */
bool arrow_column_float(const struct arrow_column *column, int64_t row, uint64_t *bits);
/* What a row of the column holds. The row must have been checked. */
struct arrow_cell arrow_column_cell(const struct arrow_column *column, int64_t row);

#endif
