/* SPDX-License-Identifier: Apache-2.0 */
/* Divides the inputs of a decision table into classes, finds which tests hold for which class, and
 * builds the operation that numbers the entry of a row. */
#include "compile/table_classes.h"

#include <stdlib.h>

enum { ENTRIES_MOST = 4096, THRESHOLDS_MOST = 256 };

/* ---- Thresholds ---- */

/* Adds a threshold if it divides the input's interval. When THRESHOLDS_MOST are there it adds none,
 * which collect() then reports. */
static void add_threshold(struct classed_column *column, const struct typed_operation *input,
                          int64_t threshold)
{
    bool is_inside = threshold > input->low && threshold <= input->high;
    if (is_inside && column->threshold_count < THRESHOLDS_MOST)
        column->thresholds[column->threshold_count++] = threshold;
}

/* Adds two thresholds for each constant that the test mentions: where the constant is reached, and where
 * it is passed. false: the test is an expression, mentions no constant of the input's kind, or there are
 * too many. */
static bool collect(struct table_classes *classes, struct classed_column *column, const struct node *node)
{
    struct typed_builder *builder = &classes->lowering->builder;
    const struct typed_operation input = *builder_at(builder, column->operand);
    bool is_group = node->kind == NODE_RANGE || node->kind == NODE_LIST || node->kind == NODE_TEST_NOT ||
                    node->kind == NODE_TEST_EQUAL || node->kind == NODE_TEST_COMPARE;
    if (node->kind == NODE_TEST_ANY)
        return true;
    if (node->kind == NODE_TEST_EXPRESSION)
        return false;
    if (is_group) {
        for (uint32_t i = 0; i < node->count; i++)
            if (node->children[i] && !collect(classes, column, node->children[i]))
                return false;
        return true;
    }
    int64_t constant;
    uint32_t operand = lower_node(classes->lowering, node);
    if (!builder_constant(builder, operand, &constant))
        return false;
    int32_t finer = builder_at(builder, operand)->scale - input.scale;
    if (builder_at(builder, operand)->kind != input.kind)
        return false;
    if (finer < 0) {
        int128 scaled = (int128)constant * power_of_ten(-finer);
        if (!fits_int64(scaled))
            return false;
        constant = (int64_t)scaled;
    } else if (finer > 0) {
        constant = divide_rounded(constant, power_of_ten(finer), DECIMAL_FLOOR);
    }
    if (constant == INT64_MAX)
        return false;
    add_threshold(column, &input, constant);
    add_threshold(column, &input, constant + 1);
    return column->threshold_count < THRESHOLDS_MOST;
}

/* Ascending order of int64_t, for qsort(). */
static int compare_numbers(const void *left, const void *right)
{
    int64_t first = *(const int64_t *)left, second = *(const int64_t *)right;
    return (first > second) - (first < second);
}

/* Finds the thresholds of all tests of an input, ascending and distinct. false: collect() failed, or
 * memory ran out. */
static bool find_thresholds(struct table_classes *classes, struct classed_column *column, uint32_t index)
{
    column->thresholds = ARENA_ARRAY(classes->lowering->builder.arena, int64_t, THRESHOLDS_MOST);
    if (!column->thresholds)
        return false;
    for (uint32_t i = 0; i < classes->table->row_count; i++) {
        classes->lowering->expression = &classes->table->rows[i].when[index];
        if (!collect(classes, column, classes->table->rows[i].when[index].root))
            return false;
    }
    qsort(column->thresholds, column->threshold_count, sizeof *column->thresholds, compare_numbers);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < column->threshold_count; i++)
        if (kept == 0 || column->thresholds[i] != column->thresholds[kept - 1])
            column->thresholds[kept++] = column->thresholds[i];
    column->threshold_count = kept;
    return true;
}

/* ---- Classes ---- */

/* A constant operand that stands for all values of a class, which must not be that of missing values. */
static uint32_t representative(struct table_classes *classes, const struct classed_column *column,
                               uint32_t class)
{
    struct typed_operation value = *builder_at(&classes->lowering->builder, column->operand);
    value = (struct typed_operation){.code = OPERATION_CONSTANT,
                                     .kind = value.kind,
                                     .scale = value.scale,
                                     .low = value.low,
                                     .texts = value.texts,
                                     .text_count = value.text_count};
    bool has_bands = value.kind == TYPED_NUMBER || value.kind == TYPED_DATE;
    value.low = !has_bands ? class : class == 0 ? value.low : column->thresholds[class - 1];
    value.high = value.immediate[0] = value.low;
    value.lane = value.kind == TYPED_BOOLEAN ? (uint8_t)LANE_8 : lane_of_interval(value.low, value.low);
    return build_operation(&classes->lowering->builder, value);
}

/* Whether the test contains an expression of its own, which may hold or fail even for a missing value.
 * */
static bool has_formula(const struct node *node)
{
    if (node->kind == NODE_TEST_EXPRESSION)
        return true;
    for (uint32_t i = 0; i < node->count; i++)
        if (node->children[i] && has_formula(node->children[i]))
            return true;
    return false;
}

/* Sets *fit to whether the test holds for the class. false: the test has no typed form. */
static bool find_fit(struct table_classes *classes, const struct classed_column *column,
                     const struct node *test, uint32_t class, uint8_t *fit)
{
    int64_t truth;
    bool is_unknown = column->has_unknown && class + 1 == column->class_count;
    if (test->kind == NODE_TEST_ANY)
        *fit = FIT_YES;
    else if (is_unknown)
        *fit = has_formula(test) ? FIT_INTERPRETER : FIT_MAYBE;
    else {
        uint32_t fits = lower_test(classes->lowering, test, representative(classes, column, class));
        if (!builder_constant(&classes->lowering->builder, fits, &truth))
            return false;
        *fit = truth ? FIT_YES : FIT_NO;
    }
    return true;
}

/* Fills column->fits for one input. false: a test has no typed form, or memory ran out. */
static bool find_fits(struct table_classes *classes, struct classed_column *column, uint32_t index)
{
    uint32_t rows = classes->table->row_count;
    column->fits = ARENA_ARRAY(classes->lowering->builder.arena, uint8_t, (size_t)rows * column->class_count);
    if (!column->fits)
        return false;
    for (uint32_t row = 0; row < rows; row++) {
        const struct expression *test = &classes->table->rows[row].when[index];
        classes->lowering->expression = test;
        for (uint32_t class = 0; class < column->class_count; class ++)
            if (!find_fit(classes, column, test->root, class,
                          &column->fits[row * column->class_count + class]))
                return false;
    }
    return true;
}

/* Whether every row treats both classes alike. */
static bool is_same_class(const struct classed_column *column, uint32_t rows, uint32_t left, uint32_t right)
{
    for (uint32_t row = 0; row < rows; row++)
        if (column->fits[row * column->class_count + left] != column->fits[row * column->class_count + right])
            return false;
    return true;
}

/* Makes one band of neighbouring bands that all rows treat alike. The class of missing values stays the
 * last. */
static void merge_bands(struct table_classes *classes, struct classed_column *column)
{
    uint32_t rows = classes->table->row_count, count = column->class_count,
             bands = count - column->has_unknown, kept = 0;
    uint32_t first[THRESHOLDS_MOST + 2] = {0};
    for (uint32_t class = 1; class < bands; class ++) {
        if (is_same_class(column, rows, first[kept], class))
            continue;
        first[++kept] = class;
        column->thresholds[kept - 1] = column->thresholds[class - 1];
    }
    column->threshold_count = kept++;
    if (column->has_unknown)
        first[kept++] = bands;
    for (uint32_t row = 0; row < rows; row++)
        for (uint32_t class = 0; class < kept; class ++)
            column->fits[row * kept + class] = column->fits[row * count + first[class]];
    column->class_count = kept;
}

/* Finds the classes of an input and multiplies entry_count by their number; an input that no row tests
 * has none. false: the input has no typed form or too many classes, or memory ran out. */
static bool prepare_column(struct table_classes *classes, uint32_t index)
{
    struct classed_column *column = &classes->columns[index];
    for (uint32_t i = 0; i < classes->table->row_count; i++)
        column->is_tested |= classes->table->rows[i].when[index].root->kind != NODE_TEST_ANY;
    if (!column->is_tested)
        return true;
    column->operand = lower_formula(classes->lowering, &classes->table->inputs[index].expression);
    if (column->operand == OPERAND_NONE)
        return false;
    const struct typed_operation input = *builder_at(&classes->lowering->builder, column->operand);
    bool has_bands = input.kind == TYPED_NUMBER || input.kind == TYPED_DATE;
    if (has_bands && !find_thresholds(classes, column, index))
        return false;
    column->class_count = input.kind == TYPED_BOOLEAN ? 2
                          : has_bands                 ? column->threshold_count + 1
                                                      : input.text_count;
    if (column->class_count == 0)
        return false;
    column->has_unknown = input.is_nullable;
    column->class_count += column->has_unknown;
    if (!find_fits(classes, column, index))
        return false;
    if (has_bands)
        merge_bands(classes, column);
    if (classes->entry_count > ENTRIES_MOST / column->class_count)
        return false;
    classes->entry_count *= column->class_count;
    return true;
}

/* ---- The index ---- */

/* The operation that gives an input's class where its value is known. */
static uint32_t known_class(struct table_classes *classes, const struct classed_column *column)
{
    struct typed_builder *builder = &classes->lowering->builder;
    const struct typed_operation input = *builder_at(builder, column->operand);
    if (input.kind == TYPED_BOOLEAN)
        return build_select(builder, column->operand, build_number(builder, 1, 0),
                            build_number(builder, 0, 0));
    if (input.kind != TYPED_CODE)
        return build_band(builder, column->operand, column->thresholds, column->threshold_count);
    if (input.code == OPERATION_CONSTANT)
        return build_number(builder, input.low, 0);
    return build_operation(
        builder, (struct typed_operation){/* max(code, 0) turns a code into a number: same lane, same value */
                                          .code = OPERATION_MAXIMUM,
                                          .kind = TYPED_NUMBER,
                                          .lane = LANE_32,
                                          .operands = {column->operand},
                                          .immediates = 2,
                                          .low = 0,
                                          .high = input.text_count - 1});
}

/* The number of the entry: the classes of the tested inputs as digits, the last input's lowest. Each
 * input's base is its number of classes. */
static uint32_t build_index(struct table_classes *classes)
{
    struct typed_builder *builder = &classes->lowering->builder;
    uint32_t index = build_number(builder, 0, 0);
    for (uint32_t i = 0; i < classes->table->input_count; i++) {
        const struct classed_column *column = &classes->columns[i];
        if (!column->is_tested)
            continue;
        uint32_t class = build_or_else(builder, known_class(classes, column), column->class_count - 1);
        uint32_t scaled = build_arithmetic(builder, OPERATION_MULTIPLY, index,
                                           build_number(builder, column->class_count, 0));
        index = build_arithmetic(builder, OPERATION_ADD, scaled, class);
    }
    return index;
}

uint32_t table_classes_of(const struct table_classes *classes, uint32_t entry, uint32_t input)
{
    assert(input < classes->table->input_count && classes->columns[input].is_tested);
    for (uint32_t i = classes->table->input_count; i-- > input + 1;)
        if (classes->columns[i].is_tested)
            entry /= classes->columns[i].class_count;
    return entry % classes->columns[input].class_count;
}

bool table_classes_make(struct table_classes *classes, struct typed_lowering *lowering,
                        const struct decision_table *table)
{
    *classes =
        (struct table_classes){.lowering = lowering, .table = table, .entry_count = 1, .index = OPERAND_NONE};
    classes->columns = ARENA_ARRAY(lowering->builder.arena, struct classed_column, table->input_count);
    if (!classes->columns)
        return false;
    const struct expression *outer = lowering->expression;
    bool is_ready = true;
    for (uint32_t i = 0; i < table->input_count && is_ready; i++)
        is_ready = prepare_column(classes, i);
    lowering->expression = outer;
    if (is_ready)
        classes->index = build_index(classes);
    return classes->index != OPERAND_NONE;
}
