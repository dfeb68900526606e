/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of a table into a tally, block by block: conditions and expressions by the driver of the machines,
 * then each row to the whole and to its regions. A row that falls back (a value that the fact cannot have, a
 * number beyond what was proven, an error) is left to the caller, who adds it as the case that it is; the
 * tally comes out the same.
 *
 * It is made once for an entity of a tally and bound to table after table. */
#ifndef TUOYU_TALLY_TALLY_COLUMNS_H
#define TUOYU_TALLY_TALLY_COLUMNS_H

#include "machine/driver.h"
#include "tally/tally.h"

struct tally_columns;

/* A text that names a region: CELL_OTHER: it is to be read as a case reads it. */
typedef enum cell_reading (*tally_text_reader)(const void *context, int64_t row, struct text *out);
/* Where the row's text stands among the words of a dictionary; -1: nowhere. */
typedef int64_t (*tally_code_reader)(const void *context, int64_t row);

/* A fact's column, in each way that it may be read; borrowed. */
struct tally_fact_column {
    struct fact_source source;
    tally_text_reader text;
    tally_code_reader code; /* NULL: it is no dictionary */
    size_t code_count;
    const void *context; /* of both */
};

/* Who has rows added. Where a function does not return TUOYU_OK, the run ends with its status. */
struct tally_rows_caller {
    void *context;
    /* Adds a fallback row as a case. */
    tuoyu_status (*add_row)(void *context, int64_t row);
    /* As driver_sink has it; NULL: no row is the caller's from the start. */
    bool (*find_fallback)(void *context, int64_t first, size_t rows, uint8_t *fallback);
    /* All rows up to the end of a block are added. */
    tuoyu_status (*end_block)(void *context);
};

/* *out NULL: rows of this entity are added as cases only, because they are kept, name regions, or cannot be
 * typed. TUOYU_OK or TUOYU_ERROR_NO_MEMORY. */
tuoyu_status tally_columns_make(struct tuoyu_tally *tally, struct text entity, struct tally_columns **out);
void tally_columns_free(struct tally_columns *columns);

/* Whether the fact (index among the program's) is read. */
bool tally_columns_reads(const struct tally_columns *columns, uint32_t fact);
/* Columns for the runs to come, by index of the fact; NULL: the fact is missing in all rows. TUOYU_OK or
 * _NO_MEMORY. */
tuoyu_status tally_columns_bind(struct tally_columns *columns, const struct tally_fact_column *const *facts);
/* Adds rows, TALLY_BLOCK_ROWS at a time, without their digests; *fallback_rows counts those that the caller
 * adds. TUOYU_OK, TUOYU_ERROR_NO_MEMORY or TALLY_FULL (tally_break() is left to the caller), or what the
 * caller returned. */
enum { TALLY_BLOCK_ROWS = 1024 };
tuoyu_status tally_columns_run(struct tally_columns *columns, int64_t first, int64_t count,
                               const struct tally_rows_caller *caller, int64_t *fallback_rows);

#endif
