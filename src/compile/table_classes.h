/* SPDX-License-Identifier: Apache-2.0 */
/* The inputs of a decision table, divided into classes: values that no row tells apart are one class.
 * Each input becomes a small number (0 or 1 for a boolean, a code, a band between thresholds, or the last
 * class for a missing value), and these numbers together are the index of an entry. */
#ifndef TUOYU_COMPILE_TABLE_CLASSES_H
#define TUOYU_COMPILE_TABLE_CLASSES_H

#include "compile/typed_lowering.h"

/* Whether a row's test holds for a class. FIT_MAYBE: the value is missing, so it may. FIT_INTERPRETER: the
 * value is missing, and what the test says of that only the interpreter knows. */
enum class_fit { FIT_NO, FIT_YES, FIT_MAYBE, FIT_INTERPRETER };

struct classed_column {
    uint32_t operand;     /* of the input's value */
    uint32_t class_count; /* if has_unknown, the last class is that of missing values */
    bool has_unknown;
    int64_t *thresholds; /* of numbers and dates; class i begins at thresholds[i - 1] */
    uint32_t threshold_count;
    uint8_t *fits;  /* by row × class_count + class: enum class_fit */
    bool is_tested; /* some row has a test for it other than `-`; only then the fields above are set */
};

struct table_classes {
    struct typed_lowering *lowering;
    const struct decision_table *table;
    struct classed_column *columns; /* by input */
    uint32_t entry_count;
    uint32_t index; /* an operation: the number of the row's entry, below entry_count */
};

/* Divides the inputs of the table into classes, and makes the operation that finds the entry of a row.
 * Returns false if an input or a test has no typed form, there are too many classes, or memory ran out. */
bool table_classes_make(struct table_classes *classes, struct typed_lowering *lowering,
                        const struct decision_table *table);
/* The class of an input in an entry. The input must be tested by some row (is_tested). */
uint32_t table_classes_of(const struct table_classes *classes, uint32_t entry, uint32_t input);

#endif
