/* SPDX-License-Identifier: Apache-2.0 */
/* The texts of a block's rows, which are appended to columns row by row; other columns are written a block at
 * a time. */
#ifndef TUOYU_TABLE_BATCH_TEXTS_H
#define TUOYU_TABLE_BATCH_TEXTS_H

#include "table/batch_work.h"

/* Whether the column holds texts. */
static inline bool batch_is_text(const struct batch_work *work, size_t column)
{
    return work->builders[column].output->type == ARROW_OUTPUT_TEXT;
}

/* Appends a rule's texts for row `at` of the block; the block has written its other columns. */
void batch_append_texts(struct batch_work *work, size_t rule, size_t at);

#endif
