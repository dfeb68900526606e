/* SPDX-License-Identifier: Apache-2.0 */
/* Lists packs, parameters, facts and rules of a policy as JSON. */
#include "explain/policy_listing.h"

#include "pack/fact_value.h"
#include "program/percent.h"
#include "rules/json_writer.h"
#include "rules/rule_kind.h"

/* ---- Parts that several things have ---- */

/* Adds a text that is there; nothing where it is empty. */
static void add_text(struct text_builder *json, const char *key, struct text text)
{
    if (text.length)
        json_text(json, key, text);
}

/* Adds the days on which something is in force; `last` only where there is an end. */
static void add_period(struct text_builder *json, int32_t first, int32_t last)
{
    json_begin_object(json, "in_force");
    json_day(json, "first", first);
    if (last < DATE_LAST)
        json_day(json, "last", last);
    text_append_byte(json, '}');
}

/* Adds how well founded something is, and where it stands. */
static void add_citation(struct text_builder *json, const struct citation *citation)
{
    if (!citation->standing)
        return;
    json_literal(json, "standing", standing_name(citation->standing));
    add_text(json, "citation", citation->text);
    json_localised(json, "note", &citation->note);
}

/* ---- Packs ---- */

/* Adds all packs, in the order in which they were given. */
static void add_packs(struct text_builder *json, const struct tuoyu_policy *policy)
{
    json_begin_array(json, "packs");
    for (uint32_t i = 0; i < policy->layering->pack_count; i++) {
        const struct pack_model *model = policy->layering->packs[i].model;
        json_begin_item(json, i);
        json_text(json, "id", model->id);
        json_localised(json, "title", &model->title);
        json_localised(json, "authority", &model->authority);
        add_period(json, model->in_force.first, model->in_force.last);
        json_literal(json, "sha256", policy->digests[i].hex);
        text_append_byte(json, '}');
    }
    text_append_byte(json, ']');
}

/* ---- Parameters ---- */

/* Adds a value of a parameter in its unit. */
static void add_value(struct text_builder *json, const char *key, struct text unit, struct value value)
{
    char bytes[TUOYU_DECIMAL_TEXT_SIZE];
    tuoyu_decimal number;
    switch (value.kind) {
    case VALUE_NUMBER:
        if (number_to_unit(unit, value.as.number, &number) == TUOYU_OK)
            json_text(json, key, (struct text){bytes, decimal_format(number, bytes)});
        break;
    case VALUE_BOOLEAN: json_boolean(json, key, value.boolean); break;
    case VALUE_DATE: json_day(json, key, (int32_t)value.date); break;
    case VALUE_STRING: json_text(json, key, value.as.string); break;
    default: break;
    }
}

/* Adds the dated values, with an end and a stretch without value as such. */
static void add_dated_values(struct text_builder *json, const struct slot *slot)
{
    json_begin_array(json, "values");
    for (uint32_t i = 0; i < slot->value_count; i++) {
        const struct dated_value *value = &slot->values[i];
        json_begin_item(json, i);
        json_day(json, "from", value->from);
        if (value->is_end)
            json_boolean(json, "is_end", true);
        else if (value->is_unset)
            json_boolean(json, "is_unset", true);
        else
            add_value(json, "value", slot->unit, value->value);
        add_citation(json, &value->citation);
        text_append_byte(json, '}');
    }
    text_append_byte(json, ']');
}

/* Adds who sets a parameter, and within which bounds; nothing where the pack sets it itself. */
static void add_delegation(struct text_builder *json, const struct pack_delegation *delegation)
{
    if (!delegation->is_given)
        return;
    json_begin_object(json, "delegation");
    json_localised(json, "to", &delegation->to);
    add_text(json, "at_least", delegation->at_least.written);
    add_text(json, "at_most", delegation->at_most.written);
    text_append_byte(json, '}');
}

/* Adds the parameters of a pack. */
static void add_parameters_of(struct text_builder *json, const struct tuoyu_policy *policy, uint32_t pack,
                              size_t *index)
{
    static const char *const TYPES[] = {[PARAMETER_NUMBER] = "number",
                                        [PARAMETER_INTEGER] = "integer",
                                        [PARAMETER_BOOLEAN] = "boolean",
                                        [PARAMETER_DATE] = "date",
                                        [PARAMETER_STRING] = "string"};
    const struct pack_model *model = policy->layering->packs[pack].model;
    size_t of_pack = 0;
    for (uint32_t i = 0; i < policy->layering->program.slot_count; i++) {
        const struct slot *slot = policy->layering->program.slots[i];
        if (slot->kind != SLOT_PARAMETER || slot->pack != pack)
            continue;
        const struct pack_parameter *parameter = &model->parameters[of_pack++];
        json_begin_item(json, (*index)++);
        json_text(json, "name", slot->full_name);
        json_localised(json, "label", &slot->label);
        json_literal(json, "type", TYPES[parameter->type]);
        add_text(json, "unit", slot->unit);
        add_period(json, model->in_force.first, model->in_force.last);
        add_dated_values(json, slot);
        add_delegation(json, &parameter->delegation);
        json_localised(json, "note", &parameter->note);
        text_append_byte(json, '}');
    }
}

/* Adds the parameters of all packs, each version of a pack by itself. */
static void add_parameters(struct text_builder *json, const struct tuoyu_policy *policy)
{
    size_t index = 0;
    json_begin_array(json, "parameters");
    for (uint32_t pack = 0; pack < policy->layering->pack_count; pack++)
        add_parameters_of(json, policy, pack, &index);
    text_append_byte(json, ']');
}

/* ---- Facts ---- */

/* Adds what an enum may be. */
static void add_enum_values(struct text_builder *json, const struct pack_fact *fact)
{
    if (fact->type != FACT_TYPE_ENUM)
        return;
    json_begin_array(json, "values");
    for (size_t i = 0; i < fact->value_count; i++) {
        json_begin_item(json, i);
        json_text(json, "id", fact->values[i].id);
        json_localised(json, "label", &fact->values[i].label);
        text_append_byte(json, '}');
    }
    text_append_byte(json, ']');
}

/* Adds all facts. */
static void add_facts(struct text_builder *json, const struct program *program)
{
    json_begin_array(json, "facts");
    for (uint32_t i = 0; i < program->fact_count; i++) {
        const struct pack_fact *fact = slot_fact(program_slot(program, program->fact_slots[i]));
        json_begin_item(json, i);
        json_text(json, "name", fact->name);
        json_localised(json, "label", &fact->label);
        json_text(json, "type", fact_type_name(fact->type));
        add_text(json, "unit", fact->unit);
        add_text(json, "range", fact->range_text);
        json_boolean(json, "is_nullable", fact->is_nullable);
        add_enum_values(json, fact);
        json_localised(json, "held_by", &fact->held_by);
        json_localised(json, "note", &fact->note);
        text_append_byte(json, '}');
    }
    text_append_byte(json, ']');
}

/* ---- Rules ---- */

/* Adds the names of the facts that a rule can ever need, in any version. reads has room for all slots and is
 * cleared by the caller. */
static void add_rule_facts(struct text_builder *json, const struct program *program,
                           const struct slot_reads *reads)
{
    bool is_first = true;
    json_begin_array(json, "facts");
    for (uint32_t i = 0; i < program->fact_count; i++) {
        if (!reads->is_read[program->fact_slots[i]])
            continue;
        if (!is_first)
            text_append_byte(json, ',');
        is_first = false;
        text_append_json(json, program_slot(program, program->fact_slots[i])->name);
    }
    text_append_byte(json, ']');
}

/* Adds one rule. Returns false when memory is refused. */
static bool add_rule(struct text_builder *json, const struct tuoyu_policy *policy, size_t index)
{
    const struct program *program = &policy->layering->program;
    const struct rule *rule = policy->rules[index];
    struct slot_reads reads;
    struct arena arena;
    arena_init(&arena, &policy->arena.allocator);
    bool is_marked = slot_reads_init(&reads, &arena, program);
    if (is_marked)
        slot_reads_mark_rule(&reads, rule);
    json_begin_item(json, index);
    json_text(json, "name", rule->full_name);
    json_literal(json, "kind", kind_of_rule(rule)->section);
    json_localised(json, "title", &rule->title);
    add_text(json, "unit", rule->unit);
    add_period(json, rule->first_day, rule->last_day);
    add_citation(json, &rule->citation);
    json_localised(json, "objection", &rule->objection);
    if (is_marked)
        add_rule_facts(json, program, &reads);
    text_append_byte(json, '}');
    arena_free(&arena);
    return is_marked;
}

/* ---- The whole ---- */

tuoyu_status policy_to_json(const struct tuoyu_policy *policy, tuoyu_text **out)
{
    struct text_builder json;
    bool is_whole = true;
    text_builder_init(&json, &policy->arena.allocator);
    text_append_byte(&json, '{');
    add_packs(&json, policy);
    add_parameters(&json, policy);
    add_facts(&json, &policy->layering->program);
    json_begin_array(&json, "rules");
    for (size_t i = 0; i < policy->rule_count && is_whole; i++)
        is_whole = add_rule(&json, policy, i);
    text_append_literal(&json, "]}");
    tuoyu_status status = text_builder_to_handle(&json, out);
    if (status != TUOYU_OK || is_whole)
        return status;
    tuoyu_text_free(*out);
    *out = NULL;
    return TUOYU_ERROR_NO_MEMORY;
}
