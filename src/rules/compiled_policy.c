/* SPDX-License-Identifier: Apache-2.0 */
/* Compiles packs into a policy: reads and joins them, lowers their rules, checks names, and finds rules by
 * name. */
#include "rules/compiled_policy.h"

#include <string.h>

#include "pack/covered_days.h"
#include "pack/reader.h"
#include "program/conditions.h"
#include "program/constants.h"
#include "program/table_analysis.h"
#include "rules/day_gaps.h"
#include "rules/inputs.h"
#include "rules/promise_lowering.h"
#include "rules/rule_kind.h"

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
    if (!best.bytes || best.length > HINT_SIZE - 20)
        return TEXT("");
    return message_write(hint, HINT_SIZE, "did you mean %.*s?", TEXT_ARGUMENTS(best));
}

/* ---- Rules of a policy ---- */

const struct rule *rule_on(const struct rule *rule, int32_t day)
{
    while (rule->next_version && rule->next_version->first_day <= day)
        rule = rule->next_version;
    return rule;
}

/* Rules of the same short name: indices of the first and the last. policy->next_namesake leads from each
 * to the next. */
struct namesakes {
    uint32_t first, last;
};

/* Enters a rule under its full name, and at the end of those of its short name. Returns false when memory
 * is refused. */
static bool index_rule(struct tuoyu_policy *policy, uint32_t index)
{
    const struct rule *rule = policy->rules[index];
    struct namesakes *namesakes = map_get(&policy->rules_by_name, rule->name);
    policy->next_namesake[index] = UINT32_MAX;
    if (!map_put(&policy->rules_by_full_name, rule->full_name, (void *)((uintptr_t)index + 1)))
        return false;
    if (namesakes) {
        policy->next_namesake[namesakes->last] = index;
        namesakes->last = index;
        return true;
    }
    namesakes = ARENA_NEW(&policy->arena, struct namesakes);
    if (!namesakes || !map_put(&policy->rules_by_name, rule->name, namesakes))
        return false;
    *namesakes = (struct namesakes){.first = index, .last = index};
    return true;
}

/* If an earlier pack is another version of this rule's pack and has the rule, inserts the rule among its
 * versions by first day; policy->rules has the earliest of them. Returns false if there is no other
 * version, and true if there is one, even if it is of another kind, which is reported. */
static bool add_version(struct lowering *lowering, struct rule *rule)
{
    struct tuoyu_policy *policy = lowering->policy;
    uintptr_t found = (uintptr_t)map_get(&policy->rules_by_full_name, rule->full_name);
    if (!found)
        return false;
    struct rule **place = &policy->rules[found - 1];
    if ((*place)->kind != rule->kind) {
        lowering_fail(lowering, report(lowering->diagnostics, TUOYU_ERROR_COLLISION, rule->where,
                                       TEXT("rename one of them"),
                                       "the rule `%.*s` is of another kind in another version of its pack",
                                       TEXT_ARGUMENTS(rule->name)));
        report_note(lowering->diagnostics, (*place)->where, "the other one is here");
        return true;
    }
    while (*place && (*place)->first_day < rule->first_day && arena_charge(lowering->arena, 1))
        place = &(*place)->next_version;
    rule->next_version = *place;
    *place = rule;
    return true;
}

/* Makes room for one more rule and its next_namesake. Returns false when memory is refused. */
static bool grow_rules(struct tuoyu_policy *policy)
{
    size_t count = policy->rule_count;
    struct rule **rules =
        arena_grow(&policy->arena, policy->rules, count, &policy->rule_capacity, sizeof *rules);
    if (rules)
        policy->rules = rules;
    uint32_t *next =
        arena_grow(&policy->arena, policy->next_namesake, count, &policy->namesake_capacity, sizeof *next);
    if (next)
        policy->next_namesake = next;
    return rules && next;
}

/* Adds a rule to the policy, as a version of another one or by itself. Its name, full name, kind and days
 * are known. */
static void add_rule(struct lowering *lowering, struct rule *rule)
{
    struct tuoyu_policy *policy = lowering->policy;
    if (!rule->full_name.bytes || add_version(lowering, rule))
        return;
    if (!grow_rules(policy)) {
        lowering_fail(lowering, TUOYU_ERROR_NO_MEMORY);
        return;
    }
    policy->rules[policy->rule_count] = rule;
    if (!index_rule(policy, (uint32_t)policy->rule_count++))
        lowering_fail(lowering, TUOYU_ERROR_NO_MEMORY);
}

/* Notes which slots were added for a rule. */
static void set_slots(const struct lowering *lowering, struct rule *rule, uint32_t first_slot)
{
    rule->first_slot = first_slot;
    rule->slot_end = lowering->layering->program.slot_count;
}

/* Lowers all rules of a pack, kind by kind; rules that are made up of other rules are only put in line. */
static void lower_pack(struct lowering *lowering, const struct pack_model *model)
{
    for (int32_t number = 1; number < RULE_KIND_COUNT; number++) {
        const struct rule_kind *kind = rule_kind_at(number);
        size_t count = kind->count(model);
        for (size_t i = 0; i < count && lowering->status != TUOYU_ERROR_NO_MEMORY; i++) {
            uint32_t first_slot = lowering->layering->program.slot_count;
            struct rule *made = kind->lower(lowering, model, i);
            if (made)
                set_slots(lowering, made, first_slot);
            if (made)
                add_rule(lowering, made);
            else
                lowering_fail(lowering, TUOYU_ERROR_NO_MEMORY);
        }
    }
}

/* Lowers the rules that were put in line, now that all others of every pack are lowered. */
static void lower_waiting(struct lowering *lowering)
{
    for (int32_t number = 1; number < RULE_KIND_COUNT; number++)
        if (rule_kind_at(number)->lower_waiting)
            rule_kind_at(number)->lower_waiting(lowering);
}

/* The first version of a rule that a pack sees, or NULL. */
static struct rule *version_seen(const struct layering *layering, uint32_t pack, struct rule *rule)
{
    while (rule && !layering_sees(layering, pack, rule->pack))
        rule = rule->next_version;
    return rule;
}

/* True if another pack reports that these two rules have one name. A clash is reported once: by the pack
 * that has one of the two, or by the pack that uses both if neither of theirs sees the other. */
static bool is_told_elsewhere(const struct layering *layering, uint32_t pack, const struct rule *left,
                              const struct rule *right)
{
    if (left->pack == pack || right->pack == pack)
        return false;
    return layering_sees(layering, left->pack, right->pack) ||
           layering_sees(layering, right->pack, left->pack);
}

/* Reports two rules of one name. The error stands at the pack that uses the other one, and the note at the
 * other one. */
static void report_rules_of_one_name(const struct layering *layering, const struct rule *first,
                                     const struct rule *second, tuoyu_diagnostics *diagnostics)
{
    bool is_second_lower = !layering_sees(layering, first->pack, second->pack);
    report(diagnostics, TUOYU_ERROR_COLLISION, is_second_lower ? second->where : first->where,
           TEXT("rename one of them"), "there are two rules `%.*s`", TEXT_ARGUMENTS(first->name));
    report_note(diagnostics, is_second_lower ? first->where : second->where, "the other one is here");
}

/* Reports rules of one name that this pack sees. Returns TUOYU_ERROR_COLLISION if there are two, else
 * TUOYU_OK. */
static tuoyu_status check_namesakes(struct tuoyu_policy *policy, const struct namesakes *namesakes,
                                    uint32_t pack, tuoyu_diagnostics *diagnostics)
{
    struct layering *layering = policy->layering;
    const struct rule *first = NULL;
    tuoyu_status status = TUOYU_OK;
    for (uint32_t i = namesakes->first; i != UINT32_MAX && arena_charge(&policy->arena, 2);
         i = policy->next_namesake[i]) {
        const struct rule *rule = version_seen(layering, pack, policy->rules[i]);
        if (!rule || (first && is_told_elsewhere(layering, pack, rule, first)))
            continue;
        if (first) {
            report_rules_of_one_name(layering, first, rule, diagnostics);
            status = TUOYU_ERROR_COLLISION;
        } else {
            first = rule;
        }
    }
    return status;
}

/* Reports every two rules of one name that some pack sees. Returns the first error. */
static tuoyu_status check_rule_names(struct tuoyu_policy *policy, tuoyu_diagnostics *diagnostics)
{
    tuoyu_status first = TUOYU_OK;
    for (size_t i = 0; i < policy->rules_by_name.count; i++) {
        const struct namesakes *namesakes = policy->rules_by_name.entries[i].value;
        for (uint32_t pack = 0; namesakes->first != namesakes->last && pack < policy->layering->pack_count;
             pack++) {
            tuoyu_status status = check_namesakes(policy, namesakes, pack, diagnostics);
            if (first == TUOYU_OK)
                first = status;
        }
    }
    return first;
}

/* ---- Worked examples ---- */

/* Collects the worked examples of all packs and finds the rule of each; an unknown rule is reported.
 * Returns the first error. */
static tuoyu_status collect_examples(struct tuoyu_policy *policy, tuoyu_diagnostics *diagnostics)
{
    struct layering *layering = policy->layering;
    tuoyu_status first = TUOYU_OK;
    size_t total = 0;
    for (uint32_t pack = 0; pack < layering->pack_count; pack++)
        total += layering->packs[pack].model->example_count;
    policy->examples = ARENA_ARRAY(&policy->arena, struct policy_example, total);
    if (!policy->examples)
        return TUOYU_ERROR_NO_MEMORY;
    for (uint32_t pack = 0; pack < layering->pack_count; pack++) {
        const struct pack_model *model = layering->packs[pack].model;
        for (size_t i = 0; i < model->example_count; i++) {
            const struct pack_example *example = &model->examples[i];
            size_t index = 0;
            tuoyu_status status = policy_find_rule(policy, example->rule.text, 0, pack, example->rule.where,
                                                   &index, diagnostics);
            if (status != TUOYU_OK && first == TUOYU_OK)
                first = status;
            policy->examples[policy->example_count++] =
                (struct policy_example){.example = example, .rule = index, .pack = pack};
        }
    }
    return first;
}

/* ---- Making ---- */

/* Reads each pack and computes its digest. Goes on after an error, except that of memory, and returns the
 * first. */
static tuoyu_status read_models(struct tuoyu_policy *policy, const tuoyu_pack_text *packs, size_t count,
                                struct pack_model **models, tuoyu_diagnostics *diagnostics)
{
    tuoyu_status first = TUOYU_OK;
    for (size_t i = 0; i < count && first != TUOYU_ERROR_NO_MEMORY; i++) {
        struct text name = text_of(packs[i].name, packs[i].name_length),
                    text = text_of(packs[i].text, packs[i].text_length);
        digest_of(text, policy->digests[i].hex);
        tuoyu_status status = pack_read(&policy->arena, name, text, &policy->limits, &models[i], diagnostics);
        if (status != TUOYU_OK && (first == TUOYU_OK || status == TUOYU_ERROR_NO_MEMORY))
            first = status;
    }
    return first;
}

/* Reads, joins and lowers the packs into the policy. Each step goes on after errors of the step before
 * where it can, so that all of them are reported at once. Returns the first. */
static tuoyu_status compile(struct tuoyu_policy *policy, const tuoyu_pack_text *packs, size_t count,
                            const struct load_request *request, tuoyu_diagnostics *diagnostics)
{
    struct pack_model **models = ARENA_ARRAY(&policy->arena, struct pack_model *, count);
    policy->digests = ARENA_ARRAY(&policy->arena, struct pack_digest, count);
    if (!models || !policy->digests)
        return TUOYU_ERROR_NO_MEMORY;
    tuoyu_status status = read_models(policy, packs, count, models, diagnostics);
    if (status != TUOYU_OK)
        return status;
    status = layering_join(&policy->arena, models, count, &policy->limits, &policy->layering, diagnostics);
    if (status == TUOYU_ERROR_NO_MEMORY || !policy->layering)
        return status;
    map_init(&policy->rules_by_name, &policy->arena);
    map_init(&policy->rules_by_full_name, &policy->arena);
    struct lowering lowering = {.policy = policy,
                                .arena = &policy->arena,
                                .layering = policy->layering,
                                .status = status,
                                .diagnostics = diagnostics};
    lowering.last_waiting = &lowering.first_waiting;
    for (uint32_t pack = 0; pack < policy->layering->pack_count; pack++) {
        lowering.pack = pack;
        lower_pack(&lowering, policy->layering->packs[pack].model);
    }
    lower_waiting(&lowering);
    lower_promises(&lowering);
    if (policy->arena.failed || !bind_promises(policy))
        return TUOYU_ERROR_NO_MEMORY;
    lowering_fail(&lowering, check_rule_names(policy, diagnostics));
    lowering_fail(&lowering, collect_examples(policy, diagnostics));
    policy->fact_order = inputs_order(&policy->arena, &policy->layering->program);
    if (policy->arena.failed)
        return TUOYU_ERROR_NO_MEMORY;
    lowering_fail(&lowering, check_constants(&policy->layering->program, request->quota, diagnostics));
    if (request->is_analysed && lowering.status == TUOYU_OK) {
        warn_of_idle_values(policy->layering, diagnostics);
        lowering_fail(&lowering, warn_of_day_gaps(policy, request->quota, diagnostics));
    }
    lowering_fail(&lowering, analyse_tables(&policy->layering->program, request->is_analysed, request->quota,
                                            diagnostics));
    if (request->is_analysed && lowering.status == TUOYU_OK)
        lowering_fail(&lowering, warn_of_conditions(&policy->layering->program, request->quota, diagnostics));
    return lowering.status;
}

struct quota quota_of_load(const tuoyu_limits *limits)
{
    enum { DEFAULT_STEPS = 10000000, DEFAULT_BYTES = 32 * 1024 * 1024 };
    struct quota quota;
    quota_init(&quota, limits->load_steps ? limits->load_steps : DEFAULT_STEPS,
               limits->load_bytes ? limits->load_bytes : DEFAULT_BYTES);
    return quota;
}

/* Reports which limit of the load was reached, or that it was cancelled, instead of the missing memory that
 * it looked like to the steps. */
static tuoyu_status report_quota_end(const struct quota *quota, tuoyu_diagnostics *diagnostics)
{
    diagnostics_withdraw(diagnostics, TUOYU_ERROR_NO_MEMORY);
    if (quota->end == QUOTA_CANCELLED)
        return report_last(diagnostics, TUOYU_ERROR_CANCELLED, TEXT(""), "the load was cancelled");
    if (quota->end == QUOTA_STEPS_ENDED)
        return report_last(diagnostics, TUOYU_ERROR_LIMIT,
                           TEXT("load fewer or smaller packs together, or raise the limit load_steps"),
                           "loading takes more than %llu steps", (unsigned long long)quota->steps_most);
    return report_last(diagnostics, TUOYU_ERROR_LIMIT,
                       TEXT("load fewer or smaller packs together, or raise the limit load_bytes"),
                       "loading takes more than %zu bytes of memory", quota->bytes_most);
}

void policy_open_evaluations(struct tuoyu_policy *policy)
{
    evaluation_pool_init(&policy->evaluations, &policy->layering->program, &policy->arena.allocator,
                         &policy->limits);
    policy->evaluations.interrupt = policy->interrupt;
    policy->evaluations.interrupt_context = policy->interrupt_context;
}

tuoyu_status policy_compile(const tuoyu_pack_text *packs, size_t count, const struct load_request *request,
                            struct tuoyu_policy **out, tuoyu_diagnostics *diagnostics)
{
    *out = NULL;
    tuoyu_allocator chosen = allocator_or_default(request->allocator);
    struct tuoyu_policy *policy = allocator_allocate(&chosen, sizeof *policy);
    if (!policy)
        return report_no_memory(diagnostics);
    memset(policy, 0, sizeof *policy);
    atomic_init(&policy->references, 1);
    arena_init(&policy->arena, &chosen);
    policy->arena.quota = request->quota;
    quota_reserve(request->quota, sizeof *policy); /* once the quota is used up, the arenas refuse memory */
    policy->limits = *request->limits;
    policy->interrupt = request->quota->interrupt;
    policy->interrupt_context = request->quota->interrupt_context;
    tuoyu_status status = compile(policy, packs, count, request, diagnostics);
    diagnostics_pass_over(diagnostics, NULL, 0);
    if (request->quota->end == QUOTA_CANCELLED)
        status = TUOYU_ERROR_NO_MEMORY; /* as it looked to the steps */
    if (status != TUOYU_OK) {
        policy_unref(policy);
        if (status != TUOYU_ERROR_NO_MEMORY)
            return status;
        return request->quota->end == QUOTA_IS_LEFT ? report_no_memory(diagnostics)
                                                    : report_quota_end(request->quota, diagnostics);
    }
    policy->arena.quota = NULL; /* the quota was for the load only */
    policy_open_evaluations(policy);
    *out = policy;
    return TUOYU_OK;
}

tuoyu_status policy_sort(const struct tuoyu_policy *policy, void *pointers, size_t count, void *scratch,
                         merge_sort_order order, const void *context)
{
    bool is_sorted = merge_sort_or_stop(pointers, count, scratch, order, context, policy->interrupt,
                                        policy->interrupt_context);
    return is_sorted ? TUOYU_OK : TUOYU_ERROR_CANCELLED;
}

tuoyu_status report_cancelled(tuoyu_diagnostics *diagnostics)
{
    return report(diagnostics, TUOYU_ERROR_CANCELLED, (struct location){.source = NULL}, TEXT(""),
                  "the work was cancelled");
}

struct tuoyu_policy *policy_ref(struct tuoyu_policy *policy)
{
    if (!policy)
        return NULL;
    size_t references = atomic_fetch_add_explicit(&policy->references, 1, memory_order_relaxed);
    assert(references > 0); /* whoever takes a reference holds one already */
    (void)references;
    return policy;
}

void policy_unref(struct tuoyu_policy *policy)
{
    if (!policy)
        return;
    size_t references = atomic_fetch_sub_explicit(&policy->references, 1, memory_order_acq_rel);
    assert(references > 0); /* otherwise it was given back once too often */
    if (references != 1)
        return;
    tuoyu_allocator allocator = policy->arena.allocator;
    struct tuoyu_policy *base = policy->base;
    evaluation_pool_free(&policy->evaluations);
    arena_free(&policy->arena);
    allocator_free(&allocator, policy, sizeof *policy);
    policy_unref(base);
}

/* ---- Finding ---- */

/* True if the pack `from` sees the rule in some version; UINT32_MAX sees everything. */
static bool is_in_sight(const struct tuoyu_policy *policy, uint32_t from, const struct rule *rule)
{
    for (; rule && from != UINT32_MAX; rule = rule->next_version)
        if (layering_sees(policy->layering, from, rule->pack))
            return true;
    return from == UINT32_MAX;
}

/* The index of the first rule with this full or short name, or UINT32_MAX if there is none. A full name
 * wins. */
static uint32_t first_called(const struct tuoyu_policy *policy, struct text name)
{
    uintptr_t full = (uintptr_t)map_get(&policy->rules_by_full_name, name);
    const struct namesakes *namesakes = full ? NULL : map_get(&policy->rules_by_name, name);
    return full ? (uint32_t)(full - 1) : namesakes ? namesakes->first : UINT32_MAX;
}

/* The index of the next rule of this name after the one at `index`, or UINT32_MAX if there is none. */
static uint32_t next_called(const struct tuoyu_policy *policy, uint32_t index, struct text name)
{
    return text_equals(policy->rules[index]->full_name, name) ? UINT32_MAX : policy->next_namesake[index];
}

/* Reports that the rule is in a pack which the asking pack does not use, and returns the status. */
static tuoyu_status report_out_of_sight(const struct tuoyu_policy *policy, const struct rule *rule,
                                        struct location where, tuoyu_diagnostics *diagnostics)
{
    struct text pack = policy->layering->packs[rule->pack].model->id;
    return report(diagnostics, TUOYU_ERROR_UNKNOWN_NAME, where, TEXT("add that pack to `uses`"),
                  "the rule `%.*s` is one of `%.*s`, which this pack does not use",
                  TEXT_ARGUMENTS(rule->name), TEXT_ARGUMENTS(pack));
}

/* The name nearest to this one among rules of a kind (0: any) that the pack sees; bytes NULL if there is
 * none or if enough hints were given. */
static struct text nearest_rule(const struct tuoyu_policy *policy, struct text name, int32_t kind,
                                uint32_t from, tuoyu_diagnostics *diagnostics)
{
    struct text best = {NULL, 0};
    size_t distance = SIZE_MAX;
    if (!diagnostics_wants_hint(diagnostics, 2 * policy->rule_count))
        return best;
    for (size_t i = 0; i < policy->rule_count; i++) {
        const struct rule *rule = policy->rules[i];
        if ((kind && rule->kind != kind) || !is_in_sight(policy, from, rule))
            continue;
        text_nearest(name, rule->name, &best, &distance);
        text_nearest(name, rule->full_name, &best, &distance);
    }
    return best;
}

/* The words that messages use for a rule of a kind; 0 stands for any kind. */
static const char *kind_words(int32_t kind)
{
    return kind ? rule_kind_at(kind)->words.en.bytes : "rule";
}

/* A rule of this name that the pack sees and that is of another kind than was asked for, or NULL. */
static const struct rule *find_other_kind(const struct tuoyu_policy *policy, struct text name, int32_t kind,
                                          uint32_t from)
{
    uint32_t i = kind ? first_called(policy, name) : UINT32_MAX;
    while (i != UINT32_MAX &&
           (policy->rules[i]->kind == kind || !is_in_sight(policy, from, policy->rules[i])))
        i = next_called(policy, i, name);
    return i == UINT32_MAX ? NULL : policy->rules[i];
}

/* Reports why no rule was found (out of sight, of another kind, or unknown) and returns the status. */
static tuoyu_status report_no_rule(const struct tuoyu_policy *policy, struct text name, int32_t kind,
                                   uint32_t from, struct location where, tuoyu_diagnostics *diagnostics)
{
    for (uint32_t i = first_called(policy, name); i != UINT32_MAX; i = next_called(policy, i, name))
        if (!kind || policy->rules[i]->kind == kind)
            return report_out_of_sight(policy, policy->rules[i], where, diagnostics);
    tuoyu_status status = from == UINT32_MAX ? TUOYU_ERROR_NOT_FOUND : TUOYU_ERROR_UNKNOWN_NAME;
    const struct rule *other = find_other_kind(policy, name, kind, from);
    if (other)
        return report(diagnostics, status, where, TEXT("ask for it as what it is"),
                      "there is no %s `%.*s`: it is %s %s", kind_words(kind), TEXT_ARGUMENTS(name),
                      kind_of_rule(other)->article, kind_words(other->kind));
    char hint[HINT_SIZE];
    return report(diagnostics, status, where,
                  did_you_mean(hint, nearest_rule(policy, name, kind, from, diagnostics)),
                  "there is no %s `%.*s`", kind_words(kind), TEXT_ARGUMENTS(name));
}

tuoyu_status policy_find_rule(const struct tuoyu_policy *policy, struct text name, int32_t kind,
                              uint32_t from, struct location where, size_t *index,
                              tuoyu_diagnostics *diagnostics)
{
    uint32_t found = UINT32_MAX;
    for (uint32_t i = first_called(policy, name); i != UINT32_MAX; i = next_called(policy, i, name)) {
        const struct rule *rule = policy->rules[i];
        if ((kind && rule->kind != kind) || !is_in_sight(policy, from, rule))
            continue;
        if (found != UINT32_MAX) {
            const struct rule *other = policy->rules[found];
            return report(diagnostics, TUOYU_ERROR_AMBIGUOUS, where, TEXT("write it with its pack"),
                          "several packs have a rule `%.*s`: `%.*s` and `%.*s`", TEXT_ARGUMENTS(name),
                          TEXT_ARGUMENTS(other->full_name), TEXT_ARGUMENTS(rule->full_name));
        }
        found = i;
    }
    if (found == UINT32_MAX)
        return report_no_rule(policy, name, kind, from, where, diagnostics);
    *index = found;
    return TUOYU_OK;
}
