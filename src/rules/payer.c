/* SPDX-License-Identifier: Apache-2.0 */
/* Lowers the payers of a cost-sharing rule: the share of each, in order, and the shares of those that a
 * payer stands for. */
#include "rules/payer.h"

/* What the payers of a rule have in common while they are lowered. */
struct sharing {
    struct lowering *lowering;
    const struct pack_cost_sharing *written;
    const struct pack_rounding *round;
    uint32_t whole;
    uint32_t remaining; /* slot of the whole less the shares lowered so far */
    const struct node *remaining_tree;
};

/* ---- One payer ---- */

/* Lowers a bound, rate, amount or condition of a payer as the slot `payer.part`. SLOT_NONE if it is not
 * written, or when memory is refused, which the lowering notes. */
static uint32_t lower_payer_part(struct sharing *sharing, const struct scope *scope,
                                 const struct pack_payer *payer, const char *part,
                                 const struct expression_text *written, struct text unit, enum type_kind type)
{
    if (!written->text.bytes)
        return SLOT_NONE;
    struct text name = text_format(sharing->lowering->arena, "%.*s.%s", TEXT_ARGUMENTS(payer->id), part);
    if (!name.bytes) {
        lowering_fail(sharing->lowering, TUOYU_ERROR_NO_MEMORY);
        return SLOT_NONE;
    }
    return lower_optional(sharing->lowering, scope, name.bytes, written, unit, type);
}

/* The formula of what the payer pays before bounds and rounding: rate × whole, the amount, or all that
 * remains. */
static const struct node *share_tree(struct sharing *sharing, const struct scope *scope,
                                     const struct pack_payer *payer)
{
    struct lowering *lowering = sharing->lowering;
    if (payer->is_residual)
        return sharing->remaining_tree;
    struct text unit = sharing->written->unit;
    uint32_t amount = lower_payer_part(sharing, scope, payer, "amount", &payer->amount, unit, TYPE_NUMBER);
    if (amount != SLOT_NONE)
        return tree_slot(lowering, amount);
    uint32_t rate =
        lower_payer_part(sharing, scope, payer, "rate", &payer->rate, TEXT("percent"), TYPE_NUMBER);
    return tree_pair(lowering, NODE_MULTIPLY, tree_slot(lowering, sharing->whole), tree_slot(lowering, rate));
}

/* Lowers a payer's share within its bounds; it is 0 if its `when` is false. SLOT_NONE when memory is
 * refused. */
static uint32_t lower_share(struct sharing *sharing, const struct pack_payer *payer)
{
    struct lowering *lowering = sharing->lowering;
    struct text unit = sharing->written->unit;
    struct scope *scope = lower_scope(lowering, lowering->scope);
    if (!scope || !scope_declare(scope, TEXT("whole"), sharing->whole) ||
        !scope_declare(scope, TEXT("remaining"), sharing->remaining)) {
        lowering_fail(lowering, TUOYU_ERROR_NO_MEMORY);
        return SLOT_NONE;
    }
    const struct node *tree = share_tree(sharing, scope, payer);
    uint32_t least = lower_payer_part(sharing, scope, payer, "at_least", &payer->at_least, unit, TYPE_NUMBER);
    uint32_t most = lower_payer_part(sharing, scope, payer, "at_most", &payer->at_most, unit, TYPE_NUMBER);
    uint32_t when = lower_payer_part(sharing, scope, payer, "when", &payer->when, TEXT(""), TYPE_BOOLEAN);
    if (least != SLOT_NONE)
        tree = tree_call(lowering, FEEL_MAX, tree, tree_slot(lowering, least));
    if (most != SLOT_NONE)
        tree = tree_call(lowering, FEEL_MIN, tree, tree_slot(lowering, most));
    if (when != SLOT_NONE)
        tree = tree_if(lowering, tree_slot(lowering, when), tree, tree_number(lowering, 0));
    if (!tree)
        return SLOT_NONE;
    return lower_expression(lowering, scope,
                            &(struct lowered){.part = payer->id,
                                              .label = &payer->label,
                                              .unit = unit,
                                              .tree = tree,
                                              .round = sharing->round,
                                              .money = {.noun = "share", .of = payer->id, .is_payable = true},
                                              .cite = &payer->cite,
                                              .standing = payer->standing,
                                              .type = TYPE_NUMBER,
                                              .where = payer->where});
}

/* Lowers what remains of the whole after this share, which later payers can name as `remaining`. */
static void lower_remaining(struct sharing *sharing, const struct pack_payer *payer, uint32_t share)
{
    struct lowering *lowering = sharing->lowering;
    const struct node *tree =
        tree_pair(lowering, NODE_SUBTRACT, sharing->remaining_tree, tree_slot(lowering, share));
    if (!tree)
        return;
    sharing->remaining_tree = tree;
    uint32_t remaining = lower_expression(lowering, lowering->scope,
                                          &(struct lowered){.part = TEXT("remaining"),
                                                            .label = label_of_part(TEXT("remaining")),
                                                            .unit = sharing->written->unit,
                                                            .tree = tree,
                                                            .type = TYPE_NUMBER,
                                                            .where = payer->where});
    if (remaining != SLOT_NONE)
        sharing->remaining = remaining;
}

/* ---- Within one payer ---- */

/* True for a member that is written without a rate. */
static bool takes_the_rest(const struct pack_payer *payer)
{
    return !payer->rate.text.bytes;
}

/* Lowers one of those that a payer stands for: a rate of the payer's share, or what the others leave of
 * it. SLOT_NONE when memory is refused. */
static uint32_t lower_member(struct sharing *sharing, const struct pack_payer *member, uint32_t share,
                             const struct node *rest)
{
    struct lowering *lowering = sharing->lowering;
    const struct node *tree = rest;
    if (!takes_the_rest(member)) {
        uint32_t rate = lower_payer_part(sharing, lowering->scope, member, "rate", &member->rate,
                                         TEXT("percent"), TYPE_NUMBER);
        tree = tree_pair(lowering, NODE_MULTIPLY, tree_slot(lowering, share), tree_slot(lowering, rate));
    }
    if (!tree)
        return SLOT_NONE;
    return lower_expression(
        lowering, lowering->scope,
        &(struct lowered){.part = member->id,
                          .label = &member->label,
                          .unit = sharing->written->unit,
                          .tree = tree,
                          .round = sharing->round,
                          .money = {.noun = "share", .of = member->id, .is_payable = true},
                          .cite = &member->cite,
                          .standing = member->standing,
                          .type = TYPE_NUMBER,
                          .where = member->where});
}

/* Lowers those that a payer stands for into `lines`. The one that takes the rest is lowered last, wherever
 * it is written, so that the lines sum to the share. Returns false when memory is refused. */
static bool lower_members(struct sharing *sharing, const struct pack_payer *payer, uint32_t share,
                          struct payer *lines)
{
    struct lowering *lowering = sharing->lowering;
    const struct node *rest = tree_slot(lowering, share);
    for (int is_rest = 0; is_rest < 2; is_rest++) {
        for (size_t i = 0; i < payer->among_count; i++) {
            const struct pack_payer *member = &payer->among[i];
            if (takes_the_rest(member) != (is_rest == 1))
                continue;
            uint32_t part = lower_member(sharing, member, share, rest);
            if (part == SLOT_NONE)
                return false;
            lines[i] = (struct payer){.id = member->id, .label = member->label, .share = part};
            rest = tree_pair(lowering, NODE_SUBTRACT, rest, tree_slot(lowering, part));
        }
    }
    return rest;
}

/* ---- All of them ---- */

/* How many lines of the split a payer has. */
static size_t line_count(const struct pack_payer *payer)
{
    return payer->among_count ? payer->among_count : 1;
}

/* Lowers a payer into its lines. Returns false when memory is refused. */
static bool lower_payer(struct sharing *sharing, const struct pack_payer *payer, struct payer *lines)
{
    uint32_t share = lower_share(sharing, payer);
    if (sharing->lowering->status == TUOYU_ERROR_NO_MEMORY || share == SLOT_NONE)
        return false;
    if (payer->among_count && !lower_members(sharing, payer, share, lines))
        return false;
    if (!payer->among_count)
        lines[0] = (struct payer){.id = payer->id, .label = payer->label, .share = share};
    if (!payer->is_residual)
        lower_remaining(sharing, payer, share);
    return true;
}

bool lower_payers(struct lowering *lowering, const struct pack_cost_sharing *written,
                  const struct pack_rounding *round, struct tuoyu_cost_sharing *cost_sharing)
{
    struct sharing sharing = {.lowering = lowering,
                              .written = written,
                              .round = round,
                              .whole = cost_sharing->whole,
                              .remaining = cost_sharing->whole,
                              .remaining_tree = tree_slot(lowering, cost_sharing->whole)};
    size_t count = 0;
    for (size_t i = 0; i < written->payer_count; i++)
        count += line_count(&written->payers[i]);
    cost_sharing->payers = ARENA_ARRAY(lowering->arena, struct payer, count);
    if (!cost_sharing->payers || !sharing.remaining_tree)
        return false;
    cost_sharing->payer_count = count;
    /* The residual payer takes what all others leave, so it is lowered last, wherever it is written. */
    for (int residual = 0; residual < 2; residual++) {
        size_t line = 0;
        for (size_t i = 0; i < written->payer_count; i++) {
            const struct pack_payer *payer = &written->payers[i];
            bool is_lowered = payer->is_residual != (residual == 1) ||
                              lower_payer(&sharing, payer, &cost_sharing->payers[line]);
            if (!is_lowered)
                return false;
            line += line_count(payer);
        }
    }
    return true;
}
