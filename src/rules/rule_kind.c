/* SPDX-License-Identifier: Apache-2.0 */
/* The table of the kinds of rule, by their public numbers. */
#include "rules/rule_kind.h"

#define NUMBERED(name) [TUOYU_RULE_##name] = &name##_KIND
static const struct rule_kind *const KINDS[] = {RULE_KINDS(NUMBERED)};
#undef NUMBERED
static_assert(sizeof KINDS / sizeof *KINDS == RULE_KIND_COUNT, "each kind of rule has an entry");

const struct rule_kind *rule_kind_at(int32_t kind)
{
    assert(kind > 0 && kind < RULE_KIND_COUNT);
    return KINDS[kind];
}
