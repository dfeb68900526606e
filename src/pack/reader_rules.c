/* SPDX-License-Identifier: Apache-2.0 */
/* Pricing, eligibility; and what several kinds of rule have. */
#include "pack/reader_parts.h"

/* ---- What every rule has ---- */

struct pack_rule reader_rule(struct pack_reader *reader, const struct pack_entry *entry)
{
    const struct pack_node *node = entry->node;
    struct pack_rule rule = {.name = entry->key, .where = entry->key_where};
    rule.title = reader_localised(node, "title");
    rule.note = reader_localised(node, "note");
    rule.when = reader_expression(node, "when");
    rule.in_force = reader_period(node, "in_force");
    rule.cite = reader_cite(node, "cite");
    rule.status = reader_status(node, "status");
    if (!rule.status) rule.status = rule.cite.source.bytes ? TUOYU_CITED : TUOYU_ASSUMED;
    const struct pack_period *whole = &reader->model->in_force;
    if (rule.in_force.is_given && whole->is_given &&
        (rule.in_force.first < whole->first || rule.in_force.last > whole->last)) {
        READER_ERROR(reader, TUOYU_ERROR_PACK, rule.in_force.where, TEXT("shorten it, or lengthen the pack's"),
                     "'%.*s' would be in force when its pack is not", TEXT_ARGUMENTS(rule.name));
        report_note(reader->diagnostics, whole->where, "the pack's time is here");
    }
    return rule;
}

struct pack_step *reader_steps(struct pack_reader *reader, const struct pack_node *steps, size_t *count, struct map *names)
{
    *count = 0;
    size_t items = reader_item_count(steps);
    struct pack_step *read = reader_array(reader, items, sizeof *read);
    if (!read) return NULL;
    for (size_t i = 0; i < items; i++) {
        const struct pack_node *node = steps->items[i];
        struct pack_name id = reader_name(node, "id");
        struct pack_step *step = &read[i];
        *step = (struct pack_step){.id = id.text, .where = id.where};
        step->label = reader_localised(node, "label");
        step->formula = reader_expression(node, "formula");
        step->unit = reader_text(node, "unit");
        step->round = reader_rounding(reader, node, "round");
        step->cite = reader_cite(node, "cite");
        step->status = reader_status(node, "status");
        reader_unique(reader, names, id.text, id.where, "step");
    }
    *count = items;
    return read;
}

static void read_bound(struct pack_reader *reader, const struct pack_node *node, struct pack_bound *bound, struct map *names,
                       const char *what)
{
    static const char *const EITHER[] = {"at_most", "at_least", NULL};
    struct pack_name id = reader_name(node, "id");
    *bound = (struct pack_bound){.id = id.text, .where = id.text.bytes ? id.where : node->where};
    if (node->kind != PACK_NODE_MAPPING) return;
    bound->label = reader_localised(node, "label");
    bound->is_upper = reader_has(node, "at_most");
    bound->limit = reader_expression(node, bound->is_upper ? "at_most" : "at_least");
    bound->used = reader_expression(node, "used");
    bound->when = reader_expression(node, "when");
    bound->round = reader_rounding(reader, node, "round");
    bound->cite = reader_cite(node, "cite");
    bound->status = reader_status(node, "status");
    reader_exactly_one(reader, node, id.text.bytes ? id.text : TEXT("bound"), bound->where, EITHER);
    reader_unique(reader, names, id.text, id.where, what);
}

struct pack_bound *reader_bounds(struct pack_reader *reader, const struct pack_node *bounds, size_t *count, struct map *names,
                                 const char *what, const char *const *taken)
{
    *count = 0;
    size_t items = reader_limited_count(reader, bounds, MOST_BOUNDS, "bounds");
    struct pack_bound *read = reader_array(reader, items, sizeof *read);
    if (!read) return NULL;
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

static void read_float_band(const struct pack_node *node, struct pack_float_band *band)
{
    if (!node || node->kind != PACK_NODE_MAPPING) return;
    *band = (struct pack_float_band){.is_given = true, .where = node->where, .of = reader_expression(node, "of"),
                                     .up = reader_expression(node, "up"), .down = reader_expression(node, "down"),
                                     .cite = reader_cite(node, "cite"), .status = reader_status(node, "status")};
    if (text_equals(band->down.text, TEXT("free"))) band->down = (struct expression_text){.text = {NULL, 0}};
}

static void read_pricing(struct pack_reader *reader, const struct pack_entry *entry, struct pack_pricing *pricing)
{
    /* Names that a quote uses for the parts of a rule with bounds. */
    static const char *const TAKEN[] = {"amount", "formula", "at_most", "at_least", "charged", "none", "float_up", "float_down", NULL};
    const struct pack_node *node = entry->node;
    *pricing = (struct pack_pricing){.rule = reader_rule(reader, entry), .unit = reader_text(node, "unit")};
    struct map names;
    map_init(&names, reader->arena);
    pricing->steps = reader_steps(reader, reader_get(node, "steps"), &pricing->step_count, &names);
    pricing->amount = reader_expression(node, "amount");
    pricing->round = reader_rounding(reader, node, "round");
    pricing->charged = reader_expression(node, "charged");
    pricing->at_most = reader_expression(node, "at_most");
    pricing->at_least = reader_expression(node, "at_least");
    pricing->bounds = reader_bounds(reader, reader_get(node, "bounds"), &pricing->bound_count, &names, "bound", TAKEN);
    read_float_band(reader_get(node, "float_band"), &pricing->float_band);
    bool has_amount = reader_has(node, "amount") || reader_has(node, "steps") || reader_has(node, "float_band");
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
    if (!rules) return;
    for (size_t i = 0; i < count; i++) read_pricing(reader, &section->entries[i], &rules[i]);
    reader->model->pricing = rules;
    reader->model->pricing_count = count;
}

/* ---- Eligibility ---- */

static const char *const GROUP_KEYS[] = {"all", "any", "none", "at_least", NULL};
static const char *const CRITERION_KEYS[] = {"when", "all", "any", "none", "at_least", NULL};
static const enum criterion_kind CRITERION_KINDS[] = {CRITERION_LEAF, CRITERION_ALL, CRITERION_ANY, CRITERION_NONE,
                                                      CRITERION_AT_LEAST};

static void read_criterion(struct pack_reader *reader, const struct pack_node *node, struct pack_criterion *criterion,
                           struct map *ids);

/* The list of a group, and how many of it: `at_least: {count: 2, of: […]}`. */
static const struct pack_node *group_items(struct pack_reader *reader, const struct pack_node *group,
                                           struct pack_criterion *criterion)
{
    if (criterion->kind != CRITERION_AT_LEAST) return group;
    const struct pack_node *items = reader_get(group, "of"), *count = reader_get(group, "count");
    if (!count || count->kind != PACK_NODE_SCALAR || !scalar_whole(count->text, &criterion->count)) return items;
    size_t most = reader_item_count(items);
    if (most > 0 && (criterion->count < 1 || (uint64_t)criterion->count > most))
        READER_ERROR(reader, TUOYU_ERROR_PACK, count->where, TEXT(""),
                     "at least %.*s of %zu criteria: it must be 1 to %zu", TEXT_ARGUMENTS(count->text), most, most);
    return items;
}

/* Recursion follows the tree, whose depth is limited. */
static void read_group(struct pack_reader *reader, const struct pack_node *node, size_t kind,
                       struct pack_criterion *criterion, struct map *ids)
{
    if (kind == SIZE_MAX) return;
    criterion->kind = CRITERION_KINDS[kind];
    if (criterion->kind == CRITERION_LEAF) return;
    const struct pack_node *items = group_items(reader, reader_get(node, CRITERION_KEYS[kind]), criterion);
    size_t count = reader_item_count(items);
    criterion->children = reader_array(reader, count, sizeof *criterion->children);
    if (!criterion->children) return;
    criterion->child_count = count;
    for (size_t i = 0; i < count; i++) read_criterion(reader, items->items[i], &criterion->children[i], ids);
}

static void read_criterion(struct pack_reader *reader, const struct pack_node *node, struct pack_criterion *criterion,
                           struct map *ids)
{
    struct pack_name id = reader_name(node, "id");
    *criterion = (struct pack_criterion){.id = id.text, .where = id.text.bytes ? id.where : node->where};
    if (node->kind != PACK_NODE_MAPPING) return;
    criterion->because = reader_localised(node, "because");
    criterion->when = reader_expression(node, "when");
    criterion->only_if = reader_expression(node, "only_if");
    criterion->cite = reader_cite(node, "cite");
    criterion->status = reader_status(node, "status");
    reader_unique(reader, ids, id.text, id.where, "criterion");
    struct text name = id.text.bytes ? id.text : TEXT("criterion");
    read_group(reader, node, reader_exactly_one(reader, node, name, criterion->where, CRITERION_KEYS), criterion, ids);
}

static void read_exceptions(struct pack_reader *reader, const struct pack_node *exceptions, struct pack_eligibility *rule,
                            struct map *ids)
{
    size_t count = reader_item_count(exceptions);
    rule->exceptions = reader_array(reader, count, sizeof *rule->exceptions);
    if (!rule->exceptions) return;
    rule->exception_count = count;
    for (size_t i = 0; i < count; i++) {
        const struct pack_node *node = exceptions->items[i];
        struct pack_name id = reader_name(node, "id");
        rule->exceptions[i] = (struct pack_exception){
            .id = id.text, .where = id.text.bytes ? id.where : node->where, .because = reader_localised(node, "because"),
            .when = reader_expression(node, "when"), .cite = reader_cite(node, "cite"), .status = reader_status(node, "status"),
            .is_waiver = text_equals(reader_text(node, "decision"), TEXT("eligible"))};
        reader_unique(reader, ids, id.text, id.where, "criterion");
    }
}

static void read_eligibility(struct pack_reader *reader, const struct pack_entry *entry, struct pack_eligibility *rule)
{
    *rule = (struct pack_eligibility){.rule = reader_rule(reader, entry),
                                      .criterion = {.kind = CRITERION_ALL, .where = entry->key_where}};
    if (entry->node->kind != PACK_NODE_MAPPING) return;
    struct map ids;
    map_init(&ids, reader->arena);
    size_t kind = reader_exactly_one(reader, entry->node, entry->key, entry->key_where, GROUP_KEYS);
    read_group(reader, entry->node, kind == SIZE_MAX ? kind : kind + 1, &rule->criterion, &ids);
    read_exceptions(reader, reader_get(entry->node, "except"), rule, &ids);
}

void reader_eligibility(struct pack_reader *reader, const struct pack_node *section)
{
    size_t count = reader_entry_count(section);
    struct pack_eligibility *rules = reader_array(reader, count, sizeof *rules);
    if (!rules) return;
    for (size_t i = 0; i < count; i++) read_eligibility(reader, &section->entries[i], &rules[i]);
    reader->model->eligibility = rules;
    reader->model->eligibility_count = count;
}
