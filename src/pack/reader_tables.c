/* SPDX-License-Identifier: Apache-2.0 */
/* Reads definitions and decision tables. */
#include "pack/reader_parts.h"

void reader_definitions(struct pack_reader *reader, const struct pack_node *section)
{
    size_t count = reader_entry_count(section);
    struct pack_definition *definitions = reader_array(reader, count, sizeof *definitions);
    if (!definitions)
        return;
    for (size_t i = 0; i < count; i++) {
        const struct pack_entry *entry = &section->entries[i];
        const struct pack_node *node = entry->node;
        struct pack_definition *definition = &definitions[i];
        *definition = (struct pack_definition){.name = entry->key, .where = entry->key_where};
        definition->formula =
            node->kind == PACK_NODE_SCALAR ? expression_of(node) : reader_expression(node, "formula");
        definition->label = reader_localised(node, "label");
        definition->note = reader_localised(node, "note");
        reader_unit(reader, node, "unit", &definition->unit);
        definition->round = reader_rounding(reader, node, "round");
        definition->cite = reader_cite(node, "cite");
        definition->standing = reader_standing(node, "standing");
    }
    reader->model->definitions = definitions;
    reader->model->definition_count = count;
}

/* ---- Columns ---- */

/* The hit policy of a word; HIT_UNIQUE for any other word or none. */
static enum hit_policy hit_policy_of(struct text word)
{
    static const char *const WORDS[] = {[HIT_UNIQUE] = "U",         [HIT_ANY] = "A",
                                        [HIT_PRIORITY] = "P",       [HIT_FIRST] = "F",
                                        [HIT_RULE_ORDER] = "R",     [HIT_OUTPUT_ORDER] = "O",
                                        [HIT_COLLECT] = "C",        [HIT_COLLECT_SUM] = "C+",
                                        [HIT_COLLECT_MIN] = "C<",   [HIT_COLLECT_MAX] = "C>",
                                        [HIT_COLLECT_COUNT] = "C#", NULL};
    size_t index = scalar_word(WORDS, word);
    return index == SIZE_MAX ? HIT_UNIQUE : (enum hit_policy)index;
}

/* Reads the input columns. */
static void read_inputs(struct pack_reader *reader, struct pack_table *table, const struct pack_node *inputs)
{
    size_t count = reader_item_count(inputs);
    table->inputs = reader_array(reader, count, sizeof *table->inputs);
    if (!table->inputs)
        return;
    table->input_count = count;
    for (size_t i = 0; i < count; i++) {
        const struct pack_node *node = inputs->items[i];
        table->inputs[i].expression =
            node->kind == PACK_NODE_SCALAR ? expression_of(node) : reader_expression(node, "expression");
        table->inputs[i].label = reader_localised(node, "label");
    }
}

/* Enters the values of an output into its map. */
static void index_values(struct pack_reader *reader, struct pack_table_output *output)
{
    map_init(&output->value_index, reader->arena);
    for (size_t i = 0; i < output->value_count; i++)
        if (!map_put(&output->value_index, output->values[i].text, &output->values[i]))
            reader_remember(reader, TUOYU_ERROR_NO_MEMORY);
}

/* Reads the output columns. */
static void read_outputs(struct pack_reader *reader, struct pack_table *table,
                         const struct pack_node *outputs)
{
    size_t count = reader_item_count(outputs);
    table->outputs = reader_array(reader, count, sizeof *table->outputs);
    if (!table->outputs)
        return;
    table->output_count = count;
    struct map seen;
    map_init(&seen, reader->arena);
    for (size_t i = 0; i < count; i++) {
        const struct pack_node *node = outputs->items[i];
        struct pack_table_output *output = &table->outputs[i];
        *output = (struct pack_table_output){.where = node->where};
        output->name = node->kind == PACK_NODE_SCALAR ? node->text : reader_text(node, "name");
        output->values = reader_names(reader, reader_get(node, "values"), &output->value_count);
        index_values(reader, output);
        reader_unit(reader, node, "unit", &output->unit);
        output->label = reader_localised(node, "label");
        reader_unique(reader, &seen, output->name, output->where, "output");
    }
}

/* Reports a hit policy that does not go with the outputs. */
static void check_hit_policy(struct pack_reader *reader, const struct pack_table *table,
                             const struct pack_node *node)
{
    const struct pack_node *hit = reader_get(node, "hit");
    if (!hit)
        return;
    bool by_priority = table->hit == HIT_PRIORITY || table->hit == HIT_OUTPUT_ORDER;
    bool aggregates = table->hit >= HIT_COLLECT_SUM;
    bool has_values = false;
    for (size_t i = 0; i < table->output_count; i++)
        has_values = has_values || table->outputs[i].value_count > 0;
    if (by_priority && !has_values)
        READER_ERROR(reader, TUOYU_ERROR_PACK, hit->where,
                     TEXT("write outputs: [{name: …, values: [first, second]}]"),
                     "hit policy %.*s needs an output with 'values', which stand in the order of priority",
                     TEXT_ARGUMENTS(hit->text));
    if (aggregates && table->output_count > 1)
        READER_ERROR(reader, TUOYU_ERROR_PACK, hit->where, TEXT("split the table"),
                     "hit policy %.*s allows one output only, not %zu", TEXT_ARGUMENTS(hit->text),
                     table->output_count);
}

/* ---- Cells ---- */

/* The nodes of the cells of a row: the items of a list, or one cell that stands alone. A wrong number of them
 * is reported, and NULL returned; a missing or malformed cell gives NULL too. */
static const struct pack_node *const *cell_nodes(struct pack_reader *reader,
                                                 const struct pack_node *const *cells, size_t expected,
                                                 const char *what, const char *column)
{
    const struct pack_node *node = *cells;
    if (!node || node->kind == PACK_NODE_MAPPING)
        return NULL;
    size_t count = node->kind == PACK_NODE_SEQUENCE ? node->count : 1;
    if (count == expected)
        return node->kind == PACK_NODE_SEQUENCE ? (const struct pack_node *const *)node->items : cells;
    READER_ERROR(reader, TUOYU_ERROR_PACK, node->where, TEXT("one a column, in their order"),
                 "one %s for each %s is needed: %zu, not %zu", what, column, expected, count);
    return NULL;
}

/* Reads one output cell. Where the output has values, the cell must be one of them. */
static struct pack_table_cell read_output_cell(struct pack_reader *reader,
                                               const struct pack_table_output *output,
                                               const struct pack_node *node)
{
    struct pack_table_cell cell = {.expression = expression_of(node), .is_value = output->value_count > 0};
    if (!cell.is_value || !cell.expression.text.bytes || map_get(&output->value_index, cell.expression.text))
        return cell;
    struct text best = TEXT("");
    size_t distance = SIZE_MAX, candidates = diagnostics_wants_hint(reader->diagnostics, output->value_count)
                                                 ? output->value_count
                                                 : 0;
    for (size_t i = 0; i < candidates; i++)
        text_nearest(cell.expression.text, output->values[i].text, &best, &distance);
    char hint[SCALAR_HINT_SIZE];
    READER_ERROR(reader, TUOYU_ERROR_PACK, node->where, scalar_did_you_mean(best, hint),
                 "'%.*s' is none of the values of the output '%.*s'", TEXT_ARGUMENTS(cell.expression.text),
                 TEXT_ARGUMENTS(output->name));
    return cell;
}

/* Reads one cell for each output; they stay empty where the number is wrong. NULL without memory. */
static struct pack_table_cell *read_output_cells(struct pack_reader *reader, const struct pack_table *table,
                                                 const struct pack_node *cells)
{
    const struct pack_node *const *nodes = cell_nodes(reader, &cells, table->output_count, "value", "output");
    struct pack_table_cell *read = reader_array(reader, table->output_count, sizeof *read);
    for (size_t i = 0; nodes && read && i < table->output_count; i++)
        read[i] = read_output_cell(reader, &table->outputs[i], nodes[i]);
    return read;
}

/* Reads one row. cite and standing that it does not have are those of the table. */
static void read_row(struct pack_reader *reader, const struct pack_table *table, const struct pack_node *node,
                     struct pack_table_row *row)
{
    const struct pack_node *when = reader_get(node, "when");
    *row = (struct pack_table_row){.where = node->where, .note = reader_localised(node, "note")};
    row->when = reader_array(reader, table->input_count, sizeof *row->when);
    const struct pack_node *const *tests = cell_nodes(reader, &when, table->input_count, "test", "input");
    for (size_t i = 0; tests && row->when && i < table->input_count; i++)
        row->when[i] = expression_of(tests[i]);
    row->then = read_output_cells(reader, table, reader_get(node, "then"));
    bool own_cite = reader_has(node, "cite");
    row->cite = own_cite ? reader_cite(node, "cite") : table->cite;
    row->standing = reader_has(node, "standing") ? reader_standing(node, "standing") : table->standing;
}

/* Reads one table. */
static void read_table(struct pack_reader *reader, const struct pack_entry *entry, struct pack_table *table)
{
    const struct pack_node *node = entry->node, *rows = reader_get(node, "rows");
    *table = (struct pack_table){.name = entry->key, .where = entry->key_where};
    table->label = reader_localised(node, "label");
    table->note = reader_localised(node, "note");
    table->hit = hit_policy_of(reader_text(node, "hit"));
    table->cite = reader_cite(node, "cite");
    table->standing = reader_standing(node, "standing");
    read_inputs(reader, table, reader_get(node, "inputs"));
    read_outputs(reader, table, reader_get(node, "outputs"));
    check_hit_policy(reader, table, node);
    if (!table->input_count || !table->output_count)
        return;
    size_t count = reader_item_count(rows);
    table->rows = reader_array(reader, count, sizeof *table->rows);
    if (!table->rows)
        return;
    table->row_count = count;
    for (size_t i = 0; i < count; i++)
        read_row(reader, table, rows->items[i], &table->rows[i]);
    if (reader_has(node, "default"))
        table->default_cells = read_output_cells(reader, table, reader_get(node, "default"));
}

void reader_tables(struct pack_reader *reader, const struct pack_node *section)
{
    size_t count = reader_entry_count(section);
    struct pack_table *tables = reader_array(reader, count, sizeof *tables);
    if (!tables)
        return;
    for (size_t i = 0; i < count; i++)
        read_table(reader, &section->entries[i], &tables[i]);
    reader->model->tables = tables;
    reader->model->table_count = count;
}
