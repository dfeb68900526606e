/* SPDX-License-Identifier: Apache-2.0 */
/* Tables that come in as Arrow structs. Nothing in them is trusted: lengths, offsets, counts, pointers and
 * types are checked before use, and a struct that is ill-formed is refused. Nothing is copied: a column
 * points into the buffers of the array, which must live as long. What the interface does not tell, how long a
 * buffer is, cannot be checked. */
#ifndef TUOYU_ARROW_ARROW_IMPORT_H
#define TUOYU_ARROW_ARROW_IMPORT_H

#include "arrow/arrow_type.h"
#include "base/diagnostics.h"

/* A struct array and its schema, borrowed: a table of columns by name. */
struct arrow_table {
    const struct ArrowSchema *schema;
    const struct ArrowArray *array;
    int64_t length; /* rows */
    int64_t column_count;
};

/* Schema alone: array NULL, for what does not look at values. TUOYU_OK or TUOYU_ERROR_INVALID_ARGUMENT,
 * reported. */
tuoyu_status arrow_table_open(struct arrow_table *table, const struct ArrowSchema *schema,
                              const struct ArrowArray *array, tuoyu_diagnostics *diagnostics);
/* The name; empty where it has none or one that is not UTF-8. */
struct text arrow_table_column_name(const struct arrow_table *table, int64_t index);

/* One layout's buffers. Row i of the column is at first + i in them. */
struct arrow_values {
    struct arrow_type type;
    int64_t first, length;
    const unsigned char *validity;      /* NULL: every one is valid */
    const unsigned char *data;          /* bits, values, views, or the bytes of texts */
    const unsigned char *offsets;       /* ARROW_TEXT */
    const unsigned char *const *pieces; /* ARROW_TEXT_VIEW: the buffers of long texts, and how long each is */
    const unsigned char *piece_sizes;
    int64_t piece_count;
};

struct arrow_column {
    struct text name;
    struct arrow_type type; /* of what its cells hold */
    bool is_dictionary;
    struct arrow_values values; /* where it is a dictionary: indices of words */
    struct arrow_values words;
};

/* The type of a column's cells; ARROW_OTHER if the column cannot be read. Of an open table. */
struct arrow_type arrow_table_column_type(const struct arrow_table *table, int64_t index);
/* How a person knows a column's type. */
const char *arrow_table_column_type_name(const struct arrow_table *table, int64_t index,
                                         char name[ARROW_TYPE_NAME_SIZE]);
/* What to do where a column cannot be read, or empty. */
struct text arrow_table_column_advice(const struct arrow_table *table, int64_t index);

/* Checks the column's struct and takes its buffers. TUOYU_OK; TUOYU_ERROR_FACT_TYPE for a type that is not
 * read, TUOYU_ERROR_INVALID_ARGUMENT if it is ill-formed, reported. */
tuoyu_status arrow_column_open(const struct arrow_table *table, int64_t index, struct arrow_column *column,
                               tuoyu_diagnostics *diagnostics);
/* Checks what the rows first … first + count - 1 point to, so that they can be read; they must be in the
 * table. TUOYU_OK or TUOYU_ERROR_INVALID_ARGUMENT, reported. */
tuoyu_status arrow_column_check(const struct arrow_column *column, int64_t first, int64_t count,
                                tuoyu_diagnostics *diagnostics);

/* ---- Between this room's files ---- */

static inline bool arrow_bit(const unsigned char *bits, int64_t index)
{
    return bits[index >> 3] >> (index & 7) & 1;
}
tuoyu_status arrow_ill_formed(struct text name, const char *what, tuoyu_diagnostics *diagnostics);
/* What is wrong with the texts of those rows, or NULL. */
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

struct arrow_cell {
    enum arrow_cell_kind kind;
    bool boolean;
    int32_t date; /* in the years 0001 to 9999 */
    tuoyu_decimal number;
    struct text text;    /* without outer white space, in the array's buffer. ARROW_CELL_TEXT: it is plain;
                            ARROW_CELL_BAD: the text that is not, or bytes NULL */
    tuoyu_status code;   /* ARROW_CELL_BAD: why the value is none … */
    const char *problem; /* … as what follows the column's name: "is not a finite number" */
};

/* Of a dictionary: which of its words the row has; -1: none. The row must have been checked. */
int64_t arrow_column_code(const struct arrow_column *column, int64_t row);
/* The bits of a row of floats, of column->type.width bytes; false where the row is null or the column has
 * no floats. The row must have been checked. */
bool arrow_column_float(const struct arrow_column *column, int64_t row, uint64_t *bits);
/* The row must have been checked. */
struct arrow_cell arrow_column_cell(const struct arrow_column *column, int64_t row);

#endif
