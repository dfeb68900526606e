/* SPDX-License-Identifier: Apache-2.0 */
/* Why a value is null. Joined causes are a chain to the left with one reason at each right. */
#include "value/value.h"

struct reasons {
    const struct cause *items[CAUSE_REASONS];
    size_t count;
};

static bool is_same_reason(const struct cause *left, const struct cause *right)
{
    if (left == right) {
        return true;
    }
    return left->kind == right->kind && left->code == right->code && text_equals(left->name, right->name) &&
           (left->kind != CAUSE_ERROR ||
            (text_equals(left->message, right->message) && left->where.source == right->where.source &&
             left->where.offset == right->where.offset));
}

static bool has_unknown(const struct reasons *reasons, bool unknown)
{
    for (size_t i = 0; i < reasons->count; i++) {
        if ((reasons->items[i]->kind != CAUSE_ERROR) == unknown) {
            return true;
        }
    }
    return false;
}

static void add_reason(struct reasons *reasons, const struct cause *reason)
{
    for (size_t i = 0; i < reasons->count; i++) {
        if (is_same_reason(reasons->items[i], reason)) {
            return;
        }
    }
    if (reasons->count < CAUSE_REASONS) {
        reasons->items[reasons->count++] = reason;
    } else if (!has_unknown(reasons, reason->kind != CAUSE_ERROR)) {
        /* The only one of its sort: it decides whether the answer is undetermined or an error. */
        reasons->items[CAUSE_REASONS - 1] = reason;
    }
}

/* In order. The stack is as deep as joined causes have reasons. */
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
