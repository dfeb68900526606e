/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/compiled_policy.h"

#include <string.h>

#include "pack/reader.h"
#include "rules/inputs.h"
#include "rules/lowering.h"
#include "rules/subsidy.h"

/* ---- Texts ---- */

bool language_is_english(const char *language)
{
    return language && strcmp(language, "en") == 0;
}

const char *localised_in(const struct localised *localised, const char *language)
{
    struct text first = localised->zh, second = localised->en;
    if (language_is_english(language)) {
        first = localised->en;
        second = localised->zh;
    }
    return first.bytes ? first.bytes : second.bytes ? second.bytes : "";
}

struct text did_you_mean(char hint[HINT_SIZE], struct text best)
{
    static const struct text QUESTION = {"did you mean ", 13};
    if (!best.bytes || best.length > HINT_SIZE - 20) return TEXT("");
    memcpy(hint, QUESTION.bytes, QUESTION.length);
    memcpy(hint + QUESTION.length, best.bytes, best.length);
    hint[QUESTION.length + best.length] = '?';
    return (struct text){.bytes = hint, .length = QUESTION.length + best.length + 1};
}

/* ---- Rules of a policy ---- */

const struct rule *rule_on(const struct rule *rule, int32_t day)
{
    while (rule->next_version && rule->next_version->first_day <= day) rule = rule->next_version;
    return rule;
}

/* Where an earlier pack is another version of this one, the rule joins its own there, in the order of their days; the first
 * stands for all. */
static bool add_version(struct lowering *lowering, struct rule *rule)
{
    struct tuoyu_policy *policy = lowering->policy;
    for (size_t i = 0; i < policy->rule_count; i++) {
        if (!text_equals(policy->rules[i]->full_name, rule->full_name) || policy->rules[i]->pack == rule->pack) continue;
        if (policy->rules[i]->kind != rule->kind) {
            lowering_fail(lowering, report(lowering->diagnostics, TUOYU_ERROR_COLLISION, rule->where, TEXT("rename one of them"),
                                           "the rule `%.*s` is of another kind in another version of its pack",
                                           TEXT_ARGUMENTS(rule->name)));
            report_note(lowering->diagnostics, policy->rules[i]->where, "the other one is here");
            return true;
        }
        struct rule **place = &policy->rules[i];
        while (*place && (*place)->first_day < rule->first_day) place = &(*place)->next_version;
        rule->next_version = *place;
        *place = rule;
        return true;
    }
    return false;
}

static void add_rule(struct lowering *lowering, struct rule *rule)
{
    struct tuoyu_policy *policy = lowering->policy;
    if (add_version(lowering, rule)) return;
    struct rule **rules = arena_grow(lowering->arena, policy->rules, policy->rule_count, &policy->rule_capacity,
                                           sizeof *rules);
    if (!rules) {
        lowering_fail(lowering, TUOYU_ERROR_NO_MEMORY);
        return;
    }
    policy->rules = rules;
    rules[policy->rule_count++] = rule;
}

#define LOWER_ALL(lowering, kind, type, list, list_count)                                          \
    for (size_t i = 0; i < (list_count) && (lowering)->status != TUOYU_ERROR_NO_MEMORY; i++) {     \
        struct type *made = ARENA_NEW((lowering)->arena, struct type);                             \
        if (!made) lowering_fail((lowering), TUOYU_ERROR_NO_MEMORY);                               \
        else {                                                                                     \
            lower_##kind((lowering), &(list)[i], made);                                            \
            add_rule((lowering), &made->rule);                                                     \
        }                                                                                          \
    }

/* A rule that is made up of other rules is lowered after them all, in whichever pack they stand. */
static void lower_or_keep(struct lowering *lowering, const struct pack_cost_sharing *written)
{
    struct tuoyu_cost_sharing *made = ARENA_NEW(lowering->arena, struct tuoyu_cost_sharing);
    if (!made) {
        lowering_fail(lowering, TUOYU_ERROR_NO_MEMORY);
        return;
    }
    made->written = written;
    made->rule.pack = lowering->pack;
    if (!is_made_up_of_rules(written)) lower_cost_sharing(lowering, written, made);
    add_rule(lowering, &made->rule);
}

static void lower_waiting(struct lowering *lowering)
{
    struct tuoyu_policy *policy = lowering->policy;
    for (size_t i = 0; i < policy->rule_count && lowering->status != TUOYU_ERROR_NO_MEMORY; i++) {
        if (policy->rules[i]->kind) continue;
        struct tuoyu_cost_sharing *waiting = (struct tuoyu_cost_sharing *)policy->rules[i];
        lowering->pack = waiting->rule.pack;
        lower_cost_sharing(lowering, waiting->written, waiting);
    }
}

static void lower_pack(struct lowering *lowering, const struct pack_model *model)
{
    LOWER_ALL(lowering, pricing, tuoyu_pricing, model->pricing, model->pricing_count)
    for (size_t i = 0; i < model->cost_sharing_count && lowering->status != TUOYU_ERROR_NO_MEMORY; i++)
        lower_or_keep(lowering, &model->cost_sharing[i]);
    LOWER_ALL(lowering, eligibility, tuoyu_eligibility, model->eligibility, model->eligibility_count)
    LOWER_ALL(lowering, indicator, tuoyu_indicator, model->indicators, model->indicator_count)
}

/* The first version of a rule that a pack sees, or NULL. */
static struct rule *version_seen(const struct layering *layering, uint32_t pack, struct rule *rule)
{
    while (rule && !layering_sees(layering, pack, rule->pack)) rule = rule->next_version;
    return rule;
}

/* A clash is told once: where one of the two is the pack's own, or where it is their user that joins them. */
static bool is_told_elsewhere(const struct layering *layering, uint32_t pack, const struct rule *left, const struct rule *right)
{
    if (left->pack == pack || right->pack == pack) return false;
    return layering_sees(layering, left->pack, right->pack) || layering_sees(layering, right->pack, left->pack);
}

/* Of two packs of which one uses the other, the lower one is to blame. */
static void report_rules_of_one_name(const struct layering *layering, const struct rule *first, const struct rule *second,
                                     tuoyu_diagnostics *diagnostics)
{
    bool is_second_lower = !layering_sees(layering, first->pack, second->pack);
    report(diagnostics, TUOYU_ERROR_COLLISION, is_second_lower ? second->where : first->where, TEXT("rename one of them"),
           "there are two rules `%.*s`", TEXT_ARGUMENTS(first->name));
    report_note(diagnostics, is_second_lower ? first->where : second->where, "the other one is here");
}

/* Two rules that one pack sees may not have one name. */
static tuoyu_status check_rule_names(const struct tuoyu_policy *policy, tuoyu_diagnostics *diagnostics)
{
    struct layering *layering = policy->layering;
    tuoyu_status first = TUOYU_OK;
    for (uint32_t pack = 0; pack < layering->pack_count; pack++) {
        struct arena scratch;
        struct map seen;
        arena_init(&scratch, &policy->arena.allocator);
        map_init(&seen, &scratch);
        for (size_t i = 0; i < policy->rule_count; i++) {
            struct rule *rule = version_seen(layering, pack, policy->rules[i]);
            if (!rule) continue;
            const struct rule *other = map_get(&seen, rule->name);
            if (!other && !map_put(&seen, rule->name, rule)) first = TUOYU_ERROR_NO_MEMORY;
            if (!other || is_told_elsewhere(layering, pack, rule, other)) continue;
            report_rules_of_one_name(layering, other, rule, diagnostics);
            if (first == TUOYU_OK) first = TUOYU_ERROR_COLLISION;
        }
        arena_free(&scratch);
    }
    return first;
}

/* ---- Worked examples ---- */

static tuoyu_status collect_examples(struct tuoyu_policy *policy, tuoyu_diagnostics *diagnostics)
{
    struct layering *layering = policy->layering;
    tuoyu_status first = TUOYU_OK;
    size_t total = 0;
    for (uint32_t pack = 0; pack < layering->pack_count; pack++) total += layering->packs[pack].model->example_count;
    policy->examples = ARENA_ARRAY(&policy->arena, struct policy_example, total);
    if (!policy->examples) return TUOYU_ERROR_NO_MEMORY;
    for (uint32_t pack = 0; pack < layering->pack_count; pack++) {
        const struct pack_model *model = layering->packs[pack].model;
        for (size_t i = 0; i < model->example_count; i++) {
            const struct pack_example *example = &model->examples[i];
            size_t index = 0;
            tuoyu_status status = policy_find_rule(policy, example->rule.text, 0, pack, example->rule.where, &index, diagnostics);
            if (status != TUOYU_OK && first == TUOYU_OK) first = status;
            const struct rule *rule = status == TUOYU_OK ? policy->rules[index] : NULL;
            policy->examples[policy->example_count++] = (struct policy_example){.example = example, .rule = rule, .pack = pack};
        }
    }
    return first;
}

/* ---- Making ---- */

static tuoyu_status read_models(struct tuoyu_policy *policy, const tuoyu_pack_text *packs, size_t count,
                                struct pack_model **models, tuoyu_diagnostics *diagnostics)
{
    tuoyu_status first = TUOYU_OK;
    for (size_t i = 0; i < count && first != TUOYU_ERROR_NO_MEMORY; i++) {
        struct text name = text_of(packs[i].name, packs[i].name_length), text = text_of(packs[i].text, packs[i].text_length);
        digest_of(text, policy->digests[i].hex);
        tuoyu_status status = pack_read(&policy->arena, name, text, &policy->limits, &models[i], diagnostics);
        if (status != TUOYU_OK && (first == TUOYU_OK || status == TUOYU_ERROR_NO_MEMORY)) first = status;
    }
    return first;
}

/* Each step goes on after the errors of the one before where it can, so that all of them are told at once. */
static tuoyu_status compile(struct tuoyu_policy *policy, const tuoyu_pack_text *packs, size_t count,
                            tuoyu_diagnostics *diagnostics)
{
    struct pack_model **models = ARENA_ARRAY(&policy->arena, struct pack_model *, count);
    policy->digests = ARENA_ARRAY(&policy->arena, struct pack_digest, count);
    if (!models || !policy->digests) return TUOYU_ERROR_NO_MEMORY;
    tuoyu_status status = read_models(policy, packs, count, models, diagnostics);
    if (status != TUOYU_OK) return status;
    status = layering_join(&policy->arena, models, count, &policy->limits, &policy->layering, diagnostics);
    if (status == TUOYU_ERROR_NO_MEMORY || !policy->layering) return status;
    struct lowering lowering = {.policy = policy, .arena = &policy->arena, .layering = policy->layering,
                                .status = status, .diagnostics = diagnostics};
    for (uint32_t pack = 0; pack < policy->layering->pack_count; pack++) {
        lowering.pack = pack;
        lower_pack(&lowering, policy->layering->packs[pack].model);
    }
    lower_waiting(&lowering);
    if (policy->arena.failed) return TUOYU_ERROR_NO_MEMORY;
    lowering_fail(&lowering, check_rule_names(policy, diagnostics));
    lowering_fail(&lowering, collect_examples(policy, diagnostics));
    policy->fact_order = inputs_order(&policy->arena, &policy->layering->program);
    return policy->arena.failed ? TUOYU_ERROR_NO_MEMORY : lowering.status;
}

tuoyu_status policy_compile(const tuoyu_pack_text *packs, size_t count, const tuoyu_allocator *allocator,
                            const tuoyu_limits *limits, struct tuoyu_policy **out, tuoyu_diagnostics *diagnostics)
{
    *out = NULL;
    tuoyu_allocator chosen = allocator_or_default(allocator);
    struct tuoyu_policy *policy = allocator_allocate(&chosen, sizeof *policy);
    if (!policy) return report_no_memory(diagnostics);
    memset(policy, 0, sizeof *policy);
    atomic_init(&policy->references, 1);
    arena_init(&policy->arena, &chosen);
    policy->limits = *limits;
    tuoyu_status status = compile(policy, packs, count, diagnostics);
    if (status != TUOYU_OK) {
        policy_release(policy);
        return status == TUOYU_ERROR_NO_MEMORY ? report_no_memory(diagnostics) : status;
    }
    evaluation_pool_init(&policy->evaluations, &policy->layering->program, &policy->arena.allocator, &policy->limits);
    *out = policy;
    return TUOYU_OK;
}

struct tuoyu_policy *policy_retain(struct tuoyu_policy *policy)
{
    if (policy) atomic_fetch_add_explicit(&policy->references, 1, memory_order_relaxed);
    return policy;
}

void policy_release(struct tuoyu_policy *policy)
{
    if (!policy || atomic_fetch_sub_explicit(&policy->references, 1, memory_order_acq_rel) != 1) return;
    tuoyu_allocator allocator = policy->arena.allocator;
    evaluation_pool_free(&policy->evaluations);
    arena_free(&policy->arena);
    allocator_free(&allocator, policy, sizeof *policy);
}

/* ---- Finding ---- */

static bool is_called(const struct rule *rule, struct text name)
{
    return text_equals(rule->name, name) || text_equals(rule->full_name, name);
}

/* In some version. */
static bool is_in_sight(const struct tuoyu_policy *policy, uint32_t from, const struct rule *rule)
{
    for (; rule && from != UINT32_MAX; rule = rule->next_version)
        if (layering_sees(policy->layering, from, rule->pack)) return true;
    return from == UINT32_MAX;
}

static tuoyu_status report_out_of_sight(const struct tuoyu_policy *policy, const struct rule *rule, struct location where,
                                        tuoyu_diagnostics *diagnostics)
{
    struct text pack = policy->layering->packs[rule->pack].model->id;
    return report(diagnostics, TUOYU_ERROR_UNKNOWN_NAME, where, TEXT("add that pack to `uses`"),
                  "the rule `%.*s` is one of `%.*s`, which this pack does not use", TEXT_ARGUMENTS(rule->name),
                  TEXT_ARGUMENTS(pack));
}

/* One of that name, which is of another kind than was asked for. */
static const struct rule *find_other_kind(const struct tuoyu_policy *policy, struct text name, int32_t kind,
                                          uint32_t from)
{
    for (size_t i = 0; kind && i < policy->rule_count; i++) {
        const struct rule *rule = policy->rules[i];
        if (rule->kind != kind && is_called(rule, name) && is_in_sight(policy, from, rule)) return rule;
    }
    return NULL;
}

static tuoyu_status report_no_rule(const struct tuoyu_policy *policy, struct text name, int32_t kind, uint32_t from,
                                   struct location where, tuoyu_diagnostics *diagnostics)
{
    static const char *const KINDS[] = {"rule", "pricing rule", "cost-sharing rule", "eligibility rule", "indicator"};
    const struct rule *other = find_other_kind(policy, name, kind, from);
    if (other)
        return report(diagnostics, TUOYU_ERROR_NOT_FOUND, where, TEXT("ask for it as what it is"),
                      "there is no %s `%.*s`: it is %s %s", KINDS[kind], TEXT_ARGUMENTS(name),
                      other->kind >= TUOYU_RULE_ELIGIBILITY ? "an" : "a", KINDS[other->kind]);
    struct text best = {NULL, 0};
    size_t distance = SIZE_MAX;
    for (size_t i = 0; i < policy->rule_count; i++) {
        const struct rule *rule = policy->rules[i];
        if (kind && rule->kind != kind) continue;
        if (!is_in_sight(policy, from, rule)) {
            if (is_called(rule, name)) return report_out_of_sight(policy, rule, where, diagnostics);
            continue;
        }
        text_nearest(name, rule->name, &best, &distance);
        text_nearest(name, rule->full_name, &best, &distance);
    }
    char hint[HINT_SIZE];
    return report(diagnostics, from == UINT32_MAX ? TUOYU_ERROR_NOT_FOUND : TUOYU_ERROR_UNKNOWN_NAME, where,
                  did_you_mean(hint, best), "there is no %s `%.*s`", KINDS[kind], TEXT_ARGUMENTS(name));
}

tuoyu_status policy_find_rule(const struct tuoyu_policy *policy, struct text name, int32_t kind, uint32_t from,
                              struct location where, size_t *index, tuoyu_diagnostics *diagnostics)
{
    size_t found = SIZE_MAX;
    for (size_t i = 0; i < policy->rule_count; i++) {
        const struct rule *rule = policy->rules[i];
        bool is_candidate = is_called(rule, name) && (!kind || rule->kind == kind) &&
                            is_in_sight(policy, from, rule);
        if (!is_candidate) continue;
        if (found != SIZE_MAX) {
            const struct rule *other = policy->rules[found];
            return report(diagnostics, TUOYU_ERROR_AMBIGUOUS, where, TEXT("write it with its pack"),
                          "several packs have a rule `%.*s`: `%.*s` and `%.*s`", TEXT_ARGUMENTS(name),
                          TEXT_ARGUMENTS(other->full_name), TEXT_ARGUMENTS(rule->full_name));
        }
        found = i;
    }
    if (found == SIZE_MAX) return report_no_rule(policy, name, kind, from, where, diagnostics);
    *index = found;
    return TUOYU_OK;
}
