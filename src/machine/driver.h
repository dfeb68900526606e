/* SPDX-License-Identifier: Apache-2.0 */
/* The one driver of the machines. It takes rows of facts through a typed program, block by block through the
 * block machine, or a handful one by one through the row machine, and tells a sink what they come to. A row
 * that neither machine can decide falls back to the interpreter; the driver says which rows these are, and
 * the sink asks the interpreter:
 *
 *     fact columns → driver_bind ┐
 *     typed program → plan ──────┴→ driver_run → block of results, fallback rows → sink
 *
 * Nothing is allocated while rows run. */
#ifndef TUOYU_MACHINE_DRIVER_H
#define TUOYU_MACHINE_DRIVER_H

#include "machine/row_machine.h"

/* Outputs that fall back together: where one of them cannot be decided, all of them are the interpreter's. */
struct output_group {
    uint32_t first, end; /* outputs of the program, end excluded */
    bool is_typed;       /* else every row falls back */
};

struct driver_plan_options {
    uint32_t block_rows; /* 0: MACHINE_BLOCK_ROWS */
    enum instruction_set instructions;
};

/* Immutable once it is made; shared by threads. */
struct driver_plan {
    const struct typed_program *typed;
    struct machine_plan blocks;
    struct row_plan rows;
    struct typed_operation *facts; /* by fact: how its column is read; code is OPERATION_COUNT where no column
                                      of values can be */
    bool *is_read;                 /* by fact: the program reads it */
    struct output_group *groups;
    size_t group_count;
    bool has_untyped; /* some group is not typed */
};

/* groups are copied; the program must outlive the plan. All memory is the arena's. TUOYU_OK or
 * TUOYU_ERROR_NO_MEMORY. */
tuoyu_status driver_plan_make(struct driver_plan *plan, struct arena *arena,
                              const struct typed_program *typed, const struct output_group *groups,
                              size_t group_count, const struct driver_plan_options *options);
/* Leaves every row of a group to the interpreter; only before a driver is made of the plan. */
void driver_plan_leave_group(struct driver_plan *plan, size_t group);

/* A fact's column, in the two ways that it may be read. */
struct fact_source {
    struct column layout; /* the values where their producer has them, or cells */
    struct column cells;  /* cell by cell, where the layout cannot hold the fact; read NULL: there is none */
};

/* What runs of one thread work with. */
struct driver {
    const struct driver_plan *plan;
    tuoyu_allocator allocator;
    struct machine_memory memory;
    struct row_memory row;
    struct bound_column *bound; /* by fact */
    uint32_t *unread;           /* facts that have a column, which no operation reads */
    uint32_t unread_count;
    void *scratch; /* the values of a fact that is only checked … */
    uint8_t *scratch_known;
    uint8_t **marks;          /* by group: a byte a row of a block */
    const uint8_t **fallback; /* by group, of the block at hand: its marks; NULL: no row falls back */
};

/* All memory but that of bound columns is the arena's, which must outlive the driver. TUOYU_OK, after which,
 * and only then, driver_end() gives back the rest; or TUOYU_ERROR_NO_MEMORY. */
tuoyu_status driver_make(struct driver *driver, struct arena *arena, const struct driver_plan *plan);
void driver_end(struct driver *driver);

/* Columns for the runs to come, by fact; NULL: the fact is missing in all rows. They are borrowed until the
 * next call. The cells of a fact that no operation reads are checked all the same: a row in which one has no
 * value of the fact falls back. Returns TUOYU_OK, TUOYU_ERROR_FACT_TYPE (a column that cannot hold its fact),
 * _INVALID_ARGUMENT or _NO_MEMORY. */
tuoyu_status driver_bind(struct driver *driver, const struct fact_source *const *facts);

/* A block of rows that were run. */
struct driver_block {
    int64_t first; /* its first row among those of the columns */
    int64_t at;    /* rows of the run before it */
    size_t rows;
    const struct block_result *results; /* by output; nothing of one that is not typed */
    const uint8_t *const *fallback;     /* by group: a byte a row, 1 where the row falls back and its results
                                           mean nothing; NULL: no row does */
    bool has_fallback;                  /* in some group */
    bool has_unknown;                   /* some value of the block is not known */
    bool streams; /* the run is larger than the caches: results are best written past them */
};

/* Who takes what rows come to. Where a function does not return TUOYU_OK, the run ends with its status. */
struct driver_sink {
    void *context;
    tuoyu_status (*take_block)(void *context, const struct driver_block *block);
    /* One row of a handful, whose results driver_row_result() has; NULL: a handful is a block, too. row:
     * among those of the columns; at: rows of the run before it. */
    tuoyu_status (*take_row)(void *context, int64_t row, int64_t at, bool falls_back);
    /* Sets 1 for rows of a block that fall back in all groups, whatever the machines say of them, and returns
     * whether there are some; NULL: there are none. */
    bool (*find_fallback)(void *context, int64_t first, size_t rows, uint8_t *fallback);
    int64_t row_bytes; /* that the sink writes for a row; 0: it writes none */
};

/* Rows [first, first + count) of the columns. TUOYU_OK, or what the sink returned. */
tuoyu_status driver_run(struct driver *driver, int64_t first, int64_t count, const struct driver_sink *sink);

/* What the row came to that take_row() was called for, where it does not fall back. */
struct driver_row {
    const struct row_plan *plan;
    const struct row_memory *memory;
};

static inline struct driver_row driver_row(const struct driver *driver)
{
    return (struct driver_row){.plan = &driver->plan->rows, .memory = &driver->row};
}

/* The output is typed. */
static inline struct row_result driver_row_result(const struct driver_row *row, size_t output)
{
    return row_machine_result(row->plan, row->memory, output);
}

#endif
