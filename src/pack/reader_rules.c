/* SPDX-License-Identifier: Apache-2.0 */
/* Pricing and cost-sharing; and what every rule has. */
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

static struct pack_step *read_steps(struct pack_reader *reader, const struct pack_node *steps, size_t *count,
                                    struct map *names)
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

/* ---- Pricing ---- */

static void read_bounds(struct pack_reader *reader, const struct pack_node *bounds, struct pack_pricing *pricing,
                        struct map *names)
{
    static const char *const EITHER[] = {"at_most", "at_least", NULL};
    size_t count = reader_item_count(bounds);
    pricing->bounds = reader_array(reader, count, sizeof *pricing->bounds);
    if (!pricing->bounds) return;
    pricing->bound_count = count;
    for (size_t i = 0; i < count; i++) {
        const struct pack_node *node = bounds->items[i];
        struct pack_name id = reader_name(node, "id");
        struct pack_bound *bound = &pricing->bounds[i];
        *bound = (struct pack_bound){.id = id.text, .where = id.text.bytes ? id.where : node->where};
        if (node->kind != PACK_NODE_MAPPING) continue;
        bound->label = reader_localised(node, "label");
        bound->is_upper = reader_has(node, "at_most");
        bound->limit = reader_expression(node, bound->is_upper ? "at_most" : "at_least");
        bound->when = reader_expression(node, "when");
        bound->round = reader_rounding(reader, node, "round");
        bound->cite = reader_cite(node, "cite");
        bound->status = reader_status(node, "status");
        reader_exactly_one(reader, node, id.text.bytes ? id.text : TEXT("bound"), bound->where, EITHER);
        reader_unique(reader, names, id.text, id.where, "bound");
    }
}

static void read_float_band(const struct pack_node *node, struct pack_float_band *band)
{
    if (!node || node->kind != PACK_NODE_MAPPING) return;
    *band = (struct pack_float_band){.is_given = true, .where = node->where, .of = reader_expression(node, "of"),
                                     .up = reader_expression(node, "up"), .down = reader_expression(node, "down"),
                                     .cite = reader_cite(node, "cite"), .status = reader_status(node, "status")};
    if (text_equals(band->down.text, TEXT("free"))) band->down = (struct expression_text){.text = {NULL, 0}};
}

/* Names that a quote uses for the parts of a rule with bounds. */
static void check_bound_names(struct pack_reader *reader, const struct pack_pricing *pricing)
{
    static const char *const TAKEN[] = {"amount", "formula", "at_most", "at_least", "charged", "none",
                                        "float_up", "float_down", NULL};
    for (size_t i = 0; i < pricing->bound_count; i++)
        for (size_t j = 0; TAKEN[j]; j++)
            if (text_equals(pricing->bounds[i].id, text_of(TAKEN[j], TUOYU_NUL_TERMINATED)))
                READER_ERROR(reader, TUOYU_ERROR_PACK, pricing->bounds[i].where, TEXT("give the bound another name"),
                             "'%s' has a meaning of its own in pricing", TAKEN[j]);
}

static void read_pricing(struct pack_reader *reader, const struct pack_entry *entry, struct pack_pricing *pricing)
{
    const struct pack_node *node = entry->node;
    *pricing = (struct pack_pricing){.rule = reader_rule(reader, entry), .unit = reader_text(node, "unit")};
    struct map names;
    map_init(&names, reader->arena);
    pricing->steps = read_steps(reader, reader_get(node, "steps"), &pricing->step_count, &names);
    pricing->amount = reader_expression(node, "amount");
    pricing->round = reader_rounding(reader, node, "round");
    pricing->charged = reader_expression(node, "charged");
    pricing->at_most = reader_expression(node, "at_most");
    pricing->at_least = reader_expression(node, "at_least");
    read_bounds(reader, reader_get(node, "bounds"), pricing, &names);
    read_float_band(reader_get(node, "float_band"), &pricing->float_band);
    check_bound_names(reader, pricing);
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

/* ---- Cost-sharing ---- */

static struct pack_payer read_payer(const struct pack_node *node)
{
    struct pack_name id = reader_name(node, "id");
    return (struct pack_payer){.id = id.text,
                               .where = id.where,
                               .label = reader_localised(node, "label"),
                               .rate = reader_expression(node, "rate"),
                               .amount = reader_expression(node, "amount"),
                               .at_most = reader_expression(node, "at_most"),
                               .at_least = reader_expression(node, "at_least"),
                               .when = reader_expression(node, "when"),
                               .cite = reader_cite(node, "cite"),
                               .status = reader_status(node, "status")};
}

static struct pack_payer *find_payer(struct pack_cost_sharing *rule, struct text id)
{
    for (size_t i = 0; i < rule->payer_count; i++)
        if (text_equals(rule->payers[i].id, id)) return &rule->payers[i];
    return NULL;
}

/* The array of payers has room for one more. */
static void read_residual(struct pack_reader *reader, struct pack_cost_sharing *rule, const struct pack_node *residual,
                          struct map *names)
{
    bool is_name = residual->kind == PACK_NODE_SCALAR;
    struct pack_name id = is_name ? (struct pack_name){residual->text, residual->where} : reader_name(residual, "id");
    struct pack_payer *payer = is_name && id.text.bytes ? find_payer(rule, id.text) : NULL;
    if (!id.text.bytes) return;
    if (!payer) {
        reader_unique(reader, names, id.text, id.where, "payer");
        payer = &rule->payers[rule->payer_count++];
        *payer = (struct pack_payer){.id = id.text, .where = id.where, .label = reader_localised(residual, "label")};
    } else if (payer->rate.text.bytes || payer->amount.text.bytes) {
        READER_ERROR(reader, TUOYU_ERROR_PACK, residual->where, TEXT("remove its rate or amount"),
                     "'%.*s' takes what is left, so it has no rate or amount", TEXT_ARGUMENTS(id.text));
        report_note(reader->diagnostics, payer->where, "the payer is here");
    }
    payer->is_residual = true;
}

static void check_payer(struct pack_reader *reader, const struct pack_payer *payer, const struct pack_node *node)
{
    static const char *const EITHER[] = {"rate", "amount", NULL};
    static const char *const BOUNDS[] = {"at_most", "at_least", "when", NULL};
    if (!payer->id.bytes || node->kind != PACK_NODE_MAPPING) return;
    if (!payer->is_residual) {
        reader_exactly_one(reader, node, payer->id, payer->where, EITHER);
        return;
    }
    for (size_t i = 0; BOUNDS[i]; i++)
        if (reader_has(node, BOUNDS[i]))
            READER_ERROR(reader, TUOYU_ERROR_PACK, reader_get(node, BOUNDS[i])->where, TEXT("remove it"),
                         "'%.*s' takes what is left, so it has no '%s'", TEXT_ARGUMENTS(payer->id), BOUNDS[i]);
}

static void read_payers(struct pack_reader *reader, struct pack_cost_sharing *rule, const struct pack_node *node,
                        struct map *names)
{
    const struct pack_node *payers = reader_get(node, "payers"), *residual = reader_get(node, "residual");
    size_t count = reader_item_count(payers);
    rule->payers = reader_array(reader, count + 1, sizeof *rule->payers);
    if (!rule->payers) return;
    for (size_t i = 0; i < count; i++) {
        rule->payers[i] = read_payer(payers->items[i]);
        reader_unique(reader, names, rule->payers[i].id, rule->payers[i].where, "payer");
    }
    rule->payer_count = count;
    if (residual) read_residual(reader, rule, residual, names);
    for (size_t i = 0; i < count; i++) check_payer(reader, &rule->payers[i], payers->items[i]);
}

/* At most one of two keys. */
static void check_one_of(struct pack_reader *reader, const struct pack_node *node, struct text id, const char *first,
                         const char *second)
{
    if (reader_has(node, first) && reader_has(node, second))
        READER_ERROR(reader, TUOYU_ERROR_PACK, reader_get(node, second)->where, TEXT("remove one of them"),
                     "'%.*s' has both '%s' and '%s'", TEXT_ARGUMENTS(id), first, second);
}

static void read_instalment(struct pack_reader *reader, const struct pack_node *node, struct pack_instalment *instalment,
                            struct map *names)
{
    struct pack_name id = reader_name(node, "id");
    *instalment = (struct pack_instalment){.id = id.text, .where = id.text.bytes ? id.where : node->where,
                                           .label = reader_localised(node, "label"),
                                           .share = reader_expression(node, "share"),
                                           .amount = reader_expression(node, "amount"),
                                           .due = reader_expression(node, "due"),
                                           .after = reader_expression(node, "after"),
                                           .forfeit_when = reader_expression(node, "forfeit_when"),
                                           .cite = reader_cite(node, "cite"), .status = reader_status(node, "status")};
    if (node->kind != PACK_NODE_MAPPING) return;
    reader_unique(reader, names, id.text, id.where, "payer or instalment");
    check_one_of(reader, node, id.text, "share", "amount");
    check_one_of(reader, node, id.text, "due", "after");
}

static void read_instalments(struct pack_reader *reader, struct pack_cost_sharing *rule, const struct pack_node *node,
                             struct map *names)
{
    const struct pack_node *instalments = reader_get(node, "instalments"), *paid = reader_get(node, "paid");
    size_t count = reader_item_count(instalments);
    rule->instalments = reader_array(reader, count, sizeof *rule->instalments);
    if (!rule->instalments) return;
    rule->instalment_count = count;
    rule->paid = reader_expression(node, "paid");
    if (paid && !instalments)
        READER_ERROR(reader, TUOYU_ERROR_PACK, paid->where, TEXT("add instalments"),
                     "'paid' is compared with instalments, but there are none");
    const struct pack_instalment *rest = NULL;
    for (size_t i = 0; i < count; i++) {
        struct pack_instalment *instalment = &rule->instalments[i];
        read_instalment(reader, instalments->items[i], instalment, names);
        if (instalment->share.text.bytes || instalment->amount.text.bytes || !instalment->id.bytes) continue;
        if (rest)
            READER_ERROR(reader, TUOYU_ERROR_PACK, instalment->where, TEXT("give it a share or an amount"),
                         "'%.*s' and '%.*s' would both take what is left", TEXT_ARGUMENTS(rest->id),
                         TEXT_ARGUMENTS(instalment->id));
        rest = instalment;
    }
}

static void read_cost_sharing(struct pack_reader *reader, const struct pack_entry *entry,
                              struct pack_cost_sharing *rule)
{
    const struct pack_node *node = entry->node;
    *rule = (struct pack_cost_sharing){.rule = reader_rule(reader, entry), .unit = reader_text(node, "unit")};
    struct map steps, payers;
    map_init(&steps, reader->arena);
    map_init(&payers, reader->arena);
    rule->steps = read_steps(reader, reader_get(node, "steps"), &rule->step_count, &steps);
    rule->of = reader_expression(node, "of");
    rule->round = reader_rounding(reader, node, "round");
    read_payers(reader, rule, node, &payers);
    read_instalments(reader, rule, node, &payers);
    for (size_t i = 0; i < rule->step_count; i++)
        if (text_equals(rule->steps[i].id, TEXT("whole")) || text_equals(rule->steps[i].id, TEXT("remaining")))
            READER_ERROR(reader, TUOYU_ERROR_PACK, rule->steps[i].where, TEXT("give the step another name"),
                         "'%.*s' has a meaning of its own in cost-sharing", TEXT_ARGUMENTS(rule->steps[i].id));
}

void reader_cost_sharing(struct pack_reader *reader, const struct pack_node *section)
{
    size_t count = reader_entry_count(section);
    struct pack_cost_sharing *rules = reader_array(reader, count, sizeof *rules);
    if (!rules) return;
    for (size_t i = 0; i < count; i++) read_cost_sharing(reader, &section->entries[i], &rules[i]);
    reader->model->cost_sharing = rules;
    reader->model->cost_sharing_count = count;
}
