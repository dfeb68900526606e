/* SPDX-License-Identifier: Apache-2.0 */
/* Lowers the budget of a cost-sharing rule: how much there is, what of it was used, what is left, and the
 * keys by which claims are ordered. */
#include "rules/budget_terms.h"

/* Fills in a rounding down to 0.01. Returns false if the decimal cannot be made. */
static bool round_down_to_fen(struct pack_rounding *round, struct location where)
{
    *round = (struct pack_rounding){.is_given = true, .mode = DECIMAL_FLOOR, .where = where};
    return tuoyu_decimal_from_int64(1, 2, &round->to) == TUOYU_OK;
}

/* Lowers how much the budget is. It is rounded down, so that never more is paid than is written; it may be
 * below zero. */
static uint32_t lower_laid_down(struct lowering *lowering, const struct pack_cost_sharing *written,
                                const struct pack_rounding *down)
{
    const struct pack_budget *budget = &written->budget;
    return lower_expression(lowering, lowering->scope,
                            &(struct lowered){.part = TEXT("budget.of"),
                                              .label = label_of_part(TEXT("of")),
                                              .unit = written->unit,
                                              .written = &budget->of,
                                              .round = down,
                                              .type = TYPE_NUMBER,
                                              .where = budget->where});
}

/* The formula max(0, more - less); `less` may be SLOT_NONE and then counts as zero. */
static const struct node *rest_tree(struct lowering *lowering, const struct node *more, uint32_t less)
{
    if (less != SLOT_NONE)
        more = tree_pair(lowering, NODE_SUBTRACT, more, tree_slot(lowering, less));
    return tree_call(lowering, FEEL_MAX, tree_number(lowering, 0), more);
}

/* Lowers what there is to pay from: the budget less what was used, or zero if more was used than there is.
 * Returns its slot; SLOT_NONE after an error. */
static uint32_t lower_left(struct lowering *lowering, const struct pack_cost_sharing *written,
                           const struct pack_rounding *down, const struct budget *made)
{
    const struct pack_budget *budget = &written->budget;
    const struct node *tree = rest_tree(lowering, tree_slot(lowering, made->laid_down), made->used);
    if (!tree)
        return SLOT_NONE;
    return lower_expression(lowering, lowering->scope,
                            &(struct lowered){.part = TEXT("budget"),
                                              .label = label_of_part(TEXT("budget")),
                                              .unit = written->unit,
                                              .tree = tree,
                                              .round = made->used == SLOT_NONE ? NULL : down,
                                              .money = {.noun = "budget", .is_payable = true},
                                              .cite = &budget->cite,
                                              .standing = budget->standing,
                                              .type = TYPE_NUMBER,
                                              .where = budget->where});
}

/* Lowers by how much more was used than there is; zero if the budget is not overspent. Returns its slot;
 * SLOT_NONE after an error. */
static uint32_t lower_overspent(struct lowering *lowering, const struct pack_cost_sharing *written,
                                const struct budget *made)
{
    const struct node *used =
        made->used == SLOT_NONE ? tree_number(lowering, 0) : tree_slot(lowering, made->used);
    const struct node *tree = rest_tree(lowering, used, made->laid_down);
    if (!tree)
        return SLOT_NONE;
    return lower_expression(lowering, lowering->scope,
                            &(struct lowered){.part = TEXT("budget.overspent"),
                                              .label = label_of_part(TEXT("overspent")),
                                              .unit = written->unit,
                                              .tree = tree,
                                              .type = TYPE_NUMBER,
                                              .where = written->budget.where});
}

/* What is paid out is a multiple of this step: that of the shares' rounding, or one fen if theirs is
 * finer. */
static tuoyu_decimal step_of(const struct pack_rounding *round, const struct pack_rounding *fen)
{
    return is_whole_fen(round->to) ? round->to : fen->to;
}

/* Lowers the keys that claims are ordered by. Returns false if one cannot be lowered or memory is refused. */
static bool lower_order(struct lowering *lowering, const struct pack_budget *written, struct budget *made)
{
    made->keys = ARENA_ARRAY(lowering->arena, struct order_key, written->order_count);
    for (size_t i = 0; made->keys && i < written->order_count; i++) {
        const struct pack_order_key *key = &written->order[i];
        uint32_t slot =
            lower_optional(lowering, lowering->scope, "budget.order", &key->by, TEXT(""), TYPE_ANY);
        if (slot == SLOT_NONE)
            return false;
        made->keys[i] = (struct order_key){.slot = slot, .highest_first = key->highest_first};
    }
    made->key_count = written->order_count;
    return made->keys;
}

/* The index of the payer with this id, or SIZE_MAX. */
static size_t find_payer(const struct tuoyu_cost_sharing *cost_sharing, struct text id)
{
    for (size_t i = 0; i < cost_sharing->payer_count; i++)
        if (text_equals(cost_sharing->payers[i].id, id))
            return i;
    return SIZE_MAX;
}

/* Lowers how much there is, what was used, what is left and what is overspent. Returns false if memory is
 * refused. */
static bool lower_amounts(struct lowering *lowering, const struct pack_cost_sharing *written,
                          const struct pack_rounding *round, struct budget *made)
{
    const struct money_check used = {.noun = "amount used", .of = TEXT("budget")};
    struct pack_rounding down;
    if (!round_down_to_fen(&down, written->budget.where))
        return false;
    made->step = step_of(round, &down);
    made->used = lower_optional_money(lowering, lowering->scope, "budget.used", &written->budget.used,
                                      written->unit, used);
    made->laid_down = lower_laid_down(lowering, written, &down);
    made->left = lower_left(lowering, written, &down, made);
    made->overspent = lower_overspent(lowering, written, made);
    return made->left != SLOT_NONE && made->overspent != SLOT_NONE;
}

void lower_budget(struct lowering *lowering, const struct pack_cost_sharing *written,
                  const struct pack_rounding *round, struct tuoyu_cost_sharing *cost_sharing)
{
    const struct pack_budget *budget = &written->budget;
    if (!budget->is_given)
        return;
    struct budget *made = ARENA_NEW(lowering->arena, struct budget);
    if (!made) {
        lowering_fail(lowering, TUOYU_ERROR_NO_MEMORY);
        return;
    }
    made->payer = find_payer(cost_sharing, budget->payer.text);
    made->ties = budget->ties;
    made->leftover = budget->leftover;
    made->when_short = budget->when_short;
    if (!lower_amounts(lowering, written, round, made) || !lower_order(lowering, budget, made))
        lowering_fail(lowering, TUOYU_ERROR_NO_MEMORY);
    cost_sharing->budget = made;
}
