/* SPDX-License-Identifier: Apache-2.0 */
/* Opens the columns of a table that are facts, binds them for the driver, and reads rows as cases. */
#include "table/batch_input.h"

#include "pack/fact_value.h"

static const struct location NOWHERE = {.source = NULL};

/* ---- Columns ---- */

/* Whether a column of this kind can hold facts of this type. */
static bool can_hold(enum arrow_kind kind, enum fact_type type)
{
    switch (kind) {
    case ARROW_NULL:
    case ARROW_TEXT:
    case ARROW_TEXT_VIEW: return true;
    case ARROW_BOOLEAN: return type == FACT_TYPE_BOOLEAN;
    case ARROW_DATE: return type == FACT_TYPE_DATE;
    case ARROW_INTEGER:
    case ARROW_DECIMAL:
    case ARROW_FLOAT:
        return type == FACT_TYPE_INTEGER || type == FACT_TYPE_NUMBER || type == FACT_TYPE_MONEY ||
               type == FACT_TYPE_PERCENT;
    default: return false;
    }
}

/* Checks that the column's type can hold the fact. Returns TUOYU_OK, or TUOYU_ERROR_FACT_TYPE, which is
 * reported. */
static tuoyu_status check_type(const struct tuoyu_batch *batch, const struct arrow_table *table,
                               int64_t index, const struct pack_fact *fact, tuoyu_diagnostics *diagnostics)
{
    char name[ARROW_TYPE_NAME_SIZE];
    struct arrow_type type = arrow_table_column_type(table, index);
    const char *found = arrow_table_column_type_name(table, index, name);
    if (type.kind == ARROW_FLOAT && batch->options.floats != TUOYU_FLOATS_SHORTEST)
        return report(diagnostics, TUOYU_ERROR_FACT_TYPE, NOWHERE,
                      TEXT("cast it to a decimal or an integer, or ask for the shortest text of each number"),
                      "the column `%.*s` is of type %s: binary floating point is not exact",
                      TEXT_ARGUMENTS(fact->name), found);
    if (type.kind == ARROW_OTHER)
        return report(diagnostics, TUOYU_ERROR_FACT_TYPE, NOWHERE, arrow_table_column_advice(table, index),
                      "the column `%.*s` is of type %s, which is not read", TEXT_ARGUMENTS(fact->name),
                      found);
    if (can_hold(type.kind, fact->type))
        return TUOYU_OK;
    struct text wanted = fact_type_name(fact->type);
    return report(diagnostics, TUOYU_ERROR_FACT_TYPE, NOWHERE, TEXT(""),
                  "the column `%.*s` is of type %s, which cannot hold a fact of type %.*s",
                  TEXT_ARGUMENTS(fact->name), found, TEXT_ARGUMENTS(wanted));
}

/* Whether the fact has a column already. */
static bool is_open(const struct batch_input *input, uint32_t index)
{
    for (size_t i = 0; i < input->fact_count; i++)
        if (input->facts[i].index == index)
            return true;
    return false;
}

/* A column that is no fact: TUOYU_OK if the options ignore such columns, else TUOYU_ERROR_FACT_UNKNOWN,
 * which is reported. */
static tuoyu_status report_unknown(const struct tuoyu_batch *batch, struct text name,
                                   tuoyu_diagnostics *diagnostics)
{
    uint32_t index = 0;
    if (batch->options.unknown_columns == TUOYU_UNKNOWN_COLUMNS_IGNORE)
        return TUOYU_OK;
    if (name.length == 0)
        return report(diagnostics, TUOYU_ERROR_FACT_UNKNOWN, NOWHERE, TEXT("name it as a fact"),
                      "a column has no name");
    case_find_fact(batch->policy, name, NOWHERE, &index, diagnostics);
    return TUOYU_ERROR_FACT_UNKNOWN;
}

/* Opens a column of the table. Returns TUOYU_OK, also for a column that is ignored, or an error that is
 * reported. */
static tuoyu_status open_column(const struct tuoyu_batch *batch, int64_t index, struct batch_input *input,
                                tuoyu_diagnostics *diagnostics)
{
    struct text name = arrow_table_column_name(&input->table, index);
    uint32_t slot = layering_find_fact(batch->policy->layering, name);
    if (slot == SLOT_NONE)
        return report_unknown(batch, name, diagnostics);
    const struct slot *found = program_slot(&batch->policy->layering->program, slot);
    struct batch_fact *fact = &input->facts[input->fact_count];
    *fact = (struct batch_fact){.fact = slot_fact(found), .index = found->fact};
    if (is_open(input, fact->index))
        return report(diagnostics, TUOYU_ERROR_DUPLICATE, NOWHERE, TEXT(""), "there are two columns `%.*s`",
                      TEXT_ARGUMENTS(name));
    tuoyu_status status = check_type(batch, &input->table, index, fact->fact, diagnostics);
    if (status == TUOYU_OK && input->table.array)
        status = arrow_column_open(&input->table, index, &fact->column, diagnostics);
    if (status == TUOYU_OK)
        input->fact_count++;
    return status;
}

tuoyu_status batch_input_open(const struct tuoyu_batch *batch, const struct ArrowSchema *schema,
                              const struct ArrowArray *array, struct arena *arena, struct batch_input *input,
                              tuoyu_diagnostics *diagnostics)
{
    *input = (struct batch_input){.facts = NULL};
    tuoyu_status first = arrow_table_open(&input->table, schema, array, diagnostics);
    if (first != TUOYU_OK)
        return first;
    /* One entry more than there are facts: a second column of a fact is opened before it is refused. */
    input->facts =
        ARENA_ARRAY(arena, struct batch_fact, (size_t)batch->policy->layering->program.fact_count + 1);
    if (!input->facts)
        return report_no_memory(diagnostics);
    for (int64_t i = 0; i < input->table.column_count; i++) {
        tuoyu_status status = open_column(batch, i, input, diagnostics);
        if (first == TUOYU_OK)
            first = status;
    }
    return first;
}

tuoyu_status batch_input_check(const struct batch_input *input, int64_t first, int64_t count,
                               tuoyu_diagnostics *diagnostics)
{
    tuoyu_status status = TUOYU_OK;
    for (size_t i = 0; i < input->fact_count && status == TUOYU_OK; i++)
        status = arrow_column_check(&input->facts[i].column, first, count, diagnostics);
    return status;
}

/* ---- Binding ---- */

/* Sets the fact's source: its values as their producer laid them out, or, where that is not possible,
 * its cells. */
static void lay_out(const struct tuoyu_batch *batch, struct batch_fact *fact, struct arena *arena)
{
    struct fact_source *source = &fact->source;
    fact->cells = (struct arrow_cells){.column = &fact->column,
                                       .null_is_none = fact->fact->is_nullable &&
                                                       batch->options.nulls == TUOYU_NULLS_NONE};
    arrow_column_as_cells(&fact->cells, &source->cells);
    bool is_alike = !fact->cells.null_is_none && arrow_column_borrow(&fact->column, arena, &source->layout);
    if (!is_alike)
        source->layout = source->cells;
}

const struct fact_source *const *batch_input_sources(const struct tuoyu_batch *batch,
                                                     struct batch_input *input, struct arena *arena)
{
    const struct program *program = &batch->policy->layering->program;
    const struct fact_source **sources = ARENA_ARRAY(arena, const struct fact_source *, program->fact_count);
    for (size_t i = 0; sources && i < input->fact_count; i++) {
        struct batch_fact *fact = &input->facts[i];
        if (batch->plan.driver.facts[fact->index].code != OPERATION_FACT)
            continue;
        lay_out(batch, fact, arena);
        sources[fact->index] = &fact->source;
    }
    return arena->failed ? NULL : sources;
}

/* ---- Rows ---- */

/* Reads a fact's cell; *value is left as it was where the cell is null and counts as missing. Returns
 * TUOYU_OK, or an error that is reported. */
static tuoyu_status read_cell(const struct tuoyu_batch *batch, const struct batch_fact *from, int64_t row,
                              const struct tuoyu_case *facts, struct value *value,
                              tuoyu_diagnostics *diagnostics)
{
    const struct pack_fact *fact = from->fact;
    struct arrow_cell cell = arrow_column_cell(&from->column, row);
    switch (cell.kind) {
    case ARROW_CELL_NULL:
        if (!fact->is_nullable || batch->options.nulls != TUOYU_NULLS_NONE)
            return TUOYU_OK;
        return fact_value_from_none(fact, NOWHERE, value, diagnostics);
    case ARROW_CELL_BOOLEAN: return fact_value_from_boolean(fact, cell.boolean, NOWHERE, value, diagnostics);
    case ARROW_CELL_NUMBER: return fact_value_from_decimal(fact, cell.number, NOWHERE, value, diagnostics);
    case ARROW_CELL_DATE: return fact_value_from_date(fact, cell.date, NOWHERE, value, diagnostics);
    case ARROW_CELL_TEXT: return case_read_text(facts, fact, from->index, cell.text, value, diagnostics);
    default:
        /* a text that is wrong: case_read_text() reports what is wrong with it */
        if (cell.text.bytes)
            return case_read_text(facts, fact, from->index, cell.text, value, diagnostics);
        return report(diagnostics, cell.code, NOWHERE, TEXT(""), "'%.*s' %s", TEXT_ARGUMENTS(fact->name),
                      cell.problem);
    }
}

tuoyu_status batch_input_read(const struct tuoyu_batch *batch, const struct batch_input *input, int64_t row,
                              struct tuoyu_case *facts, tuoyu_diagnostics *diagnostics)
{
    tuoyu_status first = TUOYU_OK;
    case_forget(facts);
    for (size_t i = 0; i < input->fact_count; i++) {
        const struct batch_fact *from = &input->facts[i];
        struct value value = batch->policy->layering->program.no_facts[from->index];
        tuoyu_status status = read_cell(batch, from, row, facts, &value, diagnostics);
        if (status == TUOYU_OK)
            status = case_set(facts, from->fact, from->index, value, diagnostics);
        if (status == TUOYU_ERROR_NO_MEMORY)
            return status;
        input->facts[i].is_refused = status != TUOYU_OK;
        if (first == TUOYU_OK)
            first = status;
    }
    return first;
}
