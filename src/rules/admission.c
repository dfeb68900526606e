/* SPDX-License-Identifier: Apache-2.0 */
/* Lowers the admission keys of an eligibility rule, so that each key is a slot that a waiting list can be
 * ordered by. */
#include "rules/admission.h"

#include "base/diagnostics.h"

/* Reports a key whose type has no order. Numbers and dates have one; a boolean is allowed only with
 * `first`, which puts true before false. */
static void check_key(struct lowering *lowering, const struct pack_admission_key *written,
                      const struct slot *slot)
{
    enum type_kind kind = slot->type.kind;
    if (written->direction == ADMIT_FIRST || kind == TYPE_NUMBER || kind == TYPE_DATE || kind == TYPE_ANY)
        return;
    lowering_fail(lowering, report(lowering->diagnostics, TUOYU_ERROR_TYPE, written->expression.where,
                                   TEXT("write `first` for what is true or false"),
                                   "`%.*s` is ordered by, so it must be a number or a date",
                                   TEXT_ARGUMENTS(written->id)));
}

bool lower_admission(struct lowering *lowering, const struct pack_eligibility *written,
                     struct tuoyu_eligibility *eligibility)
{
    struct admission_key *keys = ARENA_ARRAY(lowering->arena, struct admission_key, written->admission_count);
    if (!keys)
        return false;
    for (size_t i = 0; i < written->admission_count; i++) {
        const struct pack_admission_key *key = &written->admission[i];
        struct text part = text_format(lowering->arena, "admission.%.*s", TEXT_ARGUMENTS(key->id));
        if (!part.bytes)
            return false;
        keys[i] = (struct admission_key){.id = key->id, .because = key->because, .direction = key->direction};
        keys[i].citation = lower_citation(lowering, &key->cite, key->standing, key->where);
        keys[i].slot = lower_expression(
            lowering, lowering->scope,
            &(struct lowered){.part = part,
                              .label = &key->because,
                              .written = &key->expression,
                              .cite = &key->cite,
                              .standing = key->standing,
                              .type = key->direction == ADMIT_FIRST ? TYPE_BOOLEAN : TYPE_ANY,
                              .where = key->where});
        if (keys[i].slot == SLOT_NONE)
            return false;
        check_key(lowering, key, program_slot(&lowering->layering->program, keys[i].slot));
    }
    eligibility->admission = keys;
    eligibility->admission_count = written->admission_count;
    return true;
}

/* ---- Order ---- */

int admission_key_compare(const struct admission_key *key, struct value left, struct value right)
{
    int order = 0;
    bool is_left_none = left.kind == VALUE_NULL, is_right_none = right.kind == VALUE_NULL;
    if (is_left_none || is_right_none)
        return (int)is_left_none - (int)is_right_none;
    if (key->direction == ADMIT_FIRST)
        return (int)right.boolean - (int)left.boolean;
    if (!value_compare(left, right, &order))
        return 0;
    return key->direction == ADMIT_DESCENDING ? -order : order;
}
