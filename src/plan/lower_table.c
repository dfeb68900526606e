/* SPDX-License-Identifier: Apache-2.0 */
/* A decision table as one look-up: each input becomes a small number (a truth, a code, a band between thresholds), these
 * together an index, and every combination is decided here, once. */
#include <stdlib.h>
#include <string.h>

#include "plan/typed_lowering.h"

enum { ENTRIES_MOST = 4096, THRESHOLDS_MOST = 256, HITS_NONE = UINT16_MAX };

/* One input: its values fall into classes that no row tells apart. */
struct table_column {
    uint32_t operand;
    uint32_t class_count;
    int64_t *thresholds;       /* of numbers and dates; class i begins at thresholds[i - 1] */
    uint32_t threshold_count;
    bool *fits;                /* by row × class_count + class */
    bool is_asked;             /* some row looks at it */
};

struct table_lowering {
    struct typed_lowering *lowering;
    const struct decision_table *table;
    uint32_t output;
    struct table_column *columns;
    uint32_t entry_count;
    uint32_t *cells;           /* by row: its output */
};

/* ---- Thresholds ---- */

static void add_threshold(struct table_column *column, const struct typed_operation *input, int64_t threshold)
{
    bool is_inside = threshold > input->low && threshold <= input->high;
    if (is_inside && column->threshold_count < THRESHOLDS_MOST) column->thresholds[column->threshold_count++] = threshold;
}

/* Around each constant that a test mentions: where it is reached and where it is left behind. */
static bool collect(struct table_lowering *table, struct table_column *column, const struct node *node)
{
    struct typed_builder *builder = &table->lowering->builder;
    const struct typed_operation input = *builder_at(builder, column->operand);
    bool is_group = node->kind == NODE_RANGE || node->kind == NODE_LIST || node->kind == NODE_TEST_NOT ||
                    node->kind == NODE_TEST_EQUAL || node->kind == NODE_TEST_COMPARE;
    if (node->kind == NODE_TEST_ANY) return true;
    if (node->kind == NODE_TEST_EXPRESSION) return false;
    if (is_group) {
        for (uint32_t i = 0; i < node->count; i++)
            if (node->children[i] && !collect(table, column, node->children[i])) return false;
        return true;
    }
    int64_t constant;
    uint32_t operand = lower_node(table->lowering, node);
    if (!builder_constant(builder, operand, &constant)) return false;
    int32_t finer = builder_at(builder, operand)->scale - input.scale;
    if (builder_at(builder, operand)->kind != input.kind) return false;
    if (finer < 0) {
        int128 scaled = (int128)constant * power_of_ten(-finer);
        if (!fits_int64(scaled)) return false;
        constant = (int64_t)scaled;
    } else if (finer > 0) {
        constant = divide_rounded(constant, power_of_ten(finer), DECIMAL_FLOOR);
    }
    if (constant == INT64_MAX) return false;
    add_threshold(column, &input, constant);
    add_threshold(column, &input, constant + 1);
    return column->threshold_count < THRESHOLDS_MOST;
}

static int compare_numbers(const void *left, const void *right)
{
    int64_t first = *(const int64_t *)left, second = *(const int64_t *)right;
    return (first > second) - (first < second);
}

static bool find_thresholds(struct table_lowering *table, struct table_column *column, uint32_t index)
{
    column->thresholds = ARENA_ARRAY(table->lowering->builder.arena, int64_t, THRESHOLDS_MOST);
    if (!column->thresholds) return false;
    for (uint32_t i = 0; i < table->table->row_count; i++) {
        table->lowering->expression = &table->table->rows[i].when[index];
        if (!collect(table, column, table->table->rows[i].when[index].root)) return false;
    }
    qsort(column->thresholds, column->threshold_count, sizeof *column->thresholds, compare_numbers);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < column->threshold_count; i++)
        if (kept == 0 || column->thresholds[i] != column->thresholds[kept - 1]) column->thresholds[kept++] = column->thresholds[i];
    column->threshold_count = kept;
    return true;
}

/* ---- Classes ---- */

/* A constant that stands for all values of a class. */
static uint32_t representative(struct table_lowering *table, const struct table_column *column, uint32_t class)
{
    struct typed_operation value = *builder_at(&table->lowering->builder, column->operand);
    value = (struct typed_operation){.code = OPERATION_CONSTANT, .kind = value.kind, .scale = value.scale, .low = value.low,
                                     .texts = value.texts, .text_count = value.text_count};
    bool has_bands = value.kind == TYPED_NUMBER || value.kind == TYPED_DATE;
    value.low = !has_bands ? class : class == 0 ? value.low : column->thresholds[class - 1];
    value.high = value.immediate[0] = value.low;
    value.lane = value.kind == TYPED_BOOLEAN ? (uint8_t)LANE_8 : lane_of_interval(value.low, value.low);
    return build_operation(&table->lowering->builder, value);
}

static bool find_fits(struct table_lowering *table, struct table_column *column, uint32_t index)
{
    uint32_t rows = table->table->row_count;
    column->fits = ARENA_ARRAY(table->lowering->builder.arena, bool, (size_t)rows * column->class_count);
    if (!column->fits) return false;
    for (uint32_t row = 0; row < rows; row++) {
        const struct expression *test = &table->table->rows[row].when[index];
        table->lowering->expression = test;
        for (uint32_t class = 0; class < column->class_count; class++) {
            int64_t truth;
            uint32_t fits = lower_test(table->lowering, test->root, representative(table, column, class));
            if (!builder_constant(&table->lowering->builder, fits, &truth)) return false;
            column->fits[row * column->class_count + class] = truth != 0;
        }
    }
    return true;
}

static bool is_same_class(const struct table_column *column, uint32_t rows, uint32_t left, uint32_t right)
{
    for (uint32_t row = 0; row < rows; row++)
        if (column->fits[row * column->class_count + left] != column->fits[row * column->class_count + right]) return false;
    return true;
}

/* Bands that all rows treat alike become one. */
static void merge_bands(struct table_lowering *table, struct table_column *column)
{
    uint32_t rows = table->table->row_count, count = column->class_count, kept = 0;
    uint32_t first[THRESHOLDS_MOST + 1] = {0};
    for (uint32_t class = 1; class < count; class++) {
        if (is_same_class(column, rows, first[kept], class)) continue;
        first[++kept] = class;
        column->thresholds[kept - 1] = column->thresholds[class - 1];
    }
    for (uint32_t row = 0; row < rows; row++)
        for (uint32_t class = 0; class <= kept; class++)
            column->fits[row * (kept + 1) + class] = column->fits[row * count + first[class]];
    column->threshold_count = kept;
    column->class_count = kept + 1;
}

static bool prepare_column(struct table_lowering *table, uint32_t index)
{
    struct table_column *column = &table->columns[index];
    for (uint32_t i = 0; i < table->table->row_count; i++)
        column->is_asked |= table->table->rows[i].when[index].root->kind != NODE_TEST_ANY;
    if (!column->is_asked) return true;
    column->operand = lower_formula(table->lowering, &table->table->inputs[index].expression);
    if (column->operand == OPERAND_NONE) return false;
    const struct typed_operation input = *builder_at(&table->lowering->builder, column->operand);
    bool has_bands = input.kind == TYPED_NUMBER || input.kind == TYPED_DATE;
    if (has_bands && !find_thresholds(table, column, index)) return false;
    column->class_count = input.kind == TYPED_BOOLEAN ? 2 : has_bands ? column->threshold_count + 1 : input.text_count;
    if (column->class_count == 0 || table->entry_count > ENTRIES_MOST / column->class_count) return false;
    if (!find_fits(table, column, index)) return false;
    if (has_bands) merge_bands(table, column);
    table->entry_count *= column->class_count;
    return true;
}

/* ---- The index ---- */

static uint32_t class_number(struct table_lowering *table, const struct table_column *column)
{
    struct typed_builder *builder = &table->lowering->builder;
    const struct typed_operation input = *builder_at(builder, column->operand);
    if (input.kind == TYPED_BOOLEAN)
        return build_select(builder, column->operand, build_number(builder, 1, 0), build_number(builder, 0, 0));
    if (input.kind != TYPED_CODE) return build_band(builder, column->operand, column->thresholds, column->threshold_count);
    if (input.code == OPERATION_CONSTANT) return build_number(builder, input.low, 0);
    return build_operation(builder, (struct typed_operation){ /* a code's number: the same lane, nothing to compute */
        .code = OPERATION_MAXIMUM, .kind = TYPED_NUMBER, .lane = LANE_32, .operands = {column->operand}, .immediates = 2,
        .low = 0, .high = input.text_count - 1});
}

static uint32_t build_index(struct table_lowering *table)
{
    struct typed_builder *builder = &table->lowering->builder;
    uint32_t index = build_number(builder, 0, 0);
    for (uint32_t i = 0; i < table->table->input_count; i++) {
        const struct table_column *column = &table->columns[i];
        if (!column->is_asked) continue;
        uint32_t scaled = build_arithmetic(builder, OPERATION_MULTIPLY, index, build_number(builder, column->class_count, 0));
        index = build_arithmetic(builder, OPERATION_ADD, scaled, class_number(table, column));
    }
    return index;
}

/* ---- Deciding ---- */

static bool row_fits(const struct table_lowering *table, uint32_t row, uint32_t entry)
{
    for (uint32_t i = table->table->input_count; i-- > 0;) {
        const struct table_column *column = &table->columns[i];
        if (!column->is_asked) continue;
        if (!column->fits[row * column->class_count + entry % column->class_count]) return false;
        entry /= column->class_count;
    }
    return true;
}

/* The cell that an entry takes: a row's index, row_count for the default, HITS_NONE where the interpreter must say. */
static uint32_t decide(const struct table_lowering *table, uint32_t entry)
{
    uint32_t hit = HITS_NONE;
    for (uint32_t row = 0; row < table->table->row_count; row++) {
        if (!row_fits(table, row, entry)) continue;
        if (table->table->hit == HIT_FIRST) return row;
        bool differs = hit != HITS_NONE && (table->table->hit == HIT_UNIQUE || table->cells[hit] != table->cells[row]);
        if (differs) return HITS_NONE;
        if (hit == HITS_NONE) hit = row;
    }
    return hit == HITS_NONE && table->table->defaults ? table->table->row_count : hit;
}

static bool lower_cells(struct table_lowering *table)
{
    uint32_t rows = table->table->row_count, count = rows + (table->table->defaults ? 1 : 0);
    struct typed_builder *builder = &table->lowering->builder;
    table->cells = ARENA_ARRAY(builder->arena, uint32_t, count);
    if (!table->cells) return false;
    for (uint32_t i = 0; i < count; i++) {
        const struct expression *cells = i < rows ? table->table->rows[i].then : table->table->defaults;
        table->cells[i] = lower_formula(table->lowering, &cells[table->output]);
        if (table->cells[i] == OPERAND_NONE) return false;
    }
    for (int pass = 0; pass < 2; pass++) /* first the common scale and texts come about, then all get them */
        for (uint32_t i = 1; i < count; i++)
            if (!build_alike(builder, &table->cells[0], &table->cells[i])) return false;
    return true;
}

static uint32_t build_entries(struct table_lowering *table, uint32_t index)
{
    struct typed_builder *builder = &table->lowering->builder;
    int64_t *entries = ARENA_ARRAY(builder->arena, int64_t, table->entry_count);
    uint8_t *states = ARENA_ARRAY(builder->arena, uint8_t, table->entry_count);
    if (!entries || !states) return OPERAND_NONE;
    bool has_states = false, is_constant = true;
    struct typed_operation like = *builder_at(builder, table->cells[0]);
    for (uint32_t i = 0; i < table->entry_count; i++) {
        uint32_t row = decide(table, i);
        states[i] = row == HITS_NONE ? ENTRY_NONE : ENTRY_VALUE;
        if (row != HITS_NONE) {
            const struct typed_operation *cell = builder_at(builder, table->cells[row]);
            is_constant &= cell->code == OPERATION_CONSTANT || cell->code == OPERATION_UNKNOWN;
            if (cell->code == OPERATION_UNKNOWN) states[i] = ENTRY_UNKNOWN;
            entries[i] = cell->code == OPERATION_CONSTANT ? cell->immediate[0] : 0;
        }
        has_states |= states[i] != ENTRY_VALUE;
    }
    if (!is_constant) return OPERAND_NONE;
    int64_t known = 0;
    for (uint32_t i = 0; i < table->entry_count; i++)
        if (states[i] == ENTRY_VALUE) known = entries[i];
    for (uint32_t i = 0; i < table->entry_count; i++)
        if (states[i] != ENTRY_VALUE) entries[i] = known; /* keeps the interval narrow */
    return build_lookup(builder, index, entries, has_states ? states : NULL, table->entry_count, &like);
}

uint32_t lower_table(struct typed_lowering *lowering, const struct slot *slot, uint32_t output)
{
    const struct decision_table *decision = slot->table;
    bool is_single = decision && (decision->hit == HIT_UNIQUE || decision->hit == HIT_FIRST || decision->hit == HIT_ANY);
    if (!is_single || output >= decision->output_count || decision->row_count >= HITS_NONE) return OPERAND_NONE;
    struct table_lowering table = {.lowering = lowering, .table = decision, .output = output, .entry_count = 1};
    table.columns = ARENA_ARRAY(lowering->builder.arena, struct table_column, decision->input_count);
    if (!table.columns) return OPERAND_NONE;
    const struct expression *outer = lowering->expression;
    bool is_ready = lower_cells(&table);
    for (uint32_t i = 0; i < decision->input_count && is_ready; i++) is_ready = prepare_column(&table, i);
    lowering->expression = outer;
    return is_ready ? build_entries(&table, build_index(&table)) : OPERAND_NONE;
}
