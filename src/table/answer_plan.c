/* SPDX-License-Identifier: Apache-2.0 */
#include "table/answer_plan.h"

#include "rules/compiled_policy.h"

static bool describe_facts(struct answer_plan *plan, struct arena *arena)
{
    const struct program *program = plan->typed.program;
    plan->facts = ARENA_ARRAY(arena, struct typed_operation, program->fact_count);
    plan->is_read = ARENA_ARRAY(arena, bool, program->fact_count);
    if (!plan->facts || !plan->is_read)
        return false;
    for (uint32_t i = 0; i < program->fact_count; i++)
        if (!typed_fact(program, i, &plan->facts[i]))
            plan->facts[i].code = OPERATION_COUNT;
    for (uint32_t i = 0; i < plan->typed.count; i++)
        if (plan->typed.operations[i].code == OPERATION_FACT)
            plan->is_read[plan->typed.operations[i].fact] = true;
    return true;
}

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
    for (size_t i = 0; i < plan->rule_count; i++) {
        if (!options->interprets)
            column_answer_lower(&outputs, rules[i], &plan->answers[i]);
        plan->has_untyped |= !plan->answers[i].is_typed;
    }
    return outputs.failed ? TUOYU_ERROR_NO_MEMORY
                          : typed_lowering_finish(&lowering, outputs.items, outputs.count, &plan->typed);
}

tuoyu_status answer_plan_make(struct answer_plan *plan, struct arena *arena,
                              const struct tuoyu_policy *policy, const struct rule *const *rules,
                              size_t rule_count, const struct answer_plan_options *options)
{
    *plan = (struct answer_plan){.rule_count = rule_count,
                                 .answers = ARENA_ARRAY(arena, struct column_answer, rule_count)};
    tuoyu_status status =
        plan->answers ? lower_rules(plan, arena, policy, rules, options) : TUOYU_ERROR_NO_MEMORY;
    if (status == TUOYU_OK)
        status = machine_plan_make(&plan->blocks, arena, &plan->typed, options->block_rows,
                                   kernels_for(options->instructions));
    if (status == TUOYU_OK)
        status = row_plan_make(&plan->rows, arena, &plan->blocks);
    return status == TUOYU_OK && !describe_facts(plan, arena) ? TUOYU_ERROR_NO_MEMORY : status;
}
