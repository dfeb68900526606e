/* SPDX-License-Identifier: Apache-2.0 */
/* Walks from the slots of each rule to all that they read, with the days for which it is needed. A choice by
 * the as-of date, as between versions of a pack, parts these days. */
#include "rules/day_gaps.h"

#include "feel/builtin.h"
#include "pack/covered_days.h"

/* Days from first to last, both included; there are none where first is after last. */
struct day_span {
    int32_t first, last;
};

/* Days in a list, ascending and apart from each other. */
struct day_list {
    struct day_span *items;
    size_t count, capacity;
};

/* A slot on the walk of one rule. */
struct walked_slot {
    const struct rule *rule; /* the last rule for which it was walked */
    struct day_span walked;  /* the widest days for which it was */
    struct day_list gaps;    /* days on which it has no value though the rule needs it */
};

/* One search. */
struct gap_search {
    const struct tuoyu_policy *policy;
    struct arena arena;
    struct walked_slot *slots;
    uint32_t *met; /* slots with gaps of the rule at hand */
    size_t met_count, met_capacity;
    const struct rule *rule;
    bool passes_over_unset; /* whether a number that says that it is unset counts as having a value */
    tuoyu_diagnostics *diagnostics;
};

static struct day_span days_in_both(struct day_span left, struct day_span right)
{
    return (struct day_span){left.first > right.first ? left.first : right.first,
                             left.last < right.last ? left.last : right.last};
}

static bool are_no_days(struct day_span days)
{
    return days.first > days.last;
}

/* ---- Lists of days ---- */

/* Adds days to a list and joins those that meet. Without memory nothing is added; the arena remembers that.
 */
static void day_list_add(struct arena *arena, struct day_list *list, struct day_span days)
{
    struct day_span *items = arena_grow(arena, list->items, list->count, &list->capacity, sizeof *items);
    if (!items || !arena_charge(arena, list->count))
        return;
    list->items = items;
    size_t at = list->count++;
    for (; at > 0 && items[at - 1].first > days.first; at--)
        items[at] = items[at - 1];
    items[at] = days;
    size_t kept = 0;
    for (size_t i = 1; i < list->count; i++) {
        if (items[i].first > items[kept].last + 1)
            items[++kept] = items[i];
        else if (items[i].last > items[kept].last)
            items[kept].last = items[i].last;
    }
    list->count = kept + 1;
}

/* The days as a text, joined by commas; a text that fits is enough where memory is refused. */
static struct text day_list_text(struct arena *arena, const struct day_list *list)
{
    struct text_builder text;
    text_builder_init_arena(&text, arena);
    for (size_t i = 0; i < list->count; i++) {
        char days[DAYS_TEXT_SIZE];
        days_format(list->items[i].first, list->items[i].last, days);
        if (i > 0)
            text_append_literal(&text, ", ");
        text_append(&text, text_of(days, TUOYU_NUL_TERMINATED));
    }
    return text.failed ? TEXT("some days") : text_builder_text(&text);
}

/* ---- The walk ---- */

static void walk_slot(struct gap_search *search, uint32_t index, struct day_span days);

/* Notes days on which a slot has no value. */
static void note_gap(struct gap_search *search, uint32_t index, struct day_span days)
{
    struct walked_slot *slot = &search->slots[index];
    if (are_no_days(days))
        return;
    if (slot->gaps.count == 0) {
        uint32_t *met =
            arena_grow(&search->arena, search->met, search->met_count, &search->met_capacity, sizeof *met);
        if (!met)
            return;
        search->met = met;
        met[search->met_count++] = index;
    }
    day_list_add(&search->arena, &slot->gaps, days);
}

/* Notes the days on which a parameter has no value. */
static void walk_parameter(struct gap_search *search, uint32_t index, struct day_span days)
{
    const struct slot *slot = program_slot(&search->policy->layering->program, index);
    if (slot->value_count == 0 && !search->passes_over_unset)
        note_gap(search, index, days);
    if (slot->value_count > 0 && slot->values[0].from > DATE_FIRST)
        note_gap(search, index, days_in_both(days, (struct day_span){DATE_FIRST, slot->values[0].from - 1}));
    for (uint32_t i = 0; i < slot->value_count; i++) {
        int32_t last = i + 1 < slot->value_count ? slot->values[i + 1].from - 1 : DATE_LAST;
        if (slot->values[i].is_end || (slot->values[i].is_unset && !search->passes_over_unset))
            note_gap(search, index, days_in_both(days, (struct day_span){slot->values[i].from, last}));
    }
}

/* The day of a written date, `@"2025-01-31"` or `date("2025-01-31")`; false where a node is none. */
static bool written_day(const struct node *node, int32_t *day)
{
    if (node->kind == NODE_LITERAL && node->value.kind == VALUE_DATE) {
        *day = (int32_t)node->value.date;
        return node->value.date > DATE_FIRST && node->value.date < DATE_LAST;
    }
    const struct node *text = node_calls(node, FEEL_DATE) && node->count == 1 ? node->children[0] : NULL;
    return text && text->kind == NODE_LITERAL && text->value.kind == VALUE_STRING &&
           date_parse(text->value.as.string, day) == TUOYU_OK && *day > DATE_FIRST && *day < DATE_LAST;
}

/* If a node compares the as-of date with a written date, sets the days on which it is true and those on which
 * it is false, as far as each is one run of days. */
static bool parts_days(const struct node *node, struct day_span *holds, struct day_span *fails)
{
    if (node->kind < NODE_LESS || node->kind > NODE_GREATER_EQUAL)
        return false;
    const struct node *left = node->children[0], *right = node->children[1];
    bool is_turned = right->kind == NODE_SYMBOL && right->slot == SLOT_AS_OF_INDEX;
    const struct node *date = is_turned ? left : right, *as_of = is_turned ? right : left;
    int32_t day;
    if (as_of->kind != NODE_SYMBOL || as_of->slot != SLOT_AS_OF_INDEX || !written_day(date, &day))
        return false;
    bool is_or_equal = node->kind == NODE_LESS_EQUAL || node->kind == NODE_GREATER_EQUAL;
    bool is_before = (node->kind == NODE_LESS || node->kind == NODE_LESS_EQUAL) != is_turned;
    struct day_span before = {DATE_FIRST, is_before == is_or_equal ? day : day - 1};
    struct day_span after = {before.last + 1, DATE_LAST};
    *holds = is_before ? before : after;
    *fails = is_before ? after : before;
    return true;
}

/* Walks what an expression reads. The tree's height bounds the recursion. */
static void walk_node(struct gap_search *search, const struct node *node, struct day_span days)
{
    struct day_span holds, fails;
    if (!node || are_no_days(days) || !arena_charge(&search->arena, 1))
        return;
    if (node->kind == NODE_SYMBOL)
        walk_slot(search, node->slot, days);
    if (node->kind == NODE_IF && parts_days(node->children[0], &holds, &fails)) {
        walk_node(search, node->children[1], days_in_both(days, holds));
        walk_node(search, node->children[2], days_in_both(days, fails));
        return;
    }
    for (uint32_t i = 0; i < node->count; i++)
        walk_node(search, node->children[i], days);
}

/* Whether a slot was walked for these days already; else they count as walked. */
static bool was_walked(struct gap_search *search, uint32_t index, struct day_span days)
{
    struct walked_slot *slot = &search->slots[index];
    if (slot->rule != search->rule) {
        slot->rule = search->rule;
        slot->walked = days;
        slot->gaps.count = 0;
        return false;
    }
    if (days.first >= slot->walked.first && days.last <= slot->walked.last)
        return true;
    if (days.last - days.first > slot->walked.last - slot->walked.first)
        slot->walked = days;
    return false;
}

/* Walks a slot and what it reads, for days on which it is needed. The chain of slots bounds the recursion. */
static void walk_slot(struct gap_search *search, uint32_t index, struct day_span days)
{
    const struct slot *slot = program_slot(&search->policy->layering->program, index);
    if (are_no_days(days) || was_walked(search, index, days))
        return;
    if (slot->first_day || slot->last_day) {
        struct day_span before = {DATE_FIRST, slot->first_day - 1}, after = {slot->last_day + 1, DATE_LAST};
        note_gap(search, index, days_in_both(days, before));
        if (slot->last_day < DATE_LAST)
            note_gap(search, index, days_in_both(days, after));
        days = days_in_both(days, (struct day_span){slot->first_day, slot->last_day});
    }
    if (are_no_days(days))
        return;
    if (slot->kind == SLOT_PARAMETER)
        walk_parameter(search, index, days);
    else if (slot->kind == SLOT_TABLE)
        for (uint32_t i = 0; i < slot->dependency_count; i++)
            walk_slot(search, slot->dependencies[i], days);
    else if (slot->kind == SLOT_DEFINITION || slot->kind == SLOT_STEP)
        walk_node(search, slot->formula.root, days);
}

/* ---- What is told ---- */

/* Reports the gaps of the rule at hand. */
static void report_gaps(struct gap_search *search)
{
    for (size_t i = 0; i < search->met_count; i++) {
        const struct slot *slot = program_slot(&search->policy->layering->program, search->met[i]);
        struct text days = day_list_text(&search->arena, &search->slots[search->met[i]].gaps);
        struct text hint =
            slot->is_delegated ? TEXT("a pack below has to set it") : TEXT("give it a value for these days");
        report_warning(search->diagnostics, TUOYU_ERROR_PARAMETER_UNSET, slot->where, hint,
                       "`%.*s` needs `%.*s`, which has no value on %.*s",
                       TEXT_ARGUMENTS(search->rule->full_name), TEXT_ARGUMENTS(slot->name),
                       TEXT_ARGUMENTS(days));
    }
}

/* Searches one version of a rule. */
static void search_version(struct gap_search *search, const struct rule *rule, struct day_span days)
{
    struct day_span needed = days_in_both(days, (struct day_span){rule->first_day, rule->last_day});
    search->rule = rule;
    search->met_count = 0;
    for (uint32_t i = rule->first_slot; i < rule->slot_end; i++)
        walk_slot(search, i, needed);
    report_gaps(search);
}

/* Reports the days on which no version of a rule is in force. Versions are in the order of their days. */
static void report_out_of_force(struct gap_search *search, const struct rule *rule, struct day_span days)
{
    struct day_list out = {.items = NULL};
    int32_t next = days.first;
    for (const struct rule *version = rule; version && next <= days.last; version = version->next_version) {
        struct day_span before = {next, version->first_day - 1};
        if (version->first_day > next)
            day_list_add(&search->arena, &out, days_in_both(before, days));
        if (version->last_day >= next)
            next = version->last_day + 1;
    }
    if (next <= days.last)
        day_list_add(&search->arena, &out, (struct day_span){next, days.last});
    if (out.count == 0)
        return;
    struct text shown = day_list_text(&search->arena, &out);
    report_warning(search->diagnostics, TUOYU_ERROR_NOT_IN_FORCE, rule->where, TEXT(""),
                   "`%.*s` is not in force on %.*s", TEXT_ARGUMENTS(rule->full_name), TEXT_ARGUMENTS(shown));
}

/* Makes a search; false where memory is refused. It is freed in any case. */
static bool begin_search(struct gap_search *search, const struct tuoyu_policy *policy, struct quota *quota,
                         tuoyu_diagnostics *diagnostics)
{
    *search = (struct gap_search){.policy = policy, .diagnostics = diagnostics};
    arena_init(&search->arena, &policy->arena.allocator);
    search->arena.quota = quota;
    search->slots = ARENA_ARRAY(&search->arena, struct walked_slot, policy->layering->program.slot_count);
    return search->slots != NULL;
}

tuoyu_status find_day_gaps(const struct tuoyu_policy *policy, struct text pack, int32_t first, int32_t last,
                           tuoyu_diagnostics *diagnostics)
{
    struct gap_search search;
    struct day_span days = {first, last};
    bool has_begun = begin_search(&search, policy, NULL, diagnostics);
    for (size_t i = 0; has_begun && i < policy->rule_count; i++) {
        const struct rule *rule = policy->rules[i];
        if (pack.bytes && !text_equals(policy->layering->packs[rule->pack].model->id, pack))
            continue;
        report_out_of_force(&search, rule, days);
        for (; rule; rule = rule->next_version)
            search_version(&search, rule, days);
    }
    bool has_failed = search.arena.failed;
    arena_free(&search.arena);
    return has_failed ? report_no_memory(diagnostics) : TUOYU_OK;
}

tuoyu_status warn_of_day_gaps(const struct tuoyu_policy *policy, struct quota *quota,
                              tuoyu_diagnostics *diagnostics)
{
    struct gap_search search;
    const struct day_span ever = {DATE_FIRST, DATE_LAST};
    struct quota part = quota_open_part(quota);
    bool has_begun = begin_search(&search, policy, &part, diagnostics);
    search.passes_over_unset = true;
    for (size_t i = 0; has_begun && i < policy->rule_count && !search.arena.failed; i++)
        for (const struct rule *rule = policy->rules[i]; rule; rule = rule->next_version)
            search_version(&search, rule, ever);
    bool has_failed = search.arena.failed;
    arena_free(&search.arena);
    quota_close_part(quota, &part);
    if (!has_failed)
        return TUOYU_OK;
    if (part.end == QUOTA_IS_LEFT)
        return report_no_memory(diagnostics);
    report_note(
        diagnostics, search.rule ? search.rule->where : (struct location){.source = NULL},
        "not decided: whether this rule, and those after it, have all their numbers on every day; that "
        "takes more steps than a load may take");
    return TUOYU_OK;
}
