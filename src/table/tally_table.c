/* SPDX-License-Identifier: Apache-2.0 */
/* Adds the rows of an Arrow table to a tally: by columns where the tally has a typed form, else as
 * cases. */
#include <tuoyu/rules.h>

#include "base/public_layout.h"
#include "table/batch_input.h"
#include "tally/tally_columns.h"

static const struct location NOWHERE = {.source = NULL};

/* The work of adding one table to a tally. */
struct tally_table {
    struct tuoyu_tally *tally;
    struct text entity;
    struct arena arena;
    struct tuoyu_batch reader; /* a batch without rules, which says how tables are read */
    struct batch_input input;
    struct batch_input unread;     /* those columns of input that the tally does not read */
    struct tally_columns *columns; /* NULL: rows are added as cases */
    struct tuoyu_case *facts;
    tuoyu_diagnostics *row_findings;
    tuoyu_tally_table_options options;
    int64_t rows_before, count_before; /* options.rows, and the tally's rows, when the run began */
    tuoyu_diagnostics *diagnostics;
};

/* ---- Names of columns ---- */

/* Whether the policy has a fact of this name. */
static bool is_fact(const struct tally_table *table, struct text name)
{
    return layering_find_fact(table->tally->policy->layering, name) != SLOT_NONE;
}

/* A copy of the schema in which a column `certified` is named `staff.certified` if that is a fact and
 * the short name is not; the schema itself if it is malformed, which is reported later. NULL: memory ran
 * out. */
static const struct ArrowSchema *name_columns(struct tally_table *table, const struct ArrowSchema *schema,
                                              const struct ArrowArray *array)
{
    bool is_well_formed = schema->release && schema->children && schema->n_children > 0 &&
                          schema->n_children == array->n_children;
    for (int64_t i = 0; is_well_formed && i < schema->n_children; i++)
        is_well_formed = schema->children[i];
    if (!is_well_formed)
        return schema;
    size_t count = (size_t)schema->n_children;
    struct ArrowSchema *copy = ARENA_NEW(&table->arena, struct ArrowSchema);
    struct ArrowSchema *children = ARENA_ARRAY(&table->arena, struct ArrowSchema, count);
    struct ArrowSchema **pointers = ARENA_ARRAY(&table->arena, struct ArrowSchema *, count);
    if (!copy || !children || !pointers)
        return NULL;
    *copy = *schema;
    copy->children = pointers;
    for (size_t i = 0; i < count; i++) {
        children[i] = *schema->children[i];
        pointers[i] = &children[i];
        struct text name = text_of(children[i].name, TUOYU_NUL_TERMINATED);
        if (is_fact(table, name))
            continue;
        struct text full =
            text_format(&table->arena, "%.*s.%.*s", TEXT_ARGUMENTS(table->entity), TEXT_ARGUMENTS(name));
        if (!full.bytes)
            return NULL;
        if (is_fact(table, full))
            children[i].name = full.bytes;
    }
    return copy;
}

/* ---- Rows as cases ---- */

/* Reports the row's findings to the caller, with the number of the row. */
static void pass_on(struct tally_table *table, int64_t row)
{
    tuoyu_diagnostic item;
    for (size_t i = 0; i < tuoyu_diagnostics_count(table->row_findings); i++)
        if (tuoyu_diagnostics_get(table->row_findings, i, &item) == TUOYU_OK)
            report(table->diagnostics, item.code, NOWHERE, text_of(item.hint, TUOYU_NUL_TERMINATED),
                   "row %lld of `%.*s`: %s", (long long)row, TEXT_ARGUMENTS(table->entity), item.message);
}

/* Counts a row with an error and tells the caller of it. Returns TUOYU_OK, or TUOYU_ERROR_CANCELLED if
 * the caller stops. */
static tuoyu_status tell_bad_row(struct tally_table *table, int64_t row, tuoyu_status status)
{
    table->options.error_rows++;
    if (tuoyu_diagnostics_count(table->row_findings) == 0)
        report(table->row_findings, status, NOWHERE, TEXT(""), "%s", tuoyu_status_name(status));
    if (!table->options.bad_row)
        pass_on(table, row);
    else if (table->options.bad_row(table->options.context, row, table->row_findings))
        return TUOYU_ERROR_CANCELLED;
    return TUOYU_OK;
}

/* Whether a cell that was refused belongs to a fact that the tally reads. */
static bool is_wrong_for_tally(const struct tally_table *table)
{
    const struct program *program = &table->tally->policy->layering->program;
    for (size_t i = 0; i < table->input.fact_count; i++) {
        const struct batch_fact *fact = &table->input.facts[i];
        if (fact->is_refused && table->tally->reads[program->fact_slots[fact->index]])
            return true;
    }
    return false;
}

/* Asks the caller whether the run goes on: TUOYU_OK or TUOYU_ERROR_CANCELLED. */
static tuoyu_status ask_caller(struct tally_table *table)
{
    const tuoyu_tally_table_options *options = &table->options;
    bool stops = options->progress && options->progress(options->context, options->rows);
    return stops ? TUOYU_ERROR_CANCELLED : TUOYU_OK;
}

/* Adds a row as a case. Returns TUOYU_OK, also for a row with an error; TUOYU_ERROR_CANCELLED; or why
 * the tally is broken. */
static tuoyu_status add_as_case(void *context, int64_t row)
{
    struct tally_table *table = context;
    tuoyu_diagnostics_clear(table->row_findings);
    tuoyu_status given =
        batch_input_read(&table->reader, &table->input, row, table->facts, table->row_findings);
    if (given == TUOYU_ERROR_NO_MEMORY)
        return given;
    bool is_wrong = given != TUOYU_OK && is_wrong_for_tally(table);
    tuoyu_status status = tally_add_row(table->tally, table->entity, table->facts,
                                        table->options.digests_rows, is_wrong, table->row_findings);
    if (table->tally->broken)
        return status;
    if (status == TUOYU_OK)
        status = given;
    if (status != TUOYU_OK)
        status = tell_bad_row(table, row, status);
    return status == TUOYU_OK ? ask_caller(table) : status;
}

/* Adds rows [first, first + count) as cases. Returns TUOYU_OK or the status of the first error. */
static tuoyu_status add_cases(struct tally_table *table, int64_t first, int64_t count)
{
    tuoyu_status status = TUOYU_OK;
    for (int64_t row = first; row < first + count && status == TUOYU_OK; row++)
        status = add_as_case(table, row);
    table->options.fallback_rows += count;
    return status;
}

/* ---- Columns ---- */

/* Reads a cell as text. CELL_MISSING: it is null or empty; CELL_OTHER: it is no text. */
static enum cell_reading read_text(const void *context, int64_t row, struct text *out)
{
    struct arrow_cell cell = arrow_column_cell(context, row);
    if (cell.kind == ARROW_CELL_NULL || (cell.kind == ARROW_CELL_TEXT && cell.text.length == 0))
        return CELL_MISSING;
    *out = cell.text;
    return cell.kind == ARROW_CELL_TEXT ? CELL_KNOWN : CELL_OTHER;
}

/* The index of a row's text in the column's dictionary. */
static int64_t read_code(const void *context, int64_t row)
{
    return arrow_column_code(context, row);
}

/* The column as the tally reads it; NULL: memory ran out. */
static const struct tally_fact_column *lay_out(struct tally_table *table, struct batch_fact *fact)
{
    struct tally_fact_column *column = ARENA_NEW(&table->arena, struct tally_fact_column);
    if (!column)
        return NULL;
    *column = (struct tally_fact_column){.text = read_text, .context = &fact->column};
    if (fact->column.is_dictionary) {
        column->code = read_code;
        column->code_count = (size_t)fact->column.words.length;
    }
    fact->cells = (struct arrow_cells){.column = &fact->column,
                                       .null_is_none = fact->fact->is_nullable &&
                                                       table->options.nulls == TUOYU_NULLS_NONE};
    struct fact_source *source = &column->source;
    arrow_column_as_cells(&fact->cells, &source->cells);
    bool is_alike =
        !fact->cells.null_is_none && arrow_column_borrow(&fact->column, &table->arena, &source->layout);
    if (!is_alike)
        source->layout = source->cells;
    return table->arena.failed ? NULL : column;
}

/* Binds the columns, and sets aside those that the tally does not read. Sets table->columns to NULL if
 * rows must be added as cases. Returns TUOYU_OK or an error. */
static tuoyu_status bind_columns(struct tally_table *table)
{
    const struct program *program = &table->tally->policy->layering->program;
    tuoyu_status status = tally_columns_of(table->tally, table->entity, &table->columns);
    if (table->options.digests_rows || !table->tally->is_in_force)
        table->columns = NULL;
    if (status != TUOYU_OK || !table->columns)
        return status;
    const struct tally_fact_column **facts =
        ARENA_ARRAY(&table->arena, const struct tally_fact_column *, program->fact_count);
    table->unread.facts = ARENA_ARRAY(&table->arena, struct batch_fact, table->input.fact_count);
    if (!facts || !table->unread.facts)
        return TUOYU_ERROR_NO_MEMORY;
    for (size_t i = 0; i < table->input.fact_count; i++) {
        struct batch_fact *fact = &table->input.facts[i];
        if (!tally_columns_reads(table->columns, fact->index)) {
            table->unread.facts[table->unread.fact_count++] = *fact;
            continue;
        }
        facts[fact->index] = lay_out(table, fact);
        if (!facts[fact->index])
            return TUOYU_ERROR_NO_MEMORY;
    }
    return tally_columns_bind(table->columns, facts);
}

/* ---- All rows ---- */

/* Marks rows in which a fact is wrong that the tally does not read. Returns whether there are some. */
static bool find_wrong_cells(void *context, int64_t first, size_t rows, uint8_t *fallback)
{
    struct tally_table *table = context;
    bool are_some = false;
    for (size_t i = 0; i < rows; i++) {
        tuoyu_status status =
            batch_input_read(&table->reader, &table->unread, first + (int64_t)i, table->facts, NULL);
        fallback[i] |= status != TUOYU_OK;
        are_some |= status != TUOYU_OK;
    }
    return are_some;
}

/* Updates options.rows by the rows that the tally has taken since the run began. */
static void count_rows(struct tally_table *table)
{
    const struct row_count *count = tally_row_count_of(table->tally, table->entity);
    table->options.rows = table->rows_before + (count->count - table->count_before);
}

/* Counts the rows after a block, and asks the caller whether to go on. Returns TUOYU_ERROR_CANCELLED if
 * not. */
static tuoyu_status end_block(void *context)
{
    struct tally_table *table = context;
    count_rows(table);
    return ask_caller(table);
}

/* Adds rows by columns; those that fall back are added as cases. Returns TUOYU_OK or the status of the first
 * error. */
static tuoyu_status add_by_columns(struct tally_table *table, int64_t first, int64_t count)
{
    bool looks = table->options.validate == TUOYU_VALIDATE_ALL && table->unread.fact_count;
    const struct tally_rows_caller caller = {.context = table,
                                             .add_row = add_as_case,
                                             .find_fallback = looks ? find_wrong_cells : NULL,
                                             .end_block = end_block};
    return tally_columns_run(table->columns, first, count, &caller, &table->options.fallback_rows);
}

/* Adds rows as cases, with progress after every TALLY_BLOCK_ROWS rows. */
static tuoyu_status add_by_cases(struct tally_table *table, int64_t first, int64_t count)
{
    tuoyu_status status = TUOYU_OK;
    for (int64_t done = 0; done < count && status == TUOYU_OK; done += TALLY_BLOCK_ROWS) {
        int64_t rows = count - done < TALLY_BLOCK_ROWS ? count - done : TALLY_BLOCK_ROWS;
        status = add_cases(table, first + done, rows);
        if (status == TUOYU_OK)
            status = end_block(table);
    }
    return status;
}

/* Adds the rows of a table that is open and bound. After an error that is not the caller's stop, the
 * tally is broken. */
static tuoyu_status tally_range(struct tally_table *table, int64_t first, int64_t count)
{
    table->rows_before = table->options.rows;
    struct row_count *counted = tally_row_count_of(table->tally, table->entity);
    table->count_before = counted->count;
    bool reads_nothing = !table->tally->is_in_force && !table->options.digests_rows &&
                         table->options.validate == TUOYU_VALIDATE_NEEDED;
    tuoyu_status status = TUOYU_OK;
    if (reads_nothing) {
        counted->count += count;
        table->tally->has_undigested |= count > 0;
    } else {
        status = (table->columns ? add_by_columns : add_by_cases)(table, first, count);
    }
    count_rows(table);
    if (status == TUOYU_ERROR_CANCELLED)
        return report(table->diagnostics, status, NOWHERE, TEXT(""), "stopped, as the caller asked");
    return table->tally->broken ? tally_check(table->tally, table->diagnostics)
                                : tally_break(table->tally, status, table->diagnostics);
}

/* Opens the table, checks it, and adds its rows. Errors are reported, except TUOYU_ERROR_NO_MEMORY. */
static tuoyu_status add_table(struct tally_table *table, const struct ArrowSchema *schema,
                              const struct ArrowArray *array, int64_t first, int64_t count)
{
    const struct ArrowSchema *named = name_columns(table, schema, array);
    if (!named)
        return TUOYU_ERROR_NO_MEMORY;
    tuoyu_status status =
        batch_input_open(&table->reader, named, array, &table->arena, &table->input, table->diagnostics);
    if (status != TUOYU_OK)
        return status;
    int64_t length = table->input.table.length;
    if (first < 0 || first > length || count < -1 || count > length - first)
        return report(table->diagnostics, TUOYU_ERROR_INVALID_ARGUMENT, NOWHERE, TEXT(""),
                      "the table has no such rows");
    if (count < 0)
        count = length - first;
    status = batch_input_check(&table->input, first, count, table->diagnostics);
    if (status == TUOYU_OK)
        status = case_make(table->tally->policy, &table->facts);
    if (status == TUOYU_OK)
        status = diagnostics_new_like(&table->arena.allocator, table->diagnostics, &table->row_findings);
    if (status == TUOYU_OK)
        status = bind_columns(table);
    return status == TUOYU_OK ? tally_range(table, first, count) : status;
}

/* ---- Options, which the caller owns and which are written to ---- */

/* Reads the options and applies them to the reader. Returns TUOYU_OK, or an error that is reported. */
static tuoyu_status take_options(struct tally_table *table, const tuoyu_tally_table_options *options)
{
    tuoyu_status status =
        option_struct_read(&table->options, &TALLY_TABLE_OPTIONS_LAYOUT, options, table->diagnostics);
    table->reader.policy = table->tally->policy;
    table->reader.options.unknown_columns = table->options.unknown_columns;
    table->reader.options.floats = table->options.floats;
    table->reader.options.nulls = table->options.nulls;
    return status;
}

tuoyu_status tuoyu_tally_add_table(tuoyu_tally *tally, const char *entity, size_t entity_length,
                                   const struct ArrowSchema *schema, const struct ArrowArray *array,
                                   int64_t first, int64_t count, tuoyu_tally_table_options *options,
                                   tuoyu_diagnostics *diagnostics)
{
    if (!tally || !entity || !schema || !array)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    struct tally_table table = {
        .tally = tally, .entity = text_of(entity, entity_length), .diagnostics = diagnostics};
    tuoyu_status status = take_options(&table, options);
    if (status == TUOYU_OK)
        status = tally_check(tally, diagnostics);
    if (status != TUOYU_OK || !tally_row_count_of(tally, table.entity))
        return status;
    arena_init(&table.arena, &tally->policy->arena.allocator);
    status = add_table(&table, schema, array, first, count);
    if (options) {
        options->rows = table.options.rows;
        options->error_rows = table.options.error_rows;
        options->fallback_rows = table.options.fallback_rows;
    }
    case_free(table.facts);
    tuoyu_diagnostics_free(table.row_findings);
    arena_free(&table.arena);
    return status == TUOYU_ERROR_NO_MEMORY && !tally->broken ? report_no_memory(diagnostics) : status;
}
