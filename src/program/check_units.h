/* SPDX-License-Identifier: Apache-2.0 */
/* What numbers count: which units go together. Only what contradicts itself whatever the facts are is an
 * error. A number that stands in the expression takes the unit of the other side; beside a percent, which is
 * a hundredth, it may not look like one that is in percent. */
#ifndef TUOYU_PROGRAM_CHECK_UNITS_H
#define TUOYU_PROGRAM_CHECK_UNITS_H

#include "program/checker.h"

/* One of several quantities that must go together. */
struct quantity {
    const struct node *node;
    const struct static_type *type;
};

/* Whether both can be added or compared; reported at node if not. does: "`+` adds". */
bool check_same_unit(struct checker *checker, const struct node *node, struct quantity left,
                     struct quantity right, const char *does);
/* Warns where an `if` gives numbers in two units: each may be right by itself, but no unit can be declared
 * for both. */
void warn_of_branches(struct checker *checker, const struct node *node, struct quantity then,
                      struct quantity otherwise);
/* The unit of a sum, difference, product, quotient or power of numbers. */
const struct unit *check_arithmetic_unit(struct checker *checker, const struct node *node,
                                         struct quantity left, struct quantity right);
/* Reports a number of months that a duration of a day is multiplied by, and its relatives. */
void check_duration_unit(struct checker *checker, const struct node *node, struct quantity left,
                         struct quantity right);
/* The unit of what a built-in function gives back. */
const struct unit *check_builtin_unit(struct checker *checker, const struct node *node,
                                      const struct static_type *arguments);
/* The type as it is declared: a number's unit must be the one that is written; empty: whatever it has. what:
 * "`fee`". */
struct static_type check_declared_unit(struct checker *checker, const struct node *node,
                                       struct static_type type, struct text declared, struct text what);

#endif
