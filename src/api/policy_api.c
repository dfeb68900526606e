/* SPDX-License-Identifier: Apache-2.0 */
/* The public functions of policies: loading packs, and what is in them. */
#include <tuoyu/policy.h>

#include <string.h>

#include "base/public_layout.h"
#include "explain/display.h"
#include "explain/policy_listing.h"
#include "ledger/worked_example.h"
#include "pack/fact_value.h"
#include "pack/reader.h"
#include "pack/schema.h"
#include "rules/slot_reads.h"

/* ---- Loading ---- */

/* Checks the options of a load and its limits and copies them, with defaults for what is not given. */
static tuoyu_status read_options(const tuoyu_load_options *given, tuoyu_load_options *options,
                                 tuoyu_limits *limits, tuoyu_diagnostics *diagnostics)
{
    *options = (tuoyu_load_options){.size = sizeof *options};
    *limits = (tuoyu_limits){.size = sizeof *limits};
    tuoyu_status status = option_struct_read(options, &LOAD_OPTIONS_LAYOUT, given, diagnostics);
    return status == TUOYU_OK ? option_struct_read(limits, &LIMITS_LAYOUT, options->limits, diagnostics)
                              : status;
}

static const struct location NOWHERE = {.source = NULL};

/* Messages call a pack by its name, so it must be one that can be shown whole. Returns TUOYU_OK, or the
 * status of an error, which is reported. */
static tuoyu_status check_packs(const tuoyu_pack_text *packs, size_t count, tuoyu_diagnostics *diagnostics)
{
    if (!packs || count == 0)
        return report(diagnostics, TUOYU_ERROR_INVALID_ARGUMENT, NOWHERE,
                      TEXT("give the text of one pack or more"), "no pack is given");
    for (size_t i = 0; i < count; i++) {
        struct text name = text_of(packs[i].name, packs[i].name_length);
        if (!packs[i].text)
            return report(diagnostics, TUOYU_ERROR_INVALID_ARGUMENT, NOWHERE, TEXT(""),
                          "pack %zu has no text", i + 1);
        if (utf8_validate(name) != name.length || (name.length && memchr(name.bytes, 0, name.length)))
            return report(diagnostics, TUOYU_ERROR_ENCODING, NOWHERE, TEXT(""),
                          "the name of pack %zu is not UTF-8, or holds a NUL", i + 1);
    }
    return TUOYU_OK;
}

tuoyu_status tuoyu_policy_load(const tuoyu_pack_text *packs, size_t pack_count,
                               const tuoyu_load_options *options, tuoyu_policy **out,
                               tuoyu_diagnostics *diagnostics)
{
    tuoyu_load_options known;
    tuoyu_limits limits;
    if (!out)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    *out = NULL;
    tuoyu_status status = check_packs(packs, pack_count, diagnostics);
    if (status == TUOYU_OK)
        status = read_options(options, &known, &limits, diagnostics);
    if (status != TUOYU_OK)
        return status;
    if (limits.diagnostics)
        diagnostics_set_limit(diagnostics, limits.diagnostics);
    struct quota quota = quota_of_load(&limits);
    quota_set_interrupt(&quota, known.interrupt, known.interrupt_context);
    struct load_request request = {.allocator = known.allocator,
                                   .limits = &limits,
                                   .is_analysed = known.is_analysed != 0,
                                   .quota = &quota};
    return policy_compile(packs, pack_count, &request, out, diagnostics);
}

/* Takes a reference and returns its argument; NULL is allowed. */
tuoyu_policy *tuoyu_policy_ref(tuoyu_policy *policy)
{
    return policy_ref(policy);
}

/* Gives a reference back, and frees the policy with the last one; NULL is allowed. */
void tuoyu_policy_unref(tuoyu_policy *policy)
{
    policy_unref(policy);
}

/* Appends ` first..last`, with nothing behind the dots if the period has no end. */
static void append_period(struct text_builder *builder, const struct pack_period *period)
{
    char first[11], last[11] = "";
    date_format(period->first, first);
    if (period->last < DATE_LAST)
        date_format(period->last, last);
    text_append_format(builder, " %s..%s", first, last);
}

tuoyu_status tuoyu_pack_head(const tuoyu_pack_text *pack, tuoyu_text **out, tuoyu_diagnostics *diagnostics)
{
    if (!out)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    *out = NULL;
    if (!pack || !pack->text)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    struct arena arena;
    struct pack_model *model = NULL;
    arena_init(&arena, NULL);
    tuoyu_status status = pack_read_head(&arena, text_of(pack->name, pack->name_length),
                                         text_of(pack->text, pack->text_length), NULL, &model, diagnostics);
    if (status == TUOYU_OK) {
        struct text_builder builder;
        text_builder_init(&builder, NULL);
        text_append(&builder, model->id);
        if (model->in_force.is_given)
            append_period(&builder, &model->in_force);
        for (size_t i = 0; i < model->use_count; i++) {
            text_append_byte(&builder, '\n');
            text_append(&builder, model->uses[i].text);
        }
        status = text_builder_to_handle(&builder, out);
    }
    arena_free(&arena);
    return status == TUOYU_ERROR_NO_MEMORY ? report_no_memory(diagnostics) : status;
}

tuoyu_status tuoyu_pack_sha256(const tuoyu_pack_text *pack, char sum[TUOYU_SHA256_TEXT_SIZE])
{
    if (!pack || !pack->text || !sum)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    digest_of(text_of(pack->text, pack->text_length), sum);
    return TUOYU_OK;
}

tuoyu_status tuoyu_pack_schema(tuoyu_text **out)
{
    struct text_builder builder;
    if (!out)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    text_builder_init(&builder, NULL);
    schema_to_json(&builder);
    return text_builder_to_handle(&builder, out);
}

/* ---- Packs and rules ---- */

/* NULL if there is no policy or no pack with this index. */
static const struct layered_pack *pack_at(const tuoyu_policy *policy, size_t index)
{
    return policy && index < policy->layering->pack_count ? &policy->layering->packs[index] : NULL;
}

/* How many packs the policy has; 0 for NULL. */
size_t tuoyu_policy_pack_count(const tuoyu_policy *policy)
{
    return policy ? policy->layering->pack_count : 0;
}

const char *tuoyu_policy_pack_id(const tuoyu_policy *policy, size_t index)
{
    const struct layered_pack *pack = pack_at(policy, index);
    return pack ? pack->model->id.bytes : NULL;
}

const char *tuoyu_policy_pack_title(const tuoyu_policy *policy, size_t index, const char *language)
{
    const struct layered_pack *pack = pack_at(policy, index);
    return pack ? localised_in(&pack->model->title, language) : NULL;
}

/* NULL if there is no policy or no rule with this index. */
static const struct rule *rule_at(const tuoyu_policy *policy, size_t index)
{
    return policy && index < policy->rule_count ? policy->rules[index] : NULL;
}

/* How many rules the policy has; 0 for NULL. */
size_t tuoyu_policy_rule_count(const tuoyu_policy *policy)
{
    return policy ? policy->rule_count : 0;
}

int32_t tuoyu_policy_rule_kind(const tuoyu_policy *policy, size_t index)
{
    const struct rule *rule = rule_at(policy, index);
    return rule ? rule->kind : 0;
}

const char *tuoyu_policy_rule_name(const tuoyu_policy *policy, size_t index)
{
    const struct rule *rule = rule_at(policy, index);
    return rule ? rule->full_name.bytes : NULL;
}

/* The title in the language, or in the other one if it has only that; NULL if there is no rule with this
 * index. */
const char *tuoyu_policy_rule_title(const tuoyu_policy *policy, size_t index, const char *language)
{
    const struct rule *rule = rule_at(policy, index);
    return rule ? localised_in(&rule->title, language) : NULL;
}

tuoyu_status tuoyu_policy_rule_facts(const tuoyu_policy *policy, size_t index, bool *reads)
{
    const struct rule *rule = rule_at(policy, index);
    if (!rule || !reads)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    const struct program *program = &policy->layering->program;
    struct arena arena;
    struct slot_reads marks;
    arena_init(&arena, &policy->arena.allocator);
    bool is_marked = slot_reads_init(&marks, &arena, program);
    if (is_marked)
        slot_reads_mark_rule(&marks, rule);
    for (uint32_t i = 0; is_marked && i < program->fact_count; i++)
        reads[i] = marks.is_read[program->fact_slots[i]];
    arena_free(&arena);
    return is_marked ? TUOYU_OK : TUOYU_ERROR_NO_MEMORY;
}

tuoyu_status tuoyu_policy_find_rule(const tuoyu_policy *policy, const char *name, size_t length,
                                    size_t *index, tuoyu_diagnostics *diagnostics)
{
    if (!policy || !name || !index)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    return policy_find_rule(policy, text_of(name, length), 0, UINT32_MAX, (struct location){.source = NULL},
                            index, diagnostics);
}

/* ---- Facts ---- */

/* The slot of the fact with this index; NULL if there is none. */
static const struct slot *fact_at(const tuoyu_policy *policy, size_t index)
{
    const struct program *program = policy ? &policy->layering->program : NULL;
    return program && index < program->fact_count ? program_slot(program, program->fact_slots[index]) : NULL;
}

size_t tuoyu_policy_fact_count(const tuoyu_policy *policy)
{
    return policy ? policy->layering->program.fact_count : 0;
}

/* NULL if there is no fact with this index. */
const char *tuoyu_policy_fact_name(const tuoyu_policy *policy, size_t index)
{
    const struct slot *slot = fact_at(policy, index);
    return slot ? slot_fact(slot)->name.bytes : NULL;
}

const char *tuoyu_policy_fact_type(const tuoyu_policy *policy, size_t index)
{
    const struct slot *slot = fact_at(policy, index);
    return slot ? fact_type_name(slot_fact(slot)->type).bytes : NULL;
}

/* The label in the language, or in the other one if it has only that; NULL if there is no fact with this
 * index. */
const char *tuoyu_policy_fact_label(const tuoyu_policy *policy, size_t index, const char *language)
{
    const struct slot *slot = fact_at(policy, index);
    return slot ? localised_in(&slot_fact(slot)->label, language) : NULL;
}

const char *tuoyu_policy_fact_held_by(const tuoyu_policy *policy, size_t index, const char *language)
{
    const struct slot *slot = fact_at(policy, index);
    return slot ? localised_in(&slot->held_by, language) : NULL;
}

/* The bytes of a text that may not be there, in which case they are empty. */
static const char *text_or_empty(struct text text)
{
    return text.bytes ? text.bytes : "";
}

const char *tuoyu_policy_fact_unit(const tuoyu_policy *policy, size_t index)
{
    const struct slot *slot = fact_at(policy, index);
    return slot ? text_or_empty(slot_fact(slot)->unit) : NULL;
}

const char *tuoyu_policy_fact_range(const tuoyu_policy *policy, size_t index)
{
    const struct slot *slot = fact_at(policy, index);
    return slot ? text_or_empty(slot_fact(slot)->range_text) : NULL;
}

/* The value at a place among those of an enum fact, or NULL. */
static const struct pack_enum_value *value_at(const tuoyu_policy *policy, size_t index, size_t value)
{
    const struct slot *slot = fact_at(policy, index);
    return slot && value < slot_fact(slot)->value_count ? &slot_fact(slot)->values[value] : NULL;
}

const char *tuoyu_policy_fact_value(const tuoyu_policy *policy, size_t index, size_t value)
{
    const struct pack_enum_value *found = value_at(policy, index, value);
    return found ? found->id.bytes : NULL;
}

const char *tuoyu_policy_fact_value_label(const tuoyu_policy *policy, size_t index, size_t value,
                                          const char *language)
{
    const struct pack_enum_value *found = value_at(policy, index, value);
    return found ? localised_in(&found->label, language) : NULL;
}

tuoyu_status tuoyu_policy_unit_to_text(const tuoyu_policy *policy, const char *unit, size_t length,
                                       const char *language, tuoyu_text **out)
{
    if (!out)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    *out = NULL;
    if (!policy || !unit || !language)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    struct text_builder builder;
    text_builder_init(&builder, &policy->arena.allocator);
    display_unit(
        &(struct display){.builder = &builder, .policy = policy, .is_english = language_is_english(language)},
        text_of(unit, length));
    return text_builder_to_handle(&builder, out);
}

/* ---- Worked examples ---- */

/* How many worked examples all packs have; 0 for NULL. */
size_t tuoyu_policy_example_count(const tuoyu_policy *policy)
{
    return policy ? policy->example_count : 0;
}

/* NULL if there is no example with this index. */
const char *tuoyu_policy_example_name(const tuoyu_policy *policy, size_t index)
{
    return policy && index < policy->example_count ? policy->examples[index].example->name.bytes : NULL;
}

/* NULL if there is no example with this index. */
const char *tuoyu_policy_example_pack(const tuoyu_policy *policy, size_t index)
{
    return policy && index < policy->example_count
               ? tuoyu_policy_pack_id(policy, policy->examples[index].pack)
               : NULL;
}

/* ---- Listing ---- */

tuoyu_status tuoyu_policy_to_json(const tuoyu_policy *policy, tuoyu_text **out)
{
    if (!out)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    *out = NULL;
    return policy ? policy_to_json(policy, out) : TUOYU_ERROR_INVALID_ARGUMENT;
}

/* The policy is immutable but for its count of references, which the case of the example takes part in. */
static tuoyu_policy *shared(const tuoyu_policy *policy)
{
    tuoyu_policy *result;
    memcpy(&result, &policy, sizeof result);
    return result;
}

tuoyu_status tuoyu_policy_example_run(const tuoyu_policy *policy, size_t index, bool *passed,
                                      tuoyu_diagnostics *diagnostics)
{
    if (!policy || !passed || index >= policy->example_count)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    return example_run(shared(policy), &policy->examples[index], passed, diagnostics);
}

tuoyu_status tuoyu_policy_example_to_json(const tuoyu_policy *policy, size_t index, tuoyu_text **out,
                                          tuoyu_diagnostics *diagnostics)
{
    if (!out)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    *out = NULL;
    if (!policy || index >= policy->example_count)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    return example_to_json(shared(policy), &policy->examples[index], out, diagnostics);
}
