/* SPDX-License-Identifier: Apache-2.0 */
/* Public functions for scenarios: policies with some numbers changed. */
#include "rules/scenario.h"

tuoyu_status tuoyu_policy_with(tuoyu_policy *policy, const tuoyu_change *changes, size_t count,
                               tuoyu_policy **out, tuoyu_diagnostics *diagnostics)
{
    if (!out)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    *out = NULL;
    if (!policy || (!changes && count))
        return TUOYU_ERROR_INVALID_ARGUMENT;
    return scenario_make(policy, changes, count, out, diagnostics);
}

/* 0 for NULL. */
size_t tuoyu_policy_change_count(const tuoyu_policy *policy)
{
    return policy ? policy->change_count : 0;
}

tuoyu_status tuoyu_policy_change(const tuoyu_policy *policy, size_t index, tuoyu_change *change)
{
    if (!policy || !change || index >= policy->change_count)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    const struct policy_change *made = &policy->changes[index];
    *change = (tuoyu_change){.parameter = made->parameter.bytes,
                             .parameter_length = made->parameter.length,
                             .value = made->value.bytes,
                             .value_length = made->value.length,
                             .reason = made->reason.bytes,
                             .reason_length = made->reason.length,
                             .operation = made->operation,
                             .first_day = made->first_day};
    return TUOYU_OK;
}
