/* SPDX-License-Identifier: Apache-2.0 */
/* What a split says: the whole, its lines, subsidies and instalments. */
#include <tuoyu/rules.h>

#include "api/rule_handle.h"

/* The rule of the split, as its kind. */
static const struct tuoyu_cost_sharing *rule_of(const tuoyu_split *split)
{
    return cost_sharing_of(split->answer.rule);
}

tuoyu_status tuoyu_split_whole(const tuoyu_split *split, tuoyu_decimal *out)
{
    if (!split)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    return answer_number_give(split->answer.outcome == TUOYU_DETERMINED ? &split->whole : NULL, out);
}

/* The unit of all amounts of the split; NULL for NULL. */
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

/* How many payers the rule has; 0 for NULL. */
size_t tuoyu_split_line_count(const tuoyu_split *split)
{
    return split ? rule_of(split)->payer_count : 0;
}

/* The id of the payer with this index; NULL if there is none. */
const char *tuoyu_split_line_payer(const tuoyu_split *split, size_t index)
{
    return index < tuoyu_split_line_count(split) ? rule_of(split)->payers[index].id.bytes : NULL;
}

/* The label of the payer in the language, or in the other one if it has only that; NULL if there is none with
 * this index. */
const char *tuoyu_split_line_label(const tuoyu_split *split, size_t index, const char *language)
{
    return index < tuoyu_split_line_count(split)
               ? localised_in(&rule_of(split)->payers[index].label, language)
               : NULL;
}

/* The share of the payer with this index. TUOYU_ERROR_NOT_FOUND if it is not determined. */
tuoyu_status tuoyu_split_line_amount(const tuoyu_split *split, size_t index, tuoyu_decimal *out)
{
    if (index >= tuoyu_split_line_count(split))
        return TUOYU_ERROR_INVALID_ARGUMENT;
    return answer_number_give(&split->lines[index], out);
}

/* ---- Subsidies ---- */

/* NULL if there is no split or no subsidy with this index. */
static const struct split_subsidy *subsidy_at(const tuoyu_split *split, size_t index)
{
    return index < tuoyu_split_subsidy_count(split) ? &split->subsidies[index] : NULL;
}

size_t tuoyu_split_subsidy_count(const tuoyu_split *split)
{
    return split ? rule_of(split)->subsidy_count : 0;
}

/* NULL if there is no subsidy with this index. */
const char *tuoyu_split_subsidy_id(const tuoyu_split *split, size_t index)
{
    return subsidy_at(split, index) ? rule_of(split)->subsidies[index].id.bytes : NULL;
}

/* The label in the language, or in the other one if it has only that; NULL if there is no subsidy with this
 * index. */
const char *tuoyu_split_subsidy_label(const tuoyu_split *split, size_t index, const char *language)
{
    return subsidy_at(split, index) ? localised_in(&rule_of(split)->subsidies[index].label, language) : NULL;
}

tuoyu_status tuoyu_split_subsidy_claimed(const tuoyu_split *split, size_t index, tuoyu_decimal *out)
{
    const struct split_subsidy *subsidy = subsidy_at(split, index);
    return subsidy ? answer_number_give(&subsidy->claimed, out) : TUOYU_ERROR_INVALID_ARGUMENT;
}

/* What is paid of the subsidy. TUOYU_ERROR_NOT_FOUND if it is not determined. */
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

/* Why a combination rule changed the subsidy, in the language; NULL if none did. */
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

/* NULL if there is no split or no instalment with this index. */
static const struct instalment *instalment_at(const tuoyu_split *split, size_t index)
{
    return index < tuoyu_split_instalment_count(split) ? &rule_of(split)->instalments[index] : NULL;
}

size_t tuoyu_split_instalment_count(const tuoyu_split *split)
{
    return split ? rule_of(split)->instalment_count : 0;
}

/* NULL if there is no instalment with this index. */
const char *tuoyu_split_instalment_id(const tuoyu_split *split, size_t index)
{
    const struct instalment *instalment = instalment_at(split, index);
    return instalment ? instalment->id.bytes : NULL;
}

/* The label in the language, or in the other one if it has only that; NULL if there is no instalment with
 * this index. */
const char *tuoyu_split_instalment_label(const tuoyu_split *split, size_t index, const char *language)
{
    const struct instalment *instalment = instalment_at(split, index);
    return instalment ? localised_in(&instalment->label, language) : NULL;
}

/* The amount of the instalment. TUOYU_ERROR_NOT_FOUND if it is not determined. */
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

/* What is to be paid now. TUOYU_ERROR_NOT_FOUND if it is not determined or the rule has no instalments. */
tuoyu_status tuoyu_split_payable(const tuoyu_split *split, tuoyu_decimal *out)
{
    return split ? answer_number_give(&split->payable, out) : TUOYU_ERROR_INVALID_ARGUMENT;
}

/* What was paid too much. TUOYU_ERROR_NOT_FOUND if it is not determined or the rule has no instalments. */
tuoyu_status tuoyu_split_claw_back(const tuoyu_split *split, tuoyu_decimal *out)
{
    return split ? answer_number_give(&split->claw_back, out) : TUOYU_ERROR_INVALID_ARGUMENT;
}
