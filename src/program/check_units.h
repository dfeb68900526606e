/* SPDX-License-Identifier: Apache-2.0 */
/* Checks which units go together. Only what contradicts itself whatever the facts are is an error. A number
 * that stands in the expression takes the unit of the other side; beside a percent, which is a hundredth, it
 * may not look like a number in percent. */
#ifndef TUOYU_PROGRAM_CHECK_UNITS_H
#define TUOYU_PROGRAM_CHECK_UNITS_H

#include "program/checker.h"

/* A number in an expression: where it stands, and its type. */
struct quantity {
    const struct node *node;
    const struct static_type *type;
};

/* Whether both can be added or compared; reports it at node if not. does begins the message, such as "`+`
 * adds". */
bool check_same_unit(struct checker *checker, const struct node *node, struct quantity left,
                     struct quantity right, const char *does);
/* Warns where an `if` gives numbers in two units. Each branch may be right by itself, but no unit can be
 * declared for both. */
void warn_of_branches(struct checker *checker, const struct node *node, struct quantity then,
                      struct quantity otherwise);
/* The unit of a sum, difference, product, quotient or power of numbers; NULL where it is not known. Units
 * that do not go together are reported. */
const struct unit *check_arithmetic_unit(struct checker *checker, const struct node *node,
                                         struct quantity left, struct quantity right);
/* Reports a number that multiplies a duration of another length, such as a number of months and a duration of
 * a day. */
void check_duration_unit(struct checker *checker, const struct node *node, struct quantity left,
                         struct quantity right);
/* The unit of the number that a built-in gives; NULL where it is not known. Reports arguments whose units do
 * not go together. */
const struct unit *check_builtin_unit(struct checker *checker, const struct node *node,
                                      const struct static_type *arguments);
/* The type with its declared unit. A number's own unit must fit the declared one, which is reported if not;
 * an empty `declared` accepts any. what names the thing in messages, such as "`fee`". */
struct static_type check_declared_unit(struct checker *checker, const struct node *node,
                                       struct static_type type, struct text declared, struct text what);

#endif
