/* SPDX-License-Identifier: Apache-2.0 */
/* A condition over one name and constants is the same between any two of the constants, so it is enough to
 * evaluate it on each constant and once between: the interpreter says what it is there. Of `and` and `or` the
 * operands over one name are taken together. */
#include "program/conditions.h"

#include <stdlib.h>

#include "feel/builtin.h"

/* What looking at a node and evaluating a condition once are charged, and the most operands and constants
 * that are looked at together. */
enum {
    STEPS_A_NODE = 2,
    STEPS_AN_EVALUATION = 16,
    STEPS_OF_FEEL = 200,
    OPERANDS_MOST = 64,
    POINTS_MOST = 64
};

/* A condition, or some operands of a chain, over one name. */
struct condition {
    uint32_t variable; /* slot of the name; SLOT_NONE as long as there is none */
    struct value points[POINTS_MOST];
    size_t point_count;
    bool mentions_null;
};

/* What a condition comes to over all values that its name can have. */
enum verdict { VERDICT_OPEN, VERDICT_ALWAYS, VERDICT_NEVER };

/* One search. */
struct condition_search {
    const struct program *program;
    struct arena *arena;
    const struct expression *expression;
    bool *is_told; /* by slot: whether its formula was warned of */
    uint32_t slot; /* whose formula it is */
    uint32_t variable;
    struct value sample; /* the value of the variable at the moment */
    tuoyu_diagnostics *diagnostics;
};

/* ---- What conditions are made of ---- */

/* Whether a node is the same in every case: literals, and calls that make constants of them. */
static bool is_constant(const struct node *node)
{
    switch ((enum node_kind)node->kind) {
    case NODE_LITERAL: return true;
    case NODE_NEGATE:
    case NODE_RANGE:
    case NODE_LIST: break;
    case NODE_CALL_BUILTIN:
        if (!builtin_traits(node->builtin)->makes_constants)
            return false;
        break;
    default: return false;
    }
    for (uint32_t i = 0; i < node->count; i++)
        if (node->children[i] && !is_constant(node->children[i]))
            return false;
    return true;
}

/* The interpreter's way to the variable. */
static struct value resolve_variable(void *context, uint32_t slot)
{
    const struct condition_search *search = context;
    return slot == search->variable ? search->sample : VALUE_NOTHING;
}

/* The value of a node, with the sample in place of the variable. */
static struct value evaluate_node(struct condition_search *search, const struct node *node)
{
    struct environment environment;
    environment_init(&environment, search->arena);
    environment.mode = EVALUATE_PACK;
    environment.resolve = resolve_variable;
    environment.context = search;
    environment_allow_steps(&environment, STEPS_OF_FEEL);
    arena_charge(search->arena, STEPS_AN_EVALUATION + node->height);
    return expression_evaluate_node(search->expression, node, &environment);
}

/* Adds a value to the points: itself, the ends of a range, the items of a list. Returns false where it has
 * none, or there are too many. */
static bool add_points(struct condition *condition, struct value value)
{
    if (value.kind == VALUE_RANGE)
        return add_points(condition, value.as.range->low) && add_points(condition, value.as.range->high);
    if (value.kind == VALUE_LIST) {
        for (size_t i = 0; i < value.as.list->count; i++)
            if (!add_points(condition, value.as.list->items[i]))
                return false;
        return true;
    }
    bool is_point = value.kind == VALUE_NUMBER || value.kind == VALUE_DATE || value.kind == VALUE_STRING ||
                    value.kind == VALUE_BOOLEAN;
    if (value.kind == VALUE_NULL) { /* an open end, or `null` */
        condition->mentions_null = true;
        return !value_cause(value);
    }
    if (!is_point || condition->point_count == POINTS_MOST)
        return false;
    condition->points[condition->point_count++] = value;
    return true;
}

/* Takes a node as a constant, and its value as a point. */
static bool take_constant(struct condition_search *search, const struct node *node,
                          struct condition *condition)
{
    return node && is_constant(node) && add_points(condition, evaluate_node(search, node));
}

/* Takes a node as the variable; false where the condition has another one already. */
static bool take_variable(const struct node *node, struct condition *condition)
{
    if (node->kind != NODE_SYMBOL || (condition->variable != SLOT_NONE && condition->variable != node->slot))
        return false;
    condition->variable = node->slot;
    return true;
}

/* Takes the tests of `in`, which must be constants, ranges or comparisons with constants. */
static bool take_tests(struct condition_search *search, const struct node *node, uint32_t from,
                       struct condition *condition)
{
    for (uint32_t i = from; i < node->count; i++) {
        const struct node *test = node->children[i];
        if (test->kind == NODE_TEST_NOT
                ? !take_tests(search, test, 0, condition)
                : (test->kind != NODE_TEST_EQUAL && test->kind != NODE_TEST_COMPARE) ||
                      !take_constant(search, test->children[0], condition))
            return false;
    }
    return true;
}

/* Takes a condition apart into its variable and points; false where it has more than those. */
static bool take_condition(struct condition_search *search, const struct node *node,
                           struct condition *condition)
{
    if (!arena_charge(search->arena, STEPS_A_NODE))
        return false;
    switch ((enum node_kind)node->kind) {
    case NODE_LITERAL: return node->value.kind == VALUE_BOOLEAN;
    case NODE_SYMBOL:
        return program_slot(search->program, node->slot)->type.kind == TYPE_BOOLEAN &&
               take_variable(node, condition);
    case NODE_EQUAL:
    case NODE_NOT_EQUAL:
    case NODE_LESS:
    case NODE_LESS_EQUAL:
    case NODE_GREATER:
    case NODE_GREATER_EQUAL:
        return (take_variable(node->children[0], condition) &&
                take_constant(search, node->children[1], condition)) ||
               (take_variable(node->children[1], condition) &&
                take_constant(search, node->children[0], condition));
    case NODE_BETWEEN:
        return take_variable(node->children[0], condition) &&
               take_constant(search, node->children[1], condition) &&
               take_constant(search, node->children[2], condition);
    case NODE_IN:
        return take_variable(node->children[0], condition) && take_tests(search, node, 1, condition);
    case NODE_AND:
    case NODE_OR:
        return take_condition(search, node->children[0], condition) &&
               take_condition(search, node->children[1], condition);
    case NODE_CALL_BUILTIN:
        return node_calls(node, FEEL_NOT) && node->count == 1 &&
               take_condition(search, node->children[0], condition);
    default: return false;
    }
}

/* ---- Samples ---- */

/* Values of the variable, one for each stretch on which the condition is the same. */
struct samples {
    struct value items[2 * POINTS_MOST + 8];
    size_t count;
};

/* Whether the declared range of a fact, if it has one, holds the value. */
static bool is_in_domain(const struct slot *slot, struct value value)
{
    const struct range *range = slot->kind == SLOT_FACT ? slot->domain.range : NULL;
    int order;
    if (!range)
        return true;
    if (value_compare(range->low, value, &order) && (order > 0 || (order == 0 && !range->low_included)))
        return false;
    return !(value_compare(range->high, value, &order) &&
             (order < 0 || (order == 0 && !range->high_included)));
}

static void add_sample(struct samples *samples, const struct slot *slot, struct value value)
{
    if (is_in_domain(slot, value) && samples->count < sizeof samples->items / sizeof *samples->items)
        samples->items[samples->count++] = value;
}

static int compare_points(const void *left, const void *right)
{
    int order;
    return value_compare(*(const struct value *)left, *(const struct value *)right, &order) ? order : 0;
}

/* The smallest step between two values that a fact can have; one that is small enough for others. */
static tuoyu_decimal step_of(const struct slot *slot)
{
    enum { DECIMALS = 12 };
    tuoyu_decimal step = decimal_from_integer(1);
    int32_t scale = slot->kind == SLOT_FACT ? slot->domain.scale : DECIMALS;
    decimal_scale(decimal_from_integer(1), scale < 0 ? -DECIMALS : -scale, &step);
    return step;
}

/* Adds what lies just above and just below a point, where a fact can have that. Between two points whatever
 * lies just above the first stands for all. */
static void add_neighbours(struct samples *samples, const struct slot *slot, struct value point)
{
    tuoyu_decimal step = step_of(slot), near;
    if (point.kind == VALUE_DATE) {
        add_sample(samples, slot, value_date(point.date - 1));
        add_sample(samples, slot, value_date(point.date + 1));
        return;
    }
    if (decimal_subtract(point.as.number, step, &near) == TUOYU_OK)
        add_sample(samples, slot, value_number(near));
    if (decimal_add(point.as.number, step, &near) == TUOYU_OK)
        add_sample(samples, slot, value_number(near));
}

/* Makes the samples of an ordered kind from the points and the ends of the domain. */
static void add_ordered(struct condition *condition, const struct slot *slot, struct samples *samples)
{
    const struct range *range = slot->kind == SLOT_FACT ? slot->domain.range : NULL;
    if (range && condition->point_count + 2 <= POINTS_MOST) {
        add_points(condition, range->low);
        add_points(condition, range->high);
    }
    if (condition->point_count == 0) /* compared with null alone, so that one value stands for all */
        add_sample(samples, slot, slot->type.kind == TYPE_DATE ? value_date(0) : value_integer(0));
    qsort(condition->points, condition->point_count, sizeof *condition->points, compare_points);
    for (size_t i = 0; i < condition->point_count; i++) {
        add_sample(samples, slot, condition->points[i]);
        if (samples->count + 4 < sizeof samples->items / sizeof *samples->items)
            add_neighbours(samples, slot, condition->points[i]);
    }
}

/* Makes the samples of texts: all that the variable can be, or each point and a text that is none of them. */
static void add_texts(const struct condition *condition, const struct slot *slot, struct samples *samples)
{
    for (uint32_t i = 0; i < slot->type.value_count; i++)
        add_sample(samples, slot, value_string(slot->type.values[i]));
    if (slot->type.value_count)
        return;
    for (size_t i = 0; i < condition->point_count; i++)
        add_sample(samples, slot, condition->points[i]);
    add_sample(samples, slot, value_string(TEXT("\x01")));
}

/* Makes all samples. Returns false where the kind of the variable is not decided by points. */
static bool make_samples(struct condition_search *search, struct condition *condition,
                         struct samples *samples)
{
    const struct slot *slot = program_slot(search->program, condition->variable);
    samples->count = 0;
    switch (slot->type.kind) {
    case TYPE_BOOLEAN:
        add_sample(samples, slot, value_boolean(true));
        add_sample(samples, slot, value_boolean(false));
        break;
    case TYPE_STRING: add_texts(condition, slot, samples); break;
    case TYPE_NUMBER:
    case TYPE_DATE: add_ordered(condition, slot, samples); break;
    default: return false;
    }
    if (slot->kind == SLOT_FACT ? slot->domain.is_nullable : condition->mentions_null)
        add_sample(samples, slot, VALUE_NOTHING);
    return samples->count > 0;
}

/* ---- Verdicts ---- */

/* What some operands come to together: joined by `and`, or by `or`. */
static enum verdict judge(struct condition_search *search, struct condition *condition,
                          const struct node *const *operands, size_t count, bool is_or)
{
    struct samples samples;
    bool can_hold = false, can_fail = false;
    if (condition->variable == SLOT_NONE || !make_samples(search, condition, &samples))
        return VERDICT_OPEN;
    search->variable = condition->variable;
    for (size_t i = 0; i < samples.count && !(can_hold && can_fail); i++) {
        size_t met = 0;
        search->sample = samples.items[i];
        for (size_t j = 0; j < count && !search->arena->failed; j++)
            met += value_is_true(evaluate_node(search, operands[j]));
        bool holds = is_or ? met > 0 : met == count;
        can_hold |= holds;
        can_fail |= !holds;
    }
    if (search->arena->failed)
        return VERDICT_OPEN;
    return !can_hold ? VERDICT_NEVER : !can_fail ? VERDICT_ALWAYS : VERDICT_OPEN;
}

/* Why a condition is always the same, as far as that can be said. */
static struct text reason(const struct condition_search *search, enum verdict verdict, uint32_t variable,
                          bool mentions_null)
{
    const struct slot *slot = program_slot(search->program, variable);
    if (mentions_null && slot->kind == SLOT_FACT && !slot->domain.is_nullable)
        return TEXT("it is never null: what was not given is asked for; declare `nullable: true` where there "
                    "may be none");
    return verdict == VERDICT_NEVER ? TEXT("is a bound wrong, or `and` meant as `or`?")
                                    : TEXT("is a bound wrong, or `or` meant as `and`?");
}

/* Warns of a condition over a name. */
static void warn(struct condition_search *search, const struct node *node, enum verdict verdict,
                 const struct condition *condition)
{
    struct text name = program_slot(search->program, condition->variable)->name;
    search->is_told[search->slot] = true;
    report_warning(search->diagnostics, TUOYU_ERROR_TYPE, expression_location(search->expression, node),
                   reason(search, verdict, condition->variable, condition->mentions_null),
                   "this %s, whatever `%.*s` is", verdict == VERDICT_NEVER ? "never holds" : "always holds",
                   TEXT_ARGUMENTS(name));
}

/* The operands of a chain of `and` or of `or`, in order. */
struct chain {
    const struct node *items[OPERANDS_MOST];
    bool was_taken[OPERANDS_MOST]; /* together with one before it */
    size_t count;
};

static void gather(const struct condition_search *search, const struct node *node, uint8_t kind,
                   struct chain *chain);

/* Gathers what a name stands for, where it is a formula: the criteria of a rule are names in its chain. A
 * formula that was warned of is left as it is. */
static void gather_symbol(const struct condition_search *search, const struct node *node, uint8_t kind,
                          struct chain *chain)
{
    const struct slot *slot = program_slot(search->program, node->slot);
    bool is_formula = (slot->kind == SLOT_DEFINITION || slot->kind == SLOT_STEP) && slot->is_in_order;
    if (is_formula && slot->formula.is_verbatim && slot->type.kind == TYPE_BOOLEAN &&
        !search->is_told[node->slot])
        gather(search, slot->formula.root, kind, chain);
    else
        chain->items[chain->count++] = node;
}

/* Gathers the operands below a node. Each adds at least one, so that their number bounds the work. */
static void gather(const struct condition_search *search, const struct node *node, uint8_t kind,
                   struct chain *chain)
{
    if (chain->count == OPERANDS_MOST || !arena_charge(search->arena, STEPS_A_NODE))
        return;
    if (node->kind == kind) {
        gather(search, node->children[0], kind, chain);
        gather(search, node->children[1], kind, chain);
    } else if (node->kind == NODE_SYMBOL) {
        gather_symbol(search, node, kind, chain);
    } else {
        chain->items[chain->count++] = node;
    }
}

/* Takes the operands of a chain together that rest on the same name as the one at `first`. Returns whether
 * the chain was warned of. */
static bool judge_operands(struct condition_search *search, const struct node *node, struct chain *chain,
                           size_t first)
{
    struct condition all = {.variable = SLOT_NONE};
    const struct node *operands[OPERANDS_MOST];
    size_t count = 0;
    for (size_t i = first; i < chain->count; i++) {
        struct condition one = all;
        if (!take_condition(search, chain->items[i], &one)) {
            if (i == first)
                return false;
            continue;
        }
        all = one;
        chain->was_taken[i] = true;
        operands[count++] = chain->items[i];
    }
    bool is_or = node->kind == NODE_OR;
    enum verdict verdict = count > 1 ? judge(search, &all, operands, count, is_or) : VERDICT_OPEN;
    if (verdict != (is_or ? VERDICT_ALWAYS : VERDICT_NEVER))
        return false;
    warn(search, node, verdict, &all);
    return true;
}

static void walk(struct condition_search *search, const struct node *node);

/* Walks the operands that are written in the chain itself. */
static void walk_operands(struct condition_search *search, const struct node *node, uint8_t kind)
{
    if (node->kind != kind) {
        walk(search, node);
        return;
    }
    walk_operands(search, node->children[0], kind);
    walk_operands(search, node->children[1], kind);
}

/* Looks at a chain as a whole. Returns whether it was warned of. */
static bool judge_chain(struct condition_search *search, const struct node *node)
{
    struct chain chain = {.count = 0};
    gather(search, node, node->kind, &chain);
    for (size_t i = 0; i < chain.count && !search->arena->failed; i++) {
        if (chain.was_taken[i])
            continue;
        struct arena_mark mark = arena_mark(search->arena);
        bool is_told = judge_operands(search, node, &chain, i);
        arena_rewind(search->arena, mark);
        if (is_told)
            return true;
    }
    return false;
}

/* Whether a node is a condition by itself that a comparison makes. */
static bool compares(const struct node *node)
{
    return (node->kind >= NODE_EQUAL && node->kind <= NODE_GREATER_EQUAL) || node->kind == NODE_BETWEEN ||
           node->kind == NODE_IN;
}

/* Warns of a comparison that the domain of its name decides. Returns whether it did. */
static bool judge_comparison(struct condition_search *search, const struct node *node)
{
    struct condition condition = {.variable = SLOT_NONE};
    if (!compares(node) || !take_condition(search, node, &condition))
        return false;
    enum verdict verdict = judge(search, &condition, &node, 1, false);
    if (verdict == VERDICT_OPEN)
        return false;
    warn(search, node, verdict, &condition);
    return true;
}

/* Walks an expression. The tree's height bounds the recursion. */
static void walk(struct condition_search *search, const struct node *node)
{
    if (!node || !arena_charge(search->arena, STEPS_A_NODE))
        return;
    if (node->kind == NODE_AND || node->kind == NODE_OR) {
        if (!judge_chain(search, node))
            walk_operands(search, node, node->kind);
        return;
    }
    struct arena_mark mark = arena_mark(search->arena);
    bool is_told = judge_comparison(search, node);
    arena_rewind(search->arena, mark);
    for (uint32_t i = 0; !is_told && i < node->count; i++)
        walk(search, node->children[i]);
}

/* ---- The whole ---- */

/* Looks at the formula of a slot: all of one that a pack has written, and of one that a rule has made of its
 * criteria the chain. */
static void walk_slot(struct condition_search *search, uint32_t index)
{
    const struct slot *slot = program_slot(search->program, index);
    bool is_formula = slot->kind == SLOT_DEFINITION || slot->kind == SLOT_STEP;
    if (!is_formula || !slot->is_in_order)
        return;
    search->expression = &slot->formula;
    search->slot = index;
    const struct node *root = slot->formula.root;
    if (slot->formula.is_verbatim)
        walk(search, root);
    else if (root->kind == NODE_AND || root->kind == NODE_OR)
        judge_chain(search, root);
}

/* Looks at all formulas, and notes where the quota is used up. */
static void walk_slots(struct condition_search *search)
{
    search->is_told = ARENA_ARRAY(search->arena, bool, search->program->slot_count);
    for (uint32_t i = 0; search->is_told && i < search->program->slot_count; i++) {
        const struct slot *slot = program_slot(search->program, i);
        walk_slot(search, i);
        if (!search->arena->failed)
            continue;
        if (search->arena->quota && search->arena->quota->end != QUOTA_IS_LEFT)
            report_note(search->diagnostics, slot->where,
                        "not decided: whether the conditions here, and after it, can hold and can fail; that "
                        "takes more steps than a load may take");
        return;
    }
}

tuoyu_status warn_of_conditions(const struct program *program, struct quota *quota,
                                tuoyu_diagnostics *diagnostics)
{
    struct arena arena;
    struct quota part = quota_open_part(quota);
    struct condition_search search = {.program = program, .arena = &arena, .diagnostics = diagnostics};
    arena_init(&arena, &program->arena->allocator);
    arena.quota = &part;
    walk_slots(&search);
    bool has_failed = arena.failed && part.end == QUOTA_IS_LEFT;
    arena_free(&arena);
    quota_close_part(quota, &part);
    return has_failed ? report_no_memory(diagnostics) : TUOYU_OK;
}
