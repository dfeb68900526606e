/* SPDX-License-Identifier: Apache-2.0 */
/* Checks the inputs, tests and outputs of a decision table, and whether they go with its hit policy. */
#include "program/check_table.h"

#include "program/check_units.h"
#include "program/unit_text.h"

/* ---- Inputs and rows ---- */

/* Checks an input, then each test of its column against the input's type. */
static void check_column(struct checker *checker, struct decision_table *table, uint32_t column)
{
    struct table_input *input = &table->inputs[column];
    checker->input = STATIC_TYPE(TYPE_ANY);
    checker->input = check_expression(checker, &input->expression);
    input->type = checker->input;
    checker->input_name = input->expression.text;
    for (uint32_t i = 0; i < table->row_count; i++)
        check_expression(checker, &table->rows[i].when[column]);
    checker->input = STATIC_TYPE(TYPE_ANY);
    checker->input_name = TEXT("?");
}

/* ---- Outputs ---- */

/* Checks the unit of an output cell and returns the cell's type with it. A number written in a percent column
 * is in percent, whatever it looks like. column: the type of the cells before it. */
static struct static_type check_cell_unit(struct checker *checker, const struct table_output *output,
                                          const struct expression *cell, struct static_type type,
                                          const struct static_type *column)
{
    struct node name = {.kind = NODE_INPUT};
    bool is_written = type.unit && type.unit->is_plain && unit_is_percent(output->unit);
    if (type.kind != TYPE_NUMBER)
        return type;
    if (is_written) {
        type.unit = unit_of_text(checker->arena, output->unit);
        return type;
    }
    if (output->unit.length)
        return check_declared_unit(checker, cell->root, type, output->unit, output->name);
    checker->input_name = output->name;
    if (column->kind == TYPE_NUMBER)
        check_same_unit(checker, cell->root, (struct quantity){&name, column},
                        (struct quantity){cell->root, &type}, "the column holds both");
    checker->input_name = TEXT("?");
    return type;
}

/* Reports a cell whose type is not that of the cells above it. */
static void fail_mixed(struct checker *checker, const struct expression *cell, const struct static_type *type,
                       const struct static_type *column)
{
    struct text is = check_type_name(type), above = check_type_name(column);
    bool is_text = type->kind == TYPE_STRING && column->kind == TYPE_NUMBER;
    check_fail(checker, cell->root, is_text ? TEXT("a number stands without quotes") : TEXT(""),
               "this cell is a %.*s, and those above it are a %.*s", TEXT_ARGUMENTS(is),
               TEXT_ARGUMENTS(above));
}

/* Reports a cell that is no number in a column that has a unit. */
static void fail_unit(struct checker *checker, const struct expression *cell, const struct static_type *type)
{
    struct text is = check_type_name(type);
    check_fail(checker, cell->root,
               type->kind == TYPE_STRING ? TEXT("a number stands without quotes") : TEXT(""),
               "this cell is a %.*s, and its column has a unit, as only numbers have", TEXT_ARGUMENTS(is));
}

/* Checks one output cell, and joins its type to that of the column. */
static void check_cell(struct checker *checker, const struct table_output *output,
                       const struct expression *cell, struct static_type *column)
{
    struct static_type type = check_expression(checker, cell);
    struct node name = {.kind = NODE_INPUT};
    checker->input_name = output->name;
    if (output->values)
        check_equal(checker, cell->root, &name, &output->type, cell->root, &type);
    checker->input_name = TEXT("?");
    if (unit_is_percent(output->unit))
        check_wanted(checker, cell, &type, TYPE_NUMBER, "a cell in percent");
    else if (output->unit.length && !static_type_is_open(&type) && type.kind != TYPE_NUMBER)
        fail_unit(checker, cell, &type);
    else if (!static_type_is_open(&type) && !static_type_is_open(column) && type.kind != column->kind)
        fail_mixed(checker, cell, &type, column);
    type = check_cell_unit(checker, output, cell, type, column);
    *column = static_type_join(checker->arena, column, &type);
}

/* Checks all cells of an output and sets its type. */
static void check_output(struct checker *checker, struct decision_table *table, uint32_t index)
{
    struct table_output *output = &table->outputs[index];
    struct static_type column = STATIC_TYPE(TYPE_NULL);
    if (output->values)
        output->type = static_type_of_strings(checker->arena, output->values, output->value_count);
    for (uint32_t i = 0; i < table->row_count; i++)
        check_cell(checker, output, &table->rows[i].then[index], &column);
    if (table->defaults)
        check_cell(checker, output, &table->defaults[index], &column);
    if (!output->values)
        output->type = column.kind == TYPE_NULL ? STATIC_TYPE(TYPE_ANY) : column;
}

/* ---- The whole ---- */

/* The type of a row's value: that of the only output, or a context of all. */
static struct static_type row_type(struct checker *checker, const struct decision_table *table)
{
    if (table->output_count == 1)
        return table->outputs[0].type;
    struct static_field *fields = ARENA_ARRAY(checker->arena, struct static_field, table->output_count);
    if (!fields)
        return STATIC_TYPE(TYPE_CONTEXT);
    for (uint32_t i = 0; i < table->output_count; i++)
        fields[i] = (struct static_field){.name = table->outputs[i].name, .type = table->outputs[i].type};
    return static_type_of_fields(checker->arena, fields, table->output_count);
}

/* Reports an error at the table. */
static void fail_table(struct checker *checker, const struct slot *slot, const char *message)
{
    report(checker->diagnostics, TUOYU_ERROR_TYPE, slot->where, TEXT(""), "%s", message);
    if (checker->status == TUOYU_OK)
        checker->status = TUOYU_ERROR_TYPE;
}

/* Reports outputs whose type the hit policy cannot use. That there are as many outputs as it allows, and an
 * order for P and O, was checked by the pack's reader. */
static void check_hit_policy(struct checker *checker, const struct slot *slot, const struct static_type *row)
{
    enum hit_policy hit = slot->table->hit;
    if (static_type_is_open(row))
        return;
    if (hit == HIT_COLLECT_SUM && row->kind != TYPE_NUMBER)
        fail_table(checker, slot, "the hit policy C+ adds numbers");
    if ((hit == HIT_COLLECT_MIN || hit == HIT_COLLECT_MAX) && !static_type_is_ordered(row))
        fail_table(checker, slot, "the hit policies C< and C> are for what has an order");
}

struct static_type check_table(struct checker *checker, struct slot *slot)
{
    struct decision_table *table = slot->table;
    for (uint32_t i = 0; i < table->input_count; i++)
        check_column(checker, table, i);
    for (uint32_t i = 0; i < table->output_count; i++)
        check_output(checker, table, i);
    struct static_type row = row_type(checker, table);
    check_hit_policy(checker, slot, &row);
    switch (table->hit) {
    case HIT_RULE_ORDER:
    case HIT_OUTPUT_ORDER:
    case HIT_COLLECT: return static_type_of(checker->arena, TYPE_LIST, row);
    case HIT_COLLECT_COUNT: return STATIC_TYPE(TYPE_NUMBER);
    default: return row;
    }
}
