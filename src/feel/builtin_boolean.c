/* SPDX-License-Identifier: Apache-2.0 */
/* Built-ins of three-valued logic, over one value and over lists. */
#include "feel/builtin_functions.h"
#include "feel/builtin_support.h"

/* The opposite of a boolean. */
struct value builtin_not(const struct builtin_call *call)
{
    return value_boolean(!call->arguments[0].boolean);
}

/* The value `decisive` if one item is that; its opposite if all items are; else null with the causes of the
 * items that are neither. */
static struct value decide(const struct builtin_call *call, bool decisive)
{
    struct list list = builtin_items(call);
    struct arena *arena = call->environment->arena;
    const struct cause *cause = NULL;
    bool is_undecided = false;
    for (size_t i = 0; i < list.count; i++) {
        struct value item = list.items[i];
        if (item.kind == VALUE_BOOLEAN && item.boolean == decisive)
            return value_boolean(decisive);
        if (item.kind == VALUE_BOOLEAN)
            continue;
        is_undecided = true;
        if (item.kind != VALUE_NULL) {
            struct text met = builtin_show(call, item);
            item =
                builtin_error(call, TUOYU_ERROR_EVALUATION, "%s: item %zu is %.*s where a boolean is needed",
                              call->builtin->name, i + 1, TEXT_ARGUMENTS(met));
        }
        cause = cause_join(arena, cause, value_cause(item));
    }
    return is_undecided ? value_null(cause) : value_boolean(!decisive);
}

/* Whether all are true; false as soon as one is false. */
struct value builtin_all(const struct builtin_call *call)
{
    return decide(call, false);
}

/* Whether one is true; true as soon as one is true. */
struct value builtin_any(const struct builtin_call *call)
{
    return decide(call, true);
}
