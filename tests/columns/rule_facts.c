/* SPDX-License-Identifier: Apache-2.0 */
#include "rule_facts.h"

#include <stdlib.h>
#include <tuoyu/policy.h>

struct walk {
    const struct program *program;
    bool *is_met; /* by slot */
};

static void meet(struct walk *walk, uint32_t index)
{
    if (index == SLOT_NONE || walk->is_met[index])
        return;
    const struct slot *slot = program_slot(walk->program, index);
    walk->is_met[index] = true;
    for (uint32_t i = 0; i < slot->dependency_count; i++)
        meet(walk, slot->dependencies[i]);
}

static void meet_pricing(struct walk *walk, const struct tuoyu_pricing *pricing)
{
    const uint32_t roots[] = {pricing->amount, pricing->formula, pricing->charged, pricing->at_most,
                              pricing->at_least};
    for (size_t i = 0; i < sizeof roots / sizeof *roots; i++)
        meet(walk, roots[i]);
    for (size_t i = 0; i < pricing->bound_count; i++) {
        meet(walk, pricing->bounds[i].limit);
        meet(walk, pricing->bounds[i].when);
    }
}

static void meet_sharing(struct walk *walk, const struct tuoyu_cost_sharing *sharing)
{
    const uint32_t roots[] = {sharing->whole, sharing->entitled, sharing->payable, sharing->paid,
                              sharing->claw_back};
    for (size_t i = 0; i < sizeof roots / sizeof *roots; i++)
        if (i == 0 || sharing->instalment_count > 0)
            meet(walk, roots[i]);
    for (size_t i = 0; i < sharing->payer_count; i++)
        meet(walk, sharing->payers[i].share);
    for (size_t i = 0; i < sharing->instalment_count; i++) {
        meet(walk, sharing->instalments[i].amount);
        meet(walk, sharing->instalments[i].forfeited);
        meet(walk, sharing->instalments[i].due);
        meet(walk, sharing->instalments[i].reached);
    }
}

static void meet_eligibility(struct walk *walk, const struct tuoyu_eligibility *eligibility)
{
    meet(walk, eligibility->holds);
    for (size_t i = 0; i < eligibility->criterion_count; i++) {
        meet(walk, eligibility->criteria[i].applies);
        meet(walk, eligibility->criteria[i].holds);
    }
}

size_t rule_facts(const struct tuoyu_policy *policy, const struct rule *rule, uint32_t *facts)
{
    const struct program *program = &policy->layering->program;
    struct walk walk = {.program = program, .is_met = calloc(program->slot_count, sizeof(bool))};
    size_t count = 0;
    if (!walk.is_met)
        abort();
    meet(&walk, rule->when);
    for (size_t i = 0; i < rule->step_count; i++)
        meet(&walk, rule->steps[i].slot);
    if (rule->kind == TUOYU_RULE_PRICING)
        meet_pricing(&walk, (const struct tuoyu_pricing *)rule);
    if (rule->kind == TUOYU_RULE_COST_SHARING)
        meet_sharing(&walk, (const struct tuoyu_cost_sharing *)rule);
    if (rule->kind == TUOYU_RULE_ELIGIBILITY)
        meet_eligibility(&walk, (const struct tuoyu_eligibility *)rule);
    for (uint32_t i = 0; i < program->fact_count; i++)
        if (walk.is_met[program->fact_slots[i]])
            facts[count++] = i;
    free(walk.is_met);
    return count;
}
