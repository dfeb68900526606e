/* SPDX-License-Identifier: Apache-2.0 */
/* Lowers the items of a checklist to formulas that give each item's state as a string, and reads the
 * states and days of the items for a verdict. */
#include "rules/checklist.h"

#include "base/diagnostics.h"

/* Names by TUOYU_CHECKLIST_…. No formula gives the first one: an item is open if its state is not known. */
static const struct text STATES[] = {{"open", 4},    {"done", 4},    {"due", 3},
                                     {"overdue", 7}, {"not_yet", 7}, {"not_applicable", 14}};
enum { STATE_COUNT = sizeof STATES / sizeof *STATES };

const char *checklist_state_name(int32_t state)
{
    return state >= 0 && state < STATE_COUNT ? STATES[state].bytes : STATES[TUOYU_CHECKLIST_OPEN].bytes;
}

/* ---- Lowering ---- */

/* Slots of what is written of an item; SLOT_NONE for what is not. */
struct item_parts {
    uint32_t done, from, due, applies;
};

/* Lowers an optional expression of an item as the slot `id.part`. Returns SLOT_NONE if it is not written,
 * or when memory is refused, which the lowering notes. */
static uint32_t lower_item_part(struct lowering *lowering, struct text id, const char *part,
                                const struct expression_text *written, enum type_kind type)
{
    struct text name = text_format(lowering->arena, "%.*s.%s", TEXT_ARGUMENTS(id), part);
    if (!name.bytes)
        lowering_fail(lowering, TUOYU_ERROR_NO_MEMORY);
    return name.bytes ? lower_optional(lowering, lowering->scope, name.bytes, written, TEXT(""), type)
                      : SLOT_NONE;
}

/* True if `null` is written somewhere in the formula. The recursion is bounded by the height of the tree. */
static bool mentions_null(const struct node *node)
{
    bool is_found = node && node->kind == NODE_LITERAL && node->value.kind == VALUE_NULL;
    for (uint32_t i = 0; node && i < node->count && !is_found; i++)
        is_found = mentions_null(node->children[i]);
    return is_found;
}

/* For lowering_reaches(): true if this slot can itself be the source of a null. */
static bool gives_null(const struct slot *slot, const void *context)
{
    (void)context;
    if (slot->kind == SLOT_FACT)
        return slot->domain.is_nullable;
    return slot->kind == SLOT_TABLE || mentions_null(slot->formula.root);
}

/* Compares with a day; the comparison is false if the day can be null and is. */
static const struct node *compare_day(struct lowering *lowering, enum node_kind kind, const struct node *left,
                                      const struct node *right, uint32_t day)
{
    const struct slot *found;
    const struct node *comparison = tree_pair(lowering, kind, left, right);
    if (!lowering_reaches(lowering, day, gives_null, NULL, &found))
        return comparison;
    const struct node *is_none =
        tree_pair(lowering, NODE_EQUAL, tree_slot(lowering, day), tree_null(lowering));
    return tree_if(lowering, is_none, tree_boolean(lowering, false), comparison);
}

/* The formula of whether an item is done: `done` itself if it is a boolean, else whether the day has come;
 * null is not done. Reports a `done` of another type. */
static const struct node *done_tree(struct lowering *lowering, uint32_t done,
                                    const struct expression_text *written)
{
    const struct slot *slot = program_slot(&lowering->layering->program, done);
    const struct node *day = tree_slot(lowering, done);
    enum type_kind kind = slot->type.kind;
    if (kind == TYPE_BOOLEAN)
        return day;
    if (kind != TYPE_DATE && kind != TYPE_ANY)
        lowering_fail(lowering, report(lowering->diagnostics, TUOYU_ERROR_TYPE, written->where,
                                       TEXT("null for not yet"),
                                       "`done` must be true or false, or the day it was done"));
    return compare_day(lowering, NODE_LESS_EQUAL, day, tree_slot(lowering, SLOT_AS_OF_INDEX), done);
}

/* A state as the string that stands for it in formulas. */
static const struct node *state_literal(struct lowering *lowering, int32_t state)
{
    return tree_string(lowering, STATES[state]);
}

/* The formula of an item's state. From the strongest to the weakest: not applicable, done, not yet,
 * overdue, due. parts->done is there; a `done` of another type is reported. NULL when memory is refused. */
static const struct node *state_tree(struct lowering *lowering, const struct item_parts *parts,
                                     const struct expression_text *done)
{
    const struct node *today = tree_slot(lowering, SLOT_AS_OF_INDEX),
                      *tree = state_literal(lowering, TUOYU_CHECKLIST_DUE);
    if (parts->due != SLOT_NONE)
        tree = tree_if(
            lowering, compare_day(lowering, NODE_GREATER, today, tree_slot(lowering, parts->due), parts->due),
            state_literal(lowering, TUOYU_CHECKLIST_OVERDUE), tree);
    if (parts->from != SLOT_NONE)
        tree = tree_if(lowering,
                       compare_day(lowering, NODE_LESS, today, tree_slot(lowering, parts->from), parts->from),
                       state_literal(lowering, TUOYU_CHECKLIST_NOT_YET), tree);
    tree = tree_if(lowering, done_tree(lowering, parts->done, done),
                   state_literal(lowering, TUOYU_CHECKLIST_DONE), tree);
    if (parts->applies == SLOT_NONE)
        return tree;
    return tree_if(lowering, tree_slot(lowering, parts->applies), tree,
                   state_literal(lowering, TUOYU_CHECKLIST_NOT_APPLICABLE));
}

/* Lowers one item. Returns false if it has no state, as when memory is refused. */
static bool lower_item(struct lowering *lowering, const struct pack_checklist_item *written,
                       struct checklist_item *item)
{
    struct item_parts parts = {.done =
                                   lower_item_part(lowering, written->id, "done", &written->done, TYPE_ANY)};
    parts.from = lower_item_part(lowering, written->id, "from", &written->from, TYPE_DATE);
    parts.due = lower_item_part(lowering, written->id, "due", &written->due, TYPE_DATE);
    parts.applies = lower_item_part(lowering, written->id, "only_if", &written->only_if, TYPE_BOOLEAN);
    *item = (struct checklist_item){.id = written->id,
                                    .because = written->because,
                                    .done = parts.done,
                                    .from = parts.from,
                                    .due = parts.due,
                                    .can_be_exempt = parts.applies != SLOT_NONE};
    item->citation = lower_citation(lowering, &written->cite, written->standing, written->where);
    const struct node *tree = parts.done == SLOT_NONE ? NULL : state_tree(lowering, &parts, &written->done);
    if (!tree)
        return false;
    item->state = lower_expression(lowering, lowering->scope,
                                   &(struct lowered){.part = written->id,
                                                     .label = &written->because,
                                                     .tree = tree,
                                                     .cite = &written->cite,
                                                     .standing = written->standing,
                                                     .type = TYPE_STRING,
                                                     .where = written->where});
    return item->state != SLOT_NONE;
}

/* The formula of whether an item is in a state. */
static const struct node *is_state(struct lowering *lowering, const struct checklist_item *item,
                                   int32_t state)
{
    return tree_pair(lowering, NODE_EQUAL, tree_slot(lowering, item->state), state_literal(lowering, state));
}

/* The formula of whether every item is done or exempt (is_done), or of whether none is overdue (not
 * is_done). It is a balanced tree, so that a long list makes no deep one. */
static const struct node *every(struct lowering *lowering, const struct checklist_item *items, size_t count,
                                bool is_done)
{
    if (count > 1) {
        size_t half = count / 2;
        return tree_pair(lowering, NODE_AND, every(lowering, items, half, is_done),
                         every(lowering, items + half, count - half, is_done));
    }
    if (!is_done && items->due == SLOT_NONE)
        return tree_boolean(lowering, true);
    if (!is_done)
        return tree_pair(lowering, NODE_EQUAL, is_state(lowering, items, TUOYU_CHECKLIST_OVERDUE),
                         tree_boolean(lowering, false));
    const struct node *done = is_state(lowering, items, TUOYU_CHECKLIST_DONE);
    if (!items->can_be_exempt)
        return done;
    return tree_pair(lowering, NODE_OR, done, is_state(lowering, items, TUOYU_CHECKLIST_NOT_APPLICABLE));
}

/* Declares a formula over the whole list as a name that criteria can use. Explanations show the items
 * themselves, not this formula. Returns false when memory is refused. */
static bool declare(struct lowering *lowering, struct text name, const struct node *tree,
                    struct location where)
{
    if (!tree)
        return false;
    uint32_t slot = lower_expression(
        lowering, lowering->scope,
        &(struct lowered){
            .part = name, .label = label_of_part(name), .tree = tree, .type = TYPE_BOOLEAN, .where = where});
    if (slot != SLOT_NONE)
        lowering->layering->program.slots[slot]->is_told_apart = true;
    if (slot != SLOT_NONE && scope_declare(lowering->scope, name, slot))
        return true;
    lowering_fail(lowering, TUOYU_ERROR_NO_MEMORY);
    return false;
}

bool lower_checklist(struct lowering *lowering, const struct pack_eligibility *written,
                     struct tuoyu_eligibility *eligibility)
{
    size_t count = written->checklist_count;
    if (count == 0)
        return true;
    struct checklist_item *items = ARENA_ARRAY(lowering->arena, struct checklist_item, count);
    if (!items)
        return false;
    for (size_t i = 0; i < count; i++)
        if (!lower_item(lowering, &written->checklist[i], &items[i]))
            return false;
    eligibility->checklist = items;
    eligibility->checklist_count = count;
    return declare(lowering, TEXT("all_done"), every(lowering, items, count, true), written->rule.where) &&
           declare(lowering, TEXT("none_overdue"), every(lowering, items, count, false), written->rule.where);
}

/* ---- The answer ---- */

/* Reads a date from a computed slot. Returns false, with *day as it was, if the slot is SLOT_NONE or has
 * no date. */
static bool day_at(struct evaluation *evaluation, uint32_t slot, int32_t *day)
{
    if (slot == SLOT_NONE)
        return false;
    struct value value = evaluation_value(evaluation, slot);
    if (value.kind != VALUE_DATE)
        return false;
    *day = (int32_t)value.date;
    return true;
}

/* The TUOYU_CHECKLIST_… of a state's string; TUOYU_CHECKLIST_OPEN if the value is not known. */
static int32_t state_of(struct value value)
{
    for (int32_t state = TUOYU_CHECKLIST_DONE; value.kind == VALUE_STRING && state < STATE_COUNT; state++)
        if (text_equals(value.as.string, STATES[state]))
            return state;
    return TUOYU_CHECKLIST_OPEN;
}

tuoyu_status checklist_answer(const struct tuoyu_eligibility *eligibility, struct evaluation *evaluation,
                              struct roots *roots, struct tuoyu_verdict *verdict,
                              tuoyu_diagnostics *diagnostics)
{
    if (eligibility->checklist_count == 0)
        return TUOYU_OK;
    verdict->checklist =
        ARENA_ARRAY(&verdict->answer.arena, struct checklist_entry, eligibility->checklist_count);
    if (!verdict->checklist)
        return TUOYU_ERROR_NO_MEMORY;
    for (size_t i = 0; i < eligibility->checklist_count; i++) {
        const struct checklist_item *item = &eligibility->checklist[i];
        struct checklist_entry *entry = &verdict->checklist[i];
        struct value state;
        tuoyu_status status = verdict_ask(evaluation, roots, item->state, &state, diagnostics);
        if (status != TUOYU_OK)
            return status;
        entry->state = state_of(state);
        if (entry->state == TUOYU_CHECKLIST_NOT_APPLICABLE)
            continue;
        entry->has_done =
            entry->state == TUOYU_CHECKLIST_DONE && day_at(evaluation, item->done, &entry->done);
        entry->has_from = day_at(evaluation, item->from, &entry->from);
        entry->has_due = day_at(evaluation, item->due, &entry->due);
    }
    return roots->failed ? TUOYU_ERROR_NO_MEMORY : TUOYU_OK;
}
