/* SPDX-License-Identifier: Apache-2.0 */
/* Reads how the subsidies of a cost-sharing rule go together. */
#include "base/text.h"
#include "pack/reader_parts.h"

/* The key of each kind of combination, and the kind. */
static const char *const KIND_KEYS[] = {"only_one", "together", "at_most", NULL};
static const enum combination_kind KINDS[] = {COMBINATION_ONLY_ONE, COMBINATION_TOGETHER,
                                              COMBINATION_AT_MOST};

/* ---- Members ---- */

/* The index of the subsidy with this id, or SIZE_MAX. */
static size_t find_subsidy(const struct pack_cost_sharing *rule, struct text id)
{
    size_t index = 0;
    while (index < rule->subsidy_count && !text_equals(rule->subsidies[index].id, id))
        index++;
    return index < rule->subsidy_count ? index : SIZE_MAX;
}

/* Reports a name that is no subsidy of the rule. */
static void report_no_subsidy(struct pack_reader *reader, const struct pack_cost_sharing *rule,
                              const struct pack_name *name)
{
    struct text best = {NULL, 0};
    size_t distance = SIZE_MAX;
    size_t candidates =
        diagnostics_wants_hint(reader->diagnostics, rule->subsidy_count) ? rule->subsidy_count : 0;
    for (size_t i = 0; i < candidates; i++)
        text_nearest(name->text, rule->subsidies[i].id, &best, &distance);
    struct text hint =
        best.bytes ? message_text(reader->arena, "did you mean %.*s?", TEXT_ARGUMENTS(best)) : TEXT("");
    READER_ERROR(reader, TUOYU_ERROR_UNKNOWN_NAME, name->where, hint,
                 "there is no subsidy '%.*s' in this rule", TEXT_ARGUMENTS(name->text));
}

/* Whether the subsidy is a member already. */
static bool has_member(const struct pack_combination *combination, size_t subsidy)
{
    for (size_t i = 0; i < combination->member_count; i++)
        if (combination->members[i] == subsidy)
            return true;
    return false;
}

/* Adds the subsidy of a name to the members, or reports that there is none or that it stands twice. */
static void add_member(struct pack_reader *reader, const struct pack_cost_sharing *rule,
                       const struct pack_name *name, struct pack_combination *combination)
{
    size_t subsidy = find_subsidy(rule, name->text);
    if (subsidy == SIZE_MAX)
        report_no_subsidy(reader, rule, name);
    else if (has_member(combination, subsidy))
        READER_ERROR(reader, TUOYU_ERROR_DUPLICATE, name->where, TEXT("remove one of them"),
                     "'%.*s' stands in this list twice", TEXT_ARGUMENTS(name->text));
    else
        combination->members[combination->member_count++] = subsidy;
}

/* Reads the list of a combination's members. */
static void read_members(struct pack_reader *reader, const struct pack_cost_sharing *rule,
                         const struct pack_node *list, struct pack_combination *combination)
{
    size_t count = 0;
    struct pack_name *names = reader_names(reader, list, &count);
    combination->members = reader_array(reader, count, sizeof *combination->members);
    if (!names || !combination->members)
        return;
    for (size_t i = 0; i < count; i++)
        add_member(reader, rule, &names[i], combination);
    if (count == 1 && combination->kind != COMBINATION_AT_MOST)
        READER_ERROR(reader, TUOYU_ERROR_PACK, list->where, TEXT("name another one"),
                     "a combination is of two subsidies or more");
}

/* Makes all subsidies members, in their order. */
static void take_all(struct pack_reader *reader, const struct pack_cost_sharing *rule,
                     struct pack_combination *combination)
{
    combination->members = reader_array(reader, rule->subsidy_count, sizeof *combination->members);
    for (size_t i = 0; combination->members && i < rule->subsidy_count; i++)
        combination->members[combination->member_count++] = i;
}

/* ---- Combinations ---- */

/* Reports keys that go with another kind of combination, and a `keep` that is missing. */
static void check_companions(struct pack_reader *reader, const struct pack_node *node,
                             const struct pack_combination *combination)
{
    static const struct {
        const char *key, *companion;
    } PAIRS[] = {{"keep", "only_one"}, {"of", "at_most"}, {"used", "at_most"}};
    for (size_t i = 0; i < sizeof PAIRS / sizeof *PAIRS; i++) {
        const struct pack_node *found = reader_get(node, PAIRS[i].key);
        if (found && !reader_has(node, PAIRS[i].companion))
            READER_ERROR(reader, TUOYU_ERROR_PACK, found->where, TEXT("remove it"),
                         "'%s' goes with '%s', which is not there", PAIRS[i].key, PAIRS[i].companion);
    }
    if (combination->kind == COMBINATION_ONLY_ONE && !reader_has(node, "keep"))
        READER_ERROR(reader, TUOYU_ERROR_PACK, combination->where, TEXT("add keep: highest, or keep: first"),
                     "'%.*s' does not say which one is paid", TEXT_ARGUMENTS(combination->id));
}

/* Reads one combination and checks that it is of exactly one kind. */
static void read_combination(struct pack_reader *reader, const struct pack_cost_sharing *rule,
                             const struct pack_node *node, struct pack_combination *combination,
                             struct map *names)
{
    struct pack_name id = reader_name(node, "id");
    *combination =
        (struct pack_combination){.id = id.text,
                                  .where = id.text.bytes ? id.where : node->where,
                                  .because = reader_localised(node, "because"),
                                  .keeps_highest = text_equals(reader_text(node, "keep"), TEXT("highest")),
                                  .at_most = reader_expression(node, "at_most"),
                                  .used = reader_expression(node, "used"),
                                  .when = reader_expression(node, "when"),
                                  .cite = reader_cite(node, "cite"),
                                  .standing = reader_standing(node, "standing")};
    if (node->kind != PACK_NODE_MAPPING)
        return;
    reader_unique(reader, names, id.text, id.where, "payer, subsidy or combination");
    size_t kind = reader_exactly_one(reader, node, id.text.bytes ? id.text : TEXT("combination"),
                                     combination->where, KIND_KEYS);
    if (kind == SIZE_MAX)
        return;
    combination->kind = KINDS[kind];
    const struct pack_node *list =
        reader_get(node, combination->kind == COMBINATION_AT_MOST ? "of" : KIND_KEYS[kind]);
    if (list)
        read_members(reader, rule, list, combination);
    else
        take_all(reader, rule, combination);
    check_companions(reader, node, combination);
}

/* Reports two combinations of which one lets two subsidies stack and the other excludes one of them, unless
 * one applies only sometimes. */
static void check_contradiction(struct pack_reader *reader, const struct pack_cost_sharing *rule,
                                const struct pack_combination *stacking,
                                const struct pack_combination *excluding)
{
    size_t shared = 0;
    if (stacking->kind != COMBINATION_TOGETHER || excluding->kind != COMBINATION_ONLY_ONE)
        return;
    for (size_t i = 0; i < stacking->member_count && shared < 2; i++)
        shared += has_member(excluding, stacking->members[i]);
    if (shared < 2 || stacking->when.text.bytes || excluding->when.text.bytes)
        return;
    READER_ERROR(reader, TUOYU_ERROR_PACK, excluding->where,
                 TEXT("remove one, or say with 'when' which of them applies"),
                 "'%.*s' excludes in '%.*s' what '%.*s' lets stack", TEXT_ARGUMENTS(excluding->id),
                 TEXT_ARGUMENTS(rule->rule.name), TEXT_ARGUMENTS(stacking->id));
    report_note(reader->diagnostics, stacking->where, "the one that lets them stack is here");
}

void reader_combinations(struct pack_reader *reader, struct pack_cost_sharing *rule,
                         const struct pack_node *combinations, struct map *names)
{
    size_t count = reader_limited_count(reader, combinations, MOST_COMBINATIONS, "combinations");
    rule->combinations = reader_array(reader, count, sizeof *rule->combinations);
    if (!rule->combinations || rule->subsidy_count == 0)
        return;
    rule->combination_count = count;
    for (size_t i = 0; i < count; i++)
        read_combination(reader, rule, combinations->items[i], &rule->combinations[i], names);
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < count; j++)
            check_contradiction(reader, rule, &rule->combinations[i], &rule->combinations[j]);
}
