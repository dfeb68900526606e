/* SPDX-License-Identifier: Apache-2.0 */
/* Lowers the subsidies that make up a whole and their combinations, and reads from an evaluation which
 * were paid, excluded or cut. */
#include "rules/subsidy.h"

#include "rules/rule_kind.h"

/* What the subsidies of a rule have in common while they are lowered. */
struct combining {
    struct lowering *lowering;
    const struct pack_cost_sharing *written;
    const struct pack_rounding *round;
    struct tuoyu_cost_sharing *rule;
    uint32_t *now; /* by subsidy: slot of what the combinations lowered so far leave of it */
};

/* False, with TUOYU_ERROR_NO_MEMORY noted in the lowering, if the pointer is NULL. */
static bool has_memory(struct combining *combining, const void *pointer)
{
    if (!pointer)
        lowering_fail(combining->lowering, TUOYU_ERROR_NO_MEMORY);
    return pointer;
}

/* Lowers an amount as the slot `id.part`; SLOT_NONE only when memory is refused. */
static uint32_t lower_amount(struct combining *combining, struct text id, struct text part,
                             const struct localised *label, const struct node *tree,
                             const struct pack_rounding *round, struct location where)
{
    struct text name =
        text_format(combining->lowering->arena, "%.*s.%.*s", TEXT_ARGUMENTS(id), TEXT_ARGUMENTS(part));
    if (!has_memory(combining, tree) || !has_memory(combining, name.bytes))
        return SLOT_NONE;
    return lower_expression(combining->lowering, combining->lowering->scope,
                            &(struct lowered){.part = name,
                                              .label = label,
                                              .unit = combining->written->unit,
                                              .tree = tree,
                                              .round = round,
                                              .type = TYPE_NUMBER,
                                              .where = where});
}

/* Lowers an optional expression as the slot `id.part`. SLOT_NONE if it is not written, or when memory is
 * refused. */
static uint32_t lower_written(struct combining *combining, struct text id, const char *part,
                              const struct expression_text *written, struct text unit, enum type_kind type)
{
    if (!written->text.bytes)
        return SLOT_NONE;
    struct text name = text_format(combining->lowering->arena, "%.*s.%s", TEXT_ARGUMENTS(id), part);
    if (!has_memory(combining, name.bytes))
        return SLOT_NONE;
    return lower_optional(combining->lowering, combining->lowering->scope, name.bytes, written, unit, type);
}

/* ---- A subsidy that is another rule ---- */

/* Notes an error in the lowering and returns 0 as a tree, so that the lowering can go on and report more. */
static const struct node *refuse(struct combining *combining, tuoyu_status status)
{
    lowering_fail(combining->lowering, status);
    return tree_number(combining->lowering, 0);
}

bool is_made_up_of_rules(const struct pack_cost_sharing *written)
{
    for (size_t i = 0; i < written->subsidy_count; i++)
        if (written->subsidies[i].rule.text.bytes)
            return true;
    return false;
}

/* True if the rule is made up of other rules itself. Only one level is allowed, so that there is no order
 * to find among such rules. */
static bool is_made_up_too(const struct rule *rule)
{
    const struct rule_kind *kind = kind_of_rule(rule);
    return kind->is_made_up_of_rules && kind->is_made_up_of_rules(rule);
}

/* Reports a rule that cannot be a subsidy: one made up of rules itself, one without an amount, or one in
 * another unit. */
static tuoyu_status check_rule(struct combining *combining, const struct pack_name *name,
                               const struct rule *rule)
{
    struct lowering *lowering = combining->lowering;
    struct text unit = combining->written->unit;
    if (is_made_up_too(rule))
        return report(lowering->diagnostics, TUOYU_ERROR_CYCLE, name->where,
                      TEXT("name the rules that it is made up of"), "`%.*s` is made up of other rules itself",
                      TEXT_ARGUMENTS(name->text));
    if (!kind_of_rule(rule)->amount)
        return report(lowering->diagnostics, TUOYU_ERROR_PACK, name->where,
                      TEXT("name a pricing or cost-sharing rule"), "`%.*s` gives no amount",
                      TEXT_ARGUMENTS(name->text));
    if (!text_equals(rule->unit, unit))
        return report(lowering->diagnostics, TUOYU_ERROR_TYPE, name->where,
                      TEXT("write an amount in the unit of this rule"),
                      "`%.*s` is in %.*s, but this rule is in %.*s", TEXT_ARGUMENTS(name->text),
                      TEXT_ARGUMENTS(rule->unit), TEXT_ARGUMENTS(unit));
    return TUOYU_OK;
}

/* The rule of this name: its version in the pack that names it, else its earliest version. NULL if it is
 * not found, which is reported. */
static const struct rule *find_rule(struct combining *combining, const struct pack_name *name)
{
    struct lowering *lowering = combining->lowering;
    size_t index = 0;
    tuoyu_status status = policy_find_rule(lowering->policy, name->text, 0, lowering->pack, name->where,
                                           &index, lowering->diagnostics);
    if (status != TUOYU_OK)
        return NULL;
    const struct rule *first = lowering->policy->rules[index], *own = first;
    while (own && own->pack != lowering->pack)
        own = own->next_version;
    return own ? own : first;
}

/* The formula that gives 0 on the days on which the rule is not in force; its first and last day are
 * included. */
static const struct node *in_force(struct combining *combining, const struct rule *rule,
                                   const struct node *tree)
{
    struct lowering *lowering = combining->lowering;
    const struct rule *own = &combining->rule->rule;
    const struct node *as_of = tree_slot(lowering, SLOT_AS_OF_INDEX), *nothing = tree_number(lowering, 0);
    if (rule->last_day < own->last_day)
        tree =
            tree_if(lowering, tree_pair(lowering, NODE_GREATER, as_of, tree_date(lowering, rule->last_day)),
                    nothing, tree);
    if (rule->first_day > own->first_day)
        tree = tree_if(lowering, tree_pair(lowering, NODE_LESS, as_of, tree_date(lowering, rule->first_day)),
                       nothing, tree);
    return tree;
}

/* The formula of what one version of a rule gives; 0 if it does not apply or is not in force. */
static const struct node *version_tree(struct combining *combining, const struct pack_name *name,
                                       const struct rule *rule)
{
    struct lowering *lowering = combining->lowering;
    tuoyu_status status = check_rule(combining, name, rule);
    if (status != TUOYU_OK)
        return refuse(combining, status);
    uint32_t amount = kind_of_rule(rule)->amount(rule);
    if (amount == SLOT_NONE)
        return refuse(combining, TUOYU_ERROR_NO_MEMORY);
    const struct node *tree = tree_slot(lowering, amount);
    if (rule->when != SLOT_NONE)
        tree = tree_if(lowering, tree_slot(lowering, rule->when), tree, tree_number(lowering, 0));
    return in_force(combining, rule, tree);
}

/* The formula over a version and those after it, which count from the day after its last day on. */
static const struct node *versions_tree(struct combining *combining, const struct pack_name *name,
                                        const struct rule *rule)
{
    struct lowering *lowering = combining->lowering;
    const struct node *tree = version_tree(combining, name, rule);
    if (!rule->next_version)
        return tree;
    const struct node *is_later = tree_pair(lowering, NODE_GREATER, tree_slot(lowering, SLOT_AS_OF_INDEX),
                                            tree_date(lowering, rule->last_day));
    return tree_if(lowering, is_later, versions_tree(combining, name, rule->next_version), tree);
}

/* The formula of what the named rule gives. *cited becomes its citation if only one version counts; the
 * citations of several versions are with their amounts. */
static const struct node *rule_tree(struct combining *combining, const struct pack_name *name,
                                    const struct citation **cited)
{
    const struct rule *rule = find_rule(combining, name);
    if (!rule)
        return refuse(combining, TUOYU_ERROR_UNKNOWN_NAME);
    if (rule->pack == combining->lowering->pack) {
        *cited = &rule->citation;
        return version_tree(combining, name, rule);
    }
    if (!rule->next_version)
        *cited = &rule->citation;
    return versions_tree(combining, name, rule);
}

/* ---- What is due by itself ---- */

/* The formula of what is due of a subsidy: what its rule gives, or its amount. */
static const struct node *due_tree(struct combining *combining, const struct pack_subsidy *written,
                                   const struct citation **cited)
{
    if (written->rule.text.bytes)
        return rule_tree(combining, &written->rule, cited);
    return tree_slot(combining->lowering, lower_written(combining, written->id, "amount", &written->amount,
                                                        combining->written->unit, TYPE_NUMBER));
}

/* Lowers what is due of a subsidy before combinations. Returns false when memory is refused. */
static bool lower_claimed(struct combining *combining, size_t index)
{
    struct lowering *lowering = combining->lowering;
    const struct pack_subsidy *written = &combining->written->subsidies[index];
    struct subsidy *subsidy = &combining->rule->subsidies[index];
    const struct citation *cited = NULL;
    *subsidy = (struct subsidy){.id = written->id, .label = written->label};
    const struct node *tree = due_tree(combining, written, &cited);
    uint32_t when = lower_written(combining, written->id, "when", &written->when, TEXT(""), TYPE_BOOLEAN);
    if (when != SLOT_NONE)
        tree = tree_if(lowering, tree_slot(lowering, when), tree, tree_number(lowering, 0));
    if (!has_memory(combining, tree))
        return false;
    subsidy->claimed = lower_expression(
        lowering, lowering->scope,
        &(struct lowered){.part = written->id,
                          .label = &written->label,
                          .unit = combining->written->unit,
                          .tree = tree,
                          .round = combining->round,
                          .money = {.noun = "subsidy", .of = written->id, .is_payable = true},
                          .cite = &written->cite,
                          .standing = written->standing,
                          .type = TYPE_NUMBER,
                          .cited = written->cite.source.bytes || written->standing ? NULL : cited,
                          .where = written->where});
    combining->now[index] = subsidy->claimed;
    return subsidy->claimed != SLOT_NONE;
}

/* ---- Combinations ---- */

/* The sum of the members' amounts, as the combinations lowered so far leave them. */
static const struct node *sum_tree(struct combining *combining, const struct pack_combination *written)
{
    const struct node *sum = NULL;
    for (size_t i = 0; i < written->member_count; i++) {
        const struct node *one = tree_slot(combining->lowering, combining->now[written->members[i]]);
        sum = i ? tree_pair(combining->lowering, NODE_ADD, sum, one) : one;
    }
    return sum;
}

/* The slot of the largest amount among the members. Each step gets a slot of its own, which keeps the
 * trees small. */
static uint32_t lower_highest(struct combining *combining, const struct pack_combination *written)
{
    static const struct localised LABEL = {.zh = {"其中最高", sizeof "其中最高" - 1},
                                           .en = {"the highest of them", 19}};
    uint32_t highest = combining->now[written->members[0]];
    for (size_t i = 1; i < written->member_count && highest != SLOT_NONE; i++) {
        const struct node *tree =
            tree_call(combining->lowering, FEEL_MAX, tree_slot(combining->lowering, highest),
                      tree_slot(combining->lowering, combining->now[written->members[i]]));
        highest = lower_amount(combining, written->id, TEXT("highest"), &LABEL, tree, NULL, written->where);
    }
    return highest;
}

/* Lowers what counts towards a limit already; SLOT_NONE if it is not written. It is checked as money,
 * since a negative amount would raise the limit above the one written. */
static uint32_t lower_used(struct combining *combining, const struct pack_combination *written)
{
    struct lowering *lowering = combining->lowering;
    struct text name = text_format(lowering->arena, "%.*s.used", TEXT_ARGUMENTS(written->id));
    struct money_check money = {.noun = "amount used", .of = written->id};
    if (!has_memory(combining, name.bytes))
        return SLOT_NONE;
    return lower_optional_money(lowering, lowering->scope, name.bytes, &written->used,
                                combining->written->unit, money);
}

/* Lowers what a limit leaves to pay, at least 0. It is rounded down, so that the limit is kept. */
static uint32_t lower_left(struct combining *combining, const struct pack_combination *written)
{
    static const struct localised LABEL = {.zh = {"剩余限额", sizeof "剩余限额" - 1},
                                           .en = {"left of the limit", 17}};
    struct lowering *lowering = combining->lowering;
    struct pack_rounding down = *combining->round;
    struct text unit = combining->written->unit;
    down.mode = DECIMAL_FLOOR;
    uint32_t used = lower_used(combining, written);
    const struct node *tree = tree_slot(
        lowering, lower_written(combining, written->id, "at_most", &written->at_most, unit, TYPE_NUMBER));
    if (used != SLOT_NONE)
        tree = tree_pair(lowering, NODE_SUBTRACT, tree, tree_slot(lowering, used));
    tree = tree_call(lowering, FEEL_MAX, tree_number(lowering, 0), tree);
    return lower_amount(combining, written->id, TEXT("left"), &LABEL, tree, &down, written->where);
}

/* The formula of what a combination leaves of one member. `paid` is what is paid of the members before it
 * in the list, NULL for the first; `decisive` is the slot of the highest amount, or of what the limit
 * leaves. */
static const struct node *member_tree(struct combining *combining, const struct pack_combination *written,
                                      uint32_t decisive, uint32_t before, const struct node *paid)
{
    struct lowering *lowering = combining->lowering;
    const struct node *amount = tree_slot(lowering, before), *nothing = tree_number(lowering, 0);
    if (written->kind == COMBINATION_AT_MOST) {
        const struct node *left = tree_slot(lowering, decisive);
        if (paid)
            left = tree_pair(lowering, NODE_SUBTRACT, left, paid);
        return tree_call(lowering, FEEL_MIN, amount, left);
    }
    const struct node *tree = amount;
    if (written->keeps_highest) {
        const struct node *is_less = tree_pair(lowering, NODE_LESS, amount, tree_slot(lowering, decisive));
        tree = tree_if(lowering, is_less, nothing, amount);
    }
    return paid ? tree_if(lowering, tree_pair(lowering, NODE_GREATER, paid, nothing), nothing, tree) : tree;
}

/* The name in a language, or in the other one if that is not written, or else the id. */
static struct text name_of(const struct localised *localised, bool is_english, struct text id)
{
    struct text first = is_english ? localised->en : localised->zh,
                second = is_english ? localised->zh : localised->en;
    return first.bytes ? first : second.bytes ? second : id;
}

/* Labels what a combination leaves of a subsidy after both: 运营补助〔就高不重复〕. Returns false when memory
 * is refused. */
static bool label_after(struct combining *combining, const struct pack_subsidy *subsidy,
                        const struct pack_combination *written, struct localised *out)
{
    struct arena *arena = combining->lowering->arena;
    out->zh = text_format(arena, "%.*s〔%.*s〕", TEXT_ARGUMENTS(name_of(&subsidy->label, false, subsidy->id)),
                          TEXT_ARGUMENTS(name_of(&written->because, false, written->id)));
    out->en = text_format(arena, "%.*s [%.*s]", TEXT_ARGUMENTS(name_of(&subsidy->label, true, subsidy->id)),
                          TEXT_ARGUMENTS(name_of(&written->because, true, written->id)));
    return has_memory(combining, out->zh.bytes) && has_memory(combining, out->en.bytes);
}

/* Lowers what the combination leaves of each member, in the order of the list. Returns false when memory
 * is refused. */
static bool lower_members(struct combining *combining, const struct pack_combination *written,
                          struct combination *combination, uint32_t decisive)
{
    struct lowering *lowering = combining->lowering;
    const struct node *paid = NULL;
    for (size_t i = 0; i < written->member_count; i++) {
        struct combined *member = &combination->members[i];
        const struct pack_subsidy *subsidy = &combining->written->subsidies[written->members[i]];
        *member =
            (struct combined){.subsidy = written->members[i], .before = combining->now[written->members[i]]};
        const struct node *tree = member_tree(combining, written, decisive, member->before, paid);
        if (combination->when != SLOT_NONE)
            tree = tree_if(lowering, tree_slot(lowering, combination->when), tree,
                           tree_slot(lowering, member->before));
        struct localised label;
        if (!label_after(combining, subsidy, written, &label))
            return false;
        member->after = lower_amount(combining, subsidy->id, written->id, &label, tree, NULL, written->where);
        if (member->after == SLOT_NONE)
            return false;
        combining->now[member->subsidy] = member->after;
        const struct node *after = tree_slot(lowering, member->after);
        paid = paid ? tree_pair(lowering, NODE_ADD, paid, after) : after;
        if (!has_memory(combining, paid))
            return false;
    }
    return true;
}

/* Lowers one combination. Returns false when memory is refused. */
static bool lower_combination(struct combining *combining, size_t index)
{
    struct lowering *lowering = combining->lowering;
    const struct pack_combination *written = &combining->written->combinations[index];
    struct combination *combination = &combining->rule->combinations[index];
    *combination =
        (struct combination){.id = written->id,
                             .because = written->because,
                             .kind = written->kind,
                             .left = SLOT_NONE,
                             .members = ARENA_ARRAY(lowering->arena, struct combined, written->member_count)};
    if (!has_memory(combining, combination->members))
        return false;
    combination->when = lower_written(combining, written->id, "when", &written->when, TEXT(""), TYPE_BOOLEAN);
    if (written->kind == COMBINATION_AT_MOST)
        combination->left = lower_left(combining, written);
    if (written->kind != COMBINATION_TOGETHER) {
        uint32_t decisive = written->keeps_highest ? lower_highest(combining, written) : combination->left;
        if (lowering->status == TUOYU_ERROR_NO_MEMORY ||
            !lower_members(combining, written, combination, decisive))
            return false;
        combination->member_count = written->member_count;
    }
    const struct node *sum = sum_tree(combining, written);
    if (!has_memory(combining, sum))
        return false;
    combination->sum = lower_expression(lowering, lowering->scope,
                                        &(struct lowered){.part = written->id,
                                                          .label = &written->because,
                                                          .unit = combining->written->unit,
                                                          .tree = sum,
                                                          .cite = &written->cite,
                                                          .standing = written->standing,
                                                          .type = TYPE_NUMBER,
                                                          .where = written->where});
    return combination->sum != SLOT_NONE;
}

/* ---- All of them ---- */

/* Lowers the subsidies and then the combinations, and declares what is paid of each subsidy. Returns false
 * when memory is refused. */
static bool lower_all(struct combining *combining)
{
    const struct pack_cost_sharing *written = combining->written;
    struct tuoyu_cost_sharing *rule = combining->rule;
    for (size_t i = 0; i < written->subsidy_count; i++)
        if (!lower_claimed(combining, i))
            return false;
    for (size_t i = 0; i < written->combination_count; i++)
        if (!lower_combination(combining, i))
            return false;
    rule->subsidy_count = written->subsidy_count;
    rule->combination_count = written->combination_count;
    /* The names are declared only now, since no amount may read what is paid of another subsidy. */
    for (size_t i = 0; i < written->subsidy_count; i++) {
        rule->subsidies[i].paid = combining->now[i];
        if (!scope_declare(combining->lowering->scope, written->subsidies[i].id, combining->now[i]))
            return false;
    }
    return true;
}

const struct node *lower_subsidies(struct lowering *lowering, const struct pack_cost_sharing *written,
                                   const struct pack_rounding *round, struct tuoyu_cost_sharing *cost_sharing)
{
    struct combining combining = {.lowering = lowering,
                                  .written = written,
                                  .round = round,
                                  .rule = cost_sharing,
                                  .now = ARENA_ARRAY(lowering->arena, uint32_t, written->subsidy_count)};
    cost_sharing->subsidies = ARENA_ARRAY(lowering->arena, struct subsidy, written->subsidy_count);
    cost_sharing->combinations = ARENA_ARRAY(lowering->arena, struct combination, written->combination_count);
    bool is_lowered =
        combining.now && cost_sharing->subsidies && cost_sharing->combinations && lower_all(&combining);
    if (!has_memory(&combining, is_lowered ? written : NULL))
        return NULL;
    const struct node *sum = NULL;
    for (size_t i = 0; i < written->subsidy_count; i++) {
        const struct node *one = tree_slot(lowering, cost_sharing->subsidies[i].paid);
        sum = i ? tree_pair(lowering, NODE_ADD, sum, one) : one;
    }
    return sum;
}

/* ---- The answer ---- */

/* Reads an amount in the rule's unit from a computed slot. Returns TUOYU_OK or the status of the first
 * error. */
static tuoyu_status read_amount(const struct tuoyu_split *split, struct evaluation *evaluation, uint32_t slot,
                                struct answer_number *out)
{
    return answer_number_of(evaluation_value(evaluation, slot), split->answer.rule->unit, out);
}

/* True if the number is given and above zero. */
static bool is_above_zero(const struct answer_number *number)
{
    return number->is_given && decimal_sign(number->number) > 0;
}

/* Finds the member that is paid where only one is: *kept is its subsidy's index, or SIZE_MAX if none is paid
 * or it is not known. Returns TUOYU_OK or the status of the first error. */
static tuoyu_status find_kept(const struct tuoyu_split *split, struct evaluation *evaluation,
                              const struct combination *combination, size_t *kept)
{
    struct answer_number after;
    tuoyu_status status = TUOYU_OK;
    *kept = SIZE_MAX;
    for (size_t i = 0; i < combination->member_count && status == TUOYU_OK && *kept == SIZE_MAX; i++) {
        status = read_amount(split, evaluation, combination->members[i].after, &after);
        if (is_above_zero(&after))
            *kept = combination->members[i].subsidy;
    }
    return status;
}

/* True if a combination took something of a member. The amount of a member that gave way to `kept` need
 * not be known. */
static bool is_taken(const struct combination *combination, const struct combined *member, size_t kept,
                     const struct answer_number *before, const struct answer_number *after)
{
    if (!after->is_given)
        return false;
    if (before->is_given)
        return decimal_compare(after->number, before->number) < 0;
    return combination->kind == COMBINATION_ONLY_ONE && kept != SIZE_MAX && kept != member->subsidy;
}

/* Notes which subsidies a combination excluded or cut. Returns TUOYU_OK or the status of the first error. */
static tuoyu_status note_combination(struct tuoyu_split *split, struct evaluation *evaluation,
                                     const struct combination *combination)
{
    struct answer_number before, after;
    size_t kept = SIZE_MAX;
    bool excludes = combination->kind == COMBINATION_ONLY_ONE;
    tuoyu_status status = excludes ? find_kept(split, evaluation, combination, &kept) : TUOYU_OK;
    for (size_t i = 0; i < combination->member_count && status == TUOYU_OK; i++) {
        const struct combined *member = &combination->members[i];
        struct split_subsidy *subsidy = &split->subsidies[member->subsidy];
        status = read_amount(split, evaluation, member->before, &before);
        if (status == TUOYU_OK)
            status = read_amount(split, evaluation, member->after, &after);
        if (status != TUOYU_OK || !subsidy->amount.is_given ||
            !is_taken(combination, member, kept, &before, &after))
            continue;
        subsidy->state = excludes ? TUOYU_SUBSIDY_EXCLUDED : TUOYU_SUBSIDY_CUT;
        subsidy->by = combination;
        subsidy->instead = excludes ? kept : SIZE_MAX;
    }
    return status;
}

tuoyu_status subsidies_read(struct tuoyu_split *split, struct evaluation *evaluation)
{
    const struct tuoyu_cost_sharing *rule = cost_sharing_of(split->answer.rule);
    tuoyu_status status = TUOYU_OK;
    for (size_t i = 0; i < rule->subsidy_count && status == TUOYU_OK; i++) {
        struct split_subsidy *subsidy = &split->subsidies[i];
        subsidy->instead = SIZE_MAX;
        status = read_amount(split, evaluation, rule->subsidies[i].claimed, &subsidy->claimed);
        if (status == TUOYU_OK)
            status = read_amount(split, evaluation, rule->subsidies[i].paid, &subsidy->amount);
        if (!subsidy->amount.is_given || !subsidy->claimed.is_given)
            continue;
        subsidy->state = is_above_zero(&subsidy->claimed) ? TUOYU_SUBSIDY_PAID : TUOYU_SUBSIDY_NOT_DUE;
    }
    for (size_t i = 0; i < rule->combination_count && status == TUOYU_OK; i++)
        status = note_combination(split, evaluation, &rule->combinations[i]);
    return status;
}
