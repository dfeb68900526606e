/* SPDX-License-Identifier: Apache-2.0 */
/* The cells of a table of answers as texts, as tuoyu_batch_run() gives them where numbers are texts. */
#ifndef TUOYU_CLI_ANSWER_CELLS_H
#define TUOYU_CLI_ANSWER_CELLS_H

#include <stddef.h>

#include <tuoyu/batches.h>

/* A cell, borrowed from the table. */
struct answer_cell {
    const char *bytes;
    size_t length; /* 0 where the cell is null or empty */
};

/* The cell of a row. column is a child of the batch's answers and schema its schema: a column of texts, of
 * booleans, or of words by a dictionary. */
struct answer_cell answer_cell_at(const struct ArrowSchema *schema, const struct ArrowArray *column,
                                  size_t row);

#endif
