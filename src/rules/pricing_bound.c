/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/pricing_bound.h"

/* ---- Lowering ---- */

static uint32_t lower_part(struct lowering *lowering, struct text id, const char *part,
                           const struct expression_text *written, struct text unit, enum type_kind type)
{
    struct text name = text_format(lowering->arena, "%.*s.%s", TEXT_ARGUMENTS(id), part);
    if (name.bytes) return lower_optional(lowering, lowering->scope, name.bytes, written, unit, type);
    lowering_fail(lowering, TUOYU_ERROR_NO_MEMORY);
    return SLOT_NONE;
}

static void keep_bound(struct tuoyu_pricing *pricing, const struct bound *bound)
{
    pricing->bounds[pricing->bound_count++] = *bound;
}

static void lower_bound(struct lowering *lowering, const struct pack_pricing *written, const struct pack_bound *bound,
                        struct tuoyu_pricing *pricing)
{
    uint32_t limit = lower_expression(lowering, lowering->scope, &(struct lowered){
        .part = bound->id, .label = &bound->label, .unit = written->unit, .written = &bound->limit,
        .round = bound->round.is_given ? &bound->round : &written->round, .cite = &bound->cite, .status = bound->status,
        .type = TYPE_NUMBER, .where = bound->where});
    uint32_t when = bound->when.text.bytes
        ? lower_part(lowering, bound->id, "when", &bound->when, TEXT(""), TYPE_BOOLEAN) : SLOT_NONE;
    keep_bound(pricing, &(struct bound){.id = bound->id, .label = bound->label, .is_upper = bound->is_upper,
                                        .limit = limit, .when = when});
}

const struct node *lower_benchmark(struct lowering *lowering, const struct pack_pricing *written)
{
    return tree_slot(lowering, lower_optional(lowering, lowering->scope, "benchmark", &written->float_band.of,
                                              written->unit, TYPE_NUMBER));
}

/* One end of the band: benchmark × (1 ± share). */
static void lower_end(struct lowering *lowering, const struct pack_pricing *written, bool is_upper,
                      struct tuoyu_pricing *pricing)
{
    static const struct localised UP = {.zh = {"上浮上限", sizeof "上浮上限" - 1}, .en = {"upper end of the band", 21}};
    static const struct localised DOWN = {.zh = {"下浮下限", sizeof "下浮下限" - 1}, .en = {"lower end of the band", 21}};
    const struct pack_float_band *band = &written->float_band;
    const struct expression_text *share = is_upper ? &band->up : &band->down;
    struct text id = is_upper ? TEXT("float_up") : TEXT("float_down");
    const struct localised *label = is_upper ? &UP : &DOWN;
    if (!share->text.bytes) return;
    const struct node *benchmark = tree_slot(lowering, lower_part(lowering, id, "benchmark", &band->of, written->unit, TYPE_NUMBER));
    const struct node *rate = tree_slot(lowering, lower_part(lowering, id, "rate", share, TEXT("percent"), TYPE_NUMBER));
    const struct node *factor = tree_pair(lowering, is_upper ? NODE_ADD : NODE_SUBTRACT, tree_number(lowering, 1), rate);
    const struct node *tree = tree_pair(lowering, NODE_MULTIPLY, benchmark, factor);
    uint32_t limit = !tree ? SLOT_NONE : lower_expression(lowering, lowering->scope, &(struct lowered){
        .part = id, .label = label, .unit = written->unit, .tree = tree, .round = &written->round, .cite = &band->cite,
        .status = band->status, .type = TYPE_NUMBER, .where = band->where});
    keep_bound(pricing, &(struct bound){.id = id, .label = *label, .is_upper = is_upper, .limit = limit, .when = SLOT_NONE});
}

/* The amount within one bound more. */
static const struct node *within(struct lowering *lowering, const struct bound *bound, const struct node *amount)
{
    if (!amount || bound->limit == SLOT_NONE) return NULL;
    struct text name = bound->is_upper ? TEXT("min") : TEXT("max");
    const struct node *limited = tree_call(lowering, name, amount, tree_slot(lowering, bound->limit));
    return bound->when == SLOT_NONE ? limited : tree_if(lowering, tree_slot(lowering, bound->when), limited, amount);
}

const struct node *lower_bounds(struct lowering *lowering, const struct pack_pricing *written, struct tuoyu_pricing *pricing)
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
    for (size_t i = 0; i < written->bound_count; i++) lower_bound(lowering, written, &written->bounds[i], pricing);
    /* Bounds from below first: where two conflict, the one from above holds. A slot for each keeps the trees small. */
    uint32_t amount = pricing->formula;
    for (int upper = 0; upper < 2; upper++) {
        for (size_t i = 0; i < pricing->bound_count; i++) {
            const struct bound *bound = &pricing->bounds[i];
            if (bound->is_upper != (upper == 1)) continue;
            const struct node *tree = within(lowering, bound, tree_slot(lowering, amount));
            struct text part = text_format(lowering->arena, "within_%.*s", TEXT_ARGUMENTS(bound->id));
            if (!tree || !part.bytes) return NULL;
            amount = lower_expression(lowering, lowering->scope, &(struct lowered){
                .part = part, .label = label_of_part(TEXT("within")), .unit = written->unit, .tree = tree,
                .type = TYPE_NUMBER, .where = written->rule.where});
        }
    }
    return tree_slot(lowering, amount);
}

/* ---- The answer ---- */

tuoyu_status quote_bounds(struct tuoyu_quote *quote, struct evaluation *evaluation)
{
    const struct tuoyu_pricing *rule = (const struct tuoyu_pricing *)quote->answer.rule;
    struct answer_number now;
    if (rule->bound_count == 0) return TUOYU_OK;
    tuoyu_status status = answer_number_of(evaluation_value(evaluation, rule->formula), rule->rule.unit, &now);
    for (int upper = 0; upper < 2 && status == TUOYU_OK; upper++) {
        for (size_t i = 0; i < rule->bound_count && status == TUOYU_OK; i++) {
            const struct bound *bound = &rule->bounds[i];
            bool applies = bound->when == SLOT_NONE || value_is_true(evaluation_value(evaluation, bound->when));
            if (bound->is_upper != (upper == 1) || !applies) continue;
            struct answer_number *limit = &quote->bounds[i];
            status = answer_number_of(evaluation_value(evaluation, bound->limit), rule->rule.unit, limit);
            if (status != TUOYU_OK || !limit->is_given || !now.is_given) continue;
            int order = decimal_compare(limit->number, now.number);
            if (upper ? order >= 0 : order <= 0) continue;
            now = *limit;
            quote->binding = bound->id;
        }
    }
    return status;
}

void quote_tighten(struct tuoyu_quote *quote)
{
    const struct tuoyu_pricing *rule = (const struct tuoyu_pricing *)quote->answer.rule;
    struct text upper = rule->at_most == rule->amount && quote->binding.bytes ? quote->binding
                        : rule->at_most == rule->amount ? TEXT("amount") : TEXT("at_most");
    struct text lower = TEXT("at_least");
    for (size_t i = 0; i < rule->bound_count; i++) {
        const struct answer_number *limit = &quote->bounds[i];
        struct answer_number *tightest = rule->bounds[i].is_upper ? &quote->at_most : &quote->at_least;
        if (!limit->is_given) continue;
        int order = tightest->is_given ? decimal_compare(limit->number, tightest->number) : rule->bounds[i].is_upper ? -1 : 1;
        if (rule->bounds[i].is_upper ? order >= 0 : order <= 0) continue;
        *tightest = *limit;
        if (rule->bounds[i].is_upper) upper = rule->bounds[i].id;
        else lower = rule->bounds[i].id;
    }
    bool is_above = quote->at_most.is_given && decimal_compare(quote->charged.number, quote->at_most.number) > 0;
    bool is_below = quote->at_least.is_given && decimal_compare(quote->charged.number, quote->at_least.number) < 0;
    quote->complies = !is_above && !is_below;
    quote->breaks = is_above ? upper : is_below ? lower : (struct text){NULL, 0};
}
