/* SPDX-License-Identifier: Apache-2.0 */
/* Makes answer plans: lowers the rules to one typed program, and plans the machines for it. */
#include "table/answer_plan.h"

#include "rules/compiled_policy.h"

/* Lowers all rules. Those without a typed form are left to the interpreter. Returns TUOYU_OK or
 * TUOYU_ERROR_NO_MEMORY. */
static tuoyu_status lower_rules(struct answer_plan *plan, struct arena *arena,
                                const struct tuoyu_policy *policy, const struct rule *const *rules,
                                const struct answer_plan_options *options)
{
    struct typed_lowering lowering;
    struct column_outputs outputs = {.lowering = &lowering};
    if (!typed_lowering_init(&lowering, arena, &policy->layering->program, options->as_of))
        return TUOYU_ERROR_NO_MEMORY;
    lowering.allows_even_quotients = true;
    lowering.rounding_standings = column_rounding_standings(arena, policy);
    if (!lowering.rounding_standings)
        return TUOYU_ERROR_NO_MEMORY;
    for (size_t i = 0; i < plan->rule_count && !options->interprets; i++)
        column_answer_lower(&outputs, rules[i], &plan->answers[i]);
    return outputs.failed ? TUOYU_ERROR_NO_MEMORY
                          : typed_lowering_finish(&lowering, outputs.items, outputs.count, &plan->typed);
}

/* Plans the driver. Each rule is a group of outputs, so it falls back as a whole. Returns TUOYU_OK or
 * TUOYU_ERROR_NO_MEMORY. */
static tuoyu_status plan_driver(struct answer_plan *plan, struct arena *arena,
                                const struct answer_plan_options *options)
{
    const struct driver_plan_options how = {.block_rows = options->block_rows,
                                            .instructions = options->instructions};
    struct output_group *groups = ARENA_ARRAY(arena, struct output_group, plan->rule_count);
    if (!groups)
        return TUOYU_ERROR_NO_MEMORY;
    for (size_t i = 0; i < plan->rule_count; i++) {
        const struct column_answer *answer = &plan->answers[i];
        if (answer->is_typed)
            groups[i] = (struct output_group){.first = answer->first, .end = answer->end, .is_typed = true};
    }
    return driver_plan_make(&plan->driver, arena, &plan->typed, groups, plan->rule_count, &how);
}

tuoyu_status answer_plan_make(struct answer_plan *plan, struct arena *arena,
                              const struct tuoyu_policy *policy, const struct rule *const *rules,
                              size_t rule_count, const struct answer_plan_options *options)
{
    *plan = (struct answer_plan){.rule_count = rule_count,
                                 .answers = ARENA_ARRAY(arena, struct column_answer, rule_count)};
    tuoyu_status status =
        plan->answers ? lower_rules(plan, arena, policy, rules, options) : TUOYU_ERROR_NO_MEMORY;
    return status == TUOYU_OK ? plan_driver(plan, arena, options) : status;
}
