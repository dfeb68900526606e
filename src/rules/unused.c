/* SPDX-License-Identifier: Apache-2.0 */
/* Marks every slot that some rule can read, and tells of what is left. */
#include "rules/unused.h"

#include "rules/promise.h"

/* One search. */
struct use_search {
    const struct tuoyu_policy *policy;
    struct arena arena;
    bool *is_used; /* by slot */
    tuoyu_diagnostics *diagnostics;
};

static const struct program *program_of(const struct use_search *search)
{
    return &search->policy->layering->program;
}

/* ---- What is used ---- */

/* Marks a slot and all that it can read. The chain of slots bounds the recursion. */
static void mark(struct use_search *search, uint32_t index)
{
    if (search->is_used[index])
        return;
    search->is_used[index] = true;
    const struct slot *slot = program_slot(program_of(search), index);
    for (uint32_t i = 0; i < slot->dependency_count; i++)
        mark(search, slot->dependencies[i]);
}

/* Marks the facts by which an indicator tells regions apart; no expression mentions them. */
static void mark_regions(struct use_search *search, const struct tuoyu_indicator *indicator)
{
    const struct program *program = program_of(search);
    for (size_t i = 0; i < indicator->region_count; i++) {
        const struct region_kind *region = &indicator->regions[i];
        mark(search, program->fact_slots[region->id_fact]);
        for (size_t j = 0; j < indicator->aggregate_count; j++)
            mark(search, program->fact_slots[region->facts[j]]);
    }
    for (size_t i = 0; i < indicator->number_count; i++)
        mark(search, program->fact_slots[indicator->numbers[i].region_fact]);
    if (indicator->number_count)
        mark(search, program->fact_slots[indicator->number_id_fact]);
}

/* Marks what promises read. */
static void mark_promises(struct use_search *search)
{
    for (size_t i = 0; i < search->policy->promise_count; i++)
        mark(search, search->policy->promises[i].slot);
}

/* Marks what a rule reads. */
static void mark_rule(struct use_search *search, const struct rule *rule)
{
    for (uint32_t i = rule->first_slot; i < rule->slot_end; i++)
        mark(search, i);
    if (rule->kind == TUOYU_RULE_INDICATOR)
        mark_regions(search, indicator_of(rule));
}

/* Whether a source of a pack is cited by one that sees it; a worked example may cite it, too. */
static bool is_cited(const struct use_search *search, uint32_t pack, const struct pack_source *source)
{
    const struct layering *layering = search->policy->layering;
    for (uint32_t i = 0; i < layering->pack_count; i++) {
        if (!layering_sees(layering, i, pack))
            continue;
        if (map_get(&layering->packs[i].cited, source->id) == source)
            return true;
        const struct pack_model *model = layering->packs[i].model;
        for (size_t j = 0; j < model->example_count; j++)
            if (text_equals(model->examples[j].cite.source, source->id))
                return true;
    }
    return false;
}

/* ---- What is told ---- */

/* Warns of a name that no rule reads. kind: what it is, such as "parameter". */
static void warn_of(struct use_search *search, const char *kind, struct text name, struct location where)
{
    report_warning(search->diagnostics, TUOYU_ERROR_PACK, where,
                   TEXT("is it left out of a formula? Else remove it, or give the packs that use it, too"),
                   "no rule of these packs uses the %s `%.*s`", kind, TEXT_ARGUMENTS(name));
}

/* The slot that a pack's own name has, or SLOT_NONE. */
static uint32_t own_slot(const struct use_search *search, uint32_t pack, struct text name)
{
    return scope_find(&search->policy->layering->packs[pack].scope, name);
}

/* Whether a name of a pack is read by some rule. What has no slot was reported already. */
static bool is_read(const struct use_search *search, uint32_t pack, struct text name)
{
    uint32_t slot = own_slot(search, pack, name);
    return slot == SLOT_NONE || search->is_used[slot];
}

/* Whether a fact tells records apart or links them, as `child.id` and `child.institution` do. Files have such
 * columns though no formula reads them. */
static bool is_key(const struct use_search *search, const struct pack_fact *fact)
{
    return text_equals(fact->field, TEXT("id")) ||
           map_get(&search->policy->layering->entities, fact->field) != NULL;
}

/* Tells of all that no rule reads in a pack. */
static void tell_of_pack(struct use_search *search, uint32_t pack)
{
    const struct pack_model *model = search->policy->layering->packs[pack].model;
    for (size_t i = 0; i < model->source_count; i++)
        if (!is_cited(search, pack, &model->sources[i]))
            report_note(search->diagnostics, model->sources[i].where, "nothing cites the source `%.*s`",
                        TEXT_ARGUMENTS(model->sources[i].id));
    for (size_t i = 0; i < model->fact_count; i++)
        if (!is_key(search, &model->facts[i]) && !is_read(search, pack, model->facts[i].name))
            warn_of(search, "fact", model->facts[i].name, model->facts[i].where);
    for (size_t i = 0; i < model->parameter_count; i++)
        if (!is_read(search, pack, model->parameters[i].name))
            warn_of(search, "parameter", model->parameters[i].name, model->parameters[i].where);
    for (size_t i = 0; i < model->definition_count; i++)
        if (!is_read(search, pack, model->definitions[i].name))
            warn_of(search, "definition", model->definitions[i].name, model->definitions[i].where);
    for (size_t i = 0; i < model->table_count; i++)
        if (!is_read(search, pack, model->tables[i].name))
            warn_of(search, "table", model->tables[i].name, model->tables[i].where);
}

/* Whether a pack answers for itself: it has a rule, and no other pack uses it. */
static bool stands_alone(const struct tuoyu_policy *policy, uint32_t pack)
{
    const struct layering *layering = policy->layering;
    const struct pack_model *model = layering->packs[pack].model;
    for (uint32_t i = 0; i < layering->pack_count; i++)
        if (i != pack && layering_sees(layering, i, pack))
            return false;
    return model->pricing_count || model->cost_sharing_count || model->eligibility_count ||
           model->indicator_count;
}

tuoyu_status find_unused(const struct tuoyu_policy *policy, tuoyu_diagnostics *diagnostics)
{
    struct use_search search = {.policy = policy, .diagnostics = diagnostics};
    arena_init(&search.arena, &policy->arena.allocator);
    search.is_used = ARENA_ARRAY(&search.arena, bool, policy->layering->program.slot_count);
    if (!search.is_used) {
        arena_free(&search.arena);
        return report_no_memory(diagnostics);
    }
    mark_promises(&search);
    for (size_t i = 0; i < policy->rule_count; i++)
        for (const struct rule *rule = policy->rules[i]; rule; rule = rule->next_version)
            mark_rule(&search, rule);
    for (uint32_t i = 0; i < policy->layering->pack_count; i++)
        if (stands_alone(policy, i))
            tell_of_pack(&search, i);
    arena_free(&search.arena);
    return TUOYU_OK;
}
