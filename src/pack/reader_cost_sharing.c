/* SPDX-License-Identifier: Apache-2.0 */
/* Reads cost-sharing rules: the whole or its subsidies, payers, bounds, instalments and budget. */
#include "pack/reader_parts.h"

/* ---- Payers ---- */

/* Reads what a payer, or one that it stands for, says of itself. */
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
                               .standing = reader_standing(node, "standing")};
}

/* Reads the payers that a payer stands for; at most one of them may have no rate. */
static void read_among(struct pack_reader *reader, const struct pack_node *among, struct pack_payer *payer,
                       struct map *names)
{
    size_t count = reader_limited_count(reader, among, MOST_PAYERS, "payers");
    const struct pack_payer *rest = NULL;
    payer->among = reader_array(reader, count, sizeof *payer->among);
    if (!payer->among)
        return;
    payer->among_count = count;
    for (size_t i = 0; i < count; i++) {
        struct pack_payer *member = &payer->among[i];
        *member = read_payer(among->items[i]);
        reader_unique(reader, names, member->id, member->where, "payer");
        if (member->rate.text.bytes || !member->id.bytes)
            continue;
        if (rest)
            READER_ERROR(reader, TUOYU_ERROR_PACK, member->where, TEXT("give it a rate"),
                         "'%.*s' and '%.*s' would both take what is left", TEXT_ARGUMENTS(rest->id),
                         TEXT_ARGUMENTS(member->id));
        rest = member;
    }
}

/* The payer with this id, or NULL. */
static struct pack_payer *find_payer(struct pack_cost_sharing *rule, struct text id)
{
    for (size_t i = 0; i < rule->payer_count; i++)
        if (text_equals(rule->payers[i].id, id))
            return &rule->payers[i];
    return NULL;
}

/* Reads the residual payer: one of the payers by its id, or one more, for which the array has room. */
static void read_residual(struct pack_reader *reader, struct pack_cost_sharing *rule,
                          const struct pack_node *residual, struct map *names)
{
    bool is_name = residual->kind == PACK_NODE_SCALAR;
    struct pack_name id =
        is_name ? (struct pack_name){residual->text, residual->where} : reader_name(residual, "id");
    struct pack_payer *payer = is_name && id.text.bytes ? find_payer(rule, id.text) : NULL;
    if (!id.text.bytes)
        return;
    if (!payer) {
        reader_unique(reader, names, id.text, id.where, "payer");
        payer = &rule->payers[rule->payer_count++];
        *payer = (struct pack_payer){
            .id = id.text, .where = id.where, .label = reader_localised(residual, "label")};
    } else if (payer->rate.text.bytes || payer->amount.text.bytes) {
        READER_ERROR(reader, TUOYU_ERROR_PACK, residual->where, TEXT("remove its rate or amount"),
                     "'%.*s' takes what is left, so it has no rate or amount", TEXT_ARGUMENTS(id.text));
        report_note(reader->diagnostics, payer->where, "the payer is here");
    }
    payer->is_residual = true;
}

/* Reports a payer without a rate or amount, and a residual one with a limit. */
static void check_payer(struct pack_reader *reader, const struct pack_payer *payer,
                        const struct pack_node *node)
{
    static const char *const EITHER[] = {"rate", "amount", NULL};
    static const char *const BOUNDS[] = {"at_most", "at_least", "when", NULL};
    if (!payer->id.bytes || node->kind != PACK_NODE_MAPPING)
        return;
    if (!payer->is_residual) {
        reader_exactly_one(reader, node, payer->id, payer->where, EITHER);
        return;
    }
    for (size_t i = 0; BOUNDS[i]; i++)
        if (reader_has(node, BOUNDS[i]))
            READER_ERROR(reader, TUOYU_ERROR_PACK, reader_get(node, BOUNDS[i])->where, TEXT("remove it"),
                         "'%.*s' takes what is left, so it has no '%s'", TEXT_ARGUMENTS(payer->id),
                         BOUNDS[i]);
}

/* Reads all payers, with those that they stand for and the residual one. */
static void read_payers(struct pack_reader *reader, struct pack_cost_sharing *rule,
                        const struct pack_node *node, struct map *names)
{
    const struct pack_node *payers = reader_get(node, "payers"), *residual = reader_get(node, "residual");
    size_t count = reader_limited_count(reader, payers, MOST_PAYERS, "payers");
    rule->payers = reader_array(reader, count + 1, sizeof *rule->payers);
    if (!rule->payers)
        return;
    for (size_t i = 0; i < count; i++) {
        rule->payers[i] = read_payer(payers->items[i]);
        reader_unique(reader, names, rule->payers[i].id, rule->payers[i].where, "payer");
        read_among(reader, reader_get(payers->items[i], "among"), &rule->payers[i], names);
    }
    rule->payer_count = count;
    if (residual)
        read_residual(reader, rule, residual, names);
    else if (count == 0 && !node->is_misspelt && (!payers || payers->kind == PACK_NODE_SEQUENCE))
        READER_ERROR(reader, TUOYU_ERROR_PACK, payers ? payers->where : node->where,
                     TEXT("write `payers`; where one receives or pays all of it, `residual: id` alone"),
                     "nobody takes part in this rule: it has neither payers nor a residual one");
    for (size_t i = 0; i < count; i++)
        check_payer(reader, &rule->payers[i], payers->items[i]);
}

/* Reports a mapping that has both keys. */
static void check_one_of(struct pack_reader *reader, const struct pack_node *node, struct text id,
                         const char *first, const char *second)
{
    if (reader_has(node, first) && reader_has(node, second))
        READER_ERROR(reader, TUOYU_ERROR_PACK, reader_get(node, second)->where, TEXT("remove one of them"),
                     "'%.*s' has both '%s' and '%s'", TEXT_ARGUMENTS(id), first, second);
}

/* Reads one instalment. */
static void read_instalment(struct pack_reader *reader, const struct pack_node *node,
                            struct pack_instalment *instalment, struct map *names)
{
    struct pack_name id = reader_name(node, "id");
    *instalment = (struct pack_instalment){.id = id.text,
                                           .where = id.text.bytes ? id.where : node->where,
                                           .label = reader_localised(node, "label"),
                                           .share = reader_expression(node, "share"),
                                           .amount = reader_expression(node, "amount"),
                                           .due = reader_expression(node, "due"),
                                           .after = reader_expression(node, "after"),
                                           .forfeit_when = reader_expression(node, "forfeit_when"),
                                           .cite = reader_cite(node, "cite"),
                                           .standing = reader_standing(node, "standing")};
    if (node->kind != PACK_NODE_MAPPING)
        return;
    reader_unique(reader, names, id.text, id.where, "payer or instalment");
    check_one_of(reader, node, id.text, "share", "amount");
    check_one_of(reader, node, id.text, "due", "after");
}

/* Reads the instalments; at most one of them may have neither share nor amount. */
static void read_instalments(struct pack_reader *reader, struct pack_cost_sharing *rule,
                             const struct pack_node *node, struct map *names)
{
    const struct pack_node *instalments = reader_get(node, "instalments"), *paid = reader_get(node, "paid");
    size_t count = reader_limited_count(reader, instalments, MOST_INSTALMENTS, "instalments");
    rule->instalments = reader_array(reader, count, sizeof *rule->instalments);
    if (!rule->instalments)
        return;
    rule->instalment_count = count;
    rule->paid = reader_expression(node, "paid");
    if (paid && !instalments)
        READER_ERROR(reader, TUOYU_ERROR_PACK, paid->where, TEXT("add instalments"),
                     "'paid' is compared with instalments, but there are none");
    const struct pack_instalment *rest = NULL;
    for (size_t i = 0; i < count; i++) {
        struct pack_instalment *instalment = &rule->instalments[i];
        read_instalment(reader, instalments->items[i], instalment, names);
        if (instalment->share.text.bytes || instalment->amount.text.bytes || !instalment->id.bytes)
            continue;
        if (rest)
            READER_ERROR(reader, TUOYU_ERROR_PACK, instalment->where, TEXT("give it a share or an amount"),
                         "'%.*s' and '%.*s' would both take what is left", TEXT_ARGUMENTS(rest->id),
                         TEXT_ARGUMENTS(instalment->id));
        rest = instalment;
    }
}

/* ---- Budget ---- */

/* The index of a word in the list; 0, the default, where it is none of them. */
static size_t word_index(struct text word, const char *const *words)
{
    for (size_t i = 0; words[i]; i++)
        if (text_equals(word, text_of(words[i], TUOYU_NUL_TERMINATED)))
            return i;
    return 0;
}

/* Reads the keys by which claims are put in order. */
static void read_order(struct pack_reader *reader, const struct pack_node *order, struct pack_budget *budget)
{
    size_t count = reader_limited_count(reader, order, MOST_PAYERS, "keys of an order");
    budget->order = reader_array(reader, count, sizeof *budget->order);
    if (!budget->order)
        return;
    budget->order_count = count;
    for (size_t i = 0; i < count; i++) {
        const struct pack_node *item = order->items[i];
        bool is_short = item->kind == PACK_NODE_SCALAR;
        budget->order[i] = (struct pack_order_key){
            .by = is_short ? expression_of(item) : reader_expression(item, "by"),
            .highest_first = text_equals(reader_text(item, "first"), TEXT("highest"))};
    }
}

/* Whether a line of the split is for this payer. A payer that stands for others has none of its own. */
static bool has_line(const struct pack_cost_sharing *rule, struct text id)
{
    for (size_t i = 0; i < rule->payer_count; i++) {
        const struct pack_payer *payer = &rule->payers[i];
        if (payer->among_count == 0 && text_equals(payer->id, id))
            return true;
        for (size_t j = 0; j < payer->among_count; j++)
            if (text_equals(payer->among[j].id, id))
                return true;
    }
    return false;
}

/* Reports a budget's payer that has no line in the split. */
static void check_budget_payer(struct pack_reader *reader, const struct pack_cost_sharing *rule)
{
    const struct pack_name *name = &rule->budget.payer;
    struct text best = {NULL, 0};
    size_t distance = SIZE_MAX;
    if (has_line(rule, name->text))
        return;
    size_t candidates = diagnostics_wants_hint(reader->diagnostics, MOST_PAYERS) ? rule->payer_count : 0;
    for (size_t i = 0; i < candidates; i++) {
        const struct pack_payer *payer = &rule->payers[i];
        if (payer->among_count == 0)
            text_nearest(name->text, payer->id, &best, &distance);
        for (size_t j = 0; j < payer->among_count; j++)
            text_nearest(name->text, payer->among[j].id, &best, &distance);
    }
    struct text hint =
        best.bytes ? message_text(reader->arena, "did you mean %.*s?", TEXT_ARGUMENTS(best)) : TEXT("");
    READER_ERROR(reader, TUOYU_ERROR_UNKNOWN_NAME, name->where, hint,
                 "there is no line of a payer '%.*s' in this rule", TEXT_ARGUMENTS(name->text));
}

/* Reports a budget whose parts contradict each other. */
static void check_budget(struct pack_reader *reader, struct pack_cost_sharing *rule)
{
    const struct pack_budget *budget = &rule->budget;
    struct text payer = budget->payer.text;
    if (payer.bytes)
        check_budget_payer(reader, rule);
    if (payer.bytes && rule->instalment_count)
        READER_ERROR(reader, TUOYU_ERROR_PACK, budget->payer.where, TEXT("remove payer, or the instalments"),
                     "the budget pays what is payable of the instalments, which is not split by payer");
    if (budget->ties == TIES_PRO_RATA && budget->when_short != BUDGET_PAYS_PART)
        READER_ERROR(reader, TUOYU_ERROR_PACK, budget->where, TEXT("use when_short: pay_part"),
                     "claims that are paid pro rata are paid in part");
    if (budget->leftover == LEFTOVER_BY_ID && budget->ties != TIES_PRO_RATA)
        READER_ERROR(reader, TUOYU_ERROR_PACK, budget->where, TEXT("remove leftover, or use ties: pro_rata"),
                     "nothing is left over where claims that are equal are paid by their ids");
}

/* Reads the budget; without one budget.is_given stays false. */
static void read_budget(struct pack_reader *reader, struct pack_cost_sharing *rule,
                        const struct pack_node *node)
{
    static const char *const LEFTOVER[] = {"largest_remainder", "id", NULL};
    static const char *const TIES[] = {"id", "pro_rata", NULL}, *const SHORT[] = {"pay_part", "stop", "skip",
                                                                                  NULL};
    if (!node || node->kind != PACK_NODE_MAPPING)
        return;
    rule->budget = (struct pack_budget){
        .is_given = true,
        .where = node->where,
        .of = reader_expression(node, "of"),
        .used = reader_expression(node, "used"),
        .payer = reader_name(node, "payer"),
        .ties = (enum budget_ties)word_index(reader_text(node, "ties"), TIES),
        .leftover = (enum budget_leftover)word_index(reader_text(node, "leftover"), LEFTOVER),
        .when_short = (enum budget_end)word_index(reader_text(node, "when_short"), SHORT),
        .cite = reader_cite(node, "cite"),
        .standing = reader_standing(node, "standing")};
    read_order(reader, reader_get(node, "order"), &rule->budget);
    check_budget(reader, rule);
}

/* ---- The whole ---- */

/* Reads the subsidies. Their ids are names in formulas, so they must differ from steps and payers. */
static void read_subsidies(struct pack_reader *reader, struct pack_cost_sharing *rule,
                           const struct pack_node *subsidies, struct map *steps, struct map *names)
{
    static const char *const EITHER[] = {"amount", "rule", NULL};
    size_t count = reader_limited_count(reader, subsidies, MOST_SUBSIDIES, "subsidies");
    rule->subsidies = reader_array(reader, count, sizeof *rule->subsidies);
    if (!rule->subsidies)
        return;
    rule->subsidy_count = count;
    for (size_t i = 0; i < count; i++) {
        const struct pack_node *node = subsidies->items[i];
        struct pack_name id = reader_name(node, "id");
        rule->subsidies[i] = (struct pack_subsidy){.id = id.text,
                                                   .where = id.text.bytes ? id.where : node->where,
                                                   .label = reader_localised(node, "label"),
                                                   .amount = reader_expression(node, "amount"),
                                                   .rule = reader_name(node, "rule"),
                                                   .when = reader_expression(node, "when"),
                                                   .cite = reader_cite(node, "cite"),
                                                   .standing = reader_standing(node, "standing")};
        if (node->kind != PACK_NODE_MAPPING)
            continue;
        reader_exactly_one(reader, node, id.text.bytes ? id.text : TEXT("subsidy"), rule->subsidies[i].where,
                           EITHER);
        bool is_new = id.text.bytes && !map_get(names, id.text);
        reader_unique(reader, names, id.text, id.where, "payer or subsidy");
        if (is_new)
            reader_unique(reader, steps, id.text, id.where, "step or subsidy");
    }
}

/* Reports a rule whose whole is not given in exactly one way, and names that cost-sharing uses itself. */
static void check_whole(struct pack_reader *reader, const struct pack_cost_sharing *rule,
                        const struct pack_node *node)
{
    static const char *const EITHER[] = {"of", "subsidies", NULL};
    static const char *const TAKEN[] = {"whole", "remaining", NULL};
    const struct pack_node *bounds = reader_get(node, "bounds"),
                           *combinations = reader_get(node, "combinations");
    if (node->kind != PACK_NODE_MAPPING)
        return;
    reader_exactly_one(reader, node, rule->rule.name, rule->rule.where, EITHER);
    if (bounds && rule->subsidy_count)
        READER_ERROR(reader, TUOYU_ERROR_PACK, bounds->where,
                     TEXT("limit them together by a combination with at_most"),
                     "'bounds' limit 'of', but the whole is made up of subsidies");
    if (combinations && !rule->subsidy_count)
        READER_ERROR(reader, TUOYU_ERROR_PACK, combinations->where, TEXT("add subsidies"),
                     "'combinations' are of subsidies, but there are none");
    for (size_t i = 0; i < rule->step_count + rule->subsidy_count; i++) {
        bool is_step = i < rule->step_count;
        struct text id = is_step ? rule->steps[i].id : rule->subsidies[i - rule->step_count].id;
        struct location where = is_step ? rule->steps[i].where : rule->subsidies[i - rule->step_count].where;
        for (size_t j = 0; TAKEN[j]; j++)
            if (text_equals(id, text_of(TAKEN[j], TUOYU_NUL_TERMINATED)))
                READER_ERROR(reader, TUOYU_ERROR_PACK, where,
                             is_step ? TEXT("give the step another name")
                                     : TEXT("give the subsidy another name"),
                             "'%s' has a meaning of its own in cost-sharing", TAKEN[j]);
    }
}

/* Reads one rule of the section into *rule; problems are reported and kept in the reader. */
static void read_cost_sharing(struct pack_reader *reader, const struct pack_entry *entry,
                              struct pack_cost_sharing *rule)
{
    /* names that a split uses for its own parts */
    static const char *const TAKEN[] = {"whole", "remaining", "formula", "none", "entitled",
                                        "paid",  "claw_back", "payable", NULL};
    const struct pack_node *node = entry->node;
    *rule = (struct pack_cost_sharing){.rule = reader_rule(reader, entry)};
    reader_unit(reader, node, "unit", &rule->unit);
    struct map steps, payers;
    map_init(&steps, reader->arena);
    map_init(&payers, reader->arena);
    rule->steps = reader_steps(reader, reader_get(node, "steps"), &rule->step_count, &steps);
    rule->of = reader_expression(node, "of");
    rule->round = reader_rounding(reader, node, "round");
    read_payers(reader, rule, node, &payers);
    read_subsidies(reader, rule, reader_get(node, "subsidies"), &steps, &payers);
    bool has_all_subsidies = reader_item_count(reader_get(node, "subsidies")) == rule->subsidy_count;
    if (has_all_subsidies)
        reader_combinations(reader, rule, reader_get(node, "combinations"), &payers);
    rule->bounds = reader_bounds(reader, reader_get(node, "bounds"), &rule->bound_count, &payers,
                                 "payer or bound", TAKEN);
    read_instalments(reader, rule, node, &payers);
    read_budget(reader, rule, reader_get(node, "budget"));
    check_whole(reader, rule, node);
}

void reader_cost_sharing(struct pack_reader *reader, const struct pack_node *section)
{
    size_t count = reader_entry_count(section);
    struct pack_cost_sharing *rules = reader_array(reader, count, sizeof *rules);
    if (!rules)
        return;
    for (size_t i = 0; i < count; i++)
        read_cost_sharing(reader, &section->entries[i], &rules[i]);
    reader->model->cost_sharing = rules;
    reader->model->cost_sharing_count = count;
}
