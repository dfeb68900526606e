/* SPDX-License-Identifier: Apache-2.0 */
/* Reads pricing rules, and what several kinds of rule have: the common keys, steps and bounds. */
#include "pack/reader_parts.h"

/* ---- What every rule has ---- */

/* Keeps the name of a rule in reader->rules; memory that is refused is kept as the error. */
static void keep_name(struct pack_reader *reader, const struct pack_rule *rule)
{
    struct pack_name *grown =
        arena_grow(reader->arena, reader->rules, reader->rule_count, &reader->rule_capacity, sizeof *grown);
    if (!grown) {
        reader_remember(reader, TUOYU_ERROR_NO_MEMORY);
        return;
    }
    reader->rules = grown;
    grown[reader->rule_count++] = (struct pack_name){.text = rule->name, .where = rule->where};
}

struct pack_rule reader_rule(struct pack_reader *reader, const struct pack_entry *entry)
{
    const struct pack_node *node = entry->node;
    struct pack_rule rule = {.name = entry->key, .where = entry->key_where};
    keep_name(reader, &rule);
    rule.title = reader_localised(node, "title");
    rule.note = reader_localised(node, "note");
    rule.objection = reader_localised(node, "objection");
    rule.when = reader_expression(node, "when");
    rule.in_force = reader_period(node, "in_force");
    rule.cite = reader_cite(node, "cite");
    rule.standing = reader_standing(node, "standing");
    if (!rule.standing)
        rule.standing = rule.cite.source.bytes ? TUOYU_CITED : TUOYU_ASSUMED;
    const struct pack_period *whole = &reader->model->in_force;
    if (rule.in_force.is_given && whole->is_given &&
        (rule.in_force.first < whole->first || rule.in_force.last > whole->last)) {
        READER_ERROR(reader, TUOYU_ERROR_PACK, rule.in_force.where,
                     TEXT("shorten it, or lengthen the pack's"),
                     "'%.*s' would be in force when its pack is not", TEXT_ARGUMENTS(rule.name));
        report_note(reader->diagnostics, whole->where, "the pack's time is here");
    }
    return rule;
}

struct pack_step *reader_steps(struct pack_reader *reader, const struct pack_node *steps, size_t *count,
                               struct map *names)
{
    *count = 0;
    size_t items = reader_item_count(steps);
    struct pack_step *read = reader_array(reader, items, sizeof *read);
    if (!read)
        return NULL;
    for (size_t i = 0; i < items; i++) {
        const struct pack_node *node = steps->items[i];
        struct pack_name id = reader_name(node, "id");
        struct pack_step *step = &read[i];
        *step = (struct pack_step){.id = id.text, .where = id.where};
        step->label = reader_localised(node, "label");
        step->formula = reader_expression(node, "formula");
        reader_unit(reader, node, "unit", &step->unit);
        step->round = reader_rounding(reader, node, "round");
        step->cite = reader_cite(node, "cite");
        step->standing = reader_standing(node, "standing");
        reader_unique(reader, names, id.text, id.where, "step");
    }
    *count = items;
    return read;
}

/* Reads one bound. what names it in a message about names that stand twice. */
static void read_bound(struct pack_reader *reader, const struct pack_node *node, struct pack_bound *bound,
                       struct map *names, const char *what)
{
    static const char *const EITHER[] = {"at_most", "at_least", NULL};
    struct pack_name id = reader_name(node, "id");
    *bound = (struct pack_bound){.id = id.text, .where = id.text.bytes ? id.where : node->where};
    if (node->kind != PACK_NODE_MAPPING)
        return;
    bound->label = reader_localised(node, "label");
    bound->is_upper = reader_has(node, "at_most");
    bound->limit = reader_expression(node, bound->is_upper ? "at_most" : "at_least");
    bound->used = reader_expression(node, "used");
    bound->when = reader_expression(node, "when");
    bound->round = reader_rounding(reader, node, "round");
    bound->cite = reader_cite(node, "cite");
    bound->standing = reader_standing(node, "standing");
    reader_exactly_one(reader, node, id.text.bytes ? id.text : TEXT("bound"), bound->where, EITHER);
    reader_unique(reader, names, id.text, id.where, what);
}

struct pack_bound *reader_bounds(struct pack_reader *reader, const struct pack_node *bounds, size_t *count,
                                 struct map *names, const char *what, const char *const *taken)
{
    *count = 0;
    size_t items = reader_limited_count(reader, bounds, MOST_BOUNDS, "bounds");
    struct pack_bound *read = reader_array(reader, items, sizeof *read);
    if (!read)
        return NULL;
    for (size_t i = 0; i < items; i++) {
        read_bound(reader, bounds->items[i], &read[i], names, what);
        for (size_t j = 0; taken[j]; j++)
            if (text_equals(read[i].id, text_of(taken[j], TUOYU_NUL_TERMINATED)))
                READER_ERROR(reader, TUOYU_ERROR_PACK, read[i].where, TEXT("give the bound another name"),
                             "'%s' has a meaning of its own here", taken[j]);
    }
    *count = items;
    return read;
}

/* ---- Pricing ---- */

/* Reads the float band; without one band->is_given stays false. `free` leaves `down` as not given. */
static void read_float_band(const struct pack_node *node, struct pack_float_band *band)
{
    if (!node || node->kind != PACK_NODE_MAPPING)
        return;
    *band = (struct pack_float_band){.is_given = true,
                                     .where = node->where,
                                     .of = reader_expression(node, "of"),
                                     .up = reader_expression(node, "up"),
                                     .down = reader_expression(node, "down"),
                                     .cite = reader_cite(node, "cite"),
                                     .standing = reader_standing(node, "standing")};
    if (text_equals(band->down.text, TEXT("free")))
        band->down = (struct expression_text){.text = {NULL, 0}};
}

/* Reads one rule of the section; problems are reported and kept in the reader. */
static void read_pricing(struct pack_reader *reader, const struct pack_entry *entry,
                         struct pack_pricing *pricing)
{
    /* names that a quote uses for the parts of a rule with bounds */
    static const char *const TAKEN[] = {"amount", "formula",  "at_most",    "at_least", "charged",
                                        "none",   "float_up", "float_down", NULL};
    const struct pack_node *node = entry->node;
    *pricing = (struct pack_pricing){.rule = reader_rule(reader, entry)};
    reader_unit(reader, node, "unit", &pricing->unit);
    struct map names;
    map_init(&names, reader->arena);
    pricing->steps = reader_steps(reader, reader_get(node, "steps"), &pricing->step_count, &names);
    pricing->amount = reader_expression(node, "amount");
    pricing->round = reader_rounding(reader, node, "round");
    pricing->charged = reader_expression(node, "charged");
    pricing->at_most = reader_expression(node, "at_most");
    pricing->at_least = reader_expression(node, "at_least");
    pricing->bounds =
        reader_bounds(reader, reader_get(node, "bounds"), &pricing->bound_count, &names, "bound", TAKEN);
    read_float_band(reader_get(node, "float_band"), &pricing->float_band);
    bool has_amount =
        reader_has(node, "amount") || reader_has(node, "steps") || reader_has(node, "float_band");
    if (!has_amount && node->kind == PACK_NODE_MAPPING)
        READER_ERROR(reader, TUOYU_ERROR_PACK, entry->key_where, TEXT(""), "'%.*s' needs 'amount' or 'steps'",
                     TEXT_ARGUMENTS(entry->key));
    static const char *const LIMITS[] = {"at_most", "at_least", NULL};
    for (size_t i = 0; LIMITS[i]; i++) {
        const struct pack_node *limit = reader_get(node, LIMITS[i]);
        if (limit && !reader_has(node, "charged"))
            READER_ERROR(reader, TUOYU_ERROR_PACK, limit->where, TEXT("add charged: with the fee"),
                         "'%s' limits the fee that is charged, but 'charged' is missing", LIMITS[i]);
    }
}

void reader_pricing(struct pack_reader *reader, const struct pack_node *section)
{
    size_t count = reader_entry_count(section);
    struct pack_pricing *rules = reader_array(reader, count, sizeof *rules);
    if (!rules)
        return;
    for (size_t i = 0; i < count; i++)
        read_pricing(reader, &section->entries[i], &rules[i]);
    reader->model->pricing = rules;
    reader->model->pricing_count = count;
}
