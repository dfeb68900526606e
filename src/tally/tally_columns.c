/* SPDX-License-Identifier: Apache-2.0 */
/* Plans the columns of an indicator for the rows of one entity, and binds them to a table: its aggregates
 * become outputs of a typed program, and each kind of region gets a reader. */
#include "tally/tally_columns.h"

#include "compile/typed_lowering.h"
#include "pack/model.h"
#include "rules/promise.h"
#include "tally/tally_block.h"

/* ---- Planning ---- */

/* Lowers an aggregate and adds it as a part. Returns false if its condition or expression has no typed form
 * of the right kind. */
static bool add_part(struct tally_columns *columns, struct typed_lowering *lowering,
                     const struct aggregate *aggregate, size_t index, size_t number)
{
    struct tally_part *part = &columns->parts[columns->part_count++];
    *part =
        (struct tally_part){.aggregate = aggregate, .index = index, .number = number, .where = OPERAND_NONE};
    if (aggregate->where != SLOT_NONE) {
        part->where = lower_slot(lowering, aggregate->where);
        if (part->where == OPERAND_NONE || builder_at(&lowering->builder, part->where)->kind != TYPED_BOOLEAN)
            return false;
    }
    part->value = lower_slot(lowering, aggregate->expression);
    if (part->value == OPERAND_NONE)
        return false;
    const struct typed_operation *value = builder_at(&lowering->builder, part->value);
    if (value->scale < 0 || value->scale > EXACT_SUM_SCALE)
        return false;
    if (aggregate->kind == AGGREGATE_DISTINCT)
        return true;
    return value->kind == (aggregate->kind == AGGREGATE_COUNT ? TYPED_BOOLEAN : TYPED_NUMBER);
}

/* Adds a part for each aggregate over the entity: the indicator's own first, then the numbers per region.
 * Returns false if one of them cannot be typed. */
static bool lower_parts(struct tally_columns *columns, struct typed_lowering *lowering)
{
    const struct tuoyu_indicator *indicator = columns->tally->indicator;
    bool is_typed = true;
    for (size_t i = 0; i < indicator->aggregate_count && is_typed; i++)
        if (text_equals(indicator->aggregates[i].entity, columns->entity))
            is_typed = add_part(columns, lowering, &indicator->aggregates[i], i, SIZE_MAX);
    columns->own_count = columns->part_count;
    for (size_t i = 0; i < indicator->number_count && is_typed; i++)
        if (text_equals(indicator->numbers[i].aggregate.entity, columns->entity))
            is_typed = add_part(columns, lowering, &indicator->numbers[i].aggregate, SIZE_MAX, i);
    return is_typed;
}

/* Makes the driver. All outputs are in one group, since a row that falls back does so as a whole. TUOYU_OK or
 * TUOYU_ERROR_NO_MEMORY. */
static tuoyu_status make_driver(struct tally_columns *columns)
{
    const struct output_group all = {.end = (uint32_t)columns->typed.output_count, .is_typed = true};
    const struct driver_plan_options options = {.block_rows = TALLY_BLOCK_ROWS};
    tuoyu_status status =
        driver_plan_make(&columns->plan, &columns->arena, &columns->typed, &all, 1, &options);
    if (status == TUOYU_OK)
        status = driver_make(&columns->driver, &columns->arena, &columns->plan);
    columns->has_driver = status == TUOYU_OK;
    return status;
}

/* Adds outputs that wait for the interpreter in rows that do not certainly keep a promise: they are counted
 * by the case that they are. Returns false if a promise has no typed form. */
static bool add_promises(struct tally_columns *columns, struct typed_lowering *lowering,
                         struct typed_output *outputs, size_t *count)
{
    struct typed_builder *builder = &lowering->builder;
    for (size_t i = 0; i < columns->tally->promise_count; i++) {
        const struct promise *promise = columns->tally->promises[i].promise;
        if (!text_equals(promise->entity, columns->entity))
            continue;
        uint32_t holds = lower_slot(lowering, promise->slot);
        if (holds == OPERAND_NONE)
            return false;
        uint32_t good = build_select(builder, build_is_true(builder, holds), build_number(builder, 1, 0),
                                     build_number(builder, 0, 0));
        outputs[(*count)++] = (struct typed_output){.name = TEXT("promise"),
                                                    .slot = SLOT_NONE,
                                                    .operation = build_check(builder, good, 1, 1),
                                                    .where = OPERAND_NONE};
    }
    return true;
}

/* Makes the typed program and its driver. The operations in parts become the numbers of their outputs.
 * *is_typed becomes false if a promise has no typed form. TUOYU_OK or TUOYU_ERROR_NO_MEMORY. */
static tuoyu_status plan_parts(struct tally_columns *columns, struct typed_lowering *lowering, bool *is_typed)
{
    struct typed_output *outputs = ARENA_ARRAY(&columns->arena, struct typed_output,
                                               2 * columns->part_count + columns->tally->promise_count);
    size_t count = 0;
    uint32_t output = 0;
    if (!outputs)
        return TUOYU_ERROR_NO_MEMORY;
    for (size_t i = 0; i < columns->part_count; i++) {
        const struct tally_part *part = &columns->parts[i];
        outputs[count++] = (struct typed_output){.name = TEXT("value"),
                                                 .slot = part->aggregate->expression,
                                                 .operation = part->value,
                                                 .where = OPERAND_NONE};
        if (part->where != OPERAND_NONE)
            outputs[count++] = (struct typed_output){.name = TEXT("where"),
                                                     .slot = part->aggregate->where,
                                                     .operation = part->where,
                                                     .where = OPERAND_NONE};
    }
    *is_typed = add_promises(columns, lowering, outputs, &count);
    if (!*is_typed)
        return columns->arena.failed ? TUOYU_ERROR_NO_MEMORY : TUOYU_OK;
    tuoyu_status status = typed_lowering_finish(lowering, outputs, count, &columns->typed);
    for (size_t i = 0; i < columns->part_count; i++) { /* outputs are numbered in the order above */
        struct tally_part *part = &columns->parts[i];
        part->value = output++;
        if (part->where != OPERAND_NONE)
            part->where = output++;
    }
    return status == TUOYU_OK ? make_driver(columns) : status;
}

/* Adds a reader of the region that the fact names; of `kind` and `number` one is SIZE_MAX. */
static void add_reader(struct tally_columns *columns, uint32_t fact, size_t kind, size_t number)
{
    struct region_reader *reader = &columns->readers[columns->reader_count++];
    *reader = (struct region_reader){.fact = fact, .kind = kind, .number = number};
    map_init(&reader->places, &columns->arena);
}

bool tally_place_init(struct tally_columns *columns, struct tally_place *place)
{
    place->known = ARENA_ARRAY(&columns->arena, struct known_part, columns->part_count);
    return place->known;
}

/* Makes a reader for each kind of region, if the entity has aggregates of the indicator's own, and one for
 * each number per region. Returns false when memory is refused. */
static bool prepare_readers(struct tally_columns *columns)
{
    struct tuoyu_tally *tally = columns->tally;
    const struct tuoyu_indicator *indicator = tally->indicator;
    size_t most = indicator->region_count + indicator->number_count;
    columns->readers = ARENA_ARRAY(&columns->arena, struct region_reader, most);
    columns->row = ARENA_ARRAY(&columns->arena, struct tally_place *, most);
    if (!columns->readers || !columns->row || !tally_place_init(columns, &columns->whole))
        return false;
    for (size_t i = 0; i < indicator->region_count && columns->own_count; i++)
        add_reader(columns, indicator->regions[i].facts[columns->parts[0].index], i, SIZE_MAX);
    for (size_t i = columns->own_count; i < columns->part_count; i++) {
        size_t number = columns->parts[i].number;
        add_reader(columns, indicator->numbers[number].region_fact, SIZE_MAX, number);
        struct tally_place *none = &columns->readers[columns->reader_count - 1].none;
        none->sum = &tally->numbers[number].regionless;
        if (!tally_place_init(columns, none))
            return false;
    }
    return true;
}

/* True for the entity of a kind of region. Its rows say which regions there are, and some are kept; they
 * are few, and so are added as cases. */
static bool has_own_rows(const struct tuoyu_indicator *indicator, struct text entity)
{
    for (size_t i = 0; i < indicator->region_count; i++)
        if (text_equals(indicator->regions[i].name, entity))
            return true;
    return tally_keeps(indicator, entity);
}

/* Plans parts and readers. *is_typed is false if the rows can only be added as cases. TUOYU_OK or
 * TUOYU_ERROR_NO_MEMORY. */
static tuoyu_status prepare_columns(struct tally_columns *columns, bool *is_typed)
{
    struct typed_lowering lowering;
    const struct tuoyu_indicator *indicator = columns->tally->indicator;
    columns->missing = (struct cause){
        .kind = CAUSE_FACT, .code = TUOYU_ERROR_FACT_MISSING, .name = TEXT(""), .message = TEXT("")};
    columns->parts =
        ARENA_ARRAY(&columns->arena, struct tally_part, indicator->aggregate_count + indicator->number_count);
    bool is_begun = typed_lowering_init(&lowering, &columns->arena,
                                        &columns->tally->policy->layering->program, columns->tally->as_of);
    if (!columns->parts || !is_begun)
        return TUOYU_ERROR_NO_MEMORY;
    *is_typed = lower_parts(columns, &lowering) && columns->part_count;
    if (columns->arena.failed)
        return TUOYU_ERROR_NO_MEMORY;
    if (!*is_typed)
        return TUOYU_OK;
    tuoyu_status status = plan_parts(columns, &lowering, is_typed);
    if (status != TUOYU_OK || !*is_typed)
        return status;
    return prepare_readers(columns) ? TUOYU_OK : TUOYU_ERROR_NO_MEMORY;
}

tuoyu_status tally_columns_make(struct tuoyu_tally *tally, struct text entity, struct tally_columns **out)
{
    const tuoyu_allocator *allocator = &tally->policy->arena.allocator;
    bool is_typed = false;
    *out = NULL;
    if (has_own_rows(tally->indicator, entity))
        return TUOYU_OK;
    struct tally_columns *columns = allocator_allocate(allocator, sizeof *columns);
    if (!columns)
        return TUOYU_ERROR_NO_MEMORY;
    *columns = (struct tally_columns){.tally = tally, .entity = entity};
    arena_init(&columns->arena, allocator);
    arena_init(&columns->bound, allocator);
    tuoyu_status status = prepare_columns(columns, &is_typed);
    if (status == TUOYU_OK && is_typed)
        *out = columns;
    else
        tally_columns_free(columns);
    return status;
}

void tally_columns_free(struct tally_columns *columns)
{
    if (!columns)
        return;
    tuoyu_allocator allocator = columns->arena.allocator;
    if (columns->has_driver)
        driver_end(&columns->driver);
    arena_free(&columns->bound);
    arena_free(&columns->arena);
    allocator_free(&allocator, columns, sizeof *columns);
}

bool tally_columns_reads(const struct tally_columns *columns, uint32_t fact)
{
    bool reads = columns->plan.is_read[fact];
    for (size_t i = 0; i < columns->reader_count && !reads; i++)
        reads = columns->readers[i].fact == fact;
    return reads;
}

/* ---- Binding ---- */

/* Sets a reader's column, NULL if the table has none. Returns false when memory is refused. */
static bool bind_reader(struct tally_columns *columns, struct region_reader *reader,
                        const struct tally_fact_column *column)
{
    reader->column = column;
    reader->by_code = NULL;
    if (!column || !column->code)
        return true;
    reader->by_code = ARENA_ARRAY(&columns->bound, struct tally_place *, column->code_count);
    return reader->by_code;
}

tuoyu_status tally_columns_bind(struct tally_columns *columns, const struct tally_fact_column *const *facts)
{
    const uint32_t fact_count = columns->typed.program->fact_count;
    arena_reset(&columns->bound);
    const struct fact_source **sources = ARENA_ARRAY(&columns->bound, const struct fact_source *, fact_count);
    if (!sources)
        return TUOYU_ERROR_NO_MEMORY;
    for (uint32_t i = 0; i < fact_count; i++)
        if (facts[i] && columns->plan.is_read[i])
            sources[i] = &facts[i]->source;
    for (size_t i = 0; i < columns->reader_count; i++)
        if (!bind_reader(columns, &columns->readers[i], facts[columns->readers[i].fact]))
            return TUOYU_ERROR_NO_MEMORY;
    return driver_bind(&columns->driver, sources);
}
