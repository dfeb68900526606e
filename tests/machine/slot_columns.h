/* SPDX-License-Identifier: Apache-2.0 */
/* Slots of a program over columns of facts, for tests and the benchmark: by the driver that the library ships
 * (machine/driver.h), or every row by the interpreter, so that the one can be held to the other. A plan is
 * made once for a set of slots and an as-of date; a thread has a workspace. */
#ifndef TUOYU_TESTS_SLOT_COLUMNS_H
#define TUOYU_TESTS_SLOT_COLUMNS_H

#include "machine/driver.h"
#include "program/program.h"

struct slot_plan;
struct slot_workspace;

struct slot_options {
    int32_t as_of;
    uint32_t block_rows; /* 0: MACHINE_BLOCK_ROWS */
    enum instruction_set instructions;
    bool interpret;                   /* every row by the interpreter */
    const tuoyu_allocator *allocator; /* NULL: malloc's */
};

enum slot_output_type {
    OUTPUT_BOOLEAN, /* a byte a row */
    OUTPUT_NUMBER,  /* int64: n stands for n × 10^-scale, in the declared unit */
    OUTPUT_DATE,    /* int32: days since 1970-01-01 */
    OUTPUT_CODE,    /* int32: an index into the dictionary */
    OUTPUT_DECIMAL  /* a tuoyu_decimal; of numbers whose scale is not known beforehand */
};

/* What an output is. */
struct slot_output {
    uint8_t type;  /* enum slot_output_type */
    uint8_t width; /* bytes a value */
    bool is_typed; /* by the machines; else every row by the interpreter */
    int32_t scale; /* OUTPUT_NUMBER; 0 or more */
    const struct text *dictionary;
    uint32_t dictionary_count;
};

/* What a run writes, from row 0 on. Of a row exactly one holds: it has a value (known); a fact or parameter
 * is missing (missing); it is an error (error); or it is null (no bit is set). Values of rows that are not
 * known are 0. */
struct output_column {
    void *values;   /* aligned to the width (16: to 8) */
    uint8_t *known; /* (rows + 7) / 8 bytes each; bits beyond the last row are clear */
    uint8_t *missing;
    uint8_t *error;
    int64_t known_count, missing_count, error_count;
};

struct slot_counts {
    int64_t rows;
    int64_t fallback_rows; /* of these, with at least one output by the interpreter */
};

/* slots: their values are booleans, numbers, dates, or texts that are declared. TUOYU_OK, TUOYU_ERROR_TYPE (a
 * slot of another type), TUOYU_ERROR_NO_MEMORY. The program must outlive the plan. */
tuoyu_status slot_plan_make(const struct program *program, const uint32_t *slots, size_t slot_count,
                            const struct slot_options *options, struct slot_plan **out);
void slot_plan_free(struct slot_plan *plan);
struct slot_output slot_plan_output(const struct slot_plan *plan, size_t index);
const struct typed_program *slot_plan_program(const struct slot_plan *plan);
/* The shorter program for rows that lack nothing; NULL: there is none. */
const struct typed_program *slot_plan_complete_program(const struct slot_plan *plan);

tuoyu_status slot_workspace_make(const struct slot_plan *plan, struct slot_workspace **out);
void slot_workspace_free(struct slot_workspace *workspace);

/* Columns for the runs to come, by fact; NULL: missing in all rows. TUOYU_OK, or what driver_bind() returns.
 */
tuoyu_status slot_bind(struct slot_workspace *workspace, const struct column *const *facts);

/* Rows [first, first + count) into the outputs. A value that is none of its fact (outside its range, too many
 * decimals, a text that is not among the enum's) makes an error of what reads it, for its row, and so does a
 * number that its output's type cannot hold. TUOYU_OK or TUOYU_ERROR_NO_MEMORY. */
tuoyu_status slot_run(struct slot_workspace *workspace, int64_t first, int64_t count,
                      struct output_column *outputs, struct slot_counts *counts);

/* Puts the rows of a part at their place in the whole, whose bits there are 0. width: bytes of a value. */
void put_part(struct output_column *whole, const struct output_column *part, size_t width, int64_t at,
              int64_t rows);

/* The typed program of slots; one that has no typed form is OPERAND_NONE. All memory is the arena's. TUOYU_OK
 * or TUOYU_ERROR_NO_MEMORY. */
tuoyu_status lower_slots(struct typed_program *typed, struct arena *arena, const struct program *program,
                         int32_t as_of, const uint32_t *slots, size_t slot_count);

#endif
