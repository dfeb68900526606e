/* SPDX-License-Identifier: Apache-2.0 */
/* A date plus or minus a written duration, perhaps times a whole number: so many days or months later or
 * earlier. */
#include <string.h>

#include "compile/typed_lowering.h"
#include "feel/builtin.h"

/* A duration as a number of days or of months. */
struct count {
    uint32_t number; /* OPERAND_NONE: the duration is no whole number of either, or has no typed form */
    bool is_months;  /* false: it counts days */
};

static const struct count NO_COUNT = {.number = OPERAND_NONE};

/* Whether the node is a literal duration or duration("…") of a literal text. */
static bool is_written(const struct node *node)
{
    if (node->kind == NODE_LITERAL)
        return node->value.kind == VALUE_DAYS_TIME || node->value.kind == VALUE_YEARS_MONTHS;
    bool is_call = node_calls(node, FEEL_DURATION) && node->count == 1 && !node->is_named;
    return is_call && node->children[0]->kind == NODE_LITERAL &&
           node->children[0]->value.kind == VALUE_STRING;
}

bool node_is_duration(const struct node *node)
{
    if (node->kind == NODE_MULTIPLY)
        return node_is_duration(node->children[0]) || node_is_duration(node->children[1]);
    return is_written(node);
}

/* A duration that was parsed, as a count; NO_COUNT where it is not a whole number of days. */
static struct count count_of(struct typed_lowering *lowering, enum duration_kind kind, int64_t months,
                             struct duration duration)
{
    static const int64_t SECONDS_A_DAY = 86400;
    bool is_months = kind == DURATION_YEARS_MONTHS,
         is_whole = duration.seconds % SECONDS_A_DAY == 0 && duration.nanoseconds == 0;
    if (!is_months && !is_whole)
        return NO_COUNT;
    int64_t count = is_months ? months : duration.seconds / SECONDS_A_DAY;
    return (struct count){.number = build_number(&lowering->builder, count, 0), .is_months = is_months};
}

/* A written duration (is_written) as a count; NO_COUNT where its text does not parse or is not a whole
 * number of days. */
static struct count lower_written(struct typed_lowering *lowering, const struct node *node)
{
    enum duration_kind kind;
    int64_t months = 0;
    struct duration duration = {0};
    if (node->kind == NODE_CALL_BUILTIN)
        return duration_parse(node->children[0]->value.as.string, &kind, &months, &duration) == TUOYU_OK
                   ? count_of(lowering, kind, months, duration)
                   : NO_COUNT;
    bool is_months = node->value.kind == VALUE_YEARS_MONTHS;
    if (is_months)
        months = node->value.as.months;
    else
        duration = node->value.as.duration;
    return count_of(lowering, is_months ? DURATION_YEARS_MONTHS : DURATION_DAYS_TIME, months, duration);
}

/* A written duration, or the product of one with a whole number on either side; NO_COUNT otherwise. The
 * number of NO_COUNT is OPERAND_NONE. */
static struct count lower_count(struct typed_lowering *lowering, const struct node *node)
{
    if (node->kind != NODE_MULTIPLY)
        return is_written(node) ? lower_written(lowering, node) : NO_COUNT;
    bool is_first = node_is_duration(node->children[0]);
    struct count count = lower_count(lowering, node->children[is_first ? 0 : 1]);
    uint32_t times =
        count.number == OPERAND_NONE ? OPERAND_NONE : lower_node(lowering, node->children[is_first ? 1 : 0]);
    bool is_whole = times != OPERAND_NONE && builder_at(&lowering->builder, times)->kind == TYPED_NUMBER &&
                    !builder_at(&lowering->builder, times)->scale;
    if (!is_whole)
        return NO_COUNT;
    count.number = build_arithmetic(&lowering->builder, OPERATION_MULTIPLY, times, count.number);
    return count;
}

uint32_t lower_later(struct typed_lowering *lowering, const struct node *date, const struct node *duration,
                     bool is_earlier)
{
    struct typed_builder *builder = &lowering->builder;
    uint32_t day = lower_node(lowering, date);
    struct count count = day == OPERAND_NONE ? NO_COUNT : lower_count(lowering, duration);
    if (count.number == OPERAND_NONE)
        return OPERAND_NONE;
    if (is_earlier)
        count.number =
            build_arithmetic(builder, OPERATION_SUBTRACT, build_number(builder, 0, 0), count.number);
    return count.is_months ? build_add_months(builder, day, count.number)
                           : build_add_days(builder, day, count.number);
}
