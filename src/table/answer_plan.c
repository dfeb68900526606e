/* SPDX-License-Identifier: Apache-2.0 */
#include "table/answer_plan.h"

#include "rules/compiled_policy.h"

static tuoyu_status lower_rules(struct answer_plan *plan, struct arena *arena,
                                const struct tuoyu_policy *policy, const struct rule *const *rules,
                                const struct answer_plan_options *options)
{
    struct typed_lowering lowering;
    struct column_outputs outputs = {.lowering = &lowering};
    if (!typed_lowering_init(&lowering, arena, &policy->layering->program, options->as_of))
        return TUOYU_ERROR_NO_MEMORY;
    lowering.takes_even = true;
    lowering.rounding_status = column_rounding_status(arena, policy);
    if (!lowering.rounding_status)
        return TUOYU_ERROR_NO_MEMORY;
    for (size_t i = 0; i < plan->rule_count && !options->interprets; i++)
        column_answer_lower(&outputs, rules[i], &plan->answers[i]);
    return outputs.failed ? TUOYU_ERROR_NO_MEMORY
                          : typed_lowering_finish(&lowering, outputs.items, outputs.count, &plan->typed);
}

/* A rule falls back as a whole. */
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
