/* SPDX-License-Identifier: Apache-2.0 */
/* Takes a table into the program: finds what it reads and how high its trees are, and makes hundredths of
 * percent columns. */
#include "program/decision_table.h"

#include <assert.h>

#include "program/check_table.h"

/* ---- Walking its expressions: inputs, then row by row, then the defaults ---- */

/* Is called for each expression; false ends the walk. */
typedef bool (*visitor)(void *data, const struct expression *expression);

/* Visits an array of expressions, which may be NULL; false where the visitor ended the walk. */
static bool visit_all(const struct expression *expressions, uint32_t count, visitor visit, void *data)
{
    for (uint32_t i = 0; expressions && i < count; i++)
        if (!visit(data, &expressions[i]))
            return false;
    return true;
}

/* Visits all expressions of a table; false where the visitor ended the walk. */
static bool visit_table(const struct decision_table *table, visitor visit, void *data)
{
    for (uint32_t i = 0; i < table->input_count; i++)
        if (!visit(data, &table->inputs[i].expression))
            return false;
    for (uint32_t i = 0; i < table->row_count; i++) {
        if (!visit_all(table->rows[i].when, table->input_count, visit, data))
            return false;
        if (!visit_all(table->rows[i].then, table->output_count, visit, data))
            return false;
    }
    return visit_all(table->defaults, table->output_count, visit, data);
}

/* A visitor that finds the greatest height, in an uint32_t. Returns true, so that all expressions are
 * visited. */
static bool measure(void *data, const struct expression *expression)
{
    uint32_t *height = data;
    if (expression->root->height > *height)
        *height = expression->root->height;
    return true;
}

uint32_t table_height(const struct decision_table *table)
{
    uint32_t height = 0;
    visit_table(table, measure, &height);
    return height;
}

/* ---- What it reads ---- */

/* The slots that a table reads, each once, in order of first mention. */
struct collection {
    struct arena *arena;
    struct map met; /* slots that were met; the key is the bytes of the index */
    uint32_t *slots;
    size_t count, capacity;
};

/* A visitor that collects slots in a struct collection; false without memory. */
static bool collect(void *data, const struct expression *expression)
{
    struct collection *collection = data;
    for (uint32_t i = 0; i < expression->symbol_count; i++) {
        struct text key = {.bytes = (const char *)&expression->symbols[i],
                           .length = sizeof *expression->symbols};
        if (map_get(&collection->met, key))
            continue;
        uint32_t *slots = arena_grow(collection->arena, collection->slots, collection->count,
                                     &collection->capacity, sizeof *slots);
        if (!slots || !map_put(&collection->met, key, collection))
            return false;
        collection->slots = slots;
        slots[collection->count++] = expression->symbols[i];
    }
    return true;
}

/* ---- Percent columns ---- */

/* Makes hundredths of a number in a percent column. A name is left as it is, because its value is a hundredth
 * already; anything else is an error. Returns TUOYU_OK or the error, reported. */
static tuoyu_status scale_cell(struct program *program, const struct table_output *output,
                               struct expression *cell, tuoyu_diagnostics *diagnostics)
{
    const struct node *root = cell->root;
    if (root->kind == NODE_SYMBOL || root->kind == NODE_PATH)
        return TUOYU_OK;
    bool is_negative = root->kind == NODE_NEGATE && root->children[0]->kind == NODE_LITERAL;
    const struct node *literal = is_negative ? root->children[0] : root;
    if (literal->kind != NODE_LITERAL)
        return report(diagnostics, TUOYU_ERROR_PACK, expression_location(cell, root),
                      TEXT("give the formula a name among the definitions"),
                      "a cell of the percent column `%.*s` is a number in percent, or a name",
                      TEXT_ARGUMENTS(output->name));
    if (literal->value.kind != VALUE_NUMBER)
        return TUOYU_OK; /* null, or what the types will report */
    tuoyu_decimal number = is_negative ? decimal_negate(literal->value.as.number) : literal->value.as.number;
    struct node *scaled = ARENA_NEW(program->arena, struct node);
    if (!scaled)
        return report_no_memory(diagnostics);
    tuoyu_status status = number_from_unit(output->unit, number, &number);
    if (status != TUOYU_OK)
        return report(diagnostics, status, expression_location(cell, root), TEXT(""),
                      "the number has too many digits");
    *scaled = *literal;
    scaled->offset = root->offset;
    scaled->length = root->length;
    scaled->value = value_number(number);
    cell->root = scaled;
    return TUOYU_OK;
}

/* Scales all cells of a percent column; other columns stay. Returns TUOYU_OK or the first error. */
static tuoyu_status scale_column(struct program *program, const struct decision_table *table, uint32_t index,
                                 tuoyu_diagnostics *diagnostics)
{
    const struct table_output *output = &table->outputs[index];
    tuoyu_status first = TUOYU_OK;
    if (!unit_is_percent(output->unit))
        return TUOYU_OK;
    for (uint32_t i = 0; i <= table->row_count; i++) {
        struct expression *cells = i < table->row_count ? table->rows[i].then : table->defaults;
        tuoyu_status status = cells ? scale_cell(program, output, &cells[index], diagnostics) : TUOYU_OK;
        if (first == TUOYU_OK)
            first = status;
    }
    return first;
}

tuoyu_status program_define_table(struct program *program, uint32_t index, struct decision_table *table,
                                  tuoyu_diagnostics *diagnostics)
{
    assert(index < program->slot_count);
    struct slot *slot = program->slots[index];
    struct collection collection = {.arena = program->arena};
    tuoyu_status first = TUOYU_OK;
    map_init(&collection.met, program->arena);
    if (!visit_table(table, collect, &collection))
        return report_no_memory(diagnostics);
    for (uint32_t i = 0; i < table->output_count; i++) {
        tuoyu_status status = scale_column(program, table, i, diagnostics);
        if (first == TUOYU_OK)
            first = status;
    }
    slot->table = table;
    slot->dependencies = collection.slots;
    slot->dependency_count = (uint32_t)collection.count;
    slot->first_read = program->read_count;
    program->read_count += slot->dependency_count;
    return first;
}
