/* SPDX-License-Identifier: Apache-2.0 */
/* Arrow structs made by hand on the stack of a test, each field free to be made wrong. They own nothing; a
 * release is counted. */
#ifndef TUOYU_TESTS_ARROW_FIXTURE_H
#define TUOYU_TESTS_ARROW_FIXTURE_H

#include "../cmocka_all.h"
#include "arrow/arrow_import.h"

enum { FIXTURE_BUFFERS = 6 };

/* A table of one column; change what you like before it is opened. */
struct fixture {
    struct ArrowSchema schema, column_schema, words_schema;
    struct ArrowArray array, column_array, words_array;
    struct ArrowSchema *schemas[1];
    struct ArrowArray *arrays[1];
    const void *table_buffers[1], *buffers[FIXTURE_BUFFERS], *words_buffers[FIXTURE_BUFFERS];
    int released;
    tuoyu_diagnostics *diagnostics;
    struct arrow_table table;
    struct arrow_column column;
};

/* buffers: as many as the type has; NULL for what is not there. */
void fixture_make(struct fixture *fixture, const char *format, int64_t rows, int64_t buffer_count,
                  const void *const *buffers);
/* Gives the column a dictionary of texts of three words, "a", "bc" and "𠮷". */
void fixture_add_words(struct fixture *fixture);
void fixture_free(struct fixture *fixture);

/* Opens table and column and checks all rows; the first status that is not TUOYU_OK. */
tuoyu_status fixture_open(struct fixture *fixture);
/* fixture_open() must be refused with the code, and say so in these words. */
void assert_refused(struct fixture *fixture, tuoyu_status code, const char *part);

/* The cell of a row of an opened fixture as text: `null`, `true`, `12.5`, `2024-01-31`, `'text'`, `bad:
 * what`. */
const char *cell_text(const struct fixture *fixture, int64_t row, char text[128]);
void assert_cell(const struct fixture *fixture, int64_t row, const char *expected);

#endif
