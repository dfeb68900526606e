/* SPDX-License-Identifier: Apache-2.0 */
/* What a quote says. */
#include <tuoyu/rules.h>

#include "api/rule_handle.h"

tuoyu_status tuoyu_quote_amount(const tuoyu_quote *quote, tuoyu_decimal *out)
{
    return quote ? answer_number_give(&quote->amount, out) : TUOYU_ERROR_INVALID_ARGUMENT;
}

/* The unit of all amounts of the quote; NULL for NULL. */
const char *tuoyu_quote_unit(const tuoyu_quote *quote)
{
    return quote ? quote->answer.rule->unit.bytes : NULL;
}

/* How many steps the rule has; 0 for NULL. */
size_t tuoyu_quote_step_count(const tuoyu_quote *quote)
{
    return quote ? quote->answer.rule->step_count : 0;
}

/* NULL if there is no step with this index. */
const char *tuoyu_quote_step_id(const tuoyu_quote *quote, size_t index)
{
    return index < tuoyu_quote_step_count(quote) ? quote->answer.rule->steps[index].id.bytes : NULL;
}

/* The label in the language, or in the other one if it has only that; NULL if there is no step with this
 * index. */
const char *tuoyu_quote_step_label(const tuoyu_quote *quote, size_t index, const char *language)
{
    return index < tuoyu_quote_step_count(quote)
               ? localised_in(&quote->answer.rule->steps[index].label, language)
               : NULL;
}

/* NULL if there is no step with this index. */
const char *tuoyu_quote_step_value(const tuoyu_quote *quote, size_t index)
{
    return index < tuoyu_quote_step_count(quote) ? quote->steps[index].value.bytes : NULL;
}

int32_t tuoyu_quote_complies(const tuoyu_quote *quote)
{
    return quote ? quote->complies : -1;
}

tuoyu_status tuoyu_quote_excess(const tuoyu_quote *quote, tuoyu_decimal *out)
{
    return quote ? answer_number_give(&quote->excess, out) : TUOYU_ERROR_INVALID_ARGUMENT;
}

/* TUOYU_ERROR_NOT_FOUND if it is not known, or no fee was given. */
tuoyu_status tuoyu_quote_shortfall(const tuoyu_quote *quote, tuoyu_decimal *out)
{
    return quote ? answer_number_give(&quote->shortfall, out) : TUOYU_ERROR_INVALID_ARGUMENT;
}

const char *tuoyu_quote_binding(const tuoyu_quote *quote)
{
    return quote ? quote->binding.bytes : NULL;
}

const char *tuoyu_quote_breaks(const tuoyu_quote *quote)
{
    return quote ? quote->breaks.bytes : NULL;
}
