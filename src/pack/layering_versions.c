/* SPDX-License-Identifier: Apache-2.0 */
/* Versions of one pack: packs with one id whose times in force follow each other. Who uses the pack sees all of them; a
 * name that several of them have is a slot that takes the version in force on the as-of date. */
#include "pack/layering_parts.h"

uint32_t layering_next_version(const struct layering *layering, struct text id, uint32_t from)
{
    for (uint32_t i = from; i < layering->pack_count; i++)
        if (text_equals(layering->packs[i].model->id, id)) return i;
    return UINT32_MAX;
}

bool layering_are_versions(const struct layering *layering, uint32_t left, uint32_t right)
{
    return left != right && text_equals(layering->packs[left].model->id, layering->packs[right].model->id);
}

/* ---- Times that overlap ---- */

bool periods_overlap(const struct pack_period *left, const struct pack_period *right)
{
    return left->first <= right->last && right->first <= left->last;
}

static void report_overlap(struct joining *joining, const struct pack_model *first, const struct pack_model *second)
{
    int32_t from = first->in_force.first > second->in_force.first ? first->in_force.first : second->in_force.first;
    int32_t to = first->in_force.last < second->in_force.last ? first->in_force.last : second->in_force.last;
    char days[2][11];
    date_format(from, days[0]);
    date_format(to, days[1]);
    bool is_open = to >= DATE_LAST;
    joining_fail(joining, report(joining->diagnostics, TUOYU_ERROR_DUPLICATE, second->id_where,
                                 TEXT("versions of one pack are in force one after the other: end the earlier one, or rename one"),
                                 "two packs have the id `%.*s` and are in force together, from %s%s%s",
                                 TEXT_ARGUMENTS(second->id), days[0], is_open ? " on" : " to ", is_open ? "" : days[1]));
    report_note(joining->diagnostics, first->id_where, "the other is here");
}

void join_versions(struct joining *joining)
{
    const struct layering *layering = joining->layering;
    for (uint32_t i = 0; i < layering->pack_count; i++) {
        const struct pack_model *model = layering->packs[i].model;
        for (uint32_t j = layering_next_version(layering, model->id, 0); j < i; j = layering_next_version(layering, model->id, j + 1)) {
            if (!periods_overlap(&layering->packs[j].model->in_force, &model->in_force)) continue;
            report_overlap(joining, layering->packs[j].model, model);
            break;
        }
    }
}

/* ---- Names of several versions ---- */

/* The versions of a pack in the order of their time. */
struct versions {
    uint32_t *packs;
    uint32_t count;
};

static bool list_versions(struct joining *joining, uint32_t first, struct versions *versions)
{
    const struct layering *layering = joining->layering;
    *versions = (struct versions){.packs = ARENA_ARRAY(joining->arena, uint32_t, layering->pack_count)};
    struct text id = layering->packs[first].model->id;
    for (uint32_t i = first; versions->packs && i < layering->pack_count; i = layering_next_version(layering, id, i + 1)) {
        uint32_t at = versions->count++;
        int32_t day = layering->packs[i].model->in_force.first;
        for (; at > 0 && layering->packs[versions->packs[at - 1]].model->in_force.first > day; at--)
            versions->packs[at] = versions->packs[at - 1];
        versions->packs[at] = i;
    }
    return versions->packs != NULL;
}

uint32_t slot_in_version(const struct joining *joining, uint32_t pack, struct text name)
{
    const struct pack_model *model = joining->layering->packs[pack].model;
    uint32_t slot = joining->first_slots[pack];
    size_t count = model->parameter_count + model->definition_count + model->table_count;
    for (size_t i = 0; i < count; i++, slot++)
        if (text_equals(program_slot(&joining->layering->program, slot)->name, name)) return slot;
    return SLOT_NONE;
}

static const struct node *until(struct arena *arena, int32_t last, uint32_t slot, const struct node *later)
{
    const struct node *days[] = {node_symbol(arena, SLOT_AS_OF_INDEX), node_literal(arena, value_date(last))};
    if (!days[0] || !days[1]) return NULL;
    const struct node *parts[] = {node_of(arena, NODE_LESS_EQUAL, 2, days), node_symbol(arena, slot), later};
    return parts[0] && parts[1] ? node_of(arena, NODE_IF, 3, parts) : NULL;
}

/* `if as_of <= the last day of the first then its slot else …`; outside all of them the nearest says that it is not in
 * force. NULL where only one version has the name, and without memory. */
static const struct node *choice_tree(struct joining *joining, const struct versions *versions, struct text name, uint32_t *newest)
{
    const struct layering *layering = joining->layering;
    const struct node *tree = NULL;
    uint32_t found = 0;
    for (uint32_t i = versions->count; i > 0; i--) {
        uint32_t pack = versions->packs[i - 1], slot = slot_in_version(joining, pack, name);
        if (slot == SLOT_NONE) continue;
        if (found++ == 0) {
            *newest = slot;
            tree = node_symbol(joining->arena, slot);
        } else tree = until(joining->arena, layering->packs[pack].model->in_force.last, slot, tree);
        if (!tree) return NULL;
    }
    return found > 1 ? tree : NULL;
}

static void add_choice(struct joining *joining, const struct versions *versions, struct map *choices, struct text name)
{
    struct program *program = &joining->layering->program;
    uint32_t newest = SLOT_NONE;
    if (map_get(choices, name)) return;
    const struct node *tree = choice_tree(joining, versions, name, &newest);
    if (!tree) return;
    const struct slot *like = program_slot(program, newest);
    struct slot slot = {.kind = SLOT_DEFINITION, .name = like->name, .full_name = like->full_name, .label = like->label,
                        .pack = like->pack, .where = like->where, .is_version_choice = true};
    struct formula formula = {.name = slot.name, .full_name = slot.full_name, .tree = tree, .type = TYPE_ANY,
                              .pack = slot.pack, .where = slot.where};
    uint32_t index = program_add(program, &slot);
    if (index == SLOT_NONE) return;
    joining_fail(joining, program_define_formula(program, NULL, index, &formula, joining->diagnostics));
    map_put(choices, name, (void *)((uintptr_t)index + 1));
}

void join_version_names(struct joining *joining)
{
    struct layering *layering = joining->layering;
    for (uint32_t i = 0; i < layering->pack_count && !joining->arena->failed; i++) {
        struct text id = layering->packs[i].model->id;
        struct versions versions;
        bool is_first = layering_next_version(layering, id, 0) == i;
        if (!is_first || layering_next_version(layering, id, i + 1) == UINT32_MAX) continue;
        struct map *choices = ARENA_NEW(joining->arena, struct map);
        if (!choices || !list_versions(joining, i, &versions)) return;
        map_init(choices, joining->arena);
        for (uint32_t j = 0; j < versions.count; j++) {
            const struct pack_model *model = layering->packs[versions.packs[j]].model;
            uint32_t slot = joining->first_slots[versions.packs[j]];
            size_t count = model->parameter_count + model->definition_count + model->table_count;
            layering->packs[versions.packs[j]].choices = choices;
            for (size_t k = 0; k < count; k++, slot++)
                add_choice(joining, &versions, choices, program_slot(&layering->program, slot)->name);
        }
    }
}
