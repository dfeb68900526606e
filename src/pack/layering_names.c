/* SPDX-License-Identifier: Apache-2.0 */
/* Adds a slot for every fact, parameter, definition and table, and fills for every pack the scope of the
 * names that it sees. */
#include <assert.h>

#include "pack/layering_parts.h"

/* ---- Facts ---- */

/* Whether two facts are declared with the same range, or both without one. */
static bool is_same_range(const struct pack_fact *left, const struct pack_fact *right)
{
    if (left->has_range != right->has_range)
        return false;
    if (!left->has_range)
        return true;
    struct value first = {.kind = VALUE_RANGE, .as.range = &left->range};
    struct value second = {.kind = VALUE_RANGE, .as.range = &right->range};
    return value_is_same(first, second);
}

/* Whether two facts are declared with the same values in the same order. */
static bool is_same_enum(const struct pack_fact *left, const struct pack_fact *right)
{
    if (left->value_count != right->value_count)
        return false;
    for (size_t i = 0; i < left->value_count; i++)
        if (!text_equals(left->values[i].id, right->values[i].id))
            return false;
    return true;
}

/* What differs between two declarations of one fact, for a message; NULL where nothing does. */
static const char *difference(const struct pack_fact *left, const struct pack_fact *right)
{
    if (left->type != right->type)
        return "another type";
    if (!text_equals(left->unit, right->unit))
        return "another unit";
    if (!is_same_enum(left, right))
        return "other values";
    if (!is_same_range(left, right))
        return "another range";
    if (left->scale != right->scale)
        return "another scale";
    return left->is_nullable != right->is_nullable ? "another `nullable`" : NULL;
}

/* The type of a fact in expressions; that of an enum knows its values. */
static struct static_type type_of_fact(struct arena *arena, const struct pack_fact *fact)
{
    switch (fact->type) {
    case FACT_TYPE_BOOLEAN: return STATIC_TYPE(TYPE_BOOLEAN);
    case FACT_TYPE_DATE: return STATIC_TYPE(TYPE_DATE);
    case FACT_TYPE_STRING: return STATIC_TYPE(TYPE_STRING);
    case FACT_TYPE_ENUM: break;
    default: return STATIC_TYPE(TYPE_NUMBER);
    }
    struct text *values = ARENA_ARRAY(arena, struct text, fact->value_count);
    for (size_t i = 0; values && i < fact->value_count; i++)
        values[i] = fact->values[i].id;
    return static_type_of_strings(arena, values, values ? (uint32_t)fact->value_count : 0);
}

/* What the declaration says about the values of a fact. The scale is that of the value inside, so a percent
 * has two decimals more. */
static struct fact_domain domain_of_fact(const struct pack_fact *fact)
{
    return (struct fact_domain){.scale = fact->scale + (fact->type == FACT_TYPE_PERCENT ? 2 : 0),
                                .is_nullable = fact->is_nullable,
                                .range = fact->has_range ? &fact->range : NULL};
}

/* Takes what another declaration says of who has the fact, unless a pack that is not above it said so before.
 */
static void take_holder(const struct layering *layering, struct slot *slot, uint32_t pack,
                        const struct pack_fact *fact)
{
    bool is_said = fact->held_by.zh.bytes || fact->held_by.en.bytes;
    bool is_known = slot->held_by.zh.bytes || slot->held_by.en.bytes;
    if (!is_said || (is_known && !layering_sees(layering, pack, slot->held_by_pack)))
        return;
    slot->held_by = fact->held_by;
    slot->held_by_pack = pack;
}

/* Adds the slot of a fact, unless another pack has declared it; then both declarations must be the same, or
 * the one in the lower pack is reported. */
static void add_fact(struct joining *joining, uint32_t pack, const struct pack_fact *fact)
{
    struct layering *layering = joining->layering;
    uint32_t existing = layering_find_fact(layering, fact->name);
    if (existing != SLOT_NONE) {
        const struct slot *slot = program_slot(&layering->program, existing);
        const struct pack_fact *first = slot_fact(slot);
        const char *what = difference(first, fact);
        if (!what) {
            take_holder(layering, layering->program.slots[existing], pack, fact);
            return;
        }
        bool is_lower = layering_sees(layering, slot->pack, pack);
        joining_fail(
            joining,
            report(
                joining->diagnostics, TUOYU_ERROR_COLLISION, is_lower ? first->where : fact->where,
                TEXT("packs that share a fact declare it with the same type, unit, values, range and scale"),
                "the fact `%.*s` is declared with %s in another pack", TEXT_ARGUMENTS(fact->name), what));
        report_note(joining->diagnostics, is_lower ? fact->where : first->where, "it is declared here");
        return;
    }
    struct slot slot = {.kind = SLOT_FACT,
                        .name = fact->name,
                        .full_name = fact->name,
                        .label = fact->label,
                        .unit = fact->unit,
                        .type = type_of_fact(joining->arena, fact),
                        .domain = domain_of_fact(fact),
                        .held_by = fact->held_by,
                        .held_by_pack = pack,
                        .pack = pack,
                        .where = fact->where,
                        .declaration = fact};
    uint32_t index = program_add(&layering->program, &slot);
    if (index != SLOT_NONE)
        map_put(&layering->facts, fact->name, (void *)((uintptr_t)index + 1));
}

/* ---- The others ---- */

/* The type of a parameter in expressions. */
static struct static_type type_of_parameter(enum parameter_type type)
{
    switch (type) {
    case PARAMETER_BOOLEAN: return STATIC_TYPE(TYPE_BOOLEAN);
    case PARAMETER_DATE: return STATIC_TYPE(TYPE_DATE);
    case PARAMETER_STRING: return STATIC_TYPE(TYPE_STRING);
    default: return STATIC_TYPE(TYPE_NUMBER);
    }
}

/* Adds a slot of a pack, with its full name and the days on which the pack is in force. */
static void add_named(struct joining *joining, uint32_t pack, struct slot *slot)
{
    const struct pack_model *model = joining->layering->packs[pack].model;
    slot->full_name = layering_full_name(joining->layering, pack, slot->name, TEXT(""));
    slot->pack = pack;
    slot->first_day = model->in_force.first;
    slot->last_day = model->in_force.last;
    program_add(&joining->layering->program, slot);
}

/* Adds the slots of a pack. Those of parameters, definitions and tables follow each other from
 * first_slots[pack]. */
static void add_slots(struct joining *joining, uint32_t pack)
{
    const struct pack_model *model = joining->layering->packs[pack].model;
    for (size_t i = 0; i < model->fact_count; i++)
        add_fact(joining, pack, &model->facts[i]);
    joining->first_slots[pack] = joining->layering->program.slot_count;
    for (size_t i = 0; i < model->parameter_count; i++) {
        const struct pack_parameter *parameter = &model->parameters[i];
        add_named(joining, pack,
                  &(struct slot){.kind = SLOT_PARAMETER,
                                 .name = parameter->name,
                                 .label = parameter->label,
                                 .unit = parameter->unit,
                                 .type = type_of_parameter(parameter->type),
                                 .unset = parameter->unset,
                                 .is_delegated = parameter->delegation.is_given,
                                 .where = parameter->where});
    }
    for (size_t i = 0; i < model->definition_count; i++) {
        const struct pack_definition *definition = &model->definitions[i];
        add_named(joining, pack,
                  &(struct slot){.kind = SLOT_DEFINITION,
                                 .name = definition->name,
                                 .label = definition->label,
                                 .unit = definition->unit,
                                 .where = definition->where});
    }
    for (size_t i = 0; i < model->table_count; i++) {
        const struct pack_table *table = &model->tables[i];
        add_named(joining, pack,
                  &(struct slot){
                      .kind = SLOT_TABLE, .name = table->name, .label = table->label, .where = table->where});
    }
}

/* ---- Scopes ---- */

/* Whether the collision of two slots was reported before; notes it. Without memory it counts as reported. */
static bool is_reported(struct joining *joining, uint32_t first, uint32_t second)
{
    assert(first != second);
    uint32_t *pair = ARENA_ARRAY(joining->arena, uint32_t, 2);
    if (!pair)
        return true;
    pair[0] = first < second ? first : second;
    pair[1] = first < second ? second : first;
    struct text key = {.bytes = (const char *)pair, .length = 2 * sizeof *pair};
    if (map_get(&joining->collisions, key))
        return true;
    map_put(&joining->collisions, key, pair);
    return false;
}

/* Reports two slots with one name, once for each pair, at the lower pack. */
static void report_collision(struct joining *joining, uint32_t first_index, uint32_t second_index)
{
    if (is_reported(joining, first_index, second_index))
        return;
    const struct slot *first = program_slot(&joining->layering->program, first_index);
    const struct slot *second = program_slot(&joining->layering->program, second_index);
    if (layering_sees(joining->layering, first->pack, second->pack)) {
        /* the lower pack is the one to change */
        const struct slot *lower = first;
        first = second;
        second = lower;
    }
    joining_fail(
        joining,
        report(joining->diagnostics, TUOYU_ERROR_COLLISION, second->where,
               TEXT("rename one; to change a number from above, move it under `overrides:`, a section "
                    "beside `parameters:`, with its values only"),
               "`%.*s` is declared twice, in packs of which one sees the other or a third sees both",
               TEXT_ARGUMENTS(second->name)));
    report_note(joining->diagnostics, first->where, "the other is here");
}

/* Declares a name in a scope; a name that stands for another slot already is a collision. */
static void declare(struct joining *joining, struct scope *scope, struct text name, uint32_t slot)
{
    uint32_t declared = scope_find(scope, name);
    if (declared == SLOT_NONE)
        scope_declare(scope, name, slot);
    else if (declared != slot)
        report_collision(joining, declared < slot ? declared : slot, declared < slot ? slot : declared);
}

/* Declares all names of a pack in a scope. choices: name to slot + 1 of the slots that stand in for the
 * pack's own ones, because several versions have the name; NULL for none. */
static void declare_pack(struct joining *joining, struct scope *scope, uint32_t pack,
                         const struct map *choices)
{
    const struct layering *layering = joining->layering;
    const struct pack_model *model = layering->packs[pack].model;
    for (size_t i = 0; i < model->fact_count; i++)
        declare(joining, scope, model->facts[i].name, layering_find_fact(layering, model->facts[i].name));
    uint32_t slot = joining->first_slots[pack];
    size_t count = model->parameter_count + model->definition_count + model->table_count;
    for (size_t i = 0; i < count; i++, slot++) {
        struct text name = program_slot(&layering->program, slot)->name;
        uintptr_t choice = choices ? (uintptr_t)map_get(choices, name) : 0;
        declare(joining, scope, name, choice ? (uint32_t)(choice - 1) : slot);
    }
}

void join_names(struct joining *joining)
{
    struct layering *layering = joining->layering;
    for (uint32_t i = 0; i < layering->pack_count && !joining->arena->failed; i++)
        add_slots(joining, i);
    join_version_names(joining);
    for (uint32_t i = 0; i < layering->pack_count && !joining->arena->failed; i++) {
        struct layered_pack *pack = &layering->packs[i];
        scope_init(&pack->scope, joining->arena, NULL);
        pack->scope.program = &layering->program;
        scope_declare(&pack->scope, TEXT("as_of"), SLOT_AS_OF_INDEX);
        declare_pack(joining, &pack->scope, i, NULL);
        for (uint32_t j = 1; j < pack->visible_count; j++)
            declare_pack(joining, &pack->scope, pack->visible[j], layering->packs[pack->visible[j]].choices);
    }
}
