/* SPDX-License-Identifier: Apache-2.0 */
/* The public functions that look over a loaded policy: what nothing uses, and days without a number. */
#include <tuoyu/policy.h>

#include "rules/day_gaps.h"
#include "rules/unused.h"

tuoyu_status tuoyu_policy_find_unused(const tuoyu_policy *policy, tuoyu_diagnostics *diagnostics)
{
    return policy ? find_unused(policy, diagnostics) : TUOYU_ERROR_INVALID_ARGUMENT;
}

tuoyu_status tuoyu_policy_find_gaps(const tuoyu_policy *policy, const char *pack_id, int32_t first_day,
                                    int32_t last_day, tuoyu_diagnostics *diagnostics)
{
    struct text pack = pack_id ? text_of(pack_id, TUOYU_NUL_TERMINATED) : (struct text){.bytes = NULL};
    bool are_days = first_day >= DATE_FIRST && last_day <= DATE_LAST && first_day <= last_day;
    if (!policy || !are_days)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    if (pack_id && layering_first_version(policy->layering, pack) == UINT32_MAX)
        return TUOYU_ERROR_NOT_FOUND;
    return find_day_gaps(policy, pack, first_day, last_day, diagnostics);
}
