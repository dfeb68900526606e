/* SPDX-License-Identifier: Apache-2.0 */
/* Adds up the rows of a block: finds the regions that a row names, what the row is to each part, and adds it
 * to the whole and to its regions. */
#include "tally/tally_block.h"

#include "pack/model.h"

/* ---- Regions of a row ---- */

/* True if the text, as it stands, is a value of the fact other than null, so that no case need read it. */
static bool is_plain(const struct pack_fact *fact, struct text text)
{
    if (fact->is_nullable && text_equals(text, TEXT("null")))
        return false;
    if (fact->type == FACT_TYPE_STRING)
        return true;
    for (size_t i = 0; i < fact->value_count; i++)
        if (text_equals(fact->values[i].id, text))
            return true;
    return false;
}

/* Makes the place of a region that no row named before. Returns NULL with *status set to an error if memory
 * is refused or the tally is full. */
static struct tally_place *make_place(struct tally_columns *columns, struct region_reader *reader,
                                      struct text id, tuoyu_status *status)
{
    struct tuoyu_tally *tally = columns->tally;
    struct tally_place *place = ARENA_NEW(&columns->arena, struct tally_place);
    struct text kept = text_copy(&columns->arena, id);
    *status = TUOYU_ERROR_NO_MEMORY;
    if (!place || !kept.bytes || !tally_place_init(columns, place) || !map_put(&reader->places, kept, place))
        return NULL;
    *status = TUOYU_OK;
    if (reader->kind != SIZE_MAX)
        place->region = tally_see_region(tally, &tally->kinds[reader->kind], kept, status);
    else
        place->sum = tally_number_sum(tally, &tally->numbers[reader->number], kept, status);
    return *status == TUOYU_OK ? place : NULL;
}

/* The region that a row's cell names; bytes NULL if it names none. Sets *is_bad if the cell must be read
 * as a case reads it. */
static struct text region_text(const struct tally_columns *columns, const struct region_reader *reader,
                               int64_t row, bool *is_bad)
{
    const struct program *program = columns->typed.program;
    struct text text = {.bytes = NULL};
    if (!reader->column)
        return text;
    enum cell_reading reading = reader->column->text(reader->column->context, row, &text);
    if (reading == CELL_MISSING)
        return (struct text){.bytes = NULL};
    *is_bad |= reading == CELL_OTHER ||
               !is_plain(slot_fact(program_slot(program, program->fact_slots[reader->fact])), text);
    return *is_bad ? (struct text){.bytes = NULL} : text;
}

/* Sets columns->row for a row of the table. Returns false if the row must be added as a case, or if *status
 * was set to an error. */
static bool find_places(struct tally_columns *columns, int64_t row, tuoyu_status *status)
{
    bool is_bad = false;
    for (size_t i = 0; i < columns->reader_count && !is_bad; i++) {
        struct region_reader *reader = &columns->readers[i];
        int64_t code = reader->by_code ? reader->column->code(reader->column->context, row) : -1;
        columns->row[i] = code >= 0 ? reader->by_code[code] : NULL;
        if (columns->row[i])
            continue;
        struct text id = region_text(columns, reader, row, &is_bad);
        if (id.bytes)
            columns->row[i] = map_get(&reader->places, id);
        if (id.bytes && !columns->row[i])
            columns->row[i] = make_place(columns, reader, id, status);
        if (*status != TUOYU_OK)
            return false;
        if (code >= 0)
            reader->by_code[code] = columns->row[i];
        if (!id.bytes && reader->number != SIZE_MAX)
            columns->row[i] = &reader->none;
    }
    return !is_bad;
}

/* ---- What a row is to a part ---- */

/* The operation that computes an output; it has the kind and the scale of its values. */
static const struct typed_operation *operation_of(const struct tally_columns *columns, uint32_t output)
{
    return &columns->typed.operations[columns->typed.outputs[output].operation];
}

/* The value of an output in a row of the block; without meaning where it is not known. */
static int64_t tallied_value(const struct tally_columns *columns, uint32_t output, size_t row)
{
    const struct block_result *result = &columns->block->results[output];
    const void *values = result->values;
    switch (result->lane) {
    case LANE_8: return ((const uint8_t *)values)[row];
    case LANE_32: return ((const int32_t *)values)[row];
    default: return ((const int64_t *)values)[row];
    }
}

/* True if the output has a value in this row of the block. */
static bool is_known_at(const struct tally_columns *columns, uint32_t output, size_t row)
{
    const uint8_t *known = columns->block->results[output].known;
    return !known || known[row];
}

/* How a row of the block counts in a part. */
static enum row_state state_of(const struct tally_columns *columns, const struct tally_part *part, size_t row)
{
    bool is_open = part->where != OPERAND_NONE && !is_known_at(columns, part->where, row);
    if (part->where != OPERAND_NONE && !is_open && !tallied_value(columns, part->where, row))
        return ROW_LEFT_OUT;
    if (!is_known_at(columns, part->value, row))
        return ROW_UNKNOWN;
    bool is_boolean = operation_of(columns, part->value)->kind == TYPED_BOOLEAN &&
                      part->aggregate->kind != AGGREGATE_DISTINCT;
    if (is_boolean && !tallied_value(columns, part->value, row))
        return ROW_LEFT_OUT;
    return is_open ? ROW_UNKNOWN : ROW_COUNTED;
}

/* Which leaves of the typed program the output of a row waits for, as bits; 0 if it is known or waits for
 * none of them. */
static uint64_t waits_at(const struct tally_columns *columns, uint32_t output, size_t row)
{
    bool is_open = output != OPERAND_NONE && !is_known_at(columns, output, row);
    const uint64_t *waits = is_open ? columns->block->results[output].waits : NULL;
    return waits ? waits[row] : 0;
}

/* True if some value of the row is not known and waits for no leaf that has a bit. */
static bool has_nameless(const struct tally_columns *columns, size_t row)
{
    for (size_t i = 0; i < columns->part_count && columns->block->has_unknown; i++) {
        const struct tally_part *part = &columns->parts[i];
        const uint32_t outputs[] = {part->where, part->value};
        for (int j = 0; j < 2; j++) {
            bool is_open = outputs[j] != OPERAND_NONE && !is_known_at(columns, outputs[j], row);
            if (is_open && !waits_at(columns, outputs[j], row))
                return true;
        }
    }
    return false;
}

/* True if the row of the block must be added as a case. */
static bool falls_back(const struct tally_columns *columns, size_t row)
{
    const uint8_t *fallback = columns->block->fallback[0];
    return (fallback && fallback[row]) || has_nameless(columns, row);
}

/* The value of an output in a row as the interpreter would give it. */
static struct value shown_value(const struct tally_columns *columns, uint32_t output, size_t row)
{
    const struct typed_operation *typed = operation_of(columns, output);
    tuoyu_decimal number;
    if (!is_known_at(columns, output, row))
        return value_null(&columns->missing);
    int64_t value = tallied_value(columns, output, row);
    switch ((enum typed_kind)typed->kind) {
    case TYPED_BOOLEAN: return value_boolean(value != 0);
    case TYPED_DATE: return value_date(value);
    case TYPED_CODE: return value_string(typed->texts[value]);
    default: tuoyu_decimal_from_int64(value, typed->scale, &number); return value_number(number);
    }
}

/* What the row contributes to a part, as row_contribution() finds it for a case. Marks the facts that are
 * missing. */
static tuoyu_status full_contribution(struct tally_columns *columns, const struct tally_part *part,
                                      size_t row, struct arena *scratch, struct contribution *out)
{
    const char *what = NULL;
    struct value where =
        part->where == OPERAND_NONE ? value_boolean(true) : shown_value(columns, part->where, row);
    *out = (struct contribution){.state = ROW_LEFT_OUT};
    if (value_is_false(where))
        return TUOYU_OK;
    tuoyu_status status =
        contribution_of(part->aggregate, where, shown_value(columns, part->value, row), scratch, out, &what);
    if (status != TUOYU_OK || out->state != ROW_UNKNOWN)
        return status;
    uint64_t waits = waits_at(columns, part->where, row) | waits_at(columns, part->value, row);
    for (uint32_t i = 0; i < columns->typed.leaf_count && i < MACHINE_LEAVES; i++)
        if (waits >> i & 1)
            columns->tally->is_missing[columns->typed.leaves[i]] = true;
    return TUOYU_OK;
}

/* ---- Adding up ---- */

/* Lists the place for flush(), once. */
static void use_place(struct tally_columns *columns, struct tally_place *place)
{
    if (place->is_used)
        return;
    place->is_used = true;
    place->next_used = columns->used;
    columns->used = place;
}

/* Adds a known value, at the scale of its output, to what a place has counted of part number `index`. */
static void add_known(struct tally_columns *columns, struct tally_place *place, size_t index, int64_t value)
{
    struct known_part *known = &place->known[index];
    use_place(columns, place);
    if (known->rows == 0 || value < known->least)
        known->least = value;
    if (known->rows == 0 || value > known->greatest)
        known->greatest = value;
    known->rows++;
    known->total += value;
}

/* The sum of the tally to which a place's rows of a part are added. */
static struct sum *sum_of(const struct tally_columns *columns, struct tally_place *place,
                          const struct tally_part *part)
{
    if (place->sum)
        return place->sum;
    return &(place->region ? &place->region->of : &columns->tally->whole)->sums[part->index];
}

/* value × 10^-scale. */
static tuoyu_decimal decimal_of(int64_t value, int32_t scale)
{
    tuoyu_decimal number = decimal_from_integer(0);
    tuoyu_decimal_from_int64(value, scale, &number);
    return number;
}

/* Adds what the places have counted to the sums of the tally, and empties the places. */
static void flush(struct tally_columns *columns)
{
    for (struct tally_place *place = columns->used; place; place = place->next_used) {
        for (size_t i = 0; i < columns->part_count; i++) {
            const struct tally_part *part = &columns->parts[i];
            struct known_part *known = &place->known[i];
            if (known->rows == 0)
                continue;
            int32_t scale = operation_of(columns, part->value)->scale;
            struct known_rows rows = {.rows = known->rows,
                                      .scale = scale,
                                      .total = aggregate_has_total(part->aggregate) ? known->total : 0,
                                      .least = decimal_of(known->least, scale),
                                      .greatest = decimal_of(known->greatest, scale)};
            sum_add_known(sum_of(columns, place, part), &rows);
            known->rows = 0;
            known->total = 0;
        }
        place->is_used = false;
    }
    columns->used = NULL;
}

/* Adds a distinct value, unless its code was seen in this place before. Returns TUOYU_OK or the status of the
 * first error. */
static tuoyu_status add_distinct(struct tally_columns *columns, struct tally_place *place, size_t index,
                                 size_t row, struct arena *scratch)
{
    const struct tally_part *part = &columns->parts[index];
    bool is_code = operation_of(columns, part->value)->kind == TYPED_CODE;
    int64_t value = tallied_value(columns, part->value, row);
    struct contribution contribution;
    struct known_part *known = &place->known[index];
    if (is_code && value < 64 && known->seen >> value & 1)
        return TUOYU_OK;
    tuoyu_status status = full_contribution(columns, part, row, scratch, &contribution);
    if (status == TUOYU_OK)
        status = sum_add(sum_of(columns, place, part), part->aggregate, &contribution, false,
                         &columns->tally->room);
    if (is_code && value < 64)
        known->seen |= UINT64_C(1) << value;
    return status;
}

/* Adds a row that is counted to one place and part. Returns TUOYU_OK or the status of the first error. */
static tuoyu_status count_in_place(struct tally_columns *columns, struct tally_place *place, size_t index,
                                   size_t row, struct arena *scratch)
{
    const struct tally_part *part = &columns->parts[index];
    if (part->aggregate->kind == AGGREGATE_DISTINCT)
        return add_distinct(columns, place, index, row, scratch);
    add_known(columns, place, index,
              part->aggregate->kind == AGGREGATE_COUNT ? 1 : tallied_value(columns, part->value, row));
    return TUOYU_OK;
}

/* Adds a row to the indicator's own aggregates, all of which know it. Returns TUOYU_OK or the status of the
 * first error. */
static tuoyu_status count_known(struct tally_columns *columns, size_t row, struct arena *scratch)
{
    tuoyu_status status = TUOYU_OK;
    for (size_t i = 0; i < columns->own_count && status == TUOYU_OK; i++) {
        if (state_of(columns, &columns->parts[i], row) != ROW_COUNTED)
            continue;
        status = count_in_place(columns, &columns->whole, i, row, scratch);
        for (size_t j = 0; j < columns->reader_count && status == TUOYU_OK; j++)
            if (columns->readers[j].kind != SIZE_MAX && columns->row[j])
                status = count_in_place(columns, columns->row[j], i, row, scratch);
    }
    return status;
}

/* Adds a row to the indicator's own aggregates, of which at least one does not know it. Returns TUOYU_OK or
 * the status of the first error. */
static tuoyu_status count_unknown(struct tally_columns *columns, size_t row, struct arena *scratch)
{
    struct tuoyu_tally *tally = columns->tally;
    struct contribution contributions[INDICATOR_AGGREGATES] = {{.state = ROW_LEFT_OUT},
                                                               {.state = ROW_LEFT_OUT}};
    tuoyu_status status = TUOYU_OK;
    for (size_t i = 0; i < columns->own_count && status == TUOYU_OK; i++)
        status = full_contribution(columns, &columns->parts[i], row, scratch,
                                   &contributions[columns->parts[i].index]);
    if (status == TUOYU_OK)
        status = tally_count(tally->indicator, &tally->whole, columns->entity, contributions, &tally->room);
    for (size_t j = 0; j < columns->reader_count && status == TUOYU_OK; j++)
        if (columns->readers[j].kind != SIZE_MAX && columns->row[j])
            status = tally_count(tally->indicator, &columns->row[j]->region->of, columns->entity,
                                 contributions, &tally->room);
    return status;
}

/* Adds the row to the numbers per region. Sets *is_unknown if the row is unknown to one of them. Returns
 * TUOYU_OK or the status of the first error. */
static tuoyu_status count_numbers(struct tally_columns *columns, size_t row, bool *is_unknown,
                                  struct arena *scratch)
{
    tuoyu_status status = TUOYU_OK;
    size_t reader =
        /* the readers of numbers come last */
        columns->reader_count - (columns->part_count - columns->own_count);
    for (size_t i = columns->own_count; i < columns->part_count && status == TUOYU_OK; i++, reader++) {
        const struct tally_part *part = &columns->parts[i];
        struct tally_place *place = columns->row[reader];
        struct contribution contribution;
        enum row_state state = state_of(columns, part, row);
        if (state == ROW_COUNTED)
            status = count_in_place(columns, place, i, row, scratch);
        if (state != ROW_UNKNOWN)
            continue;
        *is_unknown = true;
        status = full_contribution(columns, part, row, scratch, &contribution);
        if (status == TUOYU_OK)
            status = sum_add(place->sum, part->aggregate, &contribution, false, &columns->tally->room);
    }
    return status;
}

/* Adds a row of the block to everything: the whole, its regions, the numbers per region, and the rows without
 * a region. Returns TUOYU_OK or the status of the first error. */
static tuoyu_status count_row(struct tally_columns *columns, size_t row, struct arena *scratch)
{
    bool is_unknown = false;
    for (size_t i = 0; i < columns->own_count && columns->block->has_unknown; i++)
        is_unknown |= state_of(columns, &columns->parts[i], row) == ROW_UNKNOWN;
    tuoyu_status status = TUOYU_OK;
    if (columns->own_count > 0 && is_unknown)
        status = count_unknown(columns, row, scratch);
    else if (columns->own_count > 0)
        status = count_known(columns, row, scratch);
    for (size_t j = 0; j < columns->reader_count; j++)
        if (columns->readers[j].kind != SIZE_MAX)
            columns->tally->kinds[columns->readers[j].kind].regionless += !columns->row[j];
    if (status == TUOYU_OK && columns->own_count < columns->part_count)
        status = count_numbers(columns, row, &is_unknown, scratch);
    columns->tally->missing += is_unknown;
    return status;
}

/* ---- Running ---- */

struct tally_run {
    struct tally_columns *columns;
    const struct tally_rows_caller *caller;
    struct row_count *count;
    struct arena scratch; /* for one row */
    int64_t *fallback_rows;
};

/* Adds a row of the block, or has the caller add it if it falls back. Returns the first error. */
static tuoyu_status add_row(struct tally_run *run, size_t at)
{
    struct tally_columns *columns = run->columns;
    const int64_t row = columns->block->first + (int64_t)at;
    tuoyu_status status = TUOYU_OK;
    bool is_typed = !falls_back(columns, at) && find_places(columns, row, &status);
    if (status != TUOYU_OK)
        return status;
    if (!is_typed) {
        (*run->fallback_rows)++;
        return run->caller->add_row(run->caller->context, row);
    }
    status = count_row(columns, at, &run->scratch);
    run->count->count++;
    columns->tally->has_undigested = true;
    arena_reset(&run->scratch);
    return status;
}

/* For driver_sink: asks the caller, if it claims rows in advance. Returns false if no row is claimed. */
static bool find_fallback(void *context, int64_t first, size_t rows, uint8_t *fallback)
{
    const struct tally_rows_caller *caller = ((const struct tally_run *)context)->caller;
    return caller->find_fallback && caller->find_fallback(caller->context, first, rows, fallback);
}

/* For driver_sink: adds the rows of a block. The status is also an error that the tally ended with before. */
static tuoyu_status take_block(void *context, const struct driver_block *block)
{
    struct tally_run *run = context;
    struct tally_columns *columns = run->columns;
    tuoyu_status status = tally_check(columns->tally, NULL);
    columns->block = block;
    for (size_t i = 0; i < block->rows && status == TUOYU_OK; i++)
        status = add_row(run, i);
    flush(columns);
    return status == TUOYU_OK ? run->caller->end_block(run->caller->context) : status;
}

tuoyu_status tally_columns_run(struct tally_columns *columns, int64_t first, int64_t count,
                               const struct tally_rows_caller *caller, int64_t *fallback_rows)
{
    struct tally_run run = {.columns = columns,
                            .caller = caller,
                            .count = tally_row_count_of(columns->tally, columns->entity),
                            .fallback_rows = fallback_rows};
    const struct driver_sink sink = {
        .context = &run, .take_block = take_block, .find_fallback = find_fallback};
    arena_init(&run.scratch, &columns->arena.allocator);
    tuoyu_status status = driver_run(&columns->driver, first, count, &sink);
    arena_free(&run.scratch);
    return status;
}
