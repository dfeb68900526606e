/* SPDX-License-Identifier: Apache-2.0 */
/* The one driver of the machines. It takes rows of facts through a typed program, block by block through the
 * block machine, or a handful one by one through the row machine, and tells a sink what they come to. A row
 * that neither machine can decide falls back to the interpreter; the driver says which rows these are, and
 * the sink calls the interpreter for them:
 *
 *     fact columns → driver_bind ┐
 *     typed program → plan ──────┴→ driver_run → block of results, fallback rows → sink
 *
 * Nothing is allocated while rows run. */
#ifndef TUOYU_MACHINE_DRIVER_H
#define TUOYU_MACHINE_DRIVER_H

#include "machine/row_machine.h"

/* Outputs that fall back together: where one of them cannot be decided, the interpreter computes all of them.
 */
struct output_group {
    uint32_t first, end; /* outputs of the program; end is excluded */
    bool is_typed;       /* false: every row falls back */
};

struct driver_plan_options {
    uint32_t block_rows; /* 0 stands for MACHINE_BLOCK_ROWS */
    enum instruction_set instructions;
};

/* Immutable once it is made; shared by threads. */
struct driver_plan {
    const struct typed_program *typed;
    struct machine_plan blocks;
    struct row_plan rows;
    struct typed_operation *facts; /* by fact: how its column is read; its code is OPERATION_COUNT where no
                                      column of values can hold the fact */
    bool *is_read;                 /* by fact: the program reads it */
    struct output_group *groups;
    size_t group_count;
    bool has_untyped; /* some group is not typed */
};

/* Makes a plan. groups are copied; the program must outlive the plan. All memory is the arena's. Returns
 * TUOYU_OK or TUOYU_ERROR_NO_MEMORY. */
tuoyu_status driver_plan_make(struct driver_plan *plan, struct arena *arena,
                              const struct typed_program *typed, const struct output_group *groups,
                              size_t group_count, const struct driver_plan_options *options);
/* Leaves every row of a group to the interpreter. Only to be called before a driver is made of the plan. */
void driver_plan_leave_group(struct driver_plan *plan, size_t group);

/* A fact's column, in the two ways that it may be read. */
struct fact_source {
    struct column layout; /* the values as their producer laid them out, or cells */
    struct column cells; /* the same column read cell by cell, for facts that the layout cannot hold; its read
                            is NULL where there is none */
};

/* What one thread needs to run a plan. */
struct driver {
    const struct driver_plan *plan;
    tuoyu_allocator allocator;
    struct machine_memory memory;
    struct row_memory row;
    struct bound_column *bound; /* by fact */
    uint32_t *unread;           /* facts that have a column, but that no operation reads */
    uint32_t unread_count;
    void *scratch; /* the values of a fact that is only checked, and what is known of them */
    uint8_t *scratch_known;
    uint8_t **marks;          /* by group: a byte a row of the block, 1 where the row falls back */
    const uint8_t **fallback; /* by group, for the current block: its marks; NULL: no row falls back */
};

/* All memory but that of bound columns is the arena's, which must outlive the driver. Returns TUOYU_OK, and
 * then driver_end() must be called to free the rest; or TUOYU_ERROR_NO_MEMORY, and then it must not. */
tuoyu_status driver_make(struct driver *driver, struct arena *arena, const struct driver_plan *plan);
/* Frees what the driver has beside its arena: the memory of bound columns. */
void driver_end(struct driver *driver);

/* Sets the columns for the runs to come, by fact; NULL: the fact is missing in all rows. They are borrowed
 * until the next call. The cells of a fact that no operation reads are checked all the same: a row in which
 * such a cell is no value of the fact falls back. Returns TUOYU_OK, TUOYU_ERROR_FACT_TYPE (a column cannot
 * hold its fact), TUOYU_ERROR_INVALID_ARGUMENT or TUOYU_ERROR_NO_MEMORY. */
tuoyu_status driver_bind(struct driver *driver, const struct fact_source *const *facts);

/* A block of rows that were run. */
struct driver_block {
    int64_t first; /* its first row among those of the columns */
    int64_t at;    /* rows of the run before its first row */
    size_t rows;
    const struct block_result *results; /* by output; unset for outputs that have no typed form */
    const uint8_t *const *fallback;     /* by group: a byte a row, 1 where the row falls back and its results
                                           mean nothing; NULL: no row does */
    bool has_fallback;                  /* some row falls back in some group */
    bool has_unknown;                   /* some value of the block is not known */
    bool streams; /* the run is larger than the caches, so results are best written past them */
};

/* Takes the results of rows. Where one of its functions does not return TUOYU_OK, the run ends with that
 * status. */
struct driver_sink {
    void *context;
    tuoyu_status (*take_block)(void *context, const struct driver_block *block);
    /* Takes one row of a run of few rows; its results are in driver_row_result(). NULL: such runs are blocks,
     * too. row: index of the row in the columns; at: rows of the run before it. */
    tuoyu_status (*take_row)(void *context, int64_t row, int64_t at, bool falls_back);
    /* Sets 1 for rows of a block that are to fall back in all groups, whatever the machines say, and returns
     * whether there are some. NULL: there are none. */
    bool (*find_fallback)(void *context, int64_t first, size_t rows, uint8_t *fallback);
    int64_t row_bytes; /* bytes that the sink writes for a row; 0: it writes none */
};

/* Runs rows [first, first + count) of the columns. Returns TUOYU_OK, or what the sink returned. */
tuoyu_status driver_run(struct driver *driver, int64_t first, int64_t count, const struct driver_sink *sink);

/* For driver_row_result(); good until the next row is run. */
struct driver_row {
    const struct row_plan *plan;
    const struct row_memory *memory;
};

/* For take_row(): the row that was run last. */
static inline struct driver_row driver_row(const struct driver *driver)
{
    return (struct driver_row){.plan = &driver->plan->rows, .memory = &driver->row};
}

/* The output must have a typed form. */
static inline struct row_result driver_row_result(const struct driver_row *row, size_t output)
{
    return row_machine_result(row->plan, row->memory, output);
}

#endif
