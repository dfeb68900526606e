/* SPDX-License-Identifier: Apache-2.0 */
/* Calls of built-in functions as typed operations. A function here returns OPERAND_NONE where its call
 * has no typed form. */
#include "compile/typed_lowering.h"

enum { MEMBERS_MOST = 64, ROUNDING_DECIMALS_MOST = 12 };

/* The operand of an argument; OPERAND_NONE where the call has no argument with this index, or it has no
 * typed form. */
static uint32_t argument(struct typed_lowering *lowering, const struct node *node, uint32_t index)
{
    return index < node->count ? lower_node(lowering, node->children[index]) : OPERAND_NONE;
}

/* Whether the operand is a number or a date; false for OPERAND_NONE. */
static bool is_ordered(const struct typed_lowering *lowering, uint32_t operand)
{
    if (operand == OPERAND_NONE)
        return false;
    uint8_t kind = builder_at(&lowering->builder, operand)->kind;
    return kind == TYPED_NUMBER || kind == TYPED_DATE;
}

/* Whether the operand is a number; false for OPERAND_NONE. */
static bool is_number_operand(const struct typed_lowering *lowering, uint32_t operand)
{
    return is_ordered(lowering, operand) && builder_at(&lowering->builder, operand)->kind == TYPED_NUMBER;
}

/* ---- Functions of many members ---- */

/* The node whose children are the items: the call itself where it has several arguments, or its one
 * argument if that is a written list. NULL: the one argument is something else, so the items are not known
 * now. */
static const struct node *items_of(const struct node *node)
{
    return node->count == 1 ? (node->children[0]->kind == NODE_LIST ? node->children[0] : NULL) : node;
}

/* sum(a, b, …) or sum of a written list; OPERAND_NONE for an empty list or an item that is no number. */
static uint32_t lower_sum(struct typed_lowering *lowering, const struct node *node)
{
    const struct node *items = items_of(node);
    uint32_t result = OPERAND_NONE;
    for (uint32_t i = 0; items && i < items->count; i++) {
        uint32_t item = lower_node(lowering, items->children[i]);
        if (!is_number_operand(lowering, item))
            return OPERAND_NONE;
        result = i == 0 ? item : build_arithmetic(&lowering->builder, OPERATION_ADD, result, item);
    }
    return result;
}

/* At least k of n, built up member by member: reached[j] says that at least j of the members so far hold.
 * and/or are monotone in the unknown, so this gives the same three-valued result as counting. OPERAND_NONE if
 * k is not constant or a member has no typed form. */
static uint32_t lower_at_least(struct typed_lowering *lowering, const struct node *node)
{
    struct typed_builder *builder = &lowering->builder;
    int64_t wanted;
    uint32_t reached[MEMBERS_MOST + 1];
    uint32_t count = argument(lowering, node, 0);
    const struct node *members = node->count == 2 ? node->children[1] : NULL;
    bool is_plain = members && members->kind == NODE_LIST && members->count <= MEMBERS_MOST &&
                    is_number_operand(lowering, count);
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

/* clamp(value, low, high). It has a typed form only where low is proven never to be above high; otherwise the
 * interpreter reports the error. OPERAND_NONE in place of a typed form. */
static uint32_t lower_clamp(struct typed_lowering *lowering, const struct node *node)
{
    struct typed_builder *builder = &lowering->builder;
    uint32_t value = argument(lowering, node, 0), low = argument(lowering, node, 1),
             high = argument(lowering, node, 2);
    if (!is_ordered(lowering, value) || !is_ordered(lowering, low) || !build_alike(builder, &low, &high))
        return OPERAND_NONE;
    if (builder_at(builder, low)->high > builder_at(builder, high)->low)
        return OPERAND_NONE;
    return build_arithmetic(builder, OPERATION_MINIMUM,
                            build_arithmetic(builder, OPERATION_MAXIMUM, value, low), high);
}

/* ---- Rounding ---- */

/* round to(value, step, mode), where step and mode are constants. OPERAND_NONE if they are not. */
static uint32_t lower_round_to(struct typed_lowering *lowering, const struct node *node)
{
    enum decimal_rounding mode;
    int64_t step;
    tuoyu_decimal unit;
    const struct node *name = node->children[2];
    uint32_t operand = argument(lowering, node, 1);
    bool is_plain = name->kind == NODE_LITERAL && name->value.kind == VALUE_STRING &&
                    decimal_rounding_of(name->value.as.string, &mode) &&
                    is_number_operand(lowering, operand) &&
                    builder_constant(&lowering->builder, operand, &step);
    if (!is_plain ||
        tuoyu_decimal_from_int64(step, builder_at(&lowering->builder, operand)->scale, &unit) != TUOYU_OK)
        return OPERAND_NONE;
    return lower_rounding(lowering, node->children[0], unit, mode);
}

/* The functions that round to a number of decimals, which must be constant: floor(n), round half up(n, scale)
 * and their like. Without a second argument they round to a whole number. OPERAND_NONE if the number of
 * decimals is not constant. */
static uint32_t lower_round(struct typed_lowering *lowering, const struct node *node,
                            enum decimal_rounding mode)
{
    int64_t scale = 0;
    tuoyu_decimal step;
    uint32_t decimals =
        node->count > 1 ? argument(lowering, node, 1) : build_number(&lowering->builder, 0, 0);
    bool is_plain = is_number_operand(lowering, decimals) &&
                    builder_constant(&lowering->builder, decimals, &scale) &&
                    builder_at(&lowering->builder, decimals)->scale == 0;
    if (!is_plain || scale < -ROUNDING_DECIMALS_MOST || scale > ROUNDING_DECIMALS_MOST)
        return OPERAND_NONE;
    if (decimal_scale(decimal_from_integer(1), (int32_t)-scale, &step) != TUOYU_OK)
        return OPERAND_NONE;
    return lower_rounding(lowering, node->children[0], step, mode);
}

/* ---- Dates ---- */

/* date(year, month, day), where month and day are the same in all rows. OPERAND_NONE if they are not. */
static uint32_t lower_date_parts(struct typed_lowering *lowering, const struct node *node)
{
    const struct typed_builder *builder = &lowering->builder;
    uint32_t year = argument(lowering, node, 0), month = argument(lowering, node, 1),
             day = argument(lowering, node, 2);
    int64_t month_of_year = 0, day_of_month = 0;
    bool is_plain = is_number_operand(lowering, month) && is_number_operand(lowering, day) &&
                    builder_constant(builder, month, &month_of_year) &&
                    builder_constant(builder, day, &day_of_month) && !builder_at(builder, month)->scale &&
                    !builder_at(builder, day)->scale;
    if (!is_plain || month_of_year < 1 || month_of_year > 12 || day_of_month < 1 || day_of_month > 31)
        return OPERAND_NONE;
    return build_date_of_year(&lowering->builder, year, (int32_t)month_of_year, (int32_t)day_of_month);
}

/* date("2024-05-01") of a written text, or date(year, month, day). OPERAND_NONE if it has no typed form. */
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

/* Whether the operand is a date; false for OPERAND_NONE. */
static bool is_date(const struct typed_lowering *lowering, uint32_t operand)
{
    return is_ordered(lowering, operand) && !is_number_operand(lowering, operand);
}

/* completed days(from, to); OPERAND_NONE unless both arguments are dates. */
static uint32_t lower_completed_days(struct typed_lowering *lowering, const struct node *node)
{
    uint32_t from = argument(lowering, node, 0), to = argument(lowering, node, 1);
    bool are_dates = is_date(lowering, from) && is_date(lowering, to);
    return are_dates ? build_arithmetic(&lowering->builder, OPERATION_SUBTRACT, to, from) : OPERAND_NONE;
}

/* completed months(from, to); OPERAND_NONE unless both are dates. */
static uint32_t lower_completed_months(struct typed_lowering *lowering, const struct node *node)
{
    uint32_t from = argument(lowering, node, 0), to = argument(lowering, node, 1);
    return build_completed_months(&lowering->builder, from, to);
}

/* completed years(from, to); OPERAND_NONE unless both are dates. */
static uint32_t lower_completed_years(struct typed_lowering *lowering, const struct node *node)
{
    return build_divide(&lowering->builder, lower_completed_months(lowering, node), 1, 12, DECIMAL_DOWN, 0);
}

/* add months(date, n) and add years(date, n): the date n × `months` months later. OPERAND_NONE if an argument
 * has no typed form. */
static uint32_t lower_added(struct typed_lowering *lowering, const struct node *node, int64_t months)
{
    struct typed_builder *builder = &lowering->builder;
    uint32_t date = argument(lowering, node, 0), count = argument(lowering, node, 1);
    if (!is_number_operand(lowering, count))
        return OPERAND_NONE;
    if (months != 1)
        count = build_arithmetic(builder, OPERATION_MULTIPLY, count, build_number(builder, months, 0));
    return build_add_months(builder, date, count);
}

/* add months(date, n); OPERAND_NONE if an argument has no typed form. */
static uint32_t lower_add_months(struct typed_lowering *lowering, const struct node *node)
{
    return lower_added(lowering, node, 1);
}

/* add years(date, n); OPERAND_NONE if an argument has no typed form. */
static uint32_t lower_add_years(struct typed_lowering *lowering, const struct node *node)
{
    return lower_added(lowering, node, 12);
}

/* start of month(date); OPERAND_NONE unless it is a date. */
static uint32_t lower_start_of_month(struct typed_lowering *lowering, const struct node *node)
{
    return build_date_part(&lowering->builder, OPERATION_START_OF_MONTH, argument(lowering, node, 0));
}

/* end of month(date); OPERAND_NONE unless it is a date. */
static uint32_t lower_end_of_month(struct typed_lowering *lowering, const struct node *node)
{
    return build_date_part(&lowering->builder, OPERATION_END_OF_MONTH, argument(lowering, node, 0));
}

/* ---- Functions of one argument ---- */

/* not(truth); OPERAND_NONE unless it is a boolean. */
static uint32_t lower_not(struct typed_lowering *lowering, const struct node *node)
{
    return build_not(&lowering->builder, argument(lowering, node, 0));
}

/* abs(number); OPERAND_NONE unless the argument is a number. */
static uint32_t lower_absolute(struct typed_lowering *lowering, const struct node *node)
{
    uint32_t operand = argument(lowering, node, 0);
    return is_number_operand(lowering, operand) ? build_absolute(&lowering->builder, operand) : OPERAND_NONE;
}

/* ---- The table of functions ---- */

/* How a call of each built-in is lowered; a built-in without an entry is left to the interpreter. */
static const struct call_form {
    uint32_t (*lower)(struct typed_lowering *lowering, const struct node *node);
    uint32_t count; /* how many arguments a call must have; 0: `lower` itself looks */
    bool is_rounding;
    enum decimal_rounding mode; /* is_rounding: lower_round() takes it in place of `lower` */
} FORMS[BUILTIN_ID_COUNT] = {
    [FEEL_NOT] = {.lower = lower_not},
    [FEEL_MIN] = {.lower = lower_arithmetic},
    [FEEL_MAX] = {.lower = lower_arithmetic},
    [FEEL_SUM] = {.lower = lower_sum},
    [FEEL_AT_LEAST] = {.lower = lower_at_least},
    [FEEL_CLAMP] = {.lower = lower_clamp, .count = 3},
    [FEEL_ABS] = {.lower = lower_absolute},
    [FEEL_ROUND_TO] = {.lower = lower_round_to, .count = 3},
    [FEEL_FLOOR] = {.is_rounding = true, .mode = DECIMAL_FLOOR},
    [FEEL_CEILING] = {.is_rounding = true, .mode = DECIMAL_CEILING},
    [FEEL_DECIMAL] = {.is_rounding = true, .mode = DECIMAL_HALF_EVEN},
    [FEEL_ROUND_UP] = {.is_rounding = true, .mode = DECIMAL_UP},
    [FEEL_ROUND_DOWN] = {.is_rounding = true, .mode = DECIMAL_DOWN},
    [FEEL_ROUND_HALF_UP] = {.is_rounding = true, .mode = DECIMAL_HALF_UP},
    [FEEL_ROUND_HALF_DOWN] = {.is_rounding = true, .mode = DECIMAL_HALF_DOWN},
    [FEEL_DATE] = {.lower = lower_date},
    [FEEL_COMPLETED_MONTHS] = {.lower = lower_completed_months, .count = 2},
    [FEEL_COMPLETED_YEARS] = {.lower = lower_completed_years, .count = 2},
    [FEEL_COMPLETED_DAYS] = {.lower = lower_completed_days, .count = 2},
    [FEEL_START_OF_MONTH] = {.lower = lower_start_of_month},
    [FEEL_END_OF_MONTH] = {.lower = lower_end_of_month},
    [FEEL_ADD_MONTHS] = {.lower = lower_add_months, .count = 2},
    [FEEL_ADD_YEARS] = {.lower = lower_add_years, .count = 2},
};

bool call_has_form(enum builtin_id id)
{
    return FORMS[id].lower || FORMS[id].is_rounding;
}

uint32_t lower_call(struct typed_lowering *lowering, const struct node *node)
{
    const struct call_form *form = &FORMS[node->builtin->id];
    bool has_form = call_has_form(node->builtin->id);
    assert(has_form == (builtin_traits(node->builtin)->columns == COLUMNS_TYPED));
    if (node->is_named || node->count == 0)
        return OPERAND_NONE;
    if (!has_form || (form->count && form->count != node->count)) {
        argument(lowering, node, 0); /* if it has no typed form either, lowering->untyped names it first */
        return OPERAND_NONE;
    }
    return form->is_rounding ? lower_round(lowering, node, form->mode) : form->lower(lowering, node);
}
