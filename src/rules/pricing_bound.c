/* SPDX-License-Identifier: Apache-2.0 */
/* Lowers the bounds and the float band of a price, and finds the bound that decided the amount and the one
 * that a fee breaks. */
#include "rules/pricing_bound.h"

#include "rules/bound.h"

/* ---- Lowering ---- */

/* Lowers an optional expression as the slot `id.part`. SLOT_NONE if it is not written, or when memory is
 * refused, which the lowering notes. */
static uint32_t lower_part(struct lowering *lowering, struct text id, const char *part,
                           const struct expression_text *written, struct text unit, enum type_kind type)
{
    struct text name = text_format(lowering->arena, "%.*s.%s", TEXT_ARGUMENTS(id), part);
    if (name.bytes)
        return lower_optional(lowering, lowering->scope, name.bytes, written, unit, type);
    lowering_fail(lowering, TUOYU_ERROR_NO_MEMORY);
    return SLOT_NONE;
}

/* Adds a bound to the rule, which has room for it. */
static void keep_bound(struct tuoyu_pricing *pricing, const struct bound *bound)
{
    pricing->bounds[pricing->bound_count++] = *bound;
}

const struct node *lower_benchmark(struct lowering *lowering, const struct pack_pricing *written)
{
    return tree_slot(lowering, lower_optional(lowering, lowering->scope, "benchmark", &written->float_band.of,
                                              written->unit, TYPE_NUMBER));
}

/* Lowers one end of the float band, benchmark × (1 ± share), as a bound, if it is written. */
static void lower_end(struct lowering *lowering, const struct pack_pricing *written, bool is_upper,
                      struct tuoyu_pricing *pricing)
{
    static const struct localised UP = {.zh = {"上浮上限", sizeof "上浮上限" - 1},
                                        .en = {"upper end of the band", 21}};
    static const struct localised DOWN = {.zh = {"下浮下限", sizeof "下浮下限" - 1},
                                          .en = {"lower end of the band", 21}};
    const struct pack_float_band *band = &written->float_band;
    const struct expression_text *share = is_upper ? &band->up : &band->down;
    struct text id = is_upper ? TEXT("float_up") : TEXT("float_down");
    const struct localised *label = is_upper ? &UP : &DOWN;
    if (!share->text.bytes)
        return;
    const struct node *benchmark =
        tree_slot(lowering, lower_part(lowering, id, "benchmark", &band->of, written->unit, TYPE_NUMBER));
    const struct node *rate =
        tree_slot(lowering, lower_part(lowering, id, "rate", share, TEXT("percent"), TYPE_NUMBER));
    const struct node *factor =
        tree_pair(lowering, is_upper ? NODE_ADD : NODE_SUBTRACT, tree_number(lowering, 1), rate);
    const struct node *tree = tree_pair(lowering, NODE_MULTIPLY, benchmark, factor);
    uint32_t limit = !tree ? SLOT_NONE
                           : lower_expression(lowering, lowering->scope,
                                              &(struct lowered){.part = id,
                                                                .label = label,
                                                                .unit = written->unit,
                                                                .tree = tree,
                                                                .round = &written->round,
                                                                .cite = &band->cite,
                                                                .standing = band->standing,
                                                                .type = TYPE_NUMBER,
                                                                .where = band->where});
    keep_bound(pricing, &(struct bound){.id = id,
                                        .label = *label,
                                        .is_upper = is_upper,
                                        .limit = limit,
                                        .laid_down = SLOT_NONE,
                                        .used = SLOT_NONE,
                                        .when = SLOT_NONE});
}

const struct node *lower_bounds(struct lowering *lowering, const struct pack_pricing *written,
                                struct tuoyu_pricing *pricing)
{
    pricing->bounds = ARENA_ARRAY(lowering->arena, struct bound, written->bound_count + 2);
    if (!pricing->bounds) {
        lowering_fail(lowering, TUOYU_ERROR_NO_MEMORY);
        return NULL;
    }
    if (written->float_band.is_given) {
        lower_end(lowering, written, true, pricing);
        lower_end(lowering, written, false, pricing);
    }
    for (size_t i = 0; i < written->bound_count; i++) {
        struct bound bound = lower_bound(lowering, &written->bounds[i], written->unit, &written->round);
        keep_bound(pricing, &bound);
    }
    return tree_slot(lowering, lower_within(lowering, pricing->bounds, pricing->bound_count, pricing->formula,
                                            written->unit, written->rule.where));
}

/* ---- The answer ---- */

tuoyu_status quote_bounds(struct tuoyu_quote *quote, struct evaluation *evaluation)
{
    const struct tuoyu_pricing *rule = pricing_of(quote->answer.rule);
    return bounds_read(evaluation, rule->bounds, rule->bound_count, rule->formula, rule->rule.unit,
                       quote->bounds, &quote->binding);
}

void quote_tighten(struct tuoyu_quote *quote)
{
    const struct tuoyu_pricing *rule = pricing_of(quote->answer.rule);
    struct text upper = rule->at_most == rule->amount && quote->binding.bytes ? quote->binding
                        : rule->at_most == rule->amount                       ? TEXT("amount")
                                                                              : TEXT("at_most");
    struct text lower = TEXT("at_least");
    for (size_t i = 0; i < rule->bound_count; i++) {
        const struct answer_number *limit = &quote->bounds[i].limit;
        struct answer_number *tightest = rule->bounds[i].is_upper ? &quote->at_most : &quote->at_least;
        if (!limit->is_given)
            continue;
        int order = tightest->is_given         ? decimal_compare(limit->number, tightest->number)
                    : rule->bounds[i].is_upper ? -1
                                               : 1;
        if (rule->bounds[i].is_upper ? order >= 0 : order <= 0)
            continue;
        *tightest = *limit;
        if (rule->bounds[i].is_upper)
            upper = rule->bounds[i].id;
        else
            lower = rule->bounds[i].id;
    }
    bool is_above =
        quote->at_most.is_given && decimal_compare(quote->charged.number, quote->at_most.number) > 0;
    bool is_below =
        quote->at_least.is_given && decimal_compare(quote->charged.number, quote->at_least.number) < 0;
    quote->complies = !is_above && !is_below;
    quote->breaks = is_above ? upper : is_below ? lower : (struct text){NULL, 0};
}
