/* SPDX-License-Identifier: Apache-2.0 */
/* Built-in functions. */
#include <string.h>

#include "compile/typed_lowering.h"
#include "feel/builtin.h"

enum { MEMBERS_MOST = 64, ROUNDING_DECIMALS_MOST = 12 };

static uint32_t argument(struct typed_lowering *lowering, const struct node *node, uint32_t index)
{
    return index < node->count ? lower_node(lowering, node->children[index]) : OPERAND_NONE;
}

static bool is_ordered(const struct typed_lowering *lowering, uint32_t operand)
{
    if (operand == OPERAND_NONE)
        return false;
    uint8_t kind = builder_at(&lowering->builder, operand)->kind;
    return kind == TYPED_NUMBER || kind == TYPED_DATE;
}

static bool is_number(const struct typed_lowering *lowering, uint32_t operand)
{
    return is_ordered(lowering, operand) && builder_at(&lowering->builder, operand)->kind == TYPED_NUMBER;
}

/* ---- Of many ---- */

/* The arguments, or the items of the one argument that is a list as written. */
static const struct node *items_of(const struct node *node)
{
    return node->count == 1 ? (node->children[0]->kind == NODE_LIST ? node->children[0] : NULL) : node;
}

static uint32_t lower_sum(struct typed_lowering *lowering, const struct node *node)
{
    const struct node *items = items_of(node);
    uint32_t result = OPERAND_NONE;
    for (uint32_t i = 0; items && i < items->count; i++) {
        uint32_t item = lower_node(lowering, items->children[i]);
        if (!is_number(lowering, item))
            return OPERAND_NONE;
        result = i == 0 ? item : build_arithmetic(&lowering->builder, OPERATION_ADD, result, item);
    }
    return result;
}

/* At least k of n, built up member by member: reached[j] says that j of those so far hold. `and` and `or`
 * never turn the unknown round, so that three values come out as from counting. */
static uint32_t lower_at_least(struct typed_lowering *lowering, const struct node *node)
{
    struct typed_builder *builder = &lowering->builder;
    int64_t wanted;
    uint32_t reached[MEMBERS_MOST + 1];
    uint32_t count = argument(lowering, node, 0);
    const struct node *members = node->count == 2 ? node->children[1] : NULL;
    bool is_plain =
        members && members->kind == NODE_LIST && members->count <= MEMBERS_MOST && is_number(lowering, count);
    if (!is_plain || !builder_constant(builder, count, &wanted) || builder_at(builder, count)->scale)
        return OPERAND_NONE;
    if (wanted <= 0)
        return build_boolean(builder, true);
    if (wanted > members->count)
        return build_boolean(builder, false);
    for (int64_t j = 1; j <= wanted; j++)
        reached[j] = build_boolean(builder, false);
    reached[0] = build_boolean(builder, true);
    for (uint32_t i = 0; i < members->count; i++) {
        uint32_t member = lower_node(lowering, members->children[i]);
        if (member == OPERAND_NONE || builder_at(builder, member)->kind != TYPED_BOOLEAN)
            return OPERAND_NONE;
        for (int64_t j = wanted; j > 0; j--)
            reached[j] = build_logic(builder, OPERATION_OR, reached[j],
                                     build_logic(builder, OPERATION_AND, reached[j - 1], member));
    }
    return reached[wanted];
}

static uint32_t lower_clamp(struct typed_lowering *lowering, const struct node *node)
{
    struct typed_builder *builder = &lowering->builder;
    uint32_t value = argument(lowering, node, 0), low = argument(lowering, node, 1),
             high = argument(lowering, node, 2);
    if (!is_ordered(lowering, value) || !is_ordered(lowering, low) || !build_alike(builder, &low, &high))
        return OPERAND_NONE;
    if (builder_at(builder, low)->high > builder_at(builder, high)->low)
        return OPERAND_NONE; /* may be the wrong way round */
    return build_arithmetic(builder, OPERATION_MINIMUM,
                            build_arithmetic(builder, OPERATION_MAXIMUM, value, low), high);
}

/* ---- Rounding ---- */

static bool rounding_mode(struct text name, enum decimal_rounding *mode)
{
    static const struct {
        const char *name;
        enum decimal_rounding mode;
    } MODES[] = {{"half up", DECIMAL_HALF_UP},
                 {"half down", DECIMAL_HALF_DOWN},
                 {"half even", DECIMAL_HALF_EVEN},
                 {"up", DECIMAL_UP},
                 {"down", DECIMAL_DOWN},
                 {"floor", DECIMAL_FLOOR},
                 {"ceiling", DECIMAL_CEILING},
                 {"round half up", DECIMAL_HALF_UP},
                 {"round half down", DECIMAL_HALF_DOWN},
                 {"decimal", DECIMAL_HALF_EVEN},
                 {"round up", DECIMAL_UP},
                 {"round down", DECIMAL_DOWN}};
    for (size_t i = 0; i < sizeof MODES / sizeof *MODES; i++) {
        if (!text_equals(name, text_of(MODES[i].name, TUOYU_NUL_TERMINATED)))
            continue;
        *mode = MODES[i].mode;
        return true;
    }
    return false;
}

static uint32_t lower_round_to(struct typed_lowering *lowering, const struct node *node)
{
    enum decimal_rounding mode;
    int64_t step;
    tuoyu_decimal unit;
    const struct node *name = node->children[2];
    uint32_t operand = argument(lowering, node, 1);
    bool is_plain = name->kind == NODE_LITERAL && name->value.kind == VALUE_STRING &&
                    rounding_mode(name->value.as.string, &mode) && is_number(lowering, operand) &&
                    builder_constant(&lowering->builder, operand, &step);
    if (!is_plain ||
        tuoyu_decimal_from_int64(step, builder_at(&lowering->builder, operand)->scale, &unit) != TUOYU_OK)
        return OPERAND_NONE;
    return lower_rounding(lowering, node->children[0], unit, mode);
}

/* floor(n), round half up(n, scale) … */
static uint32_t lower_round(struct typed_lowering *lowering, const struct node *node,
                            enum decimal_rounding mode)
{
    int64_t scale = 0;
    tuoyu_decimal step;
    uint32_t decimals =
        node->count > 1 ? argument(lowering, node, 1) : build_number(&lowering->builder, 0, 0);
    bool is_plain = is_number(lowering, decimals) && builder_constant(&lowering->builder, decimals, &scale) &&
                    builder_at(&lowering->builder, decimals)->scale == 0;
    if (!is_plain || scale < -ROUNDING_DECIMALS_MOST || scale > ROUNDING_DECIMALS_MOST)
        return OPERAND_NONE;
    if (decimal_scale(decimal_from_integer(1), (int32_t)-scale, &step) != TUOYU_OK)
        return OPERAND_NONE;
    return lower_rounding(lowering, node->children[0], step, mode);
}

/* ---- Dates ---- */

/* date(year, month, day) with a month and a day that are the same in all rows. */
static uint32_t lower_date_parts(struct typed_lowering *lowering, const struct node *node)
{
    const struct typed_builder *builder = &lowering->builder;
    uint32_t year = argument(lowering, node, 0), month = argument(lowering, node, 1),
             day = argument(lowering, node, 2);
    int64_t of_year = 0, of_month = 0;
    bool is_plain = is_number(lowering, month) && is_number(lowering, day) &&
                    builder_constant(builder, month, &of_year) && builder_constant(builder, day, &of_month) &&
                    !builder_at(builder, month)->scale && !builder_at(builder, day)->scale;
    if (!is_plain || of_year < 1 || of_year > 12 || of_month < 1 || of_month > 31)
        return OPERAND_NONE;
    return build_date_of_year(&lowering->builder, year, (int32_t)of_year, (int32_t)of_month);
}

static uint32_t lower_date(struct typed_lowering *lowering, const struct node *node)
{
    int32_t date;
    const struct node *from = node->children[0];
    if (node->count == 3)
        return lower_date_parts(lowering, node);
    bool is_text = node->count == 1 && from->kind == NODE_LITERAL && from->value.kind == VALUE_STRING;
    return is_text && date_parse(from->value.as.string, &date) == TUOYU_OK
               ? build_date(&lowering->builder, date)
               : OPERAND_NONE;
}

static uint32_t lower_completed(struct typed_lowering *lowering, const struct node *node, const char *name)
{
    struct typed_builder *builder = &lowering->builder;
    uint32_t from = argument(lowering, node, 0), to = argument(lowering, node, 1);
    if (strcmp(name, "completed days") == 0) {
        bool are_dates = is_ordered(lowering, from) && !is_number(lowering, from) &&
                         is_ordered(lowering, to) && !is_number(lowering, to);
        return are_dates ? build_arithmetic(builder, OPERATION_SUBTRACT, to, from) : OPERAND_NONE;
    }
    uint32_t months = build_completed_months(builder, from, to);
    return strcmp(name, "completed years") == 0 ? build_divide(builder, months, 1, 12, DECIMAL_DOWN, 0)
                                                : months;
}

/* add months(date, n), add years(date, n). */
static uint32_t lower_added(struct typed_lowering *lowering, const struct node *node, uint32_t date,
                            const char *name)
{
    struct typed_builder *builder = &lowering->builder;
    uint32_t count = argument(lowering, node, 1);
    if (!is_number(lowering, count))
        return OPERAND_NONE;
    if (strcmp(name, "add years") == 0)
        count = build_arithmetic(builder, OPERATION_MULTIPLY, count, build_number(builder, 12, 0));
    return build_add_months(builder, date, count);
}

/* ---- All ---- */

uint32_t lower_call(struct typed_lowering *lowering, const struct node *node)
{
    const char *name = node->builtin->name;
    enum decimal_rounding mode;
    struct typed_builder *builder = &lowering->builder;
    if (node->is_named || node->count == 0)
        return OPERAND_NONE;
    if (strcmp(name, "not") == 0)
        return build_not(builder, argument(lowering, node, 0));
    if (strcmp(name, "min") == 0 || strcmp(name, "max") == 0)
        return lower_arithmetic(lowering, node);
    if (strcmp(name, "sum") == 0)
        return lower_sum(lowering, node);
    if (strcmp(name, "at least") == 0)
        return lower_at_least(lowering, node);
    if (strcmp(name, "clamp") == 0 && node->count == 3)
        return lower_clamp(lowering, node);
    if (strcmp(name, "round to") == 0 && node->count == 3)
        return lower_round_to(lowering, node);
    if (strcmp(name, "floor") == 0)
        return lower_round(lowering, node, DECIMAL_FLOOR);
    if (strcmp(name, "ceiling") == 0)
        return lower_round(lowering, node, DECIMAL_CEILING);
    if (rounding_mode(text_of(name, TUOYU_NUL_TERMINATED), &mode))
        return lower_round(lowering, node, mode);
    if (strcmp(name, "date") == 0)
        return lower_date(lowering, node);
    if (strncmp(name, "completed ", 10) == 0 && node->count == 2)
        return lower_completed(lowering, node, name);
    uint32_t first = argument(lowering, node, 0);
    if (strcmp(name, "abs") == 0)
        return is_number(lowering, first) ? build_absolute(builder, first) : OPERAND_NONE;
    if (strcmp(name, "start of month") == 0)
        return build_date_part(builder, OPERATION_START_OF_MONTH, first);
    if (strcmp(name, "end of month") == 0)
        return build_date_part(builder, OPERATION_END_OF_MONTH, first);
    return strncmp(name, "add ", 4) == 0 && node->count == 2 ? lower_added(lowering, node, first, name)
                                                             : OPERAND_NONE;
}
