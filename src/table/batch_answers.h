/* SPDX-License-Identifier: Apache-2.0 */
/* The answers of a table's rows, written to the columns that go out. Rows are computed block by block;
 * those that fall back are answered as cases. */
#ifndef TUOYU_TABLE_BATCH_ANSWERS_H
#define TUOYU_TABLE_BATCH_ANSWERS_H

#include "table/batch_work.h"

/* Answers rows that batch_input_check() has checked, and reports progress between blocks. options is the
 * caller's, or NULL. Returns TUOYU_OK, TUOYU_ERROR_CANCELLED or TUOYU_ERROR_NO_MEMORY. */
tuoyu_status batch_answer_rows(struct batch_work *work, int64_t first, int64_t count,
                               tuoyu_batch_run_options *options);
/* Checks the struct's size and its unknown bytes: TUOYU_OK, TUOYU_ERROR_OPTION_SIZE, _OPTION_OLD,
 * _OPTION_UNKNOWN. */
tuoyu_status batch_run_options_check(const tuoyu_batch_run_options *options, tuoyu_diagnostics *diagnostics);

#endif
