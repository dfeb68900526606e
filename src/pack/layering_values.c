/* SPDX-License-Identifier: Apache-2.0 */
/* Gives parameters their dated values with citations, and applies the overrides of lower packs. */
#include <assert.h>

#include "pack/fact_value.h"
#include "pack/layering_parts.h"

/* Dated values in the making, ascending by day. */
struct timeline {
    struct arena *arena;
    struct dated_value *items;
    uint32_t count;
    size_t capacity;
};

/* Appends a value. Without memory nothing is added; the arena remembers that. */
static void insert_value(struct timeline *timeline, const struct dated_value *value)
{
    struct dated_value *items =
        arena_grow(timeline->arena, timeline->items, timeline->count, &timeline->capacity, sizeof *items);
    assert(timeline->count == 0 || timeline->items[timeline->count - 1].from <= value->from);
    if (!items)
        return;
    timeline->items = items;
    items[timeline->count++] = *value;
}

/* Appends a value as holding from another day. */
static void add_from(struct timeline *timeline, const struct dated_value *value, int32_t from)
{
    struct dated_value moved = *value;
    moved.from = from;
    insert_value(timeline, &moved);
}

/* ---- One pack's values ---- */

/* Reports a value without the cite, or the note of an assumption, that it needs. */
static void check_claim(struct joining *joining, const struct pack_dated_value *value)
{
    bool has_note = value->note.zh.bytes || value->note.en.bytes;
    if (value->is_end || value->cite.source.bytes || (value->standing >= TUOYU_ASSUMED && has_note))
        return;
    if (value->standing == TUOYU_CITED)
        return; /* layering_cite() reports that */
    const char *message = value->standing >= TUOYU_ASSUMED ? "an assumed number says why, in a `note`"
                                                           : "a number needs a `cite` and a `standing`";
    joining_fail(joining,
                 report(joining->diagnostics, TUOYU_ERROR_PACK, value->where,
                        TEXT("add `cite: source clause`, or `standing: assumed` and a note"), "%s", message));
}

/* Reports a cited value that does not say how well founded it is. */
static void check_status(struct joining *joining, const struct pack_dated_value *value)
{
    if (value->is_end || value->standing || !value->cite.source.bytes)
        return;
    joining_fail(joining, report(joining->diagnostics, TUOYU_ERROR_PACK, value->where,
                                 TEXT("one of cited, draft, derived, assumed, proposed"),
                                 "a number needs a `standing`"));
}

/* Makes a program's dated value of a pack's, with its citation. */
static struct dated_value convert(struct joining *joining, uint32_t pack,
                                  const struct pack_dated_value *value)
{
    struct dated_value converted = {
        .from = value->from, .is_end = value->is_end, .value = value->value, .where = value->where};
    if (value->is_end)
        return converted;
    check_claim(joining, value);
    check_status(joining, value);
    joining_fail(joining, layering_cite(joining->layering, pack, &value->cite, value->standing, &value->note,
                                        value->where, &converted.citation, joining->diagnostics));
    return converted;
}

/* The values of a parameter by itself; an unset one has one value, which says so from the first day on. */
static struct timeline timeline_of(struct joining *joining, uint32_t pack,
                                   const struct pack_parameter *parameter, int32_t first)
{
    struct timeline timeline = {.arena = joining->arena};
    if (parameter->is_unset)
        insert_value(&timeline,
                     &(struct dated_value){
                         .from = first, .is_unset = true, .value = VALUE_NOTHING, .where = parameter->where});
    for (size_t i = 0; i < parameter->value_count; i++) {
        struct dated_value value = convert(joining, pack, &parameter->values[i]);
        insert_value(&timeline, &value);
    }
    return timeline;
}

/* ---- Overrides ---- */

/* The value that holds on a day, or NULL where none holds yet. */
static const struct dated_value *value_on(const struct dated_value *values, uint32_t count, int32_t day)
{
    const struct dated_value *found = NULL;
    for (uint32_t i = 0; i < count && values[i].from <= day; i++)
        found = &values[i];
    return found;
}

/* Lays the override over the values below it: from its first day on, while the lower pack is in force, the
 * override holds; before and after, what it overrides. `above` must not be empty. */
static struct timeline overlay(struct joining *joining, const struct slot *below,
                               const struct timeline *above, const struct pack_period *period)
{
    assert(above->count > 0);
    struct timeline merged = {.arena = joining->arena};
    int32_t start = above->items[0].from > period->first ? above->items[0].from : period->first;
    for (uint32_t i = 0; i < below->value_count && below->values[i].from < start; i++)
        insert_value(&merged, &below->values[i]);
    if (start > period->last)
        return merged;
    add_from(&merged, value_on(above->items, above->count, start), start);
    for (uint32_t i = 0; i < above->count; i++)
        if (above->items[i].from > start && above->items[i].from <= period->last)
            insert_value(&merged, &above->items[i]);
    if (period->last >= DATE_LAST)
        return merged;
    const struct dated_value *again = value_on(below->values, below->value_count, period->last + 1);
    struct dated_value none = {.is_end = true, .where = above->items[0].where};
    add_from(&merged, again ? again : &none, period->last + 1);
    for (uint32_t i = 0; i < below->value_count; i++)
        if (below->values[i].from > period->last + 1)
            insert_value(&merged, &below->values[i]);
    return merged;
}

/* The declaration of a parameter by its slot. */
static const struct pack_parameter *parameter_of(const struct joining *joining, uint32_t index)
{
    const struct slot *slot = program_slot(&joining->layering->program, index);
    return &joining->layering->packs[slot->pack].model->parameters[index - joining->first_slots[slot->pack]];
}

/* Whether a version of the slot's pack has its name as a parameter. */
static bool has_parameter(const struct joining *joining, const struct slot *choice)
{
    const struct layering *layering = joining->layering;
    struct text id = layering->packs[choice->pack].model->id;
    for (uint32_t i = layering_first_version(layering, id);
         i != UINT32_MAX && arena_charge(joining->arena, 4); i = layering->packs[i].next_version) {
        uint32_t slot = slot_in_version(joining, i, choice->name);
        if (slot != SLOT_NONE && program_slot(&layering->program, slot)->kind == SLOT_PARAMETER)
            return true;
    }
    return false;
}

/* A hint that names a pack which has the parameter but is not used by this one; else empty. */
static struct text unseen_hint(struct joining *joining, struct text name)
{
    const struct layering *layering = joining->layering;
    for (uint32_t i = 0; i < layering->pack_count; i++) {
        if (!diagnostics_wants_hint(joining->diagnostics, layering->packs[i].model->parameter_count))
            break;
        for (size_t j = 0; j < layering->packs[i].model->parameter_count; j++) {
            if (!text_equals(layering->packs[i].model->parameters[j].name, name))
                continue;
            struct text hint = message_text(joining->arena, "write `uses: [%.*s]` to see its parameter",
                                            TEXT_ARGUMENTS(layering->packs[i].model->id));
            return hint.bytes ? hint : TEXT("");
        }
    }
    return TEXT("");
}

/* The slot of the parameter that is overridden, or SLOT_NONE, reported. */
static uint32_t find_overridden(struct joining *joining, uint32_t pack, const struct pack_parameter *override)
{
    const struct scope *scope = &joining->layering->packs[pack].scope;
    uint32_t index = scope_find(scope, override->name);
    const struct slot *slot = index == SLOT_NONE ? NULL : program_slot(&joining->layering->program, index);
    if (slot && slot->kind == SLOT_PARAMETER && slot->pack != pack)
        return index;
    if (slot && slot->is_version_choice && has_parameter(joining, slot))
        return index;
    if (slot && slot->kind == SLOT_PARAMETER) {
        joining_fail(joining,
                     report(joining->diagnostics, TUOYU_ERROR_PACK, override->where,
                            TEXT("change it under `parameters`"), "`%.*s` is a parameter of this pack itself",
                            TEXT_ARGUMENTS(override->name)));
        return SLOT_NONE;
    }
    bool wants_hint = diagnostics_wants_hint(joining->diagnostics, scope_count(scope));
    struct text nearest = wants_hint ? scope_nearest(scope, override->name) : TEXT("");
    struct text hint =
        slot ? TEXT("only parameters can be overridden") : unseen_hint(joining, override->name);
    if (!hint.length)
        hint = joining_hint(joining, nearest);
    joining_fail(joining,
                 report(joining->diagnostics, TUOYU_ERROR_UNKNOWN_NAME, override->where, hint,
                        "no pack above has a parameter `%.*s` to override", TEXT_ARGUMENTS(override->name)));
    return SLOT_NONE;
}

/* Reports each value outside the bounds of a delegation, by the law of the bounds and that of the value. */
static void check_bounds(struct joining *joining, uint32_t pack, const struct pack_parameter *override,
                         uint32_t index)
{
    const struct pack_delegation *delegation = &parameter_of(joining, index)->delegation;
    if (!delegation->is_given)
        return;
    for (size_t i = 0; i < override->value_count; i++)
        if (!override->values[i].is_end)
            joining_fail(joining, delegation_check(joining, delegation,
                                                   program_slot(&joining->layering->program, index)->pack,
                                                   pack, override, &override->values[i]));
}

/* The overrides of a parameter as a list, the last one first. */
struct overriding {
    const struct pack_parameter *override;
    const struct pack_period *period;
    struct overriding *before;
};

/* Whether the override is never in force together with one before it; otherwise reports the two. */
static bool overlaps_no_override(struct joining *joining, const struct overriding *before,
                                 const struct pack_parameter *override, const struct pack_period *period)
{
    for (; before && arena_charge(joining->arena, 1); before = before->before) {
        if (!periods_overlap(before->period, period))
            continue;
        joining_fail(joining, report(joining->diagnostics, TUOYU_ERROR_COLLISION, override->where,
                                     TEXT("leave one of the two packs away, or one of the overrides"),
                                     "two packs override `%.*s`", TEXT_ARGUMENTS(override->name)));
        report_note(joining->diagnostics, before->override->where, "the other override is here");
        return false;
    }
    return true;
}

/* Applies an override to the slot of one parameter. overriding: by slot, the overrides so far. */
static void override_slot(struct joining *joining, uint32_t pack, struct pack_parameter *override,
                          uint32_t index, struct overriding **overriding)
{
    const struct pack_period *period = &joining->layering->packs[pack].model->in_force;
    struct overriding *entry = ARENA_NEW(joining->arena, struct overriding);
    if (!entry || !overlaps_no_override(joining, overriding[index], override, period))
        return;
    *entry = (struct overriding){.override = override, .period = period, .before = overriding[index]};
    overriding[index] = entry;
    struct slot *slot = joining->layering->program.slots[index];
    tuoyu_status status = parameter_set_type(joining->arena, override, parameter_of(joining, index)->type,
                                             slot->unit, joining->diagnostics);
    joining_fail(joining, status);
    if (status != TUOYU_OK)
        return;
    check_bounds(joining, pack, override, index);
    struct timeline above = timeline_of(joining, pack, override, period->first);
    if (above.count == 0)
        return;
    struct timeline merged = overlay(joining, slot, &above, period);
    slot->values = merged.items;
    slot->value_count = merged.count;
    if (override->is_unset)
        slot->unset = override->unset;
    slot->is_delegated &= !override->is_unset;
}

/* Applies an override to the parameter, in each version of the pack above that has it. */
static void apply_override(struct joining *joining, uint32_t pack, struct pack_parameter *override,
                           struct overriding **overriding)
{
    const struct layering *layering = joining->layering;
    uint32_t index = find_overridden(joining, pack, override);
    if (index == SLOT_NONE)
        return;
    const struct slot *slot = program_slot(&layering->program, index);
    struct text id = layering->packs[slot->pack].model->id;
    if (!slot->is_version_choice) {
        override_slot(joining, pack, override, index, overriding);
        return;
    }
    for (uint32_t i = layering_first_version(layering, id);
         i != UINT32_MAX && arena_charge(joining->arena, 4); i = layering->packs[i].next_version) {
        uint32_t version = slot_in_version(joining, i, override->name);
        bool is_parameter =
            version != SLOT_NONE && program_slot(&layering->program, version)->kind == SLOT_PARAMETER;
        if (is_parameter)
            override_slot(joining, pack, override, version, overriding);
    }
}

/* ---- The whole ---- */

void join_values(struct joining *joining, struct pack_model *const *models)
{
    struct layering *layering = joining->layering;
    for (uint32_t i = 0; i < layering->pack_count; i++) {
        for (size_t j = 0; j < models[i]->parameter_count; j++) {
            struct slot *slot = layering->program.slots[parameter_slot(joining, i, j)];
            struct timeline own = timeline_of(joining, i, &models[i]->parameters[j], DATE_FIRST);
            slot->values = own.items;
            slot->value_count = own.count;
            const struct pack_delegation *delegation = &models[i]->parameters[j].delegation;
            if (delegation->is_given)
                slot->unset = delegation_reason(joining, delegation, i, slot->unit);
        }
    }
    struct overriding **overriding =
        ARENA_ARRAY(joining->arena, struct overriding *, layering->program.slot_count);
    if (!overriding)
        return;
    for (uint32_t i = 0; i < layering->pack_count; i++)
        for (size_t j = 0; j < models[i]->override_count; j++)
            apply_override(joining, i, &models[i]->overrides[j].parameter, overriding);
}
