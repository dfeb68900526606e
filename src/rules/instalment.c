/* SPDX-License-Identifier: Apache-2.0 */
/* Lowers the instalments of a cost-sharing rule: the amount of each, whether it is forfeited and payable
 * by now, and the sums over all. */
#include "rules/instalment.h"

/* What the instalments of a rule have in common while they are lowered. */
struct paying {
    struct lowering *lowering;
    const struct pack_cost_sharing *written;
    const struct pack_rounding *round;
    struct tuoyu_cost_sharing *rule;
    struct scope *scope; /* the rule's scope, with `whole` declared */
};

/* Lowers a formula as the slot `id.part`, or `part` if the id is empty. SLOT_NONE when memory is refused. */
static uint32_t lower_tree(struct paying *paying, struct text id, const char *part, const struct node *tree,
                           enum type_kind type, struct location where)
{
    struct lowering *lowering = paying->lowering;
    struct text name = id.length ? text_format(lowering->arena, "%.*s.%s", TEXT_ARGUMENTS(id), part)
                                 : text_of(part, TUOYU_NUL_TERMINATED);
    if (!tree || !name.bytes) {
        lowering_fail(lowering, TUOYU_ERROR_NO_MEMORY);
        return SLOT_NONE;
    }
    return lower_expression(lowering, paying->scope,
                            &(struct lowered){.part = name,
                                              .label = label_of_part(name),
                                              .unit = type == TYPE_NUMBER ? paying->written->unit : TEXT(""),
                                              .tree = tree,
                                              .type = type,
                                              .where = where});
}

/* Lowers an optional expression as the slot `id.part`. SLOT_NONE if it is not written, or when memory is
 * refused, which the lowering notes. */
static uint32_t lower_written(struct paying *paying, struct text id, const char *part,
                              const struct expression_text *written, struct text unit, enum type_kind type)
{
    struct lowering *lowering = paying->lowering;
    if (!written->text.bytes)
        return SLOT_NONE;
    struct text name = text_format(lowering->arena, "%.*s.%s", TEXT_ARGUMENTS(id), part);
    if (name.bytes)
        return lower_optional(lowering, paying->scope, name.bytes, written, unit, type);
    lowering_fail(lowering, TUOYU_ERROR_NO_MEMORY);
    return SLOT_NONE;
}

/* ---- One instalment ---- */

/* True for the instalment that is written without share and amount. */
static bool takes_the_rest(const struct pack_instalment *written)
{
    return !written->share.text.bytes && !written->amount.text.bytes;
}

/* The formula of an instalment's amount: as written, its share of the whole, or the rest. NULL when memory
 * is refused. */
static const struct node *amount_tree(struct paying *paying, const struct pack_instalment *written,
                                      const struct node *rest)
{
    struct lowering *lowering = paying->lowering;
    if (takes_the_rest(written))
        return rest;
    uint32_t amount =
        lower_written(paying, written->id, "amount", &written->amount, paying->written->unit, TYPE_NUMBER);
    if (amount != SLOT_NONE)
        return tree_slot(lowering, amount);
    uint32_t share =
        lower_written(paying, written->id, "share", &written->share, TEXT("percent"), TYPE_NUMBER);
    return tree_pair(lowering, NODE_MULTIPLY, tree_slot(lowering, paying->rule->whole),
                     tree_slot(lowering, share));
}

/* Lowers whether an instalment is payable by now: its day has come (a null is no day), or else the
 * condition `after` is true. SLOT_NONE if it waits for neither. */
static uint32_t lower_reached(struct paying *paying, const struct pack_instalment *written, uint32_t due)
{
    struct lowering *lowering = paying->lowering;
    if (due == SLOT_NONE)
        return lower_written(paying, written->id, "after", &written->after, TEXT(""), TYPE_BOOLEAN);
    const struct node *is_none =
        tree_pair(lowering, NODE_EQUAL, tree_slot(lowering, due), tree_null(lowering));
    const struct node *has_come =
        tree_pair(lowering, NODE_LESS_EQUAL, tree_slot(lowering, due), tree_slot(lowering, SLOT_AS_OF_INDEX));
    const struct node *tree = tree_if(lowering, is_none, tree_boolean(lowering, false), has_come);
    return lower_tree(paying, written->id, "reached", tree, TYPE_BOOLEAN, written->where);
}

/* Lowers one instalment; `rest` is what it gets if it takes the rest. Returns false when memory is
 * refused. */
static bool lower_instalment(struct paying *paying, size_t index, const struct node *rest)
{
    struct lowering *lowering = paying->lowering;
    const struct pack_instalment *written = &paying->written->instalments[index];
    struct instalment *instalment = &paying->rule->instalments[index];
    const struct node *tree = amount_tree(paying, written, rest);
    if (!tree)
        return false;
    *instalment = (struct instalment){.id = written->id, .label = written->label};
    instalment->amount = lower_expression(
        lowering, paying->scope,
        &(struct lowered){.part = written->id,
                          .label = &written->label,
                          .unit = paying->written->unit,
                          .tree = tree,
                          .round = paying->round,
                          .money = {.noun = "instalment", .of = written->id, .is_payable = true},
                          .cite = &written->cite,
                          .standing = written->standing,
                          .type = TYPE_NUMBER,
                          .where = written->where});
    instalment->forfeited =
        lower_written(paying, written->id, "forfeit_when", &written->forfeit_when, TEXT(""), TYPE_BOOLEAN);
    instalment->due = lower_written(paying, written->id, "due", &written->due, TEXT(""), TYPE_DATE);
    instalment->reached = lower_reached(paying, written, instalment->due);
    return instalment->amount != SLOT_NONE;
}

/* ---- All of them ---- */

/* The formula of the whole less all instalments that do not take the rest. */
static const struct node *rest_tree(struct paying *paying)
{
    struct lowering *lowering = paying->lowering;
    const struct node *rest = tree_slot(lowering, paying->rule->whole);
    for (size_t i = 0; i < paying->written->instalment_count; i++) {
        if (takes_the_rest(&paying->written->instalments[i]))
            continue;
        rest = tree_pair(lowering, NODE_SUBTRACT, rest,
                         tree_slot(lowering, paying->rule->instalments[i].amount));
    }
    return rest;
}

/* The amount if the condition is `is_paid_then`, else 0. Without a condition (SLOT_NONE) it is the amount. */
static const struct node *only_if(struct paying *paying, uint32_t condition, bool is_paid_then,
                                  const struct node *amount)
{
    struct lowering *lowering = paying->lowering;
    const struct node *nothing = tree_number(lowering, 0);
    if (condition == SLOT_NONE)
        return amount;
    return tree_if(lowering, tree_slot(lowering, condition), is_paid_then ? amount : nothing,
                   is_paid_then ? nothing : amount);
}

/* Lowers the sums: what one is entitled to (all that is not forfeited), what of it is payable by now, and,
 * if `paid` is written, what was paid beyond it and is clawed back. */
static void lower_sums(struct paying *paying)
{
    struct lowering *lowering = paying->lowering;
    struct tuoyu_cost_sharing *rule = paying->rule;
    struct location where = paying->written->rule.where;
    const struct node *entitled = NULL, *reached = NULL;
    for (size_t i = 0; i < rule->instalment_count; i++) {
        const struct instalment *instalment = &rule->instalments[i];
        const struct node *tree =
            only_if(paying, instalment->forfeited, false, tree_slot(lowering, instalment->amount));
        const struct node *kept =
            tree_slot(lowering, lower_tree(paying, instalment->id, "kept", tree, TYPE_NUMBER, where));
        const struct node *now = only_if(paying, instalment->reached, true, kept);
        entitled = i ? tree_pair(lowering, NODE_ADD, entitled, kept) : kept;
        reached = i ? tree_pair(lowering, NODE_ADD, reached, now) : now;
    }
    rule->entitled = lower_tree(paying, TEXT(""), "entitled", entitled, TYPE_NUMBER, where);
    /* A negative amount paid would make more payable than one is entitled to, so it is checked as money. */
    struct money_check money = {.noun = "amount paid before", .is_payable = true};
    rule->paid = lower_optional_money(lowering, paying->scope, "paid", &paying->written->paid,
                                      paying->written->unit, money);
    if (rule->paid != SLOT_NONE) {
        const struct node *paid = tree_slot(lowering, rule->paid), *nothing = tree_number(lowering, 0);
        const struct node *beyond =
            tree_pair(lowering, NODE_SUBTRACT, paid, tree_slot(lowering, rule->entitled));
        const struct node *tree = tree_call(lowering, FEEL_MAX, nothing, beyond);
        rule->claw_back = lower_tree(paying, TEXT(""), "claw_back", tree, TYPE_NUMBER, where);
        reached = tree_call(lowering, FEEL_MAX, nothing, tree_pair(lowering, NODE_SUBTRACT, reached, paid));
    }
    rule->payable = lower_tree(paying, TEXT(""), "payable", reached, TYPE_NUMBER, where);
}

void lower_instalments(struct lowering *lowering, const struct pack_cost_sharing *written,
                       const struct pack_rounding *round, struct tuoyu_cost_sharing *cost_sharing)
{
    struct paying paying = {.lowering = lowering,
                            .written = written,
                            .round = round,
                            .rule = cost_sharing,
                            .scope = lower_scope(lowering, lowering->scope)};
    cost_sharing->entitled = cost_sharing->payable = cost_sharing->paid = cost_sharing->claw_back = SLOT_NONE;
    if (written->instalment_count == 0)
        return;
    cost_sharing->instalments = ARENA_ARRAY(lowering->arena, struct instalment, written->instalment_count);
    bool is_lowered = cost_sharing->instalments && paying.scope &&
                      scope_declare(paying.scope, TEXT("whole"), cost_sharing->whole);
    /* The instalment that takes the rest is lowered last, wherever it is written. */
    for (int rest = 0; rest < 2 && is_lowered; rest++) {
        const struct node *tree = rest ? rest_tree(&paying) : NULL;
        for (size_t i = 0; i < written->instalment_count && is_lowered; i++)
            if (takes_the_rest(&written->instalments[i]) == (rest == 1))
                is_lowered = lower_instalment(&paying, i, tree);
    }
    if (!is_lowered) {
        lowering_fail(lowering, TUOYU_ERROR_NO_MEMORY);
        return;
    }
    cost_sharing->instalment_count = written->instalment_count;
    lower_sums(&paying);
}
