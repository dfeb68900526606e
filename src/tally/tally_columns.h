/* SPDX-License-Identifier: Apache-2.0 */
/* Adds rows of a table to a tally block by block: the driver of the machines computes conditions and
 * expressions, then each row is added to the whole and to its regions. A row that falls back (a value that
 * the fact cannot have, a number beyond what was proven, an error) is left to the caller, who adds it as a
 * case; the tally comes out the same. The columns are made once for an entity of a tally and bound to
 * table after table. */
#ifndef TUOYU_TALLY_TALLY_COLUMNS_H
#define TUOYU_TALLY_TALLY_COLUMNS_H

#include "machine/driver.h"
#include "tally/tally.h"

struct tally_columns;

/* Reads the text of a row's cell. CELL_OTHER means that the cell must be read as a case reads it. */
typedef enum cell_reading (*tally_text_reader)(const void *context, int64_t row, struct text *out);
/* The index of the row's text in the dictionary of the column; -1 if it has none. */
typedef int64_t (*tally_code_reader)(const void *context, int64_t row);

/* A fact's column, with each way in which it may be read. All pointers are borrowed. */
struct tally_fact_column {
    struct fact_source source;
    tally_text_reader text;
    tally_code_reader code; /* NULL if the column is no dictionary */
    size_t code_count;
    const void *context; /* passed to both readers */
};

/* Called back during a run. If a function does not return TUOYU_OK, the run ends with its status. */
struct tally_rows_caller {
    void *context;
    /* Adds a fallback row as a case. */
    tuoyu_status (*add_row)(void *context, int64_t row);
    /* As in driver_sink; NULL if the caller claims no rows in advance. */
    bool (*find_fallback)(void *context, int64_t first, size_t rows, uint8_t *fallback);
    /* Called when all rows up to the end of a block have been added. */
    tuoyu_status (*end_block)(void *context);
};

/* Makes the columns of an entity. *out is NULL if its rows can only be added as cases, because they are
 * regions, are kept, or cannot be typed. TUOYU_OK or TUOYU_ERROR_NO_MEMORY. */
tuoyu_status tally_columns_make(struct tuoyu_tally *tally, struct text entity, struct tally_columns **out);
/* Frees the columns; NULL is allowed. */
void tally_columns_free(struct tally_columns *columns);

/* True if the fact with this index is read. */
bool tally_columns_reads(const struct tally_columns *columns, uint32_t fact);
/* Sets the columns for the next runs, by index of the fact; NULL means that the fact is missing in all
 * rows. TUOYU_OK or _NO_MEMORY. */
tuoyu_status tally_columns_bind(struct tally_columns *columns, const struct tally_fact_column *const *facts);
enum { TALLY_BLOCK_ROWS = 1024 };
/* Adds rows, TALLY_BLOCK_ROWS at a time, without their digests. *fallback_rows grows by the rows that the
 * caller adds. Returns TUOYU_OK, TUOYU_ERROR_NO_MEMORY or TALLY_FULL (for which the caller calls
 * tally_break()), or what the caller returned. */
tuoyu_status tally_columns_run(struct tally_columns *columns, int64_t first, int64_t count,
                               const struct tally_rows_caller *caller, int64_t *fallback_rows);

#endif
