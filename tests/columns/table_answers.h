/* SPDX-License-Identifier: Apache-2.0 */
/* What rules answered to a table, cell by cell as text. */
#ifndef TUOYU_TESTS_TABLE_ANSWERS_H
#define TUOYU_TESTS_TABLE_ANSWERS_H

#include <tuoyu/batches.h>

#include "arrow/arrow_import.h"

enum { MOST_COLUMNS = 64, TEXT_SIZE = 16384 };

/* Which numbers a column can hold: any; int64 in units of the last decimal; decimal128(38, decimals). */
struct number_form {
    enum { NUMBER_TEXT, NUMBER_INTEGER, NUMBER_DECIMAL } kind;
    int32_t decimals;
};

struct table_answers {
    struct ArrowSchema schema;
    struct ArrowArray array; /* moved in, and released with it */
    struct arrow_table table;
    struct arrow_column columns[MOST_COLUMNS];
    struct number_form forms[MOST_COLUMNS];
};

/* Checks all structs. array is moved in. */
void table_answers_open(struct table_answers *answers, const tuoyu_batch *batch, struct ArrowArray *array);
void table_answers_close(struct table_answers *answers);
/* A number is canonical text; null is empty. */
const char *table_answers_cell(const struct table_answers *answers, int64_t column, int64_t row,
                               char text[TEXT_SIZE]);

/* Ends the program, with what was found if there is anything. */
_Noreturn void give_up(const char *what, const tuoyu_diagnostics *diagnostics);

#endif
