/* SPDX-License-Identifier: Apache-2.0 */
/* Slots of a program over columns of facts. A plan is made once for a set of outputs and an as-of date, is
 * immutable and shared by threads; each thread has a workspace. The answers are the interpreter's
 * (program/evaluation.h), to the last digit: what the block machine cannot decide of a row is computed by the
 * interpreter for this row. */
#ifndef TUOYU_MACHINE_BATCH_H
#define TUOYU_MACHINE_BATCH_H

#include "machine/column.h"
#include "program/program.h"

struct batch_plan;
struct batch_workspace;

/* Which kernels run; the results are the same. One that the processor does not have is never chosen. */
enum instruction_set { INSTRUCTIONS_BEST, INSTRUCTIONS_BASELINE, INSTRUCTIONS_AVX2, INSTRUCTIONS_AVX512 };

struct batch_options {
    int32_t as_of;
    uint32_t block_rows; /* 0: MACHINE_BLOCK_ROWS */
    enum instruction_set instructions;
    bool interpret;             /* every row by the interpreter: the reference that tests compare with */
    const tuoyu_limits *limits; /* of the interpreter; NULL for the defaults */
    const tuoyu_allocator *allocator; /* NULL: malloc's */
};

/* What an output is. */
struct batch_output {
    uint8_t type; /* enum column_type; COLUMN_BOOLEAN has width 1 */
    uint8_t width;
    bool is_typed;                 /* by kernels; else row by row */
    int32_t scale;                 /* COLUMN_NUMBER, in the declared unit; 0 or more */
    const struct text *dictionary; /* COLUMN_CODE */
    uint32_t dictionary_count;
};

/* How many rows a run took, and how. */
struct batch_counts {
    int64_t rows;
    int64_t slow_rows; /* of these by the interpreter, at least one output */
};

bool instructions_are_here(enum instruction_set instructions);

/* outputs: slots whose values are booleans, numbers, dates, or texts that are declared (enums). Returns
 * TUOYU_OK, TUOYU_ERROR_TYPE (an output of another type), _NO_MEMORY, reported. program must outlive the
 * plan. */
tuoyu_status batch_plan_make(const struct program *program, const uint32_t *outputs, size_t output_count,
                             const struct batch_options *options, struct batch_plan **out,
                             tuoyu_diagnostics *diagnostics);
void batch_plan_free(struct batch_plan *plan);
struct batch_output batch_plan_output(const struct batch_plan *plan, size_t index);
/* Whether an output can read the fact (index among the facts). */
bool batch_plan_reads(const struct batch_plan *plan, uint32_t fact);

/* Its operations, to be shown. */
struct typed_program;
const struct typed_program *batch_plan_program(const struct batch_plan *plan);
/* Those of the shorter program for where all is known; NULL: there is none. */
const struct typed_program *batch_plan_known_program(const struct batch_plan *plan);

tuoyu_status batch_workspace_make(const struct batch_plan *plan, struct batch_workspace **out);
void batch_workspace_free(struct batch_workspace *workspace);

/* Columns for the runs to come, by index of the fact; NULL: the fact is missing in all rows. Checks type,
 * width, scale and dictionary once. Returns TUOYU_OK, TUOYU_ERROR_FACT_TYPE (a column that cannot hold the
 * fact; COLUMN_CELLS), _INVALID_ARGUMENT or _NO_MEMORY, reported. The columns are borrowed until the next
 * call. */
tuoyu_status batch_bind(struct batch_workspace *workspace, const struct column *const *facts,
                        tuoyu_diagnostics *diagnostics);

/* Rows [first, first + count) of the columns into outputs from their row 0 on. Allocates nothing but for the
 * interpreter's rows, whose memory is kept from run to run. A value that is no value of its fact (outside its
 * range, too many decimals, a text that is not among the enum's) makes an error of what reads it, for its
 * row. A number that its output's type cannot hold is an error of its row. Returns TUOYU_OK,
 * TUOYU_ERROR_INVALID_ARGUMENT or _NO_MEMORY. */
tuoyu_status batch_run(struct batch_workspace *workspace, int64_t first, int64_t count,
                       struct output_column *outputs, struct batch_counts *counts);

#endif
