/* SPDX-License-Identifier: Apache-2.0 */
/* Random facts of many cases: as an Arrow table, and cell by cell for cases that are asked one by one. */
#ifndef TUOYU_TESTS_FACT_TABLE_H
#define TUOYU_TESTS_FACT_TABLE_H

#include <tuoyu/arrow_abi.h>
#include <tuoyu/policy.h>

#include "pack/model.h"
#include "rules/compiled_policy.h"

/* How a column stands in Arrow. */
enum fact_form {
    FORM_INT16,
    FORM_INT32,
    FORM_INT64,
    FORM_DECIMAL,
    FORM_FLOAT32,
    FORM_FLOAT64,
    FORM_BOOLEAN,
    FORM_DATE,
    FORM_TEXT,
    FORM_WORD,
    FORM_COUNT
};

struct fact_cells {
    const struct pack_fact *fact;
    enum fact_form form;
    int32_t scale;    /* FORM_DECIMAL */
    int64_t offset;   /* values before the first row */
    bool *is_given;   /* by row, and so below */
    int64_t *numbers; /* all forms but FORM_TEXT; FORM_WORD: index of the word; FORM_FLOAT…: bits */
    char *bytes;      /* FORM_TEXT */
    int32_t *ends;    /* FORM_TEXT: one more, the first is 0 */
    /* Arrow */
    char format[16];
    void *validity, *values, *words_bytes, *words_ends;
    const void *buffers[3], *words_buffers[3];
    struct ArrowSchema schema, words_schema;
    struct ArrowArray array, words_array;
};

struct fact_table {
    struct fact_cells *facts;
    size_t count;
    int64_t rows;
    const void *buffers[1];
    struct ArrowSchema schema, **schemas;
    struct ArrowArray array, **arrays;
};

/* How often in a thousand cells are missing, and wrong: outside the domain, or a text that is no value. */
struct table_style {
    uint32_t missing, wrong;
};

/* facts: indices among the program's. */
void fact_table_make(struct fact_table *table, const struct tuoyu_policy *policy, const uint32_t *facts,
                     size_t count, int64_t rows, struct table_style style, uint64_t *random);
void fact_table_free(struct fact_table *table);

/* Sets the facts of a row, in the order of the columns; a cell that is missing is none where the fact is
 * nullable and null_is_none. Returns the first status that is not TUOYU_OK; the others are reported, too. */
tuoyu_status fact_table_give(const struct fact_table *table, int64_t row, bool null_is_none,
                             tuoyu_case *facts, tuoyu_diagnostics *diagnostics);
/* The row as `name: value` pairs, for a person. */
void fact_table_show(const struct fact_table *table, int64_t row);

#endif
