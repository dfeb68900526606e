/* SPDX-License-Identifier: Apache-2.0 */
/* Lowers limits of an amount into slots, brings the amount within them, and reads out of an evaluation
 * which limit decided. */
#include "rules/bound.h"

/* ---- Lowering ---- */

/* Lowers an optional expression of a bound as the slot `id.part`. Returns SLOT_NONE if it is not written,
 * or when memory is refused, which the lowering notes. */
static uint32_t lower_bound_part(struct lowering *lowering, const struct pack_bound *bound, const char *part,
                                 const struct expression_text *written, struct text unit, enum type_kind type)
{
    if (!written->text.bytes)
        return SLOT_NONE;
    struct text name = text_format(lowering->arena, "%.*s.%s", TEXT_ARGUMENTS(bound->id), part);
    if (name.bytes)
        return lower_optional(lowering, lowering->scope, name.bytes, written, unit, type);
    lowering_fail(lowering, TUOYU_ERROR_NO_MEMORY);
    return SLOT_NONE;
}

/* Lowers what counts towards the limit already; SLOT_NONE if the bound has no `used`. It is checked as
 * money, since a negative amount would raise the limit above the one written. */
static uint32_t lower_used(struct lowering *lowering, const struct pack_bound *bound, struct text unit)
{
    struct text name = text_format(lowering->arena, "%.*s.used", TEXT_ARGUMENTS(bound->id));
    struct money_check money = {.noun = "amount used", .of = bound->id};
    if (name.bytes)
        return lower_optional_money(lowering, lowering->scope, name.bytes, &bound->used, unit, money);
    lowering_fail(lowering, TUOYU_ERROR_NO_MEMORY);
    return SLOT_NONE;
}

/* The formula of what is left of a limit: max(0, limit as written - used). */
static const struct node *left_tree(struct lowering *lowering, const struct bound *bound)
{
    const struct node *left = tree_pair(lowering, NODE_SUBTRACT, tree_slot(lowering, bound->laid_down),
                                        tree_slot(lowering, bound->used));
    return tree_call(lowering, FEEL_MAX, tree_number(lowering, 0), left);
}

/* Slots that could not be lowered, or that the bound does not need, are SLOT_NONE. */
struct bound lower_bound(struct lowering *lowering, const struct pack_bound *written, struct text unit,
                         const struct pack_rounding *round)
{
    struct bound bound = {
        .id = written->id, .label = written->label, .is_upper = written->is_upper, .laid_down = SLOT_NONE};
    struct lowered limit = {.part = written->id,
                            .label = &written->label,
                            .unit = unit,
                            .written = &written->limit,
                            .round = written->round.is_given ? &written->round : round,
                            .cite = &written->cite,
                            .standing = written->standing,
                            .type = TYPE_NUMBER,
                            .where = written->where};
    bound.used = lower_used(lowering, written, unit);
    if (bound.used != SLOT_NONE) {
        bound.laid_down = lower_bound_part(lowering, written, written->is_upper ? "at_most" : "at_least",
                                           &written->limit, unit, TYPE_NUMBER);
        limit.written = NULL;
        limit.tree = left_tree(lowering, &bound);
    }
    bound.limit =
        limit.written || limit.tree ? lower_expression(lowering, lowering->scope, &limit) : SLOT_NONE;
    bound.when = lower_bound_part(lowering, written, "when", &written->when, TEXT(""), TYPE_BOOLEAN);
    return bound;
}

/* The formula that brings an amount within one more bound, if the bound applies. Returns NULL if the
 * amount or the limit could not be lowered. */
static const struct node *within(struct lowering *lowering, const struct bound *bound,
                                 const struct node *amount)
{
    if (!amount || bound->limit == SLOT_NONE)
        return NULL;
    enum builtin_id tighter = bound->is_upper ? FEEL_MIN : FEEL_MAX;
    const struct node *limited = tree_call(lowering, tighter, amount, tree_slot(lowering, bound->limit));
    return bound->when == SLOT_NONE ? limited
                                    : tree_if(lowering, tree_slot(lowering, bound->when), limited, amount);
}

uint32_t lower_within(struct lowering *lowering, const struct bound *bounds, size_t count, uint32_t amount,
                      struct text unit, struct location where)
{
    /* Lower bounds are applied first, so that an upper bound wins where two conflict. Each bound gets a
     * slot of its own, which keeps the trees small. */
    for (int upper = 0; upper < 2; upper++) {
        for (size_t i = 0; i < count; i++) {
            const struct bound *bound = &bounds[i];
            if (bound->is_upper != (upper == 1))
                continue;
            const struct node *tree = within(lowering, bound, tree_slot(lowering, amount));
            struct text part = text_format(lowering->arena, "within_%.*s", TEXT_ARGUMENTS(bound->id));
            if (!tree || !part.bytes) {
                lowering_fail(lowering, TUOYU_ERROR_NO_MEMORY);
                return SLOT_NONE;
            }
            amount = lower_expression(lowering, lowering->scope,
                                      &(struct lowered){.part = part,
                                                        .label = label_of_part(TEXT("within")),
                                                        .unit = unit,
                                                        .tree = tree,
                                                        .type = TYPE_NUMBER,
                                                        .where = where});
        }
    }
    return amount;
}

/* ---- The answer ---- */

/* Reads a number in a unit from a computed slot. *out stays as it was if the slot is SLOT_NONE. TUOYU_OK or
 * TUOYU_ERROR_OVERFLOW. */
static tuoyu_status read_slot(struct evaluation *evaluation, uint32_t slot, struct text unit,
                              struct answer_number *out)
{
    if (slot == SLOT_NONE)
        return TUOYU_OK;
    return answer_number_of(evaluation_value(evaluation, slot), unit, out);
}

/* Reads the limit of a bound, the limit as written, and what is used of it into a reading that was zeroed:
 * what the bound lacks stays not given. TUOYU_OK or TUOYU_ERROR_OVERFLOW. */
static tuoyu_status read_bound(struct evaluation *evaluation, const struct bound *bound, struct text unit,
                               struct bound_reading *reading)
{
    tuoyu_status status = read_slot(evaluation, bound->limit, unit, &reading->limit);
    if (status == TUOYU_OK)
        status = read_slot(evaluation, bound->laid_down, unit, &reading->laid_down);
    return status == TUOYU_OK ? read_slot(evaluation, bound->used, unit, &reading->used) : status;
}

tuoyu_status bounds_read(struct evaluation *evaluation, const struct bound *bounds, size_t count,
                         uint32_t before, struct text unit, struct bound_reading *readings,
                         struct text *binding)
{
    struct answer_number now;
    if (count == 0)
        return TUOYU_OK;
    tuoyu_status status = answer_number_of(evaluation_value(evaluation, before), unit, &now);
    for (int upper = 0; upper < 2 && status == TUOYU_OK; upper++) {
        for (size_t i = 0; i < count && status == TUOYU_OK; i++) {
            const struct bound *bound = &bounds[i];
            bool applies =
                bound->when == SLOT_NONE || value_is_true(evaluation_value(evaluation, bound->when));
            if (bound->is_upper != (upper == 1) || !applies)
                continue;
            status = read_bound(evaluation, bound, unit, &readings[i]);
            const struct answer_number *limit = &readings[i].limit;
            if (status != TUOYU_OK || !limit->is_given || !now.is_given)
                continue;
            int order = decimal_compare(limit->number, now.number);
            if (upper ? order >= 0 : order <= 0)
                continue;
            now = *limit;
            *binding = bound->id;
        }
    }
    return status;
}

void bounds_mark_reads(const struct bound *bounds, size_t count, struct slot_reads *reads)
{
    for (size_t i = 0; i < count; i++) {
        slot_reads_mark(reads, bounds[i].limit);
        slot_reads_mark(reads, bounds[i].laid_down);
        slot_reads_mark(reads, bounds[i].used);
        slot_reads_mark(reads, bounds[i].when);
    }
}
