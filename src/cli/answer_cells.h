/* SPDX-License-Identifier: Apache-2.0 */
/* The cells of a table of answers, as texts: what tuoyu_batch_run hands out with numbers as text. */
#ifndef TUOYU_CLI_ANSWER_CELLS_H
#define TUOYU_CLI_ANSWER_CELLS_H

#include <stddef.h>

#include <tuoyu/batches.h>

struct answer_cell {
    const char *bytes;
    size_t length; /* 0: nothing is there */
};

/* column is a child of the batch's schema: of texts, of booleans, or of words by a dictionary. */
struct answer_cell answer_cell_at(const struct ArrowSchema *schema, const struct ArrowArray *column,
                                  size_t row);

#endif
