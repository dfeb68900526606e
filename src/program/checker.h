/* SPDX-License-Identifier: Apache-2.0 */
/* Finds the static types of an expression, from the leaves up. An error is reported only where an expression
 * can have no sensible value whatever the facts are; a type that is not known fits everywhere. */
#ifndef TUOYU_PROGRAM_CHECKER_H
#define TUOYU_PROGRAM_CHECKER_H

#include "program/program.h"

/* The checking of one expression after another. */
struct checker {
    const struct program *program;
    struct arena *arena;
    const struct expression *expression;
    struct static_type *frame; /* types of the expression's locals, by slot */
    struct static_type input;  /* type of `?` */
    struct text input_name;    /* what `?` is called in messages */
    tuoyu_diagnostics *diagnostics;
    const char *misdeclared; /* the declared unit that was reported last; others under it follow from it */
    tuoyu_status status;     /* the first error, over all expressions checked */
};

/* Makes a checker without errors. */
void checker_init(struct checker *checker, const struct program *program, tuoyu_diagnostics *diagnostics);
/* The type of the expression's value, TYPE_ANY where it is not known. The slots that it mentions must be
 * linked. */
struct static_type check_expression(struct checker *checker, const struct expression *expression);
/* Reports at the expression a type that will not do where another is wanted. what begins the message, such as
 * `the condition`. */
void check_wanted(struct checker *checker, const struct expression *expression,
                  const struct static_type *type, enum type_kind wanted, const char *what);

/* ---- Between the checker's files ---- */

/* The type of a node; what is wrong below it is reported. */
struct static_type check_node(struct checker *checker, const struct node *node);
/* Reports TUOYU_ERROR_TYPE at a node. */
void check_fail(struct checker *checker, const struct node *node, struct text hint, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* A node as messages show it: its text, or `this` where that is long or not there. */
struct text check_show(const struct checker *checker, const struct node *node);
/* The name of a type in messages, one word or two. */
struct text check_type_name(const struct static_type *type);

/* check_operators.c: the type of a node of each kind */
struct static_type check_arithmetic(struct checker *checker, const struct node *node);
/* These return TYPE_BOOLEAN, whether or not they reported an error. */
struct static_type check_comparison(struct checker *checker, const struct node *node);
/* The type of `between`: TYPE_BOOLEAN. Ends that cannot be compared with the value are reported. */
struct static_type check_between(struct checker *checker, const struct node *node);
/* The type of `in`: TYPE_BOOLEAN. Tests that can never hold of the value are reported. */
struct static_type check_in(struct checker *checker, const struct node *node);
/* The type of a unary test: TYPE_BOOLEAN. One that can never hold of checker->input is reported. */
struct static_type check_test(struct checker *checker, const struct node *node);
/* Reports at node two operands whose values can never be equal. */
void check_equal(struct checker *checker, const struct node *node, const struct node *left_node,
                 const struct static_type *left, const struct node *right_node,
                 const struct static_type *right);

/* check_constructs.c: the type of what binds names or takes values apart */
struct static_type check_for(struct checker *checker, const struct node *node);
/* The type of `some` and `every`: TYPE_BOOLEAN. A condition of another type is reported. */
struct static_type check_quantified(struct checker *checker, const struct node *node);
/* The type of a context, with the types of its entries. Each entry's name is bound for the entries after
 * it. */
struct static_type check_context(struct checker *checker, const struct node *node);
/* The type of a filtered list, or of the item at a position. A condition that is neither boolean nor number
 * is reported. */
struct static_type check_filter(struct checker *checker, const struct node *node);
/* The type of a name in a filter, which may be an entry of the item or what it means outside. TYPE_ANY if
 * either may be. */
struct static_type check_item_entry(struct checker *checker, const struct node *node);
/* The type of an entry or property; of a list, the list of its items' entries. TYPE_ANY if it is not
 * known. */
struct static_type check_path(struct checker *checker, const struct node *node);
/* The type of a function, with that of its result. */
struct static_type check_function(struct checker *checker, const struct node *node);
/* The type of the result of a call; reports wrong arguments, and a callee that is no function. */
struct static_type check_call(struct checker *checker, const struct node *node);

/* check_builtin.c: the type of a call of a built-in */
struct static_type check_builtin_call(struct checker *checker, const struct node *node);

#endif
