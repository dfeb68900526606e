/* SPDX-License-Identifier: Apache-2.0 */
/* The table of the kinds of rule, by their public numbers. */
#include "rules/rule_kind.h"

static const struct rule_kind *const KINDS[] = {
    [TUOYU_RULE_PRICING] = &PRICING_KIND,
    [TUOYU_RULE_COST_SHARING] = &COST_SHARING_KIND,
    [TUOYU_RULE_ELIGIBILITY] = &ELIGIBILITY_KIND,
    [TUOYU_RULE_INDICATOR] = &INDICATOR_KIND,
};
static_assert(sizeof KINDS / sizeof *KINDS == RULE_KIND_COUNT, "each kind of rule has an entry");

const struct rule_kind *rule_kind_at(int32_t kind)
{
    assert(kind > 0 && kind < RULE_KIND_COUNT);
    return KINDS[kind];
}
