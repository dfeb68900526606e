/* SPDX-License-Identifier: Apache-2.0 */
#include "program/table_columns.h"

#include <stdlib.h>
#include <string.h>

#include "feel/builtin.h"

enum { DEFINITIONS_FOLLOWED = 16, DECIMALS_TRIED = 20 };

/* What is charged for work that allocates little. */
enum { STEPS_A_CONSTANT = 8, STEPS_A_NUMBER = 8, EVALUATION_STEPS = 1000 };

/* ---- Constants ---- */

static bool is_constant(const struct node *node)
{
    switch ((enum node_kind)node->kind) {
    case NODE_LITERAL: return true;
    case NODE_CALL_BUILTIN:
        if (!builtin_traits(node->builtin)->makes_constants)
            return false; /* what others give is not computed: it may take long */
        break;
    case NODE_NEGATE:
    case NODE_ADD:
    case NODE_SUBTRACT:
    case NODE_MULTIPLY:
    case NODE_DIVIDE:
    case NODE_LIST:
    case NODE_RANGE: break;
    default: return false;
    }
    for (uint32_t i = 0; i < node->count; i++)
        if (node->children[i] && !is_constant(node->children[i]))
            return false;
    return true;
}

bool constant_value(struct arena *arena, const struct expression *expression, const struct node *node,
                    struct value *value)
{
    if (!is_constant(node) || !arena_charge(arena, STEPS_A_CONSTANT))
        return false;
    struct environment environment;
    struct expression part = *expression;
    part.root = node;
    environment_init(&environment, arena);
    environment.mode = EVALUATE_PACK;
    environment.steps_left = EVALUATION_STEPS;
    *value = expression_evaluate(&part, &environment);
    return !value_cause(*value);
}

/* ---- What an input can be ---- */

struct domain {
    enum type_kind kind;
    const struct slot *fact;
    const struct range *range;
    const struct static_type *values; /* of an enum: what has them; NULL: any text */
    int32_t scale;                    /* decimals of a number; below 0: any */
    bool is_nullable;
};

static bool is_whole(const struct table_columns *columns, const struct node *node, int definitions);

static bool all_whole(const struct table_columns *columns, const struct node *node, uint32_t first,
                      int definitions)
{
    for (uint32_t i = first; i < node->count; i++)
        if (!is_whole(columns, node->children[i], definitions))
            return false;
    return true;
}

static bool is_whole_call(const struct table_columns *columns, const struct node *node, int definitions)
{
    switch (builtin_traits(node->builtin)->whole) {
    case WHOLE_ALWAYS: return true;
    case WHOLE_AS_ARGUMENTS: return all_whole(columns, node, 0, definitions);
    case WHOLE_IF_ALONE: return node->count == 1;
    default: return false;
    }
}

static bool is_whole_name(const struct table_columns *columns, const struct slot *slot, int definitions)
{
    if (slot->kind == SLOT_FACT)
        return slot->type.kind == TYPE_NUMBER && slot->domain.scale == 0;
    bool follows = slot->kind == SLOT_DEFINITION && definitions > 0 && slot->formula.root;
    return follows && is_whole(columns, slot->formula.root, definitions - 1);
}

static bool is_date_part(const struct program *program, const struct node *node)
{
    const struct node *of = node->children[0];
    bool is_of_date = of->kind == NODE_SYMBOL && program_slot(program, of->slot)->type.kind == TYPE_DATE;
    return is_of_date && (text_equals(node->name, TEXT("year")) || text_equals(node->name, TEXT("month")) ||
                          text_equals(node->name, TEXT("day")) || text_equals(node->name, TEXT("weekday")));
}

/* Whether its number is a whole one in every case. Definitions that are read twice are followed twice, which
 * is charged. */
static bool is_whole(const struct table_columns *columns, const struct node *node, int definitions)
{
    const struct program *program = columns->program;
    if (!arena_charge(columns->arena, 1))
        return false;
    switch ((enum node_kind)node->kind) {
    case NODE_LITERAL: return node->value.kind == VALUE_NUMBER && decimal_is_integer(node->value.as.number);
    case NODE_SYMBOL: return is_whole_name(columns, program_slot(program, node->slot), definitions);
    case NODE_NEGATE:
    case NODE_ADD:
    case NODE_SUBTRACT:
    case NODE_MULTIPLY: return all_whole(columns, node, 0, definitions);
    case NODE_IF: return all_whole(columns, node, 1, definitions);
    case NODE_PATH: return is_date_part(program, node);
    case NODE_CALL_BUILTIN: return is_whole_call(columns, node, definitions);
    default: return false;
    }
}

/* A definition that is only another name is followed to what it names. */
static const struct node *named_by(const struct program *program, const struct node *node)
{
    for (int i = 0; i < DEFINITIONS_FOLLOWED && node->kind == NODE_SYMBOL; i++) {
        const struct slot *slot = program_slot(program, node->slot);
        if (slot->kind != SLOT_DEFINITION || !slot->formula.root)
            break;
        node = slot->formula.root;
    }
    return node;
}

static struct domain domain_of(const struct table_columns *columns, const struct table_input *input,
                               const struct static_type *type)
{
    const struct program *program = columns->program;
    const struct node *node = named_by(program, input->expression.root);
    struct domain domain = {.kind = type->kind, .values = type->values ? type : NULL, .scale = -1};
    if (is_whole(columns, node, DEFINITIONS_FOLLOWED))
        domain.scale = 0;
    if (node->kind != NODE_SYMBOL || program_slot(program, node->slot)->kind != SLOT_FACT)
        return domain;
    domain.fact = program_slot(program, node->slot);
    domain.range = domain.fact->domain.range;
    domain.is_nullable = domain.fact->domain.is_nullable;
    if (domain.kind == TYPE_NUMBER)
        domain.scale = domain.fact->domain.scale;
    return domain;
}

/* ---- Points: where cells begin and end ---- */

struct column_maker {
    struct table_columns *columns;
    struct arena *arena;
    const struct expression *test; /* the cell that is looked at */
    struct domain domain;
    enum value_kind kind; /* of the points */
    struct value *points;
    size_t point_count, point_capacity;
    bool has_other;     /* strings beside the points */
    struct value other; /* one of them */
    /* before the cells that no case can have were left out: how many there are before each */
    uint32_t *ranks;
    uint32_t whole_count;    /* so many cells there were, without that for null */
    struct cell_span *spans; /* of the set that is being made */
    size_t span_count, span_capacity;
};

static bool is_ordered(const struct column_maker *maker)
{
    return maker->kind == VALUE_NUMBER || maker->kind == VALUE_DATE;
}

static void add_point(struct column_maker *maker, struct value value)
{
    if (value.kind != maker->kind)
        return;
    struct value *points =
        arena_grow(maker->arena, maker->points, maker->point_count, &maker->point_capacity, sizeof *points);
    if (!points)
        return;
    maker->points = points;
    points[maker->point_count++] = value;
}

static void add_points_of(struct column_maker *maker, struct value value)
{
    if (value.kind == VALUE_RANGE) {
        add_point(maker, value.as.range->low);
        add_point(maker, value.as.range->high);
    } else if (value.kind == VALUE_LIST) {
        for (size_t i = 0; i < value.as.list->count; i++) {
            struct value item = value.as.list->items[i];
            if (item.kind != VALUE_LIST)
                add_points_of(maker, item);
        }
    } else {
        add_point(maker, value);
    }
}

static void collect_points(struct column_maker *maker, const struct node *node)
{
    struct value value;
    switch ((enum node_kind)node->kind) {
    case NODE_IN:
    case NODE_TEST_NOT:
        for (uint32_t i = node->kind == NODE_IN ? 1 : 0; i < node->count; i++)
            collect_points(maker, node->children[i]);
        return;
    case NODE_TEST_EQUAL:
    case NODE_TEST_COMPARE:
        if (constant_value(maker->arena, maker->test, node->children[0], &value))
            add_points_of(maker, value);
        return;
    default: return;
    }
}

static int compare_values(const void *left, const void *right)
{
    const struct value *first = left, *second = right;
    int order = 0;
    if (first->kind == VALUE_BOOLEAN)
        return (int)first->boolean - (int)second->boolean;
    return value_compare(*first, *second, &order) ? order : 0;
}

static void sort_points(struct column_maker *maker)
{
    enum { STEPS_A_POINT = 32 };
    size_t kept = 0;
    if (!arena_charge(maker->arena, STEPS_A_POINT * maker->point_count))
        return;
    if (maker->point_count)
        qsort(maker->points, maker->point_count, sizeof *maker->points, compare_values);
    for (size_t i = 0; i < maker->point_count; i++)
        if (kept == 0 || compare_values(&maker->points[kept - 1], &maker->points[i]) != 0)
            maker->points[kept++] = maker->points[i];
    maker->point_count = kept;
}

/* The index of a value that is among the points, or SIZE_MAX. */
static size_t find_point(const struct column_maker *maker, struct value value)
{
    const struct value *found =
        maker->point_count && value.kind == maker->kind
            ? bsearch(&value, maker->points, maker->point_count, sizeof value, compare_values)
            : NULL;
    return found ? (size_t)(found - maker->points) : SIZE_MAX;
}

/* ---- Cells and a sample of each ---- */

/* Ordered: below the first point, the first point, between it and the second, and so on; else the points
 * alone. */
static uint32_t cell_of_point(const struct column_maker *maker, size_t point)
{
    return (uint32_t)(is_ordered(maker) ? 2 * point + 1 : point);
}

/* The nearest number above a with so many decimals. */
static bool next_number(tuoyu_decimal a, int32_t scale, tuoyu_decimal *out)
{
    tuoyu_decimal step;
    return decimal_round(a, scale, DECIMAL_FLOOR, out) == TUOYU_OK &&
           decimal_scale(decimal_from_integer(1), -scale, &step) == TUOYU_OK &&
           decimal_add(*out, step, out) == TUOYU_OK;
}

static bool number_between(const struct value *low, const struct value *high, int32_t scale,
                           struct quota *quota, tuoyu_decimal *out)
{
    tuoyu_decimal two = decimal_from_integer(2);
    int32_t most = scale < 0 ? DECIMALS_TRIED : scale;
    *out = decimal_from_integer(0);
    if (!low && !high)
        return true;
    if (!low) /* the greatest whole number below */
        return decimal_round(high->as.number, 0, DECIMAL_CEILING, out) == TUOYU_OK &&
               decimal_subtract(*out, decimal_from_integer(1), out) == TUOYU_OK;
    for (int32_t decimals = 0; decimals <= most; decimals++) {
        if (!quota_take(quota, STEPS_A_NUMBER) || !next_number(low->as.number, decimals, out))
            return false;
        if (!high || decimal_compare(*out, high->as.number) < 0)
            return true;
    }
    if (scale >= 0)
        return false;
    return decimal_add(low->as.number, high->as.number, out) == TUOYU_OK &&
           decimal_divide(*out, two, out) == TUOYU_OK && decimal_compare(*out, low->as.number) > 0 &&
           decimal_compare(*out, high->as.number) < 0;
}

static bool date_between(const struct value *low, const struct value *high, int64_t *out)
{
    *out = low ? low->date + 1 : high ? high->date - 1 : 0;
    return *out >= DATE_FIRST && *out <= DATE_LAST && (!low || !high || *out < high->date);
}

static bool has_decimals_of(tuoyu_decimal number, int32_t scale)
{
    tuoyu_decimal rounded;
    return scale < 0 || (decimal_round(number, scale, DECIMAL_DOWN, &rounded) == TUOYU_OK &&
                         decimal_compare(number, rounded) == 0);
}

static bool is_in_range(const struct range *range, struct value value)
{
    int order;
    if (!range)
        return true;
    if (range->low.kind == value.kind && value_compare(value, range->low, &order) &&
        (order < 0 || (order == 0 && !range->low_included)))
        return false;
    bool is_above = range->high.kind == value.kind && value_compare(value, range->high, &order) &&
                    (order > 0 || (order == 0 && !range->high_included));
    return !is_above;
}

static bool sample_between(const struct column_maker *maker, uint32_t cell, struct value *sample)
{
    size_t above = cell / 2; /* the point that ends it */
    const struct value *low = above > 0 ? &maker->points[above - 1] : NULL;
    const struct value *high = above < maker->point_count ? &maker->points[above] : NULL;
    tuoyu_decimal number;
    int64_t date;
    if (maker->kind == VALUE_NUMBER) {
        if (!number_between(low, high, maker->domain.scale, maker->arena->quota, &number))
            return false;
        *sample = value_number(number);
        return true;
    }
    if (!date_between(low, high, &date))
        return false;
    *sample = value_date(date);
    return true;
}

static bool is_declared_value(const struct domain *domain, struct value value)
{
    return !domain->values || static_type_has_value(domain->values, value.as.string);
}

/* The first declared value that no test mentions: whatever the tests say, they say the same of all such. */
static bool find_unmentioned(const struct column_maker *maker, struct value *other)
{
    const struct static_type *values = maker->domain.values;
    for (uint32_t i = 0; i < values->value_count; i++) {
        *other = value_string(values->values[i]);
        if (find_point(maker, *other) == SIZE_MAX)
            return true;
    }
    return false;
}

/* A text that is none of the points: longer than each. */
static struct value other_string(struct column_maker *maker)
{
    struct text_builder text;
    text_builder_init_arena(&text, maker->arena);
    text_append_literal(&text, "other");
    while (find_point(maker, value_string(text_builder_text(&text))) != SIZE_MAX)
        text_append_byte(&text, '_');
    return value_string(text_builder_text(&text));
}

/* Texts are cut into those that tests mention, each a cell, and one cell for all others. */
static void find_other(struct column_maker *maker)
{
    if (maker->kind != VALUE_STRING)
        return;
    maker->has_other = !maker->domain.values || find_unmentioned(maker, &maker->other);
    if (!maker->domain.values)
        maker->other = other_string(maker);
}

/* false: no case can have a value of the cell. */
static bool sample_of(struct column_maker *maker, uint32_t cell, struct value *sample)
{
    if (!is_ordered(maker)) {
        *sample = cell == maker->point_count ? maker->other : maker->points[cell];
        return maker->kind != VALUE_STRING || cell == maker->point_count ||
               is_declared_value(&maker->domain, *sample);
    }
    if (cell % 2 == 0 && !sample_between(maker, cell, sample))
        return false;
    if (cell % 2 == 1)
        *sample = maker->points[cell / 2];
    bool has_form = maker->kind != VALUE_NUMBER || has_decimals_of(sample->as.number, maker->domain.scale);
    return has_form && is_in_range(maker->domain.range, *sample);
}

static bool make_cells(struct column_maker *maker, struct table_column *column)
{
    size_t points = maker->point_count;
    maker->whole_count = (uint32_t)(is_ordered(maker) ? 2 * points + 1 : points + maker->has_other);
    maker->ranks = ARENA_ARRAY(maker->arena, uint32_t, (size_t)maker->whole_count + 1);
    struct value *samples = ARENA_ARRAY(maker->arena, struct value, (size_t)maker->whole_count + 1);
    if (!maker->ranks || !samples)
        return false;
    uint32_t kept = 0;
    if (!arena_charge(maker->arena, (uint64_t)STEPS_A_NUMBER * maker->whole_count))
        return false;
    for (uint32_t i = 0; i < maker->whole_count; i++) {
        maker->ranks[i] = kept;
        if (sample_of(maker, i, &samples[kept]))
            kept++;
    }
    maker->ranks[maker->whole_count] = kept;
    if (maker->domain.is_nullable)
        samples[kept++] = VALUE_NOTHING;
    column->samples = samples;
    column->cell_count = kept;
    return true;
}

/* ---- The set of a test ---- */

/* first and last before cells were left out; nothing if last < first. */
static void add_span(struct column_maker *maker, uint32_t first, uint32_t last)
{
    if (last < first || last >= maker->whole_count)
        return;
    uint32_t from = maker->ranks[first], end = maker->ranks[last + 1];
    if (from == end)
        return;
    struct cell_span *spans =
        arena_grow(maker->arena, maker->spans, maker->span_count, &maker->span_capacity, sizeof *spans);
    if (!spans)
        return;
    maker->spans = spans;
    spans[maker->span_count++] = (struct cell_span){.first = from, .last = end - 1};
}

static int compare_spans(const void *left, const void *right)
{
    const struct cell_span *first = left, *second = right;
    return first->first < second->first ? -1 : first->first > second->first;
}

/* Sorts those from start on and joins what touches. */
static void join_spans(struct column_maker *maker, size_t start)
{
    struct cell_span *spans = maker->spans + start;
    size_t count = maker->span_count - start, kept = 0;
    if (count == 0)
        return;
    qsort(spans, count, sizeof *spans, compare_spans);
    for (size_t i = 0; i < count; i++) {
        if (kept > 0 && spans[i].first <= spans[kept - 1].last + 1) {
            if (spans[i].last > spans[kept - 1].last)
                spans[kept - 1].last = spans[i].last;
        } else {
            spans[kept++] = spans[i];
        }
    }
    maker->span_count = start + kept;
}

static bool add_range(struct column_maker *maker, const struct range *range)
{
    bool has_low = range->low.kind != VALUE_NULL, has_high = range->high.kind != VALUE_NULL;
    size_t low = has_low ? find_point(maker, range->low) : 0,
           high = has_high ? find_point(maker, range->high) : 0;
    if (!is_ordered(maker) || low == SIZE_MAX || high == SIZE_MAX)
        return false;
    uint32_t first = has_low ? cell_of_point(maker, low) + !range->low_included : 0;
    uint32_t last = has_high ? cell_of_point(maker, high) - !range->high_included : maker->whole_count - 1;
    add_span(maker, first, last);
    return true;
}

static bool add_value(struct column_maker *maker, struct value value)
{
    if (value.kind == VALUE_RANGE)
        return add_range(maker, value.as.range);
    if (value.kind == VALUE_NULL)
        return true; /* the cell of null is looked at apart */
    size_t point = find_point(maker, value);
    if (point == SIZE_MAX)
        return false;
    add_span(maker, cell_of_point(maker, point), cell_of_point(maker, point));
    return true;
}

static bool add_values(struct column_maker *maker, struct value value)
{
    if (value.kind != VALUE_LIST)
        return add_value(maker, value);
    for (size_t i = 0; i < value.as.list->count; i++)
        if (!add_value(maker, value.as.list->items[i]))
            return false;
    return true;
}

static bool add_compared(struct column_maker *maker, const struct node *node, struct value bound)
{
    struct range range = {.low_included = node->operation == NODE_GREATER_EQUAL,
                          .high_included = node->operation == NODE_LESS_EQUAL};
    switch ((enum node_kind)node->operation) {
    case NODE_EQUAL: return add_value(maker, bound);
    case NODE_LESS:
    case NODE_LESS_EQUAL: range.high = bound; break;
    case NODE_GREATER:
    case NODE_GREATER_EQUAL: range.low = bound; break;
    default: return false;
    }
    return bound.kind == maker->kind && add_range(maker, &range);
}

static bool add_test(struct column_maker *maker, const struct node *node);

static bool add_tests(struct column_maker *maker, const struct node *node, uint32_t first)
{
    for (uint32_t i = first; i < node->count; i++)
        if (!add_test(maker, node->children[i]))
            return false;
    return true;
}

/* What the tests inside leave. */
static bool add_complement(struct column_maker *maker, const struct node *node)
{
    size_t start = maker->span_count;
    if (!add_tests(maker, node, 0))
        return false;
    join_spans(maker, start);
    size_t count = maker->span_count - start;
    struct cell_span *inside = ARENA_ARRAY(maker->arena, struct cell_span, count);
    if (!inside)
        return false;
    if (count)
        memcpy(inside, maker->spans + start, count * sizeof *inside);
    maker->span_count = start;
    uint32_t next = 0, end = maker->ranks[maker->whole_count];
    for (size_t i = 0; i <= count; i++) {
        uint32_t stop = i < count ? inside[i].first : end;
        if (stop > next) {
            struct cell_span *spans = arena_grow(maker->arena, maker->spans, maker->span_count,
                                                 &maker->span_capacity, sizeof *spans);
            if (!spans)
                return false;
            maker->spans = spans;
            spans[maker->span_count++] = (struct cell_span){.first = next, .last = stop - 1};
        }
        if (i < count)
            next = inside[i].last + 1;
    }
    return true;
}

/* false: the test is not constant. */
static bool add_test(struct column_maker *maker, const struct node *node)
{
    struct value value;
    switch ((enum node_kind)node->kind) {
    case NODE_TEST_ANY: add_span(maker, 0, maker->whole_count - 1); return true;
    case NODE_IN: return node->children[0]->kind == NODE_INPUT && add_tests(maker, node, 1);
    case NODE_TEST_NOT: return add_complement(maker, node);
    case NODE_TEST_EQUAL:
        return constant_value(maker->arena, maker->test, node->children[0], &value) &&
               add_values(maker, value);
    case NODE_TEST_COMPARE:
        return constant_value(maker->arena, maker->test, node->children[0], &value) &&
               add_compared(maker, node, value);
    default: return false;
    }
}

/* As it is evaluated for a fact that is none. */
static bool fits_null(struct column_maker *maker)
{
    struct environment environment;
    environment_init(&environment, maker->arena);
    environment.mode = EVALUATE_PACK;
    environment.steps_left = EVALUATION_STEPS;
    environment.input = VALUE_NOTHING;
    return value_is_true(expression_evaluate(maker->test, &environment));
}

static struct cell_set set_of_row(struct column_maker *maker, const struct table_column *column)
{
    maker->spans = NULL;
    maker->span_count = maker->span_capacity = 0;
    struct cell_set set = {.is_known = true};
    if (column->is_opaque)
        set.is_known = maker->test->root->kind == NODE_TEST_ANY;
    else
        set.is_known = add_test(maker, maker->test->root);
    if (!set.is_known)
        return set;
    if (column->is_opaque)
        add_span(maker, 0, 0);
    if (maker->domain.is_nullable && !column->is_opaque && fits_null(maker)) {
        struct cell_span *spans =
            arena_grow(maker->arena, maker->spans, maker->span_count, &maker->span_capacity, sizeof *spans);
        if (!spans)
            return set;
        maker->spans = spans;
        spans[maker->span_count++] =
            (struct cell_span){.first = column->cell_count - 1, .last = column->cell_count - 1};
    }
    join_spans(maker, 0);
    set.spans = maker->spans;
    set.count = (uint32_t)maker->span_count;
    return set;
}

/* ---- Columns ---- */

static void add_declared_points(struct column_maker *maker)
{
    const struct domain *domain = &maker->domain;
    if (domain->range)
        add_points_of(maker, (struct value){.kind = VALUE_RANGE, .as.range = domain->range});
    for (int i = 0; i < 2; i++)
        add_point(maker, value_boolean(i));
}

static bool cut(struct column_maker *maker, struct table_column *column, uint32_t index)
{
    const struct decision_table *table = maker->columns->table;
    switch (maker->domain.kind) {
    case TYPE_NUMBER: maker->kind = VALUE_NUMBER; break;
    case TYPE_DATE: maker->kind = VALUE_DATE; break;
    case TYPE_BOOLEAN: maker->kind = VALUE_BOOLEAN; break;
    case TYPE_STRING: maker->kind = VALUE_STRING; break;
    default: maker->kind = VALUE_NULL; break;
    }
    column->fact = maker->domain.fact;
    column->is_opaque = maker->kind == VALUE_NULL;
    column->is_bounded =
        !column->is_opaque && (column->fact || maker->domain.values || maker->kind == VALUE_BOOLEAN);
    for (uint32_t i = 0; i < table->row_count && !column->is_opaque; i++) {
        maker->test = &table->rows[i].when[index];
        collect_points(maker, maker->test->root);
    }
    add_declared_points(maker);
    if (column->is_opaque) {
        maker->has_other = true; /* one cell: whatever there is */
        maker->domain.is_nullable = false;
    }
    sort_points(maker);
    find_other(maker);
    return make_cells(maker, column);
}

static bool make_column(struct table_columns *columns, uint32_t index)
{
    const struct decision_table *table = columns->table;
    const struct table_input *input = &table->inputs[index];
    struct table_column *column = &columns->columns[index];
    struct column_maker maker = {
        .columns = columns, .arena = columns->arena, .domain = domain_of(columns, input, &input->type)};
    struct cell_set *rows = ARENA_ARRAY(columns->arena, struct cell_set, table->row_count);
    if (!rows || !cut(&maker, column, index))
        return false;
    for (uint32_t i = 0; i < table->row_count; i++) {
        maker.test = &table->rows[i].when[index];
        rows[i] = set_of_row(&maker, column);
    }
    column->rows = rows;
    return !columns->arena->failed;
}

bool table_columns_make(struct table_columns *columns, struct arena *arena, const struct program *program,
                        const struct decision_table *table)
{
    *columns = (struct table_columns){.arena = arena, .program = program, .table = table};
    columns->columns = ARENA_ARRAY(arena, struct table_column, table->input_count);
    for (uint32_t i = 0; columns->columns && i < table->input_count; i++)
        if (!make_column(columns, i))
            return false;
    return columns->columns != NULL;
}

/* ---- Sets ---- */

bool cell_set_has(const struct cell_set *set, uint32_t cell)
{
    uint32_t low = 0, high = set->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (set->spans[middle].last < cell)
            low = middle + 1;
        else
            high = middle;
    }
    return low < set->count && set->spans[low].first <= cell;
}

bool cell_sets_meet(const struct cell_set *left, const struct cell_set *right, uint32_t *cell)
{
    for (uint32_t i = 0, j = 0; i < left->count && j < right->count;) {
        uint32_t first =
            left->spans[i].first > right->spans[j].first ? left->spans[i].first : right->spans[j].first;
        uint32_t last =
            left->spans[i].last < right->spans[j].last ? left->spans[i].last : right->spans[j].last;
        if (first <= last) {
            *cell = first;
            return true;
        }
        if (left->spans[i].last < right->spans[j].last)
            i++;
        else
            j++;
    }
    return false;
}
