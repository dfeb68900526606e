/* SPDX-License-Identifier: Apache-2.0 */
/* A row of a table answered as the case that it is, where the columns cannot compute it. */
#ifndef TUOYU_TABLE_BATCH_CASE_H
#define TUOYU_TABLE_BATCH_CASE_H

#include "table/batch_work.h"

/* Answers a row as a case: by all rules, or, in a block, by those that fall back for it. Columns without
 * texts must be set to the row. For the other rules only the texts are written, from row `at` of the block.
 * Returns TUOYU_OK, also where the row has errors, or TUOYU_ERROR_NO_MEMORY. */
tuoyu_status batch_answer_case(struct batch_work *work, int64_t row, size_t at);

#endif
