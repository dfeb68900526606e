/* SPDX-License-Identifier: Apache-2.0 */
/* Reads what packs declare: sources, entities, facts, parameters and overrides. */
#include <string.h>

#include "base/plain_text.h"
#include "pack/fact_value.h"
#include "pack/reader_parts.h"
#include "program/unit_text.h"

/* ---- Sources and entities ---- */

void reader_sources(struct pack_reader *reader, const struct pack_node *section)
{
    size_t count = reader_entry_count(section);
    struct pack_source *sources = reader_array(reader, count, sizeof *sources);
    if (!sources)
        return;
    for (size_t i = 0; i < count; i++) {
        const struct pack_entry *entry = &section->entries[i];
        struct pack_source *source = &sources[i];
        *source = (struct pack_source){.id = entry->key, .where = entry->key_where};
        source->title = reader_localised(entry->node, "title");
        source->number = reader_text(entry->node, "number");
        source->url = reader_text(entry->node, "url");
        source->note = reader_localised(entry->node, "note");
        source->has_date = date_parse(reader_text(entry->node, "date"), &source->date) == TUOYU_OK;
    }
    reader->model->sources = sources;
    reader->model->source_count = count;
}

/* Reads what records of an entity promise. */
static void read_promises(struct pack_reader *reader, const struct pack_node *list,
                          struct pack_entity *entity)
{
    size_t count = reader_item_count(list);
    struct pack_promise *promises = reader_array(reader, count, sizeof *promises);
    struct map ids;
    map_init(&ids, reader->arena);
    for (size_t i = 0; promises && i < count; i++) {
        const struct pack_node *node = list->items[i];
        struct pack_name id = reader_name(node, "id");
        promises[i] = (struct pack_promise){.id = id.text, .where = id.text.bytes ? id.where : node->where};
        promises[i].that = reader_expression(node, "that");
        promises[i].because = reader_localised(node, "because");
        promises[i].cite = reader_cite(node, "cite");
        promises[i].standing = reader_standing(node, "standing");
        reader_unique(reader, &ids, id.text, id.where, "promise");
    }
    entity->promises = promises;
    entity->promise_count = promises ? count : 0;
}

void reader_entities(struct pack_reader *reader, const struct pack_node *section)
{
    size_t count = reader_entry_count(section);
    struct pack_entity *entities = reader_array(reader, count, sizeof *entities);
    if (!entities)
        return;
    for (size_t i = 0; i < count; i++) {
        const struct pack_entry *entry = &section->entries[i];
        entities[i] = (struct pack_entity){.name = entry->key, .where = entry->key_where};
        entities[i].label = reader_localised(entry->node, "label");
        entities[i].counter = reader_text(entry->node, "counter");
        read_promises(reader, reader_get(entry->node, "require"), &entities[i]);
    }
    reader->model->entities = entities;
    reader->model->entity_count = count;
}

/* ---- Facts ---- */

/* The type of a word; FACT_TYPE_STRING for any other word, which the caller must tell apart. */
static enum fact_type fact_type_of(struct text word)
{
    for (enum fact_type type = FACT_TYPE_BOOLEAN; type <= FACT_TYPE_ENUM; type++)
        if (text_equals(word, fact_type_name(type)))
            return type;
    return FACT_TYPE_STRING;
}

/* Whether facts of the type are numbers. */
static bool is_number_type(enum fact_type type)
{
    return type == FACT_TYPE_INTEGER || type == FACT_TYPE_NUMBER || type == FACT_TYPE_MONEY ||
           type == FACT_TYPE_PERCENT;
}

/* Reads the unit of a fact and reports one that its type does not allow or that is missing. */
static void read_fact_unit(struct pack_reader *reader, struct pack_fact *fact, const struct pack_node *node)
{
    struct text name = fact->name;
    const struct pack_node *unit = reader_get(node, "unit");
    reader_unit(reader, node, "unit", &fact->unit);
    if (fact->type == FACT_TYPE_PERCENT) {
        if (unit && !text_equals(fact->unit, TEXT("percent")))
            READER_ERROR(reader, TUOYU_ERROR_PACK, unit->where, TEXT("remove it"),
                         "the unit of '%.*s' is percent by its type", TEXT_ARGUMENTS(name));
        fact->unit = TEXT("percent");
    } else if (fact->type == FACT_TYPE_MONEY && !unit) {
        READER_ERROR(reader, TUOYU_ERROR_PACK, fact->where, TEXT("such as unit: CNY/month"),
                     "'unit' is missing in '%.*s': money needs one", TEXT_ARGUMENTS(name));
    } else if (fact->type == FACT_TYPE_MONEY && fact->unit.bytes && !unit_text_is_money(fact->unit)) {
        struct unit read;
        const char *problem;
        if (!unit_text_check(fact->unit, &read, &problem))
            return; /* it was reported as no unit at all */
        READER_ERROR(reader, TUOYU_ERROR_PACK, unit->where, TEXT("such as CNY or CNY/month"),
                     "'%.*s' is no unit of money", TEXT_ARGUMENTS(fact->unit));
    } else if (unit && !is_number_type(fact->type)) {
        READER_ERROR(reader, TUOYU_ERROR_PACK, unit->where, TEXT("remove it"),
                     "'%.*s' has no unit: it is no number", TEXT_ARGUMENTS(name));
    } else if (text_equals(fact->unit, TEXT("percent"))) {
        READER_ERROR(reader, TUOYU_ERROR_PACK, unit->where, TEXT("write type: percent"),
                     "'%.*s' is a percent, so that must be its type", TEXT_ARGUMENTS(name));
    }
}

/* Reads an end of a range by the fact's type into *out, null where it is open-ended. Returns false where it
 * is not of that type. */
static bool range_end(const struct pack_fact *fact, struct text text, struct value *out)
{
    *out = VALUE_NOTHING;
    if (text.length == 0)
        return true;
    if (fact->type == FACT_TYPE_DATE) {
        int32_t date;
        if (date_parse(text, &date) != TUOYU_OK)
            return false;
        *out = value_date(date);
        return true;
    }
    tuoyu_decimal number;
    if (decimal_parse(text, &number) != TUOYU_OK)
        return false;
    if (fact->type == FACT_TYPE_PERCENT && decimal_scale(number, -2, &number) != TUOYU_OK)
        return false;
    *out = value_number(number);
    return true;
}

/* Reads the range of a fact. Only where it is sound, has_range becomes true. */
static void read_fact_range(struct pack_reader *reader, struct pack_fact *fact, const struct pack_node *node)
{
    const struct pack_node *range = reader_get(node, "range");
    struct range_text ends;
    fact->range_text = reader_text(node, "range");
    if (!range || !fact->range_text.bytes || !scalar_range(fact->range_text, &ends))
        return;
    if (!is_number_type(fact->type) && fact->type != FACT_TYPE_DATE) {
        READER_ERROR(reader, TUOYU_ERROR_PACK, range->where, TEXT("remove it"),
                     "'%.*s' can have no range: only numbers and dates have one", TEXT_ARGUMENTS(fact->name));
        return;
    }
    struct value low, high;
    if (is_number_type(fact->type) &&
        (scalar_is_beyond_numbers(ends.low) || scalar_is_beyond_numbers(ends.high))) {
        READER_ERROR(reader, TUOYU_ERROR_PACK, range->where, TEXT("leave the end out if there is none"),
                     "an end of the range '%.*s' " SCALAR_BEYOND_NUMBERS, TEXT_ARGUMENTS(fact->range_text));
        return;
    }
    if (!range_end(fact, ends.low, &low) || !range_end(fact, ends.high, &high)) {
        READER_ERROR(reader, TUOYU_ERROR_PACK, range->where,
                     TEXT("such as \"[0..100]\", or \"[2020-01-01..]\" for dates"),
                     "the ends of the range '%.*s' are no %s", TEXT_ARGUMENTS(fact->range_text),
                     fact->type == FACT_TYPE_DATE ? "dates" : "numbers");
        return;
    }
    int order;
    if (value_compare(low, high, &order) &&
        (order > 0 || (order == 0 && !(ends.low_included && ends.high_included)))) {
        READER_ERROR(reader, TUOYU_ERROR_PACK, range->where, TEXT("the lower end comes first"),
                     "nothing lies in the range '%.*s'", TEXT_ARGUMENTS(fact->range_text));
        return;
    }
    fact->has_range = true;
    fact->range = (struct range){.low = low,
                                 .high = high,
                                 .low_included = ends.low_included && ends.low.length > 0,
                                 .high_included = ends.high_included && ends.high.length > 0};
}

/* Reads how many decimals a fact may have, or takes the default of its type. */
static void read_fact_scale(struct pack_reader *reader, struct pack_fact *fact, const struct pack_node *node)
{
    enum { LARGEST_SCALE = 12 };
    const struct pack_node *scale = reader_get(node, "scale");
    int64_t given;
    fact->scale = fact->type == FACT_TYPE_MONEY                                       ? 2
                  : fact->type == FACT_TYPE_NUMBER || fact->type == FACT_TYPE_PERCENT ? 6
                                                                                      : 0;
    if (!scale || !scalar_whole(reader_text(node, "scale"), &given))
        return;
    if (!is_number_type(fact->type))
        READER_ERROR(reader, TUOYU_ERROR_PACK, scale->where, TEXT("remove it"),
                     "'%.*s' can have no scale: it is no number", TEXT_ARGUMENTS(fact->name));
    else if (fact->type == FACT_TYPE_INTEGER && given != 0)
        READER_ERROR(reader, TUOYU_ERROR_PACK, scale->where, TEXT("write type: number"),
                     "'%.*s' is an integer, which has no decimals", TEXT_ARGUMENTS(fact->name));
    else if (given > LARGEST_SCALE)
        READER_ERROR(reader, TUOYU_ERROR_PACK, scale->where, TEXT(""), "more than %d decimals",
                     LARGEST_SCALE);
    else
        fact->scale = (int32_t)given;
}

/* Reports a value of an enum that could never be given, because facts are read without the white space around
 * them and without control characters. */
static void check_enum_value(struct pack_reader *reader, const struct pack_enum_value *value)
{
    if (text_is_plain(value->id) && text_equals(text_without_outer_space(value->id), value->id))
        return;
    READER_ERROR(reader, TUOYU_ERROR_PACK, value->where, TEXT("remove them"),
                 "the value '%.*s' begins or ends with white space, or holds a control character",
                 TEXT_ARGUMENTS(value->id));
}

/* Reads the values of an enum from a list, or from a mapping of ids to labels. */
static void read_enum_values(struct pack_reader *reader, struct pack_fact *fact, const struct pack_node *node)
{
    const struct pack_node *values = reader_get(node, "values");
    if (fact->type != FACT_TYPE_ENUM) {
        if (values)
            READER_ERROR(reader, TUOYU_ERROR_PACK, values->where, TEXT("write type: enum, or remove them"),
                         "'%.*s' is no enum, so it has no values", TEXT_ARGUMENTS(fact->name));
        return;
    }
    if (!values) {
        READER_ERROR(reader, TUOYU_ERROR_PACK, fact->where, TEXT("such as values: [public, private]"),
                     "'values' is missing in '%.*s': an enum needs them", TEXT_ARGUMENTS(fact->name));
        return;
    }
    bool is_list = values->kind == PACK_NODE_SEQUENCE;
    size_t count = is_list ? values->count : reader_entry_count(values);
    fact->values = reader_array(reader, count, sizeof *fact->values);
    if (!fact->values)
        return;
    fact->value_count = count;
    struct map seen;
    map_init(&seen, reader->arena);
    for (size_t i = 0; i < count; i++) {
        struct pack_enum_value *value = &fact->values[i];
        if (is_list)
            *value = (struct pack_enum_value){.id = values->items[i]->text, .where = values->items[i]->where};
        else
            *value = (struct pack_enum_value){.id = values->entries[i].key,
                                              .where = values->entries[i].key_where,
                                              .label = localised_of(values->entries[i].node)};
        check_enum_value(reader, value);
        if (is_list)
            reader_unique(reader, &seen, value->id, value->where, "value");
    }
}

/* Reads one fact. After an unknown type, which the schema's check has reported, the rest is left out. */
static void read_fact(struct pack_reader *reader, const struct pack_entry *entity,
                      const struct pack_entry *entry, struct pack_fact *fact)
{
    *fact = (struct pack_fact){.entity = entity->key, .field = entry->key, .where = entry->key_where};
    fact->name = TEXT_JOIN(reader->arena, entity->key, TEXT("."), entry->key);
    if (!fact->name.bytes) {
        reader_remember(reader, TUOYU_ERROR_NO_MEMORY);
        return;
    }
    if (fact->name.length > SCALAR_LONGEST_NAME)
        READER_ERROR(
            reader, TUOYU_ERROR_PACK, fact->where, TEXT("shorten the name of the entity or of the fact"),
            "the name of a fact with its entity may have at most %d bytes", (int)SCALAR_LONGEST_NAME);
    fact->label = reader_localised(entry->node, "label");
    fact->note = reader_localised(entry->node, "note");
    fact->held_by = reader_localised(entry->node, "held_by");
    fact->is_nullable = reader_boolean(entry->node, "nullable", false);
    struct text type = reader_text(entry->node, "type");
    fact->type = fact_type_of(type);
    if (!type.bytes || !text_equals(type, fact_type_name(fact->type)))
        return; /* without a type nothing can be said of the rest */
    read_fact_unit(reader, fact, entry->node);
    read_fact_range(reader, fact, entry->node);
    read_fact_scale(reader, fact, entry->node);
    read_enum_values(reader, fact, entry->node);
}

void reader_facts(struct pack_reader *reader, const struct pack_node *section)
{
    size_t total = 0;
    for (size_t i = 0; i < reader_entry_count(section); i++)
        total += reader_entry_count(section->entries[i].node);
    struct pack_fact *facts = reader_array(reader, total, sizeof *facts);
    if (!facts)
        return;
    size_t count = 0;
    for (size_t i = 0; i < reader_entry_count(section); i++) {
        const struct pack_entry *entity = &section->entries[i];
        for (size_t j = 0; j < reader_entry_count(entity->node); j++)
            read_fact(reader, entity, &entity->node->entries[j], &facts[count++]);
    }
    reader->model->facts = facts;
    reader->model->fact_count = count;
}

/* ---- Parameters ---- */

/* Whether a text was given in either language. */
static bool is_given(struct localised text)
{
    return text.zh.bytes || text.en.bytes;
}

/* Reports a value that is not well founded: each needs a cite and a standing, or is assumed and says why.
 * has_standing: a standing was written, even if it is no known word. */
static void check_foundation(struct pack_reader *reader, const struct pack_parameter *parameter,
                             const struct pack_dated_value *value, bool has_standing)
{
    bool has_cite = value->cite.source.bytes != NULL,
         has_note = is_given(value->note) || is_given(parameter->note);
    bool lacks_standing = value->standing == 0 && !has_standing;
    bool lacks_cite = value->standing != 0 && value->standing < TUOYU_ASSUMED && !has_cite;
    if ((lacks_standing || lacks_cite) && reader->unfounded.bytes == parameter->name.bytes)
        return; /* its values mostly lack the same, which the parameter itself can have for all of them */
    if (lacks_standing || lacks_cite)
        reader->unfounded = parameter->name;
    if (lacks_standing)
        READER_ERROR(reader, TUOYU_ERROR_PACK, value->where,
                     TEXT("write `standing: cited` (or derived, draft, assumed), and where it is cited: "
                          "`cite: source clause`"),
                     "'standing' is missing for the value of '%.*s'", TEXT_ARGUMENTS(parameter->name));
    else if (lacks_cite)
        READER_ERROR(reader, TUOYU_ERROR_PACK, value->where,
                     TEXT("write `cite: source clause`, or `standing: assumed` and a note"),
                     "'cite' is missing for the value of '%.*s'", TEXT_ARGUMENTS(parameter->name));
    else if (value->standing == TUOYU_ASSUMED && !has_cite && !has_note)
        READER_ERROR(reader, TUOYU_ERROR_PACK, value->where, TEXT("add a note"),
                     "the value of '%.*s' is assumed, but nothing says why", TEXT_ARGUMENTS(parameter->name));
    else if (value->standing == TUOYU_PROPOSED && !has_cite && !has_note)
        READER_ERROR(reader, TUOYU_ERROR_PACK, value->where, TEXT("add a note"),
                     "the value of '%.*s' is proposed, but nothing says why",
                     TEXT_ARGUMENTS(parameter->name));
}

/* Reads a value with its day. cite and standing that it does not have are those of `defaults`, the
 * parameter's node. */
static void read_dated_value(struct pack_reader *reader, const struct pack_parameter *parameter,
                             const struct pack_node *defaults, const struct pack_entry *entry,
                             struct pack_dated_value *value)
{
    const struct pack_node *node = entry->node, *end = reader_get(node, "end");
    *value =
        (struct pack_dated_value){.where = entry->key_where, .is_end = reader_boolean(node, "end", false)};
    if (date_parse(entry->key, &value->from) != TUOYU_OK)
        value->from = DATE_FIRST;
    struct pack_name written = reader_name(node, "value");
    value->written = written.text.length > 0 ? written.text : (struct text){NULL, 0};
    value->written_where = written.where;
    value->cite = reader_cite(reader_has(node, "cite") ? node : defaults, "cite");
    value->standing = reader_standing(reader_has(node, "standing") ? node : defaults, "standing");
    value->note = reader_localised(node, "note");
    bool is_uncited = value->standing >= TUOYU_ASSUMED && !value->cite.source.bytes;
    if (is_uncited && !is_given(value->note))
        value->note = parameter->note; /* it says so of all values */
    if (end && !value->is_end)
        READER_ERROR(reader, TUOYU_ERROR_PACK, end->where, TEXT("write true, or remove it"),
                     "'end' can only be true");
    else if (value->is_end && reader_has(node, "value"))
        READER_ERROR(reader, TUOYU_ERROR_PACK, written.where, TEXT("remove one of them"),
                     "'%.*s' ends on this day, so it has no value", TEXT_ARGUMENTS(parameter->name));
    else if (!end && node->kind == PACK_NODE_MAPPING && !reader_has(node, "value"))
        READER_ERROR(reader, TUOYU_ERROR_PACK, entry->key_where, TEXT(""), "'value' is missing in '%.*s'",
                     TEXT_ARGUMENTS(entry->key));
    else if (written.text.length > 0)
        check_foundation(reader, parameter, value,
                         reader_has(node, "standing") || reader_has(defaults, "standing"));
}

/* Reads the values of a parameter and checks that their days ascend and that it does not end before it
 * begins. */
static void read_dated_values(struct pack_reader *reader, struct pack_parameter *parameter,
                              const struct pack_node *node)
{
    const struct pack_node *values = reader_get(node, "values");
    size_t count = reader_entry_count(values);
    struct pack_dated_value *read = reader_array(reader, count, sizeof *read);
    if (!read)
        return;
    int32_t last = DATE_FIRST, day;
    for (size_t i = 0; i < count; i++) {
        read_dated_value(reader, parameter, node, &values->entries[i], &read[i]);
        bool is_day = date_parse(values->entries[i].key, &day) == TUOYU_OK;
        if (is_day && day < last)
            READER_ERROR(reader, TUOYU_ERROR_PACK, read[i].where,
                         TEXT("write the values in the order of their days"),
                         "this day lies before the one above it");
        if (is_day)
            last = day;
    }
    if (count > 0 && read[0].is_end && !read[0].written.bytes)
        READER_ERROR(reader, TUOYU_ERROR_PACK, read[0].where, TEXT("give the value that holds before"),
                     "'%.*s' ends before it has a value", TEXT_ARGUMENTS(parameter->name));
    parameter->values = read;
    parameter->value_count = count;
}

/* ---- Delegation ---- */

/* Reads a bound of a delegation; written.bytes is NULL where it is not given. */
static struct pack_dated_value read_bound(const struct pack_node *node, const char *key)
{
    struct pack_name written = reader_name(node, key);
    return (struct pack_dated_value){.written =
                                         written.text.length > 0 ? written.text : (struct text){NULL, 0},
                                     .written_where = written.where,
                                     .where = written.where};
}

/* Reads the delegation of a parameter, which makes it unset. */
static void read_delegation(struct pack_reader *reader, struct pack_parameter *parameter,
                            const struct pack_node *defaults)
{
    const struct pack_node *node = reader_get(defaults, "delegated");
    struct pack_delegation *delegation = &parameter->delegation;
    parameter->is_unset = true;
    *delegation = (struct pack_delegation){.is_given = true, .where = node->where};
    delegation->to = reader_localised(node, "to");
    delegation->at_least = read_bound(node, "at_least");
    delegation->at_most = read_bound(node, "at_most");
    delegation->cite = reader_cite(reader_has(node, "cite") ? node : defaults, "cite");
    delegation->standing = reader_standing(reader_has(node, "standing") ? node : defaults, "standing");
    delegation->note = reader_localised(node, "note");
    bool is_assumed =
        delegation->standing >= TUOYU_ASSUMED && (is_given(delegation->note) || is_given(parameter->note));
    if (node->kind == PACK_NODE_MAPPING && !delegation->cite.source.bytes && !is_assumed)
        READER_ERROR(reader, TUOYU_ERROR_PACK, node->where,
                     TEXT("cite its source, or say standing: assumed with a note"),
                     "'cite' is missing for the delegation of '%.*s'", TEXT_ARGUMENTS(parameter->name));
}

/* Reads the bounds of a delegation as values of the parameter's type, and checks that the lower one is not
 * above the upper. Returns TUOYU_OK or the error, reported (but for TUOYU_ERROR_NO_MEMORY). */
static tuoyu_status check_delegation(struct pack_reader *reader, struct pack_parameter *parameter)
{
    struct pack_delegation *delegation = &parameter->delegation;
    struct pack_dated_value *bounds[] = {&delegation->at_least, &delegation->at_most};
    bool has_order = parameter->type != PARAMETER_BOOLEAN && parameter->type != PARAMETER_STRING;
    for (size_t i = 0; i < 2; i++) {
        if (!bounds[i]->written.bytes)
            continue;
        if (!has_order)
            return report(reader->diagnostics, TUOYU_ERROR_PACK, bounds[i]->where, TEXT("remove it"),
                          "'%.*s' can have no bounds: only numbers and dates have",
                          TEXT_ARGUMENTS(parameter->name));
        tuoyu_status status = parameter_read_value(reader->arena, parameter, bounds[i], reader->diagnostics);
        if (status != TUOYU_OK)
            return status;
    }
    int order;
    if (!value_compare(delegation->at_least.value, delegation->at_most.value, &order) || order <= 0)
        return TUOYU_OK;
    return report(reader->diagnostics, TUOYU_ERROR_PACK, delegation->at_most.where,
                  TEXT("at_least is the lower one"), "nothing lies within the bounds of '%.*s'",
                  TEXT_ARGUMENTS(parameter->name));
}

/* The type of a word; PARAMETER_NUMBER for any other word or none. */
static enum parameter_type parameter_type_of(struct text word)
{
    static const struct text WORDS[] = {[PARAMETER_NUMBER] = {"number", 6},
                                        [PARAMETER_INTEGER] = {"integer", 7},
                                        [PARAMETER_BOOLEAN] = {"boolean", 7},
                                        [PARAMETER_DATE] = {"date", 4},
                                        [PARAMETER_STRING] = {"string", 6}};
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
        if (text_equals(word, WORDS[i]))
            return (enum parameter_type)i;
    return PARAMETER_NUMBER;
}

/* Reads a parameter or an override. either: the keys of which it must have exactly one, in the order values,
 * unset, delegated. */
static void read_parameter(struct pack_reader *reader, const struct pack_entry *entry,
                           struct pack_parameter *parameter, const char *const *either)
{
    const struct pack_node *node = entry->node;
    *parameter = (struct pack_parameter){.name = entry->key, .where = entry->key_where};
    if (node->kind != PACK_NODE_MAPPING)
        return;
    parameter->label = reader_localised(node, "label");
    parameter->note = reader_localised(node, "note");
    parameter->type = parameter_type_of(reader_text(node, "type"));
    reader_unit(reader, node, "unit", &parameter->unit);
    parameter->unset = reader_localised(node, "unset");
    size_t form = reader_exactly_one(reader, node, entry->key, entry->key_where, either);
    parameter->is_unset = form == 1;
    if (form == 2)
        read_delegation(reader, parameter, node);
    const struct pack_node *unit = reader_get(node, "unit");
    if (unit && parameter->type != PARAMETER_NUMBER && parameter->type != PARAMETER_INTEGER)
        READER_ERROR(reader, TUOYU_ERROR_PACK, unit->where, TEXT("remove it"),
                     "'%.*s' has no unit: it is no number", TEXT_ARGUMENTS(entry->key));
    if (!parameter->is_unset)
        read_dated_values(reader, parameter, node);
}

void reader_parameters(struct pack_reader *reader, const struct pack_node *section)
{
    static const char *const EITHER[] = {"values", "unset", "delegated", NULL};
    size_t count = reader_entry_count(section);
    struct pack_parameter *parameters = reader_array(reader, count, sizeof *parameters);
    if (!parameters)
        return;
    for (size_t i = 0; i < count; i++) {
        read_parameter(reader, &section->entries[i], &parameters[i], EITHER);
        tuoyu_status status = parameter_set_type(reader->arena, &parameters[i], parameters[i].type,
                                                 parameters[i].unit, reader->diagnostics);
        if (status == TUOYU_OK)
            status = check_delegation(reader, &parameters[i]);
        if (status != TUOYU_OK)
            reader_remember(reader, status);
    }
    reader->model->parameters = parameters;
    reader->model->parameter_count = count;
}

void reader_overrides(struct pack_reader *reader, const struct pack_node *section)
{
    static const char *const EITHER[] = {"values", "unset", NULL};
    size_t count = reader_entry_count(section);
    struct pack_override *overrides = reader_array(reader, count, sizeof *overrides);
    if (!overrides)
        return;
    for (size_t i = 0; i < count; i++)
        read_parameter(reader, &section->entries[i], &overrides[i].parameter, EITHER);
    reader->model->overrides = overrides;
    reader->model->override_count = count;
}
