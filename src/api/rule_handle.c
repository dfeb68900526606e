/* SPDX-License-Identifier: Apache-2.0 */
#include "api/rule_handle.h"

tuoyu_status rule_handle_find(tuoyu_policy *policy, const char *name, size_t length, int32_t kind,
                              struct rule **out, tuoyu_diagnostics *diagnostics)
{
    size_t index = 0;
    *out = NULL;
    if (!policy || !name)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    const struct location nowhere = {.source = NULL};
    tuoyu_status status =
        policy_find_rule(policy, text_of(name, length), kind, UINT32_MAX, nowhere, &index, diagnostics);
    if (status != TUOYU_OK)
        return status;
    policy_ref(policy);
    *out = policy->rules[index];
    return TUOYU_OK;
}

tuoyu_status rule_handle_check(const struct rule *rule, const tuoyu_case *facts, int32_t as_of,
                               const void *out, tuoyu_diagnostics *diagnostics)
{
    if (!rule || !facts || !out)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    if (facts->policy != rule->policy)
        return report(diagnostics, TUOYU_ERROR_INVALID_ARGUMENT, (struct location){.source = NULL}, TEXT(""),
                      "the case was made for another policy than the rule `%.*s`",
                      TEXT_ARGUMENTS(rule->full_name));
    if (as_of < DATE_FIRST || as_of > DATE_LAST)
        return report(diagnostics, TUOYU_ERROR_DATE, (struct location){.source = NULL}, TEXT(""),
                      "the as-of date is outside the years 0001 to 9999");
    return TUOYU_OK;
}

tuoyu_status answer_number_give(const struct answer_number *number, tuoyu_decimal *out)
{
    if (!out)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    if (!number || !number->is_given)
        return TUOYU_ERROR_NOT_FOUND;
    *out = number->number;
    return TUOYU_OK;
}

int64_t record_counts_get(const struct record_counts *counts, int32_t which)
{
    switch (which) {
    case TUOYU_RECORDS_READ: return counts->read;
    case TUOYU_RECORDS_DETERMINED: return counts->determined;
    case TUOYU_RECORDS_UNDETERMINED: return counts->undetermined;
    case TUOYU_RECORDS_NOT_APPLICABLE: return counts->not_applicable;
    case TUOYU_RECORDS_NOT_IN_FORCE: return counts->not_in_force;
    case TUOYU_RECORDS_ERROR: return counts->error;
    case TUOYU_RECORDS_UNREADABLE: return counts->unreadable;
    default: return -1;
    }
}
