/* SPDX-License-Identifier: Apache-2.0 */
/* An explanation as a tree of JSON: the rule on top, below each node what it was computed from. Where depth
 * or length end it, the node says so. */
#include "explain/verdict_parts.h"
#include "rules/json_writer.h"
#include "rules/lowering.h"

enum {
    DEEPEST_NODE = 32,      /* below the rule */
    LONGEST_TREE = 1 << 20, /* bytes after which no node begins */
    LONGEST_TEXT = 4096     /* bytes of one label, value or formula */
};

struct json_tree {
    struct text_builder *json;
    const struct tuoyu_answer *answer;
    struct criterion_states states; /* of a verdict */
    struct arena scratch;           /* of texts that are written at once */
    bool *shown;                    /* by entry of the trace */
};

/* The children of a node while they are written. */
struct children {
    uint32_t depth; /* of the children; 1 below the rule */
    size_t count;
    const char *cut; /* why some are left out, or NULL */
};

/* ---- Texts ---- */

/* Shortens a text to LONGEST_TEXT bytes at the end of a whole character. Returns false if something was
 * left out. */
static bool shorten(struct text *text)
{
    if (text->length <= LONGEST_TEXT)
        return true;
    size_t end = LONGEST_TEXT;
    while (end && ((unsigned char)text->bytes[end] & 0xC0) == 0x80)
        end--;
    text->length = end;
    return false;
}

/* Adds a text, shortened to LONGEST_TEXT bytes. Sets *is_shortened if something was left out. */
static void add_text(struct json_tree *tree, const char *key, struct text text, bool *is_shortened)
{
    *is_shortened |= !shorten(&text);
    json_text(tree->json, key, text);
}

/* Both languages; one that is not written is left out, and so is the whole where there is none. */
static void add_localised(struct json_tree *tree, const char *key, const struct localised *localised,
                          bool *is_shortened)
{
    if (!localised->zh.bytes && !localised->en.bytes)
        return;
    json_key(tree->json, key);
    text_append_byte(tree->json, '{');
    if (localised->zh.bytes)
        add_text(tree, "zh", localised->zh, is_shortened);
    if (localised->en.bytes)
        add_text(tree, "en", localised->en, is_shortened);
    text_append_byte(tree->json, '}');
}

/* Adds a formula in the words of both languages. */
static void add_formula(struct json_tree *tree, const struct expression *formula, bool *is_shortened)
{
    struct localised words;
    struct text *texts[] = {&words.zh, &words.en};
    for (size_t i = 0; i < 2; i++) {
        struct text_builder builder;
        text_builder_init_arena(&builder, &tree->scratch);
        text_append(&builder, TEXT(""));
        display_formula(
            &(struct display){.builder = &builder, .policy = tree->answer->policy, .is_english = i == 1},
            formula);
        *texts[i] = text_builder_text(&builder);
        tree->json->failed |= builder.failed;
    }
    add_localised(tree, "formula", &words, is_shortened);
}

/* Adds the citation, or the note if no text is cited, and the standing; nothing if there is no citation. */
static void add_citation(struct json_tree *tree, const struct citation *citation, bool *is_shortened)
{
    if (citation->standing == 0)
        return;
    if (citation->text.length) {
        add_text(tree, "citation", citation->text, is_shortened);
        if (citation->english.bytes)
            add_text(tree, "citation_en", citation->english, is_shortened);
    } else
        add_localised(tree, "note", &citation->note, is_shortened);
    json_literal(tree->json, "standing", standing_name(citation->standing));
}

/* ---- Nodes ---- */

/* Begins a node among its siblings. Returns false, and notes why in siblings->cut, if the tree is too deep
 * or too long. */
static bool begin_node(struct json_tree *tree, struct children *siblings, const char *kind)
{
    if (siblings->depth > DEEPEST_NODE)
        siblings->cut = "depth";
    else if (tree->json->length > LONGEST_TREE)
        siblings->cut = "length";
    else {
        if (siblings->count++)
            text_append_byte(tree->json, ',');
        text_append_byte(tree->json, '{');
        json_literal(tree->json, "kind", kind);
        return true;
    }
    return false;
}

/* Begins the array of a node's children, which stand `depth` levels below the rule; end_node() ends it. */
static struct children begin_children(struct json_tree *tree, uint32_t depth)
{
    json_begin_array(tree->json, "children");
    return (struct children){.depth = depth};
}

/* Ends a node, and its children unless they are NULL. Says if some were left out, and if texts were
 * shortened. */
static void end_node(struct json_tree *tree, const struct children *children, bool is_shortened)
{
    if (children) {
        text_append_byte(tree->json, ']');
        if (children->cut)
            json_literal(tree->json, "cut", children->cut);
    }
    if (is_shortened)
        json_boolean(tree->json, "shortened", true);
    text_append_byte(tree->json, '}');
}

/* The word for the kind of a slot; `step` for those that have no word of their own. */
static const char *kind_of(const struct slot *slot)
{
    switch (slot->kind) {
    case SLOT_FACT: return "fact";
    case SLOT_PARAMETER: return "parameter";
    case SLOT_DEFINITION: return "definition";
    case SLOT_TABLE: return "table";
    case SLOT_INPUT: return "input";
    default: return "step";
    }
}

/* Adds the value, in its unit, and the unit; a null has no `value`. */
static void add_value(struct json_tree *tree, struct value value, struct text unit, bool *is_shortened)
{
    if (value.kind != VALUE_NULL) {
        struct text shown = answer_value_text(&tree->scratch, value, unit);
        tree->json->failed |= !shown.bytes;
        add_text(tree, "value", shown, is_shortened);
    }
    if (unit.length)
        json_text(tree->json, "unit", unit);
}

static void add_entry(struct json_tree *tree, uint32_t index, struct children *siblings);

/* Adds a child for each slot that was read for an entry. */
static void add_reads(struct json_tree *tree, const struct trace_entry *entry, struct children *children)
{
    for (uint32_t i = 0; i < entry->read_count; i++)
        add_entry(tree, entry->reads[i], children);
}

/* Adds a node for a slot's value. A slot that was shown before is added without what it was computed from. */
static void add_entry(struct json_tree *tree, uint32_t index, struct children *siblings)
{
    const struct tuoyu_answer *answer = tree->answer;
    const struct trace_entry *entry = &answer->trace[index];
    const struct slot *slot = answer_slot(answer, entry->slot);
    if (slot->kind == SLOT_AS_OF)
        return;
    if (is_passed_over(slot)) {
        add_reads(tree, entry, siblings);
        return;
    }
    bool is_repeated = tree->shown[index], is_shortened = false;
    if (!begin_node(tree, siblings, kind_of(slot)))
        return;
    tree->shown[index] = true;
    struct arena_mark mark = arena_mark(&tree->scratch);
    json_text(tree->json, "name", slot->name);
    add_localised(tree, "label", &slot->label, &is_shortened);
    if (slot->kind == SLOT_FACT)
        add_localised(tree, "held_by", &slot->held_by, &is_shortened);
    if (slot_has_formula(slot) && !is_repeated)
        add_formula(tree, &slot->formula, &is_shortened);
    add_value(tree, entry->value, slot->unit, &is_shortened);
    if (entry->citation != UINT32_MAX)
        add_citation(tree, &answer->citations[entry->citation].citation, &is_shortened);
    arena_rewind(&tree->scratch, mark);
    if (entry->read_count == 0 || is_repeated) {
        if (entry->read_count)
            json_boolean(tree->json, "repeated", true);
        end_node(tree, NULL, is_shortened);
        return;
    }
    struct children children = begin_children(tree, siblings->depth + 1);
    add_reads(tree, entry, &children);
    end_node(tree, &children, is_shortened);
}

/* Adds the node of a slot; nothing if the answer does not rest on it. */
static void add_slot(struct json_tree *tree, uint32_t slot, struct children *children)
{
    uint32_t entry = answer_entry_of(tree->answer, slot);
    if (entry != UINT32_MAX)
        add_entry(tree, entry, children);
}

/* ---- The kinds ---- */

/* Adds the amount, the charged fee and the limits of a quote. */
static void add_quote(struct json_tree *tree, struct children *children)
{
    const struct tuoyu_pricing *rule = pricing_of(tree->answer->rule);
    add_slot(tree, rule->amount, children);
    add_slot(tree, rule->charged, children);
    for (size_t i = 0; i < rule->bound_count; i++)
        add_slot(tree, rule->bounds[i].limit, children);
    if (rule->at_most != rule->amount)
        add_slot(tree, rule->at_most, children);
    add_slot(tree, rule->at_least, children);
}

/* Adds the whole, the combined subsidies, the shares and the instalments of a split. */
static void add_split(struct json_tree *tree, struct children *children)
{
    const struct tuoyu_cost_sharing *rule = cost_sharing_of(tree->answer->rule);
    add_slot(tree, rule->whole, children);
    for (size_t i = 0; i < rule->combination_count; i++)
        add_slot(tree, rule->combinations[i].sum, children);
    for (size_t i = 0; i < rule->payer_count; i++)
        add_slot(tree, rule->payers[i].share, children);
    for (size_t i = 0; i < rule->instalment_count; i++)
        add_slot(tree, rule->instalments[i].amount, children);
    if (rule->instalment_count == 0)
        return;
    add_slot(tree, rule->entitled, children);
    add_slot(tree, rule->claw_back, children);
    add_slot(tree, rule->payable, children);
}

/* The word for a kind of group; `criterion` for one that is no group. */
static const char *criterion_kind_name(enum criterion_kind kind)
{
    switch (kind) {
    case CRITERION_ALL: return "all";
    case CRITERION_ANY: return "any";
    case CRITERION_NONE: return "none";
    case CRITERION_AT_LEAST: return "at_least";
    default: return "criterion";
    }
}

static void add_criteria(struct json_tree *tree, size_t from, size_t end, struct children *children);

/* Adds criterion number `index` with its decision; below it the criteria of its group, or what was read for
 * it. */
static void add_criterion(struct json_tree *tree, size_t index, struct children *siblings)
{
    const struct tuoyu_verdict *verdict = verdict_of(tree->answer);
    const struct criterion *criterion = &eligibility_of(tree->answer->rule)->criteria[index];
    bool is_shortened = false, is_leaf = criterion->kind == CRITERION_LEAF;
    if (!begin_node(tree, siblings, criterion_kind_name(criterion->kind)))
        return;
    json_text(tree->json, "name", criterion->id);
    add_localised(tree, "label", &criterion->because, &is_shortened);
    json_literal(tree->json, "decision", decision_name(verdict->reasons[index]));
    criterion_state_to_json(tree->json, &tree->states.criteria[index]);
    if (criterion->kind == CRITERION_AT_LEAST) {
        json_key(tree->json, "count");
        text_append_format(tree->json, "%lld", (long long)criterion->count);
    }
    if (is_leaf) {
        struct arena_mark mark = arena_mark(&tree->scratch);
        add_formula(tree, &answer_slot(tree->answer, criterion->holds)->formula, &is_shortened);
        arena_rewind(&tree->scratch, mark);
    }
    add_citation(tree, &criterion->citation, &is_shortened);
    struct children children = begin_children(tree, siblings->depth + 1);
    if (!is_leaf)
        add_criteria(tree, index + 1, criterion->end, &children);
    else if (verdict->reasons[index] != TUOYU_DECISION_NOT_APPLICABLE) {
        uint32_t entry = answer_entry_of(tree->answer, criterion->holds);
        if (entry != UINT32_MAX)
            add_reads(tree, &tree->answer->trace[entry], &children);
    }
    end_node(tree, &children, is_shortened);
}

/* Adds the criteria [from, end) of one level. Those inside a group come with the group. */
static void add_criteria(struct json_tree *tree, size_t from, size_t end, struct children *children)
{
    const struct tuoyu_eligibility *rule = eligibility_of(tree->answer->rule);
    for (size_t i = from; i < end; i = rule->criteria[i].end)
        add_criterion(tree, i, children);
}

/* Adds what is aggregated, how, and over which rows, with its condition as a child. */
static void add_aggregate(struct json_tree *tree, const struct aggregate *aggregate, struct text name,
                          struct children *siblings)
{
    static const char *const KINDS[] = {
        [AGGREGATE_COUNT] = "count", [AGGREGATE_SUM] = "sum", [AGGREGATE_MEAN] = "mean",
        [AGGREGATE_MIN] = "min",     [AGGREGATE_MAX] = "max", [AGGREGATE_DISTINCT] = "distinct"};
    bool is_shortened = false;
    if (!begin_node(tree, siblings, KINDS[aggregate->kind]))
        return;
    struct arena_mark mark = arena_mark(&tree->scratch);
    json_text(tree->json, "name", name);
    json_text(tree->json, "of", aggregate->entity);
    add_formula(tree, &answer_slot(tree->answer, aggregate->expression)->formula, &is_shortened);
    if (aggregate->where != SLOT_NONE) {
        struct children children = begin_children(tree, siblings->depth + 1);
        if (begin_node(tree, &children, "where")) {
            add_formula(tree, &answer_slot(tree->answer, aggregate->where)->formula, &is_shortened);
            end_node(tree, NULL, false);
        }
        end_node(tree, &children, is_shortened);
    } else {
        end_node(tree, NULL, is_shortened);
    }
    arena_rewind(&tree->scratch, mark);
}

/* Adds the aggregates of a measure, what it is counted per, and its target. */
static void add_measure(struct json_tree *tree, struct children *children)
{
    const struct tuoyu_indicator *rule = indicator_of(tree->answer->rule);
    add_aggregate(tree, &rule->aggregates[INDICATOR_NUMERATOR],
                  rule->is_ratio ? TEXT("numerator") : TEXT("value"), children);
    if (rule->is_ratio)
        add_aggregate(tree, &rule->aggregates[INDICATOR_DENOMINATOR], TEXT("denominator"), children);
    for (size_t i = 0; i < rule->number_count; i++)
        add_aggregate(tree, &rule->numbers[i].aggregate, rule->numbers[i].name, children);
    add_slot(tree, rule->per, children);
    add_slot(tree, rule->target, children);
}

/* Adds all criteria of the rule. */
static void add_verdict(struct json_tree *tree, struct children *children)
{
    add_criteria(tree, 0, eligibility_of(tree->answer->rule)->criterion_count, children);
}

/* Adds how much of the budget was left for the payout. */
static void add_payout(struct json_tree *tree, struct children *children)
{
    const struct budget *budget = cost_sharing_of(tree->answer->rule)->budget;
    add_slot(tree, payout_of(tree->answer)->previous ? budget->laid_down : budget->left, children);
}

/* ---- What came out, in the words of the answer's JSON ---- */

/* The result of a quote. */
static void add_amount(struct text_builder *json, const struct tuoyu_answer *answer)
{
    json_number(json, "value", &quote_of(answer)->amount);
}

/* The result of a split. */
static void add_whole(struct text_builder *json, const struct tuoyu_answer *answer)
{
    json_number(json, "value", &split_of(answer)->whole);
}

/* The result of a verdict. */
static void add_decision(struct text_builder *json, const struct tuoyu_answer *answer)
{
    json_literal(json, "decision", decision_name(verdict_of(answer)->decision));
}

/* The result of a measure. */
static void add_measured(struct text_builder *json, const struct tuoyu_answer *answer)
{
    json_number(json, "value", &measure_of(answer)->value);
}

/* The result of a payout. */
static void add_paid(struct text_builder *json, const struct tuoyu_answer *answer)
{
    json_number(json, "value", &payout_of(answer)->paid);
}

/* The nodes of an answer, by kind of answer: its result in the root, and what the root is made of. */
static const struct {
    void (*add_result)(struct text_builder *json, const struct tuoyu_answer *answer);
    void (*add_parts)(struct json_tree *tree, struct children *children);
} NODES[] = {
    [TUOYU_RULE_PRICING] = {add_amount, add_quote},
    [TUOYU_RULE_COST_SHARING] = {add_whole, add_split},
    [TUOYU_RULE_ELIGIBILITY] = {add_decision, add_verdict},
    [TUOYU_RULE_INDICATOR] = {add_measured, add_measure},
    [ANSWER_PAYOUT] = {add_paid, add_payout},
};
static_assert(sizeof NODES / sizeof *NODES == ANSWER_KIND_COUNT, "each kind of answer has a tree");

/* Adds outcome, result and unit to the root, and the day from which a verdict is eligible. */
static void add_result(struct json_tree *tree)
{
    const struct tuoyu_answer *answer = tree->answer;
    json_literal(tree->json, "outcome", outcome_name(answer->outcome));
    NODES[answer->kind].add_result(tree->json, answer);
    if (tree->states.has_eligible_from)
        json_day(tree->json, "eligible_from", tree->states.eligible_from);
    if (answer->rule->unit.length)
        json_text(tree->json, "unit", answer->rule->unit);
}

/* Adds the whole tree: the rule with its result, and below it what the answer was computed from. */
static void add_rule(struct json_tree *tree)
{
    const struct rule *rule = tree->answer->rule;
    struct children roots = {.depth = 0};
    bool is_shortened = false;
    if (!begin_node(tree, &roots, "rule"))
        return;
    json_text(tree->json, "name", rule->full_name);
    add_localised(tree, "label", &rule->title, &is_shortened);
    add_result(tree);
    add_citation(tree, &rule->citation, &is_shortened);
    add_localised(tree, "objection", &rule->objection, &is_shortened);
    struct children children = begin_children(tree, 1);
    add_slot(tree, rule->when, &children);
    NODES[tree->answer->kind].add_parts(tree, &children);
    end_node(tree, &children, is_shortened);
}

tuoyu_status answer_explain_json(const struct tuoyu_answer *answer, tuoyu_text **out)
{
    struct text_builder json;
    text_builder_init(&json, &answer->arena.allocator);
    struct json_tree tree = {.json = &json, .answer = answer};
    arena_init(&tree.scratch, &answer->arena.allocator);
    tree.shown = ARENA_ARRAY(&tree.scratch, bool, answer->trace_count);
    bool has_memory = tree.shown;
    if (has_memory && answer->kind == TUOYU_RULE_ELIGIBILITY)
        has_memory = criterion_states_read(verdict_of(answer), &tree.scratch, &tree.states);
    if (has_memory)
        add_rule(&tree);
    json.failed |= tree.scratch.failed || !has_memory;
    arena_free(&tree.scratch);
    return text_builder_to_handle(&json, out);
}
