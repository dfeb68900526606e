/* SPDX-License-Identifier: Apache-2.0 */
/* Evaluates nodes: the dispatch by kind, logic, `if`, and the making of lists, contexts and ranges. */
#include "feel/interpreter.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum {
    DEFAULT_STEPS = 1000000,
    DEFAULT_LIST_ITEMS = 100000,
    DEFAULT_CALL_DEPTH = 64,
    DEFAULT_RECURSION = 400, /* of evaluate(), which with what it calls takes up to 1 KiB of stack */
    CHILDREN_A_STEP = 2,
    BYTES_A_STEP = 128,     /* of memory, which is cleared and touched, as in base/arena.c */
    STEPS_AN_ASKING = 4096, /* interrupt is asked each so many steps: well under a millisecond mostly */
    STEPS_AN_ERROR = 20,    /* its message is formatted, which takes over a microsecond */
    SMALL_FRAME = 16,
    SHOWN_CHARACTERS = 40
};

void environment_init(struct environment *environment, struct arena *arena)
{
    *environment = (struct environment){.arena = arena,
                                        .charged = arena->given,
                                        .list_limit = DEFAULT_LIST_ITEMS,
                                        .depth_left = DEFAULT_CALL_DEPTH,
                                        .recursion_left = DEFAULT_RECURSION};
    environment_allow_steps(environment, DEFAULT_STEPS);
}

void environment_allow_steps(struct environment *environment, size_t most)
{
    bool is_asked = environment->interrupt && most > STEPS_AN_ASKING;
    environment->steps_most = most;
    environment->steps_left = is_asked ? STEPS_AN_ASKING : most;
    environment->steps_behind = most - environment->steps_left;
    environment->is_cancelled = false;
}

size_t environment_steps_taken(const struct environment *environment)
{
    return environment->steps_most - environment->steps_left - environment->steps_behind;
}

/* ---- Causes ---- */

struct value null_with_message(struct environment *environment, const struct expression *expression,
                               const struct node *node, tuoyu_status code, const char *format,
                               va_list arguments)
{
    (void)environment_take_steps(environment, STEPS_AN_ERROR); /* the next node sees where none are left */
    struct text message = message_text_of_list(environment->arena, format, arguments);
    struct cause *cause = ARENA_NEW(environment->arena, struct cause);
    if (!cause || !message.bytes)
        return value_no_memory();
    *cause = (struct cause){.kind = CAUSE_ERROR, .code = code, .name = TEXT(""), .message = message};
    if (expression)
        cause->where = expression_location(expression, node);
    return value_null(cause);
}

struct value null_with_error(struct environment *environment, const struct expression *expression,
                             const struct node *node, tuoyu_status code, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    struct value made = null_with_message(environment, expression, node, code, format, arguments);
    va_end(arguments);
    return made;
}

struct value null_of_both(struct feel_evaluation *evaluation, struct value left, struct value right)
{
    return value_null(cause_join(evaluation->environment->arena, value_cause(left), value_cause(right)));
}

struct text show_value(struct arena *arena, struct value value)
{
    if (value.kind == VALUE_NULL)
        return TEXT("null");
    if (value.kind == VALUE_LIST)
        return message_text(arena, "a list of %zu item%s", value.as.list->count,
                            value.as.list->count == 1 ? "" : "s");
    struct text name = value_kind_name((enum value_kind)value.kind);
    if (value.kind == VALUE_CONTEXT || value.kind == VALUE_RANGE || value.kind == VALUE_FUNCTION)
        return message_text(arena, "a %.*s", TEXT_ARGUMENTS(name));
    struct text shown = value.as.string;
    if (value.kind != VALUE_STRING) {
        struct text_builder builder;
        text_builder_init_arena(&builder, arena);
        value_format(&builder, value);
        shown = text_builder_text(&builder);
    }
    size_t end = utf8_offset(shown, SHOWN_CHARACTERS);
    const char *quote = value.kind == VALUE_STRING ? "\"" : "";
    struct text result = message_text(arena, "the %.*s %s%.*s%s%s", TEXT_ARGUMENTS(name), quote, (int)end,
                                      shown.bytes, end < shown.length ? "…" : "", quote);
    return result.bytes ? result : name;
}

/* Leaves no steps, so that the evaluation ends. Always returns false. */
static bool end_steps(struct environment *environment, bool is_cancelled)
{
    environment->is_cancelled |= is_cancelled;
    environment->steps_left = environment->steps_behind = 0;
    return false;
}

/* Opens further steps when those until the next asking are used up. Returns false if there are none, or the
 * host wants the evaluation to end. */
static bool open_steps(struct environment *environment)
{
    if (environment->steps_behind == 0)
        return false;
    if (environment->interrupt(environment->interrupt_context))
        return end_steps(environment, true);
    size_t behind = environment->steps_behind;
    environment->steps_left = behind < STEPS_AN_ASKING ? behind : STEPS_AN_ASKING;
    environment->steps_behind = behind - environment->steps_left;
    return true;
}

bool environment_take_steps(struct environment *environment, size_t count)
{
    if (count > environment->steps_left + environment->steps_behind)
        return end_steps(environment, false);
    while (count > environment->steps_left) {
        count -= environment->steps_left;
        environment->steps_left = 0;
        if (!open_steps(environment))
            return false;
    }
    environment->steps_left -= count;
    return true;
}

/* Takes steps for the memory that the arena has given out since they were last taken; a rest of less than one
 * is taken the next time. Returns false if fewer are left. */
static bool charge_memory(struct environment *environment)
{
    size_t before = environment->charged, now = environment->arena->given;
    if (now < before)
        before = now;
    size_t steps = (now - before) / BYTES_A_STEP;
    environment->charged = before + steps * BYTES_A_STEP;
    return environment_take_steps(environment, steps);
}

/* Takes the step of a node, and those of the memory so far. Returns false if there are none left, or memory
 * or the limit of bytes is used up. */
static bool begin_node(struct environment *environment)
{
    bool is_charged =
        environment->arena->given - environment->charged < BYTES_A_STEP || charge_memory(environment);
    if (!is_charged || environment->arena->failed)
        return false;
    if (environment->steps_left == 0 && !open_steps(environment))
        return false;
    environment->steps_left--;
    return true;
}

struct value fail_steps(struct feel_evaluation *evaluation, const struct node *node)
{
    struct environment *environment = evaluation->environment;
    if (environment->arena->failed)
        return value_no_memory();
    if (environment->is_cancelled)
        return FAIL(evaluation, node, TUOYU_ERROR_CANCELLED, "the evaluation was cancelled");
    return FAIL(evaluation, node, TUOYU_ERROR_LIMIT,
                "the evaluation takes more than %zu steps: make it smaller, or raise the limit steps",
                environment->steps_most);
}

/* ---- Logic ---- */

/* NODE_AND and NODE_OR; the second operand is evaluated only if the first does not decide. */
static APART struct value evaluate_logic(struct feel_evaluation *evaluation, const struct node *node)
{
    struct value left = evaluate(evaluation, node->children[0]);
    if (node->kind == NODE_AND) {
        if (value_is_false(left))
            return left;
        return logical_and(evaluation, node, left, evaluate(evaluation, node->children[1]));
    }
    if (value_is_true(left))
        return left;
    return logical_or(evaluation, node, left, evaluate(evaluation, node->children[1]));
}

/* The error of a condition that is neither true nor false. */
static APART struct value fail_condition(struct feel_evaluation *evaluation, const struct node *node,
                                         struct value condition)
{
    struct text shown = show_value(evaluation->environment->arena, condition);
    return FAIL(evaluation, node, TUOYU_ERROR_EVALUATION, "the condition of `if` is %.*s, not true or false",
                TEXT_ARGUMENTS(shown));
}

/* NODE_IF. A condition that is no boolean is an error in EVALUATE_PACK; else it selects the last child. */
static APART struct value evaluate_if(struct feel_evaluation *evaluation, const struct node *node)
{
    struct value condition = evaluate(evaluation, node->children[0]);
    if (value_is_true(condition))
        return evaluate(evaluation, node->children[1]);
    if (is_undecided(evaluation, condition))
        return condition;
    bool is_odd = condition.kind != VALUE_BOOLEAN && condition.kind != VALUE_NULL;
    if (is_odd && evaluation->environment->mode == EVALUATE_PACK)
        return fail_condition(evaluation, node->children[0], condition);
    return evaluate(evaluation, node->children[2]);
}

/* ---- Lists, contexts, ranges ---- */

/* The list of its items, each evaluated. An item that fails is a null in the list. */
static APART struct value evaluate_list(struct feel_evaluation *evaluation, const struct node *node)
{
    if (!environment_take_steps(evaluation->environment, node->count / CHILDREN_A_STEP))
        return fail_steps(evaluation, node);
    struct value *items = ARENA_ARRAY(evaluation->environment->arena, struct value, node->count);
    if (!items)
        return value_no_memory();
    for (uint32_t i = 0; i < node->count; i++)
        items[i] = evaluate(evaluation, node->children[i]);
    return list_value(evaluation, node, items, node->count);
}

/* NODE_CONTEXT: each entry is evaluated with those before it as locals. */
static APART struct value evaluate_context(struct feel_evaluation *evaluation, const struct node *node)
{
    struct arena *arena = evaluation->environment->arena;
    if (!environment_take_steps(evaluation->environment, node->count / CHILDREN_A_STEP))
        return fail_steps(evaluation, node);
    struct context_entry *entries = ARENA_ARRAY(arena, struct context_entry, node->count);
    if (!entries)
        return value_no_memory();
    for (uint32_t i = 0; i < node->count; i++) {
        const struct node *entry = node->children[i];
        entries[i] =
            (struct context_entry){.name = entry->name, .value = evaluate(evaluation, entry->children[0])};
        evaluation->frame[entry->slot] = entries[i].value;
    }
    return make_context(evaluation->environment, evaluation->expression, node, entries, node->count);
}

/* Whether values of this kind have an order, so that a range may reach from one to another. */
static bool is_ordered(struct value value)
{
    return value.kind == VALUE_NUMBER || value.kind == VALUE_STRING ||
           (value.kind >= VALUE_DATE && value.kind <= VALUE_DAYS_TIME);
}

/* The value of a range's end; node NULL is an open end. An end that is written but null differs from an open
 * one: it has a cause. */
static struct value range_end(struct feel_evaluation *evaluation, const struct node *node)
{
    if (!node)
        return VALUE_NOTHING;
    struct value value = evaluate(evaluation, node);
    if (value.kind == VALUE_NULL && !value.as.cause)
        return FAIL(evaluation, node, TUOYU_ERROR_EVALUATION, "an end of the range is null");
    return value;
}

/* The error of two ends between which there is no range. */
static APART struct value fail_range(struct feel_evaluation *evaluation, const struct node *node,
                                     const struct range *range)
{
    struct arena *arena = evaluation->environment->arena;
    struct text low = show_value(arena, range->low), high = show_value(arena, range->high);
    return FAIL(evaluation, node, TUOYU_ERROR_EVALUATION, "no range reaches from %.*s to %.*s",
                TEXT_ARGUMENTS(low), TEXT_ARGUMENTS(high));
}

/* NODE_RANGE; an error if the ends are of different kinds or of one without order. */
static APART struct value evaluate_range(struct feel_evaluation *evaluation, const struct node *node)
{
    struct range *range = ARENA_NEW(evaluation->environment->arena, struct range);
    if (!range)
        return value_no_memory();
    *range = (struct range){.low = range_end(evaluation, node->children[0]),
                            .high = range_end(evaluation, node->children[1]),
                            .low_included = node->low_included,
                            .high_included = node->high_included};
    struct value known = range->low.kind == VALUE_NULL ? range->high : range->low;
    bool has_both = range->low.kind != VALUE_NULL && range->high.kind != VALUE_NULL;
    bool is_point = node->children[0] == node->children[1];
    if (known.kind != VALUE_NULL &&
        ((!is_ordered(known) && !is_point) || (has_both && range->low.kind != range->high.kind)))
        return fail_range(evaluation, node, range);
    return (struct value){.kind = VALUE_RANGE, .as.range = range};
}

/* ---- Nodes ---- */

/* The value of a declared name, from the environment. */
static struct value evaluate_symbol(struct feel_evaluation *evaluation, const struct node *node)
{
    const struct environment *environment = evaluation->environment;
    if (environment->resolve)
        return environment->resolve(environment->context, node->slot);
    return FAIL(evaluation, node, TUOYU_ERROR_UNKNOWN_NAME, "names have no values here");
}

/* Evaluates a node of any kind but those that evaluate() answers itself. */
static struct value evaluate_operation(struct feel_evaluation *evaluation, const struct node *node)
{
    switch ((enum node_kind)node->kind) {
    case NODE_NEGATE: return evaluate_negation(evaluation, node);
    case NODE_ADD:
    case NODE_SUBTRACT:
    case NODE_MULTIPLY:
    case NODE_DIVIDE:
    case NODE_POWER: return evaluate_arithmetic(evaluation, node);
    case NODE_EQUAL:
    case NODE_NOT_EQUAL:
    case NODE_LESS:
    case NODE_LESS_EQUAL:
    case NODE_GREATER:
    case NODE_GREATER_EQUAL: return evaluate_comparison(evaluation, node);
    case NODE_AND:
    case NODE_OR: return evaluate_logic(evaluation, node);
    case NODE_BETWEEN: return evaluate_between(evaluation, node);
    case NODE_IN: return evaluate_in(evaluation, node);
    case NODE_TEST_EQUAL:
    case NODE_TEST_COMPARE:
    case NODE_TEST_EXPRESSION:
    case NODE_TEST_ANY:
    case NODE_TEST_NOT: return evaluate_test(evaluation, node);
    case NODE_IF: return evaluate_if(evaluation, node);
    case NODE_FOR: return evaluate_for(evaluation, node);
    case NODE_SOME:
    case NODE_EVERY: return evaluate_quantified(evaluation, node);
    case NODE_LIST: return evaluate_list(evaluation, node);
    case NODE_CONTEXT: return evaluate_context(evaluation, node);
    case NODE_RANGE: return evaluate_range(evaluation, node);
    case NODE_PATH: return evaluate_path(evaluation, node);
    case NODE_ITEM_ENTRY: return evaluate_item_entry(evaluation, node);
    case NODE_FILTER: return evaluate_filter(evaluation, node);
    case NODE_CALL_BUILTIN: return evaluate_builtin_call(evaluation, node);
    case NODE_CALL: return evaluate_call(evaluation, node);
    case NODE_FUNCTION: return evaluate_function(evaluation, node);
    case NODE_INSTANCE_OF: {
        struct value value = evaluate(evaluation, node->children[0]);
        return is_undecided(evaluation, value) ? value : value_boolean(type_contains(node->type, value));
    }
    case NODE_ERROR:
        return FAIL(evaluation, node, TUOYU_ERROR_EVALUATION, "%.*s", TEXT_ARGUMENTS(node->name));
    case NODE_ITERATOR:
    case NODE_ENTRY:
    case NODE_ARGUMENT:
    case NODE_PARAMETER: /* evaluated by the node above them */
    case NODE_LITERAL:
    case NODE_SYMBOL:
    case NODE_LOCAL:
    case NODE_INPUT: break;
    }
    return VALUE_NOTHING;
}

struct value evaluate(struct feel_evaluation *evaluation, const struct node *node)
{
    switch (node->kind) {
    case NODE_LITERAL: return node->value;
    case NODE_LOCAL:
        assert(node->slot < evaluation->expression->frame_size);
        return evaluation->frame[node->slot];
    case NODE_SYMBOL: return evaluate_symbol(evaluation, node);
    case NODE_INPUT: return evaluation->environment->input;
    default: break;
    }
    struct environment *environment = evaluation->environment;
    if (!begin_node(environment))
        return fail_steps(evaluation, node);
    if (environment->recursion_left == 0)
        return FAIL(evaluation, node, TUOYU_ERROR_LIMIT, "functions call each other too deeply");
    environment->recursion_left--;
    struct value value = evaluate_operation(evaluation, node);
    environment->recursion_left++;
    return value;
}

struct value expression_evaluate(const struct expression *expression, struct environment *environment)
{
    struct value small[SMALL_FRAME];
    struct feel_evaluation evaluation = {
        .expression = expression, .environment = environment, .frame = small};
    if (expression->frame_size > SMALL_FRAME) {
        evaluation.frame = ARENA_ARRAY(environment->arena, struct value, expression->frame_size);
        if (!evaluation.frame)
            return value_no_memory();
    } else if (expression->frame_size > 0) {
        memset(small, 0, expression->frame_size * sizeof *small);
    }
    return evaluate(&evaluation, expression->root);
}

struct value expression_evaluate_node(const struct expression *expression, const struct node *node,
                                      struct environment *environment)
{
    struct expression part = *expression;
    part.root = node;
    return expression_evaluate(&part, environment);
}
