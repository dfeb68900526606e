/* SPDX-License-Identifier: Apache-2.0 */
/* What the interpreter's files share. Recursion follows the tree, whose height the parser bounds, and calls
 * of functions, which environment.depth_left and environment.recursion_left bound together. */
#ifndef TUOYU_FEEL_INTERPRETER_H
#define TUOYU_FEEL_INTERPRETER_H

#include "feel/builtin.h"
#include "feel/collection.h"
#include "feel/expression.h"
#include "feel/function.h"

/* One run of an expression, or of a function's body. */
struct feel_evaluation {
    const struct expression *expression;
    struct environment *environment;
    struct value *frame; /* values of the locals, expression->frame_size of them */
};

/* Marks functions that must not be inlined into evaluate() and its like: their locals would lie on the stack
 * at each level of recursion, and stack is what bounds the depth. */
#define APART __attribute__((noinline))

/* Evaluates a node. An error is a null with a cause. */
struct value evaluate(struct feel_evaluation *evaluation, const struct node *node);

/* A null with an error at the node: status, format, arguments. */
#define FAIL(evaluation, node, ...) \
    null_with_error((evaluation)->environment, (evaluation)->expression, (node), __VA_ARGS__)

/* The error of an evaluation that has run out of steps. */
struct value fail_steps(struct feel_evaluation *evaluation, const struct node *node);

/* Whether, in EVALUATE_PACK, the value is null with a cause, so that it decides nothing. */
static inline bool is_undecided(const struct feel_evaluation *evaluation, struct value value)
{
    return value.kind == VALUE_NULL && value.as.cause && evaluation->environment->mode == EVALUATE_PACK;
}
/* A null with the causes of both values, which may have none. */
struct value null_of_both(struct feel_evaluation *evaluation, struct value left, struct value right);
/* The list of these items, which stand in the arena; see make_list(). */
static inline struct value list_value(struct feel_evaluation *evaluation, const struct node *node,
                                      const struct value *items, size_t count)
{
    return make_list(evaluation->environment, evaluation->expression, node, items, count);
}
/* A value as messages show it: `the number 3`, `a list of 3 items`, `null`. */
struct text show_value(struct arena *arena, struct value value);

/* ---- arithmetic.c ---- */
/* The value of +, -, *, / or ** on numbers, texts, dates, times and durations; an error if they do not go
 * together. */
struct value evaluate_arithmetic(struct feel_evaluation *evaluation, const struct node *node);
/* The value of `-x` for a number or a duration; an error for anything else. */
struct value evaluate_negation(struct feel_evaluation *evaluation, const struct node *node);

/* ---- comparison.c ---- */
/* The value of =, !=, <, <=, > or >=: true, false, or a null if the sides cannot be compared. */
struct value evaluate_comparison(struct feel_evaluation *evaluation, const struct node *node);
/* The value of `x between low and high`, both ends included. */
struct value evaluate_between(struct feel_evaluation *evaluation, const struct node *node);
/* `in`, and the tests of a decision table's cell, which look at environment->input. */
struct value evaluate_in(struct feel_evaluation *evaluation, const struct node *node);
/* Whether a unary test holds of environment->input. */
struct value evaluate_test(struct feel_evaluation *evaluation, const struct node *node);
/* Three-valued logic: a value that is not boolean counts as null with a cause. */
struct value logical_and(struct feel_evaluation *evaluation, const struct node *node, struct value left,
                         struct value right);
/* True if one side is true, false if both are false, else a null with the causes of both. */
struct value logical_or(struct feel_evaluation *evaluation, const struct node *node, struct value left,
                        struct value right);

/* ---- iteration.c ---- */
/* The list of what `for … return …` gives, or the error that ended it. */
struct value evaluate_for(struct feel_evaluation *evaluation, const struct node *node);
/* The value of `some … satisfies` or `every … satisfies`: true, false, or null if an undecided condition
 * would decide it. */
struct value evaluate_quantified(struct feel_evaluation *evaluation, const struct node *node);
/* The items of a list for which a condition holds, or the item at a position; a value that is no list counts
 * as a list of one. */
struct value evaluate_filter(struct feel_evaluation *evaluation, const struct node *node);

/* ---- path.c ---- */
/* The entry of a context, the property of a value, or of a list the list of its items'; an error if there is
 * none. */
struct value evaluate_path(struct feel_evaluation *evaluation, const struct node *node);
/* A name in a filter: the entry of the item, else what the name means outside of it. */
struct value evaluate_item_entry(struct feel_evaluation *evaluation, const struct node *node);
/* The value of a context's entry; NULL if it has none of that name. */
const struct value *context_find(const struct context *context, struct text name);

/* ---- call.c ---- */
/* The value of a call of a built-in that the parser has found. */
struct value evaluate_builtin_call(struct feel_evaluation *evaluation, const struct node *node);
/* The value of a call whose callee is an expression, by position or by name. */
struct value evaluate_call(struct feel_evaluation *evaluation, const struct node *node);
struct value evaluate_function(struct feel_evaluation *evaluation, const struct node *node);

#endif
