/* SPDX-License-Identifier: Apache-2.0 */
/* Rules that answer a case, and the numbers and days of their answers. */
#include "call_parts.h"

tuoyu_pricing *call_policy_pricing(tuoyu_call *call, tuoyu_policy *policy, const char *name, size_t length)
{
    tuoyu_pricing *pricing = NULL;
    if (call)
        call->status = tuoyu_policy_pricing(policy, name, length, &pricing, begin(call));
    return pricing;
}

tuoyu_quote *call_pricing_quote(tuoyu_call *call, const tuoyu_pricing *pricing, const tuoyu_case *facts,
                                int as_of)
{
    tuoyu_quote *quote = NULL;
    if (call)
        call->status = tuoyu_pricing_quote(pricing, facts, as_of, &quote, begin(call));
    return quote;
}

const char *call_quote_amount(tuoyu_call *call, const tuoyu_quote *quote)
{
    tuoyu_decimal number;
    return call ? call_number_text(call, tuoyu_quote_amount(quote, &number), &number) : NULL;
}

const char *call_quote_excess(tuoyu_call *call, const tuoyu_quote *quote)
{
    tuoyu_decimal number;
    return call ? call_number_text(call, tuoyu_quote_excess(quote, &number), &number) : NULL;
}

const char *call_quote_shortfall(tuoyu_call *call, const tuoyu_quote *quote)
{
    tuoyu_decimal number;
    return call ? call_number_text(call, tuoyu_quote_shortfall(quote, &number), &number) : NULL;
}

tuoyu_cost_sharing *call_policy_cost_sharing(tuoyu_call *call, tuoyu_policy *policy, const char *name,
                                             size_t length)
{
    tuoyu_cost_sharing *cost_sharing = NULL;
    if (call)
        call->status = tuoyu_policy_cost_sharing(policy, name, length, &cost_sharing, begin(call));
    return cost_sharing;
}

tuoyu_split *call_cost_sharing_split(tuoyu_call *call, const tuoyu_cost_sharing *cost_sharing,
                                     const tuoyu_case *facts, int as_of)
{
    tuoyu_split *split = NULL;
    if (call)
        call->status = tuoyu_cost_sharing_split(cost_sharing, facts, as_of, &split, begin(call));
    return split;
}

const char *call_split_whole(tuoyu_call *call, const tuoyu_split *split)
{
    tuoyu_decimal number;
    return call ? call_number_text(call, tuoyu_split_whole(split, &number), &number) : NULL;
}

const char *call_split_before_bounds(tuoyu_call *call, const tuoyu_split *split)
{
    tuoyu_decimal number;
    return call ? call_number_text(call, tuoyu_split_before_bounds(split, &number), &number) : NULL;
}

CALL_NUMBER_AT(split_subsidy_claimed, tuoyu_split)
CALL_NUMBER_AT(split_subsidy_amount, tuoyu_split)
CALL_NUMBER_AT(split_line_amount, tuoyu_split)
CALL_NUMBER_AT(split_instalment_amount, tuoyu_split)

const char *call_split_entitled(tuoyu_call *call, const tuoyu_split *split)
{
    tuoyu_decimal number;
    return call ? call_number_text(call, tuoyu_split_entitled(split, &number), &number) : NULL;
}

const char *call_split_payable(tuoyu_call *call, const tuoyu_split *split)
{
    tuoyu_decimal number;
    return call ? call_number_text(call, tuoyu_split_payable(split, &number), &number) : NULL;
}

const char *call_split_claw_back(tuoyu_call *call, const tuoyu_split *split)
{
    tuoyu_decimal number;
    return call ? call_number_text(call, tuoyu_split_claw_back(split, &number), &number) : NULL;
}

tuoyu_eligibility *call_policy_eligibility(tuoyu_call *call, tuoyu_policy *policy, const char *name,
                                           size_t length)
{
    tuoyu_eligibility *eligibility = NULL;
    if (call)
        call->status = tuoyu_policy_eligibility(policy, name, length, &eligibility, begin(call));
    return eligibility;
}

tuoyu_verdict *call_eligibility_verdict(tuoyu_call *call, const tuoyu_eligibility *eligibility,
                                        const tuoyu_case *facts, int as_of)
{
    tuoyu_verdict *verdict = NULL;
    if (call)
        call->status = tuoyu_eligibility_verdict(eligibility, facts, as_of, &verdict, begin(call));
    return verdict;
}

const char *call_verdict_score(tuoyu_call *call, const tuoyu_verdict *verdict)
{
    tuoyu_decimal number;
    return call ? call_number_text(call, tuoyu_verdict_score(verdict, &number), &number) : NULL;
}

const char *call_verdict_score_lower(tuoyu_call *call, const tuoyu_verdict *verdict)
{
    tuoyu_decimal number;
    return call ? call_number_text(call, tuoyu_verdict_score_lower(verdict, &number), &number) : NULL;
}

const char *call_verdict_score_upper(tuoyu_call *call, const tuoyu_verdict *verdict)
{
    tuoyu_decimal number;
    return call ? call_number_text(call, tuoyu_verdict_score_upper(verdict, &number), &number) : NULL;
}

CALL_NUMBER_AT(verdict_score_item_points, tuoyu_verdict)

const char *call_verdict_valid_until(tuoyu_call *call, const tuoyu_verdict *verdict)
{
    int32_t day = 0;
    if (!call)
        return NULL;
    tuoyu_status status = tuoyu_verdict_valid_until(verdict, &day);
    return call_day_text(call, status, day);
}

const char *call_verdict_checklist_day(tuoyu_call *call, const tuoyu_verdict *verdict, long long index,
                                       int which)
{
    int32_t day = 0;
    if (!call || index < 0)
        return NULL;
    tuoyu_status status = which == CHECKLIST_DONE ? tuoyu_verdict_checklist_done(verdict, (size_t)index, &day)
                          : which == CHECKLIST_FROM
                              ? tuoyu_verdict_checklist_from(verdict, (size_t)index, &day)
                              : tuoyu_verdict_checklist_due(verdict, (size_t)index, &day);
    return call_day_text(call, status, day);
}
