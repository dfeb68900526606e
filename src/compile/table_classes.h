/* SPDX-License-Identifier: Apache-2.0 */
/* The inputs of a decision table in classes: values that no row tells apart. Each input becomes a small
 * number (a truth, a code, a band between thresholds, or the class of what is not known), these together an
 * index of entries. */
#ifndef TUOYU_COMPILE_TABLE_CLASSES_H
#define TUOYU_COMPILE_TABLE_CLASSES_H

#include "compile/typed_lowering.h"

/* What a row's cell says of a class. ASK: only the interpreter knows. */
enum class_fit { FIT_NO, FIT_YES, FIT_OPEN, FIT_ASK };

struct classed_column {
    uint32_t operand;
    uint32_t class_count; /* the last one is of what is not known, where the operand is nullable */
    bool has_unknown;
    int64_t *thresholds; /* of numbers and dates; class i begins at thresholds[i - 1] */
    uint32_t threshold_count;
    uint8_t *fits; /* by row × class_count + class: enum class_fit */
    bool is_asked; /* some row looks at it */
};

struct table_classes {
    struct typed_lowering *lowering;
    const struct decision_table *table;
    struct classed_column *columns; /* by input */
    uint32_t entry_count;
    uint32_t index; /* the operation that says which entry is a row's */
};

/* false: the table has no such form (or memory was refused). */
bool table_classes_make(struct table_classes *classes, struct typed_lowering *lowering,
                        const struct decision_table *table);
/* The class of an input in an entry; the input must be asked. */
uint32_t table_classes_of(const struct table_classes *classes, uint32_t entry, uint32_t input);

#endif
