/* SPDX-License-Identifier: Apache-2.0 */
#include <tuoyu/rules.h>

#include "api/rule_handle.h"

tuoyu_status tuoyu_policy_cost_sharing(tuoyu_policy *policy, const char *name, size_t length,
                                       tuoyu_cost_sharing **out, tuoyu_diagnostics *diagnostics)
{
    struct rule *rule;
    if (!out)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    tuoyu_status status = rule_handle_find(policy, name, length, TUOYU_RULE_COST_SHARING, &rule, diagnostics);
    *out = (tuoyu_cost_sharing *)rule;
    return status;
}

tuoyu_cost_sharing *tuoyu_cost_sharing_ref(tuoyu_cost_sharing *cost_sharing)
{
    if (cost_sharing)
        policy_retain(cost_sharing->rule.policy);
    return cost_sharing;
}

void tuoyu_cost_sharing_unref(tuoyu_cost_sharing *cost_sharing)
{
    if (cost_sharing)
        policy_release(cost_sharing->rule.policy);
}

tuoyu_status tuoyu_cost_sharing_split(const tuoyu_cost_sharing *cost_sharing, const tuoyu_case *facts,
                                      int32_t as_of, tuoyu_split **out, tuoyu_diagnostics *diagnostics)
{
    if (out)
        *out = NULL;
    tuoyu_status status =
        rule_handle_check(cost_sharing ? &cost_sharing->rule : NULL, facts, as_of, out, diagnostics);
    return status == TUOYU_OK ? cost_sharing_split(cost_sharing, facts, as_of, out, diagnostics) : status;
}

void tuoyu_split_free(tuoyu_split *split)
{
    answer_free(split ? &split->answer : NULL);
}

const tuoyu_answer *tuoyu_split_answer(const tuoyu_split *split)
{
    return split ? &split->answer : NULL;
}

static const struct tuoyu_cost_sharing *rule_of(const tuoyu_split *split)
{
    return (const struct tuoyu_cost_sharing *)split->answer.rule;
}

tuoyu_status tuoyu_split_whole(const tuoyu_split *split, tuoyu_decimal *out)
{
    if (!split)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    return answer_number_give(split->answer.outcome == TUOYU_DETERMINED ? &split->whole : NULL, out);
}

const char *tuoyu_split_unit(const tuoyu_split *split)
{
    return split ? split->answer.rule->unit.bytes : NULL;
}

const char *tuoyu_split_binding(const tuoyu_split *split)
{
    return split ? split->binding.bytes : NULL;
}

tuoyu_status tuoyu_split_before_bounds(const tuoyu_split *split, tuoyu_decimal *out)
{
    return split ? answer_number_give(&split->before_bounds, out) : TUOYU_ERROR_INVALID_ARGUMENT;
}

size_t tuoyu_split_line_count(const tuoyu_split *split)
{
    return split ? rule_of(split)->payer_count : 0;
}

const char *tuoyu_split_line_payer(const tuoyu_split *split, size_t index)
{
    return index < tuoyu_split_line_count(split) ? rule_of(split)->payers[index].id.bytes : NULL;
}

const char *tuoyu_split_line_label(const tuoyu_split *split, size_t index, const char *language)
{
    return index < tuoyu_split_line_count(split)
               ? localised_in(&rule_of(split)->payers[index].label, language)
               : NULL;
}

tuoyu_status tuoyu_split_line_amount(const tuoyu_split *split, size_t index, tuoyu_decimal *out)
{
    if (index >= tuoyu_split_line_count(split))
        return TUOYU_ERROR_INVALID_ARGUMENT;
    return answer_number_give(&split->lines[index], out);
}

/* ---- Subsidies ---- */

static const struct split_subsidy *subsidy_at(const tuoyu_split *split, size_t index)
{
    return index < tuoyu_split_subsidy_count(split) ? &split->subsidies[index] : NULL;
}

size_t tuoyu_split_subsidy_count(const tuoyu_split *split)
{
    return split ? rule_of(split)->subsidy_count : 0;
}

const char *tuoyu_split_subsidy_id(const tuoyu_split *split, size_t index)
{
    return subsidy_at(split, index) ? rule_of(split)->subsidies[index].id.bytes : NULL;
}

const char *tuoyu_split_subsidy_label(const tuoyu_split *split, size_t index, const char *language)
{
    return subsidy_at(split, index) ? localised_in(&rule_of(split)->subsidies[index].label, language) : NULL;
}

tuoyu_status tuoyu_split_subsidy_claimed(const tuoyu_split *split, size_t index, tuoyu_decimal *out)
{
    const struct split_subsidy *subsidy = subsidy_at(split, index);
    return subsidy ? answer_number_give(&subsidy->claimed, out) : TUOYU_ERROR_INVALID_ARGUMENT;
}

tuoyu_status tuoyu_split_subsidy_amount(const tuoyu_split *split, size_t index, tuoyu_decimal *out)
{
    const struct split_subsidy *subsidy = subsidy_at(split, index);
    return subsidy ? answer_number_give(&subsidy->amount, out) : TUOYU_ERROR_INVALID_ARGUMENT;
}

int32_t tuoyu_split_subsidy_state(const tuoyu_split *split, size_t index)
{
    return subsidy_at(split, index) ? split->subsidies[index].state : TUOYU_SUBSIDY_OPEN;
}

const char *tuoyu_split_subsidy_combination(const tuoyu_split *split, size_t index)
{
    const struct split_subsidy *subsidy = subsidy_at(split, index);
    return subsidy && subsidy->by ? subsidy->by->id.bytes : NULL;
}

const char *tuoyu_split_subsidy_because(const tuoyu_split *split, size_t index, const char *language)
{
    const struct split_subsidy *subsidy = subsidy_at(split, index);
    return subsidy && subsidy->by ? localised_in(&subsidy->by->because, language) : "";
}

const char *tuoyu_split_subsidy_instead(const tuoyu_split *split, size_t index)
{
    const struct split_subsidy *subsidy = subsidy_at(split, index);
    return subsidy && subsidy->by && subsidy->instead != SIZE_MAX
               ? rule_of(split)->subsidies[subsidy->instead].id.bytes
               : NULL;
}

/* ---- Instalments ---- */

static const struct instalment *instalment_at(const tuoyu_split *split, size_t index)
{
    return index < tuoyu_split_instalment_count(split) ? &rule_of(split)->instalments[index] : NULL;
}

size_t tuoyu_split_instalment_count(const tuoyu_split *split)
{
    return split ? rule_of(split)->instalment_count : 0;
}

const char *tuoyu_split_instalment_id(const tuoyu_split *split, size_t index)
{
    const struct instalment *instalment = instalment_at(split, index);
    return instalment ? instalment->id.bytes : NULL;
}

const char *tuoyu_split_instalment_label(const tuoyu_split *split, size_t index, const char *language)
{
    const struct instalment *instalment = instalment_at(split, index);
    return instalment ? localised_in(&instalment->label, language) : NULL;
}

tuoyu_status tuoyu_split_instalment_amount(const tuoyu_split *split, size_t index, tuoyu_decimal *out)
{
    if (!instalment_at(split, index))
        return TUOYU_ERROR_INVALID_ARGUMENT;
    return answer_number_give(&split->instalments[index].amount, out);
}

int32_t tuoyu_split_instalment_state(const tuoyu_split *split, size_t index)
{
    return instalment_at(split, index) ? split->instalments[index].state : TUOYU_INSTALMENT_OPEN;
}

tuoyu_status tuoyu_split_instalment_due(const tuoyu_split *split, size_t index, int32_t *out)
{
    if (!instalment_at(split, index) || !out)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    *out = split->instalments[index].due;
    return split->instalments[index].has_due ? TUOYU_OK : TUOYU_ERROR_NOT_FOUND;
}

tuoyu_status tuoyu_split_entitled(const tuoyu_split *split, tuoyu_decimal *out)
{
    return split ? answer_number_give(&split->entitled, out) : TUOYU_ERROR_INVALID_ARGUMENT;
}

tuoyu_status tuoyu_split_payable(const tuoyu_split *split, tuoyu_decimal *out)
{
    return split ? answer_number_give(&split->payable, out) : TUOYU_ERROR_INVALID_ARGUMENT;
}

tuoyu_status tuoyu_split_claw_back(const tuoyu_split *split, tuoyu_decimal *out)
{
    return split ? answer_number_give(&split->claw_back, out) : TUOYU_ERROR_INVALID_ARGUMENT;
}
