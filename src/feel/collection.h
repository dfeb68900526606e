/* SPDX-License-Identifier: Apache-2.0 */
/* Lists and contexts that an evaluation makes. Parts are shared, so a value can stand for far more than was
 * built: [x, x] where x is [y, y] where y … doubles at each level, and comparing or writing it would never
 * end. So each list and context knows its weight, the number of values that a walk meets, and the weight is
 * limited. */
#ifndef TUOYU_FEEL_COLLECTION_H
#define TUOYU_FEEL_COLLECTION_H

#include "feel/expression.h"

/* The highest weight of one value. */
static inline size_t weight_limit(const struct environment *environment)
{
    return environment->list_limit * 10;
}
/* The weight of a value: 1 for a plain one, more for long texts, lists and contexts. */
size_t value_weight(struct value value);

/* Makes a list or context of items or entries that stand in the evaluation's arena and are not copied. A null
 * with TUOYU_ERROR_LIMIT at the node if they are too many or weigh too much. */
struct value make_list(struct environment *environment, const struct expression *expression,
                       const struct node *node, const struct value *items, size_t count);
struct value make_context(struct environment *environment, const struct expression *expression,
                          const struct node *node, const struct context_entry *entries, size_t count);

#endif
