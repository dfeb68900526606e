/* SPDX-License-Identifier: Apache-2.0 */
/* Versions of one pack are packs with one id whose times in force follow each other. A pack that uses the id
 * sees all of them; a name that several versions have becomes a slot that takes the version in force on the
 * as-of date. */
#include <assert.h>

#include "pack/layering_parts.h"

/* ---- Times that overlap ---- */

bool periods_overlap(const struct pack_period *left, const struct pack_period *right)
{
    return left->first <= right->last && right->first <= left->last;
}

/* Reports two packs of one id with the days on which both are in force. */
static void report_overlap(struct joining *joining, const struct pack_model *first,
                           const struct pack_model *second)
{
    int32_t from =
        first->in_force.first > second->in_force.first ? first->in_force.first : second->in_force.first;
    int32_t to = first->in_force.last < second->in_force.last ? first->in_force.last : second->in_force.last;
    char days[2][11];
    date_format(from, days[0]);
    date_format(to, days[1]);
    struct text days_of_both = message_text(joining->arena, "from %s to %s", days[0], days[1]);
    if (to >= DATE_LAST)
        days_of_both = message_text(joining->arena, "from %s on", days[0]);
    joining_fail(
        joining,
        report(
            joining->diagnostics, TUOYU_ERROR_DUPLICATE, second->id_where,
            TEXT("versions of one pack are in force one after the other: end the earlier one, or rename one"),
            "two packs have the id `%.*s` and are in force together, %.*s", TEXT_ARGUMENTS(second->id),
            TEXT_ARGUMENTS(days_of_both)));
    report_note(joining->diagnostics, first->id_where, "the other is here");
}

void join_versions(struct joining *joining)
{
    const struct layering *layering = joining->layering;
    for (uint32_t i = 0; i < layering->pack_count; i++) {
        const struct pack_model *model = layering->packs[i].model;
        for (uint32_t j = layering_first_version(layering, model->id);
             j < i && arena_charge(joining->arena, 1); j = layering->packs[j].next_version) {
            if (!periods_overlap(&layering->packs[j].model->in_force, &model->in_force))
                continue;
            report_overlap(joining, layering->packs[j].model, model);
            break;
        }
    }
}

/* ---- Names of several versions ---- */

/* The slots that one name has in the versions of a pack, in the order of their time; packs[i] is the version
 * of slots[i]. */
struct version_slots {
    struct text name;
    uint32_t *packs, *slots;
    uint32_t count;
    size_t pack_capacity, slot_capacity;
};

/* The packs of an id in the order of their time, with their number in *count; NULL without memory. */
static uint32_t *order_versions(struct joining *joining, uint32_t first, uint32_t *count)
{
    const struct layering *layering = joining->layering;
    *count = 0;
    for (uint32_t i = first; i != UINT32_MAX; i = layering->packs[i].next_version)
        ++*count;
    uint32_t *packs = ARENA_ARRAY(joining->arena, uint32_t, *count), kept = 0;
    for (uint32_t i = first; packs && i != UINT32_MAX && !joining->arena->failed;
         i = layering->packs[i].next_version) {
        uint32_t at = kept++;
        int32_t day = layering->packs[i].model->in_force.first;
        for (; at > 0 && layering->packs[packs[at - 1]].model->in_force.first > day &&
               arena_charge(joining->arena, 1);
             at--)
            packs[at] = packs[at - 1];
        packs[at] = i;
    }
    return joining->arena->failed ? NULL : packs;
}

uint32_t slot_in_version(const struct joining *joining, uint32_t pack, struct text name)
{
    const struct layering *layering = joining->layering;
    uint32_t index = scope_find(&layering->packs[pack].scope, name);
    if (index == SLOT_NONE)
        return SLOT_NONE;
    const struct slot *slot = program_slot(&layering->program, index);
    bool is_own = slot->pack == pack && slot->kind != SLOT_FACT && !slot->is_version_choice;
    return is_own ? index : SLOT_NONE;
}

/* The tree `if as_of <= the last day of an earlier version then … else …` for `count` versions from `first`
 * on. Halving keeps the tree flat, however many versions there are. Outside all versions the nearest is
 * asked, which says that it is not in force. NULL without memory. */
static const struct node *choice_tree(struct joining *joining, const struct version_slots *versions,
                                      uint32_t first, uint32_t count)
{
    assert(count > 0 && first + count <= versions->count);
    struct arena *arena = joining->arena;
    if (count == 1)
        return node_symbol(arena, versions->slots[first]);
    uint32_t half = count / 2, last_before = versions->packs[first + half - 1];
    int32_t last_day = joining->layering->packs[last_before].model->in_force.last;
    const struct node *days[] = {node_symbol(arena, SLOT_AS_OF_INDEX),
                                 node_literal(arena, value_date(last_day))};
    const struct node *parts[] = {days[0] && days[1] ? node_of(arena, NODE_LESS_EQUAL, 2, days) : NULL,
                                  choice_tree(joining, versions, first, half),
                                  choice_tree(joining, versions, first + half, count - half)};
    return parts[0] && parts[1] && parts[2] ? node_of(arena, NODE_IF, 3, parts) : NULL;
}

/* Adds the slot that chooses among the versions of a name, and enters it into choices. */
static void add_choice(struct joining *joining, const struct version_slots *versions, struct map *choices)
{
    struct program *program = &joining->layering->program;
    const struct node *tree = choice_tree(joining, versions, 0, versions->count);
    if (!tree)
        return;
    const struct slot *like = program_slot(program, versions->slots[versions->count - 1]);
    struct slot slot = {.kind = SLOT_DEFINITION,
                        .name = like->name,
                        .full_name = like->full_name,
                        .label = like->label,
                        .pack = like->pack,
                        .where = like->where,
                        .is_version_choice = true};
    struct formula formula = {.name = slot.name,
                              .full_name = slot.full_name,
                              .tree = tree,
                              .type = TYPE_ANY,
                              .pack = slot.pack,
                              .where = slot.where};
    uint32_t index = program_add(program, &slot);
    if (index == SLOT_NONE)
        return;
    joining_fail(joining, program_define_formula(program, NULL, index, &formula, joining->diagnostics));
    map_put(choices, versions->name, (void *)((uintptr_t)index + 1));
}

/* Appends a slot to the list of its name in names. */
static void add_version_slot(struct joining *joining, struct map *names, uint32_t pack, uint32_t slot)
{
    struct text name = program_slot(&joining->layering->program, slot)->name;
    struct version_slots *versions = map_get(names, name);
    if (!versions) {
        versions = ARENA_NEW(joining->arena, struct version_slots);
        if (!versions || !map_put(names, name, versions))
            return;
        versions->name = name;
    }
    uint32_t *packs =
        arena_grow(joining->arena, versions->packs, versions->count, &versions->pack_capacity, sizeof *packs);
    uint32_t *slots =
        arena_grow(joining->arena, versions->slots, versions->count, &versions->slot_capacity, sizeof *slots);
    if (!packs || !slots)
        return;
    versions->packs = packs;
    versions->slots = slots;
    packs[versions->count] = pack;
    slots[versions->count++] = slot;
}

/* Makes the choices of all versions of an id and gives them to each of its packs. first: the first pack of
 * the id. */
static void join_names_of(struct joining *joining, uint32_t first)
{
    struct layering *layering = joining->layering;
    uint32_t count, *packs = order_versions(joining, first, &count);
    struct map *choices = ARENA_NEW(joining->arena, struct map), names;
    if (!packs || !choices)
        return;
    map_init(choices, joining->arena);
    map_init(&names, joining->arena);
    for (uint32_t i = 0; i < count && !joining->arena->failed; i++) {
        const struct pack_model *model = layering->packs[packs[i]].model;
        size_t slots = model->parameter_count + model->definition_count + model->table_count;
        layering->packs[packs[i]].choices = choices;
        for (size_t j = 0; j < slots; j++)
            add_version_slot(joining, &names, packs[i], joining->first_slots[packs[i]] + (uint32_t)j);
    }
    for (size_t i = 0; i < names.count && !joining->arena->failed; i++) {
        const struct version_slots *versions = names.entries[i].value;
        if (versions->count > 1)
            add_choice(joining, versions, choices);
    }
}

void join_version_names(struct joining *joining)
{
    struct layering *layering = joining->layering;
    for (uint32_t i = 0; i < layering->pack_count && !joining->arena->failed; i++) {
        bool is_first = layering_first_version(layering, layering->packs[i].model->id) == i;
        if (is_first && layering->packs[i].next_version != UINT32_MAX)
            join_names_of(joining, i);
    }
}
