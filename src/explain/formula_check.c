/* SPDX-License-Identifier: Apache-2.0 */
/* Does formulas again with the numbers that are shown. */
#include "explain/formula_check.h"

#include "explain/explanation.h"
#include "program/percent.h"
#include "rules/lowering.h"

/* Rounds a value as it is shown in its unit; anything but a number stays as it is. */
static struct value as_shown(struct value value, const struct slot *slot, int32_t decimals)
{
    tuoyu_decimal number;
    if (value.kind != VALUE_NUMBER || number_to_unit(slot->unit, value.as.number, &number) != TUOYU_OK ||
        decimal_round(number, decimals, DECIMAL_HALF_UP, &number) != TUOYU_OK ||
        number_from_unit(slot->unit, number, &number) != TUOYU_OK)
        return value;
    return value_number(number);
}

/* Gives an evaluation what an entry read, as it is shown. What explanations pass over is computed of what it
 * read itself. Returns true if something was rounded. */
static bool give_reads(struct evaluation *evaluation, const struct tuoyu_answer *answer,
                       const struct trace_entry *entry, int32_t decimals)
{
    bool is_rounded = false;
    for (uint32_t i = 0; i < entry->read_count; i++) {
        const struct trace_entry *read = &answer->trace[entry->reads[i]];
        const struct slot *slot = answer_slot(answer, read->slot);
        if (slot->kind == SLOT_AS_OF)
            continue;
        if (is_passed_over(slot)) {
            is_rounded |= give_reads(evaluation, answer, read, decimals);
            continue;
        }
        struct value shown = as_shown(read->value, slot, decimals);
        if (shown.kind == VALUE_NUMBER)
            is_rounded |= decimal_compare(shown.as.number, read->value.as.number) != 0;
        evaluation_set_input(evaluation, read->slot, shown);
    }
    return is_rounded;
}

/* Whether two values are shown alike. */
static bool look_alike(struct value left, struct value right, const struct slot *slot, int32_t decimals)
{
    if (left.kind != right.kind)
        return false;
    if (left.kind == VALUE_BOOLEAN)
        return left.boolean == right.boolean;
    if (left.kind != VALUE_NUMBER)
        return true;
    return decimal_compare(as_shown(left, slot, decimals).as.number,
                           as_shown(right, slot, decimals).as.number) == 0;
}

bool formula_holds_as_shown(const struct tuoyu_answer *answer, const struct trace_entry *entry,
                            int32_t decimals)
{
    struct pooled_evaluation *lent = evaluation_pool_lend(&answer->policy->evaluations, answer);
    if (!lent)
        return false;
    struct evaluation *evaluation = &lent->evaluation;
    evaluation_begin(evaluation, answer->as_of, lent->facts);
    bool holds = true;
    if (give_reads(evaluation, answer, entry, decimals))
        holds = look_alike(evaluation_value(evaluation, entry->slot), entry->value,
                           answer_slot(answer, entry->slot), decimals);
    evaluation_pool_take_back(&answer->policy->evaluations, lent, answer);
    return holds;
}

/* Whether all formulas of the trace hold as shown. */
static bool all_hold(const struct tuoyu_answer *answer, int32_t decimals)
{
    for (size_t i = 0; i < answer->trace_count; i++) {
        const struct trace_entry *entry = &answer->trace[i];
        if (slot_has_formula(answer_slot(answer, entry->slot)) && entry->value.kind != VALUE_NULL &&
            !formula_holds_as_shown(answer, entry, decimals))
            return false;
    }
    return true;
}

int32_t decimals_of_formulas(const struct tuoyu_answer *answer, int32_t least)
{
    enum { MOST_TRIED = 12 };
    for (int32_t decimals = least; decimals <= MOST_TRIED; decimals++)
        if (all_hold(answer, decimals))
            return decimals;
    return least;
}
