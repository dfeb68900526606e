/* SPDX-License-Identifier: Apache-2.0 */
/* Lowers the promises of entities to slots, and binds them to the rules that are held to them. */
#include "rules/promise_lowering.h"

#include <string.h>

#include "rules/promise.h"
#include "rules/rule_kind.h"

/* ---- Lowering ---- */

/* Refuses a promise that reads a fact of another entity, which its records do not have. */
static void check_facts(struct lowering *lowering, const struct promise *promise)
{
    const struct slot *found = NULL;
    if (promise->slot != SLOT_NONE)
        found = lowering_find_foreign_fact(lowering, promise->slot, promise->entity);
    if (!found)
        return;
    lowering_fail(lowering, report(lowering->diagnostics, TUOYU_ERROR_PACK, promise->where,
                                   TEXT("a promise is about one record: name facts of its own"),
                                   "the promise `%.*s` reads `%.*s`, a fact of another entity",
                                   TEXT_ARGUMENTS(promise->name), TEXT_ARGUMENTS(found->name)));
}

/* Lowers one promise. */
static void lower_promise(struct lowering *lowering, const struct pack_entity *entity,
                          const struct pack_promise *written, struct promise *promise)
{
    const struct layered_pack *pack = &lowering->layering->packs[lowering->pack];
    struct rule named = {.name = entity->name}; /* the slot is called after the entity, as after a rule */
    *promise = (struct promise){.entity = entity->name,
                                .because = written->because,
                                .expression = written->that.text,
                                .pack = lowering->pack,
                                .first_day = pack->model->in_force.first,
                                .last_day = pack->model->in_force.last,
                                .where = written->where};
    promise->name =
        text_format(lowering->arena, "%.*s.%.*s", TEXT_ARGUMENTS(entity->name), TEXT_ARGUMENTS(written->id));
    promise->citation = lower_citation(lowering, &written->cite, written->standing, written->where);
    lowering->rule = &named;
    promise->slot = lower_expression(lowering, &pack->scope,
                                     &(struct lowered){.part = written->id,
                                                       .label = &written->because,
                                                       .written = &written->that,
                                                       .cite = &written->cite,
                                                       .standing = written->standing,
                                                       .type = TYPE_BOOLEAN,
                                                       .where = written->where});
    lowering->rule = NULL;
    check_facts(lowering, promise);
}

void lower_promises(struct lowering *lowering)
{
    struct tuoyu_policy *policy = lowering->policy;
    const struct layering *layering = lowering->layering;
    size_t total = 0;
    for (uint32_t pack = 0; pack < layering->pack_count; pack++)
        for (size_t i = 0; i < layering->packs[pack].model->entity_count; i++)
            total += layering->packs[pack].model->entities[i].promise_count;
    policy->promises = ARENA_ARRAY(lowering->arena, struct promise, total);
    for (uint32_t pack = 0; policy->promises && pack < layering->pack_count; pack++) {
        const struct pack_model *model = layering->packs[pack].model;
        lowering->pack = pack;
        for (size_t i = 0; i < model->entity_count; i++)
            for (size_t j = 0; j < model->entities[i].promise_count; j++)
                lower_promise(lowering, &model->entities[i], &model->entities[i].promises[j],
                              &policy->promises[policy->promise_count++]);
    }
}

/* ---- Binding ---- */

/* Whether a fact of the entity is marked as read. */
static bool reads_entity(const struct slot_reads *reads, struct text entity)
{
    for (uint32_t i = 0; i < reads->program->fact_count; i++) {
        uint32_t slot = reads->program->fact_slots[i];
        if (reads->is_read[slot] &&
            text_equals(slot_fact(program_slot(reads->program, slot))->entity, entity))
            return true;
    }
    return false;
}

/* Binds the promises of one version of a rule. */
static bool bind_rule(struct tuoyu_policy *policy, struct rule *rule, struct slot_reads *reads)
{
    const struct program *program = reads->program;
    memset(reads->is_read, 0, program->slot_count * sizeof *reads->is_read);
    slot_reads_mark_version(reads, rule);
    const struct promise **bound = ARENA_ARRAY(&policy->arena, const struct promise *, policy->promise_count);
    if (!bound || !arena_charge(&policy->arena, program->slot_count / 16 + policy->promise_count))
        return false;
    for (size_t i = 0; i < policy->promise_count; i++) {
        const struct promise *promise = &policy->promises[i];
        bool is_held = layering_sees(policy->layering, rule->pack, promise->pack) &&
                       reads_entity(reads, promise->entity);
        if (is_held)
            bound[rule->promise_count++] = promise;
    }
    rule->promises = bound;
    return true;
}

bool bind_promises(struct tuoyu_policy *policy)
{
    struct slot_reads reads;
    if (policy->promise_count == 0)
        return true;
    if (!slot_reads_init(&reads, &policy->arena, &policy->layering->program))
        return false;
    for (size_t i = 0; i < policy->rule_count; i++)
        for (struct rule *rule = policy->rules[i]; rule; rule = rule->next_version)
            if (kind_of_rule(rule)->answer_case && !bind_rule(policy, rule, &reads))
                return false;
    return true;
}
