/* SPDX-License-Identifier: Apache-2.0 */
/* Makes a policy with some parameters changed. The packs, names, formulas, tables and facts are those of the
 * policy that it is made of; its own are the changed parameters, the list of slots, the rules, because a rule
 * knows its policy, and the registers. */
#include "rules/scenario.h"

#include <assert.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "base/plain_text.h"
#include "pack/changed_parameter.h"
#include "rules/rule_kind.h"

/* A change stands in no text of a pack. */
static const struct location NOWHERE = {.source = NULL};

/* ---- What is shared, and what is copied ---- */

/* Where the members of a policy that a scenario shares begin and end. */
enum {
    SHARED_FROM = offsetof(struct tuoyu_policy, limits),
    SHARED_TO = offsetof(struct tuoyu_policy, evaluations)
};

/* A copy of a rule and its versions for the scenario; NULL when memory is refused. */
static struct rule *copy_rule(struct tuoyu_policy *scenario, const struct rule *rule)
{
    struct rule *first = NULL, **place = &first;
    for (; rule; rule = rule->next_version) {
        size_t size = kind_of_rule(rule)->size;
        struct rule *copy = arena_allocate(&scenario->arena, size);
        if (!copy)
            return NULL;
        memcpy(copy, rule, size);
        copy->policy = scenario;
        *place = copy;
        place = &copy->next_version;
    }
    return first;
}

/* Gives the scenario copies of all rules. Returns false when memory is refused. */
static bool copy_rules(struct tuoyu_policy *scenario, const struct tuoyu_policy *root)
{
    scenario->rules = ARENA_ARRAY(&scenario->arena, struct rule *, root->rule_count);
    scenario->rule_count = scenario->rule_capacity = root->rule_count;
    for (size_t i = 0; scenario->rules && i < root->rule_count; i++) {
        scenario->rules[i] = copy_rule(scenario, root->rules[i]);
        if (!scenario->rules[i])
            return false;
    }
    return scenario->rules != NULL;
}

/* Gives the scenario a program with a list of slots of its own. Returns false when memory is refused. */
static bool copy_program(struct tuoyu_policy *scenario, const struct tuoyu_policy *root)
{
    struct layering *layering = ARENA_NEW(&scenario->arena, struct layering);
    if (!layering)
        return false;
    *layering = *root->layering;
    struct program *program = &layering->program;
    struct slot **slots = ARENA_ARRAY(&scenario->arena, struct slot *, program->slot_count);
    if (!slots)
        return false;
    memcpy(slots, program->slots, program->slot_count * sizeof *slots);
    program->slots = slots;
    program->slot_capacity = program->slot_count;
    program->arena = layering->arena = &scenario->arena;
    scenario->layering = layering;
    return true;
}

/* A policy without changes that shares what it can with the root, to which it holds a reference; NULL when
 * memory is refused. */
static struct tuoyu_policy *share(struct tuoyu_policy *root)
{
    tuoyu_allocator allocator = root->arena.allocator;
    struct tuoyu_policy *scenario = allocator_allocate(&allocator, sizeof *scenario);
    if (!scenario)
        return NULL;
    memset(scenario, 0, sizeof *scenario);
    atomic_init(&scenario->references, 1);
    arena_init(&scenario->arena, &allocator);
    scenario->base = policy_ref(root);
    memcpy((char *)scenario + SHARED_FROM, (const char *)root + SHARED_FROM, SHARED_TO - SHARED_FROM);
    if (copy_program(scenario, root) && copy_rules(scenario, root))
        return scenario;
    policy_unref(scenario);
    return NULL;
}

/* ---- Finding parameters ---- */

/* Reports a name that no parameter has. */
static tuoyu_status report_unknown(const struct program *program, struct text name,
                                   tuoyu_diagnostics *diagnostics)
{
    struct text best = {NULL, 0};
    size_t distance = SIZE_MAX;
    char hint[HINT_SIZE];
    for (uint32_t i = 0; diagnostics && i < program->slot_count; i++) {
        if (program->slots[i]->kind != SLOT_PARAMETER)
            continue;
        text_nearest(name, program->slots[i]->name, &best, &distance);
        text_nearest(name, program->slots[i]->full_name, &best, &distance);
    }
    return report(diagnostics, TUOYU_ERROR_NOT_FOUND, NOWHERE, did_you_mean(hint, best),
                  "there is no parameter `%.*s`", TEXT_ARGUMENTS(name));
}

/* The full name of the parameter that has this full or short name, in *full_name. A full name wins. Returns
 * TUOYU_OK, or TUOYU_ERROR_NOT_FOUND or _AMBIGUOUS, reported. */
static tuoyu_status find_parameter(const struct program *program, struct text name, struct text *full_name,
                                   tuoyu_diagnostics *diagnostics)
{
    const struct slot *found = NULL, *other = NULL;
    for (uint32_t i = 0; i < program->slot_count; i++) {
        const struct slot *slot = program->slots[i];
        if (slot->kind != SLOT_PARAMETER)
            continue;
        if (text_equals(slot->full_name, name)) {
            *full_name = slot->full_name;
            return TUOYU_OK;
        }
        if (!text_equals(slot->name, name))
            continue;
        if (found && !text_equals(found->full_name, slot->full_name))
            other = slot;
        else
            found = slot;
    }
    if (!found)
        return report_unknown(program, name, diagnostics);
    if (other)
        return report(diagnostics, TUOYU_ERROR_AMBIGUOUS, NOWHERE, TEXT("write it with its pack"),
                      "several packs have a parameter `%.*s`: `%.*s` and `%.*s`", TEXT_ARGUMENTS(name),
                      TEXT_ARGUMENTS(found->full_name), TEXT_ARGUMENTS(other->full_name));
    *full_name = found->full_name;
    return TUOYU_OK;
}

/* The declaration of a parameter's slot. */
static const struct pack_parameter *declaration_of(const struct tuoyu_policy *policy, const struct slot *slot)
{
    const struct pack_model *model = policy->layering->packs[slot->pack].model;
    size_t i = 0;
    while (i < model->parameter_count && !text_equals(model->parameters[i].name, slot->name))
        i++;
    assert(i < model->parameter_count); /* the slot was made of it */
    return &model->parameters[i];
}

/* ---- Changing ---- */

/* Changes a parameter in all versions of its pack. A change that concerns only some of them is no error.
 * Returns TUOYU_OK or the error of the last version, reported. */
static tuoyu_status change_parameter(struct tuoyu_policy *scenario, const struct policy_change *change,
                                     tuoyu_diagnostics *diagnostics)
{
    struct program *program = &scenario->layering->program;
    const struct parameter_change applied = {.operation = change->operation,
                                             .value = change->value,
                                             .reason = change->reason,
                                             .first_day = change->first_day};
    for (uint32_t i = 0; i < program->slot_count; i++) {
        const struct slot *slot = program->slots[i];
        if (slot->kind != SLOT_PARAMETER || !text_equals(slot->full_name, change->parameter))
            continue;
        struct slot *copy = ARENA_NEW(&scenario->arena, struct slot);
        if (!copy)
            return TUOYU_ERROR_NO_MEMORY;
        *copy = *slot;
        tuoyu_status status = parameter_apply_change(&scenario->arena, declaration_of(scenario, slot),
                                                     &applied, copy, diagnostics);
        if (status != TUOYU_OK)
            return status;
        program->slots[i] = copy;
    }
    return TUOYU_OK;
}

/* Checks a change that was given and copies it, with the full name of its parameter. Returns TUOYU_OK or an
 * error, reported where it is one of the texts or the day. */
static tuoyu_status read_change(struct tuoyu_policy *scenario, const tuoyu_change *given,
                                struct policy_change *change, tuoyu_diagnostics *diagnostics)
{
    if (!given->parameter || !given->value || given->operation < TUOYU_CHANGE_SET ||
        given->operation > TUOYU_CHANGE_SCALE)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    struct text value = text_without_outer_space(text_of(given->value, given->value_length)),
                reason = given->reason ? text_of(given->reason, given->reason_length) : TEXT("");
    reason = text_without_outer_space(reason);
    if (!text_is_plain(value) || !text_is_plain(reason))
        return report(diagnostics, TUOYU_ERROR_ENCODING, NOWHERE, TEXT("write it in one line of plain text"),
                      "the value or the reason of a change holds a control character, or is not UTF-8");
    bool is_dated = given->first_day != TUOYU_CHANGE_ALL_DAYS;
    if (is_dated && (given->first_day < DATE_FIRST || given->first_day > DATE_LAST))
        return report(diagnostics, TUOYU_ERROR_DATE, NOWHERE, TEXT(""),
                      "the first day of a change is outside the years 0001 to 9999");
    struct text name = text_of(given->parameter, given->parameter_length), full_name = {NULL, 0};
    tuoyu_status status =
        find_parameter(&scenario->layering->program, text_without_outer_space(name), &full_name, diagnostics);
    *change = (struct policy_change){.parameter = full_name,
                                     .operation = given->operation,
                                     .value = text_copy(&scenario->arena, value),
                                     .first_day = given->first_day,
                                     .reason = text_copy(&scenario->arena, reason)};
    return status == TUOYU_OK && scenario->arena.failed ? TUOYU_ERROR_NO_MEMORY : status;
}

/* Makes the changes that the base has, which are no news, and then the new ones. Returns TUOYU_OK or the
 * first error. */
static tuoyu_status make_changes(struct tuoyu_policy *scenario, const struct tuoyu_policy *base,
                                 const tuoyu_change *given, size_t count, tuoyu_diagnostics *diagnostics)
{
    if (count > SIZE_MAX / sizeof(struct policy_change) - base->change_count)
        return TUOYU_ERROR_NO_MEMORY;
    struct policy_change *changes =
        ARENA_ARRAY(&scenario->arena, struct policy_change, base->change_count + count);
    if (!changes)
        return TUOYU_ERROR_NO_MEMORY;
    scenario->changes = changes;
    for (size_t i = 0; i < base->change_count + count; i++) {
        bool is_new = i >= base->change_count;
        tuoyu_status status = TUOYU_OK;
        if (is_new) {
            status = read_change(scenario, &given[i - base->change_count], &changes[i], diagnostics);
        } else {
            changes[i] = base->changes[i];
            changes[i].value = text_copy(&scenario->arena, base->changes[i].value);
            changes[i].reason = text_copy(&scenario->arena, base->changes[i].reason);
            status = scenario->arena.failed ? TUOYU_ERROR_NO_MEMORY : TUOYU_OK;
        }
        if (status == TUOYU_OK)
            status = change_parameter(scenario, &changes[i], is_new ? diagnostics : NULL);
        if (status != TUOYU_OK)
            return status;
        scenario->change_count++;
    }
    return TUOYU_OK;
}

tuoyu_status scenario_make(struct tuoyu_policy *base, const tuoyu_change *changes, size_t count,
                           struct tuoyu_policy **out, tuoyu_diagnostics *diagnostics)
{
    *out = NULL;
    struct tuoyu_policy *scenario = share(base->base ? base->base : base);
    if (!scenario)
        return report_no_memory(diagnostics);
    tuoyu_status status = make_changes(scenario, base, changes, count, diagnostics);
    if (status != TUOYU_OK) {
        policy_unref(scenario);
        return status == TUOYU_ERROR_NO_MEMORY ? report_no_memory(diagnostics) : status;
    }
    policy_open_evaluations(scenario);
    *out = scenario;
    return TUOYU_OK;
}

/* ---- Identity ---- */

void scenario_digest(const struct tuoyu_policy *policy, char hex[DIGEST_TEXT_SIZE])
{
    struct digest digest;
    digest_init(&digest);
    for (size_t i = 0; i < policy->change_count; i++) {
        const struct policy_change *change = &policy->changes[i];
        char head[40];
        snprintf(head, sizeof head, "%d %d %zu ", (int)change->operation, (int)change->first_day,
                 change->value.length);
        digest_add(&digest, text_of(head, TUOYU_NUL_TERMINATED));
        digest_add(&digest, change->value);
        digest_add(&digest, change->parameter);
        digest_add(&digest, TEXT("\n"));
    }
    digest_to_text(&digest, hex);
}
