/* SPDX-License-Identifier: Apache-2.0 */
/* The cells of a table of answers as texts, as tuoyu_batch_run() gives them where numbers are texts. */
#ifndef TUOYU_CLI_ANSWER_CELLS_H
#define TUOYU_CLI_ANSWER_CELLS_H

#include <stddef.h>

#include <tuoyu/batches.h>

/* Room for the text of a cell that is none in the table: a date. */
enum { ANSWER_CELL_SIZE = 11 };

/* A cell, borrowed from the table or in the memory that was handed over. */
struct answer_cell {
    const char *bytes;
    size_t length; /* 0 where the cell is null or empty */
};

/* The cell of a row. column is a child of the batch's answers and schema its schema: a column of texts, of
 * booleans, of dates, or of words by a dictionary. */
struct answer_cell answer_cell_at(const struct ArrowSchema *schema, const struct ArrowArray *column,
                                  size_t row, char text[ANSWER_CELL_SIZE]);

#endif
