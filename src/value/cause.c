/* SPDX-License-Identifier: Apache-2.0 */
/* Why a value is null. Joined causes are a chain to the left: each CAUSE_BOTH has one reason at its right and
 * the earlier ones at its left. */
#include "value/value.h"

#include <assert.h>

/* The different reasons of a cause, in order. */
struct reasons {
    const struct cause *items[CAUSE_REASONS];
    size_t count;
};

/* Whether two reasons are the same: the same kind, code and name and, of errors, the same message and
 * place. */
static bool is_same_reason(const struct cause *left, const struct cause *right)
{
    assert(left->kind != CAUSE_BOTH && right->kind != CAUSE_BOTH);
    if (left == right) {
        return true;
    }
    return left->kind == right->kind && left->code == right->code && text_equals(left->name, right->name) &&
           (left->kind != CAUSE_ERROR ||
            (text_equals(left->message, right->message) && left->where.source == right->where.source &&
             left->where.offset == right->where.offset));
}

/* Whether there is a reason of this sort: a missing fact or unset parameter, or an error. */
static bool has_sort(const struct reasons *reasons, bool is_missing)
{
    for (size_t i = 0; i < reasons->count; i++) {
        if ((reasons->items[i]->kind != CAUSE_ERROR) == is_missing) {
            return true;
        }
    }
    return false;
}

/* Adds a reason unless it is there already. If CAUSE_REASONS are there it is left out, except that the last
 * one gives way to the first of its sort. */
static void add_reason(struct reasons *reasons, const struct cause *reason)
{
    for (size_t i = 0; i < reasons->count; i++) {
        if (is_same_reason(reasons->items[i], reason)) {
            return;
        }
    }
    if (reasons->count < CAUSE_REASONS) {
        reasons->items[reasons->count++] = reason;
    } else if (!has_sort(reasons, reason->kind != CAUSE_ERROR)) {
        /* Whether there is a missing fact and whether there is an error decides if the answer is undetermined
         * or an error. */
        reasons->items[CAUSE_REASONS - 1] = reason;
    }
}

/* Adds the reasons of a cause, left to right; cause may be NULL. The stack is deep enough, because a joined
 * cause has at most CAUSE_REASONS reasons. */
static void collect(const struct cause *cause, struct reasons *reasons)
{
    const struct cause *pending[CAUSE_REASONS];
    size_t count = 0;
    while (cause != NULL || count > 0) {
        if (cause == NULL) {
            cause = pending[--count];
        }
        if (cause->kind != CAUSE_BOTH) {
            add_reason(reasons, cause);
            cause = NULL;
            continue;
        }
        if (count < CAUSE_REASONS && cause->right != NULL) {
            pending[count++] = cause->right;
        }
        cause = cause->left;
    }
}

/* Returns a cause with one reason more; left NULL gives the reason itself. NULL if memory is refused. */
static const struct cause *append(struct arena *arena, const struct cause *left, const struct cause *reason)
{
    struct cause *both = left == NULL ? NULL : ARENA_NEW(arena, struct cause);
    if (both == NULL) {
        return left == NULL ? reason : NULL;
    }
    *both = (struct cause){.kind = CAUSE_BOTH, .code = left->code, .left = left, .right = reason};
    return both;
}

const struct cause *cause_join(struct arena *arena, const struct cause *left, const struct cause *right)
{
    if (left == NULL || right == NULL || left == right) {
        return left == NULL ? right : left;
    }
    struct reasons reasons = {.count = 0};
    collect(left, &reasons);
    size_t before = reasons.count;
    assert(before > 0 && before <= CAUSE_REASONS);
    const struct cause *last = reasons.items[before - 1];
    collect(right, &reasons);
    bool is_replaced = reasons.items[before - 1] != last;
    const struct cause *joined = is_replaced ? NULL : left;
    for (size_t i = is_replaced ? 0 : before; i < reasons.count; i++) {
        joined = append(arena, joined, reasons.items[i]);
        if (joined == NULL) {
            return left;
        }
    }
    return joined;
}

const struct cause *cause_first_error(const struct cause *cause)
{
    struct reasons reasons = {.count = 0};
    collect(cause, &reasons);
    for (size_t i = 0; i < reasons.count; i++) {
        if (reasons.items[i]->kind == CAUSE_ERROR) {
            return reasons.items[i];
        }
    }
    return NULL;
}

void cause_visit(const struct cause *cause, void (*visit)(void *data, const struct cause *leaf), void *data)
{
    struct reasons reasons = {.count = 0};
    collect(cause, &reasons);
    for (size_t i = 0; i < reasons.count; i++) {
        visit(data, reasons.items[i]);
    }
}
