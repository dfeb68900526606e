/* SPDX-License-Identifier: Apache-2.0 */
#include "api/batch_handle.h"
#include "rules/answer.h"
#include "value/decimal_bits.h"

enum { DECIMALS_OF_MONEY = 2, DECIMALS_UNROUNDED = 12 };

/* ---- Decimals ---- */

static int32_t decimals_of(const struct pack_rounding *round)
{
    if (!round->is_given) return DECIMALS_UNROUNDED;
    int32_t exponent = decimal_strip(decimal_unpack(round->to)).exponent;
    if (exponent < -ARROW_OUTPUT_PRECISION) return ARROW_OUTPUT_PRECISION;
    return -exponent > DECIMALS_OF_MONEY ? -exponent : DECIMALS_OF_MONEY;
}

static const struct pack_model *model_of(const struct rule *rule)
{
    return rule->policy->layering->packs[rule->pack].model;
}

/* An amount that is not written is its last step. */
static int32_t decimals_of_pricing(const struct rule *rule)
{
    const struct pack_model *model = model_of(rule);
    for (size_t i = 0; i < model->pricing_count; i++) {
        const struct pack_pricing *written = &model->pricing[i];
        if (!text_equals(written->rule.name, rule->name)) continue;
        bool is_step = !written->round.is_given && !written->amount.text.bytes && written->step_count > 0;
        return decimals_of(is_step ? &written->steps[written->step_count - 1].round : &written->round);
    }
    return DECIMALS_UNROUNDED;
}

/* Shares are whole fen in any case; the whole is rounded as they are. */
static int32_t decimals_of_sharing(const struct rule *rule)
{
    const struct pack_model *model = model_of(rule);
    for (size_t i = 0; i < model->cost_sharing_count; i++) {
        const struct pack_cost_sharing *written = &model->cost_sharing[i];
        if (text_equals(written->rule.name, rule->name) && written->round.is_given) return decimals_of(&written->round);
    }
    return DECIMALS_OF_MONEY;
}

/* ---- Columns ---- */

static bool add(struct tuoyu_batch *batch, const struct batch_rule *rule, struct text part, struct arrow_output column)
{
    struct arrow_output *grown = arena_grow(&batch->arena, batch->columns, batch->column_count, &batch->column_capacity,
                                            sizeof *grown);
    if (!grown) return false;
    batch->columns = grown;
    column.name = rule ? text_format(&batch->arena, "%.*s.%.*s", TEXT_ARGUMENTS(rule->name), TEXT_ARGUMENTS(part)) : part;
    grown[batch->column_count++] = column;
    return column.name.bytes;
}

static bool add_number(struct tuoyu_batch *batch, const struct batch_rule *rule, struct text part, int32_t decimals)
{
    bool is_text = batch->options.numbers_as_text;
    return add(batch, rule, part, (struct arrow_output){.type = is_text ? ARROW_OUTPUT_TEXT : ARROW_OUTPUT_NUMBER,
                                                        .scale = decimals, .unit = rule->rule->unit});
}

/* word_of: the words of constants from 1 on, so many of them. */
static bool add_words(struct tuoyu_batch *batch, const struct batch_rule *rule, struct text part,
                      const char *(*word_of)(int32_t), int32_t count)
{
    const char **words = ARENA_ARRAY(&batch->arena, const char *, (size_t)count);
    if (!words) return false;
    for (int32_t i = 0; i < count; i++) words[i] = word_of(i + 1);
    return add(batch, rule, part, (struct arrow_output){.type = ARROW_OUTPUT_WORD, .words = words, .word_count = count});
}

static bool add_pricing(struct tuoyu_batch *batch, const struct batch_rule *rule)
{
    return add_number(batch, rule, TEXT("amount"), decimals_of_pricing(rule->rule)) &&
           add(batch, rule, TEXT("complies"), (struct arrow_output){.type = ARROW_OUTPUT_BOOLEAN});
}

static bool add_sharing(struct tuoyu_batch *batch, const struct batch_rule *rule)
{
    const struct tuoyu_cost_sharing *sharing = (const struct tuoyu_cost_sharing *)rule->rule;
    int32_t decimals = decimals_of_sharing(rule->rule);
    bool is_good = add_number(batch, rule, TEXT("whole"), decimals);
    for (size_t i = 0; i < sharing->payer_count && is_good; i++)
        is_good = add_number(batch, rule, sharing->payers[i].id, decimals);
    return is_good;
}

static bool add_kind(struct tuoyu_batch *batch, const struct batch_rule *rule)
{
    switch (rule->rule->kind) {
    case TUOYU_RULE_PRICING: return add_pricing(batch, rule);
    case TUOYU_RULE_COST_SHARING: return add_sharing(batch, rule);
    default: return add_words(batch, rule, TEXT("decision"), decision_name, TUOYU_DECISION_NOT_APPLICABLE);
    }
}

bool batch_add_columns(struct tuoyu_batch *batch, struct batch_rule *rule)
{
    rule->first_column = batch->column_count;
    return add_kind(batch, rule) &&
           add_words(batch, rule, TEXT("outcome"), outcome_name, TUOYU_NOT_APPLICABLE) &&
           add(batch, rule, TEXT("missing"), (struct arrow_output){.type = ARROW_OUTPUT_TEXT}) &&
           add_words(batch, rule, TEXT("provenance"), provenance_name, TUOYU_ASSUMED) &&
           add(batch, rule, TEXT("status"), (struct arrow_output){.type = ARROW_OUTPUT_SMALL});
}

bool batch_add_error_column(struct tuoyu_batch *batch)
{
    return add(batch, NULL, TEXT("error"), (struct arrow_output){.type = ARROW_OUTPUT_TEXT});
}
