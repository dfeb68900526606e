/* SPDX-License-Identifier: Apache-2.0 */
/* A DMN decision table of the program. Its cells are FEEL. */
#ifndef TUOYU_PROGRAM_DECISION_TABLE_H
#define TUOYU_PROGRAM_DECISION_TABLE_H

#include "feel/expression.h"
#include "program/static_type.h"
#include "program/written.h"

struct table_input {
    struct expression expression;
    struct localised label;
    struct static_type type;
};

struct table_output {
    struct text name;
    const struct text *values; /* in order of priority; NULL where none are declared */
    uint32_t value_count;
    struct text unit;
    struct localised label;
    struct static_type type;
};

struct table_row {
    const struct expression *when; /* unary tests, one for each input */
    struct expression
        *then; /* one for each output; cells in percent are hundredths once the table is defined */
    struct citation citation;
    struct location where;
};

struct decision_table {
    enum hit_policy hit;
    struct table_input *inputs;
    uint32_t input_count;
    struct table_output *outputs;
    uint32_t output_count;
    struct table_row *rows;
    uint32_t row_count;
    struct expression *defaults; /* one for each output, or NULL */
};

#endif
