/* SPDX-License-Identifier: Apache-2.0 */
/* Takes rows through the machines: columns are bound once for a table, blocks are run, and rows that fall
 * back to the interpreter are found. */
#include "machine/driver.h"

#include <assert.h>
#include <string.h>

#include "compile/typed_builder.h"

enum {
    HANDFUL_ROWS = 8, /* for at most so many rows, the row machine costs less than a block */
    WIDEST_LANE = 8   /* bytes of a value */
};

/* ---- Plans ---- */

/* Finds for each fact how its column is read, and whether the program reads it. false: memory ran out.
 * */
static bool describe_facts(struct driver_plan *plan, struct arena *arena)
{
    const struct program *program = plan->typed->program;
    plan->facts = ARENA_ARRAY(arena, struct typed_operation, program->fact_count);
    plan->is_read = ARENA_ARRAY(arena, bool, program->fact_count);
    if (!plan->facts || !plan->is_read)
        return false;
    for (uint32_t i = 0; i < program->fact_count; i++)
        if (!typed_fact(program, i, &plan->facts[i]))
            plan->facts[i].code = OPERATION_COUNT;
    for (uint32_t i = 0; i < plan->typed->count; i++)
        if (plan->typed->operations[i].code == OPERATION_FACT)
            plan->is_read[plan->typed->operations[i].fact] = true;
    return true;
}

/* Copies the groups of outputs into the plan. Returns false if memory ran out. */
static bool copy_groups(struct driver_plan *plan, struct arena *arena, const struct output_group *groups,
                        size_t count)
{
    plan->groups = ARENA_ARRAY(arena, struct output_group, count);
    plan->group_count = count;
    for (size_t i = 0; plan->groups && i < count; i++) {
        assert(groups[i].first <= groups[i].end && groups[i].end <= plan->typed->output_count);
        plan->groups[i] = groups[i];
        plan->has_untyped |= !groups[i].is_typed;
    }
    return plan->groups;
}

tuoyu_status driver_plan_make(struct driver_plan *plan, struct arena *arena,
                              const struct typed_program *typed, const struct output_group *groups,
                              size_t group_count, const struct driver_plan_options *options)
{
    *plan = (struct driver_plan){.typed = typed};
    tuoyu_status status = machine_plan_make(&plan->blocks, arena, typed, options->block_rows,
                                            kernels_for(options->instructions));
    if (status == TUOYU_OK)
        status = row_plan_make(&plan->rows, arena, &plan->blocks);
    if (status != TUOYU_OK)
        return status;
    bool is_made = copy_groups(plan, arena, groups, group_count) && describe_facts(plan, arena);
    return is_made ? TUOYU_OK : TUOYU_ERROR_NO_MEMORY;
}

void driver_plan_leave_group(struct driver_plan *plan, size_t group)
{
    assert(group < plan->group_count);
    plan->groups[group].is_typed = false;
    plan->has_untyped = true;
}

/* ---- Making and ending ---- */

/* Prepares each fact for binding; none has a column yet. false: memory ran out. */
static bool prepare_facts(struct driver *driver, struct arena *arena)
{
    const struct driver_plan *plan = driver->plan;
    const struct program *program = plan->typed->program;
    driver->bound = ARENA_ARRAY(arena, struct bound_column, program->fact_count);
    driver->unread = ARENA_ARRAY(arena, uint32_t, program->fact_count);
    for (uint32_t i = 0; driver->bound && i < program->fact_count; i++) {
        bool is_typed = plan->facts[i].code == OPERATION_FACT;
        driver->bound[i] = (struct bound_column){.slot = program_slot(program, program->fact_slots[i]),
                                                 .fact = is_typed ? &plan->facts[i] : NULL};
    }
    return driver->bound && driver->unread;
}

/* Makes the marks of fallback rows and the scratch memory. false: memory ran out. */
static bool prepare_marks(struct driver *driver, struct arena *arena)
{
    const struct driver_plan *plan = driver->plan;
    size_t rows = plan->blocks.block_rows;
    driver->scratch = arena_allocate_array(arena, rows, WIDEST_LANE);
    driver->scratch_known = ARENA_ARRAY(arena, uint8_t, rows);
    driver->marks = ARENA_ARRAY(arena, uint8_t *, plan->group_count);
    driver->fallback = ARENA_ARRAY(arena, const uint8_t *, plan->group_count);
    for (size_t i = 0; i < plan->group_count && !arena->failed; i++)
        driver->marks[i] = ARENA_ARRAY(arena, uint8_t, rows);
    return !arena->failed;
}

tuoyu_status driver_make(struct driver *driver, struct arena *arena, const struct driver_plan *plan)
{
    *driver = (struct driver){.plan = plan, .allocator = arena->allocator};
    if (!prepare_facts(driver, arena) || !prepare_marks(driver, arena))
        return TUOYU_ERROR_NO_MEMORY;
    tuoyu_status status = machine_memory_make(&driver->memory, arena, &plan->blocks);
    return status == TUOYU_OK ? row_memory_make(&driver->row, arena, &plan->rows) : status;
}

void driver_end(struct driver *driver)
{
    for (uint32_t i = 0; driver->bound && i < driver->plan->typed->program->fact_count; i++)
        fact_column_free(&driver->bound[i], &driver->allocator);
}

/* ---- Binding ---- */

/* Binds a fact to its layout, or to its cells where the layout cannot hold the fact. source NULL: the fact is
 * missing in all rows. Returns as driver_bind(). */
static tuoyu_status bind_source(struct driver *driver, struct bound_column *bound,
                                const struct fact_source *source)
{
    const struct kernel_set *kernels = driver->plan->blocks.kernels;
    tuoyu_status status =
        fact_column_bind(bound, source ? &source->layout : NULL, kernels, &driver->allocator);
    bool has_cells = status == TUOYU_ERROR_FACT_TYPE && source->cells.read;
    return has_cells ? fact_column_bind(bound, &source->cells, kernels, &driver->allocator) : status;
}

tuoyu_status driver_bind(struct driver *driver, const struct fact_source *const *facts)
{
    const struct driver_plan *plan = driver->plan;
    tuoyu_status status = TUOYU_OK;
    driver->unread_count = 0;
    for (uint32_t i = 0; i < plan->typed->program->fact_count && status == TUOYU_OK; i++) {
        struct bound_column *bound = &driver->bound[i];
        status = bind_source(driver, bound, bound->fact ? facts[i] : NULL);
        if (bound->column && !plan->is_read[i])
            driver->unread[driver->unread_count++] = i;
    }
    if (status == TUOYU_OK)
        row_memory_bind(&driver->row, &plan->rows, driver->bound);
    return status;
}

/* ---- Fallback rows of a block ---- */

/* Checks facts that no operation reads: loading a fact marks the rows in which its cell is no value of
 * the fact. */
static void check_unread(struct driver *driver, int64_t first, size_t rows)
{
    struct machine_memory *memory = &driver->memory;
    for (uint32_t i = 0; i < driver->unread_count; i++)
        fact_column_load(&driver->bound[driver->unread[i]], first, rows, driver->scratch,
                         driver->scratch_known, memory->fallback, &memory->has_fallback);
}

/* The group's fallback marks for the block, a byte a row; NULL: no row of it falls back. */
static const uint8_t *mark_group(struct driver *driver, size_t index, size_t rows)
{
    const struct output_group *group = &driver->plan->groups[index];
    const struct machine_memory *memory = &driver->memory;
    uint8_t *marks = driver->marks[index];
    bool has_marks = memory->has_fallback;
    if (!group->is_typed)
        return memory->ones;
    if (has_marks)
        memcpy(marks, memory->fallback, rows);
    for (uint32_t i = group->first; i < group->end; i++) {
        const uint64_t *waits = machine_result(memory, i)->waits;
        if (!machine_waits_for_interpreter(waits, rows))
            continue;
        if (!has_marks)
            memset(marks, 0, rows);
        has_marks = true;
        for (size_t row = 0; row < rows; row++)
            marks[row] |= (waits[row] & WAITS_FOR_INTERPRETER) != 0;
    }
    return has_marks ? marks : NULL;
}

/* Finds the fallback rows of all groups. Returns whether some row of the block falls back in some group.
 * */
static bool mark_fallback(struct driver *driver, int64_t first, size_t rows, const struct driver_sink *sink)
{
    struct machine_memory *memory = &driver->memory;
    bool has_fallback = false;
    check_unread(driver, first, rows);
    if (sink->find_fallback)
        memory->has_fallback |= sink->find_fallback(sink->context, first, rows, memory->fallback);
    for (size_t i = 0; i < driver->plan->group_count; i++) {
        driver->fallback[i] = mark_group(driver, i, rows);
        has_fallback |= driver->fallback[i] != NULL;
    }
    return has_fallback;
}

/* ---- Running ---- */

/* The lesser of both. */
static int64_t least(int64_t left, int64_t right)
{
    return left < right ? left : right;
}

/* driver_run() by the block machine. Returns TUOYU_OK, or what the sink returned. */
static tuoyu_status run_blocks(struct driver *driver, int64_t first, int64_t count,
                               const struct driver_sink *sink)
{
    const struct machine_plan *blocks = &driver->plan->blocks;
    struct driver_block block = {.fallback = driver->fallback,
                                 .streams = machine_exceeds_caches(sink->row_bytes, count)};
    tuoyu_status status = TUOYU_OK;
    for (; block.at < count && status == TUOYU_OK; block.at += (int64_t)block.rows) {
        block.first = first + block.at;
        block.rows = (size_t)least(count - block.at, blocks->block_rows);
        int64_t left = count - block.at - (int64_t)block.rows;
        size_t next_rows = block.streams ? (size_t)least(left, blocks->block_rows) : 0;
        machine_run(blocks, &driver->memory, driver->bound, block.first, block.rows, next_rows);
        block.results = driver->memory.last;
        block.has_fallback = mark_fallback(driver, block.first, block.rows, sink);
        block.has_unknown = driver->memory.has_unknown;
        status = sink->take_block(sink->context, &block);
    }
    if (block.streams)
        blocks->kernels->end_streams();
    return status;
}

/* Whether some output of the last row waits for the interpreter. */
static bool row_waits(const struct driver *driver)
{
    const struct driver_row row = driver_row(driver);
    uint64_t waits = 0;
    for (size_t i = 0; i < driver->plan->typed->output_count; i++)
        waits |= driver_row_result(&row, i).waits;
    return waits & WAITS_FOR_INTERPRETER;
}

/* Runs a row; true: it falls back. After the complete program nothing waits, so there is nothing to look
 * at. */
static bool row_falls_back(struct driver *driver, int64_t row)
{
    if (!row_machine_run(&driver->plan->rows, &driver->row, driver->bound, row))
        return true;
    return !driver->row.is_complete && row_waits(driver);
}

/* driver_run() by the row machine. Returns TUOYU_OK, or what the sink returned. */
static tuoyu_status run_rows(struct driver *driver, int64_t first, int64_t count,
                             const struct driver_sink *sink)
{
    tuoyu_status status = TUOYU_OK;
    for (int64_t at = 0; at < count && status == TUOYU_OK; at++)
        status = sink->take_row(sink->context, first + at, at, row_falls_back(driver, first + at));
    return status;
}

tuoyu_status driver_run(struct driver *driver, int64_t first, int64_t count, const struct driver_sink *sink)
{
    bool is_handful = count <= HANDFUL_ROWS && sink->take_row && !sink->find_fallback &&
                      !driver->plan->has_untyped && !driver->unread_count;
    return is_handful ? run_rows(driver, first, count, sink) : run_blocks(driver, first, count, sink);
}
