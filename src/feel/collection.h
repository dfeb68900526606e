/* SPDX-License-Identifier: Apache-2.0 */
/* Lists and contexts that an evaluation makes. Parts are shared, so that a value can stand for far more than
 * was built: [x, x] where x is [y, y] where y … doubles at each level, and whoever walks it, to compare it or
 * to write it, would not end. So each knows its weight, the number of values that a walk meets, and that is
 * limited. */
#ifndef TUOYU_FEEL_COLLECTION_H
#define TUOYU_FEEL_COLLECTION_H

#include "feel/expression.h"

/* How heavy one value may be. */
static inline size_t weight_limit(const struct environment *environment)
{
    return environment->list_limit * 10;
}
/* 1 for what holds nothing, more for a long text. */
size_t value_weight(struct value value);

/* Takes the items over. Null with TUOYU_ERROR_LIMIT where there are too many or they weigh too much. */
struct value make_list(struct environment *environment, const struct expression *expression,
                       const struct node *node, const struct value *items, size_t count);
struct value make_context(struct environment *environment, const struct expression *expression,
                          const struct node *node, const struct context_entry *entries, size_t count);

#endif
